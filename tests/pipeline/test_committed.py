"""The packages in git are what this code makes of the plans in git."""

from __future__ import annotations

from pathlib import Path

from small_plans import files_of

ROOT = Path(__file__).parents[2]


def test_the_packages_in_git_are_those_the_code_makes(real_packages: Path) -> None:
    made, kept = files_of(real_packages), files_of(ROOT / "datapackages")
    written_by_check = {name for name in kept if Path(name).name == "checks.json"}
    other = {name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)}
    assert sorted(other - written_by_check) == [], "run make publish and commit datapackages/"
