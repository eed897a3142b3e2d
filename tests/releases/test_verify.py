"""A wrong byte anywhere is found, and the file, table and row are named."""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from pathlib import Path

import pytest
from envelopes import write_sums, zip_bytes
from proofs import Ran
from rounds import draws
from sample_packages import write_plan
from toy_project import Project, make_project

from khplans.errors import KhplansError
from khplans.releases.downloaded import Verification, verify_download
from khplans.releases.explain import explain
from khplans.releases.index import Release, versions_json
from khplans.releases.sums import NAME, read_sums
from khplans.releases.verify import verify_release

B = "tinh-b-2-kh-ubnd-2024"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two releases, not to be altered."""
    project = make_project(tmp_path_factory.mktemp("made"))
    project.release()
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản", "2 Việc mới")
    project.release()
    return project


@pytest.fixture
def copy(made: Project, tmp_path: Path) -> Project:
    shutil.copytree(made.root, tmp_path / "copy")
    return Project(tmp_path / "copy")


def rebuilt(project: Project, version: str = "1.1.0") -> Verification:
    release = Release(project.releases / version)
    with project.as_code():
        return verify_release(release, project.lock, project.build, project.check)


def flip(path: Path, at: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_a_release_is_rebuilt_to_the_byte(made: Project, version: str) -> None:
    verdict = rebuilt(made, version)
    assert verdict.good
    assert verdict.notes == ()
    assert verdict.files > 25


def test_it_verifies_elsewhere_without_its_project(copy: Project) -> None:
    shutil.rmtree(copy.plans)
    shutil.rmtree(copy.packages)
    shutil.rmtree(copy.root / "gold")
    assert rebuilt(copy).good


def test_other_code_that_gives_other_rows_is_named_by_row(copy: Project) -> None:
    copy.read = lambda line: line.strip().replace("Báo cáo", "BÁO CÁO")
    verdict = rebuilt(copy)
    places = {(d.file, d.table, d.row_id, d.column) for d in verdict.differences}
    assert ("tasks.csv", "tasks", "tinh-a-1-kh-ubnd-2024:3", "text") in places
    assert ("tasks.parquet", "tasks", "tinh-a-1-kh-ubnd-2024:3", "text") in places
    cells = [d.where for d in verdict.differences if d.file.endswith(".xlsx")]
    assert any("sheet2.xml: ô / cell E4" in where for where in cells), cells


def test_other_libraries_that_give_the_same_bytes_are_a_note(copy: Project) -> None:
    copy.lock.write_text("click==8.1.8\n", "utf-8")
    verdict = rebuilt(copy)
    assert verdict.good
    assert any("lock.sha256" in note for note in verdict.notes)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_a_release_of_other_code_is_proved_by_its_hashes_and_changes(
    copy: Project, version: str
) -> None:
    copy.tree = "2" * 40
    copy.read = lambda line: line.strip().replace("Báo cáo", "BÁO CÁO")  # would rebuild otherwise
    verdict = rebuilt(copy, version)
    assert verdict.good
    (note,) = verdict.notes
    assert "made by other code" in note
    assert "1" * 40 in note
    assert ("changes since 1.0.0" in note) is (version == "1.1.0")


def test_changes_that_do_not_give_the_tables_are_found_without_a_rebuild(copy: Project) -> None:
    copy.tree = "2" * 40
    folder = copy.releases / "1.1.0"
    told = json.loads((folder / "changes.json").read_text("utf-8"))
    del told["rows"][0]
    (folder / "changes.json").write_text(json.dumps(told), "utf-8")
    sums = read_sums((folder / NAME).read_bytes(), "")
    listed = {name: (folder / name).read_bytes() for name in sums}
    (folder / NAME).write_bytes(write_sums(listed))
    (copy.releases / "versions.json").write_bytes(versions_json(copy.releases))
    found = {difference.file for difference in rebuilt(copy).differences}
    assert found == {"changes.json"}


def test_changes_need_the_version_before(copy: Project) -> None:
    shutil.rmtree(copy.releases / "1.0.0")
    (copy.releases / "versions.json").unlink()
    from khplans.releases.release import write_versions

    write_versions(copy.releases)
    with pytest.raises(KhplansError, match=r"1\.0\.0"):
        rebuilt(copy)
    assert verify_download(copy.releases / "1.1.0", copy.releases).good


def test_every_flipped_byte_is_found(made: Project, tmp_path: Path, record_property: Ran) -> None:
    """In each file of the folder, in versions.json, and in the zip by itself."""
    root = tmp_path / "releases"
    shutil.copytree(made.releases, root)
    chance = draws(20240630)
    found = 0
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        size = path.stat().st_size
        places = {0, size - 1, *(chance.randrange(size) for _ in range(4))}
        original = path.read_bytes()
        whole = path.parent == root
        folder = root if whole else root / path.relative_to(root).parts[0]
        for at in sorted(places):
            flip(path, at, chance.randrange(8))
            verdict = verify_download(folder, root)
            named = [str(d) for d in verdict.differences]
            assert named, (path, at)
            name = path.relative_to(folder).as_posix()
            assert any(line.startswith(name) for line in named), (name, at, named)
            found += 1
            path.write_bytes(original)
        assert verify_download(folder, root).good
    assert found > 150
    record_property("runs", found)


def test_every_flipped_byte_of_a_downloaded_zip_is_found(
    made: Project, tmp_path: Path, record_property: Ran
) -> None:
    whole = (made.releases / "1.1.0/khplans-1.1.0.zip").read_bytes()
    path = tmp_path / "tải về.zip"
    path.write_bytes(whole)
    assert verify_download(path).good
    chance = draws(7)
    ends = [*range(60), *range(len(whole) - 60, len(whole))]
    places = [*ends, *(chance.randrange(len(whole)) for _ in range(120))]
    record_property("runs", len(places))
    for at in places:
        path.write_bytes(whole)
        flip(path, at, chance.randrange(8))
        try:
            verdict = verify_download(path)
        except KhplansError:
            continue  # no longer a zip, and said so
        assert not verdict.good, at


def test_an_unpacked_zip_verifies(made: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(made.releases / "1.1.0/khplans-1.1.0.zip") as archive:
        archive.extractall(tmp_path / "giải nén")
    assert verify_download(tmp_path / "giải nén").good
    assert verify_download(tmp_path / "giải nén", made.releases).good
    (tmp_path / "giải nén/SHA256SUMS").write_bytes(write_sums({"tasks.csv": b"x"}))
    assert NAME in {
        d.file for d in verify_download(tmp_path / "giải nén", made.releases).differences
    }


def test_a_zip_verifies_where_another_zlib_compresses(
    made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khplans.releases.downloaded.version", lambda name: "99.0")
    monkeypatch.setattr(
        "khplans.releases.zipped._deflate", lambda data: zlib.compress(data, 1)[2:-4]
    )
    path = tmp_path / "khplans-1.1.0.zip"
    whole = (made.releases / "1.1.0/khplans-1.1.0.zip").read_bytes()
    path.write_bytes(whole)
    assert verify_download(path, made.releases).good
    for at in (8, 10, 12, len(whole) - 4, len(whole) - 60):
        path.write_bytes(whole)
        flip(path, at)
        try:
            assert not verify_download(path).good, at
        except KhplansError:
            continue


def test_sums_and_files_changed_together_are_found_by_versions_json(copy: Project) -> None:
    folder = copy.releases / "1.1.0"
    tasks = folder / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace("Việc mới".encode(), "Việc cũ".encode()))
    sums = read_sums((folder / NAME).read_bytes(), "")
    files = {name: (folder / name).read_bytes() for name in sums}
    (folder / NAME).write_bytes(write_sums(files))
    assert not verify_download(folder, copy.releases).good
    assert not rebuilt(copy).good
    (folder / "khplans-1.1.0.zip").unlink()
    from khplans.releases.index import versions_json

    files.pop("khplans-1.1.0.zip")
    (folder / "khplans-1.1.0.zip").write_bytes(zip_bytes(files | {NAME: write_sums(files)}))
    sums_now = {name: (folder / name).read_bytes() for name in sums}
    (folder / NAME).write_bytes(write_sums(sums_now))
    (copy.releases / "versions.json").write_bytes(versions_json(copy.releases))
    assert verify_download(folder, copy.releases).good  # forged throughout
    verdict = rebuilt(copy)  # but not what its own plans give
    assert ("tasks.csv", f"{B}:2") in {(d.file, d.row_id) for d in verdict.differences}


def test_the_row_of_a_damaged_table_is_named(copy: Project) -> None:
    folder = copy.releases / "1.1.0"
    tasks = folder / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace("Việc mới".encode(), "Việc mời".encode()))
    (difference,) = verify_download(folder, copy.releases).differences
    assert (difference.table, difference.row_id, difference.column) == ("tasks", f"{B}:2", "text")
    assert (difference.expected, difference.found) == ("2 Việc mới", "2 Việc mời")
    (alone,) = verify_download(tasks).differences
    assert alone.row_id == f"{B}:2"


def test_missing_and_foreign_files_are_named(copy: Project) -> None:
    folder = copy.releases / "1.1.0"
    (folder / "tasks.parquet").unlink()
    (folder / "thêm.txt").write_text("x", "utf-8")
    assert {d.file for d in verify_download(folder).differences} == {"tasks.parquet", "thêm.txt"}


def test_one_downloaded_file_is_recognised(made: Project, tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    data = (made.releases / "1.1.0/tasks.csv").read_bytes()
    path.write_bytes(data)
    verdict = verify_download(path, made.releases)
    assert verdict.good
    assert verdict.notes == ("tasks.csv, khplans 1.1.0",)
    path.write_bytes(data.replace("Việc mới".encode(), "Việc mời".encode()))
    (difference,) = verify_download(path, made.releases).differences
    assert difference.row_id == f"{B}:2"
    with pytest.raises(KhplansError, match="no known release"):
        verify_download(path)


def test_a_truncated_or_other_file_is_told(made: Project, tmp_path: Path) -> None:
    path = tmp_path / "khplans-1.1.0.zip"
    path.write_bytes((made.releases / "1.1.0/khplans-1.1.0.zip").read_bytes()[:-100])
    with pytest.raises(KhplansError, match="zip"):
        verify_download(path)
    with pytest.raises(KhplansError, match="no such folder"):
        verify_download(tmp_path / "không có")
    with pytest.raises(KhplansError, match=NAME):
        verify_download(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "0" * 64 + "  a.txt", "0" * 64 + " *a.txt\n", "0" * 63 + "  a.txt\n", "A" * 64 + "  a.txt\n",
     "0" * 64 + "  b\n" + "0" * 64 + "  a\n", "0" * 64 + "  a\n\n", "\ufeff" + "0" * 64 + "  a\n"],
)  # fmt: skip
def test_sums_are_read_strictly(text: str) -> None:
    with pytest.raises(KhplansError, match=NAME):
        read_sums(text.encode(), "x")


def test_differences_of_json_and_text_are_placed() -> None:
    (difference,) = explain("a.json", b'{"a": {"b": [1, 2]}}', b'{"a": {"b": [1, 3]}}', {})
    assert difference.where == "a.b[1]"
    (difference,) = explain("a.md", b"x\ny\n", b"x\nz\n", {})
    assert difference.where.endswith("line 2")
    (difference,) = explain("a.json", b'{"a": 1}', b'{"a":  1}', {})
    assert difference.where == "byte 6"
    (difference,) = explain("a.json", b'{"a": 1}', b'{"a: 1}', {})
    assert "unreadable" in difference.where
    assert explain("a.csv", b"id\n1\n", b"id\n1\n", {}) == []


def test_all_releases_of_a_folder_are_looked_at_and_their_list(made: Project) -> None:
    verdict = verify_download(made.releases, None)
    files = [path for path in made.releases.rglob("*") if path.is_file()]
    assert (verdict.files, verdict.good) == (len(files), True)


def test_verdicts_are_data(made: Project) -> None:
    verdict = verify_download(made.releases / "1.1.0", made.releases)
    assert json.dumps([verdict.what, verdict.files, verdict.good])


def test_a_list_that_says_less_of_a_release_is_none_of_it(copy: Project) -> None:
    path = copy.releases / "versions.json"
    listed = json.loads(path.read_bytes())
    for entry in listed["versions"]:
        del entry["zip"]
    path.write_text(json.dumps(listed), "utf-8")
    assert verify_download(copy.releases / "1.1.0", copy.releases).good
