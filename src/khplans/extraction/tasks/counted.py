"""Deadlines that are counted from the document's own day: `trong vòng 30 ngày kể từ ngày ký`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from khplans.knowledge.wording import Wording

_THIS = r"(?:[^\W\d_]+ ){1,4}này"
_COUNTED = Wording(
    r"(?<!\w)(?:<at the latest>(?: là)?(?: trong(?: vòng)?| sau)?"
    r"|trong <length of time>|trong|sau)(?: tối đa| không quá)? (?P<count>\d{1,3}) ?(?:\([^()\d]{2,20}\) )?"
    r"(?P<unit>ngày(?: làm việc)?|tuần|tháng),? (?:(?:kể |tính )?từ|sau) (?:ngày|khi) "
    rf"(?:(?:được )?<in force>(?: thi hành)?(?: ban hành)?(?P<this> {_THIS})?"
    rf"|{_THIS} (?:(?:được |có )?<in force>|hiệu lực)(?: thi hành)?)"
    r"(?(this)(?!\w)|(?= ?(?:[,.;:)]|$)))",
    "chậm nhất 15 ngày kể từ ngày ký.",
)
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of such a deadline at `text[i:j]`, and its day where the document has one."""

    i: int
    j: int
    deadline: date | None


def read_counted(text: str, issued: date | None) -> Counted | None:
    """The latest deadline of a text that counts from the day on which the document was issued.

    What counts from another day (`kể từ ngày nhận đủ hồ sơ`) is none. Working days are Monday to
    Friday; holidays are not known.

    >>> read_counted("Báo cáo trong vòng 30 ngày kể từ ngày ký.", date(2025, 2, 12)).deadline
    datetime.date(2025, 3, 14)
    >>> read_counted("giải quyết trong vòng 30 ngày kể từ ngày nhận hồ sơ", date(2025, 2, 12))
    """
    found = [
        Counted(*match.span(), _after(issued, int(match["count"]), match["unit"].lower()))
        for match in _COUNTED.finditer(text)
    ]
    return max(found, key=lambda one: one.deadline or date.min, default=None)


def _after(issued: date | None, count: int, unit: str) -> date | None:
    """The day so many days, weeks or months after another.

    >>> _after(date(2025, 1, 31), 1, "tháng"), _after(date(2025, 2, 14), 2, "ngày làm việc")
    (datetime.date(2025, 2, 28), datetime.date(2025, 2, 18))
    """
    if issued is None or issued.year > 9000:
        return None
    if unit == "tháng":
        year, month = divmod(issued.year * 12 + issued.month - 1 + count, 12)
        return date(year, month + 1, min(issued.day, monthrange(year, month + 1)[1]))
    if unit == "ngày làm việc":
        return _working(issued, count)
    return issued + timedelta(days=count * (7 if unit == "tuần" else 1))


def _working(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _WEEKEND
    return day
