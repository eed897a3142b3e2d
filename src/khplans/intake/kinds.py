"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from khplans.errors import KhplansError, both

_HEAD = 1_024
"""Bytes in which a file says what it is."""
_LONGEST_MIMETYPE = 100
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html[\s>]|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)  # fmt: skip
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_SAVE_AS = both("mở bằng Word, lưu lại thành .docx", "open it in Word and save it as .docx")
_UNLOCK = both(
    "mở bằng Word, gỡ mật khẩu rồi lưu lại", "open it in Word, take the password off, save it again"
)
_AS_TEXT = both(
    "chuyển sang văn bản UTF-8 hoặc đặt đúng đuôi tệp",
    "convert it to UTF-8 text or give it its own extension",
)
RECOGNISE = both("nếu là ảnh quét, nhận dạng chữ trước", "if it is a scan, run OCR first")
_UNPACK = both("giải nén rồi lấy tệp bên trong", "unpack it and take the file in it")


@dataclass(frozen=True, slots=True)
class Contents:
    """The bytes of a file and, of an archive or an OLE file, the names of what is in it."""

    data: bytes
    names: frozenset[str] = frozenset()
    mimetype: str = ""

    @property
    def head(self) -> bytes:
        return self.data[:_HEAD].removeprefix(_BYTE_ORDER_MARK).lstrip()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how people call it, what to do where it can't be read, and its signature."""

    name: str
    called: str
    remedy: str
    is_it: Callable[[Contents], bool]
    called_in_english: str = ""

    @property
    def english(self) -> str:
        return self.called_in_english or self.called

    def refused(self, where: str) -> KhplansError:
        """What to raise where such a file can't be read."""
        return KhplansError(
            "form-unknown",
            both(f"là tệp {self.called}, không phải văn bản", f"a {self.english} file, not text"),
            where=where,
            remedy=self.remedy,
        )


def kind_of(data: bytes) -> Kind:
    r"""The kind that a file's bytes show.

    >>> kind_of(b"%PDF-1.7").name, kind_of("KẾ HOẠCH".encode()).name, kind_of(b"{\\rtf1").name
    ('pdf', 'text', 'rtf')
    """
    contents = _contents(data)
    return next(kind for kind in _KINDS if kind.is_it(contents))


def _contents(data: bytes) -> Contents:
    if data.startswith(_OLE):
        return Contents(data, frozenset(_ole_names(data)))
    if not data.startswith(b"PK"):
        return Contents(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(entry.filename for entry in archive.infolist())
            return Contents(data, names, _mimetype(archive))
    except Exception:
        # As many ways to be damaged as zip has: who reads it says so.
        return Contents(data)


def _mimetype(archive: ZipFile) -> str:
    """What OpenDocument and EPUB say in their first entry.

    >>> import io
    >>> def told(name, data):
    ...     with ZipFile(made := io.BytesIO(), "w") as there: there.writestr(name, data)
    ...     return _mimetype(ZipFile(made))
    >>> told("mimetype", "application/epub+zip"), told("a.txt", "b"), told("mimetype", "x" * 9999)
    ('application/epub+zip', '', '')
    """
    first = next(iter(archive.infolist()), None)
    if first is None or first.filename != "mimetype" or first.file_size > _LONGEST_MIMETYPE:
        return ""
    return archive.read(first).decode("ascii", "replace").strip()


def _ole_names(data: bytes) -> Iterator[str]:
    """The names in an OLE file's directory, as far as it can be followed."""
    shift = int.from_bytes(data[30:32], "little")
    size = 1 << shift if shift in (9, 12) else 0
    sector = int.from_bytes(data[48:52], "little")
    seen: set[int] = set()
    while size and sector not in seen and (sector + 1) * size < len(data):
        seen.add(sector)
        start = (sector + 1) * size
        for entry in range(start, start + size, 128):
            length = int.from_bytes(data[entry + 64 : entry + 66], "little")
            yield data[entry : entry + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        sector = _next_sector(data, sector, size)


def _next_sector(data: bytes, sector: int, size: int) -> int:
    """The sector that follows in a chain, by the tables that the header names; else one past the end."""
    table, place = divmod(sector, size // 4)
    if table >= 109:
        return len(data)
    named = 76 + 4 * table
    start = (int.from_bytes(data[named : named + 4], "little") + 1) * size + 4 * place
    return int.from_bytes(data[start : start + 4] or b"\xff" * 4, "little")


def _ole(*names: str) -> Callable[[Contents], bool]:
    """Whether a file is of the old Microsoft form, with one of these streams in it where any are named.

    >>> contents = Contents(_OLE, frozenset({"WordDocument"}))
    >>> _ole("WordDocument")(contents), _ole("Workbook")(contents), _ole()(contents), _ole()(Contents(b"a"))
    (True, False, True, False)
    """
    return lambda contents: (
        contents.data.startswith(_OLE) and (not names or not contents.names.isdisjoint(names))
    )


def _zip(folder: str) -> Callable[[Contents], bool]:
    return lambda contents: any(name.lower().startswith(folder) for name in contents.names)


def _mime(beginning: str) -> Callable[[Contents], bool]:
    return lambda contents: contents.mimetype.startswith(beginning)


def _begins(*magic: bytes) -> Callable[[Contents], bool]:
    return lambda contents: contents.head.startswith(magic)


def _damaged_archive(contents: Contents) -> bool:
    """Whether a file begins as a zip and can't be opened as one.

    >>> _damaged_archive(Contents(b"PK\\x03\\x04")), _damaged_archive(Contents(b"PK\\x03\\x04", frozenset({"a"})))
    (True, False)
    """
    return contents.data.startswith(b"PK\x03\x04") and not contents.names


def _word_xml(contents: Contents) -> bool:
    """Whether it is a document of Word in one XML file.

    >>> datas = b"<w:wordDocument>", b'<?mso-application progid="Word.Document"?>', b"<html>"
    >>> [_word_xml(Contents(data)) for data in datas]
    [True, True, False]
    """
    return b"<w:wordDocument" in contents.head or b'progid="Word.Document"' in contents.head


def _mhtml(contents: Contents) -> bool:
    """Whether it is a web page saved with its pictures in one file.

    >>> datas = b"MIME-Version: 1.0\\nContent-Type: multipart/related", b"MIME-Version: 1.0"
    >>> [_mhtml(Contents(data)) for data in datas]
    [True, False]
    """
    return b"MIME-Version:" in contents.head and b"multipart/related" in contents.head


_KINDS = (
    Kind("locked", "Office có mật khẩu", _UNLOCK, _ole("EncryptedPackage"), "password-protected Office"),
    Kind("doc", "Word 97-2003 (.doc)", _SAVE_AS, _ole("WordDocument")),
    Kind("xls", "Excel 97-2003 (.xls)", _AS_TEXT, _ole("Workbook", "Book")),
    Kind("ppt", "PowerPoint 97-2003 (.ppt)", _AS_TEXT, _ole("PowerPoint Document")),
    Kind("ole", "Office 97-2003 (.doc, .xls, .ppt)", _SAVE_AS, _ole()),
    Kind("odt", "OpenDocument (.odt)", _SAVE_AS, _mime("application/vnd.oasis.opendocument.text")),
    Kind("opendocument", "OpenDocument", _AS_TEXT, _mime("application/vnd.oasis.opendocument")),
    Kind("epub", "EPUB", _AS_TEXT, _mime("application/epub")),
    Kind("docx", "Word (.docx)", _SAVE_AS, _zip("word/")),
    Kind("xlsx", "Excel (.xlsx)", _AS_TEXT, _zip("xl/")),
    Kind("pptx", "PowerPoint (.pptx)", _AS_TEXT, _zip("ppt/")),
    Kind("docx", "Word (.docx)", _SAVE_AS, _damaged_archive),
    Kind("zip", "ZIP", _UNPACK, _begins(b"PK\x03\x04", b"PK\x05\x06")),
    Kind("pdf", "PDF", _AS_TEXT, _begins(b"%PDF")),
    Kind("rtf", "RTF", _SAVE_AS, _begins(b"{\\rtf")),
    Kind("png", "PNG", RECOGNISE, _begins(b"\x89PNG")),
    Kind("jpeg", "JPEG", RECOGNISE, _begins(b"\xff\xd8\xff")),
    Kind("tiff", "TIFF", RECOGNISE, _begins(b"II*\0", b"MM\0*")),
    Kind("gif", "GIF", RECOGNISE, _begins(b"GIF8")),
    Kind("gzip", "gzip", _UNPACK, _begins(b"\x1f\x8b")),
    Kind("rar", "RAR", _UNPACK, _begins(b"Rar!\x1a\x07")),
    Kind("7z", "7-Zip", _UNPACK, _begins(b"7z\xbc\xaf\x27\x1c")),
    Kind("word-xml", "Word XML 2003", _SAVE_AS, _word_xml),
    Kind("mhtml", "MHTML", both("lưu trang với đuôi .html", "save the page as .html"), _mhtml),
    Kind("html", "HTML", both("đặt đuôi .html", "call it .html"), lambda contents: bool(_HTML.match(contents.head))),
    Kind("text", "văn bản thuần", both("đặt đuôi .txt", "call it .txt"), lambda _: True, "plain text"),
)  # fmt: skip
"""The first whose signature is there is it."""
TEXTS = frozenset(("text", "html"))
"""Kinds that are characters: what they mean, their suffix says."""
