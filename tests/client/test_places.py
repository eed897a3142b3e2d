"""Where a release may be: a folder, a zip, a pin; and that a wrong byte anywhere is found."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest
from envelopes import zip_bytes

import khplans
from khplans.atomic import write_file
from khplans.client import lockfile

FIRST_TASK = "khanh-hoa-1-kh-ubnd-2024::1"


@pytest.mark.parametrize(
    "place", ["", "1.0.1", "1.0.1/datapackage.json", "1.0.1/khplans-1.0.1.zip"]
)
def test_a_release_is_found(releases: Path, place: str) -> None:
    kp = khplans.load(source=releases / place)
    assert kp.version == "1.0.1"
    assert len(kp.tasks) == 3
    assert "Sở Y tế" in kp.source(FIRST_TASK).quote


def test_the_folder_above_the_releases_will_do(releases: Path) -> None:
    assert khplans.load(source=str(releases.parent)).version == "1.0.1"


def test_a_folder_of_packages_gives_the_collection_or_says_that_it_cannot_choose(
    releases: Path,
) -> None:
    one, other = releases / "1.0.0", releases / "1.0.1"
    (releases / "versions.json").unlink()
    with pytest.raises(khplans.KhplansError, match=r"several data packages.*1\.0\.0, 1\.0\.1"):
        khplans.load(source=releases)
    one.rename(releases / "khplans")
    other.rename(releases / "a-plan")
    assert khplans.load(source=releases).version == "1.0.0"


def test_a_zip_whose_files_stand_in_a_folder(releases: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted((releases / "1.0.0").rglob("*")):
            archive.write(path, f"download/{path.relative_to(releases / '1.0.0')}")
    assert khplans.load(source=packed).version == "1.0.0"


def test_an_older_version(releases: Path) -> None:
    kp = khplans.load(version="1.0.0", source=releases)
    assert kp.version == "1.0.0"
    assert kp.indicator_series("grdp-growth").value[0] == 8.1
    assert khplans.load(source=releases).indicator_series("grdp-growth").value[0] == 8.2


@pytest.mark.parametrize("place", ["", "1.0.1", "1.0.1/khplans-1.0.1.zip"])
def test_a_version_that_is_not_there_names_those_that_are(releases: Path, place: str) -> None:
    with pytest.raises(khplans.KhplansError, match=r"no version 2\.0\.0.*1\.0\.1"):
        khplans.load(version="2.0.0", source=releases / place)


@pytest.mark.parametrize("kind", ["missing", "empty folder", "not a zip", "empty zip"])
def test_what_is_no_release_says_so(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "empty folder":
        place.mkdir()
    elif kind == "not a zip":
        place.write_bytes(b"PK\x03\x04 nothing")
    elif kind == "empty zip":
        zipfile.ZipFile(place, "w").close()
    with pytest.raises(khplans.KhplansError, match="place"):
        khplans.load(source=place)


def test_a_withdrawn_version_warns_and_is_not_the_latest(releases: Path) -> None:
    from khplans.releases.index import versions_json

    (releases / "withdrawn.csv").write_text(
        "version,reason,reason_en\n1.0.1,sai số,wrong\n", "utf-8"
    )
    (releases / "versions.json").write_bytes(versions_json(releases))
    assert khplans.load(source=releases).version == "1.0.0"
    with pytest.warns(UserWarning, match="thu hồi"):
        khplans.load(version="1.0.1", source=releases)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.0.1", "withdrawn.csv:2.*1 cells, 3 wanted"),
        ("1.0.1,sai, số,wrong", "withdrawn.csv:2.*4 cells, 3 wanted"),
        ("1.0.1,,", "withdrawn.csv:2.*its reason"),
        ("1.0.1,sai,", "withdrawn.csv:2.*its reason"),
        ("1.0,sai,wrong", r"withdrawn.csv:2.*there are: 1\.0\.1, 1\.0\.0"),
        ('1.0.1,"sai,wrong', "withdrawn.csv:2"),
    ],
)
def test_a_withdrawal_that_would_not_be_understood_is_none(
    releases: Path, written: str, words: str
) -> None:
    from khplans.releases.index import versions_json

    (releases / "withdrawn.csv").write_text(f"version,reason,reason_en\n{written}\n", "utf-8")
    with pytest.raises(khplans.KhplansError, match=words):
        versions_json(releases)


def test_where_all_versions_are_withdrawn_one_has_to_be_named(releases: Path) -> None:
    from khplans.releases.index import versions_json

    rows = "".join(f"{version},sai,wrong\r\n" for version in ("1.0.0", "1.0.1"))
    (releases / "withdrawn.csv").write_text(f"\ufeffversion,reason,reason_en\r\n{rows}", "utf-8")
    (releases / "versions.json").write_bytes(versions_json(releases))
    with pytest.raises(khplans.KhplansError, match="no version that was not withdrawn"):
        khplans.load(source=releases)
    with pytest.raises(khplans.KhplansError, match=r"no version \. có"):
        khplans.load("", source=releases)


def _use_everything(source: Path) -> None:
    kp = khplans.load(source=source)
    for table in kp.tables:
        kp.arrow(table)
    for plan_id in kp.arrow("documents")["plan_id"].to_pylist():
        kp.source_text(plan_id)
    kp.cite()


def test_a_wrong_byte_in_any_file_is_found(releases: Path) -> None:
    folder = releases / "1.0.1"
    used = [folder / name for name in ("datapackage.json", "SHA256SUMS", "release.json")]
    used += [*folder.glob("*.parquet"), *(folder / "sources").iterdir()]
    _use_everything(releases)
    chance = random.Random(173)
    for path in used:
        right = path.read_bytes()
        wrong = bytearray(right)
        wrong[chance.randrange(len(wrong))] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        with pytest.raises(khplans.KhplansError):
            _use_everything(releases)
        path.write_bytes(right)
    _use_everything(releases)


@pytest.mark.parametrize("place", ["the releases", "the release", "an unpacked copy", "the zip"])
def test_a_wrong_hash_of_a_file_that_is_not_read_is_found(
    releases: Path, tmp_path: Path, place: str
) -> None:
    """Each line of SHA256SUMS, whichever files the client then reads."""
    folder = releases / "1.0.1"
    sums = (folder / "SHA256SUMS").read_bytes()
    source = {"the releases": releases, "the release": folder}.get(place, tmp_path / "copy.zip")
    if place in ("an unpacked copy", "the zip"):
        with zipfile.ZipFile(folder / "khplans-1.0.1.zip") as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        sums = members["SHA256SUMS"]
    for at in [m.start() for m in re.finditer(rb"^.{64}  ", sums, re.MULTILINE)]:
        digit = b"0" if sums[at : at + 1] != b"0" else b"1"
        wrong = sums[:at] + digit + sums[at + 1 :]
        if place == "the zip":
            source.write_bytes(zip_bytes({**members, "SHA256SUMS": wrong}))
        elif place == "an unpacked copy":
            source = tmp_path / "copy"
            for name, data in {**members, "SHA256SUMS": wrong}.items():
                write_file(source / name, data)
        else:
            (folder / "SHA256SUMS").write_bytes(wrong)
        with pytest.raises(khplans.KhplansError, match=r"SHA256SUMS|hash|SHA-256|bytes"):
            khplans.load(source=source)


def test_a_release_whose_sums_were_taken_away_is_found(releases: Path) -> None:
    (releases / "1.0.1" / "SHA256SUMS").unlink()
    with pytest.raises(khplans.KhplansError, match=r"versions\.json names"):
        khplans.load(source=releases)


def test_another_programs_versions_json_is_no_matter(releases: Path, tmp_path: Path) -> None:
    (releases / "1.0.1").rename(tmp_path / "1.0.1")
    (tmp_path / "versions.json").write_text('["1.0"]', "utf-8")
    assert khplans.load(source=tmp_path / "1.0.1").version == "1.0.1"


def test_a_wrong_byte_in_a_zip_is_found(releases: Path, tmp_path: Path) -> None:
    folder = releases / "1.0.1"
    packed = tmp_path / "wrong.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                if path.name == "tasks.parquet":
                    data = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
                archive.writestr(path.relative_to(folder).as_posix(), data)
    with pytest.raises(khplans.KhplansError, match=r"tasks\.parquet"):
        _use_everything(packed)


def test_a_file_that_the_sums_do_not_name_is_not_used(releases: Path) -> None:
    path = releases / "1.0.1" / "SHA256SUMS"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    left = (line for line in lines if not line.endswith(("tasks.parquet\n", "release.json\n")))
    path.write_text("".join(left), "utf-8")
    (releases / "versions.json").unlink()
    with pytest.raises(khplans.KhplansError, match=r"tasks\.parquet"):
        _use_everything(releases / "1.0.1")


def test_a_package_that_is_no_release_is_checked_by_its_descriptor(releases: Path) -> None:
    folder = releases / "1.0.1"
    for proof in (folder / "SHA256SUMS", releases / "versions.json"):
        proof.unlink()
    assert len(khplans.load(source=folder).tasks) == 3
    path = folder / "tasks.parquet"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(khplans.KhplansError, match=r"tasks\.parquet"):
        khplans.load(source=folder).tasks  # noqa: B018


def test_a_lock_file_pins_a_project(releases: Path, apart: Path) -> None:
    written = khplans.load(version="1.0.0", source=releases).lock()
    assert written.resolve() == apart / "khplans.lock"
    assert khplans.load().version == "1.0.0"
    text = lockfile.write_lock(apart / "b.lock", lockfile.Pin("1.0.0", "Dữ liệu", None)).read_text(
        "utf-8"
    )
    assert text.splitlines()[2:] == ['version = "1.0.0"', 'source = "Dữ liệu"']


def test_a_lock_file_holds_for_the_folders_below(
    releases: Path, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    khplans.load(version="1.0.0", source=releases).lock()
    (apart / "analysis").mkdir()
    monkeypatch.chdir(apart / "analysis")
    assert khplans.load().version == "1.0.0"
    assert khplans.load(source=releases).version == "1.0.1"


def test_a_pinned_release_that_was_replaced_is_refused(releases: Path) -> None:
    khplans.load(version="1.0.0", source=releases).lock()
    path = releases / "1.0.0" / "SHA256SUMS"
    path.write_text(path.read_text("utf-8").replace("0", "1"), "utf-8")
    with pytest.raises(khplans.KhplansError, match=r"khplans\.lock names"):
        khplans.load()


@pytest.mark.parametrize(
    "text",
    ["", "version = 1", "version = [", 'source = "x"', "\xff", 'version = "1.0.0"\nsha256 = 3'],
)
def test_a_broken_lock_file_says_so(apart: Path, text: str) -> None:
    (apart / "khplans.lock").write_bytes(text.encode("latin-1"))
    with pytest.raises(khplans.KhplansError, match=r"khplans\.lock"):
        khplans.load()


def test_what_is_no_release_cannot_be_pinned(releases: Path) -> None:
    import json

    folder = releases / "1.0.1"
    (folder / "SHA256SUMS").unlink()
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    del descriptor["version"]
    path.write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(khplans.KhplansError, match="only a release"):
        khplans.load(source=folder).lock()


@pytest.mark.parametrize(
    ("asked", "given"), [("1", "1.0.1"), ("1.0", "1.0.1"), ("1.0.0", "1.0.0"), (None, "1.0.1")]
)
def test_the_beginning_of_a_version_means_the_newest_of_these(
    releases: Path, asked: str | None, given: str
) -> None:
    assert khplans.load(asked, releases).version == given


@pytest.mark.parametrize("asked", ["2", "1.1", "1.0.", "", ".", "1.0.10", "01"])
def test_what_begins_no_version_is_none(releases: Path, asked: str) -> None:
    with pytest.raises(khplans.KhplansError, match="no version"):
        khplans.load(asked, releases)
