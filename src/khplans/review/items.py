"""What is asked of a person, one row at a time: the doubtful first, then what was inferred, then what is stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any

from khplans.intake.review_file import WARNINGS, judged_columns
from khplans.layout import Recognised
from khplans.model import Judgement, Source
from khplans.tables.doubted import DoubtedRows, doubts_read
from khplans.tables.doubts import NOT_APPLIED
from khplans.tables.judged import (
    ROLES,
    JudgedRows,
    field_of,
    is_issuer,
    reading_of,
    titles_of,
    words_judged,
)
from khplans.tables.rows import Row, Rows
from khplans.text.passage import Span

DOUBTFUL, INFERRED, STATED, DONE = range(4)
"""The order in which rows are asked about."""
JUDGEMENTS = "judgements"
"""What stands for lines of review.csv that hold no longer and that are of no row that there is."""
_INFERRED = {"basis": ("heading", "introduction", "merged-cell"), "deadline_basis": ("counted", "inherited")}  # fmt: skip


@dataclass
class Item:
    """A row to be looked at; `table` is `warnings` for a doubt about words that no row has.

    `key` is its table and the words it stands on, which stay the same when ids and values change.
    `lapsed` is what was judged of it and was not applied, or need not be.
    """

    table: str
    span: Span
    words: Span
    row: Row
    reading: str
    values: dict[str, str]
    doubts: list[Row] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    lapsed: list[Judgement] = field(default_factory=list)

    @property
    def key(self) -> str:
        return key_of(self.table, self.span)

    def read_with(self, changed: Mapping[str, str]) -> str:
        """How it reads with other values: what is judged of all of it."""
        return reading_of(self.table, {**self.values, **changed}) if self.values else self.reading

    @property
    def rank(self) -> int:
        """Its place among the others: `DOUBTFUL` before `INFERRED` before `STATED` before `DONE`."""
        if self.lapsed:
            return DOUBTFUL
        if self.row.get("reviewed"):
            return DONE
        if any(doubt["severity"] == "warning" for doubt in self.doubts):
            return DOUBTFUL
        return INFERRED if self.inferred or self.doubts else STATED


def key_of(name: str, span: Span) -> str:
    """What the page calls a row by: its table and the words it stands on."""
    return f"{name}|{span.start}|{span.end}"


def is_of(judgement: Judgement, item: Item) -> bool:
    """Whether a judgement is of a row; one that was added may since be read to another end."""
    if judgement.table != item.table:
        return False
    added_there = judgement.adds and judgement.span.start == item.words.start
    return added_there or judgement.span == item.words


def items_of(source: Source, rows: Rows, lapsed: Mapping[str, Judgement]) -> list[Item]:
    """The rows of a plan that are judged, in the order in which they are asked about.

    `lapsed` are the judgements that hold no longer, by the id of the warning that tells of it.
    """
    seen = JudgedRows(rows)
    found = [
        _item(source, seen, name, row) for name in judged_columns() for row in rows[name]
    ]  # fmt: skip
    lost = list(_attach(found, rows, source))
    for item in found:
        item.inferred += _inferred(rows, item)
    told = [doubt for doubt in rows["warnings"] if doubt["warning_id"] in lapsed]
    alone = _attach_lapsed([*found, *lost], told, lapsed, source)
    return in_turn([*found, *lost, *alone])


def in_turn(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which they are asked about."""
    return sorted(items, key=lambda item: (item.rank, item.span, item.table))


def _item(source: Source, seen: JudgedRows, name: str, row: Row) -> Item:
    span = Span(row["start"], row["end"])
    values = seen.values(name, row)
    words = words_judged(source.text, name, span)
    return Item(name, span, words, row, reading_of(name, values), values)


def _attach(items: Sequence[Item], rows: Rows, source: Source) -> Iterator[Item]:
    """Give each doubt to the rows that it is about; those about words that no row has become items."""
    doubted = DoubtedRows(rows, source.text)
    of_row = {id(item.row): item for item in items}
    lost: defaultdict[Span, list[Row]] = defaultdict(list)
    for doubt in rows["warnings"]:
        if doubt["code"] in NOT_APPLIED:
            continue
        about = [of_row[id(row)] for _, row in doubted.of(doubt)]
        for item in about:
            item.doubts.append(doubt)
        if not about and doubt["table"] != "corrections":
            lost[Span(doubt["start"], doubt["end"])].append(doubt)
    for span, doubts in lost.items():
        yield Item(WARNINGS, span, span, doubts[0], doubts_read(doubts), {}, doubts)


def _attach_lapsed(
    items: Sequence[Item], told: Iterable[Row], lapsed: Mapping[str, Judgement], source: Source
) -> Sequence[Item]:
    """Give each judgement that holds no longer to its row; those of no row that there is become items."""
    alone: dict[Span, Item] = {}
    for doubt in told:
        judgement = lapsed[doubt["warning_id"]]
        about = next((item for item in items if is_of(judgement, item)), None)
        if about is None:
            about = alone.setdefault(judgement.span, _of_no_row(judgement, doubt, source))
            about.reading = f"{about.reading}\n{judgement.what}: {judgement.after}"
        about.doubts.append(doubt)
        about.lapsed.append(judgement)
    return list(alone.values())


def _of_no_row(judgement: Judgement, doubt: Row, source: Source) -> Item:
    """What stands for a judgement of no row; its words are none where they no longer stand in the text."""
    span = judgement.span
    stands = span.of(source.text) == judgement.words
    return Item(JUDGEMENTS, span, span if stands else Span(0, 0), doubt, judgement.words, {})


def _inferred(rows: Rows, item: Item) -> Iterator[str]:
    """The labels of what was inferred of a row, in both languages' order of the schema."""
    if item.table != "tasks":
        return
    parts = [p for p in rows["task_agencies"] if p["task_id"] == item.row["task_id"]]
    for name, column, held in (
        ("tasks", "deadline_basis", [item.row]),
        ("task_agencies", "basis", parts),
    ):
        for value in dict.fromkeys(row[column] for row in held):
            if value in _INFERRED[column]:
                yield f"{name}.{column}.{value}"


def words_in(words: Sequence[Recognised], span: Span) -> Sequence[Recognised]:
    """Those of the words of pages that a span has."""
    from bisect import bisect_left

    first = bisect_left(words, span.start, key=lambda word: word.span.end)
    last = bisect_left(words, span.end, key=lambda word: word.span.start)
    return [word for word in words[first:last] if word.span.overlaps(span)]


def page_of(source: Source, start: int) -> int | None:
    """The page of the original that an offset stands on."""
    for page in source.layout.pages if source.layout else ():
        if page.span.start <= start < page.span.end:
            return page.number
    return None


@cache
def told_of_columns(language: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What the page says of each column that is judged: its title, its type, its values with their labels."""
    return {
        name: [_told(name, column, language) for column in columns]
        for name, columns in judged_columns().items()
    }


def _told(name: str, column: str, language: str) -> Mapping[str, Any]:
    title = titles_of(name, column)[language != "vi"]
    if column in ROLES or is_issuer(name, column):
        return {"name": column, "title": title, "type": "agencies", "values": []}
    field = field_of(name, column)
    kind: str = {"unit": "units", "document_type": "types"}.get(column, field.type)
    values = [[v.value, (v.label, v.label_en)[language != "vi"]] for v in field.values]
    return {"name": column, "title": title, "type": kind, "values": values}


def alike(items: Iterable[Item], one: Item, changed: Iterable[str]) -> list[Item]:
    """The other rows, not yet looked at, that read the same in the columns that are changed.

    Where none is: those of the same reading with the same kinds of doubts.
    """
    columns = list(changed)
    others = [i for i in items if i.table == one.table and i is not one and i.rank != DONE]
    if columns:
        return [i for i in others if all(i.values[c] == one.values[c] for c in columns)]
    if one.table == JUDGEMENTS:
        return []
    codes = sorted(map(itemgetter("code"), one.doubts))
    return [
        i for i in others
        if i.reading == one.reading and sorted(map(itemgetter("code"), i.doubts)) == codes
    ]  # fmt: skip
