"""Which rows a merged cell covered, when its value was printed on one of them.

A table's vertical merge is flattened to one filled cell, at its top or in its middle, and empty
ones. Rows between two filled cells belong to the upper or to the lower one: the agency's field
of work decides, else the upper one of the same page, for a merged cell seldom goes over a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khplans.knowledge.table import read_table
from khplans.text.shadow import shadow

_RELUCTANCE = 0.5
"""What it costs to give a row to the cell below it, or to one of another page."""


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_table("agency_fields"):
        found.setdefault(row["name"], []).append(shadow(row["words"]))
    return {name: tuple(words) for name, words in found.items()}


def affinity(shade: str) -> dict[str, int]:
    """The agencies whose fields of work a row's words name most, with how many words do.

    >>> affinity(shadow("phòng chống dịch bệnh"))
    {'Sở Y tế': 2}
    """
    found = {
        name: sum(len(words.split()) for words in fields if words in shade)
        for name, fields in _fields().items()
    }
    most = max(found.values(), default=0)
    return {name: words for name, words in found.items() if words == most > 0}


def cover(
    pages: Sequence[int], texts: Sequence[str], names: Sequence[Sequence[str]]
) -> list[int | None]:
    """For each row, the row whose filled cell covers it (itself where filled).

    `pages` numbers the page of each row, `texts` are the rows' words and `names` the agencies in
    their cell, none where it is empty.

    >>> rows = ["Khám chữa bệnh", "Tiêm chủng", "Trồng rừng", "Chăn nuôi"]
    >>> cover([1] * 4, rows, [["Sở Y tế"], [], [], ["Sở Nông nghiệp và Môi trường"]])
    [0, 0, 3, 3]
    """
    filled = [i for i, agencies in enumerate(names) if agencies]
    owner: list[int | None] = [None] * len(names)
    for i in filled:
        owner[i] = i
    if not filled:
        return owner
    shades = [shadow(text) for text in texts]
    for k, upper in enumerate([None, *filled]):
        lower = filled[k] if k < len(filled) else None
        first = 0 if upper is None else upper + 1
        last = len(names) if lower is None else lower
        split = _split(pages, shades, names, upper, lower, first, last)
        for i in range(first, last):
            owner[i] = upper if i < split else lower
    return owner


def _split(
    pages: Sequence[int], shades: Sequence[str], names: Sequence[Sequence[str]],
    upper: int | None, lower: int | None, first: int, last: int,
) -> int:  # fmt: skip
    """The first row of `first:last` that belongs to the lower cell.

    >>> rows = [shadow(text) for text in ("Khám chữa bệnh", "Tiêm chủng", "Trồng rừng", "Chăn nuôi")]
    >>> names, pages = [["Sở Y tế"], [], [], ["Sở Nông nghiệp và Môi trường"]], [1] * 4
    >>> _split(pages, rows, names, 0, 3, 1, 3), _split(pages, rows, names, None, 3, 0, 3), _split(pages, rows, names, 0, None, 1, 4)
    (2, 0, 4)
    >>> blank = [""] * 4
    >>> _split(pages, blank, names, 0, 3, 1, 3), _split([1, 1, 2, 2], blank, names, 0, 3, 1, 3)
    (3, 2)
    """
    if upper is None or lower is None:
        return first if upper is None else last
    score = best = 0.0
    where = first
    for i in range(first, last):
        fields = affinity(shades[i])
        above = max(fields.get(name, 0) for name in names[upper])
        below = max(fields.get(name, 0) for name in names[lower])
        turned = pages[i] != pages[upper]
        score += above - below + (-_RELUCTANCE if turned else _RELUCTANCE)
        if score >= best:
            best, where = score, i + 1
    return where
