"""How well scans are read, against typed twins of the same documents.

    python -m benchmarks.scans FOLDER [--json]

FOLDER has each scan (`a.pdf`, `.png`, `.jpg`, `.tif`) with its twin (`a.txt`) beside it. Printed for each, and
for all: how many words of the twin are found in order, with and without accents; and of its tokens with
digits, how many are right, how many not but doubted, how many are not there at all, and how many are wrong
without a warning. Capitals, the place of a tone in its syllable and punctuation at a word's ends don't count.
A twin is typed by people: its own slips count as errors here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path

from khplans.intake.files import SUFFIXES, receive
from khplans.intake.pages.accents import key
from khplans.intake.taken import Taken
from khplans.reading.recognition import why_unsure

_ENDS = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared, and whether it is doubted."""

    text: str
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of a scan beside its twin; `cpu_s` are seconds of the processor that reading it took."""

    pages: int = 0
    cpu_s: float = 0.0
    words: int = 0
    in_order: int = 0
    in_order_without_accents: int = 0
    digits: int = 0
    digits_right: int = 0
    digits_doubted: int = 0
    digits_missing: int = 0
    digits_wrong: int = 0

    def __add__(self, other: Measured) -> Measured:
        mine, others = asdict(self), asdict(other)
        return Measured(**{name: round(mine[name] + others[name], 1) for name in mine})

    def __str__(self) -> str:
        def share(part: int, of: int) -> str:
            return f"{100 * part / of:.1f} %" if of else "–"

        safe = self.digits_right + self.digits_doubted
        return (
            f"{self.pages} pages, {self.cpu_s:.0f} s; words in order {share(self.in_order, self.words)}, "
            f"without accents {share(self.in_order_without_accents, self.words)} of {self.words}; "
            f"tokens with digits right or doubted {share(safe, self.digits)}: {self.digits_right} right, "
            f"{self.digits_doubted} doubted, {self.digits_missing} missing, {self.digits_wrong} wrong of {self.digits}"
        )


def main() -> None:
    """Print the counts of each scan of a folder, and of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    asked = parser.parse_args()
    found = {}
    for twin in sorted(asked.folder.glob("*.txt")):
        for scan in (twin.with_suffix(suffix) for suffix in SUFFIXES if suffix != twin.suffix):
            if scan.is_file():
                found[scan.name] = measure_scan(scan, twin.read_text("utf-8"))
                if not asked.json:
                    print(f"{scan.name}: {found[scan.name]}")
    total = sum(found.values(), Measured())
    if asked.json:
        counts = {name: asdict(one) for name, one in found.items()}
        print(json.dumps({"scans": counts, "all": asdict(total)}, ensure_ascii=False, indent=2))
    else:
        print(f"all {len(found)}: {total}")


def measure_scan(scan: Path, twin: str) -> Measured:
    """The counts of one scan."""
    before = os.times()
    taken = receive(scan).taken
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    made = measured(tokens_of_twin(twin), tokens_of_scan(taken))
    pages = len(taken.layout.pages) if taken.layout else 0
    return made + Measured(pages=pages, cpu_s=cpu)


def measured(twin: Sequence[Token], read: Sequence[Token]) -> Measured:
    """The counts of what was read beside the twin's words.

    >>> twin = [Token(x) for x in "số 12/qđ ngày 5 tháng 6 năm 2024".split()]
    >>> read = [Token("so"), Token("12/qđ"), Token("ngày"), Token("8", doubted=True), Token("tháng"), Token("9"), Token("năm")]
    >>> made = measured(twin, read)
    >>> made.words, made.in_order, made.in_order_without_accents
    (8, 4, 5)
    >>> made.digits, made.digits_right, made.digits_doubted, made.digits_missing, made.digits_wrong
    (4, 1, 1, 1, 1)
    """
    texts, others = [token.text for token in twin], [token.text for token in read]
    plain, other_plain = list(map(_plain, texts)), list(map(_plain, others))
    digits: dict[str, int] = dict.fromkeys(("right", "doubted", "missing", "wrong"), 0)
    for kind, i, j, k, m in SequenceMatcher(None, plain, other_plain, autojunk=False).get_opcodes():
        for place in range(i, j):
            if any(map(str.isdigit, texts[place])):
                digits["right" if kind == "equal" else _why(read[k:m])] += 1
    return Measured(
        words=len(texts),
        in_order=_in_order(texts, others),
        in_order_without_accents=_in_order(plain, other_plain),
        digits=sum(digits.values()),
        **{f"digits_{name}": count for name, count in digits.items()},
    )


def _why(instead: Sequence[Token]) -> str:
    """What became of a token that isn't there, by the words that stand where it should."""
    if not any(any(map(str.isalnum, token.text)) for token in instead):
        return "missing"
    return "doubted" if any(token.doubted for token in instead) else "wrong"


def _in_order(words: Sequence[str], others: Sequence[str]) -> int:
    """The length of the longest common subsequence, by the bits of a number (Hyyrö 2004).

    >>> _in_order(list("ABCBDAB"), list("BDCABA"))
    4
    """
    places: dict[str, int] = {}
    for place, word in enumerate(words):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(words)) - 1
    row = every
    for other in others:
        met = row & places.get(other, 0)
        row = ((row + met) | (row - met)) & every
    return len(words) - row.bit_count()


def tokens_of_twin(text: str) -> list[Token]:
    """The words of a text."""
    words = (_compared(word) for word in text.split())
    return [Token(word) for word in words if word]


def tokens_of_scan(taken: Taken) -> list[Token]:
    """The words that were read; doubted are those that a warning names."""
    words = iter(taken.layout.words if taken.layout else ())
    recognised = next(words, None)
    tokens = []
    for match in re.finditer(r"\S+", taken.text):
        doubted = False
        while recognised and recognised.span.start < match.end():
            doubted |= why_unsure(recognised, taken.text) is not None
            recognised = next(words, None)
        if text := _compared(match[0]):
            tokens.append(Token(text, doubted))
    return tokens


def _compared(word: str) -> str:
    """A word in small letters, without punctuation at its ends, its tone behind all letters.

    >>> _compared("(Uỷ") == _compared("Ủy,"), _compared("12/QĐ-TTg;")
    (True, '12/qđ-ttg')
    """
    return key(_ENDS.sub("", word))


def _plain(word: str) -> str:
    """A word without accents; what stands between its digits stays.

    >>> _plain(_compared("1.200/QĐ"))
    '1.200/qd'
    """
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("đ", "d")


if __name__ == "__main__":
    main()
