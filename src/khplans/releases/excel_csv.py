"""CSV for Excel: opens with its accents at a double click, and says what the workbook says.

The rows are those of the workbook's sheets: names for ids, labels for codes, the address of each row.
There are two editions, as Excel reads CSV by the language of its user: `excel` with commas and
decimal points, `excel-vi` with semicolons and decimal commas. Dates are ISO, which both take for dates.

A text cell that Excel could take for a formula (it starts with `=`, `+`, `-`, `@`, tab, return,
or one of these after spaces) gets an apostrophe in front, as does one that already starts
with an apostrophe: taking one away gives the original back. One that it could take for a date or
another number (`1/3`, `6/2025`, `1.10`, `01`) gets a figure space at its end. Characters that would
act or hide are shown. Numbers stay numbers. The plain CSV beside it keeps every cell's characters.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from khplans.releases.sheets import Sheet

_RUNS = re.compile(r"'|[\t\r\n]|\s*[=+\-@＝＋－＠]")
_COUNTS = re.compile(
    r"\s*(?:0\d+|\d[\d\s]*[./:,\-–eE%][\d\s./:,\-–%eE]*|tháng [\d/ ]+)", re.IGNORECASE
)
_GUARD = "\u2007"


@dataclass(frozen=True, slots=True)
class Edition:
    """How a CSV is written for Excel in some languages."""

    separator: str
    decimal: str


EDITIONS: Mapping[str, Edition] = {"excel": Edition(",", "."), "excel-vi": Edition(";", ",")}
"""By the ending of the file's name."""


def write_excel_csv(path: Path, sheet: Sheet, edition: Edition) -> None:
    """Write a sheet with a byte-order mark, CRLF and harmless cells."""
    kinds = [column.kind for column in sheet.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=edition.separator, lineterminator="\r\n")
        writer.writerow(column.header for column in sheet.columns)
        for row in sheet.rows():
            writer.writerow(
                _cell(kind, cell, edition) for kind, cell in zip(kinds, row, strict=True)
            )


def _cell(kind: str, cell: str, edition: Edition) -> str:
    """A cell as a spreadsheet of a language reads it: a number with its decimal sign, words as words.

    >>> comma = next(one for one in EDITIONS.values() if one.decimal == ",")
    >>> _cell("number", "1.5", comma), _cell("date", "2025-01-02", comma), _cell("string", "=1", comma)
    ('1,5', '2025-01-02', "'=1")
    """
    if kind == "number":
        return cell.replace(".", edition.decimal)
    return cell if kind == "date" else harmless(cell)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs, or takes for a number or a date.

    >>> harmless("=1+1"), harmless("- Rà soát"), harmless("Sở Y tế"), harmless("1/3")
    ("'=1+1", "'- Rà soát", 'Sở Y tế', '1/3\\u2007')
    """
    if _RUNS.match(text):
        return f"'{text}"
    return f"{text}{_GUARD}" if _COUNTS.fullmatch(text) else text


def original(cell: str) -> str:
    """The text that `harmless` made a cell of.

    >>> original(harmless("'ngày 5")), original(harmless("=1+1")), original(harmless("1/3"))
    ("'ngày 5", '=1+1', '1/3')
    """
    bare = cell.removesuffix(_GUARD)
    return bare if cell != bare and harmless(bare) == cell else cell.removeprefix("'")
