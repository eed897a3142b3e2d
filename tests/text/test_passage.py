"""A passage is readable and every character of it leads back to the source."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.text.passage import _SUSPECT, _UNREADABLE, Correction, Passage, Span, read_passage

# What plans are made of, and what breaks readers of them.
PIECES = st.sampled_from(
    [
        "Sở Y tế",
        "hoà",
        "e\u0302\u0301",
        "\u0301",
        " ",
        "  ",
        "\n\n",
        "\u00a0",
        "\t",
        "**",
        "*",
        "_",
        "\u200b",
        "\x00",
        "8 3%",
    ]
)
VIETNAMESE = st.text(alphabet="aăâbđeêioôơuưyAĐÔƯ \n*\u0300\u0301\u0303\u0309\u0323", max_size=40)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40))


def whole(text: str) -> Passage:
    return read_passage(text, [Span(0, len(text))])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Sở  Y\u00a0tế", "Sở Y tế"),
        ("sản xuất phù\n\nhợp với", "sản xuất phù hợp với"),
        ("trước ngày **12/10/2021** để", "trước ngày 12/10/2021 để"),
        (unicodedata.normalize("NFD", "Ủy ban"), "Ủy ban"),
        ("  \n ", ""),
        ("a * b", "a b"),
        ("x\u200by", "xy"),
        ("tên_tệp", "tên_tệp"),
        ("<td><b>ỦY BAN</b><br/>NHÂN DÂN</td>", "ỦY BAN NHÂN DÂN"),
        ('<p class="MsoNormal">a</p>b<span lang="VI">c</span>', "a bc"),
        ("giá < 5 và <script>x</script>", "giá < 5 và <script>x</script>"),
    ],
)
def test_made_readable(source: str, text: str) -> None:
    assert whole(source).text == text


def test_footnote_between_two_spans_is_left_out_and_its_span_covers_both() -> None:
    source = "lao động tự do\n\n¹ Đến ngày 07/9.\n\nđược hỗ trợ"
    passage = read_passage(source, [Span(0, 14), Span(source.index("được"), len(source))])
    assert passage.text == "lao động tự do được hỗ trợ"
    i = passage.text.index("tự do được")
    assert passage.span(i, i + 10).of(source) == "tự do\n\n¹ Đến ngày 07/9.\n\nđược"
    assert passage.span(i + 5, i + 6).of(source) == "\n\n¹ Đến ngày 07/9.\n\n"


def test_a_slice_ends_with_its_passage() -> None:
    assert whole("Sở Y tế").slice(2, 99).text == "Y tế"
    assert whole("Sở Y tế").slice(2).whole == Span(3, 7)


def test_correction_changes_the_words_and_not_the_span() -> None:
    source = "bình quân đạt khoảng 8 3%/năm"
    fix = Correction(Span(21, 24), "8 3", "8,3", "mất dấu phẩy")
    passage = read_passage(source, [Span(0, len(source))], [fix])
    assert passage.text.endswith("khoảng 8,3%/năm")
    i = passage.text.index("8,3%")
    assert passage.span(i, i + 4).of(source) == "8 3%"


@pytest.mark.parametrize("between", ["\n", "\r\n", "\f", "\u2028", "\n\n12\n\n"])
def test_correction_over_a_line_end(between: str) -> None:
    source = f"Sở Y{between}tê chủ trì"
    stop = source.index("tê") + 2
    fix = Correction(Span(3, stop), source[3:stop], "Y tế", "mất dấu")
    for spans in ([Span(0, len(source))], [Span(0, 4), Span(stop - 2, len(source))]):
        passage = read_passage(source, spans, [fix])
        assert passage.text == "Sở Y tế chủ trì"
        assert passage.span(3, 7).of(source) == f"Y{between}tê"
        assert passage.span(8, 11).of(source) == "chủ"


def test_correction_that_ends_outside_the_spans_is_not_of_them() -> None:
    source = "Sở Y tê. Hết"
    fix = Correction(Span(5, 9), "tê. ", "tế. ", "mất dấu")
    assert read_passage(source, [Span(0, 8)], [fix]).text == "Sở Y tê."


def test_correction_puts_in_a_line_end_or_a_space() -> None:
    source = "a Sởy tế b"
    fix = Correction(Span(2, 5), "Sởy", " Sở \n Y", "dính chữ")
    passage = read_passage(source, [Span(0, len(source))], [fix])
    assert passage.text == "a Sở Y tế b"
    assert passage.span(2, 6).of(source) == "Sởy"


def test_any_number_of_marks_on_a_letter_is_kept() -> None:
    source = "a" + "\u0301\u0323" * 1000
    passage = whole(source)
    assert passage.whole == Span(0, len(source))
    assert unicodedata.normalize("NFD", passage.text).count("\u0301") == 1000


@pytest.mark.parametrize(
    ("one", "other", "holds", "overlaps"),
    [
        ((2, 5), (2, 5), True, True),
        ((2, 5), (3, 4), True, True),
        ((2, 5), (2, 6), False, True),
        ((2, 5), (1, 5), False, True),
        ((2, 5), (4, 6), False, True),
        ((2, 5), (5, 6), False, False),
        ((2, 5), (0, 2), False, False),
    ],
)
def test_spans_are_half_open(
    one: tuple[int, int], other: tuple[int, int], holds: bool, overlaps: bool
) -> None:
    a, b = Span(*one), Span(*other)
    assert (b in a) == holds
    assert a.overlaps(b) == overlaps
    assert b.overlaps(a) == overlaps


@pytest.mark.parametrize("span", [(1, 1), (2, 1), (0, 3), (-1, 1)])
def test_no_span_of_nothing_or_of_what_is_not_there(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no characters"):
        whole("Sở").span(*span)


@given(TEXTS)
def test_reads_with_single_spaces(source: str) -> None:
    text = whole(source).text
    assert "  " not in text
    assert text == text.strip(" ")


@given(TEXTS, st.data())
def test_span_of_any_part_reads_as_that_part(source: str, data: st.DataObject) -> None:
    passage = whole(source)
    if not passage:
        return
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    span = passage.span(start, end)
    assert 0 <= span.start < span.end <= len(source)
    part = passage.slice(start, end)
    assert part.text == passage.text[start:end].strip(" ")
    if part:
        assert part.whole in span


@given(TEXTS, st.text(alphabet="\n ", max_size=5))
def test_padding_shifts_spans_and_nothing_else(source: str, padding: str) -> None:
    plain, padded = whole(source), whole(padding + source)
    assert padded.text == plain.text
    if plain:
        assert padded.whole.start == plain.whole.start + len(padding)


@given(VIETNAMESE)
def test_decomposed_source_reads_the_same(source: str) -> None:
    composed = unicodedata.normalize("NFC", source)
    assert whole(unicodedata.normalize("NFD", composed)).text == whole(composed).text


AFTERS = st.sampled_from(["x", " x", "x ", "e\u0302\u0301", " "])


@given(TEXTS, AFTERS, TEXTS)
def test_a_correction_reads_like_any_words(before: str, after: str, rest: str) -> None:
    source = f"{before}SAI{rest}"
    span = Span(len(before), len(before) + 3)
    passage = read_passage(source, [Span(0, len(source))], [Correction(span, "SAI", after, "vì")])
    assert "  " not in passage.text
    assert passage.text == passage.text.strip(" ")
    made = unicodedata.normalize("NFC", after.strip())
    places = [i for i in range(len(passage)) if span in passage.span(i, i + 1)]
    assert made in passage.text
    assert all(passage.text[i] in f"{made} " for i in places)


def test_a_corrected_word_among_spaces() -> None:
    source = "a  SAI  b"
    fix = Correction(Span(3, 6), "SAI", " đúng ", "vì")
    passage = read_passage(source, [Span(0, len(source))], [fix])
    assert passage.text == "a đúng b"
    assert [passage.span(i, i + 1) for i in (0, 2, 7)] == [Span(0, 1), Span(3, 6), Span(8, 9)]


@pytest.mark.parametrize("words", ["a{}b", "{}b", "a{}"])
def test_no_character_that_must_change_is_overlooked(words: str) -> None:
    """What is quickly seen to be readable is just what the whole pattern leaves alone."""
    changed = [
        sign
        for sign in map(chr, range(0x11000))
        if _UNREADABLE.search(words.format(sign)) and not _SUSPECT.search(sign)
    ]
    assert changed == []


def test_blanks_that_a_text_lost_are_read_in_one_stretch_and_in_several() -> None:
    source = "Giao cácsở và cơquan, đơnvị thuộcTrung ương; các sở".ljust(200)
    assert read_passage(source, [Span(0, 20)]).text == "Giao các sở và cơ quan"
    assert read_passage(source, [Span(0, 13), Span(14, 20)]).text == "Giao các sở và cơ quan"
