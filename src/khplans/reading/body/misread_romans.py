"""Roman numbers of headings that a reading machine took for letters: `H. NHIỆM VỤ` below `I. MỤC TIÊU`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.model import Doubt
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import Marker, roman_value

_LOOKS_ROMAN = re.compile(r"(?P<strokes>(?=[IVX]*[HNl|])[IVXHNl|]{1,4})[.,] *(?=[^\W\d_])")
_STROKES = str.maketrans({"H": "II", "N": "IV", "l": "I", "|": "I"})
"""What the letters are that a machine reads where the strokes of a Roman number stand close."""
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def right_romans(blocks: Sequence[RawBlock]) -> list[Doubt]:
    """Give each heading whose number was misread the Roman number that comes next; each is a doubt.

    Only a line in capitals whose letters can be read as the number after the one above is taken so, and none
    that is the next letter of a list: `H. …` below `G. …`.
    """
    doubts: list[Doubt] = []
    above = letter = 0
    for block in blocks:
        if block.annex or block.kind == "signature":
            above = letter = 0
        if block.kind != "paragraph":
            continue
        mark = block.marker
        if mark is not None and mark.kind == "roman":
            above, letter = mark.order, 0
        elif mark is not None and mark.kind == "capital" and mark.order == letter + 1:
            letter = mark.order
        elif above and (marker := _next_roman(block.lines[0], above + 1)):
            above += 1
            block.marker = marker
            doubts.append(_doubt(block.lines[0], marker))
        elif mark is not None and mark.kind == "capital":
            letter = mark.order
    return doubts


def _next_roman(line: Line, due: int) -> Marker | None:
    """The number that the letters before a heading in capitals stand for, if it is the one that is due.

    >>> from khplans.reading.lines.line import lines_of
    >>> headings = lines_of("H. NHIỆM VỤ\\nIH. TỔ CHỨC THỰC HIỆN\\nH. Nhiệm vụ")
    >>> [found and found.bare for found in (_next_roman(line, 2) for line in headings)]
    ['II', None, None]
    >>> _next_roman(headings[1], 3).bare
    'III'
    """
    match = _LOOKS_ROMAN.match(line.text) if line.capitals else None
    if not match:
        return None
    roman = match["strokes"].translate(_STROKES)
    if not _ROMAN.fullmatch(roman) or roman_value(roman) != due:
        return None
    return Marker("roman", roman, roman, due, 1, match.end())


def _doubt(line: Line, marker: Marker) -> Doubt:
    match = _LOOKS_ROMAN.match(line.text)
    assert match is not None
    span = line.passage.span(*match.span("strokes"))
    return Doubt("word-looks-misread", span, {"suggestion": marker.bare})
