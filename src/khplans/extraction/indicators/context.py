"""What holds for a block from outside it: its section's role, the time of headings and lead-ins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.indicators.headlines import announced
from khplans.extraction.indicators.kinds import Setting
from khplans.extraction.indicators.periods import find_periods
from khplans.model import Block, Document
from khplans.text.dates import find_dates

# What tells how things stand, unless a section's heading says otherwise; what a document of an
# unknown type does isn't known either, and it is read as one that reports.
_REPORTS = frozenset({"Báo cáo", "Thông báo", "Công văn", "Chỉ thị", "Công điện", "Kết luận", None})
# … and of those what orders as well: it says what is to be kept ready, saved, reached.
_ALSO_ORDERS = frozenset({"Công văn", "Chỉ thị", "Công điện"})
_AIMS = re.compile(r"\b(?:phấn đấu|(?:mục|chỉ) tiêu)\b", re.IGNORECASE)
_CHARGES = re.compile(r"\b(?:yêu cầu|đề nghị|giao|chỉ đạo)\b", re.IGNORECASE)
_RESULTS = re.compile(r"\b(?:kết quả|tình hình|đã|đạt được|ước)\b", re.IGNORECASE)
_OPENING = 12
_WHOLE_YEARS = re.compile(r"\d{4}(?:/\d{4})?")


@dataclass(frozen=True, slots=True)
class Context:
    """The setting of a block, the time that holds where it names none, and its lead-in."""

    setting: Setting
    period: str | None
    lead: str = ""


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
        self._year = document.date.year if document.date else _latest_year(document)
        stated = find_periods(document.title or "", self._year, heading=True)
        years = [period.value for period in stated if _WHOLE_YEARS.fullmatch(period.value)]
        headline = announced(document, self._year)
        reports = document.document_type in _REPORTS
        # A report's headline may name a year only in passing.
        told = headline.period if headline.kind or not reports else None
        if self._year is None and told:
            self._year = int(told[:4])
        self._period = years[-1] if years else told or (str(self._year) if self._year else None)
        if stated and "-" in stated[0].value and reports:
            self._period = stated[0].value
        self._reports = reports and headline.kind != "target"
        self._orders = document.document_type in _ALSO_ORDERS
        self._headings: dict[int | None, str | None] = {None: None}
        self._leads: list[_Lead] = []
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
        setting = Setting(
            self._role(block.section, lead), self._year, self._today, self._reports, self._orders
        )
        return Context(setting, period, lead.words if lead else "")

    def _lead_above(self, section: int | None, shape: str) -> _Lead | None:
        """The lead-in whose list an item of that shape stands in."""
        if self._leads and self._leads[-1].section != section:
            self._leads.clear()
        while self._leads and self._leads[-1].label == shape:
            self._leads.pop()
        return self._leads[-1] if self._leads else None

    def _note_lead(self, block: Block, shape: str) -> None:
        """Remember a block that leads in those below it: one that ends in a colon, or names a time
        and nothing more."""
        words = block.text.text
        colon = words.endswith(":")
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
    đạt được kết quả:` reports."""
    aims, charges = _AIMS.search(words), _CHARGES.search(words)
    if _RESULTS.search(words):
        return "" if aims or charges else "situation"
    return "objective" if aims else "task" if charges else ""


def _latest_year(document: Document) -> int | None:
    """The year of the latest day named at the opening of a document without a date of its own."""
    opening = " ".join(block.text.text for block in document.blocks[:_OPENING])
    days = [mention.start.year for mention in find_dates(opening) if mention.precision == "day"]
    return max(days, default=None)


def _shape(label: str | None) -> str:
    """The kind of a marker: `1`, `a)`, `-`, so that siblings can be told from children."""
    return re.sub(r"[a-zđ]", "a", re.sub(r"\d+", "1", (label or "").lower()))
