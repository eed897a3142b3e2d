"""How fast plans are read, beside eyecite on its own kind of text, in one run on one core.

    python -m benchmarks.citations [--megabytes 20]

Ours: the plans of `plans/`, as they are and over again up to the size asked for, as many plans:
citations alone (of documents already read), and reading with all extractors. eyecite (if it is
installed: `pip install eyecite hyperscan`): made-up opinions of the same lengths and about the
same number of citations per length as the plans, with each of its engines.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from khplans.extraction.citations import find_citations
from khplans.model import Source
from khplans.pipeline import extract
from khplans.reading import read_documents

PLANS = Path(__file__).parent.parent / "plans"
REPEATS = 3
WORDS = (
    "the", "court", "held", "that", "a", "plaintiff", "may", "not", "recover", "damages", "under",
    "this", "statute", "unless", "she", "shows", "actual", "injury", "caused", "by", "conduct",
    "of", "defendant", "and", "we", "review", "such", "findings", "for", "clear", "error",
)  # fmt: skip
REPORTERS = ("U.S.", "F.2d", "F.3d", "S. Ct.", "F. Supp. 2d", "P.2d", "N.E.2d", "A.2d")


def main() -> None:
    """Print characters a second for ours and for each engine of eyecite."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=20, help="size of the text read by ours")
    size = parser.parse_args().megabytes
    paths = sorted(PLANS.glob("*/source.txt"))
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    times = max(1, round(size * 1_000_000 / sum(len(text.encode()) for text in texts)))
    sources = [
        Source(f"{path.parent.name}-{k}", text)
        for k in range(times)
        for path, text in zip(paths, texts, strict=True)
    ]
    documents = [document for source in sources for document in read_documents(source).documents]
    found = sum(len(find_citations(document)) for document in documents)
    length = sum(len(source.text) for source in sources)
    print(f"{len(sources)} plans, {length:,} characters, {found:,} citations; best of {REPEATS}")
    _report("khplans: citations", length, lambda: [find_citations(d) for d in documents])
    _report("khplans: reading, all extractors", length, lambda: [_read(s) for s in sources])
    density = found / length
    opinions = [_opinion(random.Random(k), len(text), density) for k, text in enumerate(texts)]
    _eyecite(opinions)


def _read(source: Source) -> int:
    return sum(len(extract(document).tasks) for document in read_documents(source).documents)


def _report(name: str, length: int, work: Callable[[], object]) -> None:
    seconds = []
    for _ in range(REPEATS):
        start = process_time()
        work()
        seconds.append(process_time() - start)
    best, middle = min(seconds), statistics.median(seconds)
    print(f"{name:<40} {length / best:>12,.0f} characters/s (median {length / middle:,.0f})")


def _opinion(chance: random.Random, length: int, density: float) -> str:
    """Text like an American opinion's: sentences of plain words with a case cited now and then."""
    return "".join(_sentences(chance, length, density))[:length]


def _sentences(chance: random.Random, length: int, density: float) -> Iterator[str]:
    written = 0
    while written < length:
        sentence = " ".join(chance.choices(WORDS, k=18)).capitalize()
        if chance.random() < density * (len(sentence) + 45):
            volume, page = chance.randint(1, 600), chance.randint(1, 1500)
            reporter, year = chance.choice(REPORTERS), chance.randint(1950, 2020)
            sentence += f". Smith v. Jones, {volume} {reporter} {page}, {page + 3} ({year})"
        written += len(sentence) + 2
        yield sentence + ". "


def _eyecite(opinions: list[str]) -> None:
    try:
        from eyecite import get_citations
        from eyecite.tokenizers import AhocorasickTokenizer, HyperscanTokenizer
    except ImportError:
        print("eyecite: not installed (pip install eyecite hyperscan)")
        return
    length = sum(len(text) for text in opinions)
    cases = sum(len(re.findall(r"\(\d{4}\)", text)) for text in opinions)
    engines: list[tuple[str, Callable[[], Any]]] = [("Aho-Corasick", AhocorasickTokenizer)]
    try:
        import hyperscan  # noqa: F401

        cache = tempfile.mkdtemp(prefix="hyperscan-")
        engines.append(("hyperscan", lambda: HyperscanTokenizer(cache_dir=cache)))
    except ImportError:
        print("hyperscan: not installed")
    for name, build in engines:
        start = process_time()
        cite = partial(get_citations, tokenizer=build())
        cite("Roe v. Wade, 410 U.S. 113 (1973)")
        ready = process_time() - start
        hits = sum(len(cite(text)) for text in opinions)
        print(f"eyecite, {name}: ready in {ready:.1f} s, {hits} of {cases} citations found")
        _report(f"eyecite: {name}", length, partial(_each, cite, opinions))


def _each(work: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        work(text)


if __name__ == "__main__":
    main()
