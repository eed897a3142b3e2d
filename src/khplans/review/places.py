"""Where words stand in a plan, by the plan's id or that of one of its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from khplans.errors import KhplansError, both, refusal
from khplans.intake import Plan, list_plans, load_plan
from khplans.text.passage import Span, passage_of, read_passage

_SHOWN = 3
_AROUND = 25


def plan_and_span(plans: Path, packages: Path, wanted: str) -> tuple[Plan, Span]:
    """The plan that an id names, or in which a row of that id stands, and the row's words.

    Raises `KhplansError` where nothing has that id.
    """
    if wanted in list_plans(plans):
        plan = load_plan(plans / wanted)
        return plan, Span(0, len(plan.source.text))
    for name in _plans_of(plans, packages, wanted):
        plan = load_plan(plans / name)
        span = _span_of_row(plan, wanted)
        if span:
            return plan, span
    raise refusal("row-or-plan-unknown", ascii(wanted))


def _plans_of(plans: Path, packages: Path, wanted: str) -> Iterator[str]:
    """The plans of which a document's id begins that of a row."""
    from khplans.packages.reader import OwnReader
    from khplans.packages.stamp import COLLECTION

    names = list_plans(plans)
    yield from (name for name in names if wanted.startswith(f"{name}:"))
    if (packages / COLLECTION).is_dir():
        for row in OwnReader(packages / COLLECTION).rows("documents", ("document_id", "plan_id")):
            if row["plan_id"] in names and wanted.startswith(
                (row["document_id"], f"{row['document_id']}:")
            ):
                yield row["plan_id"]  # fmt: skip


def _span_of_row(plan: Plan, wanted: str) -> Span | None:
    from khplans.pipeline import tables_of
    from khplans.tables.definition import table
    from khplans.tables.rows import row_id

    for name, rows in tables_of(plan).items():
        for row in rows:
            if row.get("start") is not None and row_id(table(name), row) == wanted:
                return Span(row["start"], row["end"])
    return None


def the_place(text: str, within: Span, words: str) -> Span:
    """The one place of words; raises `KhplansError` where they stand there in none, or in several.

    >>> the_place("Sở Y te và Sở Y tế", Span(0, 18), "te")
    Span(start=5, end=7)
    """
    found = places_of(text, within, words)
    if len(found) == 1:
        return found[0]
    told = [
        f"{one.start} «{' '.join(text[max(0, one.start - _AROUND) : one.end + _AROUND].split())}»"
        for one in found[:_SHOWN]
    ]
    raise KhplansError(
        "words-not-found",
        both(
            f"{words!r} đứng ở {len(found)} chỗ: {', '.join(told)}" if found else f"không có chữ {words!r} ở đó",
            f"these words stand in {len(found)} places",
        ),
        remedy=both(
            "thêm chữ đứng cạnh, hoặc nêu mã của dòng", "add words that stand beside, or name a row"
        ),
    )  # fmt: skip


def places_of(text: str, within: Span, words: str) -> list[Span]:
    """All places of words that aren't part of longer ones, however their accents and line ends are written.

    >>> places_of("an toàn an", Span(0, 10), "an")
    [Span(start=0, end=2), Span(start=8, end=10)]
    >>> places_of("Sở Y\\ntê\u0301 cũ", Span(0, 12), "Y tế")
    [Span(start=3, end=8)]
    """
    wanted = " ".join(unicodedata.normalize("NFC", words).split())
    if not wanted:
        return []
    passage = read_passage(text, [within])
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    loose = whole if whole.search(passage.text) else re.compile(re.escape(wanted))
    return [passage.span(*found.span()) for found in loose.finditer(passage.text)]


def search(text: str, words: str) -> list[Span]:
    """Where words stand in a text as a person types them: in small letters, without accents where they have none.

    >>> search("Sở Y tế và sổ y tế", "sở y te"), search("Sở Y tế và sổ y tế", "so y te")
    ([Span(start=0, end=7)], [Span(start=0, end=7), Span(start=11, end=18)])
    >>> search("trước ngày 06 __ tháng 5", "06 __ tháng")
    [Span(start=11, end=22)]
    """
    passage = passage_of(text)
    asked = passage_of(words).text if words else ""
    wanted = [_as_typed(word) for word in asked.split()]
    if not wanted:
        return []
    return [
        passage.span(*found.span()) for found in re.finditer(" ".join(wanted), _small(passage.text))
    ]


def _as_typed(word: str) -> str:
    """A pattern of a word in which letters without a mark stand for any of theirs."""
    small = _small(word)
    return "".join(_ANY.get(sign, re.escape(sign)) for sign in small)


def _small(words: str) -> str:
    """Small letters, one for each character."""
    return "".join(sign.lower()[:1] for sign in words)


_MARKED = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ", "d": "đ", "e": "èéẻẽẹêềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ", "u": "ùúủũụưừứửữự", "y": "ỳýỷỹỵ",
}  # fmt: skip
_ANY = {plain: f"[{plain}{marked}]" for plain, marked in _MARKED.items()}
