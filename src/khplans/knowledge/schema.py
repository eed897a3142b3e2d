"""Each table of knowledge has a Table Schema beside it (`<name>.schema.json`), which its rows must keep.

What is checked is what a Table Schema says: types, required cells, allowed values, patterns, keys
and references to other tables. A field's `separator` parts the values of a cell that holds several.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from khplans.errors import KhplansError, both

Row = Mapping[str, str]
Column = Callable[[str, str], frozenset[str]]
"""The values of a column of another table."""

_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"string": str, "number": Decimal, "integer": int, "date": date.fromisoformat}
)


@dataclass(frozen=True, slots=True)
class SchemaField:
    """A column: what its cells may hold. `separator` is empty where a cell holds one value."""

    name: str
    read: Callable[[str], object]
    type: str
    required: bool
    enum: tuple[str, ...]
    pattern: re.Pattern[str] | None
    separator: str
    minimum: int | None = None

    def fault(self, cell: str) -> tuple[str, str] | None:
        """What is wrong with a cell, in both languages; None where nothing is.

        >>> field = _field({"name": "unit", "type": "string", "constraints": {"enum": ["case"]}})
        >>> field.fault("nset")
        ("'nset' không phải một trong case", "'nset' is none of case")
        """
        if not cell:
            return ("ô trống", "an empty cell") if self.required else None
        values = cell.split(self.separator) if self.separator else [cell]
        return next(filter(None, map(self._fault_of_value, values)), None)

    def _fault_of_value(self, value: str) -> tuple[str, str] | None:
        if self.enum and value not in self.enum:
            allowed = ", ".join(sorted(self.enum))
            return f"{value!r} không phải một trong {allowed}", f"{value!r} is none of {allowed}"
        if self.pattern and not self.pattern.fullmatch(value):
            return f"{value!r} sai dạng", f"{value!r} is not of its form"
        try:
            read = self.read(value)
        except (ValueError, ArithmeticError):
            return f"{value!r} không phải {self.type}", f"{value!r} is no {self.type}"
        if self.minimum is not None and isinstance(read, int) and read < self.minimum:
            return f"{value!r} nhỏ hơn {self.minimum}", f"{value!r} is below {self.minimum}"
        return None


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells of `column` that must stand in a column of another table."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A table's columns, its key and what it refers to."""

    name: str
    fields: tuple[SchemaField, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def header(self) -> list[str]:
        return [field.name for field in self.fields]


@cache
def knowledge_schema(name: str) -> Schema:
    """The schema beside `knowledge/data/<name>.csv`.

    >>> knowledge_schema("measures").key
    ('measure_id',)
    """
    resource = files("khplans.knowledge") / "data" / f"{name}.schema.json"
    return parse_schema(name, resource.read_text("utf-8"))


def parse_schema(name: str, written: str) -> Schema:
    """The schema in the text of a `.schema.json`.

    >>> parse_schema("x", '{"fields": [{"name": "a", "type": "date"}], "primaryKey": ["a"]}').header
    ['a']
    """
    raw = json.loads(written)
    references = (
        Reference(one["fields"][0], one["reference"]["resource"], one["reference"]["fields"][0])
        for one in raw.get("foreignKeys", ())
    )
    return Schema(
        name, tuple(map(_field, raw["fields"])), tuple(raw["primaryKey"]), tuple(references)
    )


def _field(raw: Mapping[str, Any]) -> SchemaField:
    """A field as its schema's file has it.

    >>> _field({"name": "a", "type": "string"}).pattern
    >>> _field({"name": "a", "type": "string", "constraints": {"pattern": "[a-z]+"}}).pattern
    re.compile('[a-z]+')
    """
    constraints = raw.get("constraints", {})
    pattern = constraints.get("pattern")
    return SchemaField(
        raw["name"],
        _READERS[raw["type"]],
        raw["type"],
        constraints.get("required", False),
        tuple(constraints.get("enum", ())),
        re.compile(pattern) if pattern else None,
        raw.get("separator", ""),
        constraints.get("minimum"),
    )


def check_rows(
    schema: Schema,
    rows: Sequence[tuple[int, Row]],
    path: str,
    column: Column,
    others: Sequence[Row] = (),
) -> None:
    """Hold numbered rows to their schema; raises `KhplansError` naming the line, column and value.

    `others` are the rows that the table has besides.

    >>> schema = parse_schema("t", '{"fields": [{"name": "a", "type": "integer"}], "primaryKey": ["a"]}')
    >>> def held(*cells, there=()):
    ...     rows = [(n, {"a": one}) for n, one in enumerate(cells, 2)]
    ...     try: check_rows(schema, rows, "t.csv", lambda *_: frozenset(), [{"a": one} for one in there])
    ...     except KhplansError as error: return error.where
    >>> held("1", "2"), held("1", "x"), held("1", "1"), held("1", "2", there=("2",))
    (None, 't.csv:3', 't.csv:3', 't.csv:3')
    """
    seen: dict[tuple[str, ...], int] = {}
    taken = {tuple(row[part] for part in schema.key) for row in others}
    for number, row in rows:
        for field in schema.fields:
            if fault := field.fault(row[field.name]):
                raise _wrong(path, number, field.name, both(*fault))
        key = tuple(row[part] for part in schema.key)
        if key in seen:
            twice = both(f"trùng dòng {seen[key]}", f"the same as line {seen[key]}")
            raise _wrong(path, number, ", ".join(schema.key), twice)
        if key in taken:
            there = both(f"khplans đã có {' '.join(key)!r}", "khplans has it already")
            raise _wrong(path, number, ", ".join(schema.key), there)
        seen[key] = number
    for number, name, what in _dangling(schema, rows, column, others):
        raise _wrong(path, number, name, what)


def _dangling(
    schema: Schema, rows: Sequence[tuple[int, Row]], column: Column, others: Sequence[Row]
) -> Iterator[tuple[int, str, str]]:
    for reference in schema.references:
        own = reference.table == schema.name
        known = (
            frozenset(row[reference.target] for row in (*others, *(row for _, row in rows)))
            if own
            else column(reference.table, reference.target)
        )
        for number, row in rows:
            value = row[reference.column]
            if value and value not in known:
                where = f"{reference.table}.csv"
                missing = both(f"{value!r} không có trong {where}", f"{value!r} is not in {where}")
                yield number, reference.column, missing


def _wrong(path: str, line: int, column: str, what: str) -> KhplansError:
    return KhplansError(
        "entry-wrong",
        f"{column}: {what}",
        where=f"{path}:{line}",
        remedy=both("sửa ô đó", "fix that cell"),
    )
