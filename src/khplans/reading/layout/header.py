"""The names of a table's columns, in one row or in two: `Năm 2024` over `Kế hoạch` and `Ước thực hiện`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from khplans.knowledge.columns import column_role
from khplans.model import ColumnRole
from khplans.reading.layout.cell_fit import LOOKS_LIKE, CellWords
from khplans.reading.layout.columns import Columns, columns_of_table, read_columns
from khplans.reading.layout.grid import GridCell, GridRow, texts_of

_LONGEST_NAME = 60
_AGENCIES: frozenset[ColumnRole | None] = frozenset({"lead", "coordinate"})
_VALUES: frozenset[ColumnRole | None] = frozenset({"value"})
_FIGURES: frozenset[ColumnRole | None] = frozenset({"value", None})
_NO_GROUP: frozenset[ColumnRole | None] = frozenset({"label", "name", "task", "unit", "note"})


@dataclass(frozen=True, slots=True)
class Header:
    """The columns that one or two rows name.

    `groups` says of each cell of the first row how many columns stand under it in the second; 0 for a
    column that the first row names alone.
    """

    roles: tuple[ColumnRole, ...]
    groups: tuple[int, ...]

    @property
    def width(self) -> int:
        return len(self.roles)

    @property
    def depth(self) -> int:
        """How many rows name the columns."""
        return 2 if any(self.groups) else 1

    def split(self, cells: Sequence[GridCell]) -> list[Sequence[GridCell]]:
        """The cells of one run that name the columns, by the row that each stands in."""
        first = len(self.groups)
        return [cells[:first], cells[first:]][: self.depth]

    def rows(self, cells: Sequence[Sequence[GridCell]]) -> list[GridRow]:
        """The rows that name the columns, with what their cells take up."""
        above = [(1, n) if n else (self.depth, 1) for n in self.groups]
        return [GridRow(cells[0], True, above), *(GridRow(row, True) for row in cells[1:])]


def read_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The columns that a table's first rows name, whatever they are called; None where there are not two.

    No cell of these rows is empty.

    >>> names = ["TT", "Chỉ tiêu", "Năm 2024", "Ghi chú"]
    >>> read_header([names, ["1", "GRDP", "8,1", "x"]]).depth
    1
    >>> read_header([names, ["Kế hoạch", "Ước thực hiện"], ["1", "GRDP", "8", "8,1", "x"]]).groups
    (0, 0, 2, 0)
    """
    first, second, third = [*rows, [], [], []][:3]
    if len(first) < 2:
        return None
    columns = columns_of_table(first)
    if columns.roles[0] == "label" and _names_parts(second):
        groups = _groups(columns.roles, second, len(third))
        joined = _joined(first, second, groups)
        if groups and (together := read_columns(joined)):
            return Header(together.roles, groups)
    return Header(columns.roles, (0,) * len(first))


def header_in_one_run(columns: Columns, width: int) -> Header:
    """The columns of names that came out in one run, of which the last may be parts of those before them.

    `width` is how many columns the rows below have; where they are fewer than names, some names
    stand over others, if there is one way only.

    >>> names = read_columns(["TT", "Chỉ tiêu", "ĐVT", "Năm 2024", "Kế hoạch", "Ước thực hiện"])
    >>> header_in_one_run(names, 5).groups, header_in_one_run(names, 6).groups
    ((0, 0, 0, 2), (0, 0, 0, 0, 0, 0))
    """
    count = len(columns.roles)
    found = []
    for first in range(width - 1, 1, -1) if 2 < width < count else ():
        above, parts = columns.headers[:first], columns.headers[first:]
        alike = _names_parts(parts) and _of_a_kind({column_role(part) for part in parts})
        groups = _groups(columns.roles[:first], parts, width) if alike else ()
        together = read_columns(_joined(above, parts, groups)) if groups else None
        if together and len(together.roles) == width:
            found.append(Header(together.roles, groups))
    return found[0] if len(found) == 1 else Header(columns.roles, (0,) * count)


def _of_a_kind(roles: Collection[ColumnRole | None]) -> bool:
    """Whether columns of these roles may stand under one name: they are all of agencies, or all of figures.

    >>> _of_a_kind(["lead", "coordinate"]), _of_a_kind(["value", "value"]), _of_a_kind(["lead", "value"]), _of_a_kind(["task"])
    (True, True, False, False)
    """
    return _AGENCIES.issuperset(roles) or _FIGURES.issuperset(roles)


def _names_parts(texts: Sequence[str]) -> bool:
    """Whether a row has nothing but names of columns.

    >>> _names_parts(["Kế hoạch", "Ước thực hiện"]), _names_parts(["1", "Trồng rừng"]), _names_parts(["Kế hoạch"])
    (True, False, False)
    """
    return len(texts) > 1 and all(map(_is_name, texts))


def _is_name(text: str) -> bool:
    """Whether words may be the name of a column: neither long, nor a figure or a time that no column is named by.

    >>> [_is_name(text) for text in ("Nhiệm vụ", "Sở Y tế", "Quý II/2025", "12,5")]
    [True, True, True, False]
    """
    likeness = LOOKS_LIKE.decide(CellWords(text))
    if likeness == "time":
        return column_role(text) is not None
    return len(text) <= _LONGEST_NAME and likeness in ("words", "agency")


def _groups(roles: Sequence[ColumnRole], parts: Sequence[str], width: int) -> tuple[int, ...]:
    """How many of the parts stand under each column: evenly under the last ones that may have any.

    `width` is how many cells the row below has.

    >>> _groups(["label", "task", "lead", "deadline"], ["Chủ trì", "Phối hợp"], 5)
    (0, 0, 2, 0)
    """
    may = _may_have_parts(roles, {column_role(part) for part in parts})
    count = len(roles) + len(parts) - width
    if not (0 < count <= len(may) and len(parts) % count == 0):
        count = 1
    if not may or len(parts) // count < 2:
        return ()
    chosen = may[-count:]
    return tuple(len(parts) // count if k in chosen else 0 for k in range(len(roles)))


def _may_have_parts(
    roles: Sequence[ColumnRole], parts: Collection[ColumnRole | None]
) -> Sequence[int]:
    """The columns that parts of these roles may stand under: agencies under one of agencies, figures under years.

    >>> roles = "label", "lead", "value", "task"
    >>> _may_have_parts(roles, ["lead", "coordinate"]), _may_have_parts(roles, ["value"]), _may_have_parts(roles, ["task"])
    ([1], [2], [1, 2])
    >>> _may_have_parts(("label", "other"), ["lead"])
    [1]
    """
    for kind, over in ((_AGENCIES, _AGENCIES), (_FIGURES, _VALUES)):
        if kind.issuperset(parts) and (like := [k for k, x in enumerate(roles) if x in over]):
            return like
    return [k for k, role in enumerate(roles) if role not in _NO_GROUP]


def _joined(first: Sequence[str], second: Sequence[str], groups: Sequence[int]) -> list[str]:
    """The whole name of each column.

    >>> _joined(["TT", "Năm 2024", "Ghi chú"], ["Kế hoạch", "Ước"], [0, 2, 0])
    ['TT', 'Năm 2024 Kế hoạch', 'Năm 2024 Ước', 'Ghi chú']
    """
    names: list[str] = []
    rest = iter(second)
    for name, parts in zip(first, groups, strict=False):
        names += [f"{name} {next(rest)}" for _ in range(parts)] if parts else [name]
    return names


def with_parts(source: str, rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows of which the second joins the first in naming the columns, where it does.

    >>> from khplans.text.passage import Span
    >>> source = "TT Chỉ tiêu Năm 2024 Kế hoạch Ước thực hiện"
    >>> first, second = [[Span(0, 2)], [Span(3, 11)], [Span(12, 20)], []], [[], [], [Span(21, 29)], [Span(30, 43)]]
    >>> [row.sizes for row in with_parts(source, [GridRow(first, True), GridRow(second)])]
    [((2, 1), (2, 1), (1, 2)), ()]
    >>> [row.sizes for row in with_parts(source, [GridRow(first), GridRow(second)])]
    [(), ()]
    """
    first, second, *below = [*rows, GridRow([])]
    parts = parts_below(texts_of(source, first.cells), texts_of(source, second.cells))
    if not first.header or not parts:
        return list(rows)
    under = [k for k, cell in enumerate(second.cells) if cell]
    covered = {k for k in under if not parts[k]}
    above = [
        (first.cells[k], (1, parts[k]) if parts[k] else (2, 1))
        for k in range(len(parts))
        if k not in covered
    ]
    cells, sizes = zip(*above, strict=True)
    names = GridRow([second.cells[k] for k in under], True)
    return [GridRow(cells, True, sizes), names, *below[:-1]]


def parts_below(first: Sequence[str], second: Sequence[str]) -> tuple[int, ...]:
    """How many columns of the second row stand under each cell of the first; none where it names no parts.

    Both rows have a cell in each column, an empty one where the other row's takes both.

    >>> parts_below(["TT", "Chỉ tiêu", "Năm 2024", ""], ["", "", "Kế hoạch", "Ước thực hiện"])
    (0, 0, 2, 0)
    >>> parts_below(["TT", "Nhiệm vụ", "Chủ trì"], ["", "Trồng rừng", ""])
    ()
    """
    filled = [k for k, text in enumerate(second) if text]
    if len(filled) < 2 or filled[0] == 0 or not all(_is_name(second[k]) for k in filled):
        return ()
    if not any(not first[k] for k in filled) or column_role(first[0]) != "label":
        return ()
    counts = [0] * len(first)
    over = -1
    for k in filled:
        over = k if first[k] else over
        if over < 0 or any(first[over + 1 : k + 1]) or not all(second[over : k + 1]):
            return ()
        counts[over] += 1
    return tuple(counts)
