"""Laws cited by name: `Luật Đất đai năm 2024`, `Bộ luật Lao động số 45/2019/QH14`, `Hiến pháp 2013`.

A law that amends others names them in its title; the whole is one mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from khplans.knowledge.laws import laws_by_name
from khplans.text.dates import DAY, parse_day
from khplans.text.fold import fold

_KIND: Final = r"B[ộỘ] ?[lL][uU][ậẬ][tT]|[Ll]uật|LUẬT|[Pp]háp lệnh|PHÁP LỆNH|[Hh]iến pháp|HIẾN PHÁP"
_HEAD = re.compile(rf"(?<!\w)(?:{_KIND})(?!\w)")
_NOT_LAW = re.compile(
    r"(?:pháp|kỷ|quy|âm|Đại học|ngành|khoa|môn|học|trường|định|phạm|hội|gia)\s$", re.IGNORECASE
)
_NUMBER = (
    r"\d{1,3}[a-z]?/(?:19|20)\d\d/(?:UBTVQH|QH) ?\d{0,2}(?!\w)|\d{1,3}-L/CTN|\d{1,3}[-/]LCT/HĐNN\d"
)
_WHEN = rf"(?:,? (?P<day>\(?{DAY})|,? (?:năm )?(?P<year>(?:19|20)\d\d)(?!\w|[/.-]\d))"
_CITED = re.compile(
    rf"(?P<name>(?: [^\s;:.\"“”]{{1,30}}){{0,30}}?)(?P<open> \()?(?:,? ?\(?(?:luật )?số:? ?(?P<number>{_NUMBER})\)?)?{_WHEN}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?P<name>(?: [^\s;:.\"“”]{{1,30}}){{0,30}}?)(?:,? \(?(?:luật )?s[ốọóổôo6]:?)? ?(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_AMENDING = re.compile(r" ?s[ửứ]a đổi(?!\s*(?:năm|\)))", re.IGNORECASE)
_AMENDED = re.compile(
    rf"(?P<title>[^;:“”\"]{{10,600}}?)(?: (?P<day>{DAY})|,? năm (?P<year>(?:19|20)\d\d)(?!\w))",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?<!\w)(?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|căn cứ|theo|thực hiện|tại"
    r"|đã|trong|từ|đến|vào|cho|trên|nhằm|khi|sẽ|để|các văn bản|và các|hoặc|như|nếu|phải|giai đoạn"
    r"|tháng|quý|chương trình|báo cáo|công tác|tuyên truyền|phổ biến|được|thời gian|hàng năm"
    r"|hằng năm|đợt|ban hành văn bản hướng dẫn|có hiệu lực|triển khai)(?!\w)",
    re.IGNORECASE,
)
_IN_TITLES = frozenset({"theo", "trong", "trên", "cho", "thực hiện", "đến", "phải", "và các"})
_PASSED = re.compile(
    r",? (?:đã )?(?:được|do|của) (?:Quốc hội|Ủy ban Thường vụ Quốc hội|Uỷ ban Thường vụ Quốc hội)"
    r"(?: nước Cộng h[òo][àa] xã hội chủ nghĩa Việt Nam)?(?:,? khóa \w+|,? khoá \w+)?"
    r"(?:,? kỳ họp thứ \w+)?,?(?: (?:đã )?(?:thông qua|ban hành))?$",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r" ?(?:\((?:sửa đổi|bổ sung|hợp nhất|thay thế|mới)[^)]{0,30}\)?| ?(?:sửa đổi|bổ sung)[\w, ]{0,20})$",
    re.IGNORECASE,
)
_DAY_BEHIND = re.compile(rf"\)?,? \(?(?P<day>{DAY})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class LawMention:
    """A law cited at `text[i:j]`; `until` is where its title with all it names ends."""

    i: int
    j: int
    until: int
    kind: str
    name: str
    number: str | None
    date: date | None
    year: int | None


def find_laws(text: str) -> list[LawMention]:
    """Laws, codes, ordinances and the Constitution cited by name with a number, date or year.

    >>> [(m.kind, m.name, m.date) for m in find_laws("Căn cứ Luật Đất đai ngày 18/01/2024;")]
    [('Luật', 'Đất đai', datetime.date(2024, 1, 18))]
    """
    found: list[LawMention] = []
    position = 0
    for head in _HEAD.finditer(text):
        if head.start() < position or _NOT_LAW.search(text, max(0, head.start() - 9), head.start()):
            continue
        mention = _amending(text, head) or _named(text, head)
        if mention is not None:
            found.append(mention)
            position = mention.until
    return found


def _kind(head: str) -> str:
    return head[:1].upper() + head[1:].lower()


def _amending(text: str, head: re.Match[str]) -> LawMention | None:
    own = _NUMBERED.match(text, head.end())
    if own is not None and own["name"]:
        own = None
    own_day = _DAY_BEHIND.match(text, own.end()) if own else None
    start = (own_day or own or head).end()
    if not _AMENDING.match(text, start):
        return None
    title = _AMENDED.match(text, start)
    if title is not None and not _one_title(title["title"]):
        title = None
    if own is None and title is None:
        return None
    day = parse_day(own_day["day"]) if own_day else None
    if day is None and title is not None and title["day"]:
        day = parse_day(title["day"])
    until = title.end() if title else start
    return LawMention(
        head.start(),
        until if own is None else start,
        until,
        _kind(head[0]),
        (title["title"] if title else "").strip(),
        _tidy(own["number"]) if own else None,
        day,
        day.year if day else _year(own["number"] if own else title and title["year"]),
    )


def _one_title(title: str) -> bool:
    """Whether it is one law's title, not the words of another sentence or another document's."""
    rest = re.sub(r"một số điều|bổ sung|sửa đổi", "", title, flags=re.IGNORECASE)
    other = _OTHER.search(rest)
    return (other is None or other[0].lower() in _IN_TITLES) and (". " not in title)


def _named(text: str, head: re.Match[str]) -> LawMention | None:
    best: LawMention | None = None
    for pattern in (_NUMBERED, _CITED):
        match = pattern.match(text, head.end())
        if match is None or not _is_name(head[0], match["name"]):
            continue
        groups = match.groupdict()
        number, end, day = groups.get("number"), match.end(), None
        if pattern is _NUMBERED:
            when = _DAY_BEHIND.match(text, end)
            if when:
                end, day = when.end(), parse_day(when["day"])
        elif groups["day"]:
            day = parse_day(groups["day"])
        name = _plain(match["name"])
        mention = LawMention(
            head.start(),
            end,
            end,
            _kind(head[0]),
            name,
            _tidy(number) if number else None,
            day,
            day.year if day else _year(number or groups.get("year")),
        )
        if best is None or mention.j < best.j:
            best = mention
    return best


def _is_name(head: str, written: str) -> bool:
    """Whether the words between `Luật` and its number or date can be a law's name."""
    name = _plain(written)
    if head.lower() == "hiến pháp":
        return not name or fold(name).startswith("nuoc")
    known = laws_by_name().get(fold(name))
    if known and (" " in name or name.casefold() == known.casefold()):
        return True
    if not name:
        return written == "" or bool(_QUALIFIER.search(written))
    if _OTHER.search(name.split(" ", 1)[-1] if " " in name else "") or not name[0].isupper():
        return False
    return not _HEAD.search(name) and name.count(",") <= 2 and not re.search(r"\d", name)


def _plain(written: str) -> str:
    """The name without `(sửa đổi)` and without who passed it."""
    return _QUALIFIER.sub("", _PASSED.sub("", written)).strip(" ,(")


def _tidy(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


def _year(written: str | None) -> int | None:
    found = _YEAR.search(written or "")
    return int(found[0]) if found else None
