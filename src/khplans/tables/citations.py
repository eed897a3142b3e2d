"""Rows of `citations`, `short_citations` and `instruments`."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.linking.ids import citation_tail
from khplans.linking.instruments import Instrument
from khplans.model import DefinedName, Doubt
from khplans.tables.definition import table
from khplans.tables.rows import Row, merge_rows, name_own_documents
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns
from khplans.text.fold import slug


def add_citations(
    into: Tabulation,
    places: DocumentPlaces,
    resolved: Sequence[Instrument | None],
    short: Sequence[Instrument | None],
) -> None:
    """The rows of a document's citations and of the instruments that they resolve to.

    `resolved` has the instrument of each citation, `short` of each mention by a short or bare name.

    >>> from khplans.pipeline import rows_of
    >>> rows = rows_of("I. NHIỆM VỤ\\n1. Thực hiện Nghị quyết số 22-NQ/TU và Quyết định số 5/QĐ-TTg.")
    >>> [(row["quote"], row["instrument_id"]) for row in rows["citations"]]
    [('Nghị quyết số 22-NQ/TU', None), ('Quyết định số 5/QĐ-TTg', 'vn-thu-tuong-chinh-phu-5-qd-ttg')]
    >>> [row["row_id"] for row in rows["warnings"] if row["code"] == "instrument-unresolved"]
    ['p:I:c-22-nq-tu']
    """
    document = places.found.document
    for citation, instrument in zip(places.found.citations, resolved, strict=True):
        section_id = places.section_at(citation.span)
        key = places.unique(f"{places.base(section_id)}:{citation_tail(citation)}")
        row: Row = {
            "citation_id": key,
            "document_id": document.document_id,
            "section_id": section_id,
            "task_id": places.task_at(citation.span),
            "instrument_id": instrument.instrument_id if instrument else None,
            "quote": into.quote(citation.span),
            "number": citation.number,
            "document_type": citation.document_type,
            "date": citation.date,
            "issuer": citation.issuer,
            "name": citation.name,
            "relation": citation.relation,
            "provision": citation.provision,
            **span_columns(citation.span),
        }
        into.rows["citations"].append(row)
        places.citations.append(key)
        into.warn("citations", row, document.document_id, citation.doubts)
        if instrument:
            into.rows["instruments"].append(instrument_row(instrument))
        else:
            doubt = Doubt("instrument-unresolved", citation.span)
            into.warn("citations", row, document.document_id, [doubt])
    _add_short_citations(into, places, short)


def _add_short_citations(
    into: Tabulation, places: DocumentPlaces, resolved: Sequence[Instrument | None]
) -> None:
    """The mentions by a short or bare name; a defined one with the citation that it stands for.

    >>> from khplans.pipeline import rows_of
    >>> text = "I. NHIỆM VỤ\\n1. Thực hiện Quyết định số 5/QĐ-TTg (sau đây gọi là Quyết định 5) và Luật Giá.\\n2. Theo Quyết định 5."
    >>> [(row["quote"], row["citation_id"], row["instrument_id"]) for row in rows_of(text)["short_citations"]]
    [('Luật Giá', None, None), ('Quyết định 5', 'p:I:c-5-qd-ttg', 'vn-thu-tuong-chinh-phu-5-qd-ttg')]
    """
    for short, instrument in zip(places.found.short_citations, resolved, strict=True):
        section_id = places.section_at(short.span)
        quote = into.quote(short.span)
        defined = short.means if isinstance(short.means, DefinedName) else None
        row: Row = {
            "short_citation_id": places.unique(f"{places.base(section_id)}:s-{slug(quote)}"),
            "document_id": places.document_id,
            "section_id": section_id,
            "task_id": places.task_at(short.span),
            "citation_id": places.citations[defined.citation] if defined else None,
            "instrument_id": instrument.instrument_id if instrument else None,
            "quote": quote,
            "definition_start": defined.definition.start if defined else None,
            "definition_end": defined.definition.end if defined else None,
            "provision": short.provision,
            **span_columns(short.span),
        }
        into.rows["short_citations"].append(row)
        if instrument:
            into.rows["instruments"].append(instrument_row(instrument))


def add_instruments(into: Tabulation) -> None:
    """Each instrument once, with the document that it is where the plan holds it."""
    merged = merge_rows(table("instruments"), [into.rows["instruments"]])
    into.rows["instruments"] = name_own_documents(merged, into.rows["documents"])


def instrument_row(instrument: Instrument) -> Row:
    """The row of an instrument."""
    return {
        "instrument_id": instrument.instrument_id,
        "number": instrument.number,
        "document_type": instrument.document_type,
        "date": instrument.date,
        "year": instrument.year,
        "issuer": instrument.issuer,
        "title": instrument.title,
    }
