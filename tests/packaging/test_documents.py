"""What the documents at the root say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

import khplans
from khplans.cli import group

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-DATA.md", "SECURITY.md")
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
_VERB = re.compile(r"(?<![\w.-])khplans ([a-z][a-z-]*)(?= |`)")


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("code", _PYTHON.findall(_text("README.md")))
def test_the_readmes_python_runs(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(code, names)
    assert isinstance(names["kp"], khplans.Collection)
    if "print" in code:
        assert "09-NQ/TW" in capsys.readouterr().out
        lines = [line for line in code.splitlines() if line.strip()]
        assert len(lines) == 10


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_verb_and_target_that_is_named_is_there(name: str) -> None:
    verbs = set(group.list_commands(click.Context(group)))
    for line in re.findall(r"`{1,3}[^`]+`{1,3}", _text(name)):
        assert set(_VERB.findall(line)) <= verbs, line
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.M))
    assert set(re.findall(r"(?m)(?:^|`)make ([a-z]+)", _text(name))) <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_linked_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", _text(name)):
        assert (ROOT / target).exists(), target


def test_versions_agree() -> None:
    cited = yaml.safe_load(_text("CITATION.cff"))
    assert cited["version"] == khplans.__version__
    assert f"## {khplans.__version__}" in _text("CHANGELOG.md")


def test_licences_are_stated() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    assert project["license"] == "MIT AND CC-BY-4.0"
    assert set(project["license-files"]) == {"LICENSE", "LICENSE-DATA.md"}
    assert "Điều 15 Luật Sở hữu trí tuệ" in _text("LICENSE-DATA.md")
