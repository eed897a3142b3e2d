"""`find_indicators`: from a document's blocks to its indicators; those of running text are made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from khplans.extraction.indicators.context import Context, Contexts
from khplans.extraction.indicators.evidence import Counting, measures_something
from khplans.extraction.indicators.indicator import FoundIndicator, make_indicator, shares_change
from khplans.extraction.indicators.names import (
    NameOfNumber,
    around_of,
    as_change,
    names_of,
    same_subject,
)
from khplans.extraction.indicators.numbers import find_quantities
from khplans.extraction.indicators.quantity import Change, Quantity, cues_say
from khplans.extraction.indicators.sentences import Sentence, parents_of, sentence_at, sentences
from khplans.extraction.indicators.table_figures import Rows, is_row_of_figures, read_row
from khplans.extraction.indicators.target_or_result import (
    BlockSetting,
    Kind,
    KindWords,
    NumberPlace,
)
from khplans.extraction.indicators.times import NumberPeriod, assign_periods, find_periods
from khplans.extraction.indicators.words_around import small
from khplans.extraction.standing_rules import sets_rules
from khplans.knowledge.comparators import cues_that_say
from khplans.knowledge.wording import Wording
from khplans.model import Block, Document, Indicator
from khplans.text.passage import Passage

_DIGIT = re.compile(r"\d")
_ORDERS = frozenset({"task", "organisation"})
_MOVES_ON = Wording(r" (?:hiện nay |hiện tại )?<settles>\b", " hiện nay lên")
_ASIDE = re.compile(r" |, |(?: [^\W\d_]+){0,3} \(")
_SHORT_LIST = Wording(
    r"(?: (?!<opens a comparison> )[^\W\d_]+){1,4}, ", " xã biên giới, ", exact=True
)
_LONGER_LIST = Wording(
    r"(?: (?!<opens a comparison> )[^\W\d_]+){1,9}, ", " thời gian giải quyết thủ tục, ", exact=True
)
_SHORT_LIST_ON = re.compile(r",(?: [^\W\d_]+){1,5} ")
# `tăng 8,2% (kế hoạch là 8%)`, `tăng 7,7%, tương đương 1,6 triệu đồng`: the same change again.
_RESTATES = Wording(
    r"(?:\((?:<plan>|<plan in short>)\b[^()\d]*|\btương đương (?:<about> )?)$", "(kế hoạch là "
)
_SILENT = frozenset({"letterhead", "title", "columns", "recipients", "signature", "furniture"})
_NOT_PROSE = frozenset({"label", "unit", "value", "deadline", "lead", "coordinate"})


def find_indicators(document: Document) -> list[Indicator]:
    """The numbers that measure the province's economy, society, budget or environment, in order.

    See tests/gold/README.md for what counts and for the fields; `parent` is an index into the
    list that is returned. Never raises, whatever the text.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Đến năm 2025 tỷ lệ hộ nghèo dưới 5%.")
    >>> [(one.name, one.comparator, str(one.value), one.period, one.kind) for one in find_indicators(document)]
    [('Tỷ lệ hộ nghèo', '<', '5.0', '2025', 'target')]
    """
    if sets_rules(document):
        return []
    contexts = Contexts(document)
    rows = Rows()
    indicators: list[Indicator] = []
    for block in document.blocks:
        context = contexts.enter(block)
        if block.kind in _SILENT:
            rows = Rows()
        elif is_row_of_figures(block):
            _add(indicators, read_row(block, context, rows))
        else:
            for passage in _prose(block):
                found, frame = read_prose(passage, context)
                _add(indicators, found)
                if block.kind != "footnote":
                    tells = found or (context.setting.reports and frame != context.period)
                    holds = tells and context.setting.role not in _ORDERS
                    contexts.leave(frame if holds else None)
    return indicators


def _prose(block: Block) -> list[Passage]:
    """The running text of a block: of a row its wordy cells, not the columns for who and when.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n| Nhiệm vụ | Cơ quan chủ trì |\\n|---|---|\\n| Trồng rừng | Sở Y tế |")
    >>> [[passage.text for passage in _prose(block)] for block in document.blocks if block.kind in ("row", "heading")]
    [['NHIỆM VỤ'], ['Trồng rừng']]
    """
    if not block.cells:
        return [block.text]
    return [cell.text for cell in block.cells if cell.own and cell.role not in _NOT_PROSE]


def _add(indicators: list[Indicator], found: Iterable[FoundIndicator]) -> None:
    """Add what a passage has; the parts of its indicators count from what was there.

    >>> from khplans.reading.documents import document_of
    >>> (whole,) = find_indicators(document_of("I. MỤC TIÊU\\n1. Thu ngân sách 250 tỷ đồng."))
    >>> indicators = [whole]
    >>> _add(indicators, [FoundIndicator(whole, None), FoundIndicator(whole, 0)])
    >>> [one.parent for one in indicators]
    [None, None, 1]
    """
    base = len(indicators)
    for item in found:
        parent = None if item.parent is None else base + item.parent
        indicators.append(replace(item.indicator, parent=parent))


def read_prose(passage: Passage, context: Context) -> tuple[list[FoundIndicator], str | None]:
    """The indicators of a passage, and the time that holds at its end.

    >>> from khplans.reading.documents import document_of
    >>> from khplans.text.passage import passage_of
    >>> texts = "Thu ngân sách 250 tỷ đồng.", "Thu ngân sách khá.", "Năm 2024, ban hành Kế hoạch số 5."
    >>> document = document_of("I. MỤC TIÊU NĂM 2026\\n1. Thu ngân sách.")
    >>> context = Contexts(document).enter(document.blocks[1])
    >>> found = [read_prose(passage_of(text), context) for text in texts]
    >>> [([one.indicator.value for one in indicators], period) for indicators, period in found]
    [([250.0], '2026'), ([], '2026'), ([], '2024')]
    """
    text = passage.text
    if not _DIGIT.search(text) and "gấp" not in text:
        return [], context.period
    parts = sentences(text)
    quantities = _measuring(passage, parts, context.setting)
    if not quantities and context.setting.role in _ORDERS:
        return [], context.period
    setting = context.setting
    periods = find_periods(text, _year_spoken_of(context), today=setting.today, term=setting.term)
    told, frame = assign_periods(text, parts, quantities, periods, context.period)
    if not quantities:
        return [], frame
    names = names_of(passage, parts, quantities, periods, context.lead)
    reader = _Prose(passage, parts, context, quantities, told, names)
    return [reader.found(i) for i in range(len(quantities))], frame


class _Prose:
    """The numbers of a passage that measure something, made into indicators in turn."""

    def __init__(
        self,
        passage: Passage,
        parts: Sequence[Sentence],
        context: Context,
        quantities: Sequence[Quantity],
        told: Sequence[NumberPeriod],
        names: Sequence[NameOfNumber],
    ) -> None:
        self._passage, self._parts, self._context = passage, parts, context
        self._quantities, self._told, self._names = quantities, told, names
        self._parents = parents_of(passage.text, parts, quantities)
        self._words = KindWords(passage.text, passage)
        self._heads: list[int] = []
        self._changes: list[Change] = []

    def found(self, i: int) -> FoundIndicator:
        """The indicator of the number `i`, and which one it is a part of."""
        quantity, named, parent = self._quantities[i], self._names[i], self._parents[i]
        kind, period = self._kind(i)
        goes_on_with = named.follows and same_subject(self._names, i)
        self._heads.append(self._heads[-1] if goes_on_with else i)
        whole = None if parent is None else self._heads[parent]
        name = named.name if whole is None else _under(self._names[whole].name, named.name)
        indicator = make_indicator(self._passage, quantity, name, kind, period)
        before = self._changes[-1] if self._changes and named.follows else "level"
        if indicator.change == "level" != before and self._takes_over(i):
            changed = as_change(name, before)
            indicator = make_indicator(self._passage, quantity, changed, kind, period, before)
        self._changes.append(indicator.change)
        return FoundIndicator(indicator, whole)

    def _kind(self, i: int) -> tuple[Kind, str | None]:
        """Whether it is a target or a result, and of what time."""
        quantity, setting = self._quantities[i], self._context.setting
        around = around_of(self._parts, self._quantities, i)
        place = NumberPlace(around.start, around.left, quantity.lead, quantity.number, quantity.end)
        period = self._told[i].value
        kind = self._words.kind_of(
            place, period, setting, inherited=not self._told[i].own, above=self._context.lead
        )
        if kind == "target" and _is_base(self._passage.text, quantity):
            return "actual", str(setting.year) if setting.year else None
        return kind, period

    def _takes_over(self, i: int) -> bool:
        """Whether the change of the number before holds for this one too: `tăng 8%, công nghiệp 10%`."""
        text, quantity, before = self._passage.text, self._quantities[i], self._quantities[i - 1]
        shared = shares_change(quantity, self._names[i].lead) and before.unit.dimension == "percent"
        restated = _RESTATES.search(text[max(0, quantity.number - 60) : quantity.number])
        aside = _is_in_percent(text, quantity, before) or _is_coordinate(text, quantity, before)
        return shared or bool(restated) or aside


def _under(whole: str, name: str) -> str:
    """The name of a part with that of its whole before it; the whole's again names nothing more.

    >>> _under("Thu ngân sách nhà nước", "Thu nội địa"), _under("Thu nội địa so với dự toán", "Thu nội địa")
    ('Thu ngân sách nhà nước – thu nội địa', 'Thu nội địa so với dự toán')
    """
    if name.lower().startswith(whole.lower()):
        return name
    return whole if whole.lower().startswith(name.lower()) else f"{whole} – {small(name)}"


def _year_spoken_of(context: Context) -> int | None:
    """The year that `quý I` and `cả năm` are of: in a plan for the coming year, that one.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Thu ngân sách.")
    >>> context = Contexts(document).enter(document.blocks[1])
    >>> setting = replace(context.setting, year=2025)
    >>> [_year_spoken_of(Context(setting, period)) for period in ("2026", "2025", "2027", None)]
    [2026, 2025, 2025, 2025]
    """
    year, period = context.setting.year, context.period
    return year + 1 if year and period == str(year + 1) else year


def _is_base(text: str, quantity: Quantity) -> bool:
    """`từ 27,8% xuống còn 23,8%`: where a movement starts, which is how things stand, unless it
    names a time of its own.

    >>> text = "giảm từ 27,8% xuống còn 23,8%"
    >>> [_is_base(text, one) for one in find_quantities(text)]
    [True, False]
    """
    return cues_say(quantity.cues, "starts") and bool(_MOVES_ON.match(text, quantity.end))


def _is_in_percent(text: str, quantity: Quantity, before: Quantity) -> bool:
    """`giảm 580 vụ (8,38%)`: the same fall once more, in per cent.

    >>> texts = "giảm 580 vụ (8,38%)", "giảm 580 vụ; 8,38% dân số", "giảm 580 vụ (còn 8,38%)"
    >>> pairs = [find_quantities(text) for text in texts]
    >>> [_is_in_percent(text, share, cases) for text, (cases, share) in zip(texts, pairs)]
    [True, False, False]
    """
    return (
        quantity.unit.dimension == "percent" != before.unit.dimension
        and not quantity.settled
        and cues_that_say("nears").issuperset(quantity.cues)
        and _ASIDE.fullmatch(text[before.end : quantity.lead]) is not None
    )


def _is_coordinate(text: str, quantity: Quantity, before: Quantity) -> bool:
    """`Giảm 10% số đơn vị và 10% biên chế`, `giảm 30% thời gian, 30% chi phí`: for both; the same
    figure again may stand farther on.

    >>> texts = "Giảm 10% số đơn vị và 10% biên chế", "Giảm 10% số đơn vị và tăng 10% biên chế", "Đạt 10% số đơn vị và 10% biên chế"
    >>> pairs = [find_quantities(text) for text in texts]
    >>> [_is_coordinate(text, other, one) for text, (one, other) in zip(texts, pairs)]
    [True, False, False]
    """
    joined = text.endswith("và ", 0, quantity.lead)
    short = _LONGER_LIST if quantity.value == before.value else _SHORT_LIST
    listed = joined or short.fullmatch(text[before.end : quantity.lead]) is not None
    changes = quantity.unit == before.unit and before.change != "level"
    return not quantity.cues and changes and listed


def _measuring(
    passage: Passage, parts: Sequence[Sentence], setting: BlockSetting
) -> list[Quantity]:
    """The numbers of a passage that measure something.

    >>> from khplans.reading.documents import document_of
    >>> from khplans.text.passage import passage_of
    >>> text = "Thu ngân sách 250 tỷ đồng. Ban hành 5 kế hoạch."
    >>> document = document_of(f"I. KẾT QUẢ\\n1. {text}")
    >>> setting = Contexts(document).enter(document.blocks[1]).setting
    >>> [float(one.value) for one in _measuring(passage_of(text), sentences(text), setting)]
    [250.0]
    """
    text = passage.text
    quantities: list[Quantity] = []
    norm: Quantity | None = None
    for quantity in find_quantities(text):
        start = parts[sentence_at(parts, quantity.number)].start
        before = quantities[-1] if quantities else None
        goes_on_a_norm = norm is not None and _lists(text, norm, quantity)
        case = Counting(passage, quantity, start, setting, before)
        if not goes_on_a_norm and measures_something(case):
            quantities.append(quantity)
            norm = None
        else:
            norm = quantity if quantity.unit.dimension == "percent" else None
    return quantities


def _lists(text: str, norm: Quantity, quantity: Quantity) -> bool:
    """`hỗ trợ 50%, ngân sách huyện 30%`: what goes on a list of norms is a norm.

    >>> texts = "hỗ trợ 50%, ngân sách huyện 30%", "hỗ trợ 50%, trồng 30 ha", "hỗ trợ 50%. Tỷ lệ hộ nghèo còn 30%"
    >>> pairs = [find_quantities(text) for text in texts]
    >>> [_lists(text, norm, other) for text, (norm, other) in zip(texts, pairs)]
    [True, False, False]
    """
    return (
        quantity.unit == norm.unit
        and quantity.change == "level"
        and _SHORT_LIST_ON.fullmatch(text[norm.end : quantity.lead]) is not None
    )
