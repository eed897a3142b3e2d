"""datapackage.json as others wrote it, held to the form that is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from khplans.errors import KhplansError, refusal
from khplans.outside import (
    is_count,
    is_flag,
    is_path,
    is_sha256,
    is_text,
    is_version,
    read_object,
)

MOST_COLUMNS = 1_000
"""Columns of a table: a table is compared in SQLite, which has no more than 2,000."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,299}", re.ASCII)


def _is_name(value: object) -> bool:
    """Whether this names a resource, and so a file, a table of a query, an attribute.

    >>> _is_name("tasks"), _is_name("../tasks"), _is_name(5)
    (True, False, False)
    """
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_hash(value: object) -> bool:
    """Whether this is a SHA-256, with its name before it or not.

    >>> _is_hash("sha256:" + "0" * 64), _is_hash("0" * 64), _is_hash("0"), _is_hash(None)
    (True, True, False, False)
    """
    return isinstance(value, str) and is_sha256(value.removeprefix("sha256:"))


def _is_key(value: object) -> bool:
    """Whether this names one column or several.

    >>> _is_key("task_id"), _is_key(["a", "b"]), _is_key(["a", 5]), _is_key(5)
    (True, True, False, False)
    """
    return is_text(value) or (isinstance(value, list) and all(map(is_text, value)))


_TITLES = {"title?": is_text, "title_en?": is_text, "description?": is_text, "description_en?": is_text}  # fmt: skip

_FIELD = {
    **_TITLES,
    "name": is_text,
    "type?": is_text,
    "format?": is_text,
    "deprecated?": is_flag,
    "replacedBy?": is_text,
    "constraints?": {"required?": is_flag, "enum?": [is_text]},
}

_RESOURCE = {
    **_TITLES,
    "name": _is_name,
    "path": is_path,
    "format?": is_text,
    "hash?": _is_hash,
    "bytes?": is_count,
    "byteSize?": is_count,
    "schema?": {"fields": [_FIELD], "primaryKey?": _is_key},
}

_PACKAGE = {
    **_TITLES,
    "name?": is_text,
    "version?": is_version,
    "created?": is_text,
    "homepage?": is_text,
    "resources": [_RESOURCE],
}


def read_descriptor(data: bytes | str, where: str) -> dict[str, Any]:
    """A datapackage.json: names, paths, hashes and schemas are what they should be.

    Every table (a resource whose path ends in `.csv` or whose format is `parquet`) has a schema, whose
    columns are at least one and at most `MOST_COLUMNS`, each named once, with the key among them.

    Raises `KhplansError` with the place that isn't so.

    >>> read_descriptor('{"resources": [{"name": "a", "path": "../a.csv"}]}', "datapackage.json")
    Traceback (most recent call last):
    khplans.errors.KhplansError: datapackage.json: JSON hỏng / broken JSON: resources[0].path = '../a.csv'...
    """
    descriptor = read_object(data, where, _PACKAGE)
    resources: list[dict[str, Any]] = descriptor["resources"]
    if place := _repeated(resource["name"] for resource in resources):
        raise _broken(where, place)
    for resource in resources:
        if is_table(resource):
            _require_columns(resource, where)
    return descriptor


def is_table(resource: Mapping[str, Any]) -> bool:
    """Whether a resource is a table in CSV or Parquet.

    >>> is_table({"path": "tasks.csv"}), is_table({"path": "tasks.parquet", "format": "parquet"}), is_table({"path": "sources/p.txt"})
    (True, True, False)
    """
    return str(resource["path"]).endswith(".csv") or resource.get("format") == "parquet"


def key_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of a Table Schema's primary key; none where it has no key.

    >>> key_of({"primaryKey": "id"}), key_of({})
    (('id',), ())
    """
    declared = schema.get("primaryKey") or ()
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _require_columns(resource: Mapping[str, Any], where: str) -> None:
    """Raises `KhplansError` for a table without columns, or whose names or key can't be.

    >>> def held(*names, key=()):
    ...     schema = {"fields": [{"name": name} for name in names], "primaryKey": list(key)}
    ...     try: return _require_columns({"name": "t", "schema": schema}, "p")
    ...     except KhplansError: return "broken"
    >>> held("a", "b", key=["a"]), held(), held("a", "a"), held("a", key=["b"]), held("a", key=["a", "a"])
    (None, 'broken', 'broken', 'broken', 'broken')
    """
    schema = resource.get("schema") or {"fields": []}
    columns = [field["name"] for field in schema["fields"]]
    key = key_of(schema)
    wanted = 1 <= len(columns) <= MOST_COLUMNS
    if not wanted or _repeated(columns) or _repeated(key) or not set(key) <= set(columns):
        raise _broken(where, f"{resource['name']}: schema")


def _repeated(names: Iterable[str]) -> str | None:
    """The first name that was there before.

    >>> _repeated(["a", "b", "a", "b"]), _repeated(["a", "b"])
    ('a', None)
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _broken(where: str, what: str) -> KhplansError:
    return refusal("descriptor-broken", where, what=what)
