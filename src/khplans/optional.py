"""Libraries that only some questions need, and what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from khplans.errors import refusal


def needed(library: str, extra: str) -> Any:
    """A library of an extra; raises `KhplansError` that says how to install it.

    >>> needed("no_such_library", "sql")
    Traceback (most recent call last):
    khplans.errors.KhplansError: chưa cài thư viện / the library no_such_library is not installed. chạy / run: pip install "khplans[sql]"
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise refusal(
            "library-not-installed", library=library.partition(".")[0], extra=extra
        ) from error
