"""What callers give, checked before it is used: pandas hands on empty cells, lists and columns too."""

from __future__ import annotations

import os
import unicodedata
from contextlib import suppress
from operator import index
from pathlib import Path

from khplans.client.typed_names import UnknownNameError
from khplans.errors import refusal
from khplans.outside import is_address, is_text


def text_of(given: object) -> str:
    """A name, an id or a query, in NFC; raises `UnknownNameError` for what is no text.

    >>> text_of(float("nan"))
    Traceback (most recent call last):
    khplans.client.typed_names.UnknownNameError: cần chữ, không phải / a text is wanted, not float: nan. bỏ các ô trống trước / leave empty cells out first
    """
    if isinstance(given, str) and is_text(given):
        return unicodedata.normalize("NFC", given)
    raise UnknownNameError.called("no-text-given", given=_shown(given))


def place_of(given: object) -> str | None:
    """Where a release is meant to be: an address or a path, None for none; raises as `path_of`.

    >>> place_of(None), place_of("https://a.vn/"), place_of(Path("a"))
    (None, 'https://a.vn/', 'a')
    >>> place_of(5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: int: 5: đường dẫn không dùng được / no usable path ...
    """
    if given is None or (isinstance(given, str) and is_address(given)):
        return given
    path_of(given)
    return os.fspath(given)  # type: ignore[call-overload, no-any-return]


def path_of(given: object) -> Path:
    """The folder or file that is meant, with `~` as home; raises `KhplansError` for what names none."""
    try:
        path = Path(given).expanduser()  # type: ignore[arg-type]
        with suppress(FileNotFoundError, NotADirectoryError):
            path.stat()
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise refusal("path-unusable", _shown(given), error=error) from error
    return path


def count_of(given: object) -> int:
    """A whole number from 0 on; raises `KhplansError` for what is none.

    >>> count_of(300), count_of(True)
    (300, 1)
    >>> count_of(-1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: cần số nguyên từ 0 / a whole number from 0 on is wa...
    """
    with suppress(TypeError):
        if (number := index(given)) >= 0:  # type: ignore[arg-type]
            return number
    raise refusal("number-unusable", given=_shown(given))


def _shown(given: object) -> str:
    """A value of any kind, on one line."""
    return f"{type(given).__name__}: {' '.join(ascii(given).split())[:80]}"
