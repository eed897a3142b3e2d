"""Characters that act or hide instead of showing themselves, made to be seen.

A plan's words can hold terminal escapes, marks that turn the direction of writing and letters without
width. Data keeps them to the character; where people read them, on a terminal, on a page, in a
spreadsheet, each is shown by a sign and none is obeyed.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls of terminals, but not tab and line feed
    "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # without width, line ends, direction
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
    "|\r(?!\n)"  # a return that ends no line lets a line be written over
)
_PICTURES = 0x2400  # where Unicode has pictures of the control characters
_DELETE = 0x7F


def visible(text: str) -> str:
    r"""The text with a sign for each character that would act or hide: `␛`, `⟪U+202E⟫`.

    Tabs and the ends of lines stay. What it gives it gives back as it is.

    >>> visible("\x1b[31mđỏ\x07"), visible("gpj.\u202eexe"), visible("a\tb\r\n")
    ('␛[31mđỏ␇', 'gpj.⟪U+202E⟫exe', 'a\tb\r\n')
    """
    return _HIDDEN.sub(_sign, text)


def hidden(text: str) -> list[tuple[int, str, str]]:
    r"""Where each such character stands, itself, and its sign.

    >>> hidden("Sở\u200b Y tế")
    [(2, '\u200b', '⟪U+200B⟫')]
    """
    return [(match.start(), match[0], _sign(match)) for match in _HIDDEN.finditer(text)]


def escape_json(text: str) -> str:
    r"""JSON in which such characters are `\uXXXX`: the same value, harmless on a terminal.

    >>> escape_json('{"a": "\u202e"}')
    '{"a": "\\u202e"}'
    """
    return _HIDDEN.sub(_escape, text)


def _sign(match: re.Match[str]) -> str:
    """The sign of a character that can't be seen.

    >>> [_sign(re.match(".", character, re.DOTALL)) for character in "\\x00\\x7f\\u200b"]
    ['␀', '␡', '⟪U+200B⟫']
    """
    code = ord(match[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == _DELETE else f"⟪U+{code:04X}⟫"


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
