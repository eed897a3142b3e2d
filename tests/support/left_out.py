"""What of a file is not in its text, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from khplans.layout import Layout


def characters_left_out(layout: Layout) -> Mapping[str, int]:
    """How many characters other than blanks each kind left out."""
    counts: Counter[str] = Counter()
    for piece in layout.left_out:
        counts[piece.kind] += sum(not character.isspace() for character in piece.text)
    return dict(sorted(counts.items()))
