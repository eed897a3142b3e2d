"""The one way from the command to a terminal: what would act there or hide is shown instead."""

from __future__ import annotations

import json
import sys

import click

from khplans.text.visible import escape_json, visible


def say(text: str, *, err: bool = False) -> None:
    """Print lines for people, on standard error with `err`."""
    click.echo(visible(text), err=err)


def say_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON, exact: what a terminal would obey is escaped."""
    say(escape_json(json.dumps(value, ensure_ascii=False, indent=indent)))


def give(data: str) -> None:
    """Print data: to the character into a file or a pipe, as `say` does on a terminal."""
    click.echo(visible(data) if sys.stdout.isatty() else data, nl=False, color=True)
