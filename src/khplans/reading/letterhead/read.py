"""A document's top: the letterhead's fields, the kind and the title put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import issuers_by_name
from khplans.knowledge.provinces import Province
from khplans.knowledge.wording import Wording
from khplans.model import BlockKind
from khplans.reading.layout.columns import opens_table
from khplans.reading.layout.items import numbered_lines
from khplans.reading.letterhead.fields import Fields, read_fields
from khplans.reading.letterhead.issuers import complete_issuer, issuer_of_number
from khplans.reading.letterhead.number_in_title import (
    kind_before_number,
    kind_before_subject,
    with_number_inside,
)
from khplans.reading.letterhead.subjects import read_subject, subject_at
from khplans.reading.letterhead.titles import TitleLines, is_title, names_issuer, read_title
from khplans.reading.lines.document_numbers import NUMBER, symbol_parts
from khplans.reading.lines.flattened import flatten
from khplans.reading.lines.line import AtLine, Line
from khplans.reading.lines.line_kinds import is_annex_label, kind_line, opens_body, stamps
from khplans.rules import Rule, Rules, always
from khplans.text.fold import fold
from khplans.text.passage import Span

_FIGURE = Wording(r"\d ?(?:%|(?:<thousand> )?(?:<billion>|triệu)\b)", "12 nghìn tỷ", exact=True)
_NUMBERED = Wording(rf"\bso\s*:?\s*{NUMBER}", "so: 12/kh-ubnd")
# The Central Committee's organs wrote under its name, with their own below the kind (`CỦA BAN BÍ THƯ`).
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The fields above a document's body; `kinds` says what each line from `first` to `end` is."""

    first: int
    end: int
    kinds: dict[int, BlockKind]
    number: str | None
    number_raw: str | None
    number_line: int | None
    document_type: str | None
    title: str | None
    date: date | None
    place: str | None
    province: Province | None
    issuer: str | None


def read_letterhead(source: str, lines: Sequence[Line], first: int, stop: int) -> Letterhead:
    """Read the top of the document whose lines are `first:stop`.

    >>> text = "CHÍNH PHỦ\\nSố: 12/NQ-CP\\nHà Nội, ngày 5 tháng 1 năm 2023\\nNGHỊ QUYẾT\\nVề giá đất\\nĐiều 1. A"
    >>> found = read_letterhead(text, numbered_lines(text), 0, 6)
    >>> found.number, found.document_type, found.title, found.issuer, found.end
    ('12/NQ-CP', 'Nghị quyết', 'Về giá đất', 'Chính phủ', 5)
    """
    at, sort = _top(lines, first, stop)
    marks = stamps(lines, first, at)
    title, beside = _title(lines, at, stop, sort)
    above = [i for i in range(first, at) if i not in marks and not _runs_on(lines[i])]
    flat = flatten(source, lines, (*above, *beside))
    span = Span(lines[first].start, lines[max(first, title.end - 1)].end)
    fields = read_fields(flat, span)
    title = _told_once(title, fields)
    number = fields.number or title.number
    number_line = at if _number_inside(fields, title) else None
    if fields.number_at is not None:
        number_line = flat.line_at(fields.number_at)
    kind = title.kind
    if number or sort == "subject":
        kind = kind or _kind_of(number)
    return Letterhead(
        first=first,
        end=title.end,
        kinds=_kinds(first, title, marks),
        number=number,
        number_raw=fields.number_raw or title.number_raw,
        number_line=number_line,
        document_type=kind,
        title=title.title,
        date=_date(fields, title),
        place=fields.place,
        province=fields.province,
        issuer=_issuer(fields, title, number, span),
    )


def _title(
    lines: Sequence[Line], at: int, stop: int, sort: Top
) -> tuple[TitleLines, Sequence[int]]:
    """The title that begins at a line, and the lines of the letterhead at it and below.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = ("KẾ HOẠCH\\nTrồng rừng", "kind"), ("V/v trồng rừng", "subject"), ("Trồng rừng", "other")
    >>> [_title(lines_of(text), 0, len(lines_of(text)), sort)[0].title for text, sort in texts]
    ['Trồng rừng', 'V/v trồng rừng', None]
    """
    if sort in ("kind", "title"):
        title = read_title(lines, at, stop)
        return title, [i for i in title.letterhead_lines if not lines[i].capitals]
    if sort == "named" and (kind := kind_before_number(lines[at].text)):
        return _after_kind(lines, at, stop, kind), ()
    if sort == "headline" and (kind := kind_before_subject(lines[at].text)):
        title = _headline(lines, at, stop, kind)
        return title, title.letterhead_lines
    if sort == "subject":
        title = read_subject(lines, at, stop)
        after_number = bool(subject_at(lines[at]))
        return title, [*([at] if after_number else []), *title.letterhead_lines]
    return TitleLines(None, None, at, ()), ()


def _after_kind(lines: Sequence[Line], at: int, stop: int, kind: str) -> TitleLines:
    """The title of a line that begins with kind and number, with the subject on the line below.

    >>> lines = numbered_lines("QUYẾT ĐỊNH số 5/QĐ-UBND ngày 05/01/2024\\nVề việc giao đất")
    >>> _after_kind(lines, 0, 2, "Quyết định").title
    'số 5/QĐ-UBND ngày 05/01/2024 Về việc giao đất'
    """
    title = TitleLines(kind, lines[at].text[len(kind) :].strip(), at + 1, (at,))
    if at + 1 == stop or subject_at(lines[at + 1]) is None:
        return title
    below = read_subject(lines, at + 1, stop)
    words = f"{title.title} {below.title or ''}"
    return replace(below, kind=kind, title=words, title_lines=(at, *below.title_lines))


def _headline(lines: Sequence[Line], at: int, stop: int, kind: str) -> TitleLines:
    """The title of a line that begins with the kind and goes on with the subject, the body that decides below it.

    >>> lines = numbered_lines("Quyết định về việc giao đất\\nỦy ban nhân dân tỉnh Hà Giang\\nCăn cứ Luật Đất đai;")
    >>> found = _headline(lines, 0, 3, "Quyết định")
    >>> found.title, found.letterhead_lines, found.end
    ('về việc giao đất', (1,), 2)
    """
    end = at + 1
    while end < min(stop, at + 5) and names_issuer(lines[end]):
        end += 1
    title = lines[at].text[len(kind) :].strip()
    return TitleLines(kind, title, end, (at,), tuple(range(at + 1, end)))


def _told_once(title: TitleLines, fields: Fields) -> TitleLines:
    """The title without the number that stands in it, where the letterhead has none or the same.

    >>> told = TitleLines("Nghị quyết", "CỦA CHÍNH PHỦ SỐ 03/NQ-CP VỀ GIÁ ĐẤT", 1, (0,))
    >>> [_told_once(told, Fields(number=number)).title for number in (None, "03/nq-cp", "4/NQ-CP")]
    ['VỀ GIÁ ĐẤT', 'VỀ GIÁ ĐẤT', 'CỦA CHÍNH PHỦ SỐ 03/NQ-CP VỀ GIÁ ĐẤT']
    >>> [_told_once(told, Fields(number=number)).number for number in (None, "03/nq-cp", "4/NQ-CP")]
    ['03/NQ-CP', None, None]
    """
    told = with_number_inside(title)
    if fields.number is None:
        return told
    if told.title and told.number and told.number.upper() == fields.number.upper():
        return replace(title, title=told.title, issuer=title.issuer or told.issuer)
    return title


def _number_inside(fields: Fields, title: TitleLines) -> bool:
    """Whether the number stands in the title alone."""
    return fields.number is None and title.number is not None


def _date(fields: Fields, title: TitleLines) -> date | None:
    """The title's date where it tells the number, too; else the letterhead's.

    >>> title = TitleLines("Kế hoạch", "Trồng rừng", 1, (0,), date=date(2024, 1, 2))
    >>> own = Fields(number="5/KH-UBND", date=date(2025, 1, 2))
    >>> [str(_date(own, one)) for one in (title, replace(title, date=None), replace(title, number="5/KH-UBND"))]
    ['2025-01-02', '2025-01-02', '2025-01-02']
    >>> str(_date(Fields(), title))
    '2024-01-02'
    """
    if _number_inside(fields, title):
        return title.date or fields.date
    return fields.date or title.date


def _kinds(first: int, title: TitleLines, marks: set[int]) -> dict[int, BlockKind]:
    """What each line down to the title's end is, by index."""
    kinds: dict[int, BlockKind] = dict.fromkeys(range(first, title.end), "letterhead")
    kinds |= dict.fromkeys(title.title_lines, "title")
    stamped = (i for i in (*marks, *title.furniture) if i < title.end)
    return kinds | dict.fromkeys(stamped, "furniture")


@dataclass(frozen=True, slots=True)
class NamedBodies:
    """The bodies that the letterhead and the lines of the title name, and the document's number."""

    fields: Fields
    title: TitleLines
    number: str | None
    span: Span | None = None

    @property
    def title_names_organ(self) -> bool:
        """Whether the title names an organ of the body whose letterhead it is: `Văn phòng` of `Chính phủ`."""
        organ, body = (
            issuers_by_name().get(fold(issuer or ""))
            for issuer in (self.title.issuer, self.fields.issuer)
        )
        return organ is not None and body is not None and organ.under == body.name


def _named(
    above: str | None, title: str | None, number: str | None, in_title: bool = False
) -> NamedBodies:
    """Bodies named above the kind and below it; the number above, or else in the title."""
    fields = Fields(number=None if in_title else number, issuer=above)
    lines = TitleLines(None, None, 1, (0,), issuer=title, number=number if in_title else None)
    return NamedBodies(fields, lines, number)


# fmt: off
ISSUING_BODY: Rules[NamedBodies, Callable[[NamedBodies], str | None]] = Rules("issuing-body", _named, (
    Rule("beside-the-number-in-the-title", ("Quốc hội", "Chính phủ", "03/NQ-CP", True),
         lambda named: _number_inside(named.fields, named.title) and named.title.issuer,
         lambda named: named.title.issuer),
    Rule("organ-of-the-central-committee", ("Ban Chấp hành Trung ương", "Ban Bí thư", "03-CT/TW"),
         lambda named: named.title_names_organ,
         lambda named: named.title.issuer),
    Rule("letterhead", ("Bộ Y tế", "Bộ trưởng Bộ Y tế", "12/QĐ-BYT"),
         lambda named: named.fields.issuer, lambda named: named.fields.issuer),
    Rule("under-the-title", (None, "Bộ Y tế", "12/QĐ-BYT"),
         lambda named: named.title.issuer, lambda named: named.title.issuer),
    Rule("symbol-of-the-number", (None, None, "12/QĐ-BYT"),
         lambda named: named.number,
         lambda named: issuer_of_number(named.number or "", named.fields.province)),
    Rule("nowhere-named", (None, None, None),
         always, lambda named: None),
))
# fmt: on


def _issuer(fields: Fields, title: TitleLines, number: str | None, span: Span) -> str | None:
    """The body that issued the document, its name complete.

    >>> title = TitleLines(None, None, 1, (0,), issuer="Bộ Y tế")
    >>> _issuer(Fields(), title, "12/QĐ-BYT", Span(0, 1))
    'Bộ Y tế'
    """
    named = NamedBodies(fields, title, number, span)
    issuer = ISSUING_BODY.decide(named)(named)
    if not issuer:
        return None
    return complete_issuer(issuer, title.issuer, number, fields.place, fields.province, span)


def _runs_on(line: Line) -> bool:
    """Whether a line is a sentence: no letterhead has any.

    >>> [_runs_on(line) for line in numbered_lines("Sở Y tế\\n" + "rà soát các cơ sở " * 9)]
    [False, True]
    """
    text = line.text
    return len(text) > 120 and sum(map(str.islower, text)) > 0.6 * len(text)


@dataclass(frozen=True, slots=True)
class TopLine(AtLine):
    """A line at the top of a document, by its index, and the line that the document begins with."""

    first: int = 0

    @property
    def below_number(self) -> bool:
        """Whether a number stands above."""
        return any(_NUMBERED.search(above.low) for above in self.lines[self.first : self.i])


def _begins_text(top: TopLine) -> bool:
    """Whether a line has a marker that no letterhead has: `I.`, `1.` before a sentence, or a mark alone over its words."""
    marker = top.line.marker
    if marker is None or marker.bullet:
        return False
    sentence = len(top.line.text) > 40 or top.line.text.endswith((".", ";"))
    alone = len(top.line.text) <= marker.end
    return marker.kind == "roman" or alone or (sentence and len(top.line.text) > marker.end + 2)


def _heads_items(top: TopLine) -> bool:
    """Whether a text begins with a numbered heading, however short, above an item of its own.

    >>> [_heads_items(_top_of(text)) for text in ("5. Sở Y tế\\na) Rà soát các cơ sở.", "5. Sở Y tế\\nKẾ HOẠCH")]
    [True, False]
    """
    marker = top.line.marker
    if top.i != top.first or marker is None or marker.bullet:
        return False
    below = next((line for line in top.lines[top.i + 1 : top.i + 4] if line.text), None)
    return below is not None and below.marker is not None and below.marker.level > marker.level


def _top_of(text: str, i: int = 0) -> TopLine:
    return TopLine(numbered_lines(text), i)


def _names_its_subject(top: TopLine) -> bool:
    """Whether a text begins with a kind and its subject, and below stands a body, a legal basis or the first part."""
    if top.i != top.first or not kind_before_subject(top.line.text):
        return False
    below = next((line for line in top.lines[top.i + 1 : top.i + 4] if line.text), None)
    return below is not None and bool(names_issuer(below) or opens_body(below) or below.marker)


Top = Literal["kind", "title", "named", "headline", "subject", "body", "letterhead"]
"""What a line at the top of a document is."""
# fmt: off
TOP_LINES: Rules[TopLine, Top] = Rules("top-lines", _top_of, (
    Rule("annex-alone", ("Phụ lục II\n(Kèm theo Quyết định số 5/QĐ-UBND)\nKẾ HOẠCH",),
         lambda top: top.i == top.first and is_annex_label(top.line), "body"),
    Rule("kind", ("KẾ HOẠCH",),
         lambda top: kind_line(top.line), "kind"),
    Rule("title-without-kind", ("Số: 12/QĐ-BYT\nVỀ VIỆC PHÊ DUYỆT QUY HOẠCH", 1),
         lambda top: is_title(top.lines, top.i) and top.below_number, "title"),
    Rule("names-itself", ("Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh Hà Giang về trồng rừng",),
         lambda top: top.i == top.first and kind_before_number(top.line.text), "named"),
    Rule("names-its-subject", ("Quyết định về việc giao đất\nCăn cứ Luật Đất đai;",),
         _names_its_subject, "headline"),
    Rule("subject", ("V/v hướng dẫn xếp lương",),
         lambda top: subject_at(top.line) is not None, "subject"),
    Rule("text-begins", ("Căn cứ Luật Du lịch;",),
         lambda top: opens_body(top.line), "body"),
    Rule("table", ("TT\nNội dung\nĐơn vị chủ trì",),
         lambda top: opens_table(top.lines, top.i), "body"),
    Rule("amount-or-share", ("Thu ngân sách đạt 8,1%",),
         lambda top: _FIGURE.search(top.line.text), "body"),
    Rule("numbered-item", ("1. Sở Y tế chủ trì tham mưu Ủy ban nhân dân tỉnh",),
         _begins_text, "body"),
    Rule("heading-of-items", ("5. Sở Y tế\na) Rà soát các cơ sở.",),
         _heads_items, "body"),
    Rule("sentence", ("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ngành:",),
         lambda top: len(top.line.text) > 40 and top.line.text.endswith((".", ";", ":")) and not top.line.capitals, "body"),
    Rule("still-letterhead", ("ỦY BAN NHÂN DÂN",),
         always, "letterhead"),
))
# fmt: on


def _top(lines: Sequence[Line], first: int, stop: int) -> tuple[int, Top]:
    """Where the letterhead ends: at the kind, at a title without one, a letter's subject, the body.

    >>> _top(numbered_lines("SỞ Y TẾ\\nSố: 12/KH-SYT\\nKẾ HOẠCH"), 0, 3)
    (2, 'kind')
    """
    stop = min(stop, first + _MOST_LINES)
    for i in range(first, stop):
        sort = TOP_LINES.decide(TopLine(lines, i, first))
        if sort != "letterhead":
            return i, sort
    return stop, "body"


def _kind_of(number: str | None) -> str:
    """The kind that a number's symbol stands for; a letter's has none.

    >>> _kind_of("12/KH-UBND"), _kind_of("318/BNV-TL"), _kind_of(None)
    ('Kế hoạch', 'Công văn', 'Công văn')
    """
    parts = symbol_parts(number) if number else ()
    kind = types_by_symbol().get(parts[0].upper()) if parts else None
    return kind.name if kind else "Công văn"
