"""Vietnamese of before Unicode comes in as Unicode, and is said to have; nothing else is touched."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from growth import linear
from pdf_files import in_font
from word_files import paragraph, word_file

from khplans.errors import KhplansError
from khplans.intake import load_file, load_plan
from khplans.intake.files import receive, take
from khplans.intake.pages.old_fonts import in_unicode
from khplans.intake.pages.page import Page, Word
from khplans.intake.pages.pdf import read_pdf
from khplans.intake.registering import PlanFacts, register
from khplans.intake.taken import Taken
from khplans.pipeline import tables_of

TEXT = (
    "uỷ ban nhân dân tỉnh phê duyệt kế hoạch phát triển kinh tế - xã hội năm 2025.\n"
    "1. sở y tế chủ trì, phối hợp với các sở, ngành xây dựng đề án, trình trước ngày 30/6/2025.\n"
    "2. sở tài chính hướng dẫn, kiểm tra việc thực hiện; báo cáo kết quả trước ngày 15/12/2025.\n"
)
CAPITALS = TEXT.upper().replace("\n", " ") + TEXT
VNI = (
    "UÛY BAN NHAÂN DAÂN TÆNH pheâ duyeät keá hoaïch phaùt trieån kinh teá - xaõ hoäi naêm 2025.\n"
    "1. Sôû Y teá chuû trì, phoái hôïp vôùi caùc ngaønh, nôi naøo thieáu caùn boä thì söûa chöõa, chaúng haïn ôû kyø hoïp."
)
FROM_VNI = (
    "ỦY BAN NHÂN DÂN TỈNH phê duyệt kế hoạch phát triển kinh tế - xã hội năm 2025.\n"
    "1. Sở Y tế chủ trì, phối hợp với các ngành, nơi nào thiếu cán bộ thì sửa chữa, chẳng hạn ở kỳ họp."
)


def encoded(text: str, encoding: str) -> bytes:
    """By the tables of the C library, which are others than those that khplans has."""
    call = ["iconv", "-f", "UTF-8", "-t", encoding]
    return subprocess.run(call, input=text.encode(), capture_output=True, check=True).stdout


def as_latin(text: str) -> str:
    """Words in TCVN3 as programs of today show them."""
    return encoded(text, "TCVN").decode("latin-1")


def taken(data: bytes, name: str = "a.txt") -> Taken:
    return take(data, Path(name), strict=False)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (encoded(TEXT, "TCVN"), TEXT, "TCVN3"),
        (as_latin(TEXT).encode(), TEXT, "TCVN3"),
        (encoded(CAPITALS, "VISCII"), CAPITALS, "VISCII"),
        (VNI.encode("latin-1"), FROM_VNI, "VNI"),
        (VNI.encode(), FROM_VNI, "VNI"),
        (encoded(f"{CAPITALS} – “a”… ‘b’", "WINDOWS-1258"), f"{CAPITALS} – “a”… ‘b’", "windows-1258"),
        (encoded(CAPITALS, "UTF-16"), CAPITALS, "UTF-16"),
        (TEXT.encode("utf-16-le"), TEXT, "UTF-16"),
        (TEXT.encode("utf-16-be"), TEXT, "UTF-16"),
    ],
)  # fmt: skip
def test_a_text_in_an_old_encoding(data: bytes, text: str, encoding: str) -> None:
    made = taken(data)
    assert made.text == text
    assert made.encodings == (encoding,)
    assert unicodedata.is_normalized("NFC", made.text)


def test_capitals_of_tcvn3_are_told_by_the_letters_beside_them() -> None:
    made = taken((as_latin(TEXT) + "S¾C LÖNH cña Së Y tÕ\nLÖ PHÝ").encode())
    assert made.text == TEXT + "SẮC LỆNH của Sở Y tế\nLỆ PHÍ"


@pytest.mark.parametrize(
    "text",
    [
        "Sè: 45/KH-UBND",  # too short to tell
        "Đoàn công tác đến São Paulo và Córdoba, gặp các ông Müller, Núñez, Sørensen, Łukasz ngày 5/3/2024.",
        "Le préfet arrêté été à la mairie où siège l’élu; des forêts protégées, des côtes, une île déjà aménagée près du château.",
        "El año próximo habrá una reunión más en la región; también vendrán los niños, según decisión del señor Núñez. Así será, además, aquí.",
        "Die Behörde prüft jährlich die Maßnahmen für Gebäude, Straßen, Brücken, Böden, Flüsse, Wälder, Küsten, Äcker, Höfe, Öfen.",
        "São Paulo não é a única região; há ações, políticas públicas, órgãos, até as eleições, também à noite, após o mês de março.",
        TEXT + "\nPhụ lục cũ: " + as_latin("quyết định"),
        unicodedata.normalize("NFD", TEXT),
    ],
)  # fmt: skip
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert taken(text.encode()) == Taken(text)
    if text.isascii() or text.startswith(("El", "Die", "São")):
        with pytest.raises(KhplansError, match="không nhận ra UTF-16, TCVN3, VNI, VISCII hay win"):
            taken(text.encode("latin-1"))


def set_in(font: str, *words: str) -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    return "".join(f"<w:r>{fonts}<w:t>{text}</w:t></w:r>" for text in words)


@pytest.mark.parametrize(
    ("runs", "text", "encodings"),
    [
        ((set_in(".VnTimeH", "Uû ban nh©n d©n"), set_in(".VnTime", " tØnh")), "UỶ BAN NHÂN DÂN tỉnh", ("TCVN3",)),
        ((set_in("Arial", "Sở Y tế, São Paulo: "), set_in(".VnTime", "kÕ ho¹ch")), "Sở Y tế, São Paulo: kế hoạch", ("TCVN3",)),
        ((set_in("VNI-Times", "Keá hoa", "ïch na", "êm"), set_in("Arial", " ê")), "Kế hoạch năm ê", ("VNI",)),
        ((set_in(".VnTime", "Sở Y tế và các ngành"),), "Sở Y tế và các ngành", ()),
        ((set_in(".VnArial Narrow", "Bé tr</w:t><w:softHyphen/><w:t>ëng"),), "Bộ trưởng", ("TCVN3",)),
        ((set_in("Arial", as_latin(TEXT).replace("\n", " ")),), TEXT.replace("\n", " ").rstrip(), ("TCVN3",)),
        ((set_in(".VnTime", "2025"),), "2025", ()),
    ],
)  # fmt: skip
def test_words_in_old_fonts_of_word(
    runs: tuple[str, ...], text: str, encodings: tuple[str, ...]
) -> None:
    made = taken(word_file(paragraph(*runs)), "a.docx")
    assert made.text.rstrip() == text
    assert made.encodings == encodings


def test_the_font_of_a_style_and_what_the_text_leaves_out() -> None:
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr></w:rPrDefault></w:docDefaults>"
        "<w:style w:type='paragraph' w:styleId='A'><w:rPr><w:rFonts w:ascii='.VnTimeH'/></w:rPr></w:style>"
    )
    body = (
        "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>kÕ ho¹ch</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>n¨m ®ã</w:t></w:r><w:del><w:r><w:delText>xo¸</w:delText></w:r></w:del></w:p>"
    )
    made = taken(word_file(body, styles=styles, header1=paragraph("<w:r><w:t>tØnh</w:t></w:r>")), "a.docx")  # fmt: skip
    assert made.text == "KẾ HOẠCH\nnăm đó\n"
    assert made.layout
    assert [x.text for x in made.layout.left_out] == ["tỉnh", "xoá"]


@pytest.mark.parametrize(
    ("page", "text", "encoding"),
    [
        ("<p>Sở Y tế, São Paulo <font face='.VnTimeH'>kÕ ho¹ch</font> năm <span style='font-family:VNI-Times'>naêm</span>", "Sở Y tế, São Paulo KẾ HOẠCH năm năm", ("TCVN3", "VNI")),
        (f"<p>{as_latin(TEXT)}".encode("latin-1"), " ".join(TEXT.split()), ("TCVN3",)),
        (f"<p>{as_latin(TEXT)}".encode("ascii", "xmlcharrefreplace"), " ".join(TEXT.split()), ("TCVN3",)),
        (b"<meta charset=windows-1258><p>KH 5/KH-UBND " + encoded("năm ấy", "WINDOWS-1258"), "KH 5/KH-UBND năm ấy", ("windows-1258",)),
        (b"<meta charset='iso-8859-1'><p>K&#7871; ho&#7841;ch\xa0\x96 5/KH-UBND", "Kế hoạch\xa0– 5/KH-UBND", ("windows-1252",)),
    ],
)  # fmt: skip
def test_web_pages_in_old_encodings(page: str | bytes, text: str, encoding: tuple[str, ...]) -> None:  # fmt: skip
    made = taken(page if isinstance(page, bytes) else page.encode(), "a.html")
    assert made.text.strip() == text
    assert made.encodings == encoding


WITH_HYPHENS = (
    TEXT
    + "3. ưu tiên vốn nước sạch theo quyết định số 12/QĐ-UBND, giai đoạn 2024-2025; tư vấn, hưởng ứng.\n"
)


@pytest.mark.parametrize(
    ("font", "data", "text", "encoding"),
    [
        (".VnTime", encoded(WITH_HYPHENS, "TCVN"), WITH_HYPHENS, "TCVN3"),
        ("ABCDEF+.VnArialH", encoded(WITH_HYPHENS, "TCVN"), WITH_HYPHENS.upper(), "TCVN3"),
        ("Times", encoded(WITH_HYPHENS, "TCVN"), WITH_HYPHENS, "TCVN3"),
        ("VNI-Times", VNI.encode("latin-1"), FROM_VNI, "VNI"),
    ],
)
def test_words_in_old_fonts_of_a_pdf(font: str, data: bytes, text: str, encoding: str) -> None:
    made = taken(in_font(font, data.splitlines()), "a.pdf")
    assert made.text.split() == text.split()
    assert made.encodings == (encoding,)


def test_a_word_of_many_hyphens_takes_time_by_its_length() -> None:
    def read(text: str) -> object:
        words = [*as_latin(TEXT).split(), text]
        page = Page(1, 595, 842, tuple(Word(x, 0, 0, 1, 1, 1, font=".VnTime") for x in words))
        (made,), encodings = in_unicode((page,), "a.pdf")
        assert (made.words[-1].text, encodings) == (text, ("TCVN3",))
        return made

    assert linear(read, "b-" * 100, "b-" * 1_000)


def test_words_in_an_old_font_that_nobody_can_tell_are_refused_by_its_name() -> None:
    data = in_font(".VnTime", encoded(TEXT, "TCVN").splitlines(), "/MacRomanEncoding")
    (page,) = read_pdf(data, "a.pdf").pages
    to_recognise = replace(page, unmapped=200)
    assert in_unicode((to_recognise,), "a.pdf") == ((to_recognise,), ())
    with pytest.raises(KhplansError, match=r"phông \.VnTime: không phải TCVN3"):
        taken(data, "a.pdf")


def test_a_damaged_utf_16_is_refused() -> None:
    with pytest.raises(KhplansError, match="UTF-16 hỏng ở byte"):
        taken(TEXT.encode("utf-16") + b"a")


def test_where_a_tool_is_missing_the_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "viparse.normalize.encodings", None)
    for data in (encoded(TEXT, "TCVN"), as_latin(TEXT).encode()):
        with pytest.raises(KhplansError, match=r"a\.txt: cần viparse để đọc chữ TCVN3"):
            taken(data)


def test_plan_toml_and_warnings_tell_of_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    path = tmp_path / "a.txt"
    path.write_bytes(encoded(TEXT, "TCVN"))
    about = PlanFacts("Kế hoạch", "Ủy ban nhân dân tỉnh A", "", "unknown", date(2026, 11, 29))
    folder = register(receive(path), tmp_path / "plans", "a", about)
    assert (folder / "original.txt").read_bytes() == path.read_bytes()
    assert (folder / "source.txt").read_text("utf-8") == TEXT
    said = tomllib.loads((folder / "plan.toml").read_text("utf-8"))
    assert said["encodings"] == ["TCVN3"]
    assert [tool.split()[0] for tool in said["read_by"]] == ["khplans", "viparse"]
    (row,) = [x for x in tables_of(load_plan(folder))["warnings"] if x["code"] == "old-encoding"]
    assert row["severity"] == "warning"
    assert "TCVN3" in str(row["message"])


def test_the_doubt_takes_in_the_words_without_the_blanks_around(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\nỦY BAN NHÂN DÂN TỈNH HÀ NAM\n\nKẾ HOẠCH\nNăm 2025\n\n", "utf-8")
    rows = tables_of(replace(load_file(path), encodings=("TCVN3",)))["warnings"]
    (told,) = [row for row in rows if row["code"] == "old-encoding"]
    assert path.read_text("utf-8")[told["start"] : told["end"]].startswith("ỦY BAN")
    assert path.read_text("utf-8")[told["start"] : told["end"]].endswith("2025")
