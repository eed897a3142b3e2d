"""One reader of a package: for checks, releases, client and site, from a folder, a zip or checked files."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_plans import LAO_CAI, add_plan

import khplans
from khplans.checks.package import CheckedPackage
from khplans.checks.slices import Slices
from khplans.cli._printing import count_rows
from khplans.errors import KhplansError
from khplans.packages import reader as package_reader
from khplans.packages.reader import OwnReader, PackageReader
from khplans.packages.store import Store
from khplans.pipeline import build
from khplans.releases.explain import explain
from khplans.site.data import SiteData
from khplans.tables.definition import TABLE_NAMES

PLAN = "lao-cai-15-kh-ubnd-2025"
SOURCES = Path(khplans.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    add_plan(tmp_path / "plans", PLAN, LAO_CAI)
    build(tmp_path / "plans", tmp_path / "datapackages")
    return tmp_path / "datapackages" / "khplans"


def test_a_folder_and_a_zip_give_the_same(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in (p for p in package.rglob("*") if p.is_file()):
            archive.write(path, path.relative_to(package).as_posix())
    folder, packed = (PackageReader(Store(path)) for path in (package, tmp_path / "a.zip"))
    assert folder.names == packed.names == TABLE_NAMES
    for name in TABLE_NAMES:
        assert folder.table(name).equals(packed.table(name))
        assert folder.table(name).equals(OwnReader(package).table(name))
        assert folder.about(name)[1] == sum(part.num_rows for part in packed.parts(name, 2))
        assert len(list(packed.csv_rows(name, tuple))) == packed.about(name)[1]
    assert folder.plans == packed.plans == (PLAN,)
    assert folder.text(PLAN) == packed.text(PLAN) == LAO_CAI
    assert set(folder.owners.values()) == {PLAN}


def of_checks(package: Path) -> object:
    return CheckedPackage(package).rows


def in_slices(package: Path) -> object:
    return list(Slices(package))


def of_the_site(package: Path) -> object:
    return SiteData(package).plans


def of_the_client(package: Path) -> object:
    return khplans.load(source=package).tasks


def of_the_command(package: Path) -> object:
    return count_rows(package)


EVERYONE = (of_checks, in_slices, of_the_site, of_the_client, of_the_command)


@pytest.mark.parametrize("read", EVERYONE)
@pytest.mark.parametrize("spoilt", ["no Parquet", "a link", "rows"])
def test_everyone_refuses_what_is_no_table(
    package: Path, read: Callable[[Path], object], spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = package / "tasks.parquet"
    if spoilt == "no Parquet":
        path.write_bytes(b"PAR1")
    elif spoilt == "a link":
        path.rename(package.parent / "elsewhere")
        path.symlink_to(package.parent / "elsewhere")
    else:
        monkeypatch.setattr(package_reader, "MOST_ROWS", 0)
    with pytest.raises(KhplansError, match=r"\.parquet") as told:
        read(package)
    assert str(package) in str(told.value.where)


@pytest.mark.parametrize("read", EVERYONE[:-1])  # a count needs the end of the file alone
@pytest.mark.parametrize(
    ("spoilt", "said"),
    [("other columns", r"lacking: task_id; beyond: other"), ("bytes", "the table can't be read")],
)
def test_every_table_has_its_columns_and_a_bound(
    package: Path,
    read: Callable[[Path], object],
    spoilt: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = package / "tasks.parquet"
    if spoilt == "bytes":
        monkeypatch.setattr(package_reader, "MOST_OF_A_TABLE", 1)
    else:
        table = pq.read_table(path)
        pq.write_table(table.rename_columns(["other", *table.column_names[1:]]), path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        described = (package / "datapackage.json").read_text("utf-8")
        old = re.search(r'"tasks\.parquet",\s*"hash": "sha256:(\w+)"', described)
        assert old
        (package / "datapackage.json").write_text(described.replace(old[1], digest), "utf-8")
    with pytest.raises(KhplansError, match=said):
        read(package)


def test_a_damaged_file_of_a_download_is_bounded_too(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (package / "tasks.parquet").read_bytes()
    other = (package / "sections.parquet").read_bytes()
    assert "header" in explain("tasks.parquet", good, other, {})[0].where
    monkeypatch.setattr(package_reader, "MOST_OF_A_TABLE", 1)
    (told,) = explain("tasks.parquet", good, other, {})
    assert "unreadable" in told.where


def test_nothing_else_reads_parquet_or_the_csv_of_a_table() -> None:
    reads = re.compile(r"\bpq\.(?:read_|ParquetFile\()|\bread_csv_rows\(")
    found = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if reads.search(path.read_text("utf-8"))
    }
    assert found == {"packages/reader.py", "packages/csv_file.py"}
