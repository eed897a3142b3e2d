"""Lines that are not the document's running words: page numbers, gazette headers, rules, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.wording import Wording
from khplans.model import Reason
from khplans.reading.lines.line import Line, lines_of
from khplans.reading.lines.line_kinds import is_drawn_rule, stamps
from khplans.reading.lines.run_together import PRINTED_HOUR
from khplans.rules import Rule, Rules, always
from khplans.text.letters import UPPER
from khplans.text.passage import Span

_PAGE = Wording(
    r"(?:trang\s*)?[-(|]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-)|]?|-+\s*page.{0,20}",
    "Trang 12",
    folded=True,
)
_GAZETTE = Wording(
    r"(?:\d{1,3}\s*)?cong bao\s*[/|].*|\d{1,3}\s+cong bao\b.*|cong bao so \d.*",
    "Công báo số 12",
    folded=True,
)
# What a browser prints over and under a page: `10/7/25, 4:30 PM Văn bản`, `https://… 2/4`.
_PRINTED = re.compile(
    rf"(?:https?|file)://\S+ \d{{1,3}}/\d{{1,3}}|{PRINTED_HOUR.pattern}", re.IGNORECASE
)
_IMAGE = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|<!--.*-->|<(?:br|hr)\s*/?>|\[\s*(?:image|hình ảnh)\s*\]", re.I
)
_NOTE = re.compile(r"(?:[¹²³⁴-⁹⁰]+|\\?\[\d{1,3}\\?\]|\[\^\d+\]:?|\^\d{1,3}\^?|<sup>\d+</sup>)\s*\S")
_LOOSE_NOTE = re.compile(rf"\(?\d{{1,2}}\)?\s+(?=[{UPPER}“])")


@dataclass(frozen=True, slots=True)
class LineInText:
    """A line and where it stands.

    `stamped` says that it is of a stamp or an electronic signature, `unfinished` that a sentence
    stands open above it, `gap` that a blank line parts them.
    """

    line: Line
    stamped: bool
    unfinished: bool
    gap: bool

    @property
    def span(self) -> Span:
        return self.line.span

    @property
    def tag(self) -> bool:
        """Whether it has letters that are no words: those of a tag."""
        return not self.line.text and any(map(str.isalnum, self.line.raw))

    @property
    def drawn(self) -> bool:
        """Whether there are no words on it."""
        return not self.line.text or is_drawn_rule(self.line)


def _case_of(text: str) -> LineInText:
    """The last line of a text; a sentence above it is unfinished, a blank line parts them."""
    lines = lines_of(text)
    return LineInText(lines[-1], len(lines) - 1 in stamps(lines, 0, len(lines)), True, True)


# fmt: off
APART: Rules[LineInText, Reason | Literal["footnote"] | None] = Rules("apart-from-the-text", _case_of, (
    Rule("stamp", ("CÔNG VĂN ĐẾN\nNgày 12/3/2024",),
         lambda place: place.stamped, "stamp"),
    Rule("image", ("![Quốc huy](quoc-huy.png)",),
         lambda place: place.tag or _IMAGE.fullmatch(place.line.raw), "image"),
    Rule("no-words", ("* * *",),
         lambda place: place.drawn, "rule"),
    Rule("page-number", ("- 12 -",),
         lambda place: len(place.line.text) < 20 and _PAGE.fullmatch(place.line.low), "page-number"),
    Rule("gazette-header", ("CÔNG BÁO/Số 15/Ngày 12-3-2024",),
         lambda place: len(place.line.text) < 120 and _GAZETTE.fullmatch(place.line.low), "running-header"),
    Rule("printed-by-a-browser", ("https://vanban.example.vn/ban-in?id=12 2/4",),
         lambda place: len(place.line.text) < 160 and _PRINTED.fullmatch(place.line.low), "running-header"),
    Rule("numbered-note", ("¹ Theo báo cáo của Sở Y tế.",),
         lambda place: is_note(place.line), "footnote"),
    Rule("note-inside-a-sentence", ("Sở Y tế chủ trì\n\n2 Theo báo cáo của Sở Y tế.",),
         lambda place: place.unfinished and place.gap and _LOOSE_NOTE.match(place.line.text), "footnote"),
    Rule("text", ("Sở Y tế báo cáo kết quả.",),
         always, None),
))
# fmt: on


def why_no_words(line: Line) -> Reason | None:
    """Why a line inside a table is none of its words; None for words.

    >>> [why_no_words(line) for line in lines_of("- 2 -\\n+---+\\nTrồng rừng\\n</table>")]
    ['page-number', 'rule', None, 'image']
    """
    if line.taken_out:
        return "set-aside"
    apart = APART.decide(LineInText(line, stamped=False, unfinished=False, gap=False))
    return None if apart == "footnote" else apart


def is_note(line: Line) -> bool:
    """Whether a line begins a numbered note.

    >>> [is_note(line) for line in lines_of("[1] Theo báo cáo.\\n1. Sở Y tế.")]
    [True, False]
    """
    return bool(_NOTE.match(line.text))
