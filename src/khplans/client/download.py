"""Fetching files over HTTP: broken-off downloads go on, every file is compared with its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from khplans import __version__
from khplans.client.cache import Cache
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    import requests

_TRIES = 4
_PIECE = 4096  # bytes; what has come of a piece when the transfer breaks off is fetched again
_TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two reads


class OfflineError(KhplansError):
    """The address can't be reached: no network, or nobody answers there."""


class NotThereError(KhplansError):
    """The address answers and says that it doesn't have the file."""


def get(url: str) -> bytes:
    """A small file whose hash isn't known; raises `OfflineError` or `NotThereError`."""
    import requests

    with _session() as session:
        for tries_left in reversed(range(_TRIES)):
            try:
                response = session.get(url, timeout=_TIMEOUT)
                _refuse(response, url)
                return response.content
            except requests.RequestException as error:
                if not tries_left or not _broke_off(error):
                    raise _unreachable(url, error) from error
    raise AssertionError("the last try returns or raises")


def fetch(url: str, sha256: str, cache: Cache) -> bytes:
    """A file by its hash: from the cache, else downloaded into it, going on where one broke off.

    Raises `KhplansError` where what the address has is not the file of that hash.
    """
    with cache.gathering(f"{sha256}.part") as part:
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
    import requests

    state = _state_of(part)
    with _session() as session:
        for tries_left in reversed(range(_TRIES)):
            headers = {"Accept-Encoding": "identity"}
            seen = state.read_text("utf-8") if only_if_same and state.exists() else ""
            have = part.stat().st_size if part.exists() and (seen or not only_if_same) else 0
            if have:
                headers["Range"] = f"bytes={have}-"
                if seen:
                    headers["If-Range"] = seen
            try:
                with session.get(url, headers=headers, stream=True, timeout=_TIMEOUT) as response:
                    if response.status_code == requests.codes.requested_range_not_satisfiable:
                        return  # nothing is left to fetch
                    _refuse(response, url)
                    goes_on = response.status_code == requests.codes.partial_content
                    if only_if_same and not goes_on:
                        fresh = response.headers.get("ETag") or response.headers.get(
                            "Last-Modified"
                        )
                        state.write_text(fresh or "", "utf-8")
                    with part.open("ab" if goes_on else "wb") as stream:
                        for chunk in response.iter_content(_PIECE):
                            stream.write(chunk)
                    return
            except requests.RequestException as error:
                if not tries_left or not _broke_off(error):
                    raise _unreachable(url, error) from error
    raise AssertionError("the last try returns or raises")


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
    if response.status_code >= 400:
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
