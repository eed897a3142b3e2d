"""Every character of a plan's text is in one block, and what was left out is what its reason says.

From the published files alone: neither the reader nor what makes the table is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.tables.rows import Row
from khplans.text.fold import fold

VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
"""Characters that must be accounted for: all but white space, controls and marks that take no room."""

_LONGEST = {"page-number": 30, "running-header": 150, "stamp": 600}
"""Characters that such a block has at most."""
_PAGE = re.compile(r"\W*(?:(?:trang|page)\W*)?\d{1,4}\W*(?:\d{1,4}\W*)?(?:trang|page)?\W*")
_STAMP = re.compile(
    r"(?:gio|ngay|chuyen|so|luu ho so|nguoi ky|email|co quan|thoi gian ky|ky boi|chu ky so|don vi)\b"
)
_STAMPED = re.compile(r"[:@]|\d[./:]\d|-$")


def check_blocks(package: CheckedPackage) -> Iterator[Result]:
    """The blocks of every plan against its text."""
    blocks: dict[str, list[Row]] = {plan: [] for plan in package.plans}
    for row in package.rows["blocks"]:
        blocks.setdefault(row["plan_id"], []).append(row)
    bounds = {row["document_id"]: (row["start"], row["end"]) for row in package.rows["documents"]}
    seen, wrong = 0, []
    for plan, rows in blocks.items():
        text = package.sources.get(plan, "")
        seen += sum(len(found[0]) for found in VISIBLE.finditer(text))
        wrong += [f"{plan}@{place}" for place in _uncovered(text, rows)]
        wrong += [row["block_id"] for row in rows if not _in_its_document(row, bounds)]
    yield judge("coverage.characters", "blocks", seen, wrong)
    left = [row for row in package.rows["blocks"] if _left_out(row)]
    untrue = [
        row["block_id"]
        for row in left
        if not _is_true(row, package.sources.get(row["plan_id"], "")[row["start"] : row["end"]])
    ]
    yield judge("coverage.left-out", "blocks", len(left), untrue)


def _uncovered(text: str, rows: Sequence[Row]) -> Iterator[int]:
    """Where characters are in no block or in two, or a block begins or ends with a blank."""
    at = 0
    for row in sorted(rows, key=lambda row: (row["start"], row["end"])):
        start, end = row["start"], row["end"]
        if VISIBLE.search(text, at, start):
            yield at
        words = text[start:end]
        if start < at or end > len(text) or words != words.strip() or not words:
            yield start
        at = max(at, end)
    if VISIBLE.search(text, at):
        yield at


_REASONS = frozenset(
    (("outside", "surroundings"), ("outside", "document-repeated"), ("row", "listed"))
)
"""Kinds of blocks and the reasons that they can have, besides furniture."""


def _in_its_document(row: Row, bounds: dict[str, tuple[int, int]]) -> bool:
    """Whether a block lies in its document, or, being outside, in none.

    >>> def inside(document_id, kind, start, end):
    ...     return _in_its_document({"document_id": document_id, "kind": kind, "start": start, "end": end}, {"d": (0, 9)})
    >>> inside("d", "row", 0, 9), inside("d", "row", 5, 12), inside("e", "row", 0, 1), inside("d", "outside", 0, 1)
    (True, False, False, False)
    >>> inside(None, "outside", 20, 30), inside(None, "row", 0, 1)
    (True, False)
    """
    if row["document_id"] is None:
        return bool(row["kind"] == "outside")
    start, end = bounds.get(row["document_id"], (0, -1))
    return bool(row["kind"] != "outside" and start <= row["start"] and row["end"] <= end)


def _left_out(row: Row) -> bool:
    """Whether a block is none of the words that rows are made of.

    >>> kinds = ("row", None), ("furniture", None), ("outside", None), ("row", "rule")
    >>> [_left_out({"kind": kind, "reason": reason}) for kind, reason in kinds]
    [False, True, True, True]
    """
    return row["kind"] in ("furniture", "outside") or row["reason"] is not None


def _is_true(row: Row, words: str) -> bool:
    """Whether the reason is one that such a block can have and its words look like it."""
    reason, folded = row["reason"], fold(words)
    if row["kind"] != "furniture":
        return (row["kind"], reason) in _REASONS
    if len(words) > _LONGEST.get(reason or "", len(words)):
        return False
    if reason == "rule":
        return not any(map(str.isalnum, words))
    if reason == "set-aside":
        return VISIBLE.search(words) is not None
    if reason == "page-number":
        return bool(_PAGE.fullmatch(folded))
    if reason == "running-header":
        return "cong bao" in folded
    if reason == "image":
        return words.startswith(("!", "<", "["))
    return reason == "stamp" and any(map(_is_of_stamp, words.splitlines()))


def _is_of_stamp(line: str) -> bool:
    """Whether a line is one of a stamp of arrival or of an electronic signature.

    >>> [_is_of_stamp(line) for line in ("CÔNG VĂN ĐẾN", "Công văn đến", "Trồng rừng")]
    [True, True, False]
    """
    folded = fold(line)
    if line.isupper() or folded in ("den", "cong van den"):
        return True
    return bool(_STAMPED.search(line)) and bool(_STAMP.match(folded) or " " not in line.strip())
