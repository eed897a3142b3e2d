"""The numbers and bullets that browsers put before the items of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from khplans.text.numerals import roman

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_STYLES = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I", "disc": "-", "circle": "-", "square": "-", "none": "",
}  # fmt: skip
_TYPES = {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I", "disc": "-", "circle": "-", "square": "-"}  # fmt: skip
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})\s*")
_LETTERS = 26


@dataclass(slots=True)
class MarkedList:
    """A list while its items are counted: how they are marked, the next number and the step to it."""

    kind: str
    number: int = 1
    step: int = 1


def marked_list(name: str, attributes: Mapping[str, str], items: int) -> MarkedList:
    """A list of an element's name and attributes, which has so many items of its own.

    >>> asked = ("ol", {}), ("ul", {}), ("ol", {"reversed": ""}), ("ol", {"start": "5"})
    >>> [(one.kind, one.number, one.step) for one in (marked_list(*name, 3) for name in asked)]
    [('1', 1, 1), ('-', 1, 1), ('1', 3, -1), ('1', 5, 1)]
    """
    kind = _kind(attributes, "1" if name == "ol" else "-")
    backwards = "reversed" in attributes
    start = _whole(attributes.get("start"), items if backwards else 1)
    return MarkedList(kind, start, -1 if backwards else 1)


def next_marker(of: MarkedList, attributes: Mapping[str, str]) -> str:
    """The marker of the list's next item, with its dot; the item's own attributes go before the list's.

    >>> of = marked_list("ol", {"type": "a", "start": "3"}, 2)
    >>> next_marker(of, {}), next_marker(of, {"value": "28"}), next_marker(of, {"type": "I"})
    ('c.', 'ab.', 'XXIX.')
    >>> next_marker(marked_list("ul", {}, 1), {}), next_marker(marked_list("ul", {"style": "list-style:none"}, 1), {})
    ('-', '')
    """
    kind = _kind(attributes, of.kind)
    number = _whole(attributes.get("value"), of.number)
    of.number = number + of.step
    return f"{_written(number, kind)}." if kind not in ("-", "") else kind


def _kind(attributes: Mapping[str, str], otherwise: str) -> str:
    """How a list is marked, by its style or its type.

    >>> _kind({"style": "list-style: upper-roman"}, "1"), _kind({"type": "a"}, "1"), _kind({"style": "color: red"}, "1")
    ('I', 'a', '1')
    """
    styled = _STYLE.search(attributes.get("style", ""))
    for word in styled[1].lower().split() if styled else ():
        if word in _STYLES:
            return _STYLES[word]
    return _TYPES.get(attributes.get("type", ""), otherwise)


def _whole(written: str | None, otherwise: int) -> int:
    """A whole number as it is written, or another where none is.

    >>> _whole("5", 1), _whole("x", 1), _whole(None, 1)
    (5, 1, 1)
    """
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else otherwise


def _written(number: int, kind: str) -> str:
    """A number as a list of a kind has it.

    >>> [_written(4, kind) for kind in "1iIaA"], _written(0, "a")
    (['4', 'iv', 'IV', 'd', 'D'], '0')
    """
    written = str(number)
    if kind in ("i", "I"):
        written = roman(number)
    elif kind in ("a", "A") and number > 0:
        written = _letters(number)
    return written.upper() if kind in ("A", "I") else written


def _letters(number: int) -> str:
    written = ""
    while number > 0:
        number, letter = divmod(number - 1, _LETTERS)
        written = chr(ord("a") + letter) + written
    return written
