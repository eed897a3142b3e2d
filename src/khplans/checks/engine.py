"""Runs the checkpoint of a package with Great Expectations: without telemetry, the same each time.

Its import takes seconds, so nothing but this module imports it, inside its functions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from khplans.atomic import scratch
from khplans.checks.context import CHECKPOINT, RUN_TIME, ContextPlace, context_files, kept_results
from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.checks.suites import Expectation
from khplans.errors import refusal
from khplans.tables.definition import table

Found = Mapping[tuple[str, str], Mapping[str, Any]]
"""What Great Expectations says of each expectation, by its table and check."""


def run_expectations(
    package: CheckedPackage, expectations: Sequence[Expectation], place: ContextPlace | None = None
) -> list[Result]:
    """The results of all expectations on a package's Parquet files; the context with them, in its place.

    Raises `KhplansError` for an expectation that Great Expectations does not know or cannot run.
    """
    with scratch() as folder:
        here = PurePosixPath(package.folder.resolve())
        _write(folder, context_files(expectations, here))
        found = dict(_run(folder, expectations))
        if place:
            results = kept_results(folder, place.data)
            _write(place.folder, context_files(expectations, place.data) | dict(results))
    return [_result(package, one, found[one.table, one.check]) for one in expectations]


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _run(
    folder: Path, expectations: Sequence[Expectation]
) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """What the checkpoint finds; where it isn't met, with the keys of the rows, which costs twice what the verdict does."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    for one in expectations:
        _refuse_unknown(gx.expectations, one)
    run = gx.RunIdentifier(run_name=CHECKPOINT, run_time=RUN_TIME)
    context: Any = gx.get_context(mode="file", context_root_dir=folder)
    checkpoint = context.checkpoints.get(CHECKPOINT)
    for result in checkpoint.run(run_id=run).run_results.values():
        if not result.success:
            definition = context.validation_definitions.get(result.suite_name)
            keys = list(table(result.suite_name).primary_key)
            rows = {"result_format": "COMPLETE", "unexpected_index_column_names": keys}
            result = definition.run(checkpoint_id=checkpoint.id, result_format=rows, run_id=run)
        for one in result.to_json_dict()["results"]:
            yield (result.suite_name, one["expectation_config"]["meta"]["check"]), one


def _refuse_unknown(known: Any, one: Expectation) -> None:
    """An expectation that is none would be left out of its suite in silence."""
    try:
        if not hasattr(known, one.kind):
            raise TypeError(f"Great Expectations has no {one.kind}")
        getattr(known, one.kind)(**one.arguments)
    except (TypeError, ValueError) as error:
        raise refusal(
            "expectation-unknown", f"checks: {one.table}, {one.check}", error=error
        ) from error


def _result(package: CheckedPackage, one: Expectation, found: Mapping[str, Any]) -> Result:
    count = package.about[one.table][1]
    title = (one.title, one.title_en)
    if found["success"]:
        return judge(one.check, one.table, count, [], title=title)
    if _raised(found):
        died = f"({one.kind}: {_raised(found)})"
        return judge(one.check, one.table, count, [died], title=title)
    wrong = _row_ids(one.table, found["result"]) or [str(found["result"].get("observed_value"))]
    told = package.told(one.table, one.warning) if one.warning else frozenset[str]()
    return judge(one.check, one.table, count, wrong, told, title=title)


def _row_ids(name: str, result: Mapping[str, Any]) -> list[str]:
    """The ids of the rows that an expectation found wrong.

    >>> place = {"task_id": "t", "agency_id": "a", "role": "lead"}
    >>> _row_ids("task_agencies", {"unexpected_index_list": [place]}), _row_ids("tasks", {})
    (['t|a|lead'], [])
    """
    places = result.get("unexpected_index_list") or []
    return ["|".join(str(place[column]) for column in table(name).primary_key) for place in places]


def _raised(found: Mapping[str, Any]) -> str:
    """What an expectation that could not be run died of: a missing column, a wrong type.

    >>> one = {"raised_exception": True, "exception_message": "no  column\\n x"}
    >>> found = one, {"a": one}, {**one, "raised_exception": False}
    >>> [_raised({"exception_info": info}) for info in found]
    ['no column x', 'no column x', '']
    """
    info = found["exception_info"]
    if "raised_exception" in info:
        info = {"": info}
    messages = [one["exception_message"] for one in info.values() if one["raised_exception"]]
    return " ".join(str(messages[0]).split())[:200] if messages else ""
