"""What the words of a task, its row and its headings say of its text, label, deadline and output."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from khplans.checks.words.places import Text, has
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import CONTRADICTED, SAID, ColumnCheck, Verdict, said_if
from khplans.tables.rows import Row
from khplans.text.fold import fold

AFTER = 1500
"""Characters after a task in which the other cells of its row can stand."""

# --- text, label and section

_MARKUP = re.compile(r"[*\\\s]+")
_FURNITURE_WORDS = 8


def read_text(reading: SecondReading, row: Row) -> Verdict:
    """The source between start and end, composed and corrected, but for what stands between pages."""
    text = reading.text(row)
    wanted = _bare(row["text"])
    if _bare(text.said(row["start"], row["end"])) == wanted:
        return SAID
    return said_if(
        _is_without_tags(text.said(row["start"], row["end"]), row["text"])
        or _is_lines_without_furniture(text, row, wanted)
    )


_TAG = re.compile(r"<[^<>]{0,200}>")


def _is_without_tags(said: str, words: str) -> bool:
    """Whether some words are what was said but for tags of a web page that were left out."""
    left = set(_TAG.findall(words)) <= set(_TAG.findall(said))
    return left and _bare(_TAG.sub("", said)) == _bare(_TAG.sub("", words))


def _bare(words: str) -> str:
    """The letters and signs alone, without spaces, emphasis and escapes."""
    return _MARKUP.sub("", unicodedata.normalize("NFC", words))


def _is_lines_without_furniture(text: Text, row: Row, wanted: str) -> bool:
    r"""Whether leaving out short lines with numbers in them (page heads and feet) gives the words.

    >>> def gives(said, wanted):
    ...     return _is_lines_without_furniture(Text(said), {"start": 0, "end": len(said)}, _bare(wanted))
    >>> gives("Xây dựng\nTrang 3/9\nđề án\n", "Xây dựng đề án"), gives("Xây dựng\nTrang\nđề án", "Xây dựng đề án")
    (True, False)
    >>> gives("Xây dựng\nđến ngày 1 tháng 2 năm nay hoặc sau\nđề án", "Xây dựng đề án"), gives("Xây", "Xây dựng")
    (False, False)
    """
    place = row["start"]
    while place < row["end"]:
        end = text.text.find("\n", place, row["end"])
        end = row["end"] if end < 0 else end + 1
        line = text.said(place, end)
        bare, place = _bare(line), end
        if wanted.startswith(bare):
            wanted = wanted[len(bare) :]
        elif len(line.split()) > _FURNITURE_WORDS or not re.search(r"\d", line):
            return False
    return not wanted


_SEPARATORS = " *_\n\r\t|\\.:/)-"
_MARKED = re.compile(r"[\W_]*(?:[-+*•]|(?:\d{1,3}\.)*\w{1,5}[.)/])\s")


def read_label(reading: SecondReading, row: Row) -> Verdict:
    """The task's own marker stands right before it, or opens its line or the one before."""
    if row["label"] is None:
        return SAID
    wanted = _bare(row["label"])
    before = reading.text(row).text[max(0, row["start"] - 400) : row["start"]]
    signs = wanted in ("-", "+", "*", "•")
    bare = _bare(before.rstrip(" *_\n\t|\\" if signs else _SEPARATORS))
    if re.search(rf"(?<![\d.]){re.escape(wanted.rstrip('.:/)'))}$", bare):
        return SAID
    lines = [line for line in before.split("\n") if line.strip()]
    openings = lines[-1:] if lines and _MARKED.match(lines[-1]) else lines[-2:]
    opens = re.compile(re.escape(wanted) + r"(?!(?<=\d)\d)")
    return said_if(any(opens.match(_bare(line).lstrip("#|>")) for line in openings))


def read_section(reading: SecondReading, row: Row) -> Verdict:
    """The path of the innermost section."""
    section = reading.sections.get(row["section_id"] or "")
    return said_if((row["section"] or "") == ((section["path"] if section else "") or ""))


# --- deadline


def read_deadline_text(reading: SecondReading, row: Row) -> Verdict:
    """The words stand in the task, are a cell of its row, or stand below it or in what is above."""
    if row["deadline_text"] is None:
        return said_if(row["deadline"] is None and row["cadence"] is None)
    return _read_words(reading, row, row["deadline_text"])


def _read_words(reading: SecondReading, row: Row, words: str) -> Verdict:
    """Whether some words stand in the task, are a cell of its row, or stand below it or in what is above."""
    wanted, text = _bare(words).lower(), reading.text(row)
    if wanted in _bare(text.said(row["start"], row["end"])).lower():
        return SAID
    block = reading.block_of(row)
    if block and block["kind"] == "row":
        return said_if(_is_cell_of(reading, text, block, wanted))
    _, after = reading.task_around(row)
    below = min(after, reading.section_after(row), row["end"] + AFTER)
    places = [text.said(row["end"], below)]
    for one in reading.headings(row):
        own = one["start"] + len(one["heading"] or "") + _MARKER
        above = min(one["start"] + _ABOVE, max(own, reading.first_task(one)))
        places.append(text.said(one["start"], above))
    return said_if(any(wanted in _bare(place).lower() for place in places))


_ABOVE = 600
"""Characters from the beginning of a heading on in which what it says to all below it stands."""
_MARKER = 10


def _is_cell_of(reading: SecondReading, text: Text, block: Row, wanted: str) -> bool:
    """Whether some words are a cell of a row, or of one above that has more and may cover it."""
    own = _cells(text, block["start"], block["end"])
    above = (_cells(text, one["start"], one["end"]) for one in reading.rows_above(block))
    return wanted in own or any(wanted in more and len(more) > len(own) for more in above)


def _cells(text: Text, start: int, end: int) -> set[str]:
    """The cells of a row: between tabs, pipes or line ends, or with their lines joined."""
    return {
        _bare(text.said(start + cell.start(), start + cell.end())).lower()
        for between in (r"[^\t|\n]+", r"[^\t|]+")
        for cell in re.finditer(between, text.text[start:end])
    }


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def read_deadline(reading: SecondReading, row: Row) -> Verdict:
    """A day that the words of the deadline name, in a year that they or the document name."""
    said, due = row["deadline_text"], row["deadline"]
    if due is None:
        return SAID
    if said is None:
        return CONTRADICTED
    words = unicodedata.normalize("NFC", said).lower()
    if row["deadline_basis"] == "counted":
        return _read_count(words, due, reading.documents[row["document_id"]]["date"])
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", words)}
    years |= {2000 + int(y) for y in re.findall(r"\d[/.-]\d{1,2}[/.-](\d\d)(?!\d)", words)}
    written = reading.documents[row["document_id"]]["date"]
    if not years:
        years = _years_around(reading, row)
        if written:
            years |= {written.year, written.year + 1}
    if due.year not in years:
        return CONTRADICTED
    return said_if(_names_day(words, due))


def _read_count(words: str, due: date, written: date | None) -> Verdict:
    """Whether a deadline is as long after the document's date as its words say.

    Working days have weekends and at most a holiday between them, months have 28 to 31 days.

    >>> from datetime import timedelta
    >>> issued = date(2025, 3, 3)
    >>> def true_of(words, *days):
    ...     return [_read_count(words, issued + timedelta(n), issued) is SAID for n in days]
    >>> true_of("trong vòng 10 ngày", 9, 10, 11), true_of("trong 2 tuần", 2, 14, 15)
    ([False, True, False], [False, True, False])
    >>> true_of("trong 5 ngày làm việc", 4, 5, 16, 17), true_of("trong 3 tháng", 83, 84, 93, 94)
    ([False, True, True, False], [False, True, True, False])
    >>> _read_count("trong 3 tháng", issued, None), _read_count("sớm", issued, issued)
    (<Verdict.CONTRADICTED: 'contradicted'>, <Verdict.CONTRADICTED: 'contradicted'>)
    """
    said = re.search(r"(\d{1,3}) ?(?:\([^()]*\) )?(ngày làm việc|ngày|tuần|tháng)", words)
    if said is None or written is None:
        return CONTRADICTED
    count, days = int(said[1]), (due - written).days
    if said[2] == "ngày làm việc":
        return said_if(count <= days <= 7 * (count // 5 + 1) + 2)
    if said[2] == "tháng":
        return said_if(28 * count <= days <= 31 * count)
    return said_if(days == count * (7 if said[2] == "tuần" else 1))


def read_deadline_basis(reading: SecondReading, row: Row) -> Verdict:
    """Only a deadline has one, and only words that count from a day are counted."""
    if row["deadline"] is None or row["deadline_basis"] is None:
        return said_if(row["deadline"] is None and row["deadline_basis"] is None)
    words = unicodedata.normalize("NFC", row["deadline_text"] or "").lower()
    counts = re.search(r"(?:từ|sau) (?:ngày|khi) ", words) is not None
    return said_if(counts) if row["deadline_basis"] == "counted" else SAID


def _years_around(reading: SecondReading, row: Row) -> set[int]:
    text, document = reading.text(row), reading.documents[row["document_id"]]
    places = [
        text.said(row["start"], row["end"]),
        document["title"] or "",
        document["number"] or "",
    ]
    places += [heading["heading"] or "" for heading in reading.headings(row)]
    places.append(text.said(row["start"] - AFTER, row["start"]))
    return {int(y) for place in places for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", place)}


_WHOLE_DAY = re.compile(
    r"(?<![\d/.-])\d{1,2} ?[/.] ?\d{1,2}(?: ?[/.-] ?(?:\d{4}|\d\d))?(?![\d/])"
    r"|(?<!\d)\d{1,2}-\d{1,2}-\d{4}|ngày \d{1,2} tháng \d{1,2}(?!\d)"
)
"""A day with its month, which says nothing of the end of that month."""


def _names_day(words: str, due: date) -> bool:
    """Whether some words can mean that day, as the last of what they name.

    >>> _names_day("trước ngày 12/10/2021", date(2021, 10, 12)), _names_day("quý iv/2023", date(2023, 12, 31))
    (True, True)
    >>> _names_day("đến hết quý iii năm 2021", date(2021, 12, 31)), _names_day("2023-2025", date(2025, 12, 31))
    (False, True)
    >>> [_names_day(words, date(2025, 6, 30)) for words in ("trước ngày 29/6", "trước ngày 29/6/2025", "từ 1/6 đến hết tháng 6")]
    [False, False, True]
    """
    numbers = {int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)}
    years = {int(n) for n in re.findall(r"\d{4}", words)}
    if due.day in numbers and (due.month in numbers or "tháng" in words):
        return True
    if due.day != monthrange(due.year, due.month)[1]:
        return bool(re.search(r"đầu|giữa|cuối|tuần|ngày", words)) and not numbers
    words, days = _WHOLE_DAY.subn(" ", words)
    months = {3 * _QUARTERS[q] for q in re.findall(r"qu[ýíy]\.? ?(iv|i{1,3}|[1-4])\b", words)}
    months |= {3 * _QUARTERS[q] for q in re.findall(r"(?:và|,|-|đến|,? quý) ?(iv|i{1,3})\b", words)}
    months |= {int(m) for m in re.findall(r"tháng ?(\d{1,2})", words)}
    months |= {int(m) for m in re.findall(r"(?<!\d)(\d{1,2}) ?/ ?(?:19|20)\d\d", words)}
    months |= {int(m) for m in re.findall(r"(?:và|,|-|đến) ?(?:tháng )?(\d{1,2})(?![\d%])", words)}
    months |= {6} if re.search(r"6 tháng đầu|sáu tháng|nửa đầu", words) else set()
    if days and not months:
        return False
    return due.month in (months or {12}) and (bool(months) or "năm" in words or due.year in years)


_CADENCES = {
    "ongoing": ("thuong xuyen", "lien tuc", "hang ngay", "hang tuan"),
    "monthly": ("hang thang", "moi thang", "thang"),
    "quarterly": ("hang quy", "moi quy", "quy"),
    "yearly": ("hang nam", "moi nam", "nam"),
}


def read_cadence(reading: SecondReading, row: Row) -> Verdict:
    """The words of the deadline say how often."""
    if row["cadence"] is None:
        return SAID
    said = f" {fold(row['deadline_text'] or '')} "
    return said_if(has(said, *_CADENCES[row["cadence"]]))


def read_output(reading: SecondReading, row: Row) -> Verdict:
    """The product's words stand in the task or its row."""
    if row["output"] is None:
        return SAID
    return _read_words(reading, row, row["output"])


RULES = (
    ColumnCheck("tasks", "text", ("Lời văn của nhiệm vụ đúng như nguồn", "The text is the source's words"), read_text),
    ColumnCheck("tasks", "label", ("Ký hiệu đứng ngay trước nhiệm vụ", "The label stands before the task"), read_label),
    ColumnCheck("tasks", "section", ("Đường dẫn đề mục đúng như bảng đề mục", "The section is that of the table"), read_section),
    ColumnCheck("tasks", "deadline_text", ("Lời của thời hạn có trong văn bản", "The deadline's words stand in the text"), read_deadline_text),
    ColumnCheck("tasks", "deadline_basis", ("Chỉ thời hạn mới có căn cứ, và lời tính từ một ngày mới là được tính", "Only a deadline has a basis, and only words that count from a day are counted"), read_deadline_basis),
    ColumnCheck("tasks", "deadline", ("Thời hạn là ngày mà lời văn nêu", "The deadline is a day that its words name"), read_deadline),
    ColumnCheck("tasks", "cadence", ("Chu kỳ đúng như lời văn", "The words say how often"), read_cadence),
    ColumnCheck("tasks", "output", ("Sản phẩm có trong văn bản", "The product's words stand in the text"), read_output),
)  # fmt: skip
