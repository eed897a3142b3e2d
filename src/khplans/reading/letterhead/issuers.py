"""Which body a letterhead names, in its usual case: `ỦY BAN NHÂN DÂN` over `TỈNH KHÁNH HÒA`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import Issuer, central_names, issuer_of_symbol, issuers_by_name
from khplans.knowledge.levels import only_provinces
from khplans.knowledge.provinces import Province, find_province
from khplans.knowledge.wording import Wording, opening_words
from khplans.reading.letterhead.body_names import (
    JOINT,
    PARTY,
    restore_head,
    unit_in,
    usual_case,
)
from khplans.reading.lines.document_numbers import symbol_parts
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_OPEN_END = Wording(r"(?:[-–,]|(?<!\w)<joins a name>)$", "SỞ KẾ HOẠCH VÀ")
_OPENS_SMALL = Wording(r"<opens the rest of a name>\b", "và Đầu tư", exact=True)
_STUBS = frozenset(("uy", "y", "u", "thu", "tong", "van", "kiem", "thuong truc"))
_PLACE = Wording(" <level province> .+$", "Sở Y tế tỉnh An Giang", exact=True)
_OF_MINISTERIAL_RANK = Wording(
    "bo (?!<no ministry>)|<of ministerial rank>", "ngân hàng nhà nước", folded=True
)
_LOCAL = Wording(r"<local body>\b", "chi cục thuế", folded=True)
# The head of a body, who stands above the body's name: `BỘ TRƯỞNG BỘ Y TẾ`.
_OFFICE = Wording(r"^(?:<head of a body>,? )+(?=<headed>)", "BỘ TRƯỞNG BỘ Y TẾ", exact=True)
_TERM = re.compile(r"(?<=[A-ZĐ])(?:\d+|[IVX]+)$")
_LONGEST = 160
"""Characters of the longest name that a body has; what is longer is a sentence."""
_UNIT_LAST = Wording(" (<level>)$", "Ủy ban nhân dân tỉnh", exact=True)
_UNIT_FIRST = Wording(r"^(?:TP|TX|<level>)\b\.?\s*", "TP. Huế")


@dataclass(frozen=True)
class LeftColumn:
    """A piece of a letterhead's left column, and the bodies that the pieces above it name.

    `place` is the administrative unit that stood above the first of them.
    """

    bodies: tuple[str, ...]
    place: str
    fragment: str
    span: Span | None = None

    @property
    def last(self) -> str:
        """The last body so far."""
        return self.bodies[-1] if self.bodies else ""

    @once
    def opens(self) -> bool:
        """Whether it begins with the head of a body's name, or what is left of one (`ỦY`)."""
        key = fold(self.fragment)
        return opening_words("body").match(key) is not None or key in _STUBS

    @property
    def names_place(self) -> bool:
        """Whether it begins with an administrative unit."""
        found = unit_in(f"x {self.fragment}")
        return found is not None and found.start() == 2

    @property
    def of_name(self) -> bool:
        """Whether it may belong to a name in capitals: capitals too, or a place or purpose after it (`tỉnh Huế`)."""
        if self.fragment.isupper() or unit_in(f"x {self.fragment}"):
            return True
        return bool(
            _OPENS_SMALL.match(self.fragment) or opening_words("body").match(fold(self.fragment))
        )


def _pieces(*fragments: str) -> LeftColumn:
    """The last of some pieces, with the bodies that those above it name."""
    return replace(_gather(fragments[:-1]), fragment=fragments[-1])


# fmt: off
LEFT_COLUMN: Rules[LeftColumn, Literal["begins", "goes on", "place", "nothing"]] = Rules("left-column", _pieces, (
    Rule("small-letters-below-capitals", ("SỞ Y TẾ", "Trần Văn Bình"),
         lambda piece: piece.last.isupper() and not piece.of_name, "nothing"),
    Rule("place-below-a-central-body", ("THỦ TƯỚNG CHÍNH PHỦ", "HÀ NỘI"),
         lambda piece: fold(piece.last) in central_names() and _is_province(piece.fragment), "nothing"),
    Rule("no-new-body", ("ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA"),
         lambda piece: piece.bodies and not piece.opens, "goes on"),
    Rule("open-end", ("VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ", "ỦY BAN NHÂN DÂN TỈNH"),
         lambda piece: _OPEN_END.search(piece.last), "goes on"),
    Rule("torn-head", ("VĂN", "PHÒNG CHÍNH PHỦ"),
         lambda piece: fold(piece.last) in _STUBS, "goes on"),
    Rule("one-known-name", ("THANH TRA", "CHÍNH PHỦ"),
         lambda piece: piece.bodies and fold(f"{piece.last} {piece.fragment}") in central_names(), "goes on"),
    Rule("head-of-a-name", ("UBND TỈNH HÀ GIANG", "SỞ Y TẾ"),
         lambda piece: piece.opens, "begins"),
    Rule("place-above", ("THÀNH PHỐ HỒ CHÍ MINH",),
         lambda piece: piece.names_place, "place"),
    Rule("no-body", ("Lưu hành nội bộ",), always, "nothing"),
))
# fmt: on


def _is_province(words: str) -> bool:
    """Whether words are a province's name and nothing else.

    >>> _is_province("HÀ NỘI"), _is_province("TỈNH HÀ NAM")
    (True, False)
    """
    province = find_province(words)
    return province is not None and fold(province.name) == fold(words)


def read_issuer(fragments: Sequence[str], span: Span | None = None) -> str | None:
    """The issuer named by the pieces of a letterhead's left column, in order.

    `span` is where they stand.

    >>> read_issuer(["ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA"])
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    >>> read_issuer(["UBND TỈNH HÀ GIANG", "SỞ Y TẾ"]), read_issuer(["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"])
    ('Sở Y tế tỉnh Hà Giang', 'Tổng cục Thuế')
    >>> read_issuer(["BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"]), read_issuer(["BỘ Y TẾ", "BỘ Y TẾ"])
    ('Bộ Lao động - Thương binh và Xã hội', 'Bộ Y tế')
    """
    column = _gather(fragments, span)
    bodies = list(column.bodies)
    if not bodies or max(map(len, bodies)) > _LONGEST:
        return None
    if column.place and unit_in(f"x {bodies[0]}") is None:
        bodies[0] += f" {column.place}"
    names = list(dict.fromkeys(map(usual_case, bodies)))
    if len(names) == 1:
        return names[0]
    if all(_OF_MINISTERIAL_RANK.match(fold(name)) for name in names):
        return " - ".join(names)
    case = TwoBodies(names[-1], names[-2], span)
    return BODY_BELOW_BODY.decide(case)(case)


def _gather(fragments: Sequence[str], span: Span | None = None) -> LeftColumn:
    """The bodies that the pieces name, in order.

    >>> column = _gather(["UBND TỈNH HÀ GIANG", "SỞ Y TẾ", "Hà Giang"])
    >>> column.bodies, _gather(["ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG"]).bodies, _gather(["UBND TỈNH HÀ GIANG", "---"]).bodies
    (('UBND TỈNH HÀ GIANG', 'SỞ Y TẾ'), ('ỦY BAN NHÂN DÂN TỈNH HÀ GIANG',), ('UBND TỈNH HÀ GIANG',))
    """
    column = LeftColumn((), "", "", span)
    for fragment in fragments:
        column = replace(column, fragment=_OFFICE.sub("", restore_head(fragment)))
        sort = LEFT_COLUMN.decide(column)
        if sort == "begins":
            column = replace(column, bodies=(*column.bodies, column.fragment))
        elif sort == "goes on":
            whole = f"{column.last} {column.fragment}"
            column = replace(column, bodies=(*column.bodies[:-1], whole))
        elif sort == "place":
            column = replace(column, place=column.fragment)
    return column


@dataclass(frozen=True)
class TwoBodies:
    """A body's name, and that of the body above it in the letterhead."""

    name: str
    above: str
    span: Span | None = None

    @once
    def key(self) -> str:
        """The folded name."""
        return fold(self.name)

    @once
    def key_above(self) -> str:
        """The folded name of the body above."""
        return fold(self.above)

    @property
    def whole(self) -> str:
        """The name with the other after it."""
        return f"{self.name} {self.above}"

    @property
    def of_unit(self) -> str:
        """The name with the administrative unit of the other after it."""
        unit = unit_in(self.above)
        return f"{self.name} {self.above[unit.start() :]}" if unit else self.name


# fmt: off
BODY_BELOW_BODY: Rules[TwoBodies, Callable[[TwoBodies], str]] = Rules("body-below-body", TwoBodies, (
    Rule("office", ("Văn phòng", "Ủy ban nhân dân tỉnh Hà Giang"),
         lambda case: case.key.startswith("van phong") and len(case.key.split()) < 4,
         lambda case: case.whole),
    Rule("committee-of-the-front", ("Ủy ban Trung ương", "Mặt trận Tổ quốc Việt Nam"),
         lambda case: case.key_above.startswith("mat tran") and case.key.startswith("uy ban"),
         lambda case: case.whole),
    Rule("commission-of-the-central-committee", ("Ban Tổ chức", "Ban Chấp hành Trung ương"),
         lambda case: (case.key_above == "ban chap hanh trung uong"
            and case.key.startswith(("ban ", "van phong"))),
         lambda case: case.name if "trung uong" in case.key else f"{case.name} Trung ương"),
    Rule("board-of-a-council", ("Ban Pháp chế", "Hội đồng nhân dân tỉnh Hà Giang"),
         lambda case: case.key_above.startswith("hoi dong nhan dan") and case.key.startswith("ban "),
         lambda case: case.whole),
    Rule("board-of-a-party-committee", ("Ban Tuyên giáo", "Tỉnh ủy Hà Giang"),
         lambda case: (PARTY.match(shadow(case.above))
            and case.key.startswith(("ban ", "van phong", "uy ban kiem tra"))),
         lambda case: case.whole),
    Rule("below-a-party-committee", ("Đảng ủy Công an tỉnh", "Tỉnh ủy Hà Giang"),
         lambda case: PARTY.match(shadow(case.above)),
         lambda case: case.name),
    Rule("department-of-a-place", ("Sở Y tế", "Ủy ban nhân dân tỉnh Hà Giang"),
         lambda case: unit_in(case.name) is None and _LOCAL.match(case.key),
         lambda case: case.of_unit),
    Rule("whole-by-itself", ("Tổng cục Thuế", "Bộ Tài chính"),
         always, lambda case: case.name),
))
# fmt: on


def is_central(issuer: str) -> bool:
    """Whether a body belongs to no province.

    >>> is_central("Bộ Tài chính"), is_central("Ban Chỉ đạo Trung ương"), is_central("Sở Y tế")
    (True, True, False)
    """
    key = fold(issuer)
    if key in central_names() or _OF_MINISTERIAL_RANK.match(key):
        return True
    return key.startswith(("tong cuc", "quoc hoi", "chinh phu")) or "trung uong" in key


def issuer_of_number(number: str, province: Province | None) -> str | None:
    """The issuer that a number's symbol stands for, in the given province.

    >>> issuer_of_number("1234/KH-UBND", find_province("Khánh Hòa"))
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    >>> issuer_of_number("12/NQ-CP", None), issuer_of_number("22-NQ/TU", find_province("Hà Nội"))
    ('Chính phủ', 'Thành ủy Hà Nội')
    >>> issuer_of_number("12/KH-UBND", None)
    """
    bodies = _bodies_of(number)
    return next(filter(None, (body.heads_letters_as(province) for body in bodies)), None)


def _bodies_of(number: str) -> list[Issuer]:
    """The bodies that a number's symbol names, the one that issues it first: after the kind, if any.

    >>> [[body.name for body in _bodies_of(number)] for number in ("5/QĐ-TTg", "5/NQLT-CP-UBTVQH", "5/UBTVQH-CP", "5/KH")]
    [['Thủ tướng Chính phủ'], ['Chính phủ', 'Ủy ban Thường vụ Quốc hội'], ['Ủy ban Thường vụ Quốc hội', 'Chính phủ'], []]
    """
    parts = symbol_parts(number)
    of_kind = bool(parts) and parts[0].upper() in types_by_symbol()
    ordered = (*parts[1:2], *parts[:1], *parts[2:]) if of_kind else parts
    return [body for body in map(_of_symbol, ordered) if body]


def _of_symbol(part: str) -> Issuer | None:
    """The body that a part of a number stands for, a term of office left off: `QH15`.

    >>> [body and body.name for body in map(_of_symbol, ("TTg", "UBTVQH15", "HĐND7", "XYZ"))]
    ['Thủ tướng Chính phủ', 'Ủy ban Thường vụ Quốc hội', 'Hội đồng nhân dân', None]
    """
    return issuer_of_symbol(part) or issuer_of_symbol(_TERM.sub("", part))


@dataclass(frozen=True)
class Incomplete:
    """An issuer's name as the letterhead has it, and what else the document tells of the body.

    `below` is the issuer as it stands once more under the title, `place` the place of the date.
    """

    issuer: str
    below: str | None
    number: str | None
    place: str | None
    province: Province | None
    span: Span | None = None

    @once
    def together(self) -> tuple[str, ...]:
        """The bodies of the country whose document it is, where the number's symbol names two or more.

        The part of a ministry that drafted its document (`QĐ-BTC-TCT`) is none of them.
        """
        symbols = symbol_parts(self.number)[1:] if self.number else ()
        found = [body for body in map(_of_symbol, symbols) if body and not body.place]
        whole = {body.name for body in found}
        return tuple(body.name for body in found if body.under not in whole) if found[1:] else ()

    @property
    def joint_whole(self) -> bool:
        """Whether the letterhead names as many known bodies as the number."""
        known = [body for body in JOINT.split(self.issuer) if fold(body) in central_names()]
        return len(known) >= len(self.together)

    @once
    def under(self) -> Issuer | None:
        """The body that the number names, where the letterhead shows no more than the one above it."""
        bodies = _bodies_of(self.number) if self.number else []
        if not bodies or not bodies[0].under:
            return None
        shown = _PLACE.sub("", self.issuer)
        return bodies[0] if fold(shown) == fold(bodies[0].under) else None

    @property
    def whole_below(self) -> bool:
        """Whether the name under the title is the same with its place."""
        if not self.below or _lacks_place(self.below):
            return False
        return fold(self.below).startswith(fold(self.issuer))

    @property
    def unit(self) -> str | None:
        """The kind of administrative unit that the name ends with."""
        found = _UNIT_LAST.search(self.issuer)
        return found[1] if found else None

    @property
    def dated_from(self) -> str:
        """The name of the place that the document is dated from, without its kind."""
        return _UNIT_FIRST.sub("", self.place or "")


def _incomplete(
    issuer: str,
    below: str | None = None,
    number: str | None = None,
    place: str | None = None,
    province: str = "",
) -> Incomplete:
    return Incomplete(issuer, below, number, place, find_province(province))


# fmt: off
COMPLETE_NAME: Rules[Incomplete, Callable[[Incomplete], str | None]] = Rules("complete-name", _incomplete, (
    Rule("ministry-of-the-part-that-drafted", ("Bộ Tài chính", None, "5/QĐ-BTC-TCT"),
         lambda case: len(case.together) == 1,
         lambda case: case.together[0]),
    Rule("all-of-a-joint-document", ("Bộ Y tế - Bộ Tài chính", None, "1/2010/TTLT-BYT-BTC"),
         lambda case: case.together and case.joint_whole,
         lambda case: case.issuer),
    Rule("symbols-of-a-joint-document", ("Bộ Y tế - Bộ Lao động", None, "1/2010/TTLT-BYT-BLĐTBXH"),
         lambda case: case.together,
         lambda case: " - ".join(case.together)),
    Rule("symbol-of-a-body-below", ("Bộ Tài chính", None, "4715/TCT-KK"),
         lambda case: case.under,
         lambda case: case.under.heads_letters_as(case.province) if case.under else None),
    Rule("place-named", ("Ủy ban nhân dân tỉnh Hà Giang",),
         lambda case: not _lacks_place(case.issuer),
         lambda case: case.issuer),
    Rule("place-named-below", ("Ủy ban nhân dân", "Ủy ban nhân dân tỉnh Hà Giang"),
         lambda case: case.whole_below,
         lambda case: case.below),
    Rule("body-of-the-province", ("Hội đồng nhân dân", None, None, "Nha Trang", "Khánh Hòa"),
         lambda case: case.unit is None,
         lambda case: issuers_by_name()[fold(case.issuer)].heads_letters_as(case.province)),
    Rule("unit-is-the-province", ("Ủy ban nhân dân tỉnh", None, None, "Nha Trang", "Khánh Hòa"),
         lambda case: case.province and case.province.kind == case.unit,
         lambda case: f"{case.issuer} {case.province.name}" if case.province else None),
    Rule("unit-is-the-place-of-the-date", ("Ủy ban nhân dân thành phố", None, None, "TP. Nha Trang", "Khánh Hòa"),
         lambda case: case.dated_from and case.unit not in only_provinces(),
         lambda case: f"{case.issuer} {case.dated_from}"),
    Rule("place-unknown", ("Ủy ban nhân dân huyện",),
         always, lambda case: case.issuer),
))
# fmt: on


def complete_issuer(
    issuer: str,
    below: str | None,
    number: str | None,
    place: str | None,
    province: Province | None,
    span: Span | None = None,
) -> str:
    """An issuer's name with what its letterhead lost or leaves to the place and date line.

    `below` is the issuer as it stands once more under the title, `span` where the letterhead stands.

    >>> khanh_hoa = find_province("Khánh Hòa")
    >>> complete_issuer("Hội đồng nhân dân", None, None, "Khánh Hòa", khanh_hoa)
    'Hội đồng nhân dân tỉnh Khánh Hòa'
    >>> complete_issuer("Ủy ban nhân dân thành phố", None, None, "Nha Trang", khanh_hoa)
    'Ủy ban nhân dân thành phố Nha Trang'
    >>> complete_issuer("Bộ Y tế - Bộ Lao động", None, "1/2010/TTLT-BYT-BLĐTBXH", "Hà Nội", None)
    'Bộ Y tế - Bộ Lao động - Thương binh và Xã hội'
    >>> complete_issuer("Bộ Tài chính", None, "5/QĐ-BTC-TCT", "Hà Nội", None)
    'Bộ Tài chính'
    >>> complete_issuer("Bộ Tài chính", None, "4715/TCT-KK", "Hà Nội", None)
    'Tổng cục Thuế'
    """
    case = Incomplete(issuer, below, number, place, province, span)
    return COMPLETE_NAME.decide(case)(case) or issuer


def _lacks_place(issuer: str) -> bool:
    """Whether a name stops before the place that tells the body from others of its kind.

    >>> _lacks_place("Ủy ban nhân dân huyện"), _lacks_place("Tỉnh ủy"), _lacks_place("Bộ Y tế")
    (True, True, False)
    """
    if _UNIT_LAST.search(issuer):
        return True
    body = issuers_by_name().get(fold(issuer))
    return body is not None and bool(body.named_with)
