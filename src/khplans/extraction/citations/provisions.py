"""The provision that a mention names: `điểm a khoản 2 Điều 5 Luật …` is `điều 5 khoản 2 điểm a`.

Legal texts name provisions from the smallest to the largest; some from the largest down
(`Điều 5 khoản 2`). Written anew they go from the largest to the smallest, so that they sort and
parse; the grammar is in the description of the column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from khplans.knowledge.wording import Wording, any_of

_RANKS: Final = {
    "tiết": 0,
    "điểm": 1,
    "khoản": 2,
    "điều": 3,
    "tiểu mục": 4,
    "mục": 5,
    "chương": 6,
    "phần": 7,
    "phụ lục": 8,
}
"""The units of a legal text, from the smallest to the largest."""
_LETTERED: Final = frozenset({"tiết", "điểm"})

_UNIT = rf"(?<!\w)(?<!danh (?=mục)){any_of(_RANKS)}"
_MARK = r"(?:(?-i:[a-zđ]\))|(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?|(?-i:[IVXLC]{1,6})|[a-zđ]\d?)(?!\w|\.\d))"
_AND = r"(?: ?[,;] ?(?:và |hoặc )?| và | hoặc )"
_THROUGH = r"(?: ?[-–] ?| đến (?:hết )?)"
_STEP = rf"{_UNIT} (?:số )?{_MARK}"
_CHAIN = (
    rf"{_STEP}(?:(?:{_AND}|{_THROUGH}){_MARK}"
    rf"|(?:{_AND}|{_THROUGH}| (?:<within a text> )?)(?:các |từ )?{_STEP})*"
)
_CHAINS = Wording(_CHAIN, "điểm a khoản 2 Điều 7")
_TOKEN = Wording(
    rf"(?P<through>{_THROUGH})?(?:(?P<unit>{_UNIT}) (?:số )?)?(?P<mark>(?<!\w){_MARK})", "khoản 2"
)
# What stands between a provision and the name of its document.
_JOINT = r",?(?: (?:<within a text>|(?:ban hành )?kèm theo))?(?: các)? ?"
_JOINED = Wording(_JOINT, " ban hành kèm theo ")
_NEAR = Wording(rf"(?<!\w){_MARK}{_JOINT}$", "Điều 7 của ")
_ASIDE = Wording(rf" \((?:tại |theo )?(?P<chain>{_CHAIN})\)", " (tại khoản 2 Điều 7)")
_REACH: Final = 240
"""How many characters before a mention its provisions may begin."""
_LAST: Final = 40
"""How many of them the last mark and what joins it to the mention may take."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A unit with its mark (`khoản 2`), or all from one to another (`khoản 2-4`)."""

    unit: str
    mark: str
    to: str = ""

    @property
    def rank(self) -> int:
        return _RANKS[self.unit]

    def __str__(self) -> str:
        return f"{self.unit} {self.mark}" + (f"-{self.to}" if self.to else "")


def provision_at(text: str, start: int, *ends: int) -> str | None:
    """The provisions of a document that is mentioned at `text[start:]`.

    They stand right before it, or in brackets right after one of `ends` (its number's, its
    issuer's); None where there are none, or where from which to which is meant can't be told.

    >>> provision_at("theo điểm a, b khoản 2 và khoản 4 Điều 5 Luật Giá", 41)
    'điều 5 khoản 2 điểm a; điều 5 khoản 2 điểm b; điều 5 khoản 4'
    >>> provision_at("từ Điều 3 đến Điều 7 của Luật Giá", 25)
    'điều 3-7'
    >>> provision_at("Luật Giá (Điều 5 khoản 2)", 0, 8)
    'điều 5 khoản 2'
    """
    chain = _before(text, start) or _behind(text, ends)
    steps = _steps(chain) if chain else None
    if not steps:
        return None
    return "; ".join(" ".join(map(str, path)) for path in _paths(steps))


def _before(text: str, start: int) -> str | None:
    """The provision right before a mention: of `điểm a khoản 1 Điều 5 của Luật …` all up to `5`.

    >>> texts = "điểm a khoản 1 Điều 5 của Luật Giá", "Điều 5, các sở theo Luật Giá", "theo Luật Giá"
    >>> [_before(text, text.index("Luật")) for text in texts]
    ['điểm a khoản 1 Điều 5', None, None]
    """
    if not _NEAR.search(text, max(0, start - _LAST), start):
        return None
    for chain in _CHAINS.finditer(text, max(0, start - _REACH), start):
        if _JOINED.fullmatch(text, chain.end(), start):
            return chain[0]
    return None


def _behind(text: str, ends: Sequence[int]) -> str | None:
    """The provision in brackets or after a comma behind a mention: `Luật Giá (Điều 5)`.

    >>> texts = "Luật Giá (Điều 5)", "Luật Giá, các sở"
    >>> [_behind(text, [8]) for text in texts]
    ['Điều 5', None]
    """
    for end in ends:
        if aside := _ASIDE.match(text, end):
            return aside["chain"]
    return None


def _steps(chain: str) -> list[_Step] | None:
    """Each mark with its unit; None where a range ends in another unit than it begins.

    >>> [(step.unit, step.mark, step.to) for step in _steps("điểm a, b khoản 2-4 Điều 07")]
    [('điểm', 'a', ''), ('điểm', 'b', ''), ('khoản', '2', '4'), ('điều', '7', '')]
    >>> _steps("khoản 2 - Điều 7")
    """
    steps: list[_Step] = []
    for token in _TOKEN.finditer(chain):
        unit = token["unit"].lower() if token["unit"] else steps[-1].unit
        mark = _mark(unit, token["mark"])
        if not token["through"]:
            steps.append(_Step(unit, mark))
        elif unit == steps[-1].unit and not steps[-1].to:
            steps[-1] = _Step(unit, steps[-1].mark, mark)
        else:
            return None
    return steps


def _mark(unit: str, written: str) -> str:
    """A mark as it is always written: no zero before it, points by small letters.

    >>> _mark("phụ lục", "02"), _mark("điểm", "A)"), _mark("chương", "IV")
    ('2', 'a', 'IV')
    """
    mark = written.rstrip(")")
    if mark[0].isdigit():
        return (mark.lstrip("0") or mark).lower()
    return mark.lower() if unit in _LETTERED else mark.upper()


def _paths(steps: Sequence[_Step]) -> list[list[_Step]]:
    """Each provision from its largest unit to its smallest, in the order of the text.

    >>> _paths([_Step("khoản", "1"), _Step("khoản", "2"), _Step("điều", "5")])[0]
    [_Step(unit='điều', mark='5', to=''), _Step(unit='khoản', mark='1', to='')]
    """
    largest = max(step.rank for step in steps)
    if steps[0].rank == largest > steps[-1].rank:
        return list(_nested(steps))
    return list(_nested(steps[::-1]))[::-1]


def _nested(steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    """Steps from the largest down, as paths: each hangs on the last larger one before it.

    >>> steps = [_Step(unit, mark) for unit, mark in (("điều", "5"), ("khoản", "1"), ("khoản", "2"), ("điều", "6"))]
    >>> [[str(one) for one in path] for path in _nested(steps)]
    [['điều 5', 'khoản 1'], ['điều 5', 'khoản 2'], ['điều 6']]
    """
    path: list[_Step] = []
    for step in steps:
        if path and step.rank >= path[-1].rank:
            yield path
            path = [one for one in path if one.rank > step.rank]
        path = [*path, step]
    yield path
