"""The words of release notes, in both languages (`notes.csv`)."""

from __future__ import annotations

from collections.abc import Mapping
from csv import DictReader
from functools import cache
from importlib.resources import files


@cache
def note_words(language: str) -> Mapping[str, str]:
    """What notes say in a language, `vi` or `en`, by name.

    >>> note_words("vi")["added"], note_words("en")["added"]
    ('thêm', 'added')
    """
    lines = (files("khplans.releases") / "notes.csv").read_text("utf-8").splitlines()
    return {row["name"]: row[language] for row in DictReader(lines)}
