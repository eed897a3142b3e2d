"""From pages to a text and its layout: reading order, tables over pages, notes at the end, margins left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from khplans.errors import both
from khplans.intake.pages.blocks import Block, PageBlocks, PrintedGrid, blocks_of
from khplans.intake.pages.footnotes import FootNote, without_notes
from khplans.intake.pages.joining import Joined, has_same_columns
from khplans.intake.pages.lines import PrintedLine
from khplans.intake.pages.margins import Trimmed, without_margins
from khplans.intake.pages.page import Page
from khplans.intake.pages.side_by_side import with_columns
from khplans.intake.pages.unruled import is_unruled, with_unruled
from khplans.intake.pages.writing import PagesWriter, pitch_of
from khplans.intake.taken import Taken


@dataclass(frozen=True, slots=True)
class _Content:
    """A page without its margins and notes, and these."""

    trimmed: Trimmed
    notes: tuple[FootNote, ...]

    @property
    def page(self) -> PageBlocks:
        return self.trimmed.page

    @property
    def lines(self) -> list[PrintedLine]:
        """Its lines outside tables."""
        return [block for block in self.page.blocks if isinstance(block, PrintedLine)]


@dataclass(slots=True)
class _PagedTable:
    """A table, with the pages that begin inside it."""

    joined: Joined
    pages: list[_Content] = field(default_factory=list)


Part = PrintedLine | _PagedTable | _Content
"""A piece of the text, or the beginning of a page."""


def text_of_pages(pages: Sequence[Page], where: str) -> Taken:
    """The text of pages, and its layout; `where` is what errors call the file."""
    contents = list(_contents(pages))
    writer = PagesWriter(where, pitch_of(content.lines for content in contents))
    parts = _parts(contents)
    for part in parts:
        _write(part, writer)
    writer.write_notes()
    tables = [part.joined for part in parts if isinstance(part, _PagedTable)]
    return Taken(writer.text(), writer.layout(), doubts=tuple(_doubts(tables, pages)))


def _contents(pages: Sequence[Page]) -> Iterable[_Content]:
    above: PrintedGrid | None = None
    for trimmed in without_margins([blocks_of(page) for page in pages]):
        page, notes = without_notes(trimmed.page)
        page = with_columns(with_unruled(page, above))
        above = _unruled_at_end(page, above)
        yield _Content(replace(trimmed, page=page), notes)


def _unruled_at_end(page: PageBlocks, above: PrintedGrid | None) -> PrintedGrid | None:
    """The table without lines that a page ends with, with the header that it has from the page before."""
    last = page.blocks[-1] if page.blocks else None
    if not isinstance(last, PrintedGrid) or not is_unruled(last):
        return None
    has_names = any(cell.header for cell in last.cells)
    if above is None or has_names or len(page.blocks) > 1:
        return last
    names = tuple(cell for cell in above.cells if cell.header)
    return replace(last, cells=(*names, *last.cells))


def _parts(contents: Iterable[_Content]) -> list[Part]:
    """The lines and tables in reading order, tables over pages joined."""
    parts: list[Part] = []
    for content in contents:
        blocks: Sequence[Block] = content.page.blocks
        open_table = parts[-1] if parts else None
        if isinstance(open_table, _PagedTable) and blocks and _goes_on(open_table, blocks[0]):
            open_table.pages.append(content)
            blocks = blocks[1:]
        else:
            parts.append(content)
        parts += [_PagedTable(Joined(x)) if isinstance(x, PrintedGrid) else x for x in blocks]
    return parts


def _goes_on(table: _PagedTable, block: Block) -> bool:
    """Whether a block goes on with a table, which then has its rows."""
    if isinstance(block, PrintedLine) or not has_same_columns(table.joined.first, block):
        return False
    table.joined.join(block)
    return True


def _write(part: Part, writer: PagesWriter) -> None:
    if isinstance(part, PrintedLine):
        writer.write_line(part)
    elif isinstance(part, _Content):
        _begin_page(part, writer)
    else:
        _write_table(part, writer)


def _begin_page(content: _Content, writer: PagesWriter) -> None:
    page = content.page
    writer.begin_page(page.page, content.lines)
    for marginal in content.trimmed.marginals:
        writer.leave_out(marginal.kind, marginal.line.text)
    for aside in page.page.asides:
        writer.leave_out(aside.kind, aside.text)
    for note in content.notes:
        writer.keep_note(note)


def _write_table(table: _PagedTable, writer: PagesWriter) -> None:
    grid = table.joined.grid()
    waiting = list(table.pages)
    repeated = list(table.joined.repeated)
    writer.begin_table(grid)
    for row, (page, cells) in enumerate(zip(grid.pages, grid.rows(), strict=True)):
        writer.begin_row()
        while waiting and waiting[0].page.page.number <= page:
            _begin_page(waiting.pop(0), writer)
        while repeated and repeated[0][0] <= row:
            writer.leave_out("repeated-header", repeated.pop(0)[1])
        writer.write_row(cells)
    writer.end_table()
    for content in waiting:
        _begin_page(content, writer)
    for _, words in repeated:
        writer.leave_out("repeated-header", words)


def _doubts(tables: Sequence[Joined], pages: Sequence[Page]) -> Iterable[str]:
    mended = sum(table.mended for table in tables)
    if mended:
        yield both(
            f"{mended} hàng của bảng bị ngắt trang cắt đôi đã được nối lại: xem lại",
            f"{mended} rows of tables that a page's end cut in two were joined: look them over",
        )
    unruled = sorted({n for table in tables if is_unruled(table.first) for n in table.grid().pages})
    if unruled:
        yield both(
            f"bảng không kẻ ô ở trang {listed(unruled)}: cột và hàng đoán theo khoảng trống, xem lại",
            "tables without lines on these pages: columns and rows go by the space between words, look them over",
        )
    unknown = [page.number for page in pages if page.unmapped]
    if unknown:
        yield both(
            f"trang {listed(unknown)} có chữ mà tệp không cho biết là chữ gì (“�”): xem lại",
            "letters on these pages of which the file doesn't tell what they are: look them over",
        )
    askew = [page.number for page in pages if any(x.kind == "other" for x in page.asides)]
    if askew:
        yield both(
            f"chữ in nghiêng trên trang {listed(askew)} không được lấy",
            "words that run askew over these pages are left out",
        )


def listed(numbers: Sequence[int]) -> str:
    """The first ten of some pages' numbers.

    >>> listed(range(1, 12))
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …'
    """
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
