"""A plan's text cut into pages of a readable size, at its headings where they allow."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.site.catalogue import Catalogue
from khplans.site.languages import vi
from khplans.site.markup import SitePage
from khplans.site.pages.plan_text import ShownLine, plan_text

_FIRST = 40_000
_NEXT = 50_000
"""Bytes of text and notes on a plan's first page, which has more besides, and on each that follows."""


def divide_plans(catalogue: Catalogue) -> dict[str, Sequence[int]]:
    """Plan → where in its text each page begins. Both languages are cut alike."""
    found: dict[str, Sequence[int]] = {}
    for plan in catalogue.collection.plans.values():
        page = SitePage(vi, f"plans/{plan.plan_id}/2", "", "")
        found[plan.plan_id] = [0, *divide(plan_text(catalogue, plan, page))]
    return found


def divide(units: Sequence[ShownLine]) -> list[int]:
    """Where pages begin after the first: before a heading as soon as a page is well filled, the higher
    the heading the sooner; within a section only where it is longer than a page."""
    cuts: list[int] = []
    size, room = 0, _FIRST
    for place, unit in enumerate(units):
        length = len(unit.html.encode()) + 1
        heading = unit.level and not (place and units[place - 1].level)
        enough = {2: 0.4, 3: 0.55}.get(unit.level, 0.75) * room
        if size and (size + length > room or (heading and size > enough)):
            begin = place
            while (
                begin and units[begin - 1].level and units[begin - 1].start > max(cuts, default=0)
            ):
                begin -= 1  # a heading goes with what it heads
            cuts.append(units[begin].start)
            size, room = sum(len(u.html.encode()) + 1 for u in units[begin:place]), _NEXT
        size += length
    return cuts


def units_of(units: Sequence[ShownLine], parts: Sequence[int], number: int) -> list[ShownLine]:
    """The units of one page (from 1)."""
    begin = parts[number - 1] if parts else 0
    end = parts[number] if number < len(parts) else None
    return [unit for unit in units if begin <= unit.start and (end is None or unit.start < end)]
