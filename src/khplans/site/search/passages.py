"""A plan's whole text: its headings, tasks and other paragraphs as the reader sees them, and its figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from khplans.site.catalogue import Catalogue
from khplans.site.data import PlanFile, Row
from khplans.site.languages import Language, en, vi
from khplans.site.markup import anchor, shorten
from khplans.site.pages.naming import document_name
from khplans.site.paragraphs import paragraphs
from khplans.site.search.entry import SearchEntry
from khplans.text.passage import Correction, Span, read_passage
from khplans.text.visible import visible

_LONGEST = 2_000
"""Characters of an entry's text; a longer paragraph is several."""


def passages(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Everything that the plans say, the newest plans first, in the order of each."""
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in catalogue.collection.tables["blocks"]:
        blocks[row["plan_id"]].append(row)
    for plan in catalogue.collection.plans.values():
        text = _PlanText(catalogue, plan)
        for block in sorted(blocks[plan.plan_id], key=lambda row: (row["start"], row["end"])):
            yield from text.entries(block)
        for row in catalogue.collection.of_plan("indicators", plan.plan_id):
            yield text.figure(row)


@dataclass(frozen=True)
class _PlanText:
    catalogue: Catalogue
    plan: PlanFile

    def entries(self, block: Row) -> Iterator[SearchEntry]:
        """A block as a heading, a task or a passage; more than one where it is long."""
        readable = read_passage(
            self.plan.text, [Span(block["start"], block["end"])], self._corrections
        )
        task = self._first("tasks", block)
        section = self._first("sections", block) if block["kind"] == "heading" else None
        for text in _cut(visible(readable.text.lstrip("# "))):
            if task:
                title, title_en = (_promise(self.catalogue, task, words) for words in (vi, en))
                place = anchor("tasks", task["task_id"])
                yield self._entry("task", block, title, text, place, title_en)
            elif section:
                place = anchor("sections", section["section_id"])
                yield self._entry("heading", block, text, place=place)
            else:
                yield self._entry("passage", block, self._heading(block), text)

    def figure(self, row: Row) -> SearchEntry:
        """An indicator by its name, with the plan's own words."""
        quote = visible(" ".join(row["quote"].split()))
        measure = self.catalogue.collection.by_key("measures").get(row["measure_id"])
        return self._entry(
            "figure",
            row,
            row["name"],
            f"{quote} ({_standing(row, vi)})",
            anchor("indicators", row["indicator_id"]),
            (measure and measure["name_en"]) or "",
            f"{quote} ({_standing(row, en)})",
        )

    def _entry(
        self,
        kind: str,
        row: Row,
        title: str,
        text: str = "",
        place: str = "",
        title_en: str = "",
        text_en: str = "",
    ) -> SearchEntry:
        main, begin = self.plan.main, self._page_start(row)
        return SearchEntry(
            kind,
            self.catalogue.plan_page(self.plan.plan_id, begin),
            title,
            text,
            about=document_name(main, vi),
            place=place if begin <= row["start"] else "",
            lines=self._lines(row, begin),
            province=main["province"] or "",
            title_en=title_en,
            text_en=text_en,
            about_en=document_name(main, en),
        )

    def _page_start(self, row: Row) -> int:
        """Where the page begins that has a row's words, or most of them."""
        parts = self.catalogue.parts.get(self.plan.plan_id, (0,))
        return parts[max(0, bisect_right(parts, (row["start"] + row["end"]) // 2) - 1)]

    def _first(self, table: str, block: Row) -> Row | None:
        """The first row of a table that begins in a block."""
        starts, rows = self._rows[table]
        number = bisect_right(starts, block["start"] - 1)
        return rows[number] if number < len(rows) and starts[number] < block["end"] else None

    @cached_property
    def _rows(self) -> Mapping[str, tuple[list[int], list[Row]]]:
        found = {}
        for table in ("tasks", "sections"):
            rows = self.catalogue.collection.of_plan(table, self.plan.plan_id)
            rows = sorted(rows, key=lambda row: (row["start"], -row["end"]))
            found[table] = ([row["start"] for row in rows], rows)
        return found

    def _heading(self, block: Row) -> str:
        section = self.catalogue.collection.by_key("sections").get(block["section_id"])
        if section is None:
            return ""
        return shorten(". ".join(filter(None, (section["marker"], section["heading"]))), 90)

    def _lines(self, row: Row, begin: int) -> str:
        """The numbers of a row's lines among those of the page that begins there: `4` or `4-6`."""
        starts = self._line_starts
        before = bisect_left(starts, begin)
        first = max(0, bisect_right(starts, row["start"]) - 1 - before)
        last = max(first, bisect_left(starts, row["end"]) - 1 - before)
        return str(first) if first == last else f"{first}-{last}"

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        """Where the pieces begin, as the page shows them, that have words."""
        shown = paragraphs(self.catalogue.collection, self.plan)
        return [piece.start for piece in shown if piece.of(self.plan.text).strip()]

    @cached_property
    def _corrections(self) -> Sequence[Correction]:
        rows = self.catalogue.collection.of_plan("corrections", self.plan.plan_id)
        found = [
            Correction(
                Span(row["start"], row["end"]), row["before"], row["after"] or "", row["reason"]
            )
            for row in rows
        ]
        return sorted(found, key=lambda correction: correction.span)


def _cut(text: str) -> Iterator[str]:
    """A text in pieces of a bounded length, cut between words where it has any."""
    while len(text) > _LONGEST:
        place = text.rfind(" ", 1, _LONGEST)
        place = place if place > 0 else _LONGEST
        yield text[:place]
        text = text[place:].lstrip()
    if text:
        yield text


def _promise(catalogue: Catalogue, task: Row, words: Language) -> str:
    """Who leads a task, and by when."""
    agencies = catalogue.collection.by_key("agencies")
    leads = [
        (words.code == "en" and agencies[part["agency_id"]]["name_en"])
        or agencies[part["agency_id"]]["name"]
        for part in catalogue.collection.parts.get(task["task_id"], [])
        if part["role"] == "lead"
    ]
    due = words.say("due %(date)s", date=words.date(task["deadline"])) if task["deadline"] else ""
    return ", ".join(filter(None, (*leads[:4], due)))


def _standing(indicator: Row, words: Language) -> str:
    kind = words.value("indicators", "kind", indicator["kind"]).lower()
    return " ".join(filter(None, (kind, words.period(indicator["period"]))))
