"""Patterns of words: the grammar stands in the code, its lists of words in tables."""

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
    """The words of a use: of words.csv, or the names of levels (`level`, `level province`, `short level`) and of
    kinds of documents (`document type`).

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
