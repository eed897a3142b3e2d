"""The rows of a plan as people see and judge them, each value as a text, and such texts as values again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from khplans.errors import KhplansError, about, both
from khplans.intake.review_file import judged_columns
from khplans.knowledge.units import is_known_unit, unit_of, units
from khplans.tables.definition import Field, table
from khplans.tables.rows import Row, Rows
from khplans.text.numerals import plain_number
from khplans.text.passage import Span

SEPARATOR = "; "
"""Between the agencies of one role."""
NOTHING = "-"
"""The reading of a row that has none of the values that are judged."""
ROLES = ("lead", "coordinate")
BY_START = ("documents", "sections")
"""Tables whose rows begin with the words that are judged, and go on after them."""


class JudgedRows:
    """Reads the rows of a plan; what is judged of agencies stands in other tables than their task's row."""

    def __init__(self, rows: Rows) -> None:
        self._parts = rows["task_agencies"]
        self._agencies = {row["agency_id"]: row for row in rows["agencies"]}
        self._provinces = {row["document_id"]: row["province"] for row in rows["documents"]}

    def value(self, name: str, row: Row, column: str) -> str:
        """A value as review.csv has it; empty for none."""
        if column in ROLES:
            parts = (part for part in self._parts if part["task_id"] == row["task_id"])
            return joined(self._agency(row, p["agency_id"]) for p in parts if p["role"] == column)
        if is_issuer(name, column):
            return self._agency(row, row["issuer_id"]) if row["issuer_id"] else ""
        return as_text(row.get(column))

    def _agency(self, row: Row, agency_id: str) -> str:
        agency = self._agencies[agency_id]
        here = self._provinces[row["document_id"]]
        return agency_told(agency["name"], agency["province"], here)

    def values(self, name: str, row: Row) -> dict[str, str]:
        """All that is judged of a row."""
        return {column: self.value(name, row, column) for column in judged_columns()[name]}


def reading_of(name: str, values: Mapping[str, str]) -> str:
    """All that is judged of a row as one text, a line for each value.

    >>> reading_of("tasks", {"deadline": "2026-12-31", "lead": "Sở Y tế", "output": ""})
    'lead: Sở Y tế\\ndeadline: 2026-12-31'
    """
    lines = (f"{c}: {values[c]}" for c in judged_columns()[name] if values.get(c))
    return "\n".join(lines) or NOTHING


def agency_told(name: str, province: str | None, here: str | None) -> str:
    """An agency as review.csv has it: with its province where the document is of another, or of none.

    >>> agency_told("Sở Y tế", "Long An", "Long An"), agency_told("Sở Y tế", "Long An", None)
    ('Sở Y tế', 'Sở Y tế Long An')
    """
    return name if province in (None, here) else f"{name} {province}"


def is_issuer(name: str, column: str) -> bool:
    """Whether a column is the issuer of a document, which the rows have by its id.

    >>> is_issuer("documents", "issuer"), is_issuer("citations", "issuer"), is_issuer("documents", "title")
    (True, False, False)
    """
    return name == "documents" and column == "issuer"


def field_of(name: str, column: str) -> Field:
    """The column of a table that holds what is judged; of a document's issuer its id.

    >>> field_of("documents", "issuer").name, field_of("tasks", "output").name
    ('issuer_id', 'output')
    """
    return table(name).field("issuer_id" if is_issuer(name, column) else column)


def titles_of(name: str, column: str) -> tuple[str, str]:
    """What a column that is judged is called in Vietnamese and in English.

    >>> titles_of("tasks", "lead"), titles_of("documents", "issuer")
    (('Chủ trì', 'Lead agency'), ('Cơ quan ban hành', 'Issuer'))
    """
    if column in ROLES:
        roles = table("task_agencies").field("role").values
        return next((role.label, role.label_en) for role in roles if role.value == column)
    if is_issuer(name, column):
        return ("Cơ quan ban hành", "Issuer")
    field = field_of(name, column)
    return (field.title, field.title_en)


def joined(names: Iterable[str]) -> str:
    """The agencies of a role as review.csv has them.

    >>> joined(("Sở Y tế", "Sở Nội vụ"))
    'Sở Nội vụ; Sở Y tế'
    """
    return SEPARATOR.join(sorted(names))


def in_order(name: str, column: str, written: str) -> str:
    """A value as rows have it: the agencies of a role in their order.

    >>> in_order("tasks", "lead", "Sở Y tế;Sở Nội vụ"), in_order("tasks", "output", "b; a")
    ('Sở Nội vụ; Sở Y tế', 'b; a')
    """
    return joined(read_value(name, column, written)) if column in ROLES else written


def as_text(value: object) -> str:
    """A cell as people write it into review.csv.

    >>> as_text(10.0), as_text(8.25), as_text(date(2026, 1, 31)), as_text(None)
    ('10', '8.25', '2026-01-31', '')
    """
    if isinstance(value, float):
        return plain_number(value)
    return "" if value is None else str(value)


def words_judged(source: str, name: str, span: Span) -> Span:
    """The words that a judgement of a row rests on: its own, of what goes on after its first line that line.

    >>> source = "I. NHIỆM VỤ \\n1. Rừng"
    >>> [words_judged(source, name, Span(0, 20)) for name in ("sections", "tasks")]
    [Span(start=0, end=11), Span(start=0, end=20)]
    """
    if name not in BY_START:
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
    field = field_of(name, column)
    if not written:
        if field.required:
            raise unfit_value(name, (column,), both("ô này không được trống", "it can't be empty"))
        return None
    if field.values and written not in {value.value for value in field.values}:
        allowed = ", ".join(value.value for value in field.values)
        raise unfit_value(
            name, (column,), both(f"phải là một trong {allowed}", f"it is one of {allowed}")
        )
    if column == "unit" and not is_known_unit(unit_of(written)):
        names = {
            name.casefold(): name for one in units().values() for name in (one.unit_id, one.name)
        }
        near = ", ".join(names[one] for one in get_close_matches(written.casefold(), names, 3, 0.5))
        told, told_en = (f"; gần nhất: {near}", f"; the nearest: {near}") if near else ("", "")
        raise unfit_value(
            name, (column,), both(f"không có đơn vị {written!r}{told}", f"no such unit{told_en}")
        )
    if field.pattern and not re.fullmatch(field.pattern, written):
        raise unfit_value(name, (column,), both(f"{written!r} sai dạng", "not of its form"))
    return _typed(field.type, name, column, written)


def _typed(kind: str, name: str, column: str, written: str) -> Any:
    """A written value in its type; raises `KhplansError` where it is none.

    >>> _typed("date", "tasks", "deadline", "2026-12-31"), _typed("number", "indicators", "value", "8.25")
    (datetime.date(2026, 12, 31), 8.25)
    >>> _typed("string", "tasks", "output", "8")
    '8'
    >>> _typed("number", "indicators", "value", "inf")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: Giá trị (value): 'inf' không phải số, như 8.25 / Va...
    """
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
    form, form_en = (
        ("ngày YYYY-MM-DD", "a date") if kind == "date" else ("số, như 8.25", "a number")
    )
    raise unfit_value(name, (column,), both(f"{written!r} không phải {form}", f"not {form_en}"))


def unfit_value(name: str, columns: Sequence[str], what: str) -> KhplansError:
    """The error of a value that can't be, by its column or those of which one has it.

    >>> print(unfit_value("tasks", ["deadline"], both("trống", "empty")).what)
    Thời hạn (deadline): trống / Deadline (deadline): empty
    """
    titles = [titles_of(name, column) for column in columns]
    told = (
        " / ".join(f"{title[k]} ({column})" for title, column in zip(titles, columns, strict=True))
        for k in (0, 1)
    )
    return unfit(both(*told), what)


def unfit(name: str, what: str) -> KhplansError:
    """The error of something that can't be, by its name."""
    return KhplansError(
        "entry-wrong", about(name, what), remedy=both("sửa giá trị đó", "mend that value")
    )
