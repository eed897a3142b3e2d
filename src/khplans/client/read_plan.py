"""Extraction from any plan, without registering it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.client.collection import Collection
from khplans.client.frames import categories_of, with_dictionaries
from khplans.client.given import path_of
from khplans.client.held import HeldTables
from khplans.errors import blaming_khplans

if TYPE_CHECKING:
    import pyarrow as pa

    from khplans.intake import Plan

Progress = Callable[[str, int, int], None]


def read(
    path_or_text: str | os.PathLike[str],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Collection:
    """What a plan says: the same tables as those of a release, from a file or from a text.

    Of a folder, what all plans in it and below say together, each file one and each plan's folder (which has a
    plan.toml) with its corrections and what people judged; `workers` is a number of processes (by
    default one for a few files, all cores for many), `progress(plan_id, done, total)` is told of each.

    A `str` is a path where a file is there or where it is one line that ends like a file's name
    (`.docx`, `.pdf`) or begins like a path (`./`, `/`); anything else is a plan's text itself,
    which goes by the id `text`. A `.docx` needs `pip install "khplans[docx]"`, a `.html` or `.md`
    `khplans[web]`, a `.pdf` `khplans[pdf]`, a scan (`.pdf`, `.png`, `.jpg`, `.tif`) `khplans[scan]` and
    Debian's `tesseract-ocr-vie`, a `.doc`, `.odt` or `.rtf` LibreOffice beside `khplans[docx]`.
    Raises `KhplansError` for what isn't readable text: what isn't there, holds
    no word, holds a NUL or half a character.

    >>> import khplans
    >>> plan = khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;")
    >>> plan.citations.number.tolist()
    ['01/NQ-CP']
    """
    from khplans.intake import load_file
    from khplans.intake.plans import beside_text
    from khplans.packages.package import as_arrow
    from khplans.pipeline import tables_of
    from khplans.tables import definition

    is_text = isinstance(path_or_text, str) and not _is_path(path_or_text)
    path = None if is_text else path_of(path_or_text)
    if path and path.is_dir():
        return _read_folder(path, workers, progress)
    with blaming_khplans(str(path or "khplans.read")):
        plan = load_file(path) if path else _plan_of_text(str(path_or_text))
        rows = tables_of(plan)
    tables = {name: as_arrow(definition.table(name), rows[name]) for name in rows}
    texts = {plan.plan_id: plan.source.text}
    return _held(plan.plan_id, tables, texts, {plan.plan_id: beside_text(plan)})


def _read_folder(folder: Path, workers: int | None, progress: Progress | None) -> Collection:
    """What the files of a folder say, read by several processes where they are many."""
    from khplans.atomic import scratch
    from khplans.packages.reader import OwnReader
    from khplans.pipeline import extract_files

    with scratch() as aside:
        made, beside = aside / "package", aside / "beside"
        extract_files([folder], made, workers=workers, progress=progress, beside=beside)
        reader = OwnReader(made)
        tables = {name: reader.table(name) for name in reader.names}
        texts = {plan_id: reader.text(plan_id) for plan_id in reader.plans}
        besides = {
            plan_id: {path.name: path.read_bytes() for path in (beside / plan_id).glob("*")}
            for plan_id in reader.plans
        }
    return _held(str(folder), tables, texts, besides)


def _held(
    where: str,
    tables: Mapping[str, pa.Table],
    texts: Mapping[str, str],
    besides: Mapping[str, Mapping[str, bytes]],
) -> Collection:
    """Tables that were just made, as a collection."""
    from khplans.tables import definition

    definitions = [definition.table(name) for name in tables]
    schemas = {one.name: definition.table_schema(one) for one in definitions}
    resources = [
        {"name": one.name, "format": "parquet", "title": one.title, "title_en": one.title_en}
        for one in definitions
    ]
    typed = {
        name: with_dictionaries(table, categories_of(schemas[name]))
        for name, table in tables.items()
    }
    described = {"title": where, "resources": resources}
    return Collection(HeldTables(where, described, schemas, typed, texts, besides=besides))


def _plan_of_text(text: str) -> Plan:
    from khplans.intake import Taken, unregistered
    from khplans.intake.decoding import decode

    data = text.encode("utf-8", "surrogatepass")
    return unregistered("text", Taken(decode(data, "khplans.read", mark_allowed=True)), data)


_ENDS_AS_A_FILE = re.compile(r"\.[a-z][a-z0-9]{1,4}$")
_STARTS_AS_A_PATH = re.compile(r"(?:~|\.{1,2})?[/\\]|[A-Za-z]:[/\\]|https?://|file:")


def _is_path(text: str) -> bool:
    """Whether a text is meant as a path, also of what isn't there; one of many lines isn't.

    >>> _is_path("missing.pdf"), _is_path("./plans"), _is_path("Sở Y tế TP.HCM"), _is_path("a.docx\\n")
    (True, True, False, False)
    """
    from khplans.intake.files import SUFFIXES

    if "\n" in text or not text:
        return False
    try:
        there = Path(text).exists()
    except (OSError, ValueError):  # longer than any file's name, or with a NUL in it
        return False
    known = text.lower().endswith(SUFFIXES)
    return there or known or bool(_ENDS_AS_A_FILE.search(text) or _STARTS_AS_A_PATH.match(text))
