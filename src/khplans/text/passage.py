"""Readable text that remembers where every character came from.

A plan's source is kept as received: decomposed accents, no-break spaces, emphasis marks,
lines broken in mid-sentence. A `Passage` is a stretch of it made readable (NFC, single
spaces, line and page breaks closed up, lookalikes made usual, corrections applied) with a map back, so that a
match at `passage.text[i:j]` has an exact span in the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from khplans.text.glued import cuts_between
from khplans.text.lookalikes import LOOKALIKE, usual
from khplans.text.syllables import is_syllable


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into a plan's decoded source text."""

    start: int
    end: int

    def of(self, source: str) -> str:
        """The words themselves.

        >>> Span(3, 7).of("Sở Y tế")
        'Y tế'
        """
        return source[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Correction:
    """A reading error of the source put right: `before` at `span` should read `after`.

    `line` is that of corrections.csv, counted from 1, where it was read from one.
    """

    span: Span
    before: str
    after: str
    reason: str
    line: int | None = None


@dataclass(frozen=True)
class Passage:
    """Readable `text` made of pieces of the source.

    Piece k covers `text[at[k]:at[k + 1]]` and came from `source[origin[k]:until[k]]`. A piece of
    equal length on both sides maps character by character; any other maps as a whole.
    """

    text: str
    at: tuple[int, ...] = ()
    origin: tuple[int, ...] = ()
    until: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def whole(self) -> Span:
        """The span of all of it.

        Raises `ValueError` where the passage is empty.
        """
        return self.span(0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the source.

        >>> source = "trước ngày **12/10/2021** để"
        >>> passage = passage_of(source)
        >>> passage.text
        'trước ngày 12/10/2021 để'
        >>> i = passage.text.index("12/10")
        >>> passage.span(i, i + 10).of(source)
        '12/10/2021'
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no characters at {start}:{end} in a passage of {len(self.text)}")
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, end - 1) - 1
        return Span(self._source(first, start, False), self._source(last, end, True))

    def _source(self, piece: int, index: int, ends: bool) -> int:
        if self._is_even(piece):
            return self.origin[piece] + index - self.at[piece]
        return self.until[piece] if ends else self.origin[piece]

    def _end(self, piece: int) -> int:
        return self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)

    def _is_even(self, piece: int) -> bool:
        """Whether a piece is as long as what it came from, so that each character has its own place."""
        return self.until[piece] - self.origin[piece] == self._end(piece) - self.at[piece]

    def slice(self, start: int, end: int | None = None) -> Passage:
        """The part `text[start:end]` as a passage of its own, without spaces at its ends."""
        end = len(self.text) if end is None else min(end, len(self.text))
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            return Passage("")
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, end - 1) - 1
        at = (0, *[place - start for place in self.at[first + 1 : last + 1]])
        origin, until = self.origin[first : last + 1], self.until[first : last + 1]
        if start > self.at[first] and self._is_even(first):
            origin = (origin[0] + start - self.at[first], *origin[1:])
        if end < self._end(last) and self._is_even(last):
            until = (*until[:-1], until[-1] - (self._end(last) - end))
        return Passage(self.text[start:end], at, origin, until)


INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Marks that take no room: soft hyphens, joiners, marks of direction, byte-order marks."""
# HTML in Markdown: tags that part words like a line break, and tags that stand inside them.
BLOCK_TAG = r"</?(?:br|p|div|center|blockquote|table|thead|tbody|tr|td|th|ul|ol|li|hr|h[1-6])\b[^<>]{0,200}>"
_INLINE_TAG = r"</?(?:b|i|u|em|strong|span|font|small|sup|sub)\b[^<>]{0,200}>"
# What must change to be readable: white space other than a single plain space, invisible marks,
# emphasis marks, HTML tags, lookalikes and letters followed by combining marks. Everything else is copied as it stands.
_BEGINS = attrgetter("span.start")
_BLANKS = re.compile(r"\s+")
_BLANK = r"[\s\x00-\x1f" + INVISIBLE + "]"
MOST_MARKS = 30
"""More marks on one letter than that are no writing (Unicode's Stream-Safe Text Format)."""
_UNREADABLE = re.compile(
    rf"(?P<space> {_BLANK}+|[^\S ]{_BLANK}*|[\x00-\x1f]{_BLANK}*)"
    rf"|(?P<tag>{BLOCK_TAG})"
    rf"|(?P<drop>{_INLINE_TAG}|[{INVISIBLE}]+|\*{{1,3}}|(?<!\w)_{{1,3}}(?=\w)|(?<=\w)_{{1,3}}(?!\w))"
    rf"|(?P<lookalike>{LOOKALIKE})"
    rf"|(?P<compose>[^\s\u0300-\u036f][\u0300-\u036f]{{1,{MOST_MARKS}}})"
)

# What word segmentation puts between the syllables of a word, and beside a mark: `kế_hoạch , dự_án ( 5 % )`.
_JOINED = r"(?<=[^\W\d_])_(?=[^\W\d_])"
_APART = r" (?=[,.;:)%‰/])|(?<=[(/]) "
_UNREADABLE_SEGMENTED = re.compile(
    rf"(?P<joined>{_JOINED})|(?P<apart>{_APART})|{_UNREADABLE.pattern}"
)
_TWO_SYLLABLES = re.compile(r"(?<![^\W_])([^\W\d_]+)_(?=([^\W\d_]+))(?!\S{0,40}[./@])")
_TELLING = 20_000
_CHARACTERS_A_WORD = 100
"""In segmented text there is more than one word of several syllables in so many characters."""

# What a stretch has one of that must change, but for two plain spaces together: most have none.
_SUSPECT = re.compile(
    rf"[\x00-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0300-\u036f<*_{INVISIBLE}{LOOKALIKE[1:]}"
)


def read_passage(
    source: str, spans: Iterable[Span], corrections: Sequence[Correction] = ()
) -> Passage:
    """Make the given stretches of the source readable, joined by single spaces.

    `spans` are in source order and do not overlap; `corrections` are those of the whole source,
    sorted by start; one may go from a span over into a later one. The passage neither starts nor ends with a space.

    >>> source = "Sở Y tê và\\nSở Nội vụ"
    >>> def read(*corrections): return read_passage(source, [Span(0, 7), Span(11, len(source))], corrections).text
    >>> read(), read(Correction(Span(5, 7), "tê", "tế", "")), read(Correction(Span(5, 13), "", "tế", ""))
    ('Sở Y tê Sở Nội vụ', 'Sở Y tế Sở Nội vụ', 'Sở Y tế Nội vụ')
    """
    spans = list(spans)
    if len(spans) == 1 and _is_readable(source, spans[0], corrections):
        (span,) = spans
        return Passage(span.of(source), (0,), (span.start,), (span.end,)).slice(0)
    pieces = _Pieces()
    done = 0
    for span in spans:
        begin = max(span.start, done)
        if begin == span.start:
            pieces.new_span(begin)
        for start, end, after in _corrected(Span(begin, span.end), spans, corrections):
            done = end
            if after is None:
                for cut in cuts_between(source, start, end):
                    _make_readable(source, start, cut, pieces)
                    pieces.space(cut, cut)
                    start = cut
                _make_readable(source, start, end, pieces)
            else:
                pieces.put(unicodedata.normalize("NFC", _BLANKS.sub(" ", after)), start, end)
    return pieces.passage()


def passage_of(text: str) -> Passage:
    """All of a text as one passage.

    >>> passage_of("một  **trăm**\\ntỷ").text
    'một trăm tỷ'
    """
    return read_passage(text, [Span(0, len(text))])


def _is_readable(source: str, span: Span, corrections: Sequence[Correction]) -> bool:
    """Whether a stretch stays as it is: most do.

    >>> fixed = Correction(Span(6, 7), "ế", "ề", "")
    >>> [_is_readable(words, Span(0, 5), made) for words, made in (("Sở Y tế", ()), ("Sở  Y tế", ()), ("Sở Y tế", (fixed,)))]
    [True, False, True]
    >>> _is_readable("Sở Y tế", Span(0, 7), (fixed,))
    False
    """
    next_one = bisect_left(corrections, span.start, key=_BEGINS)
    corrected = next_one < len(corrections) and corrections[next_one].span.start < span.end
    changes = _must_change(source, span.start, span.end)
    return not (changes or corrected or cuts_between(source, span.start, span.end))


def _must_change(source: str, start: int, end: int) -> bool:
    """Whether a stretch has a sign that can't stay, or white space to close up.

    >>> [_must_change(words, 0, len(words)) for words in ("Sở Y tế", "Sở  Y tế", "**Sở** Y tế")]
    [False, True, True]
    """
    return source.find("  ", start, end) >= 0 or _SUSPECT.search(source, start, end) is not None


def _make_readable(source: str, start: int, end: int, pieces: _Pieces) -> None:
    """Put a stretch of the source: white space closed up, marks and tags left out, letters composed, the
    syllables of words apart.

    >>> source = "Sở Y_tế , Sở Nội_vụ rà_soát 5 % ( năm 2025 ) ."
    >>> read_passage(source, [Span(0, len(source))]).text
    'Sở Y tế, Sở Nội vụ rà soát 5% (năm 2025).'
    >>> def readable(text):
    ...     pieces = _Pieces()
    ...     _make_readable(text, 0, len(text), pieces)
    ...     return pieces.passage().text
    >>> readable("Sở Y tế"), readable("Sở  **Y**<br>tế"), readable("Ho\\u0300a")
    ('Sở Y tế', 'Sở Y tế', 'Hòa')
    """
    position = start
    if not _must_change(source, start, end):
        pieces.put(source[start:end], start, end)
        return
    segmented = source.find("_", start, end) >= 0 and _is_segmented(source)
    unreadable = _UNREADABLE_SEGMENTED if segmented else _UNREADABLE
    for match in unreadable.finditer(source, start, end):
        pieces.put(source[position : match.start()], position, match.start())
        position = match.end()
        if match["space"] or match["tag"]:
            pieces.space(match.start(), match.end())
        else:
            pieces.put(_in_place_of(match), match.start(), match.end())
    pieces.put(source[position:end], position, end)


@lru_cache(maxsize=4)
def _is_segmented(source: str) -> bool:
    """Whether a text joins the syllables of its words by underscores; one word so joined is a file's name.

    >>> _is_segmented("Sở Kế_hoạch và Đầu_tư báo_cáo"), _is_segmented("Xem ke_hoach_nam.pdf")
    (True, False)
    """
    opening = source[:_TELLING]
    joined = sum(
        is_syllable(match[1]) and is_syllable(match[2])
        for match in _TWO_SYLLABLES.finditer(opening)
    )
    return joined > 2 and joined * _CHARACTERS_A_WORD > len(opening)


def _in_place_of(unreadable: re.Match[str]) -> str:
    """What is read for marks and letters that can't stay as they are: nothing for what is dropped.

    >>> [_in_place_of(_UNREADABLE.search(text)) for text in ("**", "o\\u0300")]
    ['', 'ò']
    """
    if unreadable.lastgroup == "joined":
        return " "
    if lookalike := unreadable["lookalike"]:
        return usual(lookalike)
    return unicodedata.normalize("NFC", unreadable["compose"] or "")


class _Pieces:
    """A passage in the making: its pieces, and the white space that waits for one to follow."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at: list[int] = []
        self._origin: list[int] = []
        self._until: list[int] = []
        self._length = 0
        self._gap: tuple[int, int] | None = None

    def passage(self) -> Passage:
        """What has been put, without spaces at its ends."""
        text = "".join(self._parts)
        return Passage(text, tuple(self._at), tuple(self._origin), tuple(self._until)).slice(0)

    def new_span(self, start: int) -> None:
        """A new stretch of the source begins, a space apart."""
        if self._length and self._gap is None:
            self._gap = (self._until[-1], start)

    def space(self, start: int, end: int) -> None:
        """White space of the source."""
        self._gap = (self._gap[0] if self._gap else start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Readable text of `source[start:end]`, after one space where white space stood."""
        if text.startswith(" ") and (
            not self._length or self._gap or self._parts[-1].endswith(" ")
        ):
            bare = text.lstrip(" ")
            if end - start == len(text):  # else it is corrected and maps as a whole
                start = end - len(bare)
            self._gap, text = (self._gap[0], start) if self._gap else None, bare
        if not text:
            return
        if self._gap and self._length and not self._parts[-1].endswith(" "):
            self._add(" ", *self._gap)
        self._gap = None
        self._add(text, start, end)

    def _add(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        self._at.append(self._length)
        self._origin.append(start)
        self._until.append(end)
        self._length += len(text)


def _corrected(
    span: Span, spans: Sequence[Span], corrections: Sequence[Correction]
) -> Iterator[tuple[int, int, str | None]]:
    """Cut a span at the corrections that begin in it: (start, end, what it should read or None).

    Each ends in it too, or in a later one of `spans`: what lies between goes with it.

    >>> spans = [Span(0, 5), Span(6, 12)]
    >>> def cut(*place): return list(_corrected(spans[0], spans, [Correction(Span(*place), "", "x", "")]))
    >>> cut(1, 3), cut(3, 8), cut(3, 14), cut(0, 5)
    ([(0, 1, None), (1, 3, 'x'), (3, 5, None)], [(0, 3, None), (3, 8, 'x')], [(0, 5, None)], [(0, 0, None), (0, 5, 'x')])
    """
    position = span.start
    first = bisect_left(corrections, position, key=_BEGINS)
    for correction in corrections[first : bisect_left(corrections, span.end, key=_BEGINS)]:
        last = bisect_left(spans, correction.span.end, key=attrgetter("start")) - 1
        if correction.span.end <= spans[last].end:
            yield position, correction.span.start, None
            yield correction.span.start, correction.span.end, correction.after
            position = correction.span.end
    if position < span.end:
        yield position, span.end, None
