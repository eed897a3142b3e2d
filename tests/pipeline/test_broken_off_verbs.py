"""The verbs of the command, killed or out of disk at any step: the next run makes good, nothing is left over.

Steps are drawn by a seed; the processes' ids repeat, and the next run's clock stands years before.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from killing import Run, run_apart, steps_of
from proofs import Ran
from rounds import draws, rounds
from small_plans import LAO_CAI, TUYEN_QUANG, add_plan, files_of

from khplans.cli import group

PLAN = "lao-cai-15-kh-ubnd-2025"
OUTPUTS = ("plans", "datapackages", "checks", "releases", "site")


@dataclass(frozen=True)
class Verb:
    """A verb as it is typed, the one that comes before it, and what it writes in one step each.

    The clock is put back for the next run, unless the day is what the verb writes down.
    """

    words: tuple[str, ...]
    before: tuple[str, ...] = ()
    outputs: tuple[str, ...] = OUTPUTS
    years_back: int = 20

    def __str__(self) -> str:
        return self.words[0]


ADD = Verb(("add", "new.txt", "--received", "2026-11-02"), before=("build",))
CORRECT = Verb(("correct", PLAN, "xúc tiến", "xúc tiên", "--reason", "a"), years_back=0)
BUILD = Verb(("build",))
CHECK = Verb(
    ("check",),
    before=("build",),
    outputs=("plans", "datapackages/khplans", f"datapackages/{PLAN}", "checks"),
)
PUBLISH = Verb(("publish",))
FAULTS = (None, errno.ENOSPC, None, errno.EROFS)
"""What happens at the step: the process is killed, or the disk takes no more from there on."""


def command(words: tuple[str, ...], years_back: int, root: Path) -> None:
    """The command in a folder; what it tells of errors goes into `said` beside it."""
    os.chdir(root)
    now = time.time
    said = root.with_name(f"{root.name}-said").open("w", encoding="utf-8")
    with patch("time.time", lambda: now() - years_back * 31_556_952), patch("sys.stderr", said):
        status = group.main(words, standalone_mode=False)
    sys.exit(status or 0)


def typed(words: tuple[str, ...], years_back: int = 0) -> Run:
    return partial(command, words, years_back)


def said(root: Path) -> str:
    return root.with_name(f"{root.name}-said").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue that a plan was changed in since it was built, and a plan that isn't in it yet."""
    root = tmp_path / "catalogue"
    (root / "tmp").mkdir(parents=True)
    (root / "khplans.toml").write_text("")
    add_plan(root / "plans", PLAN, LAO_CAI)
    assert run_apart(typed(("build",)), root) == 0
    shutil.rmtree(root / "plans" / PLAN)
    add_plan(root / "plans", PLAN, LAO_CAI.replace("10%", "11%"))
    (root / "new.txt").write_text(TUYEN_QUANG, "utf-8")
    return root


def outputs_of(root: Path, names: tuple[str, ...] = OUTPUTS) -> dict[str, dict[str, bytes]]:
    return {name: files_of(root / name) for name in names}


def tree(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


@dataclass(frozen=True)
class Broken:
    """A verb in a catalogue, and what it leaves when nothing comes in its way."""

    verb: Verb
    root: Path
    origin: Path
    after: dict[str, dict[str, bytes]]
    whole: set[str]
    steps: list[str]

    def begin(self) -> None:
        """The catalogue as it was."""
        shutil.rmtree(self.root)
        shutil.copytree(self.origin, self.root)

    def is_whole(self) -> bool:
        """Whether each folder is as it was, or as the verb leaves it."""
        names = self.verb.outputs
        now, before = outputs_of(self.root, names), outputs_of(self.origin, names)
        return all(now[name] in (before[name], self.after[name]) for name in names)

    def run_again(self) -> None:
        """The next run, at a clock that was put back, makes good; a plan that was taken in is only built."""
        taken = (
            files_of(self.root / "plans") == self.after["plans"] != files_of(self.origin / "plans")
        )
        words = BUILD.words if taken and self.verb is ADD else self.verb.words
        assert run_apart(typed(words, self.verb.years_back), self.root) == 0, said(self.root)
        assert outputs_of(self.root, self.verb.outputs) == self.after
        assert tree(self.root) == self.whole


def broken_off(verb: Verb, root: Path) -> Broken:
    """The verb's whole run, beside a copy of the catalogue as it was."""
    if verb.before:
        assert run_apart(typed(verb.before), root) == 0
    origin = root.with_name("origin")
    shutil.copytree(root, origin)
    assert run_apart(typed(verb.words), root) == 0, said(root)
    after = outputs_of(root, verb.outputs)
    assert after != outputs_of(origin, verb.outputs)
    return Broken(verb, root, origin, after, tree(root), steps_of(root))


@pytest.mark.parametrize(
    ("verb", "times"),
    rounds([(ADD, 3), (PUBLISH, 1)], [(ADD, 80), (CORRECT, 40), (BUILD, 60), (CHECK, 40), (PUBLISH, 60)]),
    ids=str,
)  # fmt: skip
def test_broken_off_at_any_step(verb: Verb, times: int, root: Path, record_property: Ran) -> None:
    whole = broken_off(verb, root)
    last = len(whole.steps)
    drawn = draws(18)
    for turn in range(times):
        moment, refused = drawn.randint(1, last), FAULTS[turn % len(FAULTS)]
        whole.begin()
        status = run_apart(typed(verb.words), root, moment, refused)
        seen = f"{refused} at {moment} of {last}, {whole.steps[moment - 1]}: {said(root)}"
        assert "Traceback" not in seen
        assert whole.is_whole(), seen
        if refused is None:
            assert status == -9, seen
        else:
            assert status == 1 or outputs_of(root, verb.outputs) == whole.after, seen
        whole.run_again()
    record_property("runs", times)
