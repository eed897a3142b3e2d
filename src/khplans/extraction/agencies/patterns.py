"""Patterns, over shadows, of the names that the knowledge tables hold."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.agencies import (
    Body,
    NameHead,
    Noun,
    Phrase,
    bodies,
    heads,
    nouns,
    other_names,
    phrases,
    posts,
    sectors,
    short_words,
)
from khplans.knowledge.wording import Wording, any_of
from khplans.text.shadow import shadow

_GAP = r"[ \-]{0,3}"
_AND = r"(?: va |[ ,]{0,2}[&\-] ?)"
_COMMA = r"[ ,\-&/]{1,3}"
_DASH = r"(?: ?[\-&/] ?|, | va | )"
_PARTS = Wording(r"(, | va | - )", ", ", folded=True)


@cache
def _shortened() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words that have abbreviations, and a pattern of all ways to write each: `ủy ban nhân dân`, `UBND`."""
    found = {}
    for words, shorts in short_words():
        full = _GAP.join(_word(word) for word in shadow(words).split())
        forms = "|".join(re.escape(shadow(short)).replace(r"\ ", " ?") for short in shorts)
        found[shadow(words)] = rf"(?:{full}|{forms})"
    return re.compile(rf"\b{any_of(found)}\b"), found


def _word(word: str) -> str:
    """A word of a name in a pattern; `và` may be written in several ways.

    >>> _word("va") == _AND.strip(), _word("y.te")
    (True, 'y\\\\.te')
    """
    return _AND.strip() if word == "va" else re.escape(word)


def ways_of_writing(name: str) -> str:
    """A pattern of the ways to write a name: abbreviations, hyphens for spaces, `&` for `và`.

    >>> bool(re.fullmatch(ways_of_writing("Ủy ban nhân dân tỉnh"), shadow("UBND tỉnh")))
    True
    """
    words, known = _shortened()
    key, parts, position = shadow(name), [], 0
    for match in words.finditer(key):
        parts += [_with_joints(key[position : match.start()]), known[match[0]]]
        position = match.end()
    parts.append(_with_joints(key[position:]))
    return _GAP.join(part for part in parts if part)


def _with_joints(text: str) -> str:
    """A pattern of words in which `và`, commas and hyphens may be written in several ways: `Văn hóa - Thể thao`.

    >>> pattern = re.compile(_with_joints("van hoa - the thao, du lich va y te"))
    >>> texts = "van hoa – the thao, du lich & y te", "van hoa va the thao, du lich va y te", "van hoa - the thao - du lich - y te"
    >>> [bool(pattern.fullmatch(text)) for text in texts]
    [False, True, True]
    """
    pieces = _PARTS.split(f" {text} ".replace("  ", " "))
    joined = []
    for piece in pieces:
        if piece == " va ":
            joined.append(_AND)
        elif piece == ", ":
            joined.append(_COMMA)
        elif piece == " - ":
            joined.append(_DASH)
        else:
            joined.append(_GAP.join(map(re.escape, piece.split())))
    return "".join(joined)


def _department(name: str, others: frozenset[str], taken: set[str]) -> tuple[str, str]:
    """Patterns of a department's name after `Sở`: its words, and its initials.

    Initials of one name are no other's: `taken` has those of the names before it, and gets its own.

    >>> bool(re.fullmatch(_department("Khoa học và Công nghệ", frozenset(), set())[1], "kh&cn"))
    True
    """
    pieces = _PARTS.split(shadow(name))
    parts, joints = pieces[::2], pieces[1::2]
    full, initials = "", ""
    alone = len(parts) == 1
    for part, joint in zip(parts, ["", *joints], strict=True):
        letters = "".join(word[0] for word in part.split())
        between = {"": "", " va ": _AND, ", ": _COMMA, " - ": _DASH}[joint]
        if joint == " - " and others.issuperset(parts):
            between = r" ?[\-&] ?"
        words = _GAP.join(part.split())
        short = len(letters) > 1 and not (alone and letters in taken)
        full += between + (rf"(?:{words}|{letters})" if short else words)
        if alone:
            taken.add(letters)
        initials += (r"[ ,.&\-]{0,2}(?:va )?" if joint else "") + r"[ .\-]?".join(letters)
    return full, initials


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled patterns; `lastgroup` of a match is the key in the mapping beside it."""

    departments: re.Pattern[str]
    bare_departments: re.Pattern[str]
    ministries: re.Pattern[str]
    bare_ministries: re.Pattern[str]
    named: ByLetter
    bodies: dict[str, Body]
    head: ByLetter
    heads: dict[str, NameHead]
    post: re.Pattern[str]
    phrase: ByLetter
    phrases: dict[str, Phrase]
    noun: str
    nouns_only: re.Pattern[str]
    nouns: dict[str, Noun]
    sectors: re.Pattern[str]
    sector_names: dict[str, str]


_END = r"(?!\w)"
Named = tuple[str, str]
"""The name of a group in a pattern, and the pattern."""
_OPENING = re.compile(r"\(\?:([^()]*)\)|([a-z])")


@dataclass(frozen=True, slots=True)
class ByLetter:
    """Patterns of hundreds of names, by the letter that they open with: at a place few are tried."""

    patterns: Mapping[str, re.Pattern[str]]

    def match(self, shade: str, position: int, end: int = sys.maxsize) -> re.Match[str] | None:
        """The longest name that stands at a place of a shadow, up to `end`."""
        pattern = self.patterns.get(shade[position : position + 1])
        return pattern.match(shade, position, end) if pattern else None


def _by_letter(patterns: Sequence[Named]) -> ByLetter:
    """
    >>> names = _by_letter([("a", "so"), ("b", "(?:ubnd|hdnd)"), ("c", "so y te")])
    >>> sorted(names.patterns), names.match("so y te", 0).lastgroup
    (['h', 's', 'u'], 'c')
    """
    found: dict[str, list[Named]] = {}
    for key, pattern in patterns:
        for letter in _letters(pattern):
            found.setdefault(letter, []).append((key, pattern))
    return ByLetter(
        {one: re.compile(f"(?:{_longest_of(those)}){_END}") for one, those in found.items()}
    )


def _letters(pattern: str) -> set[str]:
    """The letters that a pattern of a name can open with.

    >>> sorted(_letters("so y te")), sorted(_letters("(?:ubnd|hdnd) tinh"))
    (['s'], ['h', 'u'])
    """
    opening = _OPENING.match(pattern)
    assert opening is not None
    return {word[0] for word in opening[opening.lastindex or 0].split("|")}


def _longest_of(patterns: Iterable[Named]) -> str:
    """The longest of several patterns, each a named group.

    >>> _longest_of([("a", "so"), ("b", "so y te")])
    '(?P<b>so y te)|(?P<a>so)'
    """
    long_first = sorted(patterns, key=lambda pair: (-len(pair[1]), pair[0]))
    return "|".join(f"(?P<{key}>{pattern})" for key, pattern in long_first)


class _NamePatterns:
    """The patterns of all names of bodies, by how they begin."""

    def __init__(self) -> None:
        self.bodies: dict[str, Body] = {}
        self.full: dict[str, list[Named]] = {"Sở": [], "Bộ": [], "": []}
        self.short: dict[str, list[Named]] = {"Sở": [], "Bộ": []}
        self.glued: list[Named] = []
        self._fields = frozenset(shadow(b.name[3:]) for b in bodies() if b.head == "Sở")
        self._taken: dict[str, set[str]] = {"Sở": set(), "Bộ": set(), "Phòng": set()}
        self._seen: set[tuple[str, str]] = set()
        for i, (form, body) in enumerate([(b.name, b) for b in bodies()] + list(other_names())):
            self.bodies |= {f"n{i}": body, f"m{i}": body, f"m{i}x": body}
            self._add(i, form, body.head)

    def _add(self, i: int, form: str, head: str) -> None:
        """One way of writing a body that `head` opens (`Sở`, `Bộ`, `Phòng`), or nothing of the kind."""
        if head == "Phòng":
            words, initials = _department(form[6:], self._fields, self._taken[head])
            self.full[""].append((f"n{i}", rf"phong (?:{words}|{initials})"))
        elif head:
            self._add_department(i, form, head)
        else:
            self.full[""].append((f"n{i}", ways_of_writing(form)))

    def _add_department(self, i: int, form: str, head: str) -> None:
        """Take a department's name, its initials (`Sở NN&PTNT`) and those without a space (`SYT`)."""
        words, initials = _department(form[3:], self._fields, self._taken[head])
        self.full[head].append((f"n{i}", words))
        letters = re.sub(r"\(.*?\)|[^a-z]", "", initials)
        if len(letters) > 1 and (head, letters) not in self._seen:
            self._seen.add((head, letters))
            if head == "Sở":
                self.glued.append((f"m{i}x", initials))
            if _PARTS.search(shadow(form)):
                self.short[head].append((f"m{i}", initials))


@cache
def lexicon() -> Lexicon:
    """The patterns of all that is known; made once, when first needed."""
    names = _NamePatterns()
    so = f"(?:{_longest_of(names.short['Sở'])}|{_longest_of(names.full['Sở'])})"
    bo = f"(?:{_longest_of(names.short['Bộ'])}|{_longest_of(names.full['Bộ'])})"
    phrase_keys = {f"p{i}": phrase for i, phrase in enumerate(phrases())}
    head_keys = {f"h{i}": head for i, head in enumerate(heads())}
    noun = _loosely(noun.words for noun in nouns())
    sector_names = {shadow(name): name for name in sectors()}
    return Lexicon(
        departments=re.compile(
            rf"(?:(?:cac|lien) )?so(?:,(?: ban,)? nganh(?= ?:))? ?:? ?{so}{_END}|s(?:{_longest_of(names.glued)}){_END}"
        ),
        bare_departments=re.compile(so + _END),
        ministries=re.compile(rf"(?:cac )?bo(?:, nganh(?= ?:))? ?:? ?{bo}{_END}"),
        bare_ministries=re.compile(bo + _END),
        named=_by_letter(names.full[""]),
        bodies=names.bodies,
        head=_written_by_key(head_keys),
        heads=head_keys,
        post=re.compile(_loosely(posts())),
        phrase=_written_by_key(phrase_keys),
        phrases=phrase_keys,
        noun=noun,
        nouns_only=re.compile(noun),
        nouns=_nouns_by_words(),
        sectors=re.compile(any_of(sector_names) + _END),
        sector_names=sector_names,
    )


def _written_by_key(keys: Mapping[str, NameHead] | Mapping[str, Phrase]) -> ByLetter:
    """Patterns of the words of each, in any way of writing, under its key."""
    return _by_letter([(key, ways_of_writing(one.words)) for key, one in keys.items()])


def _nouns_by_words() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for noun in nouns():
        found.setdefault(re.sub(r"\W+", " ", shadow(noun.words)), noun)
    return found


def _loosely(names: Iterable[str]) -> str:
    """A pattern of the longest of several names, hyphens or more spaces for spaces."""
    return f"(?:{'|'.join(sorted(map(_loose, names), key=len, reverse=True))}){_END}"


def _loose(words: str) -> str:
    return re.escape(shadow(words)).replace(r"\ ", r"[ \-]{1,3}").replace(r"\-", "-")
