"""The catalogue's site beside bare mkdocs-material on the same Markdown.

    python -m benchmarks.site [COPIES]

The plans of this project, and each again as that of COPIES other provinces, are built into packages; then
`khplans site`, from the packages to the last data file, takes turns with `mkdocs build` of the same pages
under Material as it comes, all pages in its navigation, and with one as short as ours. Processor time and memory are those of the whole process.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

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


def cost(code: str) -> tuple[float, float, str]:
    """Processor seconds and megabytes of a process, and what it prints."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code],
            stdout=said,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0)
        if status:
            sys.exit(f"it failed: {code}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.read()


def main() -> None:
    """Print the medians."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        as_of_other_provinces(root, copies)
        build(root / "plans", root / "datapackages")
        _, _, count = cost(PAGES.format(root=folder, out=f"{folder}/pages"))
        sides: list[list[tuple[float, float, str]]] = [[], [], []]
        for _ in range(RUNS):
            sides[0].append(cost(OURS.format(root=folder, out=f"{folder}/site")))
            for side, nav in zip(sides[1:], ("", "nav: [index.md]"), strict=True):
                (root / "mkdocs.yml").write_text(MATERIAL.format(nav=nav), "utf-8")
                side.append(cost(BARE.format(root=folder, out=f"{folder}/bare")))
    seconds = [statistics.median(one[0] for one in side) for side in sides]
    memory = [max(one[1] for one in side) for side in sides]
    print(f"site of {int(count):,} pages: {seconds[0]:.1f} s, {memory[0]:.0f} MB")
    for name, taken, held in zip(("", ", short navigation"), seconds[1:], memory[1:], strict=True):
        print(f"bare Material{name}: {taken:.1f} s, {held:.0f} MB: {seconds[0] / taken:.2f} times")


if __name__ == "__main__":
    main()
