"""What the second reading says of a document's own columns, its headings, corrections and warnings, and of what plans share."""

from __future__ import annotations

from datetime import date

import pytest
from verdicts import Row, verdict

from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict

WRONG = CONTRADICTED
REST = "x" * 4000
AT_HEAD = [
    (f"Cà Mau{'x' * 594}«{REST}»{REST}", SAID),
    (f"Cà Mau{'x' * 595}«{REST}»{REST}", WRONG),
    (f"{'x' * 1000}«{'x' * 1494}Cà Mau{REST}»{REST}", SAID),
    (f"{'x' * 1000}«{'x' * 1495}Cà Mau{REST}»{REST}", WRONG),
]
"""Above a document's beginning or below it, and just too far from it."""
AT_END = [
    (f"«{REST}Cà Mau{'x' * 1494}»{REST}", SAID),
    (f"«{REST}Cà Mau{'x' * 1495}»{REST}", WRONG),
    (f"«{REST}»{'x' * 594}Cà Mau{REST}", SAID),
    (f"«{REST}»{'x' * 595}Cà Mau{REST}", WRONG),
]


# --- the letterhead


@pytest.mark.parametrize("column", ["number", "number_raw"])
@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("«Số: 12/KH-UBND»", "12/KH-UBND", SAID),
        ("«Số: 12 /KH-U<b>BND»", "12/KH-U BND", SAID),
        ("«Số: 12/KH-UBND»", "13/KH-UBND", WRONG),
        ("«Số: 12/KH ngày UBND»", "12/KH-UBND", DOUBTFUL),
        ("«Số: 12/KH ngày»", "12/KH-UBND", WRONG),
        ("«Không số»", None, SAID),
    ],
)
def test_number(column: str, text: str, number: str | None, expected: Verdict) -> None:
    row = {column: number}
    assert verdict(f"documents.{column}", text, row) is (SAID if number is None else expected)


def test_number_of_the_name_of_the_file_or_of_the_end() -> None:
    row = {"number": "12/KH-UBND", "plan_title": "12/KH-UBND về rừng"}
    assert verdict("documents.number", "«Không»", row) is SAID
    far = f"«{'x' * 1500}12/KH-UBND»"
    row = {"number": "12/KH-UBND", "number_raw": None}
    assert verdict("documents.number", far, row) is SAID
    assert verdict("documents.number", far, {**row, "number_raw": "12/KH-UBND"}) is WRONG
    assert verdict("documents.number", "«Không»", row) is WRONG


@pytest.mark.parametrize(
    ("number", "printed", "expected"),
    [
        ("12345", "12345", SAID),
        ("12345", "12346", SAID),
        ("12345", "12367", WRONG),
        ("12345", None, SAID),
        (None, "12345", SAID),
    ],
)
def test_number_like_the_printed_one(
    number: str | None, printed: str | None, expected: Verdict
) -> None:
    row = {"number": number, "number_raw": printed}
    assert verdict("documents.number", "«Số: 12345»", row) is expected


@pytest.mark.parametrize(
    ("text", "number", "kind", "expected"),
    [
        ("«QUYẾT ĐỊNH»", "1/QĐ-UBND", None, SAID),
        ("«QUYẾT ĐỊNH»", "1/QĐ-UBND", "Quyết định", SAID),
        ("«QUYẾT ĐỊNH»", "1/QĐ-UBND", "Kế hoạch", WRONG),
        ("«Rừng»", "1/QĐ-UBND", "Quyết định", SAID),
        ("«Rừng»", "1/QĐ-UBND", "Kế hoạch", WRONG),
        ("«QUYẾT ĐỊNH»", None, "Quyết định", SAID),
        ("«**QUYẾT ĐỊNH** về rừng»", None, "Quyết định", SAID),
        ("«Quyết định»", None, "Quyết định", SAID),
        ("«Quyết định này»", None, "Kế hoạch", WRONG),
        ("«KẾ HOẠCH\nQUYẾT ĐỊNH»", None, "Kế hoạch", SAID),
        ("«KẾ HOẠCH\nQUYẾT ĐỊNH»", None, "Quyết định", DOUBTFUL),
        ("«KẾ HOẠCH\nQUYẾT ĐỊNH»", None, "Chỉ thị", WRONG),
        ("«x<b>KẾ HOẠCH</b>»", None, "Kế hoạch", SAID),
        ("«KẾ HOẠCH HÀNH ĐỘNG»", None, "Kế hoạch", WRONG),
        ("«Kính gửi: Sở Y tế»", None, "Công văn", SAID),
        ("«Kính gửi: Sở Y tế»", None, "Kế hoạch", WRONG),
        ("«Gửi Sở Y tế»", None, "Công văn", DOUBTFUL),
        ("«Theo Kế hoạch này»", None, "Kế hoạch", DOUBTFUL),
        ("«Theo Kế hoạch này»", None, "Chỉ thị", WRONG),
        ("Kính gửi: Sở Y tế«Theo Kế hoạch này»", None, "Kế hoạch", DOUBTFUL),
    ],
)
def test_kind(text: str, number: str | None, kind: str | None, expected: Verdict) -> None:
    row = {"number": number, "document_type": kind}
    assert verdict("documents.document_type", text, row) is expected


def test_kind_at_the_head() -> None:
    above = f"QUYẾT ĐỊNH\n{'x' * 589}"
    for first, second, expected in (
        (above, "", SAID),
        (f"{above}x", "", WRONG),
        ("x" * 1000, f"{'x' * 1489}\nQUYẾT ĐỊNH", SAID),
        ("x" * 1000, f"{'x' * 1490}\nQUYẾT ĐỊNH", WRONG),
    ):
        row = {"number": None, "document_type": "Quyết định"}
        text = f"{first}«{second}»"
        assert verdict("documents.document_type", text, row) is expected


@pytest.mark.parametrize(("text", "expected"), AT_HEAD)
def test_number_at_the_head(text: str, expected: Verdict) -> None:
    row = {"number": "12/KHU", "number_raw": "12/KHU"}
    assert verdict("documents.number", text.replace("Cà Mau", "12/KHU"), row) is expected


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("«Về phát triển rừng»", "Phát triển rừng", SAID),
        ("«Về phát triển rừng»", "Phát triển biển", WRONG),
        ("«Về phát triển rừng»", None, SAID),
        (f"Giữ rừng{'x' * 592}«»", "Giữ rừng", SAID),
        (f"Giữ rừng{'x' * 593}«»", "Giữ rừng", WRONG),
        (f"{REST}«{'x' * 3000}Giữ rừng»", "Giữ rừng", SAID),
        (f"{REST}«{'x' * 3001}Giữ rừng»", "Giữ rừng", WRONG),
    ],
)
def test_title(text: str, title: str | None, expected: Verdict) -> None:
    assert verdict("documents.title", text, {"title": title}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("«Cà Mau, ngày 1»", SAID), ("«Hà Nam, ngày 1»", WRONG), *AT_HEAD, *AT_END],
)
def test_place(text: str, expected: Verdict) -> None:
    assert verdict("documents.place", text, {"place": "Cà Mau"}) is expected
    assert verdict("documents.place", text, {"place": None}) is SAID


@pytest.mark.parametrize(
    ("text", "province", "expected"),
    [
        ("«Tỉnh Cà Mau»", "Cà Mau", SAID),
        ("«Tỉnh Cà Mau»", "Hà Nam", WRONG),
        ("«Huyện Đồng Văn»", "Hà Giang", SAID),
        ("«Tỉnh Bắc Cạn»", "Bắc Kạn", SAID),
        ("«Thục Phán, ngày 1»", "Cao Bằng", SAID),
        ("«Thục Phán, ngày 1»", None, SAID),
        ("«Cà Mau»", "Rừng", WRONG),
        *(
            (text, "Cà Mau", DOUBTFUL if said is WRONG else said)
            for text, said in (*AT_HEAD, *AT_END)
        ),
    ],
)
def test_province(text: str, province: str | None, expected: Verdict) -> None:
    assert verdict("documents.province", text, {"province": province}) is expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("«ngày 5 tháng 9 năm 2025»", date(2025, 9, 5), SAID),
        ("«ngày **5** tháng _9_ năm 2025»", date(2025, 9, 5), SAID),
        ("«ngày l5 tháng 9 năm 2025»", date(2025, 9, 15), SAID),
        ("«ngày 5 tháng 9 năm 2025»", None, SAID),
        ("«ngày 5 tháng 9 năm 2025»", date(2025, 9, 6), WRONG),
        ("«năm 2025, việc 1234 và 9, khoản 5»", date(2025, 9, 5), DOUBTFUL),
        ("«năm 2025, việc 1234, khoản 5»", date(2025, 9, 5), WRONG),
        (f"«năm 2025, việc 1234 và 9{'x' * 675}5»", date(2025, 9, 5), DOUBTFUL),
        (f"«năm 2025, việc 1234 và 9{'x' * 676}5»", date(2025, 9, 5), WRONG),
        (f"5/9/2025 {'x' * 591}«{REST}»", date(2025, 9, 5), SAID),
        (f"5/9/2025 {'x' * 592}«{REST}»", date(2025, 9, 5), WRONG),
        (f"«{'x' * 2000}5/9/2025 {'x' * 1491}»", date(2025, 9, 5), SAID),
        (f"«{'x' * 2000}5/9/2025 {'x' * 1492}»", date(2025, 9, 5), WRONG),
        (f"«{'x' * 2000}»{'x' * 591} 5/9/2025", date(2025, 9, 5), SAID),
        (f"«{'x' * 2000}»{'x' * 592} 5/9/2025", date(2025, 9, 5), WRONG),
    ],
)
def test_date(text: str, day: date | None, expected: Verdict) -> None:
    assert verdict("documents.date", text, {"date": day}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lê A«Rừng»Trần B", SAID),
        ("Trần B«Rừng»Lê A", WRONG),
        (f"«Rừng»{'x' * 595}Trần B", WRONG),
        (f"«Rừng»{'x' * 594}Trần B", SAID),
    ],
)
def test_signer(text: str, expected: Verdict) -> None:
    for column in ("signer", "signer_raw"):
        assert verdict(f"documents.{column}", text, {column: "Trần B"}) is expected
        assert verdict(f"documents.{column}", text, {column: None}) is SAID


def test_a_signer_who_was_put_right_stands_in_the_corrected_text() -> None:
    text = "«Rừng» TrầmB"
    rows = {"corrections": [{"start": 8, "end": 9, "after": "n"}]}
    assert verdict("documents.signer", text, {"signer": "Trần B"}, **rows) is SAID
    assert verdict("documents.signer", text, {"signer": "Trầm B"}, **rows) is WRONG
    assert verdict("documents.signer_raw", text, {"signer_raw": "Trầm B"}, **rows) is SAID
    assert verdict("documents.signer_raw", text, {"signer_raw": "Trần B"}, **rows) is WRONG


COUNCIL = "Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize(
    ("text", "number", "name", "expected"),
    [
        ("«ỦY BAN NHÂN DÂN TỈNH CÀ MAU»", None, COUNCIL, SAID),
        ("«UBND TỈNH CÀ MAU»", None, COUNCIL, SAID),
        ("«Y BAN NHÂN DÂN TỈNH»", None, COUNCIL, SAID),
        ("«HĐND TỈNH CÀ MAU»", None, "Hội đồng nhân dân tỉnh", SAID),
        ("«SYT CÀ MAU»", None, "Sở Y tế", SAID),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", "1/KH-UBND", COUNCIL, SAID),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", "1/KH-SNV", "Sở Nội vụ", SAID),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", "1/KH-SNV", "Sở Y tế", WRONG),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", "1/KH-SM", "Sở Mỏ", SAID),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", None, COUNCIL, WRONG),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", "1/KH-S", "Sở", WRONG),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA»", None, "Tỉnh", DOUBTFUL),
        ("«ĐẢNG CỘNG SẢN VIỆT NAM»", None, COUNCIL, WRONG),
        ("«Rừng»", None, COUNCIL, DOUBTFUL),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA. BAN ỦY DÂN NHÂN»", None, COUNCIL, DOUBTFUL),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA. A C B D»", None, "A B C D", DOUBTFUL),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA. A C B»", None, "A B C D", DOUBTFUL),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA. B A»", None, "A B C", WRONG),
        ("«CỘNG HÒA XÃ HỘI CHỦ NGHĨA. C B G F E D A»", None, "A B C D E F G K L M", DOUBTFUL),
    ],
)
def test_issuer(text: str, number: str | None, name: str, expected: Verdict) -> None:
    row = {"issuer_id": "a", "number": number}
    agencies = [{"agency_id": "a", "name": name, "province": "Cà Mau"}]
    forms = [{"agency_id": "a", "form": "SYT"}, {"agency_id": "b", "form": "Rừng"}]
    some = {"agencies": agencies, "agency_names": forms}
    assert verdict("documents.issuer_id", text, row, **some) is expected
    assert verdict("documents.issuer_id", text, {**row, "issuer_id": None}, **some) is SAID
    assert verdict("documents.issuer_id", text, {**row, "province": "Huế"}, **some) is WRONG
    assert verdict("documents.issuer_id", text, {**row, "issuer_id": "c"}, **some) is WRONG
    national = [{**agencies[0], "province": None}]
    some["agencies"] = national
    assert verdict("documents.issuer_id", text, {**row, "province": "Huế"}, **some) is expected


@pytest.mark.parametrize(("text", "expected"), [*AT_HEAD, *AT_END])
def test_issuer_at_head_or_end(text: str, expected: Verdict) -> None:
    agencies = [{"agency_id": "a", "name": "Cà Mau"}]
    text = text.replace("x", " ", 1)
    found = verdict(
        "documents.issuer_id", text, {"issuer_id": "a", "number": None}, agencies=agencies
    )
    assert found is (SAID if expected is SAID else DOUBTFUL)


# --- sections


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("Rừng «1. Mục tiêu» Biển", "Mục tiêu", SAID),
        ("Rừng «1. Mục <b>tiêu</b>» Biển", "Mục tiêu<br>", SAID),
        ("Rừng «1. Mục tiêu» Biển", "Rừng", WRONG),
        ("Rừng «1. Mục tiêu» Biển", None, SAID),
        (f"{REST}«{'x' * 208}Rừng»", "Rừng", SAID),
        (f"{REST}«{'x' * 209}Rừng»", "Rừng", WRONG),
    ],
)
def test_heading(text: str, heading: str | None, expected: Verdict) -> None:
    assert verdict("sections.heading", text, {"heading": heading}) is expected


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("«Mục tiêu»", None, SAID),
        ("«1. Mục tiêu»", "1.", SAID),
        ("«## **1\\. Mục tiêu»", "1", SAID),
        ("«<b>I</b>. Mục tiêu»", "I", SAID),
        ("«II. Mục tiêu»", "I", WRONG),
        ("«1.1. Mục tiêu»", "1", WRONG),
        ("«2. Mục tiêu»", "1", WRONG),
        ("«Phần thứ 1. Mục tiêu»", "PHẦN THỨ 1", SAID),
        (f"{REST}«{'#' * 59}1 Mục tiêu»", "1", SAID),
        (f"{REST}«{'#' * 60}1 Mục tiêu»", "1", WRONG),
    ],
)
def test_marker(text: str, marker: str | None, expected: Verdict) -> None:
    assert verdict("sections.marker", text, {"marker": marker}) is expected


@pytest.mark.parametrize(
    ("path", "expected"), [("I/2/a", SAID), ("a/2/I", WRONG), ("I/2", WRONG), (None, WRONG)]
)
def test_path(path: str | None, expected: Verdict) -> None:
    above = [
        {"section_id": "i", "marker": "I"},
        {"section_id": "2", "marker": "2", "parent_section_id": "i"},
        {"section_id": "-", "marker": None, "parent_section_id": "2"},
    ]
    row = {"section_id": "a", "marker": "a", "parent_section_id": "-", "path": path}
    assert verdict("sections.path", "", row, sections=above) is expected
    bare = {"section_id": "-", "marker": None, "path": path}
    assert verdict("sections.path", "", bare) is (SAID if path is None else WRONG)


# --- corrections and warnings


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("phấm", "phẩm", SAID),
        ("sản phấm", "sản phẩm", SAID),
        ("rừng", "rừng", WRONG),
        ("abcd", "abxy", SAID),
        ("abcd", "axyz", DOUBTFUL),
        ("abcd", None, SAID),
        ("", "abcd", SAID),
        (f"{'a' * 200}b", f"{'a' * 200}c", SAID),
        (f"{'a' * 100}{'b' * 100}{'c' * 999}", f"{'a' * 100}{'d' * 100}", SAID),
        (f"{'a' * 100}{'b' * 100}c", f"{'a' * 100}{'d' * 100}e", SAID),
        (f"{'a' * 75}{'b' * 200}", f"{'a' * 75}{'c' * 26}", DOUBTFUL),
        (f"{'a' * 99}{'b' * 101}{'c' * 999}", f"{'a' * 99}{'d' * 101}{'c' * 999}", DOUBTFUL),
    ],
)
def test_correction(before: str, after: str | None, expected: Verdict) -> None:
    assert verdict("corrections.after", "", {"before": before, "after": after}) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, SAID),
        ({"code": "rain"}, WRONG),
        ({"severity": "note"}, WRONG),
        ({"message": "Đơn vị chưa có: kho"}, WRONG),
        ({"message_en": "No unit: kho"}, WRONG),
    ],
)
def test_warning(change: Row, expected: Verdict) -> None:
    row = {
        "code": "unit-unknown", "severity": "warning",
        "message": "Đơn vị chưa có trong bảng đơn vị: kho", "message_en": "Unit not in the table of known units: kho",
    }  # fmt: skip
    assert verdict("warnings.message", "", {**row, **change}) is expected


# --- what plans share


@pytest.mark.parametrize(
    ("number", "day", "year", "kind", "expected"),
    [
        ("1/2024/NQ-HĐND", None, 2024, "Nghị quyết", SAID),
        ("1/2024/NQ-HĐND", None, 2023, "Nghị quyết", WRONG),
        ("1/2024/NQ-HĐND", None, None, "Nghị quyết", SAID),
        ("1/2024/NQ-HĐND", None, 2024, "Quyết định", DOUBTFUL),
        ("1/NQ-HĐND", date(2024, 1, 2), 2024, "Nghị quyết", SAID),
        ("1/NQ-HĐND", date(2024, 1, 2), 2025, "Nghị quyết", WRONG),
        ("1/2023/NQ-HĐND", date(2024, 1, 2), 2024, "Nghị quyết", SAID),
        ("1/2023/NQ-HĐND", date(2024, 1, 2), 2023, "Nghị quyết", SAID),
        ("1/NQ-HĐND", None, 2025, "Nghị quyết", SAID),
        (None, None, 2025, "Luật", SAID),
    ],
)
def test_instrument(
    number: str | None, day: date | None, year: int | None, kind: str, expected: Verdict
) -> None:
    row = {"number": number, "date": day, "year": year, "document_type": kind}
    assert verdict("instruments.year", "", row) is expected


MEASURE = {
    "measure_id": "grdp-growth", "name": "Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)", "name_en": "GRDP growth",
    "theme": "economy", "unit": "percent",
}  # fmt: skip
UNIT = {"unit_id": "percent", "name": "%", "name_en": "per cent", "symbol": "%"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, SAID),
        ({"measure_id": "rain"}, WRONG),
        *(({column: other}, WRONG) for column in list(MEASURE)[1:] for other in ("x", None)),
    ],
)
def test_measure(change: Row, expected: Verdict) -> None:
    assert verdict("measures.name", "", {**MEASURE, **change}) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, SAID),
        ({"unit_id": "rain"}, SAID),
        *(({column: other}, WRONG) for column in list(UNIT)[1:] for other in ("x", None)),
    ],
)
def test_unit(change: Row, expected: Verdict) -> None:
    assert verdict("units.name", "", {**UNIT, **change}) is expected
