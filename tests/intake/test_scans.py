"""Scans: what stands on the pages is recognised in its place, and what may be misread is said."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scans import page, saved, scanned, table, write
from table_forms import HEAD

from khplans.errors import KhplansError
from khplans.intake.files import receive, take
from khplans.intake.layout_file import layout_bytes, read_layout
from khplans.intake.pages import process as following
from khplans.intake.pages import recognise, recognised_page, shown_process
from khplans.intake.pages.accents import pairs_of, repaired
from khplans.intake.pages.page import Word
from khplans.intake.pages.pictures import ImagePictures
from khplans.intake.pages.process import Worker
from khplans.intake.pages.recognised_page import cells_of
from khplans.intake.pages.straight import pixel_lines, straightened, turned_by
from khplans.intake.pages.strokes import upright_strokes
from khplans.intake.plans import plan_of
from khplans.layout import Layout, PageSpan, Recognised
from khplans.model import Source
from khplans.pipeline import tables_of
from khplans.reading.recognition import recognition_doubts
from khplans.tables.misread import covering
from khplans.text.passage import Span

WIDTHS = (120, 660, 420, 460, 480)
ROWS = (
    (("TT", 1, 1), ("Nhiệm vụ", 1, 1), ("Chủ trì", 1, 1), ("Phối hợp", 1, 1), ("Thời gian", 1, 1)),
    (("I. Khám chữa bệnh", 5, 1), None, None, None, None),
    (("1", 1, 1), ("Rà soát danh mục\nthuốc", 1, 1), ("Sở Y tế", 1, 2), ("Sở Tài chính", 1, 1), ("Quý II/2025", 1, 1)),
    (("2", 1, 1), ("Mua sắm thiết bị", 1, 1), None, ("Sở Nội vụ", 1, 1), ("Quý III/2025", 1, 1)),
    (("3", 1, 1), ("Tập huấn cán bộ", 1, 1), ("Sở Nội vụ", 1, 1), ("Sở Y tế", 1, 1), ("30/11/2025", 1, 1)),
)  # fmt: skip


def plan_page() -> Image.Image:
    drawn = page((2480, 2000))
    below = write(drawn, HEAD.strip(), 150)
    table(drawn, ROWS, WIDTHS, below + 60)
    return drawn


def test_a_scanned_plan_gives_its_tasks_and_says_what_may_be_misread(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(saved([scanned(plan_page())], "PDF"))
    received = receive(path)
    taken = received.taken
    rows = tables_of(plan_of(received))
    assert [(x["text"], str(x["deadline"])) for x in rows["tasks"]] == [
        ("Rà soát danh mục thuốc", "2025-06-30"),
        ("Mua sắm thiết bị", "2025-09-30"),
        ("Tập huấn cán bộ", "2025-11-30"),
    ]
    doubts = [str(x["message"]) for x in rows["warnings"] if x["code"] == "number-unsure"]
    assert any("→ II/2025" in message and message.startswith("Trang 1:") for message in doubts)
    doubted = {
        x["row_id"]
        for x in rows["warnings"]
        if x["table"] == "tasks" and x["code"] == "number-unsure"
    }
    assert {x["task_id"] for x in rows["tasks"]} >= doubted
    assert (
        rows["tasks"][0]["task_id"] in doubted
    )  # whose quarter was read otherwise, in another cell
    names = {x["agency_id"]: x["name"] for x in rows["agencies"]}
    leads = [names[x["agency_id"]] for x in rows["task_agencies"] if x["role"] == "lead"]
    assert leads == ["Sở Y tế", "Sở Y tế", "Sở Nội vụ"]
    assert taken.layout
    assert {taken.text[x.span.start : x.span.end] for x in taken.layout.words} == set(taken.text.split())  # fmt: skip
    for word in taken.layout.words:
        left, top, right, bottom = word.box
        assert 0 <= left < right <= taken.layout.pages[0].width
        assert 0 <= top < bottom <= taken.layout.pages[0].height
    assert [tool.split()[0] for tool in taken.tools[-2:]] == ["tesseract", "vie.traineddata"]
    assert read_layout(layout_bytes(taken.layout), taken.text, "layout.json") == taken.layout


def framed_page() -> Image.Image:
    """The plan with a border round the page, and without the line between two cells of unlike height."""
    drawn = plan_page()
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((60, 60, 2420, 1940), outline=0, width=4)
    draw.rectangle((924, 804, 936, 954), fill=255)
    return drawn


def test_words_inside_several_frames_are_read_once() -> None:
    lines = pixel_lines(np.asarray(framed_page()), 300)
    taken_by = np.zeros((2000, 2480), int)
    for cell in cells_of(lines, taken_by.shape, 300):
        cell.around(taken_by)[:] += cell.own
    assert taken_by.max() == 1
    made = take(saved([framed_page()], "PNG"), Path("a.png"), strict=False)
    shown = [HEAD, *(cell[0] for row in ROWS for cell in row if cell)]
    assert sorted(made.text.split()) == sorted(" ".join(shown).split())


def test_each_page_of_a_tiff_is_read_upright_and_progress_told() -> None:
    texts = (
        "KẾ HOẠCH",
        "Sở Y tế chủ trì thực hiện\nnhiệm vụ trong phạm vi\nquản lý nhà nước được giao",
    )
    pages = [page((1000, 450)), page((1000, 450))]
    for drawn, text in zip(pages, texts, strict=True):
        write(drawn, text, 100)
    told: list[tuple[int, int]] = []
    data = saved([pages[0], pages[1].rotate(90, expand=True)], "TIFF")
    made = take(data, Path("a.tif"), strict=False, progress=lambda *done: told.append(done))
    assert made.text.split() == " ".join(texts).split()
    assert made.layout
    assert [(x.number, round(x.width), round(x.height)) for x in made.layout.pages] == [(1, 240, 108), (2, 240, 108)]  # fmt: skip
    assert told == [(1, 2), (2, 2)]


def tiny(form: str, **options: Any) -> bytes:
    return saved([Image.new("L", (40, 40), 255)], form)


def claimed(width: int) -> bytes:
    """A PNG of few bytes that says it is as wide."""
    data = bytearray(tiny("PNG"))
    data[16:24] = width.to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (claimed(60_000), "a.png", "ảnh quá lớn ở trang 1"),
        (tiny("TIFF")[:60], "a.tif", "ảnh hỏng ở trang 1"),
        (saved([Image.effect_noise((300, 300), 90)], "JPEG")[:900], "a.jpg", "ảnh hỏng ở trang 1"),
        (saved([Image.new("L", (40, 40), 255), Image.new("L", (40, 40), 0)], "PNG"), "a.png", "là ảnh động"),
        (tiny("PNG"), "a.png", "không có chữ nào"),
        (saved([Image.new("L", (12, 12), 255)], "PNG"), "a.png", "không có chữ nào"),
    ],
)  # fmt: skip
def test_pictures_that_cannot_be_read_are_refused(data: bytes, name: str, said: str) -> None:
    with pytest.raises(KhplansError, match=said):
        take(data, Path(name), strict=False)


def test_a_page_that_cannot_be_drawn_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_process, "bound_time", lambda more: None)
    moving = saved([Image.new("L", (40, 40), shade) for shade in (255, 0)], "PNG")
    for data, why in ((claimed(60_000), "large"), (b"%PDF-1.7", "damaged"), (moving, "animated")):
        told, refused = map(json.loads, shown_process._lines(data, [(1, 0.0)]))
        assert told["numbers"] == [1]
        assert refused == {"refused": why, "page": 1}


@pytest.mark.parametrize(
    ("ended", "numbers", "said"),
    [
        (-signal.SIGXCPU, [1, 3], "trang 3 quá mười giây"),
        (-signal.SIGSEGV, [1, 3], "dừng ở trang 3"),
        (-signal.SIGSEGV, [], "dừng ở trang 1"),
    ],
)
def test_a_page_that_takes_too_long_or_breaks_the_program_is_named(
    ended: int, numbers: list[int], said: str
) -> None:
    process: Any = None
    worker = Worker(process, {"pages": 4, "numbers": numbers}, ["page 1"], ended)
    with pytest.raises(KhplansError, match=said):
        following.refuse_unread(worker, "scan", "a.tif")


def test_all_processes_together_have_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    class Endless:
        def __init__(self, **_: object) -> None: ...

        def start(self) -> None: ...

        def join(self, wait: float) -> None:
            now[0] += wait

        def is_alive(self) -> bool:
            return True

    monkeypatch.setattr(following, "monotonic", lambda: now[0])
    monkeypatch.setattr(following, "threading", SimpleNamespace(Thread=Endless))
    process = SimpleNamespace(kill=lambda: None, poll=lambda: -signal.SIGKILL)
    monkeypatch.setattr(
        following, "subprocess", SimpleNamespace(PIPE=0, DEVNULL=0, Popen=lambda *_, **__: process)
    )
    with pytest.raises(KhplansError, match="trang 1 quá mười giây"):
        recognise.recognise(b"II*\0", "a.tif")
    assert now == [recognise._LONGEST_S]


def test_what_must_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "_FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(KhplansError, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        take(tiny("PNG"), Path("a.png"), strict=False)
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(KhplansError, match=r"cần tesserocr để nhận dạng.*khplans\[scan\]"):
        take(tiny("PNG"), Path("a.png"), strict=False)


def test_a_turned_page_is_straightened_and_its_cells_found() -> None:
    drawn = np.asarray(plan_page())
    assert abs(turned_by(drawn)) < 0.15
    turned = np.asarray(scanned(plan_page(), 1.5))
    assert turned_by(turned) == pytest.approx(-1.5, abs=0.15)
    for pixels in (drawn, turned):
        level, by = straightened(pixels)
        assert abs(by) < 0.15 if pixels is drawn else by == turned_by(turned)
        assert len(cells_of(pixel_lines(level, 300), level.shape, 300)) == 20


def test_small_copies_in_a_tiff_are_no_pages_and_transparent_paper_is_white() -> None:
    data = saved([page((40, 40)), page((20, 20))], "TIFF")
    assert len(ImagePictures(data)) == 2
    clear = saved([Image.new("RGBA", (40, 40), (0, 0, 0, 0))], "PNG")
    assert ImagePictures(clear).picture(1).pixels.min() == 255


def test_a_quarter_told_by_a_figure_is_not_counted_by_strokes() -> None:
    told = ("1", "1/2025", "1/2025,", "11/2025", "I/2025", "l", "H/2025.")
    assert [bool(recognised_page._QUARTER.fullmatch(x)) for x in told] == [False] * 3 + [True] * 4


@pytest.mark.parametrize(
    ("text", "strokes"), [("I", 1), ("II", 2), ("III", 3), ("IV", None), ("VI", None), ("V", None)]
)
def test_strokes_are_counted(text: str, strokes: int | None) -> None:
    drawn = page((300, 120))
    write(drawn, text, 20, 60)
    assert upright_strokes(np.asarray(drawn)) == strokes


def words(text: str, confidence: float = 93.0) -> list[Word]:
    return [Word(x, 0, 0, 1, 1, 1, confidence) for x in text.split()]


def test_accents_alone_are_put_right_and_what_was_read_is_kept() -> None:
    pairs = pairs_of(["sưả 50", "đôỉ 40", "bô 1", "bô 2", "bô\u0309 40", "sung 60", "bô\u0309 sung 40", "đôỉ bô\u0309 9"])  # fmt: skip
    made = repaired(words("bô sung 130 BỐ SUNG bò, sung"), pairs)
    assert [word.text for word in made] == ["bổ", "sung", "130", "BỔ", "SUNG", "bò,", "sung"]
    assert [word.read for word in made] == ["bô", None, None, "BỐ", None, None, None]
    assert [word.text for word in repaired(words("bô xung lo", 99.0), pairs)] == ["bô", "xung", "lo"]  # fmt: skip


def recognised(text: str, *readings: tuple[str, float, str | None]) -> Source:
    found, at = [], 0
    for word, confidence, read in readings:
        at = text.index(word, at)
        span = Span(at, at + len(word))
        found.append(Recognised(span, 1, (0, 0, 1, 1), confidence, read))
        at += len(word)
    layout = Layout(pages=(PageSpan(1, Span(0, len(text)), 595, 842),), words=tuple(found))
    return Source("a", text, layout=layout)


@pytest.mark.parametrize(
    ("word", "confidence", "read", "code"),
    [
        ("IH/2025", 97, None, "number-unsure"),
        ("HI/2025", 97, None, "number-unsure"),
        ("II/2025", 40, "11/2025", "number-unsure"),
        ("III", 94, None, "number-unsure"),
        ("I5", 97, None, "number-unsure"),
        ("12/QĐÐ-UBND", 97, None, "number-unsure"),
        ("0]", 97, None, "number-unsure"),
        ("30/6/2025", 94, None, "number-unsure"),
        ("30/6/2025", 96, None, None),
        ("IV/2025", 96, None, None),
        ("HĐND", 96, None, None),
        ("Hà", 96, None, None),
        ("trinh", 79, None, "words-unsure"),
        ("bổ", 93, "bô", "accents-repaired"),
    ],
)
def test_what_may_be_misread_is_doubted(
    word: str, confidence: float, read: str | None, code: str | None
) -> None:
    source = recognised(f"Báo cáo {word} năm", ("Báo", 96, None), (word, confidence, read))
    found = [doubt for _, doubt in recognition_doubts(source)]
    assert [x.code for x in found] == ([code] if code else [])
    for doubt in found:
        assert word in doubt.facts["words"]
        assert source.text[doubt.span.start : doubt.span.end] == word


def test_doubts_are_told_row_by_row_and_of_the_rest_line_by_line() -> None:
    source = recognised("một hai\nba", ("một", 10, None), ("hai", 10, None), ("ba", 10, None))
    assert [(row, x.facts["words"]) for row, x in recognition_doubts(source)] == [
        (None, "một, hai"),
        (None, "ba"),
    ]
    rows_at = covering([[Span(4, 10)]])
    assert [(row, x.facts["words"]) for row, x in recognition_doubts(source, rows_at)] == [
        (None, "một"),
        (0, "hai, ba"),
    ]
