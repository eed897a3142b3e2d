"""The collection: the union of plan packages, each document once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_plans import LAO_CAI, add_plan

from khplans.checks.blocks import check_blocks
from khplans.checks.package import CheckedPackage
from khplans.packages.reader import OwnReader
from khplans.packages.union import write_collection
from khplans.pipeline import build
from khplans.tables.definition import table
from khplans.tables.rows import merge_rows

REAL = Path(__file__).parents[2] / "plans" / "khanh-hoa-9902-kh-ubnd-2021"
RESOLUTION = "khanh-hoa-15-nq-tu-2021"


def rows(package: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = OwnReader(package).rows(name)
    return found


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans that bring the same resolution and letter along."""
    root = tmp_path_factory.mktemp("union")
    for name in ("b-ke-hoach", "c-ke-hoach"):
        add_plan(root / "plans", name, (REAL / "source.txt").read_bytes().decode())
    build(root / "plans", root / "datapackages")
    return root / "datapackages"


def test_a_document_that_two_plans_bring_along_is_there_once(packages: Path) -> None:
    documents = {row["document_id"]: row for row in rows(packages / "khplans", "documents")}
    assert documents[RESOLUTION]["plan_id"] == "b-ke-hoach"
    assert {"b-ke-hoach", "c-ke-hoach"} <= documents.keys()
    tasks = [row["task_id"] for row in rows(packages / "khplans", "tasks")]
    assert len(tasks) == len(set(tasks))
    own = [row["task_id"] for row in rows(packages / "b-ke-hoach", "tasks")]
    assert set(own) <= set(tasks)


def test_a_note_says_where_it_was_taken_from(packages: Path) -> None:
    notes = [
        row for row in rows(packages / "khplans", "warnings") if row["code"] == "document-repeated"
    ]
    assert RESOLUTION in {row["row_id"] for row in notes}
    assert all("b-ke-hoach" in row["message"] and "c-ke-hoach" in row["message"] for row in notes)
    assert all(row["severity"] == "note" for row in notes)


def test_the_plan_that_a_document_is_comes_before_those_that_attach_it(
    packages: Path, tmp_path: Path
) -> None:
    text = (REAL / "source.txt").read_bytes().decode()
    document = next(
        row
        for row in rows(packages / "b-ke-hoach", "documents")
        if row["document_id"] == RESOLUTION
    )
    add_plan(tmp_path / "plans", RESOLUTION, text[document["start"] : document["end"]])
    build(tmp_path / "plans", tmp_path / "alone")
    parts = [packages / "b-ke-hoach", tmp_path / "alone" / RESOLUTION]
    (tmp_path / "union").mkdir()
    write_collection(tmp_path / "union", parts)
    documents = {
        row["document_id"]: row["plan_id"] for row in rows(tmp_path / "union", "documents")
    }
    assert documents[RESOLUTION] == RESOLUTION


def test_shared_rows_fill_each_other() -> None:
    def one(**cells: Any) -> dict[str, Any]:
        return {column: cells.get(column) for column in table("instruments").columns}

    merged = merge_rows(
        table("instruments"),
        [
            [one(instrument_id="b", year=2024)],
            [one(instrument_id="b", title="Luật", year=1), one(instrument_id="a")],
        ],
    )
    assert [row["instrument_id"] for row in merged] == ["a", "b"]
    assert (merged[1]["year"], merged[1]["title"]) == (2024, "Luật")


def test_memory_holds_one_plan_at_a_time(
    packages: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Tables of documents are streamed: a part is let go before the next is read."""
    import weakref

    alive: list[weakref.ref[Any]] = []
    most = 0
    real = OwnReader.table

    def watch(self: OwnReader, name: str, columns: Any = None) -> Any:
        nonlocal most
        if name == "sections":
            most = max(most, sum(ref() is not None for ref in alive))
        data = real(self, name, columns)
        if name == "sections":
            alive.append(weakref.ref(data))
        return data

    monkeypatch.setattr(OwnReader, "table", watch)
    write_collection(tmp_path, [packages / "b-ke-hoach", packages / "c-ke-hoach"])
    assert len(alive) == 2
    assert most <= 1


def test_a_collection_of_one(tmp_path: Path) -> None:
    add_plan(tmp_path / "plans", "lao-cai-15-kh-ubnd-2025", LAO_CAI)
    build(tmp_path / "plans", tmp_path / "out")
    for name in ("tasks", "warnings", "agencies"):
        assert rows(tmp_path / "out" / "khplans", name) == rows(
            tmp_path / "out" / "lao-cai-15-kh-ubnd-2025", name
        )


def test_a_document_that_is_taken_elsewhere_is_one_block_of_its_plan(packages: Path) -> None:
    """So that in the collection too the blocks of each plan are all of its text."""
    blocks = rows(packages / "khplans", "blocks")
    left = [row for row in blocks if row["reason"] == "document-repeated"]
    assert {row["plan_id"] for row in left} == {"c-ke-hoach"}
    results = list(check_blocks(CheckedPackage(packages / "khplans")))
    assert [(one.check, one.failed) for one in results] == [
        ("coverage.characters", 0),
        ("coverage.left-out", 0),
    ]
