"""Cuts the lines below a letterhead into units: paragraphs, tables, footnotes, closing, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.knowledge.letterhead import opening_words
from khplans.model import BlockKind, Cell
from khplans.reading.head import is_rule, type_line
from khplans.reading.joining import continues, marker_of, wrap_width
from khplans.reading.lines import Line
from khplans.reading.markers import Marker
from khplans.reading.names import person_name
from khplans.reading.plain import plain
from khplans.reading.tables import Row, Table, table_at
from khplans.text.passage import Span


@dataclass
class Unit:
    """One block to be: the stretches of source it is made of and what they look like."""

    kind: BlockKind
    lines: list[Line]
    spans: list[Span] = field(default_factory=list)
    marker: Marker | None = None
    cells: tuple[Cell, ...] = ()
    group: bool = False
    annex: bool = False
    closes: bool = False

    @property
    def span(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)


_PAGE = re.compile(r"(?:trang\s*)?[-–—(]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–—)]?|-+\s*page.*")
_GAZETTE = re.compile(r"(?:\d{1,3}\s*)?cong bao[ /].*so\b.*|cong bao [^.]{0,60}/.*|\d{1,3}\s+cong bao.*")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*-->|<(?:br|hr)\s*/?>")
_NOTE = re.compile(r"(?:[¹²³⁴-⁹⁰]+|\\?\[\d{1,3}\\?\]|\^\d{1,3}\^|<sup>\d+</sup>|\(\d{1,2}\)(?=\s*[A-ZĐ“]))\s*\S")
_LOOSE_NOTE = re.compile(r"\d{1,2}\s+(?=[A-ZĐ“])")
_ANNEX = re.compile(r"(?:phu luc|bieu mau|bieu so|bieu \d|mau so|danh muc|phu bieu|bang tong hop|bang phan cong)\b")
_CAPTION = re.compile(r"[(*\s]*(?:\(?(?:ban hanh|kem theo|dinh kem|gui kem|phe duyet kem|duoc ban hanh)\b)")
_VERDICT = re.compile(r"(?:quyet dinh|quyet nghi|nghi quyet|chi thi|ra nghi quyet|quy dinh)\s*:?$")


def read_units(source: str, lines: Sequence[Line]) -> list[Unit]:
    """The units of a document's body, its closing and annexes, in the order of their starts."""
    units: list[Unit] = []
    width = wrap_width(lines)
    current: Unit | None = None
    text = ""
    closing: str | None = None  # recipients, signature
    signed = False
    annexes = False
    head_open = False
    i = 0
    while i < len(lines):
        line = lines[i]
        if not line.raw:
            i += 1
            continue
        low = plain(line.text)
        if not closing or signed:
            table = table_at(source, lines, i)
            if table:
                current = None
                closing = None
                units += _rows(table, head_open or signed)
                head_open = False
                i = table.stop
                continue
        kind = _furniture(line, low, lines, i, bool(current) and not _finished(text))
        if kind:
            if kind == "footnote":
                j = i + 1
                while j < len(lines) and lines[j].text and lines[j].row - lines[j - 1].row == 1 and not marker_of(lines[j]) and not _NOTE.match(lines[j].text):
                    j += 1
                part = list(lines[i:j])
                units.append(Unit("footnote", part, [x.span for x in part]))
                i = j
                continue
            closes = is_rule(line) and "*" in line.raw and not (current and not _finished(text))
            units.append(Unit("furniture", [line], [line.span], closes=closes))
            if closes:
                current = None
            i += 1
            continue
        if opening_words("recipients").match(line.key) and len(line.text) < 400:
            closing = "recipients"
            current = None
        elif _signs(line, lines, i, closing):
            closing = "signature"
            current = None
        elif signed and (_starts_annex(line, low, lines, i) or not _closing_line(line, lines, i)):
            closing = None
            signed = False
            annexes = True
            head_open = True
            current = None
        elif closing == "recipients" and _starts_annex(line, low, lines, i) and not line.raw.startswith("-"):
            closing = None
            head_open = True
            current = None
        if closing:
            block: BlockKind = "recipients" if closing == "recipients" else "signature"
            if current is not None and current.kind == block:
                current.lines.append(line)
                current.spans.append(line.span)
            else:
                current = Unit(block, [line], [line.span])
                units.append(current)
            if closing == "signature" and person_name(line.text) or _signed_inline(line):
                signed = True
            i += 1
            continue
        if _starts_annex(line, low, lines, i) and not head_open and _ANNEX.match(low) and line.row > 0 and _annex_head(line, lines, i):
            head_open = True
            annexes = True
            current = None
        marker = marker_of(line)
        if head_open and not marker and _annex_title(line, low, lines, i):
            title: BlockKind = "title" if _CAPTION.match(low) or _ANNEX.match(low) or type_line(line) else "heading"
            joined = current and current.annex and current.kind == title == "heading"
            if joined and current:
                current.lines.append(line)
                current.spans.append(line.span)
            else:
                current = Unit(title, [line], [line.span], annex=True)
                units.append(current)
            i += 1
            continue
        head_open = False
        if current and current.kind == "paragraph" and not current.annex and continues(text, current.lines[-1], line, marker, width):
            current.lines.append(line)
            current.spans.append(line.span)
            text += " " + line.text
        else:
            verdict = line.capitals and _VERDICT.match(line.key)
            current = Unit("title" if verdict else "paragraph", [line], [line.span], marker)
            text = line.text
            units.append(current)
        i += 1
    return units


def _finished(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ":", "!", "?", "”", ")"))


def _rows(table: Table, annex: bool) -> list[Unit]:
    return [
        Unit(row.kind, list(row.lines), list(row.spans), row.marker, row.cells, row.group)
        for row in table.rows
    ]


def _furniture(line: Line, low: str, lines: Sequence[Line], i: int, open_text: bool) -> BlockKind | None:
    if is_rule(line) or _IMAGE.fullmatch(line.raw) or not line.text:
        return "furniture"
    if len(line.text) < 12 and _PAGE.fullmatch(low):
        return "furniture"
    if len(line.text) < 120 and _GAZETTE.fullmatch(low):
        return "furniture"
    if _NOTE.match(line.text):
        return "footnote"
    if open_text and _LOOSE_NOTE.match(line.text) and line.row - lines[i - 1].row > 1:
        return "footnote"
    return None


def _signs(line: Line, lines: Sequence[Line], i: int, closing: str | None) -> bool:
    key = line.key
    if len(line.text) > 120:
        return False
    if line.capitals and opening_words("on_behalf").match(key):
        return True
    if opening_words("on_behalf").match(key) and re.match(r"(?:TM|KT|TL|TUQ|T/M|T/L|K/T)\b", line.text):
        return True
    titled = opening_words("signer").match(key) and line.capitals
    if not titled:
        return False
    if closing:
        return True
    return any(person_name(after.text) for after in lines[i + 1 : i + 4])


def _signed_inline(line: Line) -> bool:
    return bool(re.search(r"\(?(?:đã ký|ĐÃ KÝ|Đã ký)\)?\s*\S+", line.text)) and "TM" in line.text


def _closing_line(line: Line, lines: Sequence[Line], i: int) -> bool:
    """Whether a line after a signer's name still belongs to the closing."""
    if person_name(line.text) or opening_words("signer").match(line.key) and line.capitals:
        return True
    return line.raw.startswith(("-", "+")) or bool(opening_words("on_behalf").match(line.key)) and line.capitals


def _starts_annex(line: Line, low: str, lines: Sequence[Line], i: int) -> bool:
    if _CAPTION.match(low) or _ANNEX.match(low):
        return True
    found = type_line(line)
    return bool(found) or bool(line.capitals and not person_name(line.text) and len(line.text) > 12)


def _annex_head(line: Line, lines: Sequence[Line], i: int) -> bool:
    if not (line.capitals or line.bold or line.hashes or len(line.text) < 20):
        return False
    near = lines[i : i + 8]
    return any(_CAPTION.match(plain(x.text)) for x in near) or line.capitals and line.key.startswith("phu luc")


def _annex_title(line: Line, low: str, lines: Sequence[Line], i: int) -> bool:
    if _CAPTION.match(low) or _ANNEX.match(low) or type_line(line):
        return True
    if line.capitals or line.bold or line.hashes:
        return True
    return any(_CAPTION.match(plain(x.text)) for x in lines[i + 1 : i + 4]) and len(line.text) < 300
