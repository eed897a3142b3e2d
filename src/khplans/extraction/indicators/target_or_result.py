"""Whether a number is a target or a result, and how sure a result: words around it, section, time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from khplans.knowledge.wording import Wording, clause_words
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.passage import Passage, Span

Kind = Literal["target", "actual", "estimate", "forecast"]

_ORDERS = frozenset({"task", "organisation"})
# What is told in brackets holds in them: `tăng 8,2% (kế hoạch là 8%)`.
_BRACKETS = re.compile(r"\([^()]*\)")
# `cao hơn nhiều so với chỉ tiêu 1,765 tỷ USD`: the number is the one that was set.
_IS_SET = Wording(
    r"(?:<measured against>|(?<=[(;,]) ?) (?:mục|chỉ) tiêu(?: là)? $"
    r"|so với <plan>(?: [^\W\d_]+){0,3} \($",
    "cao hơn so với chỉ tiêu ",
)
_EXPECTED_NEED = Wording(r"\b<forecasts>(?: tổng)? nhu cầu\b[^.;]*", "dự kiến tổng nhu cầu")
_ADDED = Wording(
    r"\b<widens>\b[^.;]*\bhiện có\b[^.;]*\bthêm(?: <added size>)?(?: <added about>)? ?$",
    "mở rộng 2 trường hiện có thêm ",
)
_DONE = Wording(r"\bđã\b", "đã")
# `Năm 2023 ước đạt 5 tỷ đồng; năm 2022 đạt 4 tỷ đồng`, and not `so với năm 2022`.
_OWN_TIME = Wording(r"\b<period> \d", "năm 2022")
_COMPARES = Wording(r"\b<compares with>\b", "so với")
_ASIDE_OF_TIME = Wording(r"\bnăm \d{4} \((?:đạt |là )?$", "năm 2020 (đạt ")
_PART = re.compile(r"[,;()]")
# What a word that opens a part of the sentence says holds for all that follows.
_OPENS_PART = re.compile(r"(?:^|[,;:(]) ?[-+“\"]? ?$")
_PARTS_OF = Wording(r"\b(?:trong (?:số )?đó|gồm)\b", "trong đó")
_ANOTHER_STATEMENT = Wording(r";|\b<but>\b", "nhưng")
# `Đại hội đề ra 24 chỉ tiêu, trong đó …`, `Kế hoạch năm 2013 xác định …`: what follows is set.
_SETS = Wording(
    r"\b<sets> (?:[^\W_]+ ){0,3}(?:chỉ|mục) tiêu\b"
    r"|(?:^|[.;] )(?:<some> )?(?:chỉ|mục) tiêu (?:<main> )*(?:trong )?(?:<period> [\d –-]+)?<lists>:"
    r"|\b(?:<plan>|<long plan>) (?:năm|giai đoạn) \d{4}[^.;,:]{0,12} <sets>\b",
    "đề ra 24 chỉ tiêu",
)
# `thấp hơn so với thực hiện giai đoạn 2001-2005 (39%)`: what it is compared with is a result.
_BASE_ASIDE = Wording(
    r"\b<far from> so với (?:[^\W\d_]+ ){0,6}(?:năm )?\d{4}(?: ?[-–] ?\d{4})?[^.;:]{0,40}\((?:<is given> )?$",
    "thấp hơn so với năm 2020 (",
)
_SAME_TIME = Wording(r"[^.;]{0,60}\bcùng kỳ\b", " so với cùng kỳ")


@dataclass(frozen=True, slots=True)
class BlockSetting:
    """What is known around a passage: its section's role, the document's year and day, whether
    the document reports (and sets no targets unless it says so), whether it orders too, and the
    term of office that has passed."""

    role: str
    year: int | None
    today: str
    reports: bool = False
    orders: bool = False
    term: str = ""


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a number stands: the start of its sentence and clause, its cues, its digits, its end."""

    sentence: int
    clause: int
    lead: int
    number: int
    end: int


class KindWords:
    """Where the words of a passage stand that tell targets from results."""

    def __init__(self, text: str, passage: Passage | None = None) -> None:
        self._text, self._passage = text, passage
        sets: list[tuple[int, Kind]] = [
            (match.end() - 1, "target") for match in _SETS.finditer(text)
        ]
        self._telling = sorted(self._find("aim", "result") + sets)
        self._leaning = self._find("leans-aim", "leans-result")
        self._unsure = self._find_all(
            (("estimate", "estimate"), ("forecast", "forecast"), ("certain", "actual"))
        )
        self._open, self._open_unsure = self._outside_brackets()

    def _outside_brackets(self) -> tuple[list[tuple[int, Kind]], list[tuple[int, Kind]]]:
        """The telling words that no bracket holds which has closed: not `ước` in `5% (ước 4%)`."""
        closed = [match.span() for match in _BRACKETS.finditer(self._text)]
        starts = [i for i, _ in closed]

        def is_open(at: int) -> bool:
            before = bisect_left(starts, at)
            return not before or at >= closed[before - 1][1]

        telling = [found for found in self._telling if is_open(found[0])]
        return telling, [found for found in self._unsure if is_open(found[0])]

    def _find(self, aims: str, results: str) -> list[tuple[int, Kind]]:
        return self._find_all(((aims, "target"), (results, "actual")))

    def _find_all(self, sides: tuple[tuple[str, Kind], ...]) -> list[tuple[int, Kind]]:
        return sorted(
            (match.start(), kind)
            for role, kind in sides
            for match in clause_words(role).finditer(self._text)
        )

    def kind_of(
        self,
        place: NumberPlace,
        period: str | None,
        setting: BlockSetting,
        *,
        inherited: bool = False,
        above: str = "",
    ) -> Kind:
        """The kind of a number; `inherited` says that its period is that of a sentence before.

        `above` are the words that lead in the list in which it stands.

        >>> here = BlockSetting("objective", 2024, "2024-01-19")
        >>> KindWords("Thu ngân sách đạt 5 tỷ đồng").kind_of(NumberPlace(0, 0, 13, 18, 27), "2024", here)
        'target'
        >>> KindWords("GRDP ước tăng 5%").kind_of(NumberPlace(0, 0, 5, 9, 16), "2024", here)
        'estimate'
        """
        case = Judged(self, place, period, setting, inherited, above)
        told = KINDS.decide(case)
        kind = told if isinstance(told, str) else told(case) or "target"
        return RESULTS.decide(case) if kind == "actual" else kind

    def in_clause(self, place: NumberPlace) -> Kind | None:
        """What the last telling word of the number's clause says."""
        clause = max(place.clause, self._text.rfind(";", place.clause, place.number) + 1)
        return _last(self._telling, clause, place.number)

    def in_sentence(self, place: NumberPlace) -> Kind | None:
        """What the last telling word of its sentence says, brackets that have closed left out."""
        return _last(self._open, place.sentence, place.number)

    def unsure_in_clause(self, place: NumberPlace) -> set[Kind]:
        """How sure the words of the number's clause are, none where they don't say."""
        return _all(self._unsure, place.clause, place.number)

    def unsure_before(self, place: NumberPlace) -> Kind | None:
        """How sure the sentence is where it comes to the number, brackets that have closed left out."""
        i = bisect_left(self._open_unsure, (place.number,)) - 1
        if i < 0 or self._open_unsure[i][0] < place.sentence:
            return None
        at, kind = self._open_unsure[i]
        return kind if self._reaches(at, place) else None

    def _reaches(self, at: int, place: NumberPlace) -> bool:
        """Whether what a word says of its own number holds for another after it."""
        if _OPENS_PART.search(self._text[place.sentence : at]):
            return True
        gap = self._text[at : place.lead]
        return bool(_PARTS_OF.search(gap)) or not _ANOTHER_STATEMENT.search(gap)

    def has_own_time(self, place: NumberPlace) -> bool:
        """Whether a time that is no base of comparison stands after the number before it: `4%; năm 2025 đạt 5%`."""
        gap = self._text[place.clause : place.lead]
        told = (_OWN_TIME.search(part) and not _COMPARES.search(part) for part in _PART.split(gap))
        return any(told) or _ASIDE_OF_TIME.search(gap) is not None

    def leaning(self, place: NumberPlace) -> Kind | None:
        """What the last word that leans to a side says."""
        return _last(self._leaning, place.sentence, place.number)

    def compares(self, place: NumberPlace) -> bool:
        """Whether the number is compared with the same time of another year."""
        return _SAME_TIME.match(self._text, place.end) is not None

    def span(self, place: NumberPlace) -> Span | None:
        """Where the number stands in the source, where the passage is known."""
        return self._passage.span(place.number, place.end) if self._passage else None

    def is_expected_need(self, place: NumberPlace) -> bool:
        """`Dự kiến nhu cầu vốn …`: what will be needed, as is expected."""
        return _EXPECTED_NEED.search(self._text, place.sentence, place.number) is not None

    def is_added(self, place: NumberPlace) -> bool:
        """`nâng công suất … hiện có thêm`, where nothing says that it has been done."""
        words = self._text[place.clause : place.number]
        return bool(_ADDED.search(words)) and not _DONE.search(words)

    def is_a_base_aside(self, place: NumberPlace) -> bool:
        """`thấp hơn so với năm 2020 (5%)`: what the one before it is compared with."""
        return _BASE_ASIDE.search(self._text, place.sentence, place.number) is not None

    def is_set(self, place: NumberPlace) -> bool:
        """`so với chỉ tiêu 1,7 tỷ USD`, but not `vượt chỉ tiêu 1%`, which is by how much."""
        match = _IS_SET.search(self._text, max(0, place.lead - 45), place.lead)
        by = match and match[0].startswith("vượt") and "%" in self._text[place.number : place.end]
        return bool(match and not by)


@dataclass(frozen=True)
class Judged:
    """A number whose kind is asked: where it stands, its period, and what holds around it."""

    words: KindWords
    place: NumberPlace
    period: str | None
    setting: BlockSetting
    inherited: bool
    above: str = ""

    @property
    def span(self) -> Span | None:
        return self.words.span(self.place)

    @once
    def clause(self) -> Kind | None:
        """What its clause says."""
        return self.words.in_clause(self.place)

    @once
    def sentence(self) -> Kind | None:
        """What its sentence says."""
        return self.words.in_sentence(self.place)

    @once
    def tense(self) -> Kind | None:
        """What its period alone says."""
        return tense(self.period, self.setting)

    @once
    def leaning(self) -> Kind | None:
        """What a word that leans to a side says."""
        return self.words.leaning(self.place)

    @once
    def unsure(self) -> set[Kind]:
        """How sure the words of its clause are."""
        return self.words.unsure_in_clause(self.place)

    @once
    def unsure_before(self) -> Kind | None:
        """How sure its sentence is."""
        return self.words.unsure_before(self.place)

    @property
    def situated(self) -> bool:
        """Whether its section tells how things stand."""
        return self.setting.role == "situation"

    @property
    def reported(self) -> bool:
        """Whether its section, or a document that gives no orders, tells how things stand."""
        return self.situated or (self.setting.reports and not self.setting.orders)


def _case_of(
    text: str,
    digits: str,
    role: str = "",
    period: str | None = None,
    reports: bool = False,
    orders: bool = False,
    inherited: bool = False,
    above: str = "",
) -> Judged:
    """The number that `digits` stand for in a document of 19 January 2024; its period, its section."""
    at = text.index(digits)
    clause = text.rfind(",", 0, at) + 1
    end = at + len(digits)
    return Judged(
        KindWords(text),
        NumberPlace(0, clause, at, at, end),
        period,
        BlockSetting(role, 2024, "2024-01-19", reports, orders),
        inherited,
        above,
    )


# fmt: off
KINDS: Rules[Judged, Kind | Callable[[Judged], Kind | None]] = Rules("target-or-result", _case_of, (
    Rule("set-as-a-target", ("cao hơn so với chỉ tiêu 1,7 tỷ USD", "1,7 tỷ USD"),
         lambda case: case.words.is_set(case.place), "target"),
    Rule("need-that-is-expected", ("Dự kiến nhu cầu vốn đến năm 2030 khoảng 5 tỷ đồng", "5 tỷ đồng"),
         lambda case: case.words.is_expected_need(case.place), "forecast"),
    Rule("more-to-come", ("Nâng công suất các trạm hiện có thêm 5 tấn", "5 tấn"),
         lambda case: not case.reported and case.words.is_added(case.place), "target"),
    Rule("compared-with-aside", ("Phấn đấu còn 3%, thấp hơn so với năm 2020 (5%)", "5%"),
         lambda case: case.words.is_a_base_aside(case.place), "actual"),
    Rule("told-in-its-clause", ("Năm 2025 phấn đấu đạt 5%", "5%"), lambda case: case.clause, attrgetter("clause")),
    Rule("compared-with-last-year", ("Thu 5 tỷ đồng, tăng so với cùng kỳ", "5 tỷ đồng", "objective"),
         lambda case: case.words.compares(case.place), "actual"),
    Rule("aim-of-the-sentence-goes-on",
         ("Phấn đấu tăng thu, công nghiệp 5%", "5%", "", "2022", False, False, True),
         lambda case: case.inherited and case.sentence == "target", "target"),
    Rule("result-of-the-sentence-goes-on", ("Ước thực hiện cả năm, công nghiệp 5%", "5%", "situation", "2030"),
         lambda case: case.situated and case.sentence == "actual", "actual"),
    Rule("told-by-its-time", ("Thu 5 tỷ đồng", "5 tỷ đồng", "", "2030"),
         lambda case: case.tense, attrgetter("tense")),
    Rule("told-in-its-sentence", ("Phấn đấu tăng thu, công nghiệp 5%", "5%"),
         lambda case: case.sentence, attrgetter("sentence")),
    Rule("objective", ("Thu 5 tỷ đồng", "5 tỷ đồng", "objective"),
         lambda case: case.setting.role == "objective", "target"),
    Rule("leans-in-a-section-of-orders", ("Đã có 5 xã", "5 xã", "task"),
         lambda case: case.setting.role in _ORDERS and case.leaning, attrgetter("leaning")),
    Rule("section-of-orders", ("Thu 5 tỷ đồng", "5 tỷ đồng", "task"),
         lambda case: case.setting.role in _ORDERS, "target"),
    Rule("how-things-stand", ("Thu 5 tỷ đồng", "5 tỷ đồng", "situation"),
         lambda case: case.reported, "actual"),
    Rule("leans", ("Đã có 5 xã", "5 xã"), lambda case: case.leaning, attrgetter("leaning")),
    Rule("document-that-reports", ("Thu 5 tỷ đồng", "5 tỷ đồng", "", None, True, True),
         lambda case: case.setting.reports, "actual"),
    Rule("plan", ("Thu 5 tỷ đồng", "5 tỷ đồng"), always, "target"),
))
# fmt: on


# fmt: off
RESULTS: Rules[Judged, Kind] = Rules("how-sure-a-result", _case_of, (
    Rule("stated", ("Ước cả năm thu 5 tỷ đồng, đã thu 3 tỷ đồng", "3 tỷ đồng"),
         lambda case: "actual" in case.unsure and case.unsure_before == "actual", "actual"),
    Rule("forecast", ("Dự báo cả năm xuất khẩu ước đạt 5 tỷ đồng", "5 tỷ đồng"),
         lambda case: "forecast" in case.unsure, "forecast"),
    Rule("estimate", ("Thu ngân sách ước đạt 5 tỷ đồng", "5 tỷ đồng"),
         lambda case: "estimate" in case.unsure, "estimate"),
    Rule("of-another-time", ("Năm 2023 ước thu 5 tỷ đồng, năm 2022 thu 4 tỷ đồng", "4 tỷ đồng"),
         lambda case: case.unsure_before and case.words.has_own_time(case.place), "actual"),
    Rule("forecast-goes-on", ("Dự báo cả năm thu 5 tỷ đồng, chi 4 tỷ đồng", "4 tỷ đồng"),
         lambda case: case.unsure_before == "forecast", "forecast"),
    Rule("estimate-goes-on", ("Ước cả năm thu 5 tỷ đồng, chi 4 tỷ đồng", "4 tỷ đồng"),
         lambda case: case.unsure_before == "estimate", "estimate"),
    Rule("stated-otherwise", ("Đã thu 5 tỷ đồng, chi 4 tỷ đồng", "4 tỷ đồng"),
         lambda case: case.unsure_before, "actual"),
    Rule("forecast-leads-in",
         ("Xuất khẩu đạt 5 tỷ đồng", "5 tỷ đồng", "", None, True, False, False, "Dự báo cả năm:"),
         lambda case: clause_words("forecast").search(case.above), "forecast"),
    Rule("estimate-leads-in",
         ("Xuất khẩu đạt 5 tỷ đồng", "5 tỷ đồng", "", None, True, False, False, "Ước thực hiện cả năm:"),
         lambda case: clause_words("estimate").search(case.above), "estimate"),
    Rule("result", ("Thu ngân sách đạt 5 tỷ đồng", "5 tỷ đồng"), always, "actual"),
))
# fmt: on


def _all(found: list[tuple[int, Kind]], start: int, end: int) -> set[Kind]:
    """What the words between two places tell."""
    return {kind for _, kind in found[bisect_left(found, (start,)) : bisect_left(found, (end,))]}


def _last(found: list[tuple[int, Kind]], start: int, end: int) -> Kind | None:
    """What the last word before `end` tells, if it stands at `start` or after.

    >>> found = [(3, "target"), (8, "actual")]
    >>> _last(found, 0, 9), _last(found, 0, 8), _last(found, 4, 8), _last(found, 0, 3)
    ('actual', 'target', None, None)
    """
    i = bisect_left(found, (end,)) - 1
    return found[i][1] if i >= 0 and found[i][0] >= start else None


@dataclass(frozen=True)
class Timed(Placeless):
    """A number's period (`2020/2025`, `2024-01-01/2024-06-30`) in its setting: is it past?"""

    period: str | None
    setting: BlockSetting

    @property
    def unknown(self) -> bool:
        """Whether the period or the document's year is not known."""
        return self.period is None or self.setting.year is None

    @property
    def last(self) -> str:
        """Where it ends: a year or a day."""
        return (self.period or "").split("/")[-1]

    @property
    def whole_years(self) -> bool:
        """Whether it is of whole years."""
        return len(self.last) == 4

    @property
    def years_to_come(self) -> int:
        """How many years after the document's it ends."""
        return int(self.last[:4]) - (self.setting.year or 0)

    @property
    def told(self) -> bool:
        """Whether the section or the document tells how things stand."""
        return self.setting.reports or self.setting.role == "situation"

    @property
    def around(self) -> bool:
        """Whether the document's year is within whole years: 2024 in `2021-2025`."""
        began = int((self.period or "")[:4]) <= (self.setting.year or 0)
        return self.whole_years and began and self.years_to_come > 0

    @property
    def running(self) -> bool:
        """Whether a part of the year has begun and not ended on the document's day."""
        period = self.period or ""
        return "/" in period and period[:10] < self.setting.today < self.last


def _timed(period: str | None, role: str = "", today: str = "2024-01-19") -> Timed:
    """A period in a section of a role of a document of 2024."""
    return Timed(period, BlockSetting(role, 2024, today))


# fmt: off
TENSE: Rules[Timed, Kind | None] = Rules("tense-of-a-period", _timed, (
    Rule("no-period", (None,), lambda case: case.unknown, None),
    Rule("around-the-year", ("2020/2025", "situation"), lambda case: case.told and case.around, None),
    Rule("years-before", ("2023",), lambda case: case.years_to_come < 0, "actual"),
    Rule("years-to-come", ("2025",), lambda case: case.years_to_come > 0, "target"),
    Rule("this-year", ("2024",), lambda case: case.whole_years or not case.setting.today, None),
    Rule("running-and-told", ("2024-01-01/2024-06-30", "situation"),
         lambda case: case.running and case.told, "actual"),
    Rule("running", ("2024-01-01/2024-06-30",), lambda case: case.running, None),
    Rule("part-that-has-ended", ("2024-01-01/2024-01-15",),
         lambda case: case.last <= case.setting.today, "actual"),
    Rule("part-to-come", ("2024-04-01/2024-06-30",), always, "target"),
))
# fmt: on


def tense(period: str | None, setting: BlockSetting) -> Kind | None:
    """What a period alone tells: before the document's year or after it, or a part already past.

    >>> tense("2023", BlockSetting("", 2024, "2024-01-19")), tense("2024", BlockSetting("", 2024, "2024-01-19"))
    ('actual', None)
    """
    return TENSE.decide(Timed(period, setting))
