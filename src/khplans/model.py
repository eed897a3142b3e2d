"""What a plan is made of once read, and what is taken from it.

`reading` turns a `Source` into `Document`s of `Block`s under `Section`s; `extraction` finds
`Citation`s, `Task`s and `Indicator`s in them. Everything carries a `Span` into the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from khplans.layout import Layout
from khplans.text.passage import Correction, Passage, Span

BlockKind = Literal[
    "letterhead",  # issuer, motto, number, place and date
    "title",  # document type and title
    "heading",  # opens a section and asks nothing itself
    "paragraph",  # running text without a marker of its own
    "item",  # numbered, lettered or bulleted text
    "row",  # a row of a table; its parts are in `cells`
    "columns",  # a table's header row, at each page
    "footnote",
    "recipients",  # Nơi nhận
    "signature",
    "furniture",  # stamps, page numbers, rules, running headers: not the document's words
]

ColumnRole = Literal[
    "label", "task", "lead", "coordinate", "deadline", "output", "note",
    "name", "unit", "value", "listed", "other",
]  # fmt: skip
"""`listed` columns have what is there already: numbers of documents, names of people, rates."""
Reason = Literal["rule", "page-number", "running-header", "image", "stamp", "set-aside", "listed"]
"""Why a block is not read: it is none of the document's words, or a row of a table that only lists things."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a row of a table, or of one value of it: a line of review.csv.

    `words` stood at `span` when it was made. `column` is empty where it speaks of the whole row;
    `before` is what the code read then and `after` what is right, each empty for none. Of a whole row
    both are a line for each value (`deadline: 2026-12-31`). `line` is that of review.csv, from 1.
    """

    table: str
    column: str
    span: Span
    words: str
    before: str
    after: str
    reason: str
    who: str
    date: date
    line: int

    @property
    def what(self) -> str:
        """The table, with the column where it speaks of one: `tasks.deadline`."""
        return f"{self.table}.{self.column}" if self.column else self.table

    def doubt(self, code: str, span: Span, **facts: str) -> Doubt:
        """The doubt that tells of it by its line: why it is not applied, or not needed."""
        said = {
            "line": str(self.line),
            "what": self.what,
            "before": self.before,
            "after": self.after,
            **facts,
        }
        return Doubt(code, span, {name: fact.replace("\n", ", ") for name, fact in said.items()})

    @property
    def adds(self) -> bool:
        """Whether it gives a row that the code did not find."""
        return not self.column and not self.before


@dataclass(frozen=True, slots=True)
class Source:
    """A plan's text, decoded and otherwise untouched, with what is known about it."""

    plan_id: str
    text: str
    corrections: tuple[Correction, ...] = ()
    issuer: str | None = None
    """The issuing body as plan.toml gives it, for a text that lost its letterhead."""
    layout: Layout | None = None
    """What the file shows; None for a text, of which it is inferred."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, with the header it stands under; `text` is empty for an empty cell.

    `merged` says whether it was merged down from a row above, where its words stand, and is None where
    a text lost that. `breaks` are the places in `text` at which a paragraph begins after the first.
    """

    role: ColumnRole
    header: str
    text: Passage
    merged: bool | None = None
    breaks: tuple[int, ...] = ()

    @property
    def own(self) -> bool:
        """Whether it has words, and they stand in its row."""
        return bool(self.text) and not self.merged


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document of one kind.

    `text` leaves the block's own marker out; `label` is that marker as written without its dot
    (`-`, `1`, `7.1`, `a)`, `Điều 2`) or None. `section` is the index in `Document.sections` of the
    innermost section it stands in, or None before the first. `span` covers marker and text;
    `pieces` are the stretches of it that are the block's own, as others (a page number, a note) may
    stand inside; none where all of `span` is. For a row `text` is its task cell (or its first wordy
    one) and `cells` has all of them.
    """

    kind: BlockKind
    text: Passage
    span: Span
    label: str | None = None
    section: int | None = None
    cells: tuple[Cell, ...] = ()
    pieces: tuple[Span, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it covers, up to the next of its rank or higher.

    `marker` is without punctuation (`II`, `2`, `đ`, `Điều 2`) and empty where it has none; `path` joins the
    markers from the outermost section down (`II/2/đ`), leaving empty ones out. A numbered item with
    paragraphs or bullets below it is a section too, and a block of its own. `annex` is 0 in the
    body and counts annexes from 1. `role` is what knowledge/data/headings.csv says of its heading,
    or that of the section above it. `heading_block` is the index of its block in `Document.blocks`.
    """

    marker: str
    path: str
    heading: Passage
    span: Span
    parent: int | None
    heading_block: int
    annex: int = 0
    role: Literal["objective", "task", "organisation", "situation", "basis", "other"] = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """An official document inside a plan's file, from letterhead to recipients, signature or annex."""

    document_id: str
    plan_id: str
    span: Span
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    number: str | None = None
    number_raw: str | None = None
    document_type: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    province: str | None = None
    date: date | None = None
    signer: str | None = None
    signer_raw: str | None = None
    parent_document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader of the data should know; becomes a row of `warnings`.

    `code` is one of knowledge/data/warnings.csv, which has the words; `facts` fill their gaps.
    """

    code: str
    span: Span
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another official document. See tests/gold/README.md for what counts."""

    span: Span
    number: str | None
    document_type: str | None
    date: date | None
    issuer: str | None
    name: str | None = None
    """A law's name, where it is cited by it (`Luật Đất đai`)."""
    relation: str = "mentions"
    doubts: tuple[Doubt, ...] = ()
    year: int | None = None
    """The year the text gives, in the date, the number or alone (`Luật Đất đai năm 2024`)."""
    provision: str | None = None
    """The provisions named with it (`điều 5 khoản 2`); see extraction/citations/provisions.py."""
    title: str | None = None
    """The document's title, where the words after it give it."""


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A short name that the document defines at `definition` (eyecite: short form).

    `citation` is the index, in the document's list of citations, of the one that it stands for.
    """

    citation: int
    definition: Span


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law named without number, date or year: its full name (`Luật Đầu tư công`).

    `law` is None where no law in force can be meant; `as_of` is the day of the document in whose
    title it is named, None where it is named by the document that cites.
    """

    law: str | None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ThisDocument:
    """`Kế hoạch này`: the document itself, or that which it is attached to, whichever is of the kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class ShortCitation:
    """A mention of a document by a short or bare name, without number and date."""

    span: Span
    means: DefinedName | NamedLaw | ThisDocument
    provision: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """A body: its full official name without province, the province (None for central), its kind."""

    name: str
    province: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency named in a passage; `form` is how it is written there, `known` whether knowledge has it."""

    agency: Agency
    span: Span
    form: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """An agency's part in a task and how we know: `basis` is one of `named-in-text`, `cell`,
    `heading`, `introduction`, `merged-cell`."""

    mention: AgencyMention
    role: Literal["lead", "coordinate"]
    basis: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something someone is told to do. See tests/gold/README.md for what counts."""

    block: int
    span: Span
    text: str
    section: int | None
    label: str | None
    parts: tuple[AgencyPart, ...] = ()
    deadline: date | None = None
    deadline_text: str | None = None
    deadline_basis: Literal["stated", "counted", "inherited"] | None = None
    cadence: Literal["ongoing", "monthly", "quarterly", "yearly"] | None = None
    output: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that measures the province. See tests/gold/README.md for units and comparators.

    `parent` is the index, in the document's list of indicators, of the one it is a part of.
    """

    span: Span
    name: str
    value: float
    value_high: float | None
    unit: str
    comparator: Literal["=", ">=", ">", "<=", "<", "~", ">~", "<~"]
    change: Literal["level", "increase", "decrease"]
    kind: Literal["target", "actual", "estimate", "forecast"]
    period: str | None
    denominator: float | None = None
    parent: int | None = None
    measure: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What extraction took from one document, each kind in the order of the text."""

    document: Document
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    citations: tuple[Citation, ...] = ()
    short_citations: tuple[ShortCitation, ...] = ()
