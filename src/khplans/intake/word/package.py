"""The parts of a .docx and their relations, within bounds that its own directory is held to."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from khplans.errors import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_ENTRIES = 10_000
_MOST_UNPACKED = 5_000_000
"""Bytes that any .docx may unpack to; a larger file may to `_MOST_TIMES` its size."""
_MOST_TIMES = 40
_MOST_XML = 64_000_000
"""Bytes of a part that is read."""
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""The names of Strict Open XML, which differ from those that Word writes in nothing else."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """Another part, its name in small letters, as case counts in none; `kind` is what it is to the
    one that names it (`footnotes`, `header`)."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class WordPackage:
    """An opened .docx. `unpacked` counts the bytes that all of it unpacks to."""

    where: str
    unpacked: int
    _archive: ZipFile
    _entries: dict[str, ZipInfo]

    def xml(self, part: str) -> Element | None:
        """The root of a part, in the names that Word writes; None where there is no such part.

        Raises `KhplansError` for one that is damaged, too large, or has a document type.
        """
        entry = self._entries.get(part.lower())
        if entry is None:
            return None
        if entry.file_size > _MOST_XML:
            raise refusal("docx-part-long", self.where, part=part, most=_MOST_XML)
        try:
            return _parsed(self._archive.read(entry))
        except _DocumentType:
            raise refusal("docx-damaged", self.where, why=f"{part}: DOCTYPE") from None
        except Exception as error:
            # A damaged archive fails in as many ways as zip and XML have.
            raise refusal(
                "docx-damaged", self.where, why=f"{part}: {type(error).__name__}"
            ) from None

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The parts that a part names, in its order; those outside the file are left out."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return () if root is None else tuple(_relations(root, folder))

    def main_part(self) -> str:
        """The name of the part that holds the document.

        Raises `KhplansError` where there is none.
        """
        named = [x.part for x in self.relations("") if x.kind == "officeDocument"]
        for part in (*named, "word/document.xml"):
            if part in self._entries:
                return part
        raise refusal("docx-damaged", self.where, why="document.xml?")


class _DocumentType(Exception):
    """A part begins with a document type, as no program writes it and attacks do."""


def open_package(data: bytes, where: str) -> WordPackage:
    """The package of a .docx or an .odt, nothing of it unpacked yet.

    Raises `KhplansError` for what is no archive, and for one that would unpack to too much.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
    except Exception as error:
        raise refusal("docx-damaged", where, why=type(error).__name__) from None
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise refusal("docx-of-entries", where, most=_MOST_ENTRIES)
    size = sum(entry.file_size for entry in entries)
    most = max(_MOST_UNPACKED, _MOST_TIMES * len(data))
    if size > most:
        raise refusal("docx-unpacked", where, most=most)
    named = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
    return WordPackage(where, size, archive, named)


def _parsed(data: bytes) -> Element:
    from lxml import etree

    def parse(written: bytes) -> Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True,
            remove_comments=True,
        )  # fmt: skip
        root = etree.fromstring(written, parser)
        if root.getroottree().docinfo.doctype:
            raise _DocumentType
        return root

    root = parse(data)
    if any(_STRICT.match(name.encode()) for name in root.nsmap.values()):
        usual = rb"http://schemas.openxmlformats.org/\1/2006/\2"
        root = parse(_STRICT.sub(usual, etree.tostring(root, encoding="utf-8")))
    return root


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for element in root.iter(_RELATIONSHIP):
        target = element.get("Target", "").replace("\\", "/")
        if element.get("TargetMode") == "External" or not target:
            continue
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
        yield Relation(element.get("Id", ""), posixpath.basename(element.get("Type", "")), part)
