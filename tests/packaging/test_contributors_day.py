"""CONTRIBUTING walked in a copy: a plan, an agency, a unit, a correction, each followed by its tests."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rounds import rounds

ROOT = Path(__file__).parents[2]
TEXT = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
-------
Số: 77/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Lào Cai, ngày 12 tháng 3 năm 2024
KẾ HOẠCH
Phát triển nuôi cá nước lạnh năm 2024
I. MỤC TIÊU
1. Đến hết năm 2024 toàn tỉnh đạt 45 lồng cá hồi.
II. NHIỆM VỤ
1. Đội Cá nước lạnh tỉnh chủ trì, phối hợp với Sở Tài chính hoàn thành đề án trước ngày 30/6/2024.
2. Sờ Y tế kiểm tra an toàn thực phẩm hằng quý.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn An
"""
PLAN = "lao-cai-77-kh-ubnd-2024"
SHORTEST = "dien-bien-04-ct-ubnd-2021"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository without what it makes: the tests that run in it are those of a contributor."""
    folder = tmp_path_factory.mktemp("khplans")
    own = rounds([f"plans/{SHORTEST}"], ["plans", "datapackages"])
    for name in ("src", "checks", "tests", *own):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pyproject.toml", "CONTRIBUTING.md"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "plan.txt").write_text(TEXT, "utf-8")
    return folder


def _run(folder: Path, *arguments: str) -> str:
    """A command of the copy's own code; what it prints."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**mine, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def _khplans(folder: Path, *arguments: str) -> str:
    return _run(folder, "-W", "ignore", "-m", "khplans", *arguments)


OF_PLANS = ("tests/intake/test_plans.py", "tests/pipeline/test_committed.py")
OF_KNOWLEDGE = ("tests/knowledge", "tests/pipeline/test_committed.py")


def _tests(folder: Path, *names: str) -> None:
    _run(folder, "-m", "pytest", "-q", "-x", "-p", "no:xdist", *names)


def _tests_of_a_change(folder: Path, *names: str) -> None:
    """In `make prove` after each change; in `make test` those of all changes are run after the last."""
    if rounds(False, True):
        _tests(folder, *names)


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "datapackages/khplans" / f"{table}.csv").open(encoding="utf-8") as stream:
        return [
            row
            for row in csv.DictReader(stream)
            if any(str(value).startswith(PLAN) for value in row.values())
        ]


def _add_row(path: Path, *cells: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow(cells)


def test_the_day(copy: Path) -> None:
    data = copy / "src/khplans/knowledge/data"

    _khplans(copy, "add", "plan.txt", "--origin", "https://example.gov.vn/77")
    _khplans(copy, "build")
    _tests_of_a_change(copy, *OF_PLANS)
    assert [row["text"][:8] for row in _rows(copy, "tasks")] == ["Đội Cá n", "Sờ Y tế "]
    assert "Đội Cá nước lạnh tỉnh" in {
        row["message"].partition(": ")[2] for row in _rows(copy, "warnings")
    }

    _add_row(
        data / "agencies.csv",
        "Đội Cá nước lạnh",
        "Cold Water Fish Team",
        "other",
        "drop",
        "",
        "unreviewed",
    )
    _khplans(copy, "build")
    _tests_of_a_change(copy, *OF_KNOWLEDGE)
    assert "agency-unknown" not in {row["code"] for row in _rows(copy, "warnings")}

    assert not _rows(copy, "indicators")
    _add_row(
        data / "units.csv",
        "fish_cage",
        "lồng cá",
        "fish cages",
        "fish cage",
        "",
        "count",
        "quantity",
        "",
        "unreviewed",
    )
    _add_row(data / "unit_forms.csv", "lồng cá", "fish_cage", "1", "", "", "unreviewed")
    _khplans(copy, "build")
    _tests_of_a_change(copy, *OF_KNOWLEDGE)
    assert [(row["value"], row["unit"]) for row in _rows(copy, "indicators")] == [
        ("45", "fish_cage")
    ]

    start = TEXT.index("Sờ Y tế")
    why = "dấu hỏi nhận dạng thành dấu huyền"
    _add_row(copy / f"plans/{PLAN}/corrections.csv", str(start), str(start + 2), "Sờ", "Sở", why)
    _khplans(copy, "build")
    _khplans(copy, "check")
    _tests(copy, *OF_PLANS, *OF_KNOWLEDGE[:1])
    assert _rows(copy, "tasks")[1]["text"].startswith("Sở Y tế")
    assert [row["reason"] for row in _rows(copy, "corrections")] == [why]
    assert {row["agency_id"] for row in _rows(copy, "task_agencies")} >= {"lao-cai-so-y-te"}
