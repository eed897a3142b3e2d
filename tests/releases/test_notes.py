"""What readers of the notes see of a change: the words that changed, once, and what they know the row by."""

from __future__ import annotations

from khplans.releases.changes import CellChange, Changes, RowChange
from khplans.releases.notes import Facts, release_notes
from khplans.releases.versioning import Step

LONG = (
    "Rà soát, sắp xếp mạng lưới trạm y tế xã, trình phương án {} trước ngày 30/6/2025 theo quy định"
)


def cell(column: str, before: str, after: str) -> CellChange:
    return CellChange(column, before, after, "correction")


def task(number: int, *cells: CellChange, words: str = LONG.format("xếp lại")) -> RowChange:
    return RowChange("tasks", (f"a:I:{number}",), "changed", cells, "correction", "a", words)


def part(agency: str, role: str, change: str, *cells: CellChange) -> RowChange:
    words = f"{agency} ({role}): {LONG.format('xếp lại')}"
    key = ("a:I:1", agency, role)
    return RowChange("task_agencies", key, change, cells, "review", "a", words)  # type: ignore[arg-type]


def notes(*rows: RowChange, language: str = "vi") -> str:
    step = Step("1.0.1", "patch", "có giá trị thay đổi", "values changed")
    titles = {"tasks": ("Nhiệm vụ", "Tasks"), "tasks.text": ("Nội dung", "Text")}
    facts = Facts("1.0.1", "2026-11-30", "1.0.0", step, {}, ("a",), ("a",), titles)
    return release_notes(Changes((), {}, rows), facts, language).replace("\\", "")


def test_the_words_that_changed_stand_once_with_those_beside_them() -> None:
    old, new = LONG.format("sắp xệp"), LONG.format("sắp xếp")
    told = notes(
        task(1, cell("text", old, new), cell("output", old, new), cell("end", "548", "556"))
    )
    assert "    - Nội dung (text), output: … phương án sắp xệp trước ngày 30/6/2025 … → … phương án sắp xếp trước ngày 30/6/2025 …" in told  # fmt: skip
    assert told.count("xệp") == 1
    assert "548" not in told


def test_places_and_looks_are_counted_and_not_told() -> None:
    told = notes(
        task(1, cell("start", "1", "2"), cell("reviewed", "", "confirmed")),
        task(2, cell("deadline", "2025-06-30", "2025-09-30")),
    )
    assert "a:I:1" not in told
    assert "1 dòng chỉ khác vị trí" in told
    assert "deadline: 2025-06-30 → 2025-09-30" in told


def test_who_leads_now_stands_with_the_task() -> None:
    rows = (
        part("Sở Tài chính", "lead", "removed"), part("Sở Y tế", "lead", "added"),
        part("Sở Nội vụ", "coordinate", "changed", cell("form", "Số Nội vụ", "Sở Nội vụ")),
    )  # fmt: skip
    told = notes(*rows)
    assert "    - Chủ trì: Sở Tài chính → Sở Y tế\n" in told
    assert told.count("Rà soát, sắp xếp") == 1
    assert "\n\ntask_agencies: 1 dòng thêm, 1 dòng bỏ, 1 dòng sửa\n" in told
    assert "Sở Nội vụ" not in told
    assert '["' not in told
    told = notes(*rows, part("Sở Công thương", "lead", "added"))
    assert "Chủ trì: bỏ Sở Tài chính; thêm Sở Y tế; thêm Sở Công thương\n" in told
    told = notes(task(1, cell("reviewed", "", "corrected")), *rows)
    assert "chỉ khác vị trí" not in told
    told = notes(task(1, cell("deadline", "", "2025-09-30")), *rows, language="en")
    assert "    - deadline: (empty) → 2025-09-30\n    - Lead agency: Sở Tài chính → Sở Y tế\n" in told  # fmt: skip


def test_the_same_words_in_many_rows_are_told_once() -> None:
    rows = [
        task(n, cell("text", f"phát triến nghề {n}.", f"phát triển nghề {n}.")) for n in range(9)
    ]
    told = notes(*rows, task(9, cell("text", "nghề 9", "nghề rừng 9")))
    assert "- **sửa** 9 dòng (sửa lỗi nhận dạng)\n    - Nội dung (text): triến → triển\n" in told
    assert "    - a:I:0; a:I:1; a:I:2; a:I:3; a:I:4; …\n" in told
    assert told.count("triển") == 1
    assert "Nội dung (text): nghề 9 → nghề rừng 9" in told


def test_what_people_ask_about_first_stands_first() -> None:
    row = RowChange("agencies", ("so-y-te",), "added", (), "code", "", "Sở Y tế")
    other = RowChange("warnings", ("w",), "removed", (), "code", "a", "Ngờ")
    told = notes(other, row, task(1, cell("deadline", "", "2025-09-30")))
    assert told.index("Nhiệm vụ") < told.index("agencies") < told.index("warnings")


def test_days_and_numbers_are_told_whole_and_each_with_its_row() -> None:
    told = notes(
        task(1, cell("deadline", "2025-06-30", "2025-09-30")),
        task(2, cell("deadline", "2024-06-15", "2024-09-15")),
        task(3, cell("output", "tăng 8,1%", "tăng 8,5%")),
        task(4, cell("output", "tăng 40,1%", "tăng 40,5%")),
        task(5, cell("output", "giảm -3", "giảm 3")),
        task(6, cell("output", "còn -3", "còn 3")),
    )
    assert "deadline: 2025-06-30 → 2025-09-30" in told
    assert "deadline: 2024-06-15 → 2024-09-15" in told
    assert "output: tăng 8,1% → tăng 8,5%" in told
    assert "output: tăng 40,1% → tăng 40,5%" in told
    assert "2 dòng (sửa lỗi nhận dạng)\n    - output: -3 → 3\n" in told


def test_the_same_words_in_other_columns_are_told_apart() -> None:
    told = notes(
        task(1, cell("text", "phát triến nghề", "phát triển nghề")),
        task(2, cell("output", "phát triến nghề", "phát triển nghề")),
    )
    assert "Nội dung (text): phát triến nghề → phát triển nghề" in told
    assert "output: phát triến nghề → phát triển nghề" in told


def test_keys_of_several_columns_are_for_machines() -> None:
    rows = [
        RowChange("other_names", ("so-y-te", form), "changed", (cell("source", "a", "b"),), "code", "", f"Sở Y tế: {form}")
        for form in ("sở y tế", "ngành y tế")
    ]  # fmt: skip
    assert "- **sửa** Sở Y tế: sở y tế (cách đọc thay đổi)\n" in notes(rows[0])
    assert "    - Sở Y tế: sở y tế; Sở Y tế: ngành y tế\n" in notes(*rows)


def test_rows_that_came_or_went_are_told_one_by_one() -> None:
    rows = [
        RowChange("agencies", (name,), change, (), "code", "a", f"Ban {name}")
        for change in ("added", "removed")
        for name in (f"{change} 1", f"{change} 2")
    ]  # type: ignore[misc]
    told = notes(*rows)
    assert [line.partition(" (")[0] for line in told.splitlines() if line.startswith("- **")] == [
        "- **thêm** Ban added 1", "- **thêm** Ban added 2", "- **bỏ** Ban removed 1", "- **bỏ** Ban removed 2",
    ]  # fmt: skip


def test_where_no_row_changed_the_notes_say_so() -> None:
    said = "không dòng nào thay đổi"
    assert said in notes()
    assert said not in notes(task(1, cell("deadline", "", "2025-09-30")))
