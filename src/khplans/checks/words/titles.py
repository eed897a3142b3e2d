"""An instrument's title, taken from the words that cite it: some mention has those words after its number."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from operator import itemgetter
from typing import Final

from khplans.checks.results import Result, judge
from khplans.checks.words.places import tight
from khplans.checks.words.row_reading import SecondReading
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row

REACH: Final = 800
"""Characters after a mention in which its issuer and the title stand."""


class TitleCheck:
    """Looks at some plans at a time: a title may be told by the mention in any of them."""

    def __init__(self, instruments: Iterable[Row]) -> None:
        laws = {
            row["name"] for row in read_table("document_types") if "law" in row["is"].split(";")
        }
        self._titles = {
            row["instrument_id"]: tight(row["title"])
            for row in instruments
            if row["title"] and not row["document_id"] and row["document_type"] not in laws
        }
        self._untold = set(self._titles)

    def look(self, reading: SecondReading) -> None:
        """Take off the titles that the mentions in some plans tell."""
        mentions = sorted(reading.in_text["citations"], key=itemgetter("document_id", "start"))
        for row, later in zip_longest(mentions, mentions[1:]):
            wanted = self._titles.get(row["instrument_id"] or "")
            if wanted and _opens_before(reading, row, later, wanted):
                self._untold.discard(row["instrument_id"])

    def results(self) -> list[Result]:
        """An error for each title that no mention tells."""
        return [judge("words.title", "instruments", len(self._titles), sorted(self._untold))]


def _opens_before(reading: SecondReading, row: Row, later: Row | None, wanted: str) -> bool:
    """Whether the wanted words stand after a mention and open before the one that is next.

    >>> from khplans.checks.words.row_reading import SecondReading
    >>> text = "12/NQ về đất đai; 13/NQ về rừng"
    >>> rows = {"corrections": [], "documents": [{"document_id": "d", "plan_id": "p"}]}
    >>> reading, row = SecondReading(rows, {"p": text}, {}), {"document_id": "d", "end": 5}
    >>> later = {"document_id": "d", "start": text.index("13")}
    >>> [_opens_before(reading, row, one, tight("vềđấtđai")) for one in (None, later, {**later, "start": 6})]
    [True, True, False]
    >>> [_opens_before(reading, row, one, tight("vềrừng")) for one in (None, later, {**later, "document_id": "e"})]
    [True, False, True]
    >>> _opens_before(reading, row, None, tight("vềbiển"))
    False
    """
    text, end = reading.text(row), row["end"]
    place = tight(text.said(end, end + REACH)).find(wanted)
    following = later if later and later["document_id"] == row["document_id"] else None
    nearest = following["start"] if following else end + REACH
    return 0 <= place < len(tight(text.said(end, nearest)))
