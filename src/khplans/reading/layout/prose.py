"""Tables that only set text side by side: a letterhead, what closes a document, a frame around text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.knowledge.wording import opening_words
from khplans.layout import LayoutCell, LayoutTable
from khplans.reading.lines.phrases import MOTTO
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.passage import Span, read_passage

_NUMBER = re.compile(r"s[o0] \d")
_SEEN = 8
"""How many of a table's first cells tell what it is."""


@dataclass(frozen=True)
class Setting:
    """A table, whether it has a row that names columns, and the words of its first cells that have any."""

    table: LayoutTable
    source: str
    named: bool = False

    @property
    def span(self) -> Span:
        return self.table.span

    @once
    def texts(self) -> list[str]:
        """Folded."""
        filled = [cell for cell in self.table.cells if cell.spans][:_SEEN]
        return [fold(read_passage(self.source, cell.spans).text[:160]) for cell in filled]

    @once
    def columns(self) -> int:
        """How many columns have words."""
        return len({cell.column for cell in self.table.cells if cell.spans})

    @property
    def one_row(self) -> bool:
        """Whether all its words stand in one row."""
        return len({cell.row for cell in self.table.cells if cell.spans}) == 1

    def opens(self, kind: str, longer: bool = False) -> bool:
        """Whether a cell begins with words of a kind that letterheads and closings have (`Nơi nhận`), and has others."""
        found = ((opening_words(kind).match(text), text) for text in self.texts)
        return any(match and (not longer or match.end() < len(text)) for match, text in found)


def _case_of(*cells: str) -> Setting:
    """A table of a row; it names columns where the last word says so."""
    named = cells[-1] == "named"
    cells = cells[: len(cells) - named]
    source = "\t".join(cells)
    ends = [len("\t".join(cells[: n + 1])) for n in range(len(cells))]
    spans = (Span(end - len(cell), end) for cell, end in zip(cells, ends, strict=True))
    placed = (LayoutCell(0, n, (span,)) for n, span in enumerate(spans))
    return Setting(LayoutTable(Span(0, len(source)), tuple(placed)), source, named)


# fmt: off
SET_SIDE_BY_SIDE: Rules[Setting, bool] = Rules("text-set-as-table", _case_of, (
    Rule("motto", ("UBND TỈNH HÀ GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
         lambda setting: any(map(MOTTO.search, setting.texts)), True),
    Rule("number-and-date", ("Số: 12/KH-UBND", "Hà Giang, ngày 5 tháng 3 năm 2025"),
         lambda setting: setting.columns == 2 and any(map(_NUMBER.match, setting.texts)), True),
    Rule("recipients", ("Nơi nhận: Như Điều 3", "CHỦ TỊCH"),
         lambda setting: setting.columns <= 3 and setting.opens("recipients", longer=True), True),
    Rule("two-cells", ("Xác nhận của cơ quan", "Ngày … tháng … năm …", "named"),
         lambda setting: setting.columns == 2 and setting.one_row, True),
    Rule("names-of-columns", ("Nơi nhận", "Nhiệm vụ", "Thời hạn", "named"),
         lambda setting: setting.named, False),
    Rule("one-column", ("Khung viền quanh một đoạn văn.",),
         lambda setting: setting.columns < 2, True),
    Rule("signatures", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
         lambda setting: setting.columns <= 3 and (setting.opens("on_behalf") or setting.opens("signer")), True),
    Rule("table", ("TT", "Nhiệm vụ", "Thời hạn"),
         always, False),
))
# fmt: on


def is_prose(table: LayoutTable, source: str, named: bool) -> bool:
    """Whether a table only sets text side by side; `named` says that a row of it names columns.

    >>> setting = _case_of("UBND TỈNH HÀ GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    >>> tasks = _case_of("1", "Trồng rừng", "Sở Y tế", "Quý I/2025")
    >>> [is_prose(one.table, one.source, named) for one, named in ((setting, False), (tasks, True))]
    [True, False]
    """
    return SET_SIDE_BY_SIDE.decide(Setting(table, source, named))
