"""The questions people ask of the tables. `Collection` has the words on each."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from khplans.client.backing import Backing
from khplans.client.frames import frame
from khplans.client.names import UnknownNameError, match, unknown
from khplans.errors import KhplansError, both
from khplans.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from khplans.client.collection import Collection

_ROLES = ("lead", "coordinate")
_DOCUMENT = ["document_id", "number", "document_type", "province", "date"]


def sql(backing: Backing, query: str) -> pd.DataFrame:
    """The answer of DuckDB to a query over the tables it names; no file, no request."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as connection:
        for name in backing.names:
            if re.search(rf"\b{name}\b", query, re.IGNORECASE):
                connection.register(name, _plain(backing.table(name)))
        try:
            relation = connection.sql(query)
            answer: pa.Table = (relation or connection.sql("select 0 limit 0")).to_arrow_table()
        except duckdb.Error as error:
            what = " ".join(str(error).split())
            raise KhplansError(
                both("DuckDB không hiểu câu hỏi", f"DuckDB refuses the query: {what}"),
                remedy=both("các bảng", "the tables: ") + ", ".join(backing.names),
            ) from error
    # What DuckDB gives is optional throughout: only integers that do miss values become Int32.
    fields = [
        f.with_nullable(c.null_count > 0)
        for f, c in zip(answer.schema, answer.columns, strict=True)
    ]
    return frame(pa.table(answer.columns, schema=pa.schema(fields)))


def _plain(table: pa.Table) -> pa.Table:
    """The table with dictionaries as text, which DuckDB would sort by their order of appearance."""
    import pyarrow as pa

    types = (pa.string() if pa.types.is_dictionary(f.type) else f.type for f in table.schema)
    return table.cast(pa.schema(zip(table.schema.names, types, strict=True)))


def agency(collection: Collection, name: str, province: str | None) -> pd.DataFrame:
    """See `Collection.agency`."""
    found = collection.agencies
    found = found[found.agency_id.isin(_agency_ids(collection, name, province))]
    parts = collection.task_agencies
    for role in _ROLES:
        counts = parts[parts.role == role].groupby("agency_id").task_id.nunique()
        found[f"tasks_{role}"] = found.agency_id.map(counts).fillna(0).astype("int32")
    return found.reset_index(drop=True)


def _agency_ids(collection: Collection, name: str, province: str | None) -> list[str]:
    """The agencies of one name, in one province or all."""
    agencies = collection.agencies
    names: dict[str, list[str]] = {
        agency_id: [full, *([english] if isinstance(english, str) else [])]
        for agency_id, full, english in zip(
            agencies.agency_id, agencies.name, agencies.name_en, strict=True
        )
    }
    full_names = dict(zip(agencies.agency_id, agencies.name, strict=True))
    for agency_id, form in collection.agency_names[["agency_id", "form"]].itertuples(index=False):
        names[agency_id].append(form)
    provinces = dict(zip(agencies.agency_id, agencies.province, strict=True))
    known = {p for p in provinces.values() if isinstance(p, str)}
    found = _by_names(name, full_names, names)
    if not found and province is None:
        base, province = _split_province(name, known)
        found = _by_names(base, full_names, names)
    if province is not None:
        wanted = fold(province)
        if wanted not in {fold(p) for p in known}:
            raise unknown("tỉnh", "province", province, known)
        found = [i for i in found if isinstance(provinces[i], str) and fold(provinces[i]) == wanted]
    if not found:
        raise unknown(
            "cơ quan", "agency", name, [form for forms in names.values() for form in forms]
        )
    distinct = sorted({full_names[i] for i in found})
    if len({fold(n) for n in distinct}) > 1:
        raise UnknownNameError(
            both(f"{name!r} có thể là nhiều cơ quan", "could be several agencies"),
            remedy=both("chọn một", "choose one: ") + ", ".join(distinct),
        )
    return found


def _by_names(name: str, full: dict[str, str], forms: dict[str, list[str]]) -> list[str]:
    """Agencies by their official name, else by any way of writing it."""
    key = fold(name)
    return [i for i, official in full.items() if fold(official) == key] or match(name, forms)


def _split_province(name: str, provinces: set[str]) -> tuple[str, str | None]:
    """`Sở Y tế tỉnh Khánh Hòa` as the folded agency and the province at its end."""
    key = fold(name)
    for province in sorted(provinces):
        if key.endswith(" " + fold(province)):
            base = key.removesuffix(fold(province)).strip()
            if not base.startswith(("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd")):
                base = base.removesuffix(" tinh").removesuffix(" thanh pho")
            return base, province
    return name, None


def tasks_by_agency(
    collection: Collection, name: str, role: str | None, year: int | None, province: str | None
) -> pd.DataFrame:
    """See `Collection.tasks_by_agency`."""
    if role is not None and role not in _ROLES:
        raise unknown("vai trò", "role", role, _ROLES)
    parts = collection.task_agencies
    parts = parts[parts.agency_id.isin(_agency_ids(collection, name, province))]
    if role is not None:
        parts = parts[parts.role == role]
    agencies = collection.agencies[["agency_id", "name"]].rename(columns={"name": "agency"})
    parts = parts[["task_id", "role", "basis", "agency_id"]].merge(agencies, on="agency_id")
    found = _with_documents(collection, collection.tasks).merge(parts, on="task_id")
    if year is not None:
        due = found.deadline.fillna(found.date).dt.year
        found = found[due == year]
    return found.reset_index(drop=True)


def deadlines(
    collection: Collection, before: str | None, after: str | None, name: str | None
) -> pd.DataFrame:
    """See `Collection.deadlines`."""
    found = collection.tasks.dropna(subset=["deadline"])
    if before is not None:
        found = found[found.deadline <= _date(before)]
    if after is not None:
        found = found[found.deadline >= _date(after)]
    parts = collection.task_agencies
    if name is not None:
        ids = _agency_ids(collection, name, None)
        found = found[found.task_id.isin(parts[parts.agency_id.isin(ids)].task_id)]
    found = _with_documents(collection, found)
    agencies = collection.agencies.set_index("agency_id").name
    for role in _ROLES:
        named = parts[parts.role == role]
        joined = named.agency_id.map(agencies).groupby(named.task_id).agg("; ".join)
        found[role] = found.task_id.map(joined)
    return found.sort_values(["deadline", "task_id"], kind="stable").reset_index(drop=True)


def _date(text: str) -> pd.Timestamp:
    import pandas as pd

    try:
        return pd.Timestamp(datetime.date.fromisoformat(str(text)[:10]))
    except ValueError:
        raise KhplansError(
            both("không phải ngày", f"not a date: {text!r}"),
            remedy=both("ví dụ", "such as 2024-06-30"),
        ) from None


def _with_documents(collection: Collection, found: pd.DataFrame) -> pd.DataFrame:
    """Rows with the number, type, province and date of their document."""
    return found.merge(collection.documents[_DOCUMENT], on="document_id", how="left")


def indicator_series(collection: Collection, measure: str) -> pd.DataFrame:
    """See `Collection.indicator_series`."""
    measures = collection.measures
    names = {
        str(row.measure_id): [n for n in (row.name, row.name_en) if isinstance(n, str)]
        for row in measures[["measure_id", "name", "name_en"]].itertuples(index=False)
    }
    ids = match(measure, names)
    if not ids:
        known = [*names, *(name for forms in names.values() for name in forms)]
        raise unknown("thước đo", "measure", measure, known)
    found = collection.indicators
    found = found[found.measure_id.isin(ids)]
    documents = collection.documents[_DOCUMENT]
    found = found.merge(documents, on="document_id", how="left")
    years = found.period.str.extract(r"(\d{4})(?!.*\d{4})", expand=False)
    found["year"] = years.astype("Int32")
    found["signed_value"] = found.value.where(found.change != "decrease", -found.value)
    columns = [
        "year", "period", "kind", "value", "value_high", "signed_value", "unit", "comparator", "change", "province",
        "measure_id", "name", "quote", "number", "document_id", "indicator_id",
    ]  # fmt: skip
    found = found.sort_values(["year", "indicator_id"], kind="stable")
    return found[columns].reset_index(drop=True)


def cites(collection: Collection, instrument: str) -> pd.DataFrame:
    """See `Collection.cites`."""
    instruments = collection.instruments
    key = number_key(re.sub(r"^\D+(?=\d)", "", instrument))  # `Nghị quyết số 09-NQ/TW`
    names: dict[str, set[str]] = {}
    for row in instruments[["instrument_id", "number", "title"]].itertuples(index=False):
        names[str(row.instrument_id)] = {n for n in (row.number, row.title) if isinstance(n, str)}
    citations = collection.citations
    for instrument_id, name in (
        citations[["instrument_id", "name"]].dropna().itertuples(index=False)
    ):
        names[instrument_id].add(name)
    ids = [
        i
        for i, forms in names.items()
        if i == instrument or key in map(number_key, forms) or fold(instrument) in map(fold, forms)
    ]
    if not ids:
        known = sorted({form for forms in names.values() for form in forms})
        raise unknown("văn bản", "instrument", instrument, known)
    found = citations[citations.instrument_id.isin(ids)]
    documents = collection.documents[["document_id", "number", "province", "date"]].rename(
        columns={"number": "cited_by", "date": "cited_on"}
    )
    return found.merge(documents, on="document_id", how="left").reset_index(drop=True)


def number_key(number: str) -> str:
    """What two ways of writing an official number share.

    >>> number_key("9-nq/tw") == number_key("09 - NQ/TW")
    True
    """
    return re.sub(r"[\s]+", "", number).casefold().lstrip("0")
