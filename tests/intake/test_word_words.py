"""The words of a Word file as a reader sees them, and what of it the text lacks."""

from __future__ import annotations

import pytest
from word_files import cell, in_list, levels, lists, paragraph, row, run, table, word_file

from khplans.intake.taken import Taken
from khplans.intake.word import read_word

RAISED = '<w:vertAlign w:val="superscript"/>'
BREAK = "<w:r><w:br/></w:r>"


def taken(body: str, **parts: str) -> Taken:
    return read_word(word_file(body, **parts), "a.docx")


def left_out(made: Taken) -> list[tuple[str, str]]:
    assert made.layout
    return [(piece.kind, piece.text) for piece in made.layout.left_out]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}"
        f"{run(result)}{mark('end')}"
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f'<w:hyperlink>{run("Điều 2")}</w:hyperlink>', "Điều 2"),
        (f'<w:smartTag w:element="metricconverter">{run("5 ha")}</w:smartTag>', "5 ha"),
        (f"<w:customXml><w:smartTag>{run('5 ha')}</w:smartTag></w:customXml>", "5 ha"),
        (f"<w:sdt><w:sdtPr><w:alias w:val='y'/></w:sdtPr><w:sdtContent>{run('5 ha')}</w:sdtContent></w:sdt>", "5 ha"),
        (f"<w:dir w:val='ltr'><w:bdo>{run('5 ha')}</w:bdo></w:dir>", "5 ha"),
        (f'<w:fldSimple w:instr=" REF a ">{run("20.500")}</w:fldSimple>', "20.500"),
        (field("REF b \\h", "Phụ lục II"), "Phụ lục II"),
        (field(f'IF {field("MERGEFIELD c", "1")} = 1', "có"), "có"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>y</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>z</w:t></w:r></w:rubyBase></w:ruby></w:r>", "z"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', "≤"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Arial" w:char="2265"/></w:r>', "≥"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf0b1</w:t></w:r>", "±"),
        ("<w:r><w:t>45</w:t><w:noBreakHyphen/><w:t>KH</w:t></w:r>", "45-KH"),
        ("<w:r><w:t>phát</w:t><w:softHyphen/><w:t>triển</w:t></w:r>", "pháttriển"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:ptab/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:br/><w:t>e</w:t></w:r>", "a\tb\tc\nd\ne"),
        ("<w:r><w:t>a\n  b</w:t></w:r>", "a   b"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', ""),
    ],
)  # fmt: skip
def test_what_stands_in_runs(inside: str, text: str) -> None:
    made = taken(paragraph("(", inside, ")"))
    assert made.text == f"({text})\n"
    assert [piece for piece in left_out(made) if piece[0] != "hidden"] == []


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:r><m:t>x≥5</m:t></m:r>", "x≥5"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "m²"),
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>", "10^6"),
        ("<m:sSub><m:e><m:r><m:t>CO</m:t></m:r></m:e><m:sub><m:r><m:t>2</m:t></m:r></m:sub></m:sSub>", "CO2"),
        ("<m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", "√x"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>', "[x]"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>', "∑x"),
    ],
)  # fmt: skip
def test_formulas_in_a_line(formula: str, text: str) -> None:
    for inside in (
        f"<m:oMath>{formula}</m:oMath>",
        f"<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara>",
    ):
        assert taken(paragraph("đạt ", inside, "%")).text == f"đạt {text}%\n"


def test_changes_are_accepted() -> None:
    gone, come = run("30/6"), run("30/9")
    made = taken(
        paragraph("trước ", f"<w:del>{gone.replace('w:t', 'w:delText')}</w:del>", f"<w:ins>{come}</w:ins>")
        + paragraph(f"<w:moveFrom>{run('Sở A')}</w:moveFrom>", "x")
        + paragraph(f"<w:moveTo>{run('Sở A')}</w:moveTo>", f"<w:ins><w:del>{run('y')}</w:del></w:ins>")
    )  # fmt: skip
    assert made.text == "trước 30/9\nx\nSở A\n"
    assert left_out(made) == [("deleted", "30/6"), ("deleted", "Sở A"), ("deleted", "y")]
    assert [piece.at for piece in made.layout.left_out] == [6, 11, 17]


def test_a_paragraph_whose_end_was_deleted_is_one_with_the_next() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    body = (
        paragraph("Sở Y tế chủ ", properties=mark + in_list(1))
        + paragraph("trì", properties=in_list(1))
        + paragraph(f"<w:del>{run('bỏ')}</w:del>", properties=mark + in_list(1))
        + paragraph("rồi", properties=in_list(1))
    )
    assert taken(body, numbering=lists(levels(("decimal", "%1.")))).text == "1. Sở Y tế chủ trì\n2. rồi\n"  # fmt: skip


def test_the_last_paragraph_of_a_cell_stays_in_it() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    made = taken(table(row(cell(paragraph("a", properties=mark)), "b")) + paragraph("c"))
    assert made.text == "a\tb\n\nc\n"


def test_a_large_initial_is_one_with_its_word() -> None:
    body = paragraph("K", properties='<w:framePr w:dropCap="drop"/>') + paragraph("ế hoạch")
    assert taken(body).text == "Kế hoạch\n"


STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("<w:strike/>", "struck"),
        ("<w:dstrike/>", "struck"),
        ("<w:vanish/>", "hidden"),
        ('<w:rStyle w:val="Gone"/>', "hidden"),
        ('<w:rStyle w:val="Out"/>', "struck"),
        ('<w:rStyle w:val="Out"/><w:strike w:val="0"/>', None),
        ('<w:strike w:val="false"/>', None),
        ("<w:webHidden/>", None),
        ("<w:b/>", None),
    ],
)
def test_struck_and_hidden_words_are_left_out(properties: str, kind: str | None) -> None:
    made = taken(paragraph("còn ", run("3%", properties), "2%"), styles=STYLES)
    assert made.text == ("còn 2%\n" if kind else "còn 3%2%\n")
    assert left_out(made) == ([(kind, "3%")] if kind else [])


def test_hidden_by_the_style_of_the_paragraph() -> None:
    shown = run("a", '<w:rStyle w:val="Gone"/>') + run("b", '<w:vanish w:val="0"/>')
    made = taken(paragraph(shown, "c", properties='<w:pStyle w:val="Hidden"/>'), styles=STYLES)
    assert (made.text, left_out(made)) == ("ab\n", [("hidden", "c")])


def test_numbers_of_words_that_are_left_out() -> None:
    out, gone = run("x", "<w:strike/>"), run("y", "<w:vanish/>")
    hidden_end = "<w:rPr><w:vanish/></w:rPr>"
    body = (
        paragraph("a", properties=in_list(1))
        + paragraph(out, properties=in_list(1))
        + paragraph(gone, properties=in_list(1) + hidden_end)
        + paragraph("b", properties=in_list(1))
    )
    made = taken(body, numbering=lists(levels(("decimal", "%1."))))
    assert made.text.split() == ["1.", "a", "3.", "b"]


@pytest.mark.parametrize(
    ("before", "raised", "after", "text", "mark"),
    [
        ("20.500", "1", " tỷ", "20.500 tỷ", "1"),
        ("68", "(2)", " triệu", "68 triệu", "(2)"),
        ("68", "[12]", "", "68", "[12]"),
        ("Sở Y tế", "*", "", "Sở Y tế", "*"),
        ("Sở Y tế", "1, 2", "", "Sở Y tế", "1, 2"),
        ("9 m", "2", " sàn", "9 m² sàn", None),
        ("9km", "2", "", "9km²", None),
        ("1.000 m", "3", "/ngày", "1.000 m³/ngày", None),
        ("10m", "3 ", "nước", "10m³ nước", None),
        ("15 m", "1", "", "15 m", "1"),
        ("Chương", "2", "", "Chương", "2"),
        ("5 năm", "2", "", "5 năm", "2"),
        ("30", "o", "C", "30°C", None),
        ("30", "0", "C", "30°C", None),
        ("10", "6", " đồng", "10⁶ đồng", None),
        ("15 m", "2", "", "15 m²", None),
        ("thứ 5", "th", "", "thứ 5th", None),
    ],
)
def test_raised_marks(before: str, raised: str, after: str, text: str, mark: str | None) -> None:
    for properties in (RAISED, '<w:rStyle w:val="Mark"/>', '<w:position w:val="6"/>'):
        pieces = [run(character, properties) for character in raised]
        made = taken(paragraph(before, *pieces, after), styles=STYLES)
        assert made.text == text + "\n"
        assert left_out(made) == ([("note-mark", mark)] if mark else [])


def test_raised_lines_and_lowered_digits_are_words() -> None:
    low = run("2", '<w:vertAlign w:val="subscript"/>')
    body = (
        paragraph(run("12", RAISED)) + paragraph("CO", low) + paragraph(run("1", RAISED), " Theo")
    )
    assert taken(body).text == "12\nCO2\n1 Theo\n"


def note(kind: str, number: int, *inside: str) -> str:
    return f'<w:{kind} w:id="{number}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>", *inside)}</w:{kind}>'  # fmt: skip


def call(kind: str, number: int, more: str = "", mark: str = "") -> str:
    return f'<w:r><w:rPr>{RAISED}</w:rPr><w:{kind}Reference w:id="{number}"{more}/>{mark}</w:r>'


def test_notes_stand_at_the_end() -> None:
    body = (
        paragraph("Thu 20.500", call("footnote", 3), " tỷ", call("endnote", 1))
        + table(row(cell(paragraph("1", call("footnote", 2))), "b"))
        + paragraph("x", call("footnote", 4, ' w:customMarkFollows="1"', "<w:t>*</w:t>"))
    )
    separator = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'  # fmt: skip
    footnotes = separator + note("footnote", 2, " Hai", BREAK, "dòng") + note("footnote", 3, " Theo ", run("bỏ", "<w:strike/>"), "NQ 5")  # fmt: skip
    made = taken(
        body,
        footnotes=footnotes + note("footnote", 4, "Sao") + note("footnote", 9, "Không ai gọi"),
        endnotes=note("endnote", 1, "Cuối"),
    )
    assert made.text == (
        "Thu 20.500 tỷ\n\n1\tb\n\nx\n\n[1] Theo NQ 5\n[i] Cuối\n[2] Hai dòng\n[*] Sao\n"
    )
    assert [(n.mark, n.span.of(made.text), n.called) for n in made.layout.notes] == [
        ("[1]", "Theo NQ 5", 10), ("[i]", "Cuối", 13), ("[2]", "Hai dòng", 16), ("[*]", "Sao", 21),
    ]  # fmt: skip
    assert left_out(made) == [("struck", "bỏ"), ("other", "Không ai gọi")]


def test_notes_numbered_as_the_file_says_and_those_whose_call_was_deleted() -> None:
    form = '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr></w:sectPr>'
    deleted = f"<w:del>{call('footnote', 1)}</w:del>"
    made = taken(
        paragraph("x", deleted, "y", call("footnote", 2)) + form,
        footnotes=note("footnote", 1, "Cũ") + note("footnote", 2, "Mới"),
    )
    assert made.text == "xy\n\n[a] Mới\n"
    assert left_out(made) == [("deleted", "Cũ")]


def test_nothing_of_a_note_and_its_mark_is_lost() -> None:
    custom = ' w:customMarkFollows="1"'
    shape = "<w:r>" + VML.format(box("khung")) + "</w:r>"
    table_in_note = table(row("a", f"<w:p><w:del>{run('bỏ')}</w:del></w:p>"))
    made = taken(
        paragraph(f'<w:r><w:t>Thu</w:t><w:footnoteReference w:id="1"{custom}/><w:t>*</w:t></w:r>')
        + paragraph("x", call("footnote", 9, custom, f"<w:t>**</w:t>{VML.format(box('hộp'))}")),
        footnotes=f'<w:footnote w:id="1">{table_in_note}{paragraph("Sao", shape)}</w:footnote>',
    )  # fmt: skip
    assert made.text == "Thu\nx\nhộp\n\n[*] a  Sao\n"
    assert left_out(made) == [("note-mark", "**"), ("deleted", "bỏ"), ("other", "khung")]


def test_diagrams_and_charts_are_told_of() -> None:
    drawn = '<a:graphic xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"><a:graphicData><d:relIds/></a:graphicData></a:graphic>'
    inside = (
        f'<w:drawing><wp:inline><wp:docPr id="1" descr="Sơ đồ"/>{drawn}</wp:inline></w:drawing>'
    )
    assert left_out(taken(paragraph("x", f"<w:r>{inside}</w:r>"))) == [("picture", "Sơ đồ")]


def box(words: str) -> str:
    return f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"


VML = "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>"
DRAWING = "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
BOTH = "<mc:AlternateContent><mc:Choice Requires='wps'>{0}</mc:Choice><mc:Fallback>{1}</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    "shape",
    [
        VML.format(box("Số: 45/KH-UBND")),
        DRAWING.format(box("Số: 45/KH-UBND")),
        BOTH.format(DRAWING.format(box("Số: 45/KH-UBND")), VML.format(box("Số: 45/KH-UBND"))),
        BOTH.format("", VML.format(box("Số: 45/KH-UBND"))),
    ],
    ids=["VML", "DrawingML", "both", "fallback"],
)
def test_text_boxes_count_once(shape: str) -> None:
    run_of_shape = f"<w:r>{shape}</w:r>"
    alone, beside = paragraph(run_of_shape), paragraph(run_of_shape, "KẾ HOẠCH")
    assert taken(alone + paragraph("x")).text == "Số: 45/KH-UBND\nx\n"
    assert taken(beside + paragraph("x")).text == "KẾ HOẠCH\nSố: 45/KH-UBND\nx\n"
    in_cell = taken(table(row(cell(beside), "b")))
    assert in_cell.text == "KẾ HOẠCH\nSố: 45/KH-UBND\tb\n\n"
    assert [span.of(in_cell.text) for span in in_cell.layout.tables[0].cells[0].spans] == [
        "KẾ HOẠCH", "Số: 45/KH-UBND",
    ]  # fmt: skip


def test_boxes_with_tables_numbers_and_boxes_in_them() -> None:
    inner = f"<w:r>{VML.format(box('trong'))}</w:r>"
    outer = f"<w:txbxContent>{paragraph('a', inner, properties=in_list(1))}{table(row('b', 'c'))}</w:txbxContent>"  # fmt: skip
    made = taken(
        paragraph(f"<w:r>{VML.format(outer)}</w:r>"), numbering=lists(levels(("decimal", "%1.")))
    )
    assert made.text.split() == ["1.", "a", "trong", "b", "c"]


def test_boxes_that_are_hidden_or_deleted() -> None:
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr>{VML.format(box('a'))}</w:r>"
    made = taken(paragraph(hidden, f"<w:del><w:r>{VML.format(box('b'))}</w:r></w:del>", "x"))
    assert (made.text, left_out(made)) == ("x\n", [("hidden", "a"), ("deleted", "b")])


def test_page_numbers_headers_and_footers() -> None:
    made = taken(
        paragraph("Trang ", field(" PAGE ", "7"), "/", f'<w:fldSimple w:instr="NUMPAGES">{run("9")}</w:fldSimple>'),
        header1=paragraph("DỰ THẢO"), header2=paragraph("2") + paragraph("x"), footer1=paragraph("Chân"), footer2="",
    )  # fmt: skip
    assert made.text == "Trang /\n"
    assert left_out(made) == [("header", "DỰ THẢO\n2\nx"), ("page", "7"), ("page", "9"), ("footer", "Chân")]  # fmt: skip


def test_a_field_that_goes_over_several_paragraphs() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    begun = f"{mark('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{mark('separate')}"
    body = paragraph(begun, "I. MỤC TIÊU") + paragraph("II. NHIỆM VỤ", mark("end")) + paragraph("x")
    assert taken(body).text == "I. MỤC TIÊU\nII. NHIỆM VỤ\nx\n"


def test_a_field_that_never_ends_hides_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    made = taken(paragraph(begun, "a") + paragraph("b"))
    assert (made.text, left_out(made)) == ("a\nb\n", [])


def test_a_formula_that_only_a_field_tells_is_left_out_with_a_word() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    said = "<w:r><w:instrText> EQ \\f(1;2) </w:instrText></w:r>"
    made = taken(paragraph("a", mark("begin"), said, mark("end"), "b"))
    assert (made.text, left_out(made)) == ("ab\n", [("other", "EQ \\f(1;2)")])


def test_what_else_a_reader_does_not_find_in_the_text() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Sơ đồ"/><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing></w:r>'
    art = '<w:r><w:pict><v:shape><v:textpath string="MẬT"/></v:shape></w:pict></w:r>'
    made = taken(
        paragraph("x", picture, art, '<w:r><w:commentReference w:id="1"/><w:commentReference w:id="1"/><w:sym w:font="Webdings" w:char="F04A"/></w:r>'),
        comments=f'<w:comment w:id="1">{paragraph("Xem lại")}</w:comment>',
    )  # fmt: skip
    assert made.text == "x\n"
    assert left_out(made) == [
        ("picture", "Sơ đồ"),
        ("other", "MẬT"),
        ("other", "Xem lại"),
        ("other", "[F04A]"),
    ]


def test_doubts_about_dates_and_documents_inside() -> None:
    made = taken(paragraph("Ngày ", field('DATE \\@ "d/M/yyyy"', "1/1/2025")) + "<w:altChunk/>")
    assert made.text == "Ngày 1/1/2025\n"
    assert "1 embedded documents" in made.doubts[0]
    assert "date fields" in made.doubts[1]
    assert taken(paragraph(field("CREATEDATE", "1/1/2025"))).doubts == ()
