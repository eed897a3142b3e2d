"""List numbers and bullets stand in the text as Word shows them."""

from __future__ import annotations

import pytest
from word_files import in_list, levels, lists, paragraph, word_file

from khplans.errors import KhplansError
from khplans.intake.taken import Taken
from khplans.intake.word import read_word

OUTLINE = levels(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))  # fmt: skip


def number(list_id: int, kind: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{kind}"/>{overrides}</w:num>'


def starts_at(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(list_id: int, level: int = 0) -> str:
    return paragraph("x", properties=in_list(list_id, level))


def taken(body: str, numbering: str, **parts: str) -> Taken:
    return read_word(word_file(body, numbering=numbering, **parts), "a.docx")


def markers(body: str, numbering: str, **parts: str) -> list[str]:
    """What stands before each x."""
    lines = taken(body, numbering, **parts).text.splitlines()
    return [line.removesuffix("x").strip() for line in lines]


def test_levels_count_within_each_other() -> None:
    places = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(item(1, level) for level in places)
    assert markers(body, lists(OUTLINE)) == [
        "I.", "1.", "2.", "2.1.", "2.2.", "a)", "3.", "3.1.", "II.", "1.",
    ]  # fmt: skip


def test_a_level_that_was_passed_over_counts_as_met() -> None:
    body = "".join(item(1, level) for level in (2, 2, 1, 2, 0))
    assert markers(body, lists(OUTLINE)) == ["1.1.", "1.2.", "2.", "2.1.", "II."]


@pytest.mark.parametrize(
    ("form", "text", "start", "shown"),
    [
        ("decimal", "Điều %1.", 9, ["Điều 9.", "Điều 10."]),
        ("decimalZero", "%1/", 9, ["09/", "10/"]),
        ("lowerLetter", "%1)", 26, ["z)", "aa)"]),
        ("upperLetter", "%1.", 1, ["A.", "B."]),
        ("lowerRoman", "(%1)", 3, ["(iii)", "(iv)"]),
        ("upperRoman", "PHẦN %1", 9, ["PHẦN IX", "PHẦN X"]),
        ("none", "Nhóm:", 1, ["Nhóm:", "Nhóm:"]),
        ("none", "", 1, ["", ""]),
        ("vietnameseCounting", "Phần %1", 4, ["Phần bốn", "Phần năm"]),
        ("ordinal", "%1", 2, ["2nd", "3rd"]),
        ("no-such-format", "%1.", 1, ["1.", "2."]),
        ("lowerLetter", "%1)", 30_000, ["30000)", "30001)"]),
        ("upperRoman", "%1", 5_000, ["5000", "5001"]),
    ],
)
def test_formats(form: str, text: str, start: int, shown: list[str]) -> None:
    kind = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    assert markers(item(1) * 2, lists(kind)) == shown


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("-", "Times New Roman", "-"),
        ("+", "Times New Roman", "+"),
        ("●", "", "●"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf0a7", "Wingdings", "▪"),
        ("\uf0d8", "Wingdings", "➢"),
        ("o", "Courier New", "•"),
        ("\uf04a", "Webdings", "•"),
    ],
)
def test_bullets(text: str, font: str, shown: str) -> None:
    kind = (
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{text}"/>'
        f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>'
    )
    assert markers(item(1), lists(kind)) == [shown]


def test_lists_that_begin_anew_or_count_on() -> None:
    kind = f'<w:abstractNum w:abstractNumId="1">{OUTLINE}</w:abstractNum>'
    numbering = kind + number(1, 1) + number(2, 1, starts_at(0, 1)) + number(3, 1) + number(4, 1, starts_at(0, 7))  # fmt: skip
    body = "".join(item(one) for one in (1, 1, 2, 2, 3, 4, 4))
    assert markers(body, numbering) == ["I.", "II.", "I.", "II.", "III.", "VII.", "VIII."]


def test_a_list_begun_below_its_top_level_does_not_restart_that() -> None:
    kind = f'<w:abstractNum w:abstractNumId="1">{OUTLINE}</w:abstractNum>'
    numbering = kind + number(1, 1) + number(2, 1, starts_at(0, 1) + starts_at(1, 1))
    body = item(1) + item(1, 1) * 2 + item(2, 1) + item(2)
    assert markers(body, numbering) == ["I.", "1.", "2.", "1.", "II."]


def test_a_list_of_its_own_level() -> None:
    own = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Phần %1"/></w:lvl>'
    kind = f'<w:abstractNum w:abstractNumId="1">{OUTLINE}</w:abstractNum>'
    numbering = kind + number(1, 1) + number(2, 1, f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride>')  # fmt: skip
    assert markers(item(1) + item(2) + item(1), numbering) == ["I.", "Phần 2", "III."]


@pytest.mark.parametrize(
    ("restart", "shown"), [("", "a)"), ('<w:lvlRestart w:val="0"/>', "b)"), ('<w:lvlRestart w:val="1"/>', "b)")]
)  # fmt: skip
def test_what_makes_a_level_begin_anew(restart: str, shown: str) -> None:
    kind = levels(("upperRoman", "%1."), ("decimal", "%2.")) + (
        f'<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>{restart}<w:lvlText w:val="%3)"/></w:lvl>'
    )
    body = "".join(item(1, level) for level in (0, 1, 2, 1, 2))
    assert markers(body, lists(kind))[-1] == shown


def test_legal_numbers_are_plain_digits() -> None:
    kind = levels(("upperRoman", "%1."), ("decimal", "%1.%2."), more="<w:isLgl/>")
    assert markers(item(1) + item(1, 1), lists(kind)) == ["1.", "1.1."]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Second"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Off"><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def styled(style: str, more: str = "") -> str:
    return paragraph("x", properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_numbers_of_a_style_and_of_those_based_on_it() -> None:
    kind = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Second"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    )
    plain = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(map(styled, ("Base", "Child", "Second", "Off"))) + styled("Base", plain)
    assert markers(body, lists(kind), styles=STYLES) == ["I.", "II.", "II.1.", "", ""]


def test_the_usual_style_counts_where_none_is_named() -> None:
    usual = STYLES.replace('w:styleId="Child"', 'w:styleId="Child" w:default="1"')
    assert markers(paragraph("x"), lists(OUTLINE), styles=usual) == ["I."]


def test_a_list_by_way_of_a_list_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/>{OUTLINE}</w:abstractNum>'
        + number(1, 1) + number(2, 2)
    )  # fmt: skip
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    assert markers(item(1) + item(2), numbering, styles=style) == ["I.", "II."]


def test_styles_based_on_themselves_end() -> None:
    loop = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    assert markers(styled("A"), lists(OUTLINE), styles=loop) == [""]


def test_where_the_marker_stands() -> None:
    made = taken(item(1) + item(1, 1), lists(OUTLINE))
    assert [(x.span.of(made.text), x.marker.of(made.text), x.level) for x in made.layout.items] == [
        ("I. x", "I.", 0), ("1. x", "1.", 1),
    ]  # fmt: skip


def test_no_gap_where_the_list_has_none() -> None:
    kind = levels(("decimal", "Bảng %1"), more='<w:suff w:val="nothing"/>')
    body = paragraph(". Nguồn vốn", properties=in_list(1))
    assert taken(body, lists(kind)).text == "Bảng 1. Nguồn vốn\n"


def test_an_empty_paragraph_has_its_number_too() -> None:
    body = paragraph(properties=in_list(1)) + item(1)
    assert taken(body, lists(OUTLINE)).text == "I.\nII. x\n"


def test_what_is_no_list() -> None:
    for properties in (in_list(7), in_list(0), in_list(1, 8), in_list(1, -1), "<w:numPr/>"):
        assert taken(paragraph("x", properties=properties), lists(OUTLINE)).text == "x\n"
    without = word_file(item(1))
    assert read_word(without, "a.docx").text == "x\n"


def test_a_number_of_endless_text() -> None:
    with pytest.raises(KhplansError, match="list number"):
        taken(item(1), lists(levels(("decimal", "%1" * 60))))


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="H"/>', 2),
        ('<w:pStyle w:val="Low"/>', 2),
        ('<w:pStyle w:val="Named"/>', 3),
        ('<w:outlineLvl w:val="0"/>', 1),
        ('<w:pStyle w:val="H"/><w:outlineLvl w:val="9"/>', None),
        ("", None),
    ],
)
def test_headings(properties: str, level: int | None) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Low"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Named"><w:name w:val="heading 3"/></w:style>'
    )
    made = read_word(word_file(paragraph(" NHIỆM VỤ", properties=properties), styles=styles), "a")
    assert [(x.level, x.span.of(made.text)) for x in made.layout.headings] == (
        [(level, "NHIỆM VỤ")] if level else []
    )
