"""One table written in every form in which texts have tables, and the exact layout that a file would give."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khplans.layout import Layout, LayoutCell, LayoutTable
from khplans.text.passage import Span

HEAD = (
    "UBND TỈNH KHÁNH HÒA\nSố: 45/KH-UBND\nKhánh Hòa, ngày 12 tháng 02 năm 2025\n"
    "KẾ HOẠCH\nPhát triển y tế năm 2025\nII. NHIỆM VỤ\n\n"
)
TAIL = "\n\nIII. TỔ CHỨC THỰC HIỆN\n1. Các sở báo cáo kết quả trước ngày 15/12/2025.\n"


@dataclass(frozen=True)
class Put:
    """A cell's words, and the columns and rows that it takes."""

    text: str
    columns: int = 1
    rows: int = 1


Rows = Sequence[Sequence[str]]


def tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def pipes(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def pipes_between(rows: Rows) -> str:
    lines = [" | ".join(row) for row in rows]
    return "\n".join([lines[0], " | ".join(["---"] * len(rows[0])), *lines[1:]])


def pipes_without_rule(rows: Rows) -> str:
    """As people copy tables: bars between the cells alone, and lines left empty; a heading in each cell."""
    full = [[row[0], *([row[1]] * (len(row) - 1))] if not any(row[2:]) else row for row in rows]
    return "\n\n".join(" | ".join(row) for row in full)


def pipes_in_bold(rows: Rows) -> str:
    return pipes([[f"**{text}**" for text in rows[0]], *rows[1:]])


def bars(rows: Rows) -> str:
    """As converters of web pages write: each word on its line, a bar before, between and behind the cells."""
    return "\n".join(
        "|\n" + "".join(f"{wrapped(text, 18)}\n|\n" if text else "|\n" for text in row).rstrip("\n")
        for row in rows
    )


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def apart(rows: Rows) -> str:
    return "\n\n".join(text or "\xa0" for row in rows for text in row)


def adjacent(rows: Rows) -> str:
    return "\n".join(text or "\xa0" for row in rows for text in row)


def gazette(rows: Rows) -> str:
    """A cell a line and its words wrapped, with nothing between; an empty cell leaves nothing."""
    widths = [6, 30, 14, 20, 16]
    return "\n".join(
        wrapped(text, width)
        for row in rows
        for text, width in zip(row, widths, strict=True)
        if text
    )


def grid(rows: Rows) -> str:
    return _drawn(rows, between=True)


def drawn(rows: Rows) -> str:
    return _drawn(rows, between=False)


def boxes(rows: Rows) -> str:
    """As terminals draw."""
    lines = grid(rows).replace("|", "│").split("\n")
    drawn = [line.replace("+", "┼").replace("-", "─") if line[0] == "+" else line for line in lines]
    return "\n".join(drawn)


def bars_alone(rows: Rows) -> str:
    """As antiword draws: bars in columns and no rules."""
    return "\n".join(line for line in _drawn(rows, between=False).split("\n") if line[0] == "|")


def _drawn(rows: Rows, between: bool) -> str:
    widths = [6, 22, 16, 18, 16]
    rule = "+" + "+".join("-" * width for width in widths) + "+"
    lines = [rule]
    for n, row in enumerate(rows):
        cells = [
            textwrap.wrap(text, width - 1) or [""] for text, width in zip(row, widths, strict=True)
        ]
        for k in range(max(map(len, cells))):
            pieces = [cell[k] if k < len(cell) else "" for cell in cells]
            lines.append(
                "|" + "|".join(p.ljust(w) for p, w in zip(pieces, widths, strict=True)) + "|"
            )
        if between or n == 0:
            lines.append(rule)
    return "\n".join(lines if between else [*lines, rule])


def blanks(rows: Rows) -> str:
    widths = [6, 28, 20, 22, 16]
    lines: list[str] = []
    for row in rows:
        cells = [
            textwrap.wrap(text, width - 3) or [""] for text, width in zip(row, widths, strict=True)
        ]
        for k in range(max(map(len, cells))):
            pieces = [cell[k] if k < len(cell) else "" for cell in cells]
            lines.append("".join(p.ljust(w) for p, w in zip(pieces, widths, strict=True)).rstrip())
    return "\n".join(lines)


def markup(rows: Rows) -> str:
    return "<table>\n" + "\n".join(_tags(row) for row in rows) + "\n</table>"


def markup_on_one_line(rows: Rows) -> str:
    return "<table>" + "".join(_tags(row) for row in rows) + "</table>"


def _tags(row: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>"


FORMS: dict[str, Callable[[Rows], str]] = {
    form.__name__: form
    for form in (
        tabs, pipes, pipes_between, pipes_without_rule, pipes_in_bold, bars, apart, adjacent, gazette, grid, drawn,
        boxes, bars_alone, blanks, markup, markup_on_one_line,
    )
}  # fmt: skip


def of_file(
    rows: Sequence[Sequence[Put | None]], before: str = HEAD, behind: str = TAIL
) -> tuple[str, Layout]:
    """A text as intake makes it of a file, and its layout: None stands where a merged cell takes the place."""
    text = before
    cells: list[LayoutCell] = []
    start = len(text)
    for r, row in enumerate(rows):
        begun = True
        for c, put in enumerate(row):
            if put is None:
                continue
            text += "" if begun else "\t"
            begun = False
            spans = []
            for n, paragraph in enumerate(put.text.split("\n") if put.text else []):
                text += "\n" if n else ""
                spans.append(Span(len(text), len(text) + len(paragraph)))
                text += paragraph
            cells.append(LayoutCell(r, c, tuple(spans), put.rows, put.columns))
        text += "\n"
    return text + behind, Layout((LayoutTable(Span(start, len(text) - 1), tuple(cells)),))
