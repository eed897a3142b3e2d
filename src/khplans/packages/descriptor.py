"""datapackage.json: Data Package v2, in two languages, from the definition of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khplans.outside import is_address
from khplans.packages.store import file_sha256
from khplans.settings import Licence, Settings
from khplans.tables.definition import Table, table_schema, tables
from khplans.text.fold import slug

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_CODE_LICENCE = {
    "name": "MIT",
    "path": "https://opensource.org/license/mit",
    "title": "Giấy phép MIT",
    "title_en": "MIT License",
}
_PLAN_LICENCE = {
    "name": "other-pd",
    "title": "Văn bản hành chính, không thuộc phạm vi bảo hộ quyền tác giả (Điều 15 Luật Sở hữu trí tuệ)",
    "title_en": "Administrative document, outside copyright (Article 15, Law on Intellectual Property of Vietnam)",
}
_RIGHTS = (
    "Văn bản kế hoạch là văn bản hành chính, không thuộc phạm vi bảo hộ quyền tác giả theo Điều 15 "
    "Luật Sở hữu trí tuệ. Phần dữ liệu được thêm vào theo giấy phép {}; mã nguồn theo giấy phép MIT."
)
_RIGHTS_EN = (
    "The plans are administrative documents, outside copyright by Article 15 of Vietnam's Law on "
    "Intellectual Property. The data added to them is under {}; the code is under MIT."
)
_ROWS = "Nhiệm vụ, chỉ tiêu, cơ quan và viện dẫn của {}, mỗi dòng dẫn về đúng những ký tự của nó trong văn bản nguồn."
_ROWS_EN = "Tasks, indicators, agencies and citations of {}, each row traceable to its characters in the source text."


@dataclass(frozen=True, slots=True)
class PackagedPlan:
    """What a package says about a plan in it; `received` is an ISO date."""

    plan_id: str
    title: str
    origin: str | None
    received: str | None


@dataclass(frozen=True, slots=True)
class PackageWords:
    """A package's name, what it calls itself in both languages, and the catalogue that publishes it."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    made_by: str = ""
    """The command that may replace the package."""
    catalogue: Settings = field(default_factory=Settings)


def plan_words(plan: PackagedPlan, catalogue: Settings) -> PackageWords:
    """The words of one plan's package.

    >>> [plan_words(PackagedPlan(plan_id, "", "", None), Settings()).name for plan_id in ("khanh-hoa-5", "…")]
    ['khanh-hoa-5', 'plan']
    """
    return PackageWords(
        name=slug(plan.plan_id) or "plan",
        title=plan.title,
        title_en=f"Data of the plan {plan.plan_id}",
        description=_ROWS.format(f"kế hoạch {plan.plan_id}"),
        description_en=_ROWS_EN.format(f"the plan {plan.plan_id}"),
        catalogue=catalogue,
    )


def collection_words(catalogue: Settings) -> PackageWords:
    """The words of the package of all plans of a catalogue."""
    return PackageWords(
        name=catalogue.name,
        title=catalogue.title,
        title_en=catalogue.title_en,
        description=_ROWS.format("mọi kế hoạch trong bộ dữ liệu"),
        description_en=_ROWS_EN.format("every plan of the collection"),
        catalogue=catalogue,
    )


COLLECTION = collection_words(Settings())

EXTRACTED = PackageWords(
    name="khplans-extract",
    title="Dữ liệu trích từ các văn bản",
    title_en="Data extracted from documents",
    description="Nhiệm vụ, chỉ tiêu, cơ quan và viện dẫn trích từ các văn bản, "
    "mỗi dòng dẫn về đúng những ký tự của nó trong văn bản nguồn.",
    description_en="Tasks, indicators, agencies and citations extracted from documents, "
    "each row traceable to its characters in the source text.",
)


def write_descriptor(folder: Path, words: PackageWords, plans: Sequence[PackagedPlan]) -> None:
    """Write datapackage.json for the tables and sources that stand in the folder."""
    text = json.dumps(describe(folder, words, plans), ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8", newline="")


def describe(folder: Path, words: PackageWords, plans: Sequence[PackagedPlan]) -> dict[str, Any]:
    """The descriptor of the tables and sources that stand in the folder."""
    received = max((plan.received for plan in plans if plan.received), default=None)
    licence = words.catalogue.licensed
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": words.name,
        "title": words.title,
        "title_en": words.title_en,
        "description": f"{words.description} {_RIGHTS.format(licence.name)}",
        "description_en": f"{words.description_en} {_RIGHTS_EN.format(licence.name)}",
        "languages": ["vi", "en"],
        "keywords": ["open data", "Vietnam", "provincial plans", "kế hoạch", "dữ liệu mở"],
        "licenses": [_licence(licence)],
        "codeLicense": _CODE_LICENCE,
        "contributors": [_publisher(words.catalogue)],
        "sources": [_source(plan) for plan in plans],
    }
    if words.made_by:
        descriptor["madeBy"] = words.made_by
    if received:
        descriptor["created"] = f"{received}T00:00:00Z"
    descriptor["resources"] = [
        *(_table_resource(folder, definition, "csv") for definition in tables()),
        *(_table_resource(folder, definition, "parquet") for definition in tables()),
        *_source_resources(folder, plans),
    ]
    return descriptor


def _licence(licence: Licence) -> dict[str, str]:
    return {
        "name": licence.name,
        "path": licence.address,
        "title": licence.title,
        "title_en": licence.title_en,
    }


def _publisher(catalogue: Settings) -> dict[str, Any]:
    """Who publishes: the address to write to, or the page.

    >>> from dataclasses import replace
    >>> [sorted(_publisher(replace(Settings(), contact=contact))) for contact in ("", "a@b.vn", "https://b.vn")]
    [['roles', 'title'], ['email', 'roles', 'title'], ['path', 'roles', 'title']]
    """
    who: dict[str, Any] = {"title": catalogue.publisher, "roles": ["publisher", "wrangler"]}
    if catalogue.contact:
        who["email" if "@" in catalogue.contact else "path"] = catalogue.contact
    return who


def _source(plan: PackagedPlan) -> dict[str, str]:
    """The source of a plan: where it is from, if that is an address.

    >>> sources = [_source(PackagedPlan("p", "", origin, None)) for origin in ("https://b.vn/p.pdf", "unknown", "")]
    >>> [(source["path"], source.get("origin")) for source in sources]
    [('https://b.vn/p.pdf', None), ('sources/p.txt', 'unknown'), ('sources/p.txt', None)]
    """
    source = {"title": plan.title, "path": f"sources/{plan.plan_id}.txt"}
    if plan.origin and is_address(plan.origin):
        source["path"] = plan.origin
    elif plan.origin:
        source["origin"] = plan.origin
    return source


def _table_resource(folder: Path, definition: Table, form: str) -> dict[str, Any]:
    csv = form == "csv"
    return {
        "name": definition.name if csv else f"{definition.name}-parquet",
        "type": "table",
        "title": definition.title,
        "title_en": definition.title_en,
        "description": definition.description,
        "description_en": definition.description_en,
        **_file(folder, f"{definition.name}.{form}", "bytes" if csv else "byteSize"),
        "format": form,
        "mediatype": "text/csv" if csv else "application/vnd.apache.parquet",
        **({"encoding": "utf-8", "dialect": {"lineTerminator": "\n"}} if csv else {}),
        "schema": table_schema(definition, suffix="" if csv else "-parquet"),
    }


def _source_resources(folder: Path, plans: Iterable[PackagedPlan]) -> Iterable[dict[str, Any]]:
    names: set[str] = set()
    for plan in plans:
        base = name = f"source-{slug(plan.plan_id)}"
        copy = 1
        while name in names:
            copy += 1
            name = f"{base}-{copy}"
        names.add(name)
        yield {
            "name": name,
            "title": plan.title,
            "title_en": f"Source text of {plan.plan_id}",
            "description": "Văn bản nguồn mà start và end của các bảng chỉ vào.",
            "description_en": "The source text that start and end of the tables point into.",
            **_file(folder, f"sources/{plan.plan_id}.txt", "bytes"),
            "format": "txt",
            "mediatype": "text/plain",
            "encoding": "utf-8",
            "licenses": [_PLAN_LICENCE],
        }


def _file(folder: Path, path: str, size: str) -> dict[str, Any]:
    """Where a file is, its hash and, as the property `size`, how long it is.

    frictionless 5 compares `bytes` with a count that it does not make for Parquet, and so calls
    every Parquet file with it invalid; those have `byteSize`.
    """
    digest = file_sha256(folder / path)
    return {"path": path, "hash": f"sha256:{digest}", size: (folder / path).stat().st_size}
