"""The page of promises says what the tests gave, and nothing where they have not run in full."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import REPOSITORY

from khplans.errors import KhplansError
from khplans.knowledge.table import read_table
from khplans.settings import Settings
from khplans.site.catalogue import Catalogue
from khplans.site.inputs import read_catalogue, read_proofs
from khplans.site.languages import en, vi
from khplans.site.pages.promises import promises_page

RESULT = {
    "passed": 3, "failed": 1, "skipped": 0, "runs": 40_000, "seed": 7, "date": "2026-11-30",
    "machine": "Linux <b>x86_64</b>", "state": "0" * 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(collection: Path) -> Catalogue:
    return read_catalogue(REPOSITORY, collection, None, Settings())


@pytest.fixture
def proved(catalogue: Catalogue, tmp_path: Path) -> Catalogue:
    (known, *_), path = read_table("promises"), tmp_path / "proofs.json"
    found = dict.fromkeys(known["tests"].split(), RESULT)
    path.write_text(json.dumps({"tests": found}), "utf-8")
    return replace(catalogue, proofs=read_proofs(path))


def test_figures_are_told_where_all_tests_of_a_promise_have_run(proved: Catalogue) -> None:
    tests = len(read_table("promises")[0]["tests"].split())
    for words, told in (
        (en, f"{3 * tests} tests passed, {tests} failed, {tests * 40_000:,} runs (30 November 2026)"),
        (vi, f"{3 * tests} kiểm thử đạt, {tests} hỏng, {tests * 40}.000 lần chạy (30/11/2026)"),
    ):  # fmt: skip
        page = promises_page(proved, words).markdown()
        assert page.count(told) == 1
        assert page.count(words.say("Last figures")) == 1
        assert page.count("## ") == len(read_table("promises")) + 1
        assert "Linux &lt;b&gt;x86_64" in page


def test_without_results_it_says_so(catalogue: Catalogue) -> None:
    page = promises_page(replace(catalogue, proofs={}), en).markdown()
    assert "There are no figures here yet." in page
    assert "Last figures" not in page
    assert read_proofs(Path("no-such-file.json")) == {}


@pytest.mark.parametrize("change", [{"runs": -1}, {"date": "today"}, {"machine": 3}])
def test_results_that_are_none_are_told(change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "proofs.json"
    path.write_text(json.dumps({"tests": {"tests/x.py": {**RESULT, **change}}}), "utf-8")
    with pytest.raises(KhplansError, match=r"proofs\.json"):
        read_proofs(path)
