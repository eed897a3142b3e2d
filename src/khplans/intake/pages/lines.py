"""The lines of a page: words that stand on one baseline, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from khplans.intake.pages.page import Word

_SAME_LINE = 0.3
"""How far baselines of a line may lie apart, in heights of its words."""
_JOINED = 0.1
"""A gap, in heights, that is no blank where one of the words is raised."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words on one baseline, from left to right; at least one.

    `page` is the page that it stands on where the row that it is in began on another.
    """

    words: tuple[Word, ...]
    page: int | None = None

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def baseline(self) -> float:
        return self.words[0].baseline

    @property
    def height(self) -> float:
        return max(word.height for word in self.words)

    @property
    def text(self) -> str:
        """The words with one blank between them, raised ones too.

        >>> PrintedLine((Word("Sở", 0, 0, 9, 9, 9), Word("Y", 11, 0, 15, 9, 9))).text
        'Sở Y'
        """
        return " ".join(word.text for word in self.words)


def printed_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """The lines that words stand on, from top to bottom.

    >>> [line.text for line in printed_lines([Word("tế", 20, 0, 30, 9, 9.2), Word("Y", 9, 0, 15, 9, 9), Word("Sở", 0, 20, 9, 29, 29)])]
    ['Y tế', 'Sở']
    """
    lines: list[list[Word]] = []
    baseline = height = 0.0
    for word in sorted(words, key=attrgetter("baseline", "left")):
        if not lines or word.baseline - baseline > _SAME_LINE * min(height, word.height):
            lines.append([])
            baseline, height = word.baseline, word.height
        lines[-1].append(word)
    return [PrintedLine(tuple(sorted(line, key=attrgetter("left")))) for line in lines]


def are_joined(before: Word, word: Word) -> bool:
    """Whether no blank stands between two words of a line: a power, the mark of a note."""
    return (before.raised or word.raised) and (
        word.left - before.right < _JOINED * max(before.height, word.height)
    )


def usual_height(lines: Sequence[PrintedLine]) -> float:
    """The height that most characters of some lines have."""
    heights: dict[float, int] = {}
    for line in lines:
        for word in line.words:
            height = round(word.height, 1)
            heights[height] = heights.get(height, 0) + len(word.text)
    return max(heights, key=lambda height: (heights[height], height), default=0.0)
