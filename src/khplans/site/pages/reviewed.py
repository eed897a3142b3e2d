"""How much of a plan's data a person has looked at."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.tables.definition import tables

REVIEWED = tuple(table.name for table in tables() if "reviewed" in table.columns)
"""The tables whose rows say whether a person has looked at them."""


def reviewed_share(catalogue: Catalogue, plan_id: str, words: Language) -> str:
    """`12/120 (10%)`: rows of a plan that a person has looked at, of all that can be."""
    rows = [row for name in REVIEWED for row in catalogue.collection.of_plan(name, plan_id)]
    seen = sum(1 for row in rows if row.get("reviewed"))
    share = f" ({words.number(100 * seen // len(rows))}%)" if rows else ""
    return f"{words.number(seen)}/{words.number(len(rows))}{share}"
