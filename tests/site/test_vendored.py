"""What was taken from others is what VENDORED.md says it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import khplans.site

VENDOR = Path(khplans.site.__file__).parent / "vendor"


def test_vendored_files_are_the_ones_listed() -> None:
    listed = dict(
        re.findall(
            r"^\| (\S+) \| ([0-9a-f]{64}) \|$", (VENDOR / "VENDORED.md").read_text("utf-8"), re.M
        )
    )
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    assert found == listed
    assert {Path(name).parts[0] for name in found if "LICENSE" in name} == {
        Path(name).parts[0] for name in found
    }
