"""Sums that a reader could do: parts against their whole, a count against its percentage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khplans.extraction.indicators.result import Found
from khplans.model import Doubt, Indicator

_ROUNDING = 0.06


def with_doubts(found: Sequence[Found]) -> list[Found]:
    """The same indicators with a doubt on each whose figures contradict one another."""
    checked = list(found)
    parts: dict[int, list[Indicator]] = {}
    for item in found:
        if item.parent is not None:
            parts.setdefault(item.parent, []).append(item.indicator)
    for i, item in enumerate(found):
        doubt = _parts(item.indicator, parts.get(i, ())) or (
            _percentage(found[i - 1], item) if i else None
        )
        if doubt:
            indicator = replace(item.indicator, doubts=(*item.indicator.doubts, doubt))
            checked[i] = replace(item, indicator=indicator)
    return checked


def _parts(whole: Indicator, parts: Sequence[Indicator]) -> Doubt | None:
    """Parts in the unit of their whole that come to more than it."""
    if whole.unit.startswith("percent") or whole.change != "level":
        return None
    values = [p.value for p in parts if p.unit == whole.unit and p.value_high is None]
    if len(values) < 2 or sum(values) <= (whole.value_high or whole.value) * 1.001:
        return None
    facts = {"parts": _plain(sum(values)), "whole": _plain(whole.value)}
    return Doubt("parts-do-not-add-up", whole.span, facts)


def _percentage(before: Found, item: Found) -> Doubt | None:
    """`68/92 xã (tỷ lệ 37,9%)`: a percentage that isn't that of the count before it."""
    count, share = before.indicator, item.indicator
    if not count.denominator or share.unit != "percent" or share.change != "level":
        return None
    if not _says_the_same(count, share):
        return None
    computed = 100 * count.value / count.denominator
    if abs(computed - share.value) <= max(_ROUNDING, 0.006 * computed):
        return None
    facts = {
        "part": f"{_plain(count.value)}/{_plain(count.denominator)}",
        "computed": _plain(round(computed, 2)),
    }
    return Doubt("percentage-does-not-match", share.span, facts)


def _says_the_same(count: Indicator, share: Indicator) -> bool:
    return share.name.removeprefix("Tỷ lệ ") == count.name.removeprefix("Số ")


def _plain(number: float) -> str:
    """The number as Vietnamese people write it."""
    whole, _, decimals = f"{number:.2f}".rstrip("0").rstrip(".").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped
