"""A plan of 30 pages gone through on the page of `khplans review`, by keyboard alone in Debian's chromium.

    python -m benchmarks.review

The plan is made up: 120 rows, 25 of them doubtful: misread words, days that can't be, names that no table has,
rows of a table whose cells ran together. Each is answered as somebody would who opens the page for the first
time: how long each answer took until the page showed it and until it was saved, and what keys and decisions take of
a quarter of an hour.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.table import Line, show
from khplans.intake.registering import toml

PAGE = 2_400
PAGES = 30
BODIES = (
    "Sở Y tế",
    "Sở Tài chính",
    "Sở Nội vụ",
    "Sở Công Thương",
    "Sở Xây dựng",
    "Sở Giáo dục và Đào tạo",
)
THINGS = (
    "đề án trồng rừng", "kế hoạch dạy nghề", "chương trình xúc tiến đầu tư", "quy chế phối hợp", "danh mục dự án",
    "phương án phòng, chống thiên tai", "báo cáo rà soát quy hoạch", "mô hình hợp tác xã",
)  # fmt: skip
MEASURED = (
    "Tỷ lệ hộ nghèo", "Tỷ lệ che phủ rừng", "Tỷ lệ đô thị hóa", "Tỷ lệ thất nghiệp", "Tỷ lệ hộ cận nghèo",
    "Tỷ lệ nợ xấu",
)  # fmt: skip
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\nSố: 15/KH-UBND\nLào Cai, ngày 20 tháng 02 năm 2025\n\nKẾ HOẠCH\n"
    "Phát triển kinh tế - xã hội năm 2025\n\n"
)
KEY_S, LOOK_S = 0.28, 1.35
"""How long a press of a key and a decision take somebody who types on average (Card, Moran and Newell)."""


READ_AGAIN_MS, GLANCE_MS = 5_000, 250


def words() -> str:
    """The plan: 20 citations, 24 targets, 40 tasks in sentences, 36 in a table, and pages without any."""
    cited = "".join(
        f"Căn cứ Nghị quyết số {n}/NQ-CP ngày {n}/01/2025 của Chính phủ;\n" for n in range(1, 21)
    )
    return f"{HEAD}{cited}\n{''.join(_targets())}{_filler()}{''.join(_tasks())}{''.join(_table())}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"


def _filler() -> str:
    line = "Kinh tế của địa phương tiếp tục ổn định, đời sống của người dân được nâng lên qua từng năm.\n\n"
    return "II. TÌNH HÌNH CHUNG\n" + line * (PAGE * (PAGES - 5) // len(line))


def _targets() -> Iterator[str]:
    yield "I. MỤC TIÊU\n"
    for n in range(19):
        yield f"{MEASURED[n % len(MEASURED)]} đạt {n + 2},5%.\n\n"
    for n in range(5):
        yield f"Số xã đạt chuẩn nông thôn mới {60 + n}/92 xã (3{n},9%).\n\n"


def _tasks() -> Iterator[str]:
    yield "\nIII. NHIỆM VỤ, GIẢI PHÁP\n"
    for n in range(40):
        body = BODIES[n % len(BODIES)]
        day = f"30/{n % 12 + 1}/2025"
        if n % 8 == 0:
            body = body.replace("Sở", "Sờ")
        elif n % 8 == 4:
            day = "30/6/2024"
        elif n % 8 == 6 and n < 32:
            body = "Ban Y tế Công thương"
        yield f"{n + 1}. {body} chủ trì xây dựng {THINGS[n % len(THINGS)]} số {n + 1}, hoàn thành trước ngày {day}.\n\n"


def _table() -> Iterator[str]:
    yield "IV. DANH MỤC NHIỆM VỤ\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
    for n in range(36):
        body, thing = BODIES[n % len(BODIES)], THINGS[n % len(THINGS)]
        yield f"{n + 1}\tBan hành {thing} số {n + 41}{' ' if n % 7 == 3 else chr(9)}{body}\tQuý II/2025\n"


def plan_of(text: str, catalogue: Path) -> Path:
    """A registered plan of that text, in a catalogue of its own."""
    from hashlib import sha256

    folder = catalogue / "plans" / "lao-cai-15-kh-ubnd-2025"
    folder.mkdir(parents=True)
    (catalogue / "khplans.toml").touch()
    (folder / "source.txt").write_text(text, "utf-8")
    about = {
        "title": "Kế hoạch phát triển kinh tế - xã hội năm 2025", "issuer": "Ủy ban nhân dân tỉnh Lào Cai",
        "province": "Lào Cai", "origin": "https://example.vn", "received": date(2025, 3, 1),
        "sha256": sha256(text.encode()).hexdigest(),
    }  # fmt: skip
    (folder / "plan.toml").write_text(toml(about), "utf-8")
    return folder


class Walk:
    """Somebody at the keyboard, each of whose keys is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0
        self.decisions: Counter[str] = Counter()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        """Type a text over what stands in a field; an accent takes a key of its own."""
        self.press("Control+A")
        self.page.keyboard.type(text)
        self.pressed += len(unicodedata.normalize("NFD", text))

    def shows(self, place: str) -> str:
        """What stands at a place of the page."""
        return self.page.locator(place).inner_text()

    def answer(self) -> None:
        """Answer the row that is asked about."""
        about = self.shows("#about")
        for told, doing in ANSWERS.items():
            if told in about:
                self.decisions[told] += 1
                doing(self)
                return
        self.decisions["right"] += 1
        self.press("Enter")

    def other_deadline(self, day: str) -> None:
        """Another day in the third field, with the keys alone."""
        self.press("e", "Tab", "Tab")
        self.write(day)
        self.press("Enter")

    def known_body(self) -> None:
        """A body of that name there is none: the right one, in all rows alike."""
        self.press("e")
        self.write("Sở Y tế")
        self.press("Escape", "l", "Enter")

    def cells(self) -> None:
        """The body ran into the cell before, and all behind it one column to the left."""
        self.press("t")
        expect(self.page.locator("#grid .at")).to_be_visible()
        self.press("ArrowDown", ">", "ArrowUp")
        for _ in range(self.shows("#grid").count(" ")):
            if self.shows("#cells-said").startswith("«Sở»"):
                break
            self.press("ArrowRight")
        self.press("3", "Enter")
        expect(self.page.locator("#cells")).to_be_hidden()

    def misread(self) -> None:
        """One misread word, wherever it stands."""
        self.press("/")
        self.write("Sờ")
        self.press("Enter")
        expect(self.page.locator("#found")).to_contain_text("1/")
        self.press("Escape", "w")
        self.write("Sở")
        self.press("Tab", "Tab", "Space", "Enter")
        expect(self.page.locator("#word")).to_be_hidden()


ANSWERS: Mapping[str, Callable[[Walk], None]] = {
    "Thời hạn 2024": lambda walk: walk.other_deadline("30/6/2025"),
    "Ngày không có trong lịch": lambda walk: walk.other_deadline("28/2/2025"),
    "cơ quan: Ban Y tế": Walk.known_body,
    "cơ quan: Quý": Walk.cells,
}
"""What is done with the row that tells of a doubt; any other is taken for right."""
_LISTEN = """
performance.setResourceTimingBufferSize(10000); window.shown = [];
new PerformanceObserver((list) => window.shown.push(...list.getEntries().map((one) => [one.name, one.duration])))
  .observe({ type: "event", durationThreshold: 16 });
"""
_SAVED = """
performance.getEntriesByType("resource").filter((one) => /\\/(confirm|reject|add|correct|cells|learn|undo)$/.test(one.name))
  .map((one) => [one.name.split("/").pop(), one.duration])
"""


def walk(address: str) -> Iterator[Line]:
    """Go through the plan; how long its answers took, and what it takes somebody by hand."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        page.evaluate(_LISTEN)
        rows, doubts = page.locator("#queue li").count(), page.locator("#queue .warn").count()
        hand = Walk(page)
        hand.misread()
        while _is_asked(page):
            hand.answer()
            page.wait_for_timeout(GLANCE_MS)
        page.wait_for_timeout(500)
        shown: list[list[float]] = page.evaluate("window.shown")
        saved = page.evaluate(_SAVED)
        browser.close()
    keydown = [time for name, time in shown if name == "keydown"]
    quick = [16.0] * max(0, hand.pressed - len(keydown))
    yield _p95("review: until the page shows an answer", [*quick, *keydown], "≤ 100 ms")
    for what in sorted({name for name, _ in saved}):
        yield _p95(
            f"review: until it is saved, {what}", [time for name, time in saved if name == what], ""
        )
    at_work = hand.pressed * KEY_S + sum(hand.decisions.values()) * LOOK_S
    told = f"{rows} rows, {doubts} doubtful, {hand.pressed} keys; the rest is for reading"
    yield Line("review: keys and decisions by hand", at_work / 60, "min", told, None, "≤ 15 min")


def _is_asked(page: Page) -> bool:
    """Whether a row is asked about, if only once those are read again whose cells were put right."""
    shown = page.locator("#confirm")
    if not shown.is_visible():
        page.wait_for_timeout(READ_AGAIN_MS)
    return shown.is_visible()


def _p95(what: str, times: list[float], to_reach: str) -> Line:
    ordered = sorted(times)
    told = f"{len(ordered)} times, median {statistics.median(ordered):.0f} ms, slowest {ordered[-1]:.0f} ms"
    return Line(f"{what}, p95", ordered[int(len(ordered) * 0.95)], "ms", told, None, to_reach)


def lines() -> Iterator[Line]:
    """The plan served as the command does, and gone through."""
    with tempfile.TemporaryDirectory() as folder:
        plan = plan_of(words(), Path(folder) / "catalogue")
        command = [
            sys.executable,
            "-m",
            "khplans",
            "review",
            plan.name,
            "--no-browser",
            "--json",
            "--who",
            "Lan",
        ]
        with subprocess.Popen(
            command, cwd=plan.parents[1], stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            try:
                yield from walk(json.loads(server.stdout.readline())["address"])
            finally:
                server.terminate()


if __name__ == "__main__":
    show(lines())
