"""Text and layout out of web pages, whatever their markup, as a reader of the page sees them.

libxml2 parses, in time that grows with the length alone (Lexbor's tree of a page of 90 kB can take
gigabytes). What it loses of what browsers show (text after `</html>`, `</br>`, a `</p>` that closes
nothing) is put right before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from khplans.errors import refusal
from khplans.intake.list_markers import MarkedList, marked_list, next_marker
from khplans.intake.old_fonts_of_pages import to_unicode
from khplans.intake.page_writer import OpenCell, OpenGrid, PageWriter, Part
from khplans.intake.parsers import parser_of
from khplans.intake.taken import Taken
from khplans.layout import LeftOutKind

_NEVER_SHOWN = (
    "script", "style", "template", "noscript", "iframe", "noframes", "noembed", "object", "canvas", "audio",
    "video", "datalist", "annotation", "title",
)  # fmt: skip
BLOCKS = frozenset((
    "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "aside",
    "main", "address", "figure", "figcaption", "ul", "ol", "menu", "dir", "dl", "dt", "dd", "blockquote", "pre",
    "hr", "caption", "form", "fieldset", "legend", "details", "summary", "option", "center", "xmp", "listing",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "id", "name", "href", "face", "style", "hidden", "open", "role", "colspan", "rowspan", "start", "type", "value", "reversed",
))  # fmt: skip
_STRUCK = ("del", "s", "strike")
_OF_WORDS = frozenset(("a", "b", "em", "font", "i", "small", "span", "strong", "u"))
_APART: Mapping[str, LeftOutKind] = {"nav": "other", "svg": "picture"}
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hidden", re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b", re.I)),
    ("struck", re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,80}\bline-through\b", re.I)),
    ("raised", re.compile(r"vertical-align\s*:\s*super\b", re.I)),
    ("pre", re.compile(r"white-space\s*:\s*pre", re.I)),
)  # fmt: skip
_END_LOST = re.compile(r"</(?:(p)|br|html|body)(?![^\s/>])[^<>]*>", re.IGNORECASE)
_ELEMENT = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
_OTHER = "span"
"""What stands for elements whose names XML can't hold, Word's `o:p` among them: they only hold words."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r"\r\n?|\n")
_NUMBER = re.compile(r"\s*\+?(\d{1,9})")
_DEEPEST = 2048
"""Elements inside each other; pages that never close one reach hundreds."""
_MOST_COLUMNS = 1000
"""In one row, as in HTML's own bound of a colspan."""
_NOTE_MARK = re.compile(r"\s*(?:\[\w{1,3}\]|\(\d{1,3}\))\s*")

_LONG = 20
"""Lines of a cell that arranges the page, at the least."""
_ALMOST_ALL = 0.8

_Event = tuple[Callable[[PageWriter, Any], None] | None, Any]
"""What is to be done with a value; without an action the value is events to go through first."""
_Ends = list[Callable[[], None]]
"""What is to be done at the end of an element, the last first."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page taken in, and its title."""

    title: str
    taken: Taken


def read_web_page(page: str, where: str = "") -> WebPage:
    r"""What a reader of the page sees: a line for each block, a row of a table with tabs between its cells.

    Needs lxml (`pip install "khplans[web]"`). Raises `KhplansError` for elements nested deeper than 2048 and rows of more than 1000 cells.

    >>> read_web_page("<title>A</title><p>x<br>y<table><tr><td>1<td>2</table>").taken.text
    'x\ny\n\n1\t2'
    """
    tools = (f"lxml {parser_of('.html', 'lxml.etree', where).__version__}",)
    root = _parsed(page, where)
    if root is None:
        return WebPage("", Taken("", PageWriter().layout(), tools))
    titles = root.iter("title")
    title = "".join(next(titles, root).itertext() if root.tag == "html" else ())
    writer = PageWriter()
    encodings = _write(root, writer, where)
    taken = Taken(writer.text(), writer.layout(), tools, encodings=encodings)
    return WebPage(title.strip(), taken)


def write_fragment(markup: str, writer: PageWriter, where: str = "") -> None:
    """Write what a reader of a piece of HTML sees; raises as `read_web_page` does."""
    root = _parsed(markup, where)
    if root is not None:
        _write(root, writer, where)


def _write(root: Any, writer: PageWriter, where: str) -> tuple[str, ...]:
    """Write what a reader sees; gives the old encodings that it was in."""
    from lxml import etree

    etree.strip_elements(root, *_NEVER_SHOWN, with_tail=False)
    encodings = to_unicode(root, where)
    _play(_Walk(root, where).events, writer)
    return encodings


def _parsed(page: str, where: str) -> Any:
    etree = parser_of(".html", "lxml.etree", where)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Tree(where))
    return etree.fromstring(_END_LOST.sub(_end_kept, page).encode(), parser)


class _Tree:
    """Makes a tree of what the parser finds: of the few attributes that matter, and not too deep.

    The tree that libxml2 makes takes time by the square of an element's attributes.
    """

    def __init__(self, where: str) -> None:
        from lxml import etree

        self._where = where
        self._builder: Any = etree.TreeBuilder()
        self._empty = True
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._empty = False
        self._depth += 1
        if self._depth > _DEEPEST:
            raise refusal("markup-too-deep", self._where)
        kept = _ATTRIBUTES & attributes.keys()
        self._builder.start(_name(name), {key: _for_xml(attributes[key]) for key in sorted(kept)})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_name(name))

    def data(self, text: str) -> None:
        self._builder.data(_for_xml(text))

    def close(self) -> Any:
        return None if self._empty or self._depth else self._builder.close()


def _name(element: str) -> str:
    return element if _ELEMENT.fullmatch(element) else _OTHER


def _for_xml(text: str) -> str:
    r"""The text, a blank for form feeds and the sign of what can't be read for other controls.

    >>> _for_xml("a\x0cb\x01")
    'a b\ufffd'
    """
    return _NOT_XML.sub(lambda control: " " if control[0] in "\x0b\x0c" else "\ufffd", text)


def _end_kept(end: re.Match[str]) -> str:
    return "</p><p></p>" if end[1] else "<br>"


def _play(events: Iterable[_Event], writer: PageWriter) -> None:
    open_events = [iter(events)]
    while open_events:
        for action, value in open_events[-1]:
            if action is None:
                open_events.append(iter(value))
                break
            action(writer, value)
        else:
            open_events.pop()


@dataclass(slots=True)
class _Size:
    """How many characters, and blocks of them, stand somewhere."""

    characters: int = 0
    lines: int = 0


@dataclass(slots=True)
class _OpenGrid:
    """A table while its rows are placed: `taken` has a bit for each column that a cell above fills."""

    grid: OpenGrid
    before: list[_Event] = field(default_factory=list)
    row: int = -1
    row_cells: list[OpenCell] = field(default_factory=list)
    group: list[OpenCell] = field(default_factory=list)
    taken: int = 0
    until: dict[int, int] = field(default_factory=dict)
    in_head: bool = False
    sizes: list[_Size] = field(default_factory=list)
    in_row: bool = False

    def begin_row(self) -> None:
        self.end_row()
        self.in_row = True
        self.row += 1
        self.taken &= ~self.until.pop(self.row, 0)

    def end_row(self) -> None:
        """Heading cells beside others head their row, not the columns."""
        if not self.in_head and not all(cell.header for cell in self.row_cells):
            for cell in self.row_cells:
                cell.header = False
        self.row_cells.clear()
        self.in_row = False

    def end_head(self) -> None:
        self.end_group()
        self.in_head = False

    def end_group(self) -> None:
        """No cell goes on below its group of rows."""
        self.end_row()
        for cell in self.group:
            left = self.row + 1 - cell.row
            cell.rows = left if cell.rows is None else min(cell.rows, left)
        self.group.clear()
        self.until.clear()
        self.taken = 0

    def place(self, columns: int, rows: int | None, header: bool) -> OpenCell | None:
        """The next cell of the row, in the first place that is free; None where there is no room."""
        if not self.in_row:
            self.begin_row()
        here = self.row_cells[-1] if self.row_cells else None
        begin = here.column + here.columns if here else 0
        free = ~self.taken >> begin
        column = begin + (free & -free).bit_length() - 1
        filled = self.taken >> column
        room = (filled & -filled).bit_length() - 1 if filled else _MOST_COLUMNS - column
        if column >= _MOST_COLUMNS:
            return None
        columns = min(columns, room)
        cell = OpenCell(self.row, column, columns, rows, header or self.in_head)
        if rows != 1:
            bits = ((1 << columns) - 1) << column
            self.taken |= bits
            if rows:
                self.until[self.row + rows] = self.until.get(self.row + rows, 0) | bits
        self.row_cells.append(cell)
        self.group.append(cell)
        self.grid.cells.append(cell)
        return cell

    @property
    def arranges_page(self) -> bool:
        """Whether it only arranges the page: no words, one cell, or almost all in one that is long."""
        words = sum(size.characters for size in self.sizes)
        if len(self.sizes) < 2 or not words:
            return True
        most = max(self.sizes, key=attrgetter("characters"))
        return most.lines > _LONG and most.characters >= _ALMOST_ALL * words


class _Walk:
    """Goes through a page's elements once and notes what is to be written, in the order of the page.

    What stands in a table but in none of its cells (a caption, stray words) comes before it, as
    browsers show it. How deep elements lie is bounded by the parser.
    """

    def __init__(self, root: Any, where: str) -> None:
        self.events: list[_Event] = []
        self._where = where
        self._sinks = [self.events]
        self._grids: list[_OpenGrid] = []
        self._cells = 0
        self._sizes = [_Size()]
        self._lists: list[MarkedList] = []
        self._preformatted = 0
        self._link: str | None = None
        self._blocks: list[_Ends] = []
        self._targets = {name for element in root.iter() for name in _names(element)}
        self._met: set[str] = set()
        self._called: set[str] = set()
        self._go_through(root)

    def _go_through(self, root: Any) -> None:
        from lxml import etree

        walker = etree.iterwalk(root, events=("start", "end"))
        open_elements: list[_Ends] = []
        for event, element in walker:
            if event == "start":
                ends: _Ends = []
                open_elements.append(ends)
                if self._is_left_out(element) or self._is_raised(element):
                    walker.skip_subtree()
                    continue
                self._begin(element, ends)
                self._text(element.text)
            else:
                for action in reversed(open_elements.pop()):
                    action()
                if element is not root:
                    self._text(element.tail)

    def _put(self, action: Callable[[PageWriter, Any], None], value: object = None) -> None:
        self._sinks[-1].append((action, value))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self._sizes[-1].characters += len(text.strip())
        if not self._preformatted:
            self._put(PageWriter.words, _WHITE.sub(" ", text))
            return
        for number, line in enumerate(_LINE_END.split(text)):
            if number:
                self._put(PageWriter.line_break)
            self._put(PageWriter.words, line)

    def _is_left_out(self, element: Any) -> bool:
        reason = _reason(element)
        if reason is None:
            return False
        self._put(PageWriter.leave_out, (reason, " ".join(element.itertext())))
        if element.tag in BLOCKS:
            self._put(PageWriter.line_break)
        return True

    def _is_raised(self, element: Any) -> bool:
        """Whether the element is raised words, or a bracketed number that leads to a note below."""
        words = "".join(element.itertext()) if _may_be_mark(element) else ""
        if not words.strip():
            return False
        link = next((_fragment(x) for x in element.iter("a") if _fragment(x)), self._link)
        target = link if link in self._targets and link not in self._met else None
        if _is_set_raised(element):
            self._put(PageWriter.raised, (words, (element.tail or "")[:3], target))
        elif target and _NOTE_MARK.fullmatch(words):
            self._put(PageWriter.call, (words, target))
        else:
            return False
        if target:
            self._called.add(target)
        self._met.update(name for x in element.iter() for name in _names(x))
        return True

    def _begin(self, element: Any, ends: _Ends) -> None:
        name = element.tag
        begin = self._BEGIN.get(name)
        if name in BLOCKS:
            self._block(element, ends)
        if begin is not None:
            begin(self, element, ends)
        if "pre" in _set_by(element) or name in ("pre", "textarea"):
            self._preformatted += 1
            ends.append(self._end_preformatted)
        self._notes(element, ends)

    def _end_preformatted(self) -> None:
        self._preformatted -= 1

    def _block(self, element: Any, ends: _Ends) -> None:
        self._put(PageWriter.line_break)
        if element.tag == "br" or (element.tag == "p" and not element.text and not len(element)):
            return
        self._sizes[-1].lines += 1
        self._blocks.append(ends)
        ends.append(self._end_block)

    def _end_block(self) -> None:
        self._blocks.pop()
        self._put(PageWriter.line_break)

    def _notes(self, element: Any, ends: _Ends) -> None:
        """Where a note that was called begins, the block around it is the note."""
        for name in _names(element):
            self._met.add(name)
            if name in self._called and self._blocks:
                self._called.remove(name)
                self._part(Part("note", target=name), self._blocks[-1])

    def _part(self, part: Part, ends: _Ends) -> None:
        self._put(PageWriter.begin, part)
        ends.append(lambda: self._put(PageWriter.end, part))

    def _heading(self, element: Any, ends: _Ends) -> None:
        self._part(Part("heading", int(element.tag[1])), ends)

    def _list(self, element: Any, ends: _Ends) -> None:
        items = sum(child.tag == "li" for child in element)
        self._lists.append(marked_list(element.tag, element.attrib, items))
        ends.append(self._end_list)

    def _end_list(self) -> None:
        self._lists.pop()

    def _item(self, element: Any, ends: _Ends) -> None:
        of = self._lists[-1] if self._lists else marked_list("ul", {}, 1)
        marker = next_marker(of, element.attrib)
        if marker:
            self._part(Part("item", max(0, len(self._lists) - 1), marker), ends)

    def _anchor(self, element: Any, ends: _Ends) -> None:
        self._link = _fragment(element)
        ends.append(self._end_anchor)

    def _end_anchor(self) -> None:
        self._link = None

    def _table(self, element: Any, ends: _Ends) -> None:
        grid = _OpenGrid(OpenGrid(arranges_page=element.get("role") in ("presentation", "none")))
        self._sinks[-1].append((None, grid.before))
        self._put(PageWriter.begin_table, grid.grid)
        self._sinks.append(grid.before)
        self._grids.append(grid)
        ends.append(self._end_table)

    def _end_table(self) -> None:
        grid = self._grids.pop()
        self._sinks.pop()
        grid.end_group()
        grid.grid.arranges_page = grid.grid.arranges_page or grid.arranges_page
        self._put(PageWriter.end_table, grid.grid)

    @property
    def _rows_of(self) -> _OpenGrid | None:
        """The innermost table, where none of its cells is open."""
        return self._grids[-1] if len(self._grids) > self._cells else None

    def _group(self, element: Any, ends: _Ends) -> None:
        grid = self._rows_of
        if grid is not None:
            grid.end_group()
            grid.in_head = element.tag == "thead"
            ends.append(grid.end_head)

    def _row(self, _: Any, ends: _Ends) -> None:
        grid = self._rows_of
        if grid is not None:
            grid.begin_row()
            ends.append(grid.end_row)

    def _cell(self, element: Any, ends: _Ends) -> None:
        grid = self._rows_of
        if grid is None:
            self._block(element, ends)
            return
        columns = _whole(element.get("colspan")) or 1
        rows = _whole(element.get("rowspan"))
        cell = grid.place(columns, rows or None, element.tag == "th")
        if cell is None:
            raise refusal("html-row-too-wide", self._where, most=_MOST_COLUMNS)
        self._cells += 1
        self._sinks.append(self._sinks[-2])
        self._sizes.append(_Size())
        self._put(PageWriter.begin_cell, (grid.grid, cell))
        ends.append(lambda: self._end_cell(grid, cell))

    def _end_cell(self, grid: _OpenGrid, cell: OpenCell) -> None:
        self._put(PageWriter.end_cell, (grid.grid, cell))
        self._cells -= 1
        self._sinks.pop()
        size = self._sizes.pop()
        grid.sizes.append(size)
        self._sizes[-1].characters += size.characters
        self._sizes[-1].lines += size.lines

    _BEGIN: ClassVar[Mapping[str, Callable[[_Walk, Any, _Ends], None]]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
        **dict.fromkeys(("thead", "tbody", "tfoot"), _group),
        **dict.fromkeys(("td", "th"), _cell),
        "li": _item, "a": _anchor, "table": _table, "tr": _row,
    }  # fmt: skip


def _reason(element: Any) -> LeftOutKind | None:
    """Why readers don't see an element, or see it struck out; None where they read it."""
    name, styles = element.tag, _set_by(element)
    if name in _STRUCK or "struck" in styles:
        return "struck"
    if "hidden" in styles or element.get("hidden") is not None:
        return "hidden"
    if name == "dialog" and element.get("open") is None:
        return "hidden"
    return _APART.get(name)


def _set_by(element: Any) -> tuple[str, ...]:
    """What an element's own style makes of it, of what matters here."""
    style = element.get("style")
    return tuple(name for name, form in _STYLES if form.search(style)) if style else ()


def _is_set_raised(element: Any) -> bool:
    """Whether it is raised words; where cells and blocks are set so, they are only aligned."""
    return element.tag == "sup" or (element.tag in _OF_WORDS and "raised" in _set_by(element))


def _may_be_mark(element: Any) -> bool:
    return _is_set_raised(element) or _fragment(element) is not None


def _fragment(element: Any) -> str | None:
    """The place on a page that a link leads to; saved pages have their own address before it."""
    link = element.get("href", "") if element.tag == "a" else ""
    return link.partition("#")[2] or None


def _names(element: Any) -> Iterator[str]:
    """What links call an element by."""
    for name in (element.get("id"), element.get("name")):
        if name:
            yield name


def _whole(written: str | None) -> int:
    """A span as written: 1 where nothing readable is."""
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else 1
