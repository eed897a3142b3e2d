"""From the bytes of a .docx to its text and layout."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from khplans.errors import both, refusal
from khplans.intake.parsers import parser_of
from khplans.intake.taken import Taken
from khplans.intake.word.document import DocumentWriter
from khplans.intake.word.fields import closed_fields
from khplans.intake.word.footnotes import notes_of
from khplans.intake.word.numbering import WordNumbering
from khplans.intake.word.old_fonts import to_unicode
from khplans.intake.word.package import WordPackage, open_package
from khplans.intake.word.runs import RunReader, all_words
from khplans.intake.word.styles import Styles
from khplans.intake.word.writing import Writer
from khplans.intake.word.xml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_TEXT = 4
"""Characters of text for each byte unpacked."""


def read_word(data: bytes, where: str) -> Taken:
    """The text of a .docx and its layout; `where` is what errors call the file.

    List numbers and bullets stand in the text as Word shows them, changes are accepted, notes stand
    at the end. Raises `KhplansError` for a damaged file, and for one beyond bounds: what it unpacks
    to (by its directory, before anything is unpacked), columns, nesting, text.
    """
    etree = parser_of(".docx", "lxml.etree", where, extra="docx")
    taken = _read(open_package(data, where))
    version = ".".join(map(str, etree.LXML_VERSION[:3]))
    return replace(taken, tools=(f"lxml {version}",))


def _read(package: WordPackage) -> Taken:
    name = package.main_part()
    document = package.xml(name)
    body = None if document is None else document.find(W + "body")
    if document is None or body is None:
        raise refusal("docx-damaged", package.where, why="w:body?")
    parts = _OtherParts(package, name)
    styles = Styles(parts.one("styles"))
    footnotes, endnotes = parts.one("footnotes"), parts.one("endnotes")
    comments = parts.one("comments")
    headers, footers = list(parts.all("header")), list(parts.all("footer"))
    roots = (document, footnotes, endnotes, comments, *headers, *footers)
    encodings = to_unicode(roots, styles, package.where)
    writer = Writer(package.where, _MOST_TEXT * package.unpacked)
    made = DocumentWriter(
        writer,
        styles,
        WordNumbering(parts.one("numbering"), styles, package.where),
        notes_of({"footnote": footnotes, "endnote": endnotes}, document, parts.one("settings")),
        package.where,
    )
    closed = closed_fields(document, footnotes, endnotes)
    runs = RunReader(styles, closed, _comments(comments), dated=set())
    writer.leave_out("header", _words_of_all(headers), 0)
    made.body(body, runs)
    made.notes(runs.box())
    writer.leave_out("footer", _words_of_all(footers), writer.at)
    doubts = tuple(_doubts(made.unread, runs.dated))
    return Taken(writer.text(), writer.layout(), doubts=doubts, encodings=encodings)


class _OtherParts:
    """The parts beside the document's own, as its relations name them."""

    def __init__(self, package: WordPackage, main: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(main)
        self._relations = package.relations(main)

    def one(self, kind: str) -> Element | None:
        """The part of a kind; where no relation leads to it, the one of the usual name."""
        named = [x.part for x in self._relations if x.kind == kind]
        for part in (*named, posixpath.join(self._folder, f"{kind}.xml")):
            root = self._package.xml(part)
            if root is not None:
                return root
        return None

    def all(self, kind: str) -> Iterator[Element]:
        """All parts of a kind that are there, each once, by their names."""
        for part in sorted({x.part for x in self._relations if x.kind == kind}):
            root = self._package.xml(part)
            if root is not None:
                yield root


def _words_of_all(roots: Iterable[Element]) -> str:
    return "\n".join(filter(None, map(all_words, roots)))


def _comments(root: Element | None) -> dict[str, str]:
    found = () if root is None else root.iterfind(W + "comment")
    return {element.get(W + "id", ""): all_words(element) for element in found}


def _doubts(unread: int, dated: set[str]) -> Iterator[str]:
    if unread:
        yield both(
            f"{unread} tài liệu nhúng trong tệp không được đọc",
            f"{unread} embedded documents are not read",
        )
    if dated:
        yield both(
            "tệp có trường ngày tự đổi theo ngày mở: xem lại ngày tháng",
            "the file has date fields that change with the day: look the dates over",
        )
