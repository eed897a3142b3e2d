"""A good package to check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan
from spoiling import PLAN

from khplans.pipeline import build


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packages of one small plan; not to be changed."""
    root = tmp_path_factory.mktemp("good")
    add_plan(root / "plans", PLAN, LAO_CAI)
    build(root / "plans", root / "datapackages")
    return root / "datapackages"


@pytest.fixture
def package(good: Path, tmp_path: Path) -> Path:
    """A copy of the small plan's package, to be spoilt."""
    shutil.copytree(good / PLAN, tmp_path / PLAN)
    return tmp_path / PLAN
