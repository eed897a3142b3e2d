"""Whole or nothing: the last output stands until the new one is complete."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from killing import watching

from khplans.atomic import files, holding, link_tree, replacing, scratch, write_file


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old").write_text("old")
    return folder


def _fail_midway(target: Path) -> None:
    with replacing(target) as made:
        (made / "new").write_text("new")
        raise ValueError("midway")


def _hold(target: Path) -> None:
    with holding(target):
        raise ValueError("midway")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_folder_takes_the_place_of_the_old(target: Path) -> None:
    with replacing(target) as made:
        (made / "new").write_text("new")
        assert names(target) == ["old"]
    assert names(target) == ["new"]
    assert names(target.parent) == ["out"]


def test_the_same_where_the_system_cannot_exchange(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    with replacing(target) as made:
        (made / "new").write_text("new")
    assert names(target) == ["new"]
    assert names(target.parent) == ["out"]


def test_an_error_leaves_the_old(target: Path) -> None:
    with pytest.raises(ValueError, match="midway"):
        _fail_midway(target)
    assert names(target) == ["old"]
    assert names(target.parent) == ["out"]


def test_a_first_output_is_made(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "out") as made:
        (made / "new").write_text("new")
    assert names(tmp_path / "a" / "out") == ["new"]


def test_a_link_to_the_output_stays_a_link(target: Path) -> None:
    link = target.parent / "link"
    link.symlink_to(target)
    with replacing(link) as made:
        (made / "new").write_text("new")
    assert link.is_symlink()
    assert names(link) == ["new"]


def test_a_full_disk_is_named_by_the_target(target: Path) -> None:
    with pytest.raises(OSError, match="No space") as raised, replacing(target):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert raised.value.filename == str(target)


def test_a_failure_names_the_file_under_the_target(target: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised, replacing(target) as made:
        (made / "tables" / "tasks.csv").write_text("new")
    assert raised.value.filename == str(target / "tables" / "tasks.csv")


def test_the_target_is_there_at_every_moment(target: Path) -> None:
    def whole() -> bool:
        return (target / "old").exists() or (target / "new").exists()

    with watching(whole) as missing, replacing(target) as made:
        (made / "new").write_text("new")
    assert missing == []
    assert names(target) == ["new"]


def test_no_reader_of_another_process_meets_a_gap(target: Path) -> None:
    """The same without the help of Python's own events: another process looks all the time."""
    code = (
        "import os, sys\n"
        "print('ready', flush=True)\nmissed = 0\n"
        "while os.path.exists(sys.argv[2]):\n"
        "    missed += not os.path.exists(sys.argv[1])\n"
        "print(missed)"
    )
    go_on = target.parent / "go on"
    go_on.touch()
    watcher = subprocess.Popen(
        [sys.executable, "-c", code, str(target), str(go_on)], stdout=subprocess.PIPE, text=True
    )
    assert watcher.stdout is not None
    watcher.stdout.readline()
    for _ in range(100):
        with replacing(target) as made:
            (made / "new").write_text("new")
    go_on.unlink()
    assert watcher.communicate()[0] == "0\n"


_KILLED_IN_SCRATCH = """
import os, signal, sys
from pathlib import Path
from khplans.atomic import scratch
with scratch(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_scratch_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    mine = tmp_path / "khplans-notes"
    mine.mkdir()
    subprocess.run([sys.executable, "-c", _KILLED_IN_SCRATCH, str(tmp_path)], check=False)
    assert len(names(tmp_path)) == 3
    with scratch(tmp_path) as living:
        (living / "a").write_text("a")
        assert len(names(tmp_path)) == 3
        with scratch(tmp_path):
            assert names(living) == ["a"]
    assert names(tmp_path) == [mine.name]


def test_a_run_that_makes_nothing_clears_away_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    for place in (tmp_path / ".khplans", tmp_path / "tmp"):
        place.mkdir()
        subprocess.run([sys.executable, "-c", _KILLED_IN_SCRATCH, str(place)], check=False)
        assert len(names(place)) == 2
    with holding(tmp_path / "site"):
        pass
    assert names(tmp_path) == ["tmp"]
    assert names(tmp_path / "tmp") == []


def test_an_output_put_aside_comes_back_where_the_swap_was_cut_short(tmp_path: Path) -> None:
    """A process that was killed between two renames, where the system cannot exchange folders."""
    code = (
        "import os, signal, sys; from pathlib import Path; from khplans.atomic import files\n"
        "files._exchange = lambda one, other: False\n"
        "made = []\n"
        "def die(event, arguments):\n"
        "    if event == 'os.rename' and made and 'replaced' not in str(arguments[:2]):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(die)\n"
        "with files.replacing(Path(sys.argv[1])) as folder:\n    made.append(folder)\n"
    )
    out = tmp_path / "out"
    out.mkdir()
    (out / "old").write_text("old")
    for next_run in (lambda: _fail_midway(out), lambda: _hold(tmp_path / "another output")):
        done = subprocess.run([sys.executable, "-c", code, str(out)], check=False)
        assert done.returncode == -9
        assert not out.exists()
        with pytest.raises(ValueError, match="midway"):
            next_run()
        assert names(out) == ["old"]
        assert names(tmp_path) == ["out"]


def test_files_are_written_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "stamp.json"
    write_file(path, b"one")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["stamp.json"]


def test_taken_over_files_are_the_same(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link_tree(target, target.parent / "linked")
    assert (target.parent / "linked" / "old").samefile(target / "old")

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    link_tree(target, target.parent / "copied")
    assert (target.parent / "copied" / "old").read_text() == "old"
