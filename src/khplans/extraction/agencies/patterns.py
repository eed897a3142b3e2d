"""Patterns, over shadows, of the names that the knowledge tables hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.agencies import (
    Body,
    Head,
    bodies,
    heads,
    other_names,
    posts,
    sectors,
    short_words,
)
from khplans.knowledge.groups import Noun, Phrase, nouns, phrases
from khplans.knowledge.task_cues import cues
from khplans.text.shadow import shadow

_GAP = r"[ \-]{0,3}"
_AND = r"(?: va |[ ,]{0,2}[&\-] ?)"
_COMMA = r"[ ,\-&/]{1,3}"
_DASH = r"(?: ?[\-&/] ?|, | va | )"
_PARTS = re.compile(r"(, | va | - )")


@cache
def _shortened() -> tuple[re.Pattern[str], dict[str, str]]:
    found = {}
    for words, shorts in short_words():
        full = _GAP.join(_word(word) for word in shadow(words).split())
        forms = "|".join(re.escape(shadow(short)).replace(r"\ ", " ?") for short in shorts)
        found[shadow(words)] = rf"(?:{full}|{forms})"
    long_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long_first))})\b"), found


def _word(word: str) -> str:
    return _AND.strip() if word == "va" else re.escape(word)


def written(name: str) -> str:
    """A pattern of the ways to write a name: abbreviations, hyphens for spaces, `&` for `và`.

    >>> bool(re.fullmatch(written("Ủy ban nhân dân tỉnh"), shadow("UBND tỉnh")))
    True
    """
    words, known = _shortened()
    key, parts, position = shadow(name), [], 0
    for match in words.finditer(key):
        parts += [_plain(key[position : match.start()]), known[match[0]]]
        position = match.end()
    parts.append(_plain(key[position:]))
    return _GAP.join(part for part in parts if part)


def _plain(text: str) -> str:
    pieces = re.split(r"( va |, | - )", f" {text} ".replace("  ", " "))
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
    """Patterns of a department's name behind `Sở`: its words, and its initials.

    Initials of one name are no other's: `taken` has those of the names before it, and gets its own.
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
    named: re.Pattern[str]
    bodies: dict[str, Body]
    head: re.Pattern[str]
    heads: dict[str, Head]
    post: re.Pattern[str]
    phrase: re.Pattern[str]
    phrases: dict[str, Phrase]
    noun: str
    nouns_only: re.Pattern[str]
    nouns: dict[str, Noun]
    sectors: re.Pattern[str]
    sector_names: dict[str, str]


def _longest_first(patterns: Iterable[tuple[str, str]]) -> str:
    return "|".join(
        f"(?P<{key}>{pattern})"
        for key, pattern in sorted(patterns, key=lambda pair: (-len(pair[1]), pair[0]))
    )


@cache
def lexicon() -> Lexicon:
    """The patterns of all that is known; made once, when first needed."""
    keyed: dict[str, Body] = {}
    full: dict[str, list[tuple[str, str]]] = {"so": [], "bo": [], "": []}
    short: dict[str, list[tuple[str, str]]] = {"so": [], "bo": []}
    ministries = {b.name for b in bodies() if b.name.startswith("Bộ ") and b.place == "central"}
    ministries -= {"Bộ Chính trị"}
    others = frozenset(shadow(b.name[3:]) for b in bodies() if b.name.startswith("Sở "))
    forms = [(body.name, body) for body in bodies()] + list(other_names())
    seen: set[tuple[str, str]] = set()
    taken: dict[str, set[str]] = {"so": set(), "bo": set(), "Phòng": set()}
    glued: list[tuple[str, str]] = []
    for i, (form, body) in enumerate(forms):
        head = "so" if body.name.startswith("Sở ") else "bo" if body.name in ministries else ""
        keyed[f"n{i}"] = keyed[f"m{i}"] = body
        if form.startswith("Phòng "):
            words, initials = _department(form.removeprefix("Phòng "), others, taken["Phòng"])
            full[""].append((f"n{i}", rf"phong (?:{words}|{initials})"))
            continue
        if not head:
            full[""].append((f"n{i}", written(form)))
            continue
        words, initials = _department(form[3:], others, taken[head])
        full[head].append((f"n{i}", words))
        letters = re.sub(r"\(.*?\)|[^a-z]", "", initials)
        if len(letters) > 1 and (head, letters) not in seen:
            seen.add((head, letters))
            if head == "so":
                glued.append((f"m{i}x", initials))
            if _PARTS.search(shadow(form)):
                short[head].append((f"m{i}", initials))
    end = r"(?!\w)"
    so, bo = _longest_first(full["so"]), _longest_first(full["bo"])
    so_short, bo_short = _longest_first(short["so"]), _longest_first(short["bo"])
    phrase_keys = {f"p{i}": phrase for i, phrase in enumerate(phrases())}
    head_keys = {f"h{i}": head for i, head in enumerate(heads())}
    noun_keys: dict[str, Noun] = {}
    for noun in nouns():
        noun_keys.setdefault(re.sub(r"\W+", " ", shadow(noun.words)), noun)
    sector_names = {shadow(name): name for name in sectors()}
    noun_patterns = sorted((_loose(noun.words) for noun in nouns()), key=len, reverse=True)
    return Lexicon(
        departments=re.compile(
            rf"(?:(?:cac|lien) )?so ?:? ?(?:{so_short}|{so}){end}|s(?:{_longest_first(glued)}){end}"
        ),
        bare_departments=re.compile(rf"(?:{so_short}|{so}){end}"),
        ministries=re.compile(rf"(?:cac )?bo ?:? ?(?:{bo_short}|{bo}){end}"),
        bare_ministries=re.compile(rf"(?:{bo_short}|{bo}){end}"),
        named=re.compile(rf"(?:{_longest_first(full[''])}){end}"),
        bodies=keyed | {f"{key}x": body for key, body in keyed.items()},
        head=re.compile(
            rf"(?:{_longest_first((key, written(h.words)) for key, h in head_keys.items())}){end}"
        ),
        heads=head_keys,
        post=re.compile(
            "(?:"
            + "|".join(sorted((_loose(post) for post in posts()), key=len, reverse=True))
            + rf"){end}"
        ),
        phrase=re.compile(
            rf"(?:{_longest_first((key, written(p.words)) for key, p in phrase_keys.items())}){end}"
        ),
        phrases=phrase_keys,
        noun=rf"(?:{'|'.join(noun_patterns)}){end}",
        nouns_only=re.compile(rf"(?:{'|'.join(noun_patterns)}){end}"),
        nouns=noun_keys,
        sectors=re.compile(
            rf"(?:{'|'.join(map(re.escape, sorted(sector_names, key=len, reverse=True)))}){end}"
        ),
        sector_names=sector_names,
    )


def _loose(words: str) -> str:
    return re.escape(shadow(words)).replace(r"\ ", r"[ \-]{1,3}").replace(r"\-", "-")


@cache
def verbs() -> re.Pattern[str]:
    """Verbs that follow the body that is charged, and so end its name."""
    words = "|".join(sorted(map(re.escape, cues("verb")), key=len, reverse=True))
    return re.compile(rf" (?:{words})(?!\w)")
