"""release.json, versions.json and provenance.json as others wrote them, held to the form that is read."""

from __future__ import annotations

import re
from typing import Any

from khplans.errors import refusal
from khplans.outside import (
    Keyed,
    is_count,
    is_path,
    is_sha256,
    is_text,
    is_version,
    or_null,
    read_object,
)


def is_name(value: object) -> bool:
    """Whether a value can be a catalogue's name, of which file names are made."""
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None


_FACTS = {
    "name?": is_name,
    "version": is_version,
    "previous?": or_null(is_version),
    "released?": or_null(is_text),
    "homepage?": or_null(is_text),
    "level?": or_null(is_text),
    "why?": or_null(is_text),
    "why_en?": or_null(is_text),
    "plans?": [is_text],
    "tables?": Keyed(
        is_text,
        {
            "rows": is_count,
            "content_sha256?": is_sha256,
            "added?": is_count,
            "removed?": is_count,
            "changed?": is_count,
        },
    ),
    "files?": [{"path": is_path, "bytes?": is_count, "sha256": is_sha256}],
}

_VERSIONS = {
    "latest?": or_null(is_version),
    "newest?": or_null(is_version),
    "versions": [
        {
            "version": is_version,
            "sums_sha256?": or_null(is_sha256),
            "zip?": {"path": is_path, "bytes?": is_count, "sha256": is_sha256},
            "withdrawn?": {"reason": is_text, "reason_en": is_text},
        }
    ],
}


_PROVENANCE = {
    "code?": {
        "tree?": is_text,
        "version?": is_text,
        "program?": is_text,
        "knowledge?": Keyed(is_text, is_sha256),
    },
    "lock?": {"sha256?": is_sha256},
    "tools?": Keyed(is_text, or_null(is_text)),
    "plans?": Keyed(is_text, Keyed(is_path, is_sha256)),
    "catalogue?": Keyed(is_path, is_sha256),
}


def read_facts(data: bytes | str, where: str) -> dict[str, Any]:
    """A release.json; raises `KhplansError` with the place that isn't as it should be."""
    return read_object(data, where, _FACTS)


def read_versions(data: bytes | str, where: str) -> dict[str, Any]:
    """A versions.json; raises `KhplansError` likewise."""
    return read_object(data, where, _VERSIONS)


def read_provenance(data: bytes | str, where: str) -> dict[str, Any]:
    """A provenance.json; raises `KhplansError` likewise."""
    return read_object(data, where, _PROVENANCE)


def require_version(said: str, found: str | None, where: str) -> None:
    """Raise `KhplansError` where a folder named for a version holds another.

    >>> require_version("1.1.0", "1.1.0", "releases/1.1.0")
    """
    if found != said:
        raise refusal("release-misnamed", where, said=said, found=found)
