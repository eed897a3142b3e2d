"""Lines that are not the document's running words: page numbers, gazette headers, rules, notes."""

from __future__ import annotations

import re

from khplans.model import BlockKind
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_rule
from khplans.text.shadow import shadow

_PAGE = re.compile(r"(?:trang\s*)?[-(|]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-)|]?|-+\s*page.{0,20}")
_GAZETTE = re.compile(r"(?:\d{1,3}\s*)?cong bao\s*[/|].*|\d{1,3}\s+cong bao\b.*|cong bao so \d.*")
_IMAGE = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|<!--.*-->|<(?:br|hr)\s*/?>|\[\s*(?:image|hình ảnh)\s*\]", re.I
)
_NOTE = re.compile(r"(?:[¹²³⁴-⁹⁰]+|\\?\[\d{1,3}\\?\]|\[\^\d+\]:?|\^\d{1,3}\^?|<sup>\d+</sup>)\s*\S")
_LOOSE_NOTE = re.compile(r"\(?\d{1,2}\)?\s+(?=[A-ZĐ“])")


def furniture_kind(line: Line, unfinished: bool, gap: bool) -> BlockKind | None:
    """`furniture` or `footnote` for such a line, None for any other.

    `unfinished` says that a sentence stands open above it and `gap` that a blank line parts them:
    only then is a bare number the mark of a note.
    """
    text = line.text
    if not text or is_rule(line) or _IMAGE.fullmatch(line.raw):
        return "furniture"
    if len(text) < 20 and _PAGE.fullmatch(shadow(text)):
        return "furniture"
    if len(text) < 120 and _GAZETTE.fullmatch(shadow(text)):
        return "furniture"
    if _NOTE.match(text) or (unfinished and gap and _LOOSE_NOTE.match(text)):
        return "footnote"
    return None


def is_note(line: Line) -> bool:
    """Whether a line begins a numbered note."""
    return bool(_NOTE.match(line.text))
