"""Accuracy as files and as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from khplans.scoring.score import ALL, Figure, Mistake, Score


def score_json(score: Score) -> dict[str, Any]:
    """Figures (values to six places), differences and stale plans, as accuracy.json has them."""
    return {
        "figures": [asdict(f) | {"value": round(f.value, 6)} for f in score.figures],
        "differences": [asdict(d) for d in score.differences],
        "stale": list(score.stale),
    }


def figures_csv(score: Score) -> str:
    """The figures as accuracy.csv has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Figure))
    for f in score.figures:
        writer.writerow((f.table, f.plan, f.measure, f"{f.value:.6f}", f.hits, f.gold, f.found))
    return out.getvalue()


def score_text(score: Score, differences: bool = False) -> Iterable[str]:
    """Lines for a terminal: F1 by plan and every field over all plans; with `differences` each one."""
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
