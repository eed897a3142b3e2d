"""schema.org Dataset, as JSON-LD inside the pages of datasets."""

from __future__ import annotations

from typing import Any

from khplans.site.catalog.description import KEYWORDS, Dataset, Description, description_of
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage, json_script
from khplans.tables.definition import Table


def collection_script(catalogue: Catalogue, page: SitePage) -> str:
    """The script of the home page: the whole collection and its tables."""
    words, description = page.words, _description(catalogue, page)
    document = dataset_json(description.whole, description, catalogue, words)
    document["hasPart"] = [{"@type": "Dataset", "@id": d.identifier, "name": words(d.title, d.title_en),
                            "description": _long(d, words), "license": catalogue.settings.licensed.address} for d in description.parts]  # fmt: skip
    return json_script(document, "application/ld+json")


def dataset_script(catalogue: Catalogue, definition: Table, page: SitePage) -> str:
    """The script of a table's page."""
    words, description = page.words, _description(catalogue, page)
    dataset = next(part for part in description.parts if part.name == definition.name)
    document = dataset_json(dataset, description, catalogue, words)
    document["isPartOf"] = {"@type": "Dataset", "@id": description.site, "name": catalogue.settings.name,
                            "description": catalogue.collection.descriptor["description"],
                            "license": catalogue.settings.licensed.address}  # fmt: skip
    return json_script(document, "application/ld+json")


def _description(catalogue: Catalogue, page: SitePage) -> Description:
    return description_of(catalogue, catalogue.base(page.file_link("") or "./"))


def dataset_json(
    dataset: Dataset, description: Description, catalogue: Catalogue, words: Language
) -> dict[str, Any]:
    """A dataset as schema.org says it."""
    document: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.identifier,
        "name": words(dataset.title, dataset.title_en),
        "alternateName": words(dataset.title_en, dataset.title),
        "description": _long(dataset, words),
        "url": dataset.identifier,
        "version": catalogue.version,
        "license": catalogue.settings.licensed.address,
        "isAccessibleForFree": True,
        "inLanguage": "vi",
        "keywords": list(KEYWORDS),
        "creator": {
            "@type": "Organization",
            "name": catalogue.settings.publisher,
            "url": description.site,
        },
        "publisher": {
            "@type": "Organization",
            "name": catalogue.settings.publisher,
            "url": description.site,
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "@id": file.address,
                "name": file.name,
                "contentUrl": file.address,
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in dataset.distributions
        ],
    }
    document.update(_coverage(description))
    if catalogue.released:
        document["dateModified"] = catalogue.released.isoformat()
    if dataset.table:
        document["variableMeasured"] = [
            {"@type": "PropertyValue", "name": column.name,
             "description": words(column.description, column.description_en)}
            for column in dataset.table.fields
        ]  # fmt: skip
    return document


def _coverage(description: Description) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if description.provinces:
        found["spatialCoverage"] = [
            {"@type": "Place", "name": f"{p}, Việt Nam"} for p in description.provinces
        ]
    if description.first and description.last:
        found["temporalCoverage"] = (
            f"{description.first.isoformat()}/{description.last.isoformat()}"
        )
    return found


def _long(dataset: Dataset, words: Language) -> str:
    """At least fifty characters, as search engines of datasets ask."""
    text = words(dataset.description, dataset.description_en)
    if len(text) < 120:
        text += words.say(
            " Taken from plans of provincial governments of Vietnam; every row leads to its words in the plan."
        )
    return text
