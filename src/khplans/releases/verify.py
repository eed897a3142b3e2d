"""Proves a release: its files against their sums, and against what its own plans give today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path
from typing import Any

from khplans.atomic import scratch
from khplans.errors import both, refusal
from khplans.packages.canonical import read_package
from khplans.packages.store import Store
from khplans.releases.changes import read_changes, replay
from khplans.releases.checked import Check
from khplans.releases.contents import (
    CATALOGUE,
    Inputs,
    Recorded,
    changes_since,
    texts_changed,
    write_contents,
)
from khplans.releases.downloaded import Verification, check_store, check_versions, table_keys
from khplans.releases.explain import Difference, explain
from khplans.releases.index import Release, list_releases, read_json
from khplans.releases.provenance import made_by_this_code, provenance
from khplans.releases.reasons import Build
from khplans.releases.versioning import next_version

_MADE = "release"


def verify_release(release: Release, lock: Path | None, build: Build, check: Check) -> Verification:
    """Check a release's sums, then rebuild it from its own plans and compare every file.

    One that other code made is proved by its hashes and its changes instead; a note says which made it.
    `build` and `check` are as the catalogue of the release has them (`root_of`).
    """
    first = list(check_store(Store(release.folder), release.folder.parent))
    first += check_versions(release.folder.parent)
    if first:
        return Verification(str(release.folder), len(Store(release.folder).names()), tuple(first))
    if not made_by_this_code(release.provenance):
        return _proved_apart(release)
    with scratch() as folder:
        notes = _rebuild(release, lock, build, check, folder)
        made = Store(folder / _MADE)
        differences = list(_differences(release, made))
        count = len(made.names())
    return Verification(str(release.folder), count, tuple(differences), tuple(notes))


def _proved_apart(release: Release) -> Verification:
    """A release of other code, which today's can't be asked to make again: what else proves it.

    Its tables have the content that release.json says, and are those of the version before with its
    changes, where that is here.
    """
    facts, tables = release.facts, release.package.tables
    wrong = [
        Difference("release.json", both(f"nội dung của {name}", f"content of {name}"))
        for name, said in facts.get("tables", {}).items()
        if said.get("content_sha256") not in (None, tables[name].content_hash())
    ]
    before = {one.version: one for one in list_releases(release.folder.parent)}
    previous = before.get(facts.get("previous") or "")
    proved = both("mã băm", "hashes")
    if previous is not None:
        changes = read_changes(read_json(release.folder / "changes.json"))
        try:
            replayed = replay(previous.package.tables, changes)
        except ValueError as error:
            replayed, proved = {}, str(error)
        wrong += [
            Difference("changes.json", both(f"không cho ra {name}", f"doesn't give {name}"))
            for name, table in tables.items()
            if name not in replayed or replayed[name].content_hash() != table.content_hash()
        ]
        proved = both("mã băm và các thay đổi", f"hashes and the changes since {previous.version}")
    made_by = release.provenance.get("code", {})
    which = f"khplans {made_by.get('version', '?')}, git tree {made_by.get('tree', '?')}"
    note = both(
        f"do mã khác dựng ({which}), nên không dựng lại; đã chứng minh {proved}",
        "made by other code, so not rebuilt but proved by these",
    )
    return Verification(
        str(release.folder), len(Store(release.folder).names()), tuple(wrong), (note,)
    )


def _differences(release: Release, made: Store) -> Iterator[Difference]:
    keys = table_keys(release.package.descriptor)
    store = Store(release.folder)
    for name in sorted({*made.names(), *store.names()}):
        if name not in made:
            yield Difference(name, both("không dựng lại được", "not made by the rebuild"))
        elif name not in store:
            yield Difference(name, both("thiếu trong bản phát hành", "not in the release"))
        elif not cmp(made.path / name, store.path / name, shallow=False):
            yield from explain(name, made.read(name), store.read(name), keys)


def root_of(release: Release) -> Path | None:
    """The folder with the release's own khplans.toml, rules and knowledge; None for one of before.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     from types import SimpleNamespace
    ...     before = root_of(SimpleNamespace(folder=Path(folder)))
    ...     Path(folder, CATALOGUE).mkdir()
    ...     before, root_of(SimpleNamespace(folder=Path(folder))).name == CATALOGUE
    (None, True)
    """
    folder = release.folder / CATALOGUE
    return folder if folder.is_dir() else None


def _rebuild(
    release: Release, lock: Path | None, build: Build, check: Check, folder: Path
) -> list[str]:
    """Make the release again, in a folder of that one; gives notes."""
    root = root_of(release)
    inputs = Inputs(folder / "packages/khplans", release.plans, release.folder / "gold", root)
    build(release.plans, folder / "packages")
    check(folder / "packages")
    facts, made_by = release.facts, release.provenance
    notes = _notes(made_by, provenance(inputs.plans, inputs.gold, lock, root))
    bill = read_json(release.folder / "sbom.cdx.json")
    recorded = Recorded(
        release.version, str(facts.get("released")), facts.get("homepage"), made_by, bill
    )
    older = {r.version: r for r in list_releases(release.folder.parent)}
    before: str | None = facts.get("previous")
    previous = older.get(before) if before else None
    if before and previous is None:
        raise refusal("version-before-missing", release.folder.parent, before=before)
    package = read_package(inputs.collection)
    changes = changes_since(previous, package, inputs.plans, made_by, build)
    step = None
    if previous is not None:
        step = next_version(
            previous.version, changes, texts_changed(previous, package, inputs.plans)
        )
    (folder / _MADE).mkdir()
    write_contents(folder / _MADE, inputs, recorded, previous, step, changes)
    return notes


def _notes(recorded: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What was otherwise when the release was made: no fault by itself, but it explains differences."""
    pair = [json.dumps(value).encode() for value in (recorded, now)]
    notes = [
        f"{d.where}: {d.expected} → {d.found}" for d in explain("x.json", pair[0], pair[1], {})
    ]
    return notes
