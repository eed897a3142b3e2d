"""Levels and places after a body's name: `tỉnh`, `các huyện, thị xã`, `thành phố Nha Trang`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.levels import level_initials, level_names, level_writings, only_provinces
from khplans.knowledge.provinces import find_province, provinces
from khplans.knowledge.wording import Wording, any_of, words_for
from khplans.text.letters import UPPER

# Besides the levels' own names, their short forms in lists (`các huyện, thị, thành`).
_MORE_NAMES = {
    "thanh": "thành phố", "thi": "thị xã", "huyen dao": "huyện", "dia phuong": "địa phương", "cap": "cấp",
}  # fmt: skip
# `tỉnh đoàn`, `huyện ủy`, `huyện đội` are bodies; `các huyện, thị, thành` leaves words out.
_UNIT = (
    r"(?:<other unit>|<level>(?! <committee or force>(?!\w))|<short level>\.?"
    r"|(?<=, )thanh(?=, thi(?!\w))|(?:(?<=thanh, )|(?<=huyen, ))thi(?! (?:xa|tran)(?!\w)))(?!\w)"
)
_UNITS = Wording(
    rf" ?:? ?(?P<cac>cac |(?:tat ca cac|nhung) )?(?P<cap>cap )?(?P<units>{_UNIT}"
    rf"(?:(?:, ?va |, ?| va | ?/ ?| - | hoac |(?<=quan) (?=huyen))(?:cac |cap )?(?!dia phuong){_UNIT})*)",
    " các huyện, thị xã và thành phố",
    folded=True,
)
_REGION = Wording(r" (?P<words>khu vuc (?:[ivx]+|\d{1,2}))(?!\w)", " khu vực IV", folded=True)
_CENTRAL = Wording(r" truc thuoc trung uong(?!\w)", " trực thuộc trung ương", folded=True)
_ONE = Wording(_UNIT, "thị xã", folded=True)
_TAIL = Wording(
    r"(?P<where> (?:khu vuc |vung )?<kind of region>(?!\w))?"
    r"(?P<related> (?:khac )?(?:co )?lien quan)?"
    r"(?: <of>(?: toan)? <level province>(?!\w))?",
    " vùng ven biển thuộc tỉnh",
    folded=True,
)
_SHORT_UNIT = Wording(
    r"(?:cac )?(?P<unit><abbreviated unit>)\. ?(?=\w)", "tt. cam đức", folded=True
)
CAPITALISED = rf"[{UPPER}][\w'’]*"
"""A pattern of a word of a name."""
PLACE = re.compile(rf"{CAPITALISED}(?: ?[\- ] ?{CAPITALISED}){{0,3}}(?!\w)")
# The one city among districts: `các huyện, thành phố Tân An`; a single word may be a verb.
_LONG_PLACE = re.compile(rf" {CAPITALISED}(?: {CAPITALISED}){{1,3}}(?!\w)")
_ONE_OF_A_PROVINCE = ("thành phố", "thị xã")
_IN_REGION = Wording(
    r" (?:(?:<in an area> )?vung (?=\w)|trong vung(?!\w))", " thuộc vùng núi", folded=True
)
_ZONES = Wording(r"(?:(?i:<zone>)(?: và | ))*", "Trung du và miền núi ", exact=True)
_NUMBERED = Wording(r"(?:số )?\d{1,2}(?!\w)", "số 2", exact=True)


@dataclass(frozen=True, slots=True)
class NamedLevel:
    """What stands after a body's name up to `end`: its words, and another province named there."""

    end: int
    words: str
    province: str | None = None
    unit: str = ""
    """The one unit whose places may follow in the list (`huyện`)."""
    central: bool = False


def _level(written: str) -> str:
    """The level's name of what is written for it.

    >>> _level("tp."), _level("thanh")
    ('thành phố', 'thành phố')
    """
    written = written.rstrip(".")
    return level_writings().get(written) or _MORE_NAMES[written]


@cache
def _province_names() -> re.Pattern[str]:
    names = {p.name for p in provinces()} | {a for p in provinces() for a in p.aliases}
    return re.compile(rf"{any_of(names)}(?!\w)", re.IGNORECASE)


def read_province(text: str, position: int) -> tuple[str, int] | None:
    """The province that `text` names from `position` on, in whatever case, and where it ends.

    >>> read_province("UBND tỉnh Hà Giang rà soát", 10), read_province("UBND tỉnh rà soát", 10)
    (('Hà Giang', 18), None)
    """
    match = _province_names().match(text, position)
    if not match:
        match = PLACE.match(text, position)
        if not match:
            return None
    province = find_province(match[0])
    return (province.name, match.end()) if province and match[0] not in province.seats else None


def read_level(text: str, shade: str, position: int) -> NamedLevel | None:
    """The level and place after a body's name that ends at `position`, or None.

    >>> read_level("UBND các huyện, thị xã", "ubnd cac huyen, thi xa", 4).words
    'các huyện, thị xã'
    """
    region = _REGION.match(shade, position)
    if region:
        return NamedLevel(region.end(), f"khu vực {text[region.start() + 9 : region.end()]}")
    units = _UNITS.match(shade, position)
    if not units:
        return _after_short_unit(text, shade, position)
    names = [_level(unit) for unit in _ONE.pattern.findall(units["units"])]
    names = [name for name in names if name != "cấp"] or ["cấp"]
    if units["cap"] or names == ["cấp"]:
        return _ranked(text, shade, units, names)
    if len(names) == 1 and not units["cac"]:
        return _one_unit(text, shade, units.end(), names[0])
    return _several_units(text, shade, units.end(), names)


def _after_short_unit(text: str, shade: str, position: int) -> NamedLevel | None:
    """The place after a unit's initials: `UBND H. Vạn Ninh`.

    >>> from khplans.text.shadow import shadow
    >>> texts = " H. Vạn Ninh", "H. Vạn Ninh", " Vạn Ninh"
    >>> [_after_short_unit(text, shadow(text), 0) for text in texts]
    [NamedLevel(end=12, words='huyện Vạn Ninh', province=None, unit='huyện', central=False), None, None]
    """
    if shade[position : position + 1] != " ":
        return None
    short = _SHORT_UNIT.match(shade, position + 1)
    return _place(text, short.end(), level_initials()[short["unit"]]) if short else None


def _one_unit(text: str, shade: str, position: int, unit: str) -> NamedLevel:
    """A unit with its place, else with what describes it: `huyện Vạn Ninh`, `tỉnh`.

    >>> from khplans.text.shadow import shadow
    >>> [_one_unit(text, shadow(text), 0, "huyện").words for text in (" Vạn Ninh", " ven biển", ", xã")]
    ['huyện Vạn Ninh', 'huyện', 'huyện']
    """
    named = _place(text, position + 1, unit) if shade[position:][:1] == " " else None
    return named or NamedLevel(_tail(text, shade, position)[0], unit)


def _several_units(text: str, shade: str, position: int, names: list[str]) -> NamedLevel:
    """Several units, or `các` and one: `các huyện, thị xã ven biển`; the first place of a list where it is named.

    >>> from khplans.text.shadow import shadow
    >>> texts = " trực thuộc Trung ương", " ven biển", " vùng Tây Nguyên", " Vạn Ninh"
    >>> [_several_units(text, shadow(text), 0, ["huyện"]).words for text in texts]
    ['các huyện trực thuộc Trung ương', 'các huyện ven biển', 'các huyện vùng Tây Nguyên', 'huyện Vạn Ninh']
    >>> _several_units(" Vạn Ninh rà soát", shadow(" Vạn Ninh rà soát"), 0, ["huyện", "thành phố"]).words
    'các huyện, thành phố Vạn Ninh'
    """
    if len(names) == 1 or names == ["tỉnh", "thành phố"]:
        first = _place(text, _skip(shade, position), names[0])
        if first:
            return first
    central = _CENTRAL.match(shade, position)
    if central:
        end, region = _in_region(text, shade, central.end())
        words = f"các {', '.join(names)} trực thuộc Trung ương{region}"
        return NamedLevel(end, words, central=True)
    end, words = _in_region(text, shade, position)
    if not words:
        end, words = _tail(text, shade, position)
    seat = (
        _LONG_PLACE.match(text, position) if not words and names[-1] in _ONE_OF_A_PROVINCE else None
    )
    if seat and not read_province(text, position + 1):
        end, words = seat.end(), seat[0]
    return NamedLevel(end, f"các {', '.join(names)}" + words)


def _in_region(text: str, shade: str, position: int) -> tuple[int, str]:
    """The region in which units lie, and where its name ends: `vùng đồng bằng sông Hồng`, `trong vùng`.

    >>> words = " vùng duyên hải Trung Bộ rà soát"
    >>> _in_region(words, "vung duyen hai trung bo ra soat".rjust(len(words)), 0)
    (24, ' vùng duyên hải Trung Bộ')
    """
    found = _IN_REGION.match(shade, position)
    if not found:
        return position, ""
    end = region_end(text, found.end())
    if end == found.end() and not found[0].endswith("trong vung"):
        return position, ""
    return end, text[position:end]


def region_end(text: str, position: int) -> int:
    """The end of `Bắc Trung Bộ và duyên hải Trung Bộ`, `kinh tế trọng điểm phía Nam`.

    >>> [region_end(text, 0) for text in ("Bắc Trung Bộ và duyên hải Trung Bộ", "phía Nam và các tỉnh")]
    [34, 8]
    """
    end = _one_region_end(text, position)
    if end == position or not text.startswith(" và ", end):
        return end
    zones = _ZONES.match(text, end + 4)
    named = PLACE.match(text, zones.end()) if zones else None
    if not zones or not named or not named[0].startswith(words_for("compass")):
        return end
    return named.end() if zones[0] or " " in named[0] else end


def _one_region_end(text: str, position: int) -> int:
    """The end of one region's name, after the words for its kind: `vùng Tây Nguyên`.

    >>> texts = "Đồng bằng sông Hồng và", "Vân Phong", "ven biển"
    >>> [_one_region_end(text, 0) for text in texts]
    [19, 9, 0]
    """
    zones = _ZONES.match(text, position)
    named = PLACE.match(text, zones.end()) if zones else None
    return named.end() if named else position


def _skip(shade: str, position: int) -> int:
    while shade[position : position + 1] in (" ", ":"):
        position += 1
    return position


def _ranked(text: str, shade: str, units: re.Match[str], names: list[str]) -> NamedLevel:
    """What `cấp` and its units say: `cấp tỉnh, cấp huyện`.

    >>> texts = "cac cap", "cap", "cap huyen, xa"
    >>> [_ranked(text, text, _UNITS.match(text), names).words for text, names in zip(texts, (["cấp"], ["cấp"], ["huyện", "xã"]), strict=True)]
    ['các cấp', 'cấp', 'cấp huyện, cấp xã']
    """
    end, words = _tail(text, shade, units.end())
    if names == ["cấp"]:
        return NamedLevel(end, "các cấp" if units["cac"] else "cấp")
    return NamedLevel(end, f"cấp {', cấp '.join(names)}" + words)


def _tail(text: str, shade: str, position: int) -> tuple[int, str]:
    """What describes the units (`ven biển`, `có liên quan`), and where that and its place end.

    >>> from khplans.text.shadow import shadow
    >>> text = " ven biển có liên quan"
    >>> _tail(text, shadow(text), 0)
    (22, ' ven biển có liên quan')
    """
    match = _TAIL.match(shade, position)
    if not match:
        return position, ""
    words = text[match.start("where") : match.end("where")] if match["where"] else ""
    words += " có liên quan" if match["related"] else ""
    end = match.end()
    province = (
        read_province(text, end + 1) if end > position and shade[end : end + 1] == " " else None
    )
    return (province[1] if province else end), words


def _place(text: str, position: int, unit: str) -> NamedLevel | None:
    """The place that is named after its unit: another province, or one with its unit.

    >>> _place("thành phố Nha Trang", 10, "thành phố").words
    'thành phố Nha Trang'
    """
    province = read_province(text, position) if unit in level_names("province") else None
    if province:
        known = find_province(province[0])
        kind = known.kind.lower() if known else unit
        return NamedLevel(province[1], kind, province[0], unit)
    if unit in only_provinces():
        return None
    match = PLACE.match(text, position) or _NUMBERED.match(text, position)
    if not match:
        return None
    return NamedLevel(match.end(), f"{unit} {match[0]}", None, unit)


def read_place(text: str, shade: str, position: int, unit: str) -> NamedLevel | None:
    """A further place of a list: `thị xã Ninh Hòa`, or `Diên Khánh` after `huyện Vạn Ninh`.

    >>> from khplans.text.shadow import shadow
    >>> texts = "thị xã Ninh Hòa", "TX. Ninh Hòa", "Diên Khánh", "các huyện"
    >>> found = [read_place(text, shadow(text), 0, "huyện") for text in texts]
    >>> [place.words if place else None for place in found]
    ['thị xã Ninh Hòa', 'thị xã Ninh Hòa', 'huyện Diên Khánh', None]
    """
    units = _UNITS.match(shade, position)
    if units and len(_ONE.pattern.findall(units["units"])) == 1:
        return _place(text, _skip(shade, units.end()), _level(units["units"]))
    short = _SHORT_UNIT.match(shade, position)
    if short:
        return _place(text, short.end(), level_initials()[short["unit"]])
    return _place(text, position, unit)
