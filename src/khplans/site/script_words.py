"""The words that the scripts of pages say, from the catalogue of the pages' words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

from khplans.site.languages import vi


def said_in(script: str) -> Iterator[str]:
    """The English words in a script's calls of `say` and `count`.

    >>> list(said_in('say("Close"); count("%(n)s row", "%(n)s rows", 2);'))
    ['Close', '%(n)s row']
    """
    from babel.messages.extract import extract

    calls = {"say": None, "count": (1, 2)}
    for _, words, _, _ in extract("javascript", BytesIO(script.encode()), calls):
        yield words if isinstance(words, str) else words[0]


def with_words(script: str) -> str:
    """A script behind the Vietnamese for its words: a page has what its scripts say and no more, also where it was
    opened from a folder (`file://`).

    Raises `KeyError` where the catalogue has no such words.

    >>> with_words('say("Close");')
    'Object.assign((self.khVietnamese ??= {}),{"Close":"Đóng"});\\nsay("Close");'
    """
    words = {english: vi.say(english) for english in said_in(script)}
    if not words:
        return script
    told = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"Object.assign((self.khVietnamese ??= {{}}),{told});\n{script}"
