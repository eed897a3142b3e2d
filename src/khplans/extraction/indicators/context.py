"""What holds for a block from outside it: its section's role, the time of headings and lead-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khplans.extraction.document_year import year_of
from khplans.extraction.indicators.target_or_result import BlockSetting, Kind
from khplans.extraction.indicators.times import Period, find_periods
from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording, clause_words
from khplans.model import Block, Document
from khplans.text.dates import find_dates

_AIMS = Wording(
    r"\b(?:phấn đấu|(?:mục|chỉ) tiêu|tiêu chí [^.:]{0,300}\b<sets>)\b", "tiêu chí được đề ra cụ thể"
)
_CHARGES = Wording(r"\b<charge>\b", "Yêu cầu các sở, ngành đạt")
_RESULTS = Wording(r"\b<reported>\b", "Kết quả thực hiện")
_OPENING = 12
_WHOLE_YEARS = re.compile(r"\d{4}(?:/\d{4})?")
_LONGEST_HEADLINE = 600
_FARTHEST = 150
_SENTENCE = re.compile(r"[.;:!?…] ")
_FIGURE = Wording(
    r"\d ?(?:%|(?:<thousand> )?(?:<billion>|triệu)\b|<area length or weight>\b)",
    "12 nghìn tỷ",
    exact=True,
)
_NEXT = re.compile(r"[.,;:!?…)\d]")
_SAME_TIME_OF = Wording(r"\bcùng kỳ (?:của )?năm (?P<year>20\d\d)\b", "so với cùng kỳ năm 2023")
_TERM = Wording(r"\bnhiệm kỳ (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d)\b", "nhiệm kỳ 2015 - 2020")
# `Đại hội đã thông qua Nghị quyết, nhất trí mục tiêu …`, `Nghị quyết đề ra mục tiêu …`.
_SETS_TARGETS = Wording(
    r"\b(?:<assembly>\b[^.;:]{0,300}\b<agrees on>\b[^.;:]{0,60}\b(?:(?:mục|chỉ) tiêu|nghị quyết về (?:nhiệm vụ|<plan>))"
    r"|<long plan>\b(?: [^\W\d_]+){0,6}? <sets>(?: [^\W_]+){0,3} (?:mục|chỉ) tiêu)\b",
    "Đại hội đã thông qua Nghị quyết, nhất trí mục tiêu",
)


@dataclass(frozen=True, slots=True)
class Context:
    """The setting of a block, the time that holds where it names none, its lead-in, the headings above it."""

    setting: BlockSetting
    period: str | None
    lead: str = ""
    headings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Lead:
    label: str
    section: int | None
    period: str | None
    words: str


class Contexts:
    """Walks a document's blocks in order and says what holds for each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._today = document.date.isoformat() if document.date else ""
        self._year = year_of(document) or _latest_year(document)
        self._year = self._year or _year_after_the_base(document)
        stated = find_periods(document.title or "", self._year, heading=True)
        years = [period.value for period in stated if _WHOLE_YEARS.fullmatch(period.value)]
        headline = announced(document, self._year)
        # What a document of an unknown type does isn't known either: it is read as one that reports.
        kind = document.document_type
        reports = kind is None or kind in types_with("reports")
        # A report's headline may name a year only in passing.
        told = headline.period if headline.kind or not reports else None
        if self._year is None and told:
            self._year = int(told[:4])
        self._period = years[-1] if years else told or (str(self._year) if self._year else None)
        if stated and "-" in stated[0].value and reports:
            self._period = stated[0].value
        self._reports = reports and headline.kind != "target"
        self._orders = kind in types_with("orders")
        self._term = _past_term(document, self._year)
        self._headings: dict[int | None, str | None] = {None: None}
        self._leads: list[_Lead] = []
        self._just_led = False
        self._running: str | None = None
        self._section: int | None = None

    def enter(self, block: Block) -> Context:
        """The context of the next block."""
        if block.section != self._section or block.label is not None:
            self._running, self._section = None, block.section
        heading = self._heading_period(block.section)
        shape = _shape(block.label)
        lead = self._lead_above(block.section, shape)
        period = (lead.period if lead else None) or heading or self._running or self._period
        self._note_lead(block, shape)
        setting = BlockSetting(
            self._role(block.section, lead),
            self._year,
            self._today,
            self._reports,
            self._orders,
            self._term,
        )
        headings = tuple(self._headings_above(block.section))
        return Context(setting, period, lead.words if lead else "", headings)

    def _headings_above(self, section: int | None) -> Iterator[str]:
        """The heading of a section and that of the one it is in."""
        for _ in range(2):
            if section is not None:
                here = self._document.sections[section]
                yield here.heading.text
                section = here.parent

    def _lead_above(self, section: int | None, shape: str) -> _Lead | None:
        """The lead-in whose list an item of that shape stands in."""
        if self._leads and self._leads[-1].section != section:
            self._leads.clear()
        while self._leads and self._leads[-1].label == shape and not self._just_led:
            self._leads.pop()
        return self._leads[-1] if self._leads else None

    def _note_lead(self, block: Block, shape: str) -> None:
        """Remember a block that leads in those below it: one that ends in a colon, or names a time
        and nothing more."""
        words = block.text.text
        colon = self._just_led = words.endswith(":")
        if colon or (block.label and len(words) < 100 and words[-1:] not in ".;"):
            own = [period.value for period in find_periods(words, self._year)]
            if own or colon:
                self._leads.append(_Lead(shape, block.section, own[-1] if own else None, words))

    def _role(self, section: int | None, lead: _Lead | None) -> str:
        """What the section is about; where its heading doesn't say, what the lead-in makes of it."""
        role: str = "" if section is None else self._document.sections[section].role
        if role in ("", "other") and lead:
            return _role_of_lead(lead.words) or role
        return role

    def leave(self, frame: str | None) -> None:
        """Keep the time that held at the end of a passage of results, for the next one."""
        self._running = frame

    def _heading_period(self, section: int | None) -> str | None:
        """The one time that a heading names, else that of the heading above it: `Mục tiêu đến năm 2030`."""
        if section not in self._headings:
            assert section is not None
            here = self._document.sections[section]
            values = {
                p.value: None for p in find_periods(here.heading.text, self._year, heading=True)
            }
            own = next(iter(values)) if len(values) == 1 else None
            self._headings[section] = own or self._heading_period(here.parent)
        return self._headings[section]


def _role_of_lead(words: str) -> str:
    """What a lead-in makes of the items below it: `yêu cầu:` charges, `phấn đấu đạt:` aims, `đã
    đạt được kết quả:` reports.

    >>> [_role_of_lead(words) for words in ("yêu cầu:", "phấn đấu đạt:", "đã đạt được kết quả:", "gồm:")]
    ['task', 'objective', 'situation', '']
    """
    aims, charges = _AIMS.search(words), _CHARGES.search(words)
    if _RESULTS.search(words):
        return "" if aims or charges else "situation"
    return "objective" if aims else "task" if charges else ""


def _latest_year(document: Document) -> int | None:
    """The year of the latest day, or else month, named at the opening of a document without a date of its own.

    >>> from khplans.reading.documents import document_of
    >>> _latest_year(document_of("UBND tỉnh họp về nhiệm vụ tháng 3 năm 2023."))
    2023
    """
    opening = " ".join(block.text.text for block in document.blocks[:_OPENING])
    named = find_dates(opening)
    days = [mention.start.year for mention in named if mention.precision == "day"]
    months = [mention.start.year for mention in named if mention.precision == "month"]
    return max(days or months, default=None)


def _year_after_the_base(document: Document) -> int | None:
    """The year after that of the same time that a text compares with, where it names no year of its own.

    >>> from khplans.reading.documents import document_of
    >>> _year_after_the_base(document_of("6 tháng đầu năm thu 5 tỷ đồng, tăng 2% so với cùng kỳ năm 2023."))
    2024
    """
    bases = (
        int(base["year"])
        for block in document.blocks[:_OPENING]
        for base in _SAME_TIME_OF.finditer(block.text.text)
    )
    return max((year + 1 for year in bases), default=None)


def _past_term(document: Document, year: int | None) -> str:
    """The term of office that `nhiệm kỳ qua` speaks of: the last that has ended, of several that are named.

    >>> from khplans.reading.documents import document_of
    >>> texts = "Nhiệm kỳ 2015 - 2020, nhiệm kỳ 2020 - 2025.", "Đại hội nhiệm kỳ 2020-2025."
    >>> [_past_term(document_of(text), 2020) for text in texts]
    ['2015/2020', '']
    """
    terms = {
        (int(term["first"]), int(term["last"]))
        for block in document.blocks[:_OPENING]
        for term in _TERM.finditer(block.text.text)
    }
    ended = sorted(term for term in terms if term[1] <= (year or min(last for _, last in terms)))
    return "/".join(map(str, ended[-1])) if ended and (year or len(terms) > 1) else ""


def _shape(label: str | None) -> str:
    """The kind of a marker: `1`, `a)`, `-`, so that siblings can be told from children.

    >>> _shape("12."), _shape("b)"), _shape(None)
    ('1.', 'a)', '')
    """
    return re.sub(r"[a-zđ]", "a", re.sub(r"\d+", "1", (label or "").lower()))


@dataclass(frozen=True, slots=True)
class Announcement:
    """Whether targets or results follow, where it says so, and the years that it speaks of."""

    kind: Kind | None = None
    period: str | None = None


def announced(document: Document, year: int | None) -> Announcement:
    """What the title says, or, where a text has none, the sentence that it opens with.

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("Kế hoạch phát triển năm 2026 đặt ra 5 mục tiêu.")
    >>> announced(document, 2025).period, announced(replace(document, title="Kế hoạch năm 2027"), 2025).period
    ('2026', '2027')
    """
    return read_headline(document.title or _opening_words(document), year)


def read_headline(words: str, year: int | None) -> Announcement:
    """What a headline says, by the first years in it that belong to a plan; words after the
    first sentence that names a time tell of other things.

    >>> read_headline("Các chỉ tiêu chủ yếu nhiệm kỳ 2020-2025", None)
    Announcement(kind='target', period='2020/2025')
    >>> read_headline("Kết quả thực hiện các chỉ tiêu năm 2019", None)
    Announcement(kind='actual', period='2019')
    >>> read_headline("Đại hội xác định giai đoạn 2020-2025. Đại hội thông qua mục tiêu.", None)
    Announcement(kind='target', period='2020/2025')
    """
    periods = find_periods(words, year, heading=True)
    spans = [period.value for period in periods if _WHOLE_YEARS.fullmatch(period.value)]
    if _SETS_TARGETS.search(words):
        return Announcement("target", spans[0] if spans else None)
    for period in periods:
        if _SENTENCE.search(words, periods[0].end, period.start):
            break
        head, sentence = _around(words, period)
        if _WHOLE_YEARS.fullmatch(period.value) and clause_words("planned").search(head):
            if clause_words("announces-results").search(sentence):
                return Announcement("actual", period.value)
            sets = clause_words("announces-targets").search(sentence)
            return Announcement("target" if sets else None, period.value)
    return Announcement()


def _around(words: str, period: Period) -> tuple[str, str]:
    """The words of its sentence before a time, and those with what follows it."""
    before = _SENTENCE.split(words[max(0, period.start - _FARTHEST) : period.start])[-1]
    after = _NEXT.split(words[period.end : period.end + _FARTHEST // 2])[0]
    return before, f"{before}{words[period.start : period.end]}{after}"


def _opening_words(document: Document) -> str:
    """The words that a text without a title opens with, up to its first figure.

    >>> from khplans.reading.documents import document_of
    >>> _opening_words(document_of("I. MỤC TIÊU\\n1. Đón khách.\\n2. Trồng 5.000 ha rừng.\\n3. Thu thuế."))
    'MỤC TIÊU. Đón khách.. Trồng 5.00'
    """
    words = ""
    for block in document.blocks:
        words += f"{block.text.text[:_LONGEST_HEADLINE]}. "
        if len(words) >= _LONGEST_HEADLINE:
            break
    return _FIGURE.split(words[:_LONGEST_HEADLINE])[0]
