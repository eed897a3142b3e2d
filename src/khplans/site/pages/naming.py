"""What documents and plans are called on pages."""

from __future__ import annotations

import re

from khplans.site.data import Row
from khplans.site.languages import Language, en


def document_name(document: Row, words: Language) -> str:
    """A document by its type, number and date.

    >>> from khplans.site.languages import vi
    >>> document_name({"document_type": "Kế hoạch", "number": "9/KH-UBND", "date": None,
    ...                "document_id": "a", "province": "Khánh Hòa"}, vi)
    'Kế hoạch 9/KH-UBND (Khánh Hòa)'
    """
    name = " ".join(filter(None, (document["document_type"], document["number"])))
    about = ", ".join(filter(None, (document["province"], words.date(document["date"]))))
    return (name or str(document["document_id"])) + (f" ({about})" if about else "")


def plan_title(document: Row) -> str:
    """What a plan is about, as its intake says, else as its own title says."""
    return str(document["plan_title"] or document["title"] or "")


_BOTH = " · "
_TWO_LANGUAGES = re.compile(r"([^·(),;]+) · ([^·(),;]+)")


def one_language(text: str, words: Language) -> str:
    """A note that gives both languages (`vi · en`) in the one of the page.

    >>> from khplans.site.languages import vi
    >>> one_language("báo Khánh Hòa (theo đầu văn bản · as the text says)", vi)
    'báo Khánh Hòa (theo đầu văn bản)'
    >>> one_language("báo A, theo đầu văn bản; không rõ địa chỉ · A, as the text says; address unknown", vi)
    'báo A, theo đầu văn bản; không rõ địa chỉ'
    """
    outside = re.sub(r"\([^()]*\)", "", text)
    if text.count(_BOTH) == outside.count(_BOTH) == 1:
        return words(*text.split(_BOTH))
    return _TWO_LANGUAGES.sub(lambda match: words(match[1], match[2]), text)


def origin_words(document: Row, words: Language) -> str:
    """Where a plan's file came from, in the language of the page; empty where nobody knows.

    >>> from khplans.site.languages import vi
    >>> origin_words({"origin": "không rõ · unknown"}, vi), origin_words({"origin": "báo A"}, vi)
    ('', 'báo A')
    """
    said = document["origin"] or ""
    unknown = one_language(said, en).strip().casefold() == "unknown"
    return "" if unknown else one_language(said, words)


def file_forms(words: Language) -> tuple[tuple[str, str], ...]:
    """The files of a table, `{}` standing for its name, and what they are called."""
    return (
        ("{}.csv", "CSV"),
        ("excel/{}-excel-vi.csv", words.say("CSV for Vietnamese Excel")),
        ("excel/{}-excel.csv", words.say("CSV for Excel")),
        ("{}.parquet", "Parquet"),
    )
