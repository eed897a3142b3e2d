"""Text out of the files that plans come in: .txt, .md, .docx, .html.

What these functions give is the source text that all offsets count. Tables come out with a tab
between cells and a line a row; a line break inside a cell becomes a space.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khplans.errors import KhplansError, both
from khplans.intake.decoding import decode, refuse_html

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or a `KhplansError` that says why not."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KhplansError(
            both("không có tệp này", "no such file"),
            where=str(path),
            remedy=both("xem lại tên", "check the name"),
        ) from None
    except IsADirectoryError:
        raise KhplansError(
            both("là thư mục, không phải tệp", "a folder, not a file"),
            where=str(path),
            remedy=both("chỉ tên tệp bên trong", "name a file in it"),
        ) from None
    except ValueError:  # a NUL or half a character in it
        raise KhplansError(
            both("không phải tên tệp", "not a file's name"),
            where=ascii(str(path)),
            remedy=both("xem lại tên", "check the name"),
        ) from None
    except OSError as error:
        raise KhplansError(
            both(f"không đọc được ({error.strerror})", "can't be read"),
            where=str(path),
            remedy=both("xem quyền đọc", "check its permissions"),
        ) from None


def text_of(data: bytes, path: Path, *, strict: bool) -> str:
    """The text of a file's bytes, by its suffix; `strict` refuses a byte-order mark.

    Raises `KhplansError` for what isn't readable or has another suffix.
    """
    where = str(path)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return _word_text(data, where)
    if suffix in (".html", ".htm"):
        return _page_text(decode(data, where, mark_allowed=True), where)
    if suffix in (".txt", ".md"):
        text = decode(data, where, mark_allowed=not strict)
        refuse_html(text, where)
        return text
    raise KhplansError(
        both(f"chưa đọc được loại tệp {suffix or 'không đuôi'}", "can't read this kind of file"),
        where=where,
        remedy=both(f"dùng {', '.join(SUFFIXES[:4])}", "use one of these"),
    )


def _word_text(data: bytes, where: str) -> str:
    try:
        from docx import Document
    except ImportError:
        raise KhplansError(
            both("cần python-docx để đọc .docx", "reading .docx needs python-docx"),
            where=where,
            remedy="pip install 'khplans[docx]'",
        ) from None
    try:
        text = "\n".join(_word_lines(Document(io.BytesIO(data))))
    except Exception as error:
        # A damaged archive fails in as many ways as zip and XML have.
        raise KhplansError(
            both(f"tệp .docx hỏng ({type(error).__name__})", "a damaged .docx"),
            where=where,
            remedy=both("mở bằng Word và lưu lại", "open it in Word and save it again"),
        ) from None
    return _filled(text, where)


def _word_lines(document: WordDocument) -> Iterator[str]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                seen: list[Any] = []
                cells = []
                for cell in row.cells:
                    # A cell merged across or down is one element, met once in every place.
                    again = any(cell._tc is other for other in seen)
                    cells.append("" if again else " ".join(cell.text.split()))
                    seen.append(cell._tc)
                yield "\t".join(cells)
            yield ""
        else:
            yield from part.text.split("\n")


_BLOCKS = frozenset((
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article",
    "header", "footer", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption", "thead",
    "tbody", "form", "title",
))  # fmt: skip
_HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "nav", "svg", "iframe"))
_FAILED = re.compile(
    r"\b(?:40[0-9]|50[0-9]|not found|forbidden|bad gateway|access denied|service unavailable"
    r"|không tìm thấy trang|just a moment|captcha)\b",
    re.IGNORECASE,
)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.hidden = 0
        self.cells = 0
        self.in_title = False
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_title = tag == "title"
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in ("td", "th"):
            if self.cells:
                self.lines[-1] += "\t"
            self.cells += 1
        elif tag == "tr":
            self.lines.append("")
            self.cells = 0
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("tr", "table"):
            self.cells = 0
            self.lines.append("")
        elif tag in _BLOCKS:
            self._break()

    def _break(self) -> None:
        if self.cells:
            self.lines[-1] += " "
        else:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif not self.hidden:
            self.lines[-1] += re.sub(r"[ \r\n\f]+", " ", data)


def _page_text(page: str, where: str) -> str:
    parser = _Page()
    parser.feed(page)
    parser.close()
    lines = [re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", x).strip(" ")) for x in parser.lines]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if len(text) < 2000 and _FAILED.search(f"{parser.title} {text[:300]}"):
        raise KhplansError(
            both(f"là trang báo lỗi “{parser.title.strip()[:60]}”", "an error page"),
            where=where,
            remedy=both("tải lại văn bản từ nguồn", "fetch the document again"),
        )
    return _filled(text, where)


def _filled(text: str, where: str) -> str:
    if not text.strip():
        raise KhplansError(
            both("không có chữ nào", "holds no text"),
            where=where,
            remedy=both("nếu là ảnh quét, nhận dạng chữ trước", "if it is a scan, run OCR first"),
        )
    return text
