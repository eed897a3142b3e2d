"""Accuracy as files and as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from khplans.errors import both
from khplans.scoring.score import ALL, Figure, Mistake, Score
from khplans.scoring.unseen import UnseenSet

PROJECT = "plans"
"""The name, in accuracy.csv, of the set that a catalogue's own plans are: the code was written on them."""


def score_json(score: Score) -> dict[str, Any]:
    """Figures (values to six places), differences and stale plans, as accuracy.json has them."""
    return {
        "figures": [asdict(f) | {"value": round(f.value, 6)} for f in score.figures],
        "differences": [asdict(d) for d in score.differences],
        "stale": list(score.stale),
    }


def accuracy_json(
    score: Score, forms: Mapping[str, str], unseen: Sequence[UnseenSet]
) -> dict[str, Any]:
    """accuracy.json: the score of the plans with the form of each one's file, and the unseen texts."""
    scored = {figure.plan for figure in score.figures}
    return score_json(score) | {
        "forms": {plan: form for plan, form in forms.items() if plan in scored},
        "unseen": [one.as_dict() for one in unseen],
    }


def accuracy_csv(score: Score, forms: Mapping[str, str], unseen: Sequence[UnseenSet]) -> str:
    """accuracy.csv: a row for each figure of both kinds; `set` is `plans` or that of the unseen texts."""
    out = io.StringIO()
    counts = [field.name for field in fields(Figure)]
    more = ["set", "form", "scope", "low", "high", "measured", "code", "development_since"]
    writer = csv.DictWriter(out, [*counts, *more], restval="", lineterminator="\n")
    writer.writeheader()
    for f in score.figures:
        form = {"set": PROJECT, "form": forms.get(f.plan, ""), "scope": "all"}
        writer.writerow(asdict(f) | {"value": f"{f.value:.6f}"} | form)
    for one in unseen:
        for figure in one.figures:
            counted = figure.as_dict()
            right, n = counted.pop("right"), counted.pop("n")
            of = {"found": n} if figure.measure == "precision" else {"gold": n}
            shares = {name: f"{counted[name]:.6f}" for name in ("value", "low", "high")}
            named = {"set": one.name, "development_since": one.development_since}
            writer.writerow(counted | shares | named | of | {"hits": right})
    return out.getvalue()


def score_text(score: Score, differences: bool = False) -> Iterable[str]:
    """Lines for a terminal: F1 by plan and every field over all plans; with `differences` each one."""
    if not score.figures:
        yield both(
            "Chưa có gì để chấm: chưa đề mục nào được xác nhận cùng mọi dòng của nó",
            "nothing to score yet: no heading was confirmed with every row below it",
        )
    for f in score.figures:
        if f.measure == "f1" or (f.plan == ALL and f.measure not in ("precision", "recall")):
            counts = f"{f.hits} / {f.gold}, {f.found} tìm thấy / found"
            yield f"{f.table:<11} {f.plan:<32} {f.measure:<12} {f.value:7.4f}  {counts}"
    for plan in score.stale:
        yield f"{plan}: văn bản nguồn đã khác đáp án, không chấm / its source is no longer the gold's, not scored"
    if differences:
        yield from (difference_text(d) for d in score.differences)


def difference_text(d: Mistake) -> str:
    """One line for a difference.

    >>> difference_text(Mistake("tasks", "p", "wrong", "label", "a)", "-", 3, 9, "p:1", "Rà soát"))
    'tasks p 3-9 wrong label: “a)” ≠ “-” | Rà soát'
    """
    values = f" {d.field}: “{d.answer}” ≠ “{d.found}”" if d.field else ""
    return f"{d.table} {d.plan} {d.start}-{d.end} {d.kind}{values} | {d.words[:110]}"
