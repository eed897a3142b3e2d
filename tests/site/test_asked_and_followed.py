"""What a reader does beyond reading: follows, tells of an error, runs an errand from the home page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import CONTACT, SITE, Watched
from icalendar import Calendar
from lxml import etree
from playwright.sync_api import Page

from khplans.settings import Settings
from khplans.site.catalogue import Catalogue
from khplans.site.inputs import read_catalogue
from khplans.site.languages import Language, en, vi
from khplans.site.markup import SitePage
from khplans.site.pages.common import due
from khplans.site.pages.follow import follow_block

Open = Callable[..., Watched]


def _page(site: Path, path: str) -> str:
    return html.unescape((site / path).read_text("utf-8"))


@pytest.fixture(scope="module")
def catalogue(collection: Path) -> Catalogue:
    return read_catalogue(Path("nowhere"), collection, None, Settings())


# Calendars and feeds


def test_a_province_s_calendar_holds_its_deadlines(site: Path, catalogue: Catalogue) -> None:
    calendars = sorted(p.stem for p in (site / "calendar" / "provinces").iterdir())
    assert calendars == ["dien-bien", "khanh-hoa"]
    text = (site / "calendar" / "provinces" / "dien-bien.ics").read_bytes()
    events = Calendar.from_ical(text).walk("VEVENT")
    place = catalogue.collection.places["dien-bien"]
    assert sorted(e["DTSTART"].dt for e in events) == sorted(t["deadline"] for t in place.dated)


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("provinces/khanh-hoa", "provinces/khanh-hoa"),
        ("en/agencies/khanh-hoa-so-y-te", "khanh-hoa-so-y-te"),
        ("deadlines", "khplans"),
    ],
)
def test_a_calendar_is_subscribed_to_by_a_click_or_by_its_address(
    site: Path, page: str, calendar: str
) -> None:
    shown = _page(site, f"{page}.html")
    path = f"calendar/{calendar}.ics"
    assert (site / path).is_file()
    assert f'href="webcal://{SITE.removeprefix("https://")}{path}"' in shown
    assert f"<code>{SITE}{path}</code>" in shown


def test_each_event_of_a_calendar_names_its_document(site: Path, catalogue: Catalogue) -> None:
    documents = catalogue.collection.by_key("documents")
    tasks = {t["task_id"].replace(" ", "_"): t for t in catalogue.collection.tables["tasks"]}
    events = Calendar.from_ical((site / "calendar/khplans.ics").read_bytes()).walk("VEVENT")
    assert events
    for event in events:
        task = tasks[event["UID"].rpartition("@")[0]]
        document = documents[task["document_id"]]
        words, _, named = str(event["DESCRIPTION"]).rpartition("\n\n")
        assert words == task["text"]
        assert document["number"] in named
        assert (document["title"] or document["plan_title"]) in named


def test_a_site_without_an_address_offers_none_to_subscribe_to_until_it_is_served(
    open_page: Open, catalogue: Catalogue, site: Path, address: str
) -> None:
    assert catalogue.settings.address is None
    block = follow_block(
        catalogue,
        SitePage(en, "deadlines", "a", "a"),
        calendar="calendar/khplans.ics",
        feed="feeds/a.xml",
    )
    body = re.sub(
        r'<h2 id="follow">.*(?=</article>)',
        lambda _: block,
        _page(site, "deadlines.html"),
        flags=re.DOTALL,
    )
    assert "webcal:" not in body
    for start, offered in ((site.as_uri() + "/", False), (address, True)):
        shown = open_page("about:blank").page
        shown.route("**/deadlines.html", lambda r: r.fulfill(body=body, content_type="text/html"))
        shown.goto(f"{start}deadlines.html")
        assert shown.locator(".kh-no-address").count() == (not offered)
        assert {e.is_visible() for e in shown.locator(".kh-by-address").all()} == {offered}
        assert (
            shown.locator("article a[download]")
            .get_attribute("href")
            .endswith("calendar/khplans.ics")
        )
        if offered:
            made = shown.locator(".kh-webcal").get_attribute("href")
            assert made
            assert made.startswith("webcal:")


@pytest.mark.parametrize("tree", ["", "en/"])
def test_deadlines_begin_with_what_is_due_next_and_end_with_what_is_past(
    site: Path, catalogue: Catalogue, tree: str
) -> None:
    shown = _page(site, f"{tree}deadlines.html")
    assert catalogue.released
    due = sorted(
        str(task["deadline"]) for task in catalogue.collection.tables["tasks"] if task["deadline"]
    )
    ahead = [day for day in due if day > catalogue.released.isoformat()]
    assert re.findall(r'<time datetime="([^"]+)"', shown) == ahead[:12]
    years = [int(year) for year in re.findall(r'<h2 id="y(\d+)"', shown)]
    past = [int(year) for year in re.findall(r'<h3 id="y(\d+)"', shown)]
    every = {int(day[:4]) for day in due}
    assert years == sorted(year for year in every if year >= catalogue.released.year)
    assert past == sorted(every - set(years), reverse=True)
    assert past
    assert shown.index('id="next"') < shown.index(f'id="y{years[0]}"') < shown.index('id="past"')


@pytest.mark.parametrize(
    ("words", "said"),
    [(vi, "Không nhiệm vụ nào ở đây có ngày hạn"), (en, "No task here has a date")],
)
def test_an_agency_without_dated_tasks_says_so(
    site: Path, catalogue: Catalogue, words: Language, said: str
) -> None:
    collection = catalogue.collection
    tree = "" if words is vi else "en/"
    dated = {task["task_id"] for task in collection.tables["tasks"] if task["deadline"]}
    for agency in collection.tables["agencies"]:
        parts = collection.agency_parts.get(agency["agency_id"], ())
        page = _page(site, f"{tree}agencies/{agency['agency_id']}.html")
        has = any(part["task_id"] in dated for part in parts)
        assert (said in page) != has, agency["agency_id"]
        assert ("webcal://" in page) == has


@pytest.mark.parametrize(
    ("kind", "key"),
    [("provinces", "khanh-hoa"), ("agencies", "khanh-hoa-so-y-te"), ("measures", "grdp-growth")],
)
def test_a_page_names_the_feed_of_its_subject(site: Path, kind: str, key: str) -> None:
    for tree in ("", "en/"):
        head = _page(site, f"{tree}{kind}/{key}.html").split("</head>")[0]
        feeds = re.findall(r'<link rel="alternate feed" [^>]*href="([^"]+)"', head)
        assert [feed.rsplit("../", 1)[1] for feed in feeds] == [
            "feeds/releases.xml", f"feeds/{kind}/{key}.xml",
        ]  # fmt: skip
    feed = etree.parse(site / "feeds" / kind / f"{key}.xml")
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    days = [entry.findtext(f"{atom}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert [day for day in days if not day.startswith("2026-11-2")] == []
    said = " ".join(entry.findtext(f"{atom}summary") for entry in entries)
    wanted = {"provinces": "những tháng cuối năm 2021", "agencies": "Chủ trì 3, phối hợp 1.",
              "measures": "mục tiêu tăng 8,1% (2024)"}  # fmt: skip
    assert wanted[kind] in said


def test_who_has_no_task_has_no_feed(site: Path, catalogue: Catalogue) -> None:
    collection = catalogue.collection
    named = {agency for agency, parts in collection.agency_parts.items() if parts}
    assert {p.stem for p in (site / "feeds" / "agencies").iterdir()} == named
    unnamed = min({row["agency_id"] for row in collection.tables["agencies"]} - named)
    assert "feeds/agencies/" not in _page(site, f"agencies/{unnamed}.html")


# Somebody to ask


def _message(address: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(address)
    assert parts.scheme == "mailto"
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_an_error_is_told_with_the_page_s_address_and_the_version(hostile_site: Path) -> None:
    for path, said in (("about.html", "Phiên bản dữ liệu:"), ("en/about.html", "Version of the data:")):  # fmt: skip
        page = (hostile_site / path).read_text("utf-8")
        [link] = re.findall(r'class="kh-small kh-report">\s*<a href="([^"]+)"', page)
        contact, message = _message(html.unescape(link))
        assert contact == CONTACT
        assert f"{SITE}{path}\r\n" in message["body"]
        assert said in message["body"]


def test_a_row_s_error_is_told_with_its_address_and_words(
    open_page: Open, serve: Callable[[Path], str], hostile_site: Path
) -> None:
    watched = open_page(serve(hostile_site) + "agencies/khanh-hoa-so-xay-dung.html")
    [link] = watched.page.locator(".kh-report-row").all()
    contact, message = _message(str(link.get_attribute("href")))
    assert contact == CONTACT
    assert f"{SITE}plans/thu-nghiem-77.html#tasks/thu-nghiem-77:I:2" in message["body"]
    assert "rà soát <img src=x onerror=alert(3)> theo" in message["body"]
    assert watched.complaints == []
    # What other pages call for a row of theirs.
    long = watched.page.evaluate("khReport('#tasks/a', 'từ\\n'.repeat(400))")
    assert "%F0%9F%98%80%E2%80%A6" in watched.page.evaluate(
        "khReport('#a', 'x' + '😀'.repeat(500))"
    )
    _, message = _message(long)
    assert f"{SITE}agencies/khanh-hoa-so-xay-dung.html#tasks/a\r\n" in message["body"]
    assert 350 < message["body"].count("từ") * 3 < 410


def test_a_catalogue_without_contact_says_so(open_page: Open, address: str, site: Path) -> None:
    assert "Danh mục này chưa cho biết báo sai sót cho ai." in _page(site, "index.html")
    assert "names nobody to whom errors could be reported" in _page(site, "en/about.html")
    page = open_page(f"{address}agencies/khanh-hoa-so-y-te.html").page
    assert page.evaluate("khReport('#x', 'y')") == ""
    assert page.locator(".kh-report-row").count() == 0


# Stated or inferred


def test_leads_that_were_inferred_say_how(site: Path, catalogue: Catalogue) -> None:
    collection = catalogue.collection
    for agency_id in ("khanh-hoa-so-y-te", "khanh-hoa-so-ngoai-vu"):
        leads = [p for p in collection.agency_parts[agency_id] if p["role"] == "lead"]
        inferred = [p for p in leads if p["basis"] not in ("named-in-text", "cell")]
        assert 0 < len(inferred) < len(leads) or agency_id.endswith("vu")
        page = _page(site, f"en/agencies/{agency_id}.html").split('<h2 id="coordinate">')[0]
        marks = re.findall(r'Lead: <small class="kh-inferred">inferred:? (.*?)</small>', page)
        assert len(marks) == len(inferred) > 0
        assert set(marks) <= {
            "from the heading above", "from a merged cell",
            "from the sentence that introduces the items",
        }  # fmt: skip


def test_a_deadline_that_was_counted_says_so() -> None:
    task = {"deadline": date(2024, 3, 1), "deadline_text": 'trong "30" ngày', "cadence": None}
    shown = {b: due(SitePage(en, "x", "", ""), {**task, "deadline_basis": b})
             for b in ("stated", "counted", "inherited")}  # fmt: skip
    assert "inferred" not in shown["stated"]
    assert 'title="trong &quot;30&quot; ngày">1 March 2024</time>' in shown["stated"]
    assert "inferred: counted from the document's date" in html.unescape(shown["counted"])
    assert "inferred: stated for several tasks at once" in shown["inherited"]


# Numbers and headings


_READ = ("index", "plans/index", "provinces/index", "provinces/dien-bien", "provinces/ninh-thuan",
         "agencies/index", "agencies/khanh-hoa-so-y-te", "deadlines", "deadlines/2024",
         "deadlines/2030", "themes/index", "themes/economy")  # fmt: skip


@pytest.mark.parametrize("path", _READ)
def test_one_thing_is_one_and_headings_go_down_in_steps(site: Path, path: str) -> None:
    page = _page(site, f"en/{path}.html").split('id="content"')[1].split("</article>")[0]
    text = re.sub(r"<[^>]+>", "", page)
    assert re.findall(r"\b1 (?:tasks|plans|figures|agencies|indicators|citations)\b", text) == []
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])", page)]
    assert ranks[0] == 1
    assert [pair for pair in pairwise(ranks) if pair[1] > pair[0] + 1] == []
    assert ranks.count(1) == 1


def test_data_of_one_row_is_counted_as_one(data_of_one: str) -> None:
    assert "1 plan: targets" in data_of_one
    assert not re.search(r"\b1 (?:plans|tasks with)", data_of_one)


@pytest.fixture(scope="module")
def data_of_one(hostile_site: Path) -> str:
    return re.sub(r"<[^>]+>", "", _page(hostile_site, "en/index.html"))


# Errands


_ERRANDS = {
    "a department's promises and the quote": (
        "tab agencies/", 'main a[href*="so-y-te.html"]', 'main td.where a[href*="#tasks/"]',
    ),
    "a target over the years with its data": (
        "tab measures/", 'main a[href*="grdp-growth.html"]', 'take .kh-take a[href$=".csv"]',
    ),
    "who rests on a resolution": (
        "tab instruments/", 'main a[href*="09-nq-tw"]', 'main td a[href*="#citations/"]',
    ),
    "everything due in a quarter as a spreadsheet": (
        "tab deadlines", '.kh-quarter > a[href*="2024-04-01"]', '#explorer[data-ready]',
        'take #explorer [data-take="xlsx"]',
    ),
    "a province's plans": (
        "tab provinces/", 'main a[href$="dien-bien.html"]', 'main #plans + ul a[href*="plans/"]',
    ),
    "an original": ("tab plans/", 'main a[href*="khanh-hoa-4969"]', 'main p a[href*="/sources/"]'),
}  # fmt: skip
_REPORT = (
    'main a[href$="plans/thu-nghiem-77.html"]',
    "main mark.t[data-k]",
    '.kh-pop a[href^="mailto:"]',
)


def _click(page: Page, step: str) -> int:
    """How many clicks a step takes: a tab is in the drawer of a phone; what is ready is waited for."""
    kind, _, target = step.partition(" ")
    if kind == "tab" and not page.locator(".md-tabs").is_visible():
        page.locator('.md-header__button[for="__drawer"]').click()
        page.locator(f'.md-sidebar--primary .md-nav__link[href*="{target}"]').first.click()
        return 2
    if kind == "tab":
        page.locator(f'.md-tabs a[href*="{target}"]').click()
    elif kind == "take":
        with page.expect_download() as waiting:
            page.locator(target).first.click()
        assert waiting.value.suggested_filename.endswith((".csv", ".xlsx"))
    elif step.endswith("[data-ready]"):
        page.wait_for_selector(step)
        return 0
    else:
        page.locator(step).first.click()
    page.wait_for_load_state()
    return 1


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
@pytest.mark.parametrize("language", ["", "en/"])
def test_errands_take_at_most_four_clicks_from_home(
    open_page: Open, address: str, language: str, size: tuple[int, int]
) -> None:
    home = f"{address}{language}index.html"
    page = open_page(home, viewport={"width": size[0], "height": size[1]}).page
    for errand, steps in _ERRANDS.items():
        page.goto(home)
        assert sum(_click(page, step) for step in steps) <= 4, errand
        if "#" in page.url:
            assert page.locator(".kh-doc mark.kh-on").count() > 0, errand


@pytest.mark.parametrize("language", ["", "en/"])
def test_an_error_is_reported_in_three_clicks_from_home(
    open_page: Open, serve: Callable[[Path], str], hostile_site: Path, language: str
) -> None:
    page = open_page(f"{serve(hostile_site)}{language}index.html").page
    for step in _REPORT[:-1]:
        page.locator(step).first.click()
        page.wait_for_load_state()
    assert CONTACT in str(page.locator(_REPORT[-1]).first.get_attribute("href"))
