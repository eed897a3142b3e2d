"""What each kind of doubt is called and says, in both languages (`data/warnings.csv`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from khplans.knowledge.table import read_table

Severity = Literal["note", "warning"]

_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class WarningKind:
    """A kind of doubt. Its messages have gaps (`{words}`) for the facts of each case."""

    code: str
    severity: Severity
    message: str
    message_en: str

    def say(self, facts: Mapping[str, str]) -> tuple[str, str]:
        """Both messages with their gaps filled; a gap without a fact stays as `…`.

        >>> warning_kind("citation-after-document").say({"words": "Luật A"})[1]
        'Dated … but cited in a document of …: Luật A'
        """
        vietnamese, english = (
            _GAP.sub(lambda gap: facts.get(gap[1]) or "…", text)
            for text in (self.message, self.message_en)
        )
        return vietnamese, english


@cache
def warning_kinds() -> Mapping[str, WarningKind]:
    """All kinds by code."""
    return {
        row["code"]: WarningKind(
            row["code"], cast(Severity, row["severity"]), row["message"], row["message_en"]
        )
        for row in read_table("warnings")
    }


def warning_kind(code: str) -> WarningKind:
    """The kind of that code; one nobody has put into words yet speaks of itself by its code.

    >>> warning_kind("nothing-found").severity, warning_kind("no-such-code").vi if False else warning_kind("no-such-code").code
    ('warning', 'no-such-code')
    """
    known = warning_kinds().get(code)
    return known or WarningKind(
        code, "warning", f"Cần xem lại ({code}): {{words}}", f"To be reviewed ({code}): {{words}}"
    )
