"""The questions people ask of the tables. `Collection` has the words on each."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from khplans.client.backing import Backing
from khplans.client.frames import frame
from khplans.client.given import text_of
from khplans.client.lookup import agency_ids, instrument_ids, measure_id
from khplans.client.typed_names import unknown
from khplans.client.views import last_year, names_by_task, signed
from khplans.errors import refusal
from khplans.optional import needed

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from khplans.client.collection import Collection

_ROLES = ("lead", "coordinate")
_TABLES_ALONE = {"enable_external_access": "false", "lock_configuration": "true"}
_DOCUMENT = ["document_id", "number", "document_type", "province", "date"]


def sql(backing: Backing, query: str) -> pd.DataFrame:
    """The answer of DuckDB to a query over the tables it names; no file, no request."""
    import pyarrow as pa

    duckdb = needed("duckdb", "sql")

    with duckdb.connect(":memory:", config=_TABLES_ALONE) as connection:
        for name in backing.names:
            if re.search(rf"\b{name}\b", query, re.IGNORECASE):
                connection.register(name, _as_text(backing.table(name)))
        try:
            relation = connection.sql(query)
            answer: pa.Table = (relation or connection.sql("select 0 limit 0")).to_arrow_table()
        except duckdb.Error as error:
            what, names = " ".join(str(error).split()), ", ".join(backing.names)
            raise refusal("query-not-understood", what=what, names=names) from error
    # What DuckDB gives is optional throughout: only integers that do miss values become Int32.
    fields = [
        f.with_nullable(c.null_count > 0)
        for f, c in zip(answer.schema, answer.columns, strict=True)
    ]
    return frame(pa.table(answer.columns, schema=pa.schema(fields)))


def _as_text(table: pa.Table) -> pa.Table:
    """The table with dictionaries as text, which DuckDB would sort by their order of appearance.

    >>> import pyarrow as pa
    >>> table = pa.table({"a": pa.array(["x"]).dictionary_encode(), "b": [1]})
    >>> [str(field.type) for field in _as_text(table).schema]
    ['string', 'int64']
    """
    import pyarrow as pa

    types = (pa.string() if pa.types.is_dictionary(f.type) else f.type for f in table.schema)
    return table.cast(pa.schema(zip(table.schema.names, types, strict=True)))


def agency(collection: Collection, name: str, province: str | None) -> pd.DataFrame:
    """See `Collection.agency`."""
    found = collection.agencies
    found = found[found.agency_id.isin(agency_ids(collection, name, province))]
    parts = collection.task_agencies
    for role in _ROLES:
        counts = parts[parts.role == role].groupby("agency_id").task_id.nunique()
        found[f"tasks_{role}"] = found.agency_id.map(counts).fillna(0).astype("int32")
    return found.reset_index(drop=True)


def tasks_by_agency(
    collection: Collection,
    name: str,
    role: str | None,
    year: int | str | None,
    province: str | None,
    groups: bool,
) -> pd.DataFrame:
    """See `Collection.tasks_by_agency`."""
    wanted = None if year is None else _year(year)
    if role is not None and text_of(role) not in _ROLES:
        raise unknown("vai trò", "role", role, _ROLES)
    parts = _parts_of(collection, agency_ids(collection, name, province), groups)
    if role is not None:
        parts = parts[parts.role == role]
    agencies = collection.agencies.set_index("agency_id").name
    parts = parts[["task_id", "role", "basis", "agency_id", "group_id"]].assign(
        agency=parts.agency_id.map(agencies), group=parts.group_id.map(agencies)
    )
    found = _with_documents(collection, collection.tasks).merge(parts, on="task_id")
    if wanted is not None:
        due = found.deadline.fillna(found.date).dt.year
        found = found[due == wanted]
    return found.reset_index(drop=True)


def _parts_of(collection: Collection, ids: list[str], groups: bool) -> pd.DataFrame:
    """The parts that agencies have in tasks; `group_id` tells of the group by which they have it.

    A task in which an agency is named itself has no part of it by a group.
    """
    import pandas as pd

    parts = collection.task_agencies
    own = parts[parts.agency_id.isin(ids)].assign(group_id=pd.Series(dtype="str"))
    if not groups or "agency_members" not in collection:  # not in releases before 1.3.0
        return own
    members = collection.agency_members[["group_id", "agency_id"]]
    members = members[members.agency_id.isin(ids)]
    by_group = parts.rename(columns={"agency_id": "group_id"}).merge(members, on="group_id")
    named = set(zip(own.task_id, own.agency_id, strict=True))
    pairs = zip(by_group.task_id, by_group.agency_id, strict=True)
    by_group = by_group[[pair not in named for pair in pairs]]
    by_group = by_group.drop_duplicates(["task_id", "agency_id", "role"])
    return pd.concat([own, by_group]) if len(own) and len(by_group) else max(own, by_group, key=len)


def deadlines(
    collection: Collection, before: str | None, after: str | None, name: str | None, groups: bool
) -> pd.DataFrame:
    """See `Collection.deadlines`."""
    found = collection.tasks.dropna(subset=["deadline"])
    if before is not None:
        found = found[found.deadline <= _date(before)]
    if after is not None:
        found = found[found.deadline >= _date(after)]
    if name is not None:
        parts = _parts_of(collection, agency_ids(collection, name, None), groups)
        found = found[found.task_id.isin(parts.task_id)]
    found = _with_documents(collection, found)
    for role in _ROLES:
        found[role] = found.task_id.map(names_by_task(collection, role))
    return found.sort_values(["deadline", "task_id"], kind="stable").reset_index(drop=True)


def _year(year: int | str) -> int:
    """A year that is given as a number or a text.

    >>> _year("2024"), _year(2024.0)
    (2024, 2024)
    >>> _year("2024.5")
    Traceback (most recent call last):
    khplans.errors.KhplansError: không phải năm / not a year: '2024.5'. ví dụ / such as 2024
    """
    with suppress(TypeError, ValueError, OverflowError):
        if int(year) == float(year):
            return int(year)
    raise refusal("year-unusable", year=year)


def _date(text: str) -> pd.Timestamp:
    import pandas as pd

    try:
        return pd.Timestamp(datetime.datetime.fromisoformat(str(text)).date())
    except ValueError:
        raise refusal("date-unusable", text=text) from None


def _with_documents(collection: Collection, found: pd.DataFrame) -> pd.DataFrame:
    """Rows with the number, type, province and date of their document."""
    return found.merge(collection.documents[_DOCUMENT], on="document_id", how="left")


def indicator_series(collection: Collection, measure: str) -> pd.DataFrame:
    """See `Collection.indicator_series`."""
    found = collection.indicators
    found = found[found.measure_id == measure_id(collection, measure)]
    documents = collection.documents[_DOCUMENT]
    found = found.merge(documents, on="document_id", how="left")
    found["year"] = last_year(found)
    found["signed_value"] = signed(found)
    columns = [
        "year", "period", "kind", "value", "value_high", "signed_value", "unit", "comparator", "change", "province",
        "measure_id", "name", "quote", "number", "document_id", "indicator_id",
    ]  # fmt: skip
    found = found.sort_values(["year", "indicator_id"], kind="stable")
    return found[columns].reset_index(drop=True)


def cites(collection: Collection, instrument: str) -> pd.DataFrame:
    """See `Collection.cites`."""
    citations = collection.citations
    ids = instrument_ids(collection, instrument)
    found = citations[citations.instrument_id.isin(ids)]
    documents = collection.documents[["document_id", "number", "province", "date"]].rename(
        columns={"number": "cited_by", "date": "cited_on"}
    )
    return found.merge(documents, on="document_id", how="left")
