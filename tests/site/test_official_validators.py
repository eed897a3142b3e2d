"""Each description for machines is accepted by the validator or schema that its standard publishes.

Every validator is first shown something broken, so that none can pass by not looking.
"""

from __future__ import annotations

import copy
import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from conftest import SITE
from lxml import etree

from khplans.tables.definition import TABLE_NAMES

OFFICIAL = Path(__file__).parent / "official"
SCHEMA = "http://schema.org/"


def _text(path: Path) -> str:
    return path.read_text("utf-8")


# DCAT-AP 3


@cache
def _shapes() -> Any:
    import rdflib

    return rdflib.Graph().parse(OFFICIAL / "dcat-ap-3.0.0-shacl.jsonld", format="json-ld")


def _dcat_complaints(graph: Any) -> str:
    from pyshacl import validate

    conforms, _, text = validate(graph, shacl_graph=_shapes(), inference="none")
    return "" if conforms else text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("name", "form"), [("dcat.ttl", "turtle"), ("dcat.jsonld", "json-ld")])
def test_dcat_ap_s_shapes_accept_the_catalogue(site: Path, name: str, form: str) -> None:
    import rdflib

    graph = rdflib.Graph().parse(site / "catalog" / name, format=form)
    assert _dcat_complaints(graph) == ""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("predicate", "shape"),
    [
        ("http://purl.org/dc/terms/title", "MinCountConstraintComponent"),
        ("http://www.w3.org/ns/dcat#accessURL", "MinCountConstraintComponent"),
        ("http://spdx.org/rdf/terms#checksumValue", "MinCountConstraintComponent"),
    ],
)
def test_dcat_ap_s_shapes_refuse_a_catalogue_without(
    site: Path, predicate: str, shape: str
) -> None:
    import rdflib

    graph = rdflib.Graph().parse(site / "catalog" / "dcat.ttl", format="turtle")
    graph.remove((None, rdflib.URIRef(predicate), None))
    assert shape in _dcat_complaints(graph)


# Croissant 1.1


def _croissant(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text(site / "catalog" / "croissant.json"))
    return found


def _croissant_issues(document: dict[str, Any]) -> tuple[set[str], set[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlcroissant

        try:
            issues = mlcroissant.Dataset(jsonld=document).metadata.ctx.issues
        except mlcroissant.ValidationError as error:
            return {str(error)}, set()
    return set(issues.errors), set(issues.warnings)


def test_mlcroissant_accepts_the_description_without_a_warning(site: Path) -> None:
    assert _croissant_issues(_croissant(site)) == (set(), set())


def test_mlcroissant_refuses_a_broken_description(site: Path) -> None:
    document = _croissant(site)
    document["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere.parquet"
    errors, _ = _croissant_issues(document)
    assert "nowhere.parquet" in str(errors)


@pytest.fixture(scope="module")
def described(site: Path) -> Any:
    """The data as mlcroissant finds it by the description."""
    document = _croissant(site)
    data = site / "data" / "latest"
    local = {file["@id"]: data / file["name"] for file in document["distribution"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlcroissant

        return mlcroissant.Dataset(jsonld=document, mapping=local)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_mlcroissant_reads_the_rows_that_the_parquet_has(
    site: Path, described: Any, table: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = list(described.records(table))
    rows = pq.read_table(site / "data" / "latest" / f"{table}.parquet").to_pylist()
    assert len(read) == len(rows)
    for found, row in zip(read, rows, strict=True):
        words = {name: value for name, value in row.items() if isinstance(value, str)}
        assert {n: found[f"{table}/{n}"].decode() for n in words} == words


# Data Package v2


def test_frictionless_accepts_the_package_that_is_served(published: Path, collection: Path) -> None:
    from frictionless import Package

    folder = published / "data" / "latest"
    described = (folder / "datapackage.json").read_bytes()
    assert described == (collection / "datapackage.json").read_bytes()
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["code", "note"])[:5]
    assert report.stats["tasks"] >= 12


# schema.org


@cache
def _vocabulary() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Of schema.org's own vocabulary: the classes above a class, and what each property may stand on
    and point to."""
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(Path(pyshacl.__file__).parent / "assets" / "schema.ttl")
    parents: dict[str, set[str]] = {}
    above = rdflib.RDFS.subClassOf
    for name in set(graph.subjects(rdflib.RDF.type, rdflib.RDFS.Class)):
        parents[_name(name)] = {_name(found) for found in graph.transitive_objects(name, above)}
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    stands: dict[str, set[str]] = {}
    points: dict[str, set[str]] = {}
    for name in parents:
        for shape in graph.objects(rdflib.URIRef(SCHEMA + name), sh.property):
            path = _name(graph.value(shape, sh.path))
            stands.setdefault(path, set()).add(name)
            choice = graph.value(shape, sh["or"])
            parts = graph.transitive_objects(choice, rdflib.RDF.rest) if choice else ()
            for value in [shape, *parts]:
                inner = graph.value(value, rdflib.RDF.first) or value
                kinds = points.setdefault(path, set())
                kinds |= {_name(found) for found in graph.objects(inner, sh["class"])}
                kinds |= {_name(found) for found in graph.objects(inner, sh.datatype)}
    return parents, stands, points


def _name(node: object) -> str:
    return str(node).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


_NEWER = {"sha256"}
"""In schema.org since its version 13, after the one that pyshacl carries."""


def _misused(node: dict[str, Any]) -> Iterator[str]:
    """Types and properties that schema.org has not, or not there."""
    parents, stands, points = _vocabulary()
    kind = node["@type"]
    if kind not in parents:
        yield f"no class {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in _NEWER and not stands.get(name, set()) & parents[kind]:
            yield f"{kind} has no {name}"
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                if not points.get(name, set()) & parents.get(part["@type"], {""}):
                    yield f"{name} is not a {part['@type']}"
                yield from _misused(part)


def _json_ld(path: Path) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', _text(path), re.S)
    return [json.loads(text) for text in found]


def test_schema_org_has_every_class_and_property_where_it_is_used(site: Path) -> None:
    seen = 0
    for path in sorted(site.rglob("*.html")):
        for document in _json_ld(path):
            assert document["@context"] == "https://schema.org/"
            without = {k: v for k, v in document.items() if k != "@context"}
            assert list(_misused(without)) == [], path.name
            seen += 1
    assert seen >= 2 * 13


def test_a_misused_property_is_seen() -> None:
    assert list(_misused({"@type": "Dataset", "deadline": "x"})) == ["Dataset has no deadline"]
    assert list(_misused({"@type": "Datensatz"})) == ["no class Datensatz"]
    misplaced = {"@type": "Dataset", "creator": {"@type": "DataDownload", "name": "x"}}
    assert list(_misused(misplaced)) == ["creator is not a DataDownload"]


def test_datasets_have_what_google_s_dataset_search_asks_for(site: Path) -> None:
    pages = [site / "index.html", site / "en" / "index.html", *site.glob("**/tables/*.html")]
    described = [d for path in pages for d in _json_ld(path) if d["@type"] == "Dataset"]
    assert len(described) >= 2 * 13
    for document in described:
        assert document["name"]
        assert 50 <= len(document["description"]) <= 5000
        for name in ("license", "creator", "url", "version", "keywords", "isAccessibleForFree"):
            assert document[name], name
        for name in ("temporalCoverage", "spatialCoverage", "dateModified"):
            assert document[name], name
        for file in document["distribution"]:
            assert file["contentUrl"].startswith(SITE)
            assert file["encodingFormat"]


# Sitemap, Atom, iCalendar, llms.txt


def test_the_sitemap_s_schema_accepts_it(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(OFFICIAL / "sitemap.xsd"))
    document = etree.parse(site / "sitemap.xml")
    assert schema.validate(document), schema.error_log
    document.getroot()[0].append(etree.Element("{http://www.sitemaps.org/schemas/sitemap/0.9}day"))
    assert not schema.validate(document)


@pytest.mark.parametrize(
    "name",
    ["releases", "warnings", "provinces/khanh-hoa", "agencies/khanh-hoa-so-y-te",
     "measures/grdp-growth"],
)  # fmt: skip
def test_atom_s_grammar_accepts_the_feed(published: Path, name: str) -> None:
    grammar = etree.RelaxNG(etree.parse(OFFICIAL / "atom.rng"))
    document = etree.parse(published / "feeds" / f"{name}.xml")
    assert grammar.validate(document), grammar.error_log
    atom = "{http://www.w3.org/2005/Atom}"
    for gone in (f"{atom}updated", f"{atom}id"):
        broken = copy.deepcopy(document)
        entry = broken.find(f"{atom}entry")
        entry.remove(entry.find(gone))
        assert not grammar.validate(broken)


def test_icalendar_reads_every_calendar(site: Path) -> None:
    from icalendar import Calendar

    files = sorted((site / "calendar").rglob("*.ics"))
    assert len(files) > 10
    for path in files:
        calendar = Calendar.from_ical(path.read_bytes())
        assert calendar["VERSION"] == "2.0"
        assert calendar["PRODID"]
        events = calendar.walk("VEVENT")
        assert events
        assert len({str(event["UID"]) for event in events}) == len(events)
        for event in [calendar, *events]:
            assert event.errors == []
        for event in events:
            assert event["DTSTAMP"]
            assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
            assert str(event["URL"]).isascii()


def test_llms_txt_is_of_its_form(site: Path) -> None:
    """https://llmstxt.org: a title, a summary, plain text, then sections of nothing but links."""
    head, *sections = re.split(r"^## ", _text(site / "llms.txt"), flags=re.M)
    assert re.match(r"# \S.*\n\n> \S.*\n", head)
    assert len(sections) >= 2
    linked = 0
    for section in sections:
        title, *lines = section.strip().split("\n")
        assert title
        for line in filter(None, lines):
            found = re.fullmatch(r"- \[([^\]]+)\]\((\S+)\)(: .+)?", line)
            assert found, line
            path = found[2].removeprefix(SITE)
            assert (site / path).is_file(), line
            linked += 1
    assert linked >= 12 + 5
