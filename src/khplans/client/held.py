"""Tables and texts in memory: of a plan just read, of some files, of one plan of a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from khplans.client.backing import Backing
from khplans.client.typed_names import unknown

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class HeldTables:
    """A backing of tables and texts that are in memory."""

    where: str
    descriptor: Mapping[str, Any]
    schemas: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, pa.Table]
    texts: Mapping[str, str]
    version: str | None = None
    released: str | None = None
    besides: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(self.tables)

    def schema(self, table: str) -> Mapping[str, Any]:
        """The Table Schema of a table; raises `UnknownNameError` where there is no such table."""
        if table not in self.schemas:
            raise unknown("bảng", "table", table, self.names)
        return self.schemas[table]

    def table(self, name: str) -> pa.Table:
        """A table in Arrow."""
        self.schema(name)
        return self.tables[name]

    def text(self, plan_id: str) -> str:
        """A plan's source text."""
        if plan_id not in self.texts:
            raise unknown("kế hoạch", "plan", plan_id, self.texts)
        return self.texts[plan_id]

    def beside(self, plan_id: str) -> Mapping[str, bytes]:
        """What is kept beside the text of a plan, by the file's name."""
        return self.besides.get(plan_id, {})


def of_plan(backing: Backing, plan_id: str) -> HeldTables:
    """One plan of a collection: its own rows, and the shared ones that they point to."""
    text = backing.text(plan_id)
    schemas = {name: backing.schema(name) for name in backing.names}
    whole = {name: backing.table(name) for name in backing.names}
    documents = whole["documents"]
    own = set(_of(documents, "plan_id", {plan_id})["document_id"].to_pylist())
    kept = {
        name: _of(table, *_owner(schemas[name], plan_id, own))
        for name, table in whole.items()
        if _owner(schemas[name], plan_id, own)[0]
    }
    kept = {**kept, **_shared(schemas, whole, kept, own)}
    title = kept["documents"]["plan_title"][0].as_py() or plan_id
    described = {"title": title, "title_en": title, "homepage": backing.descriptor.get("homepage")}
    resources = backing.descriptor["resources"]
    return HeldTables(
        f"{backing.where}:{plan_id}",
        {**described, "resources": [r for r in resources if r.get("format") == "parquet"]},
        schemas,
        {name: kept[name] for name in backing.names},
        {plan_id: text},
        backing.version,
        backing.released,
        {plan_id: backing.beside(plan_id)},
    )


def _owner(schema: Mapping[str, Any], plan_id: str, documents: set[str]) -> tuple[str, set[str]]:
    """The column by which rows belong to a plan, and its values; no column for shared tables.

    >>> def owner(**required):
    ...     fields = [{"name": name, "constraints": {"required": told}} for name, told in required.items()]
    ...     return _owner({"fields": fields}, "p", {"d"})
    >>> owner(plan_id=True, document_id=True), owner(plan_id=False, document_id=True), owner(document_id=False)
    (('plan_id', {'p'}), ('document_id', {'d'}), ('', set()))
    """
    for name, values in (("plan_id", {plan_id}), ("document_id", documents)):
        for one in schema["fields"]:
            if one["name"] == name and one.get("constraints", {}).get("required"):
                return name, values
    return "", set()


def _shared(
    schemas: Mapping[str, Mapping[str, Any]],
    whole: Mapping[str, pa.Table],
    own: Mapping[str, pa.Table],
    documents: set[str],
) -> dict[str, pa.Table]:
    """The rows of shared tables that a plan's rows lead to, by their foreign keys."""
    kept: dict[str, pa.Table] = {}
    before = -1
    while before != (now := sum(table.num_rows for table in kept.values())):
        before = now
        for name in (name for name in whole if name not in own):
            wanted = _pointed_to(name, schemas, {**own, **kept})
            key = schemas[name]["primaryKey"]
            if len(key) == 1:
                kept[name] = _of(whole[name], key[0], wanted)
    for name in (name for name in whole if name not in own and name not in kept):
        kept[name] = whole[name]
        for column, target in _links(schemas[name]):
            ids = set(kept[target][schemas[target]["primaryKey"][0]].to_pylist())
            kept[name] = _of(kept[name], column, ids)
    if "instruments" in kept:
        kept["instruments"] = _without_others(kept["instruments"], documents)
    return kept


def _links(schema: Mapping[str, Any], own: str = "") -> list[tuple[str, str]]:
    """Columns that hold keys of tables, with these.

    >>> keys = [("a", "b-parquet"), (["c", "d"], "")]
    >>> _links({"foreignKeys": [{"fields": own, "reference": {"resource": there}} for own, there in keys]}, "t")
    [('a', 'b'), ('c', 't'), ('d', 't')]
    """
    links = []
    for key in schema.get("foreignKeys", ()):
        fields = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
        target = str(key["reference"]["resource"]).removesuffix("-parquet") or own
        links += [(field, target) for field in fields]
    return links


def _pointed_to(
    name: str, schemas: Mapping[str, Mapping[str, Any]], kept: Mapping[str, pa.Table]
) -> set[str]:
    """The keys of a table that rows of the tables point to.

    >>> import pyarrow as pa
    >>> keys = [{"fields": "of", "reference": {"resource": "units"}}, {"fields": "up", "reference": {"resource": ""}}]
    >>> kept = {"tasks": pa.table({"of": ["m2", None, "km"], "up": ["t1", "t2", None]})}
    >>> [sorted(_pointed_to(name, {"tasks": {"foreignKeys": keys}}, kept)) for name in ("units", "tasks", "plans")]
    [['km', 'm2'], ['t1', 't2'], []]
    """
    return {
        value
        for there, table in kept.items()
        for column, target in _links(schemas[there], there)
        if target == name
        for value in table[column].to_pylist()
        if value is not None
    }


def _of(table: pa.Table, column: str, values: set[str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table[column], pa.array(sorted(values), pa.string())))


def _without_others(instruments: pa.Table, documents: set[str]) -> pa.Table:
    """Instruments that name no document of another plan.

    >>> import pyarrow as pa
    >>> _without_others(pa.table({"document_id": ["d", "e", None]}), {"d"})["document_id"].to_pylist()
    ['d', None, None]
    """
    import pyarrow as pa

    at = instruments.schema.get_field_index("document_id")
    named = [one if one in documents else None for one in instruments["document_id"].to_pylist()]
    return instruments.set_column(at, instruments.field(at), pa.array(named, pa.string()))
