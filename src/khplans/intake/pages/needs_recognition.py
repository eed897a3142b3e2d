"""Which pages have no text that can be relied on, so that their words must be recognised from their picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khplans.intake.pages.page import Page
from khplans.text.syllables import toneless

_FEW_LETTERS = 100
_PICTURED = 0.15
"""The share of a page that is covered where a picture may hold its words; a seal with a signature takes less."""
_SCANNED = 0.5
_MOST_UNMAPPED = 0.1
_MOST_STRANGE = 0.1
_FEWEST_SYLLABLES = 0.6
_VIETNAMESE = frozenset("abcdefghijklmnopqrstuvwxyzđăâêôơư")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What tells whether a page's text can be relied on."""

    words: Sequence[str]
    pictured: float = 0.0
    unmapped: int = 0

    @property
    def letters(self) -> int:
        return sum(map(len, self.words))

    @property
    def strange(self) -> int:
        """Letters that Vietnamese hasn't."""
        return sum(letter not in _VIETNAMESE for word in self.words for letter in toneless(word))

    @property
    def syllables(self) -> float:
        """The share of words that may be Vietnamese syllables; 1 where there are none to tell by."""
        told = [toneless(word) for word in self.words if len(word) > 1 and not word.isupper()]
        return sum(map(bool, map(_SYLLABLE.fullmatch, told))) / len(told) if told else 1.0


@dataclass(frozen=True, slots=True)
class RecognitionReason:
    """Why a page needs recognition: its name, what it says to people, an example, and when it holds."""

    name: str
    vi: str
    en: str
    example: Seen
    holds: Callable[[Seen], bool]


_PROSE = ("Sở", "Y", "tế", "báo", "cáo", "kết", "quả") * 20
STRANGE = RecognitionReason(
    "strange-letters", "chữ không phải tiếng Việt: mã cũ hoặc phông hỏng", "letters that aren't Vietnamese: an old encoding or broken fonts",
    Seen(("ñuû", "ÿӇQJ") * 20), lambda page: page.strange > _MOST_STRANGE * page.letters,
)  # fmt: skip
REASONS = (
    RecognitionReason("no-text", "không có chữ, chỉ có hình", "pictures without text", Seen((), 0.01),
           lambda page: not page.words and page.pictured > 0),
    RecognitionReason("running-heads-alone", "chỉ có vài chữ bên hình", "a few letters beside pictures", Seen(("Công", "báo", "Số"), 0.6),
           lambda page: page.letters < _FEW_LETTERS and page.pictured >= _PICTURED),
    RecognitionReason("letters-not-told", "phông chữ không cho biết là chữ gì", "fonts that don't tell their letters", Seen(_PROSE, 0, 100),
           lambda page: page.unmapped > _MOST_UNMAPPED * page.letters),
    STRANGE,
    RecognitionReason("misread-scan", "bản quét với lớp chữ nhận dạng sai", "a scan whose text layer was misread", Seen(("DAmH", "MlJC", "PEwz") * 20, 1),
           lambda page: page.pictured >= _SCANNED and page.syllables < _FEWEST_SYLLABLES),
)  # fmt: skip
"""The first that holds is it."""


def needs_recognition(page: Page) -> RecognitionReason | None:
    """Why a page's words must be recognised from its picture; None where its text can be relied on.

    >>> needs_recognition(Page(1, 595, 842, pictured=0.9)).name, needs_recognition(Page(2, 595, 842))
    ('no-text', None)
    """
    letters = _WORD.findall(" ".join(word.text for word in page.words))
    return why_recognise(Seen(letters, page.pictured, page.unmapped))


def why_recognise(page: Seen) -> RecognitionReason | None:
    """The first reason that holds.

    >>> [why_recognise(reason.example) is reason for reason in REASONS]
    [True, True, True, True, True]
    """
    return next((reason for reason in REASONS if reason.holds(page)), None)
