"""What servers, archives and files say is checked for its form before any path is made from it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from khplans.errors import KhplansError, both, refusal

MOST_OF_A_LIST = 64_000_000
"""Bytes of a descriptor, a versions.json, a SHA256SUMS: those of a hundred thousand plans are smaller."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)
_PART_BYTES = 255  # of a path between two slashes: what file systems take
_PATH_BYTES = 1_000


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
    if is_path(value):
        return value
    raise _refused("đường dẫn ra ngoài gói", "a path that leaves the package", value, where)


def is_path(value: object) -> TypeGuard[str]:
    """Whether a value is a relative path that stays below its folder.

    >>> is_path("a/b.csv"), is_path("../b.csv"), is_path(None)
    (True, False, False)
    """
    return isinstance(value, str) and is_below(value)


def is_below(path: str) -> bool:
    """Whether a relative path with `/` stays below its folder, on every system.

    >>> [is_below(p) for p in ("a/b.csv", "/a", "a/../../b", "a//b", "C:/a", "a\\\\b", "./a", "")]
    [True, False, False, False, False, False, False, False]
    >>> [is_below(p) for p in ("sở-y-tế.txt", "a\\0", "\\ud800", "ế" * 86)]
    [True, False, False, False]
    """
    if not path.isprintable() or ":" in path or "\\" in path:
        return False
    parts = [part.encode() for part in path.split("/")]
    leads_up = any(part in (b"", b".", b"..") for part in parts)
    return (
        not leads_up and len(path.encode()) <= _PATH_BYTES and max(map(len, parts)) <= _PART_BYTES
    )


def _refused(vi: str, en: str, value: object, where: str) -> KhplansError:
    return KhplansError(
        "outside-malformed",
        both(vi, f"{en}: {_shown(value)}"),
        where=where,
        remedy=both(
            "không dùng nguồn này; báo cho nơi phát hành",
            "don't use this source; tell its publisher",
        ),
    )


Shape = Any
"""The form of a JSON value: a test of it; a mapping of an object's names to shapes, where one with a
`?` after it may be absent; a list of one shape, for an array of it; or `Keyed`."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """The form of an object of any names that pass a test, whose values have one shape."""

    is_name: Callable[[object], bool]
    value: Shape


_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


def is_text(value: object) -> bool:
    """Whether a value is a text that UTF-8 can hold: JSON may give half of a surrogate pair.

    >>> is_text("Sở"), is_text("\\ud800"), is_text(5)
    (True, False, False)
    """
    return isinstance(value, str) and _HALF_OF_A_PAIR.search(value) is None


def is_address(text: str) -> bool:
    """Whether a text is meant as an address of the web.

    >>> is_address("HTTPS://a.vn/"), is_address("a/b")
    (True, False)
    """
    return text.lower().startswith(("https://", "http://"))


def is_flag(value: object) -> bool:
    """Whether a value is true or false.

    >>> is_flag(True), is_flag(1)
    (True, False)
    """
    return isinstance(value, bool)


def is_count(value: object) -> bool:
    """Whether a value is a whole number from 0 on that 63 bits hold.

    >>> is_count(7), is_count(-1), is_count(True), is_count(7.0), is_count(10**30)
    (True, False, False, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63


def or_null(test: Callable[[object], bool]) -> Callable[[object], bool]:
    """A test that null passes too.

    >>> or_null(is_flag)(None), or_null(is_flag)(False), or_null(is_flag)(5)
    (True, True, False)
    """
    return lambda value: value is None or test(value)


def read_object(data: bytes | str, where: str, shape: Mapping[str, Shape]) -> dict[str, Any]:
    """A JSON object of that shape.

    Raises `KhplansError` where it is none, is longer than `MOST_OF_A_LIST`, or nests deeper or counts
    further than Python reads.

    >>> read_object('{"version": "1.0.0"}', "release.json", {"version": is_version})
    {'version': '1.0.0'}
    >>> read_object('{"versions": [{"version": 1}]}', "versions.json", {"versions": [{"version": is_version}]})
    Traceback (most recent call last):
    khplans.errors.KhplansError: versions.json: JSON hỏng / broken JSON: versions[0].version = 1...
    """
    if len(data) > MOST_OF_A_LIST:
        raise _broken(where, f"> {MOST_OF_A_LIST:,} bytes")
    try:
        value: dict[str, Any] = json.loads(data)
    except (ValueError, RecursionError) as error:
        page = data[:1_000].lstrip()[:1] in (b"<", "<")
        raise _broken(where, "a web page in its place" if page else str(error)) from error
    place = _misfit(value, shape)
    if place is not None:
        raise _broken(where, place.removeprefix(".") or ".")
    return value


def _misfit(value: object, shape: Shape) -> str | None:
    """The first place, from this value on, that hasn't its shape; None where all have."""
    if isinstance(shape, Mapping):
        return _misfit_object(value, shape)
    if isinstance(shape, list):
        return _misfit_array(value, shape[0])
    if isinstance(shape, Keyed):
        return _misfit_names(value, shape)
    return None if shape(value) else f" = {_shown(value)}"


def _misfit_array(value: object, shape: Shape) -> str | None:
    if not isinstance(value, list):
        return ""
    for i, one in enumerate(value):
        if (place := _misfit(one, shape)) is not None:
            return f"[{i}]{place}"
    return None


def _shown(value: object) -> str:
    """A value for a message: on one line, not long; of an array or an object its kind alone.

    >>> _shown([1]), _shown({}), _shown("a"), len(_shown("a" * 99))
    ('[…]', '{…}', "'a'", 80)
    """
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = ascii(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _misfit_object(value: object, shape: Mapping[str, Shape]) -> str | None:
    if not isinstance(value, dict):
        return ""
    for said, inner in shape.items():
        name = said.removesuffix("?")
        if name in value:
            if (place := _misfit(value[name], inner)) is not None:
                return f".{name}{place}"
        elif name == said:
            return f".{name}"
    return None


def _misfit_names(value: object, shape: Keyed) -> str | None:
    if not isinstance(value, dict):
        return ""
    for name, inner in value.items():
        if not shape.is_name(name):
            return f": {_shown(name)}"
        if (place := _misfit(inner, shape.value)) is not None:
            return f".{name}{place}"
    return None


def _broken(where: str, what: str) -> KhplansError:
    return refusal("json-broken", where, what=what)


MOST_OF_A_CELL = 131_072
"""Characters of a cell in a table that people write."""


def bounded_rows(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Rows of CSV; raises `csv.Error` for a cell that is too long.

    The module's own limit holds for the whole process, and reading published tables raises it.

    >>> list(bounded_rows([["a", "b"]]))
    [['a', 'b']]
    """
    for row in rows:
        if max(map(len, row), default=0) > MOST_OF_A_CELL:
            raise csv.Error(f"a cell over {MOST_OF_A_CELL:,} characters")
        yield row


def people_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV table that people write, by column, each with the line on which it ends.

    A byte-order mark, as Excel writes it, is none of its text. Raises `KhplansError` with the line for
    other columns, a row of more or fewer cells, half a pair of quotes, a cell that is too long, bytes
    that are no UTF-8, a file over `MOST_OF_A_LIST`.
    """
    number = 1
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_OF_A_LIST + 1)
        if len(data) > MOST_OF_A_LIST:
            raise csv.Error(f"> {MOST_OF_A_LIST:,} bytes")
        written = data.decode("utf-8-sig")
        lines = csv.reader(io.StringIO(written, newline=""), strict=True)
        for cells in bounded_rows(lines):
            if number > 1 and len(cells) != len(columns):
                raise csv.Error(f"{len(cells)} cells, {len(columns)} wanted")
            if number == 1 and cells != list(columns):
                raise csv.Error(f"wrong columns: {','.join(cells)[:200]}")
            if number > 1:
                yield lines.line_num, dict(zip(columns, cells, strict=True))
            number = lines.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        raise refusal(
            "table-malformed", f"{path}:{number}", error=error, columns=",".join(columns)
        ) from None


def line_of_key(key: str, written: str) -> int | None:
    """The line of a TOML file on which a key is given; None where it isn't.

    >>> line_of_key("title", 'name = "a"\\ntitle = ""')
    2
    """
    found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", written, re.MULTILINE)
    return written.count("\n", 0, found.start()) + 1 if found else None
