"""What a PDF shows is read at its place, what can't be seen is told apart, and a harmful file is refused in words."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from pdf_files import pdf, shown
from pypdfium2 import PdfDocument

from khplans.errors import KhplansError
from khplans.intake.files import take
from khplans.intake.pages import pdf as reader
from khplans.intake.pages import pdf_process
from khplans.intake.pages.embedded_fonts import EmbeddedFonts
from khplans.intake.pages.flow import text_of_pages
from khplans.intake.pages.page import Aside, Page
from khplans.intake.pages.pdf import read_pdf
from khplans.intake.pages.pdf_pages import read_page
from khplans.intake.pages.process import Worker, refuse_unread

LINE = shown((72, 700, "Ke hoach nam 2025"))
STAMP = (
    b"<< /Type /Annot /Subtype /Stamp /Rect [300 20 500 60] /F 4 /AP << /N 7 0 R >> >>",
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources << /Font << /F 3 0 R >> >> /Length 45 >>\n"
    b"stream\nBT /F 9 Tf 2 20 Td (Ky boi: Van phong) Tj ET   \nendstream",
)


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


@pytest.fixture(scope="module")
def pages() -> tuple[Page, ...]:
    """Pages of one file, so that one process reads them."""
    ruled = b"72 600 200 0.5 re f\n72 300 200 200 re f\n300 300 m 300 500 l S\n1 g 72 200 200 0.5 re f\n0 g\n"
    data = pdf(
        LINE,
        b"BT /F 12 Tf 0 1 -1 0 300 100 Tm (Text that runs up) Tj ET",
        LINE + b"q " + shown((72, 650, "unseen"), before="3 Tr") + b"Q\n" + shown((5000, 600, "off")),
        LINE + b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET",
        LINE + ruled,
        shown((72, 700, "dat 500 m")) + shown((125, 705, "2"), size=7),
    )  # fmt: skip
    return read_pdf(data, "a.pdf").pages


def test_words_stand_where_the_page_shows_them(pages: tuple[Page, ...]) -> None:
    first = pages[0].words[0]
    assert text_of(pages[0]) == "Ke hoach nam 2025"
    assert (first.left, first.baseline) == (72, 842 - 700)
    assert (pages[0].width, pages[0].height, pages[0].pictured) == (595, 842, 0)


def test_a_page_is_turned_so_that_its_text_runs_right(pages: tuple[Page, ...]) -> None:
    assert text_of(pages[1]) == "Text that runs up"
    assert (pages[1].width, pages[1].height) == (842, 595)
    assert len({word.baseline for word in pages[1].words}) == 1


def test_what_can_not_be_seen_or_runs_askew_is_told_apart(pages: tuple[Page, ...]) -> None:
    assert text_of(pages[2]) == text_of(pages[3]) == "Ke hoach nam 2025"
    assert pages[2].asides == (Aside("hidden", "unseenoff"),)
    assert pages[3].asides == (Aside("other", "DRAFT"),)


def test_lines_are_told_from_shades_and_from_white(pages: tuple[Page, ...]) -> None:
    assert [(rule.across, rule.x0, round(rule.y0)) for rule in pages[4].rules] == [
        (True, 72, 842 - 600),
        (False, 300, 842 - 500),
    ]


def test_a_raised_figure_is_of_the_line_below_it(pages: tuple[Page, ...]) -> None:
    assert [(word.text, word.raised) for word in pages[5].words][-2:] == [("m", False), ("2", True)]
    assert len({word.baseline for word in pages[5].words}) == 1


def test_a_stamp_is_no_text() -> None:
    (page,) = read_pdf(pdf(LINE, page="/Annots [6 0 R]", more=STAMP), "a.pdf").pages
    assert text_of(page) == "Ke hoach nam 2025"
    assert page.asides == (Aside("stamp", "Ky boi: Van phong"),)


SELF = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>\n"
    b"stream\n/X Do\nendstream",
)  # fmt: skip


def test_a_drawing_inside_itself_comes_to_an_end() -> None:
    (page,) = read_pdf(pdf(b"/X Do\n" + LINE, more=SELF), "a.pdf").pages
    assert text_of(page) == "Ke hoach nam 2025"


TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    b"1 beginbfchar <63> <0000> endbfchar endcmap end end"
)
NUL_FOR_C = (b"/BaseFont /Helvetica /ToUnicode 8 0 R", TO_UNICODE)
NAMES_OF_NOTHING = (b"/BaseFont /Own /Encoding << /Differences [97 /g1 /g2 /g3 /g4] >>", b"")


def page_in(font: tuple[bytes, bytes], beside: str) -> Page:
    """A page that shows `abcde` in a font, draws `unseen` so that it can't be seen, and has another line."""
    entries, map_ = font
    drawn = b"BT /G 12 Tf 72 600 Td (abcde) Tj 3 Tr 0 -50 Td (unseen) Tj ET"
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /G 7 0 R >> >> /Length %d >>"
    more = (
        form % len(drawn) + b"\nstream\n" + drawn + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 " + entries + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(map_), map_),
    )
    data = pdf(shown((72, 700, beside)) + b"/X Do\n", more=more)
    return read_page(PdfDocument(data), 1, EmbeddedFonts(data))


def test_a_letter_that_is_not_told_leaves_its_place_and_a_doubt() -> None:
    page = page_in(NUL_FOR_C, "Ke hoach nam 2025 " * 4)
    assert text_of(page).endswith("2025 ab\ufffdde")
    assert (page.unmapped, page.asides) == (1, (Aside("hidden", "unseen"),))
    assert any(
        "trang 1 có chữ mà tệp không cho biết" in x for x in text_of_pages([page], "").doubts
    )


def test_fonts_are_asked_for_letters_that_can_be_seen_and_that_they_know() -> None:
    page = page_in(NAMES_OF_NOTHING, "Ke hoach")
    assert (text_of(page), page.unmapped) == ("Ke hoach abcde", 0)
    assert page.asides == (Aside("hidden", "unseen"),)
    page = page_in(NUL_FOR_C, "Ke hoach")
    assert (text_of(page), page.unmapped) == ("Ke hoach ab\ufffdde", 1)


@pytest.mark.parametrize("bound", ["MOST_CHARACTERS", "MOST_RULES"])
def test_what_all_pages_hold_is_bounded(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"72 500 m 200 500 l S 72 400 m 200 400 l S\n"
    monkeypatch.setattr(pdf_process, "bound_time", lambda more: None)
    monkeypatch.setattr(pdf_process, bound, {"MOST_CHARACTERS": 20, "MOST_RULES": 3}[bound])
    *_, refused = pdf_process._lines(pdf(LINE + lines, LINE + lines, LINE))
    assert json.loads(refused) == {"refused": "much", "page": 2}


LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'00' * 32}> /P -4 >> /ID [<00><00>]"
HARMFUL = {
    "locked": (pdf(LINE, trailer=LOCK), "mật khẩu"),
    "cut": (pdf(LINE)[:300], "PDF hỏng"),
    "of many pages": (pdf(LINE, kids=2_001), "quá nhiều trang: 2001"),
    "wide": (pdf(LINE, box="0 0 99999 99999"), "trang quá lớn: trang 1"),
    "a scan": (pdf(b"0 0 m 100 0 100 900 500 500 c f"), "nhận dạng|không có chữ"),
    "empty": (pdf(b""), "không có chữ nào"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_harmful_file_is_refused_in_words(kind: str) -> None:
    data, words = HARMFUL[kind]
    with pytest.raises(KhplansError, match=words) as error:
        take(data, Path("a.pdf"), strict=False)
    assert error.value.where == "a.pdf"
    assert error.value.remedy


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (-signal.SIGXCPU, "hơn một giây mỗi trang, dừng ở trang 2"),
        (-signal.SIGKILL, "quá nhiều bộ nhớ, từ trang 2"),
        (-signal.SIGSEGV, "đọc bị ngắt ở trang 2"),
        (1, "đọc bị ngắt ở trang 2"),
    ],
)
def test_a_process_that_ends_early_is_told_of(ended: int, words: str) -> None:
    process: Any = None
    worker = Worker(process, {"pages": 3, "tools": []}, ["[1,595,842,[],[],[],0,0,0]"], ended)
    with pytest.raises(KhplansError, match=words):
        refuse_unread(worker, "pdf", "a.pdf")


def test_a_system_without_such_signals_tells_of_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "SIGXCPU")
    monkeypatch.delattr(signal, "SIGKILL")
    process: Any = None
    with pytest.raises(KhplansError, match="đọc bị ngắt ở trang 1"):
        refuse_unread(Worker(process, ended=1), "pdf", "a.pdf")


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LONGEST_S", 0.001)
    with pytest.raises(KhplansError, match="quá lâu"):
        read_pdf(pdf(LINE), "a.pdf")


def test_without_its_parser_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(KhplansError, match=r"khplans\[pdf\]"):
        read_pdf(b"%PDF-1.7", "a.pdf")


@pytest.mark.parametrize(("pages", "told"), [(19, []), (20, [(n, 20) for n in range(1, 21)])])
def test_each_page_of_a_long_file_is_told_of(pages: int, told: list[tuple[int, int]]) -> None:
    heard: list[tuple[int, int]] = []
    take(
        pdf(*[LINE] * pages), Path("a.pdf"), strict=False, progress=lambda *done: heard.append(done)
    )
    assert heard == told
