"""How much of a long test runs: a small seeded part in `make test`, the whole in `make prove`."""

from __future__ import annotations

import os
from typing import TypeVar

Amount = TypeVar("Amount")


def rounds(small: Amount, whole: Amount) -> Amount:
    """A count of examples, draws or kills, or the things to go through."""
    return whole if os.environ.get("KHPLANS_PROVE") else small
