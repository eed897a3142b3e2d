"""The explorer over a hundred times today's rows: a first view that reads little of the file."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import Watched
from playwright.sync_api import expect

from khplans.packages.parquet_file import write_parquet
from khplans.tables.definition import Table, table

Open = Callable[..., Watched]
TIMES = 100
_OWN = {"task_id", "document_id", "section_id", "plan_id", "parent_document_id"}
"""Columns whose values belong to a plan: each copy of a plan has its own."""


def _copies(definition: Table, rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """The rows, again and again, as those of other plans whose words stand in another order."""
    order = random.Random(1)
    for number in range(TIMES):
        for row in rows:
            copy = dict(row)
            for name in _OWN & copy.keys():
                if copy[name] and number:
                    copy[name] = f"b{number}-{copy[name]}"
            if "text" in copy and number:
                words = str(copy["text"]).split()
                order.shuffle(words)
                copy["text"] = " ".join(words)
            yield copy


@pytest.fixture(scope="module")
def large(
    site: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> tuple[str, int]:
    """The address of the tasks' page over the larger tables, and the size of their largest."""
    folder = tmp_path_factory.mktemp("large")
    for name in ("assets", "static"):
        shutil.copytree(site / name, folder / name)
    data = folder / "data" / "latest"
    data.mkdir(parents=True)
    shutil.copy(site / "data" / "latest" / "agencies.parquet", data)
    for name in ("documents", "tasks", "task_agencies"):
        rows = pq.read_table(site / "data" / "latest" / f"{name}.parquet")
        copied = list(_copies(table(name), rows.to_pylist()))
        keys = table(name).primary_key
        copied.sort(key=lambda row: [str(row[key]) for key in keys])
        write_parquet(
            data / f"{name}.parquet", table(name), [rows.from_pylist(copied, schema=rows.schema)]
        )
    page = (site / "tables" / "tasks.html").read_text("utf-8")
    found = re.search(r'id="kh-explorer">(.*?)</script>', page)
    assert found
    settings = json.loads(found[1])
    for name, place in settings["files"].items():
        place["size"] = (data / f"{name}.parquet").stat().st_size
    page = page.replace(found[1], json.dumps(settings).replace("<", "\\u003c"))
    (folder / "tables").mkdir()
    (folder / "tables" / "tasks.html").write_text(page, encoding="utf-8")
    return f"{serve(folder)}tables/tasks.html", settings["files"]["tasks"]["size"]


@pytest.mark.parametrize(
    ("query", "share"),
    [
        ("", 0.1),
        ("?role=lead", 0.1),
        ("?agency=khanh-hoa-so-y-te&role=lead", 0.15),
        ("?deadline=2024-04-01..2024-06-30", 0.35),
        ("?role=lead&sort=deadline", 0.35),
    ],
)
def test_a_view_reads_a_part_of_the_file(
    open_page: Open, large: tuple[str, int], query: str, share: float
) -> None:
    address, size = large
    assert size > 3_000_000
    watched = open_page("about:blank")
    page = watched.page
    read: list[int] = []
    page.on(
        "requestfinished",
        lambda request: (
            read.append(int(request.response().headers["content-length"]))
            if request.url.endswith("/tasks.parquet")
            else None
        ),
    )
    page.goto(address + query)
    page.wait_for_selector("#explorer[data-ready]")
    expect(page.locator(".kh-view tbody tr")).to_have_count(50)
    assert 0 < sum(read) < share * size
    assert watched.complaints == []


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_filters_and_the_next_page_at_scale(
    open_page: Open, large: tuple[str, int], site: Path
) -> None:
    folder = site / "data" / "latest"
    tasks = pq.read_table(folder / "tasks.parquet").num_rows * TIMES
    led = TIMES * sum(
        row["agency_id"] == "khanh-hoa-so-y-te" and row["role"] == "lead"
        for row in pq.read_table(folder / "task_agencies.parquet").to_pylist()
    )
    page = open_page(large[0] + "?role=lead").page
    page.wait_for_selector("#explorer[data-ready]")
    page.locator("[name=agency]").select_option("khanh-hoa-so-y-te")
    expect(page.locator(".kh-count")).to_contain_text(f"{_dotted(led)} trong {_dotted(tasks)}")
    page.get_by_role("button", name="Sau →").click()
    expect(page.locator(".kh-pager")).to_contain_text(f"2/{led // 50}")
