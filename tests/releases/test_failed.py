"""Runs that failed are recorded, bounded and in their form, and recording them is in nobody's way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khplans.errors import KhplansError
from khplans.releases.failed import FAILED, MOST, STAGES, FailedRun, failures_recorded, read_failed


def _fail(releases: Path, error: Exception, *stages: str) -> list[str]:
    told: list[str] = []

    def run() -> None:
        with failures_recorded(releases, told.append) as begin:
            for stage in stages:
                begin(stage)
            raise error

    with pytest.raises(type(error)):
        run()
    return told


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("stages", [STAGES[:count] for count in range(len(STAGES) + 1)])
def test_the_stage_that_had_begun_is_told(stages: tuple[str, ...], tmp_path: Path) -> None:
    error = KhplansError("check-failed", "sai", where="/home/lan/plans/a", remedy="sửa")
    assert _fail(tmp_path / "releases", error, *stages) == list(stages)
    (run,) = read_failed(tmp_path / "releases")
    assert (run.stage, run.code) == (stages[-1] if stages else "build", "check-failed")
    written = (tmp_path / "releases" / FAILED).read_text("utf-8")
    assert re.fullmatch(
        r"time,stage,code\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,\w+,check-failed\n", written
    )
    assert _names(tmp_path / "releases") == [FAILED]


def test_a_run_that_succeeds_or_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    with failures_recorded(tmp_path, print) as begin:
        begin("site")
    with pytest.raises(KeyboardInterrupt), failures_recorded(tmp_path, print):
        raise KeyboardInterrupt
    assert _names(tmp_path) == []


def test_the_newest_are_kept_and_come_first(tmp_path: Path) -> None:
    runs = [f"2026-11-{i % 30 + 1:02}T00:00:00Z,build,fault" for i in range(3 * MOST)]
    (tmp_path / FAILED).write_text("\n".join(["time,stage,code", *runs]), "utf-8")
    _fail(tmp_path, OSError(28, "No space left on device"), "check")
    found = read_failed(tmp_path)
    assert len(found) == MOST
    assert (found[0].stage, found[0].code) == ("check", "system")
    assert found[1].time == runs[-1][:20]
    assert len((tmp_path / FAILED).read_text("utf-8").splitlines()) == MOST + 1


def test_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    good = "2026-11-30T08:00:00Z,site,fault"
    odd = (
        "", "a,b,c", "2026-11-30T08:00:00Z,site,<script>", "2026-11-30T08:00:00Z,elsewhere,fault",
        "2026-13-30T08:00:00Z,site,fault", f"{good},more", "\x1b[2J,site,fault", "9" * 5000,
    )  # fmt: skip
    (tmp_path / FAILED).write_bytes("\n".join([*odd, good]).encode() + b"\n\xff\xfe,site,fault\n")
    assert read_failed(tmp_path) == [FailedRun(*good.split(","))]
    (tmp_path / FAILED).write_bytes(b"x" * 10_000_000)
    assert read_failed(tmp_path) == []


def test_that_it_can_not_be_recorded_hides_no_failure(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("a file in the place of the folder", "utf-8")
    with pytest.raises(KhplansError, match="sai"), failures_recorded(tmp_path / "releases", print):
        raise KhplansError("check-failed", "sai")
    (tmp_path / "r" / FAILED).mkdir(parents=True)
    _fail(tmp_path / "r", KhplansError("check-failed", "sai"))
    assert _names(tmp_path / "r") == [FAILED]
