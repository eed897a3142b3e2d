"""Bytes to text, strictly: a plan's offsets count the characters of its UTF-8 file and nothing else."""

from __future__ import annotations

import re

from khplans.errors import refusal
from khplans.intake.kinds import TEXTS, kind_of

MOST_CHARACTERS = 10_000_000
"""Of a text: hundreds of times the longest plans. What is made of a text takes up to 600 bytes of memory a character
(of lines of two letters; an ordinary plan takes 30)."""
_HEAD = 1_024
"""Characters in which a page says that it is one."""
# Fillers count as letters, but show nothing.
_WORD = re.compile(r"[^\W_\u115f\u1160\u3164\uffa0]")


def decode(data: bytes, where: str, *, mark_allowed: bool = False) -> str:
    """The text of a UTF-8 file, character for character, line ends and all.

    Raises `KhplansError` for a file that holds no word, is no text, holds a NUL, is not UTF-8 (with the
    line), begins with a byte-order mark (unless allowed, then it is left out), or has more than
    `MOST_CHARACTERS`.

    >>> decode("Kế hoạch".encode(), "a.txt")
    'Kế hoạch'
    >>> decode(b"K\\xe1 ho", "a.txt")
    Traceback (most recent call last):
    khplans.errors.KhplansError: a.txt:1: không phải UTF-8 (byte 0xe1) / not UTF-8. lưu lại với mã UTF-8 / save it as UTF-8
    """
    kind = kind_of(data)
    if kind.name not in TEXTS:
        raise kind.refused(where)
    text = characters_of(data, where)
    if text.startswith("\ufeff"):
        if not mark_allowed:
            raise refusal("byte-order-mark", f"{where}:1")
        text = text[1:]
    refuse_long(text, where)
    if not has_words(text):
        raise refusal("text-empty", where)
    return text


def characters_of(data: bytes, where: str) -> str:
    """The characters of a UTF-8 file, all of them.

    Raises `KhplansError` for one that holds a NUL or is not UTF-8, with the line.

    >>> characters_of(b"\\xef\\xbb\\xbfa", "a.txt")
    '\\ufeffa'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal("not-utf8", where, found="UTF-16")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise refusal("nul-in-text", f"{where}:{line}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(
            "not-utf8", f"{where}:{line}", found=f"byte 0x{data[error.start]:02x}"
        ) from None


def refuse_long(text: str, where: str) -> None:
    """Raise `KhplansError` for a text of more than `MOST_CHARACTERS`, whatever it was taken from."""
    if len(text) > MOST_CHARACTERS:
        raise refusal("text-too-long", where, most=MOST_CHARACTERS // 10**6)


def has_words(text: str) -> bool:
    """Whether there is a letter or digit to be seen.

    >>> has_words("a"), has_words(" \u200b\u3164.")
    (True, False)
    """
    return _WORD.search(text) is not None


def refuse_html(text: str, where: str) -> None:
    """Raise `KhplansError` where a file that should be plain text is a web page.

    >>> refuse_html("KẾ HOẠCH", "a.txt")
    """
    if kind_of(text[:_HEAD].encode("utf-8")).name == "html":
        title = re.search(r"<title[^>]*>([^<]{0,80})", text, re.IGNORECASE)
        raise refusal("web-page-as-text", where, titled=f" “{title[1].strip()}”" if title else "")
