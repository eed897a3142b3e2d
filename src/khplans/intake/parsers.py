"""The parsers of Word files, PDFs, web pages and Markdown, which only those need who read such files."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from khplans.errors import KhplansError, both


def parser_of(form: str, module: str, where: str, extra: str = "web") -> Any:
    """A module that reads files of a form; `extra` is the one of khplans that brings it.

    Raises `KhplansError` where it isn't installed.

    >>> parser_of(".html", "no_such_parser.etree", "a.html")
    Traceback (most recent call last):
    khplans.errors.KhplansError: a.html: cần no_such_parser để đọc .html / reading .html needs no_such_parser. pip install 'khplans[web]'
    """
    return needed(module, where, extra, f"cần {{}} để đọc {form}", f"reading {form} needs {{}}")


def needed(module: str, where: str, extra: str, vi: str, en: str) -> Any:
    """A module; where it isn't installed a `KhplansError` says what needs it (`{}`), and the extra that brings it."""
    try:
        return import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        raise KhplansError(
            "library-missing",
            both(vi.format(package), en.format(package)),
            where=where,
            remedy=f"pip install 'khplans[{extra}]'",
        ) from None
