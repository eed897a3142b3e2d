"""The one definition of every table and column, read from `schema/<table>.yaml`.

The Arrow types, the CSV's reading and writing, the Table Schema of the packages, the expectations,
the dictionary pages and the JSON-LD all come from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

FieldType = Literal["string", "integer", "number", "date"]

TABLE_NAMES = (
    "documents",
    "pages",
    "sections",
    "tasks",
    "task_agencies",
    "indicators",
    "measures",
    "units",
    "agencies",
    "agency_names",
    "agency_members",
    "citations",
    "short_citations",
    "instruments",
    "blocks",
    "corrections",
    "warnings",
)
"""The tables, in the order in which packages and pages list them."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a field may take, with its label in both languages."""

    value: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `values`, where not empty, are all that it may hold; `pattern` matches the whole.

    `deprecated` gives its readers one release's notice that it will go.
    """

    name: str
    type: FieldType
    title: str
    title_en: str
    description: str
    description_en: str
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    values: tuple[Value, ...] = ()
    deprecated: bool = False

    def label(self, value: str) -> Value | None:
        """The labels of one of its values, or None where it has none."""
        return next((known for known in self.values if known.value == value), None)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` of this table hold keys (`references`) of the table `table`; null means none."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row of it is, its columns and keys."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    """The names of `fields`."""

    def field(self, name: str) -> Field:
        """The column of that name; raises `KeyError` where there is none.

        >>> table("tasks").field("deadline").type
        'date'
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name}")


@cache
def table(name: str) -> Table:
    """The definition of a table.

    >>> table("task_agencies").primary_key
    ('task_id', 'agency_id', 'role')
    """
    import yaml

    if name not in TABLE_NAMES:
        raise KeyError(f"no table {name}; the tables are {', '.join(TABLE_NAMES)}")
    text = (files("khplans.tables") / "schema" / f"{name}.yaml").read_text("utf-8")
    return _table(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def tables() -> tuple[Table, ...]:
    """All tables, in the order of `TABLE_NAMES`."""
    return tuple(table(name) for name in TABLE_NAMES)


def table_schema(definition: Table, *, suffix: str = "") -> dict[str, Any]:
    """The Frictionless Table Schema (Data Package v2) of a table.

    `suffix` is appended to the names of the resources that foreign keys refer to (`-parquet`).

    >>> table_schema(table("agency_names"), suffix="-parquet")["foreignKeys"][0]["reference"]
    {'resource': 'agencies-parquet', 'fields': ['agency_id']}
    """
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field_descriptor(field) for field in definition.fields],
        "missingValues": [""],
        "primaryKey": list(definition.primary_key),
    }
    if definition.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {
                    "resource": "" if key.table == definition.name else key.table + suffix,
                    "fields": list(key.references),
                },
            }
            for key in definition.foreign_keys
        ]
    return schema


def _field_descriptor(field: Field) -> dict[str, Any]:
    """A field as Table Schema has it, with its titles in both languages.

    >>> deadline, role = table("tasks").field("deadline"), table("task_agencies").field("role")
    >>> [sorted(_field_descriptor(one).get("constraints", {})) for one in (deadline, role)]
    [[], ['enum', 'required']]
    >>> "categories" in _field_descriptor(deadline), "categories" in _field_descriptor(role)
    (False, True)
    """
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.maximum is not None:
        constraints["maximum"] = field.maximum
    if field.pattern is not None:
        constraints["pattern"] = field.pattern
    if field.values:
        constraints["enum"] = [value.value for value in field.values]
    descriptor: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "title_en": field.title_en,
        "description": field.description,
        "description_en": field.description_en,
    }
    if field.deprecated:
        descriptor["deprecated"] = True
    if constraints:
        descriptor["constraints"] = constraints
    if field.values:
        descriptor["categories"] = [
            {"value": value.value, "label": value.label, "label_en": value.label_en}
            for value in field.values
        ]
    return descriptor


def _table(raw: Mapping[str, Any]) -> Table:
    return Table(
        name=raw["name"],
        title=raw["title"],
        title_en=raw["title_en"],
        description=raw["description"],
        description_en=raw["description_en"],
        primary_key=tuple(raw["primaryKey"]),
        foreign_keys=tuple(_foreign_key(key) for key in raw["foreignKeys"]),
        fields=tuple(_field(field) for field in raw["fields"]),
        columns=tuple(field["name"] for field in raw["fields"]),
    )


def _foreign_key(raw: Mapping[str, Any]) -> ForeignKey:
    reference = raw["reference"]
    return ForeignKey(tuple(raw["fields"]), reference["resource"], tuple(reference["fields"]))


def _field(raw: Mapping[str, Any]) -> Field:
    """A field as its file in schema/ has it.

    >>> words = dict.fromkeys(("title", "title_en", "description", "description_en"), "")
    >>> _field({"name": "a", "type": "date", "constraints": {"required": True}, **words}).required
    True
    >>> _field({"name": "a", "type": "day", **words})  #ok
    Traceback (most recent call last):
    ValueError: a: no type day
    """
    constraints: Mapping[str, Any] = raw.get("constraints", {})
    values: Mapping[str, Sequence[str]] = raw.get("values", {})
    if raw["type"] not in get_args(FieldType):
        raise ValueError(f"{raw['name']}: no type {raw['type']}")
    return Field(
        name=raw["name"],
        type=cast(FieldType, raw["type"]),
        title=raw["title"],
        title_en=raw["title_en"],
        description=raw["description"],
        description_en=raw["description_en"],
        required=bool(constraints.get("required", False)),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        pattern=constraints.get("pattern"),
        values=tuple(Value(value, *labels) for value, labels in values.items()),
        deprecated=bool(raw.get("deprecated", False)),
    )
