"""Every file of a release: a pure function of the tables, the plans and what is recorded.

`khplans release` writes them, `khplans verify` makes them again and compares.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile, copyfileobj
from typing import Any

from khplans.errors import refusal
from khplans.outside import read_object
from khplans.packages.canonical import Package, package_of
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.package import CHECKS
from khplans.packages.reader import csv_resources
from khplans.packages.store import Store, file_sha256
from khplans.releases.accuracy_lines import accuracy_lines
from khplans.releases.changes import Changes, changes_csv, changes_json, find_changes
from khplans.releases.checked import refuse_other_files
from khplans.releases.database import write_database
from khplans.releases.excel_csv import EDITIONS, write_excel_csv
from khplans.releases.index import Release, json_bytes
from khplans.releases.introduction import Preface
from khplans.releases.moved import without_moves
from khplans.releases.notes import Facts, release_notes
from khplans.releases.provenance import catalogue_paths, plan_hashes, plan_paths
from khplans.releases.reasons import Build, find_causes, find_states, give_reasons, making_changes
from khplans.releases.row_words import give_words
from khplans.releases.schemas import compare_schemas
from khplans.releases.sheets import Sheets
from khplans.releases.sums import NAME, sums_text
from khplans.releases.versioning import Step
from khplans.releases.workbook import write_workbook
from khplans.releases.zipped import write_zip
from khplans.scoring.gold import Gold, for_same_texts, read_gold
from khplans.scoring.report import accuracy_csv, accuracy_json
from khplans.scoring.score import Score, score
from khplans.scoring.unseen import plan_forms, read_unseen

_OF_THE_CHECK = ("inputs", "files", "parts")
"""What tells which files `khplans check` looked at; the release has its own sums of them."""

CATALOGUE = "catalogue"
"""The folder of a release with khplans.toml and the rules and knowledge of the catalogue's own."""

_VARYING = ("hash", "bytes", "version", "created", "homepage")
"""Properties of a descriptor that say nothing of what it describes."""


@dataclass(frozen=True)
class Inputs:
    """What a release is made of: the collection just built, the plans, the answers, the catalogue's folder."""

    collection: Path
    plans: Path
    gold: Path
    root: Path | None = None


@dataclass(frozen=True)
class Recorded:
    """What a release says that doesn't follow from its inputs."""

    version: str
    released: str
    homepage: str | None
    provenance: Mapping[str, Any]
    sbom: Mapping[str, Any]


def texts_changed(previous: Release, package: Package, plans: Path) -> bool:
    """Whether a plan's text, or a description, differs from the previous release's."""
    return _described(previous.package) != _described(package) or (
        plan_hashes(previous.plans) != plan_hashes(plans)
    )


def changes_since(
    previous: Release | None,
    package: Package,
    plans: Path,
    made_by: Mapping[str, Any],
    build: Build,
) -> Changes:
    """What changed since a release, each row with its reason; nothing for the first release.

    `made_by` is the provenance of the new one.
    """
    if previous is None:
        return Changes((), {}, ())
    old = previous.package
    changes = find_changes(old.tables, package.tables, compare_schemas(old, package))
    if not changes.rows:
        return changes
    causes = find_causes(previous.plans, plans, making_changes(previous.provenance, made_by))
    states = find_states(causes, old.tables, package.tables, previous.plans, plans, build)
    return give_words(give_reasons(changes, states), old.tables, package.tables)


def accuracy(package: Package, inputs: Inputs) -> Score:
    """The package's score against the answers that fit today's sources; empty without any answers."""
    gold = read_gold(inputs.gold) if inputs.gold.is_dir() else Gold({})
    return score(package.tables, for_same_texts(gold, _read_sources(inputs.plans, gold.plans)))


def _read_sources(plans: Path, names: Iterable[str]) -> dict[str, str]:
    """The texts of the plans of these names that came as text."""
    paths = {name: plans / name / "source.txt" for name in names}
    return {
        name: path.read_bytes().decode("utf-8", "replace")
        for name, path in paths.items()
        if path.is_file()
    }


def write_contents(
    folder: Path,
    inputs: Inputs,
    recorded: Recorded,
    previous: Release | None,
    step: Step | None,
    changes: Changes,
) -> None:
    """Write every file of the release into an empty folder."""
    store = Store(inputs.collection)
    package = package_of(store)
    result = accuracy(package, inputs)
    _write_published(folder, store, package, recorded)
    for name, path in plan_paths(inputs.plans).items():
        _copy(path, folder / "plans" / name)
    refuse_other_files(folder / "plans", recorded.provenance["plans"])
    for path in sorted(inputs.gold.glob("*.jsonl")):
        _copy(path, folder / "gold" / path.name)
    for name, path in catalogue_paths(inputs.root).items():
        _copy(path, folder / CATALOGUE / name)
    (folder / "excel").mkdir()
    for sheet in Sheets(package, recorded.homepage).sheets():
        for ending, edition in EDITIONS.items():
            write_excel_csv(folder / f"excel/{sheet.table.name}-{ending}.csv", sheet, edition)
    forms, unseen = (
        plan_forms(inputs.plans),
        read_unseen(inputs.root / "checks") if inputs.root else (),
    )
    told = tuple(accuracy_lines(result, forms, unseen))
    about = Preface(recorded.version, recorded.released, recorded.homepage, told)
    named = f"{package.descriptor['name']}-{recorded.version}"
    write_workbook(folder / f"{named}.xlsx", package, about)
    write_database(folder / f"{named}.sqlite", package)
    old = previous.version if previous else None
    facts = _facts(package, inputs, recorded, previous, step)
    files = {
        "changes.json": json_bytes(changes_json(changes, old, recorded.version)),
        "changes.csv": changes_csv(changes).encode(),
        **dict(_notes(changes, facts, previous, package)),
        "accuracy.json": json_bytes(accuracy_json(result, forms, unseen)),
        "accuracy.csv": accuracy_csv(result, forms, unseen).encode(),
        "provenance.json": json_bytes(recorded.provenance),
        "sbom.cdx.json": json_bytes(recorded.sbom),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    facts_json = _release_json(package, recorded, changes, facts, folder)
    (folder / "release.json").write_bytes(json_bytes(facts_json))
    _write_sums_and_zip(folder, f"{named}.zip")


def _notes(
    changes: Changes, facts: Facts, previous: Release | None, package: Package
) -> Iterator[tuple[str, bytes]]:
    """The notes in both languages, which tell no row that only has another id."""
    told, moved = changes, dict[str, int]()
    if previous:
        told, moved = without_moves(changes, previous.package.tables, package.tables)
    for language in ("vi", "en"):
        notes = release_notes(told, replace(facts, moved=moved), language)
        yield f"notes.{language}.md", notes.encode()


def _write_published(folder: Path, store: Store, package: Package, recorded: Recorded) -> None:
    """The collection's own files: those its descriptor names, the checks, the descriptor itself."""
    if CHECKS not in store:
        raise refusal("package-unchecked", store.path / CHECKS)
    for resource in package.descriptor["resources"]:
        path = str(resource["path"])
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with store.open(path) as source, (folder / path).open("wb") as target:
            copyfileobj(source, target)
    results = {
        k: v
        for k, v in read_object(store.read(CHECKS), CHECKS, {}).items()
        if k not in _OF_THE_CHECK
    }
    (folder / CHECKS).write_bytes(json_bytes(results))
    descriptor: dict[str, Any] = {}
    for name, value in package.descriptor.items():
        descriptor[name] = value
        if name == "name":
            descriptor["version"] = recorded.version
    if recorded.homepage:
        descriptor["homepage"] = recorded.homepage
    (folder / DESCRIPTOR).write_bytes(json_bytes(descriptor))


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    copyfile(path, target)


def _write_sums_and_zip(folder: Path, archive: str) -> None:
    """The zip holds the whole but itself, so its SHA256SUMS lacks its own line."""
    names = Store(folder).names()
    sums = {name: file_sha256(folder / name) for name in names}
    (folder / NAME).write_bytes(sums_text(sums))
    with (folder / archive).open("wb") as out:
        write_zip(out, [*names, NAME], lambda name: (folder / name).open("rb"))
    sums[archive] = file_sha256(folder / archive)
    (folder / NAME).write_bytes(sums_text(sums))


def _facts(
    package: Package,
    inputs: Inputs,
    recorded: Recorded,
    previous: Release | None,
    step: Step | None,
) -> Facts:
    return Facts(
        recorded.version,
        recorded.released,
        previous.version if previous else None,
        step,
        {name: len(table.rows) for name, table in package.tables.items()},
        tuple(plan_hashes(inputs.plans)),
        tuple(plan_hashes(previous.plans)) if previous else (),
        _titles(package),
    )


def _titles(package: Package) -> dict[str, tuple[str, str]]:
    titles = {}
    for name, resource in csv_resources(package.descriptor).items():
        for key, described in [
            (name, resource),
            *((f"{name}.{field['name']}", field) for field in resource["schema"]["fields"]),
        ]:
            title = str(described.get("title", key.rpartition(".")[2]))
            titles[key] = (title, str(described.get("title_en", title)))
    return titles


def _release_json(
    package: Package, recorded: Recorded, changes: Changes, facts: Facts, folder: Path
) -> dict[str, Any]:
    count = Counter((row.table, row.change) for row in changes.rows)
    return {
        "name": package.descriptor["name"],
        "version": recorded.version,
        "previous": facts.previous,
        "released": recorded.released,
        "homepage": recorded.homepage,
        "level": facts.step.level if facts.step else None,
        "why": facts.step.why if facts.step else None,
        "why_en": facts.step.why_en if facts.step else None,
        "plans": list(facts.plans),
        "tables": {
            name: {
                "rows": len(table.rows),
                "content_sha256": table.content_hash(),
                **{kind: count[name, kind] for kind in ("added", "removed", "changed")},
            }
            for name, table in package.tables.items()
        },
        "files": [
            {"path": name, "bytes": path.stat().st_size, "sha256": file_sha256(path)}
            for name in Store(folder).names()
            if (path := folder / name)
        ],
    }


def _described(package: Package) -> str:
    """The descriptor without what follows from the rows' bytes.

    >>> from types import SimpleNamespace
    >>> described = {"name": "a", "bytes": 5, "resources": [{"name": "t", "hash": "x", "bytes": 7}]}
    >>> _described(SimpleNamespace(descriptor=described))
    '{"name": "a", "resources": [{"name": "t"}]}'
    """

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: kept(v) for k, v in value.items() if k not in _VARYING}
        return [kept(v) for v in value] if isinstance(value, list) else value

    return json.dumps(kept(dict(package.descriptor)), sort_keys=True)
