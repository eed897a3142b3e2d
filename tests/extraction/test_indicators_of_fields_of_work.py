"""Numbers in lists of products and projects: which measure anything, and of what kind they are."""

from __future__ import annotations

import pytest

from khplans.extraction.indicators import find_indicators

from .task_help import document, read


def found(section: str, line: str) -> list[tuple[str, str]]:
    text = document("KẾ HOẠCH\nPhát triển ngành nghề năm 2024", f"I. {section}\n1. {line}\n")
    numbers = [one for plan in read(text) for one in find_indicators(plan)]
    return [(one.span.of(text), one.kind) for one in numbers]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Chè khô: đạt 30-35 kg vào năm 2025 và 90-95 kg vào năm 2030.", ["30-35 kg", "90-95 kg"]),
        (
            "Diện tích kho bình quân là 6 - 7m2/người, 30 - 35m2/hộ.",
            ["6 - 7m2/người", "30 - 35m2/hộ"],
        ),
        ("Đến năm 2030, hình thành 2-4 hợp tác xã trồng sen.", ["2-4 hợp tác xã"]),
        ("Tinh quặng kẽm 50% Zn: đạt 900 tấn vào năm 2025.", ["900 tấn"]),
        ("Chi phí tuân thủ sau khi cắt giảm: 40 giờ x 5 hồ sơ = 8.000.000 đồng/năm.", []),
    ],
)
def test_which_numbers_measure(line: str, numbers: list[str]) -> None:
    assert [text for text, _ in found("MỤC TIÊU", line)] == numbers


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Dự kiến tổng nhu cầu vốn đến năm 2030 khoảng 70 tỷ đồng.", "forecast"),
        ("Nâng công suất các trạm xử lý hiện có thêm khoảng 400 tấn.", "target"),
    ],
)
def test_the_kind_of_a_number(line: str, kind: str) -> None:
    assert [one for _, one in found("ĐỊNH HƯỚNG", line)] == [kind]
