"""Names as people type them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import khplans
from khplans.client.typed_names import abbreviates, unknown


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


@pytest.mark.parametrize(
    "typed",
    [
        "Sở Y tế",
        "so y te",
        "SỞ Y TẾ",
        "Sở  Y  Tế",
        "sở y tê",
        "SYT",
        "Sở YT",
        "So\u031b\u0309 Y te\u0302\u0301",
    ],
)
def test_an_agency_of_two_provinces(kp: khplans.Collection, typed: str) -> None:
    found = kp.agency(typed)
    assert set(found.agency_id) == {"khanh-hoa-so-y-te", "dien-bien-so-y-te"}
    assert found.set_index("agency_id").tasks_lead["khanh-hoa-so-y-te"] == 1


@pytest.mark.parametrize(
    "given", [float("nan"), pd.NA, None, 7, ["so y te"], pd.Series(["so y te"]), "\ud800"]
)
def test_what_is_no_text_is_no_name(kp: khplans.Collection, given: Any) -> None:
    """An empty cell, a list, a column: what pandas hands on where one name is meant."""
    for ask in (
        kp.agency, kp.tasks_by_agency, kp.indicator_series, kp.cites, kp.row, kp.source, kp.why,
        kp.source_text, kp.plan, kp.view, kp.describe, kp.schema, kp.arrow, kp.sql, kp.__getitem__,
    ):  # fmt: skip
        with pytest.raises(khplans.UnknownNameError, match="a text is wanted"):
            ask(given)
    assert given not in kp
    if given is not None:
        with pytest.raises(khplans.UnknownNameError, match="a text is wanted"):
            kp.tasks_by_agency("so y te", province=given)
        with pytest.raises(khplans.UnknownNameError, match="a text is wanted"):
            kp.tasks_by_agency("so y te", role=given)


@pytest.mark.parametrize(
    "given", [float("nan"), 7, ["a"], b"a", Path("a\0b"), Path("\ud800"), Path("a" * 300)]
)
def test_what_is_no_path_is_no_place(kp: khplans.Collection, given: Any) -> None:
    for ask in (
        khplans.read, khplans.versions, kp.save, kp.lock, kp.compare, lambda p: khplans.load(source=p)
    ):  # fmt: skip
        with pytest.raises(khplans.KhplansError, match="no usable path"):
            ask(given)


@pytest.mark.parametrize(
    "typed", ["so y te khanh hoa", "Sở Y tế tỉnh Khánh Hoà", "khanh-hoa-so-y-te"]
)
def test_an_agency_with_its_province(kp: khplans.Collection, typed: str) -> None:
    assert kp.agency(typed).agency_id.tolist() == ["khanh-hoa-so-y-te"]


def test_the_province_may_be_given_apart(kp: khplans.Collection) -> None:
    assert kp.agency("so y te", province="dien bien").agency_id.tolist() == ["dien-bien-so-y-te"]
    with pytest.raises(khplans.UnknownNameError, match="Khánh Hòa"):
        kp.agency("so y te", province="Khanh Ho")


@pytest.mark.parametrize(
    "typed",
    ["SNN&PTNT", "Sở NN&PTNT", "sở nn và ptnt", "so nnptnt", "Sở Nông nghiệp & PTNT", "snnptnt"],
)
def test_abbreviations(kp: khplans.Collection, typed: str) -> None:
    assert kp.agency(typed).agency_id.tolist() == ["khanh-hoa-snnptnt"]


@pytest.mark.parametrize(
    ("short", "name", "is_one"),
    [
        ("SKH&ĐT", "Sở Kế hoạch và Đầu tư", True),
        ("LĐTBXH", "Lao động - Thương binh và Xã hội", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("UBND", "Ủy ban nhân dân tỉnh", False),
        ("STNMT", "Sở Tài nguyên và Môi trường", True),
        ("ST", "Sở Tài nguyên và Môi trường", False),
        ("", "Sở Y tế", False),
    ],
)
def test_what_abbreviates_what(short: str, name: str, is_one: bool) -> None:
    assert abbreviates(short, name) is is_one


def test_an_abbreviation_of_several_agencies_names_them(kp: khplans.Collection) -> None:
    with pytest.raises(
        khplans.UnknownNameError, match=r"several agencies.*Ban Tổ chức, Ban Tổng cục"
    ):
        kp.agency("BTC")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("so y tee", "Sở Y tế"), ("Sở Tài chánh", "Sở Tài chính"), ("y te", "Sở Y tế")],
)
def test_an_unknown_name_gives_the_nearest(
    kp: khplans.Collection, typed: str, nearest: str
) -> None:
    with pytest.raises(khplans.UnknownNameError) as caught:
        kp.tasks_by_agency(typed)
    assert nearest in str(caught.value)


def test_what_is_near_nothing_gets_no_suggestion(kp: khplans.Collection) -> None:
    many = [f"Sở {word}" for word in "abcdefghijklmnopqrstuvwxyz"]
    assert unknown("cơ quan", "agency", "Paris", many).remedy == ""
    assert "nearest" not in unknown("tỉnh", "province", "Paris", ["Khánh Hòa", "Điện Biên"]).remedy
    with pytest.raises(khplans.UnknownNameError, match="no instrument: 'Paris'") as caught:
        kp.cites("Paris")
    assert "nearest" not in str(caught.value)


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "x" * 5000, "\x00", "'; drop table agencies"])
def test_no_name_whatever_raises_anything_else(kp: khplans.Collection, typed: str) -> None:
    with pytest.raises(khplans.UnknownNameError):
        kp.agency(typed)
