"""khplans.lock: the version of the data that a project works with, and its hash."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from khplans.atomic import write_file
from khplans.errors import refusal
from khplans.outside import sha256_form, version_form

LOCK = "khplans.lock"


@dataclass(frozen=True, slots=True)
class Pin:
    """A version, where it comes from (None: the installed one) and its SHA256SUMS' SHA-256."""

    version: str
    source: str | None
    sha256: str | None


def find_lock(start: Path) -> Path | None:
    """The `khplans.lock` of a folder or of the nearest one above it."""
    return next((f / LOCK for f in (start, *start.parents) if (f / LOCK).is_file()), None)


def read_lock(path: Path) -> Pin:
    """Read a lock file; raises `KhplansError` where it isn't one."""
    try:
        pin = tomllib.loads(path.read_text("utf-8"))
        fields = [pin["version"], pin.get("source"), pin.get("sha256")]
        if not isinstance(fields[0], str) or any(not isinstance(f, str | None) for f in fields):
            raise ValueError('version, source, sha256: "…"')
    except (ValueError, KeyError, RecursionError) as error:
        raise refusal("lock-file-damaged", path, error=error) from error
    version, source, sha256 = fields
    return Pin(
        version_form(version, str(path)),
        source,
        None if sha256 is None else sha256_form(sha256, str(path)),
    )


def write_lock(path: Path, pin: Pin) -> Path:
    """Write a lock file, whole or not at all."""
    lines = [
        "# Phiên bản dữ liệu mà dự án này dùng; khplans.load() theo tệp này.",
        "# The version of the data that this project uses; khplans.load() follows it.",
        *(
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key in ("version", "source", "sha256")
            if (value := getattr(pin, key)) is not None
        ),
    ]
    write_file(path, ("\n".join(lines) + "\n").encode())
    return path
