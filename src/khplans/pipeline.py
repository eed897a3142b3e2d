"""The build: plans → packages. Each plan by itself, then the collection from their packages.

    intake → reading → extraction → tables → packages

An unchanged plan is not built again; the output is replaced whole, or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from khplans.atomic import link_tree, replacing
from khplans.errors import KhplansError, both
from khplans.packages.descriptor import EXTRACTED, PackagedPlan, plan_words
from khplans.packages.fingerprint import folder_fingerprint
from khplans.packages.package import (
    refuse_strange_files,
    refuse_strange_folders,
    write_package,
)
from khplans.packages.stamp import COLLECTION, Stamp, fingerprint_inputs
from khplans.packages.union import write_collection

if TYPE_CHECKING:
    from khplans.intake import Plan
    from khplans.model import Document, Findings
    from khplans.tables.rows import Rows

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


def build(
    plans: Path,
    packages: Path,
    *,
    workers: int | None = None,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Make the package of every plan under `plans`, and the collection, in `packages`.

    `workers` is a number of processes; by default one for a few plans, all cores for many. The
    bytes do not depend on it. Raises `KhplansError` for a plan that can't be taken in,
    and `OSError` where the disk refuses; `packages` is then as it was before.
    """
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
    inputs = fingerprint_inputs(folders)
    stamp = Stamp.read(packages)
    kept = tuple(name for name in folders if stamp.holds(packages, name, inputs))
    todo = tuple(name for name in folders if name not in kept)
    removed = tuple(sorted(stamp.inputs.keys() - inputs.keys()))
    if not todo and stamp.holds(packages, COLLECTION, inputs):
        if inspect:
            inspect(packages)
        return BuildResult((), kept, (), changed=False)
    refuse_strange_folders(packages)
    with replacing(packages) as made:
        for name in kept:
            link_tree(packages / name, made / name)
        jobs = [_Job(folders[name], made / name) for name in todo]
        for done, job in enumerate(_run(jobs, workers), 1):
            if progress:
                progress(job.plan.name, done, len(todo))
        (made / COLLECTION).mkdir()
        write_collection(made / COLLECTION, [made / name for name in sorted(folders)])
        outputs = {name: folder_fingerprint(made / name) for name in (*folders, COLLECTION)}
        if inspect:
            inspect(made)
    Stamp(inputs, outputs).write(packages)
    return BuildResult(todo, kept, removed, changed=True)


def extract_files(
    files: Sequence[Path], folder: Path, progress: Progress | None = None
) -> tuple[Plan, ...]:
    """Make one package from any texts, without registering them; replaces a package in `folder`.

    The id of each plan is its file's stem. Raises `KhplansError` for a file that can't be read, two
    files of one stem, or a folder with files that are no package's.
    """
    from khplans.intake import load_file

    plans = tuple(load_file(path) for path in files)
    for plan, path in zip(plans, files, strict=True):
        if sum(other.plan_id == plan.plan_id for other in plans) > 1:
            raise KhplansError(
                both(f"hai tệp cùng tên {plan.plan_id}", "two files of that stem"),
                where=str(path),
                remedy=both("đổi tên một tệp", "rename one of them"),
            )
    refuse_strange_files(folder)
    with replacing(folder) as made, TemporaryDirectory(dir=made) as scratch:
        parts = []
        for done, plan in enumerate(sorted(plans, key=lambda plan: plan.plan_id), 1):
            part = Path(scratch) / plan.plan_id
            part.mkdir()
            write_plan(part, plan)
            parts.append(part)
            if progress:
                progress(plan.plan_id, done, len(plans))
        words = plan_words(packaged_plan(plans[0])) if len(plans) == 1 else EXTRACTED
        write_collection(made, parts, words)
    return plans


def tables_of(plan: Plan) -> Rows:
    """The rows of all tables for one plan: reading, extraction, tabulation."""
    from khplans.reading import read_documents
    from khplans.tables.tabulate import tabulate

    reading = read_documents(plan.source)
    documents = _with_own_ids(reading.documents or (_whole(plan),), plan.plan_id)
    return tabulate(plan, reading, [extract(document) for document in documents])


def _whole(plan: Plan) -> Document:
    """A text in which the reader sees no document, as one."""
    from khplans.model import Document
    from khplans.text.passage import Span

    return Document(plan.plan_id, plan.plan_id, Span(0, len(plan.source.text)), (), ())


def _with_own_ids(documents: Sequence[Document], plan_id: str) -> list[Document]:
    """The documents, two attachments of one name told apart."""
    from khplans.tables.ids import Unique

    unique = Unique()
    return [
        replace(document, document_id=unique(document.document_id or plan_id))
        for document in documents
    ]


def extract(document: Document) -> Findings:
    """All that the extractors find in one document."""
    from khplans.extraction.citations import find_citations, find_short_citations
    from khplans.extraction.indicators import find_indicators
    from khplans.extraction.tasks import find_tasks
    from khplans.model import Findings

    citations = tuple(find_citations(document))
    return Findings(
        document,
        tasks=tuple(find_tasks(document)),
        indicators=tuple(find_indicators(document)),
        citations=citations,
        short_citations=tuple(find_short_citations(document, citations)),
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """A plan's folder and the folder that its package is to be."""

    plan: Path
    package: Path


def _run(jobs: Sequence[_Job], workers: int | None) -> Iterator[_Job]:
    """Build each plan, in this process or several; yields each as it is done."""
    if workers is None:
        workers = (os.cpu_count() or 1) if len(jobs) >= _MANY else 1
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            _build_plan(job)
            yield job
        return
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_build_plan, job): job for job in jobs}
        try:
            for future in as_completed(futures):
                future.result()
                yield futures[future]
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _build_plan(job: _Job) -> None:
    from khplans.intake import load_plan

    job.package.mkdir()
    write_plan(job.package, load_plan(job.plan))


def write_plan(folder: Path, plan: Plan) -> Rows:
    """Read one plan and write its package into an empty folder; gives the rows it wrote."""
    try:
        rows = tables_of(plan)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise KhplansError(
            both(
                f"lỗi của khplans khi đọc văn bản này ({type(error).__name__}: {error})",
                "a fault of khplans",
            ),
            where=plan.plan_id,
            remedy=both("báo cho người phát triển kèm văn bản", "report it together with the text"),
        ) from error
    packaged = packaged_plan(plan)
    sources = {plan.source.plan_id: plan.source.text}
    write_package(folder, plan_words(packaged), [packaged], rows, sources)
    return rows


def packaged_plan(plan: Plan) -> PackagedPlan:
    """What a package says about a plan in it."""
    received = plan.received.isoformat() if plan.received else None
    return PackagedPlan(plan.source.plan_id, plan.title, plan.origin, received)
