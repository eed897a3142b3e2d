"""What the grammar of agency names hands on: a name found at a place in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Context = Literal["", "departments", "ministries", "places", "headed"]


@dataclass(frozen=True, slots=True)
class FoundAgency:
    """An agency at `text[start:end]`.

    `province` is another province that the text names (None where it names none), `central` is
    true for bodies of no province. `context` is what may follow without its head: `Du lịch`
    after `Sở Công Thương,`; `unit` is the unit whose places may follow (`huyện`), or the head that
    a list of bodies shares (`Tổng cục`).
    """

    start: int
    end: int
    name: str
    kind: str
    central: bool = False
    known: bool = True
    province: str | None = None
    context: Context = ""
    unit: str = ""

    @property
    def several(self) -> bool:
        """Whether it names more than one body (`Các sở`)."""
        return self.name.startswith("Các ")
