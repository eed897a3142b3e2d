"""What servers, archives and files say is checked for its form before any path is made from it."""

from __future__ import annotations

import re

from khplans.errors import KhplansError, both

_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)
_PART = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,200}")
_LONGEST_PATH = 1_000


def sha256_form(value: object, where: str) -> str:
    """A SHA-256 of 64 lower-case hexadecimal digits; raises `KhplansError` for anything else.

    >>> sha256_form("../../x", "versions.json")
    Traceback (most recent call last):
    khplans.errors.KhplansError: versions.json: không phải mã băm SHA-256 / no SHA-256: '../../x'...
    """
    if is_sha256(value):
        return str(value)
    raise _refused("không phải mã băm SHA-256", "no SHA-256", value, where)


def is_sha256(value: object) -> bool:
    """Whether a value is a SHA-256 of 64 lower-case hexadecimal digits.

    >>> is_sha256("0" * 64), is_sha256("../" + "0" * 61)
    (True, False)
    """
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def version_form(value: object, where: str) -> str:
    """A version of three numbers (`1.2.0`); raises `KhplansError` for anything else.

    >>> version_form("1.2.0", "versions.json")
    '1.2.0'
    """
    if is_version(value):
        return str(value)
    raise _refused("không phải số phiên bản", "not a version", value, where)


def is_version(value: object) -> bool:
    """Whether a value is a version's number.

    >>> is_version("1.10.0"), is_version("1.10"), is_version("../1.0.0")
    (True, False, False)
    """
    return isinstance(value, str) and _VERSION.fullmatch(value) is not None


def path_form(value: object, where: str) -> str:
    """A relative path with `/` that stays below its folder; raises `KhplansError` for anything else.

    >>> path_form("sources/a.txt", "datapackage.json")
    'sources/a.txt'
    >>> path_form("../a.txt", "datapackage.json")
    Traceback (most recent call last):
    khplans.errors.KhplansError: datapackage.json: đường dẫn ra ngoài gói / a path that leaves the package: '../a.txt'...
    """
    if isinstance(value, str) and is_below(value):
        return value
    raise _refused("đường dẫn ra ngoài gói", "a path that leaves the package", value, where)


def is_below(path: str) -> bool:
    """Whether a relative path with `/` stays below its folder, on every system.

    >>> [is_below(p) for p in ("a/b.csv", "/a", "a/../../b", "a//b", "C:/a", "a\\\\b", "./a", "")]
    [True, False, False, False, False, False, False, False]
    """
    parts = path.split("/")
    return len(path) <= _LONGEST_PATH and all(
        part not in ("", ".", "..") and _PART.fullmatch(part) for part in parts
    )


def _refused(vi: str, en: str, value: object, where: str) -> KhplansError:
    shown = repr(value)
    cut = shown if len(shown) <= 80 else shown[:79] + "…"
    return KhplansError(
        both(vi, f"{en}: {cut}"),
        where=where,
        remedy=both(
            "không dùng nguồn này; báo cho nơi phát hành",
            "don't use this source; tell its publisher",
        ),
    )
