"""What people confirmed, as answers that measure the code: of passages gone through whole alone.

A passage is a section that a person confirmed, every row of which they looked at too: they say with it
that nothing in it was missed. What the code itself finds there, before it is put right, is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from khplans.intake import list_plans, load_plan
from khplans.intake.review_file import REVIEW
from khplans.packages.canonical import PackageTable
from khplans.scoring.gold import Gold
from khplans.scoring.matching import Record
from khplans.scoring.score import Score, score
from khplans.tables.definition import table
from khplans.tables.judged import ROLES, as_text
from khplans.tables.rows import Row, Rows
from khplans.text.passage import Span

_SCORED = ("citations", "indicators", "tasks")
_NOT_JUDGED = frozenset({"label", "section"})
"""Fields of the answers that nobody is asked about: their figures would flatter the code."""


def score_reviewed(plans: Path) -> Score:
    """The figures of the code on the passages that people went through; none where there are none."""
    from khplans.pipeline import findings_of
    from khplans.tables.tabulate import tabulate

    gold: dict[str, list[Record]] = {name: [] for name in _SCORED}
    found: dict[str, list[Row]] = {name: [] for name in table_names()}
    for plan_id in list_plans(plans):
        if not (plans / plan_id / REVIEW).is_file():
            continue
        plan = load_plan(plans / plan_id)
        alone = replace(plan, judgements=())
        right, code = tabulate(plan, *findings_of(plan)), tabulate(alone, *findings_of(alone))
        passages = whole_passages(right)
        for name in _SCORED:
            gold[name] += (
                _answer(plan_id, plan.source.text, right, name, row)
                for row in right[name]
                if _is_in(row, passages)
            )
        for name in found:
            found[name] += (r for r in code[name] if name not in _SCORED or _is_in(r, passages))
    tables = {name: _as_table(name, rows) for name, rows in found.items()}
    result = score(tables, Gold({name: tuple(rows) for name, rows in gold.items()}))
    return replace(
        result,
        figures=tuple(f for f in result.figures if f.measure not in _NOT_JUDGED),
        differences=tuple(d for d in result.differences if d.field not in _NOT_JUDGED),
    )


def table_names() -> tuple[str, ...]:
    """The tables that the answers are held against."""
    return (*_SCORED, "documents", "agencies", "task_agencies")


def whole_passages(rows: Rows) -> list[Span]:
    """The sections, without those below them, that were confirmed with every row in them."""
    found: list[Span] = []
    for section in rows["sections"]:
        below = [
            s["start"] for s in rows["sections"] if section["start"] < s["start"] < section["end"]
        ]
        own = Span(section["start"], min([section["end"], *below]))
        inside = [r for name in _SCORED for r in rows[name] if _is_in(r, [own])]
        if section["reviewed"] and all(row["reviewed"] for row in inside):
            found.append(own)
    return found  # fmt: skip


def _is_in(row: Mapping[str, int], passages: Sequence[Span]) -> bool:
    """Whether a row begins in one of the passages.

    >>> [_is_in({"start": start}, [Span(5, 9)]) for start in (5, 8, 9)]
    [True, True, False]
    """
    return any(passage.start <= row["start"] < passage.end for passage in passages)


def _answer(plan_id: str, source: str, rows: Rows, name: str, row: Row) -> Record:
    """A row as the answers of tests/gold have it."""
    span = Span(row["start"], row["end"])
    told = {
        column: value.isoformat() if hasattr(value, "isoformat") else value
        for column, value in row.items()
    }
    names = dict(_parts(rows, row)) if name == "tasks" else {}
    return {
        **told,
        "plan": plan_id,
        "document": row["document_id"],
        "quote": span.of(source),
        "span": (span.start, span.end),
        "type": row.get("document_type"),
        **names,
    }


def _parts(rows: Rows, task: Row) -> Iterator[tuple[str, list[str]]]:
    names = {row["agency_id"]: row["name"] for row in rows["agencies"]}
    for role in ROLES:
        yield (
            role,
            [
                names[part["agency_id"]]
                for part in rows["task_agencies"]
                if part["task_id"] == task["task_id"] and part["role"] == role
            ],
        )


def _as_table(name: str, rows: Sequence[Row]) -> PackageTable:
    """Rows as those of a package are held against answers."""
    definition = table(name)
    written = {
        tuple(str(row[key]) for key in definition.primary_key): tuple(
            as_text(row[column]) for column in definition.columns
        )
        for row in rows
    }
    return PackageTable(name, definition.columns, definition.primary_key, written)
