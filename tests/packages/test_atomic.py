"""Whole or nothing: the last output stands until the new one is complete."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from khplans import atomic
from khplans.atomic import link_tree, replacing, write_file


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
    monkeypatch.setattr(atomic, "_exchange", lambda one, other: False)
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


def _dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_process_left_is_removed(target: Path) -> None:
    left = target.parent / f".out.khplans-{_dead_process()}"
    left.mkdir()
    (left / "half").write_text("half")
    with replacing(target) as made:
        (made / "new").write_text("new")
    assert names(target.parent) == ["out"]


def test_what_a_living_process_is_making_is_left_alone(target: Path) -> None:
    other = target.parent / f".out.khplans-{os.getppid()}"
    other.mkdir()
    with replacing(target) as made:
        (made / "new").write_text("new")
    assert other.is_dir()


def test_a_swap_cut_short_between_two_renames_is_finished(tmp_path: Path) -> None:
    old = tmp_path / f".out.khplans-{_dead_process()}.old"
    old.mkdir()
    (old / "old").write_text("old")
    with pytest.raises(ValueError, match="midway"):
        _fail_midway(tmp_path / "out")
    assert names(tmp_path / "out") == ["old"]


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
