"""How much of a plan's data a person has looked at."""

from __future__ import annotations

from khplans.intake.review_file import judged_columns
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language

REVIEWED = tuple(judged_columns())
"""The tables whose rows people look at."""


def reviewed_share(catalogue: Catalogue, plan_id: str, words: Language) -> str:
    """`12/120 (10%)`: rows of a plan that a person has looked at, of all that can be."""
    rows = [row for name in REVIEWED for row in catalogue.collection.of_plan(name, plan_id)]
    seen = sum(1 for row in rows if row.get("reviewed"))
    share = f" ({words.number(100 * seen // len(rows))}%)" if rows else ""
    return f"{words.number(seen)}/{words.number(len(rows))}{share}"
