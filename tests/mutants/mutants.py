"""Mutants of the code that publishes and checks: small changes, drawn by seed, that some test should notice.

    make mutants                                 the 300 of the seed; what was killed before is not tried again
    python tests/mutants/mutants.py --count 20 --seed 7

Cosmic Ray makes the changes; what it draws that changes no behaviour of the program (annotations, docstrings)
is left out. A place is drawn by its own words, so that code which changes elsewhere changes no draw. Cosmic Ray's
runner gives every mutant the same tests, so the tests are run here: those that coverage saw on the changed line, in a
copy of the last commit, in a fork of a process that has imported the libraries. Outcomes are kept in
`.khplans/mutants`, and as one result of `make prove` in docs/proofs.json. `survivors.csv` has those that no test kills,
each with the reason why none should; any other makes this fail, and so does a share below 95 %.
"""

from __future__ import annotations

import argparse
import ast
import csv
import difflib
import hashlib
import importlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".khplans" / "mutants"
SURVIVORS = Path(__file__).with_name("survivors.csv")
ROOMS = ("packages", "releases", "client", "checks", "atomic")
RESULT = "tests/mutants/mutants.py"
ENOUGH = 0.95
WORKERS = 2
MOST_TESTS = 120
"""Of the tests of a line, those of the same room first and the quickest first."""
SLOW = 5
"""Seconds from which a test goes behind the others."""
PATIENCE = 120
"""Seconds of the processor until a mutant hangs."""
TESTS = (
    "tests/packages", "tests/releases", "tests/client", "tests/checks", "tests/pipeline/test_whole_or_nothing.py",
    "tests/pipeline/test_incremental.py", "tests/pipeline/test_verbs.py",
    *(f"src/khplans/{room}" for room in ROOMS),
    "--ignore=tests/releases/test_commands.py", "--ignore=tests/releases/test_memory.py",
    "--deselect=tests/checks/test_slices.py::test_memory_is_flat_in_the_number_of_plans",
)  # fmt: skip
"""Those that could notice; not the few that take minutes."""
_OF_PATHS = "core/ReplaceBinaryOperator_Div_"
"""Nearly every `/` here joins paths: with another sign it raises, which any test of the line notices."""
LIBRARIES = ("pandas", "pyarrow.parquet", "pytest", "requests", "great_expectations")


@dataclass(frozen=True, slots=True)
class Place:
    """Where Cosmic Ray can make a change: the `number`th of an operator in a module, on a line of that text.

    Lines of one text are told apart by how many stand `above`.
    """

    module: str
    operator: str
    number: int
    line: int
    text: str
    above: int

    def turn(self, seed: int) -> str:
        """Where it stands among all that are drawn by a seed: by its own words, wherever they have moved."""
        return _sum(str(seed), self.module, self.operator, self.text, str(self.above))


def _sum(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change on a line."""

    place: Place
    code: str

    @property
    def module(self) -> str:
        return self.place.module

    @property
    def name(self) -> str:
        return _sum(self.module, str(self.place.above), *self.difference())

    def difference(self) -> list[str]:
        """The lines that are other, old ones behind `-`."""
        before = (ROOT / self.module).read_text("utf-8").splitlines()
        lines = difflib.unified_diff(before, self.code.splitlines(), n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def places() -> list[Place]:
    """Every change that Cosmic Ray can make of the rooms' modules."""
    from cosmic_ray.plugins import get_operator, operator_names

    operators = [
        name
        for name in sorted(operator_names())
        if not get_operator(name).arguments() and not name.startswith(_OF_PATHS)
    ]
    modules = [
        path for room in ROOMS for path in sorted((ROOT / "src/khplans" / room).rglob("*.py"))
    ]
    return [place for path in modules for name in operators for place in _places_of(path, name)]


def _places_of(path: Path, operator: str) -> Iterator[Place]:
    from cosmic_ray.plugins import get_operator

    module, lines = path.relative_to(ROOT).as_posix(), path.read_text("utf-8").splitlines()
    one = get_operator(operator)()
    at = (place for node in _nodes(path) for place in one.mutation_positions(node))
    for number, (start, _) in enumerate(at):
        text = lines[start[0] - 1]
        above = lines[: start[0] - 1].count(text)
        yield Place(module, operator, number, start[0], text, above)


@cache
def _nodes(path: Path) -> Sequence[Any]:
    from cosmic_ray.ast import ast_nodes, get_ast

    return list(ast_nodes(get_ast(path.read_text("utf-8"))))


def mutant_at(place: Place) -> Mutant | None:
    """The mutant of a place; None where the program would behave as before, or be none."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (ROOT / place.module).read_text("utf-8")
    try:
        code = mutate_code(source, get_operator(place.operator)(), place.number)
    except (
        AttributeError
    ):  # an exception of a module in a tuple of several: Cosmic Ray can't replace it
        return None
    if code is None or _meaning(code) in ("", _meaning(source)):
        return None
    return Mutant(place, code)


def _meaning(source: str) -> str:
    """What a module does when it runs, without annotations and docstrings; empty where it is no Python.

    >>> _meaning("def f(a: int | None) -> int:\\n    'Says.'\\n    return a") == _meaning("def f(a):\\n    return a")
    True
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            node.body = [one for one in node.body if not _is_said(one)] or [ast.Pass()]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return ast.dump(tree)


def _is_said(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def sample(count: int, seed: int) -> list[Mutant]:
    """So many of them, each on a line of its own; a longer sample of a seed begins with the shorter."""
    found: dict[tuple[str, int], Mutant] = {}
    for place in sorted(places(), key=lambda place: place.turn(seed)):
        if len(found) == count:
            break
        line = (place.module, place.line)
        if line not in found and (mutant := mutant_at(place)):
            found[line] = mutant
    return list(found.values())


# The tests of a line


def record_tests() -> None:
    """Run the tests of this code once and keep which lines each goes through, and how long it takes."""
    recorded = KEPT / "recorded"
    trees = subprocess.run(
        ["git", "rev-parse", "HEAD:src", "HEAD:tests"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    if recorded.is_file() and recorded.read_bytes() == trees:
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    log = KEPT / "tests.txt"
    with log.open("w") as stream:
        subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-n", "2", "--cov=khplans", "--cov-context=test",
                "--cov-report=", "--durations=0", "-p", "no:cacheprovider", *TESTS,
            ],
            cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(KEPT / "coverage")}, stdout=stream, check=True,
        )  # fmt: skip
    recorded.write_bytes(trees)


@cache
def _covered(module: str) -> Mapping[int, Sequence[str]]:
    """The tests that go through each line of a module."""
    from coverage import CoverageData

    data = CoverageData(str(KEPT / "coverage"))
    data.read()
    (path,) = [name for name in data.measured_files() if name.endswith(f"/{module}")] or [""]
    lines = data.contexts_by_lineno(path) if path else {}
    return {line: [_function(one) for one in tests if one] for line, tests in lines.items()}


def _around(place: Place) -> Sequence[int]:
    """The lines of the function that a place is in, or none."""
    tree = ast.parse((ROOT / place.module).read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    spans = [range(one.lineno, (one.end_lineno or one.lineno) + 1) for one in functions]
    return min((span for span in spans if place.line in span), key=len, default=range(0))


def _function(context: str) -> str:
    """A test's function by the context that pytest-cov gives one of its cases.

    >>> _function("tests/a/test_b.py::test_c[1-2]|run")
    'tests/a/test_b.py::test_c'
    """
    return context.rpartition("|")[0].partition("[")[0]


@cache
def _seconds() -> Mapping[str, float]:
    """How long the slowest case of each test took."""
    found: dict[str, float] = defaultdict(float)
    for line in (KEPT / "tests.txt").read_text("utf-8").splitlines():
        parts = line.split(maxsplit=2)
        if len(parts) == 3 and parts[1] in ("call", "setup", "teardown"):
            name = parts[2].partition("[")[0]
            found[name] = max(found[name], float(parts[0].removesuffix("s")))
    return found


def _time(test: str) -> float:
    return _seconds().get(test, 0)


def tests_of(mutant: Mutant) -> list[str]:
    """The tests that go through the line; of one that runs at import, through its function or its whole module.

    The module's own examples too: lines that are kept (`@cache`) are seen only in the test that asked first.
    """
    lines = _covered(mutant.module)
    room = mutant.module.split("/")[2]
    of = lambda some: {test for line in some for test in lines.get(line, ())}  # noqa: E731
    found = of([mutant.place.line]) or of(_around(mutant.place)) or of(lines)
    found |= {test for test in of(lines) if test.startswith(mutant.module)}
    near = lambda test: not test.startswith((f"tests/{room}/", mutant.module))  # noqa: E731
    ordered = sorted(found, key=lambda test: (_time(test) > SLOW, near(test), _time(test), test))  # fmt: skip
    return ordered[:MOST_TESTS]


# Trying


def copy_of_the_commit(folder: Path) -> Path:
    """What the last commit has, to be mutated there, with its bytecode."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", "--shared", str(ROOT), str(folder)], check=True)
    compiled = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", *TESTS]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    subprocess.run(compiled, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return folder


def outcome(mutant: Mutant) -> tuple[str, str]:
    """`killed`, `hung` or `survived`, and the test that says so, of a mutant in this process's copy of the code."""
    tree = _tree()
    tests = tests_of(mutant)
    path = tree / mutant.module
    while tests:
        before = path.read_bytes()
        path.write_text(mutant.code, "utf-8")
        try:
            status, killer = _run_apart(tests, tree)
        finally:
            path.write_bytes(before)
        if status is None:
            return "hung", ""
        if status == 0:
            break
        if _holds(killer or tests[0], tree):
            return "killed", killer
        tests = [test for test in tests if test != (killer or tests[0])]
    return "survived", ""


@cache
def _tree() -> Path:
    """A copy of the last commit for each process that tries mutants."""
    return copy_of_the_commit(KEPT / f"tree-{os.getpid()}")


@cache
def _holds(test: str, tree: Path) -> bool:
    """Whether a test passes where nothing is mutated: one that doesn't, there, says nothing of a mutant."""
    return _run_apart([test], tree)[0] == 0


def _run_apart(tests: Sequence[str], tree: Path) -> tuple[int | None, str]:
    """pytest's exit status, None where it never ends, and the test that failed: in a fork, a group of its own."""
    told = tree.with_name(f"{tree.name}-killer")
    told.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        signal.alarm(10 * PATIENCE)  # of one that waits
        os._exit(_run_here(tests, tree, told))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    killer = told.read_text() if told.exists() else ""
    return (None if status < 0 else status), killer


class _Teller:
    """Keeps the name of the test that failed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.path.write_text(report.nodeid.partition("[")[0])


def _run_here(tests: Sequence[str], tree: Path, told: Path) -> int:
    import pytest

    os.chdir(tree)
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    sys.path[:0] = [str(tree / "src")]
    os.environ["PYTHONPATH"] = str(tree / "src")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    slow = [test for test in tests if _time(test) > SLOW]
    quick = [test for test in tests if test not in slow]
    status = 0
    for some in filter(None, (quick, slow)):  # in one run, the long files would go first
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
        status = status or int(pytest.main([*options, *some], [_Teller(told)]))
    return status


def try_all(mutants: Sequence[Mutant]) -> Sequence[tuple[Mutant, str]]:
    """Each with its outcome, by two processes; survivors are tried again, since tests may have come."""
    for name in LIBRARIES:
        importlib.import_module(name)
    assert "khplans" not in sys.modules
    left = [mutant for mutant in mutants if kept_outcome(mutant) in ("", "survived")]
    while left:
        workers = [_worker(left[turn::WORKERS]) for turn in range(WORKERS)]
        ends = [os.waitpid(worker, 0)[1] for worker in workers]  # a mutant may kill who tries it
        left = [mutant for mutant in left if not kept_outcome(mutant)] if any(ends) else []
    for tree in KEPT.glob("tree-*"):
        shutil.rmtree(tree) if tree.is_dir() else tree.unlink()
    return [(mutant, kept_outcome(mutant)) for mutant in mutants]


def _worker(mutants: Sequence[Mutant]) -> int:
    """A process that tries some, one after the other."""
    child = os.fork()
    if not child:
        for mutant in mutants:
            keep_outcome(mutant, "hung", "")  # which it stays where this process dies of it
            keep_outcome(mutant, *outcome(mutant))
        os._exit(0)
    return child


def kept_outcome(mutant: Mutant) -> str:
    """What became of it in a module that does the same; nothing where it was not tried."""
    path = KEPT / f"{mutant.name}.json"
    before = json.loads(path.read_bytes()) if path.is_file() else {}
    return str(before["outcome"]) if before.get("state") == _sum(_meaning(mutant.code)) else ""


def keep_outcome(mutant: Mutant, found: str, killer: str) -> None:
    """Write down what became of it."""
    place, state = mutant.place, _sum(_meaning(mutant.code))
    at = {"module": mutant.module, "line": place.line, "operator": place.operator}
    told = {"outcome": found, "by": killer, "state": state, "difference": mutant.difference(), **at}
    (KEPT / f"{mutant.name}.json").write_text(json.dumps(told), "utf-8")


def argued() -> dict[str, str]:
    """Why no test should kill it, by a mutant's name."""
    with SURVIVORS.open(encoding="utf-8", newline="") as stream:
        return {row["mutant"]: row["why"] for row in csv.DictReader(stream)}


def main() -> int:
    """Try the mutants; 1 where too many survive or one of which nothing is said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=18)
    asked = parser.parse_args()
    record_tests()
    reasons, survived, strange = argued(), 0, 0
    drawn = sorted(sample(asked.count, asked.seed), key=lambda one: sum(map(_time, tests_of(one))))
    for mutant, found in try_all(drawn):  # the quickest first
        if found == "survived":
            survived += 1
            strange += mutant.name not in reasons
            why = reasons.get(mutant.name, "?")
            print(
                f"{mutant.name} {mutant.module}:{mutant.place.line} {mutant.place.operator}: {why}"
            )
            print("\n".join(mutant.difference()))
    done = len(drawn)
    print(f"{done}: {done - survived} killed, {survived} survived")
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from proofs import (
        keep_result,
        runs_of,
    )  # which imports khplans, as no mutant's process may have

    keep_result(RESULT, passed=done - survived, failed=strange, runs=done - runs_of(RESULT))
    return int(strange > 0 or survived > (1 - ENOUGH) * asked.count)


if __name__ == "__main__":
    sys.exit(main())
