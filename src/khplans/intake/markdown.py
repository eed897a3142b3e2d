"""Text and layout out of Markdown, of whatever dialect.

Markup of running text is resolved (escapes, entities, links, tags); what tells the reading how a
line stands out stays: the hashes of a heading, the marks of bold. `-------` below a line is a rule of
a letterhead and makes no heading of it. markdown-it reads the inside of paragraphs and cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from khplans.intake.drawn_grids import DrawnCell, is_grid_rule, read_drawn_grid
from khplans.intake.page_writer import OpenCell, OpenGrid, PageWriter
from khplans.intake.parsers import parser_of
from khplans.intake.raised import end_of, raised
from khplans.intake.taken import Taken
from khplans.intake.web_pages import BLOCKS, write_fragment
from khplans.layout import Heading, Item, Layout, LayoutTable, LeftOut, LeftOutKind, Note
from khplans.text.passage import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]")
_FENCE = re.compile(r"[ \t]{0,3}(```+)([^`]*)$")
_NOTE = re.compile(r"[ \t]{0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]|\^(\d{1,3}|\*{1,3})\^")
_REFERENCE = re.compile(
    r"[ \t]{0,3}\[([^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]+<?(?:https?:|ftp:|mailto:|tel:|[/#.])[^\s<>]*>?(?:[ \t]+[\"'(].{0,200})?[ \t]*$"
)
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_RULE_CELL = re.compile(r"[ \t]*:?[-=]+:?[ \t]*")
_MOST_HEADER_ROWS = 4
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_CAUGHT = ("sup", "del", "s", "strike")
_INLINE = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "nobr",
    "o:p", "q", "samp", "small", "span", "strong", "sub", "tt", "u", "var", "wbr",
))  # fmt: skip
_BLOCK = BLOCKS | {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
_LIST_ITEM = re.compile(r"(?:[-+*•]|\d{1,3}[.)]|[a-zđ]\))[ \t]")


@dataclass(frozen=True, slots=True)
class _Inline:
    """A part of a paragraph or cell; `after` begins what follows raised words.

    Lines end with a `break`, `wrap` where the paragraph only has no more room, or `join` in the
    midst of italics.
    """

    kind: Literal["words", "join", "wrap", "break", "br", "block", "raised", "call", "left-out"]
    words: str = ""
    after: str = ""
    reason: LeftOutKind = "other"


def read_markdown(text: str, where: str = "") -> Taken:
    r"""A Markdown file's words, with its tables as rows of cells parted by tabs.

    Needs markdown-it-py, and lxml for tables in HTML (`pip install "khplans[web]"`). Raises
    `KhplansError` for such a table that `read_web_page` refuses.

    >>> taken = read_markdown("1\\. Đạt \\>60% theo [Nghị định 30](https://a.vn)\n\nTT | Việc\n---|---\n1 | a \\| b")
    >>> taken.text
    '1. Đạt >60% theo Nghị định 30\n\nTT\tViệc\n1\ta | b'
    >>> [cell.header for cell in taken.layout.tables[0].cells]
    [True, True, False, False]
    """
    version = parser_of(".md", "markdown_it", where).__version__
    reader = _MarkdownReader(text, where)
    reader.read()
    return Taken(reader.text(), reader.layout(), (f"markdown-it-py {version}",))


class _MarkdownReader:
    """Goes through the lines once and writes them; what is written is `_at` characters long."""

    def __init__(self, text: str, where: str) -> None:
        self._where = where
        self._lines = [line.removesuffix("\r") for line in text.split("\n")]
        self._references = _references(self._lines)
        self._table_ends = _ends_of_tables(self._lines)
        self._parts: list[str] = []
        self._at = 0
        self._tables: list[LayoutTable] = []
        self._items: list[Item] = []
        self._headings: list[Heading] = []
        self._notes: list[Note] = []
        self._calls: dict[str, int] = {}
        self._left_out: list[LeftOut] = []

    def read(self) -> None:
        i = 0
        while i < len(self._lines):
            i = next(stop for form in self._FORMS if (stop := form(self, i)) is not None)
            if i < len(self._lines):
                self._put("\n")

    def text(self) -> str:
        return "".join(self._parts)

    def layout(self) -> Layout:
        notes = tuple(
            note
            if note.called is not None
            else replace(note, called=self._calls.pop(note.mark, None))
            for note in self._notes
        )
        unmet = [LeftOut("note-mark", mark, at) for mark, at in self._calls.items()]
        left_out = sorted([*self._left_out, *unmet], key=attrgetter("at"))
        return Layout(
            tuple(self._tables), tuple(self._items), tuple(self._headings), notes, tuple(left_out)
        )

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._at += len(text)

    def _fence(self, i: int) -> int | None:
        """Lines between fences stand as they are; the fences themselves show nothing."""
        fence = _FENCE.match(self._lines[i])
        if fence is None:
            return None
        stop = i + 1
        end = re.compile(rf"[ \t]*{fence[1]}`*[ \t]*")
        while stop < len(self._lines) and not end.fullmatch(self._lines[stop]):
            stop += 1
        if said := fence[2].strip():
            self._left_out.append(LeftOut("other", said, self._at))
        self._put("\n".join(self._lines[i + 1 : stop]))
        return stop + 1

    def _reference(self, i: int) -> int | None:
        return i + 1 if _REFERENCE.fullmatch(self._lines[i]) else None

    def _note(self, i: int) -> int | None:
        note = _NOTE.match(self._lines[i])
        if note is None:
            return None
        stop = self._stop_of_paragraph(i)
        begin = self._at
        self._put(f"[{note[1]}] ")
        self._write([self._lines[i][note.end() :], *self._lines[i + 1 : stop]])
        self._notes.append(Note(Span(begin, self._at), None, note[1]))
        return stop

    def _html_table(self, i: int) -> int | None:
        begins = _TABLE.search(self._lines[i])
        if begins is None or begins[1]:
            return None
        stop = self._table_ends.get(i) or self._stop_of_block(i)
        if before := self._lines[i][: begins.start()].strip():
            self._write([before])
            self._put("\n")
        writer = PageWriter()
        html = "\n".join(self._lines[i:stop])
        write_fragment(html[begins.start() :], writer, self._where)
        self._put_table(writer, stop)
        return stop

    def _pipe_table(self, i: int) -> int | None:
        found = _pipe_rows(self._lines, i)
        if found is None:
            return None
        header, rows, stop = found
        self._write_cells(_piped_cells(header, rows), stop)
        return stop

    def _grid_table(self, i: int) -> int | None:
        if not is_grid_rule(self._lines[i]):
            return None
        stop = i + 1
        while stop < len(self._lines) and self._lines[stop].strip()[:1] in ("|", "+"):
            stop += 1
        while not is_grid_rule(self._lines[stop - 1]):
            stop -= 1
        drawn = read_drawn_grid(self._lines[i:stop])
        if not drawn:
            return None
        self._write_cells(drawn, stop)
        return stop

    def _paragraph(self, i: int) -> int | None:
        stop = self._stop_of_paragraph(i)
        heading = _HEADING.match(self._lines[i])
        begin = self._at
        self._write(self._lines[i:stop])
        if heading:
            self._headings.append(Heading(Span(begin, self._at), len(heading[1])))
        return stop

    _FORMS = (_fence, _reference, _note, _html_table, _pipe_table, _grid_table, _paragraph)

    def _stop_of_paragraph(self, i: int) -> int:
        """Where the lines end that may be one paragraph: at a blank line or where another form begins."""
        stop = i + 1
        if _HEADING.match(self._lines[i]) or not self._lines[i].strip():
            return stop
        while stop < len(self._lines) and not self._begins_other(stop):
            stop += 1
        return stop

    def _stop_of_block(self, i: int) -> int:
        """The next blank line: there an HTML block ends that isn't closed."""
        blank = (n for n in range(i + 1, len(self._lines)) if not self._lines[n].strip())
        return next(blank, len(self._lines))

    def _begins_other(self, i: int) -> bool:
        line = self._lines[i]
        starts = (_HEADING, _FENCE, _NOTE, _REFERENCE)
        if not line.strip() or any(form.match(line) for form in starts):
            return True
        table = "<table" in line.lower() or is_grid_rule(line)
        return table or _pipe_rows(self._lines, i) is not None

    def _write(self, lines: Sequence[str]) -> None:
        """A paragraph of running text; its lines keep their indents."""
        indents = iter([line[: len(line) - len(line.lstrip())] for line in lines])
        self._put(next(indents))
        begun = False
        for piece in self._pieces("\n".join(line.strip() for line in lines)):
            if piece.kind in ("wrap", "break"):
                self._put("\n" + next(indents, ""))
                begun = False
            elif piece.kind == "join":
                next(indents, "")
                self._put(" ")
            elif piece.kind == "br":
                self._put("\n")
            elif piece.kind == "block":
                self._put("\n" if begun else "")
                begun = False
            else:
                begun = self._write_piece(piece) or begun

    def _write_piece(self, piece: _Inline) -> bool:
        """Write a piece of a line; whether anything of it is seen."""
        words: str | None = piece.words
        if piece.kind == "raised":
            words = raised(piece.words, end_of(self._parts), piece.after)
        if piece.kind == "call":
            self._call(piece.words, self._at)
        elif piece.kind == "left-out" or words is None:
            reason = "note-mark" if words is None else piece.reason
            self._left_out.append(LeftOut(reason, piece.words, self._at))
        else:
            self._put(words)
            return bool(words.strip())
        return False

    def _call(self, mark: str, at: int) -> None:
        """The mark of a note; a second one of the same leads nowhere."""
        if self._calls.setdefault(mark, at) != at:
            self._left_out.append(LeftOut("note-mark", mark, at))

    def _write_cells(self, cells: Sequence[DrawnCell], stop: int) -> None:
        writer = PageWriter()
        grid = OpenGrid([_grid_cell(cell) for cell in cells])
        base = self._begin_table()
        writer.begin_table(grid)
        for cell, drawn in zip(grid.cells, cells, strict=True):
            writer.begin_cell((grid, cell))
            for paragraph in _paragraphs(drawn.lines):
                writer.line_break()
                for piece in self._pieces(paragraph):
                    self._write_in_cell(piece, writer, base)
            writer.end_cell((grid, cell))
        writer.end_table(grid)
        self._put_table(writer, stop)

    def _write_in_cell(self, piece: _Inline, writer: PageWriter, base: int) -> None:
        match piece.kind:
            case "words":
                writer.words(piece.words)
            case "wrap" | "join":
                writer.words(" ")
            case "break" | "br" | "block":
                writer.line_break()
            case "raised":
                writer.raised((piece.words, piece.after, None))
            case "call":
                self._call(piece.words, base + writer.position)
            case "left-out":
                writer.leave_out((piece.reason, piece.words))

    def _begin_table(self) -> int:
        """A blank line before a table; where it begins."""
        if self._parts and not "".join(self._parts[-2:]).endswith("\n\n"):
            self._put("\n")
        return self._at

    def _put_table(self, writer: PageWriter, stop: int) -> None:
        at = self._begin_table()
        layout = writer.layout()
        first = len(self._tables)
        self._tables += [_moved_table(table, at, first) for table in layout.tables]
        self._items += [
            replace(item, span=_moved(item.span, at), marker=_moved(item.marker, at))
            for item in layout.items
        ]
        self._headings += [
            replace(heading, span=_moved(heading.span, at)) for heading in layout.headings
        ]
        self._notes += [
            replace(
                note,
                span=_moved(note.span, at),
                called=None if note.called is None else note.called + at,
            )
            for note in layout.notes
        ]
        self._left_out += [replace(piece, at=piece.at + at) for piece in layout.left_out]
        self._put(writer.text())
        if stop < len(self._lines) and self._lines[stop].strip():
            self._put("\n")

    def _pieces(self, source: str) -> Iterator[_Inline]:
        """What a paragraph shows, and what it holds besides."""
        (inline,) = _inline_parser().parseInline(source, {"references": self._references})
        tokens = inline.children or []
        last_end = {_tag(token): n for n, token in enumerate(tokens) if _tag(token).startswith("/")}
        catching, caught, italics = "", "", 0
        for n, token in enumerate(tokens):
            tag = _tag(token)
            if catching:
                if tag == f"/{catching}":
                    yield _caught(catching, caught, tokens[n + 1 : n + 2])
                    catching, caught = "", ""
                else:
                    caught += _caught_words(token)
            elif tag in _CAUGHT and last_end.get(f"/{tag}", -1) > n:
                catching = tag
            elif token.type == "softbreak" and italics and not _begins_item(tokens[n + 1 : n + 2]):
                yield _Inline("join")
            else:
                italics += {"em_open": 1, "em_close": -1}.get(token.type, 0)
                yield from _shown(token, tag)


def _references(lines: Sequence[str]) -> dict[str, dict[str, str]]:
    """What `[name]: address` defines, for links by name."""
    from markdown_it.common.utils import normalizeReference

    found = filter(None, map(_REFERENCE.fullmatch, lines))
    return {normalizeReference(line[1]): {"title": "", "href": "#"} for line in found}


def _tag(token: Token) -> str:
    """The name of an HTML tag or of a pair of `~~`, with a slash where it ends; else nothing."""
    if token.type in ("s_open", "s_close"):
        return "s" if token.type == "s_open" else "/s"
    found = _TAG.match(token.content) if token.type == "html_inline" else None
    return (found[1] + found[2]).lower() if found else ""


def _begins_item(following: Sequence[Token]) -> bool:
    return bool(following and _LIST_ITEM.match(following[0].content))


def _caught_words(token: Token) -> str:
    if token.type == "html_inline":
        return ""
    return token.content or (" " if token.type.endswith("break") else "")


def _caught(tag: str, words: str, following: Sequence[Token]) -> _Inline:
    if tag == "sup":
        return _Inline("raised", words, following[0].content[:3] if following else "")
    return _Inline("left-out", words, reason="struck")


def _shown(token: Token, tag: str) -> Iterator[_Inline]:
    name = tag.removeprefix("/")
    if token.type == "softbreak":
        yield _Inline("wrap")
    elif token.type == "hardbreak":
        yield _Inline("break")
    elif name == "br":
        yield _Inline("br")
    elif token.type == "image":
        yield _Inline("left-out", token.content, reason="picture")
    elif token.type in ("strong_open", "strong_close"):
        yield _Inline("words", token.markup)
    elif token.type == "text":
        yield from _marks(token.content)
    elif name in _BLOCK:
        yield _Inline("block")
    elif token.content.startswith("<!--"):
        yield _Inline(
            "left-out", token.content.removeprefix("<!--").removesuffix("-->"), reason="hidden"
        )
    elif name not in _INLINE:
        yield _Inline("words", token.content)


def _marks(text: str) -> Iterator[_Inline]:
    """Text, and the calls of notes (`[^1]`) and raised words (`^2^`) in it.

    >>> [(one.kind, one.words) for one in _marks("ha[^1], m^2^")]
    [('words', 'ha'), ('call', '1'), ('words', ', m'), ('raised', '2'), ('words', '')]
    """
    at = 0
    for mark in _MARK.finditer(text):
        yield _Inline("words", text[at : mark.start()])
        at = mark.end()
        yield _Inline("call", mark[1]) if mark[1] else _Inline("raised", mark[2], text[at : at + 3])
    yield _Inline("words", text[at:])


def _ends_of_tables(lines: Sequence[str]) -> dict[int, int]:
    """For each line that an HTML table begins on, the line after its end; none where it has none."""
    open_tables: list[int] = []
    ends: dict[int, int] = {}
    for number, line in enumerate(lines):
        for tag in _TABLE.finditer(line):
            if not tag[1]:
                open_tables.append(number)
            elif open_tables:
                ends[open_tables.pop()] = number + 1
    return ends


def _split(line: str) -> list[str]:
    """The cells of a line of a pipe table.

    >>> _split("| a | b \\\\| c |"), _split("a|b")
    ([' a ', ' b \\\\| c '], ['a', 'b'])
    """
    line = line.strip().removeprefix("|")
    return _BAR.split(line.removesuffix("|") if not line.endswith("\\|") else line)


def _is_alignment(line: str) -> bool:
    """Whether a line is the rule below a table's header.

    >>> _is_alignment("|:--|--:|"), _is_alignment("|a|b|"), _is_alignment("---")
    (True, False, False)
    """
    cells = _split(line)
    return len(cells) > 1 and all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _is_row(line: Sequence[str]) -> bool:
    """Whether a line is a row of a table, and not the rule below its header.

    >>> _is_row(["| a | b |"]), _is_row(["|---|---|"]), _is_row(["a"]), _is_row([])
    (True, False, False, False)
    """
    return bool(line and _BAR.search(line[0]) and not _is_alignment(line[0]))


def _pipe_rows(lines: Sequence[str], i: int) -> tuple[int, list[list[str]], int] | None:
    """How many header rows a pipe table has that begins at line `i`, its rows, and the line after it.

    What tells one is the row of rules below its header, with as many cells.
    """
    rule = _rule_below(lines, i)
    if rule is None:
        return None
    stop = _stop_of_pipes(lines, rule)
    header = [_split(line) for line in lines[i:rule]]
    body = [_split(line) for line in lines[rule + 1 : stop] if not _is_alignment(line)]
    if not any(cell.strip() for row in header for cell in row):
        header = []
    rows = [*header, *body]
    return (len(header), rows, stop) if rows else None


def _rule_below(lines: Sequence[str], i: int) -> int | None:
    """The row of rules below the header that begins at line `i`, with as many cells; None without one.

    >>> _rule_below(["a | b", "--|--", "1 | 2"], 0), _rule_below(["a | b", "--|--|--"], 0)
    (1, None)
    """
    if "|" not in lines[i]:
        return None
    for rule in range(i, min(len(lines), i + _MOST_HEADER_ROWS + 1)):
        if _is_alignment(lines[rule]):
            break
        if not _BAR.search(lines[rule]):
            return None
    else:
        return None
    if rule == i and not _is_row(lines[rule + 1 : rule + 2]):
        return None
    width = len(_split(lines[rule]))
    return rule if all(len(_split(line)) == width for line in lines[i:rule]) else None


def _stop_of_pipes(lines: Sequence[str], rule: int) -> int:
    """The line after the last row: each has bars, and begins with one where the row of rules does.

    >>> _stop_of_pipes(["a | b", "--|--", "1 | 2", "Hết."], 1)
    3
    """
    barred = lines[rule].lstrip().startswith("|")
    rows = takewhile(
        lambda line: _BAR.search(line) and (not barred or line.lstrip().startswith("|")),
        (lines[k] for k in range(rule + 1, len(lines))),
    )
    return rule + 1 + sum(1 for _ in rows)


def _piped_cells(header: int, rows: Sequence[Sequence[str]]) -> list[DrawnCell]:
    """The cells of a pipe table; `^^` says that the cell above goes on, as MultiMarkdown writes it."""
    cells: list[DrawnCell] = []
    above: dict[int, int] = {}
    width = max(map(len, rows))
    for row, words in enumerate(rows):
        for column in range(width):
            cell = words[column] if column < len(words) else ""
            if cell.strip() == "^^" and column in above:
                upper = cells[above[column]]
                cells[above[column]] = replace(upper, rows=upper.rows + 1)
                continue
            above[column] = len(cells)
            cells.append(DrawnCell(row, column, 1, 1, (cell,), row < header))
    return cells


def _grid_cell(cell: DrawnCell) -> OpenCell:
    return OpenCell(cell.row, cell.column, cell.columns, cell.rows, cell.header)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a cell, those of one paragraph together."""
    paragraph: list[str] = []
    for line in (*map(str.strip, lines), ""):
        if paragraph and (not line or _LIST_ITEM.match(line)):
            yield "\n".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved_table(table: LayoutTable, by: int, first: int) -> LayoutTable:
    cells = tuple(
        replace(cell, spans=tuple(_moved(span, by) for span in cell.spans)) for cell in table.cells
    )
    inside = None if table.inside is None else table.inside + first
    return replace(table, span=_moved(table.span, by), cells=cells, inside=inside)


@cache
def _inline_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
