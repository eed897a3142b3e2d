"""What a server, an archive or a folder says makes no path outside the cache and costs no more than stated."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import random
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pyarrow.parquet as pq
import pytest
from envelopes import write_sums
from webserver import Site, serve

import khplans
from khplans.client import download, remote
from khplans.client.cache import Cache, cache_folder
from khplans.packages import reader as package_reader
from khplans.packages import store as stores
from khplans.packages.store import Store
from khplans.releases.compare import compare_packages, compare_text
from khplans.releases.downloaded import verify_download

FORMS = ["../../x", "/etc/passwd", "", "0" * 63, "0" * 65, "0" * 63 + "G", "A" * 64, 7, [], {}]


@pytest.fixture
def site(releases: Path) -> Iterator[Site]:
    with serve(releases.parent) as site:
        yield site


def _spoil(path: Path, **values: Any) -> None:
    """Put values into each version of a versions.json."""
    raw = json.loads(path.read_bytes())
    for entry in raw["versions"]:
        entry.update(values)
    path.write_text(json.dumps(raw), "utf-8")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_hash_that_is_none_touches_no_file(
    site: Site, releases: Path, tmp_path: Path, form: object
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", "utf-8")
    (tmp_path / "mine.part").write_text("mine", "utf-8")
    _spoil(releases / "versions.json", sums_sha256=str(mine) if form == "/etc/passwd" else form)
    with pytest.raises(khplans.KhplansError, match=r"versions\[0\]\.sums_sha256"):
        khplans.load(source=site.address)
    assert mine.read_text("utf-8") == (tmp_path / "mine.part").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "form", ["../evil", "1.0", "1.0.0/..", "01.0.0", "1.0.0\n", 7, {}], ids=str
)
@pytest.mark.parametrize("place", ["latest", "version"])
def test_a_version_that_is_none_is_refused(
    site: Site, releases: Path, form: object, place: str
) -> None:
    path = releases / "versions.json"
    if place == "latest":
        raw = json.loads(path.read_bytes())
        path.write_text(json.dumps({**raw, "latest": form}), "utf-8")
    else:
        _spoil(path, version=form)
    for source in (site.address, releases):
        with pytest.raises(khplans.KhplansError, match=r"not a version|versions\.json"):
            khplans.load(source=source)


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a/../../x", "a\\..\\x", "C:/x", "a//b", "./x", "", "x\0", "a/."]
)
def test_a_path_that_leaves_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "x").write_text("secret", "utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x", "x")
    for store in (Store(folder), Store(tmp_path / "a.zip")):
        with pytest.raises(khplans.KhplansError, match="leaves the package"):
            store.read(name)
        assert name not in store


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_in_a_package_is_refused(tmp_path: Path, linked: str) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x").write_text("secret", "utf-8")
    folder = tmp_path / "package"
    folder.mkdir()
    if linked == "file":
        (folder / "x").symlink_to(tmp_path / "secret" / "x")
        name = "x"
    else:
        (folder / "sources").symlink_to(tmp_path / "secret")
        name = "sources/x"
    with pytest.raises(khplans.KhplansError, match="a link, not a file"):
        Store(folder).read(name)


def test_a_package_below_a_link_is_read(releases: Path, tmp_path: Path) -> None:
    """Where the package itself lies is the person's own choice."""
    (tmp_path / "here").symlink_to(releases)
    assert khplans.load(source=tmp_path / "here").version == "1.0.1"


def test_a_folder_of_another_version_is_refused(releases: Path, tmp_path: Path) -> None:
    other = tmp_path / "1.0.1"
    (releases / "1.0.0").rename(other)
    for name in ("SHA256SUMS", "release.json"):
        (other / name).unlink(missing_ok=True)
    with pytest.raises(khplans.KhplansError, match=r"holds version 1\.0\.0"):
        khplans.load(source=other)


def test_a_cached_zip_is_compared_with_its_hash(site: Site) -> None:
    address = f"{site.address}/releases/1.0.0/khplans-1.0.0.zip"
    khplans.load(source=address)
    cache = Cache(cache_folder())
    kept = cache.path(cache.note(address)["zip"])
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    site.asked.clear()
    assert khplans.load(source=address).version == "1.0.0"
    assert site.asked
    assert cache.read(kept.name) is not None


@pytest.mark.parametrize(
    "noted", [{"zip": "../../x"}, {"zip": 7}, {"releases": {"1.0.0": "../x"}}, []]
)
def test_a_spoilt_note_is_as_none(site: Site, noted: object) -> None:
    cache = Cache(cache_folder())
    for address in (site.address, f"{site.address}/releases/1.0.0/khplans-1.0.0.zip"):
        khplans.load(source=address)
        cache._note(address).write_text(json.dumps(noted), "utf-8")
        assert khplans.load(source=address).version


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_fails_once_is_asked_again(
    site: Site, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_PAUSE", 0)
    site.fails = {"releases/versions.json": [status], "releases/1.0.1/tasks.parquet": [status]}
    assert len(khplans.load(source=f"{site.address}/releases").tasks) == 3


def test_a_file_that_is_not_there_is_asked_for_once(site: Site) -> None:
    with pytest.raises(download.NotThereError):
        download.get(f"{site.address}/nothing")
    assert len(site.asked) == 1


class _Bomb(BaseHTTPRequestHandler):
    """Ten megabytes of blanks in ten kilobytes."""

    def do_GET(self) -> None:
        body = gzip.compress(b" " * 10_000_000)
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class _Endless(_Bomb):
    """A body that doesn't end."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b" " * 65_536)
        except OSError:
            pass


class _ToFile(_Bomb):
    """Sends elsewhere than to a server."""

    target: ClassVar[str] = "file:///etc/passwd"

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.target)
        self.send_header("Content-Length", "0")
        self.end_headers()


class _ToNowhere(_ToFile):
    """Sends to what is no address."""

    target: ClassVar[str] = "http://[::1"


class _EndlessRedirect(_ToFile):
    """Sends back to itself with a body that doesn't end."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b" " * 65_536)
        except OSError:
            pass


class _TwicePacked(_Bomb):
    """A megabyte of blanks, packed and packed again."""

    def do_GET(self) -> None:
        body = gzip.compress(gzip.compress(b" " * 1_000_000))
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip, gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _NotPacked(_Bomb):
    """Says that it is packed, and isn't."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"plain")


class _Round(_Bomb):
    """Sends back to itself."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()


class _Maintenance(_Bomb):
    """A page in the place of every file."""

    def do_GET(self) -> None:
        body = b"<html><h1>B\xe1\xba\xa3o tr\xc3\xac</h1></html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.parametrize("handler", [_Bomb, _Endless], ids=lambda one: one.__name__)
def test_a_body_without_end_is_refused(
    tmp_path: Path, handler: type[BaseHTTPRequestHandler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "MOST_OF_A_LIST", 1_000_000)
    monkeypatch.setattr(download, "MOST_OF_A_ZIP", 2_000_000)
    with serve(tmp_path, handler) as site:
        with pytest.raises(khplans.KhplansError, match="larger than"):
            khplans.load(source=site.address)
        with pytest.raises(khplans.KhplansError, match="larger than"):
            khplans.load(source=f"{site.address}/a.zip")
    sizes = [p.stat().st_size for p in cache_folder().rglob("*") if p.is_file()]
    assert max(sizes, default=0) <= 2_000_000


def test_a_body_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LONGEST", 0)
    with serve(tmp_path, _Endless) as site, pytest.raises(khplans.KhplansError, match="too slow"):
        khplans.load(source=site.address)


class _Drip(_Bomb):
    """A byte from time to time, for ever: no wait between two reads is long."""

    drips: ClassVar[bytes] = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"

    def do_GET(self) -> None:
        try:
            self.wfile.write(self.drips)
            while True:
                self.wfile.write(b" ")
                time.sleep(0.01)
        except OSError:
            pass


class _DripInTheHead(_Drip):
    """The same before the head has ended."""

    drips: ClassVar[bytes] = b"HTTP/1.1 200 OK\r\nX-Slow: "


class _DripInALength(_Drip):
    """The same in the length of a piece."""

    drips: ClassVar[bytes] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "handler", [_Drip, _DripInTheHead, _DripInALength], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("place", ["", "/a.zip"])
def test_a_server_that_drips_is_given_up(
    tmp_path: Path,
    handler: type[BaseHTTPRequestHandler],
    place: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(download, "GRACE", 0.2)
    monkeypatch.setattr(download, "_LOOK", 0.1)
    with serve(tmp_path, handler) as site, pytest.raises(khplans.KhplansError, match="too slow"):
        khplans.load(source=site.address + place)


def test_a_release_that_is_too_large_or_slow_as_a_whole_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "MOST_OF_A_RELEASE", 20_000)
    with pytest.raises(khplans.KhplansError, match="the release has more than"):
        khplans.load(source=site.address)
    monkeypatch.undo()
    monkeypatch.setattr(remote, "LONGEST", 0)
    with pytest.raises(khplans.KhplansError, match="takes over 0 s"):
        khplans.load(source=site.address)


def test_a_server_that_goes_on_failing_is_asked_a_few_times(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_PAUSE", 0)
    site.status["releases/versions.json"] = 503
    with pytest.raises(khplans.KhplansError, match="the server answers 503"):
        khplans.load(source=f"{site.address}/releases")
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "handler",
    [_ToFile, _ToNowhere, _EndlessRedirect, _Round, _TwicePacked, _NotPacked],
    ids=lambda one: one.__name__,
)
def test_an_answer_that_can_not_be_followed_or_unpacked_is_an_error(
    tmp_path: Path, handler: type[BaseHTTPRequestHandler]
) -> None:
    with (
        serve(tmp_path, handler) as site,
        pytest.raises(khplans.KhplansError, match="address can't be used"),
    ):
        khplans.load(source=site.address)


def test_a_redirect_leaves_https_for_nothing_less() -> None:
    assert download._redirected("http://a/b", "/c") == "http://a/c"
    assert download._redirected("http://a/b", "https://a/c") == "https://a/c"
    for to in ("http", "ftp", "wss"):
        with pytest.raises(khplans.KhplansError, match=f"redirect to {to}:"):
            download._redirected("https://a/b", f"{to}://a/c")


def test_a_redirect_within_the_site_is_followed(releases: Path) -> None:
    class Moved(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = releases.parent / self.path.removeprefix("/new/")
            moved = self.path.startswith("/old/")
            self.send_response(302 if moved else 200 if path.is_file() else 404)
            if moved:
                self.send_header("Location", self.path.replace("/old/", "/new/", 1))
            self.end_headers()
            if path.is_file() and not moved:
                self.wfile.write(path.read_bytes())

        def log_message(self, *args: object) -> None:
            pass

    with serve(releases, Moved) as site:
        assert len(khplans.load(source=f"{site.address}/old/releases").tasks) == 3


def test_a_page_in_the_place_of_the_data_is_told(tmp_path: Path) -> None:
    with (
        serve(tmp_path, _Maintenance) as site,
        pytest.raises(khplans.KhplansError, match="a web page in its place"),
    ):
        khplans.load(source=site.address)


@pytest.mark.parametrize("source", ["a\0b", "a" * 5_000, "~nobody-of-that-name/x", "\ud800"])
def test_a_path_that_is_none_is_told(source: str) -> None:
    with pytest.raises(khplans.KhplansError):
        khplans.load(source=source)


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[key], (*at, key))


def _use_everything(folder: Path) -> None:
    """All that asks of a release, as far as it goes; nothing but a `KhplansError` comes out of it."""

    def load() -> None:
        kp = khplans.load(source=folder)
        assert kp.tables
        for name in kp.tables:
            kp.arrow(name)
        kp.cite()
        kp._repr_html_()

    other = folder.parent / "1.0.0"
    for use in (load, lambda: verify_download(folder), lambda: list(compare_text(compare_packages(folder, other)))):  # fmt: skip
        with contextlib.suppress(khplans.KhplansError):
            use()


@pytest.mark.parametrize("name", ["datapackage.json", "release.json", "versions.json"])
def test_nothing_but_our_errors_comes_out_of_odd_files(releases: Path, name: str) -> None:
    """Any JSON value at any place, the hashes made to agree."""
    chance = random.Random(173)
    folder = releases / "1.0.1"
    path = (releases if name == "versions.json" else folder) / name
    whole = path.read_bytes()
    places = [at for at in _places(json.loads(whole)) if at]
    odd: list[Any] = [None, True, -1, 2**64, 0.5, "", "../x", "\ud800", "\0", [], [[]], {}, {"": 0}]
    for at in chance.sample(places, min(25, len(places))):
        value = json.loads(whole)
        inner = value
        for key in at[:-1]:
            inner = inner[key]
        inner[at[-1]] = chance.choice(odd)
        path.write_text(json.dumps(value), "utf-8")
        if name != "versions.json":
            sums = {
                p: (folder / p).read_bytes() for p in Store(folder).names() if p != "SHA256SUMS"
            }
            (folder / "SHA256SUMS").write_bytes(write_sums(sums))
            (releases / "versions.json").unlink(missing_ok=True)
        _use_everything(folder)


@pytest.mark.parametrize("spoilt", ["no Parquet", "other columns", "rows", "bytes"])
def test_a_table_that_is_none_is_told(
    releases: Path, spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases / "1.0.1"
    for proof in (folder / "SHA256SUMS", releases / "versions.json"):
        proof.unlink()
    path = folder / "tasks.parquet"
    if spoilt == "no Parquet":
        path.write_bytes(b"PAR1")
    elif spoilt == "other columns":
        table = pq.read_table(path)
        pq.write_table(table.rename_columns(["other", *table.column_names[1:]]), path)
    else:
        monkeypatch.setattr(
            package_reader, "MOST_ROWS" if spoilt == "rows" else "MOST_OF_A_TABLE", 1
        )
    descriptor = json.loads((folder / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        if resource["path"] == "tasks.parquet":
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    said = "other columns" if spoilt == "other columns" else "can't be read"
    with pytest.raises(khplans.KhplansError, match=rf"tasks\.parquet.*the table (?:has )?{said}"):
        khplans.load(source=folder).tasks  # noqa: B018


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://", "https://a b/", "http://\0", "http://127.0.0.1:99999/"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(khplans.KhplansError):
        khplans.load(source=address)


@pytest.mark.parametrize("member", ["bomb", "many"])
def test_an_archive_that_unpacks_to_more_than_stated_is_refused(
    tmp_path: Path, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MOST_OF_A_MEMBER", 1_000_000)
    monkeypatch.setattr(stores, "MOST_MEMBERS", 100)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        if member == "bomb":
            archive.writestr("datapackage.json", b" " * 1_000_001)
        else:
            for i in range(101):
                archive.writestr(f"{i}", "")
    with pytest.raises(khplans.KhplansError, match="unpacks to more"):
        khplans.load(source=tmp_path / "a.zip")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"resources": 9' + "9" * 5_000 + "}",
        "null", "7", '"x"', "[]", "{}", '{"resources": 7}', '{"resources": [7]}',
        '{"resources": [{}]}', '{"resources": [{"path": 7}]}', '{"resources": [{"path": "../x"}]}',
        '{"resources": [{"path": "a", "name": 7, "format": "parquet"}]}', "\ud800",
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
@pytest.mark.parametrize("name", ["datapackage.json", "versions.json", "release.json"])
def test_odd_json_is_told(tmp_path: Path, releases: Path, name: str, text: str) -> None:
    folder = releases if name == "versions.json" else releases / "1.0.1"
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    if name != "versions.json":
        (folder / "SHA256SUMS").unlink()
    with pytest.raises(khplans.KhplansError):
        assert khplans.load(source=folder).tasks is None
