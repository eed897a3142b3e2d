"""Fetching files over HTTP: broken-off downloads go on, every file is compared with its hash."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from khplans import __version__
from khplans.client.cache import Cache
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    import requests

_TRIES = 4
_PIECE = 4096  # bytes; what has come of a piece when the transfer breaks off is fetched again
_PAUSE = 0.5  # seconds before a server that failed is asked again
_PASSING = frozenset({429, 500, 502, 503, 504})
_NOTHING_LEFT, _GOES_ON = 416, 206
_TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two reads


MOST_OF_A_LIST = 64_000_000
"""Bytes of versions.json, SHA256SUMS or a descriptor: those of a hundred thousand plans are smaller."""
MOST_OF_A_FILE = 4_000_000_000
"""Bytes of a table or a zip, which ends at 4 GB."""
LONGEST = 3_600
"""Seconds that one file may take."""

T = TypeVar("T")


class OfflineError(KhplansError):
    """The address can't be reached: no network, or nobody answers there."""


class NotThereError(KhplansError):
    """The address answers and says that it doesn't have the file."""


def get(url: str) -> bytes:
    """A small file whose hash isn't known; raises `OfflineError` or `NotThereError`."""
    return _asked(url, {}, lambda response: b"".join(_body(response, url, MOST_OF_A_LIST)))


def fetch(url: str, sha256: str, cache: Cache) -> bytes:
    """A file by its hash: from the cache, else downloaded into it, going on where one broke off.

    Raises `KhplansError` where what the address has is not the file of that hash.
    """
    with cache.gathering(sha256) as part:
        for _ in range(2):  # a part that something else has spoilt is thrown away, once
            kept = cache.read(sha256)
            if kept is not None:
                return kept
            gather(url, part)
            if cache.keep(part, sha256):
                return cache.path(sha256).read_bytes()
    raise KhplansError(
        both(
            "nội dung tải về không khớp mã băm của bản phát hành",
            "what was downloaded is not the release's file (wrong SHA-256)",
        ),
        where=url,
        remedy=both(
            "báo cho nơi phát hành; không dùng tệp này", "tell the publisher; do not use the file"
        ),
    )


def fetch_unknown(url: str, cache: Cache) -> str:
    """A file whose hash isn't known before; returns the hash under which the cache has it."""
    with cache.gathering(hashlib.sha256(url.encode()).hexdigest()) as part:
        gather(url, part, only_if_same=True)
        with part.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        cache.keep(part, sha256)
        _state_of(part).unlink(missing_ok=True)
    return sha256


def gather(url: str, part: Path, *, only_if_same: bool = False) -> None:
    """Download into `part`, going on from what it holds.

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

    def write(response: requests.Response) -> None:
        if response.status_code == _NOTHING_LEFT:
            return
        goes_on = response.status_code == _GOES_ON
        if only_if_same and not goes_on:
            fresh = response.headers.get("ETag") or response.headers.get("Last-Modified")
            state.write_text(fresh or "", "utf-8")
        room = MOST_OF_A_FILE - (part.stat().st_size if goes_on else 0)
        with part.open("ab" if goes_on else "wb") as stream:
            for chunk in _body(response, url, room):
                stream.write(chunk)

    _asked(url, headers, write)


def _asked(
    url: str,
    headers: Mapping[str, str] | Callable[[], Mapping[str, str]],
    take: Callable[[requests.Response], T],
) -> T:
    """What `take` makes of the answer; asks again where the server fails or the transfer breaks off."""
    import requests

    with _session() as session:
        for tries_left in reversed(range(_TRIES)):
            asked = headers() if callable(headers) else headers
            try:
                with session.get(url, headers=asked, stream=True, timeout=_TIMEOUT) as response:
                    if response.status_code in _PASSING and tries_left:
                        time.sleep(_PAUSE)
                        continue
                    _refuse(response, url)
                    return take(response)
            except (
                requests.exceptions.InvalidURL,
                requests.exceptions.InvalidSchema,
                requests.exceptions.MissingSchema,
                requests.TooManyRedirects,
                UnicodeError,
            ) as error:
                raise _unusable(url, error) from error
            except requests.RequestException as error:
                if not tries_left or not _broke_off(error):
                    raise _unreachable(url, error) from error
    raise AssertionError("the last try returns or raises")


def _body(response: requests.Response, url: str, most: int) -> Iterator[bytes]:
    """The unpacked bytes of an answer, no more and no longer than stated."""
    begun, size = time.monotonic(), 0
    for chunk in response.iter_content(_PIECE):
        size += len(chunk)
        if size > most:
            raise _refused(url, f"lớn hơn {most:,} byte", f"larger than {most:,} bytes")
        if time.monotonic() - begun > LONGEST:
            raise _refused(url, f"quá chậm: hơn {LONGEST} giây", f"too slow: over {LONGEST} s")
        yield chunk


def _refused(url: str, vi: str, en: str) -> KhplansError:
    return KhplansError(
        both(vi, en),
        where=url,
        remedy=both(
            "xem lại địa chỉ; báo cho nơi phát hành", "check the address; tell the publisher"
        ),
    )


def _unusable(url: str, error: Exception) -> KhplansError:
    return KhplansError(
        both("địa chỉ không dùng được", f"the address can't be used ({type(error).__name__})"),
        where=url,
        remedy=both("xem lại địa chỉ", "check the address"),
    )


def _state_of(part: Path) -> Path:
    """Where it is kept which file a part is a part of."""
    return part.with_name(part.name + ".state")


def _session() -> requests.Session:
    import requests

    session = requests.Session()
    session.headers["User-Agent"] = f"khplans/{__version__}"
    return session


def _refuse(response: requests.Response, url: str) -> None:
    if response.status_code in (404, 410):
        raise NotThereError(
            both("không có tệp này ở địa chỉ", "the address has no such file"), where=url
        )
    if response.status_code >= 400 and response.status_code != _NOTHING_LEFT:
        raise KhplansError(
            both(
                f"máy chủ trả lời {response.status_code}",
                f"the server answers {response.status_code}",
            ),
            where=url,
            remedy=both("thử lại sau", "try again later"),
        )


def _broke_off(error: requests.RequestException) -> bool:
    """Whether a transfer broke off and may go on; where nobody answers, nothing is to be tried again."""
    import requests

    return isinstance(error, requests.exceptions.ChunkedEncodingError | requests.ReadTimeout)


def _unreachable(url: str, error: Exception) -> OfflineError:
    host = urlsplit(url).netloc
    return OfflineError(
        both(
            f"không kết nối được tới {host}",
            f"offline: {host} can't be reached ({type(error).__name__})",
        ),
        where=url,
        remedy=both("xem lại mạng", "check the network"),
    )
