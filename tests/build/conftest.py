"""Plans to build from: real ones copied, and a small one of another province."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan

from khplans.pipeline import build

REAL = Path(__file__).parents[2] / "plans"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Two plans: a small one, and a real one that brings two attachments along."""
    plans = tmp_path / "project" / "plans"
    add_plan(plans, "lao-cai-15-kh-ubnd-2025", LAO_CAI)
    shutil.copytree(REAL / "khanh-hoa-9902-kh-ubnd-2021", plans / "khanh-hoa-9902-kh-ubnd-2021")
    return plans


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the project's own plans; not to be changed."""
    packages = tmp_path_factory.mktemp("built") / "datapackages"
    build(REAL, packages, workers=1)
    return packages
