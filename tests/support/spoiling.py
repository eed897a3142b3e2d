"""A way to spoil a package that keeps its files in agreement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from khplans.packages.descriptor import PackagedPlan, PackageWords, write_descriptor
from khplans.packages.package import as_arrow, write_table
from khplans.packages.parquet_file import read_parquet
from khplans.tables.definition import table

PLAN = "lao-cai-15-kh-ubnd-2025"
RULES = Path(__file__).parents[2] / "checks"

Change = Callable[[list[dict[str, Any]]], object]


def spoil(package: Path, name: str, change: Change) -> None:
    """Change a table's rows and write both of its files and the descriptor anew."""
    rows = read_parquet(package / f"{name}.parquet").to_pylist()
    change(rows)
    write_table(package, table(name), [as_arrow(table(name), rows)])
    redescribe(package)


def redescribe(package: Path) -> None:
    """Make the descriptor's hashes those of the files."""
    old = json.loads((package / "datapackage.json").read_text("utf-8"))
    words = PackageWords(old["name"], old["title"], old["title_en"], "", "")
    write_descriptor(package, words, [PackagedPlan(PLAN, "Kế hoạch", None, None)])
