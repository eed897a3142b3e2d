"""versions.json: which versions there are, and which of them to take."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from khplans.errors import KhplansError, both
from khplans.releases.facts import read_versions
from khplans.releases.versioning import newest_of
from khplans.text.visible import visible


@dataclass(frozen=True, slots=True)
class Listing:
    """Versions with the SHA-256 of their SHA256SUMS (None where not said).

    `latest` is the one to take where no other is asked for; `withdrawn` says of some why people
    should no longer take them.
    """

    sums: Mapping[str, str | None]
    latest: str | None
    withdrawn: Mapping[str, str]
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What versions.json says of each: `released`, `level`, `previous`."""

    def choose(self, version: str | None, where: str) -> str:
        """The version asked for, or the latest; raises `KhplansError` where it isn't there.

        `1.2` and `1` stand for the newest of these that wasn't withdrawn. A version that was withdrawn
        is given, with a warning.
        """
        chosen = self.meant(version)
        if chosen is None:
            raise no_such_version(version, list(self.sums), where)
        if chosen in self.withdrawn:
            warnings.warn(
                visible(
                    both(
                        f"khplans {chosen} đã được thu hồi",
                        f"was withdrawn: {self.withdrawn[chosen]}",
                    )
                ),
                stacklevel=2,
            )
        return chosen

    def meant(self, version: str | None) -> str | None:
        """The version of the listing that a number means; None where there is none."""
        chosen = version or self.latest
        if chosen in self.sums or version is None:
            return chosen if chosen in self.sums else None
        return newest_of(version, (one for one in self.sums if one not in self.withdrawn))


def no_such_version(version: str | None, there: list[str], where: str) -> KhplansError:
    """The error for a version (None: one to take without being asked for) that a place doesn't have.

    >>> str(no_such_version("9", ["1.0.0"], "a")), str(no_such_version(None, [], "a"))
    ('a: không có phiên bản / no version 9. có / there are: 1.0.0', 'a: không có phiên bản nào chưa thu hồi / no version that was not withdrawn')
    """
    return KhplansError(
        "release-not-found",
        both("không có phiên bản nào chưa thu hồi", "no version that was not withdrawn")
        if version is None
        else both("không có phiên bản", f"no version {version}"),
        where=where,
        remedy=both("có", f"there are: {', '.join(there)}") if there else "",
    )


@lru_cache(maxsize=4)
def read_listing(data: bytes | str, where: str) -> Listing:
    """Read versions.json; raises `KhplansError` where it isn't one.

    >>> read_listing('{"latest": "1.0.0", "versions": [{"version": "1.0.0"}]}', "").latest
    '1.0.0'
    """
    raw = read_versions(data, where)
    entries = {entry["version"]: entry for entry in raw["versions"]}
    withdrawn = {
        version: both(said["reason"], said["reason_en"])
        for version, entry in entries.items()
        if (said := entry.get("withdrawn"))
    }
    sums = {version: entry.get("sums_sha256") for version, entry in entries.items()}
    return Listing(
        MappingProxyType(sums),
        raw.get("latest"),
        MappingProxyType(withdrawn),
        MappingProxyType(entries),
    )
