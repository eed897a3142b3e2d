"""khplans build, check, extract, add: what people see, and what bad input gets."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_plans import LAO_CAI, add_plan, files_of

from khplans.cli import group

SMALL = "lao-cai-15-kh-ubnd-2025"
RULES = Path(__file__).parents[2] / "checks"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    add_plan(folder / "plans", SMALL, LAO_CAI)
    shutil.copytree(RULES, folder / "checks")
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(group, words, prog_name="khplans")


def as_json(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_build_then_check(project: Path) -> None:
    first = run("build")
    assert first.exit_code == 0
    assert "1/1 lao-cai-15-kh-ubnd-2025" in first.stderr
    assert "nhiệm vụ/tasks 3" in first.stdout
    assert "nothing changed" in run("build").stdout
    report = as_json("build")
    assert (report["changed"], report["unchanged"], report["rows"]["tasks"]) == (False, [SMALL], 3)
    checked = run("check")
    assert checked.exit_code == 0, checked.stderr
    assert (
        "ngờ/doubtful 1, không đạt/failed 0" in checked.stdout
    )  # its row counts are not reviewed yet
    assert (project / "datapackages" / "khplans" / "checks.json").is_file()
    assert "nothing changed" in run("build").stdout


def test_check_stops_at_an_error(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "khplans.checks.run.run_expectations", lambda *arguments: []
    )  # the slow ones
    run("build")
    path = project / "datapackages" / SMALL / "tasks.csv"
    path.write_bytes(path.read_bytes().replace(b"2025", b"2026"))
    result = run("check")
    assert result.exit_code == 1
    assert "checks failed" in result.stderr
    assert "files.hash" in run("check", "--json").stdout
    assert not list(project.glob("datapackages/*/checks.json"))


BAD = [
    ("source.txt", b"S\xe1\xbb\x9f Y t\xff", "UTF-8"),
    ("source.txt", b"", ""),
    ("source.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
    ("source.txt", "KẾ HOẠCH\0 1".encode(), ""),
    ("source.txt", b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>", ""),
    ("source.txt", b"\xef\xbb\xbfK", ""),
    ("source.txt", LAO_CAI.encode() + b"x", "sha256"),
    ("source.txt", None, "source"),
    ("plan.toml", None, "plan.toml"),
    ("plan.toml", b"title = ", "TOML"),
    ("plan.toml", b'title = "x"\n', "issuer"),
    ("corrections.csv", b"start,end,before,after,reason\n0,3,abc,abd,x\n", "corrections.csv:2"),
    ("corrections.csv", b"start,end,before,after,reason\n0,999999,a,b,x\n", "corrections.csv:2"),
    ("corrections.csv", b"from,to\n", "corrections.csv:1"),
]


@pytest.mark.parametrize(
    ("name", "data", "words"), BAD, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(BAD)]
)
def test_a_bad_plan_is_one_clear_line(
    project: Path, name: str, data: bytes | None, words: str
) -> None:
    run("build")
    before = files_of(project / "datapackages")
    path = project / "plans" / SMALL / name
    path.unlink() if data is None else path.write_bytes(data)
    result = run("build")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"khplans: plans/{SMALL}")
    assert words in line
    assert files_of(project / "datapackages") == before


def test_no_plan_has_the_name_of_the_collection(project: Path) -> None:
    (project / "plans" / SMALL).rename(project / "plans" / "khplans")
    result = run("build")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "name of the collection" in line


@pytest.mark.parametrize(
    "words",
    [["build", "--plans", "nowhere"], ["check"], ["check", "nowhere"], ["add", "nowhere.txt"]],
)
def test_what_is_not_there(project: Path, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert len([line for line in result.stderr.splitlines() if line.startswith("khplans: ")]) == 1
    assert "Traceback" not in result.output


def test_build_keeps_going_and_tells_what_it_left_out(project: Path) -> None:
    add_plan(project / "plans", "zzz", LAO_CAI.replace("15/KH", "16/KH"))
    (project / "plans" / SMALL / "source.txt").write_bytes(b"\xff\xfe")
    stopped = run("build")
    assert stopped.exit_code == 1
    assert not (project / "datapackages").exists()
    result = run("build", "--keep-going")
    assert result.exit_code == 1
    assert [x for x in result.stderr.splitlines() if x.startswith("khplans: ")] == [
        f"khplans: plans/{SMALL}/source.txt: không phải UTF-8 (UTF-16) / not UTF-8. lưu lại với mã UTF-8 / save it as UTF-8 [encoding-unknown]"
    ]
    assert (project / "datapackages" / "zzz").is_dir()
    told = json.loads(run("build", "--keep-going", "--json").stdout)
    assert [failure["where"] for failure in told["failed"]] == [f"plans/{SMALL}/source.txt"]
    assert told["unchanged"] == ["zzz"]


def test_extract_keeps_going_and_tells_what_it_left_out(project: Path) -> None:
    for name, data in (("a.txt", LAO_CAI.encode()), ("b.txt", b"\xff\xfe\0"), ("c.pdf", b"%PDF")):
        (project / name).write_bytes(data)
    files = ["b.txt", "a.txt", "c.pdf", "a.txt"]
    assert run("extract", *files, "--to", "out").exit_code == 1
    assert not (project / "out").exists()
    result = run("extract", *files, "--to", "out", "--keep-going")
    assert result.exit_code == 1
    told = [x for x in result.stderr.splitlines() if x.startswith("khplans: ")]
    assert [x.split(": ")[1] for x in told] == ["a.txt", "b.txt", "c.pdf"]
    assert b"a" in files_of(project / "out")["documents.csv"]
    before = files_of(project / "out")
    assert run("extract", "b.txt", "--to", "out", "--keep-going").exit_code == 1
    assert files_of(project / "out") == before


ANNEX = """
PHỤ LỤC
DANH MỤC NHIỆM VỤ NĂM 2025
STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn
1\tXây dựng Đề án phát triển du lịch cộng đồng\tĐội bóng Sao Mai\tQuý II/2025
2\tRà soát quy hoạch sử dụng đất\tSở Nông nghiệp và Môi trường\tQuý III/2025
"""
TEXTS = {
    "Kế hoạch số 15.txt": LAO_CAI,
    "phụ lục.md": LAO_CAI + ANNEX,
    "không có gì.txt": "một hai ba",
    "la.txt": "Chỉ tiêu: 12 tỷ đồng quặng, 5 bao lúa; 99/99/9999; Nghị quyết số 1/XX-YY ngày 31/02/2020.\n",
    "nfd.txt": unicodedata.normalize("NFD", LAO_CAI),
}


@pytest.mark.filterwarnings("ignore")  # frictionless' own
def test_extract_makes_one_valid_package_of_any_texts(project: Path) -> None:
    from frictionless import validate

    folder = project / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = [str(path) for path in sorted(folder.iterdir())]
    report = as_json("extract", *files, "--to", "out")
    stems = sorted(Path(name).stem for name in TEXTS)
    assert sorted(report["plans"]) == stems
    descriptor = project / "out" / "datapackage.json"
    found = validate(str(descriptor))
    assert found.valid, found.flatten(["name", "message"])
    documents = (project / "out" / "documents.csv").read_text("utf-8")
    assert all(stem in documents for stem in stems)
    assert "agency-unknown" in (project / "out" / "warnings.csv").read_text("utf-8")
    checked = run("check", "out")
    assert checked.exit_code == 0, checked.output


def test_extract_replaces_a_package_and_nothing_else(project: Path) -> None:
    (project / "a.txt").write_text(LAO_CAI, encoding="utf-8")
    assert run("extract", "a.txt", "--to", "out").exit_code == 0
    before = files_of(project / "out")
    assert run("extract", "a.txt", "--to", "out").exit_code == 0
    assert files_of(project / "out") == before
    refused = run("extract", "a.txt", "--to", ".")
    assert refused.exit_code == 1
    assert "holds other files" in refused.stderr
    (project / "b.txt").write_bytes(b"\xff\xfe\0")
    assert run("extract", "a.txt", "b.txt", "--to", "out").exit_code == 1
    assert files_of(project / "out") == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b"\xff"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.docx", b"PK\x03\x04 not a document"),
        ("a.html", b"<html><title>502 Bad Gateway</title></html>"),
        ("a", b"KE HOACH"),
    ],
)  # fmt: skip
def test_extract_of_what_cannot_be_read(project: Path, name: str, data: bytes) -> None:
    (project / name).write_bytes(data)
    result = run("extract", name, "--to", "out")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"khplans: {name}")
    assert not (project / "out").exists()


def test_two_files_of_one_name(project: Path) -> None:
    (project / "x").mkdir()
    for path in ("a.txt", "x/a.txt"):
        (project / path).write_text(LAO_CAI, encoding="utf-8")
    assert "two files of that stem" in run("extract", "a.txt", "x/a.txt", "--to", "out").stderr


def test_add_takes_a_plan_in_and_shows_what_it_changes(project: Path) -> None:
    text = LAO_CAI.replace("Lào Cai", "An Giang").replace("LÀO CAI", "AN GIANG")
    (project / "scan.txt").write_text(text, encoding="utf-8")
    report = as_json(
        "add", "scan.txt", "--origin", "https://angiang.example/15", "--received", "2025-03-02"
    )
    assert [plan["plan"] for plan in report["plans"]] == ["an-giang-15-kh-ubnd-2025"]
    assert report["after"]["documents"] == report["before"]["documents"] + 1
    assert report["after"]["tasks"] == 2 * report["before"]["tasks"]
    folder = project / "plans" / "an-giang-15-kh-ubnd-2025"
    assert (folder / "source.txt").read_bytes() == text.encode()
    assert "received = 2025-03-02" in (folder / "plan.toml").read_text("utf-8")
    assert "nothing changed" in run("build").stdout
    again = run("add", "scan.txt", "--id", "other")
    assert again.exit_code == 1
    assert "there already: the plan an-giang-15-kh-ubnd-2025" in again.stderr


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        (("30/6/2025", "30/7/2025"), False),
        (("Lào Cai, ngày 20 tháng 02 năm 2025", ""), False),
        (("năm 2025", "năm 2026"), True),
        (("15/KH-UBND", "16/KH-UBND"), True),
        (("ngày 20 tháng 02", "ngày 21 tháng 02"), True),
    ],
    ids=["another word", "no date", "another year", "another number", "another day"],
)
def test_add_refuses_a_document_that_is_there(
    project: Path, change: tuple[str, str], taken: bool
) -> None:
    (project / "scan.txt").write_text(LAO_CAI.replace(*change), encoding="utf-8")
    result = run("add", "scan.txt", "--id", "other")
    assert (result.exit_code == 0) == taken, result.output
    assert (project / "plans/other").is_dir() == taken
    if not taken:
        assert f"the plan {SMALL}" in result.stderr
        assert f"kế hoạch {SMALL}" in result.stderr


def test_add_of_what_cannot_be_taken_in_leaves_nothing(project: Path) -> None:
    run("build")
    before = files_of(project)
    for name, data, more in (
        ("bad.txt", b"\xff", []),
        ("bom.txt", b"\xef\xbb\xbf" + LAO_CAI.encode(), []),
        ("x.txt", LAO_CAI.replace("2025", "2026").encode(), ["--id", "Sai Tên"]),
        ("y.txt", LAO_CAI.replace("2025", "2026").encode(), ["--id", SMALL]),
    ):
        (project / name).write_bytes(data)
        result = run("add", name, *more)
        (project / name).unlink()
        assert result.exit_code == 1, name
        assert isinstance(result.exception, SystemExit)
        assert files_of(project) == before
