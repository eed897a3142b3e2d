"""What the second reading says of a task's columns beside its words: a table of words, values and verdicts for each."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from verdicts import Row, at, verdict

from khplans.checks.words.tasks import _names_day
from khplans.checks.words.verdict import CONTRADICTED, SAID, Verdict

TASK = "«Sở Y tế trình đề án» ở tỉnh."


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        (TASK, "Sở Y tế trình đề án", SAID),
        (TASK, "Sở Y tế trình **đề án**", SAID),
        (TASK, unicodedata.normalize("NFD", "Sở Y tế trình đề án"), SAID),
        (TASK, "Sở Y tế trình án", CONTRADICTED),
        (TASK, "Sở Y tế trình đề án ở", CONTRADICTED),
        ("«Xây <b>kho</b> lúa»", "Xây kho lúa", SAID),
        ("«<b>Xây</b> <b>kho</b>»", "<b>Xây</b> kho", SAID),
        ("«Xây <b>kho</b> lúa»", "Xây kho", CONTRADICTED),
        ("«Xây <b>kho</b> lúa»", "Xây <i>kho</i> lúa", CONTRADICTED),
        ("«Xây kho lúa»", "Xây <i>kho</i> lúa", CONTRADICTED),
        ("Năm trước.\n«Xây\nTrang 3/9\nđề án»\nhết", "Xây đề án", SAID),
        ("«\nXây\nTrang 3/9\nđề án»", "Xây đề án", SAID),
        ("Năm trước.\n«Xây\nTrang\nđề án»\nhết", "Xây đề án", CONTRADICTED),
        ("«Xây\nmột hai ba bốn năm sáu bảy 8\nđề án»", "Xây đề án", SAID),
        ("«Xây\nmột hai ba bốn năm sáu bảy tám 9\nđề án»", "Xây đề án", CONTRADICTED),
        ("Năm trước.\n«Xây\nTrang 3/9\nđề án»\nhết", "Xây đề án hết", CONTRADICTED),
    ],
)
def test_text(text: str, said: str, expected: Verdict) -> None:
    assert verdict("tasks.text", text, {"text": said}) is expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("«Xây kho»", None, SAID),
        ("«Xây kho»", "1.", CONTRADICTED),
        ("1. «Xây kho»", "1.", SAID),
        ("1. «Xây kho»", "2.", CONTRADICTED),
        ("1.2. «Xây kho»", "2.", CONTRADICTED),
        ("- **«Xây kho»", "-", SAID),
        ("+ «Xây kho»", "-", CONTRADICTED),
        ("Sở Y tế: - «xây kho»", "-", SAID),
        ("a) Sở Y tế: «xây kho»", "a)", SAID),
        ("b) Sở Y tế: «xây kho»", "a)", CONTRADICTED),
        ("## 1. Việc: «xây kho»", "1.", SAID),
        ("12 việc: «xây kho»", "1", CONTRADICTED),
        ("1. Việc\n2. Sở Y tế «xây kho»", "1.", CONTRADICTED),
        ("1. Việc\n2. Sở Y tế «xây kho»", "2.", SAID),
        ("1. Việc\n \ncủa Sở Y tế «xây kho»", "1.", SAID),
        ("1. Việc\ncủa Sở\nY tế «xây kho»", "1.", CONTRADICTED),
        (f"1. {'x' * 397}«xây kho»", "1.", SAID),
        (f"1. {'x' * 398}«xây kho»", "1.", CONTRADICTED),
    ],
)
def test_label(text: str, label: str | None, expected: Verdict) -> None:
    assert verdict("tasks.label", text, {"label": label}) is expected


@pytest.mark.parametrize(
    ("section_id", "section", "expected"),
    [
        ("s", "II/1", SAID), ("s", "II", CONTRADICTED), ("s", None, CONTRADICTED), ("bare", None, SAID), ("bare", "II", CONTRADICTED),
        (None, None, SAID), (None, "II", CONTRADICTED),
    ],
)  # fmt: skip
def test_section(section_id: str | None, section: str | None, expected: Verdict) -> None:
    sections = [
        {"section_id": "s", "path": "/".join(["II", "1"])},
        {"section_id": "bare", "path": None},
    ]
    row = {"section_id": section_id, "section": section}
    assert verdict("tasks.section", TASK, row, sections=sections) is expected


# --- where the words of a deadline, or of a product, stand

JUNE = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("deadline", "cadence", "expected"),
    [
        (None, None, SAID),
        (JUNE, None, CONTRADICTED),
        (None, "yearly", CONTRADICTED),
        (JUNE, "yearly", CONTRADICTED),
    ],
)
def test_no_words_no_deadline(
    deadline: date | None, cadence: str | None, expected: Verdict
) -> None:
    row = {"deadline": deadline, "cadence": cadence}
    assert verdict("tasks.deadline_text", TASK, row) is expected


def test_no_product() -> None:
    assert verdict("tasks.output", TASK, {"output": None}) is SAID


def words_of(text: str, words: str, **rows: list[Row]) -> Verdict:
    """Of words as those of a deadline, and as those of a product."""
    row = {"deadline_text": words, "output": words, "section_id": "s"}
    of_deadline, of_product = (
        verdict(column, text, row, **rows) for column in ("tasks.deadline_text", "tasks.output")
    )
    assert of_deadline is of_product
    return of_deadline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Xây kho trong QUÝ **I**»", SAID),
        ("«Xây kho»\nXong: quý I.", SAID),
        ("quý I: «Xây kho»", CONTRADICTED),
        (f"«Xây kho»{'x' * (1496)}quyI hết", CONTRADICTED),
        (f"«Xây kho»{'x' * (1495)}quý I hết", SAID),
        (f"«Xây kho»{'x' * (1496)}quý I hết", CONTRADICTED),
    ],
)
def test_words_in_a_task_or_below_it(text: str, expected: Verdict) -> None:
    assert words_of(text, "quý I") is expected


def test_words_below_the_next_task_or_heading_are_of_that() -> None:
    text = "Đào ao. «Xây kho» quý I. Trồng cây quý II. Ngủ quý III."
    tasks = [at(text, words) for words in ("Đào ao", "Trồng cây", "Ngủ")]
    assert words_of(text, "quý I.", tasks=tasks) is SAID
    assert words_of(text, "quý I. Trồng", tasks=tasks) is CONTRADICTED
    assert words_of(text, "quý II", tasks=tasks) is CONTRADICTED
    assert words_of(text, "quý II", tasks=tasks[:1]) is SAID
    sections = [at(text, words) for words in ("Đào", "Trồng", "Ngủ")]
    assert words_of(text, "quý I.", sections=sections) is SAID
    assert words_of(text, "quý II", sections=sections) is CONTRADICTED
    elsewhere = [{**one, "document_id": "e"} for one in (tasks[1], sections[1])]
    assert words_of(text, "quý II", tasks=elsewhere[:1], sections=elsewhere[1:]) is SAID
    assert words_of(text.replace("»", "» "), "quý III", document={"end": 20}) is CONTRADICTED
    adjoining = "«Xây kho»quý I"
    assert words_of(adjoining, "quý I", sections=[at(adjoining, "quý I")]) is CONTRADICTED


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("1. Quý I", SAID),
        ("1. Việc\nXong quý I.", SAID),
        ("1. Việc\nQuý I. Đào ao.", SAID),
        ("1. Việc\nĐào ao quý I.", CONTRADICTED),
        ("1. Việc\nĐào aoquý I.", CONTRADICTED),
        (f"1. Việc {'x' * 587}quý I.", SAID),
        (f"1. Việc {'x' * 588}quý I.", CONTRADICTED),
        ("Quý I.\n1. Việc", CONTRADICTED),
    ],
)
def test_words_of_a_heading_above_stand_before_its_first_task(
    above: str, expected: Verdict
) -> None:
    text = f"Mở đầu.\n{above}\n«Xây kho» xong."
    tasks = [at(text, "Đào ao")] if "Đào ao" in text else []
    sections = [{"section_id": "s", "heading": "Việc", "start": text.index("1."), "end": len(text)}]
    assert words_of(text, "quý I", tasks=tasks, sections=sections) is expected


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Việc quý I", "1. «Việc» quý I", SAID),
        ("Việc", "1. «Việc» __quý I", CONTRADICTED),
        ("Việc", "1. «Việc» _quý I", SAID),
        (None, "1. «Việc»quý I", CONTRADICTED),
        (None, "1. «Vi»quý I", SAID),
    ],
)
def test_a_heading_that_is_the_task_has_its_own_words_and_its_marker(
    heading: str | None, text: str, expected: Verdict
) -> None:
    """Up to ten characters more than its words; the task's own text ends where the document does."""
    section = {"section_id": "s", "heading": heading, "start": 8}
    assert words_of(f"Mở đầu. {text}", "quý I", document={"end": 0}, sections=[section]) is expected


def test_a_heading_with_no_task_after_it_has_all_of_its_section() -> None:
    text = f"«Xây kho». 1. Việc {'x' * 99} quý I. 2. Hết"
    sections = [at(text, f"1. Việc {'x' * 99} quý I", section_id="s", heading="Việc")]
    assert words_of(text, "quý I", sections=sections) is SAID
    assert words_of(text, "quý I. 2", sections=sections) is CONTRADICTED


@pytest.mark.parametrize(
    ("rows", "words", "expected"),
    [
        (["1\t«Xây kho»\tSở Y tế\tQuý II"], "quý II", SAID),
        (["1\t«Xây kho»\tSở Y tế\tQuý II"], "quý I", CONTRADICTED),
        (["1|«Xây kho»|Sở Y tế\nquý II"], "quý II", SAID),
        (["1|«Xây kho»|Sở Y tế\nquý II"], "Sở Y tế quý II", SAID),
        (["1\tĐào ao\tQuý II", "2\t«Xây kho»"], "quý II", SAID),
        (["1\tĐào ao\tQuý II", "2\t«Xây kho»\tSở Y tế"], "quý II", CONTRADICTED),
        (["1\tĐào ao", "2\t«Xây kho»\tSở Y tế"], "Đào ao", CONTRADICTED),
        (["2\t«Xây kho»", "1\tĐào ao\tQuý II"], "quý II", CONTRADICTED),
    ],
)
def test_words_of_a_row_are_one_of_its_cells(
    rows: list[str], words: str, expected: Verdict
) -> None:
    text = "\n".join(["Tên bảng", *rows])
    blocks = [
        at(text, row.replace("«", "").replace("»", ""), kind="row", block_id=row) for row in rows
    ]
    assert words_of(text, words, blocks=blocks) is expected
    paragraph = [at(text, "Tên bảng"), *blocks]
    assert words_of(text, words, blocks=paragraph) is expected


# --- the day


def due(day: date | None, words: str | None, basis: str | None = "stated") -> Row:
    return {"deadline": day, "deadline_text": words, "deadline_basis": basis}


@pytest.mark.parametrize(
    ("row", "document", "expected"),
    [
        (due(None, None), {}, SAID),
        (due(JUNE, None), {}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025"), {}, SAID),
        (due(JUNE, "trước ngày 30/6/25"), {}, SAID),
        (due(JUNE, "trước ngày 30/6/2026"), {}, CONTRADICTED),
        (due(date(2025, 6, 29), "trước ngày 30/6/2025"), {}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": date(2024, 12, 9)}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": date(2023, 12, 9)}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {"date": date(2026, 1, 9)}, CONTRADICTED),
        (due(date(2026, 6, 30), "trước ngày 30/6"), {}, SAID),
        (due(JUNE, "trước ngày 30/6/2025"), {"date": date(2030, 1, 9)}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": None}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "title": "Phát triển rừng năm 2025"}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "number": "1/2025/KH"}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "title": None, "number": None}, CONTRADICTED),
        (due(date(2025, 3, 13), "trong 10 ngày từ ngày ký", "counted"), {}, SAID),
        (due(date(2025, 12, 28), "trong 300 ngày từ ngày ký", "counted"), {}, SAID),
        (due(date(2025, 3, 14), "trong 10 ngày từ ngày ký", "counted"), {}, CONTRADICTED),
    ],
)  # fmt: skip
def test_deadline(row: Row, document: Row, expected: Verdict) -> None:
    assert verdict("tasks.deadline", TASK, row, document) is expected


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("Năm 2025. «Xây kho».", None, SAID),
        ("«Xây kho năm 2025».", None, SAID),
        ("«Xây kho». Năm 2025.", None, CONTRADICTED),
        ("«Xây kho».", "Việc năm 2025", SAID),
        (f"Năm 2025{'x' * (1496)}«Xây kho».", None, SAID),
        (f"Năm 2025{'x' * (1497)}«Xây kho».", None, CONTRADICTED),
    ],
)
def test_the_year_of_a_deadline_stands_in_the_task_above_it_or_in_its_heading(
    text: str, heading: str | None, expected: Verdict
) -> None:
    row = {**due(JUNE, "trước ngày 30/6"), "section_id": "s"}
    sections = [{"section_id": "s", "heading": heading}]
    assert verdict("tasks.deadline", text, row, {"date": None}, sections=sections) is expected


@pytest.mark.parametrize(
    ("words", "true", "false"),
    [
        ("trước ngày 12/10/2021", (2021, 10, 12), (2021, 10, 11)),
        ("ngày 12 tháng mười", (2021, 10, 12), (2021, 10, 13)),
        ("ngày 12", None, (2021, 10, 12)),
        ("giữa năm 2021", (2021, 6, 15), (2021, 6, 30)),
        ("giữa năm", (2021, 6, 15), None),
        ("sớm", None, (2021, 6, 15)),
        ("quý i", (2021, 3, 31), (2021, 6, 30)),
        ("quý ii/2021", (2021, 6, 30), (2021, 12, 31)),
        ("quý iii", (2021, 9, 30), (2021, 12, 31)),
        ("quý iv", (2021, 12, 31), (2021, 9, 30)),
        ("quý 1", (2021, 3, 31), (2021, 12, 31)),
        ("quý 2", (2021, 6, 30), (2021, 12, 31)),
        ("quý 3", (2021, 9, 30), (2021, 12, 31)),
        ("quý 4", (2021, 12, 31), (2021, 9, 30)),
        ("quý i và ii", (2021, 6, 30), (2021, 9, 30)),
        ("quý i, iii", (2021, 9, 30), (2021, 6, 30)),
        ("quý i - iv", (2021, 12, 31), (2021, 6, 30)),
        ("tháng 2", (2021, 2, 28), (2021, 12, 31)),
        ("2/2021", (2021, 2, 28), (2021, 3, 31)),
        ("từ tháng 9 đến 11/2021", (2021, 11, 30), (2021, 12, 31)),
        ("9, 11 hằng năm", (2021, 11, 30), (2021, 12, 31)),
        ("6 tháng đầu năm", (2021, 6, 30), (2021, 12, 31)),
        ("nửa đầu", (2021, 6, 30), (2021, 12, 31)),
        ("trong năm", (2021, 12, 31), (2021, 11, 30)),
        ("2021", (2021, 12, 31), (2022, 12, 31)),
        ("cuối kỳ", None, (2021, 12, 31)),
    ],
)  # fmt: skip
def test_the_day_that_words_name(
    words: str, true: tuple[int, int, int] | None, false: tuple[int, int, int] | None
) -> None:
    assert true is None or _names_day(words, date(*true))
    assert false is None or not _names_day(words, date(*false))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (due(None, None, None), SAID),
        (due(None, None, "stated"), CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025", None), CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025"), SAID),
        (due(JUNE, "30 ngày từ ngày ký"), SAID),
        (due(JUNE, "30 ngày từ ngày ký", "counted"), SAID),
        (due(JUNE, "trước ngày 30/6/2025", "counted"), CONTRADICTED),
        (due(JUNE, None, "counted"), CONTRADICTED),
    ],
)
def test_the_basis_of_a_deadline(row: Row, expected: Verdict) -> None:
    assert verdict("tasks.deadline_basis", TASK, row) is expected


@pytest.mark.parametrize(
    ("cadence", "words", "expected"),
    [
        (None, None, SAID),
        (None, "hằng năm", SAID),
        ("yearly", None, CONTRADICTED),
        ("yearly", "Hằng năm", SAID),
        ("monthly", "hằng năm", CONTRADICTED),
        ("quarterly", "mỗi quý", SAID),
        ("ongoing", "thường xuyên", SAID),
    ],
)
def test_cadence(cadence: str | None, words: str | None, expected: Verdict) -> None:
    row = {"cadence": cadence, "deadline_text": words}
    assert verdict("tasks.cadence", TASK, row) is expected
