"""Great Expectations suites: what the Table Schema says, derived from it, and reviewed additions.

The reviewed ones stand in `expectations.yaml` beside this module: only what a Table Schema cannot
say. A catalogue has its own in a file of that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
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


def derived_expectations() -> list[Expectation]:
    """What the Table Schemas say of one table each; of links between tables see `keys`."""
    return [one for definition in tables() for one in _of_table(definition)]


def _of_table(definition: Table) -> Iterator[Expectation]:
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
    """The library's, and those of a catalogue's own `expectations.yaml` where its folder has one.

    Raises `KhplansError` where an entry is not whole, or has the name of another.
    """
    with as_file(files("khplans.checks") / EXPECTATIONS) as path:
        found = _read(path)
    own = folder / EXPECTATIONS
    if not own.is_file():
        return found
    names = {(one.table, one.check) for one in found}
    for one in _read(own):
        if (one.table, one.check) in names:
            name = one.check.removeprefix("reviewed.")
            raise _broken(own, both(f"{one.table} đã có kiểm tra {name}", "has that check already"))
        names.add((one.table, one.check))
        found.append(one)
    return found


def _read(path: Path) -> list[Expectation]:
    import yaml

    try:
        entries = yaml.safe_load(path.read_text("utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _broken(
            path,
            both(f"không đọc được ({type(error).__name__})", "can't be read"),
            mark.line + 1 if mark else None,
        ) from error
    if not isinstance(entries, list):
        raise _broken(path, both("phải là một danh sách", "must be a list"))
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


def _broken(path: Path, what: str, line: int | None = None) -> KhplansError:
    """A file of checks that can't be used, and the line where that is known.

    >>> _broken(Path("a.yaml"), "x").where, _broken(Path("a.yaml"), "x", 5).where
    ('a.yaml', 'a.yaml:5')
    """
    where = f"{path}:{line}" if line else str(path)
    return KhplansError(
        "entry-wrong", what, where=where, remedy=both("sửa tệp đó", "fix that file")
    )
