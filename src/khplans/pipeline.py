"""The build: plans → packages. Each plan by itself, then the collection from their packages.

    intake → reading → extraction → linking → tables → packages

An unchanged plan is not built again; the output is replaced whole, or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from khplans.atomic import holds, link_tree, recover, replacing
from khplans.errors import KhplansError, blaming_khplans, both
from khplans.packages.descriptor import EXTRACTED, PackagedPlan, collection_words, plan_words
from khplans.packages.fingerprint import folder_fingerprint
from khplans.packages.package import (
    refuse_strange_files,
    refuse_strange_folders,
    write_package,
)
from khplans.packages.stamp import COLLECTION, Stamp, combined_inputs, fingerprint_inputs
from khplans.packages.union import write_collection
from khplans.settings import Settings

if TYPE_CHECKING:
    from khplans.intake import Plan
    from khplans.model import Document, Findings
    from khplans.tables.rows import Rows

_OWN = Settings()
_MANY = 16
"""Plans from which on starting several processes is worth its while."""

Progress = Callable[[str, int, int], None]
"""Told a plan's id, how many are done, and how many there are to build."""
Inspect = Callable[[Path], None]
"""Looks at the packages before they take their place; raises `KhplansError` to stop that."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: the plans it built, those it took over, those that are gone."""

    built: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    changed: bool
    """Whether the output was replaced."""

    failed: Mapping[str, KhplansError] = field(default_factory=dict)
    """Why each plan that could not be built has no package."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The plans of which a package was made, and why the other files are not in it."""

    plans: tuple[Plan, ...]
    failed: Mapping[Path, KhplansError]


@holds("packages")
def build(
    plans: Path,
    packages: Path,
    *,
    catalogue: Settings = _OWN,
    workers: int | None = None,
    keep_going: bool = False,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Make the package of every plan under `plans`, and the collection, in `packages`.

    `catalogue` is whose they are.
    `workers` is a number of processes; by default one for a few plans, all cores for many. The
    bytes do not depend on it. Raises `KhplansError` for a plan that can't be taken in,
    and `OSError` where the disk refuses; `packages` is then as it was before.

    With `keep_going` a plan that can't be taken in is left out instead, of the collection too, and
    named in the result: an earlier package of it is gone, as it no longer is what the plan says.
    Where no plan is left, `packages` stays as it was.
    """
    folders = _plan_folders(plans)
    inputs = fingerprint_inputs(folders, catalogue)
    stamp = Stamp.read(packages)
    kept = tuple(name for name in folders if stamp.holds(packages, name, inputs))
    todo = tuple(name for name in folders if name not in kept)
    removed = tuple(sorted(stamp.inputs.keys() - inputs.keys()))
    if not todo and stamp.holds(packages, COLLECTION, inputs):
        if inspect:
            inspect(packages)
        return BuildResult((), kept, (), changed=False)
    recover(plans, packages)
    refuse_strange_folders(packages)
    with replacing(packages) as made:
        for name in kept:
            link_tree(packages / name, made / name)
        jobs = [_Job(folders[name], made / name, catalogue) for name in todo]
        failed = _build_plans(jobs, workers, keep_going, progress)
        good = [name for name in folders if name not in failed]
        if failed and not good:
            raise _none_left(plans, failed)
        (made / COLLECTION).mkdir()
        parts = [made / name for name in sorted(good)]
        write_collection(made / COLLECTION, parts, collection_words(catalogue))
        outputs = {name: folder_fingerprint(made / name) for name in (*good, COLLECTION)}
        if inspect:
            inspect(made)
    Stamp(combined_inputs(inputs, good), outputs).write(packages)
    built = tuple(name for name in todo if name in good)
    return BuildResult(built, kept, removed, changed=True, failed=failed)


def _plan_folders(plans: Path) -> dict[str, Path]:
    """The folder of each plan by its id."""
    from khplans.intake import list_plans

    folders = {name: plans / name for name in list_plans(plans)}
    if COLLECTION in folders:
        raise KhplansError(
            both(
                f"{COLLECTION} là tên của gói chung", f"{COLLECTION} is the name of the collection"
            ),
            where=str(folders[COLLECTION]),
            remedy=both("đổi mã kế hoạch", "give the plan another id"),
        )
    return folders


def _build_plans(
    jobs: Sequence[_Job], workers: int | None, keep_going: bool, progress: Progress | None
) -> dict[str, KhplansError]:
    """Make the package of each plan; gives those that can't be taken in, with why."""
    failed: dict[str, KhplansError] = {}
    for done, (job, error) in enumerate(_run(jobs, workers, keep_going), 1):
        if error:
            failed[job.plan.name] = error
        if progress:
            progress(job.plan.name, done, len(jobs))
    return failed


def _none_left(where: Path, failed: Mapping[Any, KhplansError]) -> KhplansError:
    """Nothing to go on with; each failure is told in the one line."""
    each = "; ".join(str(error) for _, error in sorted(failed.items()))
    return KhplansError(
        both(f"không tệp nào đọc được: {each}", "none of them could be read"),
        where=str(where),
        remedy=both("sửa từng lỗi rồi chạy lại", "fix each and run again"),
    )


def extract_files(
    files: Sequence[Path],
    folder: Path,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
) -> Extraction:
    """Make one package from any texts, without registering them; replaces a package in `folder`.

    The id of each plan is its file's stem. Raises `KhplansError` for a file that can't be read, two
    files of one stem, or a folder with files that are no package's; with `keep_going` such a file is
    left out and named in the result, and it raises only where none is left.
    """
    refuse_strange_files(folder)
    plans: dict[str, Plan] = {}
    failed: dict[Path, KhplansError] = {}
    with replacing(folder) as made, TemporaryDirectory(dir=made) as scratch:
        for done, path in enumerate(files, 1):
            try:
                plan = _extract_file(path, Path(scratch))
                plans[plan.plan_id] = plan
            except KhplansError as error:
                if not keep_going:
                    raise
                failed[path] = error
            if progress:
                progress(path.stem, done, len(files))
        if not plans:
            raise _none_left(folder, failed)
        ordered = tuple(plans[plan_id] for plan_id in sorted(plans))
        words = plan_words(packaged_plan(ordered[0]), _OWN) if len(files) == 1 else EXTRACTED
        write_collection(made, [Path(scratch) / plan.plan_id for plan in ordered], words)
    return Extraction(ordered, failed)


def _extract_file(path: Path, packages: Path) -> Plan:
    from khplans.intake import load_file

    with blaming_khplans(str(path)):
        plan = load_file(path)
        package = packages / plan.plan_id
        if package.exists():
            raise KhplansError(
                both(f"hai tệp cùng tên {plan.plan_id}", "two files of that stem"),
                where=str(path),
                remedy=both("đổi tên một tệp", "rename one of them"),
            )
        write_plan(package, plan)
    return plan


def tables_of(plan: Plan) -> Rows:
    """The rows of all tables for one plan: reading, extraction, linking, tabulation."""
    from khplans.reading import read_documents
    from khplans.tables.tabulate import tabulate

    reading = read_documents(plan.source)
    documents = _with_own_ids(reading.documents or (_whole(plan),), plan.plan_id)
    return tabulate(plan, reading, [extract(document) for document in documents])


def _whole(plan: Plan) -> Document:
    """A text in which the reader sees no document, as one."""
    from khplans.model import Block, Document
    from khplans.text.passage import Passage, Span

    whole = Span(0, len(plan.source.text))
    drawn = Block("furniture", Passage(""), whole, reason="rule")
    return Document(plan.plan_id, plan.plan_id, whole, (drawn,), ())


def _with_own_ids(documents: Sequence[Document], plan_id: str) -> list[Document]:
    """The documents, two attachments of one name told apart."""
    from khplans.linking.ids import Unique

    unique = Unique()
    return [
        replace(document, document_id=unique(document.document_id or plan_id))
        for document in documents
    ]


def extract(document: Document) -> Findings:
    """All that the extractors find in one document, each number with the measure that it means."""
    from khplans.extraction.citations import find_citations, find_short_citations
    from khplans.extraction.indicators import find_indicators
    from khplans.extraction.tasks import find_tasks
    from khplans.linking.measures import with_measures
    from khplans.model import Findings

    citations = tuple(find_citations(document))
    return Findings(
        document,
        tasks=tuple(find_tasks(document)),
        indicators=tuple(with_measures(find_indicators(document))),
        citations=citations,
        short_citations=tuple(find_short_citations(document, citations)),
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """A plan's folder, the folder that its package is to be, and whose it is."""

    plan: Path
    package: Path
    catalogue: Settings


def _run(
    jobs: Sequence[_Job], workers: int | None, keep_going: bool
) -> Iterator[tuple[_Job, KhplansError | None]]:
    """Build each plan, in this process or several; yields each as it is done, with its failure."""
    if workers is None:
        workers = (os.cpu_count() or 1) if len(jobs) >= _MANY else 1
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield job, _build_plan(job, keep_going)
        return
    with ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=get_context("spawn"), initializer=_end_with_parent
    ) as pool:
        futures = {pool.submit(_build_plan, job, keep_going): job for job in jobs}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """Let this worker not outlive the run, which may be killed: the next one would meet it."""

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def _build_plan(job: _Job, keep_going: bool) -> KhplansError | None:
    """Why the plan could not be built, where that is not to be raised."""
    from khplans.intake import load_plan

    try:
        with blaming_khplans(str(job.plan)):
            write_plan(job.package, load_plan(job.plan), job.catalogue)
    except KhplansError as error:
        if not keep_going:
            raise
        return error
    return None


def write_plan(folder: Path, plan: Plan, catalogue: Settings = _OWN) -> None:
    """Read one plan and write its package into a new folder; a failure leaves none."""
    rows = tables_of(plan)
    packaged = packaged_plan(plan)
    sources = {plan.source.plan_id: plan.source.text}
    folder.mkdir()
    try:
        write_package(folder, plan_words(packaged, catalogue), [packaged], rows, sources)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def packaged_plan(plan: Plan) -> PackagedPlan:
    """What a package says about a plan in it."""
    received = plan.received.isoformat() if plan.received else None
    return PackagedPlan(plan.source.plan_id, plan.title, plan.origin, received)
