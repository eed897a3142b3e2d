"""What people ask the search, in `questions.csv`, and what they must find first, in the browser's own engine."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Watched
from playwright.sync_api import Browser, Page, expect

from khplans.site.search.index import words_of
from khplans.text.fold import slug

SCRIPTS = Path(__file__).parents[2] / "src/khplans/site/assets/js"
QUESTIONS = list(
    csv.DictReader((Path(__file__).parent / "questions.csv").read_text("utf-8").splitlines())
)
FIRST_RESULT = 300_000
"""Bytes of the index that a question may read on a page that has read none of it."""
_ASK = """async ([query, options]) => {
  const found = await self.khSearch.find(query, options);
  const read = [...document.querySelectorAll("script[src*='static/search/']")];
  read.forEach((script) => script.remove());
  return { ...found, read: read.map((script) => script.src.split("/").pop()) };
}"""

Ask = Callable[..., dict[str, Any]]
Open = Callable[..., Watched]


@dataclass(frozen=True)
class Asking:
    """A page that answers as one that was just opened, each time."""

    page: Page

    def __call__(self, query: str, **options: object) -> dict[str, Any]:
        self.page.evaluate((SCRIPTS / "search.js").read_text("utf-8"))
        answer: dict[str, Any] = self.page.evaluate(_ASK, [query, options])
        return answer


@pytest.fixture(scope="module")
def ask(browser: Browser, site: Path) -> Iterator[Ask]:
    page = browser.new_page()
    page.goto((site / "about.html").as_uri())
    yield Asking(page)
    page.close()


def _answers(hit: dict[str, str], question: dict[str, str]) -> bool:
    place = hit["place"].rpartition("/")[2] if hit["kind"] == "plan" else ""
    words = " ".join(words_of(f"{hit['title']} {hit['titleEn']} {hit['text']}"))
    address = f"{hit['page']}#{place}" if place else hit["page"]
    return bool(re.search(question["page"], address)) and question["words"] in words


def test_questions_find_what_was_meant_and_read_little(ask: Ask, site: Path) -> None:
    assert len(QUESTIONS) == 60
    missed, heavy = [], []
    for question in QUESTIONS:
        answer = ask(question["asked"])
        if not any(_answers(hit, question) for hit in answer["hits"][: int(question["top"])]):
            missed.append((question["asked"], [hit["page"] for hit in answer["hits"][:3]]))
        read = sum((site / "static" / "search" / name).stat().st_size for name in answer["read"])
        if not 0 < read < FIRST_RESULT:
            heavy.append((question["asked"], read))
    assert missed == []
    assert heavy == []


@pytest.mark.parametrize(
    "mistyped",
    ["nong nghiiep", "nong ngiep", "nong nghiap", "nong nghipe", "nongnghiep", "nog nghiep"],
)
def test_a_wrong_letter_still_finds(ask: Ask, mistyped: str) -> None:
    answer = ask(f"so {mistyped}")
    assert (answer["instead"], answer["terms"]) == (True, ["so", "nong", "nghiep"])
    assert answer["hits"][0]["page"] == (
        "agencies/khanh-hoa-so-nong-nghiep-va-phat-trien-nong-thon"
    )


def test_accents_and_their_encoding_do_not_count(ask: Ask) -> None:
    plain = ask("dieu chinh quy hoach khanh hoa")["hits"]
    for written in ("Điều chỉnh quy hoạch Khánh Hòa", "ĐIỀU CHỈNH QUY HOẠCH KHÁNH HOÀ"):
        for form in ("NFC", "NFD"):
            assert ask(unicodedata.normalize(form, written))["hits"] == plain
    assert plain


def test_filters_leave_only_their_kind_and_province(ask: Ask) -> None:
    hits = ask("sở", limit=60, kind="agency", province="Điện Biên")["hits"]
    assert len(hits) > 5
    assert {(hit["kind"], hit["province"]) for hit in hits} == {("agency", "Điện Biên")}
    assert ask("sở", kind="measure", province="Điện Biên")["hits"] == []


def test_words_that_no_place_has_together_find_the_nearest(ask: Ask) -> None:
    answer = ask("bệnh viện quốc tế vinmec nha trang")
    assert answer["partly"] is True
    assert "nha trang" in " ".join(words_of(answer["hits"][0]["text"]))
    assert ask("qwxzv")["hits"] == []


def test_both_languages_divide_a_text_into_the_same_words(ask: Ask, collection: Path) -> None:
    source = min((collection / "sources").rglob("*.txt"), key=lambda path: path.stat().st_size)
    text = f"QH15, COVID19, 007 m² 0 & A&B {source.read_text('utf-8')}"
    text += unicodedata.normalize("NFD", " Đắk Lắk, ngày 05/01/2024")
    page = ask.page  # type: ignore[attr-defined]
    of, within = page.evaluate(
        "text => [khSearch.wordsOf(text), [...khSearch.wordsWithin(text)].map(({ word }) => word)]",
        text,
    )
    assert of == [word for word in within if word] == words_of(text)
    names = ["Kế hoạch 15", "luat:Đất đai/2024", "-a_b-", "ɓ1", "x&y", "…"]
    assert page.evaluate("names => names.map(khSlug)", names) == [slug(name) for name in names]


def _from_folder(site: Path, address: str) -> str:
    return site.as_uri() + "/"


def _served(site: Path, address: str) -> str:
    return address


@pytest.mark.parametrize("where", [_from_folder, _served])
def test_a_hit_opens_at_its_words_marked(
    open_page: Open, site: Path, address: str, where: Callable[[Path, str], str]
) -> None:
    watched = open_page(where(site, address) + "search.html")
    page = watched.page
    page.fill("#kh-search-q", "noi long gian cach xa hoi")
    page.locator("#kh-search-results a").first.click()
    mark = page.locator("mark.kh-found").first
    expect(mark).to_have_text(re.compile("n.i lỏng giãn cách xã hội"))
    expect(mark).to_be_in_viewport()
    assert watched.complaints == []


def test_a_hit_leads_to_the_lines_that_have_its_words(
    ask: Ask, open_page: Open, address: str
) -> None:
    page = open_page(address + "about.html").page
    lines = (SCRIPTS / "found.js").read_text("utf-8").partition('LINES = "')[2].partition('"')[0]
    hits = [hit for hit in ask("nhiem vu", limit=1000)["hits"] if hit["lines"]]
    assert len(hits) > 100
    shown = page.evaluate(
        """async ([pages, lines]) => Object.fromEntries(await Promise.all(pages.map(async (name) => {
          const text = await (await fetch(`${name}.html`)).text();
          const found = new DOMParser().parseFromString(text, "text/html").querySelectorAll(lines);
          return [name, [...found].map((line) => line.textContent)];
        })))""",
        [sorted({hit["page"] for hit in hits}), lines],
    )
    for hit in hits:
        first, _, last = hit["lines"].partition("-")
        words = " ".join(shown[hit["page"]][int(first) : int(last or first) + 1])
        wanted = words_of(hit["text"] or hit["title"])
        assert "".join(wanted[1:5] or wanted) in "".join(words_of(words)), hit


@pytest.mark.parametrize(("tree", "says"), [("", "Hãy thử"), ("en/", "Try this")])
def test_no_result_says_what_to_try(open_page: Open, address: str, tree: str, says: str) -> None:
    page = open_page(f"{address}{tree}search.html?q=qwxzv&province=Điện Biên").page
    expect(page.locator("#kh-search-none")).to_contain_text(says)
    page.fill("#kh-search-q", "Cam Lâm")
    page.locator("#kh-search-none button").click()
    expect(page.locator("#kh-search-results li").first).to_be_visible()
    assert not page.locator("#kh-search-none").is_visible()


def test_english_pages_show_english_names(open_page: Open, address: str) -> None:
    page = open_page(f"{address}en/search.html?q=department of health&kind=agency").page
    first = page.locator("#kh-search-results li").first
    expect(first.locator(".kh-hit-title")).to_have_text("Department of Health")
    assert first.locator(".kh-hit-kind").inner_text() == "Agency"
    assert page.locator(".kh-hit-title[lang=vi]").count() == 0


def test_a_hit_of_the_box_opens_by_mouse(open_page: Open, address: str) -> None:
    page = open_page(address + "about.html", viewport={"width": 1280, "height": 800}).page
    page.locator("#kh-q").click()
    page.keyboard.type("dien bien")
    page.locator("#kh-hits a.kh-hit").first.click()
    page.wait_for_url("**/provinces/dien-bien.html")


def test_an_address_with_names_of_nothing_is_searched_all_the_same(
    open_page: Open, address: str
) -> None:
    watched = open_page(f"{address}search.html?length=1&item=2&__proto__=3&q=dien+bien")
    first = watched.page.locator("#kh-search-results a").first
    expect(first).to_have_attribute("href", re.compile(r"provinces/dien-bien\.html"))
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("172/QĐ-UBND", "plans/khanh-hoa-173-qd-ubnd-2024"),
        ("QĐ 713", "plans/khanh-hoa-173-qd-ubnd-2024"),
        ("4996/KH-UBND Khánh Hòa", "plans/khanh-hoa-4969-kh-ubnd-2024"),
        ("496/KH-UB", "plans/khanh-hoa-4969-kh-ubnd-2024"),
        ("398/QĐ-BYT", "instruments/vn-bo-y-te-3989-qd-byt-2021"),
    ],
)
def test_a_wrong_digit_offers_the_nearest_numbers(ask: Ask, mistyped: str, meant: str) -> None:
    answer = ask(mistyped)
    assert answer["near"] is True
    assert "instead" not in answer
    assert answer["hits"][0]["page"] == meant
    assert not any(term.isdigit() for term in answer["terms"])  # nothing marks the other number


@pytest.mark.parametrize(
    "asked", ["173/QĐ-UBND", "QĐ 173", "tăng 8,9% năm 2027", "Khánh Hòa 2027", "99999/QĐ-UBND"]
)
def test_a_number_that_is_there_or_is_no_document_s_offers_none(ask: Ask, asked: str) -> None:
    assert "near" not in ask(asked)


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ("", "Không có số như trong “172/QĐ-UBND”. Số gần nhất:"),
        ("en/", "No document has the number in “172/QĐ-UBND”. The nearest numbers:"),
    ],
)
def test_near_numbers_are_offered_and_not_told_as_found(
    open_page: Open, address: str, tree: str, says: str
) -> None:
    page = open_page(f"{address}{tree}search.html?q=172/QĐ-UBND").page
    first = page.locator("#kh-search-results li").first
    expect(first).to_contain_text("173/QĐ-UBND")
    expect(page.locator("#kh-search-count")).to_have_text(says)
    assert "173" not in " ".join(first.locator("mark").all_inner_texts())
