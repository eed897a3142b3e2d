"""A correction is applied, or a warning says on which line of corrections.csv it stands and why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan

from khplans.intake import load_plan
from khplans.pipeline import tables_of
from khplans.tables.rows import Rows

ROWS = "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tXây dựng đề án du lịch\tSở Du lịch\n2\tRà soát quy hoạch đất\tSở Tài chính\n"
TEXT = LAO_CAI.replace("III. TỔ CHỨC", f"{ROWS}\nIII. TỔ CHỨC")


def tables(tmp_path: Path, before: str, after: str) -> Rows:
    start = TEXT.index(before)
    row = f'{start},{start + len(before)},"{before}","{after}",đọc nhầm\n'
    other = TEXT.index("Trịnh Xuân Trường")
    first = f"{other},{other + 17},Trịnh Xuân Trường,Trịnh Xuân Trương,ký tên\n"
    return tables_of(load_plan(add_plan(tmp_path / "plans", "a", TEXT, first + row)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("trước ngày 30/6/2024.\n\nSTT", "trước ngày 30/6/2024 STT"),
        ("tháng 02 năm 2025\n\nKẾ HOẠCH", "tháng 02 năm 2025 KẾ HOẠCH"),
        ("du lịch\tSở Du", "du lịch Sở Du"),
        ("Sở Du lịch\n2\tRà soát", "Sở Du lịch và rà soát"),
    ],
)
def test_one_that_goes_across_blocks_or_cells_is_told(
    tmp_path: Path, before: str, after: str
) -> None:
    rows = tables(tmp_path, before, after)
    (told,) = [row for row in rows["warnings"] if row["code"] == "correction-not-applied"]
    assert told["table"] == "corrections"
    assert told["row_id"] in {row["correction_id"] for row in rows["corrections"]}
    assert re.search(r"dòng 3 của corrections\.csv", told["message"])
    assert re.search(r"on line 3 of corrections\.csv", told["message_en"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tài chính nâng", "Tài chính để nâng"),
        ("1. Sở Y tế chủ", "2. Sở Y tế chủ"),
        ("trước ngày 30/6/2025.\n", "trước ngày 30/6/2026.\n"),
        ("Xây dựng đề án du lịch\t", "Xây dựng đề án  "),
        ("II. NHIỆM VỤ", "II. NHIỆM  VỤ"),
        ("Số: 15/KH-UBND", "Số: 16/KH-UBND"),
    ],
)
def test_one_in_a_block_is_applied_and_no_doubt(tmp_path: Path, before: str, after: str) -> None:
    rows = tables(tmp_path, before, after)
    assert not [row for row in rows["warnings"] if row["code"] == "correction-not-applied"]
    texts = [str(value) for name in ("documents", "sections", "tasks", "indicators") for row in rows[name] for value in row.values()]  # fmt: skip
    assert not [text for text in texts if "  " in text]
