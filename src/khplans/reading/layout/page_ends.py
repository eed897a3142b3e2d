"""The end of a page inside a table: a page number, a running head."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.reading.lines.line import Line
from khplans.reading.lines.running_heads import why_no_words

_MOST_LINES = 3


def below_page(lines: Sequence[Line], at: int) -> int:
    """The index after the page number or running head that stands at a line, the line's own where none does.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("- 2 -\\nCÔNG BÁO/Số 15/Ngày 12-3-2024\\nTT\\tNhiệm vụ")
    >>> below_page(lines, 0), below_page(lines, 2), below_page(lines[:1], 0)
    (2, 2, 1)
    """
    below = at
    while below < min(len(lines), at + _MOST_LINES) and is_of_page(lines[below]):
        below += 1
    return at if below < len(lines) and is_of_page(lines[below]) else below


def is_of_page(line: Line) -> bool:
    """Whether a line is a page number, a running head or a rule.

    >>> from khplans.reading.lines.line import lines_of
    >>> [is_of_page(line) for line in lines_of("Trang 5\\n---\\nTrồng rừng")]
    [True, True, False]
    """
    return why_no_words(line) is not None
