"""What stood where in a plan: its tables and cells, list numbers, headings, notes, and what was left out.

Where the file shows it, intake writes it down exactly; where a text has lost it, `reading.layout`
infers it. Everything after sees this one model. Offsets count in the plan's text (`source.txt`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from khplans.text.passage import Span

Basis = Literal["file", "spacing", "inferred"]
LeftOutKind = Literal["header", "footer", "struck", "hidden", "deleted", "note-mark", "page", "picture", "repeated-header", "stamp", "other"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell of a table and the places of the grid that it takes.

    `spans` are the stretches of the text that are its words, in order, each within one line and
    without the blanks around it; none for an empty cell. `row` and `column` count from 0; a cell that
    was merged takes more than one of `rows` or `columns`. `header` cells name what stands under them.
    """

    row: int
    column: int
    spans: tuple[Span, ...]
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class LayoutTable:
    """A table's cells, by row and column; no two take the same place.

    `span` covers all of its lines, rules and bars too. `basis` tells a grid that the file has from
    one that the space between the words of a page shows, and from one that was inferred of a text. `inside` is the index in `Layout.tables` of the table in whose
    cell this one stands.
    `set_aside` are words among it that a person put in none of its cells.
    """

    span: Span
    cells: tuple[LayoutCell, ...]
    basis: Basis = "file"
    inside: int | None = None
    set_aside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph with a number or a bullet: `marker` is where that stands.

    `basis` tells one that a word processor or browser numbers from one whose number was typed, as
    `reading.layout` infers of a text. `level` is 0 for the outermost list of a file.
    """

    span: Span
    marker: Span
    level: int
    basis: Basis = "file"


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph set as a heading of a level, 1 the highest."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: `span` is its words; `called` where its mark stood, which the text leaves out."""

    span: Span
    called: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that the file has and the text lacks, why, and the offset at which they would stand."""

    kind: LeftOutKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A page of the original, counted from 1, the stretch of the text that begins on it, and its size in points.

    `turned` are the degrees to the left by which a scan was turned before its words were recognised: size and
    boxes are those of the turned page.
    """

    number: int
    span: Span
    width: float
    height: float
    turned: float = 0.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word that was recognised in a picture of a page: `span` is where it stands in the text.

    `box` is the place around it, in points from the top left corner of the page: left, top, right, bottom.
    `confidence` is from 0 to 100; a number that two looks read otherwise has 40 at most. `read` is what was
    recognised, where its accents were put right by the words beside it.
    """

    span: Span
    page: int
    box: tuple[float, float, float, float]
    confidence: float
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a plan. Each kind is in the order of the text."""

    tables: tuple[LayoutTable, ...] = ()
    items: tuple[Item, ...] = ()
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    words: tuple[Recognised, ...] = ()
