"""Groups of agencies: `Thủ trưởng các sở, ban, ngành thuộc tỉnh`, `các cơ quan liên quan`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from khplans.extraction.agencies.found import Found
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.tails import Tails, read_tails
from khplans.knowledge.groups import Noun

_JOINT = (
    r"(?:, ?va |, ?| va | ?/ ?| ?& ?| - |(?<=\bso) (?=ban|nganh)|(?<=\bban) (?=nganh)"
    r"|(?<=co quan) (?=don vi)|(?<=don vi) (?=dia phuong))"
)
_QUANTITY = r"(?:(?:tat ca|toan bo|toan the|ca) )?(?:(?P<cac>cac|nhung|moi|tung|\d{1,2}) )?"
_ALL_LEVELS = re.compile(r" cac cap(?!\w)")
_NO_LEVEL = re.compile(r" (?:co tham quyen|tren|duoi|uy)")
_ENDED = re.compile(r" ?(?:[,;.:)]|$)| va ")
# `môi trường` and `mới` are no `mỗi`.
_UNLIKE = frozenset({"môi", "mới", "mồi"})
_NOT_LETTERS = re.compile(r"\W+")


@cache
def _group() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = lexicon().noun
    return re.compile(rf"{_QUANTITY}(?P<nouns>{noun}(?:{_JOINT}{noun})*)"), re.compile(noun)


def read_group(text: str, shade: str, position: int, in_list: bool) -> Found | None:
    """The group named from `position` on, in its normal form; None where there is none.

    Without `các` it takes two nouns, or `liên quan`, unless it continues a list.
    """
    pattern, one = _group()
    match = pattern.match(shade, position)
    if not match or text[slice(*match.span("cac"))].casefold() in _UNLIKE:
        return None
    places = [found.span() for found in one.finditer(shade, match.start("nouns"), match.end())]
    nouns = [lexicon().nouns[_NOT_LETTERS.sub(" ", shade[i:j])] for i, j in places]
    count = _together(shade, nouns, places, bool(match["cac"]))
    whole = count == len(nouns)
    nouns, places = nouns[:count], places[:count]
    words = [noun.words for noun in nouns]
    stop = places[-1][1]
    tails = read_tails(text, shade, stop, words) if whole else Tails(stop)
    if not match["cac"]:
        spelt = text[places[0][0] : stop].casefold()
        exact = all(word.casefold() in spelt for word in words)
        enough = len(words) > 1 or tails.related or in_list
        if not exact or not enough or not (tails.words or _ENDED.match(shade, tails.end)):
            return None
    if words == ["cấp"] and _NO_LEVEL.match(shade, tails.end):
        return None
    joints = [shade[before[1] : after[0]] for before, after in pairwise(places)]
    kinds = {noun.kind for noun in nouns}
    kind = nouns[0].kind if len(kinds) == 1 or "central" in kinds else "group"
    central = kind == "central" or any("trung ương" in tail.lower() for tail in tails.words)
    return Found(
        position,
        tails.end,
        " ".join(["Các", _joined(words, joints), *tails.words]),
        "central" if central else kind,
        central=central,
    )


def _together(shade: str, nouns: list[Noun], places: list[tuple[int, int]], plural: bool) -> int:
    """How many of the nouns are under one `các`: a proper name or another sort starts afresh."""
    for i in range(1, len(nouns)):
        other_sort = (nouns[0].kind == "other") != (nouns[i].kind == "other")
        named = lexicon().named.match(shade, places[i][0])
        if other_sort or (named and named.end() > places[i][1]):
            return i
    if plural and len(nouns) > 1 and _ALL_LEVELS.match(shade, places[-1][1]):
        return len(nouns) - 1
    return len(nouns)


def _joined(words: list[str], joints: list[str]) -> str:
    name = words[0]
    for joint, word in zip(joints, words[1:], strict=True):
        name += (" và " if "va" in joint.split() else ", ") + word
    return name
