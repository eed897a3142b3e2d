"""Indicators in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.extraction.indicators.clauses import Sentence, sentence_at, sentences
from khplans.extraction.indicators.context import Context
from khplans.extraction.indicators.evidence import measures_something
from khplans.extraction.indicators.kinds import kind_of
from khplans.extraction.indicators.names import base_of, has_quantity_head, is_generic, lead_of, name_of, predicate_of
from khplans.extraction.indicators.parents import parents_of
from khplans.extraction.indicators.periods import Period, assign_periods, find_periods
from khplans.extraction.indicators.quantities import Change, Quantity, find_quantities
from khplans.knowledge.measures import find_measure
from khplans.model import Doubt, Indicator
from khplans.text.passage import Passage

_DIGIT = re.compile(r"\d")
_GROWTH_NAME = re.compile(r"(?:tốc độ|tỷ lệ|tỉ lệ|mức)?\s*(?:tăng trưởng|tăng(?! thu| cường))|tăng thêm|tốc độ tăng", re.IGNORECASE)
_FALL_NAME = re.compile(r"(?:(?:tốc độ|tỷ lệ|tỉ lệ|mức) )?giảm\b", re.IGNORECASE)
_STARTS_FROM = re.compile(r"(?: \(?(?:năm )?\d{4}\)?)? (?:lên|xuống|còn)\b")
_OWN_VERB = frozenset({"đạt", "chiếm", "chiếm tỷ lệ", "đạt tỷ lệ", "có", "là", "ước đạt", "mức", "ở mức"})
_RATE = re.compile(r"\b(?:tỷ|tỉ) (?:lệ|trọng)|hộ nghèo|\bnghèo\b|độ che phủ|thất nghiệp|tỷ suất sinh", re.IGNORECASE)
_GROWTH_RATE = re.compile(r"(?:tỷ|tỉ) lệ (?:tăng|giải ngân tăng)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator and the position, in its passage's list, of the one it is a part of."""

    indicator: Indicator
    parent: int | None


def read_prose(passage: Passage, context: Context) -> tuple[list[Found], str | None]:
    """The indicators of a passage, and the time that holds at its end."""
    text = passage.text
    if not _DIGIT.search(text):
        return [], context.period
    parts = sentences(text)
    setting = context.setting
    quantities: list[Quantity] = []
    for quantity in find_quantities(text):
        start = parts[sentence_at(parts, quantity.number)].start
        before = quantities[-1] if quantities else None
        if measures_something(text, quantity, start, setting.role, before):
            quantities.append(quantity)
    periods = find_periods(text, setting.year)
    values, frame = assign_periods(text, parts, quantities, periods, context.period)
    found: list[Found] = []
    carried, carried_at, base_before = "", -1, ""
    parents = parents_of(text, parts, quantities)
    for i, quantity in enumerate(quantities):
        at = sentence_at(parts, quantity.number)
        part = parts[at]
        left = max(part.start, quantities[i - 1].end if i else 0)
        last = i + 1 == len(quantities) or quantities[i + 1].start >= part.end
        right = part.end if last else quantities[i + 1].lead
        if carried_at != at:
            carried, carried_at = "", at
        carried_before = carried
        base = base_of(text, quantity, right)
        lead = lead_of(text, left, quantity, periods, base)
        if base and not last and text[quantities[i + 1].lead - 3 : quantities[i + 1].lead] == "và ":
            end = quantities[i + 2].lead if i + 2 < len(quantities) else part.end
            base = base.removesuffix(" và") + predicate_of(base_of(text, quantities[i + 1], min(end, part.end)))
        if lead and lead.lower() in base_before.lower():
            lead = ""
        base_before = base
        name = name_of(lead, base, carried, quantity, _counted(text, quantity))
        if not is_generic(lead) or not carried or (base and name.endswith(base)):
            carried = name
        parent = parents[i]
        if parent is not None:
            whole = found[parent].indicator.name
            if not name.lower().startswith(whole.lower()):
                name = f"{whole} – {name[:1].lower()}{name[1:]}"
        change = _change(text, quantity, name)
        if change == "level" and found and carried_before and _goes_on(quantity, lead):
            change = found[-1].indicator.change
        unit = _unit_id(quantity, change, lead or carried, name)
        kind = kind_of(
            text[left : quantity.number], text[part.start : quantity.number],
            text[quantity.end : right], values[i], setting,
        )  # fmt: skip
        span = passage.span(quantity.start, quantity.end)
        measure = find_measure(name, quantity.unit, change)
        doubts = []
        if quantity.misread:
            doubts.append(Doubt("number-looks-misread", span))
        if measure is None:
            doubts.append(Doubt("measure-unknown", span, {"name": name}))
        found.append(
            Found(
                Indicator(
                    span=span,
                    name=name,
                    value=float(quantity.value),
                    value_high=None if quantity.high is None else float(quantity.high),
                    unit=unit,
                    comparator=quantity.comparator,
                    change=change,
                    kind=kind,
                    period=values[i],
                    denominator=None if quantity.denominator is None else float(quantity.denominator),
                    measure=measure,
                    doubts=tuple(doubts),
                ),
                parent,
            )
        )
    return found, frame


def _counted(text: str, quantity: Quantity) -> str:
    return re.sub(r"^[\d.,/\s–-]+", "", text[quantity.number : quantity.end])


def _change(text: str, quantity: Quantity, name: str) -> Change:
    """The change that its own words tell, else its name (`Tốc độ tăng trưởng GRDP đạt 8%`)."""
    if quantity.change != "level" or quantity.settled:
        return quantity.change
    if quantity.unit.dimension not in ("percent", "count") or _STARTS_FROM.match(text, quantity.end):
        return "level"
    head = name.rpartition(" – ")[2]
    if _FALL_NAME.match(head):
        return "decrease"
    if _GROWTH_NAME.match(head) or head.endswith(("tăng thêm", "tăng thêm trong năm")):
        return "increase"
    return "level"


def _goes_on(quantity: Quantity, lead: str) -> bool:
    """`GRDP tăng 8%, nông nghiệp 3%`: the change of the number before holds for this one too."""
    return (
        quantity.unit.dimension == "percent"
        and not quantity.settled
        and not _OWN_VERB.intersection(quantity.cues)
        and 0 < len(lead.split()) <= 7
        and not has_quantity_head(lead)
    )


def _unit_id(quantity: Quantity, change: Change, lead: str, name: str) -> str:
    """A rise or fall of a rate is in percentage points, and by the year where the text says so."""
    unit = quantity.unit.unit_id
    if unit not in ("percent", "percent_per_year"):
        return unit
    if quantity.yearly:
        unit = "percent_per_year"
    head = name.rpartition(" – ")[2]
    rate = _RATE.search(head) and not _GROWTH_RATE.match(head)
    if change != "level" and rate:
        return unit.replace("percent", "percentage_point")
    return unit
