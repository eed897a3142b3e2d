"""A plan under review: a small one, and one whose words try to be more than words."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect
from small_plans import LAO_CAI, add_plan

from khplans.review.server import ReviewServer
from khplans.review.session import Session

TODAY = datetime.date(2026, 11, 29)
HOSTILE = LAO_CAI.replace(
    "nâng cao chất lượng", '<script>alert(1)</script> "><img src=x onerror=alert(2)> \u202e nâng cao chất lượng'
).replace("xúc tiến thương mại", "xúc tiến thưong mại 😀")  # fmt: skip


def session_of(folder: Path, who: str = "Lan") -> Session:
    return Session(folder, who, lambda: TODAY)


@contextmanager
def serving(folder: Path) -> Iterator[ReviewServer]:
    """The server in a thread, ended at the end whether or not a page was open."""
    server = ReviewServer(session_of(folder))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()


def with_words_of_no_row(folder: Path) -> Path:
    """A plan with a doubt about words that no row has: they look misread."""
    words = "Theo báo cáo về thưong mại của tỉnh;\n"
    return add_plan(folder / "plans", "b", HOSTILE.replace("I. MỤC TIÊU", f"{words}I. MỤC TIÊU", 1))


def find_by_keys(page: Page, words: str) -> None:
    """Choose words of the plan that stand there once."""
    page.keyboard.press("/")
    page.locator("#search").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("1/1")
    page.keyboard.press("Escape")
