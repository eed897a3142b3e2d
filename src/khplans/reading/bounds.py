"""Where the official documents in a plan's text begin and end; web pages and stamps stay outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.wording import Wording, opening_words, web_label
from khplans.model import Source
from khplans.reading.layout.laid_out import lay_out
from khplans.reading.letterhead.subjects import subject_at
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.flattened import Flat, flatten
from khplans.reading.lines.line import AtLine, Line, read_lines
from khplans.reading.lines.line_kinds import (
    is_annex_label,
    is_caption,
    is_drawn_rule,
    is_signing_office,
    kind_line,
    signs_in_small_letters,
    stamps,
)  # fmt: skip
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.phrases import MOTTO, YEAR
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_NUMBERED = Wording(
    r"(?:^|\n|hanh\s*phuc)[^\w\n]*(?:<numbered law>\s+)?s[o06]\s*[:.;]?\s*(?=\w)",
    "\nLuật số: 12",
    folded=True,
)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
# A sentence that stops before the number of what it cites: `Căn cứ Luật Đất đai`.
_CITES = Wording(r"<cited document>\b[^.;:]*$", "căn cứ luật đất đai", folded=True)
_DATED = Wording(
    rf"n[gq]ay\s*+[0-9ilo. …]{{0,5}}\s*+than[gq]\s*+[0-9ilo. …]{{0,5}}\s*+,?\s*+nam\s*{YEAR}[^\w\n]*(?=\n|$)",
    "ngày … tháng 3 năm 2024",
    folded=True,
)
# A number or a date that is to be filled in or can't be read.
_BLANKED = Wording(
    r"\W*(?:s[o0]\s*[:.…]|o:)|.{0,50}\bngay\W[^\n]{0,12}thang\b", "Số: ", folded=True
)
# A number that a draft leaves open, before its symbol: `Số:     /KH-UBND`.
_OPEN_NUMBER = re.compile(r"\W*s[o0]\b[\s:.…_]*[/-]\s*[a-z]{2,}")
_OPEN_ABOVE = 2
"""How many lines above a letterhead's first mark such a number may stand."""
# Words after a number that is cited in a sentence.
_CITED = Wording(r"[^\w\n]*<after a cited number>|\s*[;,]\s*$", " ngày 05", exact=True)
_NOTE = re.compile(r"[¹²³⁴-⁹]|\\?\[\d+\\?\]|\d{1,2} [A-ZĐ]|(?:I|II|1|A)\. ")
# A form's heading, or the words in the place of a body's name: `Mẫu 1.2 - Quyết định`, `TÊN CƠ QUAN, TỔ CHỨC`.
_FORM = Wording(
    r"\W*(?:(?:[ivx]+|\d+)\. )?(?:(?:bieu )?mau (?:so )?(?:\d|[ivx]+(?!\w))|<name to fill in>(?!\w))",
    "mẫu số 01. quyết định",
    folded=True,
)
_FORM_ABOVE = 6
_ANNEXED = Wording(r"(?<!\w)<enclosed with>(?!\w)[^\n]*\d", "(kèm theo nghị định số 5", folded=True)
_OPENING_LINES = 8
_NAMES_ALONE = ("ubnd", "hdnd", "uy")
_NEAR = 14
"""How many lines a letterhead's marks stand apart at most."""
_ISSUER_LINES = 9
_LAST_LINES = 40
"""How many lines from the end may be a web page's where no one signs."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lines `first:stop` of one document, by index."""

    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A motto, a number or a date that stands where letterheads have it, by its line."""

    kind: Literal["motto", "number", "date"]
    line: int
    number: str | None = None


def find_bounds(source: str, lines: Sequence[Line]) -> tuple[Bounds, ...]:
    """The documents of a text, in order; the whole text where no letterhead is found.

    >>> text = "Trang chủ\\nCHÍNH PHỦ\\nSố: 12/NQ-CP\\nHà Nội, ngày 5 tháng 1 năm 2023\\nNGHỊ QUYẾT\\nĐiều 1. A"
    >>> find_bounds(text, read_lines(Source("p", text)))
    (Bounds(first=1, stop=6),)
    """
    starts = _starts(source, lines)
    stops = [*starts[1:], len(lines)]
    return tuple(Bounds(a, _end(lines, a, b)) for a, b in zip(starts, stops, strict=True))


def _marks(source: str, lines: Sequence[Line]) -> list[_Mark]:
    """Mottos, numbers and dates that stand where letterheads have them.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("Số: 12/KH-UBND\\nKẾ HOẠCH\\nHà Nội, ngày 5 tháng 1 năm 2023\\n" + "Rừng, ngày 5 tháng 1 năm 2023. " * 9)
    >>> [(mark.kind, mark.line) for mark in _marks("\\n".join(line.raw for line in lines), lines)]
    [('number', 0), ('date', 2)]
    """
    short = (i for i, line in enumerate(lines) if line.text and len(line.text) < 260)
    flat = flatten(source, lines, short)
    found = [*_mottos(flat, lines), *_dates(flat), *_numbers(flat)]
    return sorted(found, key=lambda mark: mark.line)


def _mottos(flat: Flat, lines: Sequence[Line]) -> Iterator[_Mark]:
    """Mottos in capitals, or that fill half of their lines; not in a body's name (`Nhà nước …`).

    >>> from khplans.reading.lines.line import lines_of
    >>> def mottos(text):
    ...     lines = lines_of(text)
    ...     return [mark.line for mark in _mottos(flatten(text, lines, range(len(lines))), lines)]
    >>> mottos("Rừng.\\nĐộc lập - Tự do - Hạnh phúc"), mottos("Vì một nước Việt Nam độc lập - tự do - hạnh phúc của muôn người trên khắp mọi miền đất nước")
    ([1], [])
    """
    for motto in MOTTO.finditer(flat.shadow):
        line = lines[flat.line_at(motto.start())]
        if flat.shadow.endswith("nuoc ", 0, motto.start()):
            continue
        if line.capitals or len(line.text) < 2 * (motto.end() - motto.start()):
            yield _Mark("motto", flat.line_at(motto.start()))


def _dates(flat: Flat) -> Iterator[_Mark]:
    """Dates that end a line, a place before them.

    >>> from khplans.reading.lines.line import lines_of
    >>> def dates(text): return [mark.line for mark in _dates(flatten(text, lines_of(text), range(len(lines_of(text)))))]
    >>> dates("Rừng.\\nHà Nội, ngày 5 tháng 1 năm 2023"), dates("ngày 5 tháng 1 năm 2023"), dates("Rừng " * 20 + ", ngày 5 tháng 1 năm 2023")
    ([1], [], [])
    """
    for match in _DATED.finditer(flat.shadow):
        before = flat.shadow[max(0, match.start() - 90) : match.start()].rsplit("\n", 1)[-1]
        if 2 < len(before) < 85:
            yield _Mark("date", flat.line_at(match.start()))


def _numbers(flat: Flat) -> Iterator[_Mark]:
    """Numbers that begin a line and are not cited there.

    >>> from khplans.reading.lines.line import lines_of
    >>> def numbers(text): return [mark.number for mark in _numbers(flatten(text, lines_of(text), range(len(lines_of(text)))))]
    >>> numbers("UBND TỈNH\\nSố: 5/KH-UBND"), numbers("Căn cứ Luật Đất đai\\nSố 31/2024/QH15"), numbers("Số: rừng")
    (['5/KH-UBND'], [], [])
    """
    for match in _NUMBERED.finditer(flat.shadow):
        number = _NUMBER.match(flat.text, match.end())
        if number and not _is_cited(flat.text, match.start(), number.end()):
            yield _Mark("number", flat.line_at(number.start()), normal_number(number[0]))


def _is_cited(text: str, start: int, end: int) -> bool:
    """Whether a number on a line of its own belongs to a sentence: by what follows, or stands above.

    >>> _is_cited("Căn cứ Luật Đất đai\\nSố 31/2024/QH15", 19, 35), _is_cited("UBND TỈNH\\nSố: 5/KH-UBND", 9, 23)
    (True, False)
    """
    if _CITED.match(text[end : end + 40].split("\n", 1)[0]):
        return True
    above = text[text.rfind("\n", 0, start) + 1 : start]
    return not above.isupper() and _CITES.search(shadow(above[-160:])) is not None


@dataclass(frozen=True)
class NearMarks:
    """Marks that stand near each other; `numbers` are those of the documents above, if any began."""

    lines: Sequence[Line]
    marks: Sequence[_Mark]
    later: bool
    numbers: Set[str]

    @property
    def first(self) -> int:
        return self.marks[0].line

    @property
    def span(self) -> Span:
        return Span(self.lines[self.first].start, self.lines[self.marks[-1].line].end)

    @once
    def number(self) -> str | None:
        """The first number among them."""
        return next((mark.number for mark in self.marks if mark.number), None)

    @property
    def several(self) -> bool:
        """Whether they are of more than one kind."""
        return len({mark.kind for mark in self.marks}) > 1

    @property
    def dated(self) -> bool:
        """Whether a place and date are among them."""
        return any(mark.kind == "date" for mark in self.marks)

    @property
    def number_open(self) -> bool:
        """Whether a line among them has a symbol without its number: `Số:    /KH-UBND`."""
        near = self.lines[max(0, self.first - _OPEN_ABOVE) : self.marks[-1].line + 1]
        return any(_OPEN_NUMBER.match(line.low) for line in near)

    @property
    def is_a_form(self) -> bool:
        """Whether it is a form to fill in: it has a form's heading above it, or `TÊN CƠ QUAN` where a body's name is."""
        last = self.marks[-1].line
        above = self.lines[max(0, self.first - _FORM_ABOVE) : last + 1]
        return any(_FORM.match(line.low) for line in above)

    @property
    def in_an_annex(self) -> bool:
        """Whether the text opens as an annex that came alone: what stands in it are examples or forms."""
        opening = [line for line in self.lines[:_OPENING_LINES] if line.text]
        return bool(opening and is_annex_label(opening[0])) and any(
            _ANNEXED.search(line.low) for line in opening
        )

    @property
    def announced(self) -> bool:
        """Whether a line for the kind of document stands below."""
        return any(kind_line(line) for line in self.lines[self.first : self.first + _NEAR])


def _near_marks(text: str, above: str = "") -> NearMarks:
    """The first marks of a text; `above` is the number of a document that began above."""
    lines = read_lines(Source("example", text))
    marks = next(_clusters(lines, _marks(text, lines)))
    return NearMarks(lines, marks, bool(above), {above} - {""})


# fmt: off
BEGINS_DOCUMENT: Rules[NearMarks, bool] = Rules("begins-document", _near_marks, (
    Rule("form-to-fill-in", ("Mẫu 1.2 - Quyết định\nSố: 12/QĐ-UBND\nHà Giang, ngày 5 tháng 1 năm 2023",),
         lambda near: near.is_a_form, False),
    Rule("inside-an-annex-alone",
         ("Phụ lục II\n(Kèm theo Quyết định số 5/QĐ-UBND)\nSố: 12/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023",),
         lambda near: not near.later and near.in_an_annex, False),
    Rule("number-of-one-above", ("Số: 12/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023", "12/KH-UBND"),
         lambda near: near.number in near.numbers, False),
    Rule("number-and-date-or-motto", ("Số: 12/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023", "7/QĐ-UBND"),
         lambda near: near.number and near.several, True),
    Rule("first-without-number", ("Độc lập - Tự do - Hạnh phúc\nHà Giang, ngày 5 tháng 1 năm 2023",),
         lambda near: near.several and not near.later, True),
    Rule("first-number-above-its-kind", ("Số: 12/KH-UBND\nKẾ HOẠCH",),
         lambda near: near.number and near.announced and not near.later, True),
    Rule("first-date-above-its-kind", ("SỞ Y TẾ\nHà Giang, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH",),
         lambda near: near.dated and near.announced and not near.later, True),
    Rule("draft-whose-number-is-open",
         ("TỈNH ỦY\nSố      -KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Giang, ngày    tháng 5 năm 2023\nKẾ HOẠCH", "7-QĐ/TU"),
         lambda near: near.several and near.dated and near.announced and near.number_open, True),
    Rule("one-mark-alone", ("Hà Giang, ngày 5 tháng 1 năm 2023",), always, False),
))
# fmt: on


def _starts(source: str, lines: Sequence[Line]) -> list[int]:
    """The lines, by index, on which documents begin; one at least.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "Trang chủ\\nCHÍNH PHỦ\\nSố: 12/NQ-CP\\nHà Nội, ngày 5 tháng 1 năm 2023\\nNGHỊ QUYẾT", "Rừng.\\nKẾ HOẠCH"
    >>> [_starts(text, lines_of(text)) for text in texts]
    [[1], [1]]
    """
    marks = _marks(source, lines)
    starts: list[int] = []
    numbers: set[str] = set()
    for cluster in _clusters(lines, marks):
        near = NearMarks(lines, cluster, bool(starts), numbers)
        if BEGINS_DOCUMENT.decide(near):
            starts.append(_issuer_above(lines, near.first, starts[-1] + 1 if starts else 0))
            numbers.update(filter(None, [near.number]))
    return starts or [_lone_start(lines, marks)]


def _clusters(lines: Sequence[Line], marks: Sequence[_Mark]) -> Iterator[Sequence[_Mark]]:
    """Marks put together with those that belong to the same letterhead.

    >>> from khplans.reading.lines.line import lines_of
    >>> marks = [_Mark("number", 0), _Mark("date", 1), _Mark("number", 3)]
    >>> lines = lines_of("Số: 12/NQ-CP\\nngày 5\\nNGHỊ QUYẾT\\nSố: 13/NQ-CP")
    >>> [[mark.line for mark in cluster] for cluster in _clusters(lines, marks)]
    [[0, 1], [3]]
    """
    k = 0
    while k < len(marks):
        first = k
        k += 1
        while k < len(marks) and _joins(lines, marks[first].line, marks[k].line):
            k += 1
        yield marks[first:k]


def _lone_start(lines: Sequence[Line], marks: Sequence[_Mark]) -> int:
    """Where the one document of a text begins whose number and date can't be read, if any stand there.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "PHỤ LỤC\\nRừng\\nKẾ HOẠCH", "Rừng.\\nKẾ HOẠCH", "Rừng.\\nBiển.", "Rừng.\\nĐộc lập - Tự do - Hạnh phúc\\nKẾ HOẠCH"
    >>> [_lone_start(lines_of(text), _marks(text, lines_of(text))) for text in texts]
    [0, 1, 0, 1]
    """
    first = next((i for i, line in enumerate(lines) if line.text), 0)
    if lines and is_annex_label(lines[first]):
        return first
    kind = next((i for i, line in enumerate(lines[:120]) if kind_line(line)), None)
    motto = next((mark.line for mark in marks if mark.kind == "motto"), None)
    if kind is None:
        return first
    if motto is not None and motto < kind <= motto + _NEAR:
        return _issuer_above(lines, motto, 0)
    return kind


def _joins(lines: Sequence[Line], first: int, other: int) -> bool:
    """Whether two marks, such as `Số:` and `KẾ HOẠCH`, belong to one letterhead: near, no document or text between.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("Số: 12/KH-UBND\\nKhánh Hòa\\nKẾ HOẠCH\\nTrồng rừng")
    >>> _joins(lines, 0, 2), _joins(lines, 0, 3), _joins(lines_of("Rừng\\n" * 200), 0, 200)
    (True, False, False)
    >>> _joins(lines_of("Số: 12\\n" + "Rừng. " * 50 + "\\nKẾ HOẠCH"), 0, 2)
    False
    """
    if other - first > _NEAR:
        return False
    return not any(kind_line(line) or len(line.text) > 260 for line in lines[first:other])


@dataclass(frozen=True, slots=True)
class AboveMark(AtLine):
    """A line above the first mark of a letterhead, by its index."""

    @property
    def signs(self) -> bool:
        """Whether it is the office of who signed the document above, not an office that issues."""
        name = f"{self.line.key} {self.lines[self.i + 1].key}"
        issues = name.startswith(("chu tich nuoc", "thu tuong chinh phu"))
        return is_signing_office(self.line) and not issues

    @property
    def names_issuer(self) -> bool:
        """Whether it begins or goes on with a body's name, of two words at least or abbreviated: `UBND`."""
        key = self.line.key.lstrip("0123456789 ")
        whole = " " in key or key in _NAMES_ALONE
        return whole and any(opening_words(kind).match(key) for kind in ("body", "body_goes_on"))

    @property
    def kind_of_body_below(self) -> bool:
        """Whether it is the kind of document, and the line below tells whose it is."""
        kind = kind_line(self.line)
        return kind is not None and not kind[1] and self.lines[self.i + 1].key.startswith("cua ")

    @property
    def beside(self) -> bool:
        """Whether it stands beside the line below, in a column of its own."""
        return self.line.row == self.lines[self.i + 1].row


def _above_mark(text: str) -> AboveMark:
    """The line above the last one of a text."""
    lines = lay_out(Source("example", text)).lines
    return AboveMark(lines, len(lines) - 2)


# fmt: off
ABOVE_MARK: Rules[AboveMark, Literal["issuer", "between", "end"]] = Rules("above-letterhead", _above_mark, (
    Rule("rule-or-subject", ("-------\nSố: 12/KH-UBND",),
         lambda above: _is_blank(above.line) or subject_at(above.line) is not None, "between"),
    Rule("beside-a-mark", ("U BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
         lambda above: above.beside, "issuer"),
    Rule("number-or-date-left-open", ("Số:      /KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023",),
         lambda above: _BLANKED.match(above.line.low) and len(above.line.text) < 90, "between"),
    Rule("running-text", ("Nhấn vào đây để tải về\nSố: 12/KH-UBND",),
         lambda above: len(above.line.text) > 90 or not (above.line.capitals or above.line.bold), "end"),
    Rule("signer-above", ("PHÓ CHỦ TỊCH\nSố: 12/KH-UBND",),
         lambda above: above.signs, "end"),
    Rule("issuer", ("ỦY BAN NHÂN DÂN\nSố: 12/KH-UBND",),
         lambda above: above.names_issuer, "issuer"),
    Rule("kind-above-its-body", ("THÔNG TƯ\nCỦA BỘ Y TẾ SỐ 12/2010/TT-BYT NGÀY 05 THÁNG 01 NĂM 2010",),
         lambda above: above.kind_of_body_below, "issuer"),
    Rule("other-capitals", ("CÔNG BÁO\nSố: 12/KH-UBND",),
         always, "between"),
))
# fmt: on


def _issuer_above(lines: Sequence[Line], at: int, least: int) -> int:
    """From a mark back over the issuer's lines above it.

    >>> _issuer_above(read_lines(Source("p", "Trang chủ\\nUBND TỈNH\\nHÀ GIANG\\nSố: 12/KH-UBND")), 3, 0)
    1
    """
    first = at
    for i in range(at - 1, max(least, at - _ISSUER_LINES) - 1, -1):
        sort = ABOVE_MARK.decide(AboveMark(lines, i))
        if sort == "end":
            break
        if sort == "issuer":
            first = i
    return first


def _end(lines: Sequence[Line], first: int, stop: int) -> int:
    """The index after a document's last line: what is left of the page or a stamp is cut off.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "KẾ HOẠCH\\nTrồng rừng.\\nCHỦ TỊCH\\nNguyễn Văn An\\n{}\\nDanh sách."
    >>> [_end(lines_of(text.format(below)), 0, 6) for below in ("Tin liên quan", "PHỤ LỤC")]
    [4, 6]
    """
    _, signed = _signature(lines, first, stop)
    below = signed + 1 if signed is not None else max(first + 1, stop - _LAST_LINES)
    stop = next((i for i in range(below, stop) if _web_page_begins(lines, i, stop)), stop)
    rest = (line for line in lines[below:stop] if line.text)
    if signed is not None and not any(map(BELOW_SIGNATURE.decide, rest)):
        stop = below
    return _before_stamps(lines, first, stop)


def _before_stamps(lines: Sequence[Line], first: int, stop: int) -> int:
    """The index after the last line before the stamps, rules and empty lines that end a text.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_before_stamps(lines_of(text), 0, len(lines_of(text))) for text in ("Rừng.\\n---\\n***", "Rừng.\\nTrồng.", "---")]
    [1, 2, 1]
    """
    marks = stamps(lines, max(first, stop - 12), stop)
    while stop > first + 1 and (_is_blank(lines[stop - 1]) or stop - 1 in marks):
        stop -= 1
    return stop


def _is_blank(line: Line) -> bool:
    """Whether a line has no words: it is empty or drawn.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_is_blank(line) for line in lines_of("-----\\nSở Y tế")]
    [True, False]
    """
    return not line.text or is_drawn_rule(line)


@dataclass(frozen=True, slots=True)
class Closing(AtLine):
    """A line of a document, by its index, and those of an office that signs and of a name above it."""

    office: int | None = None
    name: int | None = None

    @property
    def below_office(self) -> bool:
        """Whether an office that signs stands a few lines above."""
        return self.office is not None and self.i - self.office < 8


def _closing(text: str) -> Closing:
    """The last line of a text, below a closing of an office and a name."""
    lines = read_lines(Source("example", text))
    office, name = _signature(lines, 0, len(lines) - 1)
    return Closing(lines, len(lines) - 1, office, name)


# fmt: off
CLOSING_LINES: Rules[Closing, Literal["office", "name", "annex", "text"]] = Rules("closing-lines", _closing, (
    Rule("office", ("KT. CHỦ TỊCH",),
         lambda case: is_signing_office(case.line) or signs_in_small_letters(case.lines, case.i), "office"),
    Rule("name-below-office", ("KT. CHỦ TỊCH\nTrần Văn Bình",),
         lambda case: case.below_office and person_name(case.line.text), "name"),
    Rule("annex-below-name", ("KT. CHỦ TỊCH\nTrần Văn Bình\nPHỤ LỤC I",),
         lambda case: (case.name is not None
            and (is_annex_label(case.line) or is_caption(case.line))), "annex"),
    Rule("text", ("Nơi nhận: Như Điều 3",), always, "text"),
))
# fmt: on


def _signature(lines: Sequence[Line], first: int, stop: int) -> tuple[int | None, int | None]:
    """The lines of the last office that signs and of the last name under one, before any annex.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("Trồng rừng.\\nTM. ỦY BAN NHÂN DÂN\\nCHỦ TỊCH\\n\\nNguyễn Văn An\\nPHỤ LỤC\\nCHỦ TỊCH")
    >>> _signature(lines, 0, 7), _signature(lines, 0, 1)
    ((2, 3), (None, None))
    """
    office = name = None
    for i in range(first, stop):
        if not lines[i].text:
            continue
        sort = CLOSING_LINES.decide(Closing(lines, i, office, name))
        if sort == "office":
            office = i
        elif sort == "name":
            name = i
        elif sort == "annex":
            break
    return office, name


def _web_page_begins(lines: Sequence[Line], i: int, stop: int) -> bool:
    """Whether a line is a web page's (`Tin liên quan`), and so are those below, or a signature stands above.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "Rừng.\\nTin liên quan\\nTrồng cây", "CHỦ TỊCH\\nTin liên quan\\n" + "Rừng\\n" * 9, "Rừng.\\nTin liên quan\\n" + "Rừng\\n" * 9
    >>> [_web_page_begins(lines_of(text), 1, len(lines_of(text))) for text in texts]
    [True, True, False]
    >>> _web_page_begins(lines_of(texts[0]), 2, 3)
    False
    """
    line = lines[i]
    label = web_label().match(line.low) is not None and len(line.text) <= 160
    return label and (_only_web(lines, i, stop) or _closed_above(lines, i))


def _only_web(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether the rest of the lines is a web page's: few and short, or more of its words soon (`Lượt xem: 12`).

    >>> from khplans.reading.lines.line import lines_of
    >>> long = "\\n" + "Rừng\\n" * 9
    >>> texts = "Tin liên quan\\nTrồng cây", f"Tin liên quan\\nLượt xem: 12{long}", f"Tin liên quan{long}", "Rừng " * 70
    >>> [_only_web(lines_of(text), 0, 99) for text in texts]
    [True, True, False, False]
    """
    rest = [line for line in lines[at:stop] if line.text]
    few = len(rest) <= 4 and all(len(line.text) < 300 for line in rest)
    return few or sum(bool(web_label().match(x.low)) for x in rest[:6]) > 1


def _closed_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a signature stands right above, though the page may have left the name out: `CHỦ TỊCH`.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "CHỦ TỊCH\\n\\nTin liên quan", "Nguyễn Văn An\\nTin liên quan", "Rừng.\\nTin liên quan", "Tin liên quan"
    >>> [_closed_above(lines_of(text), len(lines_of(text)) - 1) for text in texts]
    [True, True, False, False]
    """
    above = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.text), None)
    return above is not None and (is_signing_office(above) or person_name(above.text) is not None)


def _line_of(text: str) -> Line:
    return read_lines(Source("example", text))[0]


# fmt: off
BELOW_SIGNATURE: Rules[Line, bool] = Rules("below-signature", _line_of, (
    Rule("annex", ("PHỤ LỤC I",),
         lambda line: is_annex_label(line) or is_caption(line), True),
    Rule("another-kind", ("QUY CHẾ",),
         kind_line, True),
    Rule("table", ("| 1 | Sở Y tế |",),
         lambda line: "\t" in line.raw or line.raw.startswith("|"), True),
    Rule("note-or-item", ("[1] Theo số liệu của Cục Thống kê",),
         lambda line: _NOTE.match(line.text), True),
    Rule("recipients", ("Nơi nhận:",),
         lambda line: opening_words("recipients").match(line.low), True),
    Rule("nothing-of-the-document", ("Lượt xem: 120",), always, False),
))
# fmt: on
