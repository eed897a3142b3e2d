"""Reads the unit that stands behind a number: `%/năm`, `nghìn tỷ đồng`, `giường bệnh/vạn dân`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from khplans.knowledge.units import Unit, UnitForm, denominators, unit_forms, unit_per
from khplans.text.numerals import MULTIPLIERS

_LONGEST = 64
_SUBJECT_NEAR = 100
_FIRST_WORD = re.compile(r"[%‰]|[^\W\d_]+[²³23]?|\d[\d.]*")
_WORD_END = re.compile(r"(?![^\W_])")


@dataclass(frozen=True, slots=True)
class UnitRead:
    """The unit, the factor for the number before it, and where its words end."""

    unit: Unit
    factor: Decimal
    end: int


def read_unit(text: str, start: int) -> UnitRead | None:
    """The unit whose words begin at `text[start:]` (a space before it allowed), or None.

    >>> from decimal import Decimal
    >>> read = read_unit("47,5 nghìn tỷ đồng", 4)
    >>> read.unit.unit_id, read.factor, read.end
    ('billion_vnd', Decimal('1000'), 18)
    >>> read_unit("40 giường bệnh công lập/vạn dân", 2).unit.unit_id
    'bed_per_10000'
    """
    begin = start + 1 if text.startswith(" ", start) else start
    window = text[begin : begin + _LONGEST].lower()
    before = text[max(0, start - _SUBJECT_NEAR) : start].lower()
    form = _unit_form(window, before)
    read: UnitRead | None = None
    if form is None or form.form in MULTIPLIERS:
        read = _multiplied(window, begin, before)
    if read is None:
        if form is None:
            return None
        read = UnitRead(form.unit, form.factor, begin + len(form.form))
    return _divided(text, read)


def read_denominator(text: str, start: int) -> tuple[str, int] | None:
    """The suffix and the end of a denominator that begins at `text[start:]`, or None.

    >>> read_denominator("4/100.000 trẻ đẻ sống", 2)
    ('100000_live_births', 21)
    """
    begin = start + 1 if text.startswith(" ", start) else start
    window = text[begin : begin + _LONGEST].lower()
    first = _FIRST_WORD.match(window)
    for denominator in denominators().get(first[0], ()) if first else ():
        if _begins(window, denominator.form):
            return denominator.suffix, begin + len(denominator.form)
    return None


def _unit_form(window: str, before: str) -> UnitForm | None:
    """The longest form that fits; of units written alike the one whose subject stands before."""
    first = _FIRST_WORD.match(window)
    found: UnitForm | None = None
    for form in unit_forms().get(first[0], ()) if first else ():
        if found and form.form != found.form:
            break
        if _begins(window, form.form) and not window.startswith(form.unless, len(form.form) + 1):
            found = form
            if form.unit.evidence != "subject" or any(word in before for word in form.unit.subject):
                break
    return found


def _begins(window: str, form: str) -> bool:
    return window.startswith(form) and (
        form in "%‰" or _WORD_END.match(window, len(form)) is not None
    )


def _multiplied(window: str, begin: int, before: str) -> UnitRead | None:
    """`2,3 triệu lượt khách`: a word for a large number before a counted noun."""
    word, _, rest = window.partition(" ")
    factor = MULTIPLIERS.get(word)
    form = _unit_form(rest, before) if factor else None
    if factor is None or form is None or form.unit.dimension == "money":
        return None
    return UnitRead(form.unit, form.factor * factor, begin + len(word) + 1 + len(form.form))


_SLASH = re.compile(r"(?: [^\W\d_]+){0,3}? ?/ ?")
_PER = re.compile(r" (?:trên|mỗi|trên mỗi|cho) (?=\d|một|vạn|mỗi|đầu|người)")


def _divided(text: str, read: UnitRead) -> UnitRead:
    unit, end = read.unit, read.end
    while True:
        mark = _SLASH.match(text, end) or _PER.match(text, end)
        divisor = read_denominator(text, mark.end()) if mark else None
        if divisor is None and text.startswith(" mỗi năm", end):
            divisor = ("year", end + len(" mỗi năm"))
        if divisor is None:
            return UnitRead(unit, read.factor, end)
        suffix, end = divisor
        unit = unit_per(unit, suffix)
