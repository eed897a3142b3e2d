"""Plans to build from: real ones copied, and a small one of another province."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from made_once import made_once
from small_plans import LAO_CAI, add_plan

from khplans.pipeline import build

REAL = Path(__file__).parents[2] / "plans"


def _make(folder: Path) -> None:
    plans = folder / "project" / "plans"
    add_plan(plans, "lao-cai-15-kh-ubnd-2025", LAO_CAI)
    shutil.copytree(REAL / "khanh-hoa-9902-kh-ubnd-2021", plans / "khanh-hoa-9902-kh-ubnd-2021")
    build(plans, folder / "out", workers=1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans and the build of them: a small one, and a real one that brings two attachments along."""
    return made_once(tmp_path_factory, "two-plans", _make)


@pytest.fixture
def plans(made: Path, tmp_path: Path) -> Path:
    """The two plans, to be changed."""
    return Path(shutil.copytree(made / "project" / "plans", tmp_path / "project" / "plans"))


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """The finished build of the two plans, to be changed."""
    shutil.copytree(made / ".khplans", tmp_path / ".khplans")
    return Path(shutil.copytree(made / "out", tmp_path / "out"))
