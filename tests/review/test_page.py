"""The local page: who may ask it, and a plan gone through by keyboard alone."""

from __future__ import annotations

import http.client
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from small_plans import LAO_CAI, add_plan
from under_review import HOSTILE, find_by_keys, serving, session_of, with_words_of_no_row

from khplans.cli import group
from khplans.errors import KhplansError
from khplans.intake import load_plan
from khplans.intake.layout_file import layout_bytes
from khplans.intake.pages.read_pages import read_pages
from khplans.layout import Layout, PageSpan, Recognised
from khplans.pipeline import tables_of
from khplans.review.page import cells_shown
from khplans.review.pictures import drawer
from khplans.review.server import Pages, ReviewServer, answer
from khplans.review.session import told_of
from khplans.site.languages import Language
from khplans.text.passage import Span

TRADE = HOSTILE.index("Sở Công Thương đẩy")


@pytest.fixture
def server(folder: Path) -> Iterator[ReviewServer]:
    with serving(folder) as server:
        yield server


def ask(server: ReviewServer, method: str, path: str, body: str = "", **headers: str) -> int:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body.encode() or None, named)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_only_who_has_the_token_and_asks_this_host_is_answered(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "GET", f"/{server.token}/state") == 200
    for path in ("/", "/state", f"/{server.token[:-1]}/state", f"/x{server.token}/", "//"):
        assert ask(server, "GET", path) == 403
    assert ask(server, "GET", f"/{server.token}/state", Host="evil.example") == 403
    assert ask(server, "GET", f"/{server.token}/state", Sec_Fetch_Site="cross-site") == 403
    for path in ("../plan.toml", "page/0.webp", "page/1.webp", "x", "vendor/x", "en/y"):
        assert ask(server, "GET", f"/{server.token}/{path}") == 404


def test_an_answer_comes_from_the_page_itself_and_has_its_form(
    server: ReviewServer, folder: Path
) -> None:
    own = {"Origin": server.origin, "Content_Type": "application/json"}
    path = f"/{server.token}/confirm"
    assert ask(server, "POST", path, "{}", **own | {"Origin": "http://evil.example"}) == 403
    assert ask(server, "POST", path, "{}", **own | {"Content_Type": "text/plain"}) == 403
    assert ask(server, "POST", f"/{server.token}/destroy", "{}", **own) == 403
    for length in ("9" * 9, "9" * 5_000):
        assert ask(server, "POST", path, "{}", **own | {"Content_Length": length}) == 413
    for wrong in ("", "[]", "{", '{"key": 1}', '{"key": "tasks|0|1", "seen": "", "values": {}}'):
        assert ask(server, "POST", path, wrong or " ", **own) == 200
    assert not (folder / "review.csv").exists()


@pytest.mark.parametrize("end", [len(HOSTILE) + 1, 2**33, 2**62])
def test_words_behind_the_end_of_a_plan_are_none(
    server: ReviewServer, folder: Path, end: int
) -> None:
    for start in (0, len(HOSTILE), end):
        assert (
            "no words are chosen"
            in cells_shown(server.session, start, end, Language("en"))["refused"]
        )
        told = {
            "start": start,
            "end": end,
            "seen": "",
            "after": "x",
            "reason": "r",
            "same": False,
            "first": start,
            "last": end,
        }
        for what in ("cells", "correct", "add"):
            with pytest.raises(KhplansError, match="no words are chosen"):
                answer(server.session, what, {**told, "table": "tasks", "values": {}})
    assert ask(server, "GET", f"/{server.token}/cells/0/{end}") in (200, 404)
    assert not (folder / "review.csv").exists()


def opened(browser: Browser, server: ReviewServer, language: str = "") -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=False)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda asked: asked.url.startswith(server.address) or wrong.append(asked.url)
    )
    page.goto(server.address + language)
    expect(page.locator("#queue [aria-current]")).to_be_visible()
    return page, wrong


def choose(page: Page, words: str) -> None:
    """Go to a row by the filter alone."""
    page.locator("#filter").fill(words)
    page.locator("#queue button").first.press("Enter")
    page.locator("#filter").fill("")
    page.locator("#card").focus()


def test_a_plan_is_put_right_by_keyboard_alone(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, wrong = opened(browser, server)
        keys = page.keyboard
        expect(page.locator("#about")).to_contain_text("nhưng văn bản ghi")
        choose(page, "thưong mại")
        keys.press("w")
        words = page.locator("#word-after")
        words.fill(words.input_value().replace("thưong", "thương"))
        keys.press("Enter")
        expect(page.locator("#word")).to_be_hidden()
        expect(page.locator("#text ins")).to_have_text("thương")
        choose(page, "Công Thương")
        keys.press("e")
        for _ in range(2):
            keys.press("Tab")
        keys.press("Control+A")
        keys.type("30/6/2025")
        keys.press("Enter")
        expect(page.locator("#told")).to_contain_text("Đã ghi")
        choose(page, "Các sở, ban, ngành")
        keys.press("x")
        keys.press("/")
        keys.type("nang cao chat luong")
        keys.press("Enter")
        expect(page.locator("#found")).to_contain_text("1/1")
        keys.press("Escape")
        for key in "]]}":
            keys.press(key)
        keys.press("a")
        keys.press("Tab")
        keys.type("Sở Y tế")
        keys.press("Enter")
        expect(page.locator("#missed")).to_be_hidden()
        keys.press("z")
        expect(page.locator("#told")).to_contain_text("hoàn tác")
        assert not wrong
        page.context.close()
    rows = tables_of(load_plan(folder))
    task = next(row for row in rows["tasks"] if row["start"] == TRADE)
    assert str(task["deadline"]) == "2025-06-30"
    assert "thương mại 😀" in task["text"]
    assert len(rows["tasks"]) == 2


def test_everything_is_gone_through_with_one_key(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, wrong = opened(browser, server, "en/")
        for left in range(len(server.session.state.items) - 1, -1, -1):
            page.keyboard.press("Enter")
            expect(page.locator("#progress")).to_contain_text(f"{left} of ")
        expect(page.locator("#what")).to_have_text("Nothing is left to look at.")
        assert not wrong
        page.context.close()
    tables = tables_of(load_plan(folder))
    seen = [row["reviewed"] for name in ("documents", "tasks", "citations") for row in tables[name]]
    assert set(seen) == {"confirmed"}


def test_words_of_a_plan_are_words_on_the_page(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, wrong = opened(browser, server)
        choose(page, "script")
        assert "<script>alert(1)</script>" in page.locator("#quote").inner_text()
        assert "⟪U+202E⟫" in page.locator("#quote").inner_text()
        assert page.locator("#text img, #card img, #text script").count() == 0
        assert not wrong
        page.context.close()


def test_every_word_that_the_page_knows_is_said() -> None:
    assets = files("khplans.review") / "assets"
    script, frame = ((assets / name).read_text("utf-8") for name in ("review.js", "frame.html"))
    names = [
        line.partition(",")[0]
        for line in (assets / "words.csv").read_text("utf-8").splitlines()[1:]
    ]
    said = [f'"{name}"' in script or f"[[{name}]]" in frame for name in names]
    unsaid = [name for name, is_said in zip(names, said, strict=True) if not is_said]
    assert [name for name in unsaid if not name.startswith("reason-")] == []


@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing(browser: Browser, folder: Path, language: str) -> None:
    with serving(folder) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page = context.new_page()
        page.goto(server.address + language)
        expect(page.locator("#queue [aria-current]")).to_be_visible()
        page.locator("#card").press("t")
        for dialog in ("cells", "", "help", "missed", "word", "learn"):
            if dialog == "cells":
                expect(page.locator("#grid .at")).to_be_visible()
            elif dialog:
                page.evaluate(f"document.getElementById('{dialog}').showModal()")
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response
            assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == [], dialog
            if dialog:
                page.evaluate(f"document.getElementById('{dialog}').close()")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        context.close()


@pytest.mark.parametrize(
    ("language", "shown", "typed", "kept"),
    [
        ("", "37,9", "300.000", "300000"),
        ("", "37,9", "1.234,5", "1234.5"),
        ("", "37,9", "0.125", "0.125"),
        ("en/", "37.9", "300,000", "300000"),
    ],
)
def test_a_number_is_read_as_the_page_s_language_writes_it(
    browser: Browser, folder: Path, language: str, shown: str, typed: str, kept: str
) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server, language)
        choose(page, "37.9")
        field = page.locator("#fields [name=value]")
        expect(field).to_have_value(shown)
        field.fill(typed)
        field.press("Enter")
        expect(page.locator("#undo")).to_be_enabled()
        assert [one.after for one in load_plan(folder).judgements if one.column == "value"] == [
            kept
        ]
        page.context.close()


def test_words_over_a_line_s_end_stay_apart(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server)
        find_by_keys(page, "NHIỆM VỤ, GIẢI PHÁP 1. Sở Y tế")
        page.keyboard.press("w")
        words = page.locator("#word-after")
        expect(words).to_have_value("NHIỆM VỤ, GIẢI PHÁP 1. Sở Y tế")
        words.fill(words.input_value().replace("PHÁP", "PHÁT"))
        words.press("Enter")
        expect(page.locator("#text ins")).to_have_text("PHÁT")
        assert [one.after for one in load_plan(folder).source.corrections] == ["PHÁT"]
        page.context.close()


def test_wherever_words_stand_is_said_of_them_alone(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server)
        for words, times in (("xúc tiến thưong mại", 1), ("nâng cao chất lượng", 1)):
            find_by_keys(page, words)
            page.keyboard.press("w")
            expect(page.locator("#word-after")).to_have_value(words)
            expect(page.locator("#word-same")).not_to_be_checked()
            page.locator("#word-same").check()
            page.locator("#word-after").fill(words.replace("n", "m"))
            page.locator("#word-after").press("Enter")
            expect(page.locator("#told")).to_have_text(f"Đã ghi ({times})")
            expect(page.locator("#word")).to_be_hidden()
        page.context.close()


def test_the_server_ends_with_its_page(browser: Browser, folder: Path) -> None:
    server = ReviewServer(session_of(folder))
    thread = threading.Thread(target=server.run)
    thread.start()
    page, _ = opened(browser, server)
    while not server.pages.open:
        time.sleep(0.01)
    page.context.close()
    thread.join(300)
    assert not thread.is_alive()


def test_news_end_with_the_session(server: ReviewServer) -> None:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=60)
    connection.request("GET", f"/{server.token}/news")
    answer = connection.getresponse()
    server.session.end()
    assert len(answer.read(10_000)) < 10_000
    connection.close()


def test_pages_that_open_at_once_are_all_counted() -> None:
    class Slow(int):
        def __radd__(self, other: int) -> int:
            time.sleep(0.05)
            return other + int(self)

    pages = Pages()
    with ThreadPoolExecutor() as threads:
        list(threads.map(pages.change, [Slow(1), Slow(1)]))
    assert pages.open == 2


def test_a_page_that_is_closed_before_it_has_opened_is_not_waited_for() -> None:
    pages = Pages()
    pages.since -= 100
    assert not pages.are_over()
    pages.asked()
    assert not pages.are_over()
    pages.since -= 100
    assert pages.are_over()


def test_what_is_no_row_can_not_be_said_to_be_none(browser: Browser, tmp_path: Path) -> None:
    with serving(with_words_of_no_row(tmp_path)) as server:
        page, wrong = opened(browser, server)
        expect(page.locator("#queue button").first).to_contain_text("? ")
        page.locator("#queue button").filter(has_text="Cảnh báo").first.press("Enter")
        page.locator("#card").focus()
        page.keyboard.press("x")
        expect(page.locator("#told")).to_contain_text("không thuộc dòng nào")
        assert not wrong
        page.context.close()


def test_an_unknown_name_is_replaced_or_learnt_by_keyboard(
    browser: Browser, tmp_path: Path
) -> None:
    text = LAO_CAI.replace("1. Sở Y tế chủ trì", "1. Ban Y tế Công thương chủ trì")
    (tmp_path / "khplans.toml").touch()
    with serving(add_plan(tmp_path / "plans", "a", text)) as server:
        page, wrong = opened(browser, server)
        choose(page, "Ban Y tế")
        near = page.locator("#about button").first
        expect(near).to_be_visible()
        page.keyboard.press("k")
        page.locator("#learn-known").fill("Sở Y tế")
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("Đã thêm vào tri thức")
        near.press("Enter")
        assert page.locator("#f-lead").input_value() == near.inner_text()
        assert not wrong
        page.context.close()
    assert "Sở Y tế,Ban Y tế Công thương" in (tmp_path / "knowledge/agency_names.csv").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("plan", ["b", "../plans/a", "/etc", "a/"])
def test_only_a_plan_of_the_catalogue_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, plan: str
) -> None:
    monkeypatch.chdir(folder.parent.parent)
    said = CliRunner().invoke(group, ["review", plan, "--no-browser"])
    assert said.exit_code == 1
    assert "no such plan" in said.stderr


def test_two_tabs_and_a_hand_in_the_file_lose_nothing(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        one, _ = opened(browser, server)
        choose(one, "Công Thương")
        one.keyboard.press("e")
        other = session_of(folder, "Minh")
        seen = next(i for i in other.state.items if (i.table, i.span.start) == ("tasks", TRADE))
        other.confirm(seen.key, told_of(seen), {"output": "Báo cáo"}, "xem ảnh", False)
        one.keyboard.press("Enter")
        expect(one.locator("#told")).to_contain_text("tệp trên đĩa được giữ")
        expect(one.locator("#f-output")).to_have_value("Báo cáo")
        one.context.close()
    (task,) = (row for row in tables_of(load_plan(folder))["tasks"] if row["start"] == TRADE)
    assert task["output"] == "Báo cáo"


def a_scan(plans: Path, turned: float = 0.0, unsure: str = "Thương") -> Path:
    """A plan of one page whose words were recognised, each where it stands on the picture once that is turned."""
    folder = add_plan(plans, "a", LAO_CAI)
    out = io.BytesIO()
    picture = Image.new("L", (827, 1169), 255).rotate(-turned, expand=True)
    picture.save(out, "PNG", dpi=(100, 100))
    words = tuple(
        Recognised(
            Span(*found.span()),
            1,
            (50, 9.0 * n, 90, 9.0 * n + 8),
            40 if found[0] == unsure else 95,
        )
        for n, found in enumerate(re.finditer(r"\S+", LAO_CAI))
    )
    whole = PageSpan(1, Span(0, len(LAO_CAI)), 595.4, 841.7, turned)
    return with_original(
        folder, "original.png", out.getvalue(), Layout(pages=(whole,), words=words)
    )


def with_original(folder: Path, name: str, data: bytes, layout: Layout) -> Path:
    """A plan of a text, as if the text were taken from a file."""
    files = {name: data, "layout.json": layout_bytes(layout)}
    about = (folder / "plan.toml").read_text("utf-8").replace("\nsha256", "\ntext_sha256")
    about += f'sha256 = "{sha256(data).hexdigest()}"\n'
    about += (
        f'layout_sha256 = "{sha256(files["layout.json"]).hexdigest()}"\nread_by = ["by hand"]\n'
    )
    (folder / "plan.toml").write_text(about, "utf-8")
    for path, written in files.items():
        (folder / path).write_bytes(written)
    return folder


def test_the_words_of_a_printed_pdf_are_marked_on_its_pages(
    browser: Browser, tmp_path: Path
) -> None:
    print_ = browser.new_page()
    print_.set_content(f"<pre style='white-space: pre-wrap'>{LAO_CAI}</pre>")
    data = print_.pdf(format="A4")
    taken = read_pages(data, "printed")
    assert taken.layout
    folder = with_original(
        add_plan(tmp_path / "plans", "a", taken.text), "original.pdf", data, taken.layout
    )
    with serving(folder) as server:
        page, wrong = opened(browser, server)
        expect(page.locator("#view")).to_be_visible()
        choose(page, "Công Thương")
        expect(page.locator(".sheet rect.kh-on").first).to_be_visible()
        lit = page.locator(".sheet rect.kh-on").evaluate_all(
            "all => all.map((one) => +one.dataset.s)"
        )
        said = taken.text.index("Sở Công Thương đẩy")
        assert min(lit) == said
        assert not wrong
        page.context.close()


def test_a_scan_is_shown_with_its_words_marked(browser: Browser, tmp_path: Path) -> None:
    with serving(a_scan(tmp_path / "plans")) as server:
        page, wrong = opened(browser, server)
        choose(page, "Công Thương")
        expect(page.locator("#about")).to_contain_text("nhận dạng không chắc: Thương")
        expect(page.locator(".sheet rect.kh-on").first).to_be_visible()
        expect(page.locator(".sheet img")).to_have_js_property("naturalWidth", 827)
        page.keyboard.press("v")
        expect(page.locator("#text mark.kh-on").first).to_be_visible()
        assert not wrong
        page.context.close()


def test_a_word_that_a_person_corrected_is_doubted_no_longer(tmp_path: Path) -> None:
    session = session_of(a_scan(tmp_path / "plans"))
    unsure = [d for one in session.state.items for d in one.doubts if d["code"] == "words-unsure"]
    assert unsure
    span = session.words_at(unsure[0]["start"], unsure[0]["end"])
    session.correct(span, "Thuơng", "xem ảnh", span)
    session.refresh()
    left = [d for one in session.state.items for d in one.doubts if d["code"] == "words-unsure"]
    assert len(left) < len(unsure)


def test_what_is_proposed_is_taken_by_one_key_and_the_way_goes_back(
    browser: Browser, tmp_path: Path
) -> None:
    text = LAO_CAI.replace(
        "\n\nIII. ",
        "\n3. Sở Nội vụ phát triển nghề và phát triển rừng, nơi phát triến nghề.\n\nIII. ",
    )
    folder = add_plan(tmp_path / "plans", "a", text)
    with serving(folder) as server:
        page, wrong = opened(browser, server, "en/")
        choose(page, "Nội vụ phát")
        expect(page.locator("#about")).to_contain_text(
            "«phát triến» → «phát triển» (the text writes it right"
        )
        before = page.locator("#what").inner_text()
        quote = page.locator("#quote").inner_text()
        page.keyboard.press("s")
        expect(page.locator("#quote")).not_to_have_text(quote)
        behind = page.locator("#quote").inner_text()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#quote")).to_have_text(quote)
        assert page.locator("#what").inner_text() == before
        page.keyboard.press("p")
        expect(page.locator("#text ins")).to_have_text("phát triển")
        expect(page.locator("#about")).not_to_contain_text("«phát triến»")
        page.keyboard.press("s")  # goes on where it was, though the row is doubted no longer
        expect(page.locator("#quote")).to_have_text(behind)
        assert [one.after for one in load_plan(folder).source.corrections] == ["phát triển"]
        assert not wrong
        page.context.close()


def test_an_agency_that_another_row_names_is_no_stranger(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server)
        choose(page, "Công Thương")
        page.locator("#f-coordinate").fill("Các sở, ban, ngành; Sở Lạ Lùng")
        page.locator("#f-coordinate").press("Enter")
        expect(page.locator("#told")).to_have_text(
            "Chưa biết tên này: Sở Lạ Lùng. Enter lần nữa để ghi"
        )
        page.locator("#f-coordinate").fill("Các sở, ban, ngành")
        page.locator("#f-coordinate").press("Enter")
        expect(page.locator("#told")).to_have_text("Đã ghi (1)")
        page.context.close()


def test_rows_that_were_skipped_come_round_again(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, wrong = opened(browser, server, "en/")
        first = page.locator("#quote").inner_text()
        for _ in server.session.state.items:
            page.keyboard.press("s")
        expect(page.locator("#quote")).to_have_text(first)
        for left in range(len(server.session.state.items) - 1, -1, -1):
            page.keyboard.press("Enter")
            expect(page.locator("#progress")).to_contain_text(f"{left} of ")
        expect(page.locator("#what")).to_have_text("Nothing is left to look at.")
        assert not wrong
        page.context.close()


def test_words_that_a_heading_has_are_corrected_without_its_section(
    browser: Browser, folder: Path
) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server)
        page.locator("#queue button", has_text="II. NHIỆM VỤ, GIẢI PHÁP").press("Enter")
        page.locator("#card").focus()
        page.keyboard.press("w")
        expect(page.locator("#word-after")).to_be_focused()
        expect(page.locator("#word-after")).to_have_value("II. NHIỆM VỤ, GIẢI PHÁP")
        page.context.close()


def test_a_doubt_of_words_alone_goes_with_their_correction_and_comes_back_with_it(
    tmp_path: Path,
) -> None:
    session = session_of(a_scan(tmp_path / "plans", unsure="HÒA"))

    def doubts() -> list[str]:
        return [one.key for one in session.state.items if one.table == "warnings"]

    [key] = before = doubts()
    start = LAO_CAI.index("HÒA")
    session.correct(Span(start, start + 3), "HOÀ", "xem ảnh")
    assert doubts() == []
    session.refresh()
    assert doubts() == []
    done = session.undo("")
    assert done
    assert done.was[0].key == key
    assert doubts() == before


def test_a_form_that_was_open_meanwhile_takes_nothing_back_and_keeps_what_was_typed(
    browser: Browser, folder: Path
) -> None:
    with serving(folder) as server:
        one, _ = opened(browser, server)
        choose(one, "Công Thương")
        one.locator("#f-output").fill("Báo cáo")
        server.session.refresh()
        seen = next(
            i for i in server.session.state.items if (i.table, i.span.start) == ("tasks", TRADE)
        )
        server.session.confirm(
            seen.key, told_of(seen), {"deadline": "2026-03-31"}, "xem ảnh", False
        )
        expect(one.locator("#queue")).to_contain_text("✓")  # the page knows the new state
        one.locator("#f-output").press("Enter")
        expect(one.locator("#told")).to_contain_text("tệp trên đĩa được giữ")
        expect(one.locator("#f-deadline")).to_have_value("2026-03-31")
        expect(one.locator("#f-output")).to_have_value("Báo cáo")
        one.locator("#f-output").press("Enter")
        expect(one.locator("#told")).to_contain_text("Đã ghi")
        one.context.close()
    (task,) = (row for row in tables_of(load_plan(folder))["tasks"] if row["start"] == TRADE)
    assert (str(task["deadline"]), task["output"]) == ("2026-03-31", "Báo cáo")


def test_a_name_that_nobody_knows_is_asked_about_before_it_is_kept(
    browser: Browser, folder: Path
) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server)
        choose(page, "Công Thương")
        page.locator("#f-lead").fill("Sở Lạ Lùng")
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("Chưa biết tên này: Sở Lạ Lùng")
        assert not (folder / "review.csv").exists()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("Đã ghi")
        page.context.close()


def test_a_message_is_in_the_page_s_language(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        page, _ = opened(browser, server, "en/")
        choose(page, "Công Thương")
        page.locator("#f-deadline").fill("32/13/2026")
        page.keyboard.press("Enter")
        told = page.locator("#told")
        expect(told).to_contain_text("not a date")
        expect(told).not_to_contain_text("không phải")
        expect(page.locator("#f-deadline")).to_have_value("32/13/2026")
        expect(page.locator("#f-deadline")).to_be_focused()
        page.context.close()


@pytest.mark.parametrize("turned", [0.0, 90.0])
def test_a_page_is_drawn_as_its_words_were_recognised(tmp_path: Path, turned: float) -> None:
    draw = drawer(session_of(a_scan(tmp_path / "plans", turned)))
    assert Image.open(io.BytesIO(draw(1) or b"")).size == (827, 1169)
    assert draw(2) is None


def test_what_is_sent_is_json(server: ReviewServer) -> None:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=60)
    connection.request("GET", f"/{server.token}/en/state")
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    assert said["items"][0]["rank"] == 0
    assert "default-src 'none'" in str(answer.getheader("Content-Security-Policy"))
