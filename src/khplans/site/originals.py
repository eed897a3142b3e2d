"""The files that plans came as: published as received, and, where they have pages, the page that each row stands on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from khplans.intake import Plan, load_plan
from khplans.intake.files import read_bytes
from khplans.intake.kinds import kind_of
from khplans.intake.plans import ORIGINAL, original_of
from khplans.layout import PageSpan, Recognised
from khplans.site.data import Row, SiteData
from khplans.text.fold import slug

FORMS = {"pdf": "pdf", "png": "png", "jpeg": "jpg", "tiff": "tif"}
"""The kinds of files that have pages, with the ending that each is published with."""


_OTHERS = {"docx": "docx", "doc": "doc", "odt": "odt", "rtf": "rtf", "html": "html.txt", "mhtml": "mhtml.txt", "word-xml": "xml.txt", "text": "txt"}  # fmt: skip
"""As `FORMS`, of files without pages; in what browsers show as plain text no script of a stranger runs."""


@dataclass(frozen=True)
class ReceivedFile:
    """The file that a plan came as.

    `form` is the ending of such files; the one that it came with may say something else.
    """

    plan_id: str
    file: Path
    form: str
    size: int

    @property
    def path(self) -> str:
        """Its own path in the site."""
        return f"originals/{self.plan_id}/{ORIGINAL}.{self.form}"


@dataclass(frozen=True)
class Original(ReceivedFile):
    """A file with pages, in order; `words` are those that were recognised in pictures of them."""

    pages: Sequence[PageSpan]
    words: Sequence[Recognised]

    def picture(self, number: int) -> str:
        """The path in the site of a scanned page's picture, and without its ending that of the page that shows it."""
        return f"originals/{self.plan_id}/{number}.webp"

    def place(self, number: int) -> str:
        """The part of an address that opens a page; only a PDF has such."""
        return f"#page={number}" if self.form == "pdf" else ""

    def page_at(self, start: int) -> PageSpan:
        """The page on which a character stands."""
        return self.pages[max(0, bisect_right(self._starts, start) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [page.span.start for page in self.pages]

    @cached_property
    def scanned(self) -> Mapping[int, Sequence[Recognised]]:
        """The words of each page that was recognised from its picture, in the order of the text."""
        found = _by_page(self.words)
        known = {page.number for page in self.pages}
        return {number: found[number] for number in sorted(found.keys() & known)}


def read_sources(plans: Path, collection: SiteData) -> dict[str, Plan]:
    """The plans of a collection as their folders have them, by id.

    One that isn't there, or isn't what the collection was made from, is left out. Raises `KhplansError` as
    `load_plan`.
    """
    found = {}
    for plan_id, shown in sorted(collection.plans.items()):
        if slug(plan_id) != plan_id or not (plans / plan_id).is_dir():
            continue
        plan = load_plan(plans / plan_id)
        if plan.sha256 == shown.main["sha256"] and plan.source.text == shown.text:
            found[plan_id] = plan
    return found


def read_received(plans: Path, sources: Mapping[str, Plan]) -> dict[str, ReceivedFile]:
    """The files that plans came as, by plan; one that came as plain text has no other than its text."""
    found = {}
    for plan_id, plan in sources.items():
        if file := original_of(plans / plan_id):
            found[plan_id] = _received(plan, file)
    return found


def _received(plan: Plan, file: Path) -> ReceivedFile:
    data = read_bytes(file)
    kind, layout, plan_id = kind_of(data).name, plan.source.layout, plan.source.plan_id
    if layout and layout.pages and kind in FORMS:
        return Original(plan_id, file, FORMS[kind], len(data), layout.pages, layout.words)
    return ReceivedFile(plan_id, file, FORMS.get(kind) or _OTHERS.get(kind, "bin"), len(data))


RowWords = tuple[str, Row, Sequence[Recognised]]
"""A row on a page: its table, itself, and its words there."""


def rows_by_page(original: Original, rows: Iterable[tuple[str, Row]]) -> dict[int, list[RowWords]]:
    """The rows, each beside the name of its table, that have words on scanned pages, by the page's number."""
    starts = [word.span.start for word in original.words]
    ends = [word.span.end for word in original.words]
    found: dict[int, list[RowWords]] = {}
    for table, row in rows:
        inside = original.words[bisect_right(ends, row["start"]) : bisect_left(starts, row["end"])]
        for number, words in _by_page(inside).items():
            found.setdefault(number, []).append((table, row, words))
    return found


def _by_page(words: Iterable[Recognised]) -> dict[int, list[Recognised]]:
    found: dict[int, list[Recognised]] = {}
    for word in words:
        found.setdefault(word.page, []).append(word)
    return found
