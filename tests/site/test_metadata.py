"""Every description for machines says the same, and its own validator accepts it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from khplans.site.inputs import read_catalogue
from khplans.tables.definition import TABLE_NAMES

SITE = "https://khplans.example.org/"


def _json_ld(path: Path) -> list[dict[str, object]]:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S
    )
    return [json.loads(text) for text in found]


@pytest.fixture(scope="module")
def package(site: Path) -> dict[str, object]:
    return json.loads((site / "data" / "latest" / "datapackage.json").read_text("utf-8"))


def _hashes(package: dict[str, object]) -> dict[str, str]:
    resources = package["resources"]
    assert isinstance(resources, list)
    return {r["path"]: r["hash"].removeprefix("sha256:") for r in resources}


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_schema_org_agrees_with_the_package(
    site: Path, package: dict[str, object], table: str
) -> None:
    (dataset,) = _json_ld(site / "tables" / f"{table}.html")
    assert dataset["@type"] == "Dataset"
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert 50 <= len(str(dataset["description"])) <= 5000
    files = dataset["distribution"]
    assert isinstance(files, list)
    hashes = _hashes(package)
    assert {f["name"]: f["sha256"] for f in files} == {
        n: hashes[n] for n in (f"{table}.csv", f"{table}.parquet")
    }
    schema = next(r["schema"] for r in package["resources"] if r["name"] == table)  # type: ignore[attr-defined]
    measured = dataset["variableMeasured"]
    assert isinstance(measured, list)
    assert [v["name"] for v in measured] == [f["name"] for f in schema["fields"]]


def test_stable_addresses_lead_to_the_files(site: Path, package: dict[str, object]) -> None:
    for table in TABLE_NAMES:
        (dataset,) = _json_ld(site / "tables" / f"{table}.html")
        for file in dataset["distribution"]:  # type: ignore[attr-defined]
            path = file["contentUrl"].removeprefix(SITE)
            assert (site / path).stat().st_size == int(file["contentSize"].split()[0])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_dcat_in_both_forms_is_one_graph(site: Path, package: dict[str, object]) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    turtle = rdflib.Graph().parse(site / "catalog" / "dcat.ttl", format="turtle")
    linked = rdflib.Graph().parse(site / "catalog" / "dcat.jsonld", format="json-ld")
    assert isomorphic(turtle, linked)
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    datasets = set(turtle.subjects(rdflib.RDF.type, dcat.Dataset))
    assert len(datasets) == len(TABLE_NAMES) + 1
    sums = {str(value) for value in turtle.objects(None, spdx.checksumValue)}
    assert {
        h for name, h in _hashes(package).items() if name.endswith((".csv", ".parquet"))
    } <= sums
    for dataset in datasets:
        assert {v.language for v in turtle.objects(dataset, rdflib.DCTERMS.title)} == {"vi", "en"}


def test_croissant_describes_the_parquet_as_it_is(site: Path, package: dict[str, object]) -> None:
    # mlcroissant, its own validator, needs libraries without wheels: it is run by hand, not here.
    import pyarrow.parquet as pq

    described = json.loads((site / "catalog" / "croissant.json").read_text("utf-8"))
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert {"name", "description", "license", "url", "creator", "datePublished"} <= set(described)
    hashes = _hashes(package)
    files = {file["@id"]: file for file in described["distribution"]}
    for file in files.values():
        assert file["sha256"] == hashes[file["name"]]
        assert (site / file["contentUrl"].removeprefix(SITE)).is_file()
    assert [records["@id"] for records in described["recordSet"]] == list(TABLE_NAMES)
    fields = {field["@id"] for records in described["recordSet"] for field in records["field"]}
    for records in described["recordSet"]:
        path = site / "data" / "latest" / f"{records['@id']}.parquet"
        columns = pq.read_schema(path).names
        assert [field["source"]["extract"]["column"] for field in records["field"]] == columns
        for field in records["field"]:
            assert field["source"]["fileObject"]["@id"] in files
            assert field.get("references", {}).get("field", {}).get("@id", field["@id"]) in fields
        assert {key["@id"] for key in records["key"]} <= fields


def test_versions_agree(site: Path) -> None:
    (home,) = _json_ld(site / "index.html")
    croissant = json.loads((site / "catalog" / "croissant.json").read_text("utf-8"))
    assert home["version"] == croissant["version"]
    assert f"Version {home['version']}." in (site / "llms.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["releases", "warnings"])
def test_feeds_are_atom(site: Path, name: str) -> None:
    feed = ElementTree.parse(site / "feeds" / f"{name}.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    for tag in ("id", "title", "updated"):
        assert feed.find(atom + tag) is not None
    ids = [entry.findtext(f"{atom}id") for entry in feed.findall(f"{atom}entry")]
    assert len(ids) == len(set(ids))


def test_sitemap_has_every_page_and_no_clock(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    listed = {
        loc.removeprefix(SITE) or "index.html" for loc in re.findall(r"<loc>(.*?)</loc>", text)
    }
    assert listed == pages
    assert len(set(re.findall(r"<lastmod>(.*?)</lastmod>", text))) <= 1


def test_calendars_hold_every_deadline(site: Path, collection: Path) -> None:
    rows = read_catalogue(Path("nowhere"), collection, None, SITE).collection.tables["tasks"]
    due = [row for row in rows if row["deadline"]]
    text = (site / "calendar" / "khplans.ics").read_bytes().decode("utf-8")
    assert text.count("BEGIN:VEVENT") == len(due) > 0
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{due[0]['deadline']:%Y%m%d}" in unfolded
