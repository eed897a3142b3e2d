"""The plan's words behind a row, and how they and the data are cited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import khplans

KH = "khanh-hoa-1-kh-ubnd-2024"


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


@pytest.mark.parametrize("table", ["tasks", "indicators", "citations", "documents"])
def test_the_words_of_every_row_are_the_plans_own(kp: khplans.Collection, table: str) -> None:
    plan_of = dict(zip(kp.documents.document_id, kp.documents.plan_id, strict=True))
    for row in kp.arrow(table).to_pylist():
        words = kp.source(row[kp.schema(table)["primaryKey"][0]], context=7)
        text = kp.source_text(plan_of[row["document_id"]])
        assert words.quote == text[row["start"] : row["end"]]
        at = row["start"] - len(words.before)
        assert text[at : row["end"] + len(words.after)] == words.before + words.quote + words.after
        assert len(words.before) <= 7
        assert len(words.after) <= 7
        if "quote" in row:
            assert words.quote == row["quote"]


def test_where_the_words_stand(kp: khplans.Collection) -> None:
    words = kp.source(f"{KH}::1")
    assert words.line == 4
    assert "1/KH-UBND" in words.place
    assert "19/01/2024" in words.place
    assert "mục III/4," in replace(words, section="III/4").place
    assert "mục" not in replace(words, section=None).place
    assert "ngày" not in replace(words, issued=None).place
    assert "trang" not in words.place
    assert "trang 2 bản gốc" in replace(words, page=2).place
    assert f"⟦{words.quote}⟧" in str(words)


def test_context_cuts_no_word(kp: khplans.Collection) -> None:
    before = kp.source(f"{KH}::c-09-nq-tw", context=7).before
    assert before == "hiện "


@pytest.mark.parametrize("wrong", [-300, "300", 1.5, None, np.array([7, 7])])
def test_context_is_a_number_of_characters(kp: khplans.Collection, wrong: Any) -> None:
    with pytest.raises(khplans.KhplansError, match="whole number"):
        kp.source(f"{KH}::c-09-nq-tw", context=wrong)


def test_a_plans_words_cannot_inject(kp: khplans.Collection) -> None:
    row_id = f"{KH}::2"
    pages = [
        kp.source(row_id)._repr_html_(),
        kp.row(row_id)._repr_html_(),
        kp.cite(row_id)._repr_html_(),
    ]
    for page in pages:
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert 'href="https://example.gov.vn/?a=1&amp;b=2"' in pages[0]


def test_a_row_is_a_mapping(kp: khplans.Collection) -> None:
    row = kp.row(f"{KH}::1")
    assert row.table == "tasks"
    assert row["label"] == "1"
    assert row["output"] is None
    assert set(row) == set(kp.tasks.columns)


@pytest.mark.parametrize("wrong", [f"{KH}::3", "khanh-hoa-1", "", "nothing"])
def test_an_unknown_id_gives_the_nearest(kp: khplans.Collection, wrong: str) -> None:
    with pytest.raises(khplans.UnknownNameError):
        kp.source(wrong)
    with pytest.raises(khplans.UnknownNameError, match=f"{KH}::1"):
        kp.source(f"{KH}::7")


def test_an_unknown_plan_gives_the_nearest(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.UnknownNameError, match=KH):
        kp.source_text("khanh-hoa-1")


def test_a_row_without_words_says_so(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.KhplansError, match="points at no words"):
        kp.source("grdp-growth")


def test_how_to_cite_the_data(kp: khplans.Collection) -> None:
    cited = kp.cite()
    assert "Phiên bản 1.0.1" in cited.text
    assert "(2026)" in cited.apa
    assert "Version 1.0.1" in cited.apa
    assert cited.bibtex.startswith("@misc{khplans-1-0-1,\n")
    assert "version = {1.0.1}" in cited.bibtex


def test_how_to_cite_a_plans_words(kp: khplans.Collection) -> None:
    cited = kp.cite(f"{KH}::2")
    assert "Kế hoạch 1/KH-UBND ngày 19/01/2024" in cited.text
    assert "khplans 1.0.1" in cited.text
    assert r"\_" not in cited.bibtex.partition("url")[2].partition("\n")[0]
