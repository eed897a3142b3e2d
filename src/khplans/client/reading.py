"""Extraction from any plan, without registering it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khplans.client.collection import Collection
from khplans.client.frames import categories_of, with_dictionaries
from khplans.client.names import unknown
from khplans.errors import blaming_khplans

if TYPE_CHECKING:
    import pyarrow as pa

    from khplans.intake import Plan
    from khplans.model import Source
    from khplans.tables.rows import Row


def read(path_or_text: str | os.PathLike[str]) -> Collection:
    """What a plan says: the same tables as those of a release, from a file or from a text.

    A `str` is a path where a file is there or where it is one line that ends like a file's name
    (`.txt`, `.md`, `.docx`, `.pdf`, `.html`, `.doc`, `.odt`, `.rtf`, `.png`, `.jpg`, `.tif`); anything else
    is a plan's text itself, which goes by the id `text`. A `.docx` needs `pip install "khplans[docx]"`, a
    `.html` or `.md` `khplans[web]`, `.doc`, `.odt` and `.rtf` LibreOffice beside `khplans[docx]`, a `.pdf`
    `khplans[pdf]`, scans `khplans[scan]` and Debian's `tesseract-ocr-vie`. Raises `KhplansError` for what isn't readable text: what isn't there, holds
    no word, holds a NUL or half a character.

    >>> import khplans
    >>> plan = khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;")
    >>> plan.citations.number.tolist()
    ['01/NQ-CP']
    """
    from khplans.intake import load_file
    from khplans.pipeline import tables_of

    is_text = isinstance(path_or_text, str) and not _is_path(path_or_text)
    with blaming_khplans("khplans.read" if is_text else str(path_or_text)):
        plan = _plan_of_text(str(path_or_text)) if is_text else load_file(Path(path_or_text))
        return Collection(_ReadBacking(plan.source, tables_of(plan)))


def _plan_of_text(text: str) -> Plan:
    from khplans.intake import Taken, unregistered
    from khplans.intake.decoding import decode

    data = text.encode("utf-8", "surrogatepass")
    return unregistered("text", Taken(decode(data, "khplans.read", mark_allowed=True)), data)


def _is_path(text: str) -> bool:
    """Whether a text is meant as a path; one of many lines, or that can name no file, isn't."""
    from khplans.intake.files import SUFFIXES

    if "\n" in text or not text:
        return False
    try:
        return text.lower().endswith(SUFFIXES) or Path(text).exists()
    except OSError:  # longer than any file's name
        return False


class _ReadBacking:
    """The tables of a plan just read."""

    version = None
    released = None

    def __init__(self, source: Source, rows: Mapping[str, Sequence[Row]]) -> None:
        self._source, self._rows = source, rows

    @property
    def where(self) -> str:
        return self._source.plan_id

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._rows)

    @property
    def descriptor(self) -> Mapping[str, Any]:
        from khplans.tables.definition import table

        definitions = [table(name) for name in self.names]
        resources = [
            {"name": d.name, "format": "parquet", "title": d.title, "title_en": d.title_en}
            for d in definitions
        ]
        return {"title": self._source.plan_id, "resources": resources}

    def schema(self, table: str) -> Mapping[str, Any]:
        from khplans.tables import definition

        if table not in self._rows:
            raise unknown("bảng", "table", table, self.names)
        return definition.table_schema(definition.table(table))

    def table(self, name: str) -> pa.Table:
        from khplans.packages.package import as_arrow
        from khplans.tables import definition

        table = as_arrow(definition.table(name), self._rows[name])
        return with_dictionaries(table, categories_of(self.schema(name)))

    def text(self, plan_id: str) -> str:
        if plan_id != self._source.plan_id:
            raise unknown("kế hoạch", "plan", plan_id, [self._source.plan_id])
        return self._source.text
