"""Says where two versions of one file differ: table, row and column where the file has them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Any

from khplans.errors import KhplansError, both
from khplans.packages.csv_file import csv_reader
from khplans.packages.reader import open_parquet, read_whole
from khplans.packages.store import refuse_members
from khplans.releases.readable import differing, shorten_line

Keys = Mapping[str, tuple[str, ...]]
"""The key columns of each table."""

SHOWN = 20
"""Differences of one file that are named."""


@dataclass(frozen=True)
class Difference:
    """A place in a file: `where` names it for people; `expected` and `found` are what stands there."""

    file: str
    where: str
    expected: str = ""
    found: str = ""
    table: str = ""
    row_id: str = ""
    column: str = ""

    def __str__(self) -> str:
        if not self.expected and not self.found:
            return f"{self.file}: {self.where}"
        values = (shorten_line(text, 120) for text in differing(self.expected, self.found))
        return f"{self.file}: {self.where}: {' ≠ '.join(f'“{value}”' for value in values)}"


def explain(file: str, expected: bytes, found: bytes, keys: Keys) -> list[Difference]:
    """Where `found` differs from `expected`: the first `SHOWN` places, the last resort being a byte.

    >>> explain("a.txt", b"a", b"a", {}), [str(one) for one in explain("a.txt", b"a\\nb", b"a\\nc", {})]
    ([], ['a.txt: dòng / line 2: “b” ≠ “c”'])
    >>> [str(one) for one in explain("a.json", b'{"a": [1, 2]}', b'{"a": [1, 3]}', {})]
    ['a.json: a[1]: “2” ≠ “3”']
    >>> len(explain("a.json", b"{", b"", {}))
    1
    """
    if expected == found:
        return []
    try:
        places = list(islice(_places(file, expected, found, keys), SHOWN))
    except (KhplansError, *_UNREADABLE) as error:
        places = [Difference(file, both("không đọc được", f"unreadable ({error})"))]
    return places or [_byte(file, expected, found)]


def _places(file: str, expected: bytes, found: bytes, keys: Keys) -> Iterator[Difference]:
    """Where two files of one kind differ: a row of a table, a value of JSON, a cell of a workbook, a line.

    >>> def places(name, expected, found): return [str(one) for one in _places(name, expected, found, {"t": ("a",)})]
    >>> places("t.csv", b"a,b\\n1,2\\n", b"a,b\\n1,3\\n"), places("t.json", b'{"a": 1}', b'{"a": 2}'), places("t.txt", b"a", b"b")
    (['t.csv: t 1 b: “2” ≠ “3”'], ['t.json: a: “1” ≠ “2”'], ['t.txt: dòng / line 1: “a” ≠ “b”'])
    """
    ending = file.rpartition(".")[2]
    if ending in ("csv", "parquet"):
        table = (
            file.rpartition("/")[2].rpartition(".")[0].removesuffix("-vi").removesuffix("-excel")
        )
        read = _parquet_rows if ending == "parquet" else _csv_rows
        yield from _rows(file, table, read(expected), read(found), keys.get(table, ()))
    elif ending == "json":
        yield from _json(file, "", json.loads(expected), json.loads(found))
    elif ending in ("zip", "xlsx"):
        yield from _members(file, _unzipped(expected), _unzipped(found), keys)
    elif ending == "xml":
        yield from _cells(file, expected.decode(), found.decode())
    else:
        yield from _lines(file, expected.decode("utf-8"), found.decode("utf-8"))


Rows = tuple[list[str], list[list[str]]]


def _csv_rows(data: bytes) -> Rows:
    """The header of a CSV file and its rows; none of an empty one.

    >>> _csv_rows(b"a,b\\n1,2\\n"), _csv_rows(b"")
    ((['a', 'b'], [['1', '2']]), ([], []))
    """
    lines = list(csv_reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return (lines[0], lines[1:]) if lines else ([], [])


def _parquet_rows(data: bytes) -> Rows:
    with open_parquet(io.BytesIO(data)) as file:
        table = read_whole(file, file.schema_arrow.names)
    columns = [["" if v is None else str(v) for v in c.to_pylist()] for c in table.columns]
    return table.column_names, [list(row) for row in zip(*columns, strict=True)]


def _rows(
    file: str, table: str, expected: Rows, found: Rows, key: tuple[str, ...]
) -> Iterator[Difference]:
    columns, other = expected[0], found[0]
    if columns != other:
        yield Difference(file, both("tên cột", "header"), ",".join(columns), ",".join(other), table)
        return
    places = [columns.index(part) for part in key if part in columns]
    before, after = (_by_key(rows, places) for rows in (expected[1], found[1]))
    for row_id in dict.fromkeys([*before, *after]):
        was, now = before.get(row_id), after.get(row_id)
        where = f"{table} {row_id}"
        if was is None or now is None:
            many, few = both("thừa dòng", "row too many"), both("thiếu dòng", "missing row")
            lack = many if was is None else few
            yield Difference(file, f"{where}: {lack}", table=table, row_id=row_id)
            continue
        for column, a, b in zip_longest(columns, was, now, fillvalue=""):
            if a != b:
                yield Difference(file, f"{where} {column}", a, b, table, row_id, column)


def _by_key(rows: Iterable[list[str]], places: list[int]) -> dict[str, list[str]]:
    """Rows by the words of their key, by their number where they have none; what stands twice gets a mark.

    >>> list(_by_key([["a", "b"], ["a", "c"]], [0])), list(_by_key([["a"]], [])), list(_by_key([["a"]], [0, 3]))
    (['a', "a'"], ['dòng / line 2'], ['a '])
    """
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 1):
        parts = [row[place] if place < len(row) else "" for place in places]
        row_id = " ".join(parts) or both("dòng", f"line {number + 1}")
        while row_id in found:
            row_id += "'"
        found[row_id] = row
    return found


def _json(file: str, path: str, expected: Any, found: Any) -> Iterator[Difference]:
    """Where two values of JSON differ, by their path.

    >>> def told(a, b): return [str(one) for one in _json("f", "", a, b)]
    >>> told({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}], "c": 4}), told([1], [1, 2]), told({}, {})
    (['f: a[1].b: “2” ≠ “3”', 'f: c: “null” ≠ “4”'], ['f: [1]: “null” ≠ “2”'], [])
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in dict.fromkeys([*expected, *found]):
            deeper = f"{path}.{name}" if path else str(name)
            yield from _json(file, deeper, expected.get(name), found.get(name))
    elif isinstance(expected, list) and isinstance(found, list):
        for i, (a, b) in enumerate(zip_longest(expected, found)):
            yield from _json(file, f"{path}[{i}]", a, b)
    elif expected != found:
        a, b = (json.dumps(value, ensure_ascii=False) for value in (expected, found))
        yield Difference(file, path, a, b)


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        refuse_members(archive, len(data), "zip")
        return {name: archive.read(name) for name in archive.namelist()}


def _members(
    file: str, expected: Mapping[str, bytes], found: Mapping[str, bytes], keys: Keys
) -> Iterator[Difference]:
    for name in sorted({*expected, *found}):
        if name not in found:
            yield Difference(file, both(f"{name}: thiếu", "missing"))
        elif name not in expected:
            yield Difference(file, both(f"{name}: thừa", "too many"))
        else:
            for place in explain(name, expected[name], found[name], keys):
                yield replace(place, file=file, where=f"{name}: {place.where}")


_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"')


def _cells(file: str, expected: str, found: str) -> Iterator[Difference]:
    """The cell of a sheet, or the place in another part of a workbook, where two first differ.

    >>> sheets = '<c r="A9"><v>1</v><c r="B9"/>', '<c r="A9"><v>1</v><c r="B99"/>'
    >>> print(*_cells("xl/sheet1.xml", *sheets))
    xl/sheet1.xml: ô / cell B9: “"/>” ≠ “9"/>”
    >>> [len(one.found) for one in _cells("a.xml", "a" * 99, "a" * 9 + "b" * 90)]
    [40]
    """
    at = _first_difference(expected, found)
    cells = _CELL.findall(expected, 0, at + 1)
    where = both("ô", f"cell {cells[-1]}") if cells else both("ký tự", f"character {at}")
    yield Difference(file, where, expected[at : at + 40], found[at : at + 40])


def _lines(file: str, expected: str, found: str) -> Iterator[Difference]:
    pairs = zip_longest(expected.split("\n"), found.split("\n"))
    for number, (a, b) in enumerate(pairs, 1):
        if a != b:
            yield Difference(file, both("dòng", f"line {number}"), a or "", b or "")


def _byte(file: str, expected: bytes, found: bytes) -> Difference:
    """Where two files first differ, with eight bytes from there on.

    >>> print(_byte("a.parquet", b"PAR1" + bytes(9), b"PAR1" + bytes(6) + b"abc"))
    a.parquet: byte 10: “000000” ≠ “616263”
    >>> print(_byte("a.parquet", b"PAR1" + bytes(99), b"PAR2" + bytes(99)))
    a.parquet: byte 3: “3100000000000000” ≠ “3200000000000000”
    """
    at = _first_difference(expected, found)
    return Difference(file, f"byte {at}", expected[at : at + 8].hex(), found[at : at + 8].hex())


def _first_difference(a: str | bytes, b: str | bytes) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


_UNREADABLE = (ValueError, zipfile.BadZipFile, zlib.error, EOFError, csv.Error, NotImplementedError, RuntimeError, OverflowError)  # fmt: skip
