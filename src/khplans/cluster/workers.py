"""Plans handed out to the workers of a Dask scheduler.

The package of each is kept as soon as it is made, under the hash of all that it is made from: what was done
is not done again, whichever worker or client is killed.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Any, TypeVar

from khplans.atomic import scratch
from khplans.cluster.stores import StoreFolder, is_store, named, packed, unpack
from khplans.errors import KhplansError, both, refusal
from khplans.optional import needed
from khplans.packages.fingerprint import code_fingerprint

_PATIENCE = 10  # seconds in which a scheduler must answer
_LOOK = 1.0  # seconds after which workers are counted again, though no plan is done
_AHEAD = 3  # plans that are handed out for each thread of the workers
_ADDRESS = re.compile(r"(tcp|tls|wss?|ucx)://([\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
_ONE_PLAN = Lock()
"""A worker of several threads makes one plan at a time, as a process on one machine does."""

J = TypeVar("J", bound=Any)
"""What is known of a plan that is to be made: its folder `plan`, the folder `package` to be."""
Outcome = bytes | KhplansError | None
"""The package of a plan, why there is none, or nothing where the worker has kept the package itself."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """The address of a Dask scheduler, and what its workers read and write by themselves.

    `plans` is the address of the store that the plans are in; without one each is sent with its task. `parts` is
    where made packages are kept until the build is whole: in a store the workers put them there, else the client.
    `tell` is told in a line how many workers there are, whenever that has changed.
    """

    address: str
    plans: str | None = None
    parts: str | None = None
    tell: Callable[[str], None] = lambda line: None


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker is to do: `plan` is the files of a plan, or the address to get them at."""

    key: str
    job: Any
    work: Callable[[Any, bool], KhplansError | None]
    plan: bytes | str
    told: str
    parts: str | None
    code: str


def part_key(plan_id: str, inputs: str) -> str:
    """The name under which the package of a plan is kept, by all that it is made from.

    >>> part_key("a", "0") == part_key("a", "0"), part_key("a", "0") == part_key("b", "0")
    (True, False)
    """
    return f"{_hash(plan_id, inputs)}.zip"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def over_workers(
    scheduler: Scheduler,
    parts: StoreFolder,
    jobs: Mapping[str, J],
    work: Callable[[J, bool], KhplansError | None],
    keep_going: bool,
) -> Iterator[tuple[J, KhplansError | None]]:
    """Do each job; yields each as it is done, with why it could not be where that is not to be raised.

    `jobs` are by their `part_key`, under which `parts` keeps their packages. `work` is a function of a module.
    """
    left = dict(jobs)
    if there := parts.names() & jobs.keys():
        scheduler.tell(both("  lần trước đã làm", f"made by an earlier run: {len(there)}"))
    for key in (key for key in jobs if key in there):
        if unpack(parts.read(key), jobs[key].package, parts.address):
            yield left.pop(key), None
    if not left:
        return
    with _connected(scheduler.address) as client:
        for key, outcome in _Handing(client, scheduler, parts, left, work).each_done():
            if isinstance(outcome, KhplansError):
                if not keep_going:
                    raise outcome
                yield left[key], outcome
                continue
            if outcome is not None:
                parts.write(key, outcome)
            if not unpack(outcome or parts.read(key), left[key].package, parts.address):
                raise refusal("package-gone-from-store", parts.address, key=key)
            yield left[key], None


@dataclass(slots=True)
class _Handing:
    """The handing out of jobs to workers, as many ahead as these can take."""

    client: Any
    scheduler: Scheduler
    parts: StoreFolder
    jobs: Mapping[str, Any]
    work: Callable[[Any, bool], KhplansError | None]
    code: str = field(default_factory=code_fingerprint)
    workers: int = -1

    def each_done(self) -> Iterator[tuple[str, Outcome]]:
        """What came of each job by its key.

        Dask does what a dead worker had again on others, a few times, and then suspects all that it had been given.
        So a suspect is tried once more while there is no other: only one that ends workers then is told to do so.
        """
        killed = needed("distributed", "dask").KilledWorker
        suspects = []
        for key, outcome in self._handed_out(self.jobs, "khplans"):
            if isinstance(outcome, killed):
                suspects.append(key)
            else:
                yield key, outcome
        for suspect in suspects:
            for key, outcome in self._handed_out([suspect], "khplans-alone"):
                again = isinstance(outcome, killed)
                yield key, refusal("plan-ends-workers", self._told(key)) if again else outcome

    def _handed_out(self, keys: Iterable[str], prefix: str) -> Iterator[tuple[str, Any]]:
        waiting = deque(keys)
        running: dict[Any, str] = {}
        while waiting or running:
            room = _AHEAD * self._threads()
            while waiting and len(running) < room:
                key = waiting.popleft()
                name = f"{prefix}-{self.jobs[key].plan.name}-{_hash(self.parts.address, key)}"
                running[self.client.submit(_do, self._task(key), key=name)] = key
            for future in _ended(running):
                try:
                    outcome = _outcome(future)
                except TimeoutError:  # what was lost with its worker is being made again
                    continue
                yield running.pop(future), outcome

    def _threads(self) -> int:
        """The threads of all workers; where their number has changed, tells it and sees that all have this code."""
        info = self.client.scheduler_info(n_workers=0)
        if not info:
            raise refusal("scheduler-lost", self.scheduler.address, said="closed")
        if self.workers != (workers := info["n_workers"]):
            self.workers = workers
            self.scheduler.tell(_told_workers(workers, self.scheduler.address))
            answers = self.client.run(code_fingerprint, on_error="return")
            for worker, answer in answers.items():
                if answer != self.code and not isinstance(answer, OSError):  # it is no more
                    raise refusal("workers-differ", worker)
        return int(info["total_threads"])

    def _task(self, key: str) -> _Task:
        job, told = self.jobs[key], self._told(key)
        plan = told if self.scheduler.plans else packed(job.plan)
        parts = self.parts.address if is_store(self.parts.address) else None
        return _Task(key, job, self.work, plan, told, parts, self.code)

    def _told(self, key: str) -> str:
        plan, store = self.jobs[key].plan, self.scheduler.plans
        return f"{store.rstrip('/')}/{plan.name}" if store else str(plan)


def _ended(running: Mapping[Any, str]) -> Iterable[Any]:
    """The tasks that have ended, once one has or it is time to look at the workers again."""
    if not running:
        time.sleep(_LOOK)
        return []
    with suppress(TimeoutError):
        needed("distributed", "dask").wait([*running], timeout=_LOOK, return_when="FIRST_COMPLETED")
    return [future for future in running if future.status != "pending"]


def _outcome(future: Any) -> Any:
    """What a task gave or that it ended workers; raises what else it failed with."""
    if future.status != "error":
        return future.result(timeout=_LOOK)
    error = future.exception()
    if isinstance(error, needed("distributed", "dask").KilledWorker):
        return error
    raise error


def _do(task: _Task) -> Outcome:
    """On a worker: make a plan's package; give it, where the worker can't keep it itself, or why there is none."""
    if code_fingerprint() != task.code:
        raise refusal("workers-differ", needed("distributed", "dask").get_worker().address)
    parts = StoreFolder(task.parts) if task.parts else None
    with _ONE_PLAN, scratch() as aside:
        if parts and unpack(parts.read(task.key), aside / "kept", parts.address):
            return None
        plan, package = aside / "plans" / task.job.plan.name, aside / "made" / task.job.package.name
        package.parent.mkdir()
        if isinstance(task.plan, bytes):
            unpack(task.plan, plan, task.told)
        else:
            StoreFolder(task.plan).fetch(plan)
        if error := task.work(replace(task.job, plan=plan, package=package), True):
            return named(error, plan, task.told)
        made = packed(package)
    if not parts:
        return made
    parts.write(task.key, made)
    return None


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the scheduler; what goes wrong between them is told as one `KhplansError`."""
    if not _ADDRESS.fullmatch(address):
        raise refusal("scheduler-lost", address, said="tcp://HOST:PORT")
    distributed, config = needed("distributed", "dask"), needed("dask.config", "dask")
    big = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
    with config.set(big), _quiet("distributed", "distributed.client"):
        try:
            client = _client(address)
        except (OSError, ValueError) as error:
            raise refusal(
                "scheduler-lost", address, said=(str(error) or "TimeoutError")[:200]
            ) from None
        try:
            with client, client.as_current():
                yield client
        except (CancelledError, distributed.comm.CommClosedError) as error:
            raise refusal("scheduler-lost", address, said=type(error).__name__) from None


def _client(address: str) -> Any:
    """A client, or a `TimeoutError`: Dask itself waits for ever for what is no scheduler but answers."""
    client: Future[Any] = Future()

    def connect() -> None:
        try:
            open_client = needed("distributed", "dask").Client
            client.set_result(open_client(address, timeout=_PATIENCE, set_as_default=False))
        except BaseException as error:
            client.set_exception(error)

    Thread(target=connect, daemon=True).start()
    return client.result(3 * _PATIENCE)


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Dask's own words on what is told in one line."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def _told_workers(count: int, address: str) -> str:
    if count:
        return both(f"  {count} tiến trình làm việc", f"workers: {count}")
    return both(
        "  không có tiến trình nào làm; đang đợi",
        f"no workers, waiting; start: dask worker {address}",
    )
