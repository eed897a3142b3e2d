"""The cells of a table put right: moved, split, joined, before anything is found in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from small_plans import LAO_CAI, add_plan
from under_review import find_by_keys, serving, session_of

from khplans.checks.words.agencies import RULES as agencies_checks
from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.tasks import RULES as tasks_checks
from khplans.errors import KhplansError
from khplans.intake import load_plan
from khplans.intake.review_file import CELLS, read_judgements, review_bytes
from khplans.pipeline import tables_of
from khplans.review.session import Session, told_of
from khplans.tables.rows import Rows
from khplans.text.passage import Span

RUN_TOGETHER = "1\tLập đề án trồng rừng Sở Xây dựng\tQuý II/2025"
TWO_IN_ONE = "2\tMở hội nghị đầu tư\tSở Tài chính\tQuý III/2025 3 Kiểm tra chợ Sở Y tế Quý IV/2025"
TORN = "4\tBan hành kế hoạch\tSở Nội vụ\tNăm 2025\n5\tvà hướng dẫn việc thi đua"
LINES = "TT Việc phải làm Cơ quan chủ trì\n1 Dạy nghề cho lao động Sở Nội vụ"
TABLE = f"TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n{RUN_TOGETHER}\n{TWO_IN_ONE}\n{TORN}\n"
TEXT = LAO_CAI.replace("III. TỔ CHỨC", f"{TABLE}\nBảng khác\n\n{LINES}\n\nIII. TỔ CHỨC")
RIGHT = {
    RUN_TOGETHER: "1.1: 1\n1.2: Lập đề án trồng rừng\n1.3: Sở Xây dựng\n1.4: Quý II/2025",
    TWO_IN_ONE: (
        "1.1: 2\n1.2: Mở hội nghị đầu tư\n1.3: Sở Tài chính\n1.4: Quý III/2025\n"
        "2.1: 3\n2.2: Kiểm tra chợ\n2.3: Sở Y tế\n2.4: Quý IV/2025"
    ),
    TORN: (
        "1.1: 4\n1.2: Ban hành kế hoạch\n1.3: Sở Nội vụ\n1.4: Năm 2025\n-: 5\n1.2: và hướng dẫn việc thi đua"
    ),
    LINES: (
        "1.1: TT\n1.2: Việc phải làm\n1.3: Cơ quan chủ trì\n2.1: 1\n2.2: Dạy nghề cho lao động\n2.3: Sở Nội vụ"
    ),
}  # fmt: skip
"""Rows as the text has them, and as they should be read."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return add_plan(tmp_path / "plans", "a", TEXT)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def arrange(session: Session, words: str, after: str) -> None:
    found = session.cells(at(words))
    assert found.span == at(words)
    session.arrange(found.span, found.now, after, "xem ảnh")


def told(rows: Rows) -> list[str]:
    return [row["code"] for row in rows["warnings"] if row["code"].startswith("judgement-")]


def tasks(rows: Rows) -> dict[str, tuple[str, str, str]]:
    """What is to be done, by whom and by when, of the tasks with a lead."""
    return {
        " ".join(row["text"].split()): (part["agency_id"], part["basis"], str(row["deadline"]))
        for part in rows["task_agencies"]
        for row in rows["tasks"]
        if row["task_id"] == part["task_id"] and part["role"] == "lead"
    }


def test_cells_are_moved_split_and_joined_before_anything_is_found(folder: Path) -> None:
    session = session_of(folder)
    for words, after in RIGHT.items():
        arrange(session, words, after)
    rows = tables_of(load_plan(folder))
    assert not told(rows)
    found = tasks(rows)
    assert found["Lập đề án trồng rừng"] == ("lao-cai-so-xay-dung", "cell", "2025-06-30")
    assert found["Mở hội nghị đầu tư"] == ("lao-cai-so-tai-chinh", "cell", "2025-09-30")
    assert found["Kiểm tra chợ"] == ("lao-cai-so-y-te", "cell", "2025-12-31")
    assert found["Ban hành kế hoạch và hướng dẫn việc thi đua"] == (
        "lao-cai-so-noi-vu", "cell", "2025-12-31",
    )  # fmt: skip
    assert found["Dạy nghề cho lao động"][:2] == ("lao-cai-so-noi-vu", "cell")
    assert session.undo("")
    assert "Dạy nghề cho lao động" not in tasks(tables_of(load_plan(folder)))


def test_a_row_of_such_cells_that_is_confirmed_is_a_corrected_one_for_the_second_reading(
    folder: Path,
) -> None:
    session = session_of(folder)
    for words, after in RIGHT.items():
        arrange(session, words, after)
    session.refresh()
    for one in [i for i in session.state.items if i.table == "tasks"]:
        session.confirm(one.key, told_of(one), {}, "xem ảnh", False)
    rows = tables_of(load_plan(folder))
    reviewed = {" ".join(row["text"].split()): row["reviewed"] for row in rows["tasks"]}
    assert reviewed["Lập đề án trồng rừng"] == reviewed["Kiểm tra chợ"] == "corrected"
    assert reviewed[next(text for text in reviewed if text.startswith("Sở Công"))] == "confirmed"
    reading = SecondReading(whole_rows(rows), {"a": TEXT}, whole_rows(rows))
    wrong = {
        (result.check, tuple(result.examples))
        for check in (*tasks_checks, *agencies_checks)
        for result in check.results(reading, reading.in_text[check.table])
        if result.status == "failed" and result.severity == "error"
    }
    assert not wrong


def test_an_editor_that_ends_lines_in_another_way_changes_nothing(folder: Path) -> None:
    session = session_of(folder)
    for words, after in RIGHT.items():
        arrange(session, words, after)
    known = load_plan(folder).judgements
    path = folder / "review.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_plan(folder).judgements == known


def test_cells_that_are_right_as_they_are_change_nothing(folder: Path) -> None:
    session, before = session_of(folder), tables_of(load_plan(folder))
    for words in (RUN_TOGETHER, TWO_IN_ONE, TABLE.splitlines()[0]):
        arrange(session, words, session.cells(at(words)).read)
    assert tables_of(load_plan(folder)) == before


def test_cells_are_put_right_once_more_and_back(folder: Path) -> None:
    session = session_of(folder)
    arrange(session, RUN_TOGETHER, RIGHT[RUN_TOGETHER])
    session.refresh()
    shown = session.cells(at("trồng rừng"))
    assert [piece.place.column for piece in shown.pieces if piece.place] == [1, 2, 3, 4]
    session.arrange(
        shown.span,
        session.cells(shown.span).now,
        RIGHT[RUN_TOGETHER].replace("1.4:", "-:"),
        "xem ảnh",
    )
    (one,) = load_plan(folder).judgements
    assert (one.before, one.after[-14:]) == (shown.read, "-: Quý II/2025")
    session.arrange(shown.span, session.cells(shown.span).now, shown.read, "xem ảnh")
    assert not load_plan(folder).judgements


def test_a_merged_cell_goes_on_over_rows_and_those_that_are_split_from_them(folder: Path) -> None:
    session, both = session_of(folder), f"{RUN_TOGETHER}\n{TWO_IN_ONE}"
    merged = RIGHT[RUN_TOGETHER].replace("1.4:", "1-2.4:")
    free = f"2.1: 2\n2.2: Mở hội nghị đầu tư\n2.3: Sở Tài chính\n-: {TWO_IN_ONE[TWO_IN_ONE.index('Quý') :]}"
    arrange(session, both, f"{merged}\n{free}")
    assert tasks(tables_of(load_plan(folder)))["Mở hội nghị đầu tư"][2] == "2025-06-30"
    session.refresh()
    shown = session.cells(at("Mở hội nghị"))
    assert shown.span == at(both)


def test_a_line_that_was_in_no_row_becomes_one_and_those_around_stay(folder: Path) -> None:
    session, whole = session_of(folder), tables_of(load_plan(folder))
    row = "6 Tổng kết phong trào Sở Nội vụ Năm 2025"
    other = TEXT.replace("\n\nBảng khác", f"\n\n{row}\n\nBảng khác")
    session = session_of(add_plan(folder.parent.parent / "other" / "plans", "a", other))
    end = other.index(row) + len(row)
    found = session.cells(Span(other.index(TORN[-8:]), end))
    assert found.span.of(other).endswith(row)
    last = "-: 6 Tổng kết phong trào Sở Nội vụ Năm 2025"
    assert found.read.endswith(last)
    after = "2.1: 6\n2.2: Tổng kết phong trào\n2.3: Sở Nội vụ\n2.4: Năm 2025"
    session.arrange(found.span, found.now, found.read.replace(last, after), "xem ảnh")
    now = tasks(tables_of(load_plan(session.folder)))
    assert now.pop("Tổng kết phong trào") == ("lao-cai-so-noi-vu", "cell", "2025-12-31")
    assert now == tasks(whole)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: _text(folder, "trồng rừng Sở", "trồng cây Sở"), "judgement-words-gone"),
        (lambda folder: _review(folder, "1.3: Quý", "1.4: Quý"), "judgement-outdated"),
        (lambda folder: _swap(folder), "judgement-needless"),
    ],
)
def test_a_judgement_that_is_not_applied_is_told_with_its_line(
    folder: Path, spoil: Callable[[Path], None], code: str
) -> None:
    arrange(session_of(folder), RUN_TOGETHER, RIGHT[RUN_TOGETHER])
    spoil(folder)
    rows = tables_of(load_plan(folder))
    assert told(rows) == [code]
    assert "Dòng 2 của review.csv (cells)" in str(rows["warnings"])


def _text(folder: Path, old: str, new: str) -> None:
    """Another text of the plan, with the same review.csv."""
    other = add_plan(folder.parent.parent / "other", "a", TEXT.replace(old, new))
    for name in ("source.txt", "plan.toml"):
        (folder / name).write_bytes((other / name).read_bytes())


def _swap(folder: Path) -> None:
    """As if the code once read what is wrong, and now what is right."""
    path = folder / "review.csv"
    path.write_bytes(
        review_bytes(
            replace(one, before=one.after, after=one.before) for one in read_judgements(path)
        )
    )


def _review(folder: Path, old: str, new: str) -> None:
    path = folder / "review.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1.2: Lập đề án trồng rừng\n1.3", "1.2: Lập đề án\n1.3", "tiếp theo phải là 'trồng rừng"),
        ("1.2: Lập đề án trồng rừng\n1.3", "1.2: Lập đề án trồng rừng\n0.3", "không có dạng"),
        ("1.2: Lập đề án trồng rừng\n1.3", "2-1.2: Lập đề án trồng rừng\n1.3", "đứng trước đầu"),
        ("1.2: Lập đề án trồng rừng\n1.3", "1.2-3: Lập đề án trồng rừng\n1.3", "hai ô một chỗ"),
        ("\n1.4: Quý II/2025", "", "thiếu những chữ 'Quý II/2025'"),
        ("\n1.3: Quý II/2025", "\n1.3: Quý I/2025", "`from`: dòng 3"),
    ],
)
def test_cells_that_are_not_those_of_their_words_are_refused_with_their_line(
    folder: Path, old: str, new: str, said: str
) -> None:
    arrange(session_of(folder), RUN_TOGETHER, RIGHT[RUN_TOGETHER])
    _review(folder, old, new)
    with pytest.raises(KhplansError) as refused:
        read_judgements(folder / "review.csv")
    assert said in str(refused.value)
    assert "review.csv:2" in str(refused.value)


def test_what_the_person_saw_no_longer_is_the_file_on_disk_wins(folder: Path) -> None:
    one, other = session_of(folder), session_of(folder, "Minh")
    seen = one.cells(at(RUN_TOGETHER))
    arrange(one, RUN_TOGETHER, RIGHT[RUN_TOGETHER])
    for late in (other, one):  # another's page, and another tab of one's own
        with pytest.raises(KhplansError, match="the file on disk wins"):
            late.arrange(seen.span, seen.now, RIGHT[RUN_TOGETHER].replace("1.4:", "-:"), "a")
    with pytest.raises(KhplansError, match="the file on disk wins"):
        one.arrange(at(TORN), "1.1: 4", "1.1: 4", "xem ảnh")
    assert [j.who for j in load_plan(folder).judgements] == ["Lan"]


LOWER = "TT\tViệc\tHạn\n6\tXây dựng cầu mới\tQuý I/2025\n7\tĐào kênh thủy lợi\tQuý II/2025\n8\tKhám bệnh lưu động\tQuý III/2025"
IN_PIECES = TEXT.replace("\n\nBảng khác", f"\n\nBảng khác\n\n{LOWER}\n\nBảng cuối", 1)


def test_a_table_in_pieces_that_lost_a_column_is_put_together_by_keyboard_alone(
    browser: Browser, tmp_path: Path
) -> None:
    folder = add_plan(tmp_path / "plans", "a", IN_PIECES)
    with serving(folder) as server:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(server.address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        find_by_keys(page, "Xây dựng cầu")
        page.keyboard.press("t")
        grid = page.locator("#grid")
        expect(grid.locator("tr")).to_have_count(2)
        for key in [
            "a",
            "Home",
            "ArrowDown",
            "ArrowDown",
            "i",
        ]:  # from the third column to the fourth
            page.keyboard.press(key)
        expect(grid.locator("tr")).to_have_count(5)
        expect(grid.locator("th")).to_have_text(["1 TT", "2 Việc", "3 ", "4 Hạn"])
        page.keyboard.press("x")
        expect(grid.locator("th")).to_have_text(["1 TT", "2 Việc", "3 Hạn"])
        page.keyboard.press("x")
        expect(page.locator("#cells .refused")).to_contain_text("Cột 2 còn chữ")
        for key in ["i", "Home", "b", "b"]:  # the line between, then the row above
            page.keyboard.press(key)
        expect(grid.locator("th")).to_have_count(4)
        page.keyboard.press("b")
        expect(grid.locator("th").last).to_have_text("Bảng kế tiếp")
        for key in ["b", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "0", "Enter"]:
            page.keyboard.press(key)
        expect(page.locator("#cells")).to_be_hidden()
        assert not wrong
        page.context.close()
    (one,) = load_plan(folder).judgements
    assert one.before.count("--\n") == 1
    assert "--\n" not in one.after
    rows = tables_of(load_plan(folder))
    found = tasks(rows)
    assert {name: found[name][2] for name in found if name in LOWER} == {
        "Xây dựng cầu mới": "2025-03-31",
        "Đào kênh thủy lợi": "2025-06-30",
        "Khám bệnh lưu động": "2025-09-30",
    }
    aside = [row for row in rows["blocks"] if row["reason"] == "set-aside"]
    assert [IN_PIECES[row["start"] : row["end"]] for row in aside] == ["Bảng khác", "TT\tViệc\tHạn"]


def test_cells_are_put_right_by_keyboard_alone(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(server.address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()

        def put(words: str, keys: str) -> None:
            find_by_keys(page, words)
            page.keyboard.press("t")
            expect(page.locator("#cells")).to_be_visible()
            for key in keys.split():
                page.keyboard.press(key)
            expect(page.locator("#cells")).to_be_hidden()

        put("Sở Xây dựng", "ArrowDown > ArrowUp Home" + 6 * " ArrowRight" + " 3 Enter")
        put(
            "3 Kiểm tra",
            "s 1 ArrowRight 2" + " ArrowRight" * 3 + " 3" + " ArrowRight" * 3 + " 4 Enter",
        )
        put("và hướng dẫn", "j 0 z ArrowLeft 0 Enter")
        page.keyboard.press("z")
        expect(page.locator("#told")).to_contain_text("hoàn tác")
        put("và hướng dẫn", "j ArrowLeft 0 Enter")
        assert not wrong
        page.context.close()
    judged = {one.words: one.after for one in load_plan(folder).judgements}
    assert judged == {words: RIGHT[words] for words in (RUN_TOGETHER, TWO_IN_ONE, TORN)}
    assert {one.table for one in load_plan(folder).judgements} == {CELLS}


def test_keys_go_on_after_a_row_that_could_not_be_taken_in(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(server.address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        find_by_keys(page, "Sở Xây dựng")
        page.keyboard.press("t")
        rows = page.locator("#grid tr")
        expect(rows).to_have_count(2)
        page.context.set_offline(True)
        page.keyboard.press("+")
        expect(page.locator("#cells .refused")).to_contain_text("Máy chủ đã dừng")
        page.context.set_offline(False)
        page.keyboard.press("+")
        expect(rows).to_have_count(3)
        page.context.close()


def test_a_key_that_comes_before_the_plan_waits_for_it(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        held: list[Route] = []
        page.route("**/text", lambda route: held.append(route))
        page.goto(server.address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        with page.expect_event("requestfinished", lambda asked: "/cells/" in asked.url):
            page.locator("#card").press("t")
            held[0].continue_()
        expect(page.locator("#grid .at")).to_be_visible()
        page.context.close()
