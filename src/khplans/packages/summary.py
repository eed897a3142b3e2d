"""How much there is in a package, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from khplans.packages.reader import OwnReader
from khplans.tables.definition import table

_SHOWN = ("documents", "tasks", "indicators", "citations", "agencies", "warnings")


def count_rows(package: Path) -> dict[str, int]:
    """The number of rows of each table."""
    reader = OwnReader(package)
    return {name: reader.count(name) for name in reader.names}


def in_words(rows: Mapping[str, int]) -> str:
    """The main counts in both languages.

    >>> in_words({"documents": 1, "tasks": 2, "indicators": 3, "citations": 0, "agencies": 5, "warnings": 6})
    'văn bản/documents 1 · nhiệm vụ/tasks 2 · chỉ tiêu/indicators 3 · viện dẫn/citations 0 · cơ quan/agencies 5 · cảnh báo/warnings 6'
    """
    return " · ".join(
        f"{table(name).title.lower()}/{table(name).title_en.lower()} {rows[name]}"
        for name in _SHOWN
    )
