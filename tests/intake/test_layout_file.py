"""layout.json is written and read without loss, held to its schema, and no strange one gets in."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.errors import KhplansError
from khplans.intake.layout_file import layout_bytes, read_layout
from khplans.layout import (
    Heading,
    Item,
    Layout,
    LayoutCell,
    LayoutTable,
    LeftOut,
    Note,
    PageSpan,
    Recognised,
)
from khplans.text.passage import Span

TEXT = "1. Sở Y tế\n\nTT\tNhiệm vụ\n1\tBáo cáo\nhằng năm\n\n[1] Chú thích"
SCHEMA = json.loads((files("khplans.intake") / "layout.schema.json").read_text("utf-8"))
FULL = Layout(
    (
        LayoutTable(
            Span(12, 41),
            (
                LayoutCell(0, 0, (Span(12, 14),), header=True),
                LayoutCell(0, 1, (Span(15, 23),), header=True),
                LayoutCell(1, 0, (Span(24, 25),)),
                LayoutCell(1, 1, (Span(26, 33), Span(34, 42)), columns=2),
            ),
        ),
    ),
    (Item(Span(0, 10), Span(0, 2), 0),),
    (Heading(Span(0, 10), 1),),
    (Note(Span(44, 57), 10, "1"),),
    (LeftOut("struck", "bỏ “đi”\n", 11),),
    (PageSpan(1, Span(0, 57), 595.2, 842),),
    (Recognised(Span(0, 2), 1, (1.5, 2, 3, 4), 90),),
)


def broken(change: Any) -> bytes:
    raw = json.loads(layout_bytes(FULL))
    change(raw)
    return json.dumps(raw).encode()


def test_what_is_written_is_read() -> None:
    data = layout_bytes(FULL)
    jsonschema.validate(json.loads(data), SCHEMA)
    assert read_layout(data, TEXT, "layout.json") == FULL
    assert read_layout(layout_bytes(Layout()), "", "layout.json") == Layout()


ABOUT_TABLES = (
    lambda raw: raw["tables"][0]["cells"][1].update(column=0),
    lambda raw: raw["tables"][0]["cells"][3].update(rows=10**9),
    lambda raw: raw["tables"][0].update(inside=0),
)
OF_ANOTHER_FORM = (
    lambda raw: raw.pop("notes"),
    lambda raw: raw["tables"][0].update(basis="guessed"),
    lambda raw: raw["tables"][0]["cells"][0].update(rows=0),
    lambda raw: raw["tables"][0]["cells"][0].update(spans=[[1, 2]]),
    lambda raw: raw["left_out"][0].update(kind="magic"),
    lambda raw: raw["headings"][0].update(level=-1),
    lambda raw: raw["notes"][0].update(called="x"),
    lambda raw: raw["pages"][0].update(width=True),
    lambda raw: raw["pages"][0].update(number=0),
    lambda raw: raw["pages"][0].update(height=10**7),
    lambda raw: raw["pages"][0].update(turned=361),
    lambda raw: raw["words"][0].update(confidence=True),
    lambda raw: raw["words"][0].update(page=0),
    lambda raw: raw["words"][0]["box"].append(1),
    lambda raw: raw["words"][0]["box"].__setitem__(0, -(10**7)),
)
OUT_OF_ORDER = (
    lambda raw: raw["pages"].insert(0, raw["pages"][0] | {"span": {"start": 9, "end": 12}}),
    lambda raw: raw["words"].insert(0, raw["words"][0] | {"span": {"start": 9, "end": 12}}),
)
OUTSIDE = (
    lambda raw: raw["notes"][0].update(called=999),
    lambda raw: raw["tables"][0]["cells"][0]["spans"][0].update(end=10**6),
    lambda raw: raw["items"][0]["marker"].update(start=5),
)


@pytest.mark.parametrize("change", [*ABOUT_TABLES, *OF_ANOTHER_FORM, *OUT_OF_ORDER, *OUTSIDE])
def test_a_strange_layout_is_refused(change: Any) -> None:
    with pytest.raises(KhplansError, match=r"^layout\.json: "):
        read_layout(broken(change), TEXT, "layout.json")


@pytest.mark.parametrize("change", OF_ANOTHER_FORM)
def test_the_schema_refuses_what_the_reader_refuses(change: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(broken(change)), SCHEMA)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from([*SCHEMA["properties"]]), x)).map(lambda x: json.dumps(x).encode()))  # fmt: skip
def test_whatever_stands_there_is_read_or_refused(data: bytes) -> None:
    with suppress(KhplansError):
        read_layout(data, TEXT, "layout.json")
