"""Nothing outside a plan, a package or a release gets into what is checked, released or published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from envelopes import write_sums

from khplans.checks.package import CheckedPackage
from khplans.checks.slices import Slices
from khplans.errors import KhplansError
from khplans.intake import load_file
from khplans.releases.downloaded import verify_download
from khplans.releases.index import Release
from khplans.releases.provenance import plan_paths
from khplans.settings import Settings
from khplans.site.data import SiteData
from khplans.site.inputs import read_catalogue

KHANH_HOA = "khanh-hoa-1-kh-ubnd-2024"


def _rename_plan(package: Path, plan_id: str) -> None:
    """Give a package's first document another plan's id."""
    path = package / "documents.parquet"
    table = pq.read_table(path)
    ids = [plan_id, *table["plan_id"].to_pylist()[1:]]
    at = table.schema.get_field_index("plan_id")
    pq.write_table(table.set_column(at, table.field(at), pa.array(ids)), path)


@pytest.mark.parametrize("plan_id", ["../../secret", "a/../../../secret"])
def test_a_plans_id_is_no_way_out_of_the_package(
    releases: Path, tmp_path: Path, plan_id: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    package = releases / "1.0.1"
    _rename_plan(package, plan_id)
    (package / "sources" / "a").mkdir()
    for outside in (releases, tmp_path):
        (outside / "secret.txt").write_text("secret", "utf-8")
    assert plan_id not in CheckedPackage(package).sources
    assert all(plan_id not in one.sources for one in Slices(package))
    with pytest.raises(KhplansError, match="leaves the package"):
        SiteData(package).plans  # noqa: B018


def test_a_linked_source_is_not_read(releases: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    package = releases / "1.0.1"
    source = package / "sources" / f"{KHANH_HOA}.txt"
    source.unlink()
    source.symlink_to(secret)
    with pytest.raises(KhplansError, match="a link, not a file"):
        CheckedPackage(package).sources  # noqa: B018
    with pytest.raises(KhplansError, match="a link, not a file"):
        verify_download(package)
    with pytest.raises(KhplansError, match="a link, not a file"):
        read_catalogue(tmp_path, package, releases, Settings())


def test_a_link_among_the_plans_is_not_released(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    (plans / "a").mkdir(parents=True)
    (plans / "a" / "source.txt").write_text("KẾ HOẠCH", "utf-8")
    (plans / "README.md").write_text("", "utf-8")
    assert list(plan_paths(plans)) == ["a/source.txt"]
    (plans / "a" / "key").symlink_to(tmp_path)
    with pytest.raises(KhplansError, match="a link, not a file"):
        plan_paths(plans)


def test_a_release_in_the_folder_of_another_version_is_told(releases: Path) -> None:
    shutil.rmtree(releases / "1.0.1")
    shutil.copytree(releases / "1.0.0", releases / "1.0.1")
    with pytest.raises(KhplansError, match=r"the folder 1\.0\.1 holds version 1\.0\.0"):
        Release(releases / "1.0.1").facts  # noqa: B018
    verdict = verify_download(releases)
    assert any("holds version" in str(found) for found in verdict.differences)


def test_a_date_that_is_none_is_told(releases: Path) -> None:
    package = releases / "1.0.1"
    path = package / "datapackage.json"
    described = json.loads(path.read_text("utf-8")) | {"created": "0000-99-99"}
    path.write_text(json.dumps(described), "utf-8")
    (package / "SHA256SUMS").write_bytes(write_sums({}))
    with pytest.raises(KhplansError, match="not a date"):
        read_catalogue(releases, package, releases, Settings())


@pytest.mark.parametrize("name", ["a:b.txt", "a\\b.txt", "a\u202eb.txt"])
def test_a_files_name_that_can_be_no_plans_id_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("KẾ HOẠCH", "utf-8")
    with pytest.raises(KhplansError, match="can't be a plan's id"):
        load_file(path)
