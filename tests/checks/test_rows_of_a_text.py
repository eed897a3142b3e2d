"""Checks of spans, blocks, table rows and counts on texts of a few words: what is right, and what is just not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from verdicts import Row, at, package_of

from khplans.checks.blocks import _is_of_stamp, _is_true, _left_out, check_blocks
from khplans.checks.coverage import CoverageBounds, check_counts, check_reviewed
from khplans.checks.results import Result
from khplans.checks.spans import _defined, check_spans
from khplans.checks.table_rows import check_table_rows


def found(results: Iterable[Result], check: str, table: str) -> tuple[int, tuple[str, ...]]:
    """How many a check looked at, and the first that failed."""
    (one,) = (one for one in results if (one.check, one.table) == (check, table))
    return one.checked, one.examples


# --- spans


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (0, 4, True), (1, 2, True), (0, 5, False), (-1, 4, False), (2, 2, False), (3, 1, False), (4, 6, False),
        (4, 7, False), (5, 7, True), (None, None, True), (None, 4, False),
    ],
)  # fmt: skip
def test_a_span_lies_in_its_text_without_blanks_around(
    start: int | None, end: int | None, right: bool
) -> None:
    text = "Rừng ta" if end == 5 or (start or 0) >= 4 else "Rừng"
    some = package_of(text, warnings=[{"warning_id": "w", "start": start, "end": end}])
    assert found(check_spans(some), "spans.inside", "warnings") == (1, () if right else ("w",))


def test_quotes_are_the_words_of_the_source() -> None:
    quotes = [("a", "Rừng"), ("b", "Rừn"), ("c", "rừng")]
    rows = [{"indicator_id": i, "quote": quote, "start": 0, "end": 4} for i, quote in quotes]
    some = package_of("Rừng ta", indicators=rows)
    assert found(check_spans(some), "spans.quote", "indicators") == (3, ("b", "c"))


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [(1, 3, True), (0, 3, False), (1, 4, False), (2, 2, True)],
)
def test_a_row_lies_in_its_document(start: int, end: int, right: bool) -> None:
    tasks = [
        {"task_id": "t", "start": start, "end": end},
        {"task_id": "u", "start": 0, "end": 0, "document_id": "e"},
    ]
    some = package_of("Rừng", {"start": 1, "end": 3}, tasks=tasks)
    wrong = ("u",) if right else ("t", "u")
    assert found(check_spans(some), "spans.document", "tasks") == (2, wrong)


@pytest.mark.parametrize(
    ("start", "end", "right"), [(1, 4, True), (1, 2, True), (0, 4, False), (1, 3, False)]
)
def test_a_section_begins_and_ends_with_a_block(start: int, end: int, right: bool) -> None:
    blocks = [{"block_id": "a", "start": 1, "end": 2}, {"block_id": "b", "start": 2, "end": 4}]
    elsewhere = [{"block_id": "c", "plan_id": "q", "start": 0, "end": 3}]
    sections = [{"section_id": "s", "start": start, "end": end}]
    some = package_of("Rừng", blocks=[*blocks, *elsewhere], sections=sections)
    assert found(check_spans(some), "spans.edges", "sections") == (1, () if right else ("s",))


@pytest.mark.parametrize(
    ("citation", "first", "last", "right"),
    [
        ("c", 4, 9, True), ("c", 4, 20, True), ("c", 4, 21, False), ("c", 4, 4, False), ("c", 4, 3, False), ("c", 2, 9, True),
        ("c", 1, 9, False), ("c", None, 9, False), ("c", 4, None, False), ("c", None, None, False), (None, 4, 9, False),
        (None, None, None, True), (None, None, 9, False),
    ],
)  # fmt: skip
def test_a_short_name_is_defined_before_it_is_used(
    citation: str | None, first: int | None, last: int | None, right: bool
) -> None:
    row = {
        "short_citation_id": "s", "document_id": "doc", "citation_id": citation, "definition_start": first,
        "definition_end": last, "start": 20, "end": 22,
    }  # fmt: skip
    assert _defined(row, {"doc": (2, 40)}) is right
    some = package_of("x" * 40, {"start": 2}, short_citations=[row])
    wrong = () if right else ("s",)
    assert found(check_spans(some), "spans.definition", "short_citations") == (1, wrong)


# --- blocks


@pytest.mark.parametrize(
    ("text", "blocks", "wrong"),
    [
        ("Một hai", ["Một", "hai"], []),
        ("Một hai", ["hai", "Một"], []),
        ("Một hai", ["Một"], [3]),
        ("Một hai", ["hai"], [0]),
        ("Một x hai", ["Một", "hai"], [3]),
        ("Một\u200b hai \u200b", ["Một", "hai"], []),
        ("Một hai", ["Một ", "hai"], [0]),
        ("Một hai", ["Một h", "hai"], [4]),
        ("Một hai", ["Một hai", "hai"], [4]),
        ("Một hai", ["Một", "", "hai"], [0]),
    ],
)
def test_characters_are_in_one_block(text: str, blocks: list[str], wrong: list[int]) -> None:
    rows = [at(text, words, block_id=words) for words in blocks]
    checked, places = found(check_blocks(package_of(text, blocks=rows)), "coverage.characters", "blocks")  # fmt: skip
    assert checked == len("".join(text.split()).replace("\u200b", ""))
    assert places == tuple(f"p@{place}" for place in wrong)


def test_a_block_ends_with_its_text() -> None:
    for end, wrong in ((4, ()), (5, ("p@0",))):
        some = package_of("Rừng", blocks=[{"start": 0, "end": end}])
        some.rows["documents"][0]["end"] = 9
        assert found(check_blocks(some), "coverage.characters", "blocks") == (4, wrong)


@pytest.mark.parametrize(
    ("block", "right"),
    [
        ({}, True), ({"kind": "outside"}, False), ({"kind": "outside", "document_id": None}, True),
        ({"document_id": None}, False), ({"document_id": "e"}, False), ({"block_id": "early"}, False), ({"block_id": "late"}, False),
    ],
)  # fmt: skip
def test_a_block_lies_in_its_document_or_outside(block: Row, right: bool) -> None:
    name = block.get("block_id", "b")
    document = {"start": int(name == "early"), "end": 4 - int(name == "late")}
    some = package_of("Rừng", document, blocks=[block])
    wrong = () if right else (name,)
    assert found(check_blocks(some), "coverage.characters", "blocks") == (4, wrong)


@pytest.mark.parametrize(
    ("kind", "reason", "left"),
    [
        ("furniture", None, True),
        ("outside", None, True),
        ("row", "listed", True),
        ("row", None, False),
    ],
)
def test_what_is_left_out(kind: str, reason: str | None, left: bool) -> None:
    assert _left_out({"kind": kind, "reason": reason}) is left


@pytest.mark.parametrize(
    ("kind", "reason", "words", "true"),
    [
        ("outside", "surroundings", "Trang chủ", True),
        ("outside", "listed", "Trang chủ", False),
        ("row", "listed", "1 Lê A", True),
        ("furniture", "rule", "-----", True),
        ("furniture", "rule", "--a--", False),
        ("furniture", "set-aside", "x", True),
        ("furniture", "set-aside", "\u200b", False),
        ("furniture", "page-number", "- 2 -", True),
        ("furniture", "page-number", "Trang 2/9", True),
        ("furniture", "page-number", "Trang hai", False),
        ("furniture", "page-number", f"2{' ' * 29}", True),
        ("furniture", "page-number", f"2{' ' * 30}", False),
        ("furniture", "running-header", "CÔNG BÁO số 2", True),
        ("furniture", "running-header", "Báo cáo", False),
        ("furniture", "running-header", f"Công báo {'x' * 141}", True),
        ("furniture", "running-header", f"Công báo {'x' * 142}", False),
        ("furniture", "image", "![ảnh](a.png)", True),
        ("furniture", "image", "<img>", True),
        ("furniture", "image", "ảnh", False),
        ("furniture", "stamp", "ĐẾN\nNgày: 5/3", True),
        ("furniture", "stamp", "Rừng ta", False),
        ("furniture", "stamp", f"ĐẾN\n{'x' * 596}", True),
        ("furniture", "stamp", f"ĐẾN\n{'x' * 597}", False),
        ("furniture", "listed", "ĐẾN", False),
        ("furniture", None, "ĐẾN", False),
    ],
)
def test_what_was_left_out_is_what_its_reason_says(
    kind: str, reason: str | None, words: str, true: bool
) -> None:
    row = {"kind": kind, "reason": reason}
    assert _is_true(row, words) is true
    some = package_of(words, blocks=[{**row, "block_id": "b"}])
    assert found(check_blocks(some), "coverage.left-out", "blocks") == (1, () if true else ("b",))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LÊ A", True), ("đến", True), ("Ngày: 5/3/2025", True), ("Ngày ký", False), ("Rừng: 5", False), ("a@b.vn", True),
        ("Rừng ta", False), ("Số 5.2", True),
    ],
)  # fmt: skip
def test_lines_of_a_stamp(line: str, expected: bool) -> None:
    assert _is_of_stamp(line) is expected


# --- rows of tables


def of_rows(text: str, kinds: str, **rows: Sequence[Row]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """What is found of a text of lines; a letter for each: a row, names of columns, a heading, a paragraph, a footnote, nothing."""
    names = {"r": "row", "c": "columns", "h": "heading", "p": "paragraph", "f": "footnote", "u": "furniture"}  # fmt: skip
    blocks, place = [], 0
    for kind, line in zip(kinds, text.split("\n"), strict=True):
        if kind == "+":
            blocks[-1]["end"] = place + len(line)
        elif kind != ".":
            span = {"start": place, "end": place + len(line)}
            blocks.append({"block_id": str(place), "kind": names[kind], **span})
        place += len(line) + 1
    results = list(check_table_rows(package_of(text, blocks=blocks[::-1], **rows)))
    return {one.check.partition(".")[2]: (one.checked, one.examples) for one in results}


@pytest.mark.parametrize(
    ("tasks", "lost"),
    [
        ([(5, 8)], ()), ([(5, 6)], ()), ([(0, 3)], ("p@5",)), ([(4, 9)], ("p@5",)),
        ([(15, 16)], ()), ([(16, 17)], ("p@5",)), ([], ("p@5",)), ([(0, 3), (6, 7)], ()),
    ],
)  # fmt: skip
def test_a_row_gave_something(tasks: list[tuple[int, int]], lost: tuple[str, ...]) -> None:
    text = "Rừng\n1\tTrồng cây\nHết"
    rows = [{"task_id": str(i), "start": i, "end": j} for i, j in tasks]
    for name in ("tasks", "indicators"):
        assert of_rows(text, "prp", **{name: rows})["table-rows"] == (1, lost)
    told = {"code": "row-unaccounted", "start": 5, "end": 16}
    block = {"kind": "row", "start": 5, "end": 16}
    for code, failed in (("row-unaccounted", 0), ("unit-unknown", len(lost))):
        warnings = [{**told, "code": code}]
        used, *_ = check_table_rows(package_of(text, tasks=rows, warnings=warnings, blocks=[block]))
        assert (used.failed, used.warned) == (failed, len(lost) - failed)


def test_each_row_gave_something_of_its_own() -> None:
    text = "1\tTrồng\n2\tĐào\n3\tXây"
    spans = {row: at(text, row) for row in ("Trồng", "Đào", "Xây")}
    tasks = [{"task_id": "t", **spans["Xây"]}]
    indicators = [{"indicator_id": "i", **spans["Trồng"]}]
    assert of_rows(text, "rrr", tasks=tasks)["table-rows"] == (3, ("p@8", "p@0"))
    found = of_rows(text, "rrr", tasks=tasks, indicators=indicators)
    assert found["table-rows"] == (3, ("p@8",))
    blocks = [
        {"kind": "row", "block_id": row, **at(text, row)}
        for row in ("1\tTrồng", "2\tĐào", "3\tXây")
    ]
    blocks[1]["continues_block_id"] = blocks[0]["block_id"]
    used, *_ = check_table_rows(package_of(text, blocks=blocks, tasks=tasks, indicators=indicators))
    assert (used.checked, used.failed) == (2, 0)
    listed = [{**block, "reason": "listed"} for block in blocks]
    used, *_ = check_table_rows(package_of(text, blocks=listed))
    assert (used.checked, used.failed) == (0, 0)
    used, *_ = check_table_rows(package_of("|--|", blocks=[{"kind": "row"}]))
    assert used.checked == 0


def test_a_row_that_no_block_has_gave_nothing() -> None:
    text = "Rừng\n1\tTrồng\t9 \nHết"
    inside = [{"task_id": "t", "start": 7, "end": 9}]
    assert of_rows(text, "p.p")["table-rows"] == (1, ("p@5",))
    assert of_rows(text, "p.p", tasks=inside)["table-rows"] == (1, ())
    for start, lost in ((13, ()), (14, ("p@5",))):
        behind = [{"task_id": "t", "start": start, "end": 16}]
        assert of_rows(text, "p.p", tasks=behind)["table-rows"] == (1, lost)


@pytest.mark.parametrize(
    ("text", "kinds", "looked", "mixed", "unread"),
    [
        ("Rừng\n1\tTrồng\t9\nHết", "prp", 1, (), ()),
        ("Rừng\n1\tTrồng\t9\nHết", "php", 1, (), ("p@5",)),
        ("Rừng\n1\tTrồng\t9\nHết", "ppp", 1, (), ("p@5",)),
        ("Rừng\n1\tTrồng\t9\nHết", "pfp", 1, (), ("p@5",)),
        ("Rừng\n1\tTrồng\t9\nHết", "pup", 1, (), ()),
        ("A\tB\n1\tTrồng\t9\nHết", "cpp", 1, ("p@4",), ()),
        ("A\tB\n1\tTrồng\t9\nHết", "chp", 1, (), ()),
        ("A\tB\n1\tTrồng\t9\nHết", "cfp", 1, (), ("p@4",)),
        ("A\tB\n1\tTrồng\t9\nHết", "cup", 1, (), ()),
        ("A\tB\n1\tTrồng\t9\nHết", "c++", 1, ("p@4",), ()),
        ("A\tB\n5\nHết", "c++", 1, (), ()),
        ("A\tB\n5\nHết", "cpp", 1, ("p@4",), ()),
        ("Rừng\n5\nHết", "ppp", 1, (), ()),
        ("Rừng\n5 cây\nHết", "ppp", 0, (), ()),
        ("1\tRừng\n2\nBiển\n3\tHết", "r++r", 1, ("p@0",), ()),
        ("A\tRừng\n1\tRừng\n2\nBiển\n3\tHết", "rr++r", 1, ("p@7",), ()),
        ("A\tB\n| 1 | Trồng |\nHết", "chp", 1, (), ()),
    ],
)  # fmt: skip
def test_what_looks_like_a_row_is_one(
    text: str, kinds: str, looked: int, mixed: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    results = of_rows(text, kinds)
    assert results["row-apart"] == (looked, mixed)
    assert results["table-read"] == (looked, unread)


# --- counts


@pytest.mark.parametrize(
    ("minimum", "maximum", "right"), [(2, 2, True), (1, 3, True), (3, 4, False), (0, 1, False)]
)
def test_counts_are_within_their_bounds(minimum: int, maximum: int, right: bool) -> None:
    tasks = [{"task_id": "t"}, {"task_id": "u"}, {"task_id": "v", "document_id": "e"}]
    blocks = [{"kind": "row"}, {"kind": "row"}, {"kind": "item"}]
    some = package_of("Rừng", tasks=tasks, blocks=blocks)
    for name in ("tasks", "blocks.row"):
        bounds = (
            CoverageBounds("p", name, minimum, maximum),
            CoverageBounds("other", name, 9, 9),
        )
        wrong = () if right else (f"p: 2 ∉ {minimum}–{maximum}",)
        results = check_counts(some, bounds)
        assert found(results, "coverage.row-count", name.partition(".")[0]) == (1, wrong)
        assert check_reviewed(some, bounds).examples == ()
        assert check_reviewed(some, bounds[1:]).examples == ("p",)
