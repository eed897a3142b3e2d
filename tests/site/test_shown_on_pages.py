"""Characters that act or hide are seen on every page and in every file that people open."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import REPOSITORY
from playwright.sync_api import Browser

from khplans.releases.excel_csv import harmless
from khplans.site.data import SiteData
from khplans.site.highlight import Highlight, mark
from khplans.site.languages import en, vi
from khplans.site.markup import (
    ContentsEntry,
    SitePage,
    esc,
    grid,
    in_markdown,
    json_script,
    shorten,
)
from khplans.text.visible import hidden, visible

Open = Callable[..., Any]
SCRIPTS = REPOSITORY / "src/khplans/site/assets/js"
ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
SHOWN = "⟪U+202E⟫gpj.exe⟪U+202C⟫ trình ␛]0;chiếm␇␛[31mđề án⟪U+200B⟫ ⟪U+009B⟫2J"
EVERY = [chr(code) for code in range(0x3200)] + [
    *map(chr, [0xD800, 0xDFFF, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFC, 0xFFFE, 0xFFFF]),
    *map(chr, [0x1F600, 0xDFFFF, 0xE0000, 0xE0041, 0xE0FFF, 0xE1000]), "\r\n", "\r\r\n",
]  # fmt: skip


def test_scripts_show_what_python_shows(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=SCRIPTS / "visible.js")
    told = "codes => JSON.parse(codes).map((c) => self.khVisible(String.fromCharCode(...c)))"
    shown = page.evaluate(told, json.dumps([_units(text) for text in EVERY]))
    page.close()
    told_by = dict(zip(EVERY, shown, strict=True))
    whole = [text for text in EVERY if not 0xD800 <= ord(text[0]) < 0xE000]
    assert [told_by[text] for text in whole] == [visible(text) for text in whole]
    assert shown[EVERY.index("\ud800")] == visible("\ud800")


def test_scripts_defuse_for_spreadsheets_as_python_does(browser: Browser) -> None:
    page = browser.new_page()
    for name in ("visible.js", "sheet.js"):
        page.add_script_tag(path=SCRIPTS / name)
    texts = [
        f"{before}{sign}1" for sign in "=+-@＝＋－＠\t\r\n'a" for before in ("", " ", "\u3000")
    ] + ["1/3", "6/2025", "01", "tháng 5", "Tháng 5 năm", "1.10", "12"]
    rows = [[text] for text in texts]
    made = page.evaluate("rows => self.khSheet.toCsv([{title: 'x'}], rows, 'en')", rows)
    numbers = "l => self.khSheet.toCsv([{title: 'x'}, {title: 'y'}], [[-1.5, null]], l)"
    said = [page.evaluate(numbers, language) for language in ("en", "vi")]
    page.close()
    found = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
    assert [row[0] for row in found[1:]] == [harmless(visible(text)) for text in texts]
    assert said == ["\ufeffx,y\r\n-1.5,\r\n", "\ufeffx;y\r\n-1,5;\r\n"]


def _units(text: str) -> list[int]:
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]


def test_no_file_that_people_open_has_any(hostile_site: Path) -> None:
    opened = [
        path
        for path in hostile_site.rglob("*")
        if path.suffix in (".html", ".js", ".xml", ".ics", ".txt", ".json", ".jsonld", ".ttl")
        and not {"data", "vendor", "folder"} & set(path.relative_to(hostile_site).parts)
    ]
    assert len(opened) > 100
    wrong = [path for path in opened if ACTS.search(path.read_bytes().decode())]
    assert [path.relative_to(hostile_site).as_posix() for path in wrong] == []


def test_the_data_keeps_them(hostile_site: Path) -> None:
    collection = SiteData(hostile_site / "data" / "latest")
    task = next(row for row in collection.tables["tasks"] if "gpj" in row["text"])
    source = (hostile_site / "data/latest/sources/thu-nghiem-77.txt").read_bytes().decode()
    assert "\u202egpj.exe\u202c trình \x1b]0;chiếm\x07\x1b[31m" in source
    assert "gpj" in source[task["start"] : task["end"]]


def test_a_plan_s_page_shows_them_with_their_names(hostile_site: Path) -> None:
    page = (hostile_site / "plans/thu-nghiem-77.html").read_text("utf-8")
    assert '<span class="kh-sign" title="U+202E RIGHT-TO-LEFT OVERRIDE">⟪U+202E⟫</span>' in page
    assert '<span class="kh-sign" title="U+001B">␛</span>' in page
    assert SHOWN in html.unescape(re.sub(r"<[^>]+>", "", page))


def test_highlights_stand_right_among_signs() -> None:
    text = "a\u202eb\x1bc\u200bd"
    made = mark(text, 0, len(text), [(0, Highlight(2, 5, "t", "x")), (1, Highlight(3, 4, "w", ""))])
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", made)
    assert [re.sub("<[^>]+>", "", one) for one in marked] == ["b", "␛", "c"]
    assert re.sub("<[^>]+>", "", made) == visible(text)
    assert made.count('class="kh-sign"') == len(hidden(text)) == 3


def test_the_explorer_search_and_sql_show_them(
    open_page: Open, serve: Callable[[Path], str], hostile_site: Path
) -> None:
    address = serve(hostile_site)
    page = open_page(address + "tables/tasks.html").page
    page.wait_for_selector("#explorer[data-ready]")
    shown = page.evaluate("document.querySelector('.kh-view').textContent")
    assert "⟪U+202E⟫gpj.exe" in shown
    assert not ACTS.search(shown)
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Tải các dòng này ({kind})").click()
        data = Path(waiting.value.path()).read_bytes()
        text = data.decode("utf-8-sig") if kind == "CSV" else _cells(data)
        assert "⟪U+202E⟫gpj.exe" in text
        assert not ACTS.search(text)
    page.goto(address + "search.html?q=gpj")
    page.wait_for_selector("#kh-search-results li")
    assert not ACTS.search(page.evaluate("document.querySelector('main').textContent"))
    page.goto(address + "sql.html")
    query = "SELECT char(8238, 27) AS x"
    page.fill("#kh-sql-text", query)
    page.get_by_role("button", name="Chạy").click()
    page.wait_for_selector("#kh-sql-result tbody tr")
    assert page.inner_text("#kh-sql-result tbody") == "⟪U+202E⟫␛"


def _cells(data: bytes) -> str:
    rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


DANGEROUS = ["<", ">", "&", "\u2028", "\u2029", "</script>", "<!--", "<script", "]]>", "\u202e"]


@pytest.mark.parametrize("words", DANGEROUS)
def test_json_in_a_page_cannot_end_its_script(words: str) -> None:
    made = json_script({"a": words, words: 1}, "application/json", "x")
    body = made.removeprefix('<script type="application/json" id="x">').removesuffix("</script>")
    assert len(body) == len(made) - len('<script type="application/json" id="x">') - 9
    assert not set(body) & set("<>&\u2028\u2029\u202e")
    assert json.loads(body) == {"a": words, words: 1}


@pytest.mark.parametrize("words", [*DANGEROUS, '"', "'", "\x1b"])
def test_no_words_leave_their_place_in_html_markdown_or_a_page_s_head(words: str) -> None:
    escaped = esc(words)
    assert not set(escaped) & set("<>\"'\x1b\u202e\u2028\u2029")
    assert html.unescape(escaped) == visible(words)
    assert html.unescape(in_markdown(words)) == visible(words)
    assert not set(in_markdown(words)) & set("<>\"'`*_[]\x1b\u202e")
    page = SitePage(
        vi, "a/b", words, words, outline=[ContentsEntry(words, "x", [ContentsEntry(words, words)])]
    )
    head = page.markdown().split("---\n")[1]
    assert not set(head) & set("<>\x1b\u202e\u2028")
    assert page.a("b/c", words) == f'<a href="../b/c.html">{escaped}</a>'
    assert f'aria-label="{escaped}"' in grid([], [], label=words)


def test_a_heading_stays_on_its_line() -> None:
    assert in_markdown("a\n# b") == "a &#35; b"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("Sở Y tế", 7, "Sở Y tế"), ("Sở Y tế", 6, "Sở Y…"), ("a\x1f\x85b", 20, "a␟⟪U+0085⟫b")],
)
def test_a_text_is_cut_between_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("a/b", "a/c", "c.html"),
        ("a/b", "d/c", "../d/c.html"),
        ("b", "a/c", "a/c.html"),
        ("a/b", "c", "../c.html"),
        ("a/b", "a", "../a.html"),
        ("a/b", "a/kế #1?", "k%E1%BA%BF%20%231%3F.html"),
    ],
)
def test_links_lead_from_page_to_page(here: str, there: str, link: str) -> None:
    assert SitePage(vi, here, "", "").link(there) == link
    assert SitePage(en, here, "", "").link(there) == link
    assert SitePage(vi, here, "", "").file_link("x #1") == "../" * here.count("/") + "x%20%231"


A, B, C = (
    Highlight(2, 6, "t", '"a<'),
    Highlight(4, 8, "i", "b", "<đúng>"),
    Highlight(4, 6, "a", ""),
)


@pytest.mark.parametrize(
    ("start", "end", "made"),
    [
        (0, 2, "01"),
        (8, 10, "89"),
        (
            0,
            10,
            '01<mark id="&quot;a&lt;" class="t" data-k="7">23</mark>'
            '<mark id="b" class="a i t" data-k="8 7">45</mark>'
            '<mark class="i" data-k="8">67</mark><ins class="kh-ins">&lt;đúng&gt;</ins>89',
        ),
        (6, 7, '<mark class="i" data-k="8">6</mark>'),
    ],
)
def test_marks_are_as_long_as_their_words(start: int, end: int, made: str) -> None:
    assert mark("0123456789", start, end, [(7, A), (8, B), (9, C)]) == made


def test_two_places_that_begin_together_can_both_be_addressed() -> None:
    made = mark("ab", 0, 2, [(1, Highlight(0, 2, "t", "x")), (2, Highlight(0, 1, "i", "<y"))])
    assert made == (
        '<span id="&lt;y" data-k="2"></span><mark id="x" class="i t" data-k="1 2">a</mark>'
        '<mark class="t" data-k="1">b</mark>'
    )


def test_words_beside_a_sign_are_escaped() -> None:
    sign = '<span class="kh-sign" title="U+001B">␛</span>'
    assert mark("<b>\x1b&\x1b<i>", 0, 9, []) == f"&lt;b&gt;{sign}&amp;{sign}&lt;i&gt;"


def test_signs_of_markdown_are_out_of_sight() -> None:
    assert mark("## a **b** <", 0, 12, []) == (
        '<span class="kh-md">## </span>a <span class="kh-md">**</span>b'
        '<span class="kh-md">**</span> &lt;'
    )
