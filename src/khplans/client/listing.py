"""versions.json: which versions there are, and which of them to take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from khplans.errors import KhplansError


@dataclass(frozen=True, slots=True)
class Listing:
    """Versions, oldest first, each with the SHA-256 of its SHA256SUMS (None where not said).

    `latest` is the one to take where no other is asked for.
    """

    sums: Mapping[str, str | None]
    latest: str

    def choose(self, version: str | None, where: str) -> str:
        """The version asked for, or the latest; raises `KhplansError` where it isn't there."""
        if version is None:
            return self.latest
        if version not in self.sums:
            raise no_such_version(version, list(self.sums), where)
        return version


def no_such_version(version: str, there: list[str], where: str) -> KhplansError:
    """The error for a version that a place doesn't have."""
    return KhplansError(
        f"không có phiên bản / no version {version}",
        where=where,
        remedy=f"có / there are: {', '.join(there)}" if there else "",
    )


def read_listing(data: bytes | str, where: str) -> Listing:
    """Read versions.json; raises `KhplansError` where it isn't one.

    >>> read_listing('{"latest": "1.0.0", "versions": [{"version": "1.0.0"}]}', "").latest
    '1.0.0'
    """
    try:
        raw = json.loads(data)
        sums = {entry["version"]: entry.get("sha256") for entry in raw["versions"]}
        latest = raw["latest"]
        if latest not in sums:
            raise ValueError(f"latest: {latest!r}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KhplansError(
            f"versions.json hỏng / broken versions.json ({error!r})",
            where=where,
            remedy="xem lại địa chỉ / check the address",
        ) from error
    return Listing(sums, latest)
