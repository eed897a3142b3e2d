"""Words of a plan as people read them in notes and comments: short, and meaning nothing but themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from khplans.text.visible import visible

LENGTH = 240
"""Characters of a text that are shown."""

_CONTEXT = 40
_WHOLE = 60
"""Characters of a value that is shown whole where it changed."""
_BESIDE = 3
"""Words shown on either side of those that changed."""
_COMPARED = 1_000_000
"""Pairs of words up to which two texts are compared word by word."""
_TOKEN = re.compile(r"(?<!\w)[-+]?\d+(?:[.,/:-]\d+)*|\w+|[^\w\s]")
"""A number or a day, whole with its signs; a word; any other sign."""
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
    start, end = _shared_ends(before, after)
    left, right = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    return _cut(before, left, right), _cut(after, left, right)


def _shared_ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How much two texts, or lists of words, share at their beginning and after that at their end.

    >>> _shared_ends("aXbb", "aYYbb"), _shared_ends(["a", "a"], ["a"])
    ((1, 2), (1, 0))
    """
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    left = shorter - start
    return start, next((i for i in range(left) if before[-1 - i] != after[-1 - i]), left)


def _cut(text: str, left: int, right: int) -> str:
    """A text without so many characters at its ends, and signs for them.

    >>> _cut("abcdef", 2, 1), _cut("abcdef", 0, 0)
    ('…cde…', 'abcdef')
    """
    return ("…" if left else "") + text[left : len(text) - right] + ("…" if right else "")


def in_context(before: str, after: str) -> tuple[str, str]:
    """The words that differ between two values, with some around them; short values stay whole.

    >>> old = "Sở Y tế rà soát mạng lưới trạm y tế xã rồi trình phương án, xong trước ngày 30/6/2025"
    >>> in_context(old, old.replace("30/6", "30/9").replace("Sở", "Số"))
    ('Sở Y tế rà … xong trước ngày 30/6/2025', 'Số Y tế rà … xong trước ngày 30/9/2025')
    """
    old, new = before.split(), after.split()
    if max(len(before), len(after)) <= _WHOLE or not old or not new or old == new:
        return differing(before, after)
    places = _differing_words(old, new)
    return _around(old, [place[:2] for place in places]), _around(
        new, [place[2:] for place in places]
    )


def changed_words(before: str, after: str) -> tuple[str, str]:
    """The words alone that differ between two values, each once; values of which one is empty stay whole.

    >>> changed_words("phát triến nghề, rừng phát triến.", "phát triển nghề, rừng phát triển.")
    ('triến', 'triển')
    >>> changed_words("2025-06-30", "2025-09-30")
    ('2025-06-30', '2025-09-30')
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new or old == new:
        return before, after
    pairs = [(" ".join(old[a:b]), " ".join(new[c:d])) for a, b, c, d in _differing_words(old, new)]
    was, now = zip(*dict.fromkeys(pairs), strict=True)
    return "; ".join(was), "; ".join(now)


def _differing_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, ...]]:
    """Where words differ: from and to in the one, and in the other; of very long texts one stretch.

    >>> _differing_words(list("abcde"), list("aXce")), _differing_words(list("ab"), list("abc"))
    ([(1, 2, 1, 2), (3, 4, 3, 3)], [(2, 2, 2, 3)])
    >>> many = ["b", "c"] * 2000
    >>> _differing_words(["a", *many, "d"], ["a", *many[::-1], "d"])
    [(1, 4001, 1, 4001)]
    """
    start, end = _shared_ends(old, new)
    was, now = old[start : len(old) - end], new[start : len(new) - end]
    if len(was) * len(now) > _COMPARED:
        return [(start, start + len(was), start, start + len(now))]
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [
        tuple(start + place for place in places)
        for kind, *places in matcher.get_opcodes()
        if kind != "equal"
    ]


def _around(words: Sequence[str], places: Sequence[tuple[int, ...]]) -> str:
    """The words at some places with a few on either side, and a sign for each stretch that is left out.

    >>> words = [str(n) for n in range(20)]
    >>> _around(words, [(0, 1), (15, 16)])
    '0 1 2 3 … 12 13 14 15 16 17 18 …'
    """
    shown = [False] * len(words)
    for first, stop in places:
        for n in range(max(0, first - _BESIDE), min(len(words), stop + _BESIDE)):
            shown[n] = True
    told: list[str] = []
    for word, keep in zip(words, shown, strict=True):
        if keep:
            told.append(word)
        elif not told or told[-1] != "…":
            told.append("…")
    return " ".join(told)
