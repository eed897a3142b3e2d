"""The quantity of a table's row that names only a place or a thing: its column or the table's heading tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from khplans.extraction.indicators.names import topic_of
from khplans.extraction.indicators.words_around import COMPARES, capital, has_quantity, small
from khplans.knowledge.provinces import find_province
from khplans.knowledge.units import Unit, units
from khplans.knowledge.wording import Wording, clause_words
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.syllables import is_syllable

_BARE = Wording(r"<bare quantity>", "Tốc độ bình quân")
_DESIGNED = Wording(r"\b<designed capacity in short>(?![\w/])", "CSTK", exact=True)
_UNIT = re.compile(r" ?\([^()]*\)")


@dataclass(frozen=True)
class NamedRow(Placeless):
    """A row's name and unit, its column's header and the headings above its table, the nearest first."""

    name: str
    unit: Unit
    header: str
    headings: tuple[str, ...] = ()

    @once
    def of_column(self) -> str:
        """The quantity that its column names, which compares with nothing: `Tỷ lệ hộ nghèo năm 2025 (%)`."""
        return (
            ""
            if COMPARES.search(self.header)
            else _whole(topic_of(_UNIT.sub("", _usual(self.header))))
        )

    @once
    def of_heading(self) -> str:
        """The quantity that a heading names, of which the row is in per cent: `Mục tiêu tăng trưởng GRDP`."""
        if self.unit.dimension != "percent":
            return ""
        found = (clause_words("quantity").search(heading) for heading in map(_usual, self.headings))
        named = next((match for match in found if match), None)
        return _whole(topic_of(capital(named.string[named.start() :]))) if named else ""


def _case_of(name: str, header: str, *headings: str) -> NamedRow:
    return NamedRow(name, units()["percent"], header, headings)


def _nothing(_: NamedRow) -> str:
    return ""


_OF_COLUMN, _OF_HEADING = attrgetter("of_column"), attrgetter("of_heading")

# fmt: off
TOPICS: Rules[NamedRow, Callable[[NamedRow], str]] = Rules("what-a-row-measures", _case_of, (
    Rule("its-own-name", ("Tỷ lệ hộ nghèo", "Năm 2025"), lambda row: has_quantity(row.name), _nothing),
    Rule("its-column", ("Xã Hòa An", "Tỷ lệ hộ nghèo năm 2025 (%)"), _OF_COLUMN, _OF_COLUMN),
    Rule("a-heading", ("Xã Hòa An", "Năm 2025", "CHỈ TIÊU TĂNG TRƯỞNG GRDP NĂM 2025"),
         _OF_HEADING, _OF_HEADING),
    Rule("nothing-told", ("Trồng rừng", "Năm 2025", "Về kinh tế"), always, _nothing),
))
# fmt: on


def topic_of_row(name: str, unit: Unit, header: str, headings: Iterable[str]) -> str:
    """The quantity that a row's column or a heading tells of it; empty where its own name does, or nothing.

    >>> topic_of_row("Xã Hòa An", units()["percent"], "Tốc độ bình quân (%)", ["Tăng trưởng GRDP giai đoạn 2026 - 2030"])
    'Tăng trưởng GRDP'
    """
    row = NamedRow(name, unit, header, tuple(headings))
    return TOPICS.decide(row)(row)


def under_topic(topic: str, name: str) -> str:
    """The name of what a topic tells of a place or thing.

    >>> under_topic("Tỷ lệ hộ nghèo", "Hòa Bình"), under_topic("Tỷ lệ hộ nghèo", "Khu vực miền núi")
    ('Tỷ lệ hộ nghèo – Hòa Bình', 'Tỷ lệ hộ nghèo – khu vực miền núi')
    """
    place = find_province(name)
    proper = place is not None and fold(place.name) == fold(name)
    return f"{topic} – {name if proper else small(name)}"


def _whole(topic: str) -> str:
    """The topic, where it names more than a pace or a share: not `Tốc độ bình quân`.

    >>> _whole("Tốc độ bình quân"), _whole("Tốc độ tăng dân số")
    ('', 'Tốc độ tăng dân số')
    """
    return "" if _BARE.fullmatch(topic) else topic


def _usual(words: str) -> str:
    """Words in capitals in their usual case; abbreviations keep theirs, but for that of a size.

    >>> _usual("MỤC TIÊU TĂNG TRƯỞNG GRDP"), _usual("CSTK (tấn/năm)")
    ('Mục tiêu tăng trưởng GRDP', 'Công suất thiết kế (tấn/năm)')
    """
    words = _DESIGNED.sub("Công suất thiết kế", words)
    if not words.isupper():
        return words
    return capital(
        " ".join(w.lower() if is_syllable(w.strip(",;:()")) else w for w in words.split(" "))
    )
