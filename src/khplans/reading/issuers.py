"""Which body a letterhead names, in its usual case: `ỦY BAN NHÂN DÂN` over `TỈNH KHÁNH HÒA`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from types import MappingProxyType

from khplans.knowledge.provinces import Province, find_province
from khplans.knowledge.table import read_table
from khplans.reading.numbers import symbol_parts
from khplans.reading.plain import plain
from khplans.text.fold import fold

_HEADS = (
    "ubnd|u?y ban|hdnd|hoi dong|bo|so|ban|tong cuc|cuc|chi cuc|vu|van phong|tinh uy|thanh uy"
    "|huyen uy|quan uy|thi uy|dang uy|dang bo|chinh phu|thu tuong|chu tich nuoc|quoc hoi|kiem toan"
    "|thanh tra|toa an|vien|ngan hang|bao hiem|kho bac|lien doan|lien minh|doan|mat tran|cong an"
    "|trung tam|truong|tong cong ty|tap doan|tong lien doan|hoc vien|dai hoc|hiep hoi|phong"
    "|bch|hoi|thuong truc|chu tich ubnd|chu tich uy ban|ban chap hanh|ban thuong vu|to cong tac"
    "|nha xuat ban|dai|bao|ubmttq|quan khu|bo tu lenh|bo chi huy|tieu ban|doan dbqh"
)
_HEAD = re.compile(rf"(?:{_HEADS})\b")
_OPEN_END = re.compile(r"(?:[-–,]|(?<!\w)(?:và|VÀ|về|VỀ|của|CỦA))$")
_STUBS = frozenset(("uy", "y", "u", "thu", "tong", "van", "kiem", "thuong truc"))
_MINISTRY = re.compile(r"bo (?!tu lenh|chi huy|tham muu|chinh tri)")
_OF_MINISTERIAL_RANK = re.compile(
    rf"{_MINISTRY.pattern}|uy ban dan toc|ngan hang nha nuoc|thanh tra chinh phu|van phong (?:chinh phu|quoc hoi)"
    r"|(?:toa an|vien kiem sat) nhan dan toi cao|kiem toan nha nuoc|tong lien doan|uy ban trung uong"
)
_LOCAL = re.compile(
    r"(?:so|ban|phong|van phong|thanh tra|cong an|chi cuc|trung tam|bo chi huy|hoi|doan|kho bac)\b"
)
_UNITS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "tx": "thị xã", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}  # fmt: skip
_UNIT = re.compile(rf"(?<!\w)(?!xa +hoi\b)({'|'.join(_UNITS)})\.? +(?=\w)")
_NAMED = (
    (re.compile(r"(?:ubnd|\w?y ban nhan dan)\b"), "Ủy ban nhân dân"),
    (re.compile(r"(?:hdnd|hoi dong nhan dan)\b"), "Hội đồng nhân dân"),
    (re.compile(r"bch\b"), "Ban Chấp hành"),
    (re.compile(r"ubmttq(?:vn)?\b"), "Ủy ban Mặt trận Tổ quốc Việt Nam"),
)
_PARTY = re.compile(r"(tinh|thanh|huyen|quan|thi) uy\b\s*")
_COMMITTEES = {"tinh": "Tỉnh", "thanh": "Thành", "huyen": "Huyện", "quan": "Quận", "thi": "Thị"}
_DOUBLE_HEADS = (
    "thuong truc",
    "uy ban",
    "hoi dong",
    "ngan hang",
    "kiem toan",
    "thanh tra",
    "tong cuc",
    "chi cuc",
    "van phong",
    "hoc vien",
    "trung tam",
)
_VOWEL = re.compile(r"[aeiouy\W\d]")
_CAPITAL_PHRASES = (
    "Đảng ủy",
    "Chỉ huy Quân sự",
    "Trung ương", "Việt Nam", "Đảng", "Mặt trận Tổ quốc", "Quốc hội", "Nhà nước", "Chính phủ",
    "Hồ Chí Minh", "Công Thương", "Ban Chấp hành", "Ban Thường vụ", "Ủy ban nhân dân",
    "Hội đồng nhân dân", "Ủy ban Kiểm tra", "Ban Chỉ đạo", "Đoàn đại biểu Quốc hội", "Tổ quốc",
    "Thương binh", "Chủ tịch nước", "Tỉnh ủy", "Thành ủy",
)  # fmt: skip


@cache
def _known() -> MappingProxyType[str, str]:
    names = {fold(r["name"]): r["name"] for r in read_table("letterhead_issuers")}
    return MappingProxyType({key: name for key, name in names.items() if "{" not in name})


@cache
def _by_symbol() -> MappingProxyType[str, str]:
    rows = read_table("letterhead_issuers")
    return MappingProxyType({r["symbol"].upper(): r["name"] for r in rows if r["symbol"]})


def with_kind(province: Province) -> str:
    """`tỉnh Khánh Hòa`, `Thành phố Hà Nội` as they stand inside a body's name."""
    return f"{province.kind} {province.name}"


def usual_case(name: str) -> str:
    """A body's name in its usual case, abbreviations of its head written out.

    >>> usual_case("UBND TỈNH KHÁNH HOÀ"), usual_case("BỘ KẾ HOẠCH VÀ ĐẦU TƯ")
    ('Ủy ban nhân dân tỉnh Khánh Hòa', 'Bộ Kế hoạch và Đầu tư')
    >>> usual_case("SỞ Y TẾ - HỘI LHPN TỈNH VĨNH LONG")
    'Sở Y tế - Hội LHPN tỉnh Vĩnh Long'
    >>> usual_case("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), usual_case("HUYỆN ỦY CAM LÂM")
    ('Sở Văn hóa, Thể thao và Du lịch', 'Huyện ủy Cam Lâm')
    """
    name = " ".join(name.split()).strip(" -–,.;:*_")
    joint = re.split(
        r"\s+[-–]\s+(?=(?:BỘ|Bộ|SỞ|Sở|HỘI|Hội|ỦY BAN|Ủy ban|LIÊN ĐOÀN|CÔNG AN)\s)", name
    )
    if len(joint) > 1:
        return " - ".join(usual_case(body) for body in joint)
    if known := _known().get(fold(name)):
        return known
    name = re.sub(r"\bUBND\b", "ỦY BAN NHÂN DÂN", re.sub(r"\bHĐND\b", "HỘI ĐỒNG NHÂN DÂN", name))
    low = plain(name)
    unit = _unit(name)
    if unit and unit.start():
        place = _place(name[unit.end() :].strip())
        return f"{usual_case(name[: unit.start()])} {_UNITS[unit[1]]} {place}"
    if party := _PARTY.match(low):
        return f"{_COMMITTEES[party[1]]} ủy {_place(name[party.end() :])}".strip()
    for pattern, full in _NAMED:
        if head := pattern.match(low):
            rest = name[head.end() :].strip()
            return f"{full} {_body_case(rest, begins=False)}" if rest else full
    return _body_case(name)


def _unit(name: str) -> re.Match[str] | None:
    """The last administrative unit named: by its accents (`quận`, not `quản`), unless it has none."""
    found = None
    for match in _UNIT.finditer(plain(name)):
        written = unicodedata.normalize("NFC", name[match.start() : match.end(1)]).lower()
        if name.isascii() or written == _UNITS[match[1]] or match[1] in ("tp", "tx"):
            found = match
    return found


def _place(name: str) -> str:
    """A place's name: as the table of provinces has it, else a capital on every syllable."""
    province = find_province(name)
    if province and fold(province.name) == fold(name):
        return province.name
    if not name.isupper() and not name.isascii():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _body_case(name: str, *, begins: bool = True) -> str:
    """A name in capitals in its usual case; a name in mixed case stays as it is."""
    if not name.isupper():
        return name[:1].upper() + name[1:] if begins else name
    words = [
        w if len(w) > 2 and not _VOWEL.search(plain(w)) else w.lower() for w in name.split(" ")
    ]
    double = fold(" ".join(words[:2])) in _DOUBLE_HEADS
    head = fold(words[0])
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        listed = head in ("bo", "so", "phong") and (before == "và" or before[-1:] == ",")
        listed = listed or (head in ("bo", "so", "phong", "ban") and before in ("-", "–"))
        if word and begins and (i in (0, 2 if double else 1) or listed):
            words[i] = word[0].upper() + word[1:]
    text = " ".join(words).replace("uỷ ", "ủy ").replace("Uỷ ", "Ủy ")
    return _phrases().sub(lambda found: _phrase_of()[found[0].lower()], text)


@cache
def _phrase_of() -> dict[str, str]:
    return {phrase.lower(): phrase for phrase in _CAPITAL_PHRASES}


@cache
def _phrases() -> re.Pattern[str]:
    longest = sorted(_CAPITAL_PHRASES, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


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
    for fragment in fragments:
        key = fold(fragment)
        opens = _HEAD.match(key) or key in _STUBS
        if bodies and (
            not opens
            or _OPEN_END.search(bodies[-1])
            or fold(bodies[-1]) in _STUBS
            or fold(f"{bodies[-1]} {fragment}") in _known()
        ):
            bodies[-1] += " " + fragment
        elif opens:
            bodies.append(fragment)
        elif (found := _unit(f"x {fragment}")) and found.start() == 2:
            before = fragment
    if not bodies:
        return None
    if before and _unit(f"x {bodies[0]}") is None:
        bodies[0] += f" {before}"
    names = [usual_case(body) for body in bodies]
    if len(names) > 1 and all(_OF_MINISTERIAL_RANK.match(fold(name)) for name in names):
        return " - ".join(names)
    return _within(names[-1], names[-2]) if len(names) > 1 else names[-1]


def _within(name: str, above: str) -> str:
    """A body with what its name lacks of the body above it."""
    key = fold(name)
    unit = _unit(above)
    if key.startswith("van phong") and len(key.split()) < 4:
        return f"{name} {above}"
    if fold(above).startswith("mat tran") and key.startswith("uy ban"):
        return f"{name} {above}"
    if fold(above) == "ban chap hanh trung uong" and key.startswith(("ban ", "van phong")):
        return name if "trung uong" in key else f"{name} Trung ương"
    if fold(above).startswith("hoi dong nhan dan") and key.startswith("ban "):
        return f"{name} {above}"
    if _PARTY.match(plain(above)):
        return (
            f"{name} {above}" if key.startswith(("ban ", "van phong", "uy ban kiem tra")) else name
        )
    if unit and _unit(name) is None and _LOCAL.match(key):
        return f"{name} {above[unit.start() :]}"
    return name


def is_central(issuer: str) -> bool:
    """Whether a body belongs to no province.

    >>> is_central("Bộ Tài chính"), is_central("Ban Chỉ đạo Trung ương"), is_central("Sở Y tế")
    (True, True, False)
    """
    key = fold(issuer)
    if key in _known() or _OF_MINISTERIAL_RANK.match(key):
        return True
    return key.startswith(("tong cuc", "quoc hoi", "chinh phu")) or "trung uong" in key


def issuer_of_number(number: str, province: Province | None) -> str | None:
    """The issuer that a number's symbol stands for, in the given province.

    >>> issuer_of_number("1234/KH-UBND", find_province("Khánh Hòa"))
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    >>> issuer_of_number("01/NQ-CP", None), issuer_of_number("15-NQ/TU", find_province("Hà Nội"))
    ('Chính phủ', 'Thành ủy Hà Nội')
    >>> issuer_of_number("12/KH-UBND", None)
    """
    known = _by_symbol()
    parts = [part.upper() for part in symbol_parts(number)]
    for part in (*parts[1:2], *parts[:1], *parts[2:]):
        name = known.get(part) or known.get(re.sub(r"(?<=[A-ZĐ])(?:\d+|[IVX]+)$", "", part))
        if name and "{" not in name:
            return name
        if name and province:
            uy = "Tỉnh ủy" if province.kind == "tỉnh" else "Thành ủy"
            return name.format(tinh=with_kind(province), ten=province.name, uy=uy)
    return None
