"""Rows that a version only numbers otherwise: an id counts the rows before, so one put in moves all after it.

`changes.json` tells of rows by their ids, to be replayed; the notes tell what became of what rows say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from khplans.linking.ids import NUMBERED
from khplans.packages.canonical import Key, PackageTable
from khplans.releases.changes import CellChange, Changes, RowChange
from khplans.releases.notes import is_told
from khplans.releases.row_words import WordLookup

_SAYS: Mapping[str, tuple[str, ...]] = {
    "sections": ("heading",),
    "tasks": ("text",),
    "indicators": ("name", "quote"),
    "citations": ("quote",),
    "short_citations": ("quote",),
}
"""What tells that a row is the same one, whatever else of it changed."""

Tables = Mapping[str, PackageTable]
Record = Mapping[str, str]


def without_moves(changes: Changes, old: Tables, new: Tables) -> tuple[Changes, dict[str, int]]:
    """The changes of what rows say, and of how many rows of each table only the ids are others.

    >>> key, columns = ("task_id",), ("task_id", "text")
    >>> def tasks(*texts: str) -> Tables:
    ...     rows = {(f"p:{n}",): (f"p:{n}", text) for n, text in enumerate(texts, 1)}
    ...     return {"tasks": PackageTable("tasks", columns, key, rows)}
    >>> from khplans.releases.changes import find_changes
    >>> old, new = tasks("trồng rừng", "nuôi tôm"), tasks("mở chợ", "trồng rừng", "nuôi tôm")
    >>> told, moved = without_moves(find_changes(old, new), old, new)
    >>> [(one.change, one.row_id) for one in told.rows], moved
    ([('added', 'p:1')], {'tasks': 2})
    """
    by_table: dict[str, list[RowChange]] = {}
    for row in changes.rows:
        by_table.setdefault(row.table, []).append(row)
    ids: dict[str, str] = {}
    moved: dict[str, int] = {}
    lookup = WordLookup(old)
    for name in NUMBERED:
        if name in by_table and name in old and old[name].key == new[name].key:
            table = _Rows(by_table[name], old[name], new[name], ids)
            by_table[name] = sorted(table.told(lookup), key=attrgetter("key"))
            if table.moved:
                moved[name] = table.moved
    rows = tuple(row for name in by_table for row in by_table[name])
    return replace(changes, rows=rows), moved


class _Rows:
    """The changed rows of a table, old ones paired with what they are now; `ids` maps old ids to new ones."""

    def __init__(
        self, rows: Sequence[RowChange], old: PackageTable, new: PackageTable, ids: dict[str, str]
    ) -> None:
        self.name, self.ids, self.moved = old.name, ids, 0
        self.changes = {row.key: row for row in rows}
        self.before = {row.key: old.record(row.key) for row in rows if row.change != "added"}
        self.after = {row.key: new.record(row.key) for row in rows if row.change != "removed"}
        own = new.key[0] if len(new.key) == 1 else ""
        self.columns = [
            column
            for column in new.columns
            if column in old.columns and is_told(self.name, column) and not _is_own(column, own)
        ]
        self.pairs = dict(self._pairs())
        if own:
            ids.update({old[0]: new[0] for old, new in self.pairs.items() if old != new})

    def _value(self, record: Record, column: str) -> str:
        """A value of an old row; an id is the one that its row has now."""
        value = record[column]
        return self.ids.get(value, value) if column.endswith("_id") else value

    def _said_before(self, record: Record) -> tuple[str, ...]:
        return tuple(self._value(record, column) for column in self.columns)

    def _says_now(self, record: Record) -> tuple[str, ...]:
        return tuple(record[column] for column in self.columns)

    def _known_by(self, record: Record) -> tuple[str, ...]:
        return tuple(record.get(column, "") for column in _SAYS[self.name])

    def _pairs(self) -> Iterator[tuple[Key, Key]]:
        """Each old row with the new one that says the same, else that has its words, else its id."""
        before, after = dict(self.before), dict(self.after)

        def take(pairs: Iterable[tuple[Key, Key]]) -> Iterator[tuple[Key, Key]]:
            for old, new in list(pairs):
                del before[old], after[new]
                yield old, new

        yield from take(
            (key, key)
            for key in before.keys() & after.keys()
            if self._said_before(before[key]) == self._says_now(after[key])
        )
        yield from take(_alike(before, after, self._said_before, self._says_now))
        if self.name in _SAYS:
            yield from take(_alike(before, after, self._known_by, self._known_by))
        yield from take((key, key) for key in before.keys() & after.keys())

    def told(self, lookup: WordLookup) -> Iterator[RowChange]:
        """The changes of what the rows say; those of ids alone are counted."""
        for old, new in self.pairs.items():
            change, cells = self.changes[new], tuple(self._cells(old, new))
            if cells:
                yield replace(change, change="changed", cells=cells)
            elif old != new or any(is_told(self.name, one.column) for one in change.cells):
                self.moved += 1
            else:
                yield change
        for key in self.before.keys() - self.pairs.keys():
            record = self.before[key]
            words = lookup.of(self.name, record)
            yield replace(self.changes[key], change="removed", cells=_taken(record), words=words)
        for key in self.after.keys() - set(self.pairs.values()):
            yield replace(self.changes[key], change="added", cells=_put(self.after[key]))

    def _cells(self, old: Key, new: Key) -> Iterator[CellChange]:
        reason = self.changes[new].reason
        reasons = {one.column: one.reason for one in self.changes[new].cells}
        for column in self.columns:
            was, now = self._value(self.before[old], column), self.after[new][column]
            if was != now:
                yield CellChange(column, was, now, reasons.get(column, reason))


def _is_own(column: str, key: str) -> bool:
    """Whether a column is the id of its own table's rows, or leads to another of them: `parent_indicator_id`.

    >>> _is_own("parent_indicator_id", "indicator_id"), _is_own("task_id", "indicator_id"), _is_own("role", "")
    (True, False, False)
    """
    return bool(key) and column.removeprefix("parent_") == key


def _alike(
    before: Mapping[Key, Record],
    after: Mapping[Key, Record],
    said: Callable[[Record], tuple[str, ...]],
    says: Callable[[Record], tuple[str, ...]],
) -> Iterator[tuple[Key, Key]]:
    """Old and new rows that say the same, in order: the first with the first.

    >>> def words(record): return (record["a"],)
    >>> before, after = {("1",): {"a": "x"}, ("2",): {"a": "x"}, ("3",): {"a": "y"}}, {("4",): {"a": "x"}, ("5",): {"a": "x"}}
    >>> list(_alike(before, after, words, words))
    [(('1',), ('4',)), (('2',), ('5',))]
    """
    pool: dict[tuple[str, ...], list[Key]] = {}
    for key in sorted(after, reverse=True):
        pool.setdefault(says(after[key]), []).append(key)
    for key in sorted(before):
        found = pool.get(said(before[key]))
        if found:
            yield key, found.pop()


def _put(record: Record) -> tuple[CellChange, ...]:
    return tuple(CellChange(column, "", value) for column, value in record.items() if value)


def _taken(record: Record) -> tuple[CellChange, ...]:
    return tuple(CellChange(column, value, "") for column, value in record.items() if value)
