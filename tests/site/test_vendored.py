"""What was taken from others is what `knowledge/data/vendored.csv` says it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from khplans.knowledge.table import read_table

ROOT = Path(__file__).parents[2]
FOLDERS = ("src/khplans/site/vendor", "tests/site/official")
_OURS = {"VENDORED.md", "README.md"}


def test_vendored_files_are_the_ones_listed() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name not in _OURS
    }
    assert found == {row["path"]: row["sha256"] for row in read_table("vendored")}


def test_what_the_site_serves_has_its_licence_beside_it() -> None:
    files = [path for path in (ROOT / FOLDERS[0]).rglob("*") if path.is_file()]
    assert {path.parent for path in files if "LICENSE" in path.name} == {
        path.parent for path in files if path.name not in _OURS
    }
