"""What a cell's words look like, and how well that fits the column that they would stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from khplans.knowledge.agencies import bodies, heads, other_names, posts
from khplans.knowledge.wording import Wording, any_of, words_for
from khplans.model import ColumnRole
from khplans.reading.layout.labels import label_marker
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.numerals import NUMERAL
from khplans.text.passage import Span
from khplans.text.shadow import shadow

Likeness = Literal["empty", "label", "time", "figure", "agency", "words"]

_LONGEST_TIME = 90
_LONGEST_FIGURE = 40
_NUMBERS = r"[\divx]{1,4}(?:[ /.\-–]+(?:nam )?[\divx]{1,4})*"
_TIME = Wording(
    rf"(?:(?:<word of a time>|[-–,]) ?)*{_NUMBERS}"
    rf"(?:(?: ?[-–;] ?|, )(?:<word between times> ?)*{_NUMBERS})*\W*"
    r"|(?:<opens a time> )+.{0,40}\d{4}\W*",
    "trước ngày 30/6",
    folded=True,
)
_REGULARLY = Wording(r"(?:<carries out> )?<no day>(?!\w)", "thực hiện thường xuyên", folded=True)
_FIGURE = Wording(
    rf"(?a:(?:[≥≤><=~+\-−–]{{1,2}}|<compares>)? ?(?:{NUMERAL})(?: ?[-–] ?(?:{NUMERAL}))? ?(?:%|‰)?(?: tro (?:len|xuong))?|[-–x])",
    "trên 60%",
    folded=True,
)


def is_figure(text: str) -> bool:
    """Whether words are a number, what compares it and a share's sign, or the mark of none.

    >>> [is_figure(text) for text in ("≥ 95,5 %", "trên 60% trở lên", "-", "Năm 2025")]
    [True, True, True, False]
    """
    return len(text) < _LONGEST_FIGURE and _FIGURE.fullmatch(shadow(text.strip(" *_"))) is not None


@dataclass(frozen=True)
class CellWords:
    """The words of a cell, by themselves."""

    text: str
    span: Span | None = None

    @once
    def low(self) -> str:
        """Its first words in small letters without accents."""
        return shadow(self.text[:_LONGEST_TIME].strip(" *_"))

    @property
    def begins_office(self) -> bool:
        """Whether its first word may begin an office's name, and a capital after it says that it does: `Vụ Pháp chế`."""
        first, _, rest = self.text.partition(" ")
        return first in _short_heads() and rest[:1].isupper()


@cache
def _short_heads() -> frozenset[str]:
    """First words of agencies that are words of other things too."""
    return frozenset(head.words for head in heads() if head.words.istitle())


@cache
def _agencies() -> re.Pattern[str]:
    """How the names of agencies begin, folded."""
    known = {" ".join(fold(body.name).split()[:2]) for body in bodies()}
    known |= {" ".join(fold(form).split()[:2]) for form, _ in other_names()}
    known |= {fold(head.words) for head in heads() if head.sure or len(head.words) > 2}
    known |= {fold(words) for words in (*posts(), *words_for("first word of agencies"))}
    others, several = (any_of(set(map(fold, words_for(use)))) for use in ("no agency", "several"))
    return re.compile(rf"{any_of(known)}(?!\w)(?! {others}\b)|cac {several}\b")


# fmt: off
LOOKS_LIKE: Rules[CellWords, Likeness] = Rules("cell-looks-like", CellWords, (
    Rule("empty", ("",), lambda cell: not cell.text, "empty"),
    Rule("number-of-a-row", ("7.1",), lambda cell: label_marker(cell.text), "label"),
    Rule("time", ("Quý II/2025",),
         lambda cell: len(cell.text) < _LONGEST_TIME and _TIME.fullmatch(cell.low), "time"),
    Rule("regularly", ("Thực hiện thường xuyên, gắn với nhiệm vụ hằng năm",),
         lambda cell: _REGULARLY.match(cell.low), "time"),
    Rule("figure", ("≥ 95,5 %",),
         lambda cell: is_figure(cell.text), "figure"),
    Rule("agency", ("Sở Y tế, các địa phương",),
         lambda cell: _agencies().match(fold(cell.text[:_LONGEST_TIME])), "agency"),
    Rule("short-head-and-capital", ("Vụ Pháp chế",), lambda cell: cell.begins_office, "agency"),
    Rule("words", ("Trồng rừng phòng hộ",), always, "words"),
))
# fmt: on

_MISFIT: dict[Likeness, dict[ColumnRole, float]] = {
    "label": {"label": 0, "value": 0.5, "deadline": 1},
    "time": {"deadline": 0, "value": 1, "note": 1.5, "output": 2, "label": 2},
    "figure": {"value": 0, "note": 2, "deadline": 2},
    "agency": {"lead": 0, "coordinate": 0, "note": 2, "task": 2.5},
    "words": {"task": 0, "name": 0, "output": 0.5, "unit": 0.5, "note": 1, "lead": 2, "coordinate": 2, "deadline": 2},
}  # fmt: skip
_ANY = 0.5
"""How badly any words fit a column whose name nothing is known of."""
_EMPTY: dict[ColumnRole, float] = {"task": 4, "name": 4, "note": 0.5, "label": 2}


def misfit(text: str, role: ColumnRole) -> float:
    """How badly words fit a column: 0 where they are what one expects in it, 3 or more where they are not.

    >>> misfit("Sở Y tế", "lead"), misfit("Sở Y tế", "deadline"), misfit("Quý II/2025", "deadline")
    (0, 3, 0)
    """
    likeness = LOOKS_LIKE.decide(CellWords(text))
    if likeness == "empty":
        return _EMPTY.get(role, 1)
    return _ANY if role in ("other", "listed") else _MISFIT[likeness].get(role, 3)
