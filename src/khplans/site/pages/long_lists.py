"""Long lists over as many pages as keep each light: groups of rows, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.templating import render

_ROOM = 60_000
"""Bytes of rows on a page."""


@dataclass(frozen=True)
class Group:
    """Rows under a heading (none where it is empty), as ready cells; `about` is the path of a page on what they share."""

    title: str
    identifier: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    classes: Mapping[int, str] = field(default_factory=dict)
    label: str = ""
    labelled: bool = False
    about: str = ""
    about_title: str = ""


def list_pages(
    make: Callable[[int, int], SitePage],
    groups: Callable[[Language], Sequence[Group]],
    words: Language,
) -> Iterator[SitePage]:
    """A list's pages. `make` gives the page of a number among so many, with what stands above the list;
    its path is `list_path` of the first's. `groups` gives the rows in a language: both languages are
    cut at the same rows, so that each page has its counterpart."""
    divided = _divide(groups(words), groups(words.other))
    first = make(1, len(divided)).path
    paths = [list_path(first, number) for number in range(1, len(divided) + 1)]
    for number, found in enumerate(divided, 1):
        page = make(number, len(divided))
        turned = turn(page, paths, number) if len(divided) > 1 else Markup()
        page.add(render(page, "groups.md", groups=found, turn=turned))
        yield page


def list_page(
    words: Language, path: str, title: str, about: str, number: int, count: int, *, hint: str = ""
) -> SitePage:
    """A page of a list as far as the list: title, lead, and a box to filter by, where all are here."""
    if number > 1:
        title += f", {words.say('page')} {number}/{count}"
    scripts = ("filter.js",) if count == 1 else ()
    page = SitePage(words, list_path(path, number), title, about, layout="read", scripts=scripts)
    page.add(render(page, "list.md", hint=hint, whole=count == 1))
    return page


def list_path(first: str, number: int) -> str:
    """The path of a page of a list.

    >>> list_path("agencies/index", 1), list_path("agencies/index", 2)
    ('agencies/index', 'agencies/index-2')
    """
    return first if number == 1 else f"{first}-{number}"


def turn(page: SitePage, paths: Sequence[str], number: int) -> Markup:
    """Links from one page (from 1) to the others of what goes over several."""
    return render(page, "turn.md", paths=paths, number=number)


def _divide(groups: Sequence[Group], others: Sequence[Group]) -> list[list[Group]]:
    """The groups over pages that each hold no more than `_ROOM` in either language."""
    pages: list[list[Group]] = [[]]
    size = 0
    for group, other in zip(groups, others, strict=True):
        begin = 0
        size += 400
        for place, pair in enumerate(zip(group.rows, other.rows, strict=True)):
            length = max(_length(row, group.labelled) for row in pair)
            if size + length > _ROOM and size > 400:
                if place > begin:
                    pages[-1].append(replace(group, rows=group.rows[begin:place]))
                pages.append([])
                begin, size = place, 400
            size += length
        if len(group.rows) > begin:
            pages[-1].append(replace(group, rows=group.rows[begin:]))
    return pages


def _length(row: Sequence[str], labelled: bool) -> int:
    """Bytes of a row in the page.

    >>> _length(["ab", "đ"], False), _length(["ab", "đ"], True)
    (31, 93)
    """
    return sum(len(cell.encode()) + (40 if labelled else 9) for cell in row) + 9
