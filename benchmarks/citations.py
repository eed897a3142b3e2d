"""How fast plans are read, beside eyecite on its own kind of text, on one core.

    python -m benchmarks.citations [MEGABYTES]

Ours: the plans of `plans/`, over and over up to that size: citations alone (of documents already read), and reading
with all extractors. eyecite: made-up opinions of the same lengths and about the same number of citations per length,
in ASCII and with letters beyond it, by its fastest engine, hyperscan, and by its other. The sides take turns.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.table import Cost, Line, show, taking_turns, timed
from khplans.extraction.citations import find_citations
from khplans.model import Source
from khplans.pipeline import extract
from khplans.reading import read_documents

PLANS = Path(__file__).parent.parent / "plans"
RUNS = 3
WORDS = (
    "the", "court", "held", "that", "a", "plaintiff", "may", "not", "recover", "damages", "under",
    "this", "statute", "unless", "she", "shows", "actual", "injury", "caused", "by", "conduct",
    "of", "defendant", "and", "we", "review", "such", "findings", "for", "clear", "error",
)  # fmt: skip
BEYOND_ASCII = ("résumé", "Peña", "“naïve”", "plaintiff’s", "—")
REPORTERS = ("U.S.", "F.2d", "F.3d", "S. Ct.", "F. Supp. 2d", "P.2d", "N.E.2d", "A.2d")
CASE = "Roe v. Wade, 410 U.S. 113 (1973)"


def lines(megabytes: int = 2) -> Iterator[Line]:
    """Characters a second of ours beside each engine of eyecite."""
    paths = sorted(PLANS.glob("*/source.txt"))
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    times = max(1, round(megabytes * 1_000_000 / sum(len(text.encode()) for text in texts)))
    sources = [Source(f"{n}", text) for n, text in enumerate(texts * times)]
    documents = [document for source in sources for document in read_documents(source).documents]
    length = sum(len(source.text) for source in sources)
    density = sum(len(find_citations(document)) for document in documents) / length
    opinions = {
        kind: [_opinion(random.Random(n), len(text), density, words) for n, text in enumerate(texts * times)]
        for kind, words in (("ASCII", WORDS), ("beyond ASCII", (*WORDS, *BEYOND_ASCII)))
    }  # fmt: skip
    sides = [
        timed(lambda: [find_citations(document) for document in documents]),
        timed(lambda: [_read(source) for source in sources]),
    ]
    beside = []
    for engine, cite in _engines():
        for kind, written in opinions.items():
            found = sum(len(cite(text)) for text in written)
            cited = sum(len(re.findall(r"\(\d{4}\)", text)) for text in written)
            beside.append(f"eyecite, {engine}, {kind} ({found:,} of {cited:,} found)")
            sides.append(timed(partial(_each, cite, written)))
    citations, reading, *theirs = taking_turns(RUNS, *sides)
    for what, own, to_reach in (
        ("citations", citations, "≥ 3"),
        ("reading and all extractors", reading, "≥ 0.8"),
    ):
        for name, their in zip(beside, theirs, strict=True):
            yield Line(
                what, _rate(length, own), "characters/s", name, _rate(length, their), to_reach
            )


def _rate(length: int, taken: Cost) -> float:
    return length / taken.seconds


def _read(source: Source) -> int:
    return sum(len(extract(document).tasks) for document in read_documents(source).documents)


def _opinion(chance: random.Random, length: int, density: float, words: Sequence[str]) -> str:
    """Text like an American opinion's: sentences of plain words with a case cited now and then."""
    return "".join(_sentences(chance, length, density, words))[:length]


def _sentences(
    chance: random.Random, length: int, density: float, words: Sequence[str]
) -> Iterator[str]:
    written = 0
    while written < length:
        sentence = " ".join(chance.choices(words, k=18)).capitalize()
        if chance.random() < density * (len(sentence) + 45):
            volume, page = chance.randint(1, 600), chance.randint(1, 1500)
            reporter, year = chance.choice(REPORTERS), chance.randint(1950, 2020)
            sentence += f". Smith v. Jones, {volume} {reporter} {page}, {page + 3} ({year})"
        written += len(sentence) + 2
        yield sentence + ". "


def _engines() -> Iterator[tuple[str, Callable[[str], list[object]]]]:
    """eyecite by each of its engines, which have read their patterns."""
    from eyecite import get_citations
    from eyecite.tokenizers import AhocorasickTokenizer, HyperscanTokenizer

    cache = tempfile.mkdtemp(prefix="hyperscan-")
    for name, tokenizer in (
        ("hyperscan", HyperscanTokenizer(cache_dir=cache)),
        ("Aho-Corasick", AhocorasickTokenizer()),
    ):
        cite = partial(get_citations, tokenizer=tokenizer)
        cite(CASE)
        yield name, cite


def _each(work: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        work(text)


if __name__ == "__main__":
    show(lines(*map(int, sys.argv[1:])))
