"""SHA256SUMS: written as `sha256sum` does, read so strictly that no flipped bit passes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from khplans.errors import refusal
from khplans.outside import MOST_OF_A_LIST, is_below

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\s\\][^\n\\]*)")


def sha256(data: bytes) -> str:
    """SHA-256, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sums_text(sums: Mapping[str, str]) -> bytes:
    """The lines for these sums, by path; `sha256sum --check` reads them."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def read_sums(data: bytes, where: str) -> dict[str, str]:
    """Path to sum.

    Raises `KhplansError` where it isn't exactly as `sums_text` gives it.
    """
    if len(data) > MOST_OF_A_LIST:
        raise refusal("sums-broken", where, what=f"> {MOST_OF_A_LIST:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refusal("sums-broken", where, what=f"byte {error.start}") from error
    sums: dict[str, str] = {}
    last = ""
    for number, line in enumerate(text.split("\n")[:-1], 1):
        match = _LINE.fullmatch(line)
        if not match or not is_below(match[2]) or match[2] <= last:
            raise refusal("sums-broken", f"{where}:{number}", what=line[:80])
        last = match[2]
        sums[last] = match[1]
    if not text.endswith("\n") or not sums:
        raise refusal("sums-broken", where, what=text[-40:])
    return sums
