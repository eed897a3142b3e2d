"""Words of a plan as people read them in notes and comments: short, and meaning nothing but themselves."""

from __future__ import annotations

import re

from khplans.text.visible import visible

LENGTH = 240
"""Characters of a text that are shown."""

_CONTEXT = 40
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&|~$]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "~": "&#126;", "$": "&#36;"}


def shorten_line(text: str, length: int = LENGTH) -> str:
    """A text as one line in which every character is seen, cut to a length.

    >>> shorten_line("Rà soát\\n mạng lưới", 8)
    'Rà soát…'
    """
    line = " ".join(visible(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def without_markup(text: str, length: int = LENGTH) -> str:
    """A text as one line of Markdown without Markdown or HTML in it, cut to a length.

    >>> without_markup("<script> **a** [x](y)")
    '&lt;script&gt; \\\\*\\\\*a\\\\*\\\\* \\\\[x\\\\](y)'
    """
    return _SIGNS.sub(
        lambda sign: _ENTITIES.get(sign[0], "\\" + sign[0]), shorten_line(text, length)
    )


def differing(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to where they differ, with some words around it.

    >>> differing("a" * 300 + " kịp thời " + "b" * 300, "a" * 300 + " KỊP THỜI " + "b" * 300)[1][30:60]
    'aaaaaaaaaa KỊP THỜI bbbbbbbbbb'
    """
    if max(len(before), len(after)) <= LENGTH:
        return before, after
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    end = next(
        (i for i in range(shorter - start) if before[-1 - i] != after[-1 - i]), shorter - start
    )
    left, right = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    return _cut(before, left, right), _cut(after, left, right)


def _cut(text: str, left: int, right: int) -> str:
    return ("…" if left else "") + text[left : len(text) - right] + ("…" if right else "")
