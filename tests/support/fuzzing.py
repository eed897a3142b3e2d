"""What is fuzzed: each parser with words that it takes and what must hold of whatever it makes of others."""

from __future__ import annotations

import json
import random
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import FrameType
from typing import Any

from click.testing import CliRunner
from hypothesis import strategies as st
from pdf_files import pdf, shown
from small_plans import LAO_CAI, TUYEN_QUANG, add_plan
from word_files import cell, paragraph, row, span, table, word_file

from khplans.cli import group
from khplans.errors import KhplansError
from khplans.extraction.agencies import find_agencies
from khplans.extraction.citations.find import find_mentions
from khplans.extraction.indicators.numbers import find_quantities
from khplans.intake import load_plan
from khplans.intake.files import take
from khplans.intake.layout_file import layout_bytes, read_layout
from khplans.intake.plans import read_corrections
from khplans.intake.review_file import read_judgements
from khplans.layout import Heading, Item, Layout, LeftOut, Note, PageSpan, Recognised
from khplans.packages.described import read_descriptor
from khplans.pipeline import rows_of
from khplans.releases.facts import read_facts, read_provenance, read_versions
from khplans.releases.sums import read_sums
from khplans.settings import parse_settings
from khplans.text.dates import find_dates, find_missing_days
from khplans.text.passage import Span, read_passage

PATIENCE = 15
"""Seconds of the processor that a small input may take, on any machine, before it is called a hang."""
FINDS = Path(__file__).parents[1] / "fuzz" / "finds"
"""Inputs that broke something once: `<target>-<what>.bin`."""
CORPUS = FINDS.with_name("corpus")
"""Inputs of each target that reached something new in its code, as JSON: texts, bytes that are no UTF-8 escaped."""


@dataclass(frozen=True, slots=True)
class Target:
    """A parser: `read` is given the bytes of an input, raises nothing that isn't documented, and asserts what must hold."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[str]
    pieces: Sequence[str]
    costly: int = 1
    """How many times as long it takes as the others: so many fewer runs."""

    @property
    def is_json(self) -> bool:
        return self.name.endswith(".json")


def read_corpus(target: Target) -> list[bytes]:
    """The inputs that are kept of a target."""
    path = CORPUS / f"{target.name}.json"
    texts = json.loads(path.read_bytes()) if path.is_file() else []
    return [text.encode("utf-8", "surrogateescape") for text in texts]


def keep_corpus(target: Target, found: Sequence[bytes]) -> None:
    """Keep the shortest of them: of a costly target few."""
    kept = sorted(set(found), key=lambda data: (len(data), data))[: max(10, 200 // target.costly)]
    texts = [data.decode("utf-8", "surrogateescape") for data in kept]
    CORPUS.mkdir(exist_ok=True)
    (CORPUS / f"{target.name}.json").write_text(f"{json.dumps(texts, indent=0)}\n", "ascii")


# Texts


def _decoded(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(data.decode("utf-8", "replace"))


def _inside(text: str, spans: Iterator[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(text), (start, end)


def _dates(text: str) -> None:
    _inside(text, ((one.i, one.j) for one in find_dates(text, 2025)))
    _inside(text, iter(find_missing_days(text, 2025)))


def _numbers(text: str) -> None:
    found = find_quantities(text)
    _inside(text, ((one.start, one.end) for one in found))


def _citations(text: str) -> None:
    _inside(text, ((one.i, one.j) for one in find_mentions(text)))


def _agencies(text: str) -> None:
    passage = read_passage(text, [Span(0, len(text))], ())
    for mention in find_agencies(passage, "Lào Cai"):
        assert mention.form in passage.text
        assert mention.span in Span(0, len(text))


def _tables(text: str) -> None:
    if not text.strip():
        return
    for name, rows in rows_of(text).items():
        for one in rows:
            if one.get("start") is not None:
                assert 0 <= one["start"] < one["end"] <= len(text), (name, one)
            if one.get("quote") is not None:
                assert text[one["start"] : one["end"]] == one["quote"], (name, one)


# Files by hand and of others


@cache
def _aside() -> Path:
    return Path(mkdtemp())


def _of_a_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        path = _aside() / name
        path.write_bytes(data)
        return read(path)

    return run


def _corrections(path: Path) -> None:
    for one in read_corrections(path, LAO_CAI):
        assert one.span.of(LAO_CAI) == one.before


def _judgements(path: Path) -> None:
    for one in read_judgements(path):
        assert one.span.end - one.span.start == len(one.words)


@cache
def _plan() -> Path:
    return add_plan(_aside(), "lao-cai", LAO_CAI)


def _plan_toml(data: bytes) -> None:
    (_plan() / "plan.toml").write_bytes(data)
    assert load_plan(_plan()).title.strip()


def _settings(data: bytes) -> None:
    assert parse_settings(data, "khplans.toml").licensed


def _layout(data: bytes) -> None:
    found = read_layout(data, LAO_CAI, "layout.json")
    for page in found.pages:
        assert page.span in Span(0, len(LAO_CAI))
    for word in found.words:
        assert word.span in Span(0, len(LAO_CAI))


def _taken(suffix: str, whole: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], object]:
    """Takes in the file that `whole` makes of an input."""

    def run(data: bytes) -> None:
        taken = take(whole(data), Path(f"a{suffix}"), strict=False)
        if taken.layout:
            read_passage(taken.text, [Span(0, len(taken.text))], ())

    return run


_FAULT = re.compile("a fault of the program|Traceback")


def _command(text: str) -> None:
    """In an empty folder; an argument on each line."""
    with TemporaryDirectory() as folder, chdir(folder):
        said = CliRunner().invoke(group, text.replace("\0", "").split("\n"), prog_name="khplans")
    assert isinstance(said.exception, SystemExit | None), said.exception
    assert said.exit_code in (0, 1, 2), said.output
    assert not _FAULT.search(said.output)


_SHA = "0" * 64
_VERSIONS = {
    "newest": "1.1.0", "latest": "1.0.0",
    "versions": [{"version": "1.1.0", "sums_sha256": _SHA, "zip": {"path": "1.1.0/a.zip", "bytes": 1, "sha256": _SHA}}],
}  # fmt: skip
_FACTS = {
    "version": "1.1.0", "previous": "1.0.0", "released": "2026-11-02", "level": "minor", "plans": ["a"],
    "tables": {"tasks": {"rows": 1, "content_sha256": _SHA}}, "files": [{"path": "a", "bytes": 1, "sha256": _SHA}],
}  # fmt: skip
_MADE_BY = {"code": {"tree": "1"}, "lock": {"sha256": _SHA}, "tools": {"pyarrow": "26"}, "plans": {"a": {"b": _SHA}}}  # fmt: skip
_PACKAGE = {
    "name": "khplans",
    "resources": [{"name": "a", "path": "a.csv", "hash": f"sha256:{_SHA}", "bytes": 7, "schema": {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}}],
}  # fmt: skip
_LAYOUT = layout_bytes(
    Layout(
        items=(Item(Span(0, 15), Span(0, 3), 0),),
        headings=(Heading(Span(20, 30), 1),),
        notes=(Note(Span(40, 50), 12, "1"),),
        left_out=(LeftOut("page", "2", 60),),
        pages=(PageSpan(1, Span(0, 200), 595, 842),),
        words=(Recognised(Span(0, 3), 1, (1.0, 1.0, 9.0, 9.0), 80.0),),
    )
).decode()
_LINES = [*LAO_CAI.splitlines(), *TUYEN_QUANG.splitlines()]
_SIGNS = (
    "0", "1", "12", "31", "2025", "9" * 25, ".", ",", ";", ":", "/", "-", "–", "(", ")", "%", " ", "\t", "\n", "\r", "\f", "|", "“",
    "\u00a0", "\u200b", "\u0301", "\x1b", "\x00", "\u2028", "\ufeff", "\U0001f600", "đ", "Đ", "ặ",
)  # fmt: skip
_WORDS = (
    "trước ngày", "tháng", "quý", "Quý IV", "năm", "ngày", "hằng quý", "đến", "từ", "trong đó", "tỷ đồng", "nghìn", "đạt", "tăng",
    "Nghị quyết số", "Luật Đất đai", "Điều", "khoản 2", "của", "Chính phủ", "Sở Y tế", "UBND các huyện", "Ban", "chủ trì", "phối hợp với",
    "PHỤ LỤC", "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn", "1\tXây dựng đề án\tSở Y tế\tQuý I/2025", "| 1 | Rà soát | Sở Y tế |", "KẾ HOẠCH",
    "Số: 15/KH-UBND", "TM. ỦY BAN NHÂN DÂN", "Điều 1.", "a)", "II.", "gọi tắt là",
)  # fmt: skip
_TEXT = (*_SIGNS, *_WORDS)
_JSON = (
    *_SIGNS,
    "{",
    "}",
    "[",
    "]",
    '"',
    '""',
    "null",
    "true",
    "-1",
    "1e999",
    "NaN",
    '"\\ud800"',
    '{"a":',
    "[[",
    "../x",
    "\\u0000",
)
_CSV = (
    *_SIGNS,
    '"',
    '""',
    "start,end",
    "7134,7138",
    "\r\n",
    ",,",
    "tasks",
    "tasks.deadline",
    "cells",
    "1.1: a",
    "--",
    "2025-03-01",
)
_TOML = (
    *_SIGNS,
    "=",
    '"',
    "'''",
    "[",
    "]",
    "[[a]]",
    "title",
    "received",
    "2025-03-01",
    "1979-05-27T07:32:00Z",
    "#",
    "{",
    "\\u0000",
)
_HTML = (*_SIGNS, "<", ">", "<table>", "<td colspan=99999>", "<td rowspan=2>", "</tr>", "<p>", "<ol start=9>", "<li>", "<!--", "<script>", "&#0;", "&nbsp;", "<sup>", "<pre>", "<br>")  # fmt: skip
_WORD = (*_SIGNS, "<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", "<w:br/>", "<w:tab/>", "<w:del>",
    '<w:gridSpan w:val="999999999"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>", "<w:numPr>", '<w:ilvl w:val="-1"/>', "&#0;", "&#x110000;", "<!--", "<![CDATA[", "w:val=",
)  # fmt: skip
_DRAWN = (
    *_SIGNS, "BT", "ET", "Tf", "Td", "Tj", "TJ", "'", '"', "[", "]", "<", ">", "\\(", "/F", "/X Do", "q", "Q", "cm", "re", "l", "m", "S", "h", "BI", "ID", "EI", "1e99", "-1",
    "0 0 0 0 0 0 cm", "BMC", "EMC", "sh", "gs", "Tm", "3 Tr", "0 Tf", "99999 TL", "T*",
)  # fmt: skip
_MD = (
    *_SIGNS,
    "#",
    "**",
    "`",
    "| a | b |",
    "|---|---|",
    "- ",
    "1. ",
    "> ",
    "[x](y)",
    "![",
    "<b>",
    "\\",
    "~~~",
)
_HAND = "start,end,before,after,reason,date\n"
_JUDGED = "start,end,words,what,from,to,reason,who,date\n"
_AT = LAO_CAI.index("Sở Y tế")
_HEAD = "<!doctype html><meta charset=utf-8><title>a</title>"
_VERBS = sorted(set(group.commands) - {"review"})
_ARGUMENTS = (
    *_VERBS, "--help", "--json", "--format", "csv", "json", "--agency", "--province", "--source", "--version", "--plans", "--to", "--id", ".", "..",
    "/", "*", "-", "--", "", "0", "-1", "1.0.0", "2025", "2025-13-45", "http://127.0.0.1:9", "file:///", "\x1b[2J", "\u202e", "\ud800", "ế" * 300,
    "select 1", "select * from tasks", "so y te", "'", '"', "a=b", "--where", "--accept", "--keep-going", "--received",
)  # fmt: skip

TARGETS = (
    Target("dates", _decoded(_dates), ["trước ngày 30/6/2025", "Quý II/2025 đến tháng 9", "ngày 31 tháng 02 năm 2025", "2021-2025"], _TEXT),
    Target("numbers", _decoded(_numbers), ["đạt 8,1%, tăng 1.234,5 tỷ đồng", "từ 5 đến 9 triệu USD", "68/92 xã (73,9%)"], _TEXT),
    Target("citations", _decoded(_citations), ["Nghị quyết số 09-NQ/TW ngày 28/01/2022 của Bộ Chính trị", "khoản 2 Điều 5 Luật Đất đai"], _TEXT),
    Target("agencies", _decoded(_agencies), ["Sở Y tế, Sở Nông nghiệp và Môi trường, UBND các huyện, thị xã"], _TEXT),
    Target("letterhead", _decoded(_tables), ["\n".join(_LINES[:14])], _TEXT, 20),
    Target("tables", _decoded(_tables), ["STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n1\tXây dựng đề án\tSở Y tế\tQuý I/2025\n2\tRà soát\tSở Nội vụ\t2025\n"], _TEXT, 10),
    Target("plan", _decoded(_tables), [LAO_CAI], (*_TEXT, *_LINES), 60),
    Target("layout.json", _layout, [_LAYOUT], _JSON),
    Target("corrections.csv", _of_a_file("corrections.csv", _corrections), [f"{_HAND}{_AT},{_AT + 7},Sở Y tế,Sở Ytế,vì sao,2025-03-01\n"], _CSV),
    Target("review.csv", _of_a_file("review.csv", _judgements), [f"{_JUDGED}{_AT},{_AT + 7},Sở Y tế,tasks.lead,a,b,vì sao,Lan,2025-03-01\n", f'{_JUDGED}0,3,a b,cells,1.1: a b,"1.1: a\n1.2: b",x,Lan,2025-03-01\n'], _CSV),
    Target("plan.toml", _plan_toml, [(add_plan(Path(mkdtemp()), "a", LAO_CAI) / "plan.toml").read_text("utf-8")], _TOML, 4),
    Target("khplans.toml", _settings, ['name = "a"\ntitle = "b"\naddress = "https://a.vn/"\n[colours]\naccent = "#0b5563"\n'], _TOML),
    Target("versions.json", lambda data: read_versions(data, "a"), [json.dumps(_VERSIONS)], _JSON),
    Target("release.json", lambda data: read_facts(data, "a"), [json.dumps(_FACTS)], _JSON),
    Target("provenance.json", lambda data: read_provenance(data, "a"), [json.dumps(_MADE_BY)], _JSON),
    Target("datapackage.json", lambda data: read_descriptor(data, "a"), [json.dumps(_PACKAGE)], _JSON),
    Target("SHA256SUMS", lambda data: read_sums(data, "a"), [f"{_SHA}  a.csv\n{_SHA}  sources/a.txt\n"], (*_SIGNS, _SHA, "  ", " *", "../", "a.csv")),
    Target("html", _taken(".html"), [f"{_HEAD}<table><tr><th>STT<th>Nhiệm vụ<tr><td>1<td>Xây dựng đề án</table><ol><li>Sở Y tế chủ trì, phối hợp với Sở Tài chính trình Ủy ban nhân dân tỉnh trước ngày 30/6/2025</ol>"], _HTML, 10),
    Target("markdown", _taken(".md"), ["# KẾ HOẠCH\n\n| STT | Nhiệm vụ |\n|---|---|\n| 1 | Rà soát |\n\n1. **Sở Y tế** chủ trì\n"], _MD, 10),
    Target("text", _taken(".txt"), [LAO_CAI[:400]], _TEXT, 5),
    Target("docx", _taken(".docx", lambda data: word_file(data.decode("utf-8", "replace"))), [paragraph("KẾ HOẠCH") + table(row(cell("1"), cell("Rà soát")), row(cell("2", properties=span(2))))], _WORD, 20),
    Target("pdf", _taken(".pdf", pdf), [shown((72, 770, "1. A b c"), (72, 756, "2. D e"), before="0.5 w 60 700 400 90 re S").decode()], _DRAWN, 1000),
    Target("command", _decoded(_command), ["tasks\n--agency\nso y te", "why\na:b", "build\n--plans\n.", "sql\nselect 1"], _ARGUMENTS, 40),
)  # fmt: skip


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Its seeds with pieces put in, taken out, put elsewhere or said twice; or nothing but pieces."""
    edit = st.tuples(
        st.sampled_from(("in", "out", "twice", "moved", "over")),
        st.integers(0, 2000),
        st.integers(1, 40),
        st.sampled_from(target.pieces),
    )
    joined = st.lists(st.sampled_from(target.pieces), max_size=12).map(
        "\n".join if target.name == "command" else "".join
    )
    edited = st.builds(_edited, st.sampled_from(target.seeds), st.lists(edit, max_size=8))
    as_bytes = st.one_of(edited, edited, joined).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
    if target.is_json:
        edited = st.builds(reshaped, edited, st.integers(0, 2**32))
        as_bytes = st.one_of(as_bytes, edited.map(str.encode))
    return st.one_of(
        as_bytes,
        as_bytes,
        as_bytes,
        st.builds(_flipped, as_bytes, st.integers(0, 4000), st.integers(0, 255)),
    )


_VALUES = (
    None,
    True,
    0,
    -1,
    10**30,
    1e999,
    "",
    "..",
    "a/../b",
    "/x",
    "\ud800",
    [],
    {},
    [[]],
    {"": 0},
)


def reshaped(text: str, seed: int) -> str:
    """JSON of which a value became another, went, or stands twice; a text that is no JSON as it is.

    >>> [reshaped('{"a": [1, 2]}', seed) for seed in (1, 5, 6)], reshaped("{", 1)
    (['{"a": "a/../b"}', '{"a": [1]}', '{"a": [1, 1]}'], '{')
    """
    with suppress(ValueError, RecursionError):
        chosen, whole = random.Random(seed), json.loads(text)
        places = list(_places(whole))
        if places:
            inside, key = chosen.choice(places)
            ways = (_replace, _replace, _drop, _repeat)
            chosen.choice(ways)(inside, key, chosen)
        return json.dumps(whole)
    return text


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """What holds each value of some JSON, and its key or number there."""
    keys = (
        value.keys()
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _replace(inside: Any, key: Any, chosen: random.Random) -> None:
    others = [held[at] for held, at in _places(inside)]
    inside[key] = chosen.choice([*_VALUES, *others])


def _drop(inside: Any, key: Any, _: random.Random) -> None:
    del inside[key]


def _repeat(inside: Any, key: Any, chosen: random.Random) -> None:
    if isinstance(inside, dict):
        inside[chosen.choice(["", "x", *inside])] = inside[key]
    else:
        inside += [inside[key]] * chosen.choice((1, 99))


def _edited(text: str, edits: Sequence[tuple[str, int, int, str]]) -> str:
    for way, place, length, piece in edits:
        at = place % (len(text) + 1)
        end = at + length
        if way == "in":
            text = text[:at] + piece + text[at:]
        elif way == "over":
            text = text[:at] + piece + text[end:]
        elif way == "out":
            text = text[:at] + text[end:]
        elif way == "twice":
            text = text[:end] + text[at:end] + text[end:]
        else:
            text = text[:at] + text[end:] + text[at:end]
    return text


def _flipped(data: bytes, place: int, byte: int) -> bytes:
    at = place % (len(data) + 1)
    return data[:at] + bytes([byte]) + data[at + 1 :]


class Hang(Exception):
    """An input took longer than any of its length should."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise `Hang` where the processor is at it for longer than `PATIENCE`, however busy the machine is."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"{PATIENCE} s of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def try_input(target: Target, data: bytes) -> None:
    """Nothing but a `KhplansError`, which can be printed, and in no endless time."""
    with bounded(), suppress(KhplansError):
        try:
            target.read(data)
        except KhplansError as error:
            str(error).encode()
            raise
