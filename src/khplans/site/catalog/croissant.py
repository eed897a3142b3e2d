"""Croissant 1.1: the Parquet files, their columns and keys, for machine-learning tools."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from khplans.site.catalog.description import KEYWORDS, Dataset, Description

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}


def croissant_json(description: Description) -> str:
    """The collection's Croissant description."""
    whole = description.whole
    context = files("khplans.site.catalog") / "croissant_context.json"
    document: dict[str, Any] = {
        "@context": json.loads(context.read_text("utf-8")),
        "@type": "sc:Dataset",
        "@id": whole.identifier,
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": description.settings.name,
        "alternateName": whole.title,
        "description": whole.description_en,
        "url": whole.identifier,
        "license": description.settings.licensed.address,
        "version": description.version,
        "inLanguage": "vi",
        "isLiveDataset": False,
        "keywords": list(KEYWORDS),
        "creator": {
            "@type": "Organization",
            "@id": f"{whole.identifier}#publisher",
            "name": description.settings.publisher,
        },
        "citeAs": f"{description.settings.heading}, version {description.version}, {whole.identifier}",
    }
    if description.released:
        document["datePublished"] = description.released.isoformat()
    document["distribution"] = [_file(d) for d in description.parts]
    document["recordSet"] = [_records(d) for d in description.parts]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(dataset: Dataset) -> dict[str, Any]:
    file = next(f for f in dataset.distributions if f.name.endswith(".parquet"))
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.address,
        "encodingFormat": "application/x-parquet",
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _records(dataset: Dataset) -> dict[str, Any]:
    table = dataset.table
    assert table is not None
    # Readers take a reference for a join, of files: a table joined with itself would have no end.
    keys = {
        key.fields[0]: (key.table, key.references[0])
        for key in table.foreign_keys
        if len(key.fields) == 1 and key.table != table.name
    }
    fields = []
    for column in table.fields:
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": column.description_en,
            "dataType": _TYPES[column.type],
            "source": _column(table.name, column.name),
        }
        if column.name in keys:
            field["references"] = _column(*keys[column.name])
        fields.append(field)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description_en,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": fields,
    }


def _column(table: str, name: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": name}}
