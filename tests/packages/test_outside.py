"""What others wrote is held to its form: every kind of JSON value in every place, names, archives."""

from __future__ import annotations

import copy
import json
import os
import stat
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from csv_tables import read_csv
from hypothesis import given
from hypothesis import strategies as st

from khplans.errors import KhplansError
from khplans.outside import is_below, read_object
from khplans.packages import store as stores
from khplans.packages.canonical import canonical, package_of
from khplans.packages.described import read_descriptor
from khplans.packages.store import Store
from khplans.releases.facts import read_facts, read_provenance, read_versions
from khplans.releases.sums import read_sums
from khplans.tables.definition import table

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**64, 1.5, float("inf"), "", "\0", "\ud800", "../x", "/x", "a" * 9_999, [], [[]], [None], ["x", "x"], {}, {"": None},
)  # fmt: skip

SHA = "0" * 64
_SCHEMA = {
    "fields": [{"name": "id", "type": "string", "title": "Mã"}, {"name": "role", "deprecated": True, "constraints": {"required": True, "enum": ["lead"]}}],
    "primaryKey": ["id"],
}  # fmt: skip
DESCRIPTOR = {
    "name": "khplans", "version": "1.0.0", "title": "Kế hoạch", "created": "2026-11-02T00:00:00Z",
    "resources": [
        {"name": "documents", "path": "documents.csv", "format": "csv", "hash": f"sha256:{SHA}", "bytes": 7, "schema": _SCHEMA},
        {"name": "documents-parquet", "path": "documents.parquet", "format": "parquet", "byteSize": 7, "schema": _SCHEMA},
        {"name": "source-a", "path": "sources/a.txt", "format": "txt", "title": "A"},
    ],
}  # fmt: skip
FACTS = {
    "version": "1.1.0", "previous": "1.0.0", "released": "2026-11-02", "level": "minor", "plans": ["a"],
    "tables": {"tasks": {"rows": 1, "content_sha256": SHA}}, "files": [{"path": "a", "bytes": 1, "sha256": SHA}],
}  # fmt: skip
VERSIONS = {
    "newest": "1.1.0", "latest": "1.0.0",
    "versions": [
        {"version": "1.1.0", "sums_sha256": SHA, "zip": {"path": "1.1.0/a.zip", "bytes": 1, "sha256": SHA}, "withdrawn": {"reason": "sai", "reason_en": "wrong"}},
        {"version": "1.0.0", "sums_sha256": SHA},
    ],
}  # fmt: skip
PROVENANCE = {
    "code": {"tree": "1"}, "lock": {"sha256": SHA}, "tools": {"pyarrow": "26"}, "plans": {"a": {"b": SHA}},
}  # fmt: skip
READERS = (
    (read_descriptor, DESCRIPTOR),
    (read_facts, FACTS),
    (read_versions, VERSIONS),
    (read_provenance, PROVENANCE),
)


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[key], (*at, key))


def _with(whole: Any, at: tuple[Any, ...], odd: Any) -> Any:
    """A copy of a JSON value with another value at a place."""
    if not at:
        return odd
    whole = copy.deepcopy(whole)
    inner = whole
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = odd
    return whole


@pytest.mark.parametrize(("read", "good"), READERS, ids=lambda one: getattr(one, "__name__", ""))
def test_every_kind_of_value_in_every_place_is_read_or_refused(read: Any, good: Any) -> None:
    assert read(json.dumps(good), "good") == good
    refused = 0
    for at in _places(good):
        for odd in ODD:
            try:
                read(json.dumps(_with(good, at, odd)), "odd")
            except KhplansError as error:
                refused += 1
                str(error).encode()  # a message that can be printed
    assert refused > len(list(_places(good)))


_RESOURCE = ("resources", 0)
_TABLE = ("tables", "tasks")
_FILE = ("files", 0)
_LISTED = ("versions", 0)


@pytest.mark.parametrize(
    ("read", "good", "at", "odd"),
    [
        (read_descriptor, DESCRIPTOR, ("version",), "../evil"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "path"), "../a.csv"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "path"), ["a.csv"]),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "name"), "a/b"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "name"), "a(b"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "hash"), "sha256:../x"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "bytes"), "7"),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "schema", "primaryKey"), 7),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "schema", "fields", 1, "constraints"), []),
        (read_descriptor, DESCRIPTOR, (*_RESOURCE, "schema", "fields", 1, "constraints", "enum"), [1]),
        (read_facts, FACTS, ("version",), "1.1.0/.."),
        (read_facts, FACTS, ("previous",), "../1.0.0"),
        (read_facts, FACTS, (*_TABLE, "rows"), "1"),
        (read_facts, FACTS, (*_FILE, "path"), "/etc/passwd"),
        (read_facts, FACTS, (*_FILE, "sha256"), "/etc/passwd"),
        (read_versions, VERSIONS, ("latest",), "../evil"),
        (read_versions, VERSIONS, (*_LISTED, "version"), "../evil"),
        (read_versions, VERSIONS, (*_LISTED, "sums_sha256"), "../../x"),
        (read_versions, VERSIONS, (*_LISTED, "zip", "path"), "../a.zip"),
        (read_versions, VERSIONS, (*_LISTED, "zip", "sha256"), "../a.zip"),
        (read_versions, VERSIONS, (*_LISTED, "withdrawn", "reason"), None),
        (read_provenance, PROVENANCE, ("tools",), []),
        (read_provenance, PROVENANCE, ("plans", "a"), {"../b": SHA}),
    ],
)  # fmt: skip
def test_what_would_lead_elsewhere_is_refused_by_its_place(
    read: Any, good: Any, at: tuple[Any, ...], odd: Any
) -> None:
    with pytest.raises(KhplansError) as caught:
        read(json.dumps(_with(good, at, odd)), "odd.json")
    assert str(next(key for key in reversed(at) if isinstance(key, str))) in caught.value.what


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize(("read", "good"), READERS, ids=lambda one: getattr(one, "__name__", ""))
@given(data=st.data(), odd=_JSON)
def test_any_value_in_any_place_is_read_or_refused(
    read: Any, good: Any, data: st.DataObject, odd: Any
) -> None:
    at = data.draw(st.sampled_from(list(_places(good))))
    try:
        found = read(json.dumps(_with(good, at, odd)), "odd")
    except KhplansError:
        return
    for resource in found.get("resources", ()):
        assert is_below(resource["path"])
    for one in found.get("files", ()):
        assert is_below(one["path"])


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"{SHA}  {t}\n".encode("utf-8", "surrogatepass")))  # fmt: skip
def test_any_list_of_sums_is_read_or_refused(data: bytes) -> None:
    try:
        names = read_sums(data, "SHA256SUMS")
    except KhplansError:
        return
    assert all(is_below(name) for name in names)


@given(st.text(max_size=40) | st.lists(st.sampled_from(["..", ".", "", "a", "C:", "\\", "\0"])).map("/".join))  # fmt: skip
def test_a_name_that_is_taken_stays_below(name: str) -> None:
    if is_below(name):
        root = Path("/a/package")
        assert Path(os.path.normpath(root / name)).is_relative_to(root)
        assert root / name != root
        os.fsencode(name)


@pytest.mark.parametrize("name", ["ế" * 86, "/".join(["a" * 99] * 11), "a\u202eb", "a\ud800"])
def test_a_name_that_no_system_takes_is_refused(name: str) -> None:
    assert not is_below(name)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "9" * 5_000,
        '{"a": ' + "9" * 5_000 + "}",
        "nul",
        "",
        "\ud800",
    ],
    ids=lambda text: text[:9],
)
def test_json_that_python_does_not_read_is_refused(text: str) -> None:
    with pytest.raises(KhplansError, match="broken JSON"):
        read_object(text, "odd.json", {})


def test_a_web_page_in_the_place_of_json_is_called_that() -> None:
    with pytest.raises(KhplansError, match="a web page in its place"):
        read_object(b"\n<!DOCTYPE html><title>Maintenance</title>", "versions.json", {})


def test_json_without_end_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khplans.outside.MOST_OF_A_LIST", 10)
    with pytest.raises(KhplansError, match="> 10 bytes"):
        read_object(b"{" + b" " * 10 + b"}", "versions.json", {})


def test_a_schema_that_no_table_can_have_is_refused() -> None:
    resource: dict[str, Any] = {"name": "a", "path": "a.csv"}
    columns = [[], ["a", "a"], [f"c{i}" for i in range(1_001)]]
    schemas = [{"fields": [{"name": name} for name in names]} for names in columns]
    schemas.append({"fields": [{"name": "a"}], "primaryKey": "b"})  # type: ignore[dict-item]
    for broken in (resource, *({**resource, "schema": schema} for schema in schemas)):
        with pytest.raises(KhplansError, match="broken package descriptor"):
            read_descriptor(json.dumps({"resources": [broken]}), "datapackage.json")
    good = {**resource, "schema": {"fields": [{"name": "a"}]}}
    with pytest.raises(KhplansError, match="broken package descriptor"):
        read_descriptor(json.dumps({"resources": [good, good]}), "datapackage.json")


def _toy(folder: Path, cells: bytes, kind: str = "string") -> Path:
    schema = {"fields": [{"name": "id", "type": kind}]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (folder / "t.csv").write_bytes(b"id\n" + cells)
    return folder


def test_a_cell_as_long_as_a_plan_is_read(tmp_path: Path) -> None:
    package = package_of(Store(_toy(tmp_path / "p", b"a" * 200_000 + b"\n")))
    assert len(next(iter(package.tables["t"].rows))[0]) == 200_000
    columns = table("agency_names").columns
    path = tmp_path / "agency_names.csv"
    path.write_text(f"{','.join(columns)}\na,{'b' * 200_000}\n", "utf-8")
    assert len(read_csv(path, table("agency_names"))["form"][0].as_py()) == 200_000


@pytest.mark.parametrize("cell", ["1e500", "-1e-500", "NaN", "Infinity"])
def test_a_number_of_more_digits_than_numbers_have_is_refused(tmp_path: Path, cell: str) -> None:
    """Written out, 1e999999999 has a thousand million digits."""
    with pytest.raises(ValueError, match=cell[-5:]):
        canonical(cell, "number")
    with pytest.raises(KhplansError, match="not of the schema"):
        package_of(Store(_toy(tmp_path / "p", cell.encode() + b"\n", "number")))


@pytest.mark.parametrize(
    "row", [b"a,b,x,1\n", b"\xff\n", b"a,b,c," + b"9" * 5_000 + b",1\n", b'a,"b\r\n']
)
def test_a_row_that_is_none_is_told(tmp_path: Path, row: bytes) -> None:
    definition = table("corrections")
    path = tmp_path / "corrections.csv"
    path.write_bytes(",".join(definition.columns).encode() + b"\n" + row)
    with pytest.raises(KhplansError, match="a row of the wrong type"):
        read_csv(path, definition)


def _zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of two members of one name
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("sources/a.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(KhplansError, match="a link, not a file"):
        Store(_zipped(tmp_path / "a.zip", (link, b"/etc/passwd")))


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "C:/a", "a//b", "a/../b", "./a"])
def test_a_zip_with_a_name_that_leaves_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KhplansError, match="leaves the package"):
        Store(_zipped(tmp_path / "a.zip", (name, b"")))


def test_a_zip_with_a_nul_in_a_name_is_refused(tmp_path: Path) -> None:
    """Python reads such a name up to the NUL, other programs beyond it."""
    path = _zipped(tmp_path / "a.zip", ("aXb", b""))
    path.write_bytes(path.read_bytes().replace(b"aXb", b"a\0b"))
    with pytest.raises(KhplansError, match="leaves the package"):
        Store(path)


def test_a_zip_with_two_files_of_one_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KhplansError, match="have one name"):
        Store(_zipped(tmp_path / "a.zip", ("a", b"1"), ("a", b"2")))


def test_a_zip_that_unpacks_to_many_times_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "ALWAYS", 100_000)
    assert Store(_zipped(tmp_path / "small.zip", ("a", b" " * 90_000))).read("a")
    for members in ([("a", b" " * 1_000_000)], [(str(i), b" " * 50_000) for i in range(40)]):
        with pytest.raises(KhplansError, match="unpacks to more"):
            Store(_zipped(tmp_path / "a.zip", *members))


def test_a_pipe_in_a_package_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tasks.csv")
    (tmp_path / "a").write_bytes(b"")
    store = Store(tmp_path)
    for name in ("tasks.csv", "a/b"):
        with pytest.raises(KhplansError, match="missing file"):
            store.read(name)
    assert store.names() == ["a"]


def test_a_list_of_files_stops_at_a_link(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "sources").symlink_to(tmp_path)
    with pytest.raises(KhplansError, match="a link, not a file"):
        Store(tmp_path / "p").names()
