"""The hand-read answers (see tests/gold/README.md) and whether they still speak of these sources."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from khplans.errors import KhplansError, refusal
from khplans.outside import is_count, is_text, or_null, read_object
from khplans.scoring.fields import DOCUMENT_COLUMNS

Record = dict[str, Any]


def _is_number(value: object) -> bool:
    """Whether a value is a number, as true and false are none.

    >>> _is_number(5), _is_number(5.5), _is_number(True), _is_number("5")
    (True, True, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool)


_TEXT, _NUMBER = or_null(is_text), or_null(_is_number)
_PLACE = {
    "plan": is_text,
    "document": is_text,
    "start": is_count,
    "end": is_count,
    "quote?": is_text,
}
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "documents": _PLACE | dict.fromkeys(DOCUMENT_COLUMNS, _TEXT),
    "citations": _PLACE | {"number": _TEXT, "type?": _TEXT, "date?": _TEXT, "issuer?": _TEXT},
    "indicators": _PLACE
    | {"value": _is_number, "value_high?": _NUMBER, "denominator?": _NUMBER}
    | dict.fromkeys(("unit?", "comparator?", "change?", "kind?", "period?"), _TEXT),
    "tasks": _PLACE
    | {"lead": [is_text], "coordinate": [is_text]}
    | dict.fromkeys(("label?", "section?", "deadline?", "cadence?", "output?"), _TEXT),
}
"""The form of an answer of each table."""


@dataclass(frozen=True)
class Gold:
    """Records by table, each with `span`; `stale` are plans whose source is no longer what was read."""

    records: Mapping[str, tuple[Record, ...]]
    stale: tuple[str, ...] = ()

    @property
    def plans(self) -> list[str]:
        """The plans that have answers, sorted."""
        return sorted({record["plan"] for rows in self.records.values() for record in rows})


def read_gold(folder: Path) -> Gold:
    """The answers in a folder; a table without a file has none.

    Raises `KhplansError` where there is no answer at all, or a line is not a record.
    """
    records = {name: _read(folder / f"{name}.jsonl") for name in _SHAPES}
    if not any(records.values()):
        raise KhplansError(
            "file-not-found",
            "không có đáp án chuẩn / no gold answers",
            where=str(folder),
            remedy="chỉ ra thư mục có các tệp .jsonl / name the folder of the .jsonl files (--gold)",
        )
    return Gold(records)


def gold_hash(folder: Path) -> str:
    """SHA-256 (hex) over the answers' files.

    >>> gold_hash(Path("no-such-folder"))[:12]
    'e3b0c44298fc'
    """
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def for_same_texts(gold: Gold, sources: Mapping[str, str]) -> Gold:
    """The answers without those of plans whose text changed since it was read.

    Offsets into another text would count right rows as wrong. A plan is stale when a quote no
    longer stands at its place; one that `sources` lacks is not.
    """
    stale = {
        record["plan"]
        for rows in gold.records.values()
        for record in rows
        if record["plan"] in sources
        and "quote" in record
        and sources[record["plan"]][record["start"] : record["end"]] != record["quote"]
    }
    kept = {
        name: tuple(record for record in rows if record["plan"] not in stale)
        for name, rows in gold.records.items()
    }
    return replace(gold, records=kept, stale=tuple(sorted(stale)))


def _read(path: Path) -> tuple[Record, ...]:
    if not path.is_file():
        return ()
    records = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = read_object(line, "", _SHAPES[path.stem])
        except KhplansError as error:
            raise refusal("answer-broken", f"{path}:{number}", error=error) from None
        records.append(record | {"span": (record["start"], record["end"])})
    return tuple(records)
