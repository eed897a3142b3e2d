"""Lines about the items above them: `Đơn vị chủ trì: …`, `Thời gian hoàn thành: …`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.wording import Wording

Use = Literal["lead", "coordinate", "deadline", "output", "content", "event", "other"]
_OF_ALL = r" (?:cho )?(?:cac )?<part of the work> (?:o )?<said above>"
_USES: tuple[Use, ...] = ("lead", "coordinate", "deadline", "output", "content", "event", "other")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What such a line says: its use, and where in the text the value stands.

    `content` is what is to be done (`Nội dung: …`); beside lines that say by whom, it is the task.
    """

    use: Use
    begin: int
    start: int
    end: int
    adds: bool = False
    """Whether it is one more of those that a line above opens: `+ Sở Y tế` below `Cơ quan phối hợp:`."""

    @property
    def value(self) -> bool:
        """Whether anything stands after its colon."""
        return self.end > self.start


_LINE = Wording(
    r"(?:^|(?<=[.;(,] )|(?<=[.;(\-+])|(?<=[-+*] ))"
    rf"(?:{'|'.join(f'(?P<{use}><cue {use}-line>)' for use in _USES)})(?:{_OF_ALL})? ?: ?",
    "Cơ quan chủ trì:",
    folded=True,
)


# A heading over the names: `a) Cơ quan chủ trì`, and one over both: `2. Cơ quan chủ trì, phối hợp`.
_HEADING = Wording(
    r"(?:(?P<lead>(?:(?:cac )?<those who do it> )?chu tri(?: thuc hien)?)"
    r"|(?P<coordinate>(?:cac )?<those who do it> phoi hop(?: thuc hien)?)"
    r"|(?P<other>(?:cac )?<those who do it> chu tri(?:,| va) (?:<those who do it> )?(?:phoi hop|thuc hien)))"
    r" ?[:.]?",
    "Cơ quan chủ trì, phối hợp",
    folded=True,
)


def read_heading(shade: str) -> list[Attribute]:
    """What a heading says that names are listed below, without a name of its own.

    >>> shades = "co quan chu tri", "don vi phoi hop thuc hien", "co quan chu tri, phoi hop", "to chuc thuc hien"
    >>> [[one.use for one in read_heading(shade)] for shade in shades]
    [['lead'], ['coordinate'], ['other'], []]
    """
    whole = _HEADING.fullmatch(shade)
    use = next((use for use in _USES if whole and whole.groupdict().get(use)), None)
    return [Attribute(use, 0, len(shade), len(shade))] if use else []


def read_attributes(shade: str) -> list[Attribute]:
    """What a text says in the form of such lines, by its shadow.

    >>> [(a.use, a.start, a.end) for a in read_attributes("don vi chu tri: so y te; thoi gian: 2025")]
    [('lead', 16, 23), ('deadline', 36, 40)]
    """
    if ":" not in shade:
        return []
    matches = list(_LINE.finditer(shade))
    found = []
    for k, match in enumerate(matches):
        end = matches[k + 1].start() if k + 1 < len(matches) else len(shade)
        opening = shade.find("(", match.end(), end)
        while end > match.end() and shade[end - 1] in " .;,(-+*)":
            if shade[end - 1] == ")" and 0 <= opening < end:
                break
            end -= 1
        use = next(use for use in _USES if match[use])
        found.append(Attribute(use, match.start(), match.end(), end))
    return found
