"""Lines of JSON, between the process that reads a file and the one that asked for its pages."""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from typing import Any

from khplans.intake.pages.page import Aside, DrawnRule, Page, Word


def send(line: str) -> None:
    """Give a line to the process that asked."""
    sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()


def refused_line(why: str, page: int) -> str:
    """What such a process prints of a page that is beyond bounds."""
    return json.dumps({"refused": why, "page": page})


def page_line(page: Page) -> str:
    """A page as a line.

    >>> page = Page(1, 595, 842, (Word("Sở", 1, 2, 3, 4, 4),), (DrawnRule(1, 1, 9, 1),), (Aside("stamp", "Ký bởi"),))
    >>> page_of(page_line(page)) == page
    True
    """
    return json.dumps(_rounded(astuple(page)), ensure_ascii=False, separators=(",", ":"))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    return [_rounded(part) for part in value] if isinstance(value, tuple) else value


def page_of(line: str) -> Page:
    """The page of a line that `page_line` made."""
    number, width, height, words, rules, asides, pictured, unmapped, turned = json.loads(line)
    return Page(
        number,
        width,
        height,
        tuple(Word(*word) for word in words),
        tuple(DrawnRule(*rule) for rule in rules),
        tuple(Aside(*aside) for aside in asides),
        pictured,
        unmapped,
        turned,
    )
