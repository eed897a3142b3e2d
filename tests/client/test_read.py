"""Extraction from any plan, without registering it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from word_files import paragraph, word_file

import khplans
from khplans.tables.definition import TABLE_NAMES

PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH QUẢNG NAM                 Độc lập - Tự do - Hạnh phúc
Số: 1234/KH-UBND            Quảng Nam, ngày 05 tháng 3 năm 2023

KẾ HOẠCH
Phát triển kinh tế tập thể năm 2023

Căn cứ Nghị quyết số 20-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương;

II. NHIỆM VỤ
1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính tham mưu trước ngày 30/6/2023.
"""


def test_a_text_gives_the_tables_of_a_release() -> None:
    plan = khplans.read(path_or_text=PLAN)
    assert plan.tables == TABLE_NAMES
    assert plan.version is None
    assert plan.documents.number.tolist() == ["1234/KH-UBND"]
    assert plan.citations.number.tolist() == ["20-NQ/TW"]
    assert plan.tasks.deadline.dt.strftime("%Y-%m-%d").tolist() == ["2023-06-30"]
    assert plan.tasks_by_agency("SNN&PTNT", role="lead").task_id.tolist() == [plan.tasks.task_id[0]]


def test_its_words_are_the_texts_own() -> None:
    plan = khplans.read(PLAN)
    for row in plan.arrow("citations").to_pylist():
        assert (
            plan.source(row["citation_id"]).quote == PLAN[row["start"] : row["end"]] == row["quote"]
        )


def test_columns_have_the_types_of_a_release() -> None:
    tasks = khplans.read(PLAN).tasks
    assert list(tasks.cadence.cat.categories) == ["ongoing", "monthly", "quarterly", "yearly"]
    assert tasks.deadline.dtype.kind == "M"


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_file_by_its_path(tmp_path: Path, as_path: type) -> None:
    path = tmp_path / "quang-nam.txt"
    path.write_text(PLAN, "utf-8", newline="")
    plan = khplans.read(as_path(path))
    assert plan.documents.plan_id.tolist() == ["quang-nam"]


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(word_file("".join(paragraph(line) for line in PLAN.splitlines())))
    assert khplans.read(path).citations.number.tolist() == ["20-NQ/TW"]


@pytest.mark.parametrize(
    "wrong",
    [
        "ke-hoach.docx",
        "missing.pdf",
        "Kế hoạch năm 2024.xlsx",
        "./nowhere",
        "https://example.org/plan",
        "nowhere/plan.txt",
        "  \n ",
        "\ufeff\n",
        "\ud800",
        "K\0.txt",
        "Kế\0hoạch",
        "Kế \udc80",
        "\ud800.txt",
    ],
)
def test_what_cannot_be_read_says_so(wrong: str) -> None:
    with pytest.raises(khplans.KhplansError):
        khplans.read(wrong)


def test_a_fault_while_reading_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(plan: object) -> None:
        raise IndexError("list index out of range")

    path = tmp_path / "quang-nam.txt"
    path.write_text(PLAN, "utf-8")
    monkeypatch.setattr("khplans.pipeline.tables_of", break_down)
    with pytest.raises(
        khplans.KhplansError, match=r"quang-nam\.txt: .*IndexError.*a fault of khplans"
    ):
        khplans.read(path)
    with pytest.raises(khplans.KhplansError, match=r"khplans\.read: .*IndexError"):
        khplans.read(PLAN)


def test_no_text_is_not_the_folder_here() -> None:
    with pytest.raises(khplans.KhplansError, match="no text"):
        khplans.read("")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(random.Random(1).randbytes(2000))
    with pytest.raises(khplans.KhplansError, match=r"plan\.txt"):
        khplans.read(path)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "Không có gì ở đây.",
        "Số: /\tngày  tháng  năm",
        "Kế hoạch của Ủy ban nhân dân TP.HCM",
        "Số 01/NQ-CP",
        "ke-hoach.docx\n",
        "một dòng dài " * 50,
    ],
)
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    assert len(khplans.read(text).documents) == 1


def test_what_was_read_is_no_release() -> None:
    plan = khplans.read(PLAN)
    with pytest.raises(khplans.KhplansError, match="only a release"):
        plan.lock()
    assert "unreleased" in repr(plan)
    assert "unreleased" in plan.cite().bibtex
