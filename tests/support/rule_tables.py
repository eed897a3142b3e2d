"""Every table of rules in khplans, by name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import khplans
from khplans.rules import Rules


def _tables() -> dict[str, Rules[Any, Any]]:
    found: dict[str, Rules[Any, Any]] = {}
    for module in pkgutil.walk_packages(khplans.__path__, "khplans."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Rules):
                assert found.setdefault(value.name, value) is value, f"two tables: {value.name}"
    return found


TABLES = _tables()
