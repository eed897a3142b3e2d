"""The verbs on real plans: build, check, release, change, release again, verify, compare, score."""

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
from offline import ASKED, SHUT
from rounds import rounds
from sample_packages import GOLD, ROOT

from khplans.packages.canonical import read_package
from khplans.releases.changes import read_changes, replay

DIEN_BIEN = "dien-bien-04-ct-ubnd-2021"
KHANH_HOA = "khanh-hoa-4969-kh-ubnd-2024"
PLANS = rounds(
    {DIEN_BIEN, KHANH_HOA}, {path.parent.name for path in ROOT.glob("plans/*/plan.toml")}
)


MAKE = """
import contextlib, io
from khplans.cli import group
for verb in ("build", "check"):
    with contextlib.redirect_stdout(io.StringIO()):
        group([verb], standalone_mode=False)
group(["release", "--json"], standalone_mode=False)
"""


def khplans(at: Path, *words: str, good: bool = True, **environment: str) -> str:
    """Run the command by the code that the project at `at` has a copy of, else by that under test."""
    return python(at, "-m", "khplans", *words, good=good, **environment)


def python(at: Path, *words: str, good: bool = True, **environment: str) -> str:
    code = {"PYTHONPATH": str(at / "code")} if (at / "code").is_dir() else {}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=at, env=os.environ | code | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert ASKED not in done.stderr
    assert (done.returncode == 0) == good, done.stdout + done.stderr
    return done.stdout if good else done.stderr


def make(at: Path) -> dict[str, object]:
    """The three verbs in one process, without a network: each would import the checks anew."""
    made: dict[str, object] = json.loads(python(at, "-c", SHUT + MAKE))
    return made


def start(at: Path) -> Path:
    for folder in ("checks", *(f"plans/{plan}" for plan in PLANS)):
        shutil.copytree(ROOT / folder, at / folder)
    shutil.copytree(GOLD, at / "tests/gold")
    for file in ("requirements.lock", "khplans.toml"):
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


def change_code(at: Path, file: str, before: str, after: str) -> None:
    """Change the project's own copy of the code, or of the knowledge in it."""
    if not (at / "code").is_dir():
        shutil.copytree(ROOT / "src/khplans", at / "code/khplans")
    for path in sorted((at / "code/khplans").glob(file)):
        text = path.read_text("utf-8")
        if before in text:
            path.write_text(text.replace(before, after), "utf-8")


def newest(at: Path) -> str:
    return str(json.loads((at / "releases/versions.json").read_bytes())["newest"])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plans released twice: 1.0.0, and after a changed plan, rule and correction at once."""
    at = start(tmp_path_factory.mktemp("project"))
    assert make(at)["version"] == "1.0.0"
    source = (at / "plans" / KHANH_HOA / "source.txt").read_bytes().decode()
    place = source.index("kịp thời")
    with (at / "plans" / KHANH_HOA / "corrections.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{place},{place + 8},kịp thời,KỊP THỜI,Thử\n")
    replace_source(at / "plans" / DIEN_BIEN, "khẩn trương", "KHẨN TRƯƠNG")
    change_code(
        at, "knowledge/data/measures.csv", "Growth of retail sales and services,", "Retail growth,"
    )
    made = make(at)
    assert (made["new"], made["version"]) == (
        True,
        "1.0.1",
    )  # values changed; a row of corrections is no more than a patch
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
    told = ("table", "row_id", "column", "before", "after", "reason")
    assert [tuple(row[c] for c in told) for row in rows if not row["plan_id"]] == [
        (
            "measures",
            "retail-sales-growth",
            "name_en",
            "Growth of retail sales and services",
            "Retail growth",
            "knowledge:measures",
        )
    ]


def test_the_notes_tell_the_reasons_in_both_languages(released: Path) -> None:
    folder = released / "releases" / newest(released)
    vi, en = ((folder / f"notes.{language}.md").read_text("utf-8") for language in ("vi", "en"))
    for notes, reasons in (
        (vi, ("văn bản nguồn thay đổi", "sửa lỗi nhận dạng", "bảng tri thức measures thay đổi")),
        (
            en,
            (
                "the source changed",
                "a reading error was corrected",
                "the knowledge table measures changed",
            ),
        ),
    ):
        assert all(reason in notes for reason in reasons)
        for words in (
            "KỊP THỜI",
            "KHẨN TRƯƠNG",
            "Growth of retail sales and services → Retail growth",
        ):
            assert words in notes


def test_the_old_tables_and_the_changes_give_the_new_ones_exactly(released: Path) -> None:
    old, new = (released / "releases" / version for version in ("1.0.0", newest(released)))
    changes = read_changes(json.loads((new / "changes.json").read_bytes()))
    assert replay(read_package(old).tables, changes) == dict(read_package(new).tables)


@pytest.fixture(scope="module")
def renamed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project, released once more by code whose schema has a column of another name."""
    at = tmp_path_factory.mktemp("renamed") / "project"
    shutil.copytree(released, at)
    change_code(at, "**/*.yaml", "signer_raw", "signer_printed")
    change_code(at, "**/*.py", "signer_raw", "signer_printed")
    make(at)
    return at


def test_a_renamed_column_is_a_major_version(renamed: Path) -> None:
    assert newest(renamed) == "2.0.0"
    folder = renamed / "releases/2.0.0"
    changes = json.loads((folder / "changes.json").read_bytes())
    assert changes["schema"] == [
        {
            "table": "documents", "change": "column-renamed", "level": "major",
            "column": "signer_raw", "before": "signer_raw", "after": "signer_printed",
        }
    ]  # fmt: skip
    assert changes["rows"] == []
    tables = replay(read_package(renamed / "releases/1.0.1").tables, read_changes(changes))
    assert tables == dict(read_package(folder).tables)
    assert "signer_raw đổi tên thành" in (folder / "notes.vi.md").read_text("utf-8").replace(
        "\\", ""
    )
    assert "every byte right" in khplans(renamed, "verify", "releases")


def test_a_reader_of_an_older_release_still_works(renamed: Path) -> None:
    """The newer code reads the older release, and the older code the newer one."""
    ask = ("sql", "select count({}) as n from documents", "--format", "json", "--source")
    for version, column in (("1.0.0", "signer_raw"), ("2.0.0", "signer_printed")):
        source = f"releases/{version}"
        for code in (renamed / "code", ROOT / "src"):
            asked = [word.format(column) for word in ask]
            said = khplans(renamed, *asked, source, PYTHONPATH=str(code))
            assert json.loads(said)[0]["n"] > 0
    assert json.loads(khplans(renamed, "verify", "releases/1.0.0", "--json"))["good"]
    old = khplans(renamed, "compare", "releases/1.0.0", "releases/2.0.0")
    assert "documents.signer_raw column-renamed (major): signer_raw → signer_printed" in old


def test_every_release_is_rebuilt_to_the_byte_in_another_place(
    released: Path, tmp_path: Path
) -> None:
    """Another folder, time zone, locale, hash seed and umask, and no packages beside it."""
    other = start(tmp_path / "nơi khác")
    shutil.rmtree(other / "plans")
    shutil.copytree(released / "releases", other / "releases")
    code = {"1.0.0": ROOT / "src", newest(released): released / "code"}
    elsewhere = {
        "TZ": "America/St_Johns",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
    }
    before = os.umask(0o077)
    try:
        for version, path in code.items():
            elsewhere["PYTHONPATH"] = str(path)
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
