"""A server or a browser that is killed loses at most the row in hand: each file is that before the answer or after it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from killing import run_killed, steps_of
from playwright.sync_api import Browser, CDPSession, expect
from proofs import Ran
from rounds import draws, rounds
from small_plans import add_plan, files_of
from under_review import HOSTILE, TODAY, serving, session_of

from khplans.intake import load_plan
from khplans.review.files import Word, corrected
from khplans.review.session import told_of
from khplans.text.passage import Span

_WORD = HOSTILE.index("thưong")
_LINE = Span(HOSTILE.index("Các sở, ban"), HOSTILE.index("\n\nNơi nhận"))
_KNOWN = {"source.txt", "plan.toml", "corrections.csv", "review.csv"}
_STEPS = [(0, 0), (2, 0), (8, 0), (9, 0), (9, 1)]
"""How many judgements and corrections there are after each answer."""


def _begin(start: Path) -> Callable[[Path], None]:
    """Four answers of a person, in a copy of the folder: a row, all like another, cells, a word."""
    session = session_of(start / "plans" / "a")

    def answers(root: Path) -> None:
        session.folder = root / "plans" / "a"
        for place, same in (
            (HOSTILE.index("Sở Công Thương đẩy"), False),
            (HOSTILE.index("10%"), True),
        ):
            one = next(i for i in session.state.items if i.span.start == place)
            values = {"output": "Báo cáo"} if one.table == "tasks" else {"period": "2026"}
            session.confirm(one.key, told_of(one), values, "xem ảnh", same)
        found = session.cells(_LINE)
        session.arrange(found.span, found.now, f"1.1: {_LINE.of(HOSTILE)}", "xem ảnh")
        session.correct(Span(_WORD, _WORD + 6), "thương", "xem ảnh")

    return answers


def test_a_server_that_is_killed_at_any_step_loses_at_most_the_row_in_hand(
    tmp_path: Path, record_property: Ran
) -> None:
    start = tmp_path / "start"
    add_plan(start / "plans", "a", HOSTILE)
    (start / "tmp").mkdir()
    assert run_killed(_begin, start, tmp_path / "whole", [0]) == [0]
    steps = steps_of(tmp_path / "whole" / "0")
    into_place = [n for n, step in enumerate(steps, 1) if step == "os.rename"]
    others = draws(16).choices(range(1, len(steps) + 1), k=rounds(26, 90) - len(into_place))
    kills = sorted([*into_place, *others])
    record_property("runs", len(kills))
    statuses = run_killed(_begin, start, tmp_path, kills)
    assert set(statuses) == {-signal.SIGKILL}
    reached = []
    for number in range(len(kills)):
        folder = tmp_path / str(number) / "plans" / "a"
        plan = load_plan(folder)
        reached.append((len(plan.judgements), len(plan.source.corrections)))
        assert set(files_of(folder)) <= _KNOWN
        _still_writable(folder)
    assert reached == sorted(reached)
    assert set(_STEPS[:-1]) <= set(reached) <= set(_STEPS)


def _still_writable(folder: Path) -> None:
    """The next command writes, whatever whoever was killed held or left."""
    corrected(folder, [Word(Span(0, 2), HOSTILE[:2], "Ủy", "xem ảnh", TODAY)])


def _renderers(browser: CDPSession) -> set[int]:
    """The processes that draw pages and run their scripts."""
    found = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    return {one["id"] for one in found if one["type"] == "renderer"}


def test_a_browser_that_is_killed_loses_at_most_the_row_in_hand(
    browser: Browser, folder: Path, record_property: Ran
) -> None:
    chance = draws(16)
    with serving(folder) as server:
        processes = browser.new_browser_cdp_session()
        kept: set[Span] = set()
        kills = rounds(4, 10)
        record_property("runs", kills)
        for answers in range(1, kills + 1):
            page = browser.new_page()
            page.goto(server.address)
            expect(page.locator("#queue [aria-current]")).to_be_visible()
            page.keyboard.press("Enter")
            said_to_be_saved = answers <= kills // 2
            if said_to_be_saved:
                expect(page.locator("#told")).to_contain_text("Đã ghi")
            else:
                page.wait_for_timeout(chance.uniform(0, 40))
            killed = _renderers(processes)
            for one in killed:
                os.kill(one, signal.SIGKILL)
            while killed & _renderers(processes):  # else the next page may be given to one of them
                time.sleep(0.01)
            page.close()
            rows = {one.span for one in load_plan(folder).judgements}
            # The server may still write what the page sent before it was killed: a later look finds it.
            assert kept <= rows
            assert len(rows) == answers if said_to_be_saved else len(rows) <= answers
            assert set(files_of(folder)) <= _KNOWN
            kept = rows
        page = browser.new_page()
        page.goto(server.address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        expect(page.locator("#progress")).to_contain_text(
            f"còn {len(server.session.state.items) - len(load_plan(folder).judgements)}/"
        )
        page.close()
