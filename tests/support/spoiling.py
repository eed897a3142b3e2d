"""A way to spoil a package that keeps its files in agreement."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from khplans.packages.package import as_arrow, write_table
from khplans.packages.reader import OwnReader
from khplans.tables.definition import table

PLAN = "lao-cai-15-kh-ubnd-2025"
RULES = Path(__file__).parents[2] / "checks"

Change = Callable[[list[dict[str, Any]]], object]


def spoil(package: Path, name: str, change: Change) -> None:
    """Change a table's rows and write both of its files and the descriptor anew."""
    rows = OwnReader(package).rows(name)
    change(rows)
    write_table(package, table(name), [as_arrow(table(name), rows)])
    redescribe(package)


def redescribe(package: Path) -> None:
    """Make the descriptor's hashes and sizes those of the files."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for one in descriptor["resources"]:
        data = (package / one["path"]).read_bytes()
        one["hash"], one["bytes"] = f"sha256:{hashlib.sha256(data).hexdigest()}", len(data)
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
