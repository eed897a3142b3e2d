"""The index as scripts that are read on demand, so that the search works from a folder too.

Entries stand in runs (`entries-N.js`) of about the same size, the most wanted kinds first. A list of runs is
kept for every word (`words-N.js`) and for every two words that follow each other (`pairs-N.js`), cut into
alphabetic stretches; `core.js` has their borders. A query reads the stretches of its words, then the first
runs that have them all: what it costs hardly grows with the data. `vocabulary.js` has the words, the
commonest first, for queries with a wrong letter.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from khplans.site.catalogue import Catalogue
from khplans.site.languages import en, vi
from khplans.site.search.entry import KINDS, SearchEntry, kind_names
from khplans.site.search.pages import other_pages
from khplans.site.search.passages import passages
from khplans.site.search.things import agencies, instruments, measures, plans, province
from khplans.text.fold import fold, slug
from khplans.text.visible import visible

_SHARD = 12_000
"""Characters of a stretch of words."""
_RUN = 7_000
"""Characters of a run of entries."""
_VOCABULARY = 6_000
_WORD = re.compile(r"\d+|[^\d\s]+")


def entries(catalogue: Catalogue, site: Path) -> Iterator[SearchEntry]:
    """Everything that can be found, where equals are found in this order."""
    others = list(other_pages(site))
    yield from map(province, catalogue.collection.places.values())
    yield from plans(catalogue)
    yield from agencies(catalogue)
    yield from measures(catalogue)
    yield from (entry for entry in others if entry.kind == "theme")
    yield from instruments(catalogue)
    yield from (entry for entry in others if entry.kind == "page")
    yield from passages(catalogue)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, numbers apart from letters and without leading zeros.

    >>> words_of("Nghị quyết 09-NQ/TW, ngày 5/01/2024 (COVID19)")
    ['nghi', 'quyet', '9', 'nq', 'tw', 'ngay', '5', '1', '2024', 'covid', '19']
    """
    return [word.lstrip("0") or "0" for word in _WORD.findall(fold(text))]


def index_files(catalogue: Catalogue, site: Path) -> Iterator[tuple[str, str]]:
    """The index's files: name and text. `site` has the built pages."""
    words: dict[str, list[int]] = defaultdict(list)
    pairs: dict[str, list[int]] = defaultdict(list)
    provinces: set[str] = set()
    count = 0
    for number, run in enumerate(_runs(entries(catalogue, site))):
        for terms, lists in zip(_terms(run), (words, pairs), strict=True):
            for term in terms:
                lists[term].append(number)
        provinces |= {entry.province for entry in run if entry.province}
        yield f"entries-{number}.js", _script(f"entries-{number}", _rows(run))
        count = number + 1
    core: dict[str, Any] = {"runs": count, "provinces": sorted(provinces, key=fold)}
    vietnamese, english = kind_names(vi), kind_names(en)
    core["kinds"] = {k: [vietnamese[k], english[k], boost] for k, boost in KINDS.items()}
    for family, lists in (("words", words), ("pairs", pairs)):
        core[family] = []
        for number, shard in enumerate(_shards(lists)):
            core[family].append(shard[0].partition("=")[0])
            yield f"{family}-{number}.js", _script(f"{family}-{number}", ";".join(shard))
    yield "core.js", _script("core", core)
    common = sorted(filter(str.isalpha, words), key=lambda word: (-len(words[word]), word))
    yield "vocabulary.js", _script("vocabulary", " ".join(common[:_VOCABULARY]))


def _script(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'khSearch.put("{name}",{text});\n'


def _runs(found: Iterable[SearchEntry]) -> Iterator[list[SearchEntry]]:
    run: list[SearchEntry] = []
    size = 0
    for entry in found:
        run.append(entry)
        size += len(entry.title) + len(entry.text) + sum(map(len, entry.also))
        if size > _RUN:
            yield run
            run, size = [], 0
    if run:
        yield run


def _terms(run: Iterable[SearchEntry]) -> tuple[set[str], set[str]]:
    """What a run can be found by: words, and two that follow each other."""
    words: set[str] = set()
    pairs: set[str] = set()
    for entry in run:
        for text in _texts(entry):
            found = words_of(text)
            words.update(found)
            pairs.update(f"{one} {two}" for one, two in pairwise(found))
        words |= {f"#{entry.kind}", f"@{slug(entry.province)}"}
    return words, pairs


def _texts(entry: SearchEntry) -> Iterator[str]:
    yield f"{entry.title} {entry.about}"
    yield entry.text
    yield from (f"{name} {entry.about}" for name in entry.also)
    if entry.title_en or entry.about_en:
        yield f"{entry.title_en or entry.title} {entry.about_en or entry.about}"
    yield entry.text_en


def _rows(run: Sequence[SearchEntry]) -> list[list[object]]:
    """The entries' values, 0 for one that is the same as in the entry before; such at the end are left out.

    So is an entry that says nothing else than the one before: a long row of dots is many pieces of the same.
    """
    before: list[str] = []
    rows = []
    for entry in run:
        values = [
            entry.kind, entry.page, entry.place, entry.lines,
            visible(entry.title), visible(entry.text), "|".join(entry.also), visible(entry.about),
            entry.province, visible(entry.title_en), visible(entry.text_en), visible(entry.about_en),
        ]  # fmt: skip
        if values == before:
            continue
        row: list[object] = [
            0 if before and value == before[place] else value for place, value in enumerate(values)
        ]
        while row[-1] == 0:
            row.pop()
        rows.append(row)
        before = values
    return rows


def _shards(lists: dict[str, list[int]]) -> Iterator[list[str]]:
    """`word=list` by word, in alphabetic runs of about the same size."""
    shard: list[str] = []
    size = 0
    for term in sorted(lists):
        shard.append(f"{term}={_coded(lists[term])}")
        size += len(shard[-1]) + 1
        if size > _SHARD:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _coded(runs: Iterable[int]) -> str:
    """Numbers of runs as the gaps between them, in base 26; the last digit of each is a small letter.

    >>> _coded([0, 1, 30, 1000])
    'aaBcBLh'
    """
    digits = []
    for before, run in pairwise(chain((-1,), runs)):
        gap, last = divmod(run - before - 1, 26)
        high = ""
        while gap:
            gap, digit = divmod(gap, 26)
            high = chr(65 + digit) + high
        digits.append(high + chr(97 + last))
    return "".join(digits)
