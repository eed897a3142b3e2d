"""What makes two rows of `documents` the same document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple


class Identity(NamedTuple):
    """A number, who gave it and when: series of numbers begin anew each year."""

    number: str
    issuer_id: str
    date: datetime.date | None

    def differs(self, other: Identity) -> bool:
        """Whether they can't be the same document; a date that one lacks decides nothing."""
        dated = self.date is not None and other.date is not None
        return self[:2] != other[:2] or (dated and self.date != other.date)


def identity_of(document: Mapping[str, Any]) -> Identity | None:
    """The identity of a row of `documents`; None where its number or its issuer isn't known.

    >>> identity_of({"number": "45/KH-UBND", "issuer_id": "lao-cai-ubnd", "date": None}).number
    '45/KH-UBND'
    """
    number, issuer_id = document.get("number"), document.get("issuer_id")
    if not number or not issuer_id:
        return None
    return Identity(number, issuer_id, document.get("date"))
