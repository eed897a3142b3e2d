"""When a task is due, from its words or from a table's cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Literal

from khplans.knowledge.task_cues import cues
from khplans.text.dates import DateMention, find_dates, parse_date
from khplans.text.shadow import shadow

Cadence = Literal["ongoing", "monthly", "quarterly", "yearly"]

_DATED = re.compile(r"\d|qu[ýí] I", re.IGNORECASE)
_REGULAR = re.compile(r"(?:hang|hằng|hàng) (?P<unit>tháng|quý|năm)", re.IGNORECASE)
_UNITS: dict[str, Cadence] = {"tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_BEFORE = re.compile(
    r"(?:^|(?<=[\s(,;]))(?:(?:dự kiến|chậm nhất|muộn nhất)(?: là)?(?: khoảng)? )?"
    r"(?:(?:từ nay )?(?:đến|tới)(?: hết| cuối| đầu| giữa| trước)?|trước|hết|trong|vào(?: cuối| đầu)?"
    r"|chậm nhất(?: là)?|dự kiến|đúng hạn|hoàn thành|xong)(?: thời điểm| thời gian)?"
    r"(?: (?:ngày|dịp) (?-i:[A-ZĐ])[^\d,.;:()]{2,30})?"
    r"(?: \d{1,2} ?(?:giờ|h)(?: ?\d{2})?(?: phút)?)? ?$",
    re.IGNORECASE,
)
_NOT_DUE = re.compile(
    r"(?:tính|tầm nhìn|định hướng|kể|sau|từ|chiến lược|giai đoạn|thời kỳ|có hiệu lực|số liệu)"
    r"(?: phát triển)? (?:đến|từ|khi|trước|trong|ngày)?(?: năm| hết)? ?$",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r",? ?(?:phải |cơ bản |toàn tỉnh |tỉnh |cả tỉnh |\w+ \w+ )?(?:đạt|hoàn thành|có|trở thành|giảm|tăng|tối thiểu|ít nhất"
    r"|100 ?%|bảo đảm|đảm bảo|xong)",
    re.IGNORECASE,
)
_VISION = re.compile(r",? (?:và )?(?:tầm nhìn|định hướng)", re.IGNORECASE)
_AIM = re.compile(
    r"(?:^|[,;:.(] )(?:phấn đấu |bảo đảm |đảm bảo |chậm nhất |muộn nhất |để )?đến $", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:số|/[A-ZĐ-]+)\S* ?,? $")
_CITED = re.compile(r"\d/\S*[A-ZĐ]{2}")
_TERM = re.compile(r"thời kỳ|nhiệm kỳ", re.IGNORECASE)
_OUTLOOK = re.compile(r"(?:tầm nhìn|định hướng)(?: đến| tới)?(?: năm)? ?$", re.IGNORECASE)
_START = re.compile(r"(?:bắt đầu |kể )?từ ", re.IGNORECASE)
_SINGLE = ("day", "month", "quarter", "year")
_BY_YEAR = re.compile(
    r"^(?:(?:đến|tới|trong|hết)(?: hết| cuối)? )(?=(?:19|20)\d\d$)", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:thời kỳ|giai đoạn|khóa|nhiệm kỳ|năm học|sau khi|sau ngày|kể từ|từ)(?: năm)? ?$",
    re.IGNORECASE,
)
_CLAUSE = 200
_BAN = re.compile(
    r"(?:^|[,;:.] |\b(?:xem xét|tạm thời|trước mắt|tuyệt đối|yêu cầu|đề nghị|phải|được|sẽ) )"
    r"(?:không|chưa|tạm dừng|nghiêm cấm|cấm)"
    r"(?! (?:có|còn|ngừng|chỉ|những|quá|muộn|chậm|đạt|được giao|tính)\b) [^.;:]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and cadence with the words that give them."""

    deadline: date | None = None
    text: str | None = None
    cadence: Cadence | None = None


def read_due_cell(text: str, year: int | None) -> Due:
    """What the cell of a deadline column says; `year` is the plan's.

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
        return Due(None if cadence and not whole.has_year else whole.end, words, cadence)
    ends = [
        mention.end
        for mention in find_dates(words, year)
        if not _cited(words, mention)
        and not _NAMED.search(words[: mention.i])
        and not _TERM.match(words, mention.i)
        and not _OUTLOOK.search(words[: mention.i])
        and not _starts(words, mention)
        and (mention.has_year or not cadence)
    ]  # fmt: skip
    return Due(max(ends, default=None), words, cadence)


def _cadence_of_cell(words: str) -> Cadence | None:
    regular = _REGULAR.search(words)
    if regular:
        return _UNITS[regular["unit"].lower()]
    if "thuong xuyen" in shadow(words):
        return "ongoing"
    return None


def _starts(text: str, mention: DateMention) -> bool:
    """Whether the time is when something begins: `Từ năm 2024`."""
    return mention.precision in _SINGLE and bool(_START.match(text, mention.i))


def _cited(text: str, mention: DateMention) -> bool:
    return mention.precision == "day" and bool(
        _CITED.search(text[max(0, mention.i - 40) : mention.i])
    )


def read_due(text: str, year: int | None) -> Due:
    """When the words of a task say that it is due.

    >>> read_due("Báo cáo kết quả trước ngày 18 hàng tháng.", 2024)
    Due(deadline=None, text='trước ngày 18 hàng tháng', cadence='monthly')
    """
    found: list[tuple[int, int, date]] = []
    periods: list[tuple[int, int, date]] = []
    recurring = _Recurring(text)
    if _DATED.search(text):
        for mention in find_dates(text, year):
            begin = _due_from(text, mention)
            if begin is None or _REGULAR.match(text, mention.j + 1) or _banned(text, begin):
                continue
            if mention.has_year or not recurring.takes_in(begin, mention):
                one = (begin, mention.j, _last_day(text, begin, mention))
                (periods if mention.precision == "years" else found).append(one)
            else:
                recurring.reach(begin, mention.j)
    regular = recurring.found
    found = found or periods
    if text.startswith("Thường xuyên"):
        return Due(max((end for _, _, end in found), default=None), "Thường xuyên", "ongoing")
    if not found:
        return Due(None, text[regular[0].i : regular[0].j], _cadence(regular)) if regular else Due()
    last = max(found, key=lambda one: (one[2], -one[0]))
    begin, stop = last[0], last[1]
    cadence: Cadence | None = None
    if regular:
        cadence = _cadence(regular)
        if ". " not in text[min(begin, regular[0].i) : max(stop, regular[0].j)]:
            begin, stop = min(begin, regular[0].i), max(stop, regular[0].j)
            if text[stop : stop + 1] == ")" and "(" in text[begin:stop]:
                stop += 1
    return Due(last[2], text[begin:stop], cadence)


def _banned(text: str, begin: int) -> bool:
    """Whether the time is how long something is not to be done: `không tăng giá trong năm 2020`."""
    during = text.startswith(("trong", "Trong"), begin)
    return during and bool(_BAN.search(text[max(0, begin - _CLAUSE) : begin]))


def _last_day(text: str, begin: int, mention: DateMention) -> date:
    """The last day on which it may be done: before a month, quarter or year that is the day before."""
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
_EVERY = r"(?:hàng|hằng) (?:tháng|quý|năm)"
_REGULARLY = re.compile(
    r"(?:(?:trước|vào|chậm nhất)(?: là)? (?:ngày|tháng|quý)[^.;,]{0,40}? |định kỳ |^)"
    rf"{_EVERY}(?!\w)|{_EVERY}(?=,? \(?(?:trước|vào|chậm nhất) )"
    r"|(?:định kỳ )?(?:trước|vào) ngày \d{1,2}(?: của)? tháng cuối(?: của| mỗi| cùng của)? quý"
    r"|(?:định kỳ|hàng|hằng) (?:0?6|sáu) tháng(?!\w)"
    r"|(?:định kỳ |(?<=\)), |(?<=\)) và )(?:tháng|quý|năm)(?=,| \((?:trước|vào|chậm nhất) )",
    re.IGNORECASE,
)


_EVERY_TIME = re.compile(rf"(?<!\w){_EVERY}(?!\w)", re.IGNORECASE)
_CLAUSE_END = re.compile(r" ?(?:[.;)]|$)")
_NOUN = 40
# Nouns that "hằng năm" describes.
_ATTRIBUTE = re.compile(
    r"(?:ngan sach|du toan|kinh phi|ke hoach|chuong trinh|nguon|von|dau tu(?: cong)?|nha nuoc|xa hoi|cong tac"
    r"|nhiem vu|chi tieu|ty le|muc|so|nam,|nam va|quy,|thang,|dinh ky|hop|giao ban|phien|tro cap|luong|thu nhap|chi phi|muc thu|tien|tinh|huyen|xa|dia phuong|thuong xuyen) $"
)


def _regular(text: str) -> list[_Regular]:
    """How often something is due; `Hằng năm` alone only where the text opens with it."""
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

    def takes_in(self, begin: int, mention: DateMention) -> bool:
        """Whether a day is due again and again: `hằng năm (trước ngày 15/12)`."""
        last = _last_before(self.found, begin)
        if last is None:
            return False
        half_year = _last_before(self._half_years, begin)
        return (
            mention.j <= last.j
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
    before = bisect_right(found, begin, key=_PLACE)
    return found[before - 1] if before else None


def _adverbs(text: str) -> list[_Regular]:
    """How often, told before the verb: `hằng tháng công khai`, but not `ngân sách hằng năm bảo đảm`.

    At the end of a clause a month or quarter tells it too: `chấm điểm các xã hằng quý.`
    """
    found = []
    for match in _EVERY_TIME.finditer(text):
        shade = shadow(text[max(0, match.start() - _NOUN) : match.end() + _NOUN])
        at = shade.find(shadow(match[0]), min(_NOUN, match.start()))
        behind = at + len(match[0])
        ends = match[0].lower()[-3:] != "năm" and _CLAUSE_END.match(shade, behind)
        if (ends or _acting().match(shade, behind)) and not _ATTRIBUTE.search(shade[:at]):
            found.append(_Regular(match.start(), match.end(), _how_often(match[0])))
    return found


@cache
def _acting() -> re.Pattern[str]:
    """A verb behind the adverb."""
    return re.compile(rf",? (?:{'|'.join(map(re.escape, cues('imperative')))})(?!\w)")


def _how_often(words: str) -> Cadence | None:
    *before, unit = words.lower().split()
    return None if before and before[-1] in _HALF_YEAR else _UNITS[unit]


def _cadence(regular: list[_Regular]) -> Cadence | None:
    return next((one.cadence for one in regular if one.cadence), None)


def _due_from(text: str, mention: DateMention) -> int | None:
    """Where the words of the deadline begin, or None where the date is none."""
    before = text[max(0, mention.i - 60) : mention.i]
    own = text[mention.i : mention.j].lower()
    if own.startswith("trong "):
        return mention.i if mention.precision != "part" else None
    if mention.precision == "days" and own.startswith("từ "):
        return mention.i
    match = _BEFORE.search(before)
    if not match or _NOT_DUE.search(before[: match.end()]):
        bracket = before.endswith("(") and mention.precision in ("quarter", "month")
        return mention.i if bracket else None
    words = before[match.start() :].lower()
    if words.strip() in ("hoàn thành", "xong"):
        return mention.i if mention.precision != "part" else None
    if mention.precision == "part" and "hoàn thành" not in before.lower():
        return None
    if mention.precision in ("year", "years") and words.split()[-1] in ("đến", "tới"):
        if _VISION.match(text, mention.j):
            return None
        aims = _AIM.search(before) or _RESULT.match(text, mention.j)
        if not aims or _NAME.search(before):
            return None
    return mention.i - len(before) + match.start()


_NAME = re.compile(
    r"(?:Quy hoạch|Chương trình|Chiến lược|Đề án|Kế hoạch|Nghị quyết|Kết luận|Dự án)[^,;.]*$"
)
