"""The code goes the way of the data: no stage imports one that comes after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import khplans
from khplans.packages.fingerprint import STAGES

ROOT = Path(khplans.__file__).parent
ORDER = (
    "text", "errors", "optional", "outside", "atomic", "rules", "layout", "model", "knowledge", "settings", "intake", "reading", "extraction", "linking", "tables",
    "packages", "cluster", "pipeline", "why", "checks", "scoring", "releases", "client", "site", "review", "cli",
)  # fmt: skip


def _imports(file: Path) -> Iterator[str]:
    """The stages that a module imports, inside its functions too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("khplans."))


def test_every_stage_has_its_place() -> None:
    there = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert there - {"__init__", "__main__", "__pycache__", "data"} == set(ORDER)


def test_the_map_of_the_rooms_is_that_of_the_code() -> None:
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    rows = text.partition("| phòng / room |")[2].partition("\n\n")[0].splitlines()[2:]
    assert [room for row in rows for room in row.split(" | ")[0].strip("| ").split(", ")] == list(
        ORDER
    )


@pytest.mark.parametrize("stage", ORDER)
def test_no_stage_reaches_forward(stage: str) -> None:
    allowed = {*ORDER[: ORDER.index(stage) + 1], "__version__", "__file__"}
    files = [ROOT / f"{stage}.py", *(ROOT / stage).rglob("*.py")]
    strange = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in files
        if file.is_file()
        for name in _imports(file)
        if name not in allowed
    }
    assert not strange


def test_a_change_of_any_stage_that_makes_packages_builds_them_anew() -> None:
    makers = {*ORDER[: ORDER.index("pipeline") + 1]}
    assert {stage.removesuffix(".py") for stage in STAGES} == makers
    assert all((ROOT / stage).exists() for stage in STAGES)


MAKERS = ("reading", "extraction", "linking", "pipeline")
SHARED_DEFINITIONS = {
    "tables.cross_checks",
    "tables.definition",
    "tables.identity",
    "tables.rows",
    "tables.arrow",
    "tables",
}


def _modules(file: Path) -> Iterator[str]:
    """The modules of the package that a module imports, inside its functions too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("khplans."):
            yield str(node.module).removeprefix("khplans.")
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (n.removeprefix("khplans.") for n in names if n.startswith("khplans."))


def test_checks_do_not_ask_the_code_that_made_the_rows() -> None:
    """Each proves the other only where they share nothing but definitions."""
    files = (ROOT / "checks").rglob("*.py")
    asked = {
        (file.relative_to(ROOT).as_posix(), module)
        for file in files
        for module in _modules(file)
        if module.split(".")[0] in MAKERS
        or (module.split(".")[0] == "tables" and module not in SHARED_DEFINITIONS)
    }
    assert not asked


def test_the_second_reading_takes_facts_alone_from_knowledge() -> None:
    """The tables as data, not the code that reads them for the makers."""
    modules = {m for file in (ROOT / "checks" / "words").glob("*.py") for m in _modules(file)}
    allowed = {"knowledge.table", "text.fold"}
    assert {m for m in modules if m.split(".")[0] in ("knowledge", "text")} == allowed
