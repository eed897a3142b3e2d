"""Every name that the library offers is documented, with an example that runs."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import khplans
from khplans.client.graph import Graph

ROOT = Path(__file__).parents[2]
GUIDES = sorted(
    path for path in ROOT.rglob("guide/analyst.md") if {".venv", ".khplans"}.isdisjoint(path.parts)
)
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def _own(kind: type) -> list[str]:
    """The public names of a class that no mapping has."""
    return [n for n in vars(kind) if not n.startswith("_") and n not in dir(Mapping)]


NAMES = [
    *(f"khplans.{name}" for name in khplans.__all__),
    *(f"kp.{name}" for name in _own(khplans.Collection)),
    *(f"graph().{name}" for name in _own(Graph)),
]


def test_there_are_guides_in_two_languages() -> None:
    assert len(GUIDES) == 2


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.parts[-3])
def test_every_name_is_in_the_guide_with_an_example(guide: Path) -> None:
    text = guide.read_text("utf-8")
    examples = "\n".join([*_PYTHON.findall(text), *re.findall(r"`([^`\n]+)`", text)])
    missing = [name for name in NAMES if not re.search(re.escape(name) + r"\b", examples)]
    assert missing == []


@pytest.mark.parametrize("kind", [khplans.Collection, Graph])
def test_every_method_has_an_example_that_is_tested(kind: type) -> None:
    lacking = [
        name
        for name in _own(kind)
        if not isinstance(vars(kind)[name], type(Graph.nodes))  # a field of a dataclass
        and ">>>" not in (inspect.getdoc(getattr(kind, name)) or "")
    ]
    assert lacking == []
    for name in set(khplans.__all__) - {"__version__"}:
        assert ">>>" in (inspect.getdoc(getattr(khplans, name)) or ""), name


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.parts[-3])
def test_the_guides_python_runs(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code in _PYTHON.findall(guide.read_text("utf-8")):
        exec(code.replace("@LOAD@", "khplans.load()"), names)  # as the site fills it in
    assert isinstance(names["kp"], khplans.Collection)
