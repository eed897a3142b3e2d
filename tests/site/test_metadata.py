"""Every description for machines says the same as the Data Package beside the data."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from conftest import SITE

from khplans.settings import Settings
from khplans.site.inputs import read_catalogue
from khplans.tables.definition import TABLE_NAMES


def _json_ld(path: Path) -> list[dict[str, Any]]:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S
    )
    return [one for one in map(json.loads, found) if one["@type"] == "Dataset"]


@pytest.fixture(scope="module")
def package(site: Path) -> dict[str, Any]:
    return json.loads((site / "data" / "latest" / "datapackage.json").read_text("utf-8"))


def _expected(package: dict[str, Any], site: Path) -> dict[str, Any]:
    """What the Data Package says of each table: its files with size and hash, its columns, its rows."""
    found: dict[str, Any] = {}
    for resource in package["resources"]:
        table, _, form = resource["path"].partition(".")
        if table not in TABLE_NAMES:
            continue
        facts = found.setdefault(table, {"files": {}})
        facts["files"][resource["path"]] = (
            (site / "data" / "latest" / resource["path"]).stat().st_size, resource["hash"].removeprefix("sha256:"),
        )  # fmt: skip
        if form == "csv":
            schema = resource["schema"]
            facts["columns"] = [field["name"] for field in schema["fields"]]
            facts["title"] = resource["title"]
    return found


@pytest.fixture(scope="module")
def expected(package: dict[str, Any], site: Path) -> dict[str, Any]:
    found = _expected(package, site)
    assert set(found) == set(TABLE_NAMES)
    assert all(len(facts["files"]) == 2 for facts in found.values())
    return found


def test_schema_org_says_what_the_package_says(site: Path, expected: dict[str, Any]) -> None:
    for table, facts in expected.items():
        (document,) = _json_ld(site / "tables" / f"{table}.html")
        assert document["name"] == facts["title"]
        assert [v["name"] for v in document["variableMeasured"]] == facts["columns"]
        files = {
            f["name"]: (int(f["contentSize"].split()[0]), f["sha256"])
            for f in document["distribution"]
        }
        assert files == facts["files"]


def test_croissant_says_what_the_package_says(site: Path, expected: dict[str, Any]) -> None:
    document = json.loads((site / "catalog" / "croissant.json").read_text("utf-8"))
    files = {
        f["name"]: (int(f["contentSize"].split()[0]), f["sha256"]) for f in document["distribution"]
    }
    parquet = {n: f for facts in expected.values() for n, f in facts["files"].items() if n.endswith("parquet")}  # fmt: skip
    assert files == parquet
    columns = {r["name"]: [f["name"] for f in r["field"]] for r in document["recordSet"]}
    assert columns == {table: facts["columns"] for table, facts in expected.items()}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_dcat_says_what_the_package_says(site: Path, expected: dict[str, Any]) -> None:
    import rdflib

    graph = rdflib.Graph().parse(site / "catalog" / "dcat.ttl", format="turtle")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    dct = rdflib.DCTERMS
    for table, facts in expected.items():
        (dataset,) = graph.subjects(dct.identifier, rdflib.Literal(table))
        assert rdflib.Literal(facts["title"], lang="vi") in set(graph.objects(dataset, dct.title))
        files = {}
        for file in graph.objects(dataset, dcat.distribution):
            checksum = graph.value(graph.value(file, spdx.checksum), spdx.checksumValue)
            files[str(graph.value(file, dct.title))] = (
                int(str(graph.value(file, dcat.byteSize))), str(checksum),
            )  # fmt: skip
        assert files == facts["files"]


def test_llms_txt_counts_the_rows_of_the_tables(site: Path) -> None:
    import pyarrow.parquet as pq

    text = (site / "llms.txt").read_text("utf-8")
    for table in TABLE_NAMES:
        rows = pq.read_metadata(site / "data" / "latest" / f"{table}.parquet").num_rows
        (line,) = re.findall(rf"^- \[{table}\]\(.*$", text, re.M)
        assert line.endswith(f" {rows} rows.")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_every_description_says_one_version_date_licence_and_address(site: Path) -> None:
    import rdflib

    (home,) = _json_ld(site / "index.html")
    croissant = json.loads((site / "catalog" / "croissant.json").read_text("utf-8"))
    graph = rdflib.Graph().parse(site / "catalog" / "dcat.ttl", format="turtle")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    whole = graph.value(predicate=rdflib.DCTERMS.identifier, object=rdflib.Literal("khplans"))

    def said(predicate: rdflib.URIRef) -> str:
        return str(graph.value(whole, predicate))

    version = home["version"]
    assert f"Version {version}." in (site / "llms.txt").read_text("utf-8")
    assert {croissant["version"], said(dcat.version)} == {version}
    assert {croissant["datePublished"], said(rdflib.DCTERMS.modified)} == {home["dateModified"]}
    assert {croissant["license"], said(rdflib.DCTERMS.license)} == {home["license"]}
    assert {croissant["url"], said(dcat.landingPage), home["url"]} == {SITE}
    assert {str(v) for v in graph.objects(whole, dcat.keyword)} == set(home["keywords"])
    assert croissant["keywords"] == home["keywords"]


def test_stable_addresses_lead_to_the_files(site: Path) -> None:
    for table in TABLE_NAMES:
        (dataset,) = _json_ld(site / "tables" / f"{table}.html")
        for file in dataset["distribution"]:
            path = file["contentUrl"].removeprefix(SITE)
            assert (site / path).stat().st_size == int(file["contentSize"].split()[0])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_dcat_in_both_forms_is_one_graph(site: Path) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    turtle = rdflib.Graph().parse(site / "catalog" / "dcat.ttl", format="turtle")
    linked = rdflib.Graph().parse(site / "catalog" / "dcat.jsonld", format="json-ld")
    assert isomorphic(turtle, linked)
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    datasets = set(turtle.subjects(rdflib.RDF.type, dcat.Dataset))
    assert len(datasets) == len(TABLE_NAMES) + 1
    for dataset in datasets:
        assert {v.language for v in turtle.objects(dataset, rdflib.DCTERMS.title)} == {"vi", "en"}


@pytest.mark.parametrize(
    "name",
    ["warnings", "provinces/khanh-hoa", "agencies/khanh-hoa-so-y-te", "measures/grdp-growth"],
)
def test_feeds_lead_to_places_that_there_are(site: Path, name: str) -> None:
    feed = ElementTree.parse(site / "feeds" / f"{name}.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert entries
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None
        path, _, place = link.attrib["href"].removeprefix(SITE).partition("#")
        assert f'id="{html.escape(unquote(place))}"' in (site / path).read_text("utf-8"), place


def test_calendars_lead_to_places_that_there_are(site: Path) -> None:
    text = (site / "calendar" / "khplans.ics").read_bytes().decode().replace("\r\n ", "")
    links = re.findall(r"^URL:(\S+)\r$", text, re.M)
    assert links
    for link in links:
        path, _, place = link.removeprefix(SITE).partition("#")
        assert f'id="{html.escape(unquote(place))}"' in (site / path).read_text("utf-8"), place


def test_sitemap_has_every_page_and_no_clock(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    listed = {
        loc.removeprefix(SITE) or "index.html" for loc in re.findall(r"<loc>(.*?)</loc>", text)
    }
    assert listed == pages
    assert len(set(re.findall(r"<lastmod>(.*?)</lastmod>", text))) <= 1
    for loc in re.findall(r"<loc>(.*?)</loc>", text):
        page = (site / (loc.removeprefix(SITE) or "index.html")).read_text("utf-8")
        assert f'<link rel="canonical" href="{loc}">' in page


def test_calendars_hold_every_deadline(site: Path, collection: Path) -> None:
    rows = read_catalogue(Path("nowhere"), collection, None, Settings()).collection.tables["tasks"]
    due = [row for row in rows if row["deadline"]]
    text = (site / "calendar" / "khplans.ics").read_bytes().decode("utf-8")
    assert text.count("BEGIN:VEVENT") == len(due) > 0
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{due[0]['deadline']:%Y%m%d}" in unfolded
