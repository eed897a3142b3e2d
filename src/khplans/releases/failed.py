"""Runs of publishing that failed: what the next site shows beside the releases.

`releases/failed.csv` has when, at which stage and with which kind of error (`knowledge/data/errors.csv`); no
message, for it may name paths of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from khplans.atomic import write_file
from khplans.errors import KhplansError

FAILED = "failed.csv"
STAGES = ("build", "check", "release", "site")
MOST = 100
"""Runs that are kept; older ones go."""
_MOST_BYTES = 100_000
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_CODE = re.compile(r"[a-z]{1,20}(-[a-z]{1,20}){0,3}")


@dataclass(frozen=True, slots=True)
class FailedRun:
    """When a run failed (`2026-11-30T08:00:00Z`), at which stage, with which kind of error."""

    time: str
    stage: str
    code: str

    @property
    def moment(self) -> datetime:
        """Its time."""
        return datetime.strptime(self.time, _TIME).replace(tzinfo=UTC)


_HEADER = FailedRun("time", "stage", "code")


def read_failed(releases: Path) -> list[FailedRun]:
    """The runs that failed, newest first; lines that are none are passed over, so that none stops a site."""
    try:
        with (releases / FAILED).open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    rows = (line.split(",") for line in text.splitlines())
    found = [FailedRun(*row) for row in rows if len(row) == len(fields(FailedRun))]
    return [run for run in found if _has_form(run)][: -MOST - 1 : -1]


def _has_form(run: FailedRun) -> bool:
    with suppress(ValueError):
        return run.stage in STAGES and bool(run.moment and _CODE.fullmatch(run.code))
    return False


@contextmanager
def failures_recorded(
    releases: Path, begin: Callable[[str], None]
) -> Iterator[Callable[[str], None]]:
    """Record that a run failed, where the block does, for whatever it failed.

    What it gives is to be told of each stage as it begins, and tells `begin` of it. Who asks has to
    hold `releases`. That nothing can be written there is no other failure.
    """
    stages = [STAGES[0]]

    def at(stage: str) -> None:
        stages.append(stage)
        begin(stage)

    try:
        yield at
    except Exception as error:
        with suppress(OSError, KhplansError):
            _add(releases, FailedRun(datetime.now(UTC).strftime(_TIME), stages[-1], _code(error)))
        raise


def _code(error: Exception) -> str:
    """The kind of an error, as the command tells it.

    >>> _code(OSError()), _code(ModuleNotFoundError()), _code(IndexError()), _code(KhplansError("usage", ""))
    ('system', 'library-missing', 'fault', 'usage')
    """
    if isinstance(error, KhplansError):
        return error.code
    known = {OSError: "system", ModuleNotFoundError: "library-missing"}
    return next((code for kind, code in known.items() if isinstance(error, kind)), "fault")


def _add(releases: Path, run: FailedRun) -> None:
    kept = [*read_failed(releases)[: MOST - 1][::-1], run]
    lines = (",".join(astuple(one)) for one in (_HEADER, *kept))
    write_file(releases / FAILED, "".join(f"{line}\n" for line in lines).encode())
