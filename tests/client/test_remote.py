"""Releases at an address: kept, resumed, checked, and there when the network is not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from killing import run_apart, steps_of
from proofs import Ran
from rounds import draws, rounds
from webserver import Site, serve

import khplans
from khplans.client.cache import Cache

FIRST_TASK = "khanh-hoa-1-kh-ubnd-2024::1"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def site(releases: Path) -> Iterator[Site]:
    with serve(releases.parent) as site:
        yield site


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _whole(folder: Path) -> None:
    """Nothing in a cache is half-made: every object is the file of its hash."""
    kept = Cache(folder)
    for path in (folder / "objects").rglob("*"):
        if path.is_file():
            assert kept.read(path.name) is not None


@pytest.mark.parametrize("place", ["", "/", "/releases", "/releases/1.0.1", "/releases/1.0.1/"])
def test_a_site_its_releases_or_one_release(site: Site, place: str) -> None:
    kp = khplans.load(source=site.address + place)
    assert kp.version == "1.0.1"
    assert len(kp.tasks) == 3
    assert "Sở Y tế" in kp.source(FIRST_TASK).quote


def test_a_published_site(releases: Path, tmp_path: Path) -> None:
    """The site has its releases under data/, as `khplans site` writes them."""
    (tmp_path / "www").mkdir()
    releases.rename(tmp_path / "www" / "data")
    with serve(tmp_path / "www") as site:
        assert khplans.load(source=site.address).version == "1.0.1"


def test_a_zip(site: Site) -> None:
    address = f"{site.address}/releases/1.0.0/khplans-1.0.0.zip"
    assert khplans.load(source=address).version == "1.0.0"
    site.asked.clear()
    assert len(khplans.load(source=address).tasks) == 3
    assert site.asked == []


def test_what_was_downloaded_is_there_offline(releases: Path) -> None:
    with serve(releases.parent) as site:
        address = site.address
        khplans.load(source=address)
        khplans.load(version="1.0.0", source=address)
    for version in (None, "1.0.1", "1.0.0"):
        kp = khplans.load(version=version, source=address)
        assert kp.version == (version or "1.0.1")
        assert len(kp.tasks) == 3
        assert "Sở Y tế" in kp.source(FIRST_TASK).quote
    with pytest.raises(
        khplans.KhplansError, match=r"offline, and version 2\.0\.0 isn't in the cache"
    ):
        khplans.load(version="2.0.0", source=address)


def test_a_downloaded_version_needs_no_source_again(releases: Path) -> None:
    with serve(releases.parent) as site:
        khplans.load(version="1.0.1", source=site.address)
    assert khplans.load(version="1.0.1").indicator_series("grdp-growth").value[0] == 8.2


@pytest.mark.parametrize("version", [None, "1.0.0"])
def test_offline_is_not_called_not_found(version: str | None) -> None:
    with pytest.raises(khplans.KhplansError, match="offline, and version") as caught:
        khplans.load(version=version, source=NOWHERE)
    assert "not found" not in str(caught.value).lower()
    assert "ngoại tuyến" in str(caught.value)


def test_online_a_version_that_is_not_there_names_those_that_are(site: Site) -> None:
    with pytest.raises(khplans.KhplansError, match=r"no version 2\.0\.0.*1\.0\.1, 1\.0\.0"):
        khplans.load(version="2.0.0", source=site.address)


def test_an_address_without_releases(site: Site) -> None:
    with pytest.raises(khplans.KhplansError) as caught:
        khplans.load(source=f"{site.address}/nothing")
    assert "offline" not in str(caught.value)


def test_a_server_that_fails_is_not_called_offline(site: Site) -> None:
    site.status["releases/1.0.1/tasks.parquet"] = 503
    with pytest.raises(khplans.KhplansError, match="the server answers 503"):
        khplans.load(source=site.address)


def test_the_same_file_is_fetched_once(site: Site) -> None:
    khplans.load(version="1.0.0", source=site.address)
    site.asked.clear()
    khplans.load(version="1.0.1", source=site.address)
    fetched = {name.rpartition("/")[2] for name, _ in site.asked if name.endswith(".parquet")}
    assert fetched == {"indicators.parquet"}, "the other tables are the same in both versions"
    site.asked.clear()
    khplans.load(version="1.0.1", source=site.address)
    assert [name for name, _ in site.asked if "1.0.1" in name] == []


def test_a_broken_off_download_goes_on(site: Site, cache: Path) -> None:
    name = "releases/1.0.1/datapackage.json"
    site.cut[name] = 65_536
    khplans.load(source=site.address)
    ranges = [wanted for asked, wanted in site.asked if asked == name]
    assert ranges[:3] == ["", "bytes=65536-", "bytes=131072-"]
    _whole(cache)


def test_a_download_goes_on_in_the_next_run(site: Site, cache: Path) -> None:
    name = "releases/1.0.1/datapackage.json"
    site.cut[name] = 4_096
    with pytest.raises(khplans.KhplansError, match="offline"):
        khplans.load(source=site.address)
    _whole(cache)
    parts = list((cache / "partial").iterdir())
    assert [part.stat().st_size for part in parts] == [16_384]
    site.cut.clear()
    site.asked.clear()
    assert khplans.load(source=site.address).version == "1.0.1"
    assert (name, "bytes=16384-") in site.asked
    assert list((cache / "partial").iterdir()) == []


@pytest.mark.parametrize("etag", [True, False])
def test_a_zip_goes_on_only_where_it_is_still_the_same(site: Site, etag: bool) -> None:
    site.etag = etag
    name = "releases/1.0.1/khplans-1.0.1.zip"
    site.cut[name] = 4_096
    address = f"{site.address}/{name}"
    with pytest.raises(khplans.KhplansError):
        khplans.load(source=address)
    site.cut.clear()
    site.asked.clear()
    assert len(khplans.load(source=address).tasks) == 3
    assert site.asked == [(name, "bytes=16384-" if etag else "")]


def test_a_zip_that_has_changed_starts_afresh(site: Site) -> None:
    name = "releases/1.0.1/khplans-1.0.1.zip"
    site.cut[name] = 4_096
    with pytest.raises(khplans.KhplansError):
        khplans.load(source=f"{site.address}/{name}")
    site.cut.clear()
    (site.root / name).write_bytes((site.root / "releases/1.0.0/khplans-1.0.0.zip").read_bytes())
    assert khplans.load(source=f"{site.address}/{name}").version == "1.0.0"


def test_a_spoilt_part_is_thrown_away(site: Site, cache: Path) -> None:
    name = "releases/1.0.1/datapackage.json"
    site.cut[name] = 4_096
    with pytest.raises(khplans.KhplansError):
        khplans.load(source=site.address)
    (part,) = (cache / "partial").iterdir()
    part.write_bytes(b"x" * 70_000)
    site.cut.clear()
    assert khplans.load(source=site.address).version == "1.0.1"


@pytest.mark.parametrize(
    "name", ["tasks.parquet", "datapackage.json", "SHA256SUMS", "release.json"]
)
def test_a_changed_byte_on_the_server_is_found(site: Site, cache: Path, name: str) -> None:
    path = site.root / "releases" / "1.0.1" / name
    wrong = bytearray(path.read_bytes())
    wrong[len(wrong) // 2] ^= 4
    path.write_bytes(wrong)
    with pytest.raises(khplans.KhplansError, match="SHA-256"):
        khplans.load(source=site.address).cite()
    _whole(cache)


def test_a_release_that_was_replaced_is_refused(site: Site, releases: Path) -> None:
    """All its hashes agree with each other; only what was seen before tells."""
    khplans.load(version="1.0.0", source=site.address)
    shutil.rmtree(releases / "1.0.0")
    shutil.copytree(releases / "1.0.1", releases / "1.0.0")
    listing = releases / "versions.json"
    listed = json.loads(listing.read_bytes())
    sums = (releases / "1.0.0" / "SHA256SUMS").read_bytes()
    listed["versions"][1]["sums_sha256"] = hashlib.sha256(sums).hexdigest()
    listing.write_text(json.dumps(listed), "utf-8")
    with pytest.raises(khplans.KhplansError, match="a release never changes"):
        khplans.load(version="1.0.0", source=site.address)


def test_a_damaged_cache_is_made_good(site: Site, cache: Path) -> None:
    khplans.load(source=site.address)
    for path in (cache / "objects").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    assert len(khplans.load(source=site.address).tasks) == 3
    _whole(cache)


def test_a_lock_on_an_address_holds_offline(releases: Path) -> None:
    with serve(releases.parent) as site:
        khplans.load(version="1.0.0", source=site.address).lock()
    kp = khplans.load()
    assert kp.version == "1.0.0"
    assert len(kp.tasks) == 3


def download(address: str, root: Path) -> None:
    os.environ["KHPLANS_CACHE"] = str(root / "cache")
    assert len(khplans.load(source=address).tasks) == 3


def test_a_download_killed_at_any_step_leaves_nothing_half_made(
    site: Site, tmp_path: Path, record_property: Ran
) -> None:
    """Only parts of files are left, and the next one goes on."""
    run = partial(download, site.address)
    root = tmp_path / "there"
    (root / "tmp").mkdir(parents=True)
    assert run_apart(run, root) == 0
    last, whole = len(steps_of(root)), sorted(path.name for path in root.rglob("*"))
    drawn, kills = draws(18), rounds(3, 60)
    for _ in range(kills):
        shutil.rmtree(root)
        (root / "tmp").mkdir(parents=True)
        moment = drawn.randint(1, last)
        assert run_apart(run, root, kill_at=moment) == -9, moment
        _whole(root / "cache")
        assert run_apart(run, root) == 0, f"killed at {moment} of {last}"
        assert sorted(path.name for path in root.rglob("*")) == whole, moment
    record_property("runs", kills)


def test_two_processes_may_fetch_at_once(site: Site, cache: Path) -> None:
    script = "import sys, khplans; print(len(khplans.load(source=sys.argv[1]).tasks))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, site.address],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    answers = [process.communicate() for process in running]
    assert [out for out, _ in answers] == ["3\n"] * 3, answers
    _whole(cache)


def _rename(releases: Path, name: str) -> None:
    """Make the releases those of another catalogue."""
    listing = json.loads((releases / "versions.json").read_text("utf-8"))
    for one in listing["versions"]:
        folder = releases / one["version"]
        sums = (folder / "SHA256SUMS").read_text("utf-8")
        for path in (folder / "release.json", folder / "datapackage.json"):
            old = hashlib.sha256(path.read_bytes()).hexdigest()
            said = json.loads(path.read_bytes()) | {"name": name}
            if path.name == "release.json":
                said.pop("files")
            path.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
            sums = sums.replace(old, hashlib.sha256(path.read_bytes()).hexdigest())
        (folder / "SHA256SUMS").write_text(sums, "utf-8")
        one["sums_sha256"] = hashlib.sha256(sums.encode()).hexdigest()
    (releases / "versions.json").write_text(json.dumps(listing), "utf-8")


def test_two_catalogues_side_by_side(releases: Path) -> None:
    _rename(releases, "ke-hoach-tinh-toi")
    root = Path(__file__).parents[2]
    with serve(releases.parent) as mine, serve(root) as theirs:
        one, other = khplans.load(source=mine.address), khplans.load(source=theirs.address)
        assert (repr(one).split()[0], repr(other).split()[0]) == ("<ke-hoach-tinh-toi", "<khplans")
        for table, key in (
            ("documents", "document_id"),
            ("tasks", "task_id"),
            ("indicators", "indicator_id"),
        ):
            both = pd.concat([one[table], other[table]])
            assert both[key].is_unique
            assert len(both) == len(one[table]) + len(other[table])
        again = khplans.load(source=mine.address)
        assert again.source(FIRST_TASK).quote == one.source(FIRST_TASK).quote
    with pytest.raises(khplans.KhplansError, match=r"version 1\.0\.1 isn't on this machine"):
        khplans.load("1.0.1")  # that is the other catalogue's
    assert "1.0.1" not in set(khplans.versions().version[khplans.versions().here])
    assert khplans.load("1.0.1", source=mine.address).version == "1.0.1"
