"""The year of a document: that of its date, or of a date line whose day was left to be filled in."""

from __future__ import annotations

from khplans.model import Document
from khplans.text.dates import find_dates


def year_of(document: Document) -> int | None:
    """The year that the date or the date line names: a draft says `ngày    tháng 6 năm 2026`.

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("Khánh Hòa, ngày    tháng 6 năm 2026\\nKẾ HOẠCH\\nTrồng rừng")
    >>> year_of(document), year_of(replace(document, date=date(2025, 1, 2))), year_of(document_of("I. MỤC TIÊU"))
    (2026, 2025, None)
    """
    if document.date:
        return document.date.year
    head = (block.text.text for block in document.blocks if block.kind == "letterhead")
    named = [day.start.year for words in head for day in find_dates(words)]
    return named[-1] if named else None
