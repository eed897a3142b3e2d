"""Finds the tables of a text, whatever form they came out in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from khplans.knowledge.columns import column_role
from khplans.layout import Layout, LayoutTable
from khplans.model import Source
from khplans.reading.layout.bars import read_bars
from khplans.reading.layout.blanks import read_blanks
from khplans.reading.layout.drawn import is_drawn, read_drawn
from khplans.reading.layout.grid import Grid, table_of
from khplans.reading.layout.html_tables import read_markup
from khplans.reading.layout.one_a_line import read_one_a_line
from khplans.reading.layout.pipes import parts_header, read_pipes
from khplans.reading.layout.side_by_side import read_side_by_side, shows_motto
from khplans.reading.layout.tabs import read_tabs
from khplans.reading.lines.line import AtLine, Line, lines_of
from khplans.rules import Rule, Rules, always
from khplans.text.fold import fold

_START = attrgetter("start")
Form = Callable[[str, Sequence[Line], int], Grid | None]
"""Reads the table of one form that begins at a line, or finds that none does."""


_LONGEST_LABEL = 12
_PARTS_CELLS = re.compile(r"[|\t+<]|[ \xa0]{2}")


@dataclass(frozen=True, slots=True)
class FirstLine(AtLine):
    """A line where a table may begin."""

    @property
    def raw(self) -> str:
        return self.line.raw

    @property
    def may_begin(self) -> bool:
        """Whether it has what parts cells, or is as short as a column's name."""
        return len(self.raw) < _LONGEST_LABEL or _PARTS_CELLS.search(self.raw) is not None

    @property
    def drawn(self) -> bool:
        """Whether a table that is drawn begins here."""
        return (
            self.raw.startswith(("|", "+")) and len(self.raw) > 2 and is_drawn(self.lines, self.i)
        )

    @property
    def ruled(self) -> bool:
        """Whether a rule of Markdown's tables stands right below."""
        return self.i + 1 < len(self.lines) and parts_header(self.lines[self.i + 1])

    @property
    def numbered_columns(self) -> bool:
        """Whether it has words held apart by blanks, first the name of the column that numbers the rows."""
        first, *others = self.raw.split("  ", 2)
        return len(others) > 1 and self._numbers(first)

    @property
    def numbers_rows(self) -> bool:
        """Whether it is no more than the header of the column that numbers the rows."""
        return self._numbers(self.line.text)

    def _numbers(self, name: str) -> bool:
        """Whether a name is that of the column that numbers the rows, if only with the line below (`Số`, `TT`)."""
        if len(name) == len("Số") and fold(name) == "so" and self.i + 1 < len(self.lines):
            name = self.lines[self.i + 1].raw[:12].partition("  ")[0].strip()
        return len(name) < _LONGEST_LABEL and column_role(name) == "label"


def _none(source: str, lines: Sequence[Line], i: int) -> None:
    """No table begins here."""


def _case_of(text: str) -> FirstLine:
    """The first line of a text."""
    return FirstLine(lines_of(text), 0)


# fmt: off
FORMS: Rules[FirstLine, Form] = Rules("form-of-table", _case_of, (
    Rule("letterhead-in-two-columns", ("UBND TỈNH HÀ GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
         lambda first: shows_motto(first.line), read_side_by_side),
    Rule("drawn", ("+--+--------+\n|TT|Nhiệm vụ|\n+--+--------+\n|1 |Trồng   |\n|  |rừng    |\n+--+--------+",),
         lambda first: first.drawn, read_drawn),
    Rule("pipes", ("| TT | Nhiệm vụ | Cơ quan chủ trì |",),
         lambda first: first.raw.startswith("|") and first.raw.count("|") > 2, read_pipes),
    Rule("pipes-between-cells", ("TT | Nhiệm vụ | Chủ trì\n--- | --- | ---",),
         lambda first: "|" in first.raw and first.ruled, read_pipes),
    Rule("names-between-bars", ("TT | Nhiệm vụ | Chủ trì\n1 | Trồng rừng | Sở Y tế",),
         lambda first: first.raw.count("|") > 1, read_pipes),
    Rule("lone-bars", ("|\nTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|",),
         lambda first: first.raw == "|", read_bars),
    Rule("markup", ("<table><tr><td>TT</td><td>Nhiệm vụ</td></tr></table>",),
         lambda first: first.raw[:7].lower().startswith("<table"), read_markup),
    Rule("tabs", ("TT\tNhiệm vụ\tCơ quan chủ trì",),
         lambda first: "\t" in first.raw, read_tabs),
    Rule("blanks", ("TT   Nhiệm vụ        Cơ quan chủ trì",),
         lambda first: first.numbered_columns, read_blanks),
    Rule("a-cell-a-line", ("TT\nNhiệm vụ\nCơ quan chủ trì\n1\nTrồng rừng\nSở Y tế",),
         lambda first: first.numbers_rows, read_one_a_line),
    Rule("no-table", ("Sở Y tế báo cáo kết quả.",),
         always, _none),
))
# fmt: on


def layout_of(source: Source, lines: Sequence[Line]) -> Layout:
    """What the file shows, with the tables that only its text shows: all of them where it is a text.

    A web page turned into Markdown has some tables as such, and others a cell a line.

    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\n\\nCác sở báo cáo."
    >>> layout_of(Source("p", text, layout=Layout()), lines_of(text)).tables[0].basis
    'inferred'
    """
    if source.layout is None:
        return infer_layout(source.text, lines)
    text, lines = _plainly_drawn(source.text, lines)
    known = source.layout.tables
    outer = [k for k, table in enumerate(known) if table.inside is None]
    tables: list[LayoutTable] = []
    begun = 0
    for k, following in pairwise([*outer, len(known)]):
        stop = bisect_left(lines, known[k].span.start, key=_START)
        _add(tables, _tables(text, lines[begun:stop]), 0)
        _add(tables, known[k:following], k)
        begun = bisect_left(lines, known[k].span.end, key=_START)
    _add(tables, _tables(text, lines[begun:]), 0)
    return replace(source.layout, tables=tuple(tables))


def _add(tables: list[LayoutTable], more: Sequence[LayoutTable], first: int) -> None:
    """Add tables of which the first had the index `first` where they come from.

    >>> from khplans.text.passage import Span
    >>> span = Span(0, 1)
    >>> tables = [LayoutTable(span, ())] * 2
    >>> _add(tables, [LayoutTable(span, ()), LayoutTable(span, (), inside=5)], 5)
    >>> [table.inside for table in tables]
    [None, None, None, 2]
    """
    moved = len(tables) - first
    tables += [t if t.inside is None else replace(t, inside=t.inside + moved) for t in more]


def infer_layout(source: str, lines: Sequence[Line]) -> Layout:
    """The tables that the lines of a text make up, in order; none overlap.

    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\n\\nCác sở báo cáo."
    >>> (table,) = infer_layout(text, lines_of(text)).tables
    >>> table.span.of(text), len(table.cells), table.basis
    ('TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế', 6, 'inferred')
    """
    return Layout(tuple(_tables(*_plainly_drawn(source, lines))))


def _tables(source: str, lines: Sequence[Line]) -> list[LayoutTable]:
    """The tables of a text from the top down, each with those in its cells after it: `<td><table>`.

    >>> text = "Rừng.\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\nBáo cáo."
    >>> [table.span.of(text)[:8] for table in _tables(text, lines_of(text))], _tables("Rừng.", lines_of("Rừng."))
    (['TT\\tNhiệm'], [])
    """
    tables: list[LayoutTable] = []
    i = 0
    while i < len(lines):
        first = FirstLine(lines, i)
        grid = FORMS.decide(first)(source, lines, i) if first.may_begin else None
        if grid is None:
            i += 1
        else:
            outer = len(tables)
            tables.append(table_of(grid, lines, i))
            tables += [replace(table, inside=outer) for table in grid.inner]
            i = grid.stop
    return tables


def _plainly_drawn(source: str, lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """The source and its lines, tables that are drawn with `├──┼` as those with `+--+`.

    >>> [line.raw for line in _plainly_drawn("├──┤", lines_of("├──┤"))[1]], _plainly_drawn("Rừng", [])
    (['+--+'], ('Rừng', []))
    """
    plain = _plain_boxes(source)
    if plain == source:
        return source, lines
    return plain, [replace(line, raw=plain[line.start : line.end]) for line in lines]


_BARS = "│┃┆┇┊┋║╎╏╽╿"
_DASHES = "─━┄┅┈┉═╌╍╼╾"
_ALL = "".join(map(chr, range(0x2500, 0x2580)))
_PLAIN = str.maketrans(
    {sign: "|" if sign in _BARS else "-" if sign in _DASHES else "+" for sign in _ALL}
)
_DRAWS = re.compile(f"[{_ALL}]")


def _plain_boxes(text: str) -> str:
    """The text, place for place, its boxes drawn with `+`, `-` and `|`.

    >>> _plain_boxes("├──┼──┤│ a║")
    '+--+--+| a|'
    """
    return text.translate(_PLAIN) if _DRAWS.search(text) else text
