"""Text out of .docx files, within bounds that the file's own directory and rows are held to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable

_MOST_ENTRIES = 10_000
_MOST_UNPACKED = 5_000_000
"""Bytes that any .docx may unpack to; a larger file may to `_MOST_TIMES` its size."""
_MOST_TIMES = 40
_MOST_CELLS = 1_000
"""Cells of a table's row; Word itself allows 63."""
_MOST_TEXT = 4
"""Characters of text for each byte unpacked: a cell merged down counts in each of its rows."""


def read_word(data: bytes, where: str) -> str:
    """The text of a .docx: a line a paragraph, a line a table row with a tab between cells.

    Raises `KhplansError` for a damaged file, one that unpacks to too much (by its directory, before
    anything is unpacked), and rows too wide.
    """
    try:
        from docx import Document
    except ImportError:
        raise KhplansError(
            both("cần python-docx để đọc .docx", "reading .docx needs python-docx"),
            where=where,
            remedy="pip install 'khplans[docx]'",
        ) from None
    try:
        most = _MOST_TEXT * _unpacked(data, where)
        lines, size = [], 0
        for line in _lines(Document(io.BytesIO(data)), where):
            lines.append(line)
            size += len(line) + 1
            if size > most:
                raise _too_much(where, f"hơn {most} ký tự", f"more than {most} characters")
        return "\n".join(lines)
    except KhplansError:
        raise
    except Exception as error:
        # A damaged archive fails in as many ways as zip and XML have.
        raise _damaged(where, error) from None


def _unpacked(data: bytes, where: str) -> int:
    """Bytes that the archive says it unpacks to; no more than that is ever unpacked."""
    try:
        entries = ZipFile(io.BytesIO(data)).infolist()
    except BadZipFile as error:
        raise _damaged(where, error) from None
    if len(entries) > _MOST_ENTRIES:
        raise _too_much(where, f"hơn {_MOST_ENTRIES} tệp con", f"more than {_MOST_ENTRIES} entries")
    size = sum(entry.file_size for entry in entries)
    most = max(_MOST_UNPACKED, _MOST_TIMES * len(data))
    if size > most:
        raise _too_much(where, f"bung ra hơn {most} byte", f"unpacks to more than {most} bytes")
    return size


def _lines(document: WordDocument, where: str) -> Iterator[str]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part, where)
            yield ""
        else:
            yield from part.text.split("\n")


def _rows(table: WordTable, where: str) -> Iterator[str]:
    """A cell merged across is met once in its row, one merged down once in each of its rows."""
    above: dict[int, Any] = {}
    for row in table._tbl.tr_lst:
        here: dict[int, Any] = {}
        cells: list[str] = []
        column = row.grid_before
        for cell in row.tc_lst:
            width = cell.grid_span
            if not 0 < width <= _MOST_CELLS - len(cells):
                wide = f"hàng bảng hơn {_MOST_CELLS} ô"
                raise _too_much(where, wide, f"a table row of more than {_MOST_CELLS} cells")
            top = above.get(column, cell) if cell.vMerge == "continue" else cell
            cells += [_text(top, table), *[""] * (width - 1)]
            here.update(dict.fromkeys(range(column, column + width), top))
            column += width
        above = here
        yield "\t".join(cells)


def _text(cell: Any, table: WordTable) -> str:
    from docx.table import _Cell

    return " ".join(_Cell(cell, table).text.split())


def _damaged(where: str, error: Exception) -> KhplansError:
    return KhplansError(
        both(f"tệp .docx hỏng ({type(error).__name__})", "a damaged .docx"),
        where=where,
        remedy=both("mở bằng Word và lưu lại", "open it in Word and save it again"),
    )


def _too_much(where: str, what: str, what_en: str) -> KhplansError:
    return KhplansError(
        both(f"tệp .docx quá lớn: {what}", f"a .docx beyond bounds: {what_en}"),
        where=where,
        remedy=both(
            "mở bằng Word, chia nhỏ rồi lưu lại", "open it in Word, split it, save it again"
        ),
    )
