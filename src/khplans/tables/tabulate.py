"""What was found in a plan, as rows of the tables, with links and doubts."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.intake import Plan
from khplans.linking.instruments import resolve, resolve_short
from khplans.model import Doubt, Findings
from khplans.reading import Reading
from khplans.tables.agencies import members_of
from khplans.tables.blocks import add_blocks, add_pages, add_surroundings
from khplans.tables.citations import add_citations, add_instruments
from khplans.tables.consistency import doubts_between_rows
from khplans.tables.documents import add_corrections, add_document, add_reading_doubts
from khplans.tables.indicators import add_indicators, add_measures, add_units
from khplans.tables.judgements import apply_judgements, judge_doubts, put_right
from khplans.tables.misread import add_recognition_doubts
from khplans.tables.rows import Rows, sorted_rows
from khplans.tables.tabulation import DocumentPlaces, Tabulation
from khplans.tables.tasks import add_tasks
from khplans.text.likeness import second_copy
from khplans.text.passage import Span


def tabulate(plan: Plan, reading: Reading, findings: Sequence[Findings]) -> Rows:
    """The rows of all tables for one plan, in order.

    `findings` has one entry for each document of `reading`, of which there is at least one.
    """
    return sorted_rows(tabulation_of(plan, reading, findings).rows)


def tabulation_of(plan: Plan, reading: Reading, findings: Sequence[Findings]) -> Tabulation:
    """The rows of all tables for one plan as they come, with what else is known of them; see `tabulate`."""
    into = Tabulation(plan)
    resolved = resolve([(found.document, found.citations) for found in findings])
    documents = {found.document.document_id: found.document for found in findings}
    all_places = [DocumentPlaces(found) for found in findings]
    for places, instruments in zip(all_places, resolved, strict=True):
        found = places.found
        add_document(into, places)
        add_blocks(into, places)
        add_tasks(into, places)
        add_indicators(into, places)
        parent = documents.get(found.document.parent_document_id or "")
        short = resolve_short(found.short_citations, found.document, parent, instruments)
        add_citations(into, places, instruments, short)
    add_surroundings(into)
    add_pages(into)
    add_corrections(into, [found.document for found in findings])
    add_reading_doubts(into, reading.doubts)
    add_recognition_doubts(into, all_places)
    apply_judgements(into, all_places, put_right(plan.judgements, reading.doubts))
    add_measures(into)
    add_units(into)
    add_instruments(into)
    if plan.encodings:
        facts = {"encodings": ", ".join(plan.encodings)}
        add_reading_doubts(into, [Doubt("old-encoding", _words_of(plan.source.text), facts)])
    if copy := second_copy(plan.source.text):
        add_reading_doubts(into, [Doubt("text-twice", copy)])
    into.rows["agencies"] = into.agencies.agencies
    into.rows["agency_names"] = into.agencies.names
    into.rows["agency_members"] = members_of(into.agencies.agencies)
    for agency, document_id, span in into.agencies.unknown():
        doubt = Doubt("agency-unknown", span, {"words": agency["name"]})
        into.warn("agencies", agency, document_id, [doubt])
    for name, row, doubt in doubts_between_rows(into.rows):
        into.warn(name, row, row["document_id"], [doubt])
    judge_doubts(into, all_places)
    into.rows["warnings"] = into.doubts.rows
    return into


def _words_of(text: str) -> Span:
    """A whole text without the blanks around it, which no row takes in.

    >>> _words_of(" a b\\n")
    Span(start=1, end=4)
    """
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))
