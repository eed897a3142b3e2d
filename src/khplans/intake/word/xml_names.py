"""Names in Word's XML, and the ways in which a property is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
VML = "{urn:schemas-microsoft-com:vml}"

_OFF = frozenset(("0", "false", "off", "none"))
_INTEGER = re.compile(r"-?[0-9]{1,9}")


def value(parent: Element | None, name: str) -> str | None:
    """The value of a property (`<w:ilvl w:val="1"/>`); None where it is not set."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val")


def integer(written: str | None) -> int | None:
    """The whole number that is written; None where it is none or has more than nine digits.

    >>> integer("12"), integer("9" * 5000), integer(None)
    (12, None, None)
    """
    return int(written) if written and _INTEGER.fullmatch(written) else None


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val", "1").lower() not in _OFF
