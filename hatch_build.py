"""Puts the newest release's data into the wheel, so that `khplans.load()` works offline.

The source distribution gets that release whole, and no other: a wheel is built from it as well.

The wheel gets what the client reads: the tables as Parquet, the plans' texts, their description
and hashes. In a checkout that is installed for development the client reads `releases/` itself.

What an index shows of the project: its addresses are those of the site that `khplans.toml` names; while
that has none there are none. A link of the README to a file beside it leads nowhere there, so its words
stand alone; the picture is left out.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_BESIDE = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)[^)]*\)")
"""A link, or a picture, of Markdown to a file beside it."""


class DataHook(BuildHookInterface[BuilderConfig]):
    """Adds `releases/<latest>/` as `khplans/data/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        releases = Path(self.root) / "releases"
        listing = releases / "versions.json"
        if version == "editable" or not listing.is_file():
            return
        folder = releases / json.loads(listing.read_text("utf-8"))["latest"]
        included = build_data["force_include"]
        if self.target_name == "sdist":
            included[str(listing)] = f"releases/{listing.name}"
            included[str(folder)] = f"releases/{folder.name}"
            return
        descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
        wanted = ["SHA256SUMS", "changes.csv", "datapackage.json", "release.json"]
        wanted += [r["path"] for r in descriptor["resources"] if _read_by_client(r)]
        included[str(listing)] = f"khplans/data/{listing.name}"
        for path in wanted:
            included[str(folder / path)] = f"khplans/data/{path}"


def _read_by_client(resource: dict[str, Any]) -> bool:
    return resource.get("format") == "parquet" or resource["path"].startswith("sources/")


class AboutHook(MetadataHookInterface):
    """Tells an index the README and, where the catalogue has an address, the project's addresses."""

    def update(self, metadata: dict[str, Any]) -> None:
        root = Path(self.root)
        text = (root / "README.md").read_text("utf-8")
        words = _BESIDE.sub(lambda found: "" if found[1] else found[2], text)
        metadata["readme"] = {"content-type": "text/markdown", "text": words}
        address = tomllib.loads((root / "khplans.toml").read_text("utf-8"))["address"].rstrip("/")
        if address:
            metadata["urls"] = {
                "Homepage": f"{address}/",
                "Documentation": f"{address}/en/guide/analyst.html",
                "Releases": f"{address}/en/releases/index.html",
            }
