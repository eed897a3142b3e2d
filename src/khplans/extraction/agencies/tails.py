"""What describes a group of agencies after its nouns: `thuộc tỉnh`, `có liên quan`, `vùng …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.places import read_province, region_end
from khplans.knowledge.agencies import Noun
from khplans.knowledge.wording import CHARGING_VERB, Wording

_MOST = 3
# Without accents `quận` is `quản`, `phường` is `phương`: words of other meanings.
_LEVEL = "(?!quan|phuong)<level>"
_OWNER = (
    r"(?:<committee of a level> uy|(?:hoi dong nhan dan|hdnd)"
    rf"(?: (?:{_LEVEL}|cac cap))?|(?:uy ban nhan dan|ubnd) {_LEVEL}|{_LEVEL}|<whose>)(?!\w)"
)
_OF = r"(?:<of whom>(?: toan)? )"
_TAIL = Wording(
    r" ?,? ?(?:(?P<levels>(?:o )?cac cap(?!\w))"
    r"|(?P<related>(?:khac )?(?:co )?lien quan(?: khac)?(?!\w))"
    r"|(?P<concerned>huu quan(?!\w))"
    r"|(?P<drafting>chu tri soan thao(?!\w))"
    rf"|(?P<owner>(?:{_OF}?{_OWNER}|cua dang(?!\w))(?: va <owner>(?!\w))?)"
    r"|(?P<other>khac(?!\w))"
    r"|(?P<functional>chuc nang(?! nhiem vu|,)(?!\w))"
    r"|(?P<region>(?:<in an area> )?vung (?=\w)|lan can|giap ranh|trong vung(?!\w)))",
    " có liên quan",
    folded=True,
)
_NORMAL = {
    "levels": "các cấp", "other": "khác", "functional": "chức năng", "concerned": "hữu quan",
    "drafting": "chủ trì soạn thảo",
}  # fmt: skip
_PROVINCE = Wording(
    r"(?:[a-z ]+ )?(?<!nhan dan )(?<!nd )<no name of a place>", "ủy ban tỉnh", folded=True
)
_WHERE = Wording(" <where>(?= )", " trên địa bàn", folded=True)
_LONGEST_WHERE = 80
_BREAK = re.compile(r"[,;:.]")


@dataclass(frozen=True, slots=True)
class Tails:
    """The descriptions up to `end`, in their normal form; `related` where `liên quan` is one."""

    end: int
    words: tuple[str, ...] = ()
    related: bool = False


def read_tails(text: str, shade: str, position: int, nouns: list[Noun]) -> Tails:
    """What describes the nouns that end at `position`; what says nothing falls away.

    >>> from khplans.text.shadow import shadow
    >>> text = "các sở thuộc tỉnh có liên quan"
    >>> read_tails(text, shadow(text), len("các sở"), [Noun("sở", "group", "office")])
    Tails(end=30, words=('có liên quan',), related=True)
    >>> text = "các cơ quan của Đảng"
    >>> read_tails(text, shadow(text), len("các cơ quan"), [Noun("cơ quan", "group")]).words
    ('của Đảng',)
    """
    end, related = position, False
    words: list[str] = []
    for _ in range(_MOST):
        tail = _tail_at(shade, end)
        if not tail:
            break
        related = tail.lastgroup == "related" or related
        end, said = _read_tail(text, shade, tail, nouns, words)
        words += [said] if said else []
    if nouns[-1].sort == "place" and end == position:
        end = _named_region(text, position)
        if end > position:
            return Tails(end, (text[position + 1 : end],))
    if len(nouns) == 1 and nouns[0].sort == "place" and not words:
        return _where(text, shade, end)
    return Tails(end, tuple(words), related)


def _tail_at(shade: str, position: int) -> re.Match[str] | None:
    """A description right after a noun; an owner or levels after a comma are another's.

    >>> [_tail_at(words, 0) is not None for words in (" thuoc tinh", ", cap tinh", ", khac")]
    [True, False, True]
    """
    tail = _TAIL.match(shade, position)
    apart = tail and tail.lastgroup in ("owner", "levels") and "," in tail[0]
    return tail if tail and tail[0][0] in " ," and not apart else None


def _read_tail(
    text: str, shade: str, tail: re.Match[str], nouns: list[Noun], said: list[str]
) -> tuple[int, str]:
    """Where one description ends, and its normal form; empty where it says nothing.

    >>> text = " lien quan khac"
    >>> _read_tail(text, text, _tail_at(text, 0), [Noun("sở", "group")], [])
    (15, 'khác có liên quan')
    """
    if tail.lastgroup == "related":
        return tail.end(), "khác có liên quan" if "khac" in tail["related"] else "có liên quan"
    if tail.lastgroup == "region":
        end = region_end(text, tail.end())
        return end, " ".join(text[tail.start() : end].split())
    if tail.lastgroup == "owner":
        return _read_owner(text, shade, tail, nouns, said)
    return tail.end(), _NORMAL[str(tail.lastgroup)]


def _read_owner(
    text: str, shade: str, tail: re.Match[str], nouns: list[Noun], said: list[str]
) -> tuple[int, str]:
    """Whose the nouns are: a sector's with its field (`của ngành y tế`), a level's, a body's.

    >>> from khplans.text.shadow import shadow
    >>> text = " của ngành Y tế"
    >>> _read_owner(text, shadow(text), _tail_at(shadow(text), 0), [Noun("đơn vị", "group")], [])
    (15, 'của ngành Y tế')
    """
    begin, end = tail.start("owner"), tail.end()
    if tail["owner"].endswith("nganh") and shade[end : end + 1] == " ":
        field = lexicon().bare_departments.match(shade, end + 1)
        if field:
            return field.end(), _written_out(text[begin : field.end()])
    said_nothing = _falls_away(nouns, said, tail["owner"])
    return _owner_end(text, end), "" if said_nothing else _written_out(text[begin:end])


def _named_region(text: str, position: int) -> int:
    """The end of a region's name right after `các tỉnh`: `Tây Nguyên`, `miền núi phía Bắc`.

    >>> texts = " Tây Nguyên", " Khánh Hòa", ", xã"
    >>> [_named_region(text, 0) for text in texts]
    [11, 0, 0]
    """
    if text[position : position + 1] != " " or read_province(text, position + 1):
        return position
    end = region_end(text, position + 1)
    return end if end > position + 1 else position


def _owner_end(text: str, position: int) -> int:
    """The end of the province that stands right after, else the place itself.

    >>> [_owner_end(text, 0) for text in (" Khánh Hòa", "Khánh Hòa", " biển")]
    [10, 0, 0]
    """
    province = read_province(text, position + 1) if text[position : position + 1] == " " else None
    return province[1] if province else position


def _written_out(owner: str) -> str:
    """Its abbreviations written out; the Council's organs with or without `của`.

    >>> _written_out("của HĐND tỉnh"), _written_out("của UBND tỉnh")
    ('Hội đồng nhân dân tỉnh', 'của Ủy ban nhân dân tỉnh')
    """
    owner = owner.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    owner = owner.replace("uỷ", "ủy")
    return owner.removeprefix("của ") if "Hội đồng nhân dân" in owner else owner


def _falls_away(nouns: list[Noun], words: list[str], owner: str) -> bool:
    """`thuộc tỉnh` says nothing after the province's own offices.

    >>> sở, ngành, báo = Noun("sở", "department", "office"), Noun("ngành", "other", "state"), Noun("báo", "other")
    >>> [_falls_away(nouns, [], "thuoc tinh") for nouns in ([sở], [ngành], [ngành, ngành], [sở, báo])]
    [True, False, True, False]
    >>> _falls_away([ngành], ["tinh"], "thuoc tinh"), _falls_away([sở], [], "cap tinh")
    (True, False)
    """
    if not all(noun.sort in ("office", "state") for noun in nouns):
        return False
    if owner.startswith("cap ") or not _PROVINCE.fullmatch(owner):
        return False
    return any(noun.sort == "office" for noun in nouns) or bool(words) or len(nouns) > 1


def _where(text: str, shade: str, position: int) -> Tails:
    """Provinces told by where they are: `các tỉnh trên tuyến cao tốc`, up to the verb.

    >>> from khplans.text.shadow import shadow
    >>> texts = " trên tuyến cao tốc báo cáo", " trên tuyến cao tốc; Sở Y tế báo cáo"
    >>> [_where(text, shadow(text), 0) for text in texts]
    [Tails(end=19, words=('trên tuyến cao tốc',), related=False), Tails(end=0, words=(), related=False)]
    """
    where = _WHERE.match(shade, position)
    verb = CHARGING_VERB.search(shade, where.end(), where.end() + _LONGEST_WHERE) if where else None
    if not verb or _BREAK.search(shade, position, verb.start()):
        return Tails(position)
    return Tails(verb.start(), (text[position + 1 : verb.start()],))
