"""Kind and title of a document, and where its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.headings import heading_role
from khplans.knowledge.wording import Wording, opening_words
from khplans.reading.layout.columns import heads_table
from khplans.reading.layout.items import numbered_lines
from khplans.reading.letterhead.issuers import read_issuer
from khplans.reading.lines.line import AtLine, Line
from khplans.reading.lines.line_kinds import (
    is_annex_label,
    is_drawn_rule,
    kind_line,
    opens_body,
    stamps,
)
from khplans.reading.lines.markers import Marker
from khplans.reading.lines.phrases import MOTTO, find_date
from khplans.rules import Rule, Rules, always, once

_AUTHORITY = Wording(
    r"chinh phu$|khoa (?!hoc\b)\w+|bo <opens a ministry>[a-z ]*$", "bộ y tế", folded=True
)
_OF_BODY = Wording(
    r"(?i:của) (?:<central authority>|(?:BỘ TRƯỞNG )?BỘ [^\d,.]{3,60}"
    r"|(?:CHỦ TỊCH )?(?:UBND|[ỦU][YỶ] BAN NHÂN DÂN|HĐND|HỘI ĐỒNG NHÂN DÂN)"
    r" (?:(?! VỀ | V/V )[^\d,.]){3,40})$",
    "CỦA THỦ TƯỚNG CHÍNH PHỦ",
    exact=True,
)
_LEADS_ON = Wording(r"(?:[,(\-–]|\b<leads on in a title>)$|^HỘI NGHỊ ", "VỀ VIỆC TĂNG CƯỜNG VÀ")
_OPENER = Wording(r"<opens the body>\b", "căn cứ luật", folded=True)
# What reading machines make of a stamp or a scribble beside the title.
_JUNK = re.compile(r"[¬£§~^#@\\|{}<>=+_]")
_DRAWN = re.compile(r"[-–—_=*\\\s]{5,}")
_ENDED = re.compile(r"[.;:,]$")
_MOST_LINES = 100
# A line that holds nothing but the years at the end of a title.
_YEARS = Wording(
    r"(?:năm |NĂM )?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*", "NĂM 2024", exact=True
)
_OFFICE = Wording(r"<office>\b", "chủ tịch", folded=True)
_SESSION = Wording("<session>", "khóa", folded=True)
_UNFINISHED = Wording(r"(?:[,(\-–]|\b<unfinished title>)$", "CỦA TỈNH")
_OF_COMMITTEE = Wording(
    r"cua (?:chu tich )?<committee or ministry>\b.{0,60}? (?=(?:ve|v ?/ ?v)\b)",
    "của ubnd tỉnh về việc",
    folded=True,
)
_SUBJECT = re.compile(r"v ?/ ?v\b")
# A short form of what stands above: `(KPI) đối với …`, but not `(Kèm theo Quyết định …)`.
_IN_BRACKETS = re.compile(r"\([^()]{2,40}\) \w")


def _names_authority(key: str) -> bool:
    """Whether a line says who issued the document, or when that body met.

    >>> [_names_authority(key) for key in ("chu tich uy ban nhan dan", "khoa xv", "bo y te", "ke hoach")]
    [True, True, True, False]
    """
    return bool(opening_words("authority").match(key) or _AUTHORITY.match(key))


@dataclass(frozen=True, slots=True)
class TitleLines:
    """Kind, title and what else the lines of the title say; indices of the lines of each sort.

    `end` is the index of the line after them; `number` and `date` are those of a title that has them.
    """

    kind: str | None
    title: str | None
    end: int
    title_lines: tuple[int, ...]
    letterhead_lines: tuple[int, ...] = ()
    furniture: tuple[int, ...] = ()
    issuer: str | None = None
    number: str | None = None
    number_raw: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A title as far as it is read.

    `parts` are its pieces, `title` and `letterhead` the lines (by index) that are its own and those
    of the letterhead between them; `body` is whose document it is, where that is said (`CỦA CHÍNH PHỦ`).
    """

    parts: tuple[str, ...]
    title: tuple[int, ...]
    letterhead: tuple[int, ...] = ()
    body: str = ""

    def add(self, i: int, text: str) -> Gathered:
        """The same with one line more of the title."""
        return replace(self, parts=(*self.parts, text), title=(*self.title, i))

    def beside(self, i: int, body: str = "") -> Gathered:
        """The same with one line more of the letterhead, which may name the body."""
        return replace(self, letterhead=(*self.letterhead, i), body=body or self.body)


@dataclass(frozen=True)
class BelowKind(AtLine):
    """A line below the one that announces the kind, and the title as far as it is read above it."""

    stop: int
    above: Gathered
    stamped: bool

    @property
    def before(self) -> Line:
        """The line above, whatever it is."""
        return self.lines[self.i - 1]

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def begun(self) -> bool:
        """Whether the title has begun, be it on the kind's own line."""
        return bool(self.above.parts)

    @property
    def below_kind(self) -> bool:
        """Whether the title has begun, and on a line of its own below the kind's."""
        return self.begun and len(self.above.parts) < len(self.above.title)

    @property
    def below_small(self) -> bool:
        """Whether it stands below a line of the title in small letters."""
        return self.below_kind and not self.before.capitals

    @property
    def last(self) -> str:
        """The title's last piece."""
        return self.above.parts[-1] if self.begun else ""

    @property
    def under_title(self) -> bool:
        """Whether a line of the title stands below the kind's, or the kind's is far above."""
        return len(self.above.title) > 1 or self.i > self.above.title[0] + 3

    @once
    def adjacent(self) -> bool:
        """Whether no blank line stands above."""
        return self.line.row - self.before.row == 1

    @property
    def goes_right_on(self) -> bool:
        """Whether it stands right below the title so far."""
        return self.begun and self.adjacent

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[:1].islower()

    @property
    def small_below_blank(self) -> bool:
        """Whether it begins with a small letter (`giai đoạn …`), a blank line below a title in small letters."""
        return self.begun and not self.adjacent and not self.before.capitals and self.small

    @property
    def open(self) -> bool:
        """Whether no mark ends it."""
        return self.text[-1:] not in ".;:,"

    @property
    def short(self) -> bool:
        """Whether it is no longer than a line of a title, and no sentence or list ends with it."""
        return len(self.text) < 200 and self.text[-1:] not in ".;:"

    @property
    def marker(self) -> Marker | None:
        """The number, letter or bullet that it begins with."""
        return self.line.marker

    @property
    def verdict(self) -> bool:
        """Whether it is the word over what is decided: a kind of document with a colon, or `QUYẾT NGHỊ:`."""
        named = self.key == "quyet nghi" or self.key in types_by_name()
        return named and self.text.endswith(":")

    @once
    def opens_body(self) -> bool:
        """Whether it is running text."""
        return opens_body(self.line)

    @once
    def opener(self) -> bool:
        """Whether it begins with words that usually open the text, though titles give orders, too."""
        orders = self.key.startswith(("trien khai", "thuc hien"))
        return not orders and opening_words("opener").match(self.key) is not None

    @once
    def names_body(self) -> bool:
        """Whether it names a body in capitals."""
        of_subject = self.key.startswith(("ve viec", "ve "))
        return self.line.capitals and not of_subject and _names_authority(self.key)


def _bullet_in_title(case: BelowKind) -> bool:
    """A dash before a small letter, right below the title: `- giai đoạn 2021-2025`."""
    marker = case.marker
    if not (marker and marker.bullet and case.goes_right_on):
        return False
    return case.text[marker.end : marker.end + 1].islower()


def _sentence_over_blank(case: BelowKind) -> bool:
    """A small letter goes on with a long title that ends no sentence: `… phát triển`, blank line, `kinh tế biển`."""
    open_above = len(case.last) > 50 and not _ENDED.search(case.last)
    return case.small_below_blank and open_above and len(case.text) < 200


def _long_title(case: BelowKind) -> bool:
    """A title of one long line: `Về việc …`, more than two lines wide."""
    long = 260 < len(case.text) < 700
    return not case.begun and long and case.open and not _OPENER.match(case.key)


def _order(case: BelowKind) -> bool:
    """Words of an order where the title may begin: `Thực hiện Nghị quyết …`, `Về việc …`."""
    orders = case.key.startswith(("thuc hien", "ve ")) and not case.begun
    return case.opens_body and orders and case.open and len(case.text) < 300


def _case_of(text: str, below: str = "") -> BelowKind:
    """The last line of a text that begins with the kind; `below` is what stands under it."""
    lines = numbered_lines(f"{text}\n{below}")
    i = len(numbered_lines(text)) - 1
    marks = stamps(lines, 1, len(lines))
    return BelowKind(lines, i, len(lines), _gather(lines, 0, i, marks)[0], i in marks)


Sort = Literal["title", "issuer", "letterhead", "nothing", "end"]
"""What a line below the kind is: of the title, the body it is of, else of the letterhead; or the end."""
# fmt: off
TITLE_LINES: Rules[BelowKind, Sort] = Rules("title-lines", _case_of, (
    Rule("stamp", ("KẾ HOẠCH\nPhát triển du lịch\nCÔNG VĂN ĐẾN",),
         lambda case: case.stamped, "nothing"),
    Rule("rule-under-title", ("KẾ HOẠCH\nPhát triển du lịch\n-------",),
         lambda case: case.under_title and (is_drawn_rule(case.line) or not case.text), "end"),
    Rule("rule-under-kind", ("KẾ HOẠCH\n-------",),
         lambda case: is_drawn_rule(case.line) or not case.text, "nothing"),
    Rule("motto", ("KẾ HOẠCH\nĐộc lập - Tự do - Hạnh phúc",),
         lambda case: _is_motto(case.line), "letterhead"),
    Rule("place-and-date", ("QUYẾT ĐỊNH\nHà Giang, ngày 5 tháng 1 năm 2023",),
         lambda case: _only_date(case.line), "letterhead"),
    Rule("body-under-kind", ("NGHỊ QUYẾT\nCỦA QUỐC HỘI",),
         lambda case: not case.begun and _OF_BODY.match(case.text), "issuer"),
    Rule("session-of-body", ("NGHỊ QUYẾT\nCỦA QUỐC HỘI\nKHÓA XV, KỲ HỌP THỨ HAI",),
         lambda case: case.above.body and not case.begun and _SESSION.match(case.key), "letterhead"),
    Rule("another-body-decides", ("NGHỊ QUYẾT\nQUY ĐỊNH SỐ ĐẠI BIỂU\nHỘI ĐỒNG NHÂN DÂN TỈNH", "CHÍNH PHỦ"),
         lambda case: _names_another_body(case.lines, case.i, case.stop), "title"),
    Rule("annex", ("KẾ HOẠCH\nPhát triển du lịch\nPHỤ LỤC I",),
         lambda case: is_annex_label(case.line), "end"),
    Rule("table", ("KẾ HOẠCH\nPhát triển du lịch\n| STT | Nội dung | Đơn vị chủ trì |",),
         lambda case: heads_table(case.line), "end"),
    Rule("addressee-or-part", ("BÁO CÁO\nTình hình năm 2022\nKính gửi: Bộ Y tế",),
         lambda case: case.key.startswith(("kinh gui", "noi nhan", "chuong i", "phan thu")), "end"),
    Rule("verdict", ("NGHỊ QUYẾT\nVề dự toán ngân sách\nQUYẾT NGHỊ:",),
         lambda case: case.verdict, "end"),
    Rule("scribble", ("QUYẾT ĐỊNH\nPhê duyệt Chiến lược\nĐẾ 6È... C ¬—",),
         lambda case: len(case.text) < 40 and _JUNK.search(case.text), "end"),
    Rule("bullet-in-mid-title", ("KẾ HOẠCH\nPhát triển kinh tế biển\n- hải đảo",),
         _bullet_in_title, "title"),
    Rule("marker-begins-text", ("KẾ HOẠCH\nPhát triển du lịch\nI. MỤC TIÊU",),
         lambda case: case.marker, "end"),
    Rule("sentence-over-blank-line",
         ("QUYẾT ĐỊNH\nVề việc ban hành Danh mục trang thiết bị của bệnh viện tỉnh được\n\nphép mua sắm",),
         _sentence_over_blank, "title"),
    Rule("small-letter-below-blank-line", ("KẾ HOẠCH\nPhát triển du lịch\n\ntrong năm 2023",),
         lambda case: case.small_below_blank, "end"),
    Rule("title-wants-a-body", ("CHƯƠNG TRÌNH\nPHỐI HỢP CÔNG TÁC GIỮA\nỦY BAN NHÂN DÂN TỈNH",),
         lambda case: case.names_body and case.goes_right_on and _LEADS_ON.search(case.last), "title"),
    Rule("body-that-decides", ("QUYẾT ĐỊNH\nPhê duyệt Chiến lược\nBỘ TRƯỞNG BỘ Y TẾ",),
         lambda case: case.names_body, "end"),
    Rule("known-heading-below-title", ("KẾ HOẠCH\nPhát triển du lịch\nMỤC TIÊU CHUNG",),
         lambda case: case.line.capitals and case.below_small and heading_role(case.text) is not None, "end"),
    Rule("capitals", ("KẾ HOẠCH\nPHÁT TRIỂN DU LỊCH",),
         lambda case: case.line.capitals, "title"),
    Rule("years", ("KẾ HOẠCH\nPhát triển du lịch\n2021 - 2025",),
         lambda case: case.goes_right_on and _YEARS.fullmatch(case.text), "title"),
    Rule("long-title", ("THÔNG TƯ\nSửa đổi" + ", bổ sung một số điều của Thông tư" * 8,),
         _long_title, "title"),
    Rule("order-as-title", ("KẾ HOẠCH\nThực hiện Chương trình hành động của Tỉnh ủy",),
         _order, "title"),
    Rule("order-goes-on", ("QUYẾT ĐỊNH\nBan hành Chương trình của tỉnh\nthực hiện Chỉ thị số 5-CT/TW",),
         lambda case: case.opens_body and case.below_small and case.goes_right_on and case.small, "title"),
    Rule("bracket-goes-on", ("QUYẾT ĐỊNH\nBan hành Bộ chỉ số đánh giá\n(KPI) đối với cơ quan của tỉnh",),
         lambda case: case.below_small and case.short and case.adjacent and _IN_BRACKETS.match(case.text), "title"),
    Rule("text-begins", ("KẾ HOẠCH\nPhát triển du lịch\nCăn cứ Luật Du lịch;",),
         lambda case: case.opens_body, "end"),
    Rule("heading-mark", ("KẾ HOẠCH\n## Phát triển du lịch",),
         lambda case: case.line.hashes, "title"),
    Rule("bold-goes-on", ("KẾ HOẠCH\n**Phát triển du lịch**\n\n**Khánh Hòa năm 2023**",),
         lambda case: case.below_kind and case.short and case.line.bold, "title"),
    Rule("small-letter-goes-on", ("KẾ HOẠCH\nPhát triển du lịch\ntrong năm 2023",),
         lambda case: case.below_kind and case.short and case.adjacent and case.small, "title"),
    Rule("open-end", ("KẾ HOẠCH\nPhát triển du lịch của\nKhánh Hòa năm 2023",),
         lambda case: (case.below_kind and case.short and case.adjacent
            and _UNFINISHED.search(case.last)), "title"),
    Rule("below-bold", ("KẾ HOẠCH\n**Phát triển du lịch**\nKhánh Hòa năm 2023",),
         lambda case: case.below_kind and case.short and case.adjacent and case.before.bold, "title"),
    Rule("title-ended", ("KẾ HOẠCH\nPhát triển du lịch\nUBND tỉnh ban hành kế hoạch",),
         lambda case: case.below_kind, "end"),
    Rule("subject", ("NGHỊ QUYẾT\nVề dự toán ngân sách",),
         lambda case: case.key.startswith(("ve viec", "ve ", "v v")), "title"),
    Rule("title-like-an-opening", ("ĐỀ ÁN\nTiếp tục đổi mới công tác cán bộ",),
         lambda case: case.opener and len(case.text) < 130 and case.open, "title"),
    Rule("opening-words", ("BÁO CÁO\nTrong 6 tháng đầu năm, kinh tế phát triển.",),
         lambda case: case.opener, "end"),
    Rule("first-line", ("KẾ HOẠCH\nPhát triển du lịch",),
         lambda case: not case.begun and case.text[-1:] not in ".;:", "title"),
    Rule("goes-on-from-kind", ("KẾ HOẠCH PHÁT TRIỂN DU LỊCH\nvà dịch vụ",),
         lambda case: case.goes_right_on and case.small and len(case.text) < 200, "title"),
    Rule("nothing-goes-on", ("KẾ HOẠCH PHÁT TRIỂN DU LỊCH\nUBND tỉnh ban hành kế hoạch.",),
         always, "end"),
))
# fmt: on


def read_title(lines: Sequence[Line], at: int, stop: int) -> TitleLines:
    """Read kind and title from the line that announces the kind, or that the title begins with.

    >>> lines = numbered_lines("KẾ HOẠCH\\nPhát triển du lịch\\ntrong năm 2023\\n1. Mục tiêu")
    >>> found = read_title(lines, 0, len(lines))
    >>> found.kind, found.title, found.end
    ('Kế hoạch', 'Phát triển du lịch trong năm 2023', 3)
    """
    marks = stamps(lines, at + 1, min(stop, at + 16))
    gathered, i = _gather(lines, at, stop, marks)
    for j in _down_to_rule(lines, i, stop) if at + 1 < i < stop else ():
        gathered, i = gathered.add(j, lines[j].text), j + 1
    under, end = _authority(lines, i, stop, marks)
    bodies = [lines[j].text for j in under if not _SESSION.match(lines[j].key)]
    named = (read_issuer([body]) for body in (*bodies, gathered.body))
    kind = kind_line(lines[at])
    return TitleLines(
        kind[0] if kind else None,
        " ".join(gathered.parts).strip(" *") or None,
        end,
        gathered.title,
        (*gathered.letterhead, *under),
        tuple(sorted(marks)),
        next(filter(None, named), None),
    )


def _gather(lines: Sequence[Line], at: int, stop: int, marks: set[int]) -> tuple[Gathered, int]:
    """The title from the line of its kind on, and the index of the line that ends it.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("KẾ HOẠCH\\nTrồng rừng\\nnăm 2025\\nI. RỪNG\\nTrồng.")
    >>> gathered, at = _gather(lines, 0, 5, set())
    >>> gathered.parts, at
    (('Trồng rừng', 'năm 2025', 'I. RỪNG'), 4)
    """
    gathered = _first(lines[at], at)
    stop = min(stop, at + _MOST_LINES)
    for i in range(at + 1, stop):
        sort = TITLE_LINES.decide(BelowKind(lines, i, stop, gathered, i in marks))
        text = lines[i].text
        if sort == "end":
            return gathered, i
        if sort == "title":
            gathered = gathered.add(i, text)
        elif sort != "nothing":
            gathered = gathered.beside(i, text.split(" ", 1)[1] if sort == "issuer" else "")
    return gathered, stop


def _first(line: Line, at: int) -> Gathered:
    """What the line of the kind says of the title: its first words, or whose document it is.

    >>> from khplans.reading.lines.line import lines_of
    >>> firsts = [_first(line, 0) for line in lines_of("KẾ HOẠCH\\nKẾ HOẠCH TRỒNG RỪNG\\nNGHỊ QUYẾT CỦA CHÍNH PHỦ")]
    >>> [(one.parts, one.body) for one in firsts]
    [((), ''), (('TRỒNG RỪNG',), ''), ((), 'CHÍNH PHỦ')]
    """
    _, rest = kind_line(line) or (None, line.text)
    if _OF_BODY.fullmatch(rest):
        return Gathered((), (at,), body=rest.split(" ", 1)[1])
    return Gathered((rest,) if rest else (), (at,))


def _names_another_body(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether a line of capitals names a body that the title speaks of (`BỘ Y TẾ`): the one that decides stands below.

    >>> lines = numbered_lines("HỘI ĐỒNG NHÂN DÂN TỈNH\\nCHÍNH PHỦ")
    >>> _names_another_body(lines, 0, 2), _names_another_body(lines, 1, 2)
    (True, False)
    """
    if not _is_authority(lines[at]):
        return False
    for line in lines[at + 1 : min(stop, at + 5)]:
        if not line.text or is_drawn_rule(line):
            continue
        if not line.capitals or _SESSION.match(line.key) or _OFFICE.match(line.key):
            return False
        if _names_authority(line.key):
            return True
    return False


def _is_authority(line: Line) -> bool:
    """Whether a line in capitals names a body or an office that decides.

    >>> [_is_authority(line) for line in numbered_lines("BỘ TRƯỞNG BỘ Y TẾ\\nPHÊ DUYỆT QUY HOẠCH")]
    [True, False]
    """
    return line.capitals and _names_authority(line.key)


def names_issuer(line: Line) -> bool:
    """Whether a short line, in whatever case, names a body or an office that decides, or when it met.

    >>> [names_issuer(line) for line in numbered_lines("Ủy ban nhân dân tỉnh Hà Giang\\nCăn cứ Luật Đất đai;")]
    [True, False]
    """
    return _names_authority(line.key) and len(line.text) < 60 and line.text[-1:] not in ".;:,"


def _down_to_rule(lines: Sequence[Line], at: int, stop: int) -> Sequence[int]:
    """The lines of a title set apart by blank lines, down to the rule drawn under it.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "Trồng rừng\\n-----", "Trồng rừng\\n---\\nI. RỪNG", "1. Trồng.\\n-----"
    >>> [list(_down_to_rule(lines_of(text), 0, len(lines_of(text)))) for text in texts]
    [[0], [], []]
    """
    for j in range(at, min(stop, at + 7)):
        if is_drawn_rule(lines[j]):
            return range(at, j) if _DRAWN.fullmatch(lines[j].raw) else ()
        if not _may_be_title(lines[j]):
            return ()
    return ()


def _may_be_title(line: Line) -> bool:
    """Whether nothing in a line says that it is no part of a title.

    >>> lines = numbered_lines("Chương trình mục tiêu về y tế\\nNơi nhận:\\n1. Mục tiêu")
    >>> [_may_be_title(line) for line in lines]
    [True, False, False]
    """
    text = line.text
    prose = len(text) > 160 or text.endswith((":", ";", ".")) or opens_body(line)
    begins = line.marker is not None or kind_line(line) is not None or "|" in line.raw
    named = _names_authority(line.key) or line.key.startswith("noi nhan")
    return not (prose or begins or named or _only_date(line))


def is_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line in capitals is a title whose kind stands nowhere: `VỀ VIỆC …` under the date.

    It opens as titles do, or the body that decides stands right below.

    >>> text = "PHÊ DUYỆT QUY HOẠCH CHỢ\\nQUY HOẠCH CHỢ VÀ TRUNG TÂM THƯƠNG MẠI\\nBỘ TRƯỞNG BỘ Y TẾ"
    >>> lines = numbered_lines(text)
    >>> [is_title(lines, i) for i in range(3)]
    [True, True, False]
    """
    line = lines[i]
    if not line.capitals or MOTTO.search(line.low):
        return False
    words = _OF_COMMITTEE.sub("", line.low)
    if _SUBJECT.match(words) or opening_words("title").match(words):
        return True
    below = next((after for after in lines[i + 1 : i + 4] if after.text), None)
    decided = below is not None and _is_authority(below)
    return decided and len(line.text) > 30 and not _names_authority(line.key)


def _only_date(line: Line) -> bool:
    """Whether a line is nothing but a place and a date.

    >>> lines = numbered_lines("Hà Giang, ngày 5 tháng 1 năm 2023\\nTriển khai từ ngày 5/1/2023")
    >>> [_only_date(line) for line in lines]
    [True, False]
    """
    low = line.low
    dated = find_date(low)
    if dated is None or len(low) - dated[2] > 3 or dated[1] > 40:
        return False
    place = low[: dated[1]].rstrip()
    return (not place or place.endswith(",")) and not re.search(r"\d", place)


def _is_motto(line: Line) -> bool:
    """The state's motto, in capitals or alone on its line: `Độc lập - Tự do - Hạnh phúc`.

    >>> [_is_motto(line) for line in numbered_lines("Độc lập - Tự do - Hạnh phúc\\nKẾ HOẠCH")]
    [True, False]
    """
    motto = MOTTO.search(line.low)
    if motto is None or line.low[: motto.start()].endswith("nuoc "):
        return False
    return (line.capitals or len(line.text) < 60) and not opens_body(line)


def _authority(
    lines: Sequence[Line], at: int, stop: int, marks: set[int]
) -> tuple[Sequence[int], int]:
    """The lines in capitals under a title that name who decides; the index after them and stamps.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "ỦY BAN NHÂN DÂN TỈNH\\nCăn cứ", "Trồng rừng", "-----\\nỦY BAN NHÂN DÂN TỈNH"
    >>> [_authority(lines_of(text), 0, len(lines_of(text)), set()) for text in texts]
    [([0], 1), ([], 0), ([1], 2)]
    >>> _authority(lines_of(texts[1]), 0, 1, {0})
    ([], 1)
    """
    found: list[int] = []
    end = at
    for i in range(at, min(stop, at + 12)):
        line = lines[i]
        if i in marks:
            end = i + 1
        elif line.text and not is_drawn_rule(line):
            if not _is_authority(line) or len(line.text) > 130 or line.marker:
                break
            found.append(i)
            end = i + 1
    return found, end
