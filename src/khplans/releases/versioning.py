"""Which version follows from what changed.

- **major**: a table or column is gone, renamed or retyped, a key changed, a promised value became
  optional: what was written against the old schema may break.
- **minor**: rows, tables, columns or choices were added, or rows removed (a plan was withdrawn, or
  is cut differently): what was written goes on working, on other rows. A newly deprecated column too.
- **patch**: values changed; rows of `corrections` and `warnings` alone; a description, or a plan's text outside every row, changed.
- nothing changed: no release. Code, lock file, gold and checks alone make none, since no published
  row differs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khplans.errors import refusal
from khplans.outside import is_version
from khplans.releases.changes import Changes
from khplans.releases.schemas import Level

FIRST = "1.0.0"
_ORDER: tuple[Level, ...] = ("major", "minor", "patch")
_ROWS = ("có dòng được thêm hoặc bỏ", "rows were added or removed")
_VALUES = ("có giá trị thay đổi", "values changed")
_TEXTS = ("văn bản nguồn hoặc phần mô tả thay đổi", "a source text or description changed")


_DOUBTS = ("cảnh báo hoặc chỗ sửa lỗi đọc thay đổi", "warnings or corrections changed")
_ABOUT_ROWS = frozenset({"corrections", "warnings"})
"""Tables that tell about the rows of others: of theirs alone a version is a patch."""


@dataclass(frozen=True)
class Step:
    """The version that follows, how big a step it is (None for the first), and why, in words."""

    version: str
    level: Level | None
    why: str
    why_en: str


def parse_version(version: str) -> tuple[int, int, int]:
    """The three numbers of a version.

    >>> parse_version("1.10.0") > parse_version("1.9.3")
    True

    Raises `KhplansError` for anything else.
    """
    if not is_version(version):
        raise refusal("version-unusable", version=version)
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def newest_of(wanted: str | None, versions: Iterable[str]) -> str | None:
    """The newest of the versions that are meant: `1.2` means every 1.2.x, `1` every 1.x.y, None all.

    >>> newest_of("1", ["1.0.0", "1.10.0", "1.9.3", "2.0.0"]), newest_of("1.9", ["1.9.3"])
    ('1.10.0', '1.9.3')
    >>> newest_of("3", ["1.0.0"])
    """
    meant = (v for v in versions if wanted is None or f"{v}.".startswith(f"{wanted}."))
    return max(meant, key=parse_version, default=None)


def next_version(previous: str, changes: Changes, other: bool = False) -> Step | None:
    """The version after `previous`, or None where nothing changed.

    `other` says that something published beside the rows changed: a plan's text or a description.
    """
    levels: dict[Level, tuple[str, str]] = {}
    for change in changes.schema:
        levels.setdefault(change.level, (change.in_words("vi"), change.in_words("en")))
    kinds = {row.change for row in changes.rows if row.table not in _ABOUT_ROWS}
    if kinds & {"added", "removed"}:
        levels.setdefault("minor", _ROWS)
    if "changed" in kinds:
        levels.setdefault("patch", _VALUES)
    if any(row.table in _ABOUT_ROWS for row in changes.rows):
        levels.setdefault("patch", _DOUBTS)
    if other:
        levels.setdefault("patch", _TEXTS)
    level = next((name for name in _ORDER if name in levels), None)
    if level is None:
        return None
    major, minor, patch = parse_version(previous)
    version = {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
    }[level]
    return Step(version, level, *levels[level])
