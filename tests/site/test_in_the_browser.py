"""The site in a real browser: found, explored, traced, with nothing asked of anyone else."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import KINDS, Watched
from playwright.sync_api import expect

Open = Callable[..., Watched]


@pytest.mark.parametrize("path", [*KINDS, *(f"en/{kind}" for kind in KINDS)])
def test_pages_are_quiet_ask_nobody_and_fit_a_phone(
    open_page: Open, address: str, path: str
) -> None:
    watched = open_page(address + path, viewport={"width": 320, "height": 640})
    watched.page.wait_for_load_state("networkidle")
    assert watched.complaints == []
    assert {
        url for url in watched.requests if not url.startswith((address, "data:", "blob:"))
    } == set()
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["releases/1.0.0.html", "en/releases/1.0.0.html", "404.html"])
def test_pages_of_what_is_published_are_quiet_too(
    open_page: Open, serve: Callable[[Path], str], published: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "ke-hoach").symlink_to(published)  # as its address has it
    address = f"{serve(tmp_path)}ke-hoach/"
    watched = open_page(address + path, viewport={"width": 320, "height": 640})
    watched.page.wait_for_load_state("networkidle")
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert watched.page.evaluate("document.styleSheets.length") > 0


@pytest.mark.parametrize("path", ["missing.html", "en/plans/missing/2.html"])
def test_the_page_of_what_is_missing_finds_a_site_without_address(
    open_page: Open, serve: Callable[[Path], str], site: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "ke-hoach").symlink_to(site)
    address = f"{serve(tmp_path)}ke-hoach/"
    tags = "".join(
        f'<script src="{"../" * up}static/js/lost.js" defer></script>' for up in range(4)
    )
    lost = (site / "404.html").read_text("utf-8").replace("</body>", f"{tags}</body>")
    page = open_page(address).page
    page.route(address + path, lambda route: route.fulfill(body=lost, content_type="text/html"))
    page.goto(address + path, wait_until="networkidle")
    home = page.get_by_role("link", name="trang chủ")
    assert home.evaluate("link => link.href") == f"{address}index.html"
    assert page.evaluate("document.styleSheets.length") > 0
    assert page.evaluate("self.khPage?.root") == address
    assert page.locator("img:visible").first.evaluate("image => image.naturalWidth") > 0


def test_what_the_watch_is_for_is_seen(
    open_page: Open, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    tmp_path.joinpath("index.html").write_text(
        "<!doctype html><div style='width: 900px'>x</div><script>console.error('said')</script>"
        "<script src=missing.js></script><img src='https://example.org/x.png'><script>throw Error('thrown')</script>"
    )
    address = serve(tmp_path)
    watched = open_page(address + "index.html", viewport={"width": 320, "height": 640})
    watched.page.wait_for_load_state("networkidle")
    complaints = " ".join(watched.complaints)
    for seen in ("said", "thrown", "404", "https://example.org/x.png"):
        assert seen in complaints
    assert "https://example.org/x.png" in watched.requests
    assert watched.page.evaluate("document.documentElement.scrollWidth") > 320


def test_the_policy_keeps_foreign_scripts_styles_and_requests_out(
    open_page: Open, address: str
) -> None:
    watched = open_page(address + "plans/khanh-hoa-4969-kh-ubnd-2024.html")
    watched.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p id=x style=\"color: red\" onclick=\"window.hit = 1\">x</p>');"
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        "const i = document.createElement('img'); i.src = 'https://example.org/x.png'; document.body.append(i);"
    )
    watched.page.evaluate("document.getElementById('x').click()")
    assert watched.page.evaluate("[window.ran, window.hit]") == [None, None]
    assert (
        watched.page.evaluate("getComputedStyle(document.getElementById('x')).color")
        != "rgb(255, 0, 0)"
    )
    refused = " ".join(said for said in watched.complaints if "Content Security Policy" in said)
    for directive in ("script-src", "style-src", "img-src"):
        assert directive in refused


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("so y te", "Sở Y tế"),
        ("Sở Y tế", "Sở Y tế"),
        ("SNN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("so ke hoach dau tu", "Sở Kế hoạch và Đầu tư"),
        ("09-NQ/TW", "Nghị quyết 09-NQ/TW"),
        ("grdp", "GRDP"),
        ("9902", "9902/KH-UBND"),
    ],
)
def test_search_ranks_what_was_meant_first(
    open_page: Open, address: str, typed: str, title: str
) -> None:
    page = open_page(address + "about.html").page
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(page.locator("#kh-hits a.kh-hit .kh-hit-title").first).to_contain_text(title)


@pytest.mark.parametrize(
    "typed", ["khanh hoa", "Khánh Hoà", "KHÁNH HÒA", "dau tu cong", "đầu tư công"]
)
def test_search_shows_the_matched_words(open_page: Open, address: str, typed: str) -> None:
    from khplans.text.fold import fold

    page = open_page(address + "search.html").page
    page.fill("#kh-search-q", typed)
    page.wait_for_selector("#kh-search-results mark")
    marked = page.locator("#kh-search-results li").first.locator("mark").all_inner_texts()
    assert fold(typed) in {fold(words) for words in marked}
    assert parse_qs(urlsplit(page.url).query) == {"q": [typed]}


def test_search_works_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(address + "index.html").page
    page.keyboard.press("/")
    page.keyboard.type("so y te")
    page.wait_for_selector("#kh-hits a.kh-hit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agencies/khanh-hoa-so-y-te.html")
    assert "Sở Y tế" in page.inner_text("h1")


def test_a_row_leads_to_its_words_and_the_words_to_their_row(
    open_page: Open, address: str, collection: Path
) -> None:
    page = open_page(
        address + "tables/tasks.html?q=bệnh viện", viewport={"width": 1280, "height": 800}
    ).page
    page.wait_for_selector("#explorer[data-ready]")
    row = page.locator(".kh-view tbody tr").first
    wanted = row.locator("td").nth(1).inner_text().split()[:5]
    row.locator("a").first.click()
    page.wait_for_selector("mark.kh-on")
    assert "#tasks/" in page.url
    lit = "".join(page.locator("mark.t.kh-on").all_text_contents()).split()[:5]
    assert lit == wanted
    expect(page.locator("mark.kh-on").first).to_be_in_viewport()
    page.locator("mark.t.kh-on").first.click()
    assert page.locator(".kh-pop li.t").count() >= 1
    page.keyboard.press("Escape")
    assert not page.locator(".kh-pop").is_visible()


def test_a_row_s_own_address_finds_its_words_on_whichever_page(
    open_page: Open, address: str, collection: Path
) -> None:
    from khplans.site.data import SiteData
    from khplans.site.markup import anchor, fragment

    read = SiteData(collection)
    task = max(read.of_plan("tasks", "khanh-hoa-6047-kh-ubnd-2023"), key=lambda row: row["start"])
    place = anchor("tasks", task["task_id"])
    page = open_page(f"{address}en/plans/khanh-hoa-6047-kh-ubnd-2023.html#{fragment(place)}").page
    page.wait_for_selector("mark.kh-on")
    assert re.search(r"/en/plans/khanh-hoa-6047-kh-ubnd-2023/\d+\.html#", page.url)
    assert page.locator("mark.kh-on").first.get_attribute("id") == place
    expect(page.locator("mark.kh-on").first).to_be_in_viewport()


def test_the_explorer_filters_shares_its_state_and_downloads(open_page: Open, address: str) -> None:
    url = address + "tables/tasks.html?deadline=2024-04-01..2024-06-30&sort=deadline"
    watched = open_page(url)
    page = watched.page
    page.wait_for_selector("#explorer[data-ready]")
    due = [text for text in page.locator(".kh-view td.due").all_inner_texts() if text]
    assert due
    months = {int(text.split("/")[1]) for text in due}
    assert months <= {4, 5, 6}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải các dòng này (CSV)").click()
    assert waiting.value.suggested_filename.startswith("khplans-tasks-")
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == len(due)
    assert all("2024-04-01" <= row["Hạn"] <= "2024-06-30" for row in rows)
    page.locator("[name=plan]").select_option(index=1)
    page.wait_for_url("**plan=*")
    again = open_page(page.url).page
    again.wait_for_selector("#explorer[data-ready]")
    assert again.inner_text(".kh-count") == page.inner_text(".kh-count")
    assert watched.complaints == []


def test_the_explorer_s_first_view_is_small(open_page: Open, address: str) -> None:
    watched = open_page(address + "tables/tasks.html?role=lead")
    watched.page.wait_for_selector("#explorer[data-ready]")
    assert len(watched.requests) <= 25


def test_sql_answers_in_the_browser(open_page: Open, address: str) -> None:
    watched = open_page(address + "sql.html")
    page = watched.page
    assert not [url for url in watched.requests if url.endswith((".wasm", ".sqlite"))]
    for button in page.locator("[data-sql]").all():
        button.click()
        expect(page.locator("#kh-sql-state")).to_contain_text(re.compile(r"\d+ (dòng|rows)"))
        assert page.locator("#kh-sql-result tbody tr").count() > 0, button.inner_text()
    assert watched.complaints == []
    page.fill("#kh-sql-text", "SELECT nonsense")
    page.get_by_role("button", name="Chạy").click()
    expect(page.locator("#kh-sql-state")).to_contain_text("nonsense")


def test_the_language_switch_keeps_the_place(open_page: Open, address: str) -> None:
    page = open_page(address + "tables/tasks.html?role=lead#dictionary").page
    page.wait_for_selector("#explorer[data-ready]")
    page.click(".kh-language")
    page.wait_for_url("**/en/tables/tasks.html?role=lead#dictionary")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click(".kh-language")
    page.wait_for_url(address + "tables/tasks.html?role=lead#dictionary")


def test_it_opens_from_a_folder(open_page: Open, site: Path) -> None:
    watched = open_page((site / "index.html").as_uri())
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.type("so y te")
    page.wait_for_selector("#kh-hits a.kh-hit")
    page.locator("#kh-hits a.kh-hit").first.click()
    page.wait_for_url("file://**/agencies/khanh-hoa-so-y-te.html")
    page.goto((site / "tables" / "tasks.html").as_uri())
    page.wait_for_selector("#explorer[data-ready]")
    page.locator("[name=agency]").select_option("khanh-hoa-so-y-te")
    page.get_by_role("button", name="Thời hạn").click()
    expect(page.locator(".kh-view th[aria-sort=ascending]")).to_be_visible()
    leads = page.locator(".kh-view tbody tr").count()
    assert 0 < leads < 50
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải các dòng này (CSV)").click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))) == leads
    link = page.locator('#downloads ~ div a[href$="tasks.csv"]').first
    target: Any = link.evaluate("a => a.href")
    assert Path(target.removeprefix("file://")).is_file()
    page.goto((site / "sql.html").as_uri())
    page.locator("[data-sql]").first.click()
    expect(page.locator("#kh-sql-state")).to_contain_text(re.compile(r"\d+ dòng"))
    assert not [url for url in watched.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert watched.complaints == []


def test_without_scripts_a_table_is_still_there(open_page: Open, address: str) -> None:
    page = open_page(address + "tables/tasks.html", java_script_enabled=False).page
    assert page.locator("#explorer tbody tr").count() >= 5
    assert not page.locator("#kh-q").is_visible()  # it could find nothing
    page.goto(address + "plans/khanh-hoa-4969-kh-ubnd-2024.html")
    assert page.locator("main mark.t").count() > 10


def test_dark_is_kept_and_print_shows_the_words(open_page: Open, address: str) -> None:
    page = open_page(address + "plans/khanh-hoa-4969-kh-ubnd-2024.html", color_scheme="light").page
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.click(".md-header [for=__palette_1]")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto(address + "about.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    assert page.locator("h1").is_visible()


def test_a_hostile_plan_runs_nothing_wherever_its_words_are_shown(
    open_page: Open, serve: Callable[[Path], str], hostile_site: Path
) -> None:
    address = serve(hostile_site)
    watched = open_page(address + "index.html")
    page = watched.page
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.keyboard.press("/")
    page.keyboard.type("script alert")
    page.wait_for_selector("#kh-hits a.kh-hit")
    assert "<script>alert" in page.inner_text("#kh-hits")
    page.goto(address + "search.html?q=onerror")
    page.wait_for_selector("#kh-search-results li")
    page.goto(address + "tables/tasks.html")
    page.wait_for_selector("#explorer[data-ready]")
    assert '<script>alert("task")' in page.inner_text(".kh-view")
    page.goto(address + "plans/thu-nghiem-77.html")
    page.locator("main mark.t[data-k]").first.click()
    page.locator(".kh-pop .kh-cite-this").first.click()
    assert "<script>alert" in page.inner_text("#cite-row")
    page.goto(address + "sql.html")
    page.fill("#kh-sql-text", "SELECT text FROM tasks")
    page.get_by_role("button", name="Chạy").click()
    page.wait_for_selector("#kh-sql-result tbody tr")
    assert '<script>alert("task")' in page.inner_text("#kh-sql-result")
    assert said == []
    assert [found for found in watched.complaints if "ERR_" not in found] == []
    assert not [url for url in watched.requests if "evil.example" in url]


@pytest.mark.parametrize("tree", ["", "en/"])
def test_the_explorer_writes_periods_as_the_pages_do(
    open_page: Open, address: str, collection: Path, tree: str
) -> None:
    from khplans.site.data import SiteData
    from khplans.site.languages import en, vi

    words = en if tree else vi
    rows = SiteData(collection).tables["indicators"]
    wanted = {words.period(row["period"]) for row in rows if row["period"]}
    seen: set[str] = set()
    page = open_page(f"{address}{tree}tables/indicators.html?sort=period").page
    page.wait_for_selector("#explorer[data-ready]")
    while True:
        seen |= set(
            page.locator("td[data-label='Thời kỳ'], td[data-label='Period']").all_inner_texts()
        )
        following = page.locator(".kh-pager button").last
        if not following.is_visible() or following.is_disabled():
            break
        before = page.inner_text(".kh-view tbody")
        following.click()
        page.wait_for_function(
            "before => document.querySelector('.kh-view tbody').innerText !== before", arg=before
        )
    assert {text for text in seen if text} == wanted


@pytest.mark.parametrize("path", ["tables/tasks.html", "en/tables/indicators.html"])
def test_tables_of_reference_are_whole_on_a_phone(open_page: Open, address: str, path: str) -> None:
    page = open_page(address + path, viewport={"width": 390, "height": 844}).page
    tables = page.locator(".kh-scroll")
    assert tables.count() > 0
    assert not any(tables.evaluate_all("all => all.map((t) => t.scrollWidth > t.clientWidth + 1)"))
