"""Dates as Vietnamese documents write them: days, months, quarters, parts of years, ranges.

`find_dates` finds them in readable text (`Passage.text`: single spaces), `parse_date` reads
one. `DAY` (one day with its year) and `DATE` (any) are patterns without groups and without
flags of their own that other grammars embed and compile with `re.IGNORECASE`.

The forms are those of Nghị định 30/2020/NĐ-CP (`ngày 05 tháng 01 năm 2024`: two digits for days
below 10 and months 1 and 2) and what is met in the field besides.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

Precision = Literal["day", "days", "month", "months", "quarter", "part", "year", "years"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time named at `text[i:j]`: its first and last day, and how fine it is.

    `precision` is `day`, `days` (a range of them), `month`, `months`, `quarter` (one or several),
    `part` (`6 tháng đầu năm 2024`), `year` or `years` (`giai đoạn 2026-2030`). `has_year` is False
    where the text names no year and the caller's was taken.
    """

    start: date
    end: date
    precision: Precision
    i: int
    j: int
    has_year: bool = True


_YEAR = r"(?:19|20)\d\d(?!\d)"
_SEP = r" ?[/⁄.\-–‑] ?"
_DASH = r" ?[-–] ?"
_TO = r"(?: ?[-–] ?| (?:đến|tới)(?: hết)? )"
_AND = r"(?: ?[,;+&–-] ?| và | đến )"
_OF_YEAR = rf"(?:(?: ?[/,–-]? ?|\.)(?:của )?(?:năm )?{_YEAR})"
QUARTER_WORD: Final = r"q(?:u[ýíyi]|ú[yi])"
"""`quý` as it is written, with its accent on either vowel."""
_QUARTER = r"(?:IV|I{1,3}|[Ⅰ-Ⅳ]|0?[1-4])(?!\w|\.\d)"
_MONTH = rf"(?:1[0-2]|0?[1-9])(?!\d|\.(?!{_YEAR})\d)"
_WORD_MONTH = r"(?:giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|chạp)"

_NGAY = r"ng[àaảáâạ]y"
_THANG = r" ?th[áaảàâạ]ng ?"
_NAM = r"n[ăãâaặắ]m"
DAY: Final = (
    rf"(?:(?:(?:{_NGAY}|mồng|mùng) ?)?(?<![\d/])"
    rf"(?:\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d{{4}}(?!\d)"
    rf"|\d{{1,2}},?{_THANG}\d{{1,2}}(?:,? ?{_NAM} ?| ?[/.\-–] ?|, ?| )\d{{4}}(?!\d))"
    rf"|(?:{_NGAY}|mồng|mùng) \d{{1,2}} tháng {_WORD_MONTH} năm \d{{4}}(?!\d)"
    rf"|{_NGAY} \d{{1,2}}(?:/\d{{1,2}}/|-\d{{1,2}}-|\.\d{{1,2}}\.)\d\d(?![\w/-]|\.\d))"
)
"""One day with its year: `05/01/2024`, `26.11.2003`, `ngày 02 tháng 10 năm 2023`, `ngày 27/9/93`.

Accents that reading machines get wrong (`ngảy`, `nãm`) are allowed.
"""

_DAY_OF_MONTH = (
    rf"ngày \d{{1,2}}(?: ?/ ?{_MONTH}(?! ?[/%])| tháng {_MONTH})"
    r"|(?<![\d/.,])(?:0?[1-9]|[12]\d|3[01])/"
    r"(?:(?:0[1-9]|1[0-2])(?![\d/%.,]\d|[\d/%])|[1-9](?= h[ằà]ng năm))"
)
_DAYS = rf"(?:từ )?(?:ngày )?\d{{1,2}}(?:{_SEP}\d{{1,2}}(?:{_SEP}\d{{4}})?)?{_TO}{DAY}"
_MONTHS = (
    rf"tháng {_MONTH}(?:{_AND}(?:tháng )?{_MONTH})*{_OF_YEAR}?"
    rf"|(?<![\d/.,])(?:0?[1-9]|1[0-2]) ?/ ?{_YEAR}(?![/\d])"
)
_QUARTERS = rf"{QUARTER_WORD}\.? ?{_QUARTER}(?:{_AND}(?:{QUARTER_WORD} )?{_QUARTER})*{_OF_YEAR}?"
# From a month or quarter of one year to one of another: `quý IV/2024 - quý I/2025`.
_OVER_YEARS = (
    rf"(?:từ )?tháng {_MONTH}{_OF_YEAR}{_TO}(?:tháng )?{_MONTH}{_OF_YEAR}"
    rf"|(?:từ )?{QUARTER_WORD} ?{_QUARTER}{_OF_YEAR}{_TO}(?:{QUARTER_WORD} )?{_QUARTER}{_OF_YEAR}"
)
_PART = (
    rf"(?:(?:1[01]|0?[1-9]|sáu|chín|ba) tháng (?:(?:đầu|cuối) năm(?: {_YEAR})?|năm {_YEAR})"
    rf"|nửa (?:đầu|cuối) năm(?: {_YEAR})?)"
)
_YEARS = (
    r"(?:(?:từ )?(?:các )?n[ăã]m|giai đoạn|thời kỳ|nhiệm kỳ|trong)"
    rf" (?:từ )?(?:năm )?{_YEAR}(?:(?:{_TO}|, ?| và )(?:năm )?{_YEAR})*"
    rf"|(?<![\d/.,]){_YEAR}{_DASH}{_YEAR}(?![/\d])"
)

DATE: Final = (
    rf"(?:{_DAYS}|{DAY}|{_PART}|{_DAY_OF_MONTH}|{_OVER_YEARS}|{_MONTHS}|{_QUARTERS}|{_YEARS})"
)
"""Any time named with a day, month, quarter, part of a year, year or range of years."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    source = {
        # The letters that a time can begin with: most words are passed over at their first.
        "any": rf"\b(?=[\dbcgmnqst]){DATE}",
        "days": _DAYS,
        "day": DAY,
        "day of month": rf"{_DAY_OF_MONTH}|\d{{1,2}}/[1-9]",
        "part": _PART,
        "months": _MONTHS,
        "over years": _OVER_YEARS,
        "quarters": _QUARTERS,
        "years": rf"{_YEARS}|{_YEAR}",
    }[name]
    return re.compile(source, re.IGNORECASE)


_SHORT_YEAR = re.compile(r"\d[/.-]\d{1,2}[/.-]\d\d$")
_NUMBERS = re.compile(r"\d+")
_YEAR_NUMBER = re.compile(_YEAR)
_ROMAN = re.compile(_QUARTER, re.IGNORECASE)
_QUARTER_WORDS = re.compile(QUARTER_WORD, re.IGNORECASE)
_OVER = re.compile(rf"(.*?{_YEAR}){_TO}(.*)", re.IGNORECASE)
_QUARTER_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "ⅰ": 1, "ⅱ": 2, "ⅲ": 3, "ⅳ": 4}
_MONTH_WORDS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WORD_MONTH_OF_DAY = re.compile(rf"tháng ({_WORD_MONTH})", re.IGNORECASE)


def parse_day(text: str) -> date | None:
    """The day that a match of `DAY` names; None where there is no such day.

    >>> parse_day("ngày 02 tháng 10 năm 2023"), parse_day("30-11-1994"), parse_day("31/02/2024")
    (datetime.date(2023, 10, 2), datetime.date(1994, 11, 30), None)
    """
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    if len(numbers) == 2 and (word := _WORD_MONTH_OF_DAY.search(text)):
        numbers.insert(1, _MONTH_WORDS[word[1].lower()])
    if len(numbers) != 3:
        return None
    day, month, year = numbers
    if year < 100:
        year += 1900 if year >= 45 else 2000
    return _day(year, month, day)


def find_dates(text: str, year: int | None = None) -> list[DateMention]:
    """Every time named in the text, in order, without overlaps.

    `year` completes those that name none (`Quý IV`, `ngày 20/12`); without it they are left out.
    Days that do not exist (31/02/2024) are left out.

    >>> [(m.start.isoformat(), m.end.isoformat(), m.precision)
    ...  for m in find_dates("Hoàn thành trong Quý IV/2023, báo cáo trước ngày 05/01/2024")]
    [('2023-10-01', '2023-12-31', 'quarter'), ('2024-01-05', '2024-01-05', 'day')]
    """
    found = []
    for match in _pattern("any").finditer(text):
        mention = parse_date(match[0], year)
        if mention:
            found.append(
                DateMention(
                    mention.start,
                    mention.end,
                    mention.precision,
                    match.start(),
                    match.end(),
                    mention.has_year,
                )
            )
    return found


def find_missing_days(text: str, year: int | None = None) -> list[tuple[int, int]]:
    """Where days are named that no calendar has; `year` completes those that name none.

    >>> find_missing_days("trước ngày 31/6/2025 và ngày 30/6/2025")
    [(6, 20)]
    """
    return [
        match.span()
        for match in _pattern("any").finditer(text)
        if parse_date(match[0], year) is None and _is_day(match[0], year)
    ]


def _is_day(text: str, year: int | None) -> bool:
    """Whether words name one day, with its year or of the one that is given.

    >>> [_is_day("ngày 5/6/2024", None), _is_day("ngày 5/6", 2024), _is_day("ngày 5/6", None), _is_day("quý I", 2024)]
    [True, True, False, False]
    """
    complete = _pattern("day").fullmatch(text)
    return bool(complete or (year and _pattern("day of month").fullmatch(text)))


def parse_date(text: str, year: int | None = None) -> DateMention | None:
    """Read a whole text as one time, as `find_dates` would; also a year alone.

    >>> parse_date("Giai đoạn 2026-2030").end
    datetime.date(2030, 12, 31)
    >>> parse_date("6 tháng đầu năm", year=2024).end
    datetime.date(2024, 6, 30)
    """
    years = [int(y) for y in _YEAR_NUMBER.findall(text)]
    has_year = bool(years) or bool(_SHORT_YEAR.search(text))
    if not years and year is not None:
        years = [year]
    read = _read_day(text)
    if not years and read is None:
        return None
    forms: tuple[Callable[[], _Read], ...] = (
        lambda: _read_days(text),
        lambda: _read_part(text, years[-1]),
        lambda: _read_day_of_month(text, years[-1]),
        lambda: _read_over_years(text),
        lambda: _read_months(text, years[-1]),
        lambda: _read_quarters(text, years[-1]),
        lambda: _read_years(text, years),
    )
    read = read or next(filter(None, (form() for form in forms)), None)
    if read is None or read[0] is None or read[1] is None or read[0] > read[1]:
        return None
    return DateMention(read[0], read[1], read[2], 0, len(text), has_year)


_Read = tuple[date | None, date | None, Precision] | None


def _read_day(text: str) -> _Read:
    """`ngày 5/6/2024`.

    >>> [str(day and day[0]) for day in map(_read_day, ("ngày 5/6/2024", "tháng 6/2024"))]
    ['2024-06-05', 'None']
    """
    if not _pattern("day").fullmatch(text):
        return None
    day = parse_day(text)
    return day, day, "day"


def _read_days(text: str) -> _Read:
    """`từ ngày 28/12 đến ngày 5/1/2025`.

    >>> def days(text): return (read := _read_days(text)) and [str(day) for day in read[:2]]
    >>> days("từ ngày 28/12 đến ngày 5/1/2025"), days("ngày 5-7/6/2024"), days("ngày 5/6/2024")
    (['2024-12-28', '2025-01-05'], ['2024-06-05', '2024-06-07'], None)
    >>> days("ngày 28/12/2023 - 5/1/2025"), days("31/6 - 31/6/2025")
    (['2023-12-28', '2025-01-05'], ['None', 'None'])
    """
    if not _pattern("days").fullmatch(text):
        return None
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    end = _day(numbers[-1], numbers[-2], numbers[-3])
    first = numbers[:-3]
    start = _day(*(first + numbers[-3 + len(first) :])[:3][::-1])
    if len(first) == 2 and start and end and start > end:
        start = _day(end.year - 1, first[1], first[0])
    return start, end, "days"


def _read_day_of_month(text: str, year: int) -> _Read:
    """`ngày 5/6`, of a year that is known.

    >>> [str(day and day[0]) for day in (_read_day_of_month(text, 2024) for text in ("ngày 5/6", "ngày 31/6", "quý I"))]
    ['2024-06-05', 'None', 'None']
    """
    if not _pattern("day of month").fullmatch(text):
        return None
    day, month = (int(n) for n in _NUMBERS.findall(text)[:2])
    when = _day(year, month, day)
    return when, when, "day"


def _read_part(text: str, year: int) -> _Read:
    """`6 tháng đầu năm`, `nửa cuối năm`.

    >>> def part(text): return (read := _read_part(text, 2024)) and [str(day) for day in read[:2]]
    >>> part("6 tháng đầu năm 2024"), part("nửa cuối năm 2024"), part("quý I")
    (['2024-01-01', '2024-06-30'], ['2024-07-01', '2024-12-31'], None)
    """
    if not _pattern("part").fullmatch(text):
        return None
    word = text.lower().split()[0]
    count = int(word) if word.isdigit() else {"nửa": 6, "sáu": 6, "chín": 9, "ba": 3}[word]
    if "cuối" in text.lower():
        return date(year, 13 - count, 1), date(year, 12, 31), "part"
    return date(year, 1, 1), last_day(year, count), "part"


def _read_months(text: str, year: int) -> _Read:
    """`tháng 5`, `tháng 11, 12 và 1`, of which the year is that of the last.

    >>> def months(text): return (read := _read_months(text, 2025)) and (str(read[0]), str(read[1]), read[2])
    >>> months("tháng 5/2025") == months("tháng 5.2025"), months("tháng 5.2")
    (True, None)
    >>> months("tháng 5/2025"), months("tháng 11, 12 và 1/2025"), months("quý I")
    (('2025-05-01', '2025-05-31', 'month'), ('2024-11-01', '2025-01-31', 'months'), None)
    """
    if not _pattern("months").fullmatch(text):
        return None
    months = [int(n) for n in _NUMBERS.findall(text) if len(n) <= 2]
    kind: Precision = "month" if len(months) == 1 else "months"
    return date(_began(year, months), months[0], 1), last_day(year, months[-1]), kind


def _read_quarters(text: str, year: int) -> _Read:
    """`quý I`, `quý 3 và quý 4`.

    >>> def quarters(text): return (read := _read_quarters(text, 2025)) and [str(day) for day in read[:2]]
    >>> quarters("quý I/2025"), quarters("quý 3 và quý 4 năm 2025"), quarters("tháng 5")
    (['2025-01-01', '2025-03-31'], ['2025-07-01', '2025-12-31'], None)
    """
    if not _pattern("quarters").fullmatch(text):
        return None
    written = _ROMAN.findall(_QUARTER_WORDS.sub("", _YEAR_NUMBER.sub("", text)).lower())
    quarters = [_QUARTER_NUMBER[q] if q in _QUARTER_NUMBER else int(q) for q in written]
    start = date(_began(year, quarters), 3 * quarters[0] - 2, 1)
    return start, last_day(year, 3 * quarters[-1]), "quarter"


def _read_over_years(text: str) -> _Read:
    """`tháng 11/2024 đến tháng 02/2025`, `Quý IV/2024 - Quý I/2025`.

    >>> def over(text): return (read := _read_over_years(text)) and (str(read[0]), str(read[1]), read[2])
    >>> over("tháng 11/2024 đến tháng 02/2025"), over("từ tháng 11/2024 - 02/2025")
    (('2024-11-01', '2025-02-28', 'months'), ('2024-11-01', '2025-02-28', 'months'))
    >>> over("Quý IV/2024 - Quý I/2025"), over("tháng 5/2024")
    (('2024-10-01', '2025-03-31', 'quarter'), None)
    """
    if not _pattern("over years").fullmatch(text):
        return None
    both = _OVER.fullmatch(text)
    assert both
    word = _QUARTER_WORDS.search(both[1])
    prefix = word[0] if word else "tháng"
    first = parse_date(both[1].removeprefix("từ ").removeprefix("Từ "))
    last = parse_date(both[2]) or parse_date(f"{prefix} {both[2]}")
    if first is None or last is None:
        return None
    return first.start, last.end, "quarter" if word else "months"


def _began(year: int, parts: list[int]) -> int:
    """The year in which several months or quarters begin that end in `year` (`tháng 12 - 02/2025`)."""
    return max(1, year - (parts[0] > parts[-1]))


def _read_years(text: str, years: list[int]) -> _Read:
    """`năm 2024`, `giai đoạn 2021-2025`.

    >>> def years(text, *numbers): return (read := _read_years(text, numbers)) and (str(read[0]), str(read[1]), read[2])
    >>> years("năm 2024", 2024), years("giai đoạn 2021-2025", 2021, 2025), years("quý I", 2024)
    (('2024-01-01', '2024-12-31', 'year'), ('2021-01-01', '2025-12-31', 'years'), None)
    """
    if not _pattern("years").fullmatch(text):
        return None
    kind: Precision = "year" if len(years) == 1 else "years"
    return date(years[0], 1, 1), date(years[-1], 12, 31), kind


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_day(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return date(year, month, monthrange(year, month)[1])
