"""Every kind of page on paper: nothing cut off, nothing too small to read, nothing that only fingers use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import KINDS, Watched, wait_until_shown

Open = Callable[..., Watched]

_WIDTH = 688
"""A4 less 14 mm on either side, in the browser's pixels."""
_SMALLEST = 8.5
"""Pixels; six and a half points."""

_SMALL = """width => {
  const found = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest(".kh-md, script, title, option, noscript")) continue;
    if (!parent.checkVisibility()) continue;
    let size = parseFloat(getComputedStyle(parent).fontSize);
    const picture = parent.closest("svg[viewBox]");
    if (picture) size *= picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
    if (size < width) found.push([size, node.textContent.trim().slice(0, 40)]);
  }
  return found;
}"""
_BESIDE = """all => all.filter(text => {
  const [own, picture] = [text, text.closest("svg")].map(e => e.getBoundingClientRect());
  return own.width && (own.left < picture.left || own.right > picture.right);
}).map(text => text.textContent)"""
_CUT = """() => [...document.querySelectorAll("main svg, main table, main figure, main p")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.tagName + " " + e.textContent.trim().slice(0, 40))"""


def _on_paper(open_page: Open, url: str) -> Watched:
    watched = open_page(url, viewport={"width": _WIDTH, "height": 1000})
    wait_until_shown(watched.page)
    watched.page.emulate_media(media="print")
    return watched


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_every_kind_prints_whole_and_legible(
    open_page: Open, address: str, path: str
) -> None:
    page = _on_paper(open_page, address + path).page
    assert page.evaluate(_SMALL, _SMALLEST) == []
    assert page.evaluate(_CUT) == []
    for gone in (".md-header", ".md-sidebar", ".md-skip", "main button", ".md-footer"):
        for part in page.locator(gone).all():
            box = part.bounding_box()
            assert box is None or box["height"] == 0, gone
    assert page.locator("h1").is_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 1


def test_small_words_and_cut_ones_would_be_seen(open_page: Open, address: str) -> None:
    page = _on_paper(open_page, address + "about.html").page
    page.evaluate(
        "() => { const p = document.createElement('p'); p.textContent = 'tiny'; p.style.fontSize = '4px';"
        " p.style.width = '900px'; document.querySelector('main').append(p); }"
    )
    assert [words for _, words in page.evaluate(_SMALL, _SMALLEST)] == ["tiny"]
    assert page.evaluate(_CUT) == ["P tiny"]


def test_the_graph_fits_a_page_and_its_data_stands_beside(open_page: Open, address: str) -> None:
    page = _on_paper(open_page, address + "graph.html").page
    graph = page.locator("svg.kh-graph").bounding_box()
    assert graph is not None
    assert graph["width"] <= _WIDTH
    assert graph["height"] <= 1017  # A4 less its margins
    assert page.locator("svg.kh-graph text").evaluate_all(_BESIDE) == []
    assert page.locator(".kh-figure + details td").last.is_visible()


def test_the_explorer_s_columns_keep_their_names(open_page: Open, address: str) -> None:
    page = open_page(address + "tables/tasks.html", viewport={"width": _WIDTH, "height": 900}).page
    page.wait_for_selector("#explorer[data-ready]")
    page.emulate_media(media="print")
    heads = [text.strip() for text in page.locator(".kh-view thead th").all_inner_texts()]
    assert "Nội dung" in heads
    assert all(heads)


def test_the_graph_is_made_larger_and_smaller_by_its_buttons(open_page: Open, address: str) -> None:
    page = open_page(address + "graph.html", viewport={"width": 390, "height": 844}).page

    def width() -> float:
        box = page.locator("svg.kh-graph").bounding_box()
        assert box is not None
        return box["width"]

    before = width()
    page.get_by_role("button", name="Phóng to").press("Enter")
    larger = width()
    assert larger > before * 1.2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Thu nhỏ").press("Enter")
    assert width() < larger
