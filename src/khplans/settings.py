"""khplans.toml: what a catalogue calls itself, who publishes it, where it stands and how it looks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from khplans.errors import both, wrong_entry
from khplans.knowledge.table import read_table
from khplans.outside import line_of_key
from khplans.text.visible import hidden

SETTINGS = "khplans.toml"
_MOST = 65_536
_LONGEST = 1_000
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")
_CONTACT = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+|https?://[^\s\"'<>\\]+")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PLACEHOLDERS = (".example", ".invalid", ".test")
_READABLE = 4.5
"""Contrast of white words on a colour that people with poor sight can read (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence of data; `name` is its SPDX id, `short` how people write it."""

    name: str
    title: str
    title_en: str
    address: str
    short: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What khplans.toml says. `address` is None where the site has none yet, else it ends in `/`.

    `contact` is an e-mail or a web address, or empty; `brand` is what stands at the head of each page
    (empty: the name).
    """

    name: str = "khplans"
    title: str = "Kế hoạch của chính quyền cấp tỉnh"
    title_en: str = "Plans of Vietnam's provincial governments"
    brand: str = ""
    publisher: str = "khplans maintainers"
    contact: str = ""
    address: str | None = None
    licence: str = "CC-BY-4.0"
    accent: str = field(default="#0b5563", metadata={"in": "colours"})

    @property
    def heading(self) -> str:
        """What stands at the head of each page."""
        return self.brand or self.name

    @property
    def author(self) -> str:
        """Whom citations name: the publisher, where the catalogue has a heading of its own."""
        return self.publisher if self.brand else self.name

    @property
    def told_in_packages(self) -> tuple[str, ...]:
        """What data packages say; the rest is the site's alone."""
        return (
            self.name, self.title, self.title_en, self.publisher, self.contact, self.licence,
        )  # fmt: skip

    @property
    def licensed(self) -> Licence:
        """The licence of the data."""
        return licences()[self.licence]


@cache
def licences() -> Mapping[str, Licence]:
    """The licences that data may be under, by name.

    >>> licences()["CC0-1.0"].short
    'CC0 1.0'
    """
    rows = read_table("licences")
    found = (
        Licence(r["licence"], r["title"], r["title_en"], r["address"], r["short"]) for r in rows
    )
    return MappingProxyType({one.name: one for one in found})


def read_settings(folder: Path) -> Settings:
    """The settings of the catalogue in a folder; the library's own where it has no khplans.toml.

    Raises `KhplansError` with the line for what is no TOML, an unknown key, or a value that can't be.
    """
    path = folder / SETTINGS
    if path.exists() and not path.is_file():  # to open a pipe would wait for ever
        raise wrong_entry(str(path), both("không phải tệp", "not a file"))
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise wrong_entry(
            str(path), both(f"không đọc được ({error.strerror})", "can't be read")
        ) from None
    if len(data) > _MOST:
        raise wrong_entry(str(path), both(f"dài hơn {_MOST} byte", f"longer than {_MOST} bytes"))
    return parse_settings(data, str(path))


def parse_settings(data: bytes, where: str) -> Settings:
    """The settings in a khplans.toml's bytes. Raises as `read_settings`.

    >>> parse_settings(b'name = "tinh-toi"', "khplans.toml").name
    'tinh-toi'
    """
    try:
        written = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise wrong_entry(f"{where}:{number}", both("không phải UTF-8", "not UTF-8")) from None
    try:
        table = tomllib.loads(written)
    except (ValueError, RecursionError) as error:
        said = str(error).partition("\n")[0][:200]
        line = re.search(r"line (\d+)", said)
        place = f"{where}:{line[1] if line else len(written.splitlines())}"
        raise wrong_entry(place, both(f"không phải TOML ({said})", "not TOML")) from None
    told = dict(_told(table))
    known = {one.name for one in fields(Settings)}
    for key, value in told.items():
        what = _UNKNOWN if key not in known else fault_of(key, value)
        if what:
            found = line_of_key(key.rpartition(".")[2], written)
            place = f"{where}:{found}" if found else where
            raise wrong_entry(place, f"`{key}`: {what}")
    if "address" in told:
        told["address"] = f"{told['address'].rstrip('/')}/" if told["address"] else None
    return Settings(**told)


_UNKNOWN = both(
    f"khóa lạ; các khóa là {', '.join(one.name for one in fields(Settings))} (accent ở [colours])",
    "an unknown key; those are the known ones (accent under [colours])",
)


def _told(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The keys with those of `[colours]`, which alone may be a table."""
    flat = {key: value for key, value in table.items() if key != "colours"}
    colours = table.get("colours", {})
    if not isinstance(colours, dict):
        return {**flat, "colours": colours}
    strange = {f"colours.{key}": value for key, value in colours.items() if key != "accent"}
    return {**flat, **strange, **{k: v for k, v in colours.items() if k == "accent"}}


def fault_of(key: str, value: object) -> str:
    """What is wrong with a value of khplans.toml, or nothing.

    >>> fault_of("name", "Tỉnh tôi")
    'chỉ gồm chữ thường không dấu, số và gạch nối / small ASCII letters, digits and hyphens only'
    """
    if not isinstance(value, str) or len(value) > _LONGEST:
        return both("phải là một dòng chữ trong ngoặc kép", "must be a line of text in quotes")
    if hidden(value) or set(value) & set("\t\r\n"):
        return both("có ký tự điều khiển", "holds a control character")
    if not value.strip():
        return "" if key in _MAY_BE_EMPTY else both("không được trống", "must not be empty")
    return _FAULTS[key](value) if key in _FAULTS else ""


_MAY_BE_EMPTY = ("address", "brand", "contact")


def _fault_of_name(value: str) -> str:
    """What is wrong with a catalogue's name; empty for nothing.

    >>> [bool(_fault_of_name(name)) for name in ("ke-hoach", "Kế hoạch", "a" * 61)]
    [False, True, True]
    """
    if _NAME.fullmatch(value) and len(value) <= 60:
        return ""
    return both(
        "chỉ gồm chữ thường không dấu, số và gạch nối",
        "small ASCII letters, digits and hyphens only",
    )


def _fault_of_address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        return both(
            "phải là địa chỉ như https://dulieu.tinh.gov.vn/ke-hoach/",
            "must be an address such as https://dulieu.tinh.gov.vn/ke-hoach/",
        )
    host = value.split("/")[2].partition(":")[0]
    if host.endswith(_PLACEHOLDERS) or re.search(r"(^|\.)example\.(com|net|org)$", host):
        return both(
            "là địa chỉ giữ chỗ; chưa có thì để trống",
            "a placeholder; leave it empty until there is one",
        )
    return ""


def _fault_of_contact(value: str) -> str:
    """What is wrong with an address to write to; empty for nothing.

    >>> [bool(_fault_of_contact(one)) for one in ("a@b.vn", "https://b.vn/", "b")]
    [False, False, True]
    """
    if _CONTACT.fullmatch(value):
        return ""
    return both("phải là thư điện tử hay địa chỉ web", "must be an e-mail or a web address")


def _fault_of_licence(value: str) -> str:
    """What is wrong with a licence; empty for nothing.

    >>> bool(_fault_of_licence(next(iter(licences())))), bool(_fault_of_licence("hoa"))
    (False, True)
    """
    if value in licences():
        return ""
    return both(
        f"không có giấy phép này; chọn một trong {', '.join(licences())}", "choose one of these"
    )


def _fault_of_colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        return both("phải là màu như #0b5563", "must be a colour such as #0b5563")
    if contrast(value, "#ffffff") < _READABLE:
        return both(
            "màu quá nhạt để đọc chữ trắng trên nó; chọn màu sẫm hơn",
            "too pale for white words on it; choose a darker one",
        )
    return ""


_FAULTS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": _fault_of_name,
        "address": _fault_of_address,
        "contact": _fault_of_contact,
        "licence": _fault_of_licence,
        "accent": _fault_of_colour,
    }
)


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21 (WCAG 2.2).

    >>> round(contrast("#ffffff", "#000000")), contrast("#0b5563", "#0b5563")
    (21, 1.0)
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (WCAG).

    >>> _luminance("#000000"), round(_luminance("#ffffff"), 6), round(_luminance("#808080"), 3), round(_luminance("#0a0a0a"), 4)
    (0.0, 1.0, 0.216, 0.003)
    """
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
