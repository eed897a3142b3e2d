"""The two files that keep what people put right, `corrections.csv` and `review.csv`; nothing else is written.

Each change is made to what is on the disk at that moment, under the catalogue's lock, in one step, and
only where the next build can read it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khplans.atomic import holding, scratch, work_of
from khplans.errors import AnotherRun, KhplansError, both, refusal
from khplans.intake import load_plan
from khplans.intake.by_hand import csv_rows
from khplans.intake.plans import COLUMNS, CORRECTIONS, read_corrections
from khplans.intake.review_file import REVIEW, csv_bytes, read_judgements, review_bytes
from khplans.model import Judgement
from khplans.text.passage import Span

_TRIES, _PAUSE_S = 20, 0.1
"""A build holds the catalogue for longer; then it is told of."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words of a plan's source and what they should read, if anything, with why and since when it is known."""

    span: Span
    before: str
    after: str
    reason: str
    date: date


def corrected(folder: Path, words: Sequence[Word]) -> None:
    """Add corrections to a plan's corrections.csv, but for those that stand there as a run wrote them that was broken off.

    Raises `KhplansError` where the words are no longer there, or another correction is of them, and
    `AnotherRun` where another command is writing in the catalogue.
    """
    with alone(folder.parent):
        plan = load_plan(folder)
        there = {(one.span, one.before, one.after, one.reason) for one in plan.source.corrections}
        new = [w for w in words if (w.span, w.before, w.after, w.reason) not in there]
        for word in new:
            _refuse_unfit(folder, word, plan.source.text)
            for other in plan.source.corrections:
                if other.span.overlaps(word.span):
                    raise refusal(
                        "correction-is-there", f"{folder / CORRECTIONS}:{other.line}", other=other
                    )
        rows = [
            (w.span.start, w.span.end, w.before, w.after, w.reason, w.date.isoformat()) for w in new
        ]
        _write_corrections(folder, [*_rows(folder), *rows], plan.source.text)


def uncorrected(folder: Path, words: Sequence[Word]) -> None:
    """Take corrections out again; those that are no longer there as they were stay as they are."""
    with alone(folder.parent):
        text = load_plan(folder).source.text
        gone = {(str(w.span.start), str(w.span.end), w.before, w.after) for w in words}
        kept = [row for row in _rows(folder) if tuple(row[:4]) not in gone]
        _write_corrections(folder, kept, text)


def judged(folder: Path, change: Callable[[tuple[Judgement, ...]], Iterable[Judgement]]) -> None:
    """Change a plan's review.csv: `change` is given the judgements on the disk and gives those to be.

    Raises `KhplansError` for a file that is none, and `AnotherRun`.
    """
    with alone(folder.parent):
        there = read_judgements(folder / REVIEW)
        write(folder / REVIEW, review_bytes(change(there)), folder.parent, read_judgements)


def _refuse_unfit(folder: Path, word: Word, text: str) -> None:
    if word.span.of(text) != word.before:
        raise refusal("words-gone", f"{folder}/source.txt:{word.span.start}")
    if word.after.isspace() or word.after == word.before or not word.reason.strip():
        raise refusal("correction-says-nothing", folder / CORRECTIONS)


def _rows(folder: Path) -> Iterator[Sequence[object]]:
    """The rows of corrections.csv as they are, each with its cell for the date."""
    path = folder / CORRECTIONS
    for number, row in csv_rows(path) if path.exists() else ():
        if number > 1 and row:
            yield [*row, ""] if len(row) < len(COLUMNS) else row


def _write_corrections(folder: Path, rows: Iterable[Sequence[object]], text: str) -> None:
    ordered = sorted(rows, key=lambda row: int(str(row[0])))
    data = csv_bytes(COLUMNS, ordered)
    write(folder / CORRECTIONS, data, folder.parent, lambda made: read_corrections(made, text))


@contextmanager
def alone(plans: Path) -> Iterator[None]:
    """Hold the catalogue of a folder of plans, once whoever has just written there is done."""
    with ExitStack() as held:
        for tries_left in reversed(range(_TRIES)):
            try:
                held.enter_context(holding(plans))
                break
            except AnotherRun:
                if not tries_left:
                    raise
                time.sleep(_PAUSE_S)
        yield


def write(path: Path, data: bytes, plans: Path, read: Callable[[Path], object]) -> None:
    """Write a file of a catalogue in one step, if it can be read as the next build reads it.

    It is made beside the folder of plans: a kill leaves nothing in a plan's own folder. Raises as `read`.
    """
    with scratch(work_of(plans)) as aside:
        made = aside / path.name
        made.write_bytes(data)
        try:
            read(made)
        except KhplansError as error:
            raise KhplansError(
                error.code,
                error.what,
                where=str(path),
                remedy=both("sửa điều vừa ghi; tệp còn nguyên", "mend what was entered; the file is as it was"),
            ) from None  # fmt: skip
        path.parent.mkdir(exist_ok=True)
        made.replace(path)
