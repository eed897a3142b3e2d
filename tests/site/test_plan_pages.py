"""A plan's pages: where the file came from, why each row is what it is, what was inferred, and what to do with a row."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import SITE
from playwright.sync_api import expect

from khplans.intake.registering import PlanFacts, register
from khplans.intake.taken import Received, Taken
from khplans.site.cards import HEIGHT, WIDTH, add_card, card
from khplans.site.catalogue import Catalogue
from khplans.site.data import PlanFile, SiteData
from khplans.site.languages import en, vi
from khplans.site.markup import SitePage
from khplans.site.originals import read_received, read_sources
from khplans.site.stated import INFERRED

Open = Callable[..., Any]
PLAN = "khanh-hoa-173-qd-ubnd-2024"


def _text(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_a_plan_says_where_its_file_came_from_in_the_reader_s_language(site: Path) -> None:
    assert "Lấy từ: chưa rõ, tệp không ghi nguồn" in _text(site, f"plans/{PLAN}.html")
    assert "Where it came from: nobody knows" in _text(site, f"en/plans/{PLAN}.html")
    said = _text(site, "plans/dien-bien-04-ct-ubnd-2021.html")
    assert "dienbientv.vn, theo ghi chú trong văn bản; không rõ địa chỉ; nhận ngày" in said
    assert "as the text itself says" not in said
    for tree, received in (("", "tệp như đã nhận"), ("en/", "the file as received")):
        assert f'sources/{PLAN}.txt">{received}</a>' in _text(site, f"{tree}plans/{PLAN}.html")


def _take_in(folder: Path, plan_id: str, name: str, data: bytes) -> SimpleNamespace:
    """A plan that came as a file, and the collection that was made from it."""
    about = PlanFacts("Kế hoạch", "Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai", "unknown", date(2025, 1, 2))  # fmt: skip
    register(Received(Path(name), data, Taken("KẾ HOẠCH\n1. Sở Y tế.\n")), folder, plan_id, about)
    (source,) = (folder / plan_id).glob("original.*")
    assert source.read_bytes() == data
    from khplans.intake import load_plan

    plan = load_plan(folder / plan_id)
    main = {"sha256": plan.sha256, "parent_document_id": None}
    return SimpleNamespace(plans={plan_id: PlanFile(plan_id, plan.source.text, (main,))})


@pytest.mark.parametrize(
    ("name", "form"), [("a.docx", "docx"), ("a.html", "html.txt")], ids=["Word", "web page"]
)
def test_a_file_without_pages_is_published_and_no_script_in_it_runs(
    tmp_path: Path, name: str, form: str
) -> None:
    data = b"<html><script>alert(1)</script></html>"
    if name.endswith("docx"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word/document.xml", "x")
        data = packed.getvalue()
    collection: Any = _take_in(tmp_path, "mot-ke-hoach", name, data)
    (received,) = read_received(tmp_path, read_sources(tmp_path, collection)).values()
    assert received.path == f"originals/mot-ke-hoach/original.{form}"
    other = PlanFile("mot-ke-hoach", "another text", collection.plans["mot-ke-hoach"].documents)
    collection.plans["mot-ke-hoach"] = other
    assert read_sources(tmp_path, collection) == {}


def test_an_inferred_lead_reads_so_and_a_stated_one_does_not(site: Path, collection: Path) -> None:
    read = SiteData(collection)
    inferred = {
        part["task_id"]
        for part in read.tables["task_agencies"]
        if part["basis"] in INFERRED["task_agencies", "basis"]
    }
    marked = total = 0
    for path in sorted([*site.glob("plans/khanh*.html"), *site.glob("plans/*/*.html"), *site.glob("plans/dien*.html")]):  # fmt: skip
        notes = re.findall(r'<li class="t".*?</li>', path.read_text("utf-8"))
        total += len(notes)
        marked += sum('class="kh-inferred">suy ra' in note for note in notes)
    assert (marked, total) == (len(inferred), len(read.tables["tasks"]))
    assert 0 < marked < total


def test_a_cited_law_shows_its_title(site: Path) -> None:
    note = re.search(r'<li class="c"[^>]*><b>Viện dẫn</b> <a [^>]*>Nghị quyết 115/NQ-HĐND.*?</li>', _text(site, f"plans/{PLAN}.html"))  # fmt: skip
    assert note
    assert "Kế hoạch phát triển kinh tế - xã hội năm 2024" in note[0]


def _open_task(page: Any) -> str:
    """Choose the first task of a page; gives its place."""
    mark = page.locator("main mark.t[id^='tasks/']").first
    mark.click()
    place: str = mark.get_attribute("id")
    return place


@pytest.mark.parametrize(("tree", "asked"), [("", "Vì sao"), ("en/", "Why")])
def test_a_row_tells_the_rules_behind_it_even_from_a_folder(
    open_page: Open, site: Path, tree: str, asked: str
) -> None:
    watched = open_page((site / f"{tree}plans/{PLAN}.html").as_uri())
    page = watched.page
    _open_task(page)
    assert not [url for url in watched.requests if "/why/" in url]
    page.locator(".kh-pop summary", has_text=asked).first.click()
    page.wait_for_selector(".kh-why li")
    assert page.locator(".kh-why li code").count() > 3
    verdict = page.locator(".kh-why p").first.inner_text()
    assert verdict in (
        "Quy tắc đọc hôm nay vẫn cho đúng dòng này.",
        "Today’s rules give this very row.",
    )
    assert watched.complaints == []


def test_reasons_that_can_not_be_had_are_said_to_be_so(open_page: Open, address: str) -> None:
    page = open_page(f"{address}en/plans/{PLAN}.html").page
    page.route("**/static/why/**", lambda route: route.abort())
    _open_task(page)
    page.locator(".kh-pop summary").first.click()
    expect(page.locator(".kh-why p").first).to_have_text(re.compile("could not be loaded"))


@pytest.mark.parametrize("place", ["%E0%A4%A", "%", "tasks/%FF"])
def test_an_address_that_names_nothing_harms_nothing(
    open_page: Open, address: str, place: str
) -> None:
    watched = open_page(f"{address}plans/{PLAN}.html#{place}")
    _open_task(watched.page)
    assert watched.complaints == []


def test_reasons_are_those_that_why_gives_and_few(site: Path, collection: Path) -> None:
    from conftest import REPOSITORY

    from khplans.intake import load_plan
    from khplans.why import why

    said: dict[str, Any] = {}
    for path in sorted((site / "static" / "why" / PLAN).glob("*.js")):
        text = path.read_text("utf-8")
        assert len(text) < 150_000
        data = json.loads(text.removeprefix("khWhy(").removesuffix(");\n"))
        for place, (found, changed, numbers) in data["rows"].items():
            assert len(numbers) <= 40
            said[place] = (found, changed, {tuple(data["rules"][data["told"][n][0]][:2]) for n in numbers})  # fmt: skip
    task = SiteData(collection).of_plan("tasks", PLAN)[0]
    own = why(load_plan(REPOSITORY / "plans" / PLAN), "tasks", task["task_id"], task)
    found, changed, rules = said[f"tasks/{task['task_id']}"]
    assert (found, changed) == (1, [])
    assert rules == {(reason.table, reason.rule) for reason in own.reasons}


def test_a_chosen_row_stays_in_the_address_and_its_citation_is_copied(
    open_page: Open, address: str
) -> None:
    watched = open_page(f"{address}plans/{PLAN}.html", permissions=["clipboard-read", "clipboard-write"])  # fmt: skip
    page = watched.page
    place = _open_task(page)
    assert page.evaluate("decodeURIComponent(location.hash.slice(1))") == place
    page.get_by_role("button", name="chép", exact=True).first.click()
    expect(page.get_by_role("button", name="đã chép", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-row pre code").first.text_content()
    assert copied.count(f"{SITE}plans/{PLAN}.html#tasks/") == 1
    page.get_by_role("button", name="Trích dẫn dòng này").first.click()
    expect(page.locator("#cite-row")).to_be_in_viewport()
    assert page.evaluate("decodeURIComponent(location.hash.slice(1))") == place
    assert watched.complaints == []


def test_an_error_in_a_row_is_reported_with_its_address_and_words(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}en/plans/{PLAN}.html").page
    _open_task(page)
    assert "names nobody to whom errors could be reported" in page.locator(".kh-pop").inner_text()
    page.keyboard.press("Escape")
    page.evaluate(
        "self.khReportLink = (address, words) => { const link = document.createElement('a');"
        " link.href = 'mailto:a@b.vn?body=' + encodeURIComponent(address + ' ' + words);"
        " link.textContent = 'Report an error'; return link; }"
    )
    place = _open_task(page)
    link = page.locator(".kh-pop a", has_text="Report an error").first.get_attribute("href")
    said = page.evaluate("link => decodeURIComponent(decodeURIComponent(link))", link)
    assert said.startswith(f"mailto:a@b.vn?body=#{place} ")
    assert len(said) > len(place) + 60


_OWN = re.compile(r"(en/)?(plans|measures|pictures|graph|originals)\b")


def test_headings_are_in_order(site: Path) -> None:
    seen = 0
    for path in sorted(site.rglob("*.html")):
        if not _OWN.match(path.relative_to(site).as_posix()):
            continue
        article = path.read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", article)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), path  # fmt: skip
        seen += 1
    assert seen > 100


def test_every_page_has_its_breadcrumbs_and_a_picture_for_shared_links(site: Path) -> None:
    from PIL import Image

    own = set()
    for path in sorted(site.rglob("*.html")):
        name, text = path.relative_to(site).as_posix(), path.read_text("utf-8")
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        trails = [one for one in map(json.loads, scripts) if one["@type"] == "BreadcrumbList"]
        assert len(trails) == 1, name
        items = trails[0]["itemListElement"]
        assert [item["position"] for item in items] == [*range(1, len(items) + 1)]
        assert all(item["item"].startswith(SITE) and item["name"].strip() for item in items)
        for item in items[:-1]:
            assert (site / (item["item"].removeprefix(SITE) or "index.html")).is_file(), name
        assert items[-1]["item"].removeprefix(SITE) in (name, "" if name == "index.html" else name)
        picture = re.search(rf'<meta property="og:image" content="{SITE}([^"]+)">', text)
        assert picture, name
        own.add(picture[1])
    assert len(own) > 20
    for name in own:
        data = (site / name).read_bytes()
        assert Image.open(io.BytesIO(data)).size == (WIDTH, HEIGHT)
        assert len(data) < 60_000
    third = _text(site, "en/plans/khanh-hoa-6047-kh-ubnd-2023/2.html")
    assert '"name": "Plans", "position": 2' in third
    assert 'content="https://khplans.example.vn/cards/en/plans/khanh-hoa-6047-kh-ubnd-2023.png"' in third  # fmt: skip


def test_a_card_takes_any_title_and_needs_an_address() -> None:
    from khplans.settings import Settings

    data: Any = None
    catalogue = Catalogue(data, "1.0.0", None, {}, Settings(address=SITE))
    for title in ("", "Ư" * 500, "một hai ba " * 60, "\u202ea\x00b"):
        made = card(catalogue, vi, title, title)
        assert made.startswith(b"\x89PNG")
        assert made == card(catalogue, vi, title, title)
    page = SitePage(vi, "plans/a", "A", "")
    add_card(catalogue, page, "A", "B")
    assert list(page.files) == ["cards/plans/a.png"] == [page.picture]
    bare: Any = SimpleNamespace(settings=Settings())
    add_card(bare, other := SitePage(en, "plans/a", "A", ""), "A", "B")
    assert (other.files, other.picture) == ({}, "")


@pytest.mark.parametrize("width", [1280, 390])
def test_cells_of_a_plan_s_table_have_room(open_page: Open, address: str, width: int) -> None:
    size = {"width": width, "height": 900}
    page = open_page(address + "plans/khanh-hoa-4969-kh-ubnd-2024.html", viewport=size).page
    cells = page.locator(".kh-rows").first.locator("tr:nth-child(2) td:not(:first-child)")
    pads = cells.evaluate_all("cells => cells.map((c) => parseFloat(getComputedStyle(c).paddingLeft))")  # fmt: skip
    assert min(pads) > 5
    assert min(cells.evaluate_all("cells => cells.map((c) => c.offsetWidth)")) > 100
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
