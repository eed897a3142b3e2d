"""Formulas (`m:oMath`) as linear text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from khplans.intake.word.xml_names import MATH, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_POWERS = {"2": "²", "3": "³"}
_SINGLE = re.compile(r"[\w.,%]*")


def linear(formula: Element) -> str:
    """A formula in a line: fractions with `/`, powers with `^` (² and ³ as such), roots with `√`."""
    return "".join(_text(child) for child in formula if isinstance(child.tag, str))


def _text(element: Element) -> str:
    if element.tag in (MATH + "t", W + "t"):
        return element.text or ""
    if element.tag == MATH + "f":
        return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
    if element.tag == MATH + "sSup":
        power = _part(element, "sup")
        return _part(element, "e") + (_POWERS.get(power) or f"^{_grouped(power)}")
    if element.tag == MATH + "rad":
        return f"√{_grouped(_part(element, 'e'))}"
    if element.tag == MATH + "d":
        return _delimited(element)
    if element.tag == MATH + "nary":
        return _character(element, "chr", "∫") + linear(element)
    return "" if element.tag == W + "del" else linear(element)


def _delimited(element: Element) -> str:
    opens, closes = _character(element, "begChr", "("), _character(element, "endChr", ")")
    between = _character(element, "sepChr", "|")
    return opens + between.join(linear(x) for x in element.iterfind(MATH + "e")) + closes


def _character(element: Element, name: str, usual: str) -> str:
    found = element.find(f"{element.tag}Pr/{MATH}{name}")
    return usual if found is None else found.get(MATH + "val", "")


def _part(element: Element, name: str) -> str:
    found = element.find(MATH + name)
    return "" if found is None else linear(found)


def _grouped(text: str) -> str:
    return text if _SINGLE.fullmatch(text) else f"({text})"
