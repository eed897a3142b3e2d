"""Numbers that were taken for others: `H. NHIỆM VỤ` below `I. MỤC TIÊU`, `I)` below `k)` for `l)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.model import Doubt
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import Marker, read_marker, roman_value

_LOOKS_ROMAN = re.compile(r"(?P<strokes>(?=[IVX]*[HNl|])[IVXHNl|]{1,4})[.,] *(?=[^\W\d_])")
_SMALL = re.compile(r"(?P<strokes>[IVX][ivx]{1,3})[.] *(?=[^\W\d_])")
_STROKES = str.maketrans({"H": "II", "N": "IV", "l": "I", "|": "I", "i": "I", "v": "V", "x": "X"})
"""What the letters are that a machine reads where the strokes of a Roman number stand close, or that small letters stand for."""
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def right_romans(blocks: Sequence[RawBlock]) -> list[Doubt]:
    """Give each heading whose number was misread the Roman number that comes next; each is a doubt.

    Only a line in capitals whose letters can be read as the number after the one above is taken so, and none
    that is the next letter of a list: `H. …` below `G. …`.

    >>> from khplans.reading.body.ranks import entries_of
    >>> blocks = [entry.block for entry in entries_of("I. MỤC TIÊU\\nH. NHIỆM VỤ")]
    >>> [doubt.facts for doubt in right_romans(blocks)], blocks[1].marker.order
    ([{'suggestion': 'II'}], 2)
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


def right_letters(blocks: Sequence[RawBlock]) -> list[Doubt]:
    """Give an item `I) …` that comes next after `k) …` its letter `l`; each is a doubt.

    A heading in capitals stays a Roman number, as does an item of a list that others begin between.

    >>> from khplans.reading.body.ranks import entries_of
    >>> blocks = [entry.block for entry in entries_of("k) Sở Y tế.\\nI) Sở Nội vụ.")]
    >>> [doubt.facts for doubt in right_letters(blocks)], blocks[1].marker.bare
    ([{'suggestion': 'l'}], 'l')
    """
    doubts: list[Doubt] = []
    above: Marker | None = None
    for block in blocks:
        mark = block.marker
        if block.annex or block.kind != "paragraph":
            above = None
        elif mark is not None and not mark.bullet:
            if above is not None and above.bare == "k" and _is_l(block.lines[0]):
                mark = block.marker = read_marker(f"l{block.lines[0].text[1:]}")
                span = block.lines[0].passage.span(0, 1)
                doubts.append(Doubt("word-looks-misread", span, {"suggestion": "l"}))
            above = mark if mark is not None and mark.kind == "letter" else None
    return doubts


def _is_l(line: Line) -> bool:
    """Whether a line begins with `I)`, and isn't in capitals.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_is_l(line) for line in lines_of("I) Sở Y tế\\nI. Sở Y tế\\nI) NHIỆM VỤ")]
    [True, False, False]
    """
    return line.text.startswith("I)") and not line.capitals


def _next_roman(line: Line, due: int) -> Marker | None:
    """The number that the letters before a heading in capitals stand for, if it is the one that is due;
    a Roman number of small letters (`Iii.`) stands before any heading.

    >>> from khplans.reading.lines.line import lines_of
    >>> headings = lines_of("H. NHIỆM VỤ\\nIH. TỔ CHỨC THỰC HIỆN\\nH. Nhiệm vụ\\nIi. Nhiệm vụ")
    >>> [found and found.bare for found in (_next_roman(line, 2) for line in headings)]
    ['II', None, None, 'II']
    >>> _next_roman(headings[1], 3).bare
    'III'
    """
    match = _strokes(line)
    roman = match["strokes"].translate(_STROKES) if match else ""
    if not match or not _ROMAN.fullmatch(roman) or roman_value(roman) != due:
        return None
    return Marker("roman", roman, roman, due, 1, match.end())


def _strokes(line: Line) -> re.Match[str] | None:
    """What looks like a Roman number of strokes at the beginning of a line.

    >>> from khplans.reading.lines.line import lines_of
    >>> [bool(_strokes(line)) for line in lines_of("IH. RỪNG\\nIH. Rừng\\nIii. Rừng\\nRừng")]
    [True, False, True, False]
    """
    return (_LOOKS_ROMAN.match(line.text) if line.capitals else None) or _SMALL.match(line.text)


def _doubt(line: Line, marker: Marker) -> Doubt:
    match = _strokes(line)
    assert match is not None
    span = line.passage.span(*match.span("strokes"))
    return Doubt("word-looks-misread", span, {"suggestion": marker.bare})
