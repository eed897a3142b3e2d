"""Ids come from the document and the place in it, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from khplans.linking.ids import Unique, citation_tail, section_ids
from khplans.model import Citation, Document, Section
from khplans.text.passage import Passage, Span

Outline = list[tuple[str, str, int | None, int]]
"""marker, heading, parent, annex"""


def document(outline: Outline) -> Document:
    sections: list[Section] = []
    for number, (marker, heading, parent, annex) in enumerate(outline):
        above = sections[parent].path if parent is not None else ""
        path = "/".join(part for part in (above, marker) if part)
        sections.append(Section(marker, path, Passage(heading), Span(number, 99), parent, 0, annex))
    return Document("lao-cai-1-kh-ubnd-2025", "p", Span(0, 99), (), tuple(sections))


@pytest.mark.parametrize(
    ("outline", "wanted"),
    [
        ([("I", "Mục tiêu", None, 0), ("1", "Chung", 0, 0), ("II", "Nhiệm vụ", None, 0)], "I I/1 II"),
        ([("II", "A", None, 0), ("1", "B", 0, 0), ("II", "C", None, 0), ("1", "D", 2, 0)], "II II/1 II.2 II.2/1"),
        ([("", "Tổ chức thực hiện", None, 0), ("1", "A", 0, 0)], "~to-chuc-thuc-hien 1"),
        ([("III", "A", None, 0), ("", "Về y tế", 0, 0), ("a", "B", 1, 0)], "III III/~ve-y-te III/a"),
        ([("Điều 2", "A", None, 0), ("1", "B", 0, 0)], "Điều-2 Điều-2/1"),
        # An annex that counts from I again has a name of its own; a programme that a decision
        # without sections promulgates does not need one.
        ([("I", "A", None, 0), ("", "Phụ lục", None, 1), ("I", "B", 1, 1), ("II", "C", 1, 1)], "I PL PL/I PL/II"),
        ([("", "Chương trình", None, 1), ("I", "A", 0, 1), ("1", "B", 1, 1)], "PL I I/1"),
        (
            [("", "Phụ lục 1", None, 1), ("I", "A", 0, 1), ("", "Phụ lục 2", None, 2), ("I", "B", 2, 2)],
            "PL I PL2 PL2/I",
        ),
        ([("I", "A", None, 0), ("I", "B", None, 1)], "I PL/I"),
    ],
)  # fmt: skip
def test_section_ids(outline: Outline, wanted: str) -> None:
    found = section_ids(document(outline))
    assert [one.partition(":")[2] for one in found] == wanted.split()
    assert all(one.startswith("lao-cai-1-kh-ubnd-2025:") for one in found)


def test_ids_are_unique_whatever_the_markers() -> None:
    outline: Outline = [
        ("I", "x", None, 0),
        ("I.2", "x", None, 0),
        ("I", "x", None, 0),
        ("I", "x", None, 0),
    ]
    found = section_ids(document(outline))
    assert len(set(found)) == 4


def test_unique_keeps_the_first_as_it_is() -> None:
    unique = Unique()
    assert [unique(one) for one in ("a", "a.2", "a", "a", "b")] == ["a", "a.2", "a.3", "a.4", "b"]


@pytest.mark.parametrize(
    ("number", "name", "kind", "day", "wanted"),
    [
        ("09-NQ/TW", None, "Nghị quyết", date(2022, 1, 28), "c-09-nq-tw"),
        ("9345/UBND-XDND", None, None, None, "c-9345-ubnd-xdnd"),
        (None, "Luật Đất đai", "Luật", date(2024, 1, 18), "c-luat-dat-dai-2024"),
        (None, None, "Hiến pháp", None, "c-hien-phap"),
    ],
)
def test_citation_tails(
    number: str | None, name: str | None, kind: str | None, day: date | None, wanted: str
) -> None:
    assert citation_tail(Citation(Span(0, 1), number, kind, day, None, name)) == wanted
