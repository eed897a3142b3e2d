"""Words around the mention of a document: knowledge/data/citation_words.csv."""

from __future__ import annotations

import re
from functools import cache

from khplans.knowledge.table import read_table


@cache
def any_of(*uses: str) -> str:
    """A pattern of the words of these uses, the longest first.

    >>> re.match(any_of("post"), "Chủ tịch nước")[0]
    'Chủ tịch'
    """
    words = [row["words"] for row in read_table("citation_words") if row["use"] in uses]
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
