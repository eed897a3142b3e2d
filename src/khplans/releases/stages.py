"""The stages that releases call upon: build and check, as the catalogue in a folder has them."""

from __future__ import annotations

from pathlib import Path

from khplans.settings import read_settings


def build_packages(plans: Path, packages: Path, root: Path = Path()) -> None:
    """Build the packages of plans for the catalogue in a folder."""
    from khplans.pipeline import build

    build(plans, packages, catalogue=read_settings(root))


def check_packages(packages: Path, root: Path = Path()) -> None:
    """Check packages by the rules of the catalogue in a folder and write the results into them."""
    from khplans.checks.run import check_all, refuse_errors

    refuse_errors(check_all(packages, root / "checks"))
