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

    >>> from khplans.reading.documents import document_of
    >>> from khplans.text.passage import Span
    >>> def done_by(name, known):
    ...     mention = AgencyMention(Agency(name, None, ""), Span(0, 1), name, known)
    ...     return Task(0, Span(0, 1), "Trồng rừng", None, None, (AgencyPart(mention, "lead", "cell"),))
    >>> def names(text, *tasks):
    ...     document = document_of(f"I. NHIỆM VỤ\\n1. {text}.")
    ...     return [one.parts[0].mention.agency.name for one in with_names_in_full(tasks, document)]
    >>> gloss = "Ghi chú: BST: Ban soạn thảo"
    >>> names(gloss, done_by("BST", False)), names(gloss, done_by("BST", True)), names("Rừng", done_by("BST", False))
    (['Ban soạn thảo'], ['BST'], ['BST'])
    >>> names("Rừng", done_by("Vụ TĐKT", False), done_by("Vụ Thi đua khen thưởng", True))
    ['Vụ Thi đua khen thưởng', 'Vụ Thi đua khen thưởng']
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
    """The body named in full that the initials of one no list knows stand for.

    >>> from khplans.text.passage import Span
    >>> agencies = Agency("TCTL", None, ""), Agency("Tổng cục Thủy lợi", None, "")
    >>> short, full = (AgencyMention(one, Span(0, 4), one.name, known) for one, known in zip(agencies, (False, True)))
    >>> [_by_initials(AgencyPart(one, "lead", "cell"), {short.agency: full}).mention.known for one in (short, full)]
    [True, True]
    >>> _by_initials(AgencyPart(short, "lead", "cell"), {}).mention.known
    False
    """
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
    """An agency by the name that the document gives to its abbreviation: `BQLDA` for `Ban Quản lý dự án`.

    >>> from khplans.text.passage import Span
    >>> part = AgencyPart(AgencyMention(Agency("TCTL", None, ""), Span(0, 4), "TCTL;", False), "lead", "cell")
    >>> known = replace(part, mention=replace(part.mention, known=True))
    >>> names = {"TCTL": "Tổng cục Thủy lợi"}
    >>> [_explained(one, names, None).mention.agency.name for one in (part, known)]
    ['Tổng cục Thủy lợi', 'TCTL']
    >>> _explained(part, {"TCTL": "Sở Y tế và Sở Nội vụ"}, None).mention.agency.name, _explained(part, {}, None) == part
    ('Sở Y tế và Sở Nội vụ', True)
    """
    mention = part.mention
    name = None if mention.known else names.get(mention.form.strip(" .;:*"))
    if name is None:
        return part
    found, _ = read_list(name, shadow(name), 0, len(name), whole=True)
    one = found[0] if len(found) == 1 else FoundAgency(0, len(name), name, "other")
    return replace(part, mention=replace(mention, agency=agency_of(one, province)))
