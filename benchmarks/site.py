"""The catalogue's site beside bare mkdocs-material on the same Markdown.

    python -m benchmarks.site [COPIES]

The plans of this project, and each again as that of COPIES other provinces, are built into packages; then
`khplans site`, from the packages to the last data file, takes turns with `mkdocs build` of the same pages
under Material as it comes, all pages in its navigation, and with one as short as ours. Processor time and memory are those of the whole process.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Cost, Line, cost, show, taking_turns
from khplans.intake.plans import list_plans, load_plan
from khplans.knowledge.provinces import provinces
from khplans.pipeline import build
from khplans.text.fold import slug

ROOT = Path(__file__).parents[1]
RUNS = 3
OURS = """
from pathlib import Path
from khplans.site.build import build_site
build_site(Path({root!r}), collection=Path({root!r}) / "datapackages/khplans", out=Path({out!r}))
"""
PAGES = """
from pathlib import Path
from khplans.settings import read_settings
from khplans.site.build import write_pages
from khplans.site.inputs import read_catalogue
from khplans.site.pages.plan_parts import divide_plans
from dataclasses import replace
root = Path({root!r})
catalogue = read_catalogue(root, root / "datapackages/khplans", None, read_settings(root))
print(write_pages(replace(catalogue, parts=divide_plans(catalogue)), Path({out!r})))
"""
BARE = """
from mkdocs.commands.build import build
from mkdocs.config import load_config
build(load_config({root!r} + "/mkdocs.yml", docs_dir={root!r} + "/pages", site_dir={out!r}))
"""
MATERIAL = """site_name: Bare
use_directory_urls: false
theme: {{name: material, font: false}}
plugins: []
{nav}
markdown_extensions: [attr_list, tables, admonition, toc, pymdownx.highlight, pymdownx.superfences]
"""


def as_of_other_provinces(root: Path, copies: int) -> None:
    """The project's plans, and each again as that of other provinces: their names in place of its own."""
    shutil.copy(ROOT / "khplans.toml", root)
    for plan_id in list_plans(ROOT / "plans"):
        plan = load_plan(ROOT / "plans" / plan_id)
        own = plan.province or ""
        others = [one.name for one in provinces() if one.name != own][:copies]
        for name in [own, *others]:
            folder = root / "plans" / plan_id.replace(slug(own), slug(name))
            folder.mkdir(parents=True)
            text = plan.source.text.replace(own, name).replace(own.upper(), name.upper())
            (folder / "source.txt").write_text(text, "utf-8", newline="")
            told = (ROOT / "plans" / plan_id / "plan.toml").read_text("utf-8").replace(own, name)
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            (folder / "plan.toml").write_text(told.replace(plan.sha256, sha256), "utf-8")


def lines(copies: int = 0) -> Iterator[Line]:
    """The figures, medians of runs that take turns."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        as_of_other_provinces(root, copies)
        build(root / "plans", root / "datapackages")
        count = int(cost(PAGES.format(root=folder, out=f"{folder}/pages")).said)
        ours, bare, short = taking_turns(
            RUNS,
            lambda: cost(OURS.format(root=folder, out=f"{folder}/site")),
            lambda: _bare(root, ""),
            lambda: _bare(root, "nav: [index.md]"),
        )
    what = f"site of {count:,} pages"
    for beside, theirs in (("bare Material", bare), ("bare Material, short navigation", short)):
        yield Line(
            what, ours.seconds, "s", beside, theirs.seconds, "≤ 1.2, ≤ 600 MB", ours.megabytes
        )


def _bare(root: Path, nav: str) -> Cost:
    (root / "mkdocs.yml").write_text(MATERIAL.format(nav=nav), "utf-8")
    return cost(BARE.format(root=str(root), out=f"{root}/bare"))


if __name__ == "__main__":
    show(lines(*map(int, sys.argv[1:])))
