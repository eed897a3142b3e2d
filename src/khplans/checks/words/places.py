"""A plan's text, and the stretches of it that a row can have its words from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from khplans.checks.package import Asked
from khplans.text.fold import fold

_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[.;!?](?=\s)|[\t|]|\n(?=\s*\n)|\n(?=[-+*•#>])|\n(?=\s*\d+[.)])|\n")
REACH = 500
"""Characters that a clause is looked for on either side."""


@dataclass(frozen=True)
class Text:
    """A plan's text, and the corrections to it as (start, end, what it should read)."""

    text: str
    corrections: tuple[tuple[int, int, str], ...] = ()

    def said(self, start: int, end: int) -> str:
        """The words between two offsets: corrected, composed (NFC), with single spaces.

        >>> Text("trợ cấp sản phấm\\nnăm 2021", ((12, 16, "phẩm"),)).said(8, 25)
        'sản phẩm năm 2021'
        """
        parts, place = [], max(0, start)
        first = bisect_left(self.corrections, (place,))
        for low, high, after in self.corrections[first:]:
            if high > end:
                break
            parts += [self.text[place:low], after]
            place = high
        parts.append(self.text[place : max(place, end)])
        return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(parts))).strip()

    def key(self, start: int, end: int) -> str:
        """The same folded, with a space at either end, so that whole words can be looked for in it.

        >>> Text("đạt tối thiểu 7%").key(0, 13)
        ' dat toi thieu '
        """
        return f" {fold(self.said(start, end))} "

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """From the beginning to the end of the sentence, cell or line around a span.

        A line that goes on in small letters or digits is no end.

        >>> text = Text("Năm 2023 đạt 5%. Năm 2024\\nphấn đấu đạt 8% trở lên; giảm nghèo.")
        >>> text.text[slice(*text.clause(39, 41))]
        'Năm 2024\\nphấn đấu đạt 8% trở lên'
        """
        return self._clauses[start, end]

    @cached_property
    def _clauses(self) -> Asked[tuple[int, int], tuple[int, int]]:
        """Each column of a row asks for the same."""
        return Asked(lambda span: self._find_clause(*span))

    def _find_clause(self, start: int, end: int) -> tuple[int, int]:
        low, high = max(0, start - REACH), min(len(self.text), end + REACH)
        first = low
        for match in _CLAUSE_END.finditer(self.text, low, start):
            if self._ends(match):
                first = match.end()
        after = (m.start() for m in _CLAUSE_END.finditer(self.text, end, high) if self._ends(m))
        first += len(self.text[first:start]) - len(self.text[first:start].lstrip())
        return first, next(after, high)

    def _ends(self, match: re.Match[str]) -> bool:
        if match[0] != "\n":
            return True
        following = self.text[match.end() : match.end() + 4]
        next_letter = following.lstrip(" ")[:1]
        return not (next_letter.islower() or next_letter in "(,") or next_letter == ""

    @cached_property
    def tight(self) -> str:
        """All of the text folded and without spaces."""
        return tight(self.said(0, len(self.text)))


def has(key: str, *words: str) -> bool:
    """Whether one of some folded words stands in a key as whole words.

    >>> has(" tang truong grdp ", "giam", "tang"), has(" lang nghe ", "lang ngh")
    (True, False)
    """
    return any(f" {word} " in key for word in words)


def tight(words: str) -> str:
    """Folded and without spaces: for words that a scan has run together or torn apart.

    >>> tight("Nghịđịnh số 88/2006/N Đ-CP")
    'nghidinhso882006ndcp'
    """
    return fold(words).replace(" ", "").replace("_", "")
