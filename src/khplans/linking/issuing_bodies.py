"""Whose a document is: told by the symbol of its number, the words after it, the citing document."""

from __future__ import annotations

import re

from khplans.knowledge.issuers import Issuer, issuer_of_symbol, issuers_by_name
from khplans.knowledge.provinces import Province, find_province
from khplans.knowledge.wording import Wording
from khplans.model import Citation, Document
from khplans.text.fold import fold, slug

_SERIAL = re.compile(r"^\d+[a-zđ]?(?:[/-](?:\d{4}|\d{2}))?[/-]", re.IGNORECASE)
_PARTS = re.compile(r"[-/._]")
_BELOW_PROVINCE = Wording(
    "(?!thành phố)(?:<level district>|<level commune>) ([^,]+)$", "huyện Cam Lâm"
)
_TOWN = Wording(r"thành phố ([^,]+)$", "thành phố Cam Ranh")


def symbols_of(number: str) -> list[str]:
    """The parts of a number's symbol.

    >>> symbols_of("84/2025/QĐ-UBND")
    ['QĐ', 'UBND']
    """
    return _PARTS.split(_SERIAL.sub("", number))


def body_id(number: str, written: str | None, document: Document) -> str | None:
    """Who issued a number, as ids begin: `vn-chinh-phu`, `khanh-hoa-ubnd`; None where nothing tells.

    `written` is the issuer as the text has it, if it does.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("UBND TỈNH HÀ GIANG\\nSố: 12/KH-UBND\\nKẾ HOẠCH\\nPhát triển du lịch")
    >>> body_id("5/QĐ-UBND", None, document), body_id("8/NĐ-CP", None, document)
    ('ha-giang-ubnd', 'vn-chinh-phu')
    """
    implied = _implied(number) or (_named(written) if written else None)
    if implied is None:
        return _unknown_body(written, document)
    if not implied.local:
        return f"vn-{slug(implied.name)}"
    place = _place(written, document)
    return (
        f"{place}-{slug(implied.symbols[0] if implied.symbols else implied.name)}"
        if place
        else None
    )


def body_name(citation: Citation, document: Document) -> str | None:
    """The body's full name by the symbol, with its place; as the text has it where that says more.

    >>> from khplans.extraction.citations import find_citations
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("UBND TỈNH HÀ GIANG\\nSố: 12/KH-UBND\\nKẾ HOẠCH\\nPhát triển du lịch\\n1. Theo Quyết định số 5/QĐ-UBND.")
    >>> [body_name(citation, document) for citation in find_citations(document)]
    ['Ủy ban nhân dân tỉnh Hà Giang']
    """
    if citation.number is None:
        return "Quốc hội"
    implied = _implied(citation.number)
    if implied is None or implied.symbols[:1] == ("TW",):
        return citation.issuer
    if not implied.local:
        return implied.name
    if citation.issuer and _place(citation.issuer, document) != _place(None, document):
        return citation.issuer
    province = find_province(document.province) if document.province else None
    if province is None:
        return citation.issuer
    kind = f" {province.kind}" if implied.named_with == "kind" else ""
    return f"{implied.name}{kind} {province.name}"


def _implied(number: str) -> Issuer | None:
    """The body that a number's symbol stands for."""
    return next((i for i in map(issuer_of_symbol, symbols_of(number)) if i is not None), None)


def _named(written: str) -> Issuer | None:
    """The known body in words that say more: `Ủy ban Thường vụ Quốc hội khóa XV`.

    >>> _named("Ủy ban Thường vụ Quốc hội khóa XV").name, _named("một cơ quan khác")
    ('Ủy ban Thường vụ Quốc hội', None)
    """
    words = fold(written).split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            issuer = issuers_by_name().get(" ".join(words[start:end]))
            if issuer is not None:
                return issuer
    return None


def _unknown_body(written: str | None, document: Document) -> str | None:
    """The id of a body that no table has, with the province where it is.

    >>> from dataclasses import replace
    >>> from khplans.text.passage import Span
    >>> document = Document("d", "d", Span(0, 9), (), (), province="Khánh Hòa")
    >>> [_unknown_body(written, document) for written in ("Hội Làm vườn", None)]
    ['khanh-hoa-hoi-lam-vuon', None]
    >>> _unknown_body("Hội Làm vườn", replace(document, province=None))
    'vn-hoi-lam-vuon'
    """
    if not written:
        return None
    place = _place(written, document)
    return f"{place or 'vn'}-{slug(written)}"


def _place(written: str | None, document: Document) -> str | None:
    """The place of a local body: what its name says, else the document's own province.

    >>> from khplans.text.passage import Span
    >>> document = Document("d", "d", Span(0, 1), (), (), province="Khánh Hòa")
    >>> _place("UBND huyện Vạn Ninh", document), _place("UBND tỉnh Phú Yên", document)
    ('khanh-hoa-van-ninh', 'phu-yen')
    """
    home = slug(document.province) if document.province else None
    if not written:
        return home
    below = _BELOW_PROVINCE.search(written)
    town = _TOWN.search(written)
    named = _province_in(town[1] if town else written)
    if below or (town and named is None):
        words = below or town
        return f"{home}-{slug(words[1])}" if home and words else None
    return slug(named.name) if named else home


def _province_in(words: str) -> Province | None:
    """The province whose name ends the words; not one whose seat does.

    >>> texts = "UBND tỉnh Khánh Hoà", "UBND thành phố Nha Trang", "Bộ Y tế"
    >>> [found.name if (found := _province_in(words)) else None for words in texts]
    ['Khánh Hòa', None, None]
    """
    parts = words.split(" ")
    for start in range(len(parts)):
        name = " ".join(parts[start:])
        province = find_province(name)
        if province is not None and fold(name) in map(fold, (province.name, *province.aliases)):
            return province
    return None
