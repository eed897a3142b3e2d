"""A preview shows the present state and says that it is none to cite; nothing is released."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAN = "dien-bien-04-ct-ubnd-2021"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("checks", "docs", f"plans/{PLAN}"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_it_builds_checks_and_shows_and_releases_nothing(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "khplans", "preview", "--json"],
        cwd=project, capture_output=True, text=True, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert report["changed"] is True
    assert (project / "datapackages/khplans/checks.json").is_file()
    assert not (project / "releases").exists()
    assert not (project / "site").exists()
    pages = sorted((project / report["site"]).rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert "not released" in text or "chưa phát hành" in text, page
    home = (project / report["site"] / "index.html").read_text("utf-8")
    assert re.search(r"Phiên bản <a[^>]*>chưa phát hành</a> ·", home)
    cite = (project / report["site"] / "cite.html").read_text("utf-8")
    assert "phiên bản chưa phát hành" in cite
