"""What the pages use of Material for MkDocs: its frame's styles and script, its small scripts as files."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCOPE = '"{{ config.extra.scope | d(base_url) }}"'
"""What the first of the small scripts takes from the configuration, where it says `/`."""
_MAP = re.compile(r"\s*/\*# sourceMappingURL=\S+ \*/\s*")


def small_script(name: str) -> str:
    """A script that Material writes into each page, `base` or `palette`: our policy allows files alone."""
    partials = files("material") / "templates" / "partials" / "javascripts"
    text = _SCRIPT.search((partials / f"{name}.html").read_text("utf-8"))
    if text is None:
        raise ValueError(name)
    return text[1].replace(_SCOPE, '"/"') + "\n"


def styles() -> str:
    """Material's styles, as one with ours: a page asks for styles once."""
    folder = files("material") / "templates" / "assets" / "stylesheets"
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".css"))
    return "".join(_MAP.sub("", (folder / name).read_text("utf-8")) for name in found)


def drop_unused(assets: Path) -> None:
    """Leave of Material's files, 2.5 MB, the script that the pages ask for."""
    for path in sorted(assets.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not (path.name.startswith("bundle.") and path.suffix == ".js"):
            path.unlink()
