"""The wheel: small, with the newest release inside, and working offline."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from hatchling.metadata.plugin.interface import MetadataHookInterface
from hatchling.plugin.utils import load_plugin_from_script

ROOT = Path(__file__).parents[2]
LATEST = json.loads((ROOT / "releases" / "versions.json").read_text("utf-8"))["latest"]

OFFLINE = """
import socket
def refuse(*arguments, **options):
    raise OSError("the network is cut")
socket.socket.connect = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([sys.executable, *build, "--wheel-dir", folder, ROOT], check=True)
    (made,) = folder.glob("khplans-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel is installed, apart from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _run(installed: Path, code: str, where: Path) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "KHPLANS_CACHE": str(where / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE + code],
        env=environment, cwd=where, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_below_three_megabytes(wheel: Path) -> None:
    assert wheel.stat().st_size < 3_000_000


def test_it_holds_the_latest_release_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        folder = ROOT / "releases" / LATEST
        data = [n.removeprefix("khplans/data/") for n in names if n.startswith("khplans/data/")]
        assert {"datapackage.json", "release.json", "SHA256SUMS", "tasks.parquet"} <= set(data)
        assert any(name.startswith("sources/") for name in data)
        data.remove("versions.json")  # which lists the release and the hash of its SHA256SUMS
        for name in data:
            made = hashlib.sha256(archive.read(f"khplans/data/{name}")).digest()
            assert made == hashlib.sha256((folder / name).read_bytes()).digest()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"khplans"}
    assert any(name.endswith("/licenses/LICENSE-DATA.md") for name in names)
    assert "khplans/py.typed" in names


def test_the_core_needs_little(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(path).decode("utf-8").splitlines()
    core = {
        line.removeprefix("Requires-Dist: ").partition(">")[0]
        for line in lines
        if line.startswith("Requires-Dist: ") and "extra ==" not in line
    }
    assert core == {
        "click",
        "filelock",
        "pandas",
        "platformdirs",
        "pyarrow",
        "pyyaml",
        "requests",
    }


def test_it_works_offline(installed: Path, tmp_path: Path) -> None:
    code = """
import khplans
kp = khplans.load()
assert "installed" in khplans.__file__, khplans.__file__
for table in kp.tables:
    kp[table]
task = kp.tasks_by_agency("so y te").task_id.iloc[0]
words = kp.source(task)
assert words.quote == kp.source_text(words.plan_id)[words.start:words.end]
kp.agency("SNN&PTNT"); kp.deadlines(before="2024-06-30"); kp.cites("09-NQ/TW"); kp.graph()
kp.indicator_series("grdp-growth"); kp.sql("select count(*) from tasks"); kp.cite(); kp.cite(task)
assert len(khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;").citations)
print(kp.version)
"""
    assert _run(installed, code, tmp_path) == f"{LATEST}\n"


def test_its_command_works_offline(installed: Path, tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['khplans', 'cite']; from khplans.cli import main; main()"
    assert LATEST in _run(installed, code, tmp_path)


def test_its_command_proves_the_release_inside(installed: Path, tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['khplans', 'verify']; from khplans.cli import main; main()"
    told = _run(installed, code, tmp_path)
    assert f"khplans {LATEST}" in told
    assert "every byte right" in told


def test_the_sdist_holds_the_code_and_the_newest_release_alone(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder

    (made,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(made) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    releases = {name.split("/")[1] for name in names if name.startswith("releases/")}
    assert releases == {"versions.json", LATEST}
    assert {"README.md", "khplans.toml", "LICENSE"} <= names
    assert {"src/khplans/__init__.py", "hatch_build.py", f"releases/{LATEST}/tasks.csv"} <= names
    assert not [name for name in names if name.startswith(("tests", "plans/", "datapackages"))]


def test_an_index_is_told_of_no_file_beside_and_of_no_made_up_address(
    wheel: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        told = message_from_string(archive.read(name).decode("utf-8"))
    assert told.get_all("Project-URL") is None  # khplans.toml has no address yet
    shown = told.get_payload()
    assert "docs/assets" not in shown
    assert "Góp sức: CONTRIBUTING.md" in shown
    assert not re.findall(r"\]\((?!#|https://)", shown)
    for name in ("README.md", "khplans.toml"):
        text = (ROOT / name).read_text("utf-8")
        (tmp_path / name).write_text(
            text.replace('address = ""', 'address = "https://a.vn/x/"'), "utf-8"
        )
    made: dict[str, Any] = {}
    hook = load_plugin_from_script(str(ROOT / "hatch_build.py"), "hatch_build", MetadataHookInterface, "metadata_hook")  # fmt: skip
    hook(str(tmp_path), {}).update(made)
    assert made["urls"]["Homepage"] == "https://a.vn/x/"
    assert made["urls"]["Documentation"] == "https://a.vn/x/en/guide/analyst.html"


def test_a_version_it_does_not_have_is_told(installed: Path, tmp_path: Path) -> None:
    code = """
import khplans
for options in ({"version": "99.0.0"}, {"version": "99.0.0", "source": "http://127.0.0.1:9"}):
    try:
        khplans.load(**options)
    except khplans.KhplansError as error:
        print(error)
"""
    local, remote = _run(installed, code, tmp_path).splitlines()
    assert "version 99.0.0 isn't on this machine" in local
    assert LATEST in local
    assert "offline, and version 99.0.0 isn't in the cache" in remote


@pytest.mark.parametrize(
    ("file", "place", "words"),
    [
        ("tasks.parquet", b"PAR1", "tasks.parquet"),
        ("SHA256SUMS", b"  checks.json", "SHA256SUMS"),  # no such file is read, or even installed
        ("SHA256SUMS", f"  khplans-{LATEST}.zip".encode(), "SHA256SUMS"),
        ("release.json", b'"rows"', "release.json"),
    ],
)
def test_a_wrong_byte_in_the_installed_data_is_found(
    installed: Path, tmp_path: Path, file: str, place: bytes, words: str
) -> None:
    path = installed / "khplans" / "data" / file
    right = path.read_bytes()
    at = right.index(place) - 1 if file == "SHA256SUMS" else right.index(place)
    wrong = b"0" if right[at : at + 1] != b"0" else b"1"
    path.write_bytes(right[:at] + wrong + right[at + 1 :])
    try:
        code = "import khplans\ntry:\n    khplans.load().tasks\nexcept khplans.KhplansError as e:\n    print(e)"
        assert words in _run(installed, code, tmp_path)
    finally:
        path.write_bytes(right)
