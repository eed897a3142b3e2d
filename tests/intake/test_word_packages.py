"""Files as other programs than Word write them, and files that are broken or meant to break."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from left_out import characters_left_out
from word_files import (
    NAMESPACES,
    cell,
    in_list,
    levels,
    lists,
    paragraph,
    row,
    run,
    span,
    table,
    word_file,
    zipped,
)

from khplans.errors import KhplansError
from khplans.intake.taken import Taken
from khplans.intake.word import read_word

BODY = paragraph("a", properties=in_list(1)) + table(row("b", cell("c", properties=span(2))))
NUMBERING = lists(levels(("decimal", "%1.")))
TEXT = "1. a\n\nb\tc\n\n"


def parts_of(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


PARTS = parts_of(word_file(BODY, numbering=NUMBERING))


def taken(parts: dict[str, bytes]) -> Taken:
    return read_word(zipped(parts), "a.docx")


def strict(data: bytes) -> bytes:
    return re.sub(
        rb"http://schemas.openxmlformats.org/(wordprocessingml|officeDocument|drawingml)/2006/(\w+)",
        rb"http://purl.oclc.org/ooxml/\1/\2",
        data,
    )


def test_tools_are_named() -> None:
    assert re.fullmatch(r"lxml \d+\.\d+\.\d+", taken(PARTS).tools[0])


def test_strict_open_xml() -> None:
    made = {name: strict(data) for name, data in PARTS.items()}
    assert b"purl.oclc.org" in made["word/document.xml"]
    assert taken(made) == taken(PARTS)


def test_other_encodings() -> None:
    document = PARTS["word/document.xml"].decode()
    declared = f'<?xml version="1.0" encoding="UTF-16"?>{document}'.encode("utf-16")
    assert taken({**PARTS, "word/document.xml": declared}).text == TEXT


def test_parts_under_other_names() -> None:
    moved = {
        name.replace("document.xml", "main.xml").replace("word/", "doc/"): data
        for name, data in PARTS.items()
    }
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"word/document.xml", b"/doc/Main.xml")
    assert taken(moved).text == TEXT
    backwards = {name.replace("/", "\\") if name.startswith("word") else name: data for name, data in PARTS.items()}  # fmt: skip
    assert taken(backwards).text == TEXT


def test_relations_that_lead_nowhere_and_parts_that_are_missing() -> None:
    for missing in ("word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"):  # fmt: skip
        left = {name: data for name, data in PARTS.items() if name != missing}
        assert taken(left).text == (TEXT if missing != "word/numbering.xml" else TEXT[3:])
    nowhere = PARTS["word/_rels/document.xml.rels"].replace(b"numbering.xml", b"../../../etc/passwd")  # fmt: skip
    assert taken({**PARTS, "word/_rels/document.xml.rels": nowhere}).text == TEXT
    outside = PARTS["word/_rels/document.xml.rels"].replace(b"Target=", b'TargetMode="External" Target=')  # fmt: skip
    assert taken({**PARTS, "word/_rels/document.xml.rels": outside}).text == TEXT


BOMB = "<!DOCTYPE w [" + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(9)
)  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        f"{BOMB}]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body></w:document>",
        f'{BOMB}]><w:document {NAMESPACES}><w:body><w:p w:a="&e8;"/></w:body></w:document>',
        f'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>',
        f'<!DOCTYPE w SYSTEM "http://example.org/w.dtd"><w:document {NAMESPACES}><w:body/></w:document>',
        f"<w:document {NAMESPACES}/>",
        f"<w:document {NAMESPACES}><w:body>",
        f"<w:document {NAMESPACES}><w:body>&e;</w:body></w:document>",
        "<document><body/></document>",
        "",
        "\0",
    ],
)
def test_documents_that_are_refused(document: str) -> None:
    with pytest.raises(KhplansError, match="damaged"):
        taken({**PARTS, "word/document.xml": document.encode()})


def test_no_document_at_all() -> None:
    with pytest.raises(KhplansError, match="damaged"):
        taken({"word/styles.xml": b"<x/>"})
    with pytest.raises(KhplansError, match="damaged"):
        read_word(b"PK\x03\x04 broken", "a.docx")


def test_other_parts_that_are_broken() -> None:
    with pytest.raises(KhplansError, match=r"word/numbering\.xml.*damaged"):
        taken({**PARTS, "word/numbering.xml": b"<x>"})


def test_a_part_named_by_many_is_read_once() -> None:
    relations = "".join(
        f'<Relationship Id="h{n}" Type="x/header" Target="{"Header1.xml" if n % 2 else "header1.xml"}"/>'
        for n in range(9)
    )
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = parts_of(word_file("<w:p/>", header1=paragraph("x")))
    made["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{uri}">{relations}</Relationships>'.encode()  # fmt: skip
    assert characters_left_out(taken(made).layout) == {"header": 1}


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


DELETED = f"<w:del>{run('x')}</w:del>"
RAISED = '<w:vertAlign w:val="superscript"/>'
COSTLY = {
    "fields in each other": lambda n: paragraph(mark("begin") * n, run("x") * n, mark("end") * n),
    "deleted runs": lambda n: paragraph(DELETED * n),
    "deleted ends": lambda n: paragraph("x", properties="<w:rPr><w:del/></w:rPr>") * n,
    "raised runs": lambda n: paragraph("m", *[run("2", RAISED)] * n),
    "choices": lambda n: "<w:p><w:r>" + "<mc:AlternateContent><mc:Choice/><mc:Fallback/></mc:AlternateContent>" * n + "</w:r></w:p>",
    "pictures": lambda n: paragraph("<w:r><w:drawing>" + "<a:blip/>" * n + "<wp:docPr/></w:drawing></w:r>"),
    "rows": lambda n: table(row(cell("x", properties="<w:vMerge/>"), "y") * n),
}  # fmt: skip


def steps(data: bytes) -> int:
    """How many lines of the walk run."""
    import sys

    count = 0

    def line(*_: object) -> object:
        nonlocal count
        count += 1
        return line

    sys.settrace(line)
    try:
        read_word(data, "a.docx")
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("name", COSTLY)
def test_work_grows_with_the_length_alone(name: str) -> None:
    few, many = (word_file(COSTLY[name](n)) for n in (60, 240))
    assert steps(many) < 5 * steps(few)


def test_nothing_is_lost_in_silence() -> None:
    """Each character that the file holds is in the text or left out, and counted once."""
    body = (
        paragraph("Sở Y tế ", run("bỏ", "<w:strike/>"), f"<w:del>{run('cũ')}</w:del>", f"<w:ins>{run('mới')}</w:ins>")
        + paragraph("20.500", run("1", RAISED), " tỷ", run("ẩn", "<w:vanish/>"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + table(row(cell("a", properties='<w:vMerge w:val="restart"/>'), "b"), row(cell("c", properties="<w:vMerge/>"), "d"), row("e", "f", properties="<w:del/>"))
        + paragraph("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + paragraph("khung") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")
        + paragraph(f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>')
    )  # fmt: skip
    notes = f'<w:footnote w:id="2">{paragraph("Nguồn: ", run("sai", "<w:strike/>"))}</w:footnote><w:footnote w:id="3">{paragraph("thừa")}</w:footnote>'
    parts = {"footnotes": notes, "header1": paragraph("đầu"), "footer1": paragraph("chân"), "comments": ""}  # fmt: skip
    data = word_file(body, **parts)
    held = sum(
        len("".join(words.split()))
        for part in parts_of(data).values()
        for words in re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part.decode())
    )
    made = read_word(data, "a.docx")
    marks = sum(len(note.mark) for note in made.layout.notes)
    left_out = characters_left_out(made.layout)
    assert held == len("".join(made.text.split())) - marks + sum(left_out.values())
    assert set(left_out) == {"struck", "deleted", "hidden", "note-mark", "page", "header", "footer", "other"}  # fmt: skip
