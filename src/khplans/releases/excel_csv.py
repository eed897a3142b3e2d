"""CSV for Excel: opens with its accents at a double click, and no cell runs as a formula.

A text cell that Excel could take for a formula (it starts with `=`, `+`, `-`, `@`, tab, return,
or one of these behind spaces) gets an apostrophe in front, as does one that already starts
with an apostrophe: taking one away gives the original back. Characters that would act or hide are
shown. Numbers stay numbers. The plain CSV beside it keeps every cell's characters.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from khplans.packages.canonical import Table
from khplans.text.visible import visible

_RUNS = re.compile(r"'|[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NUMERIC = ("integer", "number")


def write_excel_csv(path: Path, table: Table, schema: Mapping[str, Any]) -> None:
    """Write the table with a byte-order mark, CRLF and harmless cells."""
    types = {field["name"]: field.get("type", "string") for field in schema["fields"]}
    numeric = [types[column] in _NUMERIC for column in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(table.columns)
        for row in table.rows.values():
            writer.writerow(
                cell if is_number else harmless(visible(cell))
                for cell, is_number in zip(row, numeric, strict=True)
            )


def harmless(text: str) -> str:
    """A text that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("- Rà soát"), harmless("Sở Y tế")
    ("'=1+1", "'- Rà soát", 'Sở Y tế')
    """
    return f"'{text}" if _RUNS.match(text) else text


def original(cell: str) -> str:
    """The text that `harmless` made a cell of.

    >>> original(harmless("'ngày 5")), original(harmless("=1+1"))
    ("'ngày 5", '=1+1')
    """
    return cell.removeprefix("'")
