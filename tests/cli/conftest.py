from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _apart(apart: Path) -> None:
    """No test here sees the working folder or the cache of the person who runs it."""
