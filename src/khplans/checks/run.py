"""Checks packages and keeps what was found in their `checks.json`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from khplans.atomic import copy_tree, holds, replacing, scratch, write_file
from khplans.checks.agreement import check_agreement
from khplans.checks.blocks import check_blocks
from khplans.checks.context import CONTEXT, ContextPlace
from khplans.checks.coverage import (
    ROW_COUNT,
    ROW_COUNTS,
    CoverageBounds,
    accepted_bounds,
    check_counts,
    check_reviewed,
    read_bounds,
    write_bounds,
)
from khplans.checks.engine import run_expectations
from khplans.checks.keys import UnionCheck, check_keys, check_links
from khplans.checks.package import CheckedPackage
from khplans.checks.package_files import check_files
from khplans.checks.repeats import RepeatCheck
from khplans.checks.results import Result, as_data, from_data, merge
from khplans.checks.slices import OWN, Slices
from khplans.checks.spans import check_spans
from khplans.checks.suites import (
    EXPECTATIONS,
    Expectation,
    derived_expectations,
    reviewed_expectations,
)
from khplans.checks.table_rows import check_table_rows
from khplans.checks.words import check_shared_words, check_words
from khplans.checks.words.row_reading import whole_rows
from khplans.checks.words.titles import TitleCheck
from khplans.errors import KhplansError, refusal
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.fingerprint import code_fingerprint, file_hashes, folder_fingerprint
from khplans.packages.package import CHECKS
from khplans.packages.stamp import COLLECTION
from khplans.packages.store import file_sha256
from khplans.packages.union import SHARED

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """The results of one package; `passed` more checks passed, of which no result is kept."""

    package: str
    results: tuple[Result, ...]
    passed: int = 0

    @property
    def errors(self) -> tuple[Result, ...]:
        """The results that stop publishing."""
        return tuple(r for r in self.results if r.status == "failed" and r.severity == "error")

    @property
    def notices(self) -> tuple[Result, ...]:
        """The results that do not stop it but should be looked at."""
        return tuple(r for r in self.results if r.status == "failed" and r.severity == "warning")

    def summary(self) -> dict[str, int]:
        """How many checks passed, passed with warnings told, or failed."""
        counts = Counter(result.status for result in self.results)
        counts["passed"] += self.passed
        return {status: counts[status] for status in ("passed", "warned", "failed")}

    def short(self) -> Report:
        """The same without the results that say nothing: there may be many packages."""
        telling = tuple(result for result in self.results if result.status != "passed")
        return Report(self.package, telling, self.passed + len(self.results) - len(telling))


@holds("packages")
def check_all(
    packages: Path,
    rules: Path,
    progress: Progress | None = None,
    tell: Callable[[Report], None] | None = None,
    context: ContextPlace | None = None,
) -> tuple[Report, ...]:
    """Check every package in a folder, or the one that it is, and write the results into each.

    `context` is where the Great Expectations context of the collection is kept, with what was found.

    A package whose files, rules and checks are as they were when it last passed is not checked
    again. Nothing is written where a check of any package fails with the severity `error`. `tell`
    is given each report whole; what is returned are the short ones.
    """
    folders = _package_folders(packages)
    parts = [folder for folder in folders if folder.name != COLLECTION]
    collection = CheckedPackage(packages / COLLECTION)
    reports: list[Report] = []
    with scratch() as aside:
        made = replace(context, folder=aside / CONTEXT) if context else None
        written: dict[Path, Path] = {}
        for done, folder in enumerate(folders, 1):
            looked_at = _LookedAt.of(folder, parts if folder.name == COLLECTION else ())
            inputs = looked_at.inputs(rules)
            report = None if _lacks_context(folder, context) else _kept(folder, inputs)
            if report is None:
                if folder.name == COLLECTION:
                    report = check_collection(folder, parts, rules, made)
                elif packages / COLLECTION in folders:
                    report = check_part(folder, collection, rules)
                else:
                    report = check_package(folder, rules)
                looked_at.refuse_changes(folder)
                written[folder] = aside / f"{done}.json"
                written[folder].write_bytes(_written(inputs, looked_at, report))
            reports.append(report.short())
            if tell:
                tell(report)
            if progress:
                progress(folder.name, done, len(folders))
        if not any(report.errors for report in reports):
            _keep(made, context)
            for folder, path in written.items():
                write_file(folder / CHECKS, path.read_bytes())
    return tuple(reports)


def _lacks_context(folder: Path, context: ContextPlace | None) -> bool:
    """Whether the collection's context is to be kept and isn't there.

    >>> from types import SimpleNamespace
    >>> place = SimpleNamespace(folder=Path("/none"))
    >>> _lacks_context(Path(COLLECTION), place), _lacks_context(Path("a"), place), _lacks_context(Path(COLLECTION), None)
    (True, False, False)
    """
    return folder.name == COLLECTION and context is not None and not context.folder.is_dir()


def _keep(made: ContextPlace | None, context: ContextPlace | None) -> None:
    """Put a context made aside in its place, where one was made."""
    if made and context and made.folder.is_dir():
        with replacing(context.folder, within=context.folder.parent) as kept:
            copy_tree(made.folder, kept)


@contextmanager
def accepting(packages: Path, rules: Path, plans: Sequence[str]) -> Iterator[None]:
    """Within, the plans' row counts are accepted; they stay so where the block ends well.

    Raises as `accept_counts`.
    """
    path = rules / ROW_COUNTS
    before = path.read_bytes() if path.is_file() else None
    if plans:
        accept_counts(packages, rules, plans)
    try:
        yield
    except BaseException:
        if plans and before is None:
            path.unlink()
        elif plans and before is not None:
            write_file(path, before)
        raise


@holds("packages")
def accept_counts(packages: Path, rules: Path, plans: Sequence[str]) -> None:
    """Write into `row_counts.csv` of the folder `rules` that the plans' row counts are as they should be.

    Raises `KhplansError` for a plan that has no package.
    """
    known = sorted(
        p.parent.name for p in packages.glob(f"*/{DESCRIPTOR}") if p.parent.name != COLLECTION
    )
    for plan in plans:
        if plan not in known:
            near = get_close_matches(plan, known, 3, 0.3) or known[:3]
            raise refusal("plan-without-package", packages, plan=plan, near=", ".join(near))
    accepted = [
        bound
        for plan in plans
        for bound in accepted_bounds(plan, packages / plan, iter(Slices(packages / COLLECTION)))
    ]
    write_bounds(rules, accepted)


def _package_folders(packages: Path) -> list[Path]:
    if (packages / DESCRIPTOR).is_file():
        return [packages]
    folders = sorted(path.parent for path in packages.glob(f"*/{DESCRIPTOR}"))
    if not folders:
        raise refusal("no-packages", packages)
    return folders


def refuse_errors(reports: Sequence[Report]) -> None:
    """Raise `KhplansError` where a check failed with the severity `error`."""
    failed = [(report, result) for report in reports for result in report.errors]
    if failed:
        report, first = failed[0]
        raise refusal(
            "checks-failed",
            f"{report.package}/{first.table}",
            count=len(failed),
            first=first,
            examples=", ".join(first.examples),
        )


def check_package(folder: Path, rules: Path) -> Report:
    """Run every check on one package; `rules` is the folder of reviewed expectations and bounds.

    Raises `KhplansError` where the package or the rules can't be read.
    """
    return _check(folder, rules, expected=True)


def check_rows(folder: Path, rules: Path) -> Report:
    """Run every check on one package but for the expectations and the second reading."""
    return _check(folder, rules, expected=False)


def check_part(folder: Path, collection: CheckedPackage, rules: Path) -> Report:
    """Run on a plan's package all that its rows do not go through in the collection.

    Where its documents and texts are all there, these are its files and keys: that its rows are those of the
    collection is a check of the collection (`UnionCheck`).
    """
    package = CheckedPackage(folder)
    readable, results = _files(package)
    if not readable:
        return _report(package, results)
    if not _is_whole_in(package, collection):
        return check_rows(folder, rules)
    reviewed = check_reviewed(package, read_bounds(rules))
    return _report(package, [*results, *check_keys(package), reviewed])


def _is_whole_in(part: CheckedPackage, collection: CheckedPackage) -> bool:
    """Whether a collection that can be read has each document as its plan's own, and each text."""
    try:
        documents = part.plan_of.items() <= collection.plan_of.items()
        return documents and part.text_hashes.items() <= collection.text_hashes.items()
    except KhplansError:
        return False


def check_collection(
    folder: Path, parts: Sequence[Path], rules: Path, context: ContextPlace | None = None
) -> Report:
    """Run every check on the collection, and that it is the union of the plans' packages.

    The Great Expectations context that it is checked by is written into the place `context`.
    """
    there = {part.name: part for part in parts}
    return _check(folder, rules, expected=True, parts=there, context=context)


def _check(
    folder: Path,
    rules: Path,
    *,
    expected: bool,
    parts: Mapping[str, Path] | None = None,
    context: ContextPlace | None = None,
) -> Report:
    """Some plans at a time, then what they share: memory doesn't grow with the number of plans."""
    package = CheckedPackage(folder)
    readable, results = _files(package)
    if not readable:
        return _report(package, results)
    slices = Slices(folder)
    union = UnionCheck(slices.shared, parts) if parts is not None else None
    repeats = RepeatCheck(folder)
    shared = slices.shared
    in_a_catalogue = parts is not None or not expected
    bounds = read_bounds(rules)
    accepted = {bound.plan_id for bound in bounds}
    unaccepted = frozenset(slices.plans) - accepted if in_a_catalogue else frozenset[str]()
    titles = TitleCheck(whole_rows(shared.rows)["instruments"])
    for some in slices:
        results = merge([*results, *_on_rows(some, OWN, bounds, expected)])
        if expected:
            results = merge([*results, *check_words(some, shared, titles, unaccepted)])
        repeats.look(some)
        if union:
            union.compare(some)
    results += _on_rows(slices.shared, SHARED, bounds, expected)
    if expected:
        results += run_expectations(package, expectations_of(rules), context)
        results += repeats.results()
        results += check_shared_words(shared)
        results += titles.results()
    if union:
        results += union.results(slices.shared)
    if unaccepted:
        results = told_only(results)
    return _report(package, results)


_OTHERWISE_READ = ("agreement.agency-known", "coverage.", "reviewed.", "words.")
"""Checks that find what was read otherwise than the words say or can say, or not at all."""


def told_only(results: Iterable[Result]) -> list[Result]:
    """The results of a catalogue that has a plan which nobody has accepted: misreadings are told of.

    They stop nothing until somebody has looked at the plan. Those of a plan's own rows, of which the second
    reading tells by plan, stay errors in the plans that are accepted.

    >>> wrong = Result("words.form", "agency_names", "error", "", "", checked=9, failed=1)
    >>> own, package = replace(wrong, table="tasks"), replace(wrong, check="spans.inside")
    >>> torn = replace(wrong, check="reviewed.text-length")
    >>> [one.severity for one in told_only([wrong, torn, own, package])]
    ['warning', 'warning', 'error', 'error']
    """
    return [replace(one, severity="warning") if _is_of_all(one) else one for one in results]


def _is_of_all(result: Result) -> bool:
    """Whether a result is of what was read, and doesn't tell in which plans."""
    by_plan = result.check == ROW_COUNT or (
        result.check.startswith("words.") and result.table in OWN
    )
    return result.check.startswith(_OTHERWISE_READ) and not by_plan


def _on_rows(
    some: CheckedPackage,
    names: Sequence[str],
    bounds: tuple[CoverageBounds, ...],
    expected: bool,
) -> list[Result]:
    """What the rows of the tables of those names are found to be."""
    results = [
        *check_spans(some),
        *check_agreement(some),
        *check_counts(some, bounds),
        check_reviewed(some, bounds),
        *check_blocks(some),
        *check_table_rows(some),
        *(check_links(some) if expected else check_keys(some)),
    ]
    return [one for one in results if one.table in names]


def expectations_of(rules: Path) -> list[Expectation]:
    """The expectations: those of the Table Schemas and the reviewed ones."""
    return [*derived_expectations(), *reviewed_expectations(rules)]


def _files(package: CheckedPackage) -> tuple[bool, list[Result]]:
    """Whether the tables have their types, without which nothing else can be said of them."""
    results = list(check_files(package))
    return all(one.status == "passed" for one in results if one.check == "files.types"), results


def _report(package: CheckedPackage, results: Sequence[Result]) -> Report:
    ordered = sorted(results, key=lambda result: (result.table, result.check))
    return Report(str(package.reader.descriptor.get("name", package.folder.name)), tuple(ordered))


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """The files of a package by their SHA-256, and the packages that a collection is the union of."""

    files: Mapping[str, str]
    parts: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path, parts: Sequence[Path]) -> _LookedAt:
        return cls(file_hashes(folder), {part.name: folder_fingerprint(part) for part in parts})

    def inputs(self, rules: Path) -> str:
        """Hash of all that the results depend on: the packages, the rules, the code of the checks."""
        code = code_fingerprint("checks", libraries=("great-expectations",))
        packages = json.dumps([dict(self.files), dict(self.parts)], sort_keys=True)
        reviewed = (rules / name for name in (ROW_COUNTS, EXPECTATIONS))
        parts = (code, packages, *(file_sha256(one) if one.is_file() else "" for one in reviewed))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def refuse_changes(self, folder: Path) -> None:
        """Raise `KhplansError` where a file is no longer what it was before the check."""
        if file_hashes(folder) != self.files:
            raise refusal("package-changed", folder)


def _written(inputs: str, looked_at: _LookedAt, report: Report) -> bytes:
    """The results as checks.json has them."""
    content = {
        "package": report.package,
        "inputs": inputs,
        "files": looked_at.files,
        "parts": looked_at.parts,
        "summary": report.summary(),
        "results": as_data(report.results),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _kept(folder: Path, inputs: str) -> Report | None:
    """The results of the last check, where they are of these inputs."""
    try:
        content = json.loads((folder / CHECKS).read_text("utf-8"))
        if content["inputs"] != inputs:
            return None
        return Report(content["package"], tuple(from_data(one) for one in content["results"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
