"""DCAT-AP 3, as JSON-LD and as Turtle: the same triples from the same model.

Every node says its class, those of others too (a language, a media type): DCAT-AP's shapes ask for the
class of what a property points to, and who checks the file alone has no vocabularies at hand.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from khplans.site.catalog.description import KEYWORDS, Dataset, Description, Distribution
from khplans.site.catalogue import english_heading

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_VIETNAMESE = f"{_AUTHORITY}language/VIE"
_ENGLISH = f"{_AUTHORITY}language/ENG"
_PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
_VIETNAM = f"{_AUTHORITY}country/VNM"
_THEME = f"{_AUTHORITY}data-theme/GOVE"
_THEMES = f"{_AUTHORITY}data-theme"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_FILE_TYPES = {
    "text/csv": "CSV",
    "application/vnd.apache.parquet": "PARQUET",
    "application/json": "JSON",
    "application/zip": "ZIP",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


def dcat_nodes(description: Description) -> list[dict[str, Any]]:
    """The catalogue, its datasets and their files as JSON-LD nodes; each has an `@id`."""
    site = description.site.rstrip("/")
    licence = description.settings.licensed.address
    publisher = f"{site}/#publisher"
    catalogue: dict[str, Any] = {
        "@id": f"{site}/#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _both(description.settings.heading, english_heading(description.settings)),
        "dct:description": _both(description.whole.description, description.whole.description_en),
        "dct:publisher": _id(publisher),
        "dct:license": _id(licence),
        "dct:language": [_id(_VIETNAMESE), _id(_ENGLISH)],
        "dct:spatial": _id(_VIETNAM),
        "dcat:themeTaxonomy": _id(_THEMES),
        "foaf:homepage": _id(f"{site}/"),
        "dcat:dataset": [_id(_dataset_id(d)) for d in description.datasets],
    }
    if description.released:
        catalogue["dct:modified"] = _day(description.released)
    contact = f"{site}/#contact"
    nodes: list[dict[str, Any]] = [
        catalogue,
        {"@id": publisher, "@type": "foaf:Agent", "foaf:name": description.settings.publisher,
         "foaf:homepage": _id(f"{site}/")},
        {"@id": contact, "@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": description.settings.publisher,
         "vcard:hasURL": _id(f"{site}/about.html")},
    ]  # fmt: skip
    for dataset in description.datasets:
        nodes.append(_dataset(dataset, description, publisher, contact))
        nodes += [node for file in dataset.distributions for node in _file(file, licence)]
    return nodes + _things(description)


def _things(description: Description) -> list[dict[str, Any]]:
    """What others have named, each with its class."""
    files = [file for dataset in description.datasets for file in dataset.distributions]
    classes = {
        description.settings.licensed.address: "dct:LicenseDocument",
        _VIETNAMESE: "dct:LinguisticSystem",
        _ENGLISH: "dct:LinguisticSystem",
        _PUBLIC: "dct:RightsStatement",
        _VIETNAM: "dct:Location",
        _SHA256: "spdx:ChecksumAlgorithm",
        **{_media_type(file): "dct:MediaType" for file in files},
        **{kind: "dct:MediaTypeOrExtent" for file in files if (kind := _file_type(file))},
        **{dataset.identifier: "foaf:Document" for dataset in description.datasets},
    }
    things: list[dict[str, Any]] = [
        {"@id": _THEMES, "@type": "skos:ConceptScheme", "dct:title": _both("Chủ đề dữ liệu", "Data theme")},
        {"@id": _THEME, "@type": "skos:Concept", "skos:inScheme": _id(_THEMES),
         "skos:prefLabel": _both("Chính quyền và khu vực công", "Government and public sector")},
        *({"@id": name, "@type": kind} for name, kind in classes.items()),
    ]  # fmt: skip
    if description.first and description.last:
        things.append({"@id": _period_id(description), "@type": "dct:PeriodOfTime",
                       "dcat:startDate": _day(description.first), "dcat:endDate": _day(description.last)})  # fmt: skip
    return things


def dcat_json(description: Description) -> str:
    """The catalogue as JSON-LD."""
    document = {"@context": _CONTEXT, "@graph": dcat_nodes(description)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def dcat_turtle(description: Description) -> str:
    """The catalogue as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in _CONTEXT.items()]
    for node in dcat_nodes(description):
        kinds = node["@type"]
        statements = [f"a {kinds if isinstance(kinds, str) else ', '.join(kinds)}"]
        for name, value in node.items():
            if not name.startswith("@"):
                values = value if isinstance(value, list) else [value]
                statements.append(f"{name} {', '.join(map(_term, values))}")
        lines.append(f"\n<{node['@id']}> " + " ;\n    ".join(statements) + " .")
    return "\n".join(lines) + "\n"


def _period_id(description: Description) -> str:
    return f"{description.site.rstrip('/')}/#period"


def _dataset_id(dataset: Dataset) -> str:
    return dataset.identifier + "#dataset"


def _dataset(
    dataset: Dataset, description: Description, publisher: str, contact: str
) -> dict[str, Any]:
    licence = description.settings.licensed.address
    node: dict[str, Any] = {
        "@id": _dataset_id(dataset),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        "dct:title": _both(dataset.title, dataset.title_en),
        "dct:description": _both(dataset.description, dataset.description_en),
        "dct:publisher": _id(publisher),
        "dcat:contactPoint": _id(contact),
        "dct:language": _id(_VIETNAMESE),
        "dct:accessRights": _id(_PUBLIC),
        "dct:license": _id(licence),
        "dct:spatial": _id(_VIETNAM),
        "dcat:theme": _id(_THEME),
        "dcat:keyword": [
            {"@value": word, "@language": language} for word, language in KEYWORDS.items()
        ],
        "dcat:landingPage": _id(dataset.identifier),
        "dcat:version": description.version,
        "dcat:distribution": [_id(_distribution_id(file)) for file in dataset.distributions],
    }
    if description.released:
        node["dct:modified"] = _day(description.released)
    if description.first and description.last:
        node["dct:temporal"] = _id(_period_id(description))
    return node


def _distribution_id(file: Distribution) -> str:
    return file.address + "#distribution"


def _media_type(file: Distribution) -> str:
    return f"https://www.iana.org/assignments/media-types/{file.media_type}"


def _file_type(file: Distribution) -> str:
    kind = _FILE_TYPES.get(file.media_type)
    return f"{_AUTHORITY}file-type/{kind}" if kind else ""


def _file(file: Distribution, licence: str) -> list[dict[str, Any]]:
    checksum = f"{file.address}#checksum"
    node: dict[str, Any] = {
        "@id": _distribution_id(file),
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": _id(file.address),
        "dcat:downloadURL": _id(file.address),
        "dcat:mediaType": _id(_media_type(file)),
        "dct:license": _id(licence),
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": _id(checksum),
    }
    if _file_type(file):
        node["dct:format"] = _id(_file_type(file))
    return [
        node,
        {"@id": file.address, "@type": "rdfs:Resource"},
        {"@id": checksum, "@type": "spdx:Checksum", "spdx:algorithm": _id(_SHA256),
         "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"}},
    ]  # fmt: skip


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _both(vietnamese: str, english: str) -> list[dict[str, str]]:
    return [{"@value": vietnamese, "@language": "vi"}, {"@value": english, "@language": "en"}]


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _term(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if "@id" in value:
        return f"<{value['@id']}>"
    text = json.dumps(value["@value"], ensure_ascii=False)
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}"
