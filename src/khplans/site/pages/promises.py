"""What is promised, what isn't, which tests hold it, and what they gave when they last ran in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from khplans.knowledge.table import read_table
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.templating import render


def promises_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every promise of the library and the command, with the last figures."""
    page = SitePage(words, "promises", words.say("Promises"),
                words.say("What khplans promises, what it doesn't, and the tests by which anyone can hold it to that."),
                layout="read")  # fmt: skip
    known = catalogue.proofs.values()
    page.add(
        render(
            page, "promises.md", promises=list(_promises(catalogue, words)),
            fuzzed=_fuzzed(catalogue.proofs), machines=sorted({one["machine"] for one in known}), seeds=sorted({one["seed"] for one in known}),
        )
    )  # fmt: skip
    return page


@dataclass(frozen=True)
class _Promise:
    """A promise in the page's language; `figures` are None where not all of its tests have run."""

    id: str
    name: str
    promise: str
    limit: str
    tests: Sequence[str]
    figures: _Figures | None


@dataclass(frozen=True)
class _Figures:
    """What the tests of a promise gave: how many passed and failed, in how many runs, since which day."""

    passed: int
    failed: int
    runs: int
    since: date


def _promises(catalogue: Catalogue, words: Language) -> Iterator[_Promise]:
    for row in read_table("promises"):
        tests = row["tests"].split()
        name, promise, limit = (
            words(row[key], row[f"{key}_en"]) for key in ("name", "promise", "limit")
        )
        figures = _figures(catalogue.proofs, tests)
        yield _Promise(row["id"], name, promise, limit, tests, figures)


def _fuzzed(proofs: Mapping[str, Any]) -> Sequence[tuple[str, int]]:
    """How many inputs each parser was given by the fuzzer.

    >>> _fuzzed({"tests/fuzz/guided.py::dates": {"runs": 9}, "tests/text/test_dates.py": {"runs": 5}})
    [('dates', 9)]
    """
    named = ((name.partition("fuzz/guided.py::")[2], one["runs"]) for name, one in proofs.items())
    return sorted((name, runs) for name, runs in named if name)


def _figures(proofs: Mapping[str, Any], tests: Sequence[str]) -> _Figures | None:
    """The sum over files of tests, and over all that a tool such as the fuzzer has put to itself; None where one has no result.

    >>> one = {"passed": 2, "failed": 0, "runs": 9, "date": "2026-11-30"}
    >>> _figures({"a": one, "b::x": {**one, "date": "2026-11-29"}}, ["a", "b"]), _figures({"a": one}, ["a", "b"])
    (_Figures(passed=4, failed=0, runs=18, since=datetime.date(2026, 11, 29)), None)
    """
    of = {
        test: [one for name, one in proofs.items() if name.partition("::")[0] == test]
        for test in tests
    }
    if not all(of.values()):
        return None
    found = [one for ones in of.values() for one in ones]
    passed, failed, runs = (sum(one[key] for one in found) for key in ("passed", "failed", "runs"))
    return _Figures(passed, failed, runs, min(date.fromisoformat(one["date"]) for one in found))
