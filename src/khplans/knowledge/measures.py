"""Measures: what is measured, the same across plans and years."""

from __future__ import annotations


def find_measure(name: str, unit: str, change: str) -> str | None:
    return None
