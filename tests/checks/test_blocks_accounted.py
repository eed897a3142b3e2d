"""Every character of a plan is in a block, and a reader that loses a row is told by the checks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_plans import LAO_CAI
from spoiling import PLAN, RULES, Change, redescribe, spoil

from khplans.checks.blocks import VISIBLE
from khplans.checks.coverage import CoverageBounds, check_counts, read_bounds
from khplans.checks.package import CheckedPackage
from khplans.checks.run import check_rows
from khplans.intake import load_file, load_plan
from khplans.model import Block, Document, Source
from khplans.pipeline import tables_of, write_plan
from khplans.reading import Reading, read_documents
from khplans.text.passage import Span

ROOT = Path(__file__).parents[2]
PLANS = sorted(path for path in (ROOT / "plans").iterdir() if path.is_dir())
TEXTS = sorted((ROOT / "tests/reading/documents").glob("*.txt"))
REVIEWED = ROOT / "plans/khanh-hoa-4969-kh-ubnd-2024"

TABLE = """
PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 15/KH-UBND ngày 20 tháng 02 năm 2025)
"""
TABS = (
    "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n"
    "1\tXây dựng kế hoạch phát triển du lịch\tSở Du lịch\tQuý II/2025\n"
    "2\tRà soát quy hoạch sử dụng đất\tSở Xây dựng\tQuý III/2025\n"
    "3\tTổ chức hội chợ thương mại\tSở Công Thương\tQuý IV/2025\n"
)
PIPES = re.sub(
    "(?m)^(.*)$", r"| \1 |", TABS.replace("\t", " | ").rstrip("\n").replace("\n", "\n", 1)
).replace("\n", "\n|---|---|---|---|\n", 1)
ONE_A_LINE = TABS.replace("\t", "\n")


def write(folder: Path, text: str) -> Path:
    """The package of a text as `extract` makes it."""
    path = folder / f"{PLAN}.txt"
    path.write_text(text, "utf-8")
    write_plan(folder / "package", load_file(path))
    return folder / "package"


def failed(package: Path) -> set[str]:
    return {result.check for result in check_rows(package, RULES).results if result.failed}


@pytest.mark.parametrize("path", [*PLANS, *TEXTS], ids=lambda path: path.stem)
def test_the_blocks_of_a_plan_are_all_of_its_characters(path: Path) -> None:
    plan = load_plan(path) if path.is_dir() else load_file(path)
    text = plan.source.text
    taken = [0] * len(text)
    for row in tables_of(plan)["blocks"]:
        for place in range(row["start"], row["end"]):
            taken[place] += 1
    visible = {place for found in VISIBLE.finditer(text) for place in range(*found.span())}
    assert [place for place in visible if taken[place] != 1] == []
    assert max(taken) == 1


def test_what_is_left_out_says_why(tmp_path: Path) -> None:
    around = f"Cổng thông tin điện tử\n\n{LAO_CAI}\nChia sẻ bài viết\nIn trang này\n"
    package = write(tmp_path, around.replace("II. NHIỆM VỤ", "- 2 -\n\nII. NHIỆM VỤ"))
    rows = CheckedPackage(package).rows["blocks"]
    assert {row["reason"] for row in rows if row["kind"] == "furniture"} == {"page-number"}
    assert failed(package) == {"coverage.reviewed"}


def test_a_block_goes_on_behind_what_parts_it(tmp_path: Path) -> None:
    parted = LAO_CAI.replace("khám, chữa bệnh,", "khám,\n- 2 -\nchữa bệnh,")
    rows = CheckedPackage(write(tmp_path, parted)).rows["blocks"]
    first, page, second = next(
        rows[i : i + 3] for i in range(len(rows)) if rows[i + 1]["reason"] == "page-number"
    )
    assert second["continues_block_id"] == first["block_id"]
    assert (first["end"], page["end"]) < (page["start"], second["start"])


@pytest.fixture(params=[TABS, PIPES, ONE_A_LINE], ids=["tabs", "pipes", "one-a-line"])
def tabular(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A package of a plan that ends in a table of three rows, with no line end behind the last."""
    package = write(tmp_path, f"{LAO_CAI}{TABLE}{request.param}".rstrip())
    kinds = [row["kind"] for row in CheckedPackage(package).rows["blocks"]]
    assert kinds.count("row") == 3
    assert failed(package) == {"coverage.reviewed"}
    return package


def of_rows(change: Callable[[list[dict[str, Any]], list[dict[str, Any]]], object]) -> Change:
    """A change given the blocks and those of them that are rows."""
    return lambda blocks: change(blocks, [one for one in blocks if one["kind"] == "row"])


def merge(blocks: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    rows[0]["end"] = rows[1]["end"]
    blocks.remove(rows[1])


LIES = {
    "a row dropped": of_rows(lambda blocks, rows: blocks.remove(rows[-1])),
    "a paragraph dropped": lambda blocks: blocks.remove(
        next(one for one in blocks if one["kind"] == "item")
    ),
    "two rows merged": of_rows(merge),
    "a span one too short": of_rows(lambda _, rows: rows[1].update(end=rows[1]["end"] - 1)),
    "a span one too long": of_rows(lambda _, rows: rows[1].update(end=rows[1]["end"] + 1)),
    "a row twice": of_rows(lambda blocks, rows: blocks.append({**rows[0], "block_id": "x:b1"})),
    "a row as furniture": of_rows(
        lambda _, rows: rows[2].update(kind="furniture", reason="page-number")
    ),
    "a row as a rule": of_rows(lambda _, rows: rows[2].update(kind="furniture", reason="rule")),
    "a row as a stamp": of_rows(lambda _, rows: rows[2].update(kind="furniture", reason="stamp")),
    "a row outside": of_rows(lambda _, rows: rows[2].update(kind="outside", reason="surroundings")),
    "a row as an item": of_rows(lambda _, rows: rows[2].update(kind="item")),
    "a paragraph with a reason": lambda blocks: next(
        one for one in blocks if one["kind"] == "item"
    ).update(reason="image"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_block_that_is_not_so_is_found(tabular: Path, lie: str) -> None:
    spoil(tabular, "blocks", LIES[lie])
    assert failed(tabular) & {"coverage.characters", "coverage.left-out", "coverage.row-apart"}


def test_text_outside_that_nothing_lists_is_found(tabular: Path) -> None:
    source = tabular / f"sources/{PLAN}.txt"
    source.write_bytes(source.read_bytes() + b"\n.")
    redescribe(tabular)
    assert "coverage.characters" in failed(tabular)


def test_a_row_that_gave_nothing_is_found(tabular: Path) -> None:
    for name in ("tasks", "indicators"):
        spoil(tabular, name, lambda rows: rows.clear())
    assert "coverage.table-rows" in failed(tabular)


def without_a_row(blocks: list[Block]) -> None:
    blocks.remove([one for one in blocks if one.kind == "row"][-1])


def changed_row(**changes: Any) -> Callable[[list[Block]], None]:
    def change(blocks: list[Block]) -> None:
        at = max(i for i, one in enumerate(blocks) if one.kind == "row")
        blocks[at] = replace(blocks[at], **changes)

    return change


def with_rows_merged(blocks: list[Block]) -> None:
    at = max(i for i, one in enumerate(blocks) if one.kind == "row")
    first, second = blocks[at - 1 : at + 1]
    pieces = first.pieces + second.pieces
    span = Span(first.span.start, second.span.end)
    blocks[at - 1 : at + 1] = [replace(first, span=span, pieces=pieces)]


def one_shorter(blocks: list[Block]) -> None:
    at = max(i for i, one in enumerate(blocks) if one.kind == "row")
    *pieces, last = blocks[at].pieces
    blocks[at] = replace(blocks[at], pieces=(*pieces, Span(last.start, last.end - 1)))


def rows_as_paragraphs(blocks: list[Block]) -> None:
    blocks[:] = [replace(b, kind="paragraph") if b.kind == "row" else b for b in blocks]


READERS: dict[str, tuple[Callable[[list[Block]], None], str]] = {
    "loses the last row": (without_a_row, "coverage.characters"),
    "loses a heading": (
        lambda blocks: blocks.remove([b for b in blocks if b.kind == "columns"][-1]),
        "coverage.characters",
    ),
    "merges two rows": (with_rows_merged, "coverage.row-apart"),
    "a span one too short": (one_shorter, "coverage.characters"),
    "a row is furniture": (changed_row(kind="furniture"), "coverage.left-out"),
    "a row is a paragraph": (changed_row(kind="paragraph"), "coverage.row-apart"),
    "a row is a note": (changed_row(kind="footnote"), "coverage.row-count"),
    "all rows are paragraphs": (rows_as_paragraphs, "coverage.row-count"),
}


@pytest.mark.parametrize("fault", READERS)
def test_a_broken_reader_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Of a plan that was reviewed, with the committed bounds."""
    change, check = READERS[fault]

    def broken(source: Source, *judged: Any) -> Reading:
        reading = read_documents(source, *judged)
        first, *others = reading.documents
        blocks = list(first.blocks)
        change(blocks)
        sections = tuple(replace(one, heading_block=0) for one in first.sections)
        return Reading((mended(first, blocks, sections), *others), reading.doubts)

    def mended(first: Document, blocks: list[Block], sections: Any) -> Document:
        return replace(first, blocks=tuple(blocks), sections=sections)

    monkeypatch.setattr("khplans.reading.read_documents", broken)
    write_plan(tmp_path / "package", load_plan(REVIEWED))
    assert check in failed(tmp_path / "package")


@pytest.mark.parametrize(
    ("name", "edge", "step"),
    [
        *(("tasks", "start", -1), ("tasks", "end", 1)),
        *((t, e, s) for t in ("sections", "documents") for e in ("start", "end") for s in (-1, 1)),
    ],
)
def test_a_span_that_is_one_off_is_found(tabular: Path, name: str, edge: str, step: int) -> None:
    """Of the last row: its end is the end of a line, or of the text itself."""
    spoil(tabular, name, lambda rows: rows[-1].update({edge: rows[-1][edge] + step}))
    assert failed(tabular) & {"spans.inside", "spans.edges", "spans.document"}


def test_the_reviewed_bounds_are_what_is_there() -> None:
    bounds = read_bounds(RULES)
    counted = {(one.plan_id, one.table) for one in bounds}
    for plan in PLANS:
        assert {(plan.name, name) for name in ("tasks", "indicators", "blocks.row")} <= counted
    assert [one for one in bounds if one.minimum != one.maximum] == []
    results = check_counts(CheckedPackage(ROOT / "datapackages/khplans"), bounds)
    assert [one.examples for one in results if one.failed] == []


@pytest.mark.parametrize("off", [-1, 1])
def test_a_bound_is_kept_to_the_row(tabular: Path, off: int) -> None:
    package = CheckedPackage(tabular)
    (reviewed,) = (CoverageBounds(PLAN, "blocks.row", 3, 3),)
    other = replace(reviewed, minimum=3 + off, maximum=3 + off)
    assert [one.failed for one in check_counts(package, (reviewed,))] == [0]
    assert [one.failed for one in check_counts(package, (other,))] == [1]


def test_an_end_behind_the_text_is_found(tabular: Path) -> None:
    (last,) = CheckedPackage(tabular).rows["documents"]
    assert last["end"] == len((tabular / f"sources/{PLAN}.txt").read_bytes().decode())
    spoil(tabular, "documents", lambda rows: rows[-1].update(end=last["end"] + 1))
    assert "spans.inside" in failed(tabular)
