"""One thing that can be found, and the kinds of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khplans.site.languages import Language

KINDS: Mapping[str, int] = {
    "province": 120,
    "plan": 70,
    "agency": 60,
    "measure": 45,
    "theme": 45,
    "instrument": 30,
    "page": 25,
    "heading": 10,
    "task": 10,
    "figure": 8,
    "passage": 0,
}
"""The kinds of entries, and how much more each counts than a passage: 40 is twice as much."""


def kind_names(words: Language) -> dict[str, str]:
    """What readers are told that each kind is."""
    return {
        "province": words.say("Province"),
        "plan": words.say("Plan"),
        "agency": words.say("Agency"),
        "measure": words.say("Measure"),
        "theme": words.say("Theme"),
        "instrument": words.say("Cited document"),
        "page": words.say("Page"),
        "heading": words.say("Heading"),
        "task": words.say("Task"),
        "figure": words.say("Indicator"),
        "passage": words.say("Passage"),
    }


@dataclass(frozen=True)
class SearchEntry:
    """Something that can be found on `page` (a path without ending), there at `place`: an element's id, the
    numbers of the lines of a plan's text (`lines`, from 0), or both.

    The words of `title` count most, then those of `also` (other names, which are not shown), `text` and
    `about` (what it belongs to). `…_en` stand for them on English pages; empty where they are the same.
    """

    kind: str
    page: str
    title: str
    text: str = ""
    about: str = ""
    also: tuple[str, ...] = ()
    place: str = ""
    lines: str = ""
    province: str = ""
    title_en: str = ""
    text_en: str = ""
    about_en: str = ""
