"""Puts the newest release's data into the wheel, so that `khplans.load()` works offline.

The source distribution gets that release whole, and no other: a wheel is built from it as well.

The wheel gets what the client reads: the tables as Parquet, the plans' texts, their description
and hashes. In a checkout that is installed for development the client reads `releases/` itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


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
