"""The usual case and spelling of a body's name: `UBND TỈNH KHÁNH HOÀ`, `ỦYBAN NHÂN DÂN`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from khplans.knowledge.issuers import central_names
from khplans.knowledge.levels import level_writings
from khplans.knowledge.provinces import find_province
from khplans.knowledge.wording import Wording, any_of, words_for
from khplans.text.fold import fold
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_NAMED = (
    (Wording(r"(?:ubnd|\w?y ban nhan dan)\b", "UBND", folded=True), "Ủy ban nhân dân"),
    (Wording(r"(?:hdnd|hoi dong nhan dan)\b", "HĐND", folded=True), "Hội đồng nhân dân"),
    (Wording(r"bch\b", "BCH", folded=True), "Ban Chấp hành"),
    (Wording(r"bcd\b", "BCĐ", folded=True), "Ban Chỉ đạo"),
    (Wording(r"ubmttq(?:vn)?\b", "UBMTTQVN", folded=True), "Ủy ban Mặt trận Tổ quốc Việt Nam"),
)
_COMMITTEES = {"tinh": "Tỉnh", "thanh": "Thành", "huyen": "Huyện", "quan": "Quận", "thi": "Thị"}
PARTY = Wording(rf"({'|'.join(_COMMITTEES)}) uy\b\s*", "tỉnh ủy", folded=True)
"""A Party committee of a province, city, district or town, in plain letters."""
_VOWEL = re.compile(r"[aeiouy\W\d]")
_CAPITAL_PHRASE = Wording(r"(?<!\w)<capital phrase>(?!\w)", "văn phòng quốc hội")
# Heads of names that lose their spaces or their first letter: `ỦYBAN NHÂN DÂN`, `Y BAN NHÂN DÂN`.
_TORN = (
    (Wording(r"(?<!\w)\w?y\s*ban\s*nhan\s*dan", "ỦYBAN NHÂN DÂN", folded=True), "Ủy ban nhân dân"),
    (
        Wording(r"(?<!\w)hoi\s*dong\s*nhan\s*dan", "HỘI ĐỒNGNHÂN DÂN", folded=True),
        "Hội đồng nhân dân",
    ),
)
_LISTED = re.compile(r"^\d{1,2}\. (?=\D)")
_GLUED = re.compile(rf"(?<!\w)(UBND|HĐND|UBMTTQ)(?=[{UPPER}])")
JOINT = Wording(r"\s*[-–]\s*(?=<opens a body> )", "BỘ TÀI CHÍNH - BỘ NỘI VỤ")
"""What parts the bodies that issue a document together: `BỘ TÀI CHÍNH - BỘ NỘI VỤ`."""


@cache
def _level_before_place() -> re.Pattern[str]:
    """A level's name or abbreviation before a place's name, in plain letters; `xã hội` is none."""
    return re.compile(rf"(?<!\w)(?!xa +hoi\b)({any_of(level_writings())})\.? +(?=\w)")


def restore_head(name: str) -> str:
    """A name with the spaces and first letters of its usual head restored.

    >>> restore_head("ỦYBAN NHÂN DÂN"), restore_head("UBNDXÃ HÒA AN"), restore_head("Y BAN NHÂN DÂNTỈNH BẮC KẠN")
    ('ỦY BAN NHÂN DÂN', 'UBND XÃ HÒA AN', 'ỦY BAN NHÂN DÂN TỈNH BẮC KẠN')
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    name = _GLUED.sub(r"\1 ", _LISTED.sub("", name))
    for pattern, phrase in _TORN:
        if torn := pattern.search(shadow(name)):
            rest = name[torn.end() :]
            gap = " " if rest[:1].isalpha() else ""
            right = phrase.upper() if torn[0] and name[torn.end() - 1].isupper() else phrase
            name = f"{name[: torn.start()]}{right}{gap}{rest}"
    return name


def usual_case(name: str) -> str:
    """A body's name in its usual case, abbreviations of its head written out.

    >>> usual_case("UBND TỈNH KHÁNH HOÀ"), usual_case("BỘ KẾ HOẠCH VÀ ĐẦU TƯ")
    ('Ủy ban nhân dân tỉnh Khánh Hòa', 'Bộ Kế hoạch và Đầu tư')
    >>> usual_case("SỞ Y TẾ - HỘI LHPN TỈNH VĨNH LONG")
    'Sở Y tế - Hội LHPN tỉnh Vĩnh Long'
    >>> usual_case("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), usual_case("HUYỆN ỦY CAM LÂM")
    ('Sở Văn hóa, Thể thao và Du lịch', 'Huyện ủy Cam Lâm')
    """
    name = restore_head(name).strip(" -–,.;:*_")
    if known := central_names().get(fold(name)):
        return known
    joint = JOINT.split(name)
    if len(joint) > 1:
        return " - ".join(usual_case(body) for body in joint)
    name = re.sub(r"\bUBND\b", "ỦY BAN NHÂN DÂN", re.sub(r"\bHĐND\b", "HỘI ĐỒNG NHÂN DÂN", name))
    low = shadow(name)
    unit = unit_in(name)
    if unit and unit.start():
        place = _place(name[unit.end() :].strip())
        return f"{usual_case(name[: unit.start()])} {level_writings()[unit[1]]} {place}"
    if party := PARTY.match(low):
        return f"{_COMMITTEES[party[1]]} ủy {_place(name[party.end() :])}".strip()
    for pattern, full in _NAMED:
        if head := pattern.match(low):
            rest = name[head.end() :].strip()
            return f"{full} {_body_case(rest, begins=False)}" if rest else full
    return _body_case(name)


def unit_in(name: str) -> re.Match[str] | None:
    """The last administrative unit named: by its accents (`quận`, not `quản`), unless it has none.

    >>> [bool(unit_in(name)) for name in ("UBND quận Ba Đình", "Ban quản lý dự án", "UBND TP. HUE")]
    [True, False, True]
    """
    found = None
    for match in _level_before_place().finditer(shadow(name)):
        written = unicodedata.normalize("NFC", name[match.start() : match.end(1)]).lower()
        if (
            name[match.start() :].isascii()
            or written == level_writings()[match[1]]
            or match[1] in ("tp", "tx")
        ):
            found = match
    return found


def _place(name: str) -> str:
    """A place's name: as the table of provinces has it, else a capital on every syllable.

    >>> _place("KHÁNH HÒA"), _place("CAM LÂM"), _place("Cam Lâm")
    ('Khánh Hòa', 'Cam Lâm', 'Cam Lâm')
    """
    province = find_province(name)
    if province and fold(province.name).replace(" ", "") == fold(name).replace(" ", ""):
        return province.name
    if not name.isupper() and not name.isascii():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _body_case(name: str, *, begins: bool = True) -> str:
    """A name in capitals in its usual case; a name in mixed case stays as it is.

    `begins` says that it is a whole name, of which the words that tell what it is about have capitals.

    >>> _body_case("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), _body_case("TỔNG CỤC THUẾ")
    ('Sở Văn hóa, Thể thao và Du lịch', 'Tổng cục Thuế')
    """
    if not name.isupper():
        return name[:1].upper() + name[1:] if begins else name
    words = [word if _is_abbreviation(word) else word.lower() for word in name.split(" ")]
    if begins:
        capitals = _capital_places(words)
        words = [w[:1].upper() + w[1:] if i in capitals else w for i, w in enumerate(words)]
    text = " ".join(words).replace("uỷ ", "ủy ").replace("Uỷ ", "Ủy ")
    return _CAPITAL_PHRASE.sub(lambda found: _phrase_of()[found[0].lower()], text)


def _is_abbreviation(word: str) -> bool:
    """Whether a word in capitals has no vowel, so that it is written in capitals.

    >>> _is_abbreviation("PCGD,"), _is_abbreviation("THUẾ"), _is_abbreviation("VÀ")
    (True, False, False)
    """
    return len(word) > 2 and not _VOWEL.search(shadow(word.rstrip(",;")))


def _capital_places(words: Sequence[str]) -> set[int]:
    """Which words of a name in small letters have a capital: its first, and the first of each field.

    >>> sorted(_capital_places("sở văn hóa, thể thao và du lịch".split()))
    [0, 1, 3, 6]
    >>> sorted(_capital_places("ngân hàng nhà nước".split()))
    [0, 2]
    >>> sorted(_capital_places("sở nông nghiệp, và môi trường".split()))
    [0, 1, 4]
    """
    head = fold(words[0])
    double = fold(" ".join(words[:2])) in _double_heads()
    fields = {
        i
        for i, (before, word) in enumerate(pairwise(words), 1)
        if _field_follows(head, before) and word != "và"
    }
    return {0, 2 if double else 1} | fields


def _field_follows(head: str, word: str) -> bool:
    """Whether another field of a body follows a word: `và`, a comma or a dash in a ministry's name.

    >>> _field_follows("so", "và"), _field_follows("ban", "và"), _field_follows("hoi", "-")
    (True, False, False)
    """
    if head not in ("bo", "so", "phong", "ban"):
        return False
    return word in ("-", "–") or (head != "ban" and (word == "và" or word.endswith(",")))


@cache
def _phrase_of() -> dict[str, str]:
    return {phrase.lower(): phrase for phrase in words_for("capital phrase")}


@cache
def _double_heads() -> frozenset[str]:
    return frozenset(map(fold, words_for("double head")))
