"""Charts: whole on a phone, at one with their legend, to be taken home as SVG, PNG and data."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khplans.site.chart import Bar, Point, bar_chart, legend, measure_chart
from khplans.site.languages import en, vi
from khplans.site.pages.measure_gaps import missing

Open = Callable[..., Any]
_PHONE = {"width": 390, "height": 844}
_SVG = "{http://www.w3.org/2000/svg}"
_BARS = [Bar("Sở Nông nghiệp và Phát triển nông thôn (Khánh Hòa), và các cơ quan khác", (3, 2), "a.html")]  # fmt: skip


def _point(value: float, *, target: bool, year: float = 2024.0) -> Point:
    return Point(year, year, value, None, target, f"{value}", row=(str(value),))


def test_a_long_name_stands_above_its_bar_whole() -> None:
    chart = bar_chart(_BARS, ("led", "helped"), en, "Tasks", head="Agency")
    lines = re.findall(r"<tspan[^>]*>([^<]*)", chart.drawn)
    assert len(lines) == 2
    assert " ".join(lines) == _BARS[0].label
    assert chart.narrow
    assert "…" not in chart.drawn


def test_a_legend_shows_the_very_shapes_of_its_picture() -> None:
    chart = bar_chart(_BARS, ("led", "helped"), en, "Tasks", head="Agency")
    keys, height = legend(chart)
    assert re.findall(r'<rect class="(\w+)"', keys) == re.findall(r'<rect class="(\w+)"', chart.drawn)  # fmt: skip
    assert re.findall(r">(\w+)</text>", keys) == ["led", "helped"]
    assert height > 0
    assert legend(bar_chart([Bar("a", (1,))], ("led",), en, "Tasks", head="Agency")) == ("", 0)


def test_a_line_joins_a_target_to_its_result_of_the_same_time() -> None:
    def drawn(*points: Point) -> int:
        return measure_chart(points, vi, "GRDP", "%", head=("Giá trị",)).drawn.count('class="gap"')

    target = _point(8, target=True)
    assert drawn(target, _point(6.5, target=False)) == 1
    assert drawn(target, _point(6.5, target=False, year=2023.0)) == 0


@pytest.mark.parametrize(
    ("target", "result", "said"),
    [
        ({"comparator": ">="}, {}, "còn thiếu 1,5 điểm phần trăm"),
        ({"comparator": "<="}, {"value": 9}, "quá mục tiêu 1 điểm phần trăm"),
        ({"comparator": "<="}, {"value": 7}, "đạt, thấp hơn 1 điểm phần trăm"),
        ({}, {}, "thấp hơn mục tiêu 1,5 điểm phần trăm"),
        ({"value_high": 9}, {"value": 8.5}, "đạt mục tiêu"),
        ({"change": "increase"}, {"change": "decrease", "value": 2}, "còn thiếu 10 điểm phần trăm"),
        ({"change": "decrease", "value": 1.5}, {"change": "decrease", "value": 1}, "quá mục tiêu 0,5 điểm phần trăm"),
    ],
)  # fmt: skip
def test_what_is_missing_to_a_target_is_said_in_words(
    target: dict[str, object], result: dict[str, object], said: str
) -> None:
    row = {"value": 8, "value_high": None, "change": "level", "comparator": "=", "unit": "percent"}
    assert missing(row | target, row | {"value": 6.5} | result, vi) == said


def test_a_target_without_a_result_says_so_and_one_figure_is_a_number(site: Path) -> None:
    page = (site / "measures" / "grdp-growth.html").read_text("utf-8")
    gaps = page.split('class="kh-gaps"', 1)[1].split("</ul>", 1)[0]
    assert "chưa thấy kết quả trong các kế hoạch ở đây" in gaps
    alone = [
        path.read_text("utf-8")
        for path in sorted((site / "measures").glob("*.html"))
        if '<ul class="kh-numbers">' in path.read_text("utf-8")
    ]
    assert len(alone) > 10
    assert not all("<svg class" in text for text in alone)


def test_each_picture_stands_alone_as_svg_with_its_data_beside(site: Path) -> None:
    charts = 0
    for page in sorted(site.glob("**/*.html")):
        text = page.read_text("utf-8")
        for name in re.findall(r'<a href="([^"]+)\.svg" download', text):
            assert f'download="khplans-{name}.csv"' in text
            charts += 1
            drawn = (page.parent / f"{name}.svg").read_text("utf-8")
            root = ET.fromstring(drawn)
            assert not list(root.iter(f"{_SVG}a")), page
            assert "var(" not in drawn
            assert "khplans" in "".join(root.itertext()), "the source"
            rows = list(csv.reader(io.StringIO((page.parent / f"{name}.csv").read_bytes().decode("utf-8-sig"))))  # fmt: skip
            assert len({len(row) for row in rows}) == 1
            assert len(rows) > 1
    assert charts > 60


def test_colours_of_bars_and_legend_are_the_same_in_light_and_dark(
    open_page: Open, address: str
) -> None:
    for scheme in ("light", "dark"):
        page = open_page(address + "pictures.html", color_scheme=scheme).page
        fills = page.evaluate(
            """() => Object.fromEntries(["b1", "b2"].map(css => [css, [...new Set(
              [...document.querySelector("svg.kh-chart").querySelectorAll(`rect.${css}`)].map(e => {
                const style = getComputedStyle(e); return style.fill + style.opacity + style.fillOpacity; }))]]))"""
        )
        assert [len(found) for found in fills.values()] == [1, 1]
        assert fills["b1"] != fills["b2"]


def _png(page: Any) -> tuple[int, int, set[tuple[int, ...]]]:
    from PIL import Image

    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").first.click()
    assert waiting.value.suggested_filename.startswith("khplans-pictures-")
    image = Image.open(Path(waiting.value.path())).convert("RGB")
    return *image.size, {colour for _, colour in image.getcolors(1 << 20) or ()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_taken_home_as_png_in_light_colours_even_from_a_folder(
    open_page: Open, site: Path, scheme: str
) -> None:
    watched = open_page((site / "pictures.html").as_uri(), color_scheme=scheme)
    width, height, colours = _png(watched.page)
    _, _, whole_width, whole_height = watched.page.locator("svg.kh-chart").first.get_attribute("data-whole").split()  # fmt: skip
    assert (width, height) == (2 * int(whole_width), 2 * int(whole_height))
    assert {(255, 255, 255), (11, 85, 99), (213, 94, 0)} <= colours
    assert watched.complaints == []


def test_on_a_phone_a_picture_fits_or_is_seen_to_scroll(open_page: Open, address: str) -> None:
    page = open_page(address + "pictures.html", viewport={"width": 360, "height": 700}).page
    for frame in page.locator(".kh-wide").all():
        assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")
    sizes = page.locator("svg.kh-chart text:visible").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width)"
    )
    assert min(sizes) > 10
    page.goto(address + "measures/grdp-growth.html")
    frame = page.locator(".kh-wide").first
    assert frame.evaluate("e => e.scrollWidth > e.clientWidth")
    assert "linear-gradient" in frame.evaluate("e => getComputedStyle(e).backgroundImage")


def test_on_a_phone_a_wide_table_is_seen_to_scroll_and_buttons_stand_apart(
    open_page: Open, address: str
) -> None:
    page = open_page(address + "quality.html", viewport={"width": 390, "height": 700}).page
    wide = page.locator(".kh-scroll .md-typeset__scrollwrap")
    wide.first.wait_for(state="attached")
    style = "(all, name) => [...new Set(all.map(e => getComputedStyle(e)[name]))]"
    [shadow] = wide.evaluate_all(style, "backgroundImage")
    assert "gradient" in shadow
    assert page.locator(".kh-scroll table").evaluate_all(style, "backgroundColor") == [
        "rgba(0, 0, 0, 0)"
    ]
    page.goto(address + "deadlines.html")
    first, second = (one.bounding_box() for one in page.locator("p > .md-button:visible").all()[:2])
    assert first
    assert second
    assert second["y"] - first["y"] - first["height"] >= 4


def test_the_graph_is_dragged_zoomed_and_searched(open_page: Open, address: str) -> None:
    page = open_page(address + "graph.html", viewport={"width": 390, "height": 800}).page
    frame, graph = page.locator(".kh-zoom"), page.locator("svg.kh-graph")
    before = graph.bounding_box()["width"]
    assert before >= 740, "legible: as wide as it was drawn"
    page.get_by_role("button", name="Phóng to").click()
    assert graph.bounding_box()["width"] > before
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    x, y = box["x"] + 180, box["y"] + 150
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y - 60, steps=4)
    page.mouse.up()
    left, top = frame.evaluate("e => [e.scrollLeft, e.scrollTop]")
    assert left >= 100
    assert top >= 60
    assert page.url.endswith("graph.html")
    page.get_by_role("searchbox", name="Tìm trong hình").fill("chuong trinh hanh dong 54")
    hit = page.locator("a.kh-on", has_text="54-CTr/TU").first
    assert page.get_by_role("status").filter(has_text="1 kết quả").count() == 1
    seen, around = hit.locator("text").bounding_box(), frame.bounding_box()
    assert around["x"] <= seen["x"] + 1
    assert seen["x"] + seen["width"] <= around["x"] + around["width"] + 1
    dimmed = page.locator("svg.kh-graph a:not(.kh-on)").first
    assert float(dimmed.evaluate("e => getComputedStyle(e).opacity")) < 0.5
    assert page.locator("svg.kh-graph path.kh-on").count() >= 1


def test_keys_of_a_picture_stand_apart_on_a_phone(open_page: Open, address: str) -> None:
    page = open_page(address + "en/agencies/khanh-hoa-so-y-te.html", viewport=_PHONE).page
    keys = [key.bounding_box() for key in page.locator(".kh-chart g.k").all()]
    assert len(keys) == 2
    assert keys[0]["x"] + keys[0]["width"] + 8 < keys[1]["x"]
