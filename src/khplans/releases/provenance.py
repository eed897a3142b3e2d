"""What a release was made from: hashes and versions, without clock or path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path, PurePosixPath
from typing import Any

import khplans
from khplans.checks.coverage import ROW_COUNTS
from khplans.checks.suites import EXPECTATIONS
from khplans.errors import refusal
from khplans.intake.plans import ORIGINAL
from khplans.knowledge.own import own_files
from khplans.packages.store import Store, file_sha256
from khplans.releases.sums import sha256
from khplans.scoring.gold import gold_hash
from khplans.scoring.unseen import FIGURES, SETS
from khplans.settings import SETTINGS

TOOLS = ("click", "frictionless", "great-expectations", "pandas", "pyarrow", "pyyaml", "xlsxwriter")
"""The libraries that published bytes pass through."""
_STILL = frozenset((
    ".doc", ".docx", ".jpeg", ".jpg", ".md", ".odt", ".pdf", ".png", ".rtf", ".tif", ".tiff", ".txt",
))  # fmt: skip
"""Endings of files in which a browser runs nothing."""

_KNOWLEDGE = Path(khplans.__file__).parent / "knowledge" / "data"


def provenance(plans: Path, gold: Path, lock: Path | None, root: Path | None) -> dict[str, Any]:
    """The inputs of a release.

    `code.tree` is the git tree id of `src/khplans`: `git rev-parse COMMIT:src/khplans` prints it for
    each commit with this very code. A commit's own id would differ between two checkouts of the same
    files, and could not be known before the release is committed. `code.program` is the same without the
    tables of knowledge, whose hashes stand apart: so a change of one is told from a change of the code.
    `lock` of None stands for the versions that are installed; `root` is the catalogue's folder.
    """
    made = {
        "code": {
            "name": "khplans",
            "version": khplans.__version__,
            "tree": code_tree(),
            "program": program_tree(),
            "knowledge": {
                path.stem: file_sha256(path) for path in sorted(_KNOWLEDGE.glob("*.csv"))
            },
        },
        "lock": {"file": lock.name if lock else None, "sha256": sha256(lock_bytes(lock))},
        "tools": {tool: _installed(tool) for tool in TOOLS},
        "plans": plan_hashes(plans),
        "gold": {"sha256": gold_hash(gold)},
    }
    own = {name: file_sha256(path) for name, path in catalogue_paths(root).items()}
    return made | ({"catalogue": own} if own else {})


def same_code(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two releases were made by the same code, libraries and knowledge.

    >>> first, others = {"code": 1, "lock": 2}, ({"code": 1, "lock": 2}, {"code": 2, "lock": 2}, {"code": 1, "lock": 3})
    >>> [same_code(first, other) for other in others]
    [True, False, False]
    """
    return own_knowledge(a) == own_knowledge(b) and all(
        a.get(part) == b.get(part) for part in ("code", "lock")
    )


def own_knowledge(provenance: Mapping[str, Any]) -> dict[str, str]:
    """The hashes of a catalogue's own tables (`knowledge/agencies.csv`)."""
    files: Mapping[str, str] = provenance.get("catalogue", {})
    return {name: digest for name, digest in files.items() if name.startswith("knowledge/")}


def catalogue_paths(root: Path | None) -> dict[str, Path]:
    """What a catalogue says by itself: khplans.toml, its own rules and knowledge, by path in it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in (SETTINGS, "knowledge/agencies.csv", "other.txt"):
    ...         Path(folder, name).parent.mkdir(exist_ok=True)
    ...         Path(folder, name).touch()
    ...     whole = sorted(catalogue_paths(Path(folder)))
    ...     Path(folder, SETTINGS).unlink()
    ...     whole, sorted(catalogue_paths(Path(folder))), catalogue_paths(None)
    (['khplans.toml'], [], {})
    """
    if root is None:
        return {}
    written = (ROW_COUNTS, EXPECTATIONS, f"{SETS}.csv", f"{FIGURES}.csv")
    names = [SETTINGS, *(f"checks/{name}" for name in written)]
    found = {name: root / name for name in names if (root / name).is_file()}
    own = own_files(root / "knowledge") if (root / SETTINGS).is_file() else {}
    return found | {f"knowledge/{path.name}": path for path in own.values()}


def made_by_this_code(provenance: Mapping[str, Any]) -> bool:
    """Whether a release was made by the code that is asked.

    >>> made_by_this_code({"code": {"tree": code_tree()}}), made_by_this_code({"code": {"tree": "0"}}), made_by_this_code({})
    (True, False, False)
    """
    tree: str | None = provenance.get("code", {}).get("tree")
    return tree == code_tree()


def code_tree(folder: Path | None = None) -> str:
    """The id that git gives a folder's files (by default this package's); needs no git.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("a")
    ...     code_tree(Path(folder)), code_tree(Path(folder)) == code_tree()
    ('1a602d9bd07ce5272ddaa64e21da12dbca2b8c9f', False)
    """
    return _tree(folder or Path(khplans.__file__).parent).hex()


def program_tree() -> str:
    """As `code_tree`, of the package without its tables of knowledge."""
    return _tree(Path(khplans.__file__).parent, leave_out=_KNOWLEDGE).hex()


def plan_hashes(plans: Path) -> dict[str, dict[str, str]]:
    """SHA-256 of each file of each plan, by plan and path."""
    hashes: dict[str, dict[str, str]] = {}
    for name, path in plan_paths(plans).items():
        plan, _, inside = name.partition("/")
        hashes.setdefault(plan, {})[inside] = file_sha256(path)
    return hashes


def plan_paths(plans: Path) -> dict[str, Path]:
    """Every file of every plan's folder, by `<plan>/<path>` in a release; empty where there is no such folder.

    Raises `KhplansError` where there are links, which could publish any file of this machine.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     Path(folder, "p").mkdir()
    ...     for name in ("p/source.txt", "readme.txt"): Path(folder, name).touch()
    ...     list(plan_paths(Path(folder))), plan_paths(Path(folder, "none"))
    (['p/source.txt'], {})
    """
    names = Store(plans).names() if plans.is_dir() else []
    ordered = sorted(names, key=lambda name: name.split("/"))
    return {_at_rest(name): plans / name for name in ordered if "/" in name}


def _at_rest(name: str) -> str:
    """The name under which a release, and the site that serves it, has a file of a plan.

    What came from a stranger is a page or script to no browser: it would act as one of the catalogue's.

    >>> [_at_rest(f"a/original.{ending}") for ending in ("docx", "html", "SVG", "html.txt")]
    ['a/original.docx', 'a/original.html.txt', 'a/original.SVG.txt', 'a/original.html.txt']
    """
    file = PurePosixPath(name)
    still = file.suffix.lower() in _STILL or not file.name.startswith(f"{ORIGINAL}.")
    return name if still else f"{name}.txt"


def lock_bytes(lock: Path | None) -> bytes:
    """The lock file or, without one, a line for each library that is installed and khplans needs.

    Raises `KhplansError` where there is no such file.
    """
    if lock is None:
        pins = (f"{name}=={pinned}\n" for name, pinned in sorted(_needed("khplans").items()))
        return "".join(pins).encode()
    try:
        return lock.read_bytes()
    except FileNotFoundError as error:
        raise refusal("no-library-lock", lock) from error


def _needed(root: str) -> dict[str, str]:
    """The installed libraries that one needs, for any of its extras, with their versions."""
    found: dict[str, str] = {}
    left = [root]
    while left:
        name = left.pop()
        for said in _requirements(name):
            needed = re.sub(r"[-_.]+", "-", said).lower()
            pinned = _installed(needed)
            if needed not in found and pinned is not None and needed != root:
                found[needed] = pinned
                left.append(needed)
    return found


def _requirements(name: str) -> list[str]:
    """The names of what a library needs; of the extras of others, none.

    >>> [name in _requirements("pandas") for name in ("numpy", "pytest")], "pyarrow" in _requirements("khplans")
    ([True, False], True)
    """
    all_extras = name == "khplans"
    found = []
    for said in requires(name) or ():
        needed = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", said)
        if needed and (all_extras or "extra ==" not in said):
            found.append(needed[0])
    return found


def _installed(tool: str) -> str | None:
    try:
        return version(tool)
    except PackageNotFoundError:
        return None


def _tree(folder: Path, leave_out: Path | None = None) -> bytes:
    """The hash that git gives a folder: without what is hidden or compiled, and empty folders.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (root := Path(folder, "a")).mkdir()
    ...     _ = Path(root, "a.txt").write_text("a")
    ...     bare = _tree(root)
    ...     Path(root, ".hidden").touch(), Path(root, "empty").mkdir(), Path(root, "__pycache__").mkdir()
    ...     same = _tree(root) == bare
    ...     _ = Path(root, "b.txt").write_text("b")
    ...     same, _tree(root) == bare, _tree(root, root / "b.txt") == bare
    (None, None, None)
    (True, False, True)
    """
    entries = []
    for path in folder.iterdir():
        if path.name == "__pycache__" or path.name.startswith(".") or path == leave_out:
            continue
        if path.is_dir():
            if any(p.is_file() and "__pycache__" not in p.parts for p in path.rglob("*")):
                entries.append((path.name.encode() + b"/", b"40000", _tree(path, leave_out)))
        else:
            entries.append((path.name.encode(), b"100644", _git_hash(b"blob", path.read_bytes())))
    lines = (
        mode + b" " + name.removesuffix(b"/") + b"\0" + digest
        for name, mode, digest in sorted(entries)
    )
    return _git_hash(b"tree", b"".join(lines))


def _git_hash(kind: bytes, data: bytes) -> bytes:
    head = b"%s %d\0" % (kind, len(data))
    return hashlib.sha1(head + data, usedforsecurity=False).digest()
