"""Plans come in whole or not at all: every fault is one clear line."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from khplans.errors import KhplansError
from khplans.intake import list_plans, load_file, load_plan

ROOT = Path(__file__).parents[2]
TEXT = "KẾ HOẠCH\nGiữ nguyên\u00a0từng ký tự: hoà, hòa, ho\u0300a\r\n"
TOML = 'title = "A"\nissuer = "B"\nprovince = "Lào Cai"\norigin = "unknown"\nreceived = 2026-11-22\nsha256 = "{}"\n'
HEADER = "start,end,before,after,reason\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plans" / "mot-ke-hoach-2024"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes(TEXT.encode())
    (folder / "plan.toml").write_text(
        TOML.format(hashlib.sha256(TEXT.encode()).hexdigest()), "utf-8"
    )
    return folder


def test_a_plan_comes_in_untouched(folder: Path) -> None:
    plan = load_plan(folder)
    assert plan.plan_id == "mot-ke-hoach-2024"
    assert plan.source.text == TEXT
    assert (plan.title, plan.issuer, plan.province, plan.origin) == ("A", "B", "Lào Cai", "unknown")
    assert plan.received == date(2026, 11, 22)
    assert plan.source.issuer == "B"


def test_the_plans_are_there_with_their_sums() -> None:
    ids = list_plans(ROOT / "plans")
    assert ids
    assert list(ids) == sorted(ids)
    for plan_id in ids:
        plan = load_plan(ROOT / "plans" / plan_id)
        data = (ROOT / "plans" / plan_id / "source.txt").read_bytes()
        assert plan.sha256 == hashlib.sha256(data).hexdigest()
        for correction in plan.source.corrections:
            assert correction.span.of(plan.source.text) == correction.before


@pytest.mark.parametrize(
    ("data", "words", "where"),
    [
        (b"", "rỗng", "source.txt"),
        (b" \n\n", "rỗng", "source.txt"),
        ("dòng\n\nhai ".encode() + b"\xe1\xbb" + b" x\n", "0xe1", "source.txt:3"),
        ("KẾ HOẠCH".encode("utf-16"), "UTF-16", "source.txt"),
        ("\ufeffKẾ HOẠCH".encode(), "BOM", "source.txt:1"),
        (b"ab\nc\0d", "NUL", "source.txt:2"),
        (b"%PDF-1.7\n...", "PDF", "source.txt"),
        (b"PK\x03\x04....", "Word", "source.txt"),
        (b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title>", "502 Bad Gateway", "source.txt"),
        (b"  <html>\n<body>x", "HTML", "source.txt"),
    ],
)  # fmt: skip
def test_what_is_not_text(folder: Path, data: bytes, words: str, where: str) -> None:
    (folder / "source.txt").write_bytes(data)
    with pytest.raises(KhplansError) as error:
        load_plan(folder)
    assert words in error.value.what
    assert error.value.where.endswith(where)
    assert error.value.remedy
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (None, "thiếu plan.toml"),
        ("title = ", "không phải TOML"),
        ('title = "A"\n', "issuer"),
        (TOML.format("0" * 64).replace('title = "A"', "title = 3"), "title"),
        (TOML.format("0" * 64).replace("2026-11-22", '"hôm nay"'), "received"),
        (TOML.format("xyz"), "sha256"),
        (TOML.format("0" * 64) + 'tittle = "x"\n', "tittle"),
        (TOML.format("0" * 64), "không khớp"),
        ("a = " + "[" * 5000, "không phải TOML"),
        ("a." * 5000 + "b = 1", "không phải TOML|khóa lạ|title"),
        (f"a = {'9' * 5000}", "không phải TOML"),
        ("#" * 70_000, "65536"),
        (TOML.format("0" * 64).replace('"A"', '"A\\u0000"'), r"plan\.toml:1: `title` có ký tự"),
        (TOML.format("0" * 64).replace('"B"', '"\\u001b[2J"'), r"plan\.toml:2: `issuer` có ký tự"),
        (TOML.format("0" * 64).replace('"unknown"', '"\\u202ex"'), r"plan\.toml:4: `origin` có"),
        (TOML.format("0" * 64).replace('"A"', '"""A\n2"""'), r"plan\.toml:1: `title` có ký tự"),
        (TOML.format("0" * 64).replace("2026-11-22", "9999-12-31"), r"plan\.toml:5: `received`"),
        (TOML.format("0" * 64).replace("2026-11-22", "0001-01-01"), r"plan\.toml:5: `received`"),
        (TOML.format("0" * 64).replace("Lào Cai", "Lào Kai"), "plan.toml:3: không có tỉnh 'Lào Kai'; gần nhất: Lào Cai"),
        (TOML.format("0" * 64).replace("Lào Cai", "Atlantis"), "không có tỉnh"),
    ],
)  # fmt: skip
def test_wrong_plan_toml(folder: Path, toml: str | None, words: str) -> None:
    (folder / "plan.toml").unlink()
    if toml is not None:
        (folder / "plan.toml").write_text(toml, "utf-8")
    with pytest.raises(KhplansError, match=words):
        load_plan(folder)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("0,2,Kế,Ké,sai dấu", "là “KẾ”"),
        ("0,2,KẾ", "cần 5"),
        ("a,2,KẾ,Kế,sai", "phải là số"),
        ("0,9999,KẾ,Kế,sai", "nằm ngoài"),
        ("2,2,,x,sai", "nằm ngoài"),
        ("0,2,KẾ,KẾ,sai", "giống"),
        ("0,2,KẾ, ,sai", "chỉ có dấu cách"),
        ("0,2,KẾ,Kế, ", "reason"),
        ("0,8,KẾ HOẠCH,Kế hoạch,sai\n3,8,HOẠCH,Hoạch,sai", "chồng"),
        (f"{'1' * 5000},2,KẾ,Kế,sai", "phải là số"),
        (f"0,2,KẾ,Kế,{'x' * 140_000}", "không phải CSV"),
        ('0,2,"KẾ,Kế,sai', "không phải CSV"),
        ('7,9,"H\r\n",H,sai', r"corrections.csv:2: tại 7:9 là “H\\n”, không phải “H\\r\\n”"),
    ],
)
def test_wrong_corrections(folder: Path, row: str, words: str) -> None:
    (folder / "corrections.csv").write_text(HEADER + row + "\n", "utf-8")
    with pytest.raises(KhplansError, match=words) as error:
        load_plan(folder)
    assert "corrections.csv:" in error.value.where


@pytest.mark.parametrize(
    "mark", ["\n", "\r\n", "\r", "\f", "\u2028", "\u2029", "\x85", "\x0b", "\x1c"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_correction_holds_the_very_characters(folder: Path, mark: str, line_end: str) -> None:
    text = f"KẾ HO{mark}ACH 2024"
    (folder / "source.txt").write_bytes(text.encode())
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "plan.toml").write_text(TOML.format(digest), "utf-8")
    end = text.index("ACH") + 3
    row = f'3,{end},"{text[3:end]}",HOẠCH,"ngắt{mark}dòng"\n{end + 1},{end + 5},2024,2025,x\n'
    written = (HEADER + row).replace("\n", line_end) if mark not in ("\n", "\r\n") else HEADER + row
    (folder / "corrections.csv").write_bytes(b"\xef\xbb\xbf" + written.encode())
    first, second = load_plan(folder).source.corrections
    assert (first.before, first.after, first.reason) == (text[3:end], "HOẠCH", f"ngắt{mark}dòng")
    assert second.before == "2024"


def test_corrections_come_sorted(folder: Path) -> None:
    rows = "3,8,HOẠCH,Hoạch,viết hoa\n0,2,KẾ,Kế,viết hoa\n"
    (folder / "corrections.csv").write_text(HEADER + rows, "utf-8")
    assert [c.after for c in load_plan(folder).source.corrections] == ["Kế", "Hoạch"]


def test_wrong_columns_of_corrections(folder: Path) -> None:
    (folder / "corrections.csv").write_text("from,to\n", "utf-8")
    with pytest.raises(KhplansError, match="start,end,before,after,reason"):
        load_plan(folder)


def test_an_unknown_plan_names_those_like_it(folder: Path) -> None:
    with pytest.raises(KhplansError, match="mot-ke-hoach-2024"):
        load_plan(folder.parent / "mot-ke-hoach-2025")


def test_no_plans_folder(tmp_path: Path) -> None:
    with pytest.raises(KhplansError, match="thư mục"):
        list_plans(tmp_path / "plans")


@pytest.mark.parametrize("name", ["source.txt", "corrections.csv", "review.csv"])
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(KhplansError, match=f"{name}.*pipe"):
        load_plan(folder)


def test_two_sources(folder: Path) -> None:
    (folder / "source.md").write_text("x", "utf-8")
    with pytest.raises(KhplansError, match=r"source\.md.*khplans add"):
        load_plan(folder)


def test_a_folder_whose_name_is_no_id(folder: Path) -> None:
    other = folder.rename(folder.parent / "Kế hoạch 2024")
    with pytest.raises(KhplansError) as error:
        load_plan(other)
    assert "ke-hoach-2024" in error.value.remedy


def test_bare_files(tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch số 5.txt"
    path.write_bytes("\ufeffKẾ HOẠCH".encode())
    plan = load_file(path)
    assert (plan.plan_id, plan.source.text) == ("Kế hoạch số 5", "KẾ HOẠCH")
    assert plan.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    for name, words in (("a.xyz", "loại tệp"), ("b.txt", "không có tệp")):
        if words == "loại tệp":
            (tmp_path / name).write_bytes(b"x")
        with pytest.raises(KhplansError, match=words):
            load_file(tmp_path / name)


@pytest.mark.parametrize("name", ["..txt", "...txt", "hai\ndòng.txt"])
def test_file_names_that_can_be_no_plans(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes("KẾ HOẠCH".encode())
    with pytest.raises(KhplansError, match="rename the file"):
        load_file(tmp_path / name)


def test_web_pages(tmp_path: Path) -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><nav>menu</nav><p>KẾ&nbsp;HOẠCH</p>"
        "<script>alert(1)</script><table><tr><th>TT</th><th>Nhiệm vụ</th></tr><tr><td>1</td>"
        "<td><p>Làm</p><p>tốt</p></td></tr></table><p>Hết<br>rồi</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    lines = [line for line in load_file(tmp_path / "a.html").source.text.split("\n") if line]
    assert lines == ["KẾ\xa0HOẠCH", "TT\tNhiệm vụ", "1\tLàm", "tốt", "Hết", "rồi"]


ERRORS = [
    "404 Not Found", "Just a moment...", "Không tìm thấy trang", "503", "Website đang bảo trì",
    "Hệ thống đang được nâng cấp, vui lòng quay lại sau", "Lỗi 500", "Truy cập bị từ chối",
]  # fmt: skip


@pytest.mark.parametrize("title", ERRORS)
def test_error_pages(tmp_path: Path, title: str) -> None:
    more = "Cổng thông tin điện tử. Trang chủ. Giới thiệu. Liên hệ. Bản quyền thuộc về tỉnh. " * 3
    for body in ("x", more):
        page = f"<html><title>{title}</title><body>{body}</body></html>"
        (tmp_path / "a.html").write_text(page, "utf-8")
        with pytest.raises(KhplansError, match="báo lỗi"):
            load_file(tmp_path / "a.html")


@pytest.mark.parametrize("text", [error for error in ERRORS if error != "503"])
def test_error_pages_saved_as_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(f"UBND TỈNH\n{text}\n", "utf-8")
    with pytest.raises(KhplansError, match="báo lỗi"):
        load_file(tmp_path / "a.txt")


def test_a_page_of_hardly_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>Văn bản</title><p>Đang tải dữ liệu…", "utf-8")
    with pytest.raises(KhplansError, match="a page without a document"):
        load_file(tmp_path / "a.html")


@pytest.mark.parametrize("number", ["404/KH-UBND", "503/QĐ-UBND", "500-NQ/TW"])
def test_a_document_of_such_a_number_is_no_error_page(tmp_path: Path, number: str) -> None:
    page = f"<title>{number}</title><p>Số: {number}</p><p>Kế hoạch bảo trì đường bộ</p>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert number in load_file(tmp_path / "a.html").source.text


@pytest.mark.parametrize("text", ["\u200b\u200d\u2060", "\u3164\n", " . \u00ad…", "\u0301"])
def test_a_text_of_nothing_to_be_seen(folder: Path, text: str) -> None:
    (folder / "source.txt").write_bytes(text.encode())
    with pytest.raises(KhplansError, match="rỗng"):
        load_plan(folder)


def test_a_folder_or_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(KhplansError, match="a folder, not a file"):
        load_file(tmp_path / "a.txt")

    def refuse(path: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(KhplansError, match=r"b\.txt.*can't be read.*check its permissions"):
        load_file(tmp_path / "b.txt")
