"""Rows of `tasks` and `task_agencies`."""

from __future__ import annotations

from collections import Counter

from khplans.model import AgencyPart, Doubt, Task
from khplans.tables.rows import Row
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns


def add_tasks(into: Tabulation, places: DocumentPlaces) -> None:
    """The rows of a document's tasks; their ids count the tasks of each section.

    >>> from khplans.pipeline import rows_of
    >>> intro = "Để bảo vệ rừng phòng hộ, UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:"
    >>> def sections(text): return [(row["task_id"], row["section"]) for row in rows_of(text)["tasks"]]
    >>> sections("I. NHIỆM VỤ\\n1. Rà soát văn bản.\\n2. Tổ chức hội nghị."), sections(f"Tỉnh có nhiều rừng.\\n{intro}\\n1. Rà soát.")
    ([('p:I:1', 'I'), ('p:I:2', 'I')], [])
    """
    document = places.found.document
    ordinal: Counter[str] = Counter()
    for task in places.found.tasks:
        section_id = places.section(task.section)
        base = places.base(section_id)
        ordinal[base] += 1
        task_id = f"{base}:{ordinal[base]}"
        row: Row = {
            "task_id": task_id,
            "document_id": document.document_id,
            "section_id": section_id,
            "section": None if task.section is None else document.sections[task.section].path,
            "label": task.label,
            "text": task.text,
            "deadline": task.deadline,
            "deadline_text": task.deadline_text,
            "deadline_basis": task.deadline_basis,
            "cadence": task.cadence,
            "output": task.output,
            **span_columns(task.span),
        }
        into.rows["tasks"].append(row)
        places.tasks.append(task_id)
        into.warn("tasks", row, document.document_id, task.doubts)
        _add_parts(into, row, task)


def _add_parts(into: Tabulation, task_row: Row, task: Task) -> None:
    """The agencies of a task, each once a role, and a doubt where one stands in another row's cell.

    >>> from khplans.pipeline import rows_of
    >>> table = "| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| Khám chữa bệnh | Sở Y tế; Sở Y tế |\\n| Tiêm chủng | |"
    >>> rows = rows_of(f"I. NHIỆM VỤ\\n{table}")
    >>> [(row["task_id"], row["agency_id"], row["basis"]) for row in rows["task_agencies"]]
    [('p:I:1', 'vn-so-y-te', 'cell'), ('p:I:2', 'vn-so-y-te', 'merged-cell')]
    >>> [row["table"] for row in rows["warnings"] if row["code"] == "merged-cell-inferred"]
    ['tasks']
    """
    warned = {doubt.code for doubt in task.doubts}
    seen: set[tuple[str, str]] = set()
    for part in task.parts:
        row = _part_row(into, task_row, part)
        if (row["agency_id"], row["role"]) in seen:
            continue
        seen.add((row["agency_id"], row["role"]))
        into.rows["task_agencies"].append(row)
        if part.basis == "merged-cell" and "merged-cell-inferred" not in warned:
            facts = {"agency": part.mention.agency.name}
            doubt = Doubt("merged-cell-inferred", part.mention.span, facts)
            into.warn("task_agencies", row, task_row["document_id"], [doubt])


def _part_row(into: Tabulation, task_row: Row, part: AgencyPart) -> Row:
    mention = part.mention
    return {
        "task_id": task_row["task_id"],
        "agency_id": into.agencies.add(
            mention.agency, mention.form, task_row["document_id"], mention.span
        ),
        "role": part.role,
        "basis": part.basis,
        "form": mention.form,
        "document_id": task_row["document_id"],
        **span_columns(mention.span),
    }
