"""Finds tasks: something someone is told to do, who leads, who coordinates, by when."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

from khplans.extraction.agencies import find_agencies
from khplans.extraction.document_year import year_of
from khplans.extraction.tasks.asks import asks
from khplans.extraction.tasks.charges import coordinates_in, read_charge
from khplans.extraction.tasks.deadlines import DeadlineBasis, Due, read_due, read_due_cell
from khplans.extraction.tasks.leads import (
    Inherited,
    OwnHeading,
    inherited,
    own_heading,
    part_of,
    text_parts,
)
from khplans.extraction.tasks.names_in_full import with_names_in_full
from khplans.extraction.tasks.table_tasks import TaskRow, cell_of, read_rows
from khplans.extraction.tasks.task_outline import Outline, read_task_outline
from khplans.knowledge.wording import Wording
from khplans.model import AgencyPart, Document, Doubt, Task
from khplans.text.passage import Passage

__all__ = ["find_tasks"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_HALF_A_YEAR = 183
_SHARED = 40
"""How many items one line below them can speak of."""
_TITLE_YEAR = Wording(r"năm (20\d\d)", "năm 2024")


def find_tasks(document: Document) -> list[Task]:
    """The tasks of a document in order; what counts is in tests/gold/README.md.

    Leads come from the row's cells, else from the task's own words, else from the heading above
    it, else from the sentence that introduces it; `basis` of each part says which.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n1. Sở Y tế rà soát các cơ sở trước ngày 30/6/2025.")
    >>> [(str(task.deadline), [part.mention.agency.name for part in task.parts]) for task in find_tasks(document)]
    [('2025-06-30', ['Sở Y tế'])]
    """
    outline = read_task_outline(document)
    rows = read_rows(outline)
    year = _year(document)
    tasks: list[Task] = []
    above: list[int] = []
    shared: set[int] = set()
    lines_began = False
    introducing = {one.block for found in outline.introductions.values() for one in found}
    for i in range(len(document.blocks)):
        if asks(outline, i):
            tasks.append(_task(outline, i, rows.get(i), year))
            above = ([] if lines_began else above[-_SHARED:]) + [len(tasks) - 1]
            lines_began = False
        elif outline.is_line(i):
            if not lines_began:
                shared = {k for k in above if _shares(outline, tasks, k, i)}
            for k in above:
                if k in shared or _in_reach(outline, tasks[k].block, i):
                    basis: DeadlineBasis = "stated" if k == above[-1] else "inherited"
                    tasks[k] = _with_line(outline, tasks[k], i, year, basis)
            lines_began = True
        elif document.blocks[i].kind == "heading" or i in introducing:
            above = []
    named = with_names_in_full(tasks, document)
    return [replace(task, parts=_distinct(task.parts)) for task in named]


def _year(document: Document) -> int | None:
    """The year that dates without one mean: the plan's own, else that of its date.

    >>> from khplans.reading.documents import document_of
    >>> _year(document_of("KẾ HOẠCH\\nPhát triển du lịch năm 2026"))
    2026
    """
    year = year_of(document)
    title = document.title or ""
    planned = [int(named[1]) for named in _TITLE_YEAR.finditer(title)]
    if planned and (year is None or year <= max(planned) <= year + 1):
        return max(planned)
    return year


def _in_reach(outline: Outline, task: int, line: int) -> bool:
    """Whether a line about the items above (`Thời gian: quý I`) speaks of a task: in its section, or of its heading.

    What stands below a line (`c) Cơ quan phối hợp:` above `- Sở Y tế`) reaches as far as the line.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Rà soát\\n- Trồng rừng.\\nThời gian: quý I.\\n2. Dự án\\nII. KHÁC\\n1. Báo cáo.")
    >>> [block.text.text for block in outline.document.blocks]
    ['NHIỆM VỤ', 'Rà soát', 'Trồng rừng.', 'Thời gian: quý I.', 'Dự án', 'KHÁC', 'Báo cáo.']
    >>> [_in_reach(outline, task, 3) for task in (1, 2, 4, 6)]
    [True, True, False, False]
    """
    document = outline.document
    section = document.blocks[line].section
    around = document.blocks[task].section
    if section is None:
        return around is None
    chain = set(outline.chain(around))
    while section not in chain:
        heading = document.sections[section].heading_block
        above = document.sections[section].parent if outline.is_line(heading) else None
        if heading == task or above is None:
            return heading == task
        section = above
    return True


def _shares(outline: Outline, tasks: list[Task], k: int, line: int) -> bool:
    """Whether a line below the last item of a list speaks of the items before it, too.

    It has no marker of its own, and the item names nobody.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Trồng rừng.\\n2. Báo cáo.\\nThời gian: quý I.")
    >>> blocks = outline.document.blocks
    >>> tasks = [Task(i, blocks[i].span, "", blocks[i].section, str(i)) for i in (1, 2)]
    >>> unmarked = [replace(tasks[0], label=None), tasks[1]]
    >>> [_shares(outline, those, 0, 3) for those in (tasks, tasks[:1], unmarked)]
    [True, False, False]
    """
    document, task = outline.document, tasks[k]
    section = document.blocks[line].section
    if section is None or document.blocks[line].label or task.label is None:
        return False
    last = document.sections[section]
    if last.heading_block != tasks[-1].block or any(part.role == "lead" for part in task.parts):
        return False
    return document.blocks[task.block].section == last.parent


def _task(outline: Outline, i: int, row: TaskRow | None, year: int | None) -> Task:
    """The task of a block, without the heading that stands on its own line: `Sở Y tế: …`.

    >>> from khplans.reading.documents import document_of
    >>> text = "I. NHIỆM VỤ\\nTT\\tNhiệm vụ\\tCơ quan chủ trì\\tThời gian\\n1\\tTrồng rừng\\tSở Y tế\\tQuý II/2025\\n2\\tNuôi tôm\\tSở Nội vụ\\t2025"
    >>> [(task.deadline_text, task.parts[0].basis) for task in find_tasks(document_of(text))]
    [('Quý II/2025', 'cell'), ('2025', 'cell')]
    """
    document = outline.document
    block = document.blocks[i]
    passage, shade = block.text, outline.shades[i]
    own = own_heading(passage.text, shade) if block.kind != "row" else None
    body = passage.slice(own.end) if own else passage
    parts = _parts(outline, i, row)
    due, doubts = _due(outline, i, row, body, year)
    output = cell_of(block, "output")
    task = Task(
        block=i,
        span=body.whole,
        text=body.text,
        section=_section(document, i),
        label=block.label,
        parts=_distinct(parts),
        deadline=due.deadline,
        deadline_text=due.text,
        deadline_basis=due.basis,
        cadence=due.cadence,
        output=output.text.text or None if output else None,
        doubts=(*_merge_doubts(row, parts), *doubts),
    )
    return task if block.kind == "row" else _with_line(outline, task, i, year, "stated")


def _section(document: Document, i: int) -> int | None:
    """The section a block stands in; of a section's own heading, the one around it.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n1. Rà soát\\n- Trồng rừng.\\nII. KHÁC")
    >>> [(block.section, _section(document, i)) for i, block in enumerate(document.blocks)]
    [(0, None), (1, 0), (1, 1), (2, None)]
    """
    section = document.blocks[i].section
    if section is not None and document.sections[section].heading_block == i:
        return document.sections[section].parent
    return section


def _parts(outline: Outline, i: int, row: TaskRow | None) -> tuple[AgencyPart, ...]:
    """Who does it: by its row's cells, its own heading, else its words with those above.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Sở Y tế: rà soát.\\n2. Sở Nội vụ báo cáo.")
    >>> def named(i, row=None): return [(part.mention.agency.name, part.basis) for part in _parts(outline, i, row)]
    >>> named(1), named(2), named(2, TaskRow(_parts(outline, 1, None), True, True))
    ([('Sở Y tế', 'heading')], [('Sở Nội vụ', 'named-in-text')], [('Sở Y tế', 'heading')])
    """
    if row and row.has_lead_column and row.parts:
        return row.parts + (() if row.has_coordinate_column else _together(outline, i))
    block = outline.document.blocks[i]
    own = own_heading(block.text.text, outline.shades[i]) if block.kind != "row" else None
    return _of_heading(outline, i, own) if own else _of_words(outline, i, row)


def _of_heading(outline: Outline, i: int, own: OwnHeading) -> tuple[AgencyPart, ...]:
    """Who leads by the heading on the task's own line, and who goes along: `Sở Y tế, phối hợp với …: `.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. NHIỆM VỤ\\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ: rà soát.\\n2. Sở Y tế: phối hợp với Sở Tài chính báo cáo."
    >>> outline = outline_of(text)
    >>> own = [own_heading(outline.document.blocks[i].text.text, outline.shades[i]) for i in (1, 2)]
    >>> [[(part.mention.agency.name, part.role) for part in _of_heading(outline, i, own[i - 1])] for i in (1, 2)]
    [[('Sở Y tế', 'lead'), ('Sở Nội vụ', 'coordinate')], [('Sở Y tế', 'lead'), ('Sở Tài chính', 'coordinate')]]
    """
    leads = tuple(part_of(outline, i, one, "lead", "heading") for one in own.leads)
    return leads + (
        _together(outline, i)
        or tuple(part_of(outline, i, one, "coordinate", "heading") for one in own.coordinates)
    )


def _of_words(outline: Outline, i: int, row: TaskRow | None) -> tuple[AgencyPart, ...]:
    """Who leads by the task's words, below those above where it has no subject, and who goes along: `phối hợp với …`.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát.")
    >>> [(part.role, part.basis) for part in find_tasks(document)[0].parts]
    [('lead', 'named-in-text'), ('coordinate', 'named-in-text')]
    """
    charge = read_charge(outline.document.blocks[i].text.text, outline.shades[i])
    above = inherited(outline, i)
    leads = text_parts(outline, i, charge)
    if not charge.subject and not charge.opens:
        leads = above.leads + leads
    if row and row.has_coordinate_column:
        return leads + tuple(part for part in row.parts if part.role == "coordinate")
    return leads + (_together(outline, i) or _above_together(above, leads))


def _together(outline: Outline, i: int) -> tuple[AgencyPart, ...]:
    found = coordinates_in(outline.document.blocks[i].text.text, outline.shades[i])
    return tuple(part_of(outline, i, one, "coordinate", "named-in-text") for one in found)


def _above_together(above: Inherited, leads: tuple[AgencyPart, ...]) -> tuple[AgencyPart, ...]:
    """The heading's coordinators, where its lead is the task's.

    >>> from khplans.model import Agency, AgencyMention
    >>> from khplans.text.passage import Span
    >>> a, b = (AgencyPart(AgencyMention(Agency(name, None, ""), Span(0, 1), name), "lead", "heading") for name in "ab")
    >>> above = Inherited((a,), (b,))
    >>> _above_together(above, (a, b)) == (b,), _above_together(above, (b,))
    (True, ())
    """
    return above.coordinates if leads[: len(above.leads)] == above.leads else ()


def _due(
    outline: Outline, i: int, row: TaskRow | None, body: Passage, year: int | None
) -> tuple[Due, list[Doubt]]:
    """When a task is due, by its cell or else its words, and the days there that don't exist.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. NHIỆM VỤ\\n| Nhiệm vụ | Thời gian |\\n|---|---|\\n| Trồng rừng trước 1/3/2026 | Quý I/2025 |"
    >>> outline = outline_of(text)
    >>> (i,) = (i for i, block in enumerate(outline.document.blocks) if block.kind == "row")
    >>> body = outline.document.blocks[i].text
    >>> [str(_due(outline, i, row, body, 2025)[0].deadline) for row in (TaskRow((), True, True), None)]
    ['2025-03-31', '2026-03-01']
    """
    cell = cell_of(outline.document.blocks[i], "deadline")
    if row and cell:
        return _due_in(cell.text, read_due_cell, year, outline.document.date)
    return _due_in(body, read_due, year, outline.document.date)


def _due_in(
    words: Passage, read: Callable[..., Due], year: int | None, issued: date | None
) -> tuple[Due, list[Doubt]]:
    due = read(words.text, year, issued)
    return _in_coming_year(due, issued), _impossible(words, due)


def _impossible(passage: Passage, due: Due) -> list[Doubt]:
    return [
        Doubt("date-impossible", passage.span(i, j), {"date": passage.text[i:j]})
        for i, j in due.impossible
    ]


def _in_coming_year(due: Due, issued: date | None) -> Due:
    """`trước ngày 15/01` in a document of November is in the year after it.

    >>> from khplans.extraction.tasks.deadlines import read_due
    >>> due = read_due("Báo cáo trước ngày 15/01", 2024)
    >>> str(_in_coming_year(due, date(2024, 11, 5)).deadline)
    '2025-01-15'
    """
    if not due.deadline or not issued or _YEAR.search(due.text or ""):
        return due
    if (issued - due.deadline).days < _HALF_A_YEAR:
        return due
    later = due.deadline.year + 1
    day = min(due.deadline.day, monthrange(later, due.deadline.month)[1])
    return replace(due, deadline=due.deadline.replace(year=later, day=day))


def _with_line(
    outline: Outline, task: Task, i: int, year: int | None, basis: DeadlineBasis
) -> Task:
    """The task with what a line says of it; of two that name a lead the later counts.

    `basis` is what it makes of a deadline that it states.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n1. Trồng rừng ven biển\\nĐơn vị chủ trì: Sở Y tế\\nThời gian: năm 2025")
    >>> [(str(task.deadline), task.parts[0].mention.agency.name) for task in find_tasks(document)]
    [('2025-12-31', 'Sở Y tế')]
    """
    named: dict[str, tuple[AgencyPart, ...]] = {}
    added: list[AgencyPart] = []
    for attribute in outline.attributes[i]:
        value = outline.document.blocks[i].text.slice(attribute.start, attribute.end)
        if not value or attribute.use in ("content", "event", "other"):
            continue
        if attribute.use == "output":
            task = replace(task, output=task.output or value.text)
        elif attribute.use == "deadline":
            task = _with_due(task, value, basis, year, outline.document.date)
        elif new := _named(value, attribute.use, outline.document.province):
            if attribute.adds:
                added += new
            else:
                named[attribute.use] = new
    kept = (part for part in task.parts if part.role not in named)
    parts = (*kept, *chain.from_iterable(named.values()), *added)
    return replace(task, parts=_distinct(parts)) if named or added else task


def _with_due(
    task: Task, value: Passage, basis: DeadlineBasis, year: int | None, issued: date | None
) -> Task:
    """The task with the deadline that a line names.

    >>> from khplans.text.passage import Span, passage_of
    >>> task = Task(0, Span(0, 1), "Trồng rừng", None, None)
    >>> values = "Quý I/2025", "trong vòng 5 ngày"
    >>> [_with_due(task, passage_of(value), "inherited", 2025, date(2025, 1, 1)).deadline_basis for value in values]
    ['inherited', None]
    """
    due, doubts = _due_in(value, read_due_cell, year, issued)
    return replace(
        task,
        deadline=due.deadline,
        deadline_text=due.text,
        deadline_basis=basis if due.basis == "stated" else due.basis,
        cadence=due.cadence,
        doubts=(*task.doubts, *doubts),
    )


def _named(value: Passage, use: str, province: str | None) -> tuple[AgencyPart, ...]:
    """The agencies of a line, in the part that the line is about.

    >>> from khplans.text.passage import passage_of
    >>> [_named(passage_of("Sở Y tế"), use, None)[0].role for use in ("lead", "coordinate")]
    ['lead', 'coordinate']
    """
    return tuple(
        AgencyPart(one, "lead" if use == "lead" else "coordinate", "named-in-text")
        for one in find_agencies(value, province)
    )


def _distinct(parts: Iterable[AgencyPart]) -> tuple[AgencyPart, ...]:
    """Each agency once, as lead where it is both."""
    found: dict[tuple[str, str | None], AgencyPart] = {}
    for part in sorted(parts, key=lambda part: part.role != "lead"):
        found.setdefault((part.mention.agency.name, part.mention.agency.province), part)
    return tuple(found.values())


def _merge_doubts(row: TaskRow | None, parts: tuple[AgencyPart, ...]) -> tuple[Doubt, ...]:
    """A doubt where the one who leads stands in another row's cell, which a file no longer tells: `merged-cell-inferred`.

    >>> from khplans.model import Agency, AgencyMention
    >>> from khplans.text.passage import Span
    >>> part = AgencyPart(AgencyMention(Agency("Sở Y tế", None, ""), Span(0, 1), "Sở Y tế"), "lead", "cell")
    >>> from_above = replace(part, basis="merged-cell")
    >>> [[doubt.code for doubt in _merge_doubts(TaskRow((), True, True, True), parts)] for parts in ((part,), (part, from_above))]
    [[], ['merged-cell-inferred']]
    >>> _merge_doubts(TaskRow((), True, True, False), (from_above,)), _merge_doubts(None, (from_above,))
    ((), ())
    """
    if not row or not row.merged:
        return ()
    merged = [part for part in parts if part.basis == "merged-cell"]
    return tuple(
        Doubt("merged-cell-inferred", part.mention.span, {"agency": part.mention.agency.name})
        for part in merged[:1]
    )
