"""A source text cut where highlights begin and end, however they overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from khplans.site.markup import esc
from khplans.text.visible import hidden

_EMPHASIS = re.compile(r"^#{1,6} |\*{2,3}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words to be marked: `kind` is the style (`t` task, `i` indicator, `c` citation, `a` agency, `x`
    correction, `w` doubtful), `anchor` the element id of their beginning, `after` a correction's words."""

    start: int
    end: int
    kind: str
    anchor: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start:end` that the same highlights (by index) cover."""

    start: int
    end: int
    covered: tuple[int, ...]


def segments(start: int, end: int, highlights: Sequence[Highlight]) -> list[Segment]:
    """Cut `start:end` at every border of a highlight that overlaps it.

    >>> a, b = Highlight(0, 4, "t", "a"), Highlight(2, 6, "i", "b")
    >>> [(s.start, s.end, s.covered) for s in segments(0, 8, [a, b])]
    [(0, 2, (0,)), (2, 4, (0, 1)), (4, 6, (1,)), (6, 8, ())]
    """
    inside = [(i, h) for i, h in enumerate(highlights) if h.start < end and h.end > start]
    cuts = {start, end}
    for _, highlight in inside:
        cuts.update(cut for cut in (highlight.start, highlight.end) if start < cut < end)
    places = sorted(cuts)
    return [
        Segment(a, b, tuple(i for i, h in inside if h.start <= a and b <= h.end))
        for a, b in pairwise(places)
    ]


def mark(text: str, start: int, end: int, highlights: Sequence[tuple[int, Highlight]]) -> str:
    """`text[start:end]` as HTML with its highlights, given with the number that pages call them by.

    Taking the tags away (and `ins`) gives the characters back, those that would act or hide by their
    signs (`visible`), each with its name.
    """
    out = []
    chosen = [highlight for _, highlight in highlights]
    for segment in segments(start, end, chosen):
        covering = [highlights[i] for i in segment.covered]
        words = _words(text[segment.start : segment.end])
        begins = [(h.anchor, k) for k, h in covering if h.start == segment.start and h.anchor]
        out += [f'<span id="{esc(name)}" data-k="{key}"></span>' for name, key in begins[1:]]
        named = f' id="{esc(begins[0][0])}"' if begins else ""
        if not covering:
            out.append(words)
            continue
        kinds = " ".join(sorted({h.kind for _, h in covering}))
        # The key of what the id names comes first; what has no place of its own has no row to show.
        own = [key for _, key in begins[:1]]
        others = [key for key, h in covering if h.anchor and key not in own]
        keys = " ".join(map(str, [*own, *others]))
        known = f' data-k="{keys}"' if keys else ""
        out.append(f'<mark{named} class="{kinds}"{known}>{words}</mark>')
        out += [
            f'<ins class="kh-ins">{esc(h.after)}</ins>'
            for _, h in covering
            if h.after and h.end == segment.end
        ]
    return "".join(out)


def _words(words: str) -> str:
    """Escaped text whose Markdown signs stay in it but out of sight."""
    out, position = [], 0
    for match in _EMPHASIS.finditer(words):
        out.append(_shown(words[position : match.start()]))
        out.append(f'<span class="kh-md">{esc(match[0])}</span>')
        position = match.end()
    return "".join([*out, _shown(words[position:])])


def _shown(words: str) -> str:
    """Escaped text with what would act or hide shown by signs that say what they stand for."""
    out, position = [], 0
    for place, character, sign in hidden(words):
        out.append(esc(words[position:place]))
        name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
        out.append(f'<span class="kh-sign" title="{name}">{sign}</span>')
        position = place + len(character)
    return "".join([*out, esc(words[position:])])
