"""What people judged (review.csv), applied to the rows of a plan once they are linked.

A judgement holds for the row that stands at its words. One whose words are gone, that the code now
reaches by itself, or that was made on another reading than today's, becomes a warning instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from khplans.errors import KhplansError, both
from khplans.intake.review_file import REVIEW, judged_columns
from khplans.knowledge.units import is_known_unit, unit_of, units
from khplans.linking.agencies import issuing_agency
from khplans.linking.instruments import Instrument, instrument_of_document, resolve
from khplans.linking.measures import find_measure
from khplans.model import Citation, Doubt, Judgement
from khplans.tables.citations import instrument_row
from khplans.tables.definition import table
from khplans.tables.doubts import row_doubt
from khplans.tables.rows import Row, Rows, row_id
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns
from khplans.text.passage import Span, read_passage

SEPARATOR = "; "
"""Between the agencies of one role."""
_SHOWN = 120
NOTHING = "-"
"""The reading of a row that has none of the values that are judged."""
ROLES = ("lead", "coordinate")
_BY_START = ("documents", "sections")
"""Tables whose rows begin with the words that are judged, and go on behind them."""
_ANSWERED = frozenset({"unit-unknown", "measure-unknown", "instrument-unresolved"})
"""Doubts about a value that a person has since given."""


class JudgedRows:
    """The rows of a plan as people see and judge them: each value as a text.

    Reads only; what is judged of agencies stands in other tables than their task's row.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._names: dict[str, str] = {row["agency_id"]: row["name"] for row in rows["agencies"]}

    def value(self, name: str, row: Row, column: str) -> str:
        """A value as review.csv has it; empty for none."""
        if column in ROLES:
            parts = (p for p in self.rows["task_agencies"] if p["task_id"] == row["task_id"])
            return joined(self._names[p["agency_id"]] for p in parts if p["role"] == column)
        if column == "issuer" and name == "documents":
            return self._names.get(row["issuer_id"], "")
        return as_text(row.get(column))

    def reading(self, name: str, row: Row) -> str:
        """All that is judged of a row, a line for each value."""
        values = ((c, self.value(name, row, c)) for c in judged_columns()[name])
        return "\n".join(f"{c}: {value}" for c, value in values if value) or NOTHING


def joined(names: Iterable[str]) -> str:
    """The agencies of a role as review.csv has them.

    >>> joined(("Sở Y tế", "Sở Nội vụ"))
    'Sở Nội vụ; Sở Y tế'
    """
    return SEPARATOR.join(sorted(names))


def as_text(value: object) -> str:
    """A cell as people write it into review.csv.

    >>> as_text(10.0), as_text(8.25), as_text(date(2026, 1, 31)), as_text(None)
    ('10', '8.25', '2026-01-31', '')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def words_judged(source: str, name: str, span: Span) -> Span:
    """The words that a judgement of a row rests on: its own, of what goes on behind its first line that line."""
    if name not in _BY_START:
        return span
    line = source[span.start : span.end].partition("\n")[0].rstrip()
    return Span(span.start, span.start + len(line))


def read_value(name: str, column: str, written: str) -> Any:
    """A value of a column from its text, None for the empty one.

    Raises `KhplansError` for what the column can't hold.

    >>> read_value("tasks", "deadline", "2026-12-31")
    datetime.date(2026, 12, 31)
    """
    written = written.strip()
    if column in ROLES:
        return tuple(one.strip() for one in written.split(SEPARATOR.strip()) if one.strip())
    field = table(name).field("issuer_id" if (name, column) == ("documents", "issuer") else column)
    if not written:
        if field.required:
            raise _unfit(column, both("ô này không được trống", "it can't be empty"))
        return None
    if field.values and written not in {value.value for value in field.values}:
        allowed = ", ".join(value.value for value in field.values)
        raise _unfit(column, both(f"phải là một trong {allowed}", f"it is one of {allowed}"))
    if field.pattern and not re.fullmatch(field.pattern, written):
        raise _unfit(column, both(f"{written!r} sai dạng", "not of its form"))
    if column == "unit" and not is_known_unit(unit_of(written)):
        near = ", ".join(get_close_matches(written, units(), 3, 0.5)) or "units.csv"
        raise _unfit(column, both(f"không có đơn vị {written!r}; gần nhất: {near}", "no such unit"))
    return _typed(field.type, column, written)


def _typed(kind: str, column: str, written: str) -> Any:
    try:
        if kind == "date":
            return date.fromisoformat(written)
        if kind != "number":
            return written
        number = float(written)
        if math.isfinite(number):
            return number
    except ValueError:
        pass
    form = both("ngày YYYY-MM-DD", "a date") if kind == "date" else both("số, như 8.25", "a number")
    raise _unfit(column, both(f"{written!r} không phải {form}", "not of its form"))


def _unfit(column: str, what: str) -> KhplansError:
    remedy = both("sửa giá trị đó", "mend that value")
    return KhplansError(f"{column}: {what}", remedy=remedy)


def apply_judgements(into: Tabulation, documents: Sequence[DocumentPlaces]) -> None:
    """Make a plan's rows what people say that they are, and warn of each judgement that can't hold.

    Raises `KhplansError` with its line for a judgement whose value its column can't hold.
    """
    if not into.plan.judgements:
        return
    judging = _Judging(into, documents)
    for judgement in sorted(into.plan.judgements, key=_turn):
        try:
            judging.take(judgement)
        except KhplansError as error:
            raise KhplansError(
                error.what,
                where=f"{into.plan.plan_id}/{REVIEW}:{judgement.line}",
                remedy=error.remedy,
            ) from None
    judging.drop_what_nothing_names()


def _turn(judgement: Judgement) -> tuple[int, Span, str]:
    """Rows are added first, then values put right, then whole rows confirmed as they now are, or taken out."""
    order = 0 if judgement.adds else 1 if judgement.column else 2
    return (order, judgement.span, judgement.what)


class _Judging:
    def __init__(self, into: Tabulation, documents: Sequence[DocumentPlaces]) -> None:
        self.into, self.rows, self.source = into, into.rows, into.plan.source.text
        self.documents = {places.document_id: places for places in documents}

    def take(self, judgement: Judgement) -> None:
        """Apply one, or warn of it."""
        if judgement.span.of(self.source) != judgement.words:
            self.tell(judgement, "judgement-words-gone", words=judgement.words[:_SHOWN])
        elif judgement.adds:
            self._add(judgement)
        elif row := self._row(judgement):
            judge = self._judge_value if judgement.column else self._judge_whole
            judge(judgement, row)
        elif judgement.after:
            self.tell(judgement, "judgement-outdated", now="")
        else:
            self.tell(judgement, "judgement-needless")

    def tell(self, judgement: Judgement, code: str, **facts: str) -> None:
        """A warning about the document that the words stand in, or the first."""
        places = self._around(judgement.span) or next(iter(self.documents.values()))
        (row,) = (r for r in self.rows["documents"] if r["document_id"] == places.document_id)
        said = {
            "line": str(judgement.line),
            "what": judgement.what,
            "before": judgement.before.replace("\n", ", "),
            "after": judgement.after.replace("\n", ", "),
            **facts,
        }
        inside = judgement.span in places.found.document.span
        span = judgement.span if inside else places.found.document.span
        self.into.warn("documents", row, places.document_id, [Doubt(code, span, said)])

    def seen(self) -> JudgedRows:
        """The rows as they now are."""
        return JudgedRows({**self.rows, "agencies": self.into.agencies.agencies})

    def _row(self, judgement: Judgement) -> Row | None:
        """The row at the words; of several that with the value that the person saw."""
        name, span = judgement.table, judgement.span
        here = [
            row
            for row in self.rows[name]
            if row["start"] == span.start and (name in _BY_START or row["end"] == span.end)
        ]
        seen = self.seen()
        alike = (row for row in here if seen.value(name, row, judgement.column) == judgement.before)
        return next(alike if judgement.column else iter(here), here[0] if here else None)

    def _around(self, span: Span) -> DocumentPlaces | None:
        """The innermost document around some words."""
        around = [p for p in self.documents.values() if span in p.found.document.span]
        return min(around, key=lambda p: len(span_of(p)), default=None)

    def _judge_value(self, judgement: Judgement, row: Row) -> None:
        now = self.seen().value(judgement.table, row, judgement.column)
        before, after = (
            joined(read_value(judgement.table, judgement.column, one))
            if judgement.column in ROLES
            else one
            for one in (judgement.before, judgement.after)
        )
        if now == after:
            row["reviewed"] = row.get("reviewed") or "confirmed"
            self.tell(judgement, "judgement-needless")
        elif now == before:
            self._set(judgement, row, judgement.column, judgement.after)
            self._relink(judgement.table, row)
            row["reviewed"] = "corrected"
        else:
            self.tell(judgement, "judgement-outdated", now=now)

    def _judge_found(self, judgement: Judgement, row: Row) -> None:
        """A row that a person added, and that the code now finds."""
        now = self.seen().reading(judgement.table, row)
        if now == judgement.after:
            row["reviewed"] = "confirmed"
            self.tell(judgement, "judgement-needless")
        else:
            self.tell(judgement, "judgement-outdated", now=now.replace("\n", ", "))

    def _judge_whole(self, judgement: Judgement, row: Row) -> None:
        if not judgement.after:
            self._remove(judgement.table, row)
            return
        now = self.seen().reading(judgement.table, row)
        if now == judgement.before:
            row["reviewed"] = row.get("reviewed") or "confirmed"
        else:
            self.tell(judgement, "judgement-outdated", now=now.replace("\n", ", "))

    # --- values

    def _set(self, judgement: Judgement, row: Row, column: str, written: str) -> None:
        value = read_value(judgement.table, column, written)
        if column in ROLES:
            self._set_agencies(judgement.span, row, column, value)
        elif judgement.table == "documents" and column == "issuer":
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
            "task_agencies",
            [p for p in mine if p["role"] == role and p["agency_id"] not in ids],
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
        issuer = self.seen().value("documents", row, "issuer") or None
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
            self._judge_found(judgement, there)
            return
        if places is None or name not in _USUAL:
            what = both("không thêm được dòng như thế ở đây", "no such row can be added here")
            raise _unfit(judgement.what, what)
        told = _told(judgement)
        for columns in _NEEDED.get(name, ()):
            if not any(told.get(column) for column in columns):
                raise _unfit(" / ".join(columns), both("thiếu giá trị", "a value is missing"))
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
            raise _unfit(name, what)
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


def span_of(places: DocumentPlaces) -> range:
    """The offsets of a document."""
    return range(places.found.document.span.start, places.found.document.span.end)


def _told(judgement: Judgement) -> dict[str, str]:
    """The values of a row that is added; raises `KhplansError` for a line that gives none."""
    told: dict[str, str] = {}
    lines = judgement.after.splitlines() if judgement.after != NOTHING else []
    for line in lines:
        column, found, value = line.partition(": ")
        if not found or column not in judged_columns()[judgement.table]:
            allowed = ", ".join(judged_columns()[judgement.table])
            what = both(f"mỗi dòng của `to` là `cột: giá trị`, cột là {allowed}", "`column: value`")
            raise _unfit(judgement.what, what)
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
