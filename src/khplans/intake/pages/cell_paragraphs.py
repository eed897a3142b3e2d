"""Which lines of a cell begin a paragraph, and which only go on with the one above, wrapped at the cell's edge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from khplans.intake.pages.lines import PrintedLine
from khplans.knowledge.agencies import bodies, other_names, posts
from khplans.text.fold import fold

_BULLET = re.compile(r"[-–+*•▪●]|\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]")
_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*$")
_CUT = re.compile(r"[\w][-/]$")
_OFFICE = "van phong"


@dataclass(frozen=True, slots=True)
class LineBelow:
    """A line of a cell, and the one above."""

    above: str
    text: str

    @property
    def first(self) -> str:
        return self.text.split(maxsplit=1)[0]

    @property
    def names_body(self) -> bool:
        """Whether it begins with a body that isn't part of what the line above names (`Văn phòng` | `UBND tỉnh`)."""
        return _beginning(self.text) in _beginnings() and not fold(self.above).endswith(_holders())

    @property
    def begins(self) -> bool:
        """Whether it begins a paragraph.

        >>> [LineBelow(a, b).begins for a, b in (("Sở Y tế", "Sở Nội vụ"), ("Sở", "Nội vụ"), ("Văn phòng", "UBND tỉnh"))]
        [True, False, False]
        >>> [LineBelow(a, b).begins for a, b in (("Trực tiếp:", "Tại quầy"), ("khám", "- Trồng rừng"), ("cơ", "sở"))]
        [True, True, False]
        """
        if self.text[0].islower():
            return bool(_BULLET.fullmatch(self.first))
        return bool(_BULLET.fullmatch(self.first) or has_ended(self.above)) or self.names_body


def paragraphs_of(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """The paragraphs of a cell, each the lines that it is wrapped into."""
    made: list[list[PrintedLine]] = []
    for line in lines:
        if made and not LineBelow(made[-1][-1].text, line.text).begins:
            made[-1].append(line)
        else:
            made.append([line])
    return made


def has_ended(text: str) -> bool:
    """Whether a text ends with a sentence or a part of one.

    >>> has_ended("thực hiện./."), has_ended("phối hợp với")
    (True, False)
    """
    return bool(_ENDED.search(text))


def is_cut_in_word(above: str) -> bool:
    """Whether a line ends inside a number or a name, so that no blank follows: `45/KH-` | `UBND`.

    >>> is_cut_in_word("45/KH-"), is_cut_in_word("giai đoạn 2021 -")
    (True, False)
    """
    return bool(_CUT.search(above))


def _beginning(text: str) -> tuple[str, ...]:
    """The first two words of a line, without what stands after them; one where there is one."""
    return tuple(word.strip(",.;:()") for word in text.lower().split()[:2])


@cache
def _beginnings() -> frozenset[tuple[str, ...]]:
    """How the names of bodies begin: with two words, or with one at a line's end."""
    names = [*(body.name for body in bodies()), *(form for form, _ in other_names())]
    found = {_beginning(name) for name in names}
    return frozenset(found | {words[:1] for words in found})


@cache
def _holders() -> tuple[str, ...]:
    return (*(fold(post) for post in posts()), _OFFICE)
