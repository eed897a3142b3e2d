"""The same plans and code give the same bytes, wherever and however they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rounds import rounds
from small_plans import LAO_CAI, add_plan, files_of

from khplans.pipeline import build

BUILD = (
    "import sys; from pathlib import Path; from khplans.pipeline import build; "
    "build(Path(sys.argv[1]), Path(sys.argv[2]), workers=int(sys.argv[3]))"
)


@pytest.fixture
def usual(made: Path) -> dict[str, bytes]:
    return files_of(made / "out")


SURROUNDINGS = {
    "far-east-c-locale": ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}, 1),
    "posix-three-workers": (
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"}, 3,
    ),
    "new-york-two-workers": (
        {"TZ": "America/New_York", "PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "LANG": "vi_VN.UTF-8"}, 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(SURROUNDINGS)[: rounds(2, 3)])
def test_bytes_do_not_depend_on_the_surroundings(
    plans: Path, tmp_path: Path, usual: dict[str, bytes], name: str
) -> None:
    surroundings, workers = SURROUNDINGS[name]
    elsewhere = tmp_path / "thư mục khác" / "sâu" / "hơn"
    shutil.copytree(plans, elsewhere / "plans")
    subprocess.run(
        [sys.executable, "-c", BUILD, str(elsewhere / "plans"), "out", str(workers)],
        cwd=elsewhere,
        env={**os.environ, **surroundings},
        check=True,
        preexec_fn=lambda: os.umask(0o077) and None,
    )
    assert files_of(elsewhere / "out") == usual


def test_bytes_do_not_depend_on_what_was_built_before(
    plans: Path, tmp_path: Path, usual: dict[str, bytes]
) -> None:
    out = tmp_path / "grown"
    held_back = tmp_path / "held back"
    shutil.move(plans / "lao-cai-15-kh-ubnd-2025", held_back)
    build(plans, out)
    shutil.move(held_back, plans / "lao-cai-15-kh-ubnd-2025")
    assert build(plans, out).built == ("lao-cai-15-kh-ubnd-2025",)
    assert files_of(out) == usual


def test_no_path_no_clock_in_any_file(usual: dict[str, bytes], made: Path) -> None:
    import datetime

    today = datetime.date.today().isoformat().encode()
    for name, data in usual.items():
        assert str(made).encode() not in data, name
        if name.endswith(("datapackage.json", ".csv")):
            assert today not in data or b"received" in data, name


def test_adding_a_plan_changes_no_row_of_another(plans: Path, out: Path) -> None:
    before = files_of(out)
    add_plan(
        plans,
        "an-giang-1-kh-ubnd-2025",
        LAO_CAI.replace("Lào Cai", "An Giang").replace("LÀO CAI", "AN GIANG"),
    )
    build(plans, out)
    after = files_of(out)
    for name in before:
        if not name.startswith("khplans/"):
            assert after[name] == before[name]
    for name in ("tasks", "sections", "indicators", "citations", "documents", "task_agencies"):
        path = f"khplans/{name}.csv"
        assert set(before[path].split(b"\n")) <= set(after[path].split(b"\n"))
