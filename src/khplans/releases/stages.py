"""The stages that releases call upon: build, check, and the site's address."""

from __future__ import annotations

import re
from pathlib import Path

_RULES = Path("checks")
_ADDRESS = re.compile(r"^site_url:\s*[\"']?(https?://[^\s\"']+)", re.M)


def build_packages(plans: Path, packages: Path) -> None:
    """Build the packages of plans."""
    from khplans.pipeline import build

    build(plans, packages)


def check_packages(packages: Path) -> None:
    """Check packages and write the results into them."""
    from khplans.checks.run import check_all, refuse_errors

    refuse_errors(check_all(packages, _RULES))


def site_address() -> str | None:
    """The site's own address as mkdocs.yml sets it, or None where it sets none."""
    config = Path("mkdocs.yml")
    if not config.is_file():
        return None
    found = _ADDRESS.search(config.read_text("utf-8"))
    return found[1] if found else None
