"""What intake makes of a file as received: its text, and what stood where in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from khplans.layout import Layout


@dataclass(frozen=True, slots=True)
class Taken:
    """A file taken in.

    `text` is what all offsets count. `layout` is None for a text, which shows no more than its
    characters. `tools` names what read it, with the version (`lxml 6.1.3`); none for a text.
    `encodings` names the encodings, other than UTF-8, that its words were in.
    `doubts` are sentences for people, in both languages, on what may have come through wrongly.
    """

    text: str
    layout: Layout | None = None
    tools: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came, and what was taken in of it."""

    path: Path
    data: bytes
    taken: Taken
