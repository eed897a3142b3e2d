"""The workbook for journalists: a first sheet that explains and cites, then a sheet a table.

Texts are written as texts, so that none runs as a formula; dates are dates; the bytes follow from
the tables and the lock file alone.
"""

from __future__ import annotations

import datetime
import math
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.atomic import scratch
from khplans.errors import both
from khplans.packages.canonical import Package
from khplans.releases.introduction import Preface, first_lines
from khplans.releases.sheets import LINK, Sheet, Sheets
from khplans.releases.zipped import write_zip

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_575
"""Rows below the header that Excel takes; more go on in a second sheet of the table."""

_MAX_CELL = 32_767
_CUT = "… (còn nữa: xem tệp CSV)"
_MAX_LINKS = 65_000
_FIRST = "Giới thiệu"
_LINE, _HIGHEST = 15.0, 409.0  # points; the second is Excel's limit
_CHARACTER = 1.02
"""Width of a character of running text, with what wrapping loses, in the units of a column."""
_GREEN = "#0B5345"


def write_workbook(path: Path, package: Package, about: Preface, max_rows: int = MAX_ROWS) -> None:
    """Write the workbook of a package, of which a row at a time is held."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with scratch(path.parent) as folder:
        made = folder / path.name
        book = xlsxwriter.Workbook(
            made,
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd/mm/yyyy",
            },
        )
        _write_book(book, package, about, max_rows)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # what the system said
        with zipfile.ZipFile(made) as archive, path.open("wb") as out:
            write_zip(out, archive.namelist(), archive.open)  # the same bytes everywhere


def _write_book(book: Workbook, package: Package, about: Preface, max_rows: int) -> None:
    made = datetime.datetime.fromisoformat(f"{about.released}T00:00:00")
    title = str(package.descriptor.get("title", "khplans"))
    book.set_properties({"title": f"{title} {about.version}", "author": "khplans", "created": made})
    sheets = Sheets(package, about.homepage).sheets()
    formats = _Formats(book)
    first = book.add_worksheet(_FIRST)
    names = [_write_table(book, sheet, formats, max_rows) for sheet in sheets]
    _write_columns(book, sheets, formats)
    _write_first(first, package, about, list(zip(names, sheets, strict=True)), formats)


class _Formats:
    """The looks of cells."""

    def __init__(self, book: Workbook) -> None:
        cell = {"valign": "top", "text_wrap": True}
        self.text: Format = book.add_format(cell)
        self.date: Format = book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "left"})
        self.number: Format = book.add_format({"valign": "top"})
        self.count: Format = book.add_format({"valign": "top", "align": "center"})
        self.link: Format = book.add_format(
            {"valign": "top", "font_color": "#0563C1", "underline": 1}
        )
        self.header: Format = book.add_format(
            {**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": _GREEN, "border": 1}
        )
        self.title: Format = book.add_format({"bold": True, "font_size": 18, "font_color": _GREEN})
        self.heading: Format = book.add_format(
            {"bold": True, "font_size": 12, "font_color": _GREEN}
        )


def _write_table(book: Workbook, sheet: Sheet, formats: _Formats, max_rows: int) -> str:
    """Write a table on as many sheets as it needs; returns the first one's name."""
    rows, left = sheet.rows(), len(sheet.table.rows)
    first = _write_part(book, sheet, sheet.title, min(left, max_rows), rows, formats)
    number = 1
    while (left := left - max_rows) > 0:
        number += 1
        title = f"{sheet.title} ({number})"
        _write_part(book, sheet, title, min(left, max_rows), rows, formats)
    return first


def _write_part(
    book: Workbook,
    sheet: Sheet,
    title: str,
    count: int,
    rows: Iterator[tuple[str, ...]],
    formats: _Formats,
) -> str:
    """Write so many of a table's rows on a sheet of their own; returns its name."""
    name = _sheet_name(book, title)
    page = book.add_worksheet(name)
    widths = [0 if column.kind == LINK else column.width for column in sheet.columns]
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if sheet.columns:
        page.autofilter(0, 0, count, len(sheet.columns) - 1)
    page.set_row(0, _height([column.header for column in sheet.columns], widths))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.header, formats.header)
    links = 0
    for line, cells in enumerate(islice(rows, count), 1):
        page.set_row(line, _height(cells, widths))
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            links += column.kind == LINK
            kind = "string" if column.kind == LINK and links > _MAX_LINKS else column.kind
            _write_cell(page, line, place, kind, cell, formats)
    return name


def _write_cell(
    page: Worksheet, line: int, place: int, kind: str, cell: str, formats: _Formats
) -> None:
    if not cell:
        return
    if kind == "number":
        page.write_number(line, place, float(cell), formats.number)
    elif kind == "date" and cell >= "1900-03-01":
        page.write_datetime(line, place, datetime.date.fromisoformat(cell), formats.date)
    elif kind == LINK and len(cell) < 2000:
        page.write_url(line, place, cell, formats.link, both("mở", "open"))
    else:
        short = cell if len(cell) <= _MAX_CELL else cell[: _MAX_CELL - len(_CUT)] + _CUT
        page.write_string(line, place, short, formats.text)


def _height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points that shows a row's wrapped texts: not every program works it out itself.

    >>> one = _height(["a"], [10.0])
    >>> _height(["a\\nb"], [10.0]) == 2 * one, _height(["", "a" * 500], [10.0, 0]) == one, _height(["a" * 9999], [1.0]) == _HIGHEST
    (True, True, True)
    """
    lines = (
        sum(math.ceil(max(len(part), 1) * _CHARACTER / width) for part in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if width and cell
    )
    return min(_HIGHEST, _LINE * max(lines, default=1))


def _sheet_name(book: Workbook, wanted: str) -> str:
    """At most 31 characters, without the signs that Excel forbids, not twice.

    >>> from xlsxwriter import Workbook
    >>> book = Workbook()
    >>> [book.add_worksheet(_sheet_name(book, "A" * 40)).get_name()[24:] for _ in range(4)]
    ['AAAAAAA', 'AAA 2', 'AAA 3', 'AAA 4']
    """
    name = "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted)[:31].strip("' ")
    taken = {page.get_name().casefold() for page in book.worksheets()}
    number = 2
    free = name
    while free.casefold() in taken:
        free, number = f"{name[:27]} {number}", number + 1
    return free


def _write_columns(book: Workbook, sheets: Sequence[Sheet], formats: _Formats) -> None:
    page = book.add_worksheet(_sheet_name(book, "Giải thích cột"))
    for place, (header, width) in enumerate((("Bảng", 28), ("Cột", 28), ("Ý nghĩa", 100))):
        page.set_column(place, place, width)
        page.write_string(0, place, header, formats.header)
    lines = [(s.title, column.header, column.description) for s in sheets for column in s.columns]
    for line, cells in enumerate(lines, 1):
        page.set_row(line, _height(cells, (28, 28, 100)))
        for place, cell in enumerate(cells):
            page.write_string(line, place, cell, formats.text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(lines), 2)


def _write_first(
    page: Worksheet,
    package: Package,
    about: Preface,
    sheets: Sequence[tuple[str, Sheet]],
    formats: _Formats,
) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, 90)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for line, row in enumerate(first_lines(package, about, sheets)):
        if isinstance(row, str):
            page.write_string(line, 0, row, formats.title if line == 0 else formats.heading)
            continue
        link, number, words = row
        page.set_row(line, _height((link, words), (34, 90)))
        if link.startswith("#"):
            name = link[1:]
            quoted = name.replace("'", "''")
            page.write_url(line, 0, f"internal:'{quoted}'!A1", formats.link, name)
        else:
            page.write_string(line, 0, link, formats.text)
        if number is not None:
            page.write_number(line, 1, number, formats.count)
        page.write_string(line, 2, words, formats.text)
