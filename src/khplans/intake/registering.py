"""Makes a new plan's folder from a file, which stays as it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import khplans
from khplans.atomic import replacing
from khplans.errors import refusal
from khplans.intake.files import read_bytes
from khplans.intake.layout_file import layout_bytes
from khplans.intake.plans import ABOUT, COLUMNS, LAYOUT, ORIGINAL, TEXT, list_plans
from khplans.intake.taken import Received, Taken
from khplans.text.fold import slug

Said = str | date | list[str]
"""A value of plan.toml."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What plan.toml says about a plan."""

    title: str
    issuer: str
    province: str
    origin: str
    received: date


def register(received: Received, plans: Path, plan_id: str, about: PlanFacts) -> Path:
    """Make `plans/<plan_id>/` with the file's text and layout, plan.toml and an empty corrections.csv.

    A file that isn't the very text is kept beside it, byte for byte, as `original` with its suffix.
    Raises `KhplansError` where the id is not one, is taken, or the same file is there already.
    """
    file, data, taken = received.path, received.data, received.taken
    if not plan_id or slug(plan_id) != plan_id:
        raise refusal(
            "plan-id-unusable",
            file,
            plan_id=plan_id,
            such_as=slug(plan_id) or "tinh-1-kh-ubnd-2024",
        )
    folder = plans / plan_id
    digest = _sha256(data)
    if folder.exists():
        raise refusal("plan-id-taken", folder)
    for other in list_plans(plans):
        for source in sorted((plans / other).glob(f"{ORIGINAL}.*")) or [plans / other / TEXT]:
            if source.is_file() and _sha256(read_bytes(source)) == digest:
                raise refusal("file-taken-in", file, other=other)
    written = taken_files(received)
    said = asdict(about) | sums_of(written, taken)
    written[ABOUT] = toml(said).encode()
    written["corrections.csv"] = f"{','.join(COLUMNS)}\n".encode()
    write_folder(folder, written)
    return folder


def taken_files(received: Received) -> dict[str, bytes]:
    """The files that a plan's folder has of what was received, by name."""
    taken = received.taken
    written = {TEXT: taken.text.encode()}
    if written[TEXT] != received.data:
        written[f"{ORIGINAL}{received.path.suffix.lower()}"] = received.data
    if taken.layout is not None:
        written[LAYOUT] = layout_bytes(taken.layout)
    return written


def sums_of(written: Mapping[str, bytes], taken: Taken) -> dict[str, Said]:
    """What plan.toml says of those files: their sums, and what read them."""
    original = next(
        (data for name, data in written.items() if name.startswith(f"{ORIGINAL}.")), None
    )
    said: dict[str, Said] = {"sha256": _sha256(written[TEXT] if original is None else original)}
    if original is not None:
        said["text_sha256"] = _sha256(written[TEXT])
    if LAYOUT in written:
        said["layout_sha256"] = _sha256(written[LAYOUT])
    if len(said) > 1:
        said["read_by"] = [f"khplans {khplans.__version__}", *taken.tools]
    if taken.encodings:
        said["encodings"] = list(taken.encodings)
    return said


def write_folder(folder: Path, written: Mapping[str, bytes]) -> None:
    """Write a plan's folder, whole or not at all."""
    with replacing(folder) as made:
        for name, contents in written.items():
            (made / name).write_bytes(contents)


def unregister(folder: Path) -> None:
    """Take away a folder that `register` made and that could not be built."""
    shutil.rmtree(folder, ignore_errors=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def toml(said: Mapping[str, Said]) -> str:
    """TOML of these keys; a JSON string or array of strings is one of TOML.

    >>> print(toml({"title": "Kế hoạch", "received": date(2026, 11, 29), "read_by": ["lxml 6.1.3"]}), end="")
    title = "Kế hoạch"
    received = 2026-11-29
    read_by = ["lxml 6.1.3"]
    """
    lines = []
    for key, value in said.items():
        is_day = isinstance(value, date)
        lines.append(f"{key} = {value if is_day else json.dumps(value, ensure_ascii=False)}\n")
    return "".join(lines)
