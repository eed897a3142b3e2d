"""What a page asks for before it is shown, and that nothing moves once it is."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Watched

Open = Callable[..., Watched]
SHOWN = (
    "index.html", "plans/khanh-hoa-4969-kh-ubnd-2024.html", "tables/tasks.html",
    "tables/measures.html", "agencies/khanh-hoa-so-y-te.html", "measures/grdp-growth.html",
)  # fmt: skip
"""The pages that Lighthouse is run on, and a table of short rows."""

_SHIFTS = """
    new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
      }).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(sum), 700);
    })
"""


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_asks_for_little_before_it_is_shown(
    open_page: Open, site: Path, address: str, path: str
) -> None:
    watched = open_page(address + path)
    watched.page.wait_for_load_state("networkidle")
    entries = watched.page.evaluate(
        "performance.getEntriesByType('resource').map((e) => [e.name, e.startTime])"
    )
    loaded = watched.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    before = [name for name, start in entries if start < loaded]
    assert len(before) <= 9, before
    files = [(site / name.removeprefix(address)).read_bytes() for name in before]
    assert sum(len(gzip.compress(data, 9, mtime=0)) for data in files) < 150_000, before
    assert not [name for name in before if "parquet" in name or "engine" in name]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", SHOWN)
def test_nothing_moves_once_it_is_shown(
    open_page: Open, address: str, path: str, width: int
) -> None:
    page = open_page(address + path, viewport={"width": width, "height": 900}).page
    if "tables/" in path:
        page.wait_for_selector("#explorer[data-ready]")
    # On an idle machine nothing does; a busy one may bring the typeface after the words.
    assert page.evaluate(_SHIFTS) < 0.1


def test_rows_that_nobody_asked_for_come_a_few_at_a_time(open_page: Open, address: str) -> None:
    page = open_page("about:blank").page
    page.add_init_script("""
        self.batches = [];
        addEventListener("DOMContentLoaded", () => new MutationObserver((records) => {
          const rows = records.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ tagName }) => tagName === "TR");
          batches.push(rows.length);
        }).observe(document.querySelector(".kh-view tbody"), { childList: true }));
    """)
    page.goto(address + "tables/tasks.html")
    page.wait_for_selector("#explorer[data-ready]")
    assert page.locator(".kh-view tbody tr").count() == 50
    batches = page.evaluate("batches")
    assert sum(batches) == 38
    assert max(batches) <= 6
