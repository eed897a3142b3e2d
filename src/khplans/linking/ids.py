"""Ids made from a document and a place in it, never from a row's place in a table.

So adding a plan changes no id of another, and the same inputs give the same ids.
"""

from __future__ import annotations

from collections import Counter

from khplans.model import Agency, Citation, Document, Section
from khplans.text.fold import slug

_HEADING_LENGTH = 40
NUMBERED = ("sections", "tasks", "task_agencies", "indicators", "citations", "short_citations")
"""The tables whose ids, or those they point to, count the rows before; each after those that it points to."""


class Unique:
    """Gives every id once: the second of a kind ends in `.2`, the third in `.3`.

    >>> unique = Unique()
    >>> unique("a:III"), unique("a:III")
    ('a:III', 'a:III.2')
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def __call__(self, wanted: str) -> str:
        given = wanted
        while self._seen[given]:
            self._seen[wanted] += 1
            given = f"{wanted}.{self._seen[wanted]}"
        self._seen[given] = 1
        return given


def section_ids(document: Document) -> tuple[str, ...]:
    """The id of each section: `<document>:<path>`.

    An annex that numbers its sections afresh has them under its own name (`<document>:PL/<path>`,
    `PL2` for the second annex). A heading without a marker stands in the path by its words
    (`~muc-tieu`), an annex itself as `PL`.

    >>> from khplans.reading.documents import document_of
    >>> section_ids(document_of("I. MỤC TIÊU\\n1. Chung:\\na) Đón khách.\\nPHỤ LỤC I\\nDANH MỤC DỰ ÁN"))
    ('example:I', 'example:I/1', 'example:PL')
    """
    unique = Unique()
    afresh = _numbered_afresh(document)
    found: list[str] = []
    below: list[str] = []  # what the ids of the sections below each start with
    for section in document.sections:
        above = _annex(section) if section.annex in afresh else ""
        if section.parent is not None and section.annex == document.sections[section.parent].annex:
            above = below[section.parent] or above
        if section.marker:
            found.append(unique(_join(above, section.marker.replace(" ", "-"))))
        elif section.annex and section.parent is None:
            found.append(unique(_annex(section)))
        else:
            words = slug(section.heading.text)[:_HEADING_LENGTH].strip("-")
            found.append(unique(_join(above, f"~{words}")))
        below.append(found[-1] if section.marker else above)
    return tuple(f"{document.document_id}:{path}" for path in found)


def _annex(section: Section) -> str:
    """The annex as a part of an id: `PL`, `PL2`.

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> section = document_of("I. NHIỆM VỤ\\n1. Rừng.\\nPHỤ LỤC\\nDANH MỤC\\n1. Báo cáo.").sections[-1]
    >>> [_annex(replace(section, annex=annex)) for annex in (1, 2)]
    ['PL', 'PL2']
    """
    return "PL" if section.annex == 1 else f"PL{section.annex}"


def _join(above: str, part: str) -> str:
    """A path with one more part.

    >>> _join("II", "2"), _join("", "II")
    ('II/2', 'II')
    """
    return f"{above}/{part}" if above else part


def _numbered_afresh(document: Document) -> frozenset[int]:
    """The annexes with a path that the body or an annex before has too.

    >>> from khplans.reading.documents import document_of
    >>> text = "I. NHIỆM VỤ\\n1. Rừng.\\nPHỤ LỤC\\nDANH MỤC\\n{}. RỪNG\\n1. Báo cáo."
    >>> [sorted(_numbered_afresh(document_of(text.format(number)))) for number in ("I", "II")]
    [[1], []]
    """
    first: dict[str, int] = {}
    for section in document.sections:
        if section.marker:
            first[section.path] = min(section.annex, first.get(section.path, section.annex))
    marked = (section for section in document.sections if section.marker)
    return frozenset(one.annex for one in marked if first[one.path] < one.annex)


def agency_id(agency: Agency) -> str:
    """
    >>> agency_id(Agency("Sở Y tế", "Khánh Hòa", "department"))
    'khanh-hoa-so-y-te'
    >>> agency_id(Agency("Bộ Y tế", None, "central"))
    'vn-bo-y-te'
    """
    return f"{slug(agency.province or 'vn')}-{slug(agency.name)}"


def citation_tail(citation: Citation) -> str:
    """The last part of a citation's id: what it cites.

    >>> from khplans.text.passage import Span
    >>> citation_tail(Citation(Span(0, 8), "09-NQ/TW", "Nghị quyết", None, None))
    'c-09-nq-tw'
    """
    year = str(citation.date.year) if citation.date else ""
    named = citation.number or f"{citation.name or citation.document_type or ''} {year}"
    return f"c-{slug(named)[:60].strip('-')}"
