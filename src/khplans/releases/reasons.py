"""Why a row changed: its plan's source, a correction, or the code (rules and knowledge).

Where only one of the three changed since the last release, that is the reason. Where several did,
the data is built between them, one cause at a time: last release → its plans read by today's code
→ with today's corrections → with today's sources. The last step at which a value changed is its
reason, so nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from khplans.atomic import copy_tree, scratch
from khplans.errors import AnotherRun, KhplansError
from khplans.packages.canonical import Table, read_package
from khplans.releases.changes import CellChange, Changes, RowChange
from khplans.releases.provenance import plan_hashes

Build = Callable[[Path, Path], None]
"""build(plans, datapackages): make the packages of every plan and the collection `khplans`."""

Tables = Mapping[str, Table]
State = tuple[str, Tables]

CORRECTIONS = "corrections.csv"


@dataclass(frozen=True)
class Causes:
    """What differs between the last release's inputs and today's."""

    code: bool
    corrections: bool
    source: bool

    def labels(self) -> list[str]:
        """The causes at work, in the order in which they are applied."""
        pairs = (("code", self.code), ("correction", self.corrections), ("source", self.source))
        return [label for label, at_work in pairs if at_work]


def find_causes(old_plans: Path, new_plans: Path, same_code: bool) -> Causes:
    """Compare the plans' folders file by file."""
    before, after = plan_hashes(old_plans), plan_hashes(new_plans)
    corrections = any(
        before[plan].get(CORRECTIONS) != after[plan].get(CORRECTIONS)
        for plan in before.keys() & after.keys()
    )
    sources = ({plan: _source(files, plan) for plan in files} for files in (before, after))
    return Causes(not same_code, corrections, next(sources) != next(sources))


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
        for label in labels[:-1]:
            states.append((label, _build_between(label, old_plans, new_plans, build)))
    except AnotherRun:
        raise
    except (KhplansError, FileNotFoundError):
        return [("", old), ("+".join(sorted(labels)), new)]
    return [*states, (labels[-1], new)]


def _build_between(label: str, old_plans: Path, new_plans: Path, build: Build) -> Tables:
    with scratch() as folder:
        plans = folder / "plans"
        copy_tree(old_plans, plans)
        if label == "correction":
            _take_corrections(plans, new_plans)
        build(plans, folder / "datapackages")
        return read_package(folder / "datapackages/khplans").tables


def give_reasons(changes: Changes, states: Sequence[State]) -> Changes:
    """The changes with the reason of each row and cell."""
    return replace(changes, rows=tuple(_with_reason(row, states) for row in changes.rows))


def _with_reason(row: RowChange, states: Sequence[State]) -> RowChange:
    records = [_record(tables, row) for _, tables in states]
    if row.change != "changed":
        return replace(row, reason=_last_change([r is None for r in records], states))
    cells = tuple(_cell_with_reason(cell, records, states) for cell in row.cells)
    return replace(row, cells=cells, reason="+".join(sorted({cell.reason for cell in cells})))


def _cell_with_reason(
    cell: CellChange, records: Sequence[Mapping[str, str] | None], states: Sequence[State]
) -> CellChange:
    values = [None if record is None else record.get(cell.column) for record in records]
    values[0] = cell.before  # under whatever name the column had
    return replace(cell, reason=_last_change(values, states))


def _last_change(values: Sequence[object], states: Sequence[State]) -> str:
    for i in range(len(values) - 1, 0, -1):
        if values[i] != values[i - 1]:
            return states[i][0]
    return states[-1][0]


def _record(tables: Tables, row: RowChange) -> Mapping[str, str] | None:
    table = tables.get(row.table)
    return table.record(row.key) if table is not None and row.key in table.rows else None


def _take_corrections(plans: Path, new_plans: Path) -> None:
    """Today's corrections for the plans whose source is the same; others' offsets would not fit."""
    before, after = plan_hashes(plans), plan_hashes(new_plans)
    for plan in sorted(before):
        if _source(before, plan) != _source(after, plan):
            continue
        path, new = (folder / plan / CORRECTIONS for folder in (plans, new_plans))
        path.unlink(missing_ok=True)
        if CORRECTIONS in after[plan]:
            copyfile(new, path)


def _source(hashes: Mapping[str, Mapping[str, str]], plan: str) -> dict[str, str]:
    return {name: sha for name, sha in hashes.get(plan, {}).items() if name != CORRECTIONS}
