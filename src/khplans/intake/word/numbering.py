"""Lists: the number or bullet that Word shows before a paragraph, counted as Word counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khplans.errors import refusal
from khplans.intake.word.number_forms import number_in_form
from khplans.intake.word.styles import Style, Styles, marks_of
from khplans.intake.word.symbols import with_symbols
from khplans.intake.word.xml_names import W, integer, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = range(9)
_LARGEST = 32_767
_LONGEST_PATTERN = 100
"""Characters of a level's text; Word itself allows 31 and the numbers."""
_PLACE = re.compile(r"%([1-9])")
_PLAIN_BULLET = re.compile(r"[-–—+*=•●·▪■◆▶○□➢→✓❖]+")
_SHOWN_BULLET = "•"
"""A bullet that is a picture, a letter (the `o` of Courier New) or the sign of a rare font."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: `pattern` is its text (`%1.%2.`), `restart` the level (from 1) whose use, or
    that of one above it, makes it begin anew: 0 for none, None for any above it."""

    start: int
    form: str
    pattern: str
    restart: int | None
    plain_digits: bool
    gap: str
    hidden: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class WordList:
    """A list: those of one `key` count on together; `starts` are the numbers that this one begins with."""

    id: str
    key: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place: a level of a list, from 0."""

    list: WordList
    level: int


class WordNumbering:
    """The lists of a document."""

    def __init__(self, root: Element | None, styles: Styles, where: str) -> None:
        self._where = where
        self._styles = styles
        self._kinds = _by_id(root, "abstractNum", "abstractNumId")
        self._lists = _by_id(root, "num", "numId")
        self._made: dict[str, WordList | None] = {}
        self._levels_of_kind: dict[str, Mapping[int, Level]] = {}

    def of_paragraph(self, properties: Element | None, style: Style) -> Numbered | None:
        """The place that a paragraph has by its own properties or by its style.

        Raises `KhplansError` for a level whose text is too long.
        """
        own = None if properties is None else properties.find(W + "numPr")
        list_id = value(own, "numId") or style.list_id
        found = None if list_id is None else self._list(list_id)
        if found is None:
            return None
        level = integer(value(own, "ilvl"))
        if level is None:
            level = _level_of_style(found, style)
        return Numbered(found, level) if level in found.levels else None

    def _list(self, list_id: str) -> WordList | None:
        if list_id not in self._made:
            self._made[list_id] = self._read(list_id)
        return self._made[list_id]

    def _read(self, list_id: str) -> WordList | None:
        numbered, kind = self._lists.get(list_id), self._kind(list_id)
        if numbered is None or kind is None:
            return None
        key = kind.get(W + "abstractNumId", "")
        if key not in self._levels_of_kind:
            self._levels_of_kind[key] = self._levels(kind)
        levels = dict(self._levels_of_kind[key])
        starts: dict[int, int] = {}
        for override in numbered.iter(W + "lvlOverride"):
            place = integer(override.get(W + "ilvl"))
            start = integer(value(override, "startOverride"))
            if place in _LEVELS and place is not None:
                levels.update(self._levels(override))
                starts.update({} if start is None else {place: start})
        return WordList(list_id, key, levels, starts)

    def _kind(self, list_id: str) -> Element | None:
        """The definition behind a list, by way of a list style where it names one."""
        for _ in _LEVELS:
            kind = self._kinds.get(value(self._lists.get(list_id), "abstractNumId") or "")
            link = value(kind, "numStyleLink")
            there = None if link is None else self._styles.list_of(link)
            if there is None or there == list_id:
                return kind
            list_id = there
        return None

    def _levels(self, parent: Element) -> dict[int, Level]:
        levels = {}
        for element in parent.iterfind(W + "lvl"):
            place = integer(element.get(W + "ilvl"))
            if place in _LEVELS and place is not None:
                levels[place] = self._level(element)
        return levels

    def _level(self, element: Element) -> Level:
        form = value(element, "numFmt") or _custom_form(element)
        pattern = value(element, "lvlText") or ""
        if len(pattern) > _LONGEST_PATTERN:
            raise refusal("docx-number-long", self._where, most=_LONGEST_PATTERN)
        properties = element.find(W + "rPr")
        return Level(
            start=integer(value(element, "start")) or 0,
            form=form,
            pattern=_bullet(pattern, marks_of(properties).font or "")
            if form == "bullet"
            else pattern,
            restart=integer(value(element, "lvlRestart")),
            plain_digits=bool(switch(element, "isLgl")),
            gap="" if value(element, "suff") == "nothing" else " ",
            hidden=bool(switch(properties, "vanish")),
            style=value(element, "pStyle"),
        )


@dataclass(slots=True)
class Counters:
    """How far each list has come."""

    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    _deepest: dict[str, int] = field(default_factory=dict)
    """The deepest level that was met, by the list's id: those down to it have begun."""

    def next(self, place: Numbered) -> str:
        """Count one more paragraph; what Word shows before it, with the blank after that.

        A level above it that was not met counts as met once.
        """
        values = self._values.setdefault(place.list.key, {})
        for level in range(place.level):
            if level in place.list.levels:
                values.setdefault(level, _start(place.list, level))
        values[place.level] = self._number(place, values)
        for level in [x for x in values if x > place.level]:
            if _begins_anew(place.list.levels.get(level), place.level):
                del values[level]
        shown = _shown(place, values)
        return shown + place.list.levels[place.level].gap if shown.strip() else ""

    def _number(self, place: Numbered, values: Mapping[int, int]) -> int:
        deepest = self._deepest.get(place.list.id, -1)
        self._deepest[place.list.id] = max(deepest, place.level)
        restarts = place.level in place.list.starts and place.level > deepest
        if restarts or place.level not in values:
            return _start(place.list, place.level)
        return min(values[place.level] + 1, _LARGEST)


def _start(word_list: WordList, level: int) -> int:
    start = word_list.starts.get(level, word_list.levels[level].start)
    return max(0, min(start, _LARGEST))


def _begins_anew(level: Level | None, used: int) -> bool:
    """Whether a level begins anew once a paragraph stands on one above it."""
    return level is None or level.restart is None or used < level.restart


def _shown(place: Numbered, values: Mapping[int, int]) -> str:
    levels = place.list.levels
    own = levels[place.level]
    if own.hidden:
        return ""

    def number(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        if level > place.level or level not in levels:
            return ""
        form = "decimal" if own.plain_digits else levels[level].form
        return number_in_form(values.get(level, levels[level].start), form)

    return own.pattern if own.form == "bullet" else _PLACE.sub(number, own.pattern)


def _level_of_style(found: WordList, style: Style) -> int:
    """The level that is tied to the style or, where none is, that which the style names."""
    tied = {level.style: place for place, level in found.levels.items() if level.style}
    return next((tied[name] for name in style.names if name in tied), style.list_level or 0)


def _bullet(pattern: str, font: str) -> str:
    shown = with_symbols(pattern, font).strip()
    return shown if _PLAIN_BULLET.fullmatch(shown) else _SHOWN_BULLET


def _custom_form(element: Element) -> str:
    """The format that stands behind a choice for newer programs; `001, 002` among them."""
    for choice in element.iter(W + "numFmt"):
        if (choice.get(W + "format") or "").startswith("01"):
            return "decimalZero"
        return str(choice.get(W + "val", "decimal"))
    return "decimal"


def _by_id(root: Element | None, name: str, key: str) -> dict[str, Element]:
    found = () if root is None else root.iterfind(W + name)
    return {element.get(W + key, ""): element for element in found}
