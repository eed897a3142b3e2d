"""A document's top: letterhead, kind and title put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.provinces import Province
from khplans.model import BlockKind
from khplans.reading.letterhead.fields import read_letterhead
from khplans.reading.letterhead.issuers import complete_issuer, issuer_of_number
from khplans.reading.letterhead.number_in_title import with_number_inside
from khplans.reading.letterhead.subjects import read_subject, subject_at
from khplans.reading.letterhead.titles import TitleLines, is_title, read_title
from khplans.reading.lines.document_numbers import NUMBER, symbol_parts
from khplans.reading.lines.flattened import flatten
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import kind_line, opens_body, stamps
from khplans.reading.lines.markers import read_marker
from khplans.reading.tables.columns import opens_table

_FIGURE = re.compile(r"\d ?(?:%|(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu)\b)")
_NUMBERED = re.compile(rf"\bso\s*:?\s*{NUMBER}", re.IGNORECASE)
# The Central Committee's organs wrote under its name, with their own below the kind (`CỦA BAN BÍ THƯ`).
_CENTRAL_ORGANS = ("Ban Bí thư", "Bộ Chính trị")


@dataclass(frozen=True, slots=True)
class Head:
    """The fields above a document's body; `kinds` says what each line from `first` to `end` is."""

    first: int
    end: int
    kinds: dict[int, BlockKind]
    number: str | None
    number_raw: str | None
    number_line: int | None
    document_type: str | None
    title: str | None
    date: date | None
    place: str | None
    province: Province | None
    issuer: str | None


def read_head(source: str, lines: Sequence[Line], first: int, stop: int) -> Head:
    """Read the top of the document whose lines are `first:stop`."""
    at, sort = _top(lines, first, stop)
    marks = stamps(lines, first, at)
    above = [i for i in range(first, at) if i not in marks and not _runs_on(lines[i])]
    if sort in ("kind", "title"):
        heading = read_title(lines, at, stop)
        above += [i for i in heading.letterhead_lines if not lines[i].capitals]
    elif sort == "subject":
        heading = read_subject(lines, at, stop)
        above += (
            [at, *heading.letterhead_lines] if subject_at(lines[at]) else heading.letterhead_lines
        )
    else:
        heading = TitleLines(None, None, at, ())
    flat = flatten(source, lines, above)
    letterhead = read_letterhead(flat)
    told = with_number_inside(heading)
    if letterhead.number is None:
        heading = told
    elif told.title and told.number and told.number.upper() == letterhead.number.upper():
        heading = replace(heading, title=told.title, issuer=heading.issuer or told.issuer)
    kinds: dict[int, BlockKind] = dict.fromkeys(range(first, heading.end), "letterhead")
    kinds |= dict.fromkeys(heading.title_lines, "title")
    kinds |= dict.fromkeys(
        (i for i in (*marks, *heading.furniture) if i < heading.end), "furniture"
    )
    number = letterhead.number or heading.number
    inside = letterhead.number is None and heading.number is not None
    number_line = at if inside else None
    if letterhead.number_at is not None:
        number_line = flat.line_at(letterhead.number_at)
    issuer = letterhead.issuer or heading.issuer
    if inside and heading.issuer:
        issuer = heading.issuer
    if heading.issuer in _CENTRAL_ORGANS and issuer == "Ban Chấp hành Trung ương":
        issuer = heading.issuer
    if not issuer and number:
        issuer = issuer_of_number(number, letterhead.province)
    if issuer:
        issuer = complete_issuer(
            issuer, heading.issuer, number, letterhead.place, letterhead.province
        )
    return Head(
        first=first,
        end=heading.end,
        kinds=kinds,
        number=number,
        number_raw=letterhead.number_raw or heading.number_raw,
        number_line=number_line,
        document_type=heading.kind or (_kind_of(number) if number or sort == "subject" else None),
        title=heading.title,
        date=heading.date if inside and heading.date else letterhead.date or heading.date,
        place=letterhead.place,
        province=letterhead.province,
        issuer=issuer,
    )


def _gives_figures(line: Line) -> bool:
    """Whether a line tells an amount or a share, which no letterhead does."""
    return bool(_FIGURE.search(line.text))


def _runs_on(line: Line) -> bool:
    """Whether a line is a sentence: no letterhead has any."""
    text = line.text
    return len(text) > 120 and sum(map(str.islower, text)) > 0.6 * len(text)


def _top(lines: Sequence[Line], first: int, stop: int) -> tuple[int, str]:
    """Where the letterhead ends: at the kind, at a title without one, a letter's subject, the body."""
    for i in range(first, min(stop, first + 60)):
        line = lines[i]
        if kind_line(line):
            return i, "kind"
        if is_title(lines, i) and any(_NUMBERED.search(above.low) for above in lines[first:i]):
            return i, "title"
        if subject_at(line) is not None:
            return i, "subject"
        marker = read_marker(line.text)
        body = opens_body(line) or opens_table(lines, i) or _gives_figures(line)
        if body or (marker and not marker.bullet and len(line.text) > 40):
            return i, "body"
    return min(stop, first + 60), "body"


def _kind_of(number: str | None) -> str:
    """The kind that a number's symbol stands for; a letter's has none."""
    parts = symbol_parts(number) if number else ()
    kind = types_by_symbol().get(parts[0].upper()) if parts else None
    return kind.name if kind else "Công văn"
