"""Patterns of words: the grammar stands in the code, its lists of words in tables.

The tables: words.csv, and letterhead.csv, clause_words.csv, task_cues.csv for their parts of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, cast

from khplans.knowledge.document_types import document_types
from khplans.knowledge.levels import Rank, level_names, level_shorts
from khplans.knowledge.table import read_table
from khplans.rules import once
from khplans.text.shadow import shadow

_LIST = re.compile(r"(?<!\(\?P)<([a-z][a-z -]*)>")


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first.

    >>> any_of(["sở", "sở y tế"])
    '(?:sở\\\\ y\\\\ tế|sở)'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


@cache
def words_for(use: str) -> tuple[str, ...]:
    """The words of a use: of words.csv, or the names of levels (`level`, `level province`, `short level`), of
    kinds of documents (`document type`), and of task_cues.csv (`cue verb`).

    >>> words_for("plan")[:2], words_for("level province")
    (('kế hoạch', 'dự toán'), ('tỉnh', 'thành phố'))
    """
    if use == "document type":
        return tuple(kind.name for kind in document_types())
    if use == "short level":
        return tuple(level_shorts())
    if use == "level" or use.startswith("level "):
        rank = use.removeprefix("level").strip()
        return level_names(cast(Rank, rank) if rank else None)
    if use.startswith("cue "):
        return cues(use.removeprefix("cue "))
    found = tuple(row["words"] for row in read_table("words") if row["use"] == use)
    if not found:
        raise LookupError(f"words.csv: no use {use}")
    return found


def with_lists(pattern: str, *, folded: bool = False) -> str:
    """A pattern in which each `<use>` has become the words of that use.

    >>> with_lists("<short level> Huế")
    '(?:tp|tx) Huế'
    """

    def listed(match: re.Match[str]) -> str:
        words = words_for(match[1])
        return any_of(set(map(shadow, words)) if folded else words)

    return _LIST.sub(listed, pattern)


class Wording:
    """A pattern in which `<use>` stands for any of the words of that use; made when first asked for.

    `example` is words that it finds, for the reader and for the test that it does. Case doesn't
    count unless `exact`; with `folded` the words have no accents and no capitals, as the text then is.

    >>> Wording("so với <plan>", "tăng 5% so với kế hoạch").search("so với dự toán")[0]
    'so với dự toán'
    """

    def __init__(self, pattern: str, example: str, *, exact: bool = False, folded: bool = False):
        self.written, self.example, self.folded = pattern, example, folded
        self._flags = re.NOFLAG if exact or folded else re.IGNORECASE

    @once
    def pattern(self) -> re.Pattern[str]:
        """The pattern with its lists."""

        return re.compile(with_lists(self.written, folded=self.folded), self._flags)

    @once
    def search(self) -> Callable[..., re.Match[str] | None]:
        return self.pattern.search

    @once
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self.pattern.match

    @once
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        return self.pattern.fullmatch

    @once
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.pattern.finditer

    @once
    def sub(self) -> Callable[..., str]:
        return self.pattern.sub

    @once
    def split(self) -> Callable[..., list[str | Any]]:
        return self.pattern.split


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


WHOLE_WORDS = r"(?<!\w)(?:WORDS)(?!\w)"


@cache
def clause_words(role: str, shape: str = WHOLE_WORDS, *, exact: bool = False) -> re.Pattern[str]:
    """A pattern of `shape` in which `WORDS` stands for the words of a role, the longest first,
    and `<use>` for those of a use (`with_lists`).

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


@cache
def cues(use: str) -> tuple[str, ...]:
    """The folded words of one use, in file order.

    >>> "chu tri" in cues("verb")
    True
    """
    return tuple(row["words"] for row in read_table("task_cues") if row["use"] == use)


CHARGING_VERB = Wording(r" <cue verb>(?!\w)", "Sở Y tế chủ trì", folded=True)
"""A verb that follows the body that is charged, and so ends its name."""
