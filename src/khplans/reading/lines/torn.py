"""What a line's end tears: kinds (`QUYẾT` over `ĐỊNH`), names (`HỒ CHÍ` over `MINH`), marks (`Điều` over `10.`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.provinces import provinces
from khplans.knowledge.wording import Wording, words_for
from khplans.reading.lines.markers import read_marker
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.passage import Span

_LONGEST = 60
"""Characters of a line in a letterhead's column."""
_EMPHASIS = "#*_> "
"""Signs of Markdown around a line's words."""
_MARKS_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]{2,5}")
_NUMBER_ENDS = re.compile(r"[.:](?!\d)")
# A line that a citation goes on below: `theo khoản 2` over `Điều` over `10.`
_CITES = Wording(r"(?:(?<!\w)(?:<wants more>|theo|(?:khoản|điểm) \w{1,3})|,)\s*$", "theo khoản 2")
_DATE = Wording(r"[^\d\W][^\d,\n]{0,20},\s*ngày\b", "Hà Giang, ngày")


@cache
def _beginnings() -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The ends of known names by their beginnings, in folded words; a whole name has the empty end."""
    ends: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name in (*words_for("torn name"), *(province.name for province in provinces())):
        words = tuple(fold(name).split())
        for cut in range(1, len(words) + 1):
            ends.setdefault(words[:cut], set()).add(words[cut:])
    return {beginning: frozenset(found) for beginning, found in ends.items()}


@dataclass(frozen=True)
class TwoLines:
    """Two lines, one right below the other; `above` is the one right above them, `span` where they stand."""

    first: str
    second: str
    above: str = ""
    span: Span | None = None

    @property
    def may_be_torn(self) -> bool:
        """Whether they are short, and in capitals or the second a date with its place; or the first is a mark's word."""
        short = max(len(self.first), len(self.second)) <= _LONGEST
        return self.one_mark or (short and (self.capitals or self.dated))

    @once
    def capitals(self) -> bool:
        """Whether both are in capitals."""
        return self.first.isupper() and self.second.isupper()

    @once
    def dated(self) -> bool:
        """Whether the second begins with words before a date."""
        return _DATE.match(self.second) is not None

    @once
    def one_mark(self) -> bool:
        """Whether the first is the word of a mark alone, and the second begins with its number and a dot, or is it.

        `Mục` and `Phần` alone head a list of their own: `Mục` over `1. Sở Y tế`, `2. Sở Nội vụ`.
        """
        word = self.first.strip(_EMPHASIS)
        if not _MARKS_WORD.fullmatch(word) or _CITES.search(self.above):
            return False
        mark = read_marker(f"{word} {self.second}")
        if mark is None or mark.kind not in ("article", "chapter"):
            return False
        end = len(mark.label) - len(word) - 1
        return bool(_NUMBER_ENDS.match(self.second, end)) or not self.second[end:].strip(_EMPHASIS)

    @property
    def one_kind(self) -> bool:
        """Whether together, and neither alone, they are a kind of document."""
        whole = f"{fold(self.first)} {fold(self.second)}"
        return whole in types_by_name() and fold(self.first) not in types_by_name()

    @once
    def one_name(self) -> bool:
        """Whether a known name begins at the end of the first and ends in the second: `ỦY BAN`, `NHÂN DÂN`."""
        above, below = fold(self.first).split(), tuple(fold(self.second).split())
        for size in range(min(4, len(above)), 0, -1):
            ends = _beginnings().get(tuple(above[-size:]), frozenset())
            if () in ends:
                return False
            if any(below[: len(end)] == end for end in ends):
                return True
        return False


# fmt: off
TORN: Rules[TwoLines, bool] = Rules("torn-lines", TwoLines, (
    Rule("kind-in-two-lines", ("QUYẾT", "ĐỊNH"),
         lambda two: two.capitals and two.one_kind, True),
    Rule("name-in-two-lines", ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ", "MINH"),
         lambda two: two.capitals and two.one_name, True),
    Rule("place-before-its-date", ("Thành phố Hồ Chí", "Minh, ngày 5 tháng 1 năm 2024"),
         lambda two: two.dated and two.one_name, True),
    Rule("mark-before-its-number", ("**Chương", "IV**"),
         lambda two: two.one_mark, True),
    Rule("two-lines", ("ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG"), always, False),
))
# fmt: on
