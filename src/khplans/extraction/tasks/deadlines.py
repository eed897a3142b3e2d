"""When a task is due, from its words or from a table's cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Literal

from khplans.extraction.tasks.counted import read_counted
from khplans.knowledge.wording import Wording
from khplans.text.dates import (
    QUARTER_WORD,
    DateMention,
    Precision,
    find_dates,
    find_missing_days,
    parse_date,
)
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

Cadence = Literal["ongoing", "monthly", "quarterly", "yearly"]
DeadlineBasis = Literal["stated", "counted", "inherited"]

_DATED = re.compile(rf"\d|{QUARTER_WORD} [IⅠ-Ⅳ]", re.IGNORECASE)
_REGULAR = Wording(rf"(?:hang|<each time>) (?P<unit>tháng|{QUARTER_WORD}|năm)", "hằng tháng")
_UNITS: dict[str, Cadence] = {"th": "monthly", "q": "quarterly", "n": "yearly"}
_BEFORE = Wording(
    r"(?:^|(?<=[\s(,;]))(?:(?:dự kiến|<at the latest>)(?: là)?(?: khoảng)? )?"
    r"(?:(?:từ nay )?(?:đến|tới)(?: hết| trước| <part of a time>)?|<before a time that is due>|vào(?: cuối| đầu)?"
    r"|chậm nhất(?: là)?|(?:hoàn thành|xong)(?: <part of a time>)?)(?: thời điểm| thời gian)?"
    rf"(?: (?:ngày|dịp) (?-i:[{UPPER}])[^\d,.;:()]{{2,30}})?"
    r"(?:(?: lúc)? \d{1,2} ?(?:giờ|[hg:])(?: ?\d{1,2})?(?: ?(?:phút|['’′]))?,?(?: \()?)? ?$",
    "chậm nhất là đến hết ",
)
_NOT_DUE = Wording(
    r"<not due>(?: phát triển)? (?:<before what is not due>)?(?: năm| hết)? ?$",
    "tầm nhìn đến ",
)
_RESULT = Wording(
    r",? ?(?:phải |cơ bản |(?:toàn |cả )?tỉnh |\w+ \w+ )?(?:<result by then>|100 ?%)",
    ", 100% số xã",
)
_VISION = Wording(r",? (?:và )?<outlook>", ", tầm nhìn")
_AIM = Wording(r"(?:^|[,;:.(] )(?:<aims by then> )?đến $", "phấn đấu đến ")
_NUMBERED = Wording(r"(?:số|/[A-ZĐ-]+)\S* ?,? $", "số 12/KH-UBND ", exact=True)
_CITED = re.compile(r"\d/\S*[A-ZĐ]{2}")
_TERM = Wording(r"thời kỳ|nhiệm kỳ", "nhiệm kỳ")
_OUTLOOK = Wording(r"<outlook>(?: đến| tới)?(?: năm)? ?$", "tầm nhìn đến năm ")
_START = Wording(r"(?:bắt đầu |kể )?từ ", "kể từ ")
_SINGLE = ("day", "month", "quarter", "year")
_BY_YEAR = Wording(r"^<until>(?: hết| cuối)? (?=(?:19|20)\d\d$)", "đến hết 2025")
_NAMED = Wording(r"<opens a span>(?: năm)? ?$", "giai đoạn ")
_DONE = Wording(r"\bđã [^,;.:]*$", "hộ đã được cấp đất ")
"""What was done by a time that is over: `các hộ đã được cấp đất trước ngày 01/7/2004`."""
# A step of a schedule begins with its time: `Tháng 6/2025: …`.
_OPENS = Wording(r"(?:từ )?", "từ ")
_COLON = re.compile(r" ?:")
_CLAUSE = 200
_BAN = Wording(
    r"(?:^|[,;:.] |\b<orders a ban> )<ban>"
    r"(?! <no ban>\b) [^.;:]*$",
    "tuyệt đối không tổ chức liên hoan ",
)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and cadence with the words that give them.

    `basis` says whether the words name the day or it is counted from the document's own;
    `impossible` is where they name days that no calendar has.
    """

    deadline: date | None = None
    text: str | None = None
    cadence: Cadence | None = None
    basis: DeadlineBasis | None = None
    impossible: tuple[tuple[int, int], ...] = ()


def read_due_cell(text: str, year: int | None, issued: date | None = None) -> Due:
    """What the cell of a deadline column says; `year` is the plan's, `issued` the document's day.

    >>> read_due_cell("Quý IV/2023", None).deadline
    datetime.date(2023, 12, 31)
    >>> read_due_cell("Nhiệm vụ thường xuyên", None).cadence
    'ongoing'
    """
    words = text.strip()
    if not words:
        return Due()
    cadence = _cadence_of_cell(words)
    whole = parse_date(_BY_YEAR.sub(r"năm ", words), year)
    if whole and not _starts(words, whole):
        end = None if cadence and not whole.has_year else whole.end
    else:
        end = _last_of_cell(words, year, cadence)
    if end is None and (counted := read_counted(words, issued)):
        return Due(counted.deadline, words, cadence, "counted" if counted.deadline else None)
    missing = tuple(day for day in find_missing_days(text, year) if not _is_cited(text, day[0]))
    return Due(end, words, cadence, "stated" if end else None, missing)


def _last_of_cell(words: str, year: int | None, cadence: Cadence | None) -> date | None:
    """The last end of what a cell names, cited documents, names and beginnings left out.

    >>> [_last_of_cell(text, 2025, None) for text in ("Quý I đến quý II", "Từ năm 2024", "")]
    [datetime.date(2025, 6, 30), None, None]
    >>> _last_of_cell("tháng 3", 2025, "yearly"), _last_of_cell("tháng 3/2025", 2025, "yearly")
    (None, datetime.date(2025, 3, 31))
    """
    ends = [
        mention.end
        for mention in find_dates(words, year)
        if _ends_something(words, mention) and (mention.has_year or not cadence)
    ]
    return max(ends, default=None)


def _ends_something(words: str, mention: DateMention) -> bool:
    """Whether a time is no cited document's, no part of a name and no beginning.

    >>> from khplans.text.dates import find_dates
    >>> texts = "trước ngày 15/6/2025", "Từ năm 2024", "Quy hoạch thời kỳ 2021-2030"
    >>> [_ends_something(text, find_dates(text, None)[0]) for text in texts]
    [True, False, False]
    """
    named = _cited(words, mention) or _names_a_time(words, mention.i)
    return not named and not _starts(words, mention)


def _names_a_time(words: str, at: int) -> bool:
    """Whether a time is a part of a name or an outlook: `Quy hoạch thời kỳ 2021-2030, tầm nhìn 2050`.

    >>> text = "giai đoạn 2021, tầm nhìn 2050, trong 2030"
    >>> [_names_a_time(text, text.index(year)) for year in ("2021", "2050", "2030")]
    [True, True, False]
    """
    before = words[:at]
    return bool(_NAMED.search(before) or _TERM.match(words, at) or _OUTLOOK.search(before))


def _cadence_of_cell(words: str) -> Cadence | None:
    """How often a cell says that it is due.

    >>> _cadence_of_cell("Hằng quý"), _cadence_of_cell("Thường xuyên"), _cadence_of_cell("2025")
    ('quarterly', 'ongoing', None)
    """
    regular = _REGULAR.search(words)
    if regular:
        return _every(regular["unit"])
    if "thuong xuyen" in shadow(words):
        return "ongoing"
    return None


def _starts(text: str, mention: DateMention) -> bool:
    """Whether the time is when something begins: `Từ năm 2024`.

    >>> texts = "Từ năm 2024", "năm 2024", "Từ năm 2024 đến năm 2025"
    >>> [_starts(text, find_dates(text)[0]) for text in texts]
    [True, False, False]
    """
    return mention.precision in _SINGLE and bool(_START.match(text, mention.i))


def _cited(text: str, mention: DateMention) -> bool:
    """Whether a day is that of a document that is cited.

    >>> texts = "Quyết định số 5/QĐ-TTg ngày 2/3/2024", "trước ngày 2/3/2024", "Quyết định số 5/QĐ-TTg năm 2024"
    >>> [_cited(text, find_dates(text)[0]) for text in texts]
    [True, False, False]
    """
    return mention.precision == "day" and _is_cited(text, mention.i)


def _is_cited(text: str, day: int) -> bool:
    """Whether a day is that of a document, whose number stands before it.

    >>> text = "Quyết định số 12/QĐ-UBND ngày 5/3/2024"
    >>> _is_cited(text, 25), _is_cited(text, 10)
    (True, False)
    """
    return bool(_CITED.search(text[max(0, day - 40) : day]))


def read_due(text: str, year: int | None, issued: date | None = None) -> Due:
    """When the words of a task say that it is due; `issued` is the document's day.

    >>> due = read_due("Báo cáo kết quả trước ngày 18 hàng tháng.", 2024)
    >>> due.deadline, due.text, due.cadence
    (None, 'trước ngày 18 hàng tháng', 'monthly')
    >>> read_due("Báo cáo chậm nhất 15 ngày kể từ ngày ký.", None, date(2025, 3, 1)).deadline
    datetime.date(2025, 3, 16)
    >>> read_due("Rà soát các hộ đã được cấp đất trước ngày 01/7/2004.", None, date(2025, 3, 1)).deadline
    """
    recurring = _Recurring(text)
    found = _stated(text, year, recurring, issued) if _DATED.search(text) else []
    missing = _missing(text, year)
    regular = recurring.found
    last = max((one.end for one in found), default=None)
    basis: DeadlineBasis | None = "stated" if last else None
    if text.startswith("Thường xuyên"):
        return Due(last, "Thường xuyên", "ongoing", basis, missing)
    if not found and (counted := read_counted(text, issued)):
        basis = "counted" if counted.deadline else None
        words = text[counted.i : counted.j]
        return Due(counted.deadline, words, _cadence(regular), basis, missing)
    if found:
        latest = max(found, key=lambda one: (one.end, -one.i))
        words, cadence = _with_cadence(text, latest.i, latest.j, regular)
        return Due(latest.end, words, cadence, basis, missing)
    if missing:
        words, cadence = _with_cadence(text, *missing[-1], regular)
        return Due(None, words, cadence, None, missing)
    return Due(None, text[regular[0].i : regular[0].j], _cadence(regular)) if regular else Due()


@dataclass(frozen=True, slots=True)
class _Stated:
    """A deadline whose words are `text[i:j]`, and its last day."""

    i: int
    j: int
    end: date


def _stated(
    text: str, year: int | None, recurring: _Recurring, issued: date | None
) -> list[_Stated]:
    """The deadlines that a text names; periods of years only where it names no other.

    Days of every month or year are left to `recurring`.

    >>> text = "Báo cáo trước ngày 15/6/2025, hoàn thành trong năm 2026"
    >>> [(text[one.i : one.j], str(one.end)) for one in _stated(text, 2025, _Recurring(text), None)]
    [('trước ngày 15/6/2025', '2025-06-15'), ('trong năm 2026', '2026-12-31')]
    """
    found: list[_Stated] = []
    periods: list[_Stated] = []
    for mention in find_dates(text, year):
        begin = _due_from(text, mention.i, mention.j, mention.precision)
        if begin is None or _REGULAR.match(text, mention.j + 1) or _banned(text, begin):
            continue
        if issued and mention.end < issued and _DONE.search(text[:begin]):
            continue
        if mention.has_year or not recurring.takes_in(begin, mention.j):
            one = _Stated(begin, mention.j, _last_day(text, begin, mention))
            (periods if mention.precision == "years" else found).append(one)
        else:
            recurring.reach(begin, mention.j)
    return found or periods


def _missing(text: str, year: int | None) -> tuple[tuple[int, int], ...]:
    """The words of deadlines on days that no calendar has (`trước ngày 31/6/2025`)."""
    begun = ((_due_from(text, i, j, "day"), j) for i, j in find_missing_days(text, year))
    return tuple((begin, j) for begin, j in begun if begin is not None)


def _with_cadence(
    text: str, begin: int, stop: int, regular: Sequence[_Regular]
) -> tuple[str, Cadence | None]:
    """The words of a deadline at `text[begin:stop]`, with those of its sentence that say how often.

    >>> text = "Báo cáo (định kỳ hằng quý, trước ngày 15). Trồng rừng"
    >>> _with_cadence(text, 27, 41, _regular(text))
    ('định kỳ hằng quý, trước ngày 15)', 'quarterly')
    >>> _with_cadence(text, 43, 53, _regular(text)), _with_cadence(text, 43, 53, [])
    (('Trồng rừng', 'quarterly'), ('Trồng rừng', None))
    """
    if regular and ". " not in text[min(begin, regular[0].i) : max(stop, regular[0].j)]:
        begin, stop = min(begin, regular[0].i), max(stop, regular[0].j)
    if text.startswith(")", stop) and "(" in text[begin:stop]:
        stop += 1
    return text[begin:stop], _cadence(regular)


def _banned(text: str, begin: int) -> bool:
    """Whether the time is how long something is not to be done: `không tăng giá trong năm 2020`.

    >>> [_banned(text, text.index("trong")) for text in ("không tăng giá trong năm 2020", "rà soát trong năm 2020")]
    [True, False]
    """
    during = text.startswith(("trong", "Trong"), begin)
    return during and bool(_BAN.search(text[max(0, begin - _CLAUSE) : begin]))


def _last_day(text: str, begin: int, mention: DateMention) -> date:
    """The last day on which it may be done: before a month, quarter or year that is the day before.

    >>> text = "trước tháng 6/2025"
    >>> str(_last_day(text, 0, find_dates(text, None)[0]))
    '2025-05-31'
    """
    before = text[begin : mention.i].lower().split()
    if before[-1:] == ["trước"] and mention.precision in ("month", "quarter", "year"):
        return mention.start - timedelta(days=1)
    return mention.end


@dataclass(frozen=True, slots=True)
class _Regular:
    """Words that say how often, at `text[i:j]`: `định kỳ hằng quý`, `Hằng năm`.

    Half a year is no cadence of its own, but its days have no year either.
    """

    i: int
    j: int
    cadence: Cadence | None


_PLACE = attrgetter("i")
_STOP = re.compile(r"\. ")
_HALF_YEAR = ("6", "06", "sáu")
_APART = re.compile(r",? ?\(?")
_EVERY = rf"<each time> (?:tháng|{QUARTER_WORD}|năm)"
_REGULARLY = Wording(
    r"(?:<due by>(?: là)? (?!năm)<calendar>[^.;,]{0,40}? |định kỳ |^)"
    rf"{_EVERY}(?!\w)|{_EVERY}(?=,? \(?<due by> )"
    r"|(?:định kỳ )?(?:trước|vào) ngày \d{1,2}(?: của)? tháng cuối(?: <of a quarter>)? quý"
    r"|(?:định kỳ|<each time>) (?:0?6|sáu) tháng(?!\w)"
    r"|(?:định kỳ |(?<=\)), |(?<=\)) và )(?!ngày)<calendar>(?=,| \(<due by> )",
    "định kỳ 6 tháng",
)


_EVERY_TIME = Wording(rf"(?<!\w){_EVERY}(?!\w)", "hằng năm")
_CLAUSE_END = re.compile(r" ?(?:[.;)]|$)")
_NOUN = 40
# Nouns that "hằng năm" describes.
_ATTRIBUTE = Wording("<described by the year> $", "dự toán ngân sách ", folded=True)


def _regular(text: str) -> list[_Regular]:
    """How often something is due; `Hằng năm` alone only where the text opens with it.

    >>> [[one.cadence for one in _regular(text)] for text in ("Báo cáo định kỳ hằng quý", "Hằng năm, báo cáo", "Báo cáo hằng năm")]
    [['quarterly'], ['yearly'], []]
    """
    found = [
        _Regular(match.start(), match.end(), _how_often(match[0]))
        for match in _REGULARLY.finditer(text)
    ]
    return found or _adverbs(text)


class _Recurring:
    """What a text says of how often, in order, and the days without a year that belong to it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found = _regular(text)
        self._half_years = [one for one in self.found if one.cadence is None]
        self._stops = [stop.start() for stop in _STOP.finditer(text)] if self._half_years else []

    def takes_in(self, begin: int, stop: int) -> bool:
        """Whether the day at `text[begin:stop]` is due again and again: `hằng năm (trước ngày 15/12)`."""
        last = _last_before(self.found, begin)
        if last is None:
            return False
        half_year = _last_before(self._half_years, begin)
        return (
            stop <= last.j
            or _APART.fullmatch(self._text, last.j, begin) is not None
            or (half_year is not None and not self._parted(half_year.j, begin))
        )

    def _parted(self, i: int, j: int) -> bool:
        """Whether a sentence ends between two places."""
        return bisect_left(self._stops, i) < bisect_left(self._stops, j - 1)

    def reach(self, begin: int, stop: int) -> None:
        """Take in the day at `text[begin:stop]` with the words that it directly follows."""
        last = _last_before(self.found, begin)
        if last and _APART.fullmatch(self._text, last.j, begin):
            closes = self._text.startswith("(", begin - 1) and self._text.startswith(")", stop)
            at = bisect_right(self.found, begin, key=_PLACE) - 1
            self.found[at] = replace(last, j=stop + closes)


def _last_before(found: Sequence[_Regular], begin: int) -> _Regular | None:
    """The last words that say how often, up to a place.

    >>> found = [_Regular(3, 9, "yearly"), _Regular(20, 29, "monthly")]
    >>> [one.cadence if (one := _last_before(found, begin)) else None for begin in (2, 3, 30)]
    [None, 'yearly', 'monthly']
    """
    before = bisect_right(found, begin, key=_PLACE)
    return found[before - 1] if before else None


def _adverbs(text: str) -> list[_Regular]:
    """How often, told before the verb: `hằng tháng công khai`, but not `ngân sách hằng năm bảo đảm`.

    At the end of a clause a month or quarter tells it too: `chấm điểm thi đua hằng quý.`

    >>> texts = "Hằng tháng công khai kết quả", "ngân sách hằng năm bảo đảm", "chấm điểm thi đua hằng quý."
    >>> [[one.cadence for one in _adverbs(text)] for text in texts]
    [['monthly'], [], ['quarterly']]
    """
    found = []
    for match in _EVERY_TIME.finditer(text):
        shade = shadow(text[max(0, match.start() - _NOUN) : match.end() + _NOUN])
        at = shade.find(shadow(match[0]), min(_NOUN, match.start()))
        after = at + len(match[0])
        ends = match[0].lower()[-3:] != "năm" and _CLAUSE_END.match(shade, after)
        if (ends or _ACTING.match(shade, after)) and not _ATTRIBUTE.search(shade[:at]):
            found.append(_Regular(match.start(), match.end(), _how_often(match[0])))
    return found


_ACTING = Wording(r",? <cue imperative>(?!\w)", ", rà soát", folded=True)
"""A verb after the adverb."""


def _how_often(words: str) -> Cadence | None:
    """The cadence of words that say how often; half a year is none of its own.

    >>> _how_often("hằng quý"), _how_often("định kỳ 6 tháng")
    ('quarterly', None)
    """
    *before, unit = words.lower().split()
    return None if before and before[-1] in _HALF_YEAR else _every(unit)


def _every(unit: str) -> Cadence:
    """
    >>> _every("Quý"), _every("tháng")
    ('quarterly', 'monthly')
    """
    return next(cadence for opening, cadence in _UNITS.items() if unit.lower().startswith(opening))


def _cadence(regular: Sequence[_Regular]) -> Cadence | None:
    return next((one.cadence for one in regular if one.cadence), None)


def _due_from(text: str, i: int, j: int, precision: Precision) -> int | None:
    """Where the words of the deadline on the time at `text[i:j]` begin, or None where it is none.

    >>> text = "Hoàn thành trước ngày 30/6/2025"
    >>> text[_due_from(text, 17, 31, "day"):]
    'trước ngày 30/6/2025'
    >>> _due_from("Quý IV/2025: nghiệm thu", 0, 11, "quarter")
    0
    """
    before = text[max(0, i - 60) : i]
    own = text[i:j].lower()
    if _OPENS.fullmatch(text[:i]) and _COLON.match(text, j):  # `Quý IV/2025: nghiệm thu`
        return 0
    if own.startswith("trong "):  # `trong quý I`
        return i if precision != "part" else None
    if precision == "days" and own.startswith("từ "):  # `từ ngày 1/3 đến ngày 15/3`
        return i
    match = _BEFORE.search(before)
    if not match or _NOT_DUE.search(before[: match.end()]):
        bracket = before.endswith("(") and precision in ("quarter", "month")  # `(quý I/2025)`
        return i if bracket else None
    words = before[match.start() :].lower()
    if words.strip() in ("hoàn thành", "xong"):  # `hoàn thành quý I`
        return i if precision != "part" else None
    if precision == "part" and "hoàn thành" not in before.lower():
        return None
    open_end = precision in ("year", "years") and words.split()[-1] in ("đến", "tới")
    if open_end and not _is_reached_by(text, before, j):
        return None
    return i - len(before) + match.start()


def _is_reached_by(text: str, before: str, j: int) -> bool:
    """Whether a year after `đến` says by when something is reached (`phấn đấu đến 2030`), and is
    neither an outlook (`đến 2030, tầm nhìn 2045`) nor a part of a name.

    >>> text = "phấn đấu đến 2030, tầm nhìn 2045"
    >>> _is_reached_by(text, "phấn đấu đến ", 17), _is_reached_by("phấn đấu đến 2030", "phấn đấu đến ", 17)
    (False, True)
    """
    aims = _AIM.search(before) or _RESULT.match(text, j)
    return bool(aims) and not _VISION.match(text, j) and not _NAME.search(before)


_NAME = Wording("<named with a year>[^,;.]*$", "Chiến lược phát triển ", exact=True)
