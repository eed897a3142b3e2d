"""Rows of tables: each gave something, and none that the text shows is missing among the blocks.

What looks like a row is told by its form alone (pipes, tabs, a number on a line of its own), from the
published files, so that a change of the reader that loses a row is seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.tables.rows import Row

_TABULAR = frozenset({"row", "columns"})
_OF_TABLE = _TABULAR | {"heading"}
"""The kinds that a table's rows have: one that only heads those below it is a heading."""
_RUNNING = frozenset({"paragraph", "item", "heading"})
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_LABEL = r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5})[.)]?"
_CELLS = re.compile(
    rf"\|(?=.*\w)(?:[^|]*\|){{2,}}|{_LABEL}[ ]*(?:\t[^\t]*\w[^\t]*\t|\|[^|]*\w[^|]*\|)"
)
"""A line of pipes with words between them, or a label and two more cells between tabs or pipes."""
_NUMBER = re.compile(r"\|?\s*(\d{1,3})\.?\s*(?:[|\t\n]|$)")
"""The number that a row starts with."""
_ALONE = re.compile(r"\d{1,3}\.?\s*")


def check_table_rows(package: CheckedPackage) -> Iterator[Result]:
    """The rows of tables among the blocks, and what looks like one in the source texts."""
    blocks: dict[str, list[Row]] = {plan: [] for plan in package.sources}
    for row in package.rows["blocks"]:
        blocks.setdefault(row["plan_id"], []).append(row)
    whole = _whole_rows(package)
    seen, mixed, unread = 0, [], []
    for plan, rows in blocks.items():
        text = package.sources.get(plan, "")
        rows.sort(key=lambda row: row["start"])
        tabular = any(row["kind"] in _TABULAR for row in rows)
        for place, line, block in _looking_like_rows(text, rows):
            seen += 1
            if block is None:
                whole.append((plan, place, place + len(line.rstrip())))
            elif tabular and _is_mixed_up(place, line, block):
                mixed.append(f"{plan}@{place}")
            elif _CELLS.match(line) and _is_unread(block, tabular):
                unread.append(f"{plan}@{place}")
        mixed += [f"{plan}@{place}" for place in _swallowed(text, rows)]
    yield _used(package, whole)
    yield judge("coverage.row-apart", "blocks", seen, mixed)
    yield judge("coverage.table-read", "blocks", seen, unread, severity="warning")


def _used(package: CheckedPackage, rows: Sequence[tuple[str, int, int]]) -> Result:
    """Whether each row has a finding in it, or a warning."""
    found: dict[str, list[tuple[int, int]]] = {}
    for name in ("tasks", "indicators"):
        for row in package.rows[name]:
            found.setdefault(package.plan_of_row(row), []).append((row["start"], row["end"]))
    for spans in found.values():
        spans.sort()
    told = {
        f"{package.plan_of_row(row)}@{row['start']}"
        for row in package.rows["warnings"]
        if row["code"] == "row-unaccounted"
    }
    lost = [
        f"{plan}@{start}"
        for plan, start, end in rows
        if not _any_inside(found.get(plan, ()), start, end)
    ]
    return judge("coverage.table-rows", "tasks", len(rows), lost, frozenset(told))


def _whole_rows(package: CheckedPackage) -> list[tuple[str, int, int]]:
    """Plan, start and end of each row that has words and doesn't just list things."""
    ends: dict[tuple[str, str], tuple[int, int]] = {}
    for row in package.rows["blocks"]:
        text = package.sources.get(row["plan_id"], "")[row["start"] : row["end"]]
        if row["kind"] == "row" and not row["reason"] and any(map(str.isalnum, text)):
            key = (row["plan_id"], row["continues_block_id"] or row["block_id"])
            start, end = ends.get(key, (row["start"], row["end"]))
            ends[key] = (min(start, row["start"]), max(end, row["end"]))
    return [(plan, *span) for (plan, _), span in ends.items()]


def _any_inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order, begins in a stretch.

    >>> _any_inside([(2, 5), (8, 9)], 6, 9), _any_inside([(2, 5), (8, 9)], 3, 8), _any_inside([], 0, 9)
    (True, False, False)
    """
    place = bisect_left(spans, (start,))
    return place < len(spans) and spans[place][0] < end


def _looking_like_rows(text: str, rows: Sequence[Row]) -> Iterator[tuple[int, str, Row | None]]:
    """The lines that look like a row or its number: where they start, and the block that has them.

    >>> text = "Trồng rừng.\\n| 1 | Rừng |\\n2\\nBáo cáo."
    >>> rows = [{"start": 12, "end": 24, "kind": "row"}]
    >>> [(line, block is not None) for _, line, block in _looking_like_rows(text, rows)]
    [('| 1 | Rừng |', True), ('2', False)]
    """
    starts = [row["start"] for row in rows]
    for found in _LINE.finditer(text):
        line = found[0].lstrip()
        if not (_CELLS.match(line) or _ALONE.fullmatch(line)):
            continue
        place = found.end() - len(line)
        number = bisect_right(starts, place) - 1
        inside = number >= 0 and place < rows[number]["end"]
        yield place, line, rows[number] if inside else None


def _is_mixed_up(place: int, line: str, block: Row) -> bool:
    """Whether a line that looks like a row is running text, or inside another row.

    >>> def mixed(place, line, kind): return _is_mixed_up(place, line, {"kind": kind, "start": 5})
    >>> mixed(5, "| 1 | Rừng |", "row"), mixed(9, "| 1 | Rừng |", "row"), mixed(5, "| 1 | Rừng |", "paragraph"), mixed(9, "1", "row")
    (False, True, True, False)
    """
    if block["kind"] in _TABULAR and not _CELLS.match(line):
        return False
    own = block["start"] == place and block["kind"] in _OF_TABLE
    return not own and block["kind"] in _OF_TABLE | _RUNNING


def _is_unread(block: Row, tabular: bool) -> bool:
    """Whether a block that looks like a row is none of a table's.

    >>> [_is_unread({"kind": kind}, tabular) for kind, tabular in (("row", True), ("paragraph", True), ("footnote", False))]
    [False, True, True]
    """
    if tabular and block["kind"] in _OF_TABLE:
        return False
    return block["kind"] in _RUNNING | {"footnote"}


def _swallowed(text: str, rows: Sequence[Row]) -> Iterator[int]:
    r"""Rows that hold the number between their own and that of the next row, on a line of its own.

    >>> def swallowed(*rows):
    ...     spans = [(at := "".join(rows).index(row), at + len(row)) for row in rows]
    ...     found = [{"kind": "row", "continues_block_id": None, "start": i, "end": j} for i, j in spans]
    ...     return [*_swallowed("".join(rows), found)]
    >>> swallowed("7\tTrồng rừng\n8\nDệt may\n", "9\tThủy lợi\n"), swallowed("7\tTrồng\n14\nDệt\n", "9\tThủy lợi\n")
    ([0], [])
    """
    tabular = [row for row in rows if row["kind"] == "row" and row["continues_block_id"] is None]
    for row, after in zip(tabular, tabular[1:], strict=False):  # noqa: RUF007
        words = text[row["start"] : row["end"]]
        own = _NUMBER.match(words)
        beyond = _NUMBER.match(text[after["start"] : after["end"]])
        if not own or not beyond or int(beyond[1]) != int(own[1]) + 2:
            continue
        if re.search(rf"^\s*{int(own[1]) + 1}\.?\s*$", words, re.MULTILINE):
            yield row["start"]
