"""Makes the next release, whole or not at all."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from khplans.atomic import holds, link_tree, replacing, write_file
from khplans.errors import refusal
from khplans.intake.plans import people_days
from khplans.packages.canonical import Package, read_package
from khplans.packages.package import refuse_strange
from khplans.packages.store import Store
from khplans.releases.changes import Changes
from khplans.releases.checked import Check, Checked, checked_copy, refuse_other_plans
from khplans.releases.contents import (
    Inputs,
    Recorded,
    accuracy,
    changes_since,
    texts_changed,
    write_contents,
)
from khplans.releases.downloaded import check_store
from khplans.releases.index import (
    VERSIONS,
    Release,
    belongs_to_releases,
    newest_release,
    versions_json,
)
from khplans.releases.provenance import lock_bytes, provenance
from khplans.releases.reasons import Build
from khplans.releases.sbom import sbom
from khplans.releases.sums import sha256
from khplans.releases.versioning import FIRST, Step, next_version
from khplans.scoring.falls import find_falls, refuse_falls
from khplans.scoring.gold import read_gold


@dataclass(frozen=True)
class Made:
    """What `make_release` did: the newest version, and whether it is new, with what changed."""

    version: str
    new: bool
    folder: Path
    why: str
    why_en: str
    changes: Changes


@holds("releases")
def make_release(
    inputs: Inputs,
    releases: Path,
    lock: Path | None,
    build: Build,
    check: Check,
    homepage: str | None = None,
) -> Made:
    """Make the release that follows from what changed since the newest one in `releases`.

    Nothing changed: no release, and `new` is False. `build` makes packages from plans; it is used
    where the reason of a change can't be told otherwise. `check` checks packages: once more those
    bytes that are published. `homepage` is the address of the site, `lock` the lock file (None: the
    installed libraries are named).

    A release's date is the day of SOURCE_DATE_EPOCH where that is set, else the newest of its plans'
    receipt, of their corrections and of their reviews; never the clock's, and never before the
    previous release's.

    Raises `KhplansError` where the package is missing, without a plan, unchecked, altered since, or less
    accurate than the last release, or `releases` holds anything else. What stood there is then untouched.
    """
    refuse_strange(releases, belongs_to_releases)
    with checked_copy(inputs.collection) as checked:
        of_copy = replace(inputs, collection=checked.collection)
        return _make(of_copy, checked, releases, lock, build, check, homepage)


def _make(
    inputs: Inputs,
    checked: Checked,
    releases: Path,
    lock: Path | None,
    build: Build,
    check: Check,
    homepage: str | None,
) -> Made:
    package = read_package(inputs.collection)
    if not package.tables["documents"].rows:
        raise refusal("no-plan-yet", inputs.plans)
    refuse_other_plans(package, inputs.plans)
    previous = newest_release(releases)
    if previous is not None:
        _refuse_altered(previous)
    made_by = provenance(inputs.plans, inputs.gold, lock, inputs.root)
    changes = changes_since(previous, package, inputs.plans, made_by, build)
    step: Step | None = None
    if previous is not None:
        other = texts_changed(previous, package, inputs.plans)
        step = next_version(previous.version, changes, other)
        if step is None:
            write_versions(releases)
            why, why_en = "không có gì thay đổi", "nothing changed"
            return Made(previous.version, False, previous.folder, why, why_en, changes)
        if (previous.folder / "gold").is_dir() and not inputs.gold.is_dir():
            read_gold(inputs.gold)  # says what to do
        refuse_falls(find_falls(accuracy(previous.package, inputs), accuracy(package, inputs)))
    checked.check_again(check)
    version = step.version if step else FIRST
    bill = sbom(lock_bytes(lock), version, sha256(lock_bytes(lock)))
    day = release_date(package, inputs.plans, previous)
    recorded = Recorded(version, day, homepage, made_by, bill)
    with new_release(releases / version) as made:
        write_contents(made, inputs, recorded, previous, step, changes)
    why, why_en = (step.why, step.why_en) if step else ("bản đầu tiên", "the first release")
    return Made(version, True, releases / version, why, why_en, changes)


def _refuse_altered(previous: Release) -> None:
    """A release is immutable: changes since an altered one would be wrong."""
    altered = list(check_store(Store(previous.folder), previous.folder.parent))
    if altered:
        raise refusal("last-release-altered", previous.folder, altered=altered[0])


@contextmanager
def new_release(folder: Path) -> Iterator[Path]:
    """A folder in which a release is made; it takes its place when the block ends well.

    The folder of releases is exchanged for one with this release more, so that readers see it and
    versions.json, which lists it, in one step. Raises `KhplansError` where the release is there already: one is never replaced.
    """
    if folder.exists():
        raise refusal("version-is-there", folder)
    releases = folder.parent
    with replacing(releases) as made:
        (made / folder.name).mkdir()
        yield made / folder.name
        if releases.is_dir():
            link_tree(releases, made)
        write_versions(made)


def write_versions(releases: Path) -> None:
    """Write versions.json from the folders where it isn't already that, after a withdrawal say."""
    path, data = releases / VERSIONS, versions_json(releases)
    if not path.is_file() or path.read_bytes() != data:
        write_file(path, data)


def _day_of_epoch(epoch: str) -> str:
    """The day, as ISO text, of a number of seconds since 1970."""
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise refusal("epoch-unusable", "SOURCE_DATE_EPOCH", epoch=epoch[:40]) from None


def release_date(package: Package, plans: Path, previous: Release | None) -> str:
    """The date of the next release, as ISO text. See `make_release`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    received = str(package.descriptor.get("created") or "")[:10]
    days = [day for day in (received, *people_days(plans)) if day]
    if epoch:
        day = _day_of_epoch(epoch)
    elif days:
        day = max(days)
    else:
        raise refusal("release-without-date")
    before: Any = previous.facts.get("released") if previous else None
    return max(day, str(before or day))
