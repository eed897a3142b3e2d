"""Rows of `documents`, `sections` and `corrections`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from khplans.linking.agencies import issuing_agency
from khplans.linking.instruments import instrument_of_document
from khplans.model import Document, Doubt
from khplans.tables.rows import Row
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns
from khplans.text.passage import Correction, Span


def add_document(into: Tabulation, places: DocumentPlaces) -> None:
    """The row of a document, and those of its sections.

    >>> from khplans.pipeline import rows_of
    >>> def document(text): return rows_of(text)["documents"][0]
    >>> own = document("UBND TỈNH PHÚ YÊN\\nSố: 5/KH-UBND\\nKẾ HOẠCH\\nTrồng rừng\\nI. RỪNG\\n1. Rừng.")
    >>> own["issuer_id"], own["instrument_id"], document("Rừng.")["issuer_id"], document("Rừng.")["instrument_id"]
    ('phu-yen-uy-ban-nhan-dan-tinh', 'phu-yen-ubnd-5-kh-ubnd', None, None)
    >>> def codes(text): return [row["code"] for row in rows_of(text)["warnings"]]
    >>> "nothing-found" in codes("I. NHIỆM VỤ\\n1. Rừng."), "nothing-found" in codes("I. NHIỆM VỤ\\n1. Trồng 5 ha rừng.")
    (True, False)
    """
    document, plan = places.found.document, into.plan
    issuer_id = None
    if document.issuer:
        agency = issuing_agency(document.issuer, document.province)
        issuer_id = into.agencies.add(agency, document.issuer, document.document_id, document.span)
    own = instrument_of_document(document)
    row: Row = {
        "document_id": document.document_id,
        "plan_id": document.plan_id,
        "number": document.number,
        "number_raw": document.number_raw,
        "document_type": document.document_type,
        "title": document.title,
        "issuer_id": issuer_id,
        "place": document.place,
        "province": document.province,
        "date": document.date,
        "signer": document.signer,
        "signer_raw": document.signer_raw,
        "parent_document_id": document.parent_document_id,
        "instrument_id": own.instrument_id if own else None,
        "plan_title": plan.title,
        "origin": plan.origin,
        "received": plan.received,
        "sha256": plan.sha256,
        **span_columns(document.span),
    }
    into.rows["documents"].append(row)
    if not places.found.tasks and not places.found.indicators:
        into.warn("documents", row, document.document_id, [Doubt("nothing-found", document.span)])
    for section, section_id in zip(document.sections, places.sections, strict=True):
        into.rows["sections"].append(
            {
                "section_id": section_id,
                "document_id": document.document_id,
                "parent_section_id": places.section(section.parent),
                "marker": section.marker,
                "path": section.path,
                "heading": section.heading.text,
                "role": section.role,
                "annex": section.annex,
                **span_columns(section.span),
            }
        )
    _warn_of_lost_rows(into, places, row)


def _warn_of_lost_rows(into: Tabulation, places: DocumentPlaces, row: Row) -> None:
    """Every row of a table in the text gives a task or an indicator, or a warning, if it doesn't just list things.

    >>> from khplans.pipeline import rows_of
    >>> def lost(row):
    ...     warnings = rows_of(f"I. NHIỆM VỤ\\n| Nhiệm vụ | Chủ trì |\\n|---|---|\\n{row}")["warnings"]
    ...     return [one["code"] for one in warnings if one["code"] == "row-unaccounted"]
    >>> lost("| Trồng rừng | Sở Y tế |"), lost("| | Rừng |")
    ([], ['row-unaccounted'])
    """
    for number, block in enumerate(places.found.document.blocks):
        if (
            block.kind == "row"
            and block.text
            and not block.reason
            and number not in places.rows_used
        ):
            doubt = Doubt("row-unaccounted", block.span)
            into.warn("documents", row, places.document_id, [doubt])


def add_corrections(into: Tabulation, documents: Sequence[Document]) -> None:
    """The rows of `corrections`, each with the document that it stands in."""
    read = [span for document in documents for span in _read_alone(document)]
    for correction in into.plan.source.corrections:
        document_id = _document_at(into, correction.span)["document_id"]
        row: Row = {
            "correction_id": f"{document_id}:r{correction.span.start}",
            "document_id": document_id,
            "before": correction.before,
            "after": correction.after or None,
            "reason": correction.reason,
            **span_columns(correction.span),
        }
        into.rows["corrections"].append(row)
        if _is_across(correction, read):
            facts = {"line": str(correction.line)} if correction.line else {}
            doubt = Doubt("correction-not-applied", correction.span, facts)
            into.warn("corrections", row, document_id, [doubt])


def _read_alone(document: Document) -> Iterator[Span]:
    """What is read each by itself: a block with its marker, or a cell of a row.

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| Trồng rừng | Sở Y tế |")
    >>> [list(_read_alone(replace(document, blocks=(block,)))) == [block.span] for block in document.blocks]
    [True, False, True, False]
    """
    for block in document.blocks:
        cells = [cell.text.whole for cell in block.cells if cell.text]
        yield from cells or [block.span]


def _is_across(correction: Correction, read: Iterable[Span]) -> bool:
    """Whether a correction goes beyond what is read by itself, and so is applied nowhere.

    >>> across = Correction(Span(2, 9), "ab\\n\\ncd", "abcd", "one word")
    >>> _is_across(across, [Span(0, 4), Span(6, 12)]), _is_across(across, [Span(0, 12)])
    (True, False)
    """
    lead = len(correction.before) - len(correction.before.lstrip())
    words = Span(
        correction.span.start + lead, correction.span.start + len(correction.before.rstrip())
    )
    touched = [span for span in read if words.overlaps(span)]
    return bool(touched) and not any(words in span for span in touched)


def add_reading_doubts(into: Tabulation, doubts: Iterable[Doubt]) -> None:
    """Warnings about the text, each about the document that it stands in."""
    for doubt in doubts:
        row = _document_at(into, doubt.span)
        into.warn("documents", row, row["document_id"], [doubt])


def _document_at(into: Tabulation, span: Span) -> Row:
    """The innermost document around a span, else the first of the file.

    >>> from types import SimpleNamespace
    >>> into = SimpleNamespace(rows={"documents": [{"start": 0, "end": 90}, {"start": 10, "end": 50}]})
    >>> [_document_at(into, span)["end"] for span in (Span(12, 20), Span(10, 50), Span(60, 90), Span(95, 99))]
    [50, 50, 90, 90]
    """
    documents = into.rows["documents"]
    around = [row for row in documents if row["start"] <= span.start and span.end <= row["end"]]
    return min(around, key=lambda row: row["end"] - row["start"]) if around else documents[0]
