"""Agencies written with an abbreviation or initials, by the full names that the document has for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from khplans.extraction.agencies import FoundAgency, agency_of, read_list, shadow
from khplans.extraction.agencies.abbreviations import explained, full_names
from khplans.model import Agency, AgencyMention, AgencyPart, Document, Task


def with_names_in_full(tasks: Sequence[Task], document: Document) -> list[Task]:
    """The tasks with those who do them by the names that the document gives to abbreviations.

    That holds for the parts that were found: an abbreviation in whose place no agency was seen stays unread. Names that are in the tables of agencies stay as they are; initials that nothing explains stand for the
    one body named in full that they fit.
    """
    told = list(tasks)
    if not all(part.mention.known for task in tasks for part in task.parts):
        names = explained(_texts(document))
        told = _renamed(tasks, lambda part: _explained(part, names, document.province))
    full = full_names(part.mention for task in told for part in task.parts)
    return _renamed(told, lambda part: _by_initials(part, full)) if full else told


def _renamed(tasks: Sequence[Task], rename: Callable[[AgencyPart], AgencyPart]) -> list[Task]:
    return [replace(task, parts=tuple(map(rename, task.parts))) for task in tasks]


def _by_initials(part: AgencyPart, full: Mapping[Agency, AgencyMention]) -> AgencyPart:
    mention = part.mention
    meant = None if mention.known else full.get(mention.agency)
    if meant is None:
        return part
    return replace(part, mention=replace(mention, agency=meant.agency, known=meant.known))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.text.text
        yield from (cell.text.text for cell in block.cells)


def _explained(part: AgencyPart, names: Mapping[str, str], province: str | None) -> AgencyPart:
    """An agency by the name that the document gives to its abbreviation: `BQLDA` for `Ban Quản lý dự án`."""
    mention = part.mention
    name = None if mention.known else names.get(mention.form.strip(" .;:*"))
    if name is None:
        return part
    found, _ = read_list(name, shadow(name), 0, len(name), whole=True)
    one = found[0] if len(found) == 1 else FoundAgency(0, len(name), name, "other")
    return replace(part, mention=replace(mention, agency=agency_of(one, province)))
