"""Whether two texts, or two parts of one, say the same in the same words."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from khplans.text.passage import Span

_PIECE = re.compile(r"[^\n.;]+")
_NOT_WORD = re.compile(r"\W+")
_SHORT = 30  # letters up to which anybody could have written a piece
_FEW = 4  # pieces, so far from where they stand first as the others, that may be chance
_HALF = 0.45
_SKETCH = 4


def words_digest(text: str) -> bytes:
    """The same for texts of the same words, however they are spaced, cased and punctuated.

    >>> words_digest("Sở  Y tế\\nchủ trì.") == words_digest("SỞ Y TẾ CHỦ TRÌ")
    True
    """
    return hashlib.sha256(_key(text).encode("utf-8", "surrogatepass")).digest()


def sketch(text: str) -> tuple[bytes, ...]:
    """A few of a text's pieces, by their hashes: texts that are much alike share one of them."""
    keys = {key.encode("utf-8", "surrogatepass") for _, key in _pieces(text)}
    return tuple(sorted(hashlib.sha256(key).digest()[:8] for key in keys)[:_SKETCH])


def likeness(one: str, other: str) -> float:
    """The share of the longer text's letters that stand in pieces which both texts have, 0 to 1.

    Pieces are parts of lines between full stops and semicolons; short ones don't count.

    >>> one = "Trồng rừng phòng hộ trên địa bàn. Báo cáo kết quả thực hiện hằng quý."
    >>> likeness(one, one), likeness(one, "Trồng rừng phòng hộ trên địa bàn."), likeness(one, "Rừng."), likeness("", "")
    (1.0, 0.48484848484848486, 0.0, 0.0)
    """
    a, b = (_lengths(text) for text in (one, other))
    longer = max(sum(a.values()), sum(b.values()))
    return sum(length for key, length in a.items() if key in b) / longer if longer else 0.0


def second_copy(text: str) -> Span | None:
    """Where a text that says almost all twice says it again; None where it doesn't.

    >>> text = "".join(f"Trồng rừng phòng hộ trên địa bàn huyện thứ {n}.\\n" for n in range(40))
    >>> copy = second_copy(text + text)
    >>> (text + text)[copy.start :] == text, second_copy(text), second_copy(text + text[:300])
    (True, None, None)
    """
    first: dict[str, int] = {}
    letters = 0
    again: defaultdict[int, list[tuple[Span, str]]] = defaultdict(list)
    for place, (span, key) in enumerate(_pieces(text)):
        letters += len(key)
        if key in first:
            again[place - first[key]].append((span, key))
        first.setdefault(key, place)
    copy = max(again.values(), key=len, default=[])
    if len(copy) < _FEW or sum(len(key) for _, key in copy) < _HALF * letters:
        return None
    return Span(copy[0][0].start, copy[-1][0].end)


def _key(words: str) -> str:
    return _NOT_WORD.sub(" ", words).casefold().strip()


def _pieces(text: str) -> Iterator[tuple[Span, str]]:
    """The pieces of a text that are long enough to tell, each with its key.

    >>> [key for _, key in _pieces("Trồng rừng phòng hộ trên địa bàn. Rừng.")]
    ['trồng rừng phòng hộ trên địa bàn']
    """
    for match in _PIECE.finditer(text):
        key = _key(match[0])
        if len(key) > _SHORT:
            yield Span(*match.span()), key


def _lengths(text: str) -> Mapping[str, int]:
    return {key: len(key) for _, key in _pieces(text)}
