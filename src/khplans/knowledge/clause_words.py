"""Words of the clauses around a number and what they tell: knowledge/data/clause_words.csv."""

from __future__ import annotations

import re
from functools import cache

from khplans.knowledge.table import read_table
from khplans.knowledge.wording import with_lists

WHOLE_WORDS = r"(?<!\w)(?:WORDS)(?!\w)"


@cache
def clause_words(role: str, shape: str = WHOLE_WORDS, *, exact: bool = False) -> re.Pattern[str]:
    """A pattern of `shape` in which `WORDS` stands for the words of a role, the longest first,
    and `<use>` for those of a use (`wording.with_lists`).

    Case doesn't count unless `exact`.

    >>> [bool(clause_words("aim").search(text)) for text in ("Phấn đấu đạt", "mục tiêu kép")]
    [True, False]
    """
    rows = [row for row in read_table("clause_words") if row["role"] == role]
    assert rows, f"clause_words.csv: no role {role}"
    forms = [
        "".join(f"(?<!{re.escape(word)} )" for word in row["not_after"].split(";") if word)
        + re.escape(row["words"])
        + "".join(rf"(?! ?{re.escape(word)})" for word in row["not_before"].split(";") if word)
        for row in sorted(rows, key=lambda row: -len(row["words"]))
    ]
    pattern = with_lists(shape).replace("WORDS", "|".join(forms))
    return re.compile(pattern, 0 if exact else re.IGNORECASE)
