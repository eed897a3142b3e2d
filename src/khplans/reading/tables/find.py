"""Reads tables out of lines: tab-separated, Markdown pipes, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from khplans.knowledge.columns import column_role
from khplans.knowledge.letterhead import opening_words
from khplans.model import BlockKind, Cell
from khplans.reading.lines.continuation import marker_of
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import RANK, Marker
from khplans.reading.tables.cells import label_marker, numbered_cell, read_cells, time_in_its_column
from khplans.reading.tables.columns import Columns, read_columns
from khplans.reading.tables.figures import read_figures
from khplans.text.passage import Correction, Passage, Span, read_passage


@dataclass(frozen=True)
class Row:
    """A row of a table: its parts, what stands where, and whether it only opens a group."""

    kind: BlockKind
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    cells: tuple[Cell, ...]
    marker: Marker | None
    group: bool


@dataclass(frozen=True)
class Table:
    """The rows of a table and the index of the line behind it."""

    rows: tuple[Row, ...]
    stop: int


def table_at(
    source: str, corrections: Sequence[Correction], lines: Sequence[Line], i: int
) -> Table | None:
    """The table whose first line is `lines[i]`, or None."""
    line = lines[i]
    if line.raw.startswith("|") and line.raw.count("|") > 2:
        return _pipes(source, corrections, lines, i)
    if "\t" in line.raw:
        return _tabs(source, corrections, lines, i)
    if len(line.text) < 12 and column_role(line.text) == "label":
        return _one_a_line(source, corrections, lines, i)
    return None


def _cut(source: str, start: int, stop: int, mark: str) -> list[Span]:
    """The stretches between marks, without the blanks around them."""
    spans: list[Span] = []
    while (found := source.find(mark, start, stop)) >= 0:
        spans.append(_trim(source, start, found))
        start = found + 1
    spans.append(_trim(source, start, stop))
    return spans


def _first_tab(source: str, start: int) -> int:
    """Where a row starts: at the tabs before its first words, each of which ends an empty cell."""
    while start and source[start - 1] in "\t ":
        start -= 1
    return start


def _trim(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cells(
    source: str,
    corrections: Sequence[Correction],
    spans: Sequence[Sequence[Span]],
    columns: Columns,
) -> tuple[Cell, ...]:
    cells = []
    for k, header in enumerate(columns.headers):
        parts = [s for s in (spans[k] if k < len(spans) else ()) if s.start < s.end]
        text = read_passage(source, parts, corrections) if parts else Passage("")
        cells.append(Cell(columns.roles[k], header, text))
    return tuple(cells)


def _row(
    source: str,
    corrections: Sequence[Correction],
    lines: Sequence[Line],
    spans: Sequence[Sequence[Span]],
    columns: Columns,
) -> Row:
    cells = _cells(source, corrections, spans, columns)
    marker = None
    if "label" in columns.roles:
        label = cells[columns.roles.index("label")].text.text
        marker = label_marker(label)
    else:
        marker, cells = numbered_cell(cells)
    return Row("row", tuple(lines), tuple(line.span for line in lines), cells, marker, False)


def _grouped(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Mark the rows that only head those below: no cell but their words, a higher label or none."""
    plain_rows = [row for row in rows if row.kind == "row"]
    levels = [row.marker.level if row.marker else None for row in plain_rows]
    lowest = max((level for level in levels if level is not None), default=0)
    groups = set()
    for k, row in enumerate(plain_rows):
        wordy = [c for c in row.cells if c.text and c.role != "label"]
        if len(wordy) != 1 or len(row.cells) < 3:
            continue
        level = levels[k]
        if wordy[0].role not in ("task", "name", "other") and not (
            level and wordy[0] is row.cells[1]
        ):
            continue
        following = levels[k + 1] if k + 1 < len(levels) else None
        if (
            (level is not None and following is not None and following > level)
            or (level is not None and level <= RANK["roman"] < lowest)
            or (
                level is not None
                and level <= RANK["roman"]
                and k + 1 < len(levels)
                and not following
            )
            or (level is None and following is not None and wordy[0].text.text.isupper())
        ):
            groups.add(id(row))
    return tuple(replace(row, group=True) if id(row) in groups else row for row in rows)


def _header(
    line: Sequence[Line],
    spans: Sequence[Sequence[Span]],
    columns: Columns,
    source: str,
    corrections: Sequence[Correction],
) -> Row:
    flat = tuple(x.span for x in line)
    return Row(
        "columns", tuple(line), flat, _cells(source, corrections, spans, columns), None, False
    )


def _texts(source: str, spans: Sequence[Span]) -> list[str]:
    return [read_passage(source, [s]).text if s.start < s.end else "" for s in spans]


def _tabs(
    source: str, corrections: Sequence[Correction], lines: Sequence[Line], i: int
) -> Table | None:
    spans = _cut(source, _first_tab(source, lines[i].start), lines[i].stop, "\t")
    columns = read_columns(_texts(source, spans))
    if not columns:
        return None
    rows = [_header([lines[i]], [[s] for s in spans], columns, source, corrections)]
    pending: tuple[list[Line], list[list[Span]]] | None = None
    j = i + 1
    while j < len(lines):
        line = lines[j]
        if not line.raw:
            j += 1
            continue
        adjacent = line.row - lines[j - 1].row == 1
        if "\t" in source[line.start : line.stop]:
            spans = _cut(source, _first_tab(source, line.start), line.stop, "\t")
            if (
                pending
                and adjacent
                and _torn(pending[1], _texts(source, spans[:1]), len(spans), columns)
            ):
                pending[0].append(line)
                pending[1][-1].append(spans[0])
                pending[1].extend([span] for span in spans[1:])
                j += 1
                continue
            if pending:
                rows.append(_row(source, corrections, *pending, columns))
                pending = None
            again = read_columns(_texts(source, spans))
            if again and (again.roles == columns.roles or not adjacent):
                columns = again
                rows.append(_header([line], [[s] for s in spans], columns, source, corrections))
            else:
                cells = [[s] for s in spans[: len(columns.headers)]]
                cells[-1] += spans[len(columns.headers) :]
                pending = ([line], cells)
            j += 1
            continue
        if pending and adjacent and _in_cell(line):
            pending[0].append(line)
            pending[1][-1].append(line.span)
            j += 1
            continue
        break
    if pending:
        rows.append(_row(source, corrections, *pending, columns))
    return Table(_grouped(rows), j) if len(rows) > 1 else None


def _torn(cells: list[list[Span]], first: Sequence[str], count: int, columns: Columns) -> bool:
    """Whether a row was cut inside a cell: it lacks cells, and the next line has the rest."""
    fits = len(cells) + count - 1 <= len(columns.headers)
    return (
        len(cells) < len(columns.headers)
        and fits
        and bool(first[0])
        and label_marker(first[0]) is None
    )


def _in_cell(line: Line) -> bool:
    """Whether a line right below a row may be more of its last cell."""
    if line.raw.startswith("|") or line.hashes or line.capitals or line.bold:
        return False
    marker = marker_of(line)
    return (marker is None or marker.bullet) and not opening_words("recipients").match(line.key)


def _pipes(
    source: str, corrections: Sequence[Correction], lines: Sequence[Line], i: int
) -> Table | None:
    columns: Columns | None = None
    rows: list[Row] = []
    j = i
    while j < len(lines) and lines[j].raw.startswith("|"):
        line = lines[j]
        start = line.start + 1
        stop = line.end - (1 if line.raw.endswith("|") else 0)
        spans = _cut(source, start, stop, "|")
        texts = _texts(source, spans)
        if all(re.fullmatch(r":?-{1,}:?|", t) for t in texts):
            rows.append(Row("furniture", (line,), (line.span,), (), None, False))
        elif (found := read_columns(texts)) and (columns is None or found.roles == columns.roles):
            columns = found
            rows.append(_header([line], [[s] for s in spans], columns, source, corrections))
        elif columns is None:
            return None
        else:
            rows.append(_row(source, corrections, [line], [[s] for s in spans], columns))
        j += 1
    return Table(_grouped(rows), j) if columns else None


def _one_a_line(
    source: str, corrections: Sequence[Correction], lines: Sequence[Line], i: int
) -> Table | None:
    found = read_figures(lines, i) or read_cells(lines, i)
    columns = (
        read_columns([" ".join(x.text for x in cell if x.raw != "|") for cell in found[0]])
        if found
        else None
    )
    if not found or not columns:
        return None
    header, cells, stop = found
    used = [line for line in lines[i:stop] if line.raw and line.raw != "|"]
    bars = [line for line in lines[i:stop] if line.raw == "|"]
    width = len(header)
    rows = [
        _header(
            [line for cell in header for line in cell if line.raw],
            _spans(header),
            columns,
            source,
            corrections,
        )
    ]
    for k in range(0, len(cells), width):
        part = time_in_its_column(cells[k : k + width], columns.roles)
        flat = [line for cell in part for line in cell if line.raw]
        rows.append(_row(source, corrections, flat, _spans(part), columns))
    rows += [Row("furniture", (bar,), (bar.span,), (), None, False) for bar in bars]
    assert len(used) == sum(len(row.lines) for row in rows) - len(bars)
    rows.sort(key=lambda row: row.spans[0])
    return Table(_grouped(rows), stop)


def _spans(cells: Sequence[Sequence[Line]]) -> list[list[Span]]:
    return [[line.span for line in cell if line.raw] for cell in cells]
