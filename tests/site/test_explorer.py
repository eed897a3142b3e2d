"""The explorer: what it shows first, narrows, takes back, and gives as a spreadsheet."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import SITE, Watched
from playwright.sync_api import Page, expect

from khplans.packages.canonical import read_package
from khplans.releases.excel_csv import EDITIONS, write_excel_csv
from khplans.releases.sheets import Sheets
from khplans.site.data import SiteData
from khplans.site.languages import en, vi
from khplans.site.pages.explorer_cells import signed
from khplans.site.stated import INFERRED, inferred_words
from khplans.tables.definition import TABLE_NAMES

Open = Callable[..., Watched]


@pytest.fixture(scope="module")
def read(collection: Path) -> SiteData:
    return SiteData(collection)


def _opened(open_page: Open, url: str, **options: object) -> Page:
    page = open_page(url, **options).page
    page.wait_for_selector("#explorer[data-ready]")
    return page


def _taken(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.click(f"[data-take={kind}]")
    return Path(waiting.value.path()).read_bytes()


def test_every_table_s_csv_is_the_release_s_edition_for_excel(
    open_page: Open, address: str, collection: Path, tmp_path: Path
) -> None:
    page = open_page("about:blank").page
    for sheet in Sheets(read_package(collection), SITE.rstrip("/")).sheets():
        name = sheet.table.name
        write_excel_csv(tmp_path / name, sheet, EDITIONS["excel-vi"])
        page.goto(f"{address}tables/{name}.html")
        page.wait_for_selector("#explorer[data-ready]")
        head, *wanted = _cells((tmp_path / name).read_bytes(), ";")
        first, *found = _cells(_taken(page, "csv"), ";")
        assert first == head
        assert sorted(found) == sorted(wanted), name


def _cells(data: bytes, separator: str) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator))


@pytest.mark.parametrize(
    ("tree", "titles", "sheets", "basis", "open_"),
    [
        ("", ("Hạn", "Chủ trì", "Căn cứ xác định cơ quan chủ trì", "Xem trong kế hoạch"), ["Dữ liệu", "Giới thiệu"], "Suy ra từ ô gộp", "mở"),
        ("en/", ("Due", "Lead", "How the lead is known", "See in the plan"), ["Data", "About"], "Inferred from a merged cell", "open"),
    ],
)  # fmt: skip
def test_the_workbook_has_dates_names_bases_links_and_filters(
    open_page: Open,
    address: str,
    tree: str,
    titles: tuple[str, ...],
    sheets: list[str],
    basis: str,
    open_: str,
) -> None:
    query = "?agency=khanh-hoa-so-y-te&role=lead"
    page = _opened(open_page, f"{address}{tree}tables/tasks.html{query}")
    book = openpyxl.load_workbook(io.BytesIO(_taken(page, "xlsx")))
    assert book.sheetnames == sheets
    sheet: Any = book.worksheets[0]
    head, *rows = list(sheet.iter_rows())
    places = [[cell.value for cell in head].index(title) for title in titles]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{head[-1].column_letter}{len(rows) + 1}"
    assert len(rows) == 9
    due, lead, known, link = ([row[place] for row in rows] for place in places)
    assert any(isinstance(cell.value, datetime.datetime) and cell.is_date for cell in due)
    assert all("Sở Y tế" in cell.value for cell in lead)
    assert basis in {cell.value for cell in known}
    assert {cell.value for cell in link} == {open_}
    assert all(f"{SITE}{tree}plans/" in cell.hyperlink.target for cell in link)
    about = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert [f"{SITE}{tree}tables/tasks.html{query}"] == [v for _, v in about if "tables/" in v]


def test_english_pages_give_commas_and_decimal_points(open_page: Open, address: str) -> None:
    page = _opened(open_page, f"{address}en/tables/indicators.html?change=decrease")
    head, *rows = _cells(_taken(page, "csv"), ",")
    value, signed = head.index("Value"), head.index("Signed value")
    assert rows
    assert all(row[signed] == f"-{row[value]}" for row in rows)
    high, signed_high = head.index("High value"), head.index("Signed high value")
    assert all(row[signed_high] == (f"-{row[high]}" if row[high] else "") for row in rows)
    assert any("." in row[value] for row in rows)
    shown = page.locator("td[data-label=Value]").all_inner_texts()
    assert shown == [f"−{row[value]}" + (f"–{row[high]}" if row[high] else "") for row in rows]


@pytest.mark.parametrize("tree", ["", "en/"])
def test_rows_with_most_in_them_stand_first_and_inferred_is_told(
    open_page: Open, address: str, read: SiteData, tree: str
) -> None:
    words = en if tree else vi
    url = f"{address}{tree}tables/tasks.html"
    plain = open_page(url, java_script_enabled=False).page
    given = plain.locator(".kh-view tbody tr").all_inner_texts()
    page = _opened(open_page, url)
    cells = page.locator(".kh-view tbody tr").first.locator("td").all_inner_texts()
    assert all(cells)
    tops = page.locator(".kh-view tbody tr").all_inner_texts()[: len(given)]
    assert [text[:60] for text in tops] == [text[:60] for text in given]
    merged = sum(
        p["basis"] == "merged-cell" and p["role"] == "lead" for p in read.tables["task_agencies"]
    )
    said = inferred_words(words, "task_agencies", "basis")
    assert set(said) == INFERRED["task_agencies", "basis"]
    page.goto(f"{url}?plan=khanh-hoa-4969-kh-ubnd-2024&role=lead")
    page.wait_for_selector("#explorer[data-ready]")
    marks = page.locator(".kh-view .kh-inferred").all_inner_texts()
    assert 0 < marks.count(said["merged-cell"]) <= merged
    stated = page.locator(".kh-view tr", has_not=page.locator(".kh-inferred"))
    assert stated.count() > 0


def test_a_province_narrows_every_table_that_knows_it(
    open_page: Open, address: str, read: SiteData
) -> None:
    documents = read.by_key("documents")
    wanted = {
        "tasks": sum(
            documents[t["document_id"]]["province"] == "Điện Biên" for t in read.tables["tasks"]
        ),
        "agencies": sum(a["province"] == "Điện Biên" for a in read.tables["agencies"]),
        "instruments": len(
            {
                c["instrument_id"]
                for c in read.tables["citations"]
                if c["instrument_id"] and documents[c["document_id"]]["province"] == "Điện Biên"
            }
        ),
    }
    page = open_page("about:blank").page
    for name in sorted({*TABLE_NAMES} - {"pages", "units"}):
        page.goto(f"{address}tables/{name}.html")
        page.wait_for_selector("#explorer[data-ready]")
        chosen = page.locator("[name=province] option[value='Điện Biên']")
        expect(chosen).to_be_attached()
        count = int(chosen.inner_text().removeprefix("Điện Biên (").removesuffix(")"))
        assert wanted.get(name, count) == count, name
        page.select_option("[name=province]", "Điện Biên")
        expect(page.locator(".kh-count")).to_have_text(
            f"{count} trong {len(read.tables[name])} dòng"
        )


def test_counts_follow_the_other_filters(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html?agency=khanh-hoa-so-y-te")
    lead = page.locator("[name=role] option[value=lead]")
    expect(lead).to_have_text("Chủ trì (9)")
    page.select_option("[name=role]", "lead")
    expect(page.locator(".kh-count")).to_contain_text("9 trong")
    expect(page.locator("[name=province] option")).to_have_text(["tất cả", "Khánh Hòa (9)"])


def test_back_takes_back_a_filter_at_a_time(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html")
    count = page.locator(".kh-count")
    page.select_option("[name=role]", "lead")
    expect(count).to_contain_text("241 trong")
    page.locator("#kh-controls [name=q]").press_sequentially("y tế")
    expect(count).not_to_contain_text("241 trong")
    page.get_by_role("button", name="Thời hạn").click()
    expect(page.locator("th[aria-sort=ascending]")).to_be_visible()
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    page.go_back()  # all that was typed is one step
    expect(count).to_contain_text("241 trong")
    assert page.input_value("#kh-controls [name=q]") == ""
    page.go_back()
    expect(count).to_contain_text("289 trong 289")
    assert page.input_value("[name=role]") == ""
    page.go_forward()
    expect(count).to_contain_text("241 trong")


def test_the_focus_stays_after_sorting_and_paging(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html")
    focused = "document.activeElement.textContent"
    page.get_by_role("button", name="Nội dung").press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_be_visible()
    assert page.evaluate(focused).startswith("Nội dung")
    for number in range(2, 7):  # the last page too
        page.get_by_role("button", name="Sau →").press("Enter")
        expect(page.locator(".kh-pager")).to_contain_text(f"{number}/6")
        assert page.evaluate(focused) == "Sau →"


def test_an_empty_result_says_so_and_offers_a_way_back(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html?role=lead&q=zzz")
    empty = page.locator(".kh-empty")
    expect(empty).to_contain_text("Không có dòng nào khớp")
    empty.get_by_role("button", name="Bỏ điều kiện sau cùng – Chữ: “zzz”").click()
    expect(page.locator(".kh-count")).to_contain_text("241 trong")
    expect(empty).to_have_count(0)
    assert page.url.endswith("?role=lead")


def test_filters_that_are_on_are_seen_on_a_phone(open_page: Open, address: str) -> None:
    page = _opened(
        open_page,
        address + "en/tables/tasks.html?deadline=2024-04-01..2024-06-30&agency=khanh-hoa-so-y-te",
        viewport={"width": 390, "height": 844},
    )
    chips = page.locator(".kh-chips li")
    expect(chips).to_have_text(
        ["Deadline: from 1 April 2024 to 30 June 2024 ×", "Agency: Sở Y tế (Khánh Hòa) ×"]
    )
    assert not page.locator("#kh-controls").is_visible()
    expect(page.locator(".kh-filters")).to_have_text("Filters (2)")
    chips.first.locator("button").press("Enter")
    expect(chips).to_have_count(1)
    assert page.url.endswith("?agency=khanh-hoa-so-y-te")
    assert page.evaluate("document.activeElement.closest('.kh-chips') !== null")


@pytest.mark.parametrize(
    ("asked", "chips"),
    [
        ("length=9&item=1&utm_source=x", []),
        ("unit=constructor", ["Đơn vị: constructor ×"]),
        ("period=__proto__&value=x", ["Thời kỳ: __proto__ ×", "Giá trị: x ×"]),
        ("q=%F0%9F%98%80%00", ["Chữ: “😀␀” ×"]),
    ],
)
def test_an_address_that_asks_for_what_there_is_not_is_read_as_words(
    open_page: Open, address: str, asked: str, chips: list[str]
) -> None:
    page = _opened(open_page, f"{address}tables/indicators.html?{asked}")
    expect(page.locator(".kh-chips li")).to_have_text(chips)
    assert page.locator(".kh-warn").count() == 0
    assert (page.locator(".kh-empty").count() == 1) == bool(chips)


def test_a_page_or_a_day_that_there_is_not_is_none(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html?page=1e308")
    expect(page.locator(".kh-pager")).to_contain_text("6/6")
    assert page.locator("tbody tr").count() > 0
    assert page.url.endswith("?page=6")
    page = _opened(open_page, address + "tables/tasks.html?deadline=x..2024-13-01")
    expect(page.locator(".kh-chips li")).to_have_text("Thời hạn: từ x đến 2024-13-01 ×")


def test_a_range_shows_both_ends_with_its_sign(
    open_page: Open, address: str, read: SiteData
) -> None:
    rows = [row for row in read.tables["indicators"] if row["value_high"] is not None]
    page = open_page("about:blank").page
    for tree, words in (("", vi), ("en/", en)):
        page.goto(f"{address}{tree}tables/indicators.html?value_high={rows[0]['value_high']:g}")
        page.wait_for_selector("#explorer[data-ready]")
        wanted = {signed(words, row) for row in rows if row["value_high"] == rows[0]["value_high"]}
        label = words("Giá trị", "Value")
        assert set(page.locator(f"td[data-label='{label}']").all_inner_texts()) == wanted
        assert all("–" in text for text in wanted)


def test_a_row_on_a_phone_is_as_wide_as_its_card(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html", viewport={"width": 390, "height": 844})
    row = page.locator(".kh-view tbody tr").first
    widths = row.locator("td:not(:empty)").evaluate_all("cells => cells.map((c) => c.offsetWidth)")
    assert set(widths) == {row.evaluate("row => row.clientWidth")}


def test_the_filters_of_a_phone_are_all_as_wide(open_page: Open, address: str) -> None:
    page = _opened(open_page, address + "tables/tasks.html", viewport={"width": 390, "height": 844})
    page.locator(".kh-filters").click()
    widths = page.locator("#kh-controls select").evaluate_all("all => all.map((s) => s.offsetWidth)")  # fmt: skip
    assert len(widths) > 3
    assert len(set(widths)) == 1
