"""Text out of the files that plans come in: .txt, .md, .docx, .html.

What these functions give is the source text that all offsets count. Tables come out with a tab
between cells and a line a row; a line break inside a cell becomes a space.
"""

from __future__ import annotations

from pathlib import Path

from khplans.errors import KhplansError, both
from khplans.intake.decoding import decode, has_words, refuse_html
from khplans.intake.error_pages import refuse_error_page
from khplans.intake.markdown import read_markdown
from khplans.intake.taken import Taken
from khplans.intake.web_pages import read_web_page
from khplans.intake.word_files import read_word

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


def take(data: bytes, path: Path, *, strict: bool) -> Taken:
    """What a file's bytes hold, read by its suffix; `strict` refuses a byte-order mark.

    Raises `KhplansError` for what isn't readable or has another suffix.
    """
    where = str(path)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return _filled(Taken(read_word(data, where)), where)
    if suffix in (".html", ".htm"):
        return _filled(_take_page(decode(data, where, mark_allowed=True), where), where)
    if suffix in (".txt", ".md"):
        text = decode(data, where, mark_allowed=not strict)
        refuse_html(text, where)
        refuse_error_page(text, where)
        return read_markdown(text, where) if suffix == ".md" else Taken(text)
    raise KhplansError(
        both(f"chưa đọc được loại tệp {suffix or 'không đuôi'}", "can't read this kind of file"),
        where=where,
        remedy=both(f"dùng {', '.join(SUFFIXES[:4])}", "use one of these"),
    )


def _take_page(page: str, where: str) -> Taken:
    read = read_web_page(page, where)
    refuse_error_page(read.taken.text, where, title=read.title)
    return read.taken


def _filled(taken: Taken, where: str) -> Taken:
    if not has_words(taken.text):
        raise KhplansError(
            both("không có chữ nào", "holds no text"),
            where=where,
            remedy=both("nếu là ảnh quét, nhận dạng chữ trước", "if it is a scan, run OCR first"),
        )
    return taken
