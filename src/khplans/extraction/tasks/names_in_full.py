"""Agencies written with an abbreviation that the document explains, by their full names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from khplans.extraction.agencies import FoundAgency, agency_of, read_list, shadow
from khplans.extraction.agencies.abbreviations import explained
from khplans.model import AgencyPart, Document, Task


def with_names_in_full(tasks: Sequence[Task], document: Document) -> list[Task]:
    """The tasks with those who do them by the names that the document gives to abbreviations.

    Names that are in the tables of agencies stay as they are.
    """
    if all(part.mention.known for task in tasks for part in task.parts):
        return list(tasks)
    names = explained(_texts(document))
    return [
        replace(task, parts=tuple(_in_full(part, names, document.province) for part in task.parts))
        for task in tasks
    ]


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.text.text
        yield from (cell.text.text for cell in block.cells)


def _in_full(part: AgencyPart, names: Mapping[str, str], province: str | None) -> AgencyPart:
    mention = part.mention
    name = None if mention.known else names.get(mention.form.strip(" .;:*"))
    if name is None:
        return part
    found, _ = read_list(name, shadow(name), 0, len(name), whole=True)
    one = found[0] if len(found) == 1 else FoundAgency(0, len(name), name, "other")
    return replace(part, mention=replace(mention, agency=agency_of(one, province)))
