"""How to cite the data, and the plan's words behind a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from khplans.client.html import citing_html
from khplans.text.fold import slug
from khplans.text.visible import visible

if TYPE_CHECKING:
    from khplans.client.words import Words


@dataclass(frozen=True, slots=True)
class Citing:
    """The same citation in Vietnamese (`text`), APA 7 (`apa`) and BibTeX (`bibtex`)."""

    text: str
    apa: str
    bibtex: str

    def __str__(self) -> str:
        return visible(f"{self.text}\n\n{self.apa}\n\n{self.bibtex}")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return citing_html(self)


def cite(
    descriptor: Mapping[str, Any], released: str | None = None, words: Words | None = None
) -> Citing:
    """How to cite a package by its descriptor or, where `words` are given, words of a plan in it.

    `released` is the ISO date of the release.

    >>> cite({"title": "Kế hoạch", "version": "1.0.0"}, "2026-11-02").text
    'khplans (2026). Kế hoạch. Phiên bản 1.0.0.'
    """
    title = str(descriptor.get("title", "khplans"))
    version = str(descriptor.get("version", "unreleased"))
    year = (released or str(descriptor.get("created", "")))[:4] or "n.d."
    address = str(descriptor.get("homepage", ""))
    tail = f" {address}" if address else ""
    if words is not None:
        return _cite_words(words, f"khplans {version}{tail}")
    fields = {
        "author": "{khplans}",
        "title": title,
        "year": year,
        "version": version,
        "url": address,
    }
    return Citing(
        text=f"khplans ({year}). {title}. Phiên bản {version}.{tail}",
        apa=f"khplans. ({year}). {title} (Version {version}) [Data set].{tail}",
        bibtex=_bibtex("misc", f"khplans-{version}", fields),
    )


def _cite_words(words: Words, data: str) -> Citing:
    """The citation of a row's words, with its address where it has one.

    >>> from khplans.client.words import Words
    >>> place = ("a:t1", "tasks", "a", "a:d1", "Kế hoạch 1", None, None)
    >>> for origin in ("https://a.vn/1", "a letter"):
    ...     cited = _cite_words(Words(*place, origin, 0, 3, 1, None, "", "abc", ""), "khplans 1.0.0")
    ...     print(cited.apa, "a.vn" in cited.bibtex)
    Kế hoạch 1. (n.d.). https://a.vn/1 [khplans 1.0.0, a:t1]. True
    Kế hoạch 1. (n.d.). [khplans 1.0.0, a:t1]. False
    """
    year = str(words.issued.year) if words.issued else "n.d."
    day = f" ngày {words.issued:%d/%m/%Y}" if words.issued else ""
    section = f", mục {words.section}" if words.section else ""
    quote = " ".join(words.quote.split())
    address = words.address or ""
    origin = f" {address}" if address else ""
    fields = {
        "title": words.document,
        "year": year,
        "url": address,
        "note": f"{words.row_id}, {words.plan_id} {words.start}-{words.end}, {data}",
    }
    return Citing(
        text=f"“{quote}” ({words.document}{day}{section}; {data}, {words.row_id}).",
        apa=f"{words.document}. ({year}).{origin} [{data}, {words.row_id}].",
        bibtex=_bibtex("misc", f"{words.document_id}-{words.start}", fields),
    )


def _bibtex(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry of BibTeX; what is empty is left out.

    >>> _bibtex("misc", "Sở Y tế", {"title": "a_b", "url": "https://a.vn/a_b", "note": ""}).splitlines()
    ['@misc{so-y-te,', '  title = {a\\\\_b},', '  url = {https://a.vn/a_b},', '}']
    """
    lines = (
        f"  {name} = {{{value if name == 'url' else _escape(value)}}},"
        for name, value in fields.items()
        if value
    )
    return "\n".join([f"@{kind}{{{slug(key)},", *lines, "}"])


def _escape(value: str) -> str:
    """The value with what BibTeX reads as its own marks escaped; a braced name stays braced.

    >>> _escape("a_b & c"), _escape("{UBND a_b}")
    ('a\\\\_b \\\\& c', '{UBND a_b}')
    """
    if value.startswith("{") and value.endswith("}"):
        return value
    return re.sub(r"([#$%&_{}])", r"\\\1", value.replace("\\", r"\textbackslash "))
