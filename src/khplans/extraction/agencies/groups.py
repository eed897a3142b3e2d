"""Groups of agencies: `Thủ trưởng các sở, ban, ngành thuộc tỉnh`, `các cơ quan liên quan`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from khplans.extraction.agencies.found import FoundAgency
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.tails import Tails, read_tails
from khplans.knowledge.agencies import Noun
from khplans.knowledge.wording import Wording, with_lists, words_for

_JOINT = (
    r"(?:, ?va |, ?| va | ?/ ?| ?& ?| - |(?<=\bso) (?=ban|nganh)|(?<=\bban) (?=nganh)"
    r"|(?<=co quan) (?=don vi)|(?<=don vi) (?=dia phuong))"
)
_QUANTITY = r"(?:<all of> )?(?:(?P<cac><each of>|\d{1,2}) )?"
_ALL_LEVELS = Wording(r" cac cap(?!\w)", " các cấp", folded=True)
_NO_LEVEL = Wording(" <no level>", "các cấp có thẩm quyền", folded=True)
_ENDED = Wording(r" ?(?:[,;.:)]|$)| va ", " và ", folded=True)
_NOT_LETTERS = re.compile(r"\W+")


@cache
def _group() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = lexicon().noun
    quantity = with_lists(_QUANTITY, folded=True)
    return re.compile(rf"{quantity}(?P<nouns>{noun}(?:{_JOINT}{noun})*)"), re.compile(noun)


def read_group(text: str, shade: str, position: int, in_list: bool) -> FoundAgency | None:
    """The group named from `position` on, in its normal form; None where there is none.

    Without `các` it takes two nouns, or `liên quan`, unless it continues a list.

    >>> read_group("các sở, ban, ngành", "cac so, ban, nganh", 0, False).name
    'Các sở, ban, ngành'
    """
    pattern, one = _group()
    match = pattern.match(shade, position)
    if not match or text[slice(*match.span("cac"))].casefold() in words_for("no each"):
        return None
    places = [found.span() for found in one.finditer(shade, match.start("nouns"), match.end())]
    nouns = [lexicon().nouns[_NOT_LETTERS.sub(" ", shade[i:j])] for i, j in places]
    count = _together(shade, nouns, places, bool(match["cac"]))
    words, stop = [noun.words for noun in nouns[:count]], places[count - 1][1]
    tails = read_tails(text, shade, stop, nouns) if count == len(nouns) else Tails(stop)
    if not match["cac"]:
        written = text[places[0][0] : stop]
        ended = bool(tails.words or _ENDED.match(shade, tails.end))
        if not ended or not _is_group_without_cac(written, words, tails.related or in_list):
            return None
    if words == ["cấp"] and _NO_LEVEL.match(shade, tails.end):
        return None
    joints = [shade[before[1] : after[0]] for before, after in pairwise(places[:count])]
    name = " ".join(["Các", _joined(words, joints), *tails.words])
    kind = _kind(nouns[:count], tails)
    return FoundAgency(position, tails.end, name, kind, central=kind == "central")


def _is_group_without_cac(written: str, words: list[str], told: bool) -> bool:
    """Whether nouns alone are a group: their accents are right, and there are two, or the words
    around them say so (`told`).

    >>> [_is_group_without_cac(written, ["sở", "ban"], False) for written in ("sở, ban", "so, bán")]
    [True, False]
    """
    exact = all(word.casefold() in written.casefold() for word in words)
    return exact and (len(words) > 1 or told)


def _kind(nouns: list[Noun], tails: Tails) -> str:
    """The kind of a group: its nouns', `group` where they differ, `central` where anything says so.

    >>> _kind([Noun("sở", "group"), Noun("hội", "union")], Tails(0))
    'group'
    """
    kinds = {noun.kind for noun in nouns}
    kind = nouns[0].kind if len(kinds) == 1 or "central" in kinds else "group"
    return "central" if any("trung ương" in tail.lower() for tail in tails.words) else kind


def _together(shade: str, nouns: list[Noun], places: list[tuple[int, int]], plural: bool) -> int:
    """How many of the nouns are under one `các`: a proper name or another sort starts afresh.

    >>> from khplans.knowledge.agencies import Noun
    >>> sở, báo = Noun("sở", "department"), Noun("báo", "other")
    >>> shade = "sở, sở các cấp"
    >>> [_together(shade, nouns, [(0, 2), (4, 6)], plural) for nouns, plural in (([sở, sở], False), ([sở, sở], True), ([sở, báo], False))]
    [2, 2, 1]
    """
    for i in range(1, len(nouns)):
        other_sort = (nouns[0].kind == "other") != (nouns[i].kind == "other")
        named = lexicon().named.match(shade, places[i][0])
        if other_sort or (named and named.end() > places[i][1]):
            return i
    if plural and len(nouns) > 1 and _ALL_LEVELS.match(shade, places[-1][1]):
        return len(nouns) - 1
    return len(nouns)


def _joined(words: list[str], joints: list[str]) -> str:
    """Nouns with the joints that stood between them.

    >>> _joined(["sở", "ban", "ngành"], [", ", " va "])
    'sở, ban và ngành'
    """
    name = words[0]
    for joint, word in zip(joints, words[1:], strict=True):
        name += (" và " if "va" in joint.split() else ", ") + word
    return name
