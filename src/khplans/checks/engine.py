"""Runs expectations with Great Expectations: in memory, without telemetry, the same each time.

Its import takes seconds, so nothing but this module imports it, inside its one function.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from khplans.checks.results import Result, judge
from khplans.checks.suites import Expectation
from khplans.errors import KhplansError, both
from khplans.tables.definition import table

if TYPE_CHECKING:
    import pyarrow as pa

    from khplans.checks.package import CheckedPackage


def run_expectations(package: CheckedPackage, expectations: Sequence[Expectation]) -> list[Result]:
    """The results of all expectations on a package's Parquet tables.

    Raises `KhplansError` for an expectation that Great Expectations does not know or cannot run.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("package").add_dataframe_asset("tables")
    whole = asset.add_batch_definition_whole_dataframe("all")
    results = []
    for name in sorted({one.table for one in expectations}):
        suite = [one for one in expectations if one.table == name]
        batch = whole.get_batch({"dataframe": _frame(package.arrow[name])})
        found = _validated(gx, batch, suite, {"result_format": "BOOLEAN_ONLY"})
        unmet = [one for one in suite if not found[one.check]["success"]]
        if unmet:
            found |= _validated(gx, batch, unmet, _with_rows(name))
        results += [_result(package, one, found[one.check]) for one in suite]
    return results


def _validated(
    gx: Any, batch: Any, suite: Sequence[Expectation], result_format: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """What Great Expectations says of each expectation, by the name of its check."""
    made = gx.ExpectationSuite("checks", expectations=[_make(gx, one) for one in suite])
    found = batch.validate(made, result_format=dict(result_format)).results
    raw: list[Any] = [one.to_json_dict() for one in found]
    return {one["expectation_config"]["meta"]["check"]: one for one in raw}


def _with_rows(name: str) -> dict[str, Any]:
    """Asks for the rows that do not meet an expectation, which costs twice what the verdict alone does."""
    keys = list(table(name).primary_key)
    return {"result_format": "COMPLETE", "unexpected_index_column_names": keys}


def _frame(data: pa.Table) -> Any:
    """Typed by Arrow, so that a column of integers with nulls stays one of integers."""
    import pandas as pd

    return data.to_pandas(types_mapper=pd.ArrowDtype)


def _make(gx: Any, one: Expectation) -> Any:
    known = getattr(gx.expectations, one.kind, None)
    try:
        if known is None:
            raise TypeError(f"Great Expectations has no {one.kind}")
        return known(**one.arguments, meta={"check": one.check})
    except (TypeError, ValueError) as error:
        raise KhplansError(
            "entry-wrong",
            both(f"kỳ vọng không hợp lệ ({error})", "not a valid expectation"),
            where=f"checks: {one.table}, {one.check}",
            remedy=both("sửa expectations.yaml", "fix expectations.yaml"),
        ) from error


def _result(package: CheckedPackage, one: Expectation, found: Mapping[str, Any]) -> Result:
    data = package.arrow[one.table]
    title = (one.title, one.title_en)
    if found["success"]:
        return judge(one.check, one.table, title, data.num_rows, [])
    if _raised(found):
        return judge(
            one.check, one.table, title, data.num_rows, [f"({one.kind}: {_raised(found)})"]
        )
    wrong = _row_ids(one.table, found["result"]) or [str(found["result"].get("observed_value"))]
    told = package.told(one.table, one.warning) if one.warning else frozenset[str]()
    return judge(one.check, one.table, title, data.num_rows, wrong, told)


def _row_ids(name: str, result: Mapping[str, Any]) -> list[str]:
    places = result.get("unexpected_index_list") or []
    return ["|".join(str(place[column]) for column in table(name).primary_key) for place in places]


def _raised(found: Mapping[str, Any]) -> str:
    """What an expectation that could not be run died of: a missing column, a wrong type."""
    info = found["exception_info"]
    if "raised_exception" in info:
        info = {"": info}
    messages = [one["exception_message"] for one in info.values() if one["raised_exception"]]
    return " ".join(str(messages[0]).split())[:200] if messages else ""
