"""Reads the reviewed tables in `knowledge/data`: CSV with a header, and `#` lines for remarks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from khplans.errors import KhplansError, both


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `knowledge/data/<name>.csv` as read-only mappings of column to text, in file order.

    A line that starts with `#` is a remark, not a row; an empty cell is the empty text.
    Raises `KhplansError` where a row has more or fewer cells than the header.

    >>> read_table("document_types")[0]["name"]
    'Hiến pháp'
    """
    path = f"knowledge/data/{name}.csv"
    resource = files("khplans.knowledge") / "data" / f"{name}.csv"
    try:
        lines = resource.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KhplansError(
            both("không đọc được bảng tri thức", "the knowledge table can't be read"),
            where=path,
            remedy=both("cài lại khplans", "reinstall khplans"),
        ) from error
    kept = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    reader = csv.reader(line for _, line in kept)
    header = next(reader, [])
    rows = []
    for cells, (number, _) in zip(reader, kept[1:], strict=False):
        if len(cells) != len(header):
            raise KhplansError(
                both(
                    f"có {len(cells)} ô, cần {len(header)}",
                    f"{len(cells)} cells, {len(header)} wanted",
                ),
                where=f"{path}:{number}",
                remedy=both(
                    "đặt ô có dấu phẩy trong ngoặc kép", "quote the cells that hold commas"
                ),
            )
        rows.append(MappingProxyType(dict(zip(header, cells, strict=True))))
    return tuple(rows)
