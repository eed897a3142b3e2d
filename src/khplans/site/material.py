"""What the pages use of Material for MkDocs: its frame's styles and script, its small scripts as files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

_USED = re.compile(r"stylesheets/(main|palette)\.\w+\.min\.css|javascripts/bundle\.\w+\.min\.js")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCOPE = '"{{ config.extra.scope | d(base_url) }}"'
"""What the first of the small scripts takes from the configuration, where it says `/`."""


def small_scripts() -> Iterator[tuple[str, str]]:
    """Names and texts of the scripts that Material writes into each page, which the policy of ours forbids."""
    partials = files("material") / "templates" / "partials" / "javascripts"
    for name in ("base", "palette", "content"):
        found = _SCRIPT.findall((partials / f"{name}.html").read_text("utf-8"))
        yield f"material-{name}.js", found[-1].replace(_SCOPE, '"/"') + "\n"


def drop_unused(assets: Path) -> None:
    """Leave of Material's files, 2.5 MB, the three that the pages ask for."""
    for path in sorted(assets.rglob("*")):
        if path.is_file() and not _USED.fullmatch(path.relative_to(assets).as_posix()):
            path.unlink()
    for folder in sorted((p for p in assets.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
