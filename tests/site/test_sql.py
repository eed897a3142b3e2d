"""The SQL page: the question in the address, what was asked before, errors in words, rows that lead back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Watched
from playwright.sync_api import Page, expect

Open = Callable[..., Watched]
ONE = "SELECT task_id, document_id FROM tasks LIMIT 1"


def _ask(page: Page, query: str) -> None:
    page.fill("#kh-sql-text", query)
    page.press("#kh-sql-text", "Control+Enter")


def test_back_asks_the_question_before_and_a_link_asks_it_again(
    open_page: Open, address: str
) -> None:
    watched = open_page(f"{address}en/sql.html#q={quote('SELECT 41 + 1 AS x')}")
    page = watched.page
    cells, state = page.locator("#kh-sql-result td"), page.locator("#kh-sql-state")
    expect(cells).to_have_text(["42"])
    expect(state).to_contain_text(re.compile(r"^1 row, \d+ ms"))
    _ask(page, "SELECT 1 UNION SELECT 2")
    expect(state).to_contain_text("2 rows")
    assert page.url.endswith(f"#q={quote('SELECT 1 UNION SELECT 2')}")
    page.go_back()
    expect(cells).to_have_text(["42"])
    assert page.input_value("#kh-sql-text") == "SELECT 41 + 1 AS x"
    assert watched.complaints == []


def test_what_was_asked_is_listed_and_can_be_forgotten(open_page: Open, address: str) -> None:
    page = open_page(address + "sql.html").page
    listed = page.locator("#kh-sql-history")
    expect(listed).to_be_hidden()
    for query in ("SELECT 1 AS a", "SELECT 2 AS a", "SELECT 1 AS a"):
        _ask(page, query)
        expect(page.locator("#kh-sql-result td")).to_have_text([query[7]])
    page.reload()
    listed.locator("summary").click()
    expect(listed.locator("li")).to_have_text(["SELECT 1 AS a", "SELECT 2 AS a"])
    listed.locator("li button").last.click()
    expect(page.locator("#kh-sql-result td")).to_have_text(["2"])
    listed.locator("[data-clear]").click()
    expect(listed).to_be_hidden()


_WRONG = [
    ("SELECT * FROM taks", "Không có bảng “taks”", "There is no table “taks”"),
    ("SELECT nonsense FROM tasks", "Không có cột “nonsense”", "have no column “nonsense”"),
    ("SELEC 1", "sai cú pháp ở gần “SELEC”", "syntax is wrong near “SELEC”"),
    ("SELECT (1", "còn thiếu phần cuối", "is not finished"),
    ("SELECT f(1)", "không có hàm “f”", "no function “f”"),
    ("SELECT start FROM tasks JOIN indicators", "có ở nhiều bảng", "Several of the tables"),
    ("DELETE FROM tasks", "chỉ để đọc", "for reading only"),
    (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT printf('%.*c', 1000000, 'x') FROM n",
        "Kết quả quá lớn", "result is too large",
    ),
    ("PRAGMA query_only = 0; DELETE FROM tasks", "chỉ để đọc", "for reading only"),
    ("SELECT 'a", "Không hiểu", "is not understood"),
    ("SELECT 1 UNION SELECT 1, 2", "số cột bằng nhau", "the same number of columns"),
    ("SELECT 1 FROM tasks WHERE count(*) > 1", "dùng HAVING", "use HAVING"),
]  # fmt: skip


@pytest.mark.parametrize("language", [1, 2])
def test_errors_are_told_in_the_reader_s_language_with_sqlite_s_own_words(
    open_page: Open, address: str, language: int
) -> None:
    page = open_page(f"{address}{('', 'en/')[language - 1]}sql.html").page
    state = page.locator("#kh-sql-state")
    for wrong in _WRONG:
        _ask(page, wrong[0])
        expect(state).to_contain_text(wrong[language])
        expect(state).to_contain_text("SQLite: ")
    expect(page.locator("#kh-sql-save")).to_be_disabled()


@pytest.mark.parametrize("folder", [False, True])
def test_rows_lead_back_to_the_words_in_the_plan(
    open_page: Open, address: str, site: Path, folder: bool
) -> None:
    query = (
        "SELECT t.task_id, a.agency_id, d.plan_id, 'no id' AS measure_id FROM tasks t JOIN task_agencies a"
        " USING (task_id) JOIN documents d ON d.document_id = t.document_id WHERE a.agency_id = 'khanh-hoa-so-y-te' LIMIT 1"
    )
    base = site.as_uri() + "/" if folder else address
    page = open_page(f"{base}sql.html#q={quote(query)}").page
    links = page.locator("#kh-sql-result td a")
    expect(links).to_have_count(3)
    row, agency, plan = (links.nth(i).get_attribute("href") for i in range(3))
    assert re.fullmatch(r"(\./)?plans/[a-z0-9-]+\.html#tasks/.+", str(row))
    assert str(agency).endswith("agencies/khanh-hoa-so-y-te.html")
    assert (site / str(agency)).is_file()
    assert (site / str(plan)).is_file()
    links.first.click()
    page.wait_for_selector("mark.kh-on")


_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_a_question_that_takes_too_long_is_stopped(open_page: Open, address: str) -> None:
    page = open_page("about:blank").page
    page.clock.install()
    page.goto(address + "sql.html")
    _ask(page, _ENDLESS)
    expect(page.locator("#kh-sql-state")).to_have_text("Đang tìm…")
    page.clock.fast_forward(31_000)
    expect(page.locator("#kh-sql-state")).to_contain_text("bị dừng")
    _ask(page, "SELECT 7")
    expect(page.locator("#kh-sql-result td")).to_have_text(["7"])


def test_an_answer_is_that_of_the_last_question(open_page: Open, address: str) -> None:
    page = open_page(address + "sql.html").page
    page.clock.install()
    _ask(page, _ENDLESS)
    _ask(page, "SELECT 7")
    expect(page.locator("#kh-sql-result td")).to_have_text(["7"])
    page.clock.fast_forward(31_000)
    _ask(page, "SELECT 8")
    expect(page.locator("#kh-sql-result td")).to_have_text(["8"])


def test_a_database_that_could_not_be_read_is_asked_for_again(
    open_page: Open, address: str
) -> None:
    page = open_page(address + "sql.html").page
    page.route("**/khplans.sqlite", lambda route: route.abort())
    _ask(page, "SELECT 7")
    expect(page.locator("#kh-sql-state")).to_contain_text("Không mở được cơ sở dữ liệu")
    page.unroute("**/khplans.sqlite")
    page.click("#kh-sql button")
    expect(page.locator("#kh-sql-result td")).to_have_text(["7"])


def test_only_an_id_that_is_known_leads_anywhere(open_page: Open, address: str) -> None:
    page = open_page(f"{address}sql.html#q=SELECT 'constructor' AS plan_id, 5 AS constructor").page
    expect(page.locator("#kh-sql-result td")).to_have_text(["constructor", "5"])
    assert page.locator("#kh-sql-result a").count() == 0
