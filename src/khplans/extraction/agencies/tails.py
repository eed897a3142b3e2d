"""What describes a group of agencies behind its nouns: `thuộc tỉnh`, `có liên quan`, `vùng …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.agencies.patterns import lexicon, verbs
from khplans.extraction.agencies.places import PLACE, read_province

_MOST = 3
_LEVEL = r"(?:tinh|thanh pho|huyen|xa)"
_OWNER = (
    rf"(?:(?:tinh|thanh|huyen|thi) uy|(?:hoi dong nhan dan|hdnd)(?: (?:{_LEVEL}|cac cap))?"
    rf"|(?:uy ban nhan dan|ubnd) {_LEVEL}|{_LEVEL}|dia phuong|trung uong|tw|nha nuoc|khu vuc"
    r"|toan quoc|ca nuoc|chinh phu|bo|so|nganh|co so)(?!\w)"
)
_OF = (
    r"(?:(?:truc )?thuoc|cua|cap|o|tai|trong|tren dia ban|dong tren dia ban|hoat dong tren dia ban)"
    r"(?: toan)? "
)
_TAIL = re.compile(
    r" ?,? ?(?:(?P<levels>(?:o )?cac cap(?!\w))"
    r"|(?P<related>(?:khac )?(?:co )?lien quan(?: khac)?(?!\w))"
    rf"|(?P<owner>(?:{_OF})?{_OWNER}(?: va (?:tinh|huyen|xa|trung uong|dia phuong)(?!\w))?)"
    r"|(?P<other>khac(?!\w))"
    r"|(?P<functional>chuc nang(?! nhiem vu|,)(?!\w))"
    r"|(?P<region>(?:thuoc |trong |cua )?vung (?=\w)|lan can|giap ranh|trong vung(?!\w)))"
)
_PROVINCE = re.compile(r"(?:[a-z ]+ )?(?<!nhan dan )(?<!nd )(?:tinh|thanh pho|dia phuong)")
_ZONES = re.compile(
    r"(?:(?i:kinh tế trọng điểm|trung du|miền núi|miền|đồng bằng sông|đồng bằng|duyên hải|ven biển"
    r"|biên giới|phía)(?: và | ))*"
)
_COMPASS = ("Bắc", "Nam", "Đông", "Tây", "Trung")
_WHERE = re.compile(r" (?:tren|doc|nam|co)(?= )")
_LONGEST_WHERE = 80
_BREAK = re.compile(r"[,;:.]")
_STATE = frozenset(
    {"sở", "ban", "ngành", "đoàn thể", "cơ quan", "đơn vị", "địa phương", "bộ", "hội"}
)
_OFFICES = frozenset({"sở", "ban", "ngành"})


@dataclass(frozen=True, slots=True)
class Tails:
    """The descriptions up to `end`, in their normal form; `related` where `liên quan` is one."""

    end: int
    words: tuple[str, ...] = ()
    related: bool = False


def read_tails(text: str, shade: str, position: int, nouns: list[str]) -> Tails:
    """What describes the nouns that end at `position`; what says nothing falls away."""
    end, related = position, False
    words: list[str] = []
    for _ in range(_MOST):
        match = _TAIL.match(shade, end)
        apart = match is not None and (match["owner"] or match["levels"]) and "," in match[0]
        if not match or match[0][0] not in " ," or apart:
            break
        end = match.end()
        if match["related"]:
            related = True
            words.append("khác có liên quan" if "khac" in match["related"] else "có liên quan")
        elif match["levels"]:
            words.append("các cấp")
        elif match["other"]:
            words.append("khác")
        elif match["functional"]:
            words.append("chức năng")
        elif match["region"]:
            end = _region_end(text, end)
            words.append(" ".join(text[match.start() : end].split()))
        else:
            sector = (
                lexicon().bare_departments.match(shade, end + 1)
                if match["owner"].endswith("nganh")
                else None
            )
            if sector and shade[end] == " ":
                end = sector.end()
                words.append(_written_out(text[match.start("owner") : end]))
                continue
            end = _owner_end(text, end)
            if not _falls_away(nouns, words, match["owner"]):
                words.append(_written_out(text[match.start("owner") : match.end()]))
    if nouns[-1] in ("tỉnh", "thành phố") and end == position:
        end = _named_region(text, position)
        if end > position:
            return Tails(end, (text[position + 1 : end],))
    if nouns == ["tỉnh"] and not words:
        return _where(text, shade, end)
    return Tails(end, tuple(words), related)


def _region_end(text: str, position: int) -> int:
    """The end of `Bắc Trung Bộ và duyên hải Trung Bộ`, `kinh tế trọng điểm phía Nam`."""
    end = _one_region_end(text, position)
    if end == position or not text.startswith(" và ", end):
        return end
    zones = _ZONES.match(text, end + 4)
    named = PLACE.match(text, zones.end()) if zones else None
    if not zones or not named or not named[0].startswith(_COMPASS):
        return end
    return named.end() if zones[0] or " " in named[0] else end


def _one_region_end(text: str, position: int) -> int:
    zones = _ZONES.match(text, position)
    named = PLACE.match(text, zones.end()) if zones else None
    return named.end() if named else position


def _named_region(text: str, position: int) -> int:
    """The end of a region's name right behind `các tỉnh`: `Tây Nguyên`, `miền núi phía Bắc`."""
    if text[position : position + 1] != " " or read_province(text, position + 1):
        return position
    end = _region_end(text, position + 1)
    return end if end > position + 1 else position


def _owner_end(text: str, position: int) -> int:
    province = read_province(text, position + 1) if text[position : position + 1] == " " else None
    return province[1] if province else position


def _written_out(owner: str) -> str:
    """Its abbreviations written out; the Council's organs with or without `của`."""
    owner = owner.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    owner = owner.replace("uỷ", "ủy")
    return owner.removeprefix("của ") if "Hội đồng nhân dân" in owner else owner


def _falls_away(nouns: list[str], words: list[str], owner: str) -> bool:
    """`thuộc tỉnh` says nothing behind the province's own offices."""
    if not _STATE.issuperset(noun.lower() for noun in nouns):
        return False
    if owner.startswith("cap ") or not _PROVINCE.fullmatch(owner):
        return False
    return bool(_OFFICES.intersection(nouns)) or bool(words) or len(nouns) > 1


def _where(text: str, shade: str, position: int) -> Tails:
    """Provinces told by where they are: `các tỉnh trên tuyến cao tốc`, up to the verb."""
    where = _WHERE.match(shade, position)
    verb = verbs().search(shade, where.end(), where.end() + _LONGEST_WHERE) if where else None
    if not verb or _BREAK.search(shade, position, verb.start()):
        return Tails(position)
    return Tails(verb.start(), (text[position + 1 : verb.start()],))
