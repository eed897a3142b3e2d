"""A catalogue's own tables of knowledge: what they hold comes on top of the library's.

Which folder they stand in is said once for a process, and for those that it starts, before any table
is read: by the environment, so that each worker reads the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from khplans.errors import both, refusal

VARIABLE = "KHPLANS_KNOWLEDGE"
"""The environment variable that names the folder."""

_MOST = 16_000_000


def own_files(folder: Path) -> dict[str, Path]:
    """The tables of a folder by name, those with a row; raises `KhplansError` for a name that is none.

    >>> own_files(Path("no such folder"))
    {}
    """
    found = {path.stem: path for path in sorted(folder.glob("*.csv")) if path.is_file()}
    data = files("khplans.knowledge") / "data"
    known = sorted(p.name.removesuffix(".csv") for p in data.iterdir() if p.name.endswith(".csv"))
    for name, path in found.items():
        if name not in known:
            raise refusal("no-knowledge-table", path, known=", ".join(known))
    return {name: path for name, path in found.items() if len(_lines(path)) > 1}


def use_own(folder: Path) -> None:
    """Have this process, and those that it starts, read the tables of a folder on top of the library's.

    >>> from tempfile import TemporaryDirectory
    >>> before = own_folder()
    >>> with TemporaryDirectory() as folder:
    ...     use_own(Path(folder))
    ...     empty = own_folder()
    ...     _ = Path(folder, "agencies.csv").write_text("name\\nSở Y tế\\n")
    ...     use_own(Path(folder))
    ...     empty, own_folder() == Path(folder).resolve()
    ...     _ = use_own(Path(folder, "none")) if before is None else use_own(before)
    (None, True)
    """
    if own_files(folder):
        os.environ[VARIABLE] = str(folder.resolve())
    else:
        os.environ.pop(VARIABLE, None)


def own_folder() -> Path | None:
    """The folder in use, if there is one."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else None


def own_lines(name: str) -> tuple[str, Sequence[str]] | None:
    """Where a catalogue's own table stands, and its lines; None where it has none.

    >>> from tempfile import TemporaryDirectory
    >>> before = os.environ.get(VARIABLE)
    >>> with TemporaryDirectory() as folder:
    ...     os.environ[VARIABLE] = folder
    ...     _ = Path(folder, "agencies.csv").write_text("# ghi chú\\nname\\nSở Y tế\\n")
    ...     _ = Path(folder, "units.csv").write_text("name\\n")
    ...     own_lines("agencies")[1], own_lines("units"), own_lines("measures")
    ...     _ = os.environ.pop(VARIABLE) if before is None else None
    (['# ghi chú', 'name', 'Sở Y tế'], None, None)
    """
    folder = own_folder()
    path = folder / f"{name}.csv" if folder else None
    if path is None or not path.is_file():
        return None
    text = read_written(path)
    return (f"{path.parent.name}/{path.name}", text.splitlines()) if len(_lines(path)) > 1 else None


def _lines(path: Path) -> list[str]:
    """The lines that are neither empty nor remarks; the first is the header."""
    return [line for line in read_written(path).splitlines() if line.strip() and line[0] != "#"]


def read_written(path: Path) -> str:
    """The text of a table that people write; raises `KhplansError` where it is no UTF-8 or too long."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
        if len(data) > _MOST:
            raise ValueError(both(f"dài hơn {_MOST // 10**6} MB", "too long"))
        return data.decode("utf-8-sig")  # as Excel saves it
    except (OSError, ValueError) as error:
        raise refusal(
            "own-table-unreadable", f"{path.parent.name}/{path.name}", error=error
        ) from None
