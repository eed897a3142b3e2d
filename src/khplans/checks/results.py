"""What a check found, as data: `checks.json` of a package, and the quality page."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Severity = Literal["error", "warning"]
Status = Literal["passed", "warned", "failed"]

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One check of one table.

    `failed` counts rows that are wrong and that no warning tells of; `warned` those that a row of
    `warnings` tells of. `examples` are ids of the first failed rows, else of the first warned.
    """

    check: str
    table: str
    severity: Severity
    title: str
    title_en: str
    checked: int
    failed: int = 0
    warned: int = 0
    examples: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """`failed` stops publishing where the severity is `error`."""
        if self.failed:
            return "failed"
        return "warned" if self.warned else "passed"


def judge(
    check: str,
    table: str,
    checked: int,
    wrong: Sequence[str],
    told: frozenset[str] = frozenset(),
    severity: Severity = "error",
    title: tuple[str, str] | None = None,
) -> Result:
    """The result for rows found `wrong`, of which those in `told` have their warning.

    What the check is called stands in `titles.csv`, unless it is given.
    """
    failed = [row for row in wrong if row not in told]
    warned = [row for row in wrong if row in told]
    return Result(
        check,
        table,
        severity,
        *(title or _titles()[check]),
        checked=checked,
        failed=len(failed),
        warned=len(warned),
        examples=tuple((failed or warned)[:EXAMPLES]),
    )


@cache
def _titles() -> Mapping[str, tuple[str, str]]:
    lines = (files("khplans.checks") / "titles.csv").read_text("utf-8").splitlines()
    return {row["check"]: (row["title"], row["title_en"]) for row in csv.DictReader(lines)}


def merge(results: Iterable[Result]) -> list[Result]:
    """The results of slices as those of the whole, by table and check."""
    merged: dict[tuple[str, str], Result] = {}
    for one in results:
        key = (one.table, one.check)
        merged[key] = _merged(merged[key], one) if key in merged else one
    return [merged[key] for key in sorted(merged)]


def _merged(one: Result, other: Result) -> Result:
    telling = [r for r in (one, other) if r.failed] or [one, other]
    return replace(
        one,
        checked=one.checked + other.checked,
        failed=one.failed + other.failed,
        warned=one.warned + other.warned,
        examples=tuple(e for r in telling for e in r.examples)[:EXAMPLES],
    )


def as_data(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The results as JSON values."""
    return [
        {**asdict(result), "examples": list(result.examples), "status": result.status}
        for result in results
    ]


def from_data(data: Mapping[str, Any]) -> Result:
    """A result as `as_data` gave it."""
    fields = {key: value for key, value in data.items() if key != "status"}
    return Result(**{**fields, "examples": tuple(data["examples"])})
