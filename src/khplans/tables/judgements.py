"""What people judged (review.csv), applied to the rows of a plan once they are linked.

A judgement holds for the row that stands at its words. One whose words are gone, that the code now
reaches by itself, or that was made on another reading than today's, becomes a warning instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from khplans.errors import KhplansError, both
from khplans.intake.review_file import CELLS, REVIEW, WARNINGS, judged_columns
from khplans.knowledge.units import unit_of
from khplans.linking.agencies import issuing_agency
from khplans.linking.instruments import Instrument, instrument_of_document, resolve
from khplans.linking.measures import find_measure
from khplans.model import Citation, Doubt, Judgement
from khplans.tables.citations import instrument_row
from khplans.tables.definition import table
from khplans.tables.doubted import DoubtedRows, doubts_read
from khplans.tables.doubts import NOT_APPLIED, row_doubt
from khplans.tables.judged import (
    BY_START,
    NOTHING,
    ROLES,
    JudgedRows,
    in_order,
    is_issuer,
    read_value,
    reading_of,
    unfit,
    unfit_value,
)
from khplans.tables.rows import Row, row_id
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns
from khplans.text.passage import Span, read_passage

_SHOWN = 120
_ANSWERED = frozenset({"unit-unknown", "measure-unknown", "instrument-unresolved"})
"""Doubts about a value that a person has since given."""


def put_right(judgements: Iterable[Judgement], doubts: Iterable[Doubt]) -> list[Span]:
    """The words whose cells people put right, but for those of which a doubt says that it was not applied.

    >>> from datetime import date
    >>> def said(before, after, line): return Judgement(CELLS, "", Span(line, 9), "", before, after, "", "", date(2025, 1, 1), line)
    >>> refused = [Doubt("judgement-outdated", Span(0, 1), {"line": "3"})]
    >>> put_right([said("a", "b", 2), said("a", "b", 3), said("a", "a", 4)], refused)
    [Span(start=2, end=9)]
    """
    told = {doubt.facts["line"] for doubt in doubts if doubt.code in NOT_APPLIED}
    of_cells = (one for one in judgements if one.table == CELLS and one.before != one.after)
    return [one.span for one in of_cells if str(one.line) not in told]


def apply_judgements(
    into: Tabulation, documents: Sequence[DocumentPlaces], cells: Sequence[Span]
) -> None:
    """Make a plan's rows what people say that they are, and warn of each judgement that can't hold.

    A row that was found in `cells` that a person put right is a corrected one once they confirm it.
    Raises `KhplansError` with its line for a judgement whose value its column can't hold.

    >>> from datetime import date
    >>> from khplans.pipeline import rows_of
    >>> text = "I. NHIỆM VỤ\\n1. Trồng rừng trong quý I/2025."
    >>> def judged(before, after):
    ...     said = Judgement("tasks", "deadline", Span(15, 43), text[15:], before, after, "", "", date(2025, 1, 1), 2)
    ...     (row,) = rows_of(text, said)["tasks"]
    ...     return str(row["deadline"]), row["reviewed"]
    >>> judged("2025-03-31", "2025-06-30"), judged("2025-06-30", "2025-06-30"), judged("2025-03-31", "2025-03-31")
    (('2025-06-30', 'corrected'), ('2025-03-31', None), ('2025-03-31', 'confirmed'))
    >>> judged("2025-03-31", "hoa")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: p/review.csv:2: Thời hạn (deadline): 'hoa' không ph...
    """
    if not into.plan.judgements:
        return
    judging = _Judging(into, documents, cells)
    of_rows = (one for one in into.plan.judgements if one.table not in (CELLS, WARNINGS))
    for judgement in sorted(of_rows, key=_turn):
        try:
            judging.take(judgement)
        except KhplansError as error:
            raise KhplansError(
                error.code,
                error.what,
                where=f"{into.plan.plan_id}/{REVIEW}:{judgement.line}",
                remedy=error.remedy,
            ) from None
    judging.drop_what_nothing_names()


def judge_doubts(into: Tabulation, documents: Sequence[DocumentPlaces]) -> None:
    """Say of the doubts which of them a person has looked at, once all rows and doubts are there.

    Who looked at a row has seen the doubts about it; those about words that no row has are judged by themselves.
    """
    judgements = into.plan.judgements
    if not judgements:
        return
    judging = _Judging(into, documents, ())
    about = DoubtedRows(into.rows, into.plan.source.text)
    doubts = [doubt for doubt in into.doubts.rows if doubt["code"] not in NOT_APPLIED]
    lost = []
    for doubt in doubts:
        rows = [row for _, row in about.of(doubt)]
        if not rows:
            lost.append(doubt)
        elif all(row.get("reviewed") for row in rows):
            doubt["reviewed"] = "confirmed"
    for judgement in judgements:
        if judgement.table == WARNINGS:
            judging.look_at(judgement, lost)


def _turn(judgement: Judgement) -> tuple[int, Span, str]:
    """Rows are added first, then values put right, then whole rows confirmed as they now are, or taken out.

    >>> from datetime import date
    >>> def said(column, before, after): return Judgement("tasks", column, Span(0, 1), "", before, after, "", "", date(2025, 1, 1), 2)
    >>> [_turn(one)[0] for one in (said("", "", "output: a"), said("output", "a", "b"), said("", "output: a", ""))]
    [0, 1, 2]
    """
    order = 0 if judgement.adds else 1 if judgement.column else 2
    return (order, judgement.span, judgement.what)


class _Judging:
    def __init__(
        self, into: Tabulation, documents: Sequence[DocumentPlaces], cells: Sequence[Span]
    ) -> None:
        self.cells = cells
        self.into, self.rows, self.source = into, into.rows, into.plan.source.text
        self.documents = {places.document_id: places for places in documents}

    def take(self, judgement: Judgement) -> None:
        """Apply one, or warn of it."""
        if judgement.span.of(self.source) != judgement.words:
            self.tell(judgement, "judgement-words-gone", words=judgement.words[:_SHOWN])
        elif judgement.adds:
            self._add(judgement)
        elif row := self._row(judgement):
            self._judge(judgement, row)
        elif judgement.after:
            self.tell(judgement, "judgement-outdated", now="")
        else:
            self.tell(judgement, "judgement-needless")

    def tell(self, judgement: Judgement, code: str, **facts: str) -> None:
        """A warning about the document that the words stand in, or the first."""
        places = self._around(judgement.span) or next(iter(self.documents.values()))
        (row,) = (r for r in self.rows["documents"] if r["document_id"] == places.document_id)
        inside = judgement.span in places.found.document.span
        span = judgement.span if inside else places.found.document.span
        self.into.warn("documents", row, places.document_id, [judgement.doubt(code, span, **facts)])

    def _seen(self) -> JudgedRows:
        """The rows as they now are."""
        return JudgedRows({**self.rows, "agencies": self.into.agencies.agencies})

    def _now(self, judgement: Judgement, row: Row) -> str:
        """What a row now says of what is judged: one value, or all."""
        name, column = judgement.table, judgement.column
        seen = self._seen()
        return seen.value(name, row, column) if column else reading_of(name, seen.values(name, row))

    def _row(self, judgement: Judgement) -> Row | None:
        """The row at the words; of several that with the value that the person saw."""
        name, span = judgement.table, judgement.span
        here = [
            row
            for row in self.rows[name]
            if row["start"] == span.start and (name in BY_START or row["end"] == span.end)
        ]
        alike = (row for row in here if self._now(judgement, row) == judgement.before)
        return next(alike, here[0] if here else None)

    def _around(self, span: Span) -> DocumentPlaces | None:
        """The innermost document around some words."""
        around = [p for p in self.documents.values() if span in p.found.document.span]
        return min(around, key=_length, default=None)

    def _judge(self, judgement: Judgement, row: Row) -> None:
        """Hold a row to what a person said: of one of its values, of all of it, or that it was missed."""
        name, column = judgement.table, judgement.column
        before, after = (in_order(name, column, one) for one in (judgement.before, judgement.after))
        now = self._now(judgement, row)
        if not (judgement.column or after):
            self._remove(judgement.table, row)
        elif now == after:
            found_by_hand = any(judgement.span.overlaps(one) for one in self.cells)
            right = "corrected" if found_by_hand else "confirmed"
            row["reviewed"] = row.get("reviewed") or right
            if before != after:
                self.tell(judgement, "judgement-needless")
        elif judgement.column and now == before:
            self._set(judgement, row, judgement.column, judgement.after)
            self._relink(judgement.table, row)
            row["reviewed"] = "corrected"
        else:
            self.tell(judgement, "judgement-outdated", now=now)

    def look_at(self, judgement: Judgement, lost: Sequence[Row]) -> None:
        """Hold the doubts about words that no row has to those that a person looked at."""
        span = judgement.span
        here = [doubt for doubt in lost if Span(doubt["start"], doubt["end"]) == span]
        now = doubts_read(here)
        if span.of(self.source) != judgement.words:
            self.tell(judgement, "judgement-words-gone", words=judgement.words[:_SHOWN])
        elif not here:
            self.tell(judgement, "judgement-needless")
        elif now != judgement.before:
            self.tell(judgement, "judgement-outdated", now=now)
        else:
            for doubt in here:
                doubt["reviewed"] = "confirmed"

    # --- values

    def _set(self, judgement: Judgement, row: Row, column: str, written: str) -> None:
        value = read_value(judgement.table, column, written)
        if column in ROLES:
            self._set_agencies(judgement.span, row, column, value)
        elif is_issuer(judgement.table, column):
            row["issuer_id"] = self._agency(value, row["document_id"], judgement.span)
        else:
            row[column] = value
        if column == "deadline":
            row["deadline_basis"] = "review" if value else None
        if judgement.table == "tasks" and not (row["deadline"] or row["cadence"]):
            row["deadline_text"] = None

    def _set_agencies(self, span: Span, task: Row, role: str, names: Sequence[str]) -> None:
        """The agencies of one role of a task; a part that was there already stays as it was."""
        ids = [self._agency(name, task["document_id"], span) for name in names]
        mine = [p for p in self.rows["task_agencies"] if p["task_id"] == task["task_id"]]
        there = {p["agency_id"] for p in mine if p["role"] == role}
        self._drop(
            "task_agencies", [p for p in mine if p["role"] == role and p["agency_id"] not in ids]
        )
        for key, name in dict(zip(ids, names, strict=True)).items():
            if key not in there:
                self.rows["task_agencies"].append(
                    {
                        "task_id": task["task_id"], "agency_id": key, "role": role,
                        "basis": "review", "form": name, "document_id": task["document_id"],
                        **span_columns(span),
                    }
                )  # fmt: skip

    def _agency(self, name: str | None, document_id: str, span: Span) -> str | None:
        if not name:
            return None
        agency = issuing_agency(name, self.documents[document_id].found.document.province)
        return self.into.agencies.add(agency, name, document_id, span)

    def _relink(self, name: str, row: Row) -> None:
        """What a row's values mean, once a person has put them right."""
        self._forget(name, {row_id(table(name), row)}, _ANSWERED)
        relink = _RELINKING.get(name)
        if relink:
            relink(self, row)

    def _relink_indicator(self, row: Row) -> None:
        row["measure_id"] = find_measure(row["name"], unit_of(row["unit"]), row["change"])
        if row["measure_id"] is None:
            self._doubt("indicators", row, "measure-unknown", words=row["name"])

    def _doubt(self, name: str, row: Row, code: str, **facts: str) -> None:
        self.into.warn(name, row, row["document_id"], [row_doubt(row, code, **facts)])

    def _relink_document(self, row: Row) -> None:
        document = self.documents[row["document_id"]].found.document
        issuer = self._seen().value("documents", row, "issuer") or None
        told = replace(
            document,
            number=row["number"], document_type=row["document_type"], title=row["title"],
            date=row["date"], issuer=document.issuer if issuer is None else issuer,
        )  # fmt: skip
        own = instrument_of_document(told)
        row["instrument_id"] = own.instrument_id if own else None

    def _relink_citation(self, row: Row) -> None:
        citation = Citation(
            Span(row["start"], row["end"]), row["number"], row["document_type"], row["date"],
            row["issuer"], row["name"],
        )  # fmt: skip
        instrument = self._instrument(row["document_id"], citation)
        row["instrument_id"] = instrument.instrument_id if instrument else None
        if instrument is None:
            self._doubt("citations", row, "instrument-unresolved")

    def _instrument(self, document_id: str, citation: Citation) -> Instrument | None:
        """What a citation means among the others of its document, which may tell its year."""
        found = self.documents[document_id].found
        others = [one for one in found.citations if one.span != citation.span]
        ((instrument, *_),) = resolve([(found.document, [citation, *others])])
        if instrument:
            self.rows["instruments"].append(instrument_row(instrument))
        return instrument

    # --- rows

    def _add(self, judgement: Judgement) -> None:
        name, span = judgement.table, judgement.span
        places = self._around(span)
        there = next((row for row in self.rows[name] if row["start"] == span.start), None)
        if there:
            self._judge(judgement, there)
            return
        if places is None or name not in _USUAL:
            what = both("không thêm được dòng như thế ở đây", "no such row can be added here")
            raise unfit(judgement.what, what)
        told = _told(judgement)
        for columns in _NEEDED.get(name, ()):
            if not any(told.get(column) for column in columns):
                raise unfit_value(name, columns, both("thiếu giá trị", "a value is missing"))
        row = self._new(judgement, places)
        self.rows[name].append(row)
        for column in judged_columns()[name]:
            if column in told:
                self._set(judgement, row, column, told[column])
        self._relink(name, row)
        self._account_for(span)

    def _new(self, judgement: Judgement, places: DocumentPlaces) -> Row:
        """A row at the words, with what follows from their place."""
        definition, span = table(judgement.table), judgement.span
        section_id = places.section_at(span)
        sections = {one["section_id"]: one["path"] for one in self.rows["sections"]}
        corrections = self.into.plan.source.corrections
        by_place = {
            "task_id": places.task_at(span),
            definition.primary_key[
                0
            ]: f"{places.base(section_id)}:r{definition.name[0]}{span.start}",
            "document_id": places.document_id,
            "section_id": section_id,
            "section": sections.get(section_id or ""),
            "text": read_passage(self.source, [span], corrections).text,
            "quote": judgement.words,
            "reviewed": "added",
            **_USUAL[definition.name],
            **span_columns(span),
        }
        return {column: by_place.get(column) for column in definition.columns}

    def _account_for(self, span: Span) -> None:
        """A row of a table in which a person found something is lost no longer."""
        self.into.doubts.rows = [
            row
            for row in self.into.doubts.rows
            if row["code"] != "row-unaccounted" or not row["start"] <= span.start < row["end"]
        ]

    def _remove(self, name: str, row: Row) -> None:
        if name == "documents":
            what = both("không bỏ cả văn bản được", "a whole document can't be taken out")
            raise unfit(name, what)
        self._drop(name, [row])
        key = row_id(table(name), row)
        above = row.get("parent_section_id") if name == "sections" else None
        path = next((s["path"] for s in self.rows["sections"] if s["section_id"] == above), None)
        for column, others in _POINTING[name]:
            for other in others:
                for pointing in self.rows[other]:
                    if pointing.get(column) == key:
                        pointing[column] = above
                        pointing.update(_ALONG.get((other, column), {}))
                        if (other, column) == ("tasks", "section_id"):
                            pointing["section"] = path
        if name == "tasks":
            parts = [p for p in self.rows["task_agencies"] if p["task_id"] == key]
            self._drop("task_agencies", parts)

    def _drop(self, name: str, gone: Sequence[Row]) -> None:
        """Take rows out, with the doubts about them."""
        ids = {row_id(table(name), row) for row in gone}
        self.rows[name] = [r for r in self.rows[name] if not any(r is one for one in gone)]
        self._forget(name, ids)

    def _forget(self, name: str, ids: set[str], codes: frozenset[str] | None = None) -> None:
        """Take out the doubts about rows, all or those of some kinds."""
        self.into.doubts.rows = [
            row
            for row in self.into.doubts.rows
            if row["table"] != name
            or row["row_id"] not in ids
            or (codes is not None and row["code"] not in codes)
        ]

    def drop_what_nothing_names(self) -> None:
        """Instruments and agencies that only stood in rows or values that are no longer there."""
        instruments = {
            row["instrument_id"]
            for name in ("citations", "short_citations")
            for row in self.rows[name]
        }
        self.rows["instruments"] = [
            row for row in self.rows["instruments"] if row["instrument_id"] in instruments
        ]
        parts = {row["agency_id"] for row in self.rows["task_agencies"]}
        self.into.agencies.keep(parts | {row["issuer_id"] for row in self.rows["documents"]})


def _length(places: DocumentPlaces) -> int:
    span = places.found.document.span
    return span.end - span.start


def _told(judgement: Judgement) -> dict[str, str]:
    """The values of a row that is added; raises `KhplansError` for a line that gives none.

    >>> from datetime import date
    >>> def said(after): return Judgement("tasks", "", Span(0, 1), "", "", after, "", "", date(2025, 1, 1), 2)
    >>> _told(said("output: Kế hoạch\\nlead: Sở Y tế")), _told(said(NOTHING))
    ({'output': 'Kế hoạch', 'lead': 'Sở Y tế'}, {})
    >>> _told(said("hoa: 5"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: tasks: mỗi dòng của `to` là `cột: giá trị`, cột là ...
    """
    told: dict[str, str] = {}
    lines = judgement.after.splitlines() if judgement.after != NOTHING else []
    for line in lines:
        column, found, value = line.partition(": ")
        if not found or column not in judged_columns()[judgement.table]:
            allowed = ", ".join(judged_columns()[judgement.table])
            what = both(f"mỗi dòng của `to` là `cột: giá trị`, cột là {allowed}", "`column: value`")
            raise unfit(judgement.what, what)
        told[column] = value
    return told


_USUAL: Mapping[str, Row] = {
    "tasks": {},
    "indicators": {"comparator": "=", "change": "level", "kind": "target"},
    "citations": {"relation": "mentions"},
}
"""The tables to which people add rows, and what a row of them is where its judgement doesn't say."""
_NEEDED = {
    "indicators": (("name",), ("value",), ("unit",)),
    "citations": (("document_type",), ("number", "name")),
}
"""What a row that is added must have: one column of each group."""
_RELINKING: Mapping[str, Callable[[_Judging, Row], None]] = {
    "documents": _Judging._relink_document,
    "indicators": _Judging._relink_indicator,
    "citations": _Judging._relink_citation,
}
_OF_TASKS = ("indicators", "citations", "short_citations")
_POINTING: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "sections": (
        ("section_id", ("tasks", "indicators", "citations", "short_citations", "blocks")),
        ("parent_section_id", ("sections",)),
    ),
    "tasks": (("task_id", _OF_TASKS),),
    "indicators": (("parent_indicator_id", ("indicators",)),),
    "citations": (("citation_id", ("short_citations",)),),
}
"""Where a row that is taken out may be pointed to: the columns and their tables."""
_ALONG = {
    ("short_citations", "citation_id"): {
        "instrument_id": None,
        "definition_start": None,
        "definition_end": None,
    }
}
"""What goes with a link that is cut."""
