"""The files that plans came as, where these have pages: published as received, and the page that each row stands on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from khplans.intake import load_plan
from khplans.intake.files import read_bytes
from khplans.intake.kinds import kind_of
from khplans.intake.plans import ORIGINAL
from khplans.layout import PageSpan, Recognised
from khplans.site.data import Row, SiteData
from khplans.text.fold import slug

FORMS = {"pdf": "pdf", "png": "png", "jpeg": "jpg", "tiff": "tif"}
"""The kinds of files that have pages, with the ending that each is published with."""


@dataclass(frozen=True)
class Original:
    """The file that a plan came as: `pages` in order, `words` those that were recognised in pictures of them.

    `form` is the ending of such files; the one that it came with may say something else.
    """

    plan_id: str
    file: Path
    form: str
    size: int
    pages: Sequence[PageSpan]
    words: Sequence[Recognised]

    @property
    def path(self) -> str:
        """Its own path in the site."""
        return f"originals/{self.plan_id}/{ORIGINAL}.{self.form}"

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


def read_originals(plans: Path, collection: SiteData) -> dict[str, Original]:
    """The originals of the plans of a collection that have pages, by plan.

    One that isn't there, or isn't what the collection was made from, is left out. Raises `KhplansError` as
    `load_plan`.
    """
    found = {}
    with_pages = {row["plan_id"] for row in collection.tables.get("pages", ())}
    for plan_id in sorted(name for name in with_pages if slug(name) == name):
        for original in _original(plans / plan_id, collection):
            found[plan_id] = original
    return found


def _original(folder: Path, collection: SiteData) -> Iterator[Original]:
    files = sorted(folder.glob(f"{ORIGINAL}.*"))
    if not files:
        return
    plan = load_plan(folder)
    shown = collection.plans[folder.name]
    layout = plan.source.layout
    data = read_bytes(files[0])
    form = FORMS.get(kind_of(data).name)
    is_same = plan.sha256 == shown.main["sha256"] and plan.source.text == shown.text
    if layout and layout.pages and form and is_same:
        yield Original(folder.name, files[0], form, len(data), layout.pages, layout.words)


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
