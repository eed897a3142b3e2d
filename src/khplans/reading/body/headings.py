"""Which numbered or stressed text is a heading, and which has something below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.knowledge.headings import heading_role
from khplans.knowledge.letterhead import opening_words
from khplans.reading.body.raw_blocks import RawBlock
from khplans.text.passage import Passage

_BREAK = re.compile(r"[.!?] +[“\"(]?([^\W\d_])")

# A line below a task that says who, by when or with what result: no heading stands above it.
_ANSWER = re.compile(
    r"[-+*• ]*(?:\(?(?:co quan|don vi|to chuc|bo phan) [a-z ]{0,30}|(?:chu tri|phoi hop|trach nhiem|phan cong)[a-z ,]{0,30}"
    r"|(?:thoi gian|thoi han|tien do|lo trinh|hoan thanh|san pham|ket qua|han)[a-z ,/]{0,30})\s*:\s*\S"
)
_SENTENCE = 100  # from so many characters on a line may be a task even without an end mark


def find_headings(
    units: Sequence[RawBlock], texts: Sequence[Passage], levels: Sequence[int | None]
) -> list[tuple[bool, bool]]:
    """For each unit whether it opens a section and whether it is nothing but a heading."""
    answers = [bool(_ANSWER.match(unit.lines[0].low)) for unit in units]
    followed = _with_children(units, levels, [False] * len(units))
    children = _with_children(units, levels, answers)
    shares = _shares(units, levels, children)
    found: list[tuple[bool, bool]] = []
    for k, unit in enumerate(units):
        level = levels[k]
        if unit.kind == "heading" or unit.group:
            found.append((True, True))
        elif unit.kind != "paragraph" or level is None:
            found.append((False, False))
        else:
            opens, heading = _heading(unit, texts[k].text, level, children[k], shares[k])
            numbered = unit.marker is not None and not unit.marker.bullet
            found.append((opens or (followed[k] and numbered), heading))
    return found


def _with_children(
    units: Sequence[RawBlock], levels: Sequence[int | None], skipped: Sequence[bool]
) -> list[bool]:
    """For each unit whether what follows it, but for the skipped, stands below it."""
    found = [False] * len(units)
    following: int | None = None
    for k in range(len(units) - 1, -1, -1):
        unit = units[k]
        level = levels[k]
        if unit.kind in ("furniture", "footnote"):
            following = None if unit.closes else following
            continue
        if skipped[k]:
            continue
        if level is not None and following is not None:
            whole = unit.lines[-1].text.endswith((".", ";"))
            found[k] = _below(units[following], levels[following], level, whole)
        following = k
    return found


def closes_document(unit: RawBlock) -> bool:
    """Whether a paragraph speaks of the whole document: by its first words, or the mark of its end."""
    if opening_words("closing").match(unit.lines[0].key):
        return True
    return unit.lines[-1].text.endswith("./.")


def _below(unit: RawBlock, below: int | None, level: int, whole: bool) -> bool:
    """Whether a unit stands below one of the given level; `whole`: that is a sentence of its own."""
    if unit.kind in ("recipients", "signature") or unit.annex:
        return False
    if unit.kind in ("row", "columns"):
        return True
    if below is None:
        opening = opening_words("closing").match(unit.lines[0].key)
        return level < 78 and not opening and not (whole and closes_document(unit))
    return below > level


def _shares(
    units: Sequence[RawBlock], levels: Sequence[int | None], children: Sequence[bool]
) -> list[float]:
    """For each unit the share of the items of its list that have something below them."""
    groups: list[list[int]] = []
    of: list[int | None] = []
    stack: list[tuple[int, int]] = []
    for k, unit in enumerate(units):
        level = levels[k]
        if unit.closes or unit.annex:
            stack.clear()
        if level is None:
            of.append(None)
            continue
        while stack and stack[-1][0] > level:
            stack.pop()
        if not stack or stack[-1][0] < level:
            groups.append([0, 0])
            stack.append((level, len(groups) - 1))
        group = stack[-1][1]
        of.append(group)
        if unit.marker:
            groups[group][0] += 1
            groups[group][1] += children[k]
    return [groups[g][1] / max(groups[g][0], 1) if g is not None else 0.0 for g in of]


def _heading(
    unit: RawBlock, text: str, level: int, children: bool, share: float
) -> tuple[bool, bool]:
    marker = unit.marker
    line = unit.lines[0]
    single = not any(found[1].isupper() for found in _BREAK.finditer(text))
    stressed = line.capitals or line.hashes or line.bold
    if marker is None:
        return (True, True) if stressed or children else (False, False)
    if marker.bullet:
        intro = children and text.endswith(":") and single
        return (intro, intro)
    if not text:
        return (True, True)
    if marker.level <= 34:
        heading = single and len(text) < 400
        return (heading or children, heading)
    if text.endswith(":") and single and (children or len(text) < 200):
        return (True, True)
    if stressed and single and len(text) < 300:
        return (True, True)
    if not children:
        short = (
            len(text) < 60 and not text.endswith((".", ";", ",")) and heading_role(text) is not None
        )
        return (short, short)
    if not single or len(text) > 350:
        return (True, False)
    if not text.endswith((".", ";", ",")) and (len(text) < _SENTENCE or share == 0.5):
        return (True, True)
    return (True, share > 0.5)
