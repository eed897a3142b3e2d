"""A static server that stands for the published site: ranges, and the ways in which servers fail."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Site:
    """What is served and how: `cut` breaks each file's first answers off after so many bytes."""

    root: Path
    address: str = ""
    cut: dict[str, int] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    fails: dict[str, list[int]] = field(default_factory=dict)
    """The answers that a file's first requests get."""
    etag: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Each request's path and its Range."""


@contextmanager
def serve(root: Path, handler: type[BaseHTTPRequestHandler] | None = None) -> Iterator[Site]:
    """Serve a folder, or what another `handler` answers."""
    site = Site(root)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            wanted = self.headers.get("Range", "")
            site.asked.append((name, wanted))
            path = site.root / name
            if site.fails.get(name):
                self.send_response(site.fails[name].pop(0))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if name in site.status or not path.is_file():
                self.send_response(site.status.get(name, 404))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            data = path.read_bytes()
            etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
            start = 0
            same = self.headers.get("If-Range") in (None, etag)
            if same and (match := re.fullmatch(r"bytes=(\d+)-", wanted)):
                start = int(match[1])
                if start >= len(data):
                    self.send_response(416)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            else:
                self.send_response(200)
            if site.etag:
                self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            if name in site.cut:
                self.wfile.write(data[start : start + site.cut[name]])
                self.close_connection = True
            else:
                self.wfile.write(data[start:])

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler or Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
