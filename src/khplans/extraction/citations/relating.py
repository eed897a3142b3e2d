"""How a document speaks of each document it mentions: as its basis, to carry it out, to replace it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from khplans.extraction.citations.find import Mention
from khplans.knowledge.citations import relations_by_cue
from khplans.knowledge.wording import Wording

_REACH = 160
_BOUNDARY = re.compile(r"[.;:] ")
_LISTED = Wording(r"(?:[,;]|(?<!\w)và|(?<!\w)hoặc)(?: các)? ?$", " và các ")


@cache
def _cues() -> re.Pattern[str]:
    cues = sorted(relations_by_cue(), key=lambda cue: (-len(cue), cue))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, cues))})(?!\w)", re.IGNORECASE)


def relations(text: str, mentions: Sequence[Mention], default: str = "mentions") -> list[str]:
    """The relation of each mention, by the nearest cue before it in its clause.

    An item of a list has the relation of the list's head; a mention inside another's title has
    that of the words right before it.

    >>> from khplans.extraction.citations.find import find_mentions
    >>> text = "Căn cứ Nghị định số 08/NĐ-CP hướng dẫn Luật Giá năm 2023; Nghị định số 9/NĐ-CP"
    >>> relations(text, find_mentions(text))
    ['legal_basis', 'implements', 'legal_basis']
    """
    found: list[str] = []
    current = default
    for k, mention in enumerate(mentions):
        floor = mentions[k - 1].j if k else 0
        before = text[max(floor, mention.i - _REACH) : mention.i]
        listed = bool(k) and _LISTED.search(before) is not None
        cue = None
        if not listed:
            boundary = 0
            for stop in _BOUNDARY.finditer(before):
                boundary = stop.end()
            for match in _cues().finditer(before, boundary):
                cue = match[0].lower()
        relation = relations_by_cue()[cue] if cue else (current if listed else default)
        found.append(relation)
        fresh = not k or _BOUNDARY.search(before) is not None
        if fresh and not listed:
            current = relation
    return found
