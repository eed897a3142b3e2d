"""The Great Expectations context of a package, as the files that it is opened by.

A suite for each table, what each is held against, and the checkpoint that runs them all. Ids and times
come from names, never from chance or a clock, so that the bytes are the same each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID, uuid5

from khplans.checks.suites import Expectation
from khplans.packages.stamp import COLLECTION
from khplans.tables.definition import TABLE_NAMES

CONTEXT = "gx"
"""The folder, below a catalogue's `checks/`, that Great Expectations looks for its context in."""
CHECKPOINT = "package"
"""The name of the checkpoint, of the source that it reads and of its runs."""
RUN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""The time that every run is said to have: what it finds depends on the files alone."""
RESULTS = "validations"
"""The folder of what was found, below that of the context."""
_BATCH = "all"
_NAMESPACE = UUID("5f2f6f3c-0d5b-5c53-8d2b-6b0f1d8f4a0e")
_STORES = {
    "expectations_store": ("ExpectationsStore", "expectations"),
    "validation_results_store": ("ValidationResultsStore", RESULTS),
    "checkpoint_store": ("CheckpointStore", "checkpoints"),
    "validation_definition_store": ("ValidationDefinitionStore", "validation_definitions"),
}


@dataclass(frozen=True, slots=True)
class ContextPlace:
    """The folder that a context is kept in, and that of its package, from where the context is opened."""

    folder: Path
    data: PurePosixPath


def catalogue_context(packages: Path, rules: Path) -> ContextPlace:
    """Where a catalogue keeps the context of its collection; opened in the folder of the two.

    >>> catalogue_context(Path("datapackages"), Path("checks"))
    ContextPlace(folder=PosixPath('checks/gx'), data=PurePosixPath('datapackages/khplans'))
    """
    return ContextPlace(rules / CONTEXT, PurePosixPath(packages / COLLECTION))


def context_files(expectations: Sequence[Expectation], data: PurePosixPath) -> dict[str, bytes]:
    """The context's files by their paths, for the package in the folder `data`.

    Where `data` is relative, the context is opened in the folder that it is relative to.

    >>> from khplans.checks.suites import derived_expectations
    >>> made = context_files(derived_expectations(), PurePosixPath("datapackages/khplans"))
    >>> [path for path in made if "units" in path]
    ['expectations/units.json', 'validation_definitions/units.json']
    """
    names = [name for name in TABLE_NAMES if any(one.table == name for one in expectations)]
    files = {"great_expectations.yml": _settings(names, data)}
    for name in names:
        suite = [_expectation(one) for one in expectations if one.table == name]
        files[f"expectations/{name}.json"] = _json(
            {"name": name, "id": _id("suite", name), "expectations": suite, "meta": {}}
        )
    for name in names:
        files[f"validation_definitions/{name}.json"] = _json(_definition(name))
    files[f"checkpoints/{CHECKPOINT}.json"] = _json(
        {
            "name": CHECKPOINT,
            "id": _id("checkpoint", CHECKPOINT),
            "validation_definitions": [_named("validation", name) for name in names],
            "actions": [],
            "result_format": "BOOLEAN_ONLY",
        }
    )
    return files


def kept_results(folder: Path, data: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the results in a context's folder, as of the package in `data`.

    Times of loading and the machine's own paths are left out.
    """
    for path in sorted((folder / RESULTS).rglob("*.json")):
        found = json.loads(path.read_text("utf-8"))
        found["meta"].pop("batch_markers", None)
        spec = found["meta"]["batch_spec"]
        spec["path"] = str(data / PurePosixPath(spec["path"]).name)
        for result in found["results"]:
            _without_traces(result["exception_info"])
        yield path.relative_to(folder).as_posix(), _json(found)


def _without_traces(info: dict[str, Any]) -> None:
    """What an expectation died of keeps its message; the trace names files of this machine.

    >>> info = {"raised_exception": True, "exception_traceback": "/home/a", "exception_message": "b"}
    >>> several = {"a": dict(info), "b": dict(info)}
    >>> _without_traces(info), _without_traces(several)
    (None, None)
    >>> info["exception_traceback"], [one["exception_traceback"] for one in several.values()]
    (None, [None, None])
    """
    for one in [info] if "raised_exception" in info else info.values():
        one["exception_traceback"] = None


def _settings(names: Sequence[str], data: PurePosixPath) -> bytes:
    import yaml

    settings = {
        "config_version": 4.0,
        "analytics_enabled": False,
        "data_context_id": _id("context", CHECKPOINT),
        "progress_bars": {"globally": False, "metric_calculations": False},
        "stores": {store: _store(*kind) for store, kind in _STORES.items()},
        **{f"{store}_name": store for store in _STORES if not store.startswith("validation_def")},
        "data_docs_sites": {},
        "fluent_datasources": {
            CHECKPOINT: {
                "type": "pandas_filesystem",
                "id": _id("source", CHECKPOINT),
                "base_directory": str(data),
                "assets": {name: _asset(name) for name in names},
            }
        },
    }
    return yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).encode()


def _store(kind: str, folder: str) -> dict[str, Any]:
    backend = {
        "class_name": "TupleFilesystemStoreBackend",
        "base_directory": f"{folder}/",
        "suppress_store_backend_id": True,
    }
    return {"class_name": kind, "store_backend": backend}


def _asset(name: str) -> dict[str, Any]:
    """Typed by Arrow, so that a column of integers with nulls stays one of integers."""
    pattern = {"regex": rf"{name}[.]parquet$", "param_names": []}
    return {
        "type": "parquet",
        "id": _id("asset", name),
        "dtype_backend": "pyarrow",
        "batch_definitions": {_BATCH: {"id": _id("batch", name), "partitioner": pattern}},
    }


def _definition(name: str) -> dict[str, Any]:
    data = {
        "datasource": _named("source", CHECKPOINT),
        "asset": _named("asset", name),
        "batch_definition": {"name": _BATCH, "id": _id("batch", name)},
    }
    return {**_named("validation", name), "data": data, "suite": _named("suite", name)}


def _expectation(one: Expectation) -> dict[str, Any]:
    meta = {"check": one.check, "title": one.title, "title_en": one.title_en}
    if one.warning:
        meta["warning"] = one.warning
    return {
        "id": _id("expectation", f"{one.table} {one.check}"),
        "type": _snake_case(one.kind),
        "kwargs": dict(one.arguments),
        "meta": meta,
    }


def _snake_case(kind: str) -> str:
    """A class's name as the suites of Great Expectations have it.

    >>> _snake_case("ExpectColumnPairValuesAToBeGreaterThanB")
    'expect_column_pair_values_a_to_be_greater_than_b'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"name": name, "id": _id(kind, name)}


def _id(kind: str, name: str) -> str:
    return str(uuid5(_NAMESPACE, f"{kind} {name}"))


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=date.isoformat) + "\n").encode()
