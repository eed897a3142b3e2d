"""The search index: words folded as Vietnamese readers type them, cut into shards read on demand.

`static/search/core.js` has the shards' borders; `terms-N.js` the posting lists of an alphabetic
stretch of terms; `entries-N.js` what is shown of a run of entries. All are scripts, so the search
works from a folder too. A query reads the core, the shards of its terms and the entries it shows:
what it costs grows slower than the data.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import vi
from khplans.site.markup import anchor
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.naming import document_name
from khplans.text.fold import fold
from khplans.text.visible import visible

_SHARD = 24_000
_RUN = 64
_LONGEST = 420
_BOOST = {"agency": 60, "measure": 45, "plan": 40, "instrument": 30, "task": 10, "indicator": 8}
_CODES = {
    "agency": "a",
    "measure": "m",
    "plan": "p",
    "instrument": "i",
    "task": "t",
    "indicator": "n",
}
_TOKEN = re.compile(r"[^\s]+")


@dataclass(frozen=True)
class SearchEntry:
    """Something that can be found: `title` counts more than `text`; `also` is searched, not shown."""

    kind: str
    address: str
    title: str
    text: str
    also: str = ""


def entries(catalogue: Catalogue) -> list[SearchEntry]:
    """Everything that can be found, of the same kind together."""
    return [
        *_agencies(catalogue), *_plans(catalogue), *_measures(catalogue),
        *_instruments(catalogue), *_tasks(catalogue), *_indicators(catalogue),
    ]  # fmt: skip


def abbreviations(name: str) -> set[str]:
    """The short forms that people type for a name: initials, with and without what opens it.

    >>> sorted(abbreviations("Sở Nông nghiệp và Phát triển nông thôn"))
    ['nn&ptnt', 'nnptnt', 'snn&ptnt', 'snnptnt']
    """
    syllables = fold(name).split()
    found = set()
    for begin in (0, 1):
        part = syllables[begin:]
        if len(part) >= 2:
            found.add("".join("&" if s == "va" else s[0] for s in part))
            found.add("".join(s[0] for s in part if s != "va"))
    return found


def index_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The index's files: name and text."""
    found = entries(catalogue)
    postings: dict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(found):
        weights: Counter[str] = Counter()
        for text, weight in ((entry.title, 3), (entry.also, 2), (entry.text, 1)):
            for term in set(_TOKEN.findall(fold(text))):
                weights[term] = max(weights[term], weight)
        for term, weight in weights.items():
            postings[term][number] = weight
    borders = []
    for number, shard in enumerate(_shards(postings)):
        borders.append(shard[0][0])
        body = ",".join(
            f"{json.dumps(term, ensure_ascii=False)}:{json.dumps(codes)}" for term, codes in shard
        )
        yield f"terms-{number}.js", f'khSearch.put("terms-{number}",{{{body}}});\n'
    for number in range(0, len(found), _RUN):
        rows = [
            [_CODES[e.kind], e.address, visible(e.title), visible(e.text)]
            for e in found[number : number + _RUN]
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield f"entries-{number // _RUN}.js", f'khSearch.put("entries-{number // _RUN}",{text});\n'
    kinds: list[list[object]] = []
    for number, entry in enumerate(found):
        if not kinds or kinds[-1][1] != _CODES[entry.kind]:
            kinds.append([number, _CODES[entry.kind], _BOOST[entry.kind]])
    core = {"borders": borders, "run": _RUN, "count": len(found), "kinds": kinds}
    yield (
        "core.js",
        f'khSearch.put("core",{json.dumps(core, ensure_ascii=False, separators=(",", ":"))});\n',
    )


def _shards(postings: dict[str, dict[int, int]]) -> Iterator[list[tuple[str, str]]]:
    """Posting lists by term, in alphabetic runs of about the same size.

    A list is written as gaps in base 36, each with its weight where that is not 1: `a.3 5 1.2`.
    """
    shard: list[tuple[str, str]] = []
    size = 0
    for term in sorted(postings):
        last, codes = -1, []
        for number, weight in sorted(postings[term].items()):
            codes.append(_base36(number - last - 1) + (f".{weight}" if weight > 1 else ""))
            last = number
        text = " ".join(codes)
        shard.append((term, text))
        size += len(term) + len(text) + 6
        if size > _SHARD:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _agencies(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Those with most tasks first: among equals the order here decides."""
    collection = catalogue.collection
    parts_of = collection.agency_parts
    for row in sorted(
        collection.tables["agencies"],
        key=lambda r: (-len(parts_of.get(r["agency_id"], [])), r["agency_id"]),
    ):
        forms = collection.names.get(row["agency_id"], [])
        also = " ".join([*forms, *sorted(abbreviations(row["name"])), row["name_en"] or ""])
        parts = Counter(p["role"] for p in parts_of.get(row["agency_id"], []))
        text = f"Chủ trì {parts['lead']}, phối hợp {parts['coordinate']}"
        title = f"{row['name']} ({row['province']})" if row["province"] else row["name"]
        yield SearchEntry("agency", f"agencies/{page_name(row['agency_id'])}", title, text, also)


def _plans(catalogue: Catalogue) -> Iterator[SearchEntry]:
    for plan in catalogue.collection.plans.values():
        for document in plan.documents:
            address = catalogue.plan_page(plan.plan_id)
            if document is not plan.main:
                place = anchor("documents", document["document_id"])
                address = f"{catalogue.row_page(document)}#{place}"
            yield SearchEntry(
                "plan", address, document_name(document, vi), _cut(document["title"] or "")
            )


def _measures(catalogue: Catalogue) -> Iterator[SearchEntry]:
    for row in catalogue.collection.tables["measures"]:
        count = len(catalogue.collection.measured.get(row["measure_id"], []))
        if count:
            also = f"{vi.theme(row['theme'])} {row['measure_id']}"
            text = f"{row['name_en'] or ''} · {vi.unit(row['unit'])}".strip(" ·")
            yield SearchEntry(
                "measure", f"measures/{page_name(row['measure_id'])}", row["name"], text, also
            )


def _instruments(catalogue: Catalogue) -> Iterator[SearchEntry]:
    cited = catalogue.collection.cited
    for row in sorted(
        catalogue.collection.tables["instruments"],
        key=lambda r: (-len(cited.get(r["instrument_id"], [])), r["instrument_id"]),
    ):
        text = " · ".join(filter(None, (row["title"], row["issuer"], vi.date(row["date"]))))
        yield SearchEntry(
            "instrument",
            f"instruments/{page_name(row['instrument_id'])}",
            instrument_name(row),
            _cut(text),
        )


def _tasks(catalogue: Catalogue) -> Iterator[SearchEntry]:
    agencies = catalogue.collection.by_key("agencies")
    for row in catalogue.collection.tables["tasks"]:
        leads = [
            agencies[p["agency_id"]]["name"]
            for p in catalogue.collection.parts.get(row["task_id"], [])
            if p["role"] == "lead"
        ]
        title = ", ".join(leads[:4])
        if row["deadline"]:
            title = (
                f"{title}, hạn {vi.date(row['deadline'])}"
                if title
                else f"Hạn {vi.date(row['deadline'])}"
            )
        yield SearchEntry(
            "task", _place(catalogue, "tasks", row["task_id"], row), title, _cut(row["text"])
        )


def _indicators(catalogue: Catalogue) -> Iterator[SearchEntry]:
    for row in catalogue.collection.tables["indicators"]:
        text = f"{row['quote']} ({vi.value('indicators', 'kind', row['kind']).lower()} {vi.period(row['period'])})"
        yield SearchEntry(
            "indicator",
            _place(catalogue, "indicators", row["indicator_id"], row),
            row["name"],
            _cut(text),
        )


def _place(catalogue: Catalogue, table: str, key: str, row: Row) -> str:
    return f"{catalogue.row_page(row)}#{anchor(table, key)}"
