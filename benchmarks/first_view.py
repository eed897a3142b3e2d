"""How soon the explorer shows its first rows in Debian's chromium.

    python -m benchmarks.first_view

The site is built anew and opened from its folder; the median of the runs, from the page's start.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.table import Line, show
from khplans.site.build import build_site

ROOT = Path(__file__).parents[1]
RUNS = 20
SHOWN = "performance.getEntriesByName('khplans-ready')[0].startTime"


def first_views(page: Path) -> list[float]:
    """Milliseconds until the rows are there, each time in a new window."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox"]
        )
        for _ in range(RUNS):
            context = browser.new_context()
            opened = context.new_page()
            opened.goto(f"{page.as_uri()}?role=lead")
            opened.wait_for_selector("#explorer[data-ready]")
            found.append(float(opened.evaluate(SHOWN)))
            context.close()
        browser.close()
    return found


def lines() -> Iterator[Line]:
    """The figure."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(
            ROOT, collection=ROOT / "datapackages" / "khplans", out=Path(folder) / "made" / "site"
        )
        times = first_views(site / "tables" / "tasks.html")
    yield Line(
        "first view of the explorer",
        statistics.median(times),
        "ms",
        f"slowest {max(times):.0f} ms",
        None,
        "< 2,000 ms",
    )


if __name__ == "__main__":
    show(lines())
