"""Tasks in tables: who leads by the row's cells, and by merged cells that were flattened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khplans.extraction.agencies import find_agencies
from khplans.extraction.tasks.lines import read_attributes
from khplans.extraction.tasks.merged_cells import cover
from khplans.extraction.tasks.outline import Outline
from khplans.model import AgencyMention, AgencyPart, Block, Cell, ColumnRole
from khplans.text.passage import Passage
from khplans.text.shadow import shadow

_WITH = re.compile(r"(?: chu tri)?[,;]? ?(?:va )?phoi hop (?:voi|cung(?: voi)?):? ")
_DITTO = re.compile(r"[\W_]*(?:n[/.]?t|nhu tren)[\W_]*|[\"'“”″〃]{1,2}")
"""How a cell says that it is as the one above it, in a shadow."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row's parts by its cells, `merged` where the lead's cell stands on another row."""

    parts: tuple[AgencyPart, ...]
    has_lead_column: bool
    has_coordinate_column: bool
    merged: bool = False


def cell_of(block: Block, role: ColumnRole) -> Cell | None:
    """The first cell of a role, or None."""
    return next((cell for cell in block.cells if cell.role == role), None)


def read_rows(outline: Outline) -> dict[int, Row]:
    """The agencies of every row, by block."""
    found: dict[int, Row] = {}
    table: list[int] = []
    pages: list[int] = []
    page = 0
    blocks = outline.document.blocks
    for i, block in enumerate(blocks):
        if block.kind == "row":
            table.append(i)
            pages.append(page)
        elif block.kind in ("columns", "furniture"):
            page += 1
        else:
            _read_table(outline, table, pages, found)
            table, pages = [], []
    _read_table(outline, table, pages, found)
    return found


def _read_table(
    outline: Outline, table: list[int], pages: list[int], found: dict[int, Row]
) -> None:
    blocks, province = outline.document.blocks, outline.document.province
    named: list[tuple[AgencyPart, ...]] = []
    for i in table:
        cell = cell_of(blocks[i], "lead")
        if cell and _says_ditto(cell) and named:
            named.append(_from_above(named[-1]))
            continue
        named.append(_cell_parts(cell, "lead", province) if cell else ())
    leads = [[part.mention.agency.name for part in parts if part.role == "lead"] for parts in named]
    others: tuple[AgencyPart, ...] = ()
    owners = cover(pages, [blocks[i].text.text for i in table], leads)
    for k, i in enumerate(table):
        owner = owners[k]
        together = cell_of(blocks[i], "coordinate")
        repeated = together is not None and _says_ditto(together)
        parts = named[k]
        merged = owner is not None and owner != k and cell_of(blocks[i], "lead") is not None
        if merged and owner is not None:
            parts = tuple(
                AgencyPart(part.mention, part.role, "merged-cell")
                for part in named[owner]
                if part.role == "lead"
            )
        if together:
            here = () if repeated else _cell_parts(together, "coordinate", province)
            others = _from_above(others) if repeated else here
            parts += others
        found[i] = Row(parts, cell_of(blocks[i], "lead") is not None, together is not None, merged)


def _says_ditto(cell: Cell) -> bool:
    """Whether a cell repeats the one above it: `nt`, `-nt-`, `Như trên`, `"`."""
    return bool(_DITTO.fullmatch(shadow(cell.text.text)))


def _from_above(parts: tuple[AgencyPart, ...]) -> tuple[AgencyPart, ...]:
    return tuple(replace(part, basis="merged-cell") for part in parts)


def _cell_parts(cell: Cell, role: str, province: str | None) -> tuple[AgencyPart, ...]:
    passage = cell.text
    if not passage:
        return ()
    shade = shadow(passage.text)
    attributes = [a for a in read_attributes(shade) if a.use in ("lead", "coordinate")]
    if not attributes:
        return _by_verbs(passage, shade, role, province)
    parts: tuple[AgencyPart, ...] = ()
    if attributes[0].begin > 1:
        parts += _as_parts(find_agencies(passage.slice(0, attributes[0].begin), province), role)
    for one in attributes:
        if one.end > one.start:
            parts += _as_parts(find_agencies(passage.slice(one.start, one.end), province), one.use)
    return parts


def _by_verbs(
    passage: Passage, shade: str, role: str, province: str | None
) -> tuple[AgencyPart, ...]:
    """`A chủ trì, phối hợp với B`, `A chủ trì; B phối hợp` in one cell; else all have the role."""
    together = _WITH.search(shade)
    if role == "lead" and together:
        leads = find_agencies(passage.slice(0, together.start()), province)
        others = find_agencies(passage.slice(together.end()), province)
        return _as_parts(leads, role) + _as_parts(others, "coordinate")
    return _as_parts(find_agencies(passage, province), role)


def _as_parts(mentions: list[AgencyMention], role: str) -> tuple[AgencyPart, ...]:
    return tuple(
        AgencyPart(mention, "lead" if role == "lead" else "coordinate", "cell")
        for mention in mentions
    )
