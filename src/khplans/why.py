"""Why a row is what it is: today's rules run on the row's source, and those that speak of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from khplans.errors import both
from khplans.rules import Decision, listening
from khplans.text.passage import Span
from khplans.text.visible import visible

if TYPE_CHECKING:
    from khplans.intake import Plan
    from khplans.tables.rows import Row, Rows

_NOT_BY_RULES = frozenset({"plan_title", "origin", "received", "sha256", "reviewed"})
"""Columns that plan.toml or a person gives, not the text."""
_JUDGED = {
    "confirmed": ("Người xem lại đã xác nhận dòng này", "A person confirmed this row"),
    "corrected": (
        "Người xem lại đã sửa dòng này (review.csv của kế hoạch): giá trị là của người, không phải của luật",
        "A person put this row right (the plan's review.csv): it is not all by rules",
    ),
    "added": (
        "Người xem lại đã thêm dòng này (review.csv của kế hoạch): luật không tìm thấy nó",
        "A person added this row (the plan's review.csv): no rule found it",
    ),
}
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that decided something about a row's words.

    `question` and `answer` are what its table asks and what the rule goes by, in both languages;
    `quote` is `source[start:end]`, the words that the decision was about.
    """

    table: str
    rule: str
    question: str
    question_en: str
    answer: str
    answer_en: str
    start: int
    end: int
    quote: str

    def __str__(self) -> str:
        words = " ".join(visible(self.quote).split())
        cut = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
        asked = both(self.question, self.question_en)
        return (
            f"{asked}\n  {both(self.answer, self.answer_en)}\n  [{self.table}: {self.rule}] «{cut}»"
        )


@dataclass(frozen=True, slots=True)
class Why:
    """The rules behind a row, in the order in which they decided.

    `changed` names the columns in which today's rules give another value than the row has; `found`
    is False where they no longer give the row at all.
    """

    row_id: str
    table: str
    found: bool
    changed: tuple[str, ...]
    reasons: tuple[Reason, ...]
    reviewed: str | None = None
    """What a person did with the row: `confirmed`, `corrected` or `added` it; None where nobody looked."""

    def __str__(self) -> str:
        head = f"{self.row_id} ({self.table})"
        judged = [both(*_JUDGED[self.reviewed])] if self.reviewed else []
        return visible("\n".join([head, *judged, self.verdict, *map(str, self.reasons)]))

    __repr__ = __str__

    @property
    def verdict(self) -> str:
        """Whether today's rules still give the row, in words."""
        if not self.found and self.reviewed in ("corrected", "added"):
            return both(
                "Quy tắc đọc một mình không cho dòng này: nó có do người đọc sửa hay thêm.",
                "The rules alone don't give it: it is there since a person corrected or added it.",
            )
        if not self.found:
            return both(
                "Quy tắc đọc hôm nay không còn cho dòng này.", "Today's rules no longer give it."
            )
        if self.changed:
            names = ", ".join(self.changed)
            return both(
                "Quy tắc đọc hôm nay cho giá trị khác ở", f"Today's rules differ in: {names}"
            )
        return both(
            "Quy tắc đọc hôm nay vẫn cho đúng dòng này.", "Today's rules give this very row."
        )


def why(plan: Plan, table: str, row_id: str, row: Mapping[str, Any]) -> Why:
    """The rules behind a row of a plan; `row` is as the release has it.

    >>> from khplans.intake import Taken, unregistered
    >>> text = "KẾ HOẠCH\\n1. Sở Y tế báo cáo kết quả thực hiện với Ủy ban nhân dân\\ntỉnh."
    >>> plan = unregistered("text", Taken(text), text.encode())
    >>> asked = {"task_id": "text::1", "label": "2"}
    >>> answer = why(plan, "tasks", "text::1", asked)
    >>> answer.changed, any(r.rule == "small-letter-goes-on" for r in answer.reasons)
    (('label',), True)
    """
    return asking(plan)(table, row_id, row)


def asking(plan: Plan) -> Callable[[str, str, Mapping[str, Any]], Why]:
    """`why` of any rows of a plan, whose rules are run once."""
    from khplans.pipeline import tables_of
    from khplans.tables import definition
    from khplans.tables.rows import row_id as id_of

    taken: list[Decision] = []
    with listening(taken.append):
        rows = tables_of(plan)
    decided = _by_block(taken)
    by_id: dict[str, dict[str, Row]] = {}

    def given(table: str, row_id: str, row: Mapping[str, Any]) -> tuple[Row | None, bool]:
        """The row as the rules give it, and whether it is known by its place: it has another id there."""
        if table not in by_id:
            known = definition.table(table)
            by_id[table] = {id_of(known, one): one for one in reversed(rows[table])}
        same = by_id[table].get(row_id)
        if same is not None and _place(same) == _place(row):
            return same, False
        there = [one for one in rows[table] if _place(one) == _place(row)]
        return (there[0], True) if there else (same, False)

    def ask(table: str, row_id: str, row: Mapping[str, Any]) -> Why:
        again, moved = given(table, row_id, row)
        own = _NOT_BY_RULES | _numbered_ids() if moved else _NOT_BY_RULES
        changed = () if again is None else tuple(_changed(row, again, own))
        places = _places(table, again or row, rows)
        reasons = tuple(_reasons(_at(decided, places), plan.source.text))
        return Why(row_id, table, again is not None, changed, reasons, row.get("reviewed"))

    return ask


def _numbered_ids() -> frozenset[str]:
    """The columns of ids that count the rows before: they move where a person added or took out one of those."""
    from khplans.linking.ids import NUMBERED
    from khplans.tables.definition import table

    keys = {key for name in NUMBERED for key in table(name).primary_key if key.endswith("_id")}
    return frozenset(key for own in keys for key in (own, f"parent_{own}"))


def _place(row: Mapping[str, Any]) -> tuple[object, object]:
    return row.get("start"), row.get("end")


def _changed(row: Mapping[str, Any], again: Row, beside: frozenset[str]) -> Iterator[str]:
    for column, value in row.items():
        if column in again and column not in beside and again[column] != value:
            yield column


def _places(table: str, row: Mapping[str, Any], rows: Rows) -> list[Span]:
    """Where the words stand that a row rests on: its own, its agencies', the headings above it."""
    own = Span(row["start"], row["end"])
    if table == "documents":
        return [_letterhead(row, rows)]
    places = [own]
    if table == "tasks":
        parts = (one for one in rows["task_agencies"] if one["task_id"] == row["task_id"])
        places += [Span(one["start"], one["end"]) for one in parts]
    sections = {one["section_id"]: one for one in rows["sections"]}
    above = row.get("section_id") if table != "sections" else row.get("parent_section_id")
    while section := sections.get(above):
        places.append(Span(section["start"], min(section["end"], section["start"] + 1)))
        above = section["parent_section_id"]
    return places


def _letterhead(row: Mapping[str, Any], rows: Rows) -> Span:
    """From a document's beginning to its first section or task."""
    below = [
        one["start"]
        for name in ("sections", "tasks")
        for one in rows[name]
        if one["document_id"] == row["document_id"] and one["start"] > row["start"]
    ]
    return Span(row["start"], min([row["end"], *below]))


_BLOCK = 256
"""Characters of a text whose decisions are looked through together."""

_Said = tuple[int, Span, Decision]
"""A decision about words: its turn, where they stand."""


def _blocks(span: Span) -> range:
    return range(span.start // _BLOCK, span.end // _BLOCK + 1)


def _by_block(taken: Iterable[Decision]) -> Mapping[int, Sequence[_Said]]:
    """What was decided about the words of each block; a decision that is taken again is told once."""
    told = set()
    found: dict[int, list[_Said]] = defaultdict(list)
    for turn, decision in enumerate(taken):
        span = decision.span
        same = (decision.rules.name, decision.rule.name, span)
        if span is None or same in told:
            continue
        told.add(same)
        for block in _blocks(span):
            found[block].append((turn, span, decision))
    return found


def _at(decided: Mapping[int, Sequence[_Said]], places: Iterable[Span]) -> Iterator[_Said]:
    """What was decided about words of the places, in the order in which it was."""
    here = {
        said[0]: said
        for place in places
        for block in _blocks(place)
        for said in decided.get(block, ())
        if said[1].overlaps(place)
    }
    return (here[turn] for turn in sorted(here))


def _reasons(decided: Iterable[_Said], source: str) -> Iterator[Reason]:
    from khplans.knowledge.rules import rule_words

    words = rule_words()
    for _, span, decision in decided:
        table, rule = decision.rules.name, decision.rule.name
        asked, answer = words[table, ""], words[table, rule]
        yield Reason(
            table, rule, asked.vi, asked.en, answer.vi, answer.en,
            span.start, span.end, span.of(source),
        )  # fmt: skip
