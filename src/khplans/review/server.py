"""The local page's server: for this machine alone, for who has its token, until the page is closed."""

from __future__ import annotations

import re
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from khplans.errors import KhplansError, refusal
from khplans.outside import Keyed, is_count, is_flag, is_text, read_object
from khplans.review.page import ADDED, as_json, cells_shown, config, plan_of, shell, state_of
from khplans.review.pictures import drawer
from khplans.review.places import search
from khplans.review.session import Session
from khplans.site.languages import Language
from khplans.text.passage import Span

HOST = "127.0.0.1"
_MOST_SENT = 200_000
_BEAT_S = 1.0
_CLOSED_S = 5.0
"""A page that is loaded anew comes back sooner."""
_LOADING_S = 60.0
"""From what a page last asked for until it is open; it may be closed before."""
_NEVER_OPENED_S = 900.0
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ASSETS = {
    "logo.svg": ("khplans.site", "assets/logo.svg", "image/svg+xml"),
    "face.css": ("khplans.site", "assets/css/face.css", "text/css"),
    "marks.css": ("khplans.site", "assets/css/marks.css", "text/css"),
    "base.css": ("khplans.review", "assets/base.css", "text/css"),
    "review.css": ("khplans.review", "assets/review.css", "text/css"),
    "review.js": ("khplans.review", "assets/review.js", "text/javascript"),
    **{
        f"vendor/be-vietnam-pro/be-vietnam-pro-{weight}.woff2": (
            "khplans.site", f"vendor/be-vietnam-pro/be-vietnam-pro-{weight}.woff2", "font/woff2",
        )
        for weight in (400, 600)
    },
}  # fmt: skip
_CELLS = re.compile(r"cells/(\d{1,10})/(\d{1,10})")
_PAGE = re.compile(r"page/([1-9]\d{0,4})\.webp")
_IS_VALUES = Keyed(is_text, is_text)
_SENT: Mapping[str, Mapping[str, Any]] = {
    "confirm": {"key": is_text, "seen": is_text, "values": _IS_VALUES, "reason": is_text, "same": is_flag},
    "reject": {"key": is_text, "seen": is_text, "reason": is_text},
    "add": {"table": lambda v: v in ADDED, "start": is_count, "end": is_count, "values": _IS_VALUES, "reason": is_text},
    "correct": {"start": is_count, "end": is_count, "after": is_text, "reason": is_text, "same": is_flag, "first": is_count, "last": is_count},
    "cells": {"start": is_count, "end": is_count, "seen": is_text, "after": is_text, "reason": is_text},
    "learn": {"key": is_text, "name": is_text, "told": _IS_VALUES},
    "undo": {},
}  # fmt: skip
"""What each answer of a person consists of, beside the page that it comes from."""


@dataclass
class Pages:
    """The pages that are open: the server ends once the last is closed, or where none is ever opened."""

    open: int = 0
    since: float = field(default_factory=time.monotonic)
    patience: float = _NEVER_OPENED_S
    alone: threading.Lock = field(default_factory=threading.Lock)

    def change(self, by: int) -> None:
        """Count one that opens or closes; each does so in a thread of its own."""
        with self.alone:
            self.open += by
            self.since, self.patience = time.monotonic(), _CLOSED_S

    def asked(self) -> None:
        """A page asked for something: there is one, open or on its way."""
        with self.alone:
            self.since, self.patience = time.monotonic(), min(self.patience, _LOADING_S)

    def are_over(self) -> bool:
        """Whether nobody is there any more."""
        return not self.open and time.monotonic() - self.since > self.patience


class ReviewServer(ThreadingHTTPServer):
    """Serves one session on a free port of the loopback."""

    daemon_threads = True

    def __init__(self, session: Session, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.session, self.token, self.pages = session, secrets.token_urlsafe(24), Pages()
        self.alone = threading.Lock()
        self.draw = drawer(session)

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that is closed while it is answered is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """The page's address, with the token."""
        return f"{self.origin}/{self.token}/"

    def run(self) -> None:
        """Serve until the page is closed."""
        followers = [
            threading.Thread(target=work, daemon=True)
            for work in (self.session.follow, self.session.find_printed, self._end_when_closed)
        ]
        for follower in followers:
            follower.start()
        try:
            self.serve_forever(poll_interval=0.1)
        finally:
            self.session.end()
            self.server_close()

    def _end_when_closed(self) -> None:
        while not self.pages.are_over():
            time.sleep(_BEAT_S / 2)
        self.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "khplans", ""
    timeout = 60

    def do_GET(self) -> None:
        """A part of the page."""
        asked = self._asked()
        if asked is None:
            return
        plain = asked.removeprefix("en/")
        page = _PAGE.fullmatch(plain)
        if plain in _ASSETS:
            package, path, kind = _ASSETS[plain]
            self._give((files(package) / path).read_bytes(), kind)
        elif page:
            picture = self.server.draw(int(page[1]))
            if picture is None:
                self._refuse(HTTPStatus.NOT_FOUND)
            else:
                self._give(picture, "image/webp")
        elif plain == "news":
            self._tell_news()
        else:
            self._give_part(asked)

    def do_POST(self) -> None:
        """What a person answers, as JSON; the reply is the new state, or what is wrong."""
        asked = self._asked()
        if asked is None:
            return
        form = self.headers.get("Content-Type", "").partition(";")[0]
        language, _, what = asked.rpartition("/")
        own = self.headers.get("Origin") == self.server.origin and form == "application/json"
        length = self.headers.get("Content-Length", "")
        if not own or what not in _SENT or not length.isascii() or not length.isdigit():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        if len(length) > len(str(_MOST_SENT)) or int(length) > _MOST_SENT:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        said = self.rfile.read(int(length))
        words = Language("en" if language == "en" else "vi")
        error, count, key = "", 0, ""
        try:
            told = read_object(said, what, {"page": is_text, **_SENT[what]})
            with self.server.alone:
                count, key = answer(self.server.session, what, told)
        except KhplansError as refused:
            error = refused.in_language(words.code)
        except OSError as refused:
            error = words(f"không ghi được: {refused.strerror}", "it can't be written")
        reply = {
            "refused": error,
            "count": count,
            "key": key,
            "state": state_of(self.server.session, words),
        }
        self._give(as_json(reply), "application/json")

    def _asked(self) -> str | None:
        """The path behind the token; None where it is refused: another host's name, no token."""
        host = self.headers.get("Host", "")
        _, token, *rest = (*self.path.partition("?")[0].split("/", 2), "", "")
        known = secrets.compare_digest(token.encode(), self.server.token.encode())
        site = self.headers.get("Sec-Fetch-Site", "none")
        if host != self.server.origin.removeprefix("http://") or not known:
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        if site not in ("none", "same-origin"):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        self.server.pages.asked()
        return rest[0]

    def _give_part(self, asked: str) -> None:
        """The page or what it asks for, in the language that its address names."""
        session = self.server.session
        part = asked.removeprefix("en/")
        words = Language("vi" if part == asked else "en")
        if part == "":
            self._give(shell(session, words).encode(), "text/html")
        elif part == "config":
            self._give(as_json(config(words)), "application/json")
        elif part == "state":
            self._give(as_json(state_of(session, words)), "application/json")
        elif part == "text":
            self._give(as_json(plan_of(session.state)), "application/json")
        elif part.startswith("find/"):
            wanted = unquote(part.removeprefix("find/"))
            found = search(session.state.plan.source.text, wanted)
            self._give(as_json([[one.start, one.end] for one in found]), "application/json")
        elif cells := _CELLS.fullmatch(part):
            shown = cells_shown(session, int(cells[1]), int(cells[2]), words)
            self._give(as_json(shown), "application/json")
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _tell_news(self) -> None:
        """A stream that says when there is another state; it tells too that the page is still open."""
        self.send_response(HTTPStatus.OK)
        self._head("text/event-stream")
        self.close_connection = True
        self.server.pages.change(+1)
        try:
            serial = 0
            while not self.server.session.ended:
                news = self.server.session.wait_for_news(serial, _BEAT_S)
                serial = self.server.session.state.serial
                self.wfile.write(f"data: {serial}\n\n".encode() if news else b":\n\n")
                self.wfile.flush()
        except OSError:
            pass  # it was closed
        finally:
            self.server.pages.change(-1)

    def _give(self, data: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(data)))
        charset = "" if kind.startswith(("image/", "font/")) else "; charset=utf-8"
        self._head(kind + charset)
        self.wfile.write(data)

    def _head(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self._head("text/plain")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the address has the token."""


def answer(session: Session, what: str, told: Mapping[str, Any]) -> tuple[int, str]:
    """Do what a person says; gives how many rows or places it was done to, and the row that is back."""
    if what == "undo":
        done = session.undo(told["page"])
        return int(done is not None), done.was[0].key if done and done.was else ""

    def words() -> Span:
        return session.words_at(told["start"], told["end"])

    doing: Mapping[str, Callable[[], int | None]] = {
        "confirm": lambda: session.confirm(
            told["key"], told["seen"], told["values"], told["reason"], told["same"]
        ),
        "reject": lambda: session.reject(told["key"], told["seen"], told["reason"]),
        "add": lambda: session.add(told["table"], words(), told["values"], told["reason"]),
        "correct": lambda: session.correct(
            words(),
            told["after"],
            told["reason"],
            session.words_at(told["first"], told["last"]) if told["same"] else None,
        ),
        "cells": lambda: session.arrange(words(), told["seen"], told["after"], told["reason"]),
        "learn": lambda: session.learn(told["key"], told["name"], told["told"]),
    }
    if not str(told.get("reason", "-")).strip():
        raise refusal("reason-missing")
    count = doing[what]()
    session.sign(told["page"])
    return 1 if count is None else count, ""
