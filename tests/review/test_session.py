"""What a person says of a row is in review.csv or corrections.csv at once, and in the rows at the next build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_plans import add_plan, files_of
from under_review import HOSTILE, session_of, with_words_of_no_row

from khplans.errors import KhplansError, in_language
from khplans.intake import load_plan
from khplans.pipeline import tables_of
from khplans.review.items import DONE, DOUBTFUL, Item
from khplans.review.session import Session, told_of
from khplans.tables.rows import Row
from khplans.text.passage import Span
from khplans.text.visible import visible

HEALTH, TRADE = HOSTILE.index("Sở Y tế chủ"), HOSTILE.index("Sở Công Thương đẩy")


def item(session: Session, start: int, table: str = "tasks") -> Item:
    (found,) = (one for one in session.state.items if (one.table, one.span.start) == (table, start))
    return found


def confirm(session: Session, one: Item, same: bool = False, **values: str) -> int:
    return session.confirm(one.key, told_of(one), values, "xem ảnh", same)


def built(folder: Path, start: int, table: str = "tasks") -> Row:
    rows = tables_of(load_plan(folder))
    assert not [row for row in rows["warnings"] if row["code"].startswith("judgement-")]
    (found,) = (row for row in rows[table] if row["start"] == start)
    return found


def test_the_doubtful_come_first_and_what_was_looked_at_last(folder: Path) -> None:
    session = session_of(folder)
    assert session.state.items[0].rank == DOUBTFUL
    first = session.state.items[0]
    confirm(session, first)
    session.refresh()
    assert session.state.items[-1].key == first.key
    assert [one.rank for one in session.state.items] == sorted(i.rank for i in session.state.items)


def test_a_row_is_confirmed_corrected_and_corrected_back(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE), deadline="2025-06-30", lead="Sở Tài chính;Sở KH&CN")
    assert item(session, TRADE).rank == DONE
    row = built(folder, TRADE)
    assert (str(row["deadline"]), row["reviewed"]) == ("2025-06-30", "corrected")
    confirm(session, item(session, TRADE), lead="Sở Công Thương")
    session.refresh()
    assert item(session, TRADE).values["lead"] == "Sở Công Thương"
    confirm(session, item(session, TRADE), deadline="2024-06-30")
    assert {one.column for one in load_plan(folder).judgements} == {""}
    assert built(folder, TRADE)["reviewed"] == "confirmed"


def test_bodies_of_other_provinces_stay_theirs(folder: Path) -> None:
    session = session_of(folder)
    confirm(
        session, item(session, TRADE), lead="Sở Y tế; Sở Y tế tỉnh Long An; Sở Y tế tỉnh Sơn La"
    )
    task = built(folder, TRADE)
    parts = tables_of(load_plan(folder))["task_agencies"]
    assert {one["agency_id"] for one in parts if one["task_id"] == task["task_id"]} == {
        "lao-cai-so-y-te", "long-an-so-y-te", "son-la-so-y-te",
    }  # fmt: skip
    session.refresh()
    confirm(session, item(session, TRADE))
    assert built(folder, TRADE)["reviewed"] == "corrected"


def test_what_is_confirmed_as_it_is_shown_is_not_changed(tmp_path: Path) -> None:
    text = HOSTILE.replace("kinh tế - xã hội năm", "kinh tế \u202e xã hội năm")
    text = text.replace("1. Sở Y tế chủ", "1. Tổ Đèn \u200blồng chủ").replace(
        "68/92 xã", "68/92 viên"
    )
    session = session_of(add_plan(tmp_path / "plans", "a", text))
    for one in session.state.items:
        if one.table != "warnings":
            shown = {column: visible(value) for column, value in one.values.items()}
            session.confirm(one.key, told_of(one), shown, "xem ảnh", False)
    judgements = load_plan(session.folder).judgements
    assert judgements
    assert {one.column for one in judgements} == {""}


def test_what_the_page_assumes_is_what_the_build_gives(folder: Path) -> None:
    session = session_of(folder)
    for one in list(session.state.items):
        if one.table != "warnings":
            confirm(session, item(session, one.span.start, one.table))
    confirm(session, item(session, HEALTH), coordinate="", output="Báo cáo", deadline="")
    assumed = {
        one.key: (one.reading, one.row["reviewed"])
        for one in session.state.items
        if one.table != "warnings"
    }
    session.refresh()
    read = {
        one.key: (one.reading, one.row["reviewed"])
        for one in session.state.items
        if one.table != "warnings"
    }
    assert read == assumed
    assert not session.state.assumed


def test_all_alike_are_put_right_at_once_and_taken_back_at_once(folder: Path) -> None:
    session = session_of(folder)
    number = next(one for one in session.state.items if one.table == "indicators")
    assert confirm(session, number, same=True, period="2026") == 3
    assert {one.row["period"] for one in _rows(folder)} == {"2026"}
    assert session.undo("")
    assert {one.row["period"] for one in _rows(folder)} == {"2025"}
    assert not session.undo("")


def _rows(folder: Path) -> list[Item]:
    return [one for one in session_of(folder).state.items if one.table == "indicators"]


def test_a_row_that_is_none_goes_and_comes_back(folder: Path) -> None:
    session = session_of(folder)
    one = item(session, TRADE)
    session.reject(one.key, told_of(one), "xem ảnh")
    session.refresh()
    with pytest.raises(KhplansError, match="không còn nữa"):
        session.state.item(one.key)
    session.undo("")
    assert item(session, TRADE).reading == one.reading


def test_what_was_missed_is_added_put_right_and_taken_out(folder: Path) -> None:
    session = session_of(folder)
    start = HOSTILE.index("nâng cao chất lượng")
    session.add("tasks", Span(start - 1, start + 20), {"lead": "Sở KH&CN"}, "bị sót")
    session.refresh()
    assert item(session, start).values["lead"] == "Sở Khoa học và Công nghệ"
    confirm(session, item(session, start), output="Đề án")
    assert (built(folder, start)["output"], built(folder, start)["reviewed"]) == ("Đề án", "added")
    one = item(session, start)
    session.reject(one.key, told_of(one), "nhầm")
    assert load_plan(folder).judgements == ()


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("indicators", {"name": "a"}, "value"),
        ("indicators", {"name": "a", "value": "x", "unit": "percent"}, "'x'"),
        ("citations", {"document_type": "Luật"}, r"Number \(number\) / Name \(name\)"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    folder: Path, table: str, values: dict[str, str], said: str
) -> None:
    session, files = session_of(folder), files_of(folder)
    with pytest.raises(KhplansError, match=said):
        session.add(table, Span(TRADE, TRADE + 6), values, "bị sót")
    assert files_of(folder) == files


@pytest.mark.parametrize(
    ("table", "told", "cleared"),
    [
        ("citations", {"document_type": "Luật", "name": "Đất đai"}, {"name": ""}),
        ("tasks", {"lead": "Sở Y tế"}, {"output": "a\nb"}),
        ("tasks", {"lead": "Sở Y tế"}, {"colour": "red"}),
    ],
)
def test_what_was_added_is_not_put_wrong(
    folder: Path, table: str, told: dict[str, str], cleared: dict[str, str]
) -> None:
    session, start = session_of(folder), HOSTILE.index("xúc tiến")
    session.add(table, Span(start, start + 8), told, "bị sót")
    session.refresh()
    files = files_of(folder)
    with pytest.raises(KhplansError) as refused:
        confirm(session, item(session, start, table), **cleared)
    assert ":0" not in str(refused.value)
    with pytest.raises(KhplansError, match="begins here already"):
        session.add(table, Span(start, start + 14), told, "bị sót")
    assert files_of(folder) == files


def lost(session: Session) -> Item:
    return next(i for i in session.state.items if i.table == "warnings")


def test_who_looked_at_doubted_words_is_not_asked_again(tmp_path: Path) -> None:
    folder = with_words_of_no_row(tmp_path)
    session = session_of(folder)
    one = lost(session)
    with pytest.raises(KhplansError, match="no row"):
        session.reject(one.key, told_of(one), "xem ảnh")
    confirm(session, one)
    again = session_of(folder)
    assert (lost(again).key, lost(again).rank) == (one.key, DONE)
    told = [row for row in again.state.rows["warnings"] if row["reviewed"]]
    assert {row["code"] for row in told} == {doubt["code"] for doubt in one.doubts}
    session.undo("")
    assert lost(session_of(folder)).rank == one.rank


def test_another_doubt_about_the_same_words_is_asked_about(tmp_path: Path) -> None:
    folder = with_words_of_no_row(tmp_path)
    confirm(session := session_of(folder), lost(session))
    review = folder / "review.csv"
    code = lost(session).reading
    review.write_text(review.read_text("utf-8").replace(code, "words-unsure"), "utf-8")
    session.refresh()
    assert lost(session).rank != DONE
    assert "judgement-outdated" in {row["code"] for row in session.state.rows["warnings"]}
    confirm(session, lost(session))
    session.refresh()
    assert lost(session).rank == DONE
    assert not [r for r in session.state.rows["warnings"] if r["code"].startswith("judgement-")]


def test_a_doubt_about_the_words_of_a_heading_is_the_heading_s(tmp_path: Path) -> None:
    text = HOSTILE.replace("I. MỤC TIÊU", "V. MỤC TIÊU")
    session = session_of(add_plan(tmp_path / "plans", "a", text))
    doubted = [one for one in session.state.items if one.doubts and one.table == "sections"]
    assert {doubt["code"] for one in doubted for doubt in one.doubts} == {"marker-out-of-order"}
    assert not any(one.table == "warnings" for one in session.state.items)


def test_who_looked_at_a_row_has_seen_its_doubts(folder: Path) -> None:
    session = session_of(folder)
    one = next(i for i in session.state.items if i.doubts and i.table == "tasks")
    ids = {doubt["warning_id"] for doubt in one.doubts if doubt["table"] == "tasks"}
    confirm(session, one)
    session.refresh()
    seen = {r["warning_id"] for r in session.state.rows["warnings"] if r["reviewed"]}
    assert ids <= seen
    assert len(seen) < len(session.state.rows["warnings"])


def test_a_row_that_reads_otherwise_since_is_asked_about_first(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE), deadline="2025-06-30")
    review = folder / "review.csv"
    changed = "2025-06-29".join(review.read_text("utf-8").rsplit("2025-06-30", 1))
    review.write_text(changed, "utf-8")
    session.refresh()
    assert item(session, TRADE).rank == DOUBTFUL
    confirm(session, item(session, TRADE), deadline="2025-06-30")
    session.refresh()
    assert item(session, TRADE).rank == DONE


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda data: data.replace(b",", b";"), r"review\.csv:1: .*save it with commas"),
        (lambda data: b"\n", r"review\.csv: .*an empty file.*delete it"),
    ],
)
def test_a_file_that_a_spreadsheet_spoilt_says_what_to_do(
    folder: Path, spoilt: Callable[[bytes], bytes], told: str
) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE))
    review = folder / "review.csv"
    review.write_bytes(spoilt(review.read_bytes()))
    with pytest.raises(KhplansError, match=told):
        load_plan(folder)


def test_an_editor_s_line_ends_change_no_judgement(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE), deadline="2025-06-30")
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b"\n", b"\r\n"))
    assert built(folder, TRADE)["reviewed"] == "corrected"


def test_each_page_takes_back_what_was_done_on_it(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE), deadline="2025-06-30")
    session.sign("one")
    confirm(session, item(session, HEALTH), output="Báo cáo")
    session.sign("other")
    assert session.pages_to_undo == ["one", "other"]
    done = session.undo("one")
    assert done is not None
    assert [one.span.start for one in done.was] == [TRADE]
    assert item(session, TRADE).values["deadline"] != "2025-06-30"
    assert session.undo("one") is None
    assert built(folder, HEALTH)["output"] == "Báo cáo"


def test_what_can_no_longer_be_taken_back_does_not_stand_in_the_way(folder: Path) -> None:
    one = session_of(folder)
    confirm(one, item(one, HEALTH), output="Báo cáo")
    confirm(one, item(one, TRADE), deadline="2025-06-30")
    other = session_of(folder, "Minh")
    confirm(other, item(other, TRADE), deadline="2025-07-30")
    with pytest.raises(KhplansError, match="changed since"):
        one.undo("")
    assert one.undo("")
    assert built(folder, HEALTH)["output"] != "Báo cáo"


def test_a_file_that_a_hand_broke_is_told_of_once(folder: Path) -> None:
    session = session_of(folder)
    (folder / "review.csv").write_text('start,"', "utf-8")
    with pytest.raises(KhplansError) as told:
        confirm(session, item(session, HEALTH), output="Báo cáo")
    assert told.value.in_language("vi").count("review.csv") == 1
    assert told.value.in_language("vi") == in_language(session.state.error, "vi")


def test_a_unit_is_told_by_its_name(folder: Path) -> None:
    session = session_of(folder)
    start = HOSTILE.index("37,9")
    one = next(
        i
        for i in session.state.items
        if i.table == "indicators" and i.span.start <= start < i.span.end
    )
    confirm(session, one, unit="tấn/ha")
    assert built(folder, one.span.start, "indicators")["unit"] == "tonne_per_hectare"
    session.refresh()
    with pytest.raises(KhplansError, match="the unit that the row has"):
        confirm(session, item(session, one.span.start, "indicators"), unit="tấn / ha")
    with pytest.raises(KhplansError, match=r"the nearest: .*giường bệnh"):
        confirm(session, item(session, one.span.start, "indicators"), unit="giường bệnhh")
    with pytest.raises(KhplansError, match="no such unit"):
        confirm(session, item(session, one.span.start, "indicators"), unit="nghìn tấn")


def test_one_misread_word_is_put_right_wherever_it_stands(folder: Path) -> None:
    session = session_of(folder)
    start = HOSTILE.index("Sở Y tế")
    span = Span(start, start + 2)
    assert session.correct(span, "Số", "xem ảnh", span) == HOSTILE.count("Sở ")
    assert len(load_plan(folder).source.corrections) == HOSTILE.count("Sở ")
    session.undo("")
    assert load_plan(folder).source.corrections == ()


def test_a_misread_word_is_put_right_only_where_it_stands_among_those_chosen(folder: Path) -> None:
    session = session_of(folder)
    start = HOSTILE.index("Sở Y tế")
    chosen = Span(start, start + len("Sở Y tế"))
    assert session.correct(Span(start, start + 2), "Số", "xem ảnh", chosen) == HOSTILE.count(
        "Sở Y tế"
    )
    assert HOSTILE.count("Sở Y tế") < HOSTILE.count("Sở ")
    after = {one.span.start for one in load_plan(folder).source.corrections}
    assert all(HOSTILE.startswith("Sở Y tế", place) for place in after)


def test_of_two_who_judge_the_same_row_the_file_on_disk_wins(folder: Path) -> None:
    one, other = session_of(folder), session_of(folder, "Minh")
    seen = item(other, TRADE)
    confirm(one, item(one, TRADE), deadline="2025-06-30")
    with pytest.raises(KhplansError, match="the file on disk wins"):
        confirm(other, seen, deadline="2026-06-30")
    confirm(other, item(other, HEALTH), output="Báo cáo")
    assert built(folder, TRADE)["deadline"].year == 2025
    assert built(folder, HEALTH)["output"] == "Báo cáo"
    one.refresh()
    assert item(one, HEALTH).values["output"] == "Báo cáo"


def test_of_two_who_judge_the_same_row_at_once_the_first_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = session_of(folder), session_of(folder, "Minh")
    confirm(other, item(other, TRADE), deadline="2025-06-30")
    monkeypatch.setattr(one, "_version", lambda: one.state.version)  # looked before it was written
    with pytest.raises(KhplansError, match="the file on disk wins"):
        confirm(one, item(one, TRADE), deadline="2026-06-30")
    confirm(one, item(one, HEALTH), output="Báo cáo")
    assert built(folder, TRADE)["deadline"].year == 2025


def test_what_another_changed_since_is_not_undone(folder: Path) -> None:
    one = session_of(folder)
    confirm(one, item(one, TRADE), deadline="2025-06-30")
    other = session_of(folder, "Minh")
    confirm(other, item(other, TRADE), deadline="2025-07-30")
    with pytest.raises(KhplansError, match="changed since"):
        one.undo("")
    assert built(folder, TRADE)["deadline"].month == 7


def test_a_file_broken_by_hand_is_told_and_kept(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, item(session, TRADE))
    review = folder / "review.csv"
    broken = review.read_bytes().replace(b"tasks", b"task", 1)
    review.write_bytes(broken)
    with pytest.raises(KhplansError, match="không phải một trong") as refused:
        confirm(session, item(session, HEALTH))
    assert "review.csv:2" in str(refused.value)
    assert review.read_bytes() == broken
    review.write_bytes(broken.replace(b"task,", b"tasks,", 1))
    session.refresh()
    confirm(session, item(session, HEALTH))
    assert not session.state.error


def test_nothing_but_the_two_files_is_written(folder: Path) -> None:
    before, session = files_of(folder.parent.parent), session_of(folder)
    confirm(session, item(session, TRADE), deadline="2025-06-30")
    session.correct(Span(TRADE, TRADE + 2), "Số", "xem ảnh")
    after = files_of(folder.parent.parent)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed == {"plans/a/corrections.csv", "plans/a/review.csv"}


@pytest.mark.parametrize("sign", ["\r", "\0", "x" * 140_000])
def test_what_is_written_can_be_read_again_or_is_refused(folder: Path, sign: str) -> None:
    session, strange = session_of(folder), f"a{sign}b"
    one = item(session, TRADE)
    answers: list[Callable[[], object]] = [
        lambda: session.confirm(one.key, told_of(one), {"output": strange}, "xem ảnh", False),
        lambda: session.reject(one.key, told_of(one), strange),
        lambda: session.correct(Span(0, 2), strange, strange),
    ]
    for answer in answers:
        before = files_of(folder)
        try:
            answer()
        except KhplansError:
            assert sign != "\r"
            assert files_of(folder) == before
        else:
            assert strange in repr(load_plan(folder)).replace("\\r", "\r")
            session.undo("")
