"""Bodies by abbreviations: those that a document explains (`Tổng cục Thủy lợi (TCTL)`, `Ghi chú: BST: Ban soạn thảo`),
and initials of one that it names in full elsewhere (`Vụ TĐKT`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from khplans.knowledge.wording import Wording
from khplans.model import Agency, AgencyMention
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_SHORT = rf"[{UPPER}]{{2,8}}"
_BRACKET = Wording(
    rf" \((?:(?i:<called for short>(?: là)?:? )?)[“\"']?(?P<short>{_SHORT})[”\"']?\)",
    "Tổng cục Thủy lợi (sau đây viết tắt là TCTL)",
    exact=True,
)
_GLOSS = Wording(
    rf"(?:^|[;,] ?|(?i:ghi chú) ?: ?)(?P<short>{_SHORT})(?: ?[:=]| là| -) (?=[{UPPER}])",
    "Ghi chú: BST: Ban soạn thảo",
    exact=True,
)
"""An item of a list of abbreviations, not a dash in running text: `BST: Ban soạn thảo; TBT: Tổ biên tập`."""
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(
    rf"(?:(?P<head>[{UPPER}][^\W\d_]+(?: [^\W\d_]+)?) )?(?P<letters>[{UPPER}]{{2,6}})"
)
_LINKS = frozenset({"va", "cac", "cua", "ve"})
"""Words that an abbreviation may leave out."""
_LONGEST = 100


def explained(texts: Iterable[str]) -> dict[str, str]:
    """The names that texts give to abbreviations, by the abbreviation; the first of two counts.

    A name is one whose words begin with the abbreviation's letters.

    >>> explained(["Kiện toàn Ban soạn thảo (BST)", "Ghi chú: TBT: Tổ biên tập; XH: xã hội", "(CHXH)"])
    {'BST': 'Ban soạn thảo', 'TBT': 'Tổ biên tập'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for short, name in _explained_in(text):
            found.setdefault(short, name)
    return found


def _explained_in(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text explains, each with its name: `Ban Quản lý dự án (BQLDA)`.

    >>> list(_explained_in("Ban Quản lý dự án (BQLDA) và phần mềm (XYZ)"))
    [('BQLDA', 'Ban Quản lý dự án')]
    >>> list(_explained_in("TBT: Tổ biên tập; XH: hội"))
    [('TBT', 'Tổ biên tập')]
    """
    for match in _BRACKET.finditer(text):
        if name := _name_before(
            text[max(0, match.start() - _LONGEST) : match.start()], match["short"]
        ):
            yield match["short"], name
    for match in _GLOSS.finditer(text):
        if name := _name_after(text[match.end() : match.end() + _LONGEST], match["short"]):
            yield match["short"], name


def _name_before(text: str, short: str) -> str | None:
    """The words at the end of a text that begin with the letters of an abbreviation.

    >>> _name_before("theo đề nghị của Tổng cục Thủy lợi", "TCTL"), _name_before("của Sở Y tế", "TCTL")
    ('Tổng cục Thủy lợi', None)
    """
    words = list(_WORD.finditer(text))
    letters = list(shadow(short))
    while words and letters:
        word = words.pop()
        key = shadow(word[0])
        if key[0] == letters[-1]:
            letters.pop()
            if not letters and word[0][0].isupper():
                return text[word.start() :]
        elif key not in _LINKS:
            return None
    return None


def _name_after(text: str, short: str) -> str | None:
    """The words at the beginning of a text that begin with the letters of an abbreviation.

    >>> _name_after("Ban soạn thảo; TBT: Tổ biên tập", "BST"), _name_after("Bộ trưởng", "BST")
    ('Ban soạn thảo', None)
    """
    letters = list(shadow(short))
    for word in _WORD.finditer(text):
        key = shadow(word[0])
        if letters and key[0] == letters[0]:
            letters.pop(0)
            if not letters:
                return text[: word.end()]
        elif key not in _LINKS:
            return None
    return None


def full_names(mentions: Iterable[AgencyMention]) -> dict[Agency, AgencyMention]:
    """For each body named by initials a mention of the one that they stand for, where one only does.

    Both are of one province, or both of the centre.

    >>> vụ = [Agency(name, None, "central") for name in ("Vụ TĐKT", "Vụ Thi đua khen thưởng", "TCĐB")]
    >>> from khplans.text.passage import Span
    >>> full = full_names(AgencyMention(one, Span(0, 0), one.name) for one in vụ)
    >>> [(short.name, meant.agency.name) for short, meant in full.items()]
    [('Vụ TĐKT', 'Vụ Thi đua khen thưởng')]
    """
    named: dict[Agency, AgencyMention] = {}
    for one in mentions:
        named.setdefault(one.agency, one)
    written: dict[tuple[str | None, str, str], list[AgencyMention]] = {}
    for agency, one in named.items():
        if not _INITIALS.fullmatch(agency.name):
            for head, letters in _ways_to_shorten(agency.name):
                written.setdefault((agency.province, head, letters), []).append(one)
    found: dict[Agency, AgencyMention] = {}
    for agency in named:
        if short := _INITIALS.fullmatch(agency.name):
            key = (agency.province, shadow(short["head"] or ""), shadow(short["letters"]))
            meant = written.get(key, [])
            if len(meant) == 1:
                found[agency] = meant[0]
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
