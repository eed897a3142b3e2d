"""What a release is made from: a copy of the collection, proved to be what `khplans check` passed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khplans.atomic import copy_tree, link_tree, scratch
from khplans.errors import KhplansError, refusal
from khplans.packages.canonical import Package
from khplans.packages.fingerprint import file_hashes, folder_fingerprint
from khplans.packages.package import CHECKS
from khplans.packages.store import Store, file_sha256

Check = Callable[[Path], None]
"""check(datapackages): write the results of the checks into the packages."""

_ABOUT = ("sha256", "plan_title", "origin", "received")
_CORRECTION = ("start", "end", "before", "after", "reason")


@dataclass(frozen=True, slots=True)
class Checked:
    """The copy of a collection with those of its plans' packages beside it, and its `checks.json`."""

    collection: Path
    original: Path
    record: Mapping[str, Any]

    def check_again(self, check: Check) -> None:
        """Check the very bytes that will be published, whatever `checks.json` says of them.

        Raises `KhplansError` where a check fails, or finds anything else than is written there.
        """
        check(self.collection.parent)
        found = _read(self.collection)
        if found != self.record:
            parts = sorted(k for k in {*found, *self.record} if found.get(k) != self.record.get(k))
            raise refusal("checks-differ", self.original / CHECKS, parts=", ".join(parts))


@contextmanager
def checked_copy(collection: Path) -> Iterator[Checked]:
    """A copy of a collection whose every file has the hash that `checks.json` gives it.

    What is copied is hashed, so a change between the check and the copy is seen, and none after it
    matters. Raises `KhplansError` where there is no record of a check that was passed, or a file of
    the collection, or a package of a plan, is not the one that was checked.
    """
    record = _passed(collection)
    with scratch() as folder:
        copy = folder / collection.name
        copy_tree(collection, copy)
        (copy / CHECKS).unlink(missing_ok=True)
        _refuse(collection, record["files"], file_hashes(copy))
        found = {}
        for plan in record["parts"]:
            part = copy.parent / plan
            _link_package(collection.parent / plan, part)
            found[plan] = folder_fingerprint(part)
        _refuse(collection.parent, record["parts"], found)
        yield Checked(copy, collection, record)


def refuse_other_plans(package: Package, plans: Path) -> None:
    """Raise `KhplansError` for a plan whose folder is not what its rows were made from.

    That is its file, what plan.toml says of it, and its corrections.
    """
    from khplans.intake import load_plan

    documents, corrections = package.tables["documents"], package.tables.get("corrections")
    if corrections is None or "blocks" not in package.tables:
        return
    about = {row["plan_id"]: row for row in map(documents.record, documents.rows)}
    owners = {key[0]: documents.record(key)["plan_id"] for key in documents.rows}
    corrected: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in map(corrections.record, corrections.rows):
        corrected[owners[row["document_id"]]].add(tuple(row[column] for column in _CORRECTION))
    elsewhere = _partly_elsewhere(package)
    for plan_id, row in about.items():
        plan = load_plan(plans / plan_id)
        told = (plan.sha256, plan.title, plan.origin, str(plan.received or ""))
        if told != tuple(row[column] for column in _ABOUT):
            raise _altered(plans / plan_id, "tệp hoặc plan.toml", "the file or plan.toml")
        there = {
            (str(one.span.start), str(one.span.end), one.before, one.after, one.reason)
            for one in plan.source.corrections
        }
        lacking = there - corrected[plan_id] if plan_id not in elsewhere else set()
        if lacking or corrected[plan_id] - there:
            raise _altered(plans / plan_id / "corrections.csv", "chỗ sửa", "corrections")


def _partly_elsewhere(package: Package) -> frozenset[str]:
    """The plans of which the collection takes a document, with its corrections, from another."""
    blocks = package.tables["blocks"]
    plan, reason = map(blocks.columns.index, ("plan_id", "reason"))
    return frozenset(r[plan] for r in blocks.rows.values() if r[reason] == "document-repeated")


def refuse_other_files(folder: Path, hashes: Mapping[str, Mapping[str, str]]) -> None:
    """The same for plans that were copied into a folder, by the hashes that are recorded of them."""
    for plan, files in hashes.items():
        copied = {name: file_sha256(folder / plan / name) for name in files}
        _refuse(folder / plan, files, copied)


def _passed(collection: Path) -> dict[str, Any]:
    """The record of the last check; raises `KhplansError` where it was not passed."""
    record = _read(collection)
    failed = [
        one
        for one in record["results"]
        if one["severity"] == "error" and (one["failed"] or one["status"] == "failed")
    ]
    if failed:
        raise refusal(
            "check-of-release-failed",
            f"{collection / CHECKS}: {failed[0]['table']}",
            check=failed[0]["check"],
        )
    return record


def _read(package: Path) -> dict[str, Any]:
    """The record of a check; raises `KhplansError` where there is none, or no such package."""
    store = Store(package)
    try:
        if CHECKS not in store:
            raise ValueError(CHECKS)
        record = json.loads(store.read(CHECKS))
        if not all(isinstance(record[part], dict) for part in ("files", "parts")):
            raise TypeError("files")
        for one in record["results"]:
            _ = one["severity"], one["failed"], one["status"], one["check"], one["table"]
        if not all(_is_plain(name) for name in record["parts"]):
            raise ValueError("parts")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise refusal("checks-unreadable", package / CHECKS, error=error) from error
    return dict(record)


def _is_plain(name: str) -> bool:
    """Whether a name is that of a file right in a folder.

    >>> [_is_plain(name) for name in ("a.csv", "a/b", "..", "")]
    [True, False, False, False]
    """
    return Path(name).name == name and name not in ("", ".", "..")


def _link_package(package: Path, target: Path) -> None:
    """A package without what was found of it; nothing where there is none."""
    if package.is_dir():
        link_tree(package, target)
        (target / CHECKS).unlink(missing_ok=True)


def _refuse(where: Path, checked: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Raise for the first file that isn't as it was checked, by its sum: missing, added or changed.

    >>> for found in ({}, {"a": "1", "b": "2"}, {"a": "2"}, {"a": "1"}):
    ...     try:
    ...         print(_refuse(Path("p"), {"a": "1"}, found))
    ...     except KhplansError as error:
    ...         print(error.where, error.what.rpartition(" / ")[2])
    p/a not what was checked (missing since)
    p/b not what was checked (added since)
    p/a not what was checked (changed since)
    None
    """
    other = sorted(k for k in {*checked, *found} if checked.get(k) != found.get(k))
    for name in other:
        if name not in found:
            raise _altered(where / name, "thiếu", "missing")
        if name not in checked:
            raise _altered(where / name, "thêm vào", "added")
        raise _altered(where / name, "đã đổi", "changed", more=other[1:])


def _altered(path: Path, what: str, what_en: str, more: Iterable[str] = ()) -> KhplansError:
    others = "".join(f", {name}" for name in list(more)[:3])
    return refusal("check-outdated", path, what=what, what_en=what_en, others=others)
