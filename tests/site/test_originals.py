"""Plans that came as PDF or scan: the file as received is published, rows lead to its pages, scans are shown with their words marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import project
from growth import linear
from made_once import made_once
from pdf_files import pdf, shown
from scans import page, saved, write

from khplans.intake.pages.shown import pictures_of_pages
from khplans.intake.pages.shown_process import LONGEST_SIDE, MOST_BYTES
from khplans.intake.registering import PlanFacts, register
from khplans.intake.taken import Received, Taken
from khplans.layout import Layout, PageSpan, Recognised
from khplans.pipeline import build
from khplans.settings import Settings
from khplans.site.build import build_site, write_pages
from khplans.site.data import SiteData
from khplans.site.inputs import read_catalogue
from khplans.site.originals import Original, read_received, read_sources, rows_by_page
from khplans.text.passage import Span

Open = Callable[..., Any]
HEAD = """ỦY BAN NHÂN DÂN
TỈNH TUYÊN QUANG
Số: {}/KH-UBND
Tuyên Quang, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Phát triển du lịch năm 2025

"""
TASKS = (
    "1. Sở Y tế chủ trì kiểm tra an toàn thực phẩm, hoàn thành trước ngày 30/6/2025.\n",
    "2. Sở Tài chính chủ trì bố trí kinh phí năm 2025, hoàn thành trước ngày 30/9/2025.\n",
)
SCAN, PRINTED, TYPED = "ban-quet", "ban-in", "go-lai"
DOUBTED = {"30/9/2025.": 40.0, "kinh": 60.0}


def scan() -> bytes:
    """Two pages, the second upside down in the file."""
    pages = [page((1240, 1754)), page((1240, 1754))]
    write(pages[0], "Trang một", 100)
    write(pages[1], TASKS[1][:40], 100)
    return saved([pages[0], pages[1].rotate(180)], "PDF")


def words(text: str, start: int, page_number: int) -> list[Recognised]:
    """The words from a place on, set one behind the other."""
    found = []
    for n, match in enumerate(re.finditer(r"\S+", text[start:])):
        left = 40.0 + 40 * (n % 12)
        top = 40.0 + 20 * (n // 12)
        sure = DOUBTED.get(match[0], 99.0) if page_number == 2 else 99.0
        span = Span(start + match.start(), start + match.end())
        found.append(Recognised(span, page_number, (left, top, left + 35, top + 12), sure))
    return found


def layout(text: str, *, scanned: bool) -> Layout:
    second = text.index(TASKS[1][:9])
    pages = (
        PageSpan(1, Span(0, second), 595, 842),
        PageSpan(2, Span(second, len(text)), 595, 842, 180.2 if scanned else 0.0),
    )
    recognised = words(text[:second], 0, 1) + words(text, second, 2) if scanned else []
    return Layout(pages=pages, words=tuple(recognised))


def take_in(folder: Path, plan_id: str, number: int, data: bytes, *, form: str) -> None:
    text = HEAD.format(number) + "".join(TASKS)
    made = None if form == ".txt" else layout(text, scanned=plan_id == SCAN)
    data = data or text.encode()
    received = Received(Path(f"a{form}"), data, Taken(text, made))
    about = PlanFacts(f"Kế hoạch {number}", "Ủy ban nhân dân tỉnh Tuyên Quang", "Tuyên Quang", "unknown", date(2025, 3, 20))  # fmt: skip
    register(received, folder / "plans", plan_id, about)


def make(folder: Path) -> None:
    (folder / "plans").mkdir()
    take_in(folder, SCAN, 45, scan(), form=".pdf")
    line = shown((72, 700, "Ke hoach"))
    take_in(folder, PRINTED, 46, pdf(line, line), form=".docx")  # as its sender called it
    take_in(folder, TYPED, 47, b"", form=".txt")
    build(folder / "plans", folder / "datapackages", workers=1)
    build_site(project(folder))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "originals", make)


@pytest.fixture(scope="module")
def site(made: Path) -> Path:
    return made / "site"


def text_of(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_the_file_as_received_is_published_and_rows_lead_to_its_pages(
    made: Path, site: Path
) -> None:
    for plan in (SCAN, PRINTED):
        (file,) = (made / "plans" / plan).glob("original.*")
        received = file.read_bytes()
        assert (site / f"originals/{plan}/original.pdf").read_bytes() == received
        own = text_of(site, f"plans/{plan}.html")
        assert f'href="../originals/{plan}/original.pdf"' in own
        for path in (f"plans/{plan}.html", f"en/plans/{plan}.html", "tables/tasks.html", "en/deadlines/2025.html"):  # fmt: skip
            for number in (1, 2):
                assert f"originals/{plan}/original.pdf#page={number}" in text_of(site, path), path
    assert "originals" not in text_of(site, f"plans/{TYPED}.html")
    assert {path.name for path in (site / "originals").iterdir()} == {SCAN, PRINTED}
    assert f'href="../originals/{PRINTED}/2' not in text_of(site, f"plans/{PRINTED}.html")


def test_a_catalogue_without_its_plans_folder_shows_what_it_showed_before(
    made: Path, tmp_path: Path
) -> None:
    collection = made / "datapackages" / "khplans"
    catalogue = read_catalogue(project(tmp_path / "bare"), collection, None, Settings())
    assert catalogue.originals == {}
    write_pages(catalogue, tmp_path / "pages")
    for path in sorted((tmp_path / "pages").rglob("*.md")):
        assert "originals" not in path.read_text("utf-8"), path


def test_a_scanned_page_shows_the_words_of_each_row_and_those_in_doubt(site: Path) -> None:
    shown_page = text_of(site, f"originals/{SCAN}/2.html")
    group = re.search(r'<g id="(tasks/[^"]+:2)" class="t">(.*?)</g>', shown_page)
    assert group
    assert f'"../originals/{SCAN}/2.html#{group[1]}"' in text_of(site, f"plans/{SCAN}.html")
    boxes = re.findall(r'x="([\d.]+)" y="([\d.]+)"', group[2])
    assert boxes[0] == ("78.5", "38.5")  # behind the number, which is no word of the task
    doubted = re.search(r'<g class="u">(.*?)</g>', shown_page)
    assert doubted
    assert re.findall(r"<title>Máy đọc: (\S+) \(tin cậy (\d+)/100\)", doubted[1]) == [
        ("kinh", "60"),
        ("30/9/2025.", "40"),
    ]
    assert not re.search(r' style="| on\w+="|<style|<script>', shown_page)
    (picture,) = re.findall(r"<figure><img [^>]*>", shown_page)
    assert 'loading="lazy"' in picture
    assert re.search(r'alt="Ảnh quét trang 2; \d+ dòng', picture)
    assert 'alt="Scan of page 2;' in text_of(site, f"en/originals/{SCAN}/2.html")


def test_doubts_of_recognition_show_beside_their_row(site: Path) -> None:
    note = text_of(site, f"plans/{SCAN}.html").split('<li class="t"')[2]
    assert "nhận dạng không chắc, hãy xem ảnh: 30/9/2025." in note
    rows = re.findall(r"<tr>.*?</tr>", text_of(site, "tables/tasks.html"))
    assert [("có chữ ngờ" in row) for row in rows if f"originals/{SCAN}" in row] == [False, True]


def test_pictures_are_small_upright_and_the_same_each_time(site: Path, made: Path) -> None:
    import io

    import numpy as np
    from PIL import Image

    data = (made / "plans" / SCAN / "original.pdf").read_bytes()
    again = pictures_of_pages(data, "original.pdf", {1: 0.0, 2: 180.2})
    for number in (1, 2):
        published = (site / f"originals/{SCAN}/{number}.webp").read_bytes()
        assert published == again[number]
        assert len(published) <= MOST_BYTES
        drawn = Image.open(io.BytesIO(published)).convert("L")
        assert max(drawn.size) == LONGEST_SIDE
        ink = np.asarray(drawn) < 128
        assert ink[: drawn.height // 4].sum() > 100  # what was written at the top stands there
        assert not ink[drawn.height // 2 :].any()


def test_an_original_that_the_data_was_not_made_from_is_not_published(
    made: Path, tmp_path: Path
) -> None:
    collection = SiteData(made / "datapackages" / "khplans")
    plans = made / "plans"
    assert set(read_received(plans, read_sources(plans, collection))) == {SCAN, PRINTED}
    (tmp_path / "plans").mkdir()
    take_in(tmp_path, SCAN, 45, saved([page((62, 88)), page((62, 88))], "PDF"), form=".pdf")
    plans = tmp_path / "plans"
    assert read_received(plans, read_sources(plans, collection)) == {}


def test_rows_are_put_to_their_pages_in_time_by_their_count() -> None:
    def read(text: str) -> object:
        spans = [Span(2 * n, 2 * n + 1) for n in range(len(text))]
        found = tuple(Recognised(span, n // 2, (0, 0, 1, 1), 99) for n, span in enumerate(spans))
        original = Original("a", Path("a.png"), "png", 1, (), found)
        rows = [("tasks", {"start": span.start, "end": span.end + 4}) for span in spans]
        there = rows_by_page(original, rows)
        assert [row["start"] for _, row, _ in there[1]] == [0, 2, 4, 6]
        return there

    assert linear(read, "x" * 500, "x" * 4_000)


def test_the_row_that_the_address_names_is_lit_without_scripts(open_page: Open, site: Path) -> None:
    place = re.search(r'<g id="(tasks/[^"]+:2)"', text_of(site, f"originals/{SCAN}/2.html"))
    assert place
    address = f"{(site / 'originals' / SCAN / '2.html').as_uri()}#{place[1]}"
    phone = {"width": 360, "height": 640}
    for options in ({"java_script_enabled": False}, {"viewport": phone, "color_scheme": "dark"}):
        watched = open_page(address, **options)
        lit = watched.page.locator("g:target")
        assert lit.evaluate("e => getComputedStyle(e).strokeWidth") == "1.5px"
        assert watched.page.locator("figure img").evaluate("e => e.decode().then(() => e.naturalWidth)") > 1000  # fmt: skip
        box, figure = lit.bounding_box(), watched.page.locator("figure").bounding_box()
        assert figure["x"] <= box["x"] < figure["x"] + figure["width"]
        assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watched.complaints == []


def test_axe_finds_nothing_serious_on_a_scanned_page(open_page: Open, site: Path) -> None:
    uri = (site / "originals" / SCAN / "2.html").as_uri()
    for scheme in ("light", "dark"):
        watched = open_page(uri, bypass_csp=True, color_scheme=scheme)
        found = Axe().run(watched.page, options={"resultTypes": ["violations"]}).response
        serious = [x["id"] for x in found["violations"] if x["impact"] in ("serious", "critical")]
        assert serious == []


def test_the_explorer_links_rows_to_their_pages(open_page: Open, site: Path) -> None:
    watched = open_page((site / "tables/tasks.html").as_uri() + f"?plan={SCAN}")
    page = watched.page
    page.wait_for_selector("#explorer[data-ready]")
    links = page.locator("#explorer small a")
    assert [link.get_attribute("href") for link in links.all()] == [
        f"../originals/{SCAN}/original.pdf#page={n}" for n in (1, 2)
    ]
    assert page.locator("#explorer small .kh-tag").count() == 1
    assert watched.complaints == []


def test_the_explorer_of_pages_shows_them(open_page: Open, site: Path) -> None:
    watched = open_page((site / "tables/pages.html").as_uri())
    watched.page.wait_for_selector("#explorer[data-ready]")
    assert watched.page.locator("#explorer tbody tr").count() == 4
    assert watched.complaints == []
