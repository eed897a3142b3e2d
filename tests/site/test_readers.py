"""What readers come for, done as they would do it, in both languages, on a desk and on a phone."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from conftest import SITE, Watched
from playwright.sync_api import Page, expect

from khplans import __version__
from khplans.site.data import SiteData

Open = Callable[..., Watched]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
TREES = pytest.mark.parametrize("tree", ["", "en/"], ids=["vi", "en"])


def _home(open_page: Open, address: str, tree: str, size: dict[str, int]) -> Page:
    return open_page(f"{address}{tree}index.html", viewport=size).page


def _search(page: Page, typed: str) -> None:
    glass = page.locator("label.md-header__button[for=__search]")
    if glass.is_visible():  # on a phone
        glass.click()
    page.fill("#kh-q", typed)
    page.wait_for_selector("#kh-hits a.kh-hit")


def _section(page: Page, name: str) -> None:
    """Open a section by its tab, on a phone in the drawer."""
    tab = page.locator(".md-tabs__link", has_text=name)
    if not tab.is_visible():
        page.locator("label.md-header__button[for=__drawer]").click()
        tab = page.locator(".md-sidebar--primary").get_by_role("link", name=name, exact=True)
    tab.click()


@SIZES
@TREES
def test_what_must_so_y_te_finish_in_2024_and_where_does_it_say_so(
    open_page: Open, address: str, collection: Path, tree: str, size: dict[str, int]
) -> None:
    read = SiteData(collection)
    parts = {
        part["task_id"] for part in read.agency_parts["khanh-hoa-so-y-te"] if part["role"] == "lead"
    }
    wanted = [
        task for task in read.tables["tasks"]
        if task["task_id"] in parts and task["deadline"] and task["deadline"].year == 2024
    ]  # fmt: skip
    assert wanted
    page = _home(open_page, address, tree, size)
    _search(page, "so y te")
    page.locator("#kh-hits a.kh-hit").first.click()
    page.wait_for_url(f"**/{tree}agencies/khanh-hoa-so-y-te.html")
    page.locator(".kh-lead a[href='#lead-2024']").click()
    rows = page.locator("#lead-2024 + .kh-scroll tbody tr")
    expect(rows.first).to_be_in_viewport()
    assert rows.count() == len(wanted)
    rows.first.get_by_role("link").last.click()
    page.wait_for_selector("mark.kh-on")
    expect(page.locator("mark.t.kh-on").first).to_be_in_viewport()
    lit = " ".join("".join(page.locator("mark.t.kh-on").all_text_contents()).split())
    spans = (read.plan_of(task).text[task["start"] : task["end"]] for task in wanted)
    assert lit in {" ".join(span.split()) for span in spans}


@SIZES
@TREES
def test_how_the_grdp_target_moved_from_2021_to_2030(
    open_page: Open, address: str, tree: str, size: dict[str, int]
) -> None:
    page = _home(open_page, address, tree, size)
    page.locator(".kh-asked a[href*='measures/']").click()
    page.wait_for_url(f"**/{tree}measures/grdp-growth.html")
    said = page.locator(".kh-summary li").all_inner_texts()
    (khanh_hoa,) = [line for line in said if line.startswith("Khánh Hòa")]
    comma = "," if not tree else "."
    assert re.search(rf"8{comma}1%.* 2024.*8{comma}3%.*2021–2030", khanh_hoa)
    shown = page.locator("svg.kh-chart text.v").all_text_contents()
    assert {f"8{comma}1%", f"8{comma}3%"} <= {text.split(" ")[0] for text in shown}
    inside = page.locator("svg.kh-chart text.v").evaluate_all(
        "texts => texts.every(t => { const a = t.getBoundingClientRect(),"
        " b = t.ownerSVGElement.getBoundingClientRect();"
        " return a.left >= b.left - 1 && a.right <= b.right + 1; })"
    )
    assert inside
    page.locator(".kh-summary a").first.click()
    page.wait_for_selector("mark.i.kh-on")
    expect(page.locator("mark.i.kh-on").first).to_be_in_viewport()


@SIZES
@TREES
def test_which_plans_rest_on_09_nq_tw(
    open_page: Open, address: str, tree: str, size: dict[str, int]
) -> None:
    page = _home(open_page, address, tree, size)
    _search(page, "09-nq/tw")
    page.locator("#kh-hits a.kh-hit").first.click()
    page.wait_for_url(f"**/{tree}instruments/*")
    assert "3" in page.inner_text("#cited")
    plans = {
        re.split(r"\.html|/", unquote(link).split("/plans/")[1])[0]
        for link in page.locator("main .kh-scroll a").evaluate_all(
            "links => links.map(a => a.href).filter(a => a.includes('/plans/'))"
        )
    }
    assert plans == {
        "khanh-hoa-173-qd-ubnd-2024", "khanh-hoa-4969-kh-ubnd-2024", "khanh-hoa-6047-kh-ubnd-2023",
    }  # fmt: skip


@SIZES
@TREES
def test_everything_due_in_the_second_quarter_of_2024_as_a_spreadsheet(
    open_page: Open, address: str, collection: Path, tree: str, size: dict[str, int]
) -> None:
    page = _home(open_page, address, tree, size)
    _section(page, "Deadlines" if tree else "Thời hạn")
    page.wait_for_url(f"**/{tree}deadlines.html")
    page.locator("#y2024 ~ .kh-year .kh-quarter > a").nth(1).click()
    page.wait_for_selector("#explorer[data-ready]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    task_id, due = map(head.index, ("Task id", "Due") if tree else ("Mã nhiệm vụ", "Hạn"))
    got = sorted((row[task_id], row[due].date()) for row in rows)
    first, last = datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)
    assert got == sorted(
        (task["task_id"], task["deadline"])
        for task in SiteData(collection).tables["tasks"]
        if task["deadline"] and first <= task["deadline"] <= last
    )
    assert got


@SIZES
def test_a_row_is_cited_in_three_ways(open_page: Open, address: str, size: dict[str, int]) -> None:
    url = f"{address}plans/khanh-hoa-4969-kh-ubnd-2024.html#tasks/khanh-hoa-4969-kh-ubnd-2024:PL:25"
    page = open_page(url, viewport=size).page
    page.locator("mark.t.kh-on").first.click()
    page.locator(".kh-pop .kh-cite-this").first.click()
    expect(page.locator("#cite-row")).to_be_in_viewport()
    vietnamese, apa, bibtex = page.locator("#cite-row pre code").all_inner_texts()
    place = url.removeprefix(address)
    for cited in (vietnamese, apa, bibtex):
        assert f"{SITE}{place}" in cited
        assert "Đẩy nhanh tiến độ" in cited
        assert "⟦" not in cited
    assert "phiên bản" in vietnamese
    assert re.match(r"khplans\. \(\d{4}\)\. .* \(Version \d.*\) \[Data set\]\. https", apa)
    key = f"khplans-{__version__}-tasks-khanh-hoa-4969-kh-ubnd-2024-PL-25"
    assert bibtex.startswith(f"@misc{{{key},\n  author")
    assert bibtex.count("{") == bibtex.count("}")
    assert page.url == url
    copied = page.locator("#cite-row pre .md-clipboard, #cite-row pre .md-code__button")
    expect(copied).to_have_count(3)


def test_every_page_and_every_row_is_cited_by_a_key_of_its_own(
    open_page: Open, site: Path, address: str
) -> None:
    keys = Counter(
        key
        for path in sorted(site.rglob("*.html"))
        if path.relative_to(site).parts[0] != "en"
        for key in re.findall(r"@misc\{([^,⟦]+),", path.read_text("utf-8"))
    )
    assert len(keys) > 100
    assert [key for key, times in keys.items() if times > 1] == []
    assert all(re.fullmatch(r"[\x21-\x7e]+", key) for key in keys)
    page = open_page(f"{address}plans/khanh-hoa-4969-kh-ubnd-2024.html").page
    found = set()
    rows = page.locator(".kh-doc [id^='tasks/']")
    ids = rows.evaluate_all("rows => rows.map(row => row.id)")[:12]
    for place in ids:
        page.evaluate("place => location.hash = place", place)
        bibtex = page.locator("#cite-row pre code").last
        expect(bibtex).to_contain_text("@misc{")
        page.wait_for_function(
            "place => decodeURI(document.querySelector('#cite-row pre code').textContent).includes(place)",
            arg=place,
        )
        found.add(bibtex.inner_text().split(",")[0])
    assert len(found) == len(ids) > 5
    assert all(key.isascii() for key in found)


@SIZES
def test_a_corrected_reading_shows_before_and_after(
    open_page: Open, address: str, collection: Path, size: dict[str, int]
) -> None:
    read = SiteData(collection)
    row = read.tables["corrections"][0]
    plan = read.plan_of(row).plan_id
    page = open_page(
        f"{address}plans/{plan}.html#corrections/{row['correction_id']}", viewport=size
    ).page
    page.wait_for_selector("mark.x.kh-on")
    assert row["before"] in "".join(page.locator("mark.x.kh-on").all_text_contents())
    shown = page.locator("mark.x.kh-on + ins").first
    assert shown.inner_text() == row["after"]
    expect(shown).to_be_visible()
    page.locator("mark.x.kh-on").first.click()
    assert row["after"] in page.inner_text(".kh-pop")


def test_warnings_are_seen_where_they_matter(
    open_page: Open, address: str, collection: Path
) -> None:
    read = SiteData(collection)
    grave = [
        row for row in read.tables["warnings"]
        if row["severity"] == "warning" and row["table"] in ("tasks", "indicators", "citations")
    ]  # fmt: skip
    assert grave
    row = grave[0]
    plan = f"{address}plans/{read.plan_of(row).plan_id}.html"
    page = open_page(f"{plan}#{row['table']}/{row['row_id']}", viewport=DESK).page
    note = page.locator(".kh-doc li.kh-on").filter(has_text=row["message"])
    expect(note.first).to_be_visible()
    page.goto(plan)
    assert page.locator(".kh-counts a[href*='warnings']").count() == 1
    page.goto(f"{address}quality.html")
    assert page.locator("#warnings ~ details").count() == len(
        {r["code"] for r in read.tables["warnings"]}
    )


@pytest.mark.parametrize(
    "path",
    [
        "index.html", "plans/khanh-hoa-4969-kh-ubnd-2024.html", "agencies/khanh-hoa-so-y-te.html",
        "measures/index.html", "deadlines.html", "quality.html", "dictionary.html", "themes/economy.html",
        "instruments/vn-trung-uong-dang-09-nq-tw-2022.html", "guide/journalist.html", "about.html",
    ],
)  # fmt: skip
def test_the_other_language_shows_the_same_place(open_page: Open, address: str, path: str) -> None:
    page = open_page(address + path, viewport={"width": 1280, "height": 600}).page
    middle = "(() => { const all = [...document.querySelectorAll('main [id]')].filter(e => e.offsetParent && !e.closest('#explorer')); return all.filter(e => e.getBoundingClientRect().top <= innerHeight / 2).at(-1)?.id || ''; })()"
    page.evaluate(
        "scrollTo({top: document.documentElement.scrollHeight * 0.45, behavior: 'instant'})"
    )
    page.wait_for_timeout(200)
    before = page.evaluate(middle)
    assert before
    # Without the pointer, which Playwright would bring to the link by scrolling.
    page.locator(".kh-language").evaluate("link => link.click()")
    page.wait_for_url(re.compile(f"/en/{re.escape(path)}"))
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(f"[id='{before}']").first).to_be_in_viewport()


def test_dates_and_numbers_are_written_as_each_language_does(open_page: Open, address: str) -> None:
    page = open_page(f"{address}agencies/khanh-hoa-so-y-te.html").page
    assert page.locator("#lead-2024 + .kh-scroll time").first.inner_text() == "31/12/2024"
    page.goto(f"{address}en/agencies/khanh-hoa-so-y-te.html")
    assert page.locator("#lead-2024 + .kh-scroll time").first.inner_text() == "31 December 2024"
    shown = page.locator("#lead-2024 + .kh-scroll time").first.get_attribute("datetime")
    assert shown == "2024-12-31"
    for tree, written in (("", "16.687"), ("en/", "16,687")):
        page.goto(f"{address}{tree}measures/state-budget-revenue.html")
        assert written in page.inner_text("main")


def test_a_downloaded_csv_opens_with_its_accents(open_page: Open, address: str) -> None:
    page = open_page(f"{address}tables/tasks.html?agency=khanh-hoa-so-y-te").page
    page.wait_for_selector("#explorer[data-ready]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").first.click()
    raw = Path(waiting.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(raw.decode("utf-8-sig"), newline="")
    rows = list(csv.DictReader(text, delimiter=";"))
    assert all("Sở Y tế" in f"{row['Chủ trì']}{row['Phối hợp']}" for row in rows)
    assert rows
