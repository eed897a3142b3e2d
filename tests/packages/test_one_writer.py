"""One writer at a time: who holds a folder is told, and a hold ends with its process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from khplans.atomic import holding, holds, recover, replacing, scratch, write_file
from khplans.atomic.scratch import WORK
from khplans.cli import group
from khplans.errors import KhplansError

_HOLDS = """
import sys
from pathlib import Path
from khplans.atomic import holding
with holding(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(target: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the output until it is killed or let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(target)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.communicate()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_second_run_is_refused_and_told_who_holds_and_for_how_long(tmp_path: Path) -> None:
    with (
        held_by_another(tmp_path / "datapackages") as other,
        pytest.raises(KhplansError) as refused,
        holding(tmp_path / "releases"),
    ):
        pass
    assert refused.value.where == str(tmp_path)
    assert re.search(
        rf"`-c {tmp_path}/datapackages` đang ghi ở đây: tiến trình {other.pid} trên máy {os.uname().nodename}, "
        r"từ 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC, đã \d:\d\d:\d\d / .* is writing here: process "
        rf"{other.pid} on {os.uname().nodename}, since .* UTC, for \d:\d\d:\d\d$",
        refused.value.what,
    )
    assert "wait until it has ended" in refused.value.remedy


@pytest.mark.parametrize(
    "verb",
    [
        ("build",), ("check",), ("release",), ("site",), ("publish",),
        ("add", "ke-hoach.txt"), ("extract", "ke-hoach.txt", "--to", "package"), ("check", "datapackages/khplans"),
    ],
)  # fmt: skip
def test_every_verb_that_writes_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "khplans.toml").write_text('name = "thu"\n')
    (tmp_path / "ke-hoach.txt").write_text("Kế hoạch", "utf-8")
    package = tmp_path / "datapackages" / "khplans"
    package.mkdir(parents=True)
    (package / "datapackage.json").write_text("{}")
    with held_by_another(tmp_path / "datapackages") as other:
        done = CliRunner().invoke(group, verb)
    assert done.exit_code == 1
    assert f"is writing here: process {other.pid} on " in done.stderr
    assert len(done.stderr.splitlines()[-1:]) == 1
    assert names(tmp_path) == ["datapackages", "ke-hoach.txt", "khplans.toml", "plans"]


def test_a_hold_ends_with_its_process_whatever_its_file_still_says(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "out") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert json.loads((tmp_path / ".khplans/holder.json").read_bytes())["process"] == other.pid
        with holding(tmp_path / "out"):
            said = json.loads((tmp_path / ".khplans/holder.json").read_bytes())
            assert said["process"] == os.getpid()
    assert names(tmp_path) == []


def test_the_same_thread_holds_again_and_another_does_not(tmp_path: Path) -> None:
    refused: list[KhplansError] = []

    def elsewhere() -> None:
        try:
            with holding(tmp_path / "out"):
                pass
        except KhplansError as error:
            refused.append(error)

    with holding(tmp_path / "out"):
        with holding(tmp_path / "out"), replacing(tmp_path / "site") as made:
            (made / "index.html").write_text("new")
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
        assert names(tmp_path / ".khplans") == ["holder.json", "lock"]
    assert f"process {os.getpid()} on " in str(refused[0])
    assert names(tmp_path) == ["site"]


def test_what_is_made_for_a_catalogue_is_guarded_with_it(tmp_path: Path) -> None:
    (tmp_path / ".khplans").mkdir()
    inner = tmp_path / ".khplans" / "made" / "packages"
    for target in (inner, tmp_path / "datapackages" / "one"):
        target.mkdir(parents=True)
        with (
            held_by_another(tmp_path / "site"),
            pytest.raises(KhplansError, match="is writing here"),
            holding(target),
        ):
            pass


def test_catalogues_side_by_side_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "one" / "site"), holding(tmp_path / "two" / "site"):
        pass
    assert names(tmp_path) == []


def test_a_function_holds_what_its_parameter_names(tmp_path: Path) -> None:
    @holds("out")
    def made(number: int, out: Path) -> list[str]:
        return names(tmp_path / ".khplans") * number

    assert made(1, out=tmp_path / "out") == ["holder.json", "lock"]
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "said",
    [
        b"", b"[]", b"null", b"{", b"\xff", b"[" * 10_000, b'{"process": 1e999}',
        b'{"command": "x", "host": "h", "process": {}, "since": 1}',
        b'{"command": "x", "host": "h", "process": 1, "since": "9999-12-31T23:59:59-23:00"}',
    ],
)  # fmt: skip
def test_a_holder_that_says_nonsense_is_refused_without_it(tmp_path: Path, said: bytes) -> None:
    with held_by_another(tmp_path / "out"):
        (tmp_path / ".khplans/holder.json").write_bytes(said)
        with (
            pytest.raises(KhplansError, match="another run is writing here"),
            holding(tmp_path / "o"),
        ):
            pass


def test_a_holder_s_words_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "out"):
        path = tmp_path / ".khplans/holder.json"
        said = {**json.loads(path.read_bytes()), "command": "\x1b]0;x\x07\u202e" + "a" * 5000}
        write_file(path, json.dumps(said).encode())
        with pytest.raises(KhplansError) as refused, holding(tmp_path / "out"):
            pass
    assert refused.value.what.isprintable()
    assert len(refused.value.what) < 1500


def test_links_in_a_strange_catalogue_are_not_followed(tmp_path: Path) -> None:
    mine, work = tmp_path / "mine", tmp_path / "catalogue" / ".khplans"
    (mine / "thesis").mkdir(parents=True)
    (mine / "notes.txt").write_text("years of work")
    work.mkdir(parents=True)
    (work / "holder.json").symlink_to(mine / "notes.txt")
    (work / "replaced").symlink_to(mine)
    (work.parent / "thesis").mkdir()
    with holding(work.parent / "out"):
        pass
    assert names(mine) == ["notes.txt", "thesis"]
    assert (mine / "notes.txt").read_text() == "years of work"


def test_what_a_killed_run_left_inside_a_folder_goes(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "plans" / "a-plan") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert names(tmp_path / "plans") == [".khplans"]
    recover(tmp_path / "plans", tmp_path / "not there")
    assert names(tmp_path) == ["plans"]
    assert names(tmp_path / "plans") == []


def test_a_folder_that_another_user_owns_needs_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that can't be written nothing is replaced, so packages in it can be checked."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with holding(tmp_path / "datapackages"):
        assert names(tmp_path) == []


@pytest.mark.parametrize("inside", ["", "packages", "packages/khplans"])
def test_runs_of_two_catalogues_share_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    """A release checks its copy, and `verify` builds, in the folder that all runs' scratch is in."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / WORK).mkdir()
    with FileLock(tmp_path / WORK / "lock"), scratch() as mine, holding(mine / inside):
        pass


def test_a_catalogue_in_the_temporary_folder_waits_for_nobody_who_writes_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / WORK).mkdir()
    (tmp_path / "catalogue").mkdir()
    with held_by_another(tmp_path / "saved"), holding(tmp_path / "catalogue" / "site"):
        pass
