"""The library knows no plan: nothing in it names one, whether code, template, words or table of knowledge."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = ("*.py", "*.js", "*.md", "*.html", "*.po", "*.csv", "*.json", "*.toml", "*.yml")


def _named() -> list[str]:
    with (ROOT / "datapackages/khplans/documents.csv").open(encoding="utf-8", newline="") as file:
        documents = list(csv.DictReader(file))
    ids = sorted(path.name for path in (ROOT / "plans").iterdir() if path.is_dir())
    numbers = {row["number"] for row in documents if row["document_id"] in ids}
    return [*ids, *sorted(numbers - {""})]


@pytest.mark.parametrize("named", _named())
def test_nothing_in_the_library_names_a_plan(named: str) -> None:
    places = [
        path.relative_to(ROOT).as_posix()
        for kind in TEXTS
        for path in sorted((ROOT / "src").rglob(kind))
        if path.is_file() and named in path.read_text("utf-8")
    ]
    assert places == []
