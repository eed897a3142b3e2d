"""The grammar of a list of agencies in a text: which stand there, and where the list ends."""

from __future__ import annotations

import re
from dataclasses import replace

from khplans.extraction.agencies.found import Context, Found
from khplans.extraction.agencies.groups import read_group
from khplans.extraction.agencies.names import expand, read_opened
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.places import read_level, read_place, read_province
from khplans.extraction.agencies.shared import share_levels
from khplans.knowledge.agencies import Body
from khplans.knowledge.provinces import find_province

_JOINT = re.compile(
    r" ?(?:[,;/+&•]|va(?= )|cung(?: voi)?(?= )|hoac(?= )|[\-+] (?=so |ubnd|uy ban|cac |bo |ban |cong an))"
    r"(?: ?(?:va|cung(?: voi)?) )? ?"
)
_ASIDE = re.compile(r" \([^()]{1,200}\)")
_POST_JOINT = re.compile(r"(?: cua)? ?,? ?(?:va )?")
_REST = re.compile(r" (?=[a-z])[^,;()]+(?:, \d[^,;()]*)?")
_LEADING = re.compile(r"[\-+•:. ]+")
_PIECE = re.compile(r"[^,;]+?(?=[,;]| va |$)")
_ADDRESS = re.compile(r"(?:cac )?(?:dong chi|ong|ba) (?=\w)")
_COMMA = re.compile(r"[,;]")
_SECTOR = re.compile(r"nganh (?=\w)")
_PLURAL = re.compile(r"(?:tat ca |toan bo )?(?:cac|nhung|moi|tung) ")
_ENDED = re.compile(r" ?(?:[,;.]|$| va )")
_MEMBERS = re.compile(r"(?P<cac>cac )?thanh vien (?!(?:cac )?thanh vien )")
_MINISTERS = re.compile(r"(?:cac )?bo truong(?=, (?:cac )?thu truong)")
_OFFICES = re.compile(
    r"(?:thanh tra|van phong|cong doan) (?=cac (?:bo|so|ban|nganh|co quan|don vi)(?!\w))"
)
_POSTS = 3
"""How many posts may stand before one body: `Giám đốc, Thủ trưởng các sở`."""
_WORD = 4
"""Shorter names are abbreviations, and no other words without their accents: `CA`, not `cả`."""
_FIELD = 7
"""The longest word that names a group's field of work: `dược`."""
_COUNTED = re.compile(r"(?:ca )?(?:0?\d|ba|hai|bon|nam) (?=to cong tac)")


def read_list(
    text: str, shade: str, position: int, end: int, whole: bool = False
) -> tuple[list[Found], int]:
    """The agencies listed from `position` on, and where the list ends.

    `whole` says that all of the text is such a list (a cell): what is unknown is kept as it is.
    Otherwise the list ends with the last agency that is understood.
    """
    found: list[Found] = []
    context: Context = ""
    unit, after = "", position
    while position < end:
        leading = _LEADING.match(shade, position, end) if whole else None
        position = leading.end() if leading else position
        one = _read_one(text, shade, position, end, whole, context, unit, bool(found))
        if whole and one:
            one = _to_separator(text, shade, one, end)
        elif whole:
            one = _unknown(text, shade, position, end)
            if one and found and (longer := _joined(text, found[-1], one)):
                found[-1], position, after, one = longer, one.end, one.end, None
        if one:
            found.append(one)
            position = after = one.end
            context, unit = one.context, one.unit or unit
            aside = _ASIDE.match(shade, position, end)
            position = aside.end() if aside else position
        elif not whole:
            break
        joint = _JOINT.match(shade, position, end)
        if not joint and not whole:
            break
        position = joint.end() if joint else _next_piece(shade, position, end)
    return share_levels(found), after


def _unknown(text: str, shade: str, position: int, end: int) -> Found | None:
    """What no rule reads, up to the next comma or `và`, as itself."""
    piece = _PIECE.match(shade, position, end)
    words = text[position : piece.end()].strip(" .-–+") if piece else ""
    if not any(letter.isalpha() for letter in words):
        return None
    start = text.index(words, position)
    name = expand(words)
    return Found(start, start + len(words), name[0].upper() + name[1:], "other", known=False)


def _to_separator(text: str, shade: str, one: Found, end: int) -> Found:
    """A group is named with all that describes it (`các cơ quan được giao tại Quyết định …`)."""
    rest = _REST.match(shade, one.end, end)
    if not rest or not one.name.startswith("Các ") or _JOINT.match(shade, one.end, end):
        return one
    words = text[one.end : rest.end()].rstrip(" .-")
    stop = one.end + len(words)
    return replace(one, end=stop, name=f"{one.name}{expand(words)}", known=False)


def _joined(text: str, group: Found, one: Found) -> Found | None:
    """A body with one more of its fields: `Các trường đại học y, dược`, `Tổ công tác về A, b`."""
    topic = " về " in group.name
    field = group.name.startswith("Các ") and not group.known and one.end - one.start <= _FIELD
    if one.known or not text[one.start].islower() or not (field or topic):
        return None
    return replace(group, end=one.end, name=f"{group.name}{text[group.end : one.end]}")


def _next_piece(shade: str, position: int, end: int) -> int:
    comma = _COMMA.search(shade, position, end)
    return comma.end() + (shade[comma.end() : comma.end() + 1] == " ") if comma else end


def _read_one(
    text: str, shade: str, position: int, end: int, whole: bool,
    context: Context, unit: str, in_list: bool,
) -> Found | None:  # fmt: skip
    start = position
    while position < end and shade[position] in " :":
        position += 1
    address = _ADDRESS.match(shade, position)
    at = address.end() if address else position
    one = _body(text, shade, position, end, whole, context, unit, in_list)
    if one is None and address:
        one = _body(text, shade, at, end, whole, context, unit, in_list)
    if one is None:
        one = _behind_post(text, shade, at, end, whole)
    if one is None:
        return None
    return replace(one, start=max(start, position)) if one.start != position else one


def _behind_post(
    text: str, shade: str, position: int, end: int, whole: bool, depth: int = 0
) -> Found | None:
    if ministers := _MINISTERS.match(shade, position):
        return Found(position, ministers.end(), "Các Bộ", "central", central=True)
    post = lexicon().post.match(shade, position)
    if not post and shade.startswith("cac ", position):
        post = lexicon().post.match(shade, position + 4)
    if not post:
        return None
    for stop in (post.end(), post.end() - 4 if post[0].endswith(" ban") else None):
        if stop is None:
            continue
        joint = _POST_JOINT.match(shade, stop)
        at = joint.end() if joint else stop
        counted = _COUNTED.match(shade, at)
        one = _body(text, shade, counted.end() if counted else at, end, whole, "", "", True)
        if one and counted and not one.name.startswith("Các "):
            one = replace(one, name=f"Các {one.name}")
        if one is None and depth < _POSTS:
            one = _behind_post(text, shade, at, end, whole, depth + 1)
        if one:
            return replace(one, start=position)
    return None


def _body(
    text: str, shade: str, position: int, end: int, whole: bool,
    context: Context, unit: str, in_list: bool,
) -> Found | None:  # fmt: skip
    words = lexicon()
    sector = _sector(shade, position, end)
    if sector:
        return sector
    phrase = words.phrase.match(shade, position, end)
    group = read_group(text, shade, position, in_list)
    if phrase and (not group or phrase.end() >= group.end):
        named = words.phrases[str(phrase.lastgroup)]
        return Found(
            position, phrase.end(), named.name, named.kind, central=named.kind == "central"
        )
    members = _MEMBERS.match(shade, position, end)
    whose = _body(text, shade, members.end(), end, whole, "", "", True) if members else None
    if members and whose and not whose.name.startswith("Các "):
        words_of = "Các thành viên" if members["cac"] else "Thành viên"
        return replace(whose, start=position, name=f"{words_of} {whose.name}", context="", unit="")
    offices = _OFFICES.match(shade, position, end)
    theirs = read_group(text, shade, offices.end(), True) if offices else None
    if offices and theirs:
        name = f"{text[position : offices.end()].capitalize()}các{theirs.name[3:]}"
        return replace(theirs, start=position, name=name)
    department = words.departments.match(shade, position, end)
    if department and _spelt(text, department, whole or in_list):
        return _departmental(text, shade, position, department, "departments")
    ministry = words.ministries.match(shade, position, end)
    if ministry and _spelt(text, ministry, whole or in_list):
        return _departmental(text, shade, position, ministry, "ministries")
    bare = {
        "departments": words.bare_departments, "ministries": words.bare_ministries,
    }.get(context)  # fmt: skip
    match = bare.match(shade, position, end) if bare else None
    named_body = words.named.match(shade, position, end)
    if match and text[position].isupper() and not (named_body and named_body.end() > match.end()):
        return _departmental(text, shade, position, match, context)
    if named_body and _spelt(text, named_body, whole or in_list):
        one = _leveled(text, shade, position, named_body, words.bodies[str(named_body.lastgroup)])
        if one:
            return one
    if context == "places" and position < end:
        place = read_place(text, shade, position, unit)
        if place and place.unit and not _other_than_place(text, shade, position, place.end):
            return Found(position, place.end, f"Ủy ban nhân dân {place.words}", "people_committee",
                         province=place.province, context="places", unit=place.unit)  # fmt: skip
    opened = read_opened(text, shade, position, end, whole)
    if opened and (not group or _goes_on(text, shade, position, opened, group)):
        return opened
    if group:
        return group
    alone = words.bare_departments.match(shade, position, end) if whole and not in_list else None
    if alone and text[position].isupper() and _ENDED.match(shade, alone.end()):
        return _departmental(text, shade, position, alone, "departments")
    return None


def _other_than_place(text: str, shade: str, position: int, place_end: int) -> bool:
    """Whether another body's name opens where a place could follow: `Tập đoàn …`, no `xã Tập`."""
    opened = read_opened(text, shade, position, len(text), False)
    return opened is not None and opened.end > place_end


def _sector(shade: str, position: int, end: int) -> Found | None:
    """`ngành Giáo dục và Đào tạo`, or by a short name: `ngành giáo dục`."""
    opening = _SECTOR.match(shade, position, end)
    if not opening:
        return None
    words = lexicon()
    field = words.bare_departments.match(shade, opening.end(), end)
    if field:
        name = words.bodies[str(field.lastgroup)].name.removeprefix("Sở ")
        return Found(position, field.end(), f"Ngành {name}", "group")
    short = words.sectors.match(shade, opening.end(), end)
    if short:
        name = words.sector_names[short[0]]
        return Found(position, short.end(), f"Ngành {name}", "group")
    return None


def _goes_on(text: str, shade: str, position: int, opened: Found, group: Found) -> bool:
    """Whether what looks like a group opens a longer name: `Ban Quản lý Khu kinh tế`."""
    if _PLURAL.match(shade, position):
        return opened.end > group.end and text[group.end + 1 : group.end + 2].isupper()
    return opened.end >= group.end and text[position].isupper()


def _spelt(text: str, match: re.Match[str], whole: bool) -> bool:
    words = text[match.start() : match.end()]
    if len(words) < _WORD:
        return words.isupper()
    return whole or any(letter.isupper() for letter in words)


def _departmental(
    text: str, shade: str, position: int, match: re.Match[str], context: Context
) -> Found:
    body = lexicon().bodies[str(match.lastgroup)]
    central = body.place == "central"
    level = None if central else read_level(text, shade, match.end())
    if level and level.words.startswith("các tỉnh"):
        name = f"{body.name} {level.words}"
        return Found(position, level.end, name, "group", central=True)
    if level and level.words not in ("tỉnh", "thành phố"):
        level = None
    province = None if central or level else _bare_province(text, shade, match.end())
    stop = level.end if level else province[1] if province else match.end()
    other = level.province if level else province[0] if province else None
    return Found(position, stop, body.name, body.kind, central, True, other, context)


def _bare_province(text: str, shade: str, position: int) -> tuple[str, int] | None:
    return read_province(text, position + 1) if shade[position : position + 1] == " " else None


def _leveled(
    text: str, shade: str, position: int, match: re.Match[str], body: Body
) -> Found | None:
    if body.place == "central":
        return Found(position, match.end(), body.name, body.kind, central=True)
    level = read_level(text, shade, match.end())
    if level is None:
        province = _bare_province(text, shade, match.end())
        if body.place == "level" and not province:
            return None
        if not province:
            return Found(position, match.end(), body.name, body.kind)
        known = find_province(province[0])
        kind = f" {known.kind}" if known and body.place != "drop" else ""
        return Found(position, province[1], body.name + kind, body.kind, province=province[0])
    if body.place == "drop":
        return Found(position, level.end, body.name, body.kind, province=level.province)
    name = f"{body.name} {level.words}"
    people = body.name == "Ủy ban nhân dân" and level.unit
    return Found(position, level.end, name, body.kind, level.central, province=level.province,
                 context="places" if people else "", unit=level.unit)  # fmt: skip
