"""Why a row changed: a new plan, its source, a correction, a review, the code, or a knowledge table.

Where only one of these changed since the last release, that is the reason. Where several did, the
data is built between them, one cause at a time: last release → its plans read by today's code and
knowledge → with today's corrections → with today's reviews → with today's sources → with the plans of
today. The last step at which a value changed is its reason, so nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

from khplans.atomic import copy_tree, scratch
from khplans.errors import AnotherRun, KhplansError
from khplans.packages.canonical import PackageTable, read_package
from khplans.releases.changes import CellChange, Changes, RowChange
from khplans.releases.provenance import own_knowledge, plan_hashes, same_code

Build = Callable[[Path, Path], None]
"""build(plans, datapackages): make the packages of every plan and the collection `khplans`."""

Tables = Mapping[str, PackageTable]
State = tuple[str, Tables]

CORRECTIONS, REVIEW = "corrections.csv", "review.csv"
KNOWLEDGE = "knowledge"
_APART = {"correction": CORRECTIONS, "review": REVIEW}
"""Causes that are a file of a plan's folder."""


@dataclass(frozen=True)
class Causes:
    """What differs between the last release's inputs and today's.

    `making` is `code` where that or a library does, and `knowledge:<table>` for each table that does.
    """

    making: tuple[str, ...]
    correction: bool
    review: bool
    source: bool
    plan: bool

    def labels(self) -> list[str]:
        """The causes at work, in the order in which they are applied."""
        making = ["+".join(self.making)] if self.making else []
        others = ("correction", "review", "source", "plan")
        return [*making, *(name for name in others if getattr(self, name))]


def making_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """What made the data otherwise than before: the code, or which tables of knowledge.

    `old` and `new` are provenances; of a release that doesn't tell its knowledge apart, it is the code.

    >>> old, new = ({"code": {"program": "12".zfill(3), "knowledge": {"a.csv": tables}}} for tables in "xy")
    >>> making_changes(old, new)
    ('knowledge:a',)
    """
    if old and same_code(old, new):
        return ()
    made = [one.get("code", {}) for one in (old, new)]
    before, after = (
        {**whole.get("code", {}).get(KNOWLEDGE, {}), **own_knowledge(whole)} for whole in (old, new)
    )
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    tables = sorted({Path(name).stem for name in changed})
    if not made[0].get(KNOWLEDGE):
        return ("code",)
    code = (
        made[0].get("program") != made[1].get("program")
        or old.get("lock") != new.get("lock")
        or not tables
    )
    return (*(("code",) if code else ()), *(f"{KNOWLEDGE}:{name}" for name in tables))


def find_causes(old_plans: Path, new_plans: Path, making: tuple[str, ...]) -> Causes:
    """Compare the plans' folders file by file."""
    before, after = plan_hashes(old_plans), plan_hashes(new_plans)
    common = before.keys() & after.keys()

    def differs(file: str) -> bool:
        return any(before[plan].get(file) != after[plan].get(file) for plan in common)

    source = any(_source(before, plan) != _source(after, plan) for plan in common)
    plans = before.keys() != after.keys()
    return Causes(making, differs(CORRECTIONS), differs(REVIEW), source, plans)


def find_states(
    causes: Causes, old: Tables, new: Tables, old_plans: Path, new_plans: Path, build: Build
) -> list[State]:
    """The tables after each cause: the old first, the new last; builds only what lies between.

    Where that can't be built (a release without its plans, or plans that today's code refuses) the
    causes can't be told apart, and the one step is labelled with all of them. Raises `AnotherRun`.
    """
    labels = causes.labels() or ["code"]
    states: list[State] = [("", old)]
    try:
        for count, label in enumerate(labels[:-1], 1):
            states.append((label, _build_between(labels[:count], old_plans, new_plans, build)))
    except AnotherRun:
        raise
    except (KhplansError, FileNotFoundError):
        return [("", old), ("+".join(sorted(labels)), new)]
    return [*states, (labels[-1], new)]


def _build_between(
    applied: Sequence[str], old_plans: Path, new_plans: Path, build: Build
) -> Tables:
    """The old plans, read by today's code, with the causes that were applied so far."""
    with scratch() as folder:
        plans = folder / "plans"
        copy_tree(old_plans, plans)
        for label, file in _APART.items():
            if label in applied:
                _take(file, plans, new_plans)
        if "source" in applied:
            _take_sources(plans, new_plans)
        build(plans, folder / "datapackages")
        return read_package(folder / "datapackages/khplans").tables


def give_reasons(changes: Changes, states: Sequence[State]) -> Changes:
    """The changes with the reason of each row and cell."""
    return replace(changes, rows=tuple(_with_reason(row, states) for row in changes.rows))


def _with_reason(row: RowChange, states: Sequence[State]) -> RowChange:
    """The row with the cause of its change, or of each of its cells.

    >>> table = PackageTable("t", ("a",), ("a",), {("1",): ("1",)})
    >>> states = [("", {}), ("source", {"t": table}), ("code", {"t": table})]
    >>> _with_reason(RowChange("t", ("1",), "added", ()), states).reason
    'source'
    >>> _with_reason(RowChange("t", ("1",), "changed", (CellChange("a", "0", "1"),)), states).reason
    'source'
    """
    records = [_record(tables, row) for _, tables in states]
    if row.change != "changed":
        return replace(row, reason=_last_change([r is None for r in records], states))
    cells = tuple(_cell_with_reason(cell, records, states) for cell in row.cells)
    return replace(row, cells=cells, reason="+".join(sorted({cell.reason for cell in cells})))


def _cell_with_reason(
    cell: CellChange, records: Sequence[Mapping[str, str] | None], states: Sequence[State]
) -> CellChange:
    """The cell with the cause of its change.

    >>> cell, states = CellChange("label", "1", "2"), [("", {}), ("source", {}), ("code", {})]
    >>> def reason(*records): return _cell_with_reason(cell, records, states).reason
    >>> reason({"label": "1"}, {"label": "2"}, {"label": "2"}), reason({"label": "1"}, None, {"label": "2"})
    ('source', 'code')
    """
    values = [None if record is None else record.get(cell.column) for record in records]
    values[0] = cell.before  # under whatever name the column had
    return replace(cell, reason=_last_change(values, states))


def _last_change(values: Sequence[object], states: Sequence[State]) -> str:
    """The cause with which a value came to be what it is.

    >>> states = [("", {}), ("source", {}), ("code", {})]
    >>> _last_change(["a", "b", "b"], states), _last_change(["a", "a", "b"], states), _last_change(["a", "a", "a"], states)
    ('source', 'code', 'code')
    """
    for i in range(len(values) - 1, 0, -1):
        if values[i] != values[i - 1]:
            return states[i][0]
    return states[-1][0]


def _record(tables: Tables, row: RowChange) -> Mapping[str, str] | None:
    """A row of a state of the tables, None where it isn't there.

    >>> table, row = PackageTable("t", ("a",), ("a",), {("1",): ("1",)}), RowChange("t", ("1",), "added", ())
    >>> _record({"t": table}, row), _record({}, row), _record({"t": table}, RowChange("t", ("2",), "added", ()))
    ({'a': '1'}, None, None)
    """
    table = tables.get(row.table)
    return table.record(row.key) if table is not None and row.key in table.rows else None


def _take(file: str, plans: Path, new_plans: Path) -> None:
    """Today's corrections or reviews of the plans whose source is the same; others' offsets would not fit."""
    before, after = plan_hashes(plans), plan_hashes(new_plans)
    for plan in sorted(before):
        if _source(before, plan) != _source(after, plan):
            continue
        path, new = (folder / plan / file for folder in (plans, new_plans))
        path.unlink(missing_ok=True)
        if file in after[plan]:
            copyfile(new, path)


def _take_sources(plans: Path, new_plans: Path) -> None:
    """Today's folder of each plan that was there before, and still is."""
    for plan in sorted(plan_hashes(plans).keys() & plan_hashes(new_plans).keys()):
        rmtree(plans / plan)
        copy_tree(new_plans / plan, plans / plan)


def _source(hashes: Mapping[str, Mapping[str, str]], plan: str) -> dict[str, str]:
    apart = _APART.values()
    return {name: sha for name, sha in hashes.get(plan, {}).items() if name not in apart}
