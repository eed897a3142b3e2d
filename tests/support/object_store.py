"""A store of objects on this machine: whole objects under names, no folders, no renaming, listings that are kept.

As of S3's, the client remembers what it has listed: what others put there since is not there until it forgets.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import requests
from fsspec.spec import AbstractFileSystem

VARIABLE = "KHPLANS_TEST_STORE"


class _Handler(BaseHTTPRequestHandler):
    objects: dict[str, bytes]

    def do_GET(self) -> None:
        name = unquote(self.path[1:])
        if name.endswith("*"):
            sizes = {n: len(data) for n, data in [*self.objects.items()] if n.startswith(name[:-1])}
            self._answer(200, json.dumps(sizes).encode())
        else:
            self._answer(200 if name in self.objects else 404, self.objects.get(name, b""))

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.objects[unquote(self.path[1:])] = data
        self._answer(200, b"")

    def do_DELETE(self) -> None:
        self._answer(
            200 if self.objects.pop(unquote(self.path[1:]), None) is not None else 404, b""
        )

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Objects(AbstractFileSystem):  # type: ignore[misc]
    """What `objects://…` is to fsspec, in every process that has `site_of` on its path."""

    protocol = "objects"

    def ls(self, path: str, detail: bool = True, **_: object) -> list[Any]:
        path = self._strip_protocol(path).rstrip("/")
        if path not in self.dircache:
            found: dict[str, dict[str, Any]] = {}
            for name, size in json.loads(self._ask("GET", f"{path}/*")).items():
                first, *below = name.removeprefix(f"{path}/").split("/")
                kind = "directory" if below else "file"
                entry = {"name": f"{path}/{first}", "size": 0 if below else size, "type": kind}
                found[entry["name"]] = entry
            self.dircache[path] = [*found.values()]
        if not self.dircache[path]:
            raise FileNotFoundError(path)
        return self.dircache[path] if detail else [one["name"] for one in self.dircache[path]]

    def cat_file(self, path: str, *_: object, **__: object) -> bytes:
        path = self._strip_protocol(path)
        listed = self.dircache.get(self._parent(path))
        if listed is not None and path not in {one["name"] for one in listed}:
            raise FileNotFoundError(path)
        return self._ask("GET", path)

    def pipe_file(self, path: str, value: bytes, **_: object) -> None:
        self._ask("PUT", self._strip_protocol(path), value)

    def get_file(self, rpath: str, lpath: str, **_: object) -> None:
        Path(lpath).write_bytes(self.cat_file(rpath))

    def put_file(self, lpath: str, rpath: str, **_: object) -> None:
        self.pipe_file(rpath, Path(lpath).read_bytes())

    def _rm(self, path: str) -> None:
        self._ask("DELETE", self._strip_protocol(path))

    def invalidate_cache(self, path: str | None = None) -> None:
        self.dircache.clear()

    def _ask(self, method: str, name: str, data: bytes = b"") -> bytes:
        url = f"{os.environ[VARIABLE]}/{quote(name)}"
        answer = requests.request(method, url, data=data, timeout=60)
        if answer.status_code == 404:
            raise FileNotFoundError(name)
        answer.raise_for_status()
        return answer.content


@contextmanager
def object_store() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address of a server, and what it holds by name."""
    objects: dict[str, bytes] = {}
    handler = type("Handler", (_Handler,), {"objects": objects})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", objects
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reaching(address: str, site: Path) -> Mapping[str, str]:
    """The environment of a process in which fsspec opens `objects://…` at a server; `site` is a new folder."""
    told = site / "objects-1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: objects\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[fsspec.specs]\nobjects = object_store:Objects\n")
    path = os.pathsep.join([str(site), str(Path(__file__).parent)])
    return {VARIABLE: address, "PYTHONPATH": path}
