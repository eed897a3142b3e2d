"""A plan extracted anew from its original with today's tools; its corrections and judgements follow their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khplans.errors import refusal
from khplans.intake.by_hand import csv_rows
from khplans.intake.files import read_bytes, take
from khplans.intake.plans import ABOUT, COLUMNS, CORRECTIONS, LAYOUT, TEXT, load_plan, original_of
from khplans.intake.registering import Said, sums_of, taken_files, toml
from khplans.intake.review_file import REVIEW, csv_bytes, review_bytes
from khplans.intake.taken import Received
from khplans.model import Judgement
from khplans.text.passage import Correction, Span

_OF_A_FILE = ("sha256", "text_sha256", "layout_sha256", "read_by", "encodings")
_CONTEXTS = (80, 40, 20, 10, 5)
"""Characters on either side of a correction's words that must stand there too, the most first."""


@dataclass(frozen=True, slots=True)
class Again:
    """A plan's folder as it would be: its files by name, the text before and after.

    `needless` are corrections of words that the tools now read as corrected, `lost` judgements whose
    words are gone: they stay where they were, and the build warns of them.
    """

    files: Mapping[str, bytes]
    before: str
    after: str
    doubts: tuple[str, ...]
    needless: tuple[Correction, ...]
    lost: tuple[Judgement, ...]
    changed_layout: bool

    @property
    def needs_writing(self) -> bool:
        """Whether anything but what plan.toml says of the tools is otherwise."""
        return self.changed_layout or self.before != self.after


def take_again(folder: Path) -> Again:
    """Take a plan's file in once more; nothing is written.

    Raises `KhplansError` for a folder that is no plan or has folders in it, a file that can't be taken in any more, and a
    correction whose words can't be found again, stand in several places, or stand before those of the one above.
    """
    plan = load_plan(folder)
    for path in sorted(folder.iterdir()):
        if not path.is_file():
            raise refusal("stray-file", path)
    source = original_of(folder) or folder / TEXT
    data = read_bytes(source)
    received = Received(source, data, take(data, source, strict=source.name == TEXT))
    written = taken_files(received)
    before, after = plan.source.text, received.taken.text
    kept: list[Correction] = []
    needless: list[Correction] = []
    end = 0
    for correction in plan.source.corrections:
        found = _found(correction.span, (correction.before, correction.after), before, after)
        if found is None or found.start < end:
            at = f"{folder / CORRECTIONS}:{correction.line}"
            raise refusal("correction-without-place", at, correction=correction)
        end = found.end
        if found.of(after) == correction.before:
            kept.append(replace(correction, span=found))
        else:
            needless.append(correction)
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    old_layout = files.pop(LAYOUT, None)
    said = files[ABOUT].decode("utf-8")
    files |= written
    files[ABOUT] = _with_sums(said, sums_of(written, received.taken)).encode()
    if before != after:
        files[CORRECTIONS] = _moved_rows(folder / CORRECTIONS, kept)
    placed = [_found(one.span, (one.words,), before, after) for one in plan.judgements]
    judgements = list(zip(plan.judgements, placed, strict=True))
    if before != after and judgements:
        moved = (replace(one, span=span) if span else one for one, span in judgements)
        files[REVIEW] = review_bytes(moved)
    return Again(
        files,
        before,
        after,
        received.taken.doubts,
        tuple(needless),
        tuple(one for one, span in judgements if span is None),
        changed_layout=old_layout != written.get(LAYOUT),
    )


def _found(span: Span, readings: Sequence[str], before: str, after: str) -> Span | None:
    """Where words stand in the new text, as they were or in another of their readings; None where that can't be told.

    They count with as much of what stands around them as tells them from all others, in the old text too.
    """
    old = span.of(before)
    for size in _CONTEXTS:
        left = before[max(0, span.start - size) : span.start]
        right = before[span.end : span.end + size]
        if len(_places(left + old + right, before)) > 1:
            continue
        for words in readings:
            context = left + words + right
            places = _places(context, after)
            if len(places) == 1 and len(_places(context, before)) == (words == old):
                start = places[0] + len(left)
                return Span(start, start + len(words))
    return None


def _places(words: str, text: str) -> list[int]:
    """The first two places of words in a text.

    >>> _places("Sở", "Sở Y tế, Sở Nội vụ và Sở Tài chính"), _places("Sở", "Sở Y tế"), _places("Sở", "Rừng")
    ([0, 9], [0], [])
    """
    first = text.find(words)
    second = text.find(words, first + 1) if first >= 0 else -1
    return [place for place in (first, second) if place >= 0]


def _moved_rows(path: Path, kept: list[Correction]) -> bytes:
    """corrections.csv with the places of those that are kept; the days that rows had stay theirs."""
    rows = dict(csv_rows(path)) if kept else {}
    return csv_bytes(
        COLUMNS,
        (
            (
                one.span.start,
                one.span.end,
                one.before,
                one.after,
                one.reason,
                "".join(rows[one.line or 0][5:]),
            )
            for one in kept
        ),
    )


def _with_sums(written: str, said: Mapping[str, Said]) -> str:
    """plan.toml with those values of what is read of the file; all else that people wrote stays.

    >>> print(_with_sums('title = "Kế hoạch"  # a\\nsha256 = "0"\\n', {"sha256": "1", "read_by": ["x 1"]}), end="")
    title = "Kế hoạch"  # a
    sha256 = "1"
    read_by = ["x 1"]
    >>> _with_sums('sha256 = "0"  # xem [1]\\nread_by = ["a [1]",\\n  "b"]\\n', {"sha256": "1", "read_by": ["x 1"]})
    'sha256 = "1"\\nread_by = ["x 1"]\\n'
    """
    for key in _OF_A_FILE:
        line = toml({key: said[key]}) if key in said else ""
        array = r'\[(?:[^\]"]|"[^"\n]*")*\]'
        old = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*(?:{array})?[^\n]*(?:\n|\Z)", re.MULTILINE)
        found = old.search(written)
        if found:
            written = f"{written[: found.start()]}{line}{written[found.end() :]}"
        elif line:
            written = f"{written.rstrip(chr(10))}\n{line}"
    return written
