"""The words of a plan behind a row, with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from khplans.client.html import words_html
from khplans.outside import is_address
from khplans.text.visible import visible

if TYPE_CHECKING:
    import datetime

    from khplans.client.collection import Collection
    from khplans.client.rows import Row


@dataclass(frozen=True, slots=True)
class Words:
    """`quote` is exactly `source[start:end]` of the plan; `line` counts from 1.

    `page` is the page of the original on which they begin, from 1; None where it has no pages.

    `section` is the path of markers above it (`III/4`), `origin` what is known of where the plan
    came from.
    """

    row_id: str
    table: str
    plan_id: str
    document_id: str
    document: str
    issued: datetime.date | None
    section: str | None
    origin: str | None
    start: int
    end: int
    line: int
    page: int | None
    before: str
    quote: str
    after: str

    @property
    def address(self) -> str | None:
        """The address that the plan came from, where its origin is one."""
        return self.origin if self.origin and is_address(self.origin) else None

    @property
    def place(self) -> str:
        """Where the words stand, for people."""
        parts = [
            self.document,
            f"ngày {self.issued:%d/%m/%Y}" if self.issued else "",
            f"mục {self.section}" if self.section else "",
            f"trang {self.page} bản gốc" if self.page else "",
            f"dòng {self.line}, ký tự {self.start}–{self.end} của {self.plan_id}",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return visible(f"{self.place}\n\n…{self.before}⟦{self.quote}⟧{self.after}…")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return words_html(self)


def words_of(collection: Collection, row: Row, context: int) -> Words:
    """The words of a row; raises `KhplansError` for a row of a table without offsets."""
    start, end = row.place()
    document = collection.row(row["document_id"])
    text = collection.source_text(document["plan_id"])
    first, last = _cut(text, start, end, context)
    section = row.get("path") or row.get("section")
    if section is None and row.get("section_id"):
        section = collection.row(row["section_id"])["path"]
    name = " ".join(filter(None, (document["document_type"], document["number"])))
    return Words(
        row_id=row.row_id,
        table=row.table,
        plan_id=document["plan_id"],
        document_id=document.row_id,
        document=name or document["title"] or document.row_id,
        issued=document["date"],
        section=section or None,
        origin=document["origin"],
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        page=_page_at(collection, document["plan_id"], start),
        before=text[first:start],
        quote=text[start:end],
        after=text[end:last],
    )


def _page_at(collection: Collection, plan_id: str, start: int) -> int | None:
    """The last page that begins at an offset or before; older releases have no pages.

    >>> import pandas as pd
    >>> class Held(dict):
    ...     tables = ("pages",)
    >>> held = Held(pages=pd.DataFrame({"plan_id": list("aab"), "start": [5, 90, 0], "page": [1, 2, 7]}))
    >>> [_page_at(held, plan, at) for plan, at in (("a", 4), ("a", 5), ("a", 89), ("a", 90), ("b", 1), ("c", 1))]
    [None, 1, 1, 2, 7, None]
    """
    if "pages" not in collection.tables:
        return None
    pages = collection["pages"]
    begun = pages[(pages["plan_id"] == plan_id) & (pages["start"] <= start)]
    return None if begun.empty else int(begun["page"].max())


def _cut(text: str, start: int, end: int, context: int) -> tuple[int, int]:
    """Where the context begins and ends, at spaces so that no word is cut.

    >>> text = "Trồng rừng phòng hộ ven biển"
    >>> [text[slice(*_cut(text, 11, 19, context))] for context in (0, 3, 5, 99)]
    ['phòng hộ', 'phòng hộ', 'rừng phòng hộ ven', 'Trồng rừng phòng hộ ven biển']
    """
    first, last = max(0, start - context), min(len(text), end + context)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last
