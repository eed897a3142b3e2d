"""The grammar of a list of agencies in a text: which stand there, and where the list ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from khplans.extraction.agencies.agency_name import NameAt, read_body
from khplans.extraction.agencies.found import Context, FoundAgency
from khplans.extraction.agencies.groups import read_group
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.unlisted import expand, opens
from khplans.knowledge.wording import Wording

_JOINT = Wording(
    r" ?(?:[,;/+&•]|<joins bodies>(?= )|[\-+] (?=<opens a name> ))"
    r"(?: ?(?:va|cung(?: voi)?) )? ?",
    "sở y tế và sở tài chính",
    folded=True,
)
_ASIDE = re.compile(r" \([^()]{1,200}\)")
_POST_JOINT = Wording(r"(?: cua)? ?,? ?(?:va )?", " của ", folded=True)
_REST = re.compile(r" (?=[a-z])[^,;()]+(?:, \d[^,;()]*)?")
_AS_CHARGED = Wording(
    r" (?:theo|trong) (?:pham vi )?(?:linh vuc )?<what a body has>(?!\w)",
    " theo chức năng quản lý",
    folded=True,
)
"""Words that say no more of a group than that it does its own work."""
_ADVISES = Wording(" tham muu (?:cho|giup)(?= )", "các sở tham mưu giúp ủy ban", folded=True)
_AT_WORK = Wording(r" <what a group does>(?!\w)", "các địa phương tăng cường quản lý", folded=True)
"""What a group has to do; other verbs may tell which group it is: `các đơn vị thực hiện dự án`."""
_LEADING = re.compile(r"[\-+•:. ]+")
_PIECE = Wording(r"[^,;]+?(?=[,;]| va | \(|$)", "sở y tế và", folded=True)
_ADDRESS = Wording(r"(?:cac )?<form of address> (?=\w)", "các đồng chí giám đốc", folded=True)
_COMMA = re.compile(r"[,;]")
_MINISTERS = Wording(
    r"(?:cac )?bo truong(?=, (?:cac )?thu truong)", "các bộ trưởng, thủ trưởng", folded=True
)
_POSTS = 3
"""How many posts may stand before one body: `Giám đốc, Thủ trưởng các sở`."""
_MANY = Wording(r"\bcác sở (?=\w)", "các sở y tế")
_FIELD = 7
"""The longest word that names a group's field of work: `dược`."""
_COUNTED = Wording(
    r"(?:ca )?(?:0?\d|<small number>) (?=to cong tac)", "ba tổ công tác", folded=True
)
_COMMITTEE_OF_A_LEVEL = Wording(
    r"(?:Ủy ban|Hội đồng) nhân dân( .+)", "Ủy ban nhân dân các huyện", exact=True
)
_ORGAN = Wording("<party organ>", "Ban Tổ chức Tỉnh ủy", exact=True)
_COMMITTEE = Wording("<party organ> (<committee>.*)", "Ban Tổ chức Tỉnh ủy", exact=True)


def read_list(
    text: str, shade: str, position: int, end: int, whole: bool = False
) -> tuple[list[FoundAgency], int]:
    """The agencies listed from `position` on, and where the list ends.

    `whole` says that all of the text is such a list (a cell): what is unknown is kept as it is.
    Otherwise the list ends with the last agency that is understood.

    >>> from khplans.text.shadow import shadow
    >>> text = "Sở Y tế, Công an tỉnh và các địa phương rà soát"
    >>> found, end = read_list(text, shadow(text), 0, len(text))
    >>> [one.name for one in found], text[end:]
    (['Sở Y tế', 'Công an tỉnh', 'Các địa phương'], ' rà soát')
    """
    found: list[FoundAgency] = []
    context: Context = ""
    unit, after = "", position
    while position < end:
        leading = _LEADING.match(shade, position, end) if whole else None
        position = leading.end() if leading else position
        one = _read_one(
            NameAt(text, shade, position, end, whole, context, unit, in_list=bool(found))
        )
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
        position = joint.end() if joint else _next_piece(text, shade, position, end)
    return _several(text, _share_levels(found)), after


def _unknown(text: str, shade: str, position: int, end: int) -> FoundAgency | None:
    """What no rule reads, up to the next comma or `và`, as itself.

    >>> from khplans.text.shadow import shadow
    >>> text = "tổ thư ký, Sở Y tế"
    >>> _unknown(text, shadow(text), 0, len(text)).name
    'Tổ thư ký'
    >>> _unknown("12-", "12-", 0, 3) is None
    True
    """
    piece = _PIECE.match(shade, position, end)
    words = text[position : piece.end()].strip(" .-–+") if piece else ""
    if not any(letter.isalpha() for letter in words):
        return None
    start = text.index(words, position)
    name = expand(words)
    return FoundAgency(start, start + len(words), name[0].upper() + name[1:], "other", known=False)


def _to_separator(text: str, shade: str, one: FoundAgency, end: int) -> FoundAgency:
    """A group is named with all that describes it (`các cơ quan được giao tại Quyết định …`).

    >>> from khplans.text.shadow import shadow
    >>> text = "Các sở quản lý hồ đập tham mưu giúp UBND tỉnh"
    >>> [one.name for one in read_list(text, shadow(text), 0, len(text), whole=True)[0]][:1]
    ['Các sở quản lý hồ đập']
    """
    rest = _REST.match(shade, one.end, end)
    if not rest or not one.several or _ends_before(shade, one.end, end):
        return one
    ends = (ended.search(shade, one.end - 1, rest.end()) for ended in (_AS_CHARGED, _ADVISES))
    until = min([rest.end(), *(ended.start() for ended in ends if ended)])
    words = text[one.end : until].rstrip(" .-")
    if not words:
        return one
    stop = one.end + len(words)
    return replace(one, end=stop, name=f"{one.name}{expand(words)}", known=False)


def _ends_before(shade: str, position: int, end: int) -> bool:
    """Whether a group's name ends at a place: a further name follows, or what the group does.

    >>> from khplans.text.shadow import shadow
    >>> texts = ", sở y tế", " thực hiện", " miền núi"
    >>> [_ends_before(shadow(text), 0, len(text)) for text in texts]
    [True, False, False]
    """
    return any(
        follows.match(shade, position, end) is not None
        for follows in (_JOINT, _AT_WORK, _VERBS_IN_A_ROW)
    )


_VERBS_IN_A_ROW = Wording(
    r" <cue verb>(?!\w), <cue verb>(?!\w)", "các địa phương triển khai, thực hiện", folded=True
)
"""Verbs of a task: `các địa phương lập, điều chỉnh`."""


def _joined(text: str, group: FoundAgency, one: FoundAgency) -> FoundAgency | None:
    """A body with one more of its fields: `Các trường đại học y, dược`, `Tổ công tác về A, b`.

    >>> text = "Các trường đại học y, dược"
    >>> schools = FoundAgency(0, 20, "Các trường đại học y", "other", known=False)
    >>> _joined(text, schools, FoundAgency(22, 26, "Dược", "other", known=False)).name
    'Các trường đại học y, dược'
    >>> _joined(text, schools, FoundAgency(22, 26, "Dược", "other")) is None
    True
    >>> team = FoundAgency(0, 16, "Tổ công tác về y", "other")
    >>> _joined("Tổ công tác về y, dược", team, FoundAgency(18, 22, "Dược", "other", known=False)).name
    'Tổ công tác về y, dược'
    >>> _joined("Tổ công tác về y, Dược", team, FoundAgency(18, 22, "Dược", "other", known=False)) is None
    True
    """
    topic = " về " in group.name
    field = group.several and not group.known and one.end - one.start <= _FIELD
    if one.known or not text[one.start].islower() or not (field or topic):
        return None
    return replace(group, end=one.end, name=f"{group.name}{text[group.end : one.end]}")


def _next_piece(text: str, shade: str, position: int, end: int) -> int:
    """Where the list goes on: at a group or body whose comma was left out (`Sở Y tế các sở, ngành`), else after the
    next comma.

    >>> from khplans.text.shadow import shadow
    >>> texts = " các sở, ngành", " Sở Nội vụ, Sở Y tế", " miền núi, Sở Y tế", " miền núi"
    >>> [text[_next_piece(text, shadow(text), 0, len(text)) :] for text in texts]
    ['các sở, ngành', 'Sở Nội vụ, Sở Y tế', 'Sở Y tế', '']
    """
    if shade.startswith(" cac ", position) and read_group(text, shade, position + 1, True):
        return position + 1
    named = text[position : position + 1] == " " and text[position + 1 : position + 2].isupper()
    if named and opens(text, shade, position + 1):
        return position + 1
    comma = _COMMA.search(shade, position, end)
    return comma.end() + (shade[comma.end() : comma.end() + 1] == " ") if comma else end


def _read_one(at: NameAt) -> FoundAgency | None:
    """The agency at a place, also after how its holders are addressed or their posts.

    >>> from khplans.text.shadow import shadow
    >>> text = "Giám đốc Sở Y tế"
    >>> _read_one(NameAt(text, shadow(text), 0, len(text))).name
    'Sở Y tế'
    """
    begin = at.position
    while begin < at.end and at.shade[begin] in " :":
        begin += 1
    if begin != at.position:
        at = replace(at, position=begin)
    address = _ADDRESS.match(at.shade, begin)
    one = read_body(at)
    if one is None and address:
        at = replace(at, position=address.end())
        one = read_body(at)
    if one is None:
        one = _after_posts(at)
    return replace(one, start=begin) if one and one.start != begin else one


def _after_posts(at: NameAt, depth: int = 0) -> FoundAgency | None:
    """The body whose holders of posts are named (`Giám đốc, Thủ trưởng các sở`).

    >>> from khplans.text.shadow import shadow
    >>> texts = "Bộ trưởng các Bộ", "Giám đốc, Thủ trưởng các sở", "Giám đốc Sở Y tế", "Giám đốc dự án"
    >>> found = [_after_posts(NameAt(text, shadow(text), 0, len(text))) for text in texts]
    >>> [one.name if one else None for one in found]
    ['Các Bộ', 'Các sở', 'Sở Y tế', None]
    """
    if ministers := _MINISTERS.match(at.shade, at.position):
        return FoundAgency(at.position, ministers.end(), "Các Bộ", "central", central=True)
    stops = list(_ends_of_post(at.shade, at.position))
    for stop in stops:
        joint = _POST_JOINT.match(at.shade, stop)
        begin = joint.end() if joint else stop
        counted = _COUNTED.match(at.shade, begin)
        one = read_body(at.further(counted.end() if counted else begin))
        if one and counted and not one.several:
            one = replace(one, name=f"Các {one.name}")
        if one is None and depth < _POSTS:
            one = _after_posts(replace(at, position=begin), depth + 1)
        if one and one.end > stops[0]:
            return replace(one, start=at.position)
    return None


def _ends_of_post(shade: str, position: int) -> Iterator[int]:
    """Where the post named at a place ends, also without its `ban`, that may open the body's name.

    >>> list(_ends_of_post("truong ban quan ly", 0))
    [10, 6]
    """
    post = lexicon().post.match(shade, position)
    if not post and shade.startswith("cac ", position):
        post = lexicon().post.match(shade, position + 4)
    if post:
        yield post.end()
        if post[0].endswith(" ban"):
            yield post.end() - 4


def _share_levels(found: list[FoundAgency]) -> list[FoundAgency]:
    """`HĐND, UBND các xã` names two bodies of the communes, `các Ban HĐND và đại biểu HĐND tỉnh` too.

    `Ban Tuyên giáo, Ban Dân vận Huyện ủy` names two organs of one Party committee.

    >>> from khplans.text.shadow import shadow
    >>> text = "HĐND, UBND các xã"
    >>> [one.name for one in read_list(text, shadow(text), 0, len(text))[0]]
    ['Hội đồng nhân dân các xã', 'Ủy ban nhân dân các xã']
    """
    for i in range(len(found) - 1, 0, -1):
        before, after = found[i - 1], found[i]
        if before.name == "Đảng ủy" or before.name.endswith("Hội đồng nhân dân"):
            level = _COMMITTEE_OF_A_LEVEL.search(after.name)
            if level:
                found[i - 1] = replace(before, name=before.name + level[1], province=after.province)
        committee = _COMMITTEE.fullmatch(after.name)
        if committee and _ORGAN.fullmatch(before.name):
            name = f"{before.name} {committee[1]}"
            found[i - 1] = replace(before, name=name, kind="party", known=True)
    return found


def _several(text: str, found: list[FoundAgency]) -> list[FoundAgency]:
    """Departments of many provinces: where the list has one field alone after `các sở`.

    >>> from khplans.text.shadow import shadow
    >>> texts = ("Giám đốc các sở Y tế", "Các sở Y tế, Nội vụ")
    >>> [[one.name for one in read_list(text, shadow(text), 0, len(text))[0]] for text in texts]
    [['Các sở Y tế'], ['Sở Y tế', 'Sở Nội vụ']]
    """
    departments = [k for k, one in enumerate(found) if one.name.startswith("Sở ")]
    if len(departments) != 1:
        return found
    k = departments[0]
    if _MANY.search(text, found[k].start, found[k].end):
        found[k] = replace(found[k], name=f"Các s{found[k].name[1:]}", kind="group")
    return found
