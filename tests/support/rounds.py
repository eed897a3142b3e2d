"""How much of a long test runs: a small seeded part in `make test`, the whole in `make prove`."""

from __future__ import annotations

import os
import random
from typing import TypeVar

Amount = TypeVar("Amount")


def rounds(small: Amount, whole: Amount) -> Amount:
    """A count of examples, draws or kills, or the things to go through."""
    return whole if os.environ.get("KHPLANS_PROVE") else small


SEED = int(os.environ.get("KHPLANS_SEED") or 0)
"""Another number is another draw of all that the tests draw: `make prove SEED=7`."""


def draws(seed: int) -> random.Random:
    """What a test draws by: the same on every run of one `SEED`."""
    return random.Random(f"{seed} {SEED}" if SEED else seed)
