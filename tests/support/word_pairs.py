"""Makes src/khplans/intake/pages/word_pairs.txt anew: python tests/support/word_pairs.py

It counts the syllables, and the pairs of them with nothing but a blank between, of the plans in git and of
the tests' texts. It is run by hand: the table need not follow each new text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from khplans.intake.pages.accents import PAIRS, key
from khplans.text.syllables import vietnamese_words

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "khplans" / "intake" / "pages" / PAIRS
_APART = re.compile(r"[^\w\s]|[\d_]+|\n{2,}")
_MOST = 40
"""Larger counts are as good as this one."""


def stretches() -> Iterator[list[str]]:
    """The words that stand together, of all texts."""
    for path in sorted((*ROOT.glob("plans/*/source.txt"), *ROOT.glob("tests/**/*.txt"))):
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        for stretch in _APART.split(text):
            words = [
                word for word in stretch.split() if word.isascii() or vietnamese_words(word)[0]
            ]
            if words:
                yield [key(word) for word in words]


def main() -> None:
    """Count and write."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for words in stretches():
        singles.update(words)
        pairs.update(pairwise(words))
    lines = [f"{word} {count}" for word, count in sorted(singles.items())]
    lines += [
        f"{left} {right} {min(count, _MOST)}" for (left, right), count in sorted(pairs.items())
    ]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
