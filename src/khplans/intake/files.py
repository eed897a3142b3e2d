"""Takes files in, whatever their form: text, Markdown, web pages, PDF, Word and what LibreOffice reads.

What a file is its bytes say; of one that is characters, its suffix says what they mean. What reads other forms
than text is imported when one is met: a build of texts has no need of it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.errors import blaming_khplans, refusal
from khplans.intake.decoding import decode, has_words, refuse_html, refuse_long
from khplans.intake.error_pages import refuse_error_page
from khplans.intake.kinds import TEXTS, Kind, kind_of
from khplans.intake.old_encodings import decoded, tools_for
from khplans.intake.taken import Received, Taken

if TYPE_CHECKING:
    from khplans.intake.pages.process import Progress

_PAGES = (".html", ".htm")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_OFFICE = (".docx", ".doc", ".odt", ".rtf")
MOST_BYTES = 200_000_000
"""Of a file with its pictures; a plan's words alone are held to `decoding.MOST_CHARACTERS`."""
SUFFIXES = (".txt", ".md", ".docx", ".pdf", *_PAGES, ".doc", ".odt", ".rtf", *_PICTURES)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or a `KhplansError` that says why not: of one over `MOST_BYTES`, too."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        # It would be waited for, maybe for ever.
        raise refusal("no-regular-file", path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except IsADirectoryError:
        raise refusal("folder-for-file", path) from None
    except ValueError:  # a NUL or half a character in it
        raise refusal("file-name-unusable", ascii(str(path))) from None
    except OSError as error:
        raise refusal("no-permission", path, error=error) from None
    if len(data) > MOST_BYTES:
        raise refusal("file-too-long", path, most=MOST_BYTES // 10**6)
    return data


def receive(path: Path, progress: Progress | None = None) -> Received:
    """A file, and what it gives. Raises as `read_bytes` and `take`."""
    data = read_bytes(path)
    return Received(path, data, take(data, path, strict=False, progress=progress))


def take(data: bytes, path: Path, *, strict: bool, progress: Progress | None = None) -> Taken:
    """What a file's bytes give: its text and, where the file shows it, its layout.

    `strict` refuses a byte-order mark; `progress` is told of each page. Raises `KhplansError` for what isn't readable or has another
    suffix than `SUFFIXES`.

    >>> take("KẾ HOẠCH".encode(), Path("a.txt"), strict=True).text
    'KẾ HOẠCH'
    """
    where = str(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise refusal(
            "suffix-unknown", where, suffix=suffix or "không đuôi", known=", ".join(SUFFIXES)
        )
    with blaming_khplans(where):
        kind = kind_of(data)
        if kind.name in TEXTS:
            taken = _take_characters(data, where, suffix, kind, strict=strict)
        else:
            taken = _take_file(data, where, kind, progress)
    return replace(taken, tools=(*taken.tools, *tools_for(taken.encodings)))


def _take_file(data: bytes, where: str, kind: Kind, progress: Progress | None) -> Taken:
    from khplans.intake.office import READABLE, read_by_office
    from khplans.intake.pages import read_pages, read_pictures
    from khplans.intake.pages.recognise import PICTURES
    from khplans.intake.word import read_word

    if kind.name == "docx":
        taken = read_word(data, where)
    elif kind.name == "pdf":
        taken = read_pages(data, where, progress)
    elif kind.name in PICTURES:
        taken = read_pictures(data, where, progress)
    elif kind.name in READABLE:
        taken = read_by_office(data, kind, where)
    else:
        raise kind.refused(where)
    _refuse_what_is_no_text(taken.text, where)
    return taken


def _take_characters(data: bytes, where: str, suffix: str, kind: Kind, *, strict: bool) -> Taken:
    is_page = suffix in _PAGES or (suffix in _OFFICE and kind.name == "html")
    if strict:
        return _read_characters(decode(data, where), where, suffix, is_page=is_page)
    characters = decoded(data, where, is_page=is_page)
    text = decode(characters.text.encode(), where, mark_allowed=True)
    taken = _read_characters(text, where, suffix, is_page=is_page)
    encodings = sorted({*characters.encodings, *taken.encodings})
    return replace(taken, encodings=tuple(encodings))


def _read_characters(text: str, where: str, suffix: str, *, is_page: bool) -> Taken:
    if is_page:
        return _page(text, where)
    refuse_html(text, where)
    refuse_error_page(text, where)
    if suffix != ".md":
        return Taken(text)
    from khplans.intake.markdown import read_markdown

    return read_markdown(text, where)


def _page(page: str, where: str) -> Taken:
    from khplans.intake.web_pages import read_web_page

    read = read_web_page(page, where)
    refuse_error_page(read.taken.text, where, title=read.title)
    _refuse_what_is_no_text(read.taken.text, where)
    return read.taken


def _refuse_what_is_no_text(text: str, where: str) -> None:
    refuse_long(text, where)
    if not has_words(text):
        raise refusal("text-without-words", where)
