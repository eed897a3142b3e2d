"""Wide frames: a table's rows with the names of what they point to. `Collection` has the words on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from khplans.client.given import text_of
from khplans.client.typed_names import unknown
from khplans.releases.addresses import row_address, site_of

if TYPE_CHECKING:
    import pandas as pd

    from khplans.client.collection import Collection

_OF_THE_PLAN = {
    "province": "province",
    "number": "plan_number",
    "plan_title": "plan_title",
    "date": "plan_date",
    "plan_id": "plan_id",
}
"""Columns of `documents` that every view has, and their names there."""

_TITLES = {
    "province": ("Tỉnh, thành phố", "Province"),
    "plan_number": ("Số văn bản", "Document number"),
    "plan_title": ("Tên kế hoạch", "Plan"),
    "plan_date": ("Ngày văn bản", "Document date"),
    "plan_id": ("Mã kế hoạch", "Plan id"),
    "lead": ("Chủ trì", "Lead agencies"),
    "coordinate": ("Phối hợp", "Coordinating agencies"),
    "basis": ("Căn cứ xác định cơ quan", "How the agencies are known"),
    "signed_value": ("Giá trị có dấu", "Signed value"),
    "year": ("Năm cuối của thời kỳ", "Last year of the period"),
    "measure": ("Thước đo", "Measure"),
    "theme": ("Chủ đề", "Theme"),
    "unit_name": ("Tên đơn vị", "Unit name"),
    "instrument": ("Văn bản được viện dẫn", "Cited document"),
    "address": ("Địa chỉ", "Address"),
}


def view(collection: Collection, table: str) -> pd.DataFrame:
    """See `Collection.view`."""
    if text_of(table) not in _VIEWS:
        raise unknown("bảng nhìn rộng", "view", table, _VIEWS)
    rows = collection[table]
    made = _with_address(collection, table, _VIEWS[table](collection, _with_plan(collection, rows)))
    new = {name: words for name, words in _TITLES.items() if name in made}
    made.attrs = {
        **rows.attrs,
        "titles": rows.attrs["titles"] | {name: vi for name, (vi, _) in new.items()},
        "titles_en": rows.attrs["titles_en"] | {name: en for name, (_, en) in new.items()},
    }
    return made


def signed(rows: pd.DataFrame) -> pd.Series:
    """Values below zero for what falls."""
    return rows.value.where(rows.change != "decrease", -rows.value)


def last_year(rows: pd.DataFrame) -> pd.Series:
    """The last year that each row's period names."""
    years: pd.Series = rows.period.str.extract(r"(\d{4})(?!.*\d{4})", expand=False)
    return years.astype("Int32")


def names_by_task(collection: Collection, role: str) -> pd.Series:
    """The names of the agencies that have a role in each task, joined by semicolons."""
    parts = collection.task_agencies
    named = parts[parts.role == role]
    agencies = collection.agencies.set_index("agency_id").name
    joined: pd.Series = named.agency_id.map(agencies).groupby(named.task_id).agg("; ".join)
    return joined


def _with_plan(collection: Collection, rows: pd.DataFrame) -> pd.DataFrame:
    documents = collection.documents[["document_id", *_OF_THE_PLAN]].rename(columns=_OF_THE_PLAN)
    return rows.merge(documents, on="document_id", how="left")


def _tasks(collection: Collection, rows: pd.DataFrame) -> pd.DataFrame:
    parts = collection.task_agencies.astype({"basis": str})
    bases = parts.groupby("task_id").basis.agg(lambda some: "; ".join(dict.fromkeys(some)))
    return rows.assign(
        lead=rows.task_id.map(names_by_task(collection, "lead")),
        coordinate=rows.task_id.map(names_by_task(collection, "coordinate")),
        basis=rows.task_id.map(bases),
    )


def _indicators(collection: Collection, rows: pd.DataFrame) -> pd.DataFrame:
    measures = collection.measures.set_index("measure_id")
    made = rows.assign(
        signed_value=signed(rows),
        year=last_year(rows),
        measure=rows.measure_id.map(measures.name),
        theme=rows.measure_id.map(measures.theme),
    )
    if "units" in collection:  # not in releases before 1.3.0
        made["unit_name"] = rows.unit.map(collection.units.set_index("unit_id").name)
    return made


def _citations(collection: Collection, rows: pd.DataFrame) -> pd.DataFrame:
    instruments = collection.instruments.set_index("instrument_id")
    label = instruments.number.fillna(instruments.title)
    return rows.assign(instrument=rows.instrument_id.map(label))


_VIEWS: Mapping[str, Callable[[Collection, pd.DataFrame], pd.DataFrame]] = {
    "tasks": _tasks,
    "indicators": _indicators,
    "citations": _citations,
}


def _with_address(collection: Collection, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    site = site_of(collection.homepage)
    keys = rows[collection.schema(table)["primaryKey"][0]]
    rows["address"] = [
        row_address(site, plan, table, key) if site else None
        for plan, key in zip(rows.plan_id, keys, strict=True)
    ]
    return rows


def describe(collection: Collection, table: str) -> pd.DataFrame:
    """See `Collection.describe`."""
    import pandas as pd

    rows, fields = collection[table], collection.schema(table)["fields"]
    told = [field for field in fields if field["name"] in rows]
    return pd.DataFrame(
        {
            "column": [field["name"] for field in told],
            "type": [field.get("type", "string") for field in told],
            **{
                name: [field.get(name, "") for field in told]
                for name in ("title", "title_en", "description", "description_en")
            },
            "values": [", ".join(f.get("constraints", {}).get("enum", ())) for f in told],
            "filled": [int(rows[field["name"]].notna().sum()) for field in told],
        }
    )
