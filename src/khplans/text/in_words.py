"""Days and periods as people write them, in Vietnamese and English."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

Code = Literal["vi", "en"]

_DAY = {"vi": "d/M/y", "en": "d MMMM y"}
"""How people write a day, in the signs of Unicode's locale data (CLDR)."""
_QUARTERS = ("I", "II", "III", "IV")


def day_in_words(day: date, code: Code) -> str:
    """A day as people write it.

    >>> day_in_words(date(2024, 5, 3), "vi"), day_in_words(date(2024, 5, 3), "en")
    ('3/5/2024', '3 May 2024')
    """
    return _formatted(day, _DAY[code], code)


def period_in_words(period: str, code: Code) -> str:
    """A period of the data (`2021/2030`, `2021-10-10`) as people write it; empty for none.

    >>> period_in_words("2021/2030", "vi"), period_in_words("2021-10-10", "en")
    ('2021–2030', '10 October 2021')
    >>> period_in_words("2021-01-01/2021-09-30", "vi"), period_in_words("2021-07-01/2021-12-31", "vi")
    ('9 tháng đầu năm 2021', '6 tháng cuối năm 2021')
    >>> period_in_words("2021-07-01/2021-09-30", "vi"), period_in_words("2021-05-01/2021-05-31", "vi")
    ('quý III/2021', 'tháng 5/2021')
    >>> period_in_words("2021-01-01/2021-06-30", "en"), period_in_words("2024-06", "vi")
    ('January–June 2021', '6/2024')
    """
    if months := _months(period):
        year, begin, end = months
        told = _in_english(year, begin, end) if code == "en" else _in_vietnamese(year, begin, end)
        if told:
            return told
    return "–".join(_moment(part, code) for part in period.split("/"))


def _months(period: str) -> tuple[int, int, int] | None:
    """The year, first and last of a period of whole months of one year.

    >>> _months("2025-01-01/2025-03-31"), _months("2025-01-02/2025-03-31"), _months("2025-01-01/2025-03-30")
    ((2025, 1, 3), None, None)
    >>> _months("2024-12-01/2025-03-31"), _months("2025")
    (None, None)
    """
    first, _, last = period.partition("/")
    if len(first) != 10 or len(last) != 10 or first[:4] != last[:4] or first[8:] != "01":
        return None
    year, begin, end = int(first[:4]), int(first[5:7]), int(last[5:7])
    return (year, begin, end) if int(last[8:]) == monthrange(year, end)[1] else None


def _in_english(year: int, begin: int, end: int) -> str:
    months = dict.fromkeys(_formatted(date(year, month, 1), "MMMM", "en") for month in (begin, end))
    return f"{'–'.join(months)} {year}"


def _in_vietnamese(year: int, begin: int, end: int) -> str:
    """Whole months of a year as people say them; empty where they have no name.

    >>> [_in_vietnamese(2025, *months) for months in ((5, 5), (4, 6), (1, 6), (7, 12), (2, 4), (1, 12))]
    ['tháng 5/2025', 'quý II/2025', '6 tháng đầu năm 2025', '6 tháng cuối năm 2025', '', '']
    """
    if begin == end:
        return f"tháng {begin}/{year}"
    if end - begin == 2 and begin % 3 == 1:
        return f"quý {_QUARTERS[begin // 3]}/{year}"
    if begin == 1 and end < 12:
        return f"{end} tháng đầu năm {year}"
    if end == 12 and begin > 1:
        return f"{13 - begin} tháng cuối năm {year}"
    return ""


def _formatted(day: date, pattern: str, code: Code) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=code)


def _moment(text: str, code: Code) -> str:
    """A day or month as people write it.

    >>> _moment("2025-03-05", "vi"), _moment("2025-03", "vi"), _moment("2025", "vi")
    ('5/3/2025', '3/2025', '2025')
    """
    if len(text) == 10:
        return day_in_words(date.fromisoformat(text), code)
    if len(text) == 7:
        return f"{int(text[5:])}/{text[:4]}"
    return text
