"""Great Expectations suites: what the Table Schema says, derived from it, and reviewed additions.

The reviewed ones stand in `checks/expectations.yaml`: only what a Table Schema cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khplans.errors import KhplansError, both
from khplans.tables.definition import TABLE_NAMES, Field, Table, tables

EXPECTATIONS = "expectations.yaml"


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation of Great Expectations about one table, by its class's name and arguments.

    `warning` is the code of warnings that excuse a row which does not meet it.
    """

    check: str
    table: str
    kind: str
    arguments: Mapping[str, Any]
    title: str
    title_en: str
    warning: str | None = None


def derived_expectations(keys: Mapping[str, Mapping[str, list[Any]]]) -> list[Expectation]:
    """What the Table Schemas say; `keys` are the values of key columns, by table and column."""
    return [one for definition in tables() for one in _of_table(definition, keys)]


def _of_table(
    definition: Table, keys: Mapping[str, Mapping[str, list[Any]]]
) -> Iterator[Expectation]:
    name = definition.name
    yield Expectation(
        "schema.columns", name, "ExpectTableColumnsToMatchOrderedList",
        {"column_list": list(definition.columns)},
        "Đủ các cột, đúng thứ tự", "The columns are all there, in order",
    )  # fmt: skip
    key = definition.primary_key
    yield Expectation(
        "schema.primary-key", name,
        "ExpectColumnValuesToBeUnique" if len(key) == 1 else "ExpectCompoundColumnsToBeUnique",
        {"column": key[0]} if len(key) == 1 else {"column_list": list(key)},
        f"Khóa {', '.join(key)} không lặp", f"The key {', '.join(key)} is unique",
    )  # fmt: skip
    for field in definition.fields:
        yield from _of_field(name, field)
    for foreign in definition.foreign_keys:
        column, target = foreign.fields[0], foreign.references[0]
        yield Expectation(
            f"schema.foreign-key.{column}", name, "ExpectColumnValuesToBeInSet",
            {"column": column, "value_set": keys[foreign.table][target]},
            f"{column} có trong bảng {foreign.table}", f"{column} is in the table {foreign.table}",
        )  # fmt: skip


def _of_field(name: str, field: Field) -> Iterator[Expectation]:
    column = {"column": field.name}
    if field.required:
        yield Expectation(
            f"schema.required.{field.name}", name, "ExpectColumnValuesToNotBeNull", column,
            f"{field.name} luôn có giá trị", f"{field.name} always has a value",
        )  # fmt: skip
    if field.values:
        allowed = [value.value for value in field.values]
        yield Expectation(
            f"schema.enum.{field.name}", name, "ExpectColumnValuesToBeInSet",
            {**column, "value_set": allowed},
            f"{field.name} là một trong các giá trị đã định", f"{field.name} is one of its values",
        )  # fmt: skip
    if field.pattern is not None:
        yield Expectation(
            f"schema.pattern.{field.name}", name, "ExpectColumnValuesToMatchRegex",
            {**column, "regex": f"^(?:{field.pattern})$"},
            f"{field.name} đúng mẫu", f"{field.name} has its pattern",
        )  # fmt: skip
    if field.minimum is not None or field.maximum is not None:
        yield Expectation(
            f"schema.range.{field.name}", name, "ExpectColumnValuesToBeBetween",
            {**column, "min_value": field.minimum, "max_value": field.maximum},
            f"{field.name} trong khoảng cho phép", f"{field.name} is within its bounds",
        )  # fmt: skip


def reviewed_expectations(folder: Path) -> list[Expectation]:
    """Those of `expectations.yaml`; raises `KhplansError` where an entry is not whole."""
    import yaml

    path = folder / EXPECTATIONS
    try:
        entries = yaml.safe_load(path.read_text("utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _broken(
            path, both(f"không đọc được ({type(error).__name__})", "can't be read")
        ) from error
    return [_reviewed(entry, path) for entry in entries]


def _reviewed(entry: Any, path: Path) -> Expectation:
    try:
        found = Expectation(
            f"reviewed.{entry['check']}",
            entry["table"],
            entry["expect"],
            entry["arguments"],
            entry["title"],
            entry["title_en"],
            entry.get("warning"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken(path, both(f"thiếu {error} ở một mục", "an entry lacks it")) from error
    if found.table not in TABLE_NAMES:
        raise _broken(path, both(f"không có bảng {found.table}", "no such table"))
    return found


def _broken(path: Path, what: str) -> KhplansError:
    return KhplansError(what, where=str(path), remedy=both("sửa tệp đó", "fix that file"))
