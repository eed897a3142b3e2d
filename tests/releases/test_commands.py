"""The verbs on the real plans: build, check, release, change, release again, verify, compare, score."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample_packages import GOLD, ROOT

DIEN_BIEN = "dien-bien-04-ct-ubnd-2021"
KHANH_HOA = "khanh-hoa-6047-kh-ubnd-2023"


def khplans(at: Path, *words: str, good: bool = True, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "khplans", *words],
        cwd=at, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) == good, done.stderr
    return done.stdout if good else done.stderr


def make(at: Path) -> dict[str, object]:
    khplans(at, "build", "--json")
    khplans(at, "check", "--json")
    made: dict[str, object] = json.loads(khplans(at, "release", "--json"))
    return made


def start(at: Path) -> Path:
    for folder in ("plans", "checks"):
        shutil.copytree(ROOT / folder, at / folder)
    shutil.copytree(GOLD, at / "tests/gold")
    for file in ("requirements.lock", "mkdocs.yml"):
        shutil.copy(ROOT / file, at / file)
    return at


def replace_source(plan: Path, before: str, after: str) -> None:
    """Change a plan's text as its publisher would: the file, and its hash in plan.toml."""
    old = (plan / "source.txt").read_bytes()
    assert before.encode() in old
    new = old.replace(before.encode(), after.encode(), 1)
    (plan / "source.txt").write_bytes(new)
    toml = (plan / "plan.toml").read_text("utf-8")
    hashes = (hashlib.sha256(data).hexdigest() for data in (old, new))
    (plan / "plan.toml").write_text(toml.replace(*hashes), "utf-8")


def newest(at: Path) -> str:
    return str(json.loads((at / "releases/versions.json").read_bytes())["newest"])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plans released twice: 1.0.0, and after a changed text and a new correction."""
    at = start(tmp_path_factory.mktemp("project"))
    assert make(at)["version"] == "1.0.0"
    source = (at / "plans" / KHANH_HOA / "source.txt").read_bytes().decode()
    place = source.index("kịp thời")
    with (at / "plans" / KHANH_HOA / "corrections.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{place},{place + 8},kịp thời,KỊP THỜI,Thử\n")
    replace_source(at / "plans" / DIEN_BIEN, "khẩn trương", "KHẨN TRƯƠNG")
    made = make(at)
    assert made["new"] is True
    return at


def test_nothing_changed_says_so(released: Path) -> None:
    said = json.loads(khplans(released, "release", "--json"))
    assert (said["new"], said["why_en"]) == (False, "nothing changed")
    assert "no release" in khplans(released, "release")


def test_each_row_has_its_reason(released: Path) -> None:
    folder = released / "releases" / newest(released)
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_plan = {(row["plan_id"], row["reason"]) for row in rows if row["plan_id"]}
    assert by_plan == {(KHANH_HOA, "correction"), (DIEN_BIEN, "source")}
    assert any(row["table"] == "corrections" and row["change"] == "added" for row in rows)
    assert all(row["words"] for row in rows)


def test_every_release_is_rebuilt_to_the_byte_in_another_place(
    released: Path, tmp_path: Path
) -> None:
    """Another folder, time zone, locale, hash seed and umask, and no packages beside it."""
    other = start(tmp_path / "nơi khác")
    shutil.rmtree(other / "plans")
    shutil.copytree(released / "releases", other / "releases")
    elsewhere = {
        "TZ": "America/St_Johns",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
    }
    before = os.umask(0o077)
    try:
        for version in ("1.0.0", newest(released)):
            said = khplans(other, "verify", "--version", version, "--json", **elsewhere)
            assert json.loads(said)["differences"] == []
    finally:
        os.umask(before)


def test_downloads_are_verified(released: Path, tmp_path: Path) -> None:
    archive = released / "releases/1.0.0/khplans-1.0.0.zip"
    assert "every byte right" in khplans(tmp_path, "verify", str(archive))
    assert "every byte right" in khplans(released, "verify", "releases")
    table = tmp_path / "tasks.csv"
    data = (released / "releases/1.0.0/tasks.csv").read_bytes()
    table.write_bytes(data.replace("thực hiện".encode(), "thực hiệm".encode(), 1))
    told = khplans(
        tmp_path, "verify", "tasks.csv", "--releases", str(released / "releases"), good=False
    )
    assert re.search(r"tasks\.csv: tasks \S+ \w+: ", told)


def test_score_agrees_with_the_official_scorer(released: Path) -> None:
    said = json.loads(khplans(released, "score", "--json"))
    ours = {(f["table"], f["plan"], f["measure"]): f"{f['value']:.4f}" for f in said["figures"]}
    lines = subprocess.run(
        [sys.executable, str(GOLD / "score.py"), "datapackages/khplans", str(GOLD)],
        cwd=released, capture_output=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    official = {tuple(line.split()[:3]): line.split()[3] for line in lines}
    assert len(official) > 20
    assert {key: ours.get(key) for key in official} == official  # type: ignore[call-overload]


def test_compare_prints_for_people_machines_and_ci(released: Path) -> None:
    text = khplans(released, "compare", "releases/1.0.0", "datapackages")
    assert "tasks: " in text
    assert "KỊP THỜI" in text
    assert json.loads(khplans(released, "compare", "releases/1.0.0", "datapackages", "--json"))[
        "rows"
    ]
    assert "| tasks |" in khplans(
        released, "compare", "releases/1.0.0", "datapackages", "--markdown"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["verify", "không-có"], "no such folder"),
        (["verify", "--version", "9.9.9"], "no release 9.9.9"),
        (["release", "--packages", "plans"], "no such folder"),
        (["release", "--lock", "không-có"], "lock file"),
        (["score", "--gold", "plans"], "gold answers"),
        (["compare", "releases/1.0.0", "không-có"], "no such folder"),
    ],
)
def test_bad_input_is_told_in_one_line(released: Path, words: list[str], told: str) -> None:
    line = khplans(released, *words, good=False)
    assert told in line
    assert line.count("\n") == 1
