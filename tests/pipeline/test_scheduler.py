"""On a Dask scheduler and workers in processes of their own a build gives the bytes that it gives on one machine,
whoever is killed: a worker costs its plans, a client goes on where it was.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner
from object_store import object_store, reaching
from rounds import rounds
from small_plans import LAO_CAI, TUYEN_QUANG, add_plan, files_of

from khplans.cli import group
from khplans.cluster import workers
from khplans.cluster.stores import unpack
from khplans.errors import KhplansError
from khplans.pipeline import build

SUPPORT = Path(__file__).parents[1] / "support"
NAMES = tuple(f"ke-hoach-{n}" for n in range(1, 6))
LONGEST = 300  # seconds after which something hangs, on the busiest machine


class Cluster:
    """A scheduler, its workers and a store, each process by its name; all are watched by files of one folder."""

    def __init__(self, folder: Path, held: ExitStack) -> None:
        self.watch, self._held = folder / "watch", held
        self.watch.mkdir()
        store, self.objects = held.enter_context(object_store())
        told = reaching(store, folder / "site")
        self.environment = {**os.environ, **told, "KHPLANS_TEST_WATCH": str(self.watch)}
        self.environment["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"
        self._file = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file))
        _until(lambda: self._file.exists() and self._file.read_text().rstrip().endswith("}"))
        self.address = str(json.loads(self._file.read_text())["address"])
        self._workers: list[subprocess.Popen[bytes]] = []
        self.have_two_workers()

    def have_two_workers(self) -> None:
        """Start those that are not there, or no more."""
        self._workers = [one for one in self._workers if one.poll() is None]
        self._workers += [self.add_worker() for _ in range(len(self._workers), 2)]

    def add_worker(self, *more: str, **environment: str) -> subprocess.Popen[bytes]:
        preload = ("--preload", str(SUPPORT / "watched_worker.py"), "--nthreads", "1")
        words = ("worker", self.address, *preload, *(more or ("--no-nanny",)))
        return self._start(*words, **environment)

    def _start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", words[0], "--host", "127.0.0.1", "--no-dashboard"]
        with (self.watch / "log").open("a") as log:
            process = subprocess.Popen(
                [*command, *words[1:]], env={**self.environment, **environment}, cwd=self.watch, stdout=log, stderr=log,
            )  # fmt: skip
        self._held.callback(_end, process)
        return process

    def begin(self, plans: str | Path, packages: str | Path, *more: str) -> subprocess.Popen[str]:
        """A build over the workers, under way."""
        command = [sys.executable, "-m", "khplans", "build", "--scheduler", self.address]
        process = subprocess.Popen(
            [*command, "--plans", str(plans), "--to", str(packages), *more],
            env=self.environment, cwd=self.watch, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._held.callback(_end, process)
        return process

    def build(self, plans: str | Path, packages: str | Path, *more: str) -> tuple[int, str]:
        """The status of a build over the workers, and what it said."""
        process = self.begin(plans, packages, *more)
        said, _ = process.communicate(timeout=LONGEST)
        return process.returncode, said

    def made(self) -> list[str]:
        """Each plan that a worker has begun since this was asked last."""
        told = self.watch / "made"
        names = told.read_text().split() if told.exists() else []
        told.unlink(missing_ok=True)
        return sorted(names)

    def halt(self, plan: str) -> None:
        """Let the worker that begins this plan wait."""
        (self.watch / f"halt-{plan}").touch()

    def kill_halted(self, plan: str) -> None:
        """Kill the worker that waits at this plan, once one does."""
        halted = self.watch / f"halted-{plan}"
        _until(halted.exists)
        killed = next(one for one in self._workers if one.pid == int(halted.read_text()))
        killed.kill()
        killed.wait()
        halted.unlink()


def _end(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < ends, "it never was so"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with ExitStack() as held:
        yield Cluster(tmp_path_factory.mktemp("cluster"), held)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few plans, and in `one` what one machine makes of them."""
    folder = tmp_path_factory.mktemp("alone")
    texts = (LAO_CAI, TUYEN_QUANG)
    for number, name in enumerate(NAMES):
        text = texts[number % 2].replace("/KH-UBND", f"{number}/KH-UBND")
        add_plan(folder / "plans", name, text)
    build(folder / "plans", folder / "one", workers=1)
    return folder


@pytest.fixture
def plans(alone: Path, cluster: Cluster) -> Path:
    """The plans; the workers have none of them yet."""
    cluster.made()
    return alone / "plans"


def _of_store(cluster: Cluster, place: str) -> dict[str, bytes]:
    start = f"{place}/"
    there = {name: data for name, data in cluster.objects.items() if name.startswith(start)}
    return {name.removeprefix(start): data for name, data in there.items()}


def test_plans_and_packages_in_a_store(
    cluster: Cluster, alone: Path, plans: Path, tmp_path: Path
) -> None:
    for name, data in files_of(plans).items():
        cluster.objects[f"kho/dm/plans/{name}"] = data
    read, written = "objects://kho/dm/plans", "objects://kho/dm/datapackages/"
    status, said = cluster.build(read, written)
    assert status == 0, said
    assert "workers: " in said
    assert "\n  5/5 " in said
    assert _of_store(cluster, "kho/dm/datapackages") == files_of(alone / "one")
    assert set(_of_store(cluster, "kho/dm/.khplans")) == {"build-datapackages.json"}
    for name in [*cluster.objects]:
        if name.startswith(f"kho/dm/plans/{NAMES[1]}/"):
            del cluster.objects[name]
    status, said = cluster.build(read, written)
    assert status == 0, said
    assert f"removed: {NAMES[1]}" in said
    assert cluster.made() == sorted(NAMES)
    for name, data in _of_store(cluster, "kho/dm").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert build(tmp_path / "plans", tmp_path / "datapackages").unchanged == (
        NAMES[0],
        *NAMES[2:],
    )


@pytest.mark.parametrize("place", rounds(["here"], ["here", "store"]))
def test_kills_cost_what_was_being_made_alone(
    cluster: Cluster, alone: Path, plans: Path, tmp_path: Path, place: str
) -> None:
    read, written = _places(cluster, plans, tmp_path / "two", place)
    parts = tmp_path / ".khplans" / "parts-two"
    kept = lambda: _of_store(cluster, "killed/.khplans/parts-two") or [*parts.glob("*.zip")]  # noqa: E731
    cluster.have_two_workers()
    cluster.halt(NAMES[1])
    cluster.halt(NAMES[4])
    client = cluster.begin(read, written)
    cluster.kill_halted(NAMES[1])
    cluster.have_two_workers()
    _until(lambda: len(kept()) == len(NAMES) - 1)
    assert not files_of(tmp_path / "two")
    assert not _of_store(cluster, "killed/two")
    client.kill()
    client.wait()
    assert cluster.made() == sorted([*NAMES, NAMES[1]])
    cluster.kill_halted(NAMES[4])
    status, said = cluster.build(read, written)
    assert status == 0, said
    assert f"made by an earlier run: {len(NAMES) - 1}" in said
    assert cluster.made() == [NAMES[4]]
    made = _of_store(cluster, "killed/two") if place == "store" else files_of(tmp_path / "two")
    assert made == files_of(alone / "one")
    assert not kept()
    if place == "here":
        assert build(plans, tmp_path / "two").unchanged == NAMES


def _places(cluster: Cluster, plans: Path, to: Path, place: str) -> tuple[str, str]:
    if place == "here":
        return str(plans), str(to)
    for name, data in files_of(plans).items():
        cluster.objects[f"killed/plans/{name}"] = data
    return "objects://killed/plans", f"objects://killed/{to.name}"


@pytest.mark.parametrize("more", rounds([("--keep-going",)], [(), ("--keep-going",)]))
def test_a_plan_that_can_t_be_read_is_told_as_on_one_machine(
    cluster: Cluster, tmp_path: Path, more: Sequence[str]
) -> None:
    add_plan(tmp_path / "plans", NAMES[0], LAO_CAI)
    add_plan(tmp_path / "plans", NAMES[1], TUYEN_QUANG, "0,1,sai,đúng,thử\n")
    status, said = cluster.build(tmp_path / "plans", tmp_path / "two", *more)
    one = CliRunner().invoke(
        group,
        ["build", "--plans", str(tmp_path / "plans"), "--to", str(tmp_path / "one"), *more],
        prog_name="khplans",
    )
    assert (status, said.splitlines()[-1]) == (1, one.output.splitlines()[-1])
    assert one.exit_code == 1
    assert str(tmp_path / "plans" / NAMES[1]) in said
    if more:
        assert files_of(tmp_path / "two") == files_of(tmp_path / "one")
    else:
        assert not (tmp_path / "two").exists()


def test_a_worker_with_other_knowledge_is_refused(
    cluster: Cluster, plans: Path, tmp_path: Path
) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "agencies.csv").write_text("name\nSở Xa lạ\n", encoding="utf-8")
    log = cluster.watch / "log"
    before = log.read_text().count("Registered to:")
    other = cluster.add_worker(KHPLANS_KNOWLEDGE=str(tmp_path / "knowledge"))
    _until(lambda: log.read_text().count("Registered to:") > before)
    status, said = cluster.build(plans, tmp_path / "two")
    assert status == 1
    assert said.rstrip().endswith("[workers-differ]")
    assert "KHPLANS_KNOWLEDGE" in said
    other.kill()
    other.wait()


@pytest.mark.skipif(rounds(True, False), reason="in make prove: it takes many workers")
def test_a_plan_that_ends_every_worker_is_named(
    cluster: Cluster, plans: Path, tmp_path: Path
) -> None:
    """Dask gives up after some workers, and suspects what these were given too: it alone is left out."""
    nanny = cluster.add_worker("--nanny", "--nworkers", "1")
    (cluster.watch / f"end-{NAMES[4]}").touch()
    status, said = cluster.build(plans, tmp_path / "two", "--keep-going")
    (cluster.watch / f"end-{NAMES[4]}").unlink()
    assert status == 1
    assert said.splitlines()[-1].startswith(f"khplans: {plans / NAMES[4]}: ")
    assert said.rstrip().endswith("[plan-ends-workers]")
    shutil.copytree(plans, tmp_path / "plans", ignore=shutil.ignore_patterns(NAMES[4]))
    build(tmp_path / "plans", tmp_path / "one", workers=1)
    assert files_of(tmp_path / "two") == files_of(tmp_path / "one")
    nanny.terminate()


def test_where_no_scheduler_is_it_is_said(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0.2)
    told = CliRunner().invoke(
        group,
        ["build", "--plans", str(plans), "--to", str(tmp_path / "two"), "--scheduler", "tcp://127.0.0.1:9"],
        prog_name="khplans",
    )  # fmt: skip
    assert told.exit_code == 1
    assert told.output.startswith("khplans: tcp://127.0.0.1:9: ")
    assert told.output.rstrip().endswith("[scheduler-lost]")
    assert not (tmp_path / "two").exists()


def test_without_a_scheduler_nothing_of_dask_is_imported(alone: Path) -> None:
    program = (
        "import sys; from khplans.cli import group\n"
        "group(['build', '--plans', sys.argv[1], '--to', sys.argv[2]], standalone_mode=False)\n"
        "raise SystemExit(len({'dask', 'distributed', 'fsspec'} & sys.modules.keys()))"
    )
    (alone / "one" / NAMES[0] / "tasks.csv").unlink()  # so that one is made
    words = [sys.executable, "-c", program, str(alone / "plans"), str(alone / "one")]
    assert subprocess.run(words, check=False).returncode == 0


@pytest.mark.parametrize("name", ["../a.csv", "/a.csv", "a/../../b.csv"])
def test_an_archive_that_leaves_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, "a")
    with pytest.raises(KhplansError, match=r"s3://kho/parts"):
        unpack(held.getvalue(), tmp_path / "package", "s3://kho/parts")
    assert [*tmp_path.iterdir()] == []


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bytes(50_000_000))
    with pytest.raises(KhplansError, match="unpacks to more than"):
        unpack(held.getvalue(), tmp_path / "package", "s3://kho/parts")
    assert [*tmp_path.iterdir()] == []
