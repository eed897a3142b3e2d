"""A plan to look over whose words try to be more than words."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_plans import add_plan
from under_review import HOSTILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Its folder."""
    return add_plan(tmp_path / "plans", "a", HOSTILE)
