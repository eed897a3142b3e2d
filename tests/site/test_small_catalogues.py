"""The pages of catalogues that lack what others have: a date, tasks, figures, citations."""

from __future__ import annotations

import re
from datetime import date

import pytest
from icalendar import Calendar
from small_plans import add_plan

from khplans.pipeline import build
from khplans.settings import Settings
from khplans.site.calendar import calendar
from khplans.site.catalogue import Catalogue
from khplans.site.inputs import read_catalogue
from khplans.site.languages import en, vi
from khplans.site.markup import SitePage
from khplans.site.pages import all_pages
from khplans.site.search.passages import passages

TEXTS = {
    "undated": "KẾ HOẠCH\nPhát triển y tế\n\nI. NHIỆM VỤ\n1. Sở Y tế chủ trì nâng cao chất lượng khám, chữa bệnh, hoàn thành trước ngày 30/6/2024.\n"
    "2. Sở Y tế chủ trì mở rộng các trạm y tế xã, hoàn thành trước ngày 30/6/2025.\n",
    "printed": "KẾ HOẠCH\nPhát triển y tế\n\nI. NHIỆM VỤ\n1. Sở Y tế chủ trì nâng cao chất lượng khám, chữa bệnh của các bệnh viện tuyến tỉnh và\n"
    "các trạm y tế xã, hoàn thành trước ngày 30/6/2024.\n2. Sở Tài chính bố trí kinh phí.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n",
    "bare": "KẾ HOẠCH\nPhát triển y tế\n\nCùng nhau cố gắng.\n",
}


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalogue]:
    """A catalogue of each text alone."""
    made = {}
    for name, text in TEXTS.items():
        folder = tmp_path_factory.mktemp(name)
        add_plan(folder / "plans", "mot", text)
        build(folder / "plans", folder / "datapackages", workers=1)
        made[name] = read_catalogue(folder, folder / "datapackages" / "khplans", None, Settings())
    return made


@pytest.fixture(scope="module")
def pages(catalogues: dict[str, Catalogue]) -> dict[str, dict[str, SitePage]]:
    """The pages of each catalogue, by their files."""
    made = {}
    for name, catalogue in catalogues.items():
        found = [page for words in (vi, en) for page in all_pages(catalogue, words)]
        made[name] = {page.file: page for page in found}
        assert len(made[name]) == len(found)
    return made


def test_a_plan_without_a_date_has_its_deadlines(pages: dict[str, dict[str, SitePage]]) -> None:
    found = pages["undated"]
    home = found["en/index.md"].markdown()
    assert "What must Sở Y tế finish in 2025?" in home
    assert "Year 2025" in found["en/deadlines.md"].markdown()


def test_lines_that_the_paper_cut_are_one_paragraph_which_a_hit_leads_to(
    catalogues: dict[str, Catalogue], pages: dict[str, dict[str, SitePage]]
) -> None:
    shown = re.findall(
        r"<(p|h\d)>(.*?)</\1>", pages["printed"]["plans/mot.md"].markdown(), re.DOTALL
    )
    texts = [re.sub(r"<[^>]+>", "", html) for _, html in shown]
    texts = texts[texts.index("KẾ HOẠCH") :]
    cut = next(text for text in texts if text.startswith("1. Sở Y tế"))
    assert cut.endswith("tuyến tỉnh và\ncác trạm y tế xã, hoàn thành trước ngày 30/6/2024.")
    assert {"Nơi nhận:", "- Như trên;", "- Lưu: VT."} < set(texts)
    for hit in passages(catalogues["printed"]):
        if hit.kind == "task":
            assert " ".join(texts[int(hit.lines)].split()) == hit.text


def test_where_nothing_is_due_the_page_of_deadlines_says_so_once(
    pages: dict[str, dict[str, SitePage]],
) -> None:
    page = pages["bare"]["en/deadlines.md"].markdown()
    assert page.count("No task here has a date") == 1
    assert "calendar/khplans.ics" not in page
    assert "calendar/khplans.ics" in pages["undated"]["en/deadlines.md"].markdown()


def test_there_is_no_picture_of_nothing(pages: dict[str, dict[str, SitePage]]) -> None:
    bare, other = (pages[name] for name in ("bare", "undated"))
    assert bare["en/pictures.md"].files == {}
    assert "No plan here cites a document." in bare["en/graph.md"].markdown()
    assert {"en/pictures-agencies.svg", "en/pictures-quarters.svg"} <= set(
        other["en/pictures.md"].files
    )


@pytest.mark.parametrize("day", [date.min, date(999, 12, 31), date.max])
def test_days_that_no_plan_should_name_are_in_the_calendar(
    catalogues: dict[str, Catalogue], day: date
) -> None:
    catalogue = catalogues["undated"]
    task = {**catalogue.collection.tables["tasks"][0], "deadline": day}
    (event,) = Calendar.from_ical(calendar(catalogue, "a", [task])).walk("VEVENT")
    assert event["DTSTART"].dt == day


def test_home_proposes_to_search_for_what_there_is(
    pages: dict[str, dict[str, SitePage]],
) -> None:
    undated, bare = (pages[name]["index.md"].markdown() for name in ("undated", "bare"))
    assert ">so y te</a>" in undated
    assert "GRDP" not in undated
    assert "kh-tries" not in bare
