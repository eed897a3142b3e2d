"""Groups of agencies: `Thủ trưởng các sở, ban, ngành thuộc tỉnh`, `các cơ quan liên quan`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from khplans.extraction.agencies.found import Found
from khplans.extraction.agencies.patterns import lexicon, verbs
from khplans.extraction.agencies.places import PLACE, read_province

_JOINT = (
    r"(?:, ?va |, ?| va | ?/ ?| ?& ?| - |(?<=\bso) (?=ban|nganh)|(?<=\bban) (?=nganh)"
    r"|(?<=co quan) (?=don vi)|(?<=don vi) (?=dia phuong))"
)
_OWNER = (
    r"(?:tinh uy|thanh uy|(?:hoi dong nhan dan|hdnd) (?:tinh|thanh pho|huyen|xa|cac cap)|tinh|thanh pho|huyen|xa|uy ban nhan dan (?:tinh|thanh pho|huyen|xa)"
    r"|ubnd (?:tinh|thanh pho|huyen|xa)|dia phuong|trung uong|tw|nha nuoc|khu vuc"
    r"|toan quoc|ca nuoc|chinh phu|bo|so|nganh|co so)(?!\w)"
)
_TAIL = re.compile(
    r" ?,? ?(?:(?P<levels>(?:o )?cac cap(?!\w))|(?P<related>(?:khac )?(?:co )?lien quan(?: khac)?(?!\w))"
    rf"|(?P<owner>(?:(?:(?:truc )?thuoc|cua|cap|o|tai|dong tren dia ban|hoat dong tren dia ban"
    rf"|tren dia ban|trong)(?: toan)? )?{_OWNER}(?: va (?:tinh|huyen|xa|trung uong|dia phuong)(?!\w))?)"
    r"|(?P<other>khac(?!\w))|(?P<region>(?:thuoc |trong |cua )?vung (?=\w)|lan can|giap ranh"
    r"|trong vung(?!\w)))"
)
_PROVINCE = re.compile(r"(?:[a-z ]+ )?(?<!nhan dan )(?<!nd )(?:tinh|thanh pho|dia phuong)")
_WHERE = re.compile(r" (?:tren|doc|nam|co)(?= )")
_BREAK = re.compile(r"[,;:.]")
_ALL_LEVELS = re.compile(r" cac cap(?!\w)")
_ENDED = re.compile(r" ?(?:[,;.:)]|$)| va ")
_STATE = {"sở", "ban", "ngành", "đoàn thể", "cơ quan", "đơn vị", "địa phương", "bộ", "hội"}
_OFFICES = {"sở", "ban", "ngành"}


@cache
def _group() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = lexicon().noun
    quantity = r"(?:(?:tat ca|toan bo|toan the|ca) )?(?:(?P<cac>cac|nhung|moi|tung|\d{1,2}) )?"
    return re.compile(rf"{quantity}(?P<nouns>{noun}(?:{_JOINT}{noun})*)"), re.compile(noun)


def read_group(text: str, shade: str, position: int, in_list: bool) -> Found | None:
    """The group named from `position` on, in its normal form; None where there is none.

    Without `các` it takes two nouns, or `liên quan`, unless it continues a list.
    """
    pattern, one = _group()
    match = pattern.match(shade, position)
    if not match:
        return None
    nouns = [lexicon().nouns[re.sub(r"\W+", " ", m[0])] for m in one.finditer(match["nouns"])]
    ends = [match.start("nouns") + m.end() for m in one.finditer(match["nouns"])]
    kept = next(
        (i for i in range(1, len(nouns)) if _starts_another(nouns[0].kind, nouns[i].kind)), None
    )
    begins = [match.start("nouns") + m.start() for m in one.finditer(match["nouns"])]
    named = next((i for i in range(1, len(nouns)) if _named(shade, begins[i], ends[i])), None)
    kept = min((k for k in (kept, named) if k is not None), default=None)
    if kept is None and match["cac"] and len(nouns) > 1 and _ALL_LEVELS.match(shade, ends[-1]):
        kept = len(nouns) - 1
    if kept is not None:
        nouns, ends = nouns[:kept], ends[:kept]
    words = [noun.words for noun in nouns]
    end, tails, related = (
        _tails(text, shade, ends[-1], words) if kept is None else (ends[-1], [], False)
    )
    if not match["cac"] and not _exact(text[match.start("nouns") : ends[-1]], words):
        return None
    if not (match["cac"] or len(words) > 1 or related or in_list):
        return None
    if not match["cac"] and not tails and not _ENDED.match(shade, end):
        return None
    if words == ["cấp"] and re.match(r" (?:co tham quyen|tren|duoi|uy)", shade[end:]):
        return None
    kinds = {noun.kind for noun in nouns}
    kind = nouns[0].kind if len(kinds) == 1 or "central" in kinds else "group"
    return _found(position, end, words, tails, match, one, kind)


def _exact(text: str, words: list[str]) -> bool:
    """Without `các` the accents must be right: `Trưởng ban` is not `trường, ban`."""
    spelt = unicodedata.normalize("NFC", text.casefold())
    return all(word.casefold() in spelt for word in words)


def _named(shade: str, begin: int, end: int) -> bool:
    """Whether a noun opens a body's own name: `ủy ban` in `Ủy ban nhân dân các xã`."""
    match = lexicon().named.match(shade, begin)
    return bool(match) and match.end() > end if match else False


def _starts_another(first: str, kind: str) -> bool:
    return (first == "other") != (kind == "other")


def _found(
    position: int, end: int, words: list[str], tails: list[str], match: re.Match[str],
    one: re.Pattern[str], kind: str,
) -> Found:  # fmt: skip
    joints = one.split(match["nouns"])[1 : len(words)]
    name = words[0]
    for joint, word in zip(joints, words[1:], strict=True):
        name += (" và " if "va" in joint.split() else ", ") + word
    central = kind == "central" or any("trung ương" in tail.lower() for tail in tails)
    return Found(
        position,
        end,
        " ".join(["Các", name, *tails]),
        "central" if central else kind,
        central=central,
    )


def _tails(text: str, shade: str, position: int, words: list[str]) -> tuple[int, list[str], bool]:
    end, tails, related = position, [], False
    for _ in range(3):
        match = _TAIL.match(shade, end)
        if not match or match.end() == end or match[0][0] not in " ,":
            break
        if match["related"]:
            related = True
            tails.append("khác có liên quan" if "khac" in match["related"] else "có liên quan")
            end = match.end()
        elif match["levels"]:
            tails.append("các cấp")
            end = match.end()
        elif match["other"]:
            tails.append("khác")
            end = match.end()
        elif match["region"]:
            region = re.compile(r"(?: và )?").match(text, match.end())
            assert region
            place = PLACE.match(text, match.end())
            stop = place.end() if place else match.end()
            more = re.compile(r" và (?=\w)").match(text, stop)
            further = (
                re.compile(r"(?:duyên hải )?").match(text, more.end()) if more and place else None
            )
            last = PLACE.match(text, further.end()) if further else None
            stop = last.end() if last else stop
            tails.append(" ".join(text[match.start() : stop].split()))
            end = stop
        else:
            end, owner = _owner(text, shade, match)
            if not _falls_away(words, tails, shade[match.start("owner") : match.end()]):
                tails.append(owner)
    if words == ["tỉnh"] and not tails:
        where = _WHERE.match(shade, end)
        verb = verbs().search(shade, where.end(), where.end() + 80) if where else None
        if verb and not _BREAK.search(shade, end, verb.start()):
            return verb.start(), [text[end + 1 : verb.start()]], related
    return end, tails, related


def _owner(text: str, shade: str, match: re.Match[str]) -> tuple[int, str]:
    owner = text[match.start("owner") : match.end()]
    owner = re.sub(r"UBND", "Ủy ban nhân dân", owner).replace("HĐND", "Hội đồng nhân dân")
    end = match.end()
    province = read_province(text, end + 1) if shade[end : end + 1] == " " else None
    return (province[1] if province else end), owner


def _falls_away(words: list[str], tails: list[str], owner: str) -> bool:
    """`thuộc tỉnh` says nothing behind the province's own offices."""
    if not _STATE.issuperset(word.lower() for word in words):
        return False
    if owner.startswith("cap ") or not _PROVINCE.fullmatch(owner):
        return False
    return bool(_OFFICES.intersection(words)) or bool(tails) or len(words) > 1
