"""The tables that people write by hand into a plan's folder: their rows, and what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from khplans.errors import KhplansError, both, refusal
from khplans.intake.decoding import decode
from khplans.intake.files import read_bytes
from khplans.outside import bounded_rows

# No clock tells what is too late, so that the same plans give the same bytes on any day.
_FIRST_DAY, _LAST_DAY = date(1945, 9, 2), date(2099, 12, 31)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line that it begins on.

    Raises `KhplansError` for an empty file, for one that isn't CSV, and for columns that semicolons part.
    """
    data = read_bytes(path)
    if not data.strip():
        raise refusal("file-empty", path)
    written = decode(data, str(path), mark_allowed=True)
    rows = csv.reader(io.StringIO(written, newline=""), strict=True)
    number = 1
    try:
        for row in bounded_rows(rows):
            if number == 1 and len(row) == 1 and ";" in row[0]:
                raise refusal("semicolons", f"{path}:1")
            yield number, row
            number = rows.line_num + 1
    except csv.Error as error:  # half a pair of quotes, a cell that is too long
        raise wrong_line(path, number, both(f"không phải CSV ({error})", "not CSV")) from None


def wrong_day(value: str, key: str = "received") -> str:
    """What is wrong with a day in ISO form, or nothing."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return both(f"`{key}` phải là ngày YYYY-MM-DD", "must be a date")
    if _FIRST_DAY <= day <= _LAST_DAY:
        return ""
    return both(f"`{key}` phải từ {_FIRST_DAY} đến {_LAST_DAY}", "no day to receive a plan on")


def day_of(path: Path, number: int, told: str) -> str:
    """A day in a table; raises `KhplansError` for what is none.

    >>> day_of(Path("a.csv"), 2, "2025-01-02")
    '2025-01-02'
    >>> day_of(Path("a.csv"), 2, "2/1/2025")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: a.csv:2: `date` phải là ngày YYYY-MM-DD / must be a...
    """
    if fault := wrong_day(told, "date"):
        raise wrong_line(path, number, fault)
    return date.fromisoformat(told).isoformat()


def wrong_line(path: Path, number: int, what: str) -> KhplansError:
    """The error of a line of such a table."""
    return KhplansError(
        "entry-wrong", what, where=f"{path}:{number}", remedy=both("sửa dòng đó", "mend that line")
    )
