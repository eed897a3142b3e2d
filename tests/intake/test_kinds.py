"""A file is what its bytes say, whatever its name: read as that, or refused by its right name."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
from left_out import characters_left_out
from word_files import paragraph, row, table, word_file, zipped

from khplans.errors import KhplansError
from khplans.intake import office
from khplans.intake.files import SUFFIXES, take
from khplans.intake.kinds import kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
RTF = rb"{\rtf1\ansi\pard K\u7871? ho\u7841?ch\par {\trowd\cellx1000\cellx2000\intbl 1\cell Vi\u7879?c\cell\row}}"
with_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def ole(*names: str, sectors: int = 1) -> bytes:
    """An OLE file whose directory, in sectors far from each other, holds these names."""
    entries = [
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes(62)
        for name in (*[""] * (4 * sectors - len(names)), *names)
    ]  # fmt: skip
    table = [FREE] * 128
    table[0] = 0xFFFFFFFD
    for sector in range(sectors):
        table[1 + 2 * sector] = 3 + 2 * sector if sector + 1 < sectors else END
    header = bytearray(OLE.ljust(512, b"\0"))
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:80] = (0).to_bytes(4, "little")
    body = b"".join(number.to_bytes(4, "little") for number in table)
    for sector in range(sectors):
        body += b"".join(entries[4 * sector : 4 * sector + 4]) + bytes(512)
    return bytes(header) + body


def opendocument(mimetype: str) -> bytes:
    return zipped({"mimetype": mimetype.encode(), "content.xml": b"<x/>"})


ODT = "application/vnd.oasis.opendocument.text"
KINDS = {
    "doc": ole("Root Entry", "1Table", "WordDocument"),
    "locked": ole("Root Entry", "EncryptionInfo", "EncryptedPackage"),
    "xls": ole("Root Entry", "Workbook"),
    "ppt": ole("Root Entry", "PowerPoint Document"),
    "ole": OLE + bytes(2000),
    "docx": word_file(paragraph("x")),
    "xlsx": zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}),
    "pptx": zipped({"ppt/presentation.xml": b""}),
    "odt": opendocument(ODT),
    "opendocument": opendocument("application/vnd.oasis.opendocument.spreadsheet"),
    "epub": opendocument("application/epub+zip"),
    "zip": zipped({"ke-hoach.txt": b"x"}),
    "pdf": b"\n%PDF-1.7\n",
    "rtf": RTF,
    "png": b"\x89PNG\r\n",
    "jpeg": b"\xff\xd8\xff\xe0",
    "tiff": b"II*\0",
    "gif": b"GIF89a",
    "gzip": b"\x1f\x8b\x08",
    "rar": b"Rar!\x1a\x07\0",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "word-xml": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
    "mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related",
    "html": b"\xef\xbb\xbf <!DOCTYPE html><html>",
    "text": "KẾ HOẠCH".encode(),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name: str) -> None:
    assert kind_of(KINDS[name]).name == name


def test_an_ole_directory_of_many_sectors() -> None:
    assert kind_of(ole("WordDocument", sectors=9)).name == "doc"


@pytest.mark.parametrize("cut", [8, 40, 60, 77, 600, 1030, 1100])
def test_ole_files_that_are_cut_or_turn_in_circles(cut: int) -> None:
    assert kind_of(KINDS["doc"][:cut]).name in ("ole", "doc")
    circle = bytearray(ole("WordDocument", sectors=2))
    circle[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert kind_of(bytes(circle)).name == "ole"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("locked", "mật khẩu"),
        ("ole", "97-2003"),
        ("xls", "Excel 97-2003"),
        ("xlsx", "Excel"),
        ("pptx", "PowerPoint"),
        ("zip", "ZIP"),
        ("gif", "GIF"),
        ("mhtml", "MHTML"),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".doc", ".txt", ".html"])
def test_what_is_no_text_is_refused_by_its_name(name: str, words: str, suffix: str) -> None:
    with pytest.raises(KhplansError) as error:
        take(KINDS[name], Path(f"a{suffix}"), strict=False)
    assert words in error.value.what
    assert "hỏng" not in error.value.what
    assert error.value.remedy


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_word_file_of_any_name(suffix: str) -> None:
    made = take(word_file(table(row("a", "b"))), Path(f"a{suffix}"), strict=True)
    assert made.text == "a\tb\n\n"
    assert made.layout.tables


@pytest.mark.parametrize("suffix", [".docx", ".doc", ".odt", ".rtf"])
def test_texts_and_pages_called_word_files(suffix: str) -> None:
    path = Path(f"a{suffix}")
    assert take("KẾ HOẠCH".encode(), path, strict=True).text == "KẾ HOẠCH"
    page = b"<!DOCTYPE html><html><body><p>" + "KẾ HOẠCH số 5/KH-UBND".encode() + b"</p></body></html>"  # fmt: skip
    assert take(page, path, strict=True).text.strip() == "KẾ HOẠCH số 5/KH-UBND"
    for data in (b"", b"\x01\xff\x02"):
        with pytest.raises(KhplansError):
            take(data, path, strict=True)


def test_a_word_file_without_a_word() -> None:
    with pytest.raises(KhplansError, match="holds no text"):
        take(word_file("<w:p/>"), Path("a.docx"), strict=True)


@pytest.mark.parametrize("name", ["doc", "odt", "rtf", "word-xml"])
def test_without_libreoffice_the_error_names_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KhplansError, match="LibreOffice") as error:
        take(KINDS[name], Path("a.docx"), strict=True)
    assert kind_of(KINDS[name]).called in error.value.what
    assert "apt-get install" in error.value.remedy


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called soffice in the place of LibreOffice."""
    (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_program_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 1", monkeypatch)
    with pytest.raises(KhplansError, match=r"Word 97-2003 .*LibreOffice"):
        take(KINDS["doc"], Path("a.doc"), strict=True)


def test_what_libreoffice_would_unpack_or_made_is_held_to_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "mkdir made; echo 12345 > made/received.docx", monkeypatch)
    bomb = zipped({"mimetype": ODT.encode(), "content.xml": b" " * 6_000_000})
    with pytest.raises(KhplansError, match="5000000 bytes"):
        take(bomb, Path("a.odt"), strict=True)
    monkeypatch.setattr(office, "_MOST_MADE", 5)
    with pytest.raises(KhplansError, match="LibreOffice"):
        take(KINDS["rtf"], Path("a.rtf"), strict=True)


def test_a_program_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    program(tmp_path, f'sleep 600 & echo $! > "{tmp_path}/child"; wait', monkeypatch)
    monkeypatch.setattr(office, "_TIMEOUT_S", 0.3)
    with pytest.raises(KhplansError, match="LibreOffice"):
        take(KINDS["doc"], Path("a.doc"), strict=True)
    child = int((tmp_path / "child").read_text())
    for _ in range(30_000):
        if not runs(child):
            return
        time.sleep(0.01)
    pytest.fail("what the program started goes on")


def runs(process: int) -> bool:
    """Whether a process is there and not just waiting for its end to be noticed."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@with_office
def test_libreoffice_reads_what_word_files_were_before() -> None:
    made = take(RTF, Path("a.rtf"), strict=True)
    assert made.text.split() == ["Kế", "hoạch", "1", "Việc"]
    assert len(made.layout.tables) == 1
    assert [tool.split()[0] for tool in made.tools] == ["lxml", "LibreOffice"]
    assert characters_left_out(made.layout) == {}
    with pytest.raises(KhplansError, match="97-2003"):
        take(KINDS["doc"], Path("a.doc"), strict=True)


@with_office
def test_libreoffice_fetches_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = threading.Event()
        server.settimeout(60)

        def answer() -> None:
            try:
                server.accept()[0].close()
                asked.set()
            except OSError:
                pass

        listener = threading.Thread(target=answer, daemon=True)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{ODT}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
        spaces = " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
            for name, uri in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
        )  # fmt: skip
        image = f'<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}" xlink:actuate="onLoad"/></draw:frame>'
        content = f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>Ke hoach {image}</text:p></office:text></office:body></office:document-content>'
        files = {"mimetype": ODT, "META-INF/manifest.xml": manifest, "content.xml": content}
        data = zipped({name: text.encode() for name, text in files.items()})
        assert take(data, Path("a.odt"), strict=True).text.strip() == "Ke hoach"
        assert not asked.is_set()
