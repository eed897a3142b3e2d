"""The code on a table's page runs as it stands, on one version."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from conftest import SITE
from fsspec.spec import AbstractFileSystem

from khplans.packages.store import file_sha256

Run = Callable[[str, Path], int]


@pytest.fixture(scope="module")
def code(site: Path) -> Callable[[str, str], dict[str, str]]:
    """The blocks of a table's page by their titles, with the address at which the tests serve the site."""

    def read(name: str, address: str) -> dict[str, str]:
        page = (site / "tables" / f"{name}.html").read_text("utf-8")
        blocks = re.findall(r'<span class="filename">(.*?)</span><pre>(.*?)</pre>', page, re.DOTALL)
        plain = {name: html.unescape(re.sub(r"<[^>]+>", "", block)) for name, block in blocks}
        return {name: block.replace(SITE, address) for name, block in plain.items()}

    return read


class _Http(AbstractFileSystem):  # type: ignore[misc]
    """What DuckDB has its extension httpfs for, which it would download."""

    protocol = "http"

    def _open(self, path: str, mode: str = "rb", **options: Any) -> BytesIO:
        with urllib.request.urlopen(f"http://{path.removeprefix('http://')}") as answer:
            return BytesIO(answer.read())

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        return {"name": path, "size": len(self._open(path).getvalue()), "type": "file"}

    def modified(self, path: str) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


def _pandas(code: str, folder: Path) -> int:
    made: dict[str, pd.DataFrame] = {}
    exec(code, made)
    return len(made["tasks"])


def _duckdb(code: str, folder: Path) -> int:
    connection = duckdb.connect()
    connection.register_filesystem(_Http())
    return len(connection.sql(code.replace("LIMIT 10", "")).fetchall())


def _javascript(code: str, folder: Path) -> int:
    script = folder / "code.mjs"
    script.write_text(code, encoding="utf-8")
    return int(_printed("node", str(script)).split()[0])


def _r(code: str, folder: Path) -> int:
    return int(_printed("Rscript", "--vanilla", "-e", f"{code.strip()}; cat(nrow(tasks))"))


def _printed(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize(
    ("title", "run"),
    [("pandas", _pandas), ("DuckDB", _duckdb), ("JavaScript", _javascript), ("R", _r)],
)
def test_code_reads_every_row_of_the_version_that_is_shown(
    code: Callable[[str, str], dict[str, str]],
    site: Path,
    address: str,
    tmp_path: Path,
    title: str,
    run: Run,
) -> None:
    from khplans import __version__

    block = code("tasks", address)[title]
    assert f"{address}data/{__version__}/tasks." in block
    rows = len(pd.read_parquet(site / "data/latest/tasks.parquet"))
    assert run(block, tmp_path) == rows


def test_code_has_its_language_s_colours_and_its_version(
    code: Callable[[str, str], dict[str, str]], site: Path
) -> None:
    from khplans import __version__

    page = (site / "en/tables/tasks.html").read_text("utf-8")
    for title in ("khplans", "pandas", "DuckDB", "R", "JavaScript"):
        block = page.split(f'<span class="filename">{title}</span>')[1].split("</pre>")[0]
        assert len(set(re.findall(r'<span class="(\w+)">', block))) > 2, title
    assert f'khplans.load(version="{__version__}").tasks' in code("tasks", SITE)["khplans"]


def test_sizes_and_hashes_stand_in_full(site: Path) -> None:
    page = (site / "en/tables/tasks.html").read_text("utf-8")
    for path in sorted((site / "data/latest").glob("tasks.*")):
        assert f"<code>{file_sha256(path)}</code>" in page
        assert f"{path.stat().st_size:,} bytes" in page
