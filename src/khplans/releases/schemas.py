"""What changed between two versions of the tables' schemas, and how much it asks of their readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from khplans.packages.canonical import Package, PackageTable
from khplans.releases.note_words import note_words

Level = Literal["major", "minor", "patch"]

_SAME_VALUES = 0.9
"""Share of rows that must agree for a vanished column and a new one to be the same, renamed."""


@dataclass(frozen=True)
class SchemaChange:
    """One change of a table's definition.

    `change` is `table-added`, `table-removed`, `column-added`, `column-deprecated` (its field says
    `deprecated: true`, and readers are given notice), `column-retired` (removed after such notice),
    `column-removed` (without), `column-renamed` (`before` and `after` are the names),
    `column-retyped` (types), `column-optional` (a value was promised and no longer is),
    `key-changed`, `choices-added`, `choices-removed` or `described` (titles and the like).
    """

    table: str
    change: str
    level: Level
    column: str = ""
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, str]:
        """As JSON has it."""
        return asdict(self)

    def in_words(self, language: str) -> str:
        """As people read it, in `vi` or `en`.

        >>> SchemaChange("tasks", "column-added", "minor", "theme").in_words("en")
        'new column tasks.theme'
        """
        return note_words(language)[f"schema.{self.change}"].format(**self.as_dict()).rstrip()


def compare_schemas(old: Package, new: Package) -> tuple[SchemaChange, ...]:
    """Every change of a schema, by table in the order of the new package, removed tables last."""
    changes: list[SchemaChange] = []
    before, after = old.schemas, new.schemas
    for name, schema in after.items():
        if name not in before:
            changes.append(SchemaChange(name, "table-added", "minor"))
        elif schema != before[name]:
            renamed = renamed_columns(old.tables[name], new.tables[name], before[name], schema)
            changes += _compare(name, before[name], schema, renamed)
    changes += (SchemaChange(n, "table-removed", "major") for n in before if n not in after)
    return tuple(changes)


def renamed_columns(
    old: PackageTable, new: PackageTable, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, str]:
    """Columns that only changed their name: same type, same values in (nearly) all common rows."""
    types = {f["name"]: f.get("type") for f in before["fields"]}
    new_types = {f["name"]: f.get("type") for f in after["fields"]}
    gone = [c for c in old.columns if c not in new_types]
    come = [c for c in new.columns if c not in types]
    common = [key for key in old.rows if key in new.rows] if gone and come else []
    renamed: dict[str, str] = {}
    for name in gone:
        place = old.columns.index(name)
        values = [old.rows[key][place] for key in common]
        for candidate in come:
            if candidate in renamed.values() or types[name] != new_types[candidate]:
                continue
            other = new.columns.index(candidate)
            same = sum(v == new.rows[k][other] for k, v in zip(common, values, strict=True))
            if any(values) and same >= _SAME_VALUES * len(common):
                renamed[name] = candidate
                break
    return renamed


def _compare(
    table: str, old: Mapping[str, Any], new: Mapping[str, Any], renamed: Mapping[str, str]
) -> list[SchemaChange]:
    """What changed of a table's columns and key; its descriptions, where nothing else did.

    >>> def changes(old, new, renamed=()):
    ...     schemas = ({"fields": [{"name": c} for c in "ab"], "primaryKey": key} for key in (old, new))
    ...     return [(one.change, one.before, one.after) for one in _compare("t", *schemas, dict(renamed))]
    >>> changes("a", "b"), changes("b", "a"), changes("a", ["a"])
    ([('key-changed', 'a', 'b')], [('key-changed', 'b', 'a')], [('described', '', '')])
    >>> changes("x", "a", {"x": "a"})
    [('column-renamed', 'x', 'a')]
    """
    before = {renamed.get(f["name"], f["name"]): f for f in old["fields"]}
    after = {f["name"]: f for f in new["fields"]}
    found = [
        SchemaChange(table, "column-renamed", "major", was, was, now)
        for was, now in renamed.items()
    ]
    for name in before:
        if name not in after:
            change = "column-retired" if before[name].get("deprecated") else "column-removed"
            found.append(SchemaChange(table, change, "major", name))
    for name, field in after.items():
        if name not in before:
            found.append(SchemaChange(table, "column-added", "minor", name))
        else:
            found += _compare_column(table, name, before[name], field)
    if (keys := _key(old, renamed)) != _key(new, {}):
        now = ", ".join(_key(new, {}))
        found.append(SchemaChange(table, "key-changed", "major", "", ", ".join(keys), now))
    return found or [SchemaChange(table, "described", "patch")]


def _key(schema: Mapping[str, Any], renamed: Mapping[str, str]) -> tuple[str, ...]:
    """The key of a table, by the names that its columns have now.

    >>> _key({"primaryKey": "a"}, {}), _key({"primaryKey": ["a", "b"]}, {"a": "c"}), _key({}, {})
    (('a',), ('c', 'b'), ())
    """
    declared = schema.get("primaryKey") or ()
    parts = (declared,) if isinstance(declared, str) else declared
    return tuple(renamed.get(part, part) for part in parts)


def _compare_column(
    table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[SchemaChange]:
    found: list[SchemaChange] = []
    kinds = [f"{f.get('type', 'any')}:{f.get('format', 'default')}" for f in (old, new)]
    if kinds[0] != kinds[1]:
        names = [kind.removesuffix(":default") for kind in kinds]
        found.append(SchemaChange(table, "column-retyped", "major", name, *names))
    if new.get("deprecated") and not old.get("deprecated"):
        instead = str(new.get("replacedBy", ""))
        found.append(SchemaChange(table, "column-deprecated", "minor", name, "", instead))
    was, now = old.get("constraints", {}), new.get("constraints", {})
    if was.get("required") and not now.get("required"):
        found.append(SchemaChange(table, "column-optional", "major", name))
    choices, chosen = was.get("enum") or [], now.get("enum") or []
    if choices and chosen:
        lost = ", ".join(str(c) for c in choices if c not in chosen)
        more = ", ".join(str(c) for c in chosen if c not in choices)
        if more:
            found.append(SchemaChange(table, "choices-added", "minor", name, "", more))
        if lost:
            found.append(SchemaChange(table, "choices-removed", "patch", name, lost, ""))
    if not found and old != {**new, "name": old["name"]}:
        found.append(SchemaChange(table, "described", "patch", name))
    return found
