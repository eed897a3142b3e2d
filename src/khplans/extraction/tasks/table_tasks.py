"""Tasks in tables: who leads by the row's cells, and by merged cells that were flattened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from khplans.extraction.agencies import find_agencies
from khplans.extraction.tasks.cell_points import points_of, whole_breaks
from khplans.extraction.tasks.merged_cells import cover
from khplans.extraction.tasks.responsibility_lines import read_attributes
from khplans.extraction.tasks.task_outline import Outline
from khplans.knowledge.wording import Wording
from khplans.model import AgencyMention, AgencyPart, Block, Cell, ColumnRole
from khplans.text.shadow import shadow

_WITH = Wording(
    r"(?: chu tri)?[,;]? ?(?:va )?phoi hop <with>:? ", " chủ trì, phối hợp với ", folded=True
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row's parts by its cells, `merged` where the lead's cell stands on another row."""

    parts: tuple[AgencyPart, ...]
    has_lead_column: bool
    has_coordinate_column: bool
    merged: bool = False


def cell_of(block: Block, role: ColumnRole) -> Cell | None:
    """The first cell of a role, or None."""
    return next((cell for cell in block.cells if cell.role == role), None)


def read_rows(outline: Outline) -> dict[int, TaskRow]:
    """The agencies of every row, by block.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> table = "| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| Rừng | Sở Y tế |\\n| Thuế | |"
    >>> rows = read_rows(outline_of(f"I. NHIỆM VỤ\\n{table}\\n1. Sở Nội vụ báo cáo."))
    >>> [(i, [part.mention.agency.name for part in row.parts]) for i, row in rows.items()]
    [(3, ['Sở Y tế']), (4, ['Sở Y tế'])]
    """
    found: dict[int, TaskRow] = {}
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
    outline: Outline, table: list[int], pages: list[int], found: dict[int, TaskRow]
) -> None:
    """Put the agencies of a table's rows, by block, into what was found.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> table = "| Nhiệm vụ | Chủ trì | Phối hợp |\\n|---|---|---|\\n| Khám chữa bệnh | Sở Y tế | Sở Nội vụ |\\n| Tiêm chủng | | |"
    >>> outline = outline_of(f"I. NHIỆM VỤ\\n{table}")
    >>> found: dict[int, TaskRow] = {}
    >>> _read_table(outline, [3, 4], [0, 0], found)
    >>> [([(part.mention.form, part.role, part.basis) for part in row.parts], row.merged) for row in found.values()]
    [([('Sở Y tế', 'lead', 'cell'), ('Sở Nội vụ', 'coordinate', 'cell')], False), ([('Sở Y tế', 'lead', 'merged-cell')], True)]
    """
    blocks, province = outline.document.blocks, outline.document.province
    leads = _down(((cell_of(blocks[i], "lead")) for i in table), "lead", province)
    together = _down((cell_of(blocks[i], "coordinate") for i in table), "coordinate", province)
    owners = _owners(outline, table, pages, leads)
    for k, i in enumerate(table):
        lead, coordinate = cell_of(blocks[i], "lead"), cell_of(blocks[i], "coordinate")
        owner = owners[k]
        merged = lead is not None and owner is not None and owner != k
        named = leads[k]
        if owner is not None and merged:
            named = tuple(replace(part, basis="merged-cell") for part in _leads(leads[owner]))
        found[i] = TaskRow(named + together[k], lead is not None, coordinate is not None, merged)


def _down(
    cells: Iterable[Cell | None], role: str, province: str | None
) -> list[tuple[AgencyPart, ...]]:
    """The agencies of the cells of a column from the top; one that is merged down is the cell of each row it covers.

    >>> from khplans.text.passage import passage_of
    >>> def cell(text, role="lead"): return Cell(role, "", passage_of(text))
    >>> [[part.role for part in parts] for parts in _down([cell("Sở Y tế"), None, cell("")], "lead", None)]
    [['lead'], [], []]
    """
    return [_cell_parts(cell, role, province) if cell else () for cell in cells]


def _owners(
    outline: Outline, table: list[int], pages: list[int], named: list[tuple[AgencyPart, ...]]
) -> Sequence[int | None]:
    """For each row, the one whose cell says who leads it: where no file tells that, it is inferred.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> table = "| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| Khám chữa bệnh | Sở Y tế |\\n| Tiêm chủng | |"
    >>> outline = outline_of(f"I. NHIỆM VỤ\\n{table}")
    >>> named = [_cell_parts(cell_of(outline.document.blocks[i], "lead"), "lead", None) for i in (3, 4)]
    >>> list(_owners(outline, [3, 4], [0, 0], named))
    [0, 0]
    """
    blocks = outline.document.blocks
    cells = [cell_of(blocks[i], "lead") for i in table]
    if any(cell and cell.merged is not None for cell in cells):
        return range(len(table))
    names = [[part.mention.agency.name for part in _leads(parts)] for parts in named]
    return cover(pages, [blocks[i].text.text for i in table], names)


def _leads(parts: Iterable[AgencyPart]) -> tuple[AgencyPart, ...]:
    return tuple(part for part in parts if part.role == "lead")


def _cell_parts(cell: Cell, role: str, province: str | None) -> tuple[AgencyPart, ...]:
    """The agencies that a cell names; its own words may say what each does (`Phối hợp: Sở Y tế`).

    >>> from khplans.text.passage import passage_of
    >>> def roles(text, role="lead"):
    ...     return [(part.mention.form, part.role) for part in _cell_parts(Cell(role, "", passage_of(text)), role, None)]
    >>> roles("Sở Y tế"), roles("Sở Y tế", "coordinate"), roles("Sở Nội vụ; Phối hợp: Sở Y tế"), roles("Phối hợp: Sở Y tế")
    ([('Sở Y tế', 'lead')], [('Sở Y tế', 'coordinate')], [('Sở Nội vụ', 'lead'), ('Sở Y tế', 'coordinate')], [('Sở Y tế', 'coordinate')])
    """
    text = cell.text.text
    shade = shadow(text)
    breaks = tuple(whole_breaks(shade, cell.breaks))
    attributes = [a for a in read_attributes(shade) if a.use in ("lead", "coordinate")]
    stretches: list[tuple[int, int, str]] = [(one.start, one.end, one.use) for one in attributes]
    if not attributes:
        stretches = points_of(text, shade, breaks, role) or _by_verbs(shade, role)
    elif attributes[0].begin > 1:
        stretches.insert(0, (0, attributes[0].begin, role))
    return tuple(
        AgencyPart(mention, "lead" if use == "lead" else "coordinate", "cell")
        for start, end, use in stretches
        for mention in _find(cell, breaks, start, end, province)
    )


def _by_verbs(shade: str, role: str) -> list[tuple[int, int, str]]:
    """`A chủ trì, phối hợp với B`, `A chủ trì; B phối hợp` in one cell; else all have the role.

    >>> _by_verbs(shadow("Sở Y tế chủ trì, phối hợp với Sở Nội vụ"), "lead")
    [(0, 7, 'lead'), (30, 39, 'coordinate')]
    """
    together = _WITH.search(shade)
    if role == "lead" and together:
        return [(0, together.start(), role), (together.end(), len(shade), "coordinate")]
    return [(0, len(shade), role)]


def _find(
    cell: Cell, breaks: tuple[int, ...], start: int, end: int, province: str | None
) -> list[AgencyMention]:
    """The agencies in a stretch of a cell, a paragraph at a time.

    >>> from khplans.text.passage import passage_of
    >>> cell = Cell("lead", "", passage_of("Sở Y tế chủ trì Sở Nội vụ"))
    >>> [[one.form for one in _find(cell, breaks, 0, 25, None)] for breaks in ((), (16,))]
    [['Sở Y tế'], ['Sở Y tế', 'Sở Nội vụ']]
    >>> [[one.form for one in _find(cell, (16,), *stretch, None)] for stretch in ((0, 16), (16, 25))]
    [['Sở Y tế'], ['Sở Nội vụ']]
    """
    within = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
    places = [start, *within, end]
    found: list[AgencyMention] = []
    for begin, stop in pairwise(places):
        if passage := cell.text.slice(begin, stop):
            found += find_agencies(passage, province)
    return found
