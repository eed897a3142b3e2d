"""What a release holds in memory does not grow with its rows: they stay on disk."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_packages import toy_descriptor, write_package

from khplans.packages.canonical import PackageTable, read_package
from khplans.releases.changes import find_changes
from khplans.releases.excel_csv import EDITIONS, write_excel_csv
from khplans.releases.introduction import Preface
from khplans.releases.sheets import Sheets
from khplans.releases.workbook import write_workbook
from khplans.releases.zipped import write_zip

TRIES = 3
"""What other threads of the test runner hold for a moment is counted too."""
WORDS = "Rà soát, nâng cấp mạng lưới trạm y tế xã, phường, thị trấn trên địa bàn tỉnh " * 4


def write_plans(folder: Path, plans: int) -> None:
    """Packages of so many documents with ten tasks each."""
    documents, tasks, parts = [], [], []
    for number in range(plans):
        name = f"tinh-{number:05d}-kh-ubnd"
        documents.append((name, name, f"{number}/KH-UBND", "Kế hoạch", "0", "9999"))
        for task in range(10):
            tasks.append(
                (f"{name}:{task}", name, f"{WORDS} {number}.{task}", "2025-06-30", "0", "9")
            )
            parts.append((f"{name}:{task}", "so-y-te", "lead"))
    rows = {
        "documents": documents,
        "tasks": tasks,
        "agencies": [("so-y-te", "Sở Y tế")],
        "task_agencies": parts,
    }
    tables = {}
    for resource in toy_descriptor()["resources"][:4]:
        name, schema = resource["name"], resource["schema"]
        columns = tuple(field["name"] for field in schema["fields"])
        key = tuple(schema["primaryKey"])
        places = [columns.index(part) for part in key]
        by_key = {tuple(row[place] for place in places): row for row in rows[name]}
        tables[name] = PackageTable(name, columns, key, by_key)
    write_package(folder, toy_descriptor(), tables)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("memory")
    for plans in (40, 320):
        write_plans(folder / str(plans), plans)
    return folder / "40", folder / "320"


def read(folder: Path, out: Path) -> None:
    assert len(read_package(folder).tables["tasks"].rows) > 0


def compare(folder: Path, out: Path) -> None:
    old, new = read_package(folder), read_package(folder)
    assert not find_changes(old.tables, new.tables)


def workbook(folder: Path, out: Path) -> None:
    about = Preface("1.0.0", "2026-11-02", None)  # links, of which Excel takes 65,530, are held
    write_workbook(out / "a.xlsx", read_package(folder), about)


def for_excel(folder: Path, out: Path) -> None:
    package = read_package(folder)
    tasks = next(sheet for sheet in Sheets(package, None).sheets() if sheet.table.name == "tasks")
    write_excel_csv(out / "a.csv", tasks, EDITIONS["excel"])


def hashes(folder: Path, out: Path) -> None:
    assert read_package(folder).tables["tasks"].content_hash()


def archive(folder: Path, out: Path) -> None:
    names = [path.name for path in folder.iterdir()]
    with (out / "a.zip").open("wb") as stream:
        write_zip(stream, names, lambda name: (folder / name).open("rb"))


@pytest.fixture
def steady() -> Iterator[None]:
    """CPython keeps freed tuples, 2,000 of a size, which count as held: they are there before it is measured.

    A collection of garbage would empty these lists again, at any moment.
    """
    gc.disable()
    for size in range(1, 20):
        freed = [tuple(range(size)) for _ in range(2_000)]
        del freed
    yield
    gc.enable()


@pytest.mark.parametrize(
    ("work", "a_row"),
    [
        (read, 10),
        (compare, 10),
        (for_excel, 10),
        (hashes, 10),
        (archive, 10),
        (workbook, 500),  # XlsxWriter holds each row's height
    ],
)
def test_more_rows_take_no_more_memory(
    packages: tuple[Path, Path], tmp_path: Path, steady: None,
    work: Callable[[Path, Path], None], a_row: int,
) -> None:  # fmt: skip
    work(packages[0], tmp_path)  # what is read once and kept
    measured: list[float] = []
    while len(measured) < TRIES and (not measured or measured[-1] >= a_row):
        measured.append(bytes_a_row(packages, lambda folder: work(folder, tmp_path)))
    assert measured[-1] < a_row, measured


def bytes_a_row(packages: tuple[Path, Path], work: Callable[[Path], None]) -> float:
    """By how much the most that is held grows from the small package to the large, for each row more."""
    peaks, rows = [], []
    for folder in packages:
        rows.append(sum(len(table.rows) for table in read_package(folder).tables.values()))
        tracemalloc.start()
        work(folder)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[1] - peaks[0]) / (rows[1] - rows[0])
