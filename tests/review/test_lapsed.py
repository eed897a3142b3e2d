"""What was judged and holds no longer is among the doubtful, and goes with an answer or with a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from under_review import HOSTILE, TODAY, serving, session_of

from khplans.errors import KhplansError
from khplans.intake import load_plan
from khplans.intake.review_file import review_bytes
from khplans.model import Judgement
from khplans.review.items import DOUBTFUL, JUDGEMENTS, Item
from khplans.review.session import Session, told_of
from khplans.text.passage import Span

TRADE = HOSTILE.index("Sở Công Thương đẩy")


@pytest.fixture
def judged(folder: Path) -> Path:
    """The folder of a plan with one corrected row: its deadline, and all of it."""
    session = session_of(folder)
    (one,) = (i for i in session.state.items if (i.table, i.span.start) == ("tasks", TRADE))
    session.confirm(one.key, told_of(one), {"deadline": "2025-06-30"}, "xem ảnh", False)
    return folder


def lapsed(session: Session) -> Item:
    (one,) = (item for item in session.state.items if item.lapsed)
    return one


def rewrite(folder: Path, change: Callable[[Judgement], Judgement]) -> None:
    (folder / "review.csv").write_bytes(review_bytes(map(change, load_plan(folder).judgements)))


def other_reading(one: Judgement) -> Judgement:
    return replace(one, before="2023-01-31") if one.column else one


def known_by_itself(one: Judgement) -> Judgement:
    reading = one.after.replace("2025-06-30", "2024-06-30")
    return replace(one, before="2023-01-31" if one.column else reading, after=reading)


def other_words(one: Judgement) -> Judgement:
    return replace(one, span=Span(one.span.start + 2, one.span.end + 2))


@pytest.mark.parametrize("change", [other_reading, known_by_itself])
def test_of_a_row_it_is_asked_about_and_the_answer_takes_its_place(
    judged: Path, change: Callable[[Judgement], Judgement]
) -> None:
    rewrite(judged, change)
    session = session_of(judged)
    one = lapsed(session)
    assert (one.table, one.span.start, one.rank) == ("tasks", TRADE, DOUBTFUL)
    session.confirm(one.key, told_of(one), {}, "xem ảnh", False)
    session.refresh()
    assert {one.column for one in load_plan(judged).judgements} == {""}
    assert not any(one.lapsed for one in session.state.items)


def test_of_words_that_are_gone_it_is_dropped_and_put_back(judged: Path) -> None:
    rewrite(judged, other_words)
    before = (judged / "review.csv").read_bytes()
    session = session_of(judged)
    one = lapsed(session)
    assert (one.table, len(one.lapsed)) == (JUDGEMENTS, 2)
    with pytest.raises(KhplansError, match="holds no longer"):
        session.confirm(one.key, told_of(one), {}, "xem ảnh", False)
    session.reject(one.key, told_of(one), "xem ảnh")
    session.refresh()
    assert not load_plan(judged).judgements
    assert all(one.table != JUDGEMENTS for one in session.state.items)
    assert session.undo("")
    session.refresh()
    assert (judged / "review.csv").read_bytes() == before
    assert lapsed(session).key == one.key


def test_the_page_shows_what_was_judged_and_drops_it_with_a_key(
    judged: Path, browser: Browser
) -> None:
    rewrite(judged, other_words)
    with serving(judged) as server:
        page = browser.new_page()
        page.goto(server.address)
        page.locator("#filter").fill("lời xét")
        page.locator("#queue button").first.press("Enter")
        page.locator("#card").focus()
        expect(page.locator("#what")).to_contain_text("Lời xét trong review.csv")
        expect(page.locator("#about")).to_contain_text("tasks.deadline")
        expect(page.locator("#confirm")).to_be_hidden()
        page.keyboard.press("x")
        expect(page.locator("#told")).to_contain_text("Đã ghi")
        expect(page.locator("#what")).not_to_contain_text("Lời xét")
    assert not load_plan(judged).judgements


def test_of_cells_it_is_known_though_other_lines_come_before_it(judged: Path) -> None:
    said = session_of(judged).state.plan.source.text
    start = said.index("III. TỔ CHỨC")
    words = said[start : said.index("\n", start)]
    gone = Judgement(
        "cells", "", Span(start, start + len(words)), words, f"1.1: {words}", f"1.2: {words}", "r", "Lan",
        TODAY, 0,
    )  # fmt: skip
    (judged / "review.csv").write_bytes(review_bytes([gone]))
    session = session_of(judged)
    assert lapsed(session).lapsed[0].table == "cells"
    first = min(session.state.items, key=lambda item: (item.table != "tasks", item.span))
    session.confirm(first.key, told_of(first), {}, "xem ảnh", False)
    session.refresh()
    assert lapsed(session).lapsed[0].line > 2
