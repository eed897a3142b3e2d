"""What `make prove` found, kept in docs/proofs.json, which the page of promises shows.

Each file of tests has how many tests passed, failed and were skipped, how many runs they made (examples, kills,
flipped bytes; else each test is one), with which seed, when, on what kind of machine, and of which code. A file is
written down when it is done, aside, for tests build sites of docs/. So a run that was stopped goes on: what has
passed with the same code and seed isn't run again. Mutants and fuzz write theirs with `keep_result`.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rounds import SEED

from khplans.atomic import write_file

ROOT = Path(__file__).parents[2]
PROOFS = ROOT / "docs" / "proofs.json"
ASIDE = Path(".khplans/proofs.json")
"""What a run that has not ended has found so far, below where it runs."""
Ran = Callable[[str, object], None]
"""`record_property`, with which a test tells its `runs`."""
_DONE = "proved"
_EXAMPLES = re.compile(r"(\d+) passing, ")


def target_of(node: str) -> str:
    """What a test is counted with: its file, or `src` for the examples in the code.

    >>> target_of("tests/text/test_fold.py::test_a[x::y]"), target_of("src/khplans/rules.py::khplans.rules")
    ('tests/text/test_fold.py', 'src')
    """
    file = node.partition("::")[0]
    return "src" if file.startswith("src/") else file


def code_state() -> str:
    """What the tests depend on, hashed: all that git follows but these results, inputs that were found, pages by hand.

    Empty where there is no git: then nothing is known to be the same.
    """
    if not (ROOT / ".git").exists():
        return ""
    digest = hashlib.sha256()
    for command in (("ls-files", "-s"), ("diff", "HEAD")):
        asked = ("git", *command, "--", ".", ":!docs", ":!tests/fuzz/corpus")
        digest.update(subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout)
    return digest.hexdigest()[:12]


def machine() -> str:
    """The kind of machine, without its name."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} CPU"


def read_proofs(path: Path) -> dict[str, Any]:
    """The results so far by target."""
    return dict(json.loads(path.read_bytes())["tests"]) if path.is_file() else {}


def result(state: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """What is kept of a target: what was counted, and with which seed, on which day and machine, of which code."""
    day = datetime.now(UTC).date().isoformat()
    return {**counts, "seed": SEED, "date": day, "machine": machine(), "state": state}


def keep_result(target: str, *, passed: int, failed: int, runs: int, path: Path = PROOFS) -> None:
    """Write down what a tool beside pytest found; `runs` go on top of those of the same code and seed."""
    counts = {
        "passed": passed,
        "failed": failed,
        "skipped": 0,
        "runs": runs_of(target, path) + runs,
    }
    write_results(path, {**read_proofs(path), target: result(code_state(), counts)})


def runs_of(target: str, path: Path = PROOFS) -> int:
    """How many runs a target had with this code and seed."""
    before, state = read_proofs(path).get(target, {}), code_state()
    same = before.get("state") == state != "" and before["seed"] == SEED
    return int(before["runs"]) if same else 0


def write_results(path: Path, found: Mapping[str, Any]) -> None:
    """Put all results in their file, whole or not at all."""
    text = json.dumps({"tests": found}, indent=1, sort_keys=True)
    write_file(path, f"{text}\n".encode())


def proved(found: Mapping[str, Any], state: str) -> list[str]:
    """The targets that passed with this code and seed."""
    return [
        target
        for target, one in found.items()
        if one["state"] == state != "" and one["seed"] == SEED and not one["failed"]
    ]


class Proofs:
    """A plugin of pytest that leaves out what is `done`, and writes down each target that gets done.

    Among the workers of a run each leaves out the same, and none writes.
    """

    def __init__(self, path: Path, state: str, done: Sequence[str] | None = None) -> None:
        self.path, self.aside, self.state = path, ASIDE.resolve(), state
        self.found = read_proofs(self.aside)
        self.worker = done is not None
        self.done = done or proved({**read_proofs(path), **self.found}, state)
        self.left: dict[str, set[str]] = defaultdict(set)
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_DONE] = [*self.done]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        out = [item for item in items if target_of(item.nodeid) in self.done]
        items[:] = [item for item in items if target_of(item.nodeid) not in self.done]
        config.hook.pytest_deselected(items=out)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._expect(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        self._expect(ids)

    def _expect(self, ids: Iterable[str]) -> None:
        for one in ids:
            self.left[target_of(one)].add(one)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and self.done:
            session.exitstatus = pytest.ExitCode.OK
        if not self.worker and self.aside.is_file():
            write_results(self.path, {**read_proofs(self.path), **self.found})
            self.aside.unlink()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        report = (yield).get_result()
        told = getattr(item, "hypothesis_statistics", None)
        if report.when == "call" and told is not None:
            report.user_properties.append(("runs", sum(map(int, _EXAMPLES.findall(told)))))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        target = target_of(report.nodeid)
        count = self.counts[target]
        if report.failed:
            count["failed"] += 1
        elif report.skipped or report.when == "call":
            count[report.outcome] += 1
        if report.when == "call":
            runs = [int(str(n)) for name, n in report.user_properties if name == "runs"]
            count["runs"] += sum(runs) or 1
        if report.when == "teardown":
            self.left[target].discard(report.nodeid)
            if not self.left[target] and not self.worker:
                self._write(target, count)

    def _write(self, target: str, count: Counter[str]) -> None:
        counted = {name: count[name] for name in ("passed", "failed", "skipped", "runs")}
        self.found[target] = result(self.state, counted)
        write_results(self.aside, self.found)


def keep_proofs(
    config: pytest.Config, path: Path = PROOFS, state_of: Callable[[], str] = code_state
) -> None:
    """Keep what a run gives that is the whole of `make prove`, and of nothing less."""
    told: Mapping[str, Any] | None = getattr(config, "workerinput", None)
    if told is not None:
        if _DONE in told:
            config.pluginmanager.register(Proofs(path, "", told[_DONE]))
    elif os.environ.get("KHPLANS_PROVE") and config.args_source is config.ArgsSource.TESTPATHS:
        config.pluginmanager.register(Proofs(path, state_of()))
