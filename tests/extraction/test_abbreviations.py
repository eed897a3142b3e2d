"""Agencies by abbreviations that the document explains: in brackets, in a note below a table."""

from __future__ import annotations

import pytest

from khplans.extraction.agencies.abbreviations import explained

from .task_help import document, tasks_of, told

ROWS = """
| STT | Nhiệm vụ | Chủ trì | Phối hợp |
|---|---|---|---|
| 1 | Rà soát hồ sơ các hồ chứa | TTVH | TVGS; Sở Y tế |
| 2 | Kiểm tra đập trước mùa mưa | Trung tâm Vận hành hồ; TTVH | TVGS |
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Trung tâm Vận hành (TTVH) quản lý 12 hồ.", ""),
        ("Trung tâm Vận hành (sau đây viết tắt là TTVH) quản lý 12 hồ.", ""),
        ("Trung tâm Vận hành (gọi tắt: “TTVH”) quản lý 12 hồ.", ""),
        ("", "Ghi chú: TTVH: Trung tâm Vận hành; UBND: Ủy ban nhân dân."),
        ("", "Ghi chú: TTVH là Trung tâm Vận hành."),
    ],
)
def test_an_explained_abbreviation_is_its_name(before: str, after: str) -> None:
    body = f"{before}\n\nI. NHIỆM VỤ\n{ROWS}\n{after}"
    found = tasks_of(document("KẾ HOẠCH\nAn toàn hồ chứa", body))
    assert (
        told(*found[0]) == "I|1|Rà soát hồ sơ => [Trung tâm Vận hành] / [TVGS], [Sở Y tế] /  /  / "
    )


def test_an_agency_written_both_ways_is_one() -> None:
    rows = ROWS.replace("Trung tâm Vận hành hồ; TTVH", "Trung tâm Vận hành; TTVH")
    body = f"Trung tâm Vận hành (TTVH) quản lý hồ.\n\nI. NHIỆM VỤ\n{rows}"
    found = tasks_of(document("KẾ HOẠCH\nAn toàn hồ chứa", body))
    assert told(*found[1]) == "I|2|Kiểm tra đập trước => [Trung tâm Vận hành] / [TVGS] /  /  / "


def test_what_explains_nothing() -> None:
    texts = [
        "Số 12/KH-UBND: Kế hoạch",
        "dự án nhóm B (ODA)",
        "của Bộ Y tế (TTVH)",
        "NSNN: từ nguồn vốn",
        "Nhóm rau an toàn của HTX - Hợp tác xã Xuân Bình",
    ]
    assert explained(texts) == {}
