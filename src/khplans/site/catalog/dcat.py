"""DCAT-AP 3, as JSON-LD and as Turtle: the same triples from the same model."""

from __future__ import annotations

import json
from typing import Any

from khplans.site.catalog.model import KEYWORDS, LICENCE, PUBLISHER, Dataset, Description

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_VIETNAMESE = "http://publications.europa.eu/resource/authority/language/VIE"
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_VIETNAM = "http://publications.europa.eu/resource/authority/country/VNM"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
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
    publisher = f"{site}/#publisher"
    catalogue: dict[str, Any] = {
        "@id": f"{site}/#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _both("khplans", "khplans"),
        "dct:description": _both(description.whole.description, description.whole.description_en),
        "dct:publisher": _id(publisher),
        "dct:license": _id(LICENCE),
        "dct:language": _id(_VIETNAMESE),
        "foaf:homepage": _id(f"{site}/"),
        "dcat:dataset": [_id(_dataset_id(d)) for d in description.datasets],
    }
    nodes = [
        catalogue,
        {"@id": publisher, "@type": "foaf:Agent", "foaf:name": PUBLISHER},
        {"@id": f"{site}/#contact", "@type": "vcard:Organization", "vcard:fn": PUBLISHER,
         "vcard:hasURL": _id(f"{site}/about.html")},
        {"@id": LICENCE, "@type": "dct:LicenseDocument"},
    ]  # fmt: skip
    if description.released:
        catalogue["dct:modified"] = _day(description)
    for dataset in description.datasets:
        nodes.append(_dataset(dataset, description, publisher, f"{site}/#contact"))
        nodes += [node for file in dataset.distributions for node in _file(file)]
    return nodes


def dcat_json(description: Description) -> str:
    """The catalogue as JSON-LD."""
    document = {"@context": _CONTEXT, "@graph": dcat_nodes(description)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def dcat_turtle(description: Description) -> str:
    """The catalogue as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in _CONTEXT.items()]
    for node in dcat_nodes(description):
        statements = [f"a {node['@type']}"]
        for name, value in node.items():
            if not name.startswith("@"):
                values = value if isinstance(value, list) else [value]
                statements.append(f"{name} {', '.join(map(_term, values))}")
        lines.append(f"\n<{node['@id']}> " + " ;\n    ".join(statements) + " .")
    return "\n".join(lines) + "\n"


def _dataset_id(dataset: Dataset) -> str:
    return dataset.identifier + "#dataset"


def _dataset(
    dataset: Dataset, description: Description, publisher: str, contact: str
) -> dict[str, Any]:
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
        "dct:license": _id(LICENCE),
        "dct:spatial": _id(_VIETNAM),
        "dcat:theme": _id(_THEME),
        "dcat:keyword": [
            {"@value": word, "@language": "vi" if "ữ" in word or "ế" in word else "en"}
            for word in KEYWORDS
        ],
        "dcat:landingPage": _id(dataset.identifier),
        "dcat:version": description.version,
        "dcat:distribution": [_id(file.address) for file in dataset.distributions],
    }
    if description.released:
        node["dct:modified"] = _day(description)
    return node


def _file(file: Any) -> list[dict[str, Any]]:
    checksum = f"{file.address}#checksum"
    node: dict[str, Any] = {
        "@id": file.address,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": _id(file.address),
        "dcat:downloadURL": _id(file.address),
        "dcat:mediaType": _id(f"https://www.iana.org/assignments/media-types/{file.media_type}"),
        "dct:license": _id(LICENCE),
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": _id(checksum),
    }
    if file.media_type in _FILE_TYPES:
        kind = _FILE_TYPES[file.media_type]
        node["dct:format"] = _id(
            f"http://publications.europa.eu/resource/authority/file-type/{kind}"
        )
    return [
        node,
        {"@id": checksum, "@type": "spdx:Checksum",
         "spdx:algorithm": _id("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
         "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"}},
    ]  # fmt: skip


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _both(vietnamese: str, english: str) -> list[dict[str, str]]:
    return [{"@value": vietnamese, "@language": "vi"}, {"@value": english, "@language": "en"}]


def _day(description: Description) -> dict[str, str]:
    assert description.released is not None
    return {"@value": description.released.isoformat(), "@type": "xsd:date"}


def _term(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if "@id" in value:
        return f"<{value['@id']}>"
    text = json.dumps(value["@value"], ensure_ascii=False)
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}"
