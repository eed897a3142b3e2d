"""What holds for any text: no error, exact spans, nothing moved by padding or decomposition."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from khplans.extraction.indicators import find_indicators
from khplans.model import Block, Document, Indicator
from khplans.text.passage import Span, read_passage

PIECES = st.sampled_from(
    [
        "Tỷ lệ hộ nghèo", " giảm ", "tăng ", "đạt ", "trên ", "khoảng ", "8", "3,5", "1.870", "68/92", " - ", "%",
        "%/năm", " tỷ đồng", " triệu USD", " xã", " người", "/vạn dân", " giường bệnh", ", trong đó ", "; ", ". ", ": ",
        "(", ")", "năm 2025", " so với cùng kỳ", "từ ", " đến ", " lên ", " xuống còn ", "phấn đấu ", "ước ", "gấp ", " lần",
        "\n", "\u00a0", "**", "0", "99999999999999999999", "≥ ", "‰", "tháng 9/2021", "nghìn ", "- ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


def found_in(source: str, start: int = 0, end: int | None = None) -> list[Indicator]:
    end = len(source) if end is None else end
    passage = read_passage(source, [Span(start, end)])
    if not passage:
        return []
    span = Span(start, end)
    return find_indicators(Document("d", "p", span, (Block("paragraph", passage, span),), ()))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_never_fails_and_stays_inside(text: str) -> None:
    for i, indicator in enumerate(found := found_in(text)):
        assert 0 <= indicator.span.start < indicator.span.end <= len(text)
        quote = indicator.span.of(text)
        assert "gấp" in quote or any(character.isdigit() for character in quote)
        assert indicator.parent is None or 0 <= indicator.parent < i
        assert all(doubt.span in Span(0, len(text)) for doubt in indicator.doubts)
    starts = [indicator.span.start for indicator in found]
    assert starts == sorted(starts)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.text(alphabet="\nab ", max_size=20))
def test_padding_only_shifts(text: str, padding: str) -> None:
    shift = len(padding)
    moved = found_in(padding + text + padding, shift, shift + len(text))
    assert [replace(i, span=Span(i.span.start - shift, i.span.end - shift), doubts=()) for i in moved] == [
        replace(i, doubts=()) for i in found_in(text)
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_decomposed_text_gives_the_same(text: str) -> None:
    here = Span(0, 0)
    composed = [replace(i, span=here, doubts=()) for i in found_in(text)]
    decomposed = found_in(unicodedata.normalize("NFD", text))
    assert [replace(i, span=here, doubts=()) for i in decomposed] == composed
