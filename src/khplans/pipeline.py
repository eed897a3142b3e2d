"""The build: plans → packages. Each plan by itself, then the collection from their packages.

    intake → reading → extraction → linking → tables → packages

An unchanged plan is not built again; the output is replaced whole, or not at all.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from khplans.atomic import holds, link_tree, recover, replacing, work_of
from khplans.errors import KhplansError, blaming_khplans, refusal
from khplans.packages.descriptor import EXTRACTED, PackagedPlan, collection_words, plan_words
from khplans.packages.fingerprint import folder_fingerprint
from khplans.packages.package import (
    MADE_BY,
    refuse_others,
    refuse_strange_folders,
    write_package,
)
from khplans.packages.stamp import COLLECTION, Stamp, combined_inputs, fingerprint_inputs
from khplans.packages.union import write_collection
from khplans.settings import Settings

if TYPE_CHECKING:
    from khplans.cluster.workers import Scheduler
    from khplans.intake import Plan
    from khplans.model import Document, Findings, Judgement
    from khplans.reading import Reading
    from khplans.tables.rows import Rows

T = TypeVar("T")
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

    plans: tuple[PackagedPlan, ...]
    failed: Mapping[Path, KhplansError]


@holds("packages")
def build(
    plans: Path,
    packages: Path,
    *,
    catalogue: Settings = _OWN,
    workers: int | None = None,
    scheduler: Scheduler | None = None,
    keep_going: bool = False,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Make the package of every plan under `plans`, and the collection, in `packages`.

    `catalogue` is whose they are.
    `workers` is a number of processes; by default one for a few plans, all cores for many; with a
    `scheduler` its workers make the plans instead. The bytes do not depend on it. Raises `KhplansError` for a plan that can't be taken in,
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
        jobs = {name: _Job(folders[name], made / name, catalogue) for name in todo}
        if scheduler is None:
            outcomes = _run([*jobs.values()], workers, keep_going, _build_plan)
        else:
            outcomes = _over_workers(scheduler, packages, jobs, inputs, keep_going)
        failed = _failed_of(outcomes, len(jobs), progress)
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
    shutil.rmtree(_parts_of(packages), ignore_errors=True)
    built = tuple(name for name in todo if name in good)
    return BuildResult(built, kept, removed, changed=True, failed=failed)


def _plan_folders(plans: Path) -> dict[str, Path]:
    """The folder of each plan by its id."""
    from khplans.intake import list_plans

    folders = {name: plans / name for name in list_plans(plans)}
    if COLLECTION in folders:
        raise refusal("id-of-the-collection", folders[COLLECTION], name=COLLECTION)
    return folders


def _failed_of(
    outcomes: Iterable[tuple[_Job, KhplansError | None]], total: int, progress: Progress | None
) -> dict[str, KhplansError]:
    """See each plan's package made; gives those that can't be taken in, with why."""
    failed: dict[str, KhplansError] = {}
    for done, (job, error) in enumerate(outcomes, 1):
        if error:
            failed[job.plan.name] = error
        if progress:
            progress(job.plan.name, done, total)
    return failed


def _over_workers(
    scheduler: Scheduler,
    packages: Path,
    jobs: Mapping[str, _Job],
    inputs: Mapping[str, str],
    keep_going: bool,
) -> Iterator[tuple[_Job, KhplansError | None]]:
    """Have each plan's package made on a scheduler's workers."""
    from khplans.cluster.stores import StoreFolder
    from khplans.cluster.workers import over_workers, part_key

    parts = StoreFolder(scheduler.parts or str(_parts_of(packages)))
    keyed = {part_key(name, inputs[name]): job for name, job in jobs.items()}
    yield from over_workers(scheduler, parts, keyed, _build_plan, keep_going)


def _parts_of(packages: Path) -> Path:
    """Where the packages of a build over workers that is under way are kept."""
    return work_of(packages) / f"parts-{packages.resolve().name}"


def _none_left(where: Path, failed: Mapping[Any, KhplansError]) -> KhplansError:
    """Nothing to go on with; each failure is told in the one line."""
    each = "; ".join(str(error) for _, error in sorted(failed.items()))
    return refusal("none-readable", where, each=each)


def extract_files(
    files: Sequence[Path],
    folder: Path,
    *,
    workers: int | None = None,
    keep_going: bool = False,
    progress: Progress | None = None,
    beside: Path | None = None,
) -> Extraction:
    """Make one package from any texts, without registering them; replaces an earlier one in `folder`.

    A folder among `files` stands for all plans and files in it and below that can be read. The id of each
    plan is its file's stem; `workers` as for `build`; in the folder `beside`, if any, each plan gets one with
    the files that its rows were read by besides its text. Raises `KhplansError` for a file that can't be read, two
    files of one stem, or a folder with anything but an earlier extract; with `keep_going` such a file is
    left out and named in the result, and it raises only where none is left.
    """
    refuse_others(folder)
    paths = _files_of(files)
    with replacing(folder) as made, TemporaryDirectory(dir=made) as scratch:
        jobs, failed = _extract_jobs(paths, Path(scratch), keep_going, beside)
        found: dict[str, PackagedPlan] = {}
        for done, (job, outcome) in enumerate(_run(jobs, workers, keep_going, _extract_file), 1):
            if isinstance(outcome, KhplansError):
                failed[job.plan] = outcome
            else:
                found[outcome.plan_id] = outcome
            if progress:
                progress(_id_of(job.plan), done, len(jobs))
        if not found:
            raise _none_left(folder, failed)
        ordered = tuple(found[plan_id] for plan_id in sorted(found))
        words = plan_words(ordered[0], _OWN) if len(paths) == 1 else EXTRACTED
        parts = [Path(scratch) / plan.plan_id for plan in ordered]
        write_collection(made, parts, replace(words, made_by=MADE_BY))
    return Extraction(ordered, failed)


def _files_of(files: Sequence[Path]) -> list[Path]:
    """The files, and for each folder among them the plans' folders and other files in it that can be read.

    >>> with TemporaryDirectory() as folder:
    ...     for name in ("a/plan.toml", "a/source.txt", "b/c.txt", ".d/e.txt", "f.csv"):
    ...         Path(folder, name).parent.mkdir(exist_ok=True)
    ...         Path(folder, name).touch()
    ...     [one.relative_to(folder).as_posix() for one in _files_of([Path(folder)])]
    ['a', 'b/c.txt']
    """
    from khplans.intake.files import SUFFIXES
    from khplans.intake.plans import ABOUT

    found: list[Path] = []
    for path in files:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [p for p in path.rglob("*") if not _is_hidden(p.relative_to(path)) and p.is_file()]
        plans = {p.parent for p in inside if p.name == ABOUT}
        read = (p for p in inside if p.suffix.lower() in SUFFIXES and plans.isdisjoint(p.parents))
        own = sorted([*plans, *read])
        if not own:
            raise refusal("folder-of-other-kinds", path, kinds=", ".join(SUFFIXES))
        found += own
    return found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _id_of(path: Path) -> str:
    """The id of the plan that a plan's folder or a file is."""
    return unicodedata.normalize("NFC", path.name if path.is_dir() else path.stem)


def _extract_jobs(
    paths: Sequence[Path], scratch: Path, keep_going: bool, beside: Path | None
) -> tuple[list[_Job], dict[Path, KhplansError]]:
    """A job for each file, and the files that have the stem of an earlier one."""
    jobs: dict[str, _Job] = {}
    failed: dict[Path, KhplansError] = {}
    for path in paths:
        plan_id = _id_of(path)
        if plan_id not in jobs:
            jobs[plan_id] = _Job(path, scratch, _OWN, beside)
            continue
        failed[path] = refusal("stem-twice", path, stem=plan_id)
        if not keep_going:
            raise failed[path]
    return list(jobs.values()), failed


def _extract_file(job: _Job, keep_going: bool) -> PackagedPlan | KhplansError:
    """The plan of a file whose package was made, or why it could not be where that is not to be raised."""
    from khplans.intake import load_file, load_plan
    from khplans.intake.plans import beside_text

    try:
        with blaming_khplans(str(job.plan)):
            plan = load_plan(job.plan) if job.plan.is_dir() else load_file(job.plan)
            write_plan(job.package / plan.plan_id, plan)
            if job.beside:
                folder = job.beside / plan.plan_id
                folder.mkdir(parents=True)
                for name, data in beside_text(plan).items():
                    (folder / name).write_bytes(data)
    except KhplansError as error:
        if not keep_going:
            raise
        return error
    return packaged_plan(plan)


def tables_of(plan: Plan) -> Rows:
    """The rows of all tables for one plan: reading, extraction, linking, tabulation."""
    from khplans.tables.tabulate import tabulate

    return tabulate(plan, *findings_of(plan))


def rows_of(text: str, *judgements: Judgement) -> Rows:
    """The rows of all tables for a text, and what people say of them: what examples show.

    >>> [(row["text"], row["deadline_text"]) for row in rows_of("I. NHIỆM VỤ\\n1. Trồng rừng trong quý I/2025.")["tasks"]]
    [('Trồng rừng trong quý I/2025.', 'trong quý I/2025')]
    """
    from khplans.intake.plans import unregistered
    from khplans.intake.taken import Taken

    plan = unregistered("p", Taken(text), text.encode())
    return tables_of(replace(plan, judgements=judgements))


def findings_of(plan: Plan) -> tuple[Reading, list[Findings]]:
    """What is read of a plan's text and found in it, before people's judgements on rows and linking."""
    from khplans.reading import read_documents

    reading = read_documents(plan.source, plan.judgements)
    documents = _with_own_ids(reading.documents or (_whole(plan),), plan.plan_id)
    return reading, [extract(document) for document in documents]


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
    """A plan's folder or file, the folder that its package is to be or (of a file) to stand in, and whose it is."""

    plan: Path
    package: Path
    catalogue: Settings
    beside: Path | None = None
    """Where the files that are read besides a text are to be put, if they are."""


def _run(
    jobs: Sequence[_Job],
    workers: int | None,
    keep_going: bool,
    work: Callable[[_Job, bool], T],
) -> Iterator[tuple[_Job, T]]:
    """Do each job, in this process or several; yields each as it is done, with what it gave."""
    if workers is None:
        workers = (os.cpu_count() or 1) if len(jobs) >= _MANY else 1
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield job, work(job, keep_going)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=get_context("spawn"), initializer=_end_with_parent
    ) as pool:
        futures = {pool.submit(work, job, keep_going): job for job in jobs}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """Let this worker not outlive the run, which may be killed: the next one would meet it."""
    from multiprocessing import parent_process

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
