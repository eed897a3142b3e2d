"""pytest passes over folders of some names in silence: no test stands in one."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    patterns = pytestconfig.getini("norecursedirs")
    assert "build" in patterns
    folders = {path.parent for path in TESTS.rglob("test_*.py")}
    passed_over = [
        folder for folder in folders for part in folder.relative_to(TESTS).parts
        if any(fnmatch(part, pattern) for pattern in patterns)
    ]  # fmt: skip
    assert passed_over == []
