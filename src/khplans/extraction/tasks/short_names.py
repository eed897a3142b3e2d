"""Bodies that a document names in full in one task and by their initials in another: `Vụ TĐKT`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from khplans.model import Agency
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_SHORT = re.compile(
    rf"(?:(?P<head>[{UPPER}][^\W\d_]+(?: [^\W\d_]+)?) )?(?P<letters>[{UPPER}]{{2,6}})"
)
_WORD = re.compile(r"[^\W\d_]+")


def full_names(agencies: Iterable[Agency]) -> dict[Agency, Agency]:
    """For each body named by initials the one of the others that they stand for, where one only does.

    >>> vụ = [Agency(name, None, "central") for name in ("Vụ TĐKT", "Vụ Thi đua khen thưởng", "TCĐB")]
    >>> [(short.name, full.name) for short, full in full_names(vụ).items()]
    [('Vụ TĐKT', 'Vụ Thi đua khen thưởng')]
    """
    named = dict.fromkeys(agencies)
    written: dict[tuple[str, str], list[Agency]] = {}
    for one in named:
        if not _SHORT.fullmatch(one.name):
            for key in _ways_to_shorten(one.name):
                written.setdefault(key, []).append(one)
    found: dict[Agency, Agency] = {}
    for one in named:
        short = _SHORT.fullmatch(one.name)
        meant = (
            written.get((shadow(short["head"] or ""), shadow(short["letters"])), [])
            if short
            else []
        )
        if len(meant) == 1:
            found[one] = meant[0]
    return found


def _ways_to_shorten(name: str) -> Iterable[tuple[str, str]]:
    """The heads, with the initials of what follows, by which a name can be meant.

    >>> list(_ways_to_shorten("Tổng cục Đường bộ"))
    [('', 'tcdb'), ('tong', 'cdb'), ('tong cuc', 'db')]
    """
    words = [shadow(word) for word in _WORD.findall(name)]
    for i in range(min(3, len(words))):
        initials = "".join(word[0] for word in words[i:] if word != "va")
        if len(initials) > 1:
            yield " ".join(words[:i]), initials
