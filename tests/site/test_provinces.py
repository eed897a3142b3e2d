"""Provinces: their pages, what follows them, and how those of before July 2025 are tied to those of today."""

from __future__ import annotations

import html
import re
from copy import copy
from pathlib import Path

import pytest

from khplans.knowledge.provinces import provinces
from khplans.site.catalogue import Catalogue
from khplans.site.data import SiteData
from khplans.site.languages import Language, en, vi
from khplans.site.pages.province import province_pages
from khplans.site.places import Place, place_key, places_of


def _page(site: Path, path: str) -> str:
    return html.unescape((site / path).read_text("utf-8"))


def _section(page: str, place: str) -> str:
    """A page's part from one heading to the next of its rank."""
    return page.split(f'<h2 id="{place}">')[1].split("<h2 ")[0]


def _rows(section: str) -> list[str]:
    return re.findall(r"<tr>(.*?)</tr>", section.split("<tbody>")[1].split("</tbody>")[0])


@pytest.fixture(scope="module")
def data(collection: Path) -> SiteData:
    return SiteData(collection)


@pytest.fixture(scope="module")
def khanh_hoa(data: SiteData) -> Place:
    return data.places["khanh-hoa"]


def test_a_province_has_all_that_is_of_it(site: Path, data: SiteData, khanh_hoa: Place) -> None:
    page = _page(site, "provinces/khanh-hoa.html")
    assert len(khanh_hoa.plans) == 4
    plans = _section(page, "plans")
    assert all(f"../plans/{plan}.html" in plans for plan in khanh_hoa.plans)
    assert "../plans/dien-bien" not in page
    documents = _section(page, "documents")
    assert len(_rows(documents)) == len(khanh_hoa.documents) > len(khanh_hoa.plans)
    assert all(row["signer"] in documents for row in khanh_hoa.documents if row["signer"])
    agencies = _rows(_section(page, "agencies"))
    assert '../agencies/khanh-hoa-uy-ban-nhan-dan-cac-huyen-thi-xa-thanh-pho.html"' in agencies[0]
    assert f"{len(khanh_hoa.agencies)} cơ quan" in page
    assert f"{len(khanh_hoa.tasks)} nhiệm vụ" in page


def test_targets_stand_beside_results_each_a_link_to_its_words(
    site: Path, data: SiteData, khanh_hoa: Place
) -> None:
    rows = _rows(_section(_page(site, "provinces/khanh-hoa.html"), "figures"))
    [growth] = (row for row in rows if "measures/grdp-growth.html" in row)
    _, targets, results = re.findall(r"<td.*?</td>", growth)
    assert ">tăng 8,1%</b></a> (2024)" in targets
    assert "ước thực hiện, 9 tháng đầu năm 2021" in results
    assert "8,1%" not in results
    shown = re.findall(r'href="\.\./plans/\S+?#indicators/([^"]+)"', growth)
    own = {
        row["indicator_id"].replace(" ", "_")
        for row in khanh_hoa.indicators
        if row["measure_id"] == "grdp-growth"
    }
    assert set(map(html.unescape, shown)) == set(own)
    assert len(rows) == len({r["measure_id"] for r in khanh_hoa.indicators if r["measure_id"]})


def test_deadlines_ahead_stand_before_those_gone_by(site: Path, khanh_hoa: Place) -> None:
    deadlines = _section(_page(site, "provinces/khanh-hoa.html"), "deadlines")
    ahead, latest = deadlines.split('<h3 id="latest">')
    days = [re.findall(r'datetime="([^"]+)"', part) for part in (ahead, latest)]
    last = max(str(task["deadline"]) for task in khanh_hoa.dated)
    assert days[0] == sorted(days[0])
    assert days[1] == sorted(days[1], reverse=True)
    assert days[0][-1] == last > days[1][0]


@pytest.mark.parametrize(
    ("language", "now", "before"),
    [("", "Nay thuộc:", "Đã nhập thêm:"), ("en/", "Now part of:", "Has taken in:")],
)
def test_a_province_of_before_and_the_one_that_took_it_in_name_each_other(
    site: Path, language: str, now: str, before: str
) -> None:
    old = _page(site, f"{language}provinces/ninh-thuan.html")
    new = _page(site, f"{language}provinces/khanh-hoa.html")
    by = '<span lang="vi">Nghị quyết 202/2025/QH15</span>'
    assert re.search(f'{now} <b><a href="khanh-hoa.html">Khánh Hòa</a></b> [^<]*{by}', old)
    assert re.search(f'{before} <b><a href="ninh-thuan.html">Ninh Thuận</a></b> [^<]*{by}', new)
    assert "2025" in old


def test_the_list_has_every_province_of_today_with_those_of_before(site: Path) -> None:
    page = _page(site, "provinces/index.html")
    rows = _rows(_section(page, "today"))
    assert len(rows) == 34
    assert all(province.name in page for province in provinces())
    assert [row for row in rows if "Lâm Đồng" in row and "Bình Thuận; Đắk Nông" in row]


@pytest.mark.parametrize(
    ("words", "both", "merged"),
    [(vi, "1 + 1 (của Ninh Thuận)", "1 (của Bình Dương)"), (en, "1 + 1 (of Ninh Thuận)", "1 (of Bình Dương)")],
)  # fmt: skip
def test_a_province_s_plans_are_told_with_those_of_the_provinces_that_it_took_in(
    data: SiteData, words: Language, both: str, merged: str
) -> None:
    names = ("Khánh Hòa", "Ninh Thuận", "Bình Dương")
    rows = [{"province": name, "document_id": name, "plan_id": name} for name in names]
    told = copy(data)
    told.__dict__["places"] = places_of(_tables(documents=rows))
    catalogue = Catalogue(told, "1.0.0", None, {})
    body = "".join(next(province_pages(catalogue, words)).body)
    listed = _rows(body.split("{ #today }")[1])
    assert [row for row in listed if "Khánh Hòa" in row and f"<td>{both}</td>" in row]
    assert [row for row in listed if "Bình Dương" in row and f"<td>{merged}</td>" in row]


def _tables(**tables: object) -> dict[str, list[dict[str, object]]]:
    names = ("documents", "agencies", "tasks", "indicators")
    return {name: tables.get(name, []) for name in names}  # type: ignore[misc]


def test_mergers_tie_provinces_that_rows_are_of_to_those_they_are_not_of() -> None:
    found = places_of(_tables(agencies=[{"province": "Bình Thuận", "agency_id": "a"}]))
    assert list(found) == ["binh-thuan", "dak-nong", "lam-dong"]
    assert [p.name for p in found["lam-dong"].takes_in] == ["Bình Thuận", "Đắk Nông"]
    assert found["binh-thuan"].agencies
    assert not found["dak-nong"].agencies


def test_two_spellings_of_a_province_are_one_and_an_unknown_one_has_its_place() -> None:
    rows = [{"province": name, "document_id": name, "plan_id": name} for name in ("Khanh Hoa", "Khánh Hòa", "Xứ Lạ")]  # fmt: skip
    found = places_of(_tables(documents=rows))
    assert [p["plan_id"] for p in found["khanh-hoa"].documents] == ["Khanh Hoa", "Khánh Hòa"]
    assert found["khanh-hoa"].name == "Khánh Hòa"
    assert (found["xu-la"].name, found["xu-la"].known) == ("Xứ Lạ", None)


def test_every_merger_names_the_document_that_says_so() -> None:
    for province in provinces():
        assert bool(province.into) == bool(province.into_by) == bool(province.until), province.name


def test_agencies_and_cards_of_plans_lead_to_their_province(site: Path, data: SiteData) -> None:
    for agency in data.tables["agencies"]:
        page = _page(site, f"agencies/{agency['agency_id']}.html")
        link = f'href="../provinces/{place_key(agency["province"] or "x")}.html"'
        assert (link in page) == bool(agency["province"]), agency["agency_id"]
    for path, up in (("index.html", ""), ("plans/index.html", "../")):
        assert f'href="{up}provinces/dien-bien.html">Điện Biên</a> ·' in _page(site, path)
