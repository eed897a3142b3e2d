"""Indicators in the rows of a table: a name, a unit, a column for each year or kind of figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from khplans.extraction.indicators.context import Context
from khplans.extraction.indicators.indicator import FoundIndicator, make_indicator
from khplans.extraction.indicators.numbers import find_quantities
from khplans.extraction.indicators.quantity import Change, Quantity
from khplans.extraction.indicators.row_topics import topic_of_row, under_topic
from khplans.extraction.indicators.target_or_result import BlockSetting, Kind, tense
from khplans.extraction.indicators.times import find_periods
from khplans.extraction.indicators.units import read_unit
from khplans.extraction.indicators.words_around import COMPARES, has_quantity, small
from khplans.knowledge.comparators import number_cues
from khplans.knowledge.units import NAMELESS, Unit, implied_unit
from khplans.knowledge.wording import Wording, any_of, clause_words
from khplans.model import Block, Cell
from khplans.text.fold import slug
from khplans.text.numerals import NUMERAL, WRITTEN

_HAS_DIGIT = re.compile(r"\d")
_TARGET = Wording(r"\b<column of targets>\b", "Mục tiêu 2025")
_ACTUAL = Wording(r"\b<column of results>\b", "Ước TH 2024")
_ESTIMATE = Wording(r"\b(?:ước|UTH|ƯTH)\b", "Ước 2024")
_FORECAST = Wording(r"\bdự báo\b", "Dự báo")
_COMPARED = Wording("<column of comparisons>|%|/", "So sánh (%)")
# What is compared with a plan is what came of it.
_AGAINST_PLAN = Wording(
    r"so (?:với|sánh) (?:<plan>|<plan in short>)\b(?! ?\d{4} ?/)", "So với KH (%)"
)
_GROWTH = Wording(r"(?:<pace> )?tăng\b", "Tốc độ tăng")
_PART = Wording(r"^(?:[-+•]\s*)?(?:<part>)?\s*[:,]?\s*[-+•]?\s*", "- Trong đó: ")
# What a table of criteria asks for, of all or of a group: `Chỉ tiêu chung`, `Yêu cầu đối với xã nhóm 2`.
_STANDARD = Wording(r"<column of standards>\b ?", "Chỉ tiêu đối với xã nhóm 2")
# What says only that the columns below it are one for each.
_EACH_OF = Wording(
    r"(?:đối với )?từng [^,;()]+? (?=[A-ZĐ])", "đối với từng nhóm Xã loại 2", exact=True
)
# What comes of each thing that is measured, or is to come of it: the header doesn't say which.
_OUTCOME = Wording(r"kết quả(?: (?:đạt được|cần đạt))?", "Kết quả")
_EXAMPLE = (
    "I. MỤC TIÊU\nTT\tChỉ tiêu\tĐơn vị\tTH 2023\tKH 2024\n"
    "1\tTrồng rừng\tha\t40\t50\n2\tTỷ lệ hộ nghèo\t%\t6,5\t5"
)
"""A table for the examples below."""
_OWN_NUMBER = re.compile(r"\d+(?:\.\d+)+\.? ")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNTIL = Wording(r"(?<!\d\d\d\d),? (?:tính |từ nay )?(?:<until> )+$", " tính đến hết ")
_NO_FIGURES = frozenset({"label", "unit", "name", "task", "note", "lead", "coordinate", "deadline"})
_NUMBER = re.compile(NUMERAL, re.ASCII)
_EACH_YEAR = Wording(r" ?/ ?năm$", "giảm 2%/năm")
_ASIDE = re.compile(r" ?\([^()]*\)$")
_MOVE_AFTER = Wording(r" (?:tăng|giảm)$", "Tỷ lệ tăng")
_BRACKET = re.compile(r"\(([^()\d][^()]{0,24})\)$")
_IN_BRACKETS = re.compile(r"\(([^()\d][^()]{0,24})\)")
_SHARE = Wording(r"<share>|tốc độ", "Tỷ trọng")
_MILLIONS = Wording(r"^tr(?:iệu)?\.? ?đ(?:ồng)?(?!\w)", "tr.đ")
_SHARE_OF = re.compile(r"^% [^/]+$")
_DITTO = Wording(r"[\"”“'’″]{1,2}|-?\s?(?:nt|như trên)\s?-?", "như trên")
_THOUSANDS = Wording(r"^(?:1\.000|1000|<thousand>) ", "nghìn ")


@dataclass(slots=True)
class Rows:
    """Remembers, down a table, the last row that is a whole for the parts below it, its year, the unit of its name
    and the one of its column, and whether the row above is a part."""

    whole: str = ""
    until: str = ""
    unit_of_whole: str = ""
    unit: str = ""
    parts: bool = False


def is_row_of_figures(block: Block) -> bool:
    """Whether a row has cells with nothing but a number, under a header of its own: `Năm 2025`, `12,5`.

    >>> from khplans.reading.documents import document_of
    >>> table = "| Chỉ tiêu | Năm 2025 |\\n|---|---|\\n| Dân số | 12,5 |\\n| Rừng | tốt |"
    >>> [is_row_of_figures(block) for block in document_of(f"I. MỤC TIÊU\\n{table}").blocks]
    [False, False, False, True, False]
    """
    return block.kind == "row" and any(_has_figures(cell, block.cells) for cell in block.cells)


def read_row(block: Block, context: Context, rows: Rows) -> list[FoundIndicator]:
    """The indicators of a row, one a cell with a number: `Sản lượng tôm`, `tấn`, `1.200`, `1.350`.

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> [(one.name, str(one.value), one.kind) for one in find_indicators(document_of(_EXAMPLE))][1:3]
    [('Trồng rừng', '50.0', 'target'), ('Tỷ lệ hộ nghèo', '6.5', 'actual')]
    """
    name, own_unit, until = _name(block.cells, rows)
    unit_words = rows.unit = _unit_words(block.cells, rows.unit)
    if not name or _NUMBER.fullmatch(unit_words):
        return []
    return [
        found
        for cell in block.cells
        if _has_figures(cell, block.cells)
        and (quantity := _quantity(cell, unit_words or own_unit, name)) is not None
        for found in _of_cell(
            cell,
            quantity,
            _title(name, cell, quantity, unit_words, context),
            _period(cell.header, until, context),
            context,
        )
    ]


def _title(name: str, cell: Cell, quantity: Quantity, unit_words: str, context: Context) -> str:
    """The name of a cell's number: what its row, its column or the heading above names.

    >>> from khplans.text.passage import passage_of
    >>> context = Context(BlockSetting("target", 2025, ""), "2025")
    >>> (quantity,) = find_quantities("5%")
    >>> cells = [Cell("value", header, passage_of("5%")) for header in ("So sánh (%)", "Tốc độ tăng", "Năm 2025")]
    >>> [_title("Thu ngân sách", cell, quantity, "", context) for cell in cells]
    ['Thu ngân sách (So sánh (%))', 'Thu ngân sách (Tốc độ tăng)', 'Thu ngân sách']
    """
    topic = topic_of_row(name, quantity.unit, cell.header, context.headings)
    if topic:
        return under_topic(topic, name)
    if _is_comparison(cell, unit_words):
        return f"{name} ({cell.header})"
    return name + _group(cell)


def _group(cell: Cell) -> str:
    """Of whom a table of criteria asks that, for the name: of a group it is another figure than of all.

    >>> from khplans.text.passage import Passage
    >>> _group(Cell("other", "Chỉ tiêu Xã nhóm 2", Passage("")))
    ' (xã nhóm 2)'
    >>> _group(Cell("other", "Yêu cầu đối với từng nhóm xã Xã nhóm 2", Passage("")))
    ' (xã nhóm 2)'
    """
    opened = None if cell.role == "value" else _STANDARD.match(cell.header)
    words = _EACH_OF.sub("", cell.header[opened.end() :]) if opened else ""
    return f" ({small(words)})" if words else ""


def _until_year(name: str) -> tuple[str, str]:
    """A row's name without the year that ends it, and that year; empty where it names none for itself.

    >>> _until_year("Tỷ lệ nội địa hóa đến năm 2030"), _until_year("Số xã đạt chuẩn")
    (('Tỷ lệ nội địa hóa', '2030'), ('Số xã đạt chuẩn', ''))
    >>> _until_year("Tốc độ tăng từ năm 2021 đến năm 2030")
    ('Tốc độ tăng từ năm 2021 đến năm 2030', '')
    """
    for time in find_periods(f"{name},", None):
        lead = _UNTIL.search(name[: time.start])
        if time.end == len(name) and lead and lead.start() and _YEAR.fullmatch(time.value):
            return name[: lead.start()], time.value
    return name, ""


def _of_cell(
    cell: Cell, quantity: Quantity, title: str, period: str | None, context: Context
) -> Iterator[FoundIndicator]:
    """The indicator of a cell's number, and those in brackets after it: `0,7% (còn 4,3%)`.

    >>> from khplans.text.passage import passage_of
    >>> context = Context(BlockSetting("target", 2025, ""), "2025")
    >>> cell = Cell("value", "Tăng, giảm (%)", passage_of("0,7% (còn 4,3%)"))
    >>> found = _of_cell(cell, find_quantities("0,7%")[0], "Tỷ lệ hộ nghèo", "2025", context)
    >>> [(one.indicator.name, one.indicator.value, one.indicator.change) for one in found]
    [('Tỷ lệ hộ nghèo', 0.7, 'increase'), ('Tỷ lệ hộ nghèo', 4.3, 'level')]
    """
    kind = _how_sure(_kind(cell.header, period, context.setting), cell.header)
    grows = quantity.change == "level" and _grows(title, quantity, cell.header)
    change: Change | None = "increase" if grows else None
    yield FoundIndicator(make_indicator(cell.text, quantity, title, kind, period, change), None)
    for aside in _in_brackets(cell.text.text):
        level = _MOVE_AFTER.sub("", title) if aside.settled else title
        yield FoundIndicator(make_indicator(cell.text, aside, level, kind, period), None)


def _grows(title: str, quantity: Quantity, header: str) -> bool:
    """Whether a column or topic is of growth, or the whole whose part a row is in per cent.

    >>> (share,), (area,) = find_quantities("5%"), find_quantities("5 ha")
    >>> part = "Tốc độ tăng GRDP – Nông nghiệp"
    >>> _grows("Dân số", share, "Tốc độ tăng"), _grows(part, share, "2025"), _grows(part, area, "2025"), _grows("GRDP – Thuế", share, "2025")
    (True, True, False, False)
    """
    whole, _, part = title.partition(" – ")
    of_growth = part and quantity.unit.dimension == "percent" and not has_quantity(part)
    return bool(_GROWTH.match(header) or (of_growth and _GROWTH.match(whole)))


def _has_figures(cell: Cell, row: Sequence[Cell]) -> bool:
    """Whether a cell of its own row holds a number, under a header for figures: `Năm 2025`, `12,5`.

    >>> from khplans.text.passage import passage_of
    >>> cell = Cell("value", "Năm 2025", passage_of("12,5"))
    >>> [_has_figures(one, ()) for one in (cell, replace(cell, text=passage_of("tốt")), replace(cell, merged=True), replace(cell, role="label"))]
    [True, False, False, False]
    """
    own = cell.role not in _NO_FIGURES and not cell.merged
    return own and _is_figure(cell) and (_holds_figures(cell) or _is_outcome(cell, row))


def _is_outcome(cell: Cell, row: Sequence[Cell]) -> bool:
    """Whether a cell stands under `Kết quả` in a row that names what is measured, not what is done.

    >>> from khplans.text.passage import Passage
    >>> cell = Cell("output", "Kết quả", Passage("≥ 50"))
    >>> [_is_outcome(cell, [Cell(role, "", Passage("")), cell]) for role in ("name", "task")]
    [True, False]
    """
    return bool(_OUTCOME.fullmatch(cell.header)) and any(one.role == "name" for one in row)


def _in_brackets(text: str) -> list[Quantity]:
    """`0,7% (còn 4,3%)`: what stands in brackets after a cell's figure.

    >>> [[float(one.value) for one in _in_brackets(text)] for text in ("0,7% (còn 4,3%)", "0,7% còn 4,3%")]
    [[4.3], []]
    """
    if "(" not in text:
        return []
    return [read for read in find_quantities(text) if read.number > text.index("(")]


def _is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number and no words beside it, but for those in brackets.

    >>> from khplans.text.passage import passage_of
    >>> [_is_figure(Cell("value", "", passage_of(text))) for text in ("12,5", "5 (còn 4 xã)", "Điều 5", "-")]
    [True, True, False, False]
    """
    text = cell.text.text.partition(" (")[0]
    return bool(_HAS_DIGIT.search(text)) and len(text) < 60 and bool(_figure().fullmatch(text))


@cache
def _figure() -> re.Pattern[str]:
    """A number alone, with its unit, and what may stand before one: an aim, a bound, a rise.

    >>> texts = "trên 12,5 %", "20% - 50%", "Phấn đấu không dưới 9", "Điều 9"
    >>> [bool(_figure().fullmatch(text)) for text in texts]
    [True, True, True, False]
    """
    before = [form for form, cue in number_cues().items() if "has" not in cue.says]
    aim = clause_words("aim", "(?:WORDS)").pattern
    return re.compile(
        rf"(?:{any_of(before)}|{aim}|[\s+-])*"
        rf"(?a:{WRITTEN})(?:(?: ?%)? ?(?:-|–|đến|/) ?(?a:{WRITTEN}))?(?: ?%| [^\d]{{1,30}}|/[^\d]{{1,30}})?",
        re.IGNORECASE,
    )


def _holds_figures(cell: Cell) -> bool:
    """Whether the header says so: a plan or result, a year, a rise (`Tăng, giảm (%)`), a base.

    >>> from khplans.text.passage import passage_of
    >>> headers = ("value", "Dự toán"), ("other", "Năm 2025"), ("other", "Tăng, giảm (%)"), ("other", "Định mức"), ("other", "Ghi chú")
    >>> [_holds_figures(Cell(role, header, passage_of("5"))) for role, header in headers]
    [True, True, True, False, False]
    """
    of_figures = (_YEAR.search, _GROWTH.match, COMPARES.match)
    if cell.role == "value" or any(says(cell.header) for says in of_figures):
        return True
    return cell.role == "other" and bool(_STANDARD.match(cell.header))


def _name(cells: Sequence[Cell], rows: Rows) -> tuple[str, str, str]:
    """The row's name, after that of its whole where it says `Trong đó` or has a dash; the unit that
    it ends with in brackets; the year until which it, or its whole, is meant.

    >>> from khplans.text.passage import passage_of
    >>> rows, roles = Rows(), ("label", "name", "value")
    >>> def name(*words): return _name([Cell(role, "", passage_of(text)) for role, text in zip(roles, words)], rows)
    >>> name("1", "Thu (tỷ đồng)"), name("", "Trong đó: Thuế"), name("", "Phí")
    (('Thu', 'tỷ đồng', ''), ('Thu – thuế', 'tỷ đồng', ''), ('Thu – phí', 'tỷ đồng', ''))
    >>> name("2", "Dân số đến năm 2030"), name("3", "")
    (('Dân số', '', '2030'), ('', '', ''))
    """
    own = _named(cells)
    if own is None:
        return "", "", ""
    bare, marked, unit = _without_marks(own.text.text)
    bare, until = _until_year(bare)
    goes_on = rows.parts and _has_no_number(cells)
    rows.parts = bool(rows.whole) and (marked or goes_on)
    if rows.parts:
        return f"{rows.whole} – {small(bare)}", unit or rows.unit_of_whole, until or rows.until
    rows.whole, rows.until, rows.unit_of_whole = bare, until, unit
    return bare, unit, until


def _named(cells: Sequence[Cell]) -> Cell | None:
    """The cell that names a row: its column's, else the first with words that is of no other use.

    >>> from khplans.text.passage import passage_of
    >>> def cells(*told): return [Cell(role, "", passage_of(text)) for role, text in told]
    >>> rows = cells(("other", "Thu"), ("name", "Thuế")), cells(("other", "5"), ("other", "Thu")), cells(("value", "Thu"))
    >>> [one.text.text if (one := _named(row)) else None for row in rows]
    ['Thuế', 'Thu', None]
    """
    own = next((c for c in cells if c.role in ("name", "task") and c.text), None)
    others = (c for c in cells if c.text and c.role == "other" and not _is_figure(c))
    return own or next(others, None)


def _without_marks(words: str) -> tuple[str, bool, str]:
    """A row's name without its number and what makes it a part (`Trong đó`), whether that stands there, the unit
    that it ends with in brackets.

    >>> _without_marks("1.2. Thu (tỷ đồng)"), _without_marks("Trong đó: Thuế"), _without_marks("Thu (dự kiến)")
    (('Thu', False, 'tỷ đồng'), ('Thuế', True, ''), ('Thu (dự kiến)', False, ''))
    """
    numbered = _OWN_NUMBER.match(words)
    words = words[numbered.end() :].rstrip(" .;") if numbered else words
    mark = _PART.match(words)
    bare = words[mark.end() :].strip(" :;") if mark else words
    bracket = _BRACKET.search(bare)
    unit = bracket[1] if bracket and read_unit(bracket[1], 0) else ""
    bare = bare[: bracket.start()].rstrip() if bracket and unit else bare
    return bare, bool(mark and mark.end()), unit


def _has_no_number(cells: Sequence[Cell]) -> bool:
    """Whether a table numbers its rows, but not this one: after a part another follows.

    >>> from khplans.text.passage import passage_of
    >>> def labels(*texts): return [Cell("label", "TT", passage_of(text)) for text in texts]
    >>> _has_no_number(labels("")), _has_no_number(labels("1")), _has_no_number([])
    (True, False, False)
    """
    numbers = [cell for cell in cells if cell.role == "label"]
    return bool(numbers) and not any(cell.text for cell in numbers)


def _unit_words(cells: Sequence[Cell], above: str) -> str:
    """The words of the unit's cell; `"` and the like repeat those of the row above.

    A column `Đơn vị` can hold agencies or units: here it is a cell that is a unit and no more.

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> [one.unit for one in find_indicators(document_of(_EXAMPLE))][1:3]
    ['hectare', 'percent']
    """
    for cell in cells:
        words = cell.text.text
        if cell.role == "unit":
            return above if _DITTO.fullmatch(words) else words
        if words and cell.header.lower().startswith("đơn vị"):
            read = read_unit(words, 0)
            if read and (read.end == len(words) or words.startswith("%")):
                return words
            if above and _DITTO.fullmatch(words):
                return above
    return ""


def _is_comparison(cell: Cell, unit_words: str) -> bool:
    """Whether a column compares: `So sánh (%)`, but not a rate (`Tốc độ (%/năm)`).

    >>> from khplans.text.passage import passage_of
    >>> def column(header, text): return Cell("value", header, passage_of(text))
    >>> cells = column("So sánh (%)", "5"), column("So sánh", "5%"), column("So sánh", "5"), column("Năm 2025", "5%")
    >>> [_is_comparison(cell, "ha") for cell in cells], _is_comparison(cells[0], "%")
    ([True, True, False, False], False)
    """
    return (
        bool(_COMPARED.search(cell.header))
        and "%" in cell.header + cell.text.text
        and "%" not in unit_words
        and _unit_in_header(cell.header) in ("", "%")
    )


def _quantity(cell: Cell, unit_words: str, name: str) -> Quantity | None:
    """The number in a cell with the unit of the cell, its header, the row or its name.

    >>> from khplans.text.passage import passage_of
    >>> def read(header, text, unit, name):
    ...     one = _quantity(Cell("value", header, passage_of(text)), unit, name)
    ...     return one and (float(one.value), one.unit.unit_id)
    >>> read("Năm 2025", "5 ha", "", "Rừng"), read("Năm 2025", "5", "ha", "Rừng"), read("So sánh (%)", "5", "ha", "Rừng")
    ((5.0, 'hectare'), (5.0, 'hectare'), (5.0, 'percent'))
    >>> read("2025 (tỷ đồng)", "5", "", "Thu"), read("2025", "5", "", "Tỷ lệ hộ nghèo"), read("2025", "tốt", "", "Hoa")
    ((5.0, 'billion_vnd'), (5.0, 'percent'), None)
    >>> read("2025", "5", "chậu", "Hoa")
    (5.0, 'chau')
    """
    figure = cell.text.text.partition("(")[0].rstrip()
    own = find_quantities(figure)
    if own:
        return own[0]
    words = "%" if _is_comparison(cell, unit_words) else unit_words.strip(" ()")
    words = words or _unit_in_header(cell.header) or _unit_in_name(name)
    words = _by_the_year(words, name)
    words = _MILLIONS.sub("triệu đồng", _SHARE_OF.sub("%", _THOUSANDS.sub("nghìn ", words)))
    number = figure.rstrip(" .;")
    lead = f"{_ASIDE.sub('', name)}: "
    trial = f"{lead}{number} {words}".rstrip()
    for read in find_quantities(trial):
        if len(lead) <= read.number < len(lead) + len(number) and read.end == len(trial):
            return _moved(read, len(lead), len(number))
    implied = None if words else implied_unit(name)
    unit = implied or Unit(
        slug(words).replace("-", "_") or NAMELESS, words, words, "count", "plain"
    )
    bare = find_quantities(f"{number} tấn")
    return _moved(replace(bare[0], unit=unit), 0, len(number)) if bare else None


def _unit_in_header(header: str) -> str:
    """The unit that a column names in brackets, the last after those above it; or the sign of per cent in its name.

    >>> _unit_in_header("TỐC ĐỘ BÌNH QUÂN (%/NĂM)"), _unit_in_header("Tỷ lệ %"), _unit_in_header("Năm 2025 (KH)")
    ('%/năm', '%', '')
    >>> _unit_in_header("Thực hiện (tấn) Tỷ lệ (%)")
    '%'
    """
    for words in map(str.lower, reversed(_IN_BRACKETS.findall(header))):
        read = read_unit(words, 0)
        if read and read.end == len(words):
            return words
    return "%" if "%" in header else ""


def _unit_in_name(name: str) -> str:
    """`Tỷ lệ hộ nghèo`, `Số xã đạt chuẩn`: the unit of a row that has no cell for it.

    >>> _unit_in_name("Tỷ lệ hộ nghèo"), _unit_in_name("Số xã đạt chuẩn"), _unit_in_name("Dân số")
    ('%', 'xã', '')
    """
    if _SHARE.match(name):
        return "%"
    counted = read_unit(name, len("Số")) if name.startswith("Số ") else None
    return name[len("Số ") : counted.end] if counted else ""


def _by_the_year(words: str, name: str) -> str:
    """The unit by the year, where that ends the row's name rather than the unit.

    >>> _by_the_year("%", "Giảm tiêu hao năng lượng/năm"), _by_the_year("%", "Tỷ lệ che phủ rừng")
    ('%/năm', '%')
    """
    told = words and _EACH_YEAR.search(name) and not _EACH_YEAR.search(words)
    return f"{words}/năm" if told else words


def _moved(quantity: Quantity, by: int, end: int) -> Quantity:
    """The quantity as it stands in its cell, without the unit's words that came from elsewhere."""
    return replace(
        quantity,
        start=quantity.start - by,
        lead=quantity.lead - by,
        number=quantity.number - by,
        end=min(quantity.end - by, end),
    )


def _period(header: str, until: str, context: Context) -> str | None:
    """The time of a column: `Năm 2025`; of its years the span (`2021-2025`), else what holds for the table.

    Within a span the year until which a row is meant (`… đến năm 2030`) says more than its column.

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> [one.period for one in find_indicators(document_of(_EXAMPLE))][:2]
    ['2023', '2024']
    """
    times = find_periods(header, context.setting.year)
    found = times[0].value if times else _of_years(header) or context.period
    first, _, last = (found or "").partition("/")
    spans = not found or (last and first[:4] <= until <= last[:4])
    return until if until and spans else found


def _of_years(header: str) -> str:
    """The years that a header names, as a period; of a year and an earlier one, which it is compared with, the first.

    >>> _of_years("KH 2025"), _of_years("KH 2021 - 2025"), _of_years("Kế hoạch"), _of_years("KH 2025 so TH 2024")
    ('2025', '2021/2025', '', '2025')
    """
    years: list[str] = _YEAR.findall(header)
    if years and ("/" in header or years[-1] <= years[0]):
        return years[0]
    return f"{years[0]}/{years[-1]}" if years else ""


def _how_sure(kind: Kind, header: str) -> Kind:
    """A result as its column calls it.

    >>> _how_sure("actual", "ƯTH năm 2024"), _how_sure("actual", "TH 2023"), _how_sure("target", "KH 2025")
    ('estimate', 'actual', 'target')
    """
    if kind != "actual":
        return kind
    return (
        "forecast" if _FORECAST.search(header) else "estimate" if _ESTIMATE.search(header) else kind
    )


def _kind(header: str, period: str | None, setting: BlockSetting) -> Kind:
    """Whether a column holds targets or results: `Ước TH 2024`, `Mục tiêu 2025`; else its time and section tell.

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> [one.kind for one in find_indicators(document_of(_EXAMPLE))][:2]
    ['actual', 'target']
    >>> _kind("Kết quả", "2030", BlockSetting("", 2025, "2025-01-09"))
    'target'
    """
    if _AGAINST_PLAN.match(header):
        return "actual"
    target = _TARGET.search(header)
    actual = None if _OUTCOME.fullmatch(header) else _ACTUAL.search(header)
    if actual and (not target or actual.start() < target.start()):
        return "actual"
    if target:
        return "target"
    told = tense(period, setting)
    if told:
        return told
    return "actual" if setting.role == "situation" or setting.reports else "target"
