"""The lock file: every package by its hashes, for every Python that is promised, from no named host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_PINNED = re.compile(
    r"^([a-z0-9][a-z0-9-]*)==([^ ;\\]+)([^\\\n]*)\\\n((?: {4}--hash=sha256:[0-9a-f]{64}.*\n)+)",
    re.M,
)

PINS = _PINNED.findall(LOCK)


def test_it_is_nothing_but_pins_with_hashes() -> None:
    assert "".join("".join(match) for match in _whole()) == LOCK


def _whole() -> list[tuple[str, ...]]:
    return [(match.group(0),) for match in _PINNED.finditer(LOCK)]


def test_it_names_no_host() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


@pytest.mark.parametrize(
    "wanted",
    [*PROJECT["dependencies"], *(r for e in PROJECT["optional-dependencies"].values() for r in e)],
)
def test_it_has_what_the_project_asks_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    name = canonicalize_name(requirement.name)
    versions = [version for pinned, version, _, _ in PINS if pinned == name]
    assert versions, f"{name} is not in requirements.lock: make lock"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_what_writes_published_bytes_has_one_version_for_every_python() -> None:
    names = [name for name, _, _, _ in PINS]
    for name in ("pyarrow", "pandas", "xlsxwriter", "mkdocs", "mkdocs-material", "markdown",
                 "pymdown-extensions", "jinja2", "pyyaml", "pygments", "babel"):  # fmt: skip
        assert names.count(name) == 1, name
