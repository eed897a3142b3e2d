"""No page tells its reader in the other language what the site has to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Watched, wait_until_shown

from khplans.site.languages import vietnamese_catalogue

_SPOKEN = ("title", "aria-label", "placeholder", "alt")
_CODE = ("code", "pre", "script", "style")
_VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr")
_VALUE = re.compile(r"%\\\((\w+)\\\)s")
_BARE = re.compile(r"%\(\w+\)s")
_FEWEST = {"vi": 3, "en": 2}
"""Syllables or words of a sentence of ours: fewer may be a value of the data (Kế hoạch, a column's name)."""


class _Words(HTMLParser):
    """The words of a page that are not said to be of another language, and are no code."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._language = language
        self._above: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _VOID:
            self._above.append((tag, given.get("lang") or ""))
        for name in _SPOKEN:
            self.handle_data(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while any(tag == open for open, _ in self._above) and self._above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        other = next((lang for _, lang in reversed(self._above) if lang), self._language)
        if other == self._language and not any(tag in _CODE for tag, _ in self._above):
            self.found.add(" ".join(data.split()))


def _words(language: str, text: str) -> set[str]:
    reader = _Words(language)
    reader.feed(text)
    return reader.found


def _sentences(language: str) -> re.Pattern[str]:
    """What the catalogue has in a language and not in the other, whatever values are put in."""

    said = {pair[language == "vi"] for pair in _pairs() if pair[0] != pair[1]}
    fewest = _FEWEST[language]
    long = [text for text in said if len(re.findall(r"[^\W\d]+", _BARE.sub("", text))) >= fewest]
    return re.compile("|".join(sorted(_VALUE.sub(_value, re.escape(text)) for text in long)))


def _value(found: re.Match[str]) -> str:
    return r"[\d.,]+" if found[1] in ("n", "year") else ".+"


def _pairs() -> Iterator[tuple[str, str]]:
    """English and Vietnamese of the catalogue, each of the forms."""
    for message in vietnamese_catalogue():
        translated = [message.string] if isinstance(message.string, str) else message.string
        for english in [message.id] if isinstance(message.id, str) else message.id:
            for vietnamese in translated if english else ():
                yield " ".join(english.split()), " ".join(vietnamese.split())


_OF = {language: _sentences(language) for language in _FEWEST}


def _strange(language: str, text: str) -> list[str]:
    """What a page of a language says in the other one."""
    other = _OF["en" if language == "vi" else "vi"]
    return sorted(filter(other.fullmatch, _words(language, text)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_says_in_the_other_language_what_the_site_says(site: Path, language: str) -> None:
    pages = [
        path
        for path in site.rglob("*.html")
        if (path.relative_to(site).parts[0] == "en") == (language == "en")
    ]
    assert len(pages) > 300
    found = {words for path in pages for words in _strange(language, path.read_text("utf-8"))}
    assert found == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_of_the_other_language_would_be_seen(site: Path, language: str) -> None:
    other, tree = {"vi": ("en", "en/"), "en": ("vi", "")}[language]
    for path in ("index.html", "plans/index.html", "measures/grdp-growth.html", "quality.html"):
        text = (site / f"{tree}{path}").read_text("utf-8")
        assert len(_strange(language, text.replace(f'<html lang="{other}"', "<html"))) > 5


@pytest.mark.parametrize("path", ["tables/tasks.html?q=zzzz", "tables/indicators.html?province=Khánh Hòa", "search.html?q=dau+tu", "search.html?q=khanh+hoaa", "sql.html#q=SELECT+1", "graph.html", "plans/khanh-hoa-173-qd-ubnd-2024.html"])  # fmt: skip
@pytest.mark.parametrize("language", ["vi", "en"])
def test_scripts_speak_the_page_s_language(
    open_page: Callable[..., Watched], address: str, path: str, language: str
) -> None:
    page = open_page(f"{address}{'en/' if language == 'en' else ''}{path}").page
    wait_until_shown(page)
    for mark in page.locator("main mark[data-k]").all()[:1]:
        mark.click()
    assert _strange(language, page.content()) == []
