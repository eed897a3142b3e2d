"""What verbs have in common: their options, and how rows are printed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khplans.cli._printing import give, say, say_error
from khplans.errors import KhplansError, both, refusal
from khplans.text.visible import escape_json, visible

if TYPE_CHECKING:
    import pandas as pd

    from khplans.client.collection import Collection

FORMATS = ("table", "csv", "json")
_WIDEST = 60  # characters of a column in a table for reading
_GAP = 2

PLANS, PACKAGES, RULES = Path("plans"), Path("datapackages"), Path("checks")
RELEASES, SITE = Path("releases"), Path("site")
GOLD, LOCK = Path("tests/gold"), Path("requirements.lock")

_Command = TypeVar("_Command", bound=Callable[..., Any])
T = TypeVar("T")


as_json = click.option(
    "--json", "as_json", is_flag=True, help="In kết quả bằng JSON / print the result as JSON."
)


workers = click.option(
    "--workers", type=click.IntRange(min=1), help="Số tiến trình / how many processes to use."
)
keep_going = click.option(
    "--keep-going",
    is_flag=True,
    help="Bỏ qua tệp hỏng, làm tiếp, kể ra cuối cùng rồi thoát với mã lỗi / leave bad files out, "
    "go on, list them at the end and exit with an error.",
)


def report_failures(failed: Iterable[KhplansError]) -> None:
    """A line on standard error for each that was left out; exits with 1 where there is one.

    >>> report_failures([])
    >>> try: report_failures(iter([KhplansError("system", "x")]))
    ... except SystemExit as ended: ended.code
    1
    """
    errors = list(failed)
    for error in errors:
        say_error(error)
    if errors:
        raise SystemExit(1)


def failures_as_json(failed: Iterable[KhplansError]) -> list[dict[str, str]]:
    """What was left out: the kind of error, where, what is wrong, what to do."""
    return [{"code": e.code, "where": e.where, "what": e.what, "remedy": e.remedy} for e in failed]


class _Place(click.Path):
    """A folder of this machine, a `Path`, or the address of one in a store, as it was written."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        from khplans.cluster.stores import is_store

        if isinstance(value, str) and is_store(value):
            return value
        return Path(os.fsdecode(super().convert(value, param, ctx)))


_PATH = click.Path(path_type=Path)


def folder(
    flag: str, name: str, default: Path, words: str, kind: click.Path = _PATH
) -> Callable[[_Command], _Command]:
    """An option that names a file or folder; its help ends in the default."""
    return click.option(flag, name, type=kind, default=default, help=f"{words}. [{default}]")


plans_folder = folder("--plans", "plans", PLANS, "Thư mục kế hoạch / the folder of plans")
packages_folder = folder(
    "--to", "packages", PACKAGES, "Nơi ghi gói dữ liệu / where the packages go"
)
_OR_STORE = "hoặc địa chỉ trong kho / or an address in a store: s3://…"
plans_place = folder(
    "--plans", "plans", PLANS, f"Thư mục kế hoạch / the folder of plans; {_OR_STORE}", _Place()
)
packages_place = folder(
    "--to",
    "packages",
    PACKAGES,
    f"Nơi ghi gói dữ liệu / where the packages go; {_OR_STORE}",
    _Place(),
)
gold_folder = folder("--gold", "gold", GOLD, "Thư mục đáp án / the folder of answers")
lock_file = click.option(
    "--lock",
    "lock",
    type=click.Path(path_type=Path),
    default=lambda: LOCK if LOCK.is_file() else None,
    help="Tệp khóa thư viện / the lock file. "
    f"[{LOCK}; không có thì các thư viện đang cài / without one the installed libraries]",
)


Shown = tuple["pd.DataFrame", tuple[str, ...]]
"""Rows, and the columns of them that a table for reading has; none for all."""


def asks_release(command: Callable[..., T]) -> Callable[..., T]:
    """Give a command the release that `--version` and `--source` choose, before all else."""

    @click.option(
        "--source",
        metavar="NƠI",
        help="Thư mục, tệp zip hoặc địa chỉ / a folder, a zip or an address.",
    )
    @click.option("--version", metavar="X.Y.Z", help="Phiên bản dữ liệu / the version of the data.")
    @wraps(command)
    def asking(version: str | None, source: str | None, **given: Any) -> T:
        return command(open_release(version, source), **given)

    return asking


def prints_rows(command: Callable[..., Shown]) -> Callable[..., None]:
    """Print what a command gives, as `--format` says or, for `--format json`, `--json`."""

    @click.option(
        "--json", "form", flag_value="json", help="Như --format json / the same as --format json."
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="In bảng để đọc, CSV hay JSON / print a table for reading, CSV or JSON.",
    )
    @wraps(command)
    def printing(form: str, **given: Any) -> None:
        frame, shown = command(**given)
        print_rows(frame, form, shown)

    return printing


def open_release(version: str | None, source: str | None) -> Collection:
    """The release that the options, or a khplans.lock, choose; else in a catalogue's folder its own."""
    from khplans.client import load
    from khplans.client.lockfile import find_lock

    if source is None and find_lock(Path.cwd()) is None:
        source = own_releases()
    return load(version, source)


def own_releases() -> str | None:
    """The folder of the catalogue that this is, for `load`; None where it is none.

    Raises `KhplansError` for a catalogue that has no release: another's would be told as its own.
    """
    from khplans.settings import SETTINGS

    if not Path(SETTINGS).is_file():
        return None
    if not (RELEASES / "versions.json").is_file():
        raise refusal("site-without-release", RELEASES)
    return RELEASES.parent.as_posix()


def print_rows(frame: pd.DataFrame, form: str, shown: tuple[str, ...]) -> None:
    """Print a frame: all of it as CSV or JSON, the columns `shown` (or all) as a table."""
    if form == "csv":
        give(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
    elif form == "json":
        say(to_json(frame))
    else:
        say(to_table(frame[list(shown)] if shown else frame))
        say(both(f"{len(frame)} dòng", "rows"), err=True)


def to_json(frame: pd.DataFrame) -> str:
    """The rows as a JSON array: dates are ISO, empty cells null."""
    import json

    dated = frame.copy()
    for column in dated.select_dtypes("datetime"):
        dated[column] = dated[column].dt.strftime("%Y-%m-%d")
    rows = dated.astype(object).where(dated.notna(), None).to_dict("records")
    text = json.dumps(rows, ensure_ascii=False, indent=2, default=lambda value: value.item())
    return escape_json(text)


def to_table(frame: pd.DataFrame) -> str:
    """The rows as lines, cut so that they fit the terminal: the last column takes what is left."""
    import shutil

    names = [str(name) for name in frame.columns]
    rows = [names, *([_cell(value) for value in row] for row in frame.itertuples(index=False))]
    widths = [min(_WIDEST, max(len(row[i]) for row in rows)) for i in range(len(names))]
    room = shutil.get_terminal_size((120, 24)).columns - sum(widths[:-1]) - _GAP * (len(widths) - 1)
    widths[-1] = max(20, room)
    return "\n".join(
        (" " * _GAP)
        .join(_fit(cell, width) for cell, width in zip(row, widths, strict=True))
        .rstrip()
        for row in rows
    )


def _cell(value: object) -> str:
    import pandas as pd

    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(visible(str(value)).split())


def _fit(text: str, width: int) -> str:
    """A text in so many columns, cut where it is longer.

    >>> _fit("ab", 4), _fit("abcde", 4)
    ('ab  ', 'abc…')
    """
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
