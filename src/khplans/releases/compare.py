"""What a change of the code does to the data: rows gained, lost and changed, with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from khplans.errors import both
from khplans.packages.canonical import read_package
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.stamp import COLLECTION
from khplans.releases.changes import Changes, Kind, RowChange, find_changes
from khplans.releases.readable import differing, shorten_line, without_markup
from khplans.releases.row_words import give_words
from khplans.releases.schemas import SchemaChange, compare_schemas

SHOWN = 60
"""Rows of a table that the Markdown names: it goes into a comment, which has a limit."""

_SIGNS: dict[Kind, str] = {"added": "+", "removed": "-", "changed": "~"}
_KINDS: dict[Kind, str] = {
    "added": "thêm / gained",
    "removed": "mất / lost",
    "changed": "đổi / changed",
}


def compare_packages(old: Path, new: Path) -> Changes:
    """The changes between two packages, releases, or folders of packages."""
    before, after = (read_package(_collection(path)) for path in (old, new))
    changes = find_changes(before.tables, after.tables, compare_schemas(before, after))
    return give_words(changes, before.tables, after.tables)


def compare_text(changes: Changes) -> Iterator[str]:
    """Lines for a terminal: each table's counts, then its rows.

    >>> from khplans.releases.changes import CellChange, RowChange
    >>> list(compare_text(Changes((), {}, ()))), list(compare_text(Changes((SchemaChange("t", "table-added", "minor"),), {}, ())))
    (['Không có gì khác / no difference'], ['~ t table-added (minor)'])
    >>> changed, added = (RowChange("t", ("1",), kind, (CellChange("a", "", "1"),)) for kind in ("changed", "added"))
    >>> list(compare_text(Changes((), {}, (changed, added))))
    ['t: 1 thêm / gained, 1 đổi / changed', '  ~ 1 | ', '      a: ∅ → 1', '  + 1 | ']
    """
    if not changes:
        yield both("Không có gì khác", "no difference")
    for change in changes.schema:
        yield f"{_SIGNS['changed']} {_schema(change)}"
    for table, rows in _by_table(changes).items():
        yield f"{table}: {_counts(rows)}"
        for row in rows:
            yield f"  {_SIGNS[row.change]} {row.row_id} | {shorten_line(row.words, 160)}"
            for cell in row.cells if row.change == "changed" else ():
                before, after = (shorten_line(v, 160) for v in differing(cell.before, cell.after))
                yield f"      {cell.column}: {before or '∅'} → {after or '∅'}"


def compare_markdown(changes: Changes) -> Iterator[str]:
    """Lines of Markdown for a comment in CI."""
    yield both("### Dữ liệu thay đổi", "what this does to the data")
    yield ""
    if not changes:
        yield both("Không có gì khác", "no difference")
        return
    for change in changes.schema:
        yield f"- **{without_markup(_schema(change))}**"
    tables = _by_table(changes)
    if tables:
        yield from ("", f"| | {' | '.join(_KINDS.values())} |", "|---|---:|---:|---:|")
    for table, rows in tables.items():
        count = Counter(row.change for row in rows)
        yield f"| {table} | " + " | ".join(str(count[kind]) for kind in _KINDS) + " |"
    for table, rows in tables.items():
        yield from ("", f"<details><summary>{table}: {len(rows)}</summary>", "")
        for row in rows[:SHOWN]:
            yield f"- **{_KINDS[row.change]}** {without_markup(row.words)} ({without_markup(row.row_id)})"
            for cell in row.cells if row.change == "changed" else ():
                before, after = (
                    without_markup(v) or "∅" for v in differing(cell.before, cell.after)
                )
                yield f"    - {without_markup(cell.column)}: {before} → {after}"
        if len(rows) > SHOWN:
            yield f"- … +{len(rows) - SHOWN}"
        yield from ("", "</details>")


def _collection(path: Path) -> Path:
    """The collection of a folder of packages, or the package itself that is given.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     bare = _collection(Path(folder)) == Path(folder)
    ...     Path(folder, COLLECTION).mkdir()
    ...     Path(folder, COLLECTION, DESCRIPTOR).touch()
    ...     inside = _collection(Path(folder)).name == COLLECTION
    ...     Path(folder, DESCRIPTOR).touch()
    ...     bare, inside, _collection(Path(folder)) == Path(folder)
    (True, True, True)
    """
    inside = path / COLLECTION
    packed = (path / DESCRIPTOR).is_file() or not (inside / DESCRIPTOR).is_file()
    return path if packed else inside


def _by_table(changes: Changes) -> dict[str, list[RowChange]]:
    tables: dict[str, list[RowChange]] = {}
    for row in changes.rows:
        tables.setdefault(row.table, []).append(row)
    return tables


def _counts(rows: list[RowChange]) -> str:
    count = Counter(row.change for row in rows)
    return ", ".join(f"{count[kind]} {words}" for kind, words in _KINDS.items() if count[kind])


def _schema(change: SchemaChange) -> str:
    """A change of the schema as a line.

    >>> changes = SchemaChange("tasks", "table-added", "minor"), SchemaChange("tasks", "type", "major", "label", "string", "date")
    >>> [_schema(change) for change in changes]
    ['tasks table-added (minor)', 'tasks.label type (major): string → date']
    """
    values = f": {change.before} → {change.after}" if change.before or change.after else ""
    column = f".{change.column}" if change.column else ""
    return f"{change.table}{column} {change.change} ({change.level}){values}"
