"""The one way from the command to a terminal: what would act there or hide is shown instead."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from khplans.errors import KhplansError, both
from khplans.text.visible import escape_json, visible

_LINE = 60
"""Letters of a line that is written over, so that nothing of a longer one stays."""
_COUNTED = ("documents", "tasks", "indicators", "citations", "agencies", "warnings")


def say(text: str, *, err: bool = False) -> None:
    """Print lines for people, on standard error with `err`."""
    click.echo(visible(text), err=err)


def say_error(error: KhplansError) -> None:
    """One line on standard error: what is wrong, where, what to do, and the code of its kind."""
    say(f"khplans: {' '.join(str(error).split())} [{error.code}]", err=True)


def say_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON, exact: what a terminal would obey is escaped."""
    say(escape_json(json.dumps(value, ensure_ascii=False, indent=indent)))


@contextmanager
def telling_pages(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What tells of each page that is done, of how many, in one line of a terminal; None where there is none."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    lines: list[str] = []

    def tell(done: int, total: int) -> None:
        lines.append(both(f"trang {done}/{total}", f"page {done} of {total}").ljust(_LINE))
        click.echo(f"\r  {lines[-1]}", err=True, nl=False)

    try:
        yield tell
    finally:
        if lines:
            click.echo(err=True)


def give(data: str) -> None:
    """Print data: to the character into a file or a pipe, as `say` does on a terminal."""
    click.echo(visible(data) if sys.stdout.isatty() else data, nl=False, color=True)


def count_rows(package: Path) -> dict[str, int]:
    """The number of rows of each table."""
    from khplans.packages.reader import OwnReader

    reader = OwnReader(package)
    return {name: reader.about(name)[1] for name in reader.names}


def in_words(rows: Mapping[str, int]) -> str:
    """The main counts in both languages.

    >>> in_words({"documents": 1, "tasks": 2, "indicators": 3, "citations": 0, "agencies": 5, "warnings": 6})
    'văn bản/documents 1 · nhiệm vụ/tasks 2 · chỉ tiêu/indicators 3 · viện dẫn/citations 0 · cơ quan/agencies 5 · cảnh báo/warnings 6'
    """
    from khplans.tables.definition import table

    return " · ".join(
        f"{table(name).title.lower()}/{table(name).title_en.lower()} {rows[name]}"
        for name in _COUNTED
    )
