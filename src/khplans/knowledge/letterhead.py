"""Words that tell the parts of a letterhead and a closing apart: knowledge/data/letterhead.csv."""

from __future__ import annotations

import re
from functools import cache

from khplans.knowledge.table import read_table
from khplans.knowledge.wording import any_of


@cache
def web_label() -> re.Pattern[str]:
    """A pattern for a plain line that a web page wrote: its words alone, or with a colon after.

    >>> bool(web_label().match("• so hieu: 12/kh-ubnd")), bool(web_label().match("nguon nuoc phuc vu"))
    (True, False)
    """
    words = [row["words"] for row in read_table("letterhead") if row["kind"] == "web"]
    return re.compile(rf"\W*{any_of(words)}\s*(?::|\W*$)")


@cache
def opening_words(kind: str) -> re.Pattern[str]:
    """A pattern that matches a folded line which begins with words of this kind.

    >>> bool(opening_words("motto").match("doc lap tu do hanh phuc"))
    True
    >>> bool(opening_words("on_behalf").match("tmh"))
    False
    """
    words = [row["words"] for row in read_table("letterhead") if row["kind"] == kind]
    if not words:
        raise ValueError(f"letterhead.csv has no words of kind {kind!r}")
    return re.compile(rf"{any_of(words)}\b")
