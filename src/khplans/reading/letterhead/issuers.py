"""Which body a letterhead names, in its usual case: `ỦY BAN NHÂN DÂN` over `TỈNH KHÁNH HÒA`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import Issuer, central_names, issuer_of_symbol, issuers_by_name
from khplans.knowledge.provinces import Province
from khplans.reading.letterhead.body_names import JOINT, PARTY, mended, unit_in, usual_case
from khplans.reading.lines.document_numbers import symbol_parts
from khplans.text.fold import fold
from khplans.text.shadow import shadow

_HEADS = (
    "ubnd|u?y ban|hdnd|hoi dong|bo|so|ban|tong cuc|cuc|chi cuc|vu|van phong|tinh uy|thanh uy"
    "|huyen uy|quan uy|thi uy|dang uy|dang bo|chinh phu|thu tuong|chu tich nuoc|quoc hoi|kiem toan"
    "|thanh tra|toa an|vien|ngan hang|bao hiem|kho bac|lien doan|lien minh|doan|mat tran|cong an"
    "|trung tam|truong|tong cong ty|tap doan|tong lien doan|hoc vien|dai hoc|hiep hoi|phong"
    "|bch|hoi|thuong truc|chu tich ubnd|chu tich uy ban|ban chap hanh|ban thuong vu|to cong tac"
    "|nha xuat ban|dai|bao|ubmttq|quan khu|bo tu lenh|bo chi huy|tieu ban|doan dbqh|bcd|bql|benh vien"
)
_HEAD = re.compile(rf"(?:{_HEADS})\b")
_OPEN_END = re.compile(r"(?:[-–,]|(?<!\w)(?:và|VÀ|về|VỀ|của|CỦA))$")
_OPENS_SMALL = re.compile(r"(?:và|về|phòng|của|cho|khu|trực thuộc|Việt Nam|Trung ương)\b")
_STUBS = frozenset(("uy", "y", "u", "thu", "tong", "van", "kiem", "thuong truc"))
_MINISTRY = re.compile(r"bo (?!tu lenh|chi huy|tham muu|chinh tri)")
_OF_MINISTERIAL_RANK = re.compile(
    rf"{_MINISTRY.pattern}|uy ban dan toc|ngan hang nha nuoc|thanh tra chinh phu|van phong (?:chinh phu|quoc hoi)"
    r"|(?:toa an|vien kiem sat) nhan dan toi cao|kiem toan nha nuoc|tong lien doan|uy ban trung uong"
)
_LOCAL = re.compile(
    r"(?:so|ban|phong|van phong|thanh tra|cong an|chi cuc|trung tam|bo chi huy|hoi|doan|kho bac)\b"
)
# The head of a body, who stands above the body's name: `BỘ TRƯỞNG BỘ Y TẾ`.
_OFFICE = re.compile(
    r"^(?:(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|THỐNG ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHỦ NHIỆM"
    r"|VIỆN TRƯỞNG|CHÁNH ÁN|CHÁNH THANH TRA|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG),? )+"
    r"(?=BỘ|SỞ|BAN|TỔNG CỤC|CỤC|CHI CỤC|[ỦU][YỶ]|UBND|HỘI ĐỒNG|HĐND|NGÂN HÀNG|VIỆN|VKSND|TÒA|TOÀ|THANH TRA"
    r"|VĂN PHÒNG|BẢO HIỂM|KHO BẠC)"
)
_TERM = re.compile(r"(?<=[A-ZĐ])(?:\d+|[IVX]+)$")
_LONGEST = 160
"""Characters of the longest name that a body has; what is longer is a sentence."""
_UNNAMED = tuple(
    f" {unit}"
    for unit in (
        "tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã", "thị trấn", "đặc khu",
    )
)  # fmt: skip


def read_issuer(fragments: Sequence[str]) -> str | None:
    """The issuer named by the pieces of a letterhead's left column, in order.

    >>> read_issuer(["ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA"])
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    >>> read_issuer(["UBND TỈNH HÀ GIANG", "SỞ Y TẾ"]), read_issuer(["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"])
    ('Sở Y tế tỉnh Hà Giang', 'Tổng cục Thuế')
    >>> read_issuer(["BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"])
    'Bộ Lao động - Thương binh và Xã hội'
    """
    bodies: list[str] = []
    before = ""
    for fragment in (_OFFICE.sub("", mended(fragment)) for fragment in fragments):
        if bodies and bodies[-1].isupper() and not _of_name(fragment):
            continue
        key = fold(fragment)
        opens = _HEAD.match(key) or key in _STUBS
        if bodies and (
            not opens
            or _OPEN_END.search(bodies[-1])
            or fold(bodies[-1]) in _STUBS
            or fold(f"{bodies[-1]} {fragment}") in central_names()
        ):
            bodies[-1] += " " + fragment
        elif opens:
            bodies.append(fragment)
        elif (found := unit_in(f"x {fragment}")) and found.start() == 2:
            before = fragment
    if not bodies or max(map(len, bodies)) > _LONGEST:
        return None
    if before and unit_in(f"x {bodies[0]}") is None:
        bodies[0] += f" {before}"
    names = [usual_case(body) for body in bodies]
    if len(names) > 1 and all(_OF_MINISTERIAL_RANK.match(fold(name)) for name in names):
        return " - ".join(names)
    return _within(names[-1], names[-2]) if len(names) > 1 else names[-1]


def _of_name(fragment: str) -> bool:
    """Whether a piece may belong to a name in capitals: capitals too, or a place or purpose after it."""
    return fragment.isupper() or bool(
        unit_in(f"x {fragment}") or _OPENS_SMALL.match(fragment) or _HEAD.match(fold(fragment))
    )


def _within(name: str, above: str) -> str:
    """A body with what its name lacks of the body above it."""
    key = fold(name)
    unit = unit_in(above)
    if key.startswith("van phong") and len(key.split()) < 4:
        return f"{name} {above}"
    if fold(above).startswith("mat tran") and key.startswith("uy ban"):
        return f"{name} {above}"
    if fold(above) == "ban chap hanh trung uong" and key.startswith(("ban ", "van phong")):
        return name if "trung uong" in key else f"{name} Trung ương"
    if fold(above).startswith("hoi dong nhan dan") and key.startswith("ban "):
        return f"{name} {above}"
    if PARTY.match(shadow(above)):
        return (
            f"{name} {above}" if key.startswith(("ban ", "van phong", "uy ban kiem tra")) else name
        )
    if unit and unit_in(name) is None and _LOCAL.match(key):
        return f"{name} {above[unit.start() :]}"
    return name


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

    >>> from khplans.knowledge.provinces import find_province
    >>> issuer_of_number("1234/KH-UBND", find_province("Khánh Hòa"))
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    >>> issuer_of_number("01/NQ-CP", None), issuer_of_number("15-NQ/TU", find_province("Hà Nội"))
    ('Chính phủ', 'Thành ủy Hà Nội')
    >>> issuer_of_number("12/KH-UBND", None)
    """
    bodies = _bodies_of(number)
    return next(filter(None, (body.heads_letters_as(province) for body in bodies)), None)


def _bodies_of(number: str) -> list[Issuer]:
    """The bodies that a number's symbol names, the one that issues it first: behind the kind, if any."""
    parts = symbol_parts(number)
    of_kind = bool(parts) and parts[0].upper() in types_by_symbol()
    ordered = (*parts[1:2], *parts[:1], *parts[2:]) if of_kind else parts
    return [body for body in map(_of_symbol, ordered) if body]


def _of_symbol(part: str) -> Issuer | None:
    return issuer_of_symbol(part) or issuer_of_symbol(_TERM.sub("", part))


def complete_issuer(
    issuer: str, below: str | None, number: str | None, place: str | None, province: Province | None
) -> str:
    """An issuer's name with what its letterhead lost or leaves to the place and date line.

    `below` is the issuer as it stands once more under the title.

    >>> from khplans.knowledge.provinces import find_province
    >>> khanh_hoa = find_province("Khánh Hòa")
    >>> complete_issuer("Hội đồng nhân dân", None, None, "Khánh Hòa", khanh_hoa)
    'Hội đồng nhân dân tỉnh Khánh Hòa'
    >>> complete_issuer("Ủy ban nhân dân thành phố", None, None, "Nha Trang", khanh_hoa)
    'Ủy ban nhân dân thành phố Nha Trang'
    >>> complete_issuer("Bộ Y tế - Bộ Lao động", None, "1/2010/TTLT-BYT-BLĐTBXH", "Hà Nội", None)
    'Bộ Y tế - Bộ Lao động - Thương binh và Xã hội'
    >>> complete_issuer("Bộ Tài chính", None, "4715/TCT-KK", "Hà Nội", None)
    'Tổng cục Thuế'
    """
    if together := _issuers_together(number):
        read = [body for body in JOINT.split(issuer) if fold(body) in central_names()]
        return issuer if len(read) >= len(together) else " - ".join(together)
    bodies = _bodies_of(number) if number else []
    if bodies and bodies[0].under and _is_or_lacks_place(issuer, bodies[0].under):
        return bodies[0].heads_letters_as(province) or issuer
    if not _lacks_place(issuer):
        return issuer
    if below and not _lacks_place(below) and fold(below).startswith(fold(issuer)):
        return below
    unit = re.search(r" (tỉnh|thành phố|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)$", issuer)
    if unit is None:
        body = issuers_by_name()[fold(issuer)]
        return body.heads_letters_as(province) or issuer
    if province and province.kind == unit[1]:
        return f"{issuer} {province.name}"
    named = re.sub(r"^(?:TP|Tp|TX|Thành phố|Thị xã|Huyện|Quận|Phường|Xã)\b\.?\s*", "", place or "")
    return f"{issuer} {named}" if named and unit[1] != "tỉnh" else issuer


def _is_or_lacks_place(issuer: str, above: str) -> bool:
    """Whether the letterhead shows no more than the body above the one that a number names."""
    place = re.sub(r" (?:tỉnh|thành phố) .+$", "", issuer)
    return fold(place) == fold(above)


def _lacks_place(issuer: str) -> bool:
    """Whether a name stops before the place that tells the body from others of its kind."""
    if issuer.endswith(_UNNAMED):
        return True
    body = issuers_by_name().get(fold(issuer))
    return body is not None and body.name.endswith(("nhân dân", "Tỉnh ủy", "Thành ủy"))


def _issuers_together(number: str | None) -> list[str]:
    """The bodies of the country that a number's symbol names, where it names two or more."""
    found = map(_of_symbol, symbol_parts(number)[1:] if number else ())
    names = [body.name for body in found if body and not body.place]
    return names if len(names) > 1 else []
