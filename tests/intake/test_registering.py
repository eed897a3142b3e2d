"""A plan's folder says what came in and what was made of it; nothing in it changes unseen."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pytest

from khplans.errors import KhplansError
from khplans.intake import load_file, load_plan
from khplans.intake.files import receive
from khplans.intake.layout_file import layout_bytes
from khplans.intake.registering import PlanFacts, register
from khplans.layout import Layout

ABOUT = PlanFacts('Kế hoạch "A"', "Ủy ban nhân dân tỉnh A", "", "unknown", date(2026, 11, 29))
PAGE = (
    "<title>Kế hoạch</title><p>KẾ HOẠCH</p><p>1. Sở Y tế báo cáo kết quả trước ngày 30/6/2025.</p>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    path = tmp_path / "Kế hoạch.HTML"
    path.write_bytes(PAGE.encode())
    return path


@pytest.fixture
def folder(page: Path) -> Path:
    return register(receive(page), page.parent / "plans", "a", ABOUT)


def test_a_text_lies_in_its_folder_as_received(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    path = tmp_path / "a.txt"
    path.write_bytes("KẾ HOẠCH\r\n\fhòa\u0300".encode())
    made = register(receive(path), tmp_path / "plans", "a", ABOUT)
    assert sorted(p.name for p in made.iterdir()) == ["corrections.csv", "plan.toml", "source.txt"]
    assert (made / "source.txt").read_bytes() == path.read_bytes()
    assert load_plan(made).title == ABOUT.title


def test_what_came_as_something_else_stays_beside_its_text(page: Path, folder: Path) -> None:
    assert (folder / "original.html").read_bytes() == page.read_bytes()
    said = tomllib.loads((folder / "plan.toml").read_text("utf-8"))
    assert said["sha256"] == hashlib.sha256(page.read_bytes()).hexdigest()
    assert said["text_sha256"] == hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    taken_in, read = load_plan(folder), load_file(page)
    assert taken_in.sha256 == read.sha256 == said["sha256"]
    assert taken_in.source.text == read.source.text
    assert taken_in.source.layout == read.source.layout


def test_a_text_with_a_byte_order_mark_is_kept_as_it_came(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffKẾ HOẠCH".encode())
    made = register(receive(path), tmp_path / "plans", "a", ABOUT)
    assert (made / "original.txt").read_bytes() == path.read_bytes()
    assert load_plan(made).source.text == "KẾ HOẠCH"


@pytest.mark.parametrize("name", ["source.txt", "original.html", "layout.json"])
def test_nothing_in_the_folder_changes_unseen(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes((path.read_bytes() if path.exists() else layout_bytes(Layout())) + b" ")
    with pytest.raises(KhplansError, match=r"không khớp plan\.toml") as error:
        load_plan(folder)
    assert error.value.where.endswith(name)


def test_a_missing_layout_is_told(page: Path, folder: Path) -> None:
    toml = folder / "plan.toml"
    said = "\n".join(
        line for line in toml.read_text("utf-8").splitlines() if not line.startswith("layout")
    )
    toml.write_text(f'{said}\nlayout_sha256 = "{"0" * 64}"\n', "utf-8")
    (folder / "layout.json").unlink(missing_ok=True)
    with pytest.raises(KhplansError, match=r"layout\.json: không có tệp này"):
        load_plan(folder)


def test_the_same_file_is_taken_in_once(page: Path, folder: Path) -> None:
    with pytest.raises(KhplansError, match="kế hoạch a"):
        register(receive(page), folder.parent, "b", ABOUT)


def test_two_originals(folder: Path) -> None:
    (folder / "original.docx").write_bytes(b"x")
    with pytest.raises(KhplansError, match=r"original\.docx, original\.html"):
        load_plan(folder)
