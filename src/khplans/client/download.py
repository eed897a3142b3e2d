"""Fetching files over HTTP: broken-off downloads go on, every file is compared with its hash.

Not through pooch 1.9, which begins a broken-off file anew, takes any size for any time, unpacks what a server
packed, follows redirects anywhere (https to http, file:), and whose processes don't wait for each other.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from khplans import __version__
from khplans.client.cache import Cache
from khplans.errors import KhplansError, refusal
from khplans.outside import MOST_OF_A_LIST
from khplans.packages.store import file_sha256

if TYPE_CHECKING:
    import requests

_TRIES = 4
_PIECE = 4096  # bytes; what has come of a piece when the transfer breaks off is fetched again
_PAUSE = 0.5  # seconds before a server that failed is asked again
_PASSING = frozenset({429, 500, 502, 503, 504})
_NOTHING_LEFT, _GOES_ON = 416, 206  # statuses
_TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two reads
_LOOK = 1.0  # seconds between two looks at how a transfer goes
_MOST_REDIRECTS = 5

MOST_OF_A_FILE = 1_000_000_000
"""Bytes of a table or a text, which are read whole: a hundred thousand plans have no larger table."""
MOST_OF_A_ZIP = 4_000_000_000
"""Bytes of a zip: where the plain format ends."""
LONGEST = 3_600
"""Seconds that one file, or all of a release, may take."""
GRACE = 60
"""Seconds that a server has to wake up and begin: as long as between two reads."""
SLOWEST = 1_000
"""Bytes a second, on average, that a file has to come at: the slowest mobile lines bring more."""

T = TypeVar("T")


class OfflineError(KhplansError):
    """The address can't be reached: no network, or nobody answers there."""


class NotThereError(KhplansError):
    """The address answers and says that it doesn't have the file."""


class _PassingError(KhplansError):
    """The server says that it fails for now."""


def get(url: str) -> bytes:
    """A small file whose hash isn't known; raises `OfflineError` or `NotThereError`."""
    return _asked(url, dict, lambda response, pace: b"".join(_body(response, pace, MOST_OF_A_LIST)))


def fetch(url: str, sha256: str, cache: Cache) -> bytes:
    """A file by its hash: from the cache, else downloaded into it, going on where one broke off.

    Raises `KhplansError` where what the address has is not the file of that hash.
    """
    with cache.gathering(sha256) as part:
        for _ in range(2):  # a part that something else has spoilt is thrown away, once
            kept = cache.read(sha256)
            if kept is not None:
                return kept
            download_into(url, part, MOST_OF_A_FILE)
            if cache.keep(part, sha256):
                return cache.path(sha256).read_bytes()
    raise refusal("download-altered", url)


def fetch_unknown(url: str, cache: Cache) -> str:
    """A file whose hash isn't known before; returns the hash under which the cache has it."""
    with cache.gathering(hashlib.sha256(url.encode()).hexdigest()) as part:
        download_into(url, part, MOST_OF_A_ZIP, only_if_same=True)
        sha256 = file_sha256(part)
        cache.keep(part, sha256)
        _state_of(part).unlink(missing_ok=True)
    return sha256


def download_into(url: str, part: Path, most: int, *, only_if_same: bool = False) -> None:
    """Download into `part`, at most so many bytes, going on from what it holds.

    `only_if_same`: go on only where the server vouches that the file is still the one that was
    begun (its ETag or date); for a file whose hash will tell that isn't needed.
    """
    state = _state_of(part)

    def headers() -> dict[str, str]:
        seen = state.read_text("utf-8") if only_if_same and state.exists() else ""
        have = part.stat().st_size if part.exists() and (seen or not only_if_same) else 0
        asked = {"Accept-Encoding": "identity"}
        if have:
            asked["Range"] = f"bytes={have}-"
            if seen:
                asked["If-Range"] = seen
        return asked

    def write(response: requests.Response, pace: _Pace) -> None:
        if response.status_code == _NOTHING_LEFT:
            return
        goes_on = response.status_code == _GOES_ON
        if only_if_same and not goes_on:
            fresh = response.headers.get("ETag") or response.headers.get("Last-Modified")
            state.write_text(fresh or "", "utf-8")
        room = most - (part.stat().st_size if goes_on else 0)
        with part.open("ab" if goes_on else "wb", buffering=0) as stream:
            for chunk in _body(response, pace, room):
                stream.write(chunk)

    _asked(url, headers, write)


class _Pace:
    """How fast a transfer goes; where it's given up, nothing that comes after that is taken."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.given_up = False
        self._begun, self._size = time.monotonic(), 0

    def take(self, count: int) -> None:
        """Count bytes that have come; raises where the transfer is given up."""
        self._size += count
        self.refuse_slow()

    def refuse_slow(self) -> None:
        """Raise `KhplansError` where too little has come by now."""
        seconds = min(LONGEST, GRACE + self._size / SLOWEST)
        if self.given_up or time.monotonic() - self._begun > seconds:
            raise refusal("answer-too-slow", self.url, size=self._size, seconds=seconds)


Take = Callable[["requests.Response", _Pace], T]


def _asked(url: str, headers: Callable[[], Mapping[str, str]], take: Take[T]) -> T:
    """What `take` makes of the answer; asks again where the server fails or the transfer breaks off."""
    import requests

    with _session() as session:
        for tries_left in reversed(range(_TRIES)):
            try:
                return _watched(url, lambda pace: _answer(session, pace, headers(), take))
            except _PassingError:
                if not tries_left:
                    raise
                time.sleep(_PAUSE)
            except (ValueError, requests.exceptions.ContentDecodingError) as error:
                raise refusal("address-refused", url, why=type(error).__name__) from error
            except requests.RequestException as error:
                if not tries_left or not _broke_off(error):
                    raise _unreachable(url, error) from error
    raise AssertionError("the last try returns or raises")


def _watched(url: str, work: Callable[[_Pace], T]) -> T:
    """What `work` gives, which is left alone where a server holds it up, byte after byte, without end.

    The time between two reads is bounded by `_TIMEOUT`, which such a server never lets pass: so another
    thread reads, and this one looks at how much has come.
    """
    pace = _Pace(url)
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work(pace))
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        while not wait([outcome], _LOOK).done:
            pace.refuse_slow()
    finally:
        pace.given_up = True
    return outcome.result()


def _answer(session: requests.Session, pace: _Pace, headers: Mapping[str, str], take: Take[T]) -> T:
    """What `take` makes of the answer at the end of the redirects."""
    url = pace.url
    for _ in range(_MOST_REDIRECTS + 1):
        with session.get(url, headers=headers, stream=True, timeout=_TIMEOUT) as response:
            if not response.is_redirect:
                _refuse(response, pace.url)
                return take(response, pace)
            url = _redirected(url, response.headers["Location"])
    raise refusal("address-refused", pace.url, why=f"{_MOST_REDIRECTS + 1} redirects")


def _redirected(url: str, target: str) -> str:
    """Where a redirect leads: to a server, and from https to https alone.

    >>> _redirected("http://a.vn/b", "/c"), _redirected("http://a.vn/b", "https://c.vn/")
    ('http://a.vn/c', 'https://c.vn/')
    >>> _redirected("https://a.vn/b", "http://a.vn/c")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: https://a.vn/b: địa chỉ không dùng được (redirect t...
    """
    try:
        there = urljoin(url, target.encode("latin-1").decode("utf-8"))
        scheme = urlsplit(there).scheme
    except ValueError as error:
        raise refusal("address-refused", url, why="redirect") from error
    if scheme != "https" and (scheme, urlsplit(url).scheme) != ("http", "http"):
        raise refusal("address-refused", url, why=f"redirect to {scheme}:")
    return there


def _body(response: requests.Response, pace: _Pace, most: int) -> Iterator[bytes]:
    """The unpacked bytes of an answer, no more and no longer than stated."""
    if "," in response.headers.get("Content-Encoding", ""):
        raise refusal("address-refused", pace.url, why="packed more than once")
    size = 0
    for chunk in response.iter_content(_PIECE):
        size += len(chunk)
        if size > most:
            raise refusal("answer-too-large", pace.url, most=most)
        pace.take(len(chunk))
        yield chunk


def _state_of(part: Path) -> Path:
    """Where it is kept which file a part is a part of."""
    return part.with_name(part.name + ".state")


def _session() -> requests.Session:
    import requests

    class Session(requests.Session):
        """Follows no redirect: requests would read its body, however long, and go anywhere."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None

    session = Session()
    session.headers["User-Agent"] = f"khplans/{__version__}"
    return session


def _refuse(response: requests.Response, url: str) -> None:
    if response.status_code in (404, 410):
        raise NotThereError.called("file-not-at-address", url)
    if response.status_code >= 400 and response.status_code != _NOTHING_LEFT:
        kind = _PassingError if response.status_code in _PASSING else KhplansError
        raise kind.called("server-fails", url, status=response.status_code)


def _broke_off(error: requests.RequestException) -> bool:
    """Whether a transfer broke off and may go on; where nobody answers, nothing is to be tried again.

    >>> import requests
    >>> errors = requests.exceptions.ChunkedEncodingError(), requests.ReadTimeout(), requests.ConnectionError()
    >>> [_broke_off(error) for error in errors]
    [True, True, False]
    """
    import requests

    return isinstance(error, requests.exceptions.ChunkedEncodingError | requests.ReadTimeout)


def _unreachable(url: str, error: Exception) -> OfflineError:
    host, kind = urlsplit(url).netloc, type(error).__name__
    return OfflineError.called("host-unreachable", url, host=host, kind=kind)
