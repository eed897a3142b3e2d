"""A scanned page of an original: its picture, the words of each row marked in it, those in doubt marked otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.layout import PageSpan, Recognised
from khplans.reading.recognition import why_unsure
from khplans.site.catalogue import Catalogue
from khplans.site.data import PlanFile
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, shorten
from khplans.site.originals import Original, RowWords, rows_by_page
from khplans.site.pages.naming import document_name, plan_title
from khplans.site.pages.original_links import original_link, scan_path
from khplans.site.pages.plan_notes import KINDS, row_label
from khplans.site.row_places import NOTED
from khplans.site.templating import render

_SAME_LINE = 0.5
"""How far the middles of a line's words lie apart at most, in heights."""
_NEAR = 3.0
"""How far apart words are that one box goes around, in heights."""
_EDGE = 1.5
"""Points around words that their box leaves."""
Box = tuple[float, float, float, float]


def scan_pages(catalogue: Catalogue, plan: PlanFile, words: Language) -> Iterator[SitePage]:
    """A page for each scanned page of the plan's original."""
    original = catalogue.originals.get(plan.plan_id)
    if original is None:
        return
    rows = [
        (name, row) for name in NOTED for row in catalogue.collection.of_plan(name, plan.plan_id)
    ]
    rows.sort(key=lambda named: (named[1]["start"], -named[1]["end"]))
    there = rows_by_page(original, rows)
    numbers = list(original.scanned)
    for span in original.pages:
        if span.number in original.scanned:
            shown = there.get(span.number, ())
            yield _page(catalogue, plan, words, original, span, shown, numbers)


def _page(
    catalogue: Catalogue, plan: PlanFile, words: Language, original: Original, span: PageSpan, rows: Sequence[RowWords], numbers: Sequence[int]
) -> SitePage:  # fmt: skip
    number, name = span.number, document_name(plan.main, words)
    title = words.say("%(name)s, page %(number)s of the original", name=name, number=number)
    page = SitePage(words, scan_path(original, number), title, f"{title}. {plan_title(plan.main)}")
    own = catalogue.plan_page(plan.plan_id)
    page.above = [(words.say("Plans"), "plans/index"), (name, own)]
    at = numbers.index(number)
    groups = [
        (anchor(table, row[NOTED[table]]), KINDS[table], Markup(_boxes(inside)))
        for table, row, inside in rows
    ]
    page.add(
        render(
            page, "scan.md", name=name, own=own, number=number, span=span, groups=groups,
            received=Markup(original_link(page, original, number, words.say("Open the original at this page"))),
            before=numbers[at - 1] if at else None, after=numbers[at + 1] if at + 1 < len(numbers) else None,
            path=lambda n: scan_path(original, n), picture=page.file_link(original.picture(number)), size=(round(span.width), round(span.height)),
            doubted=Markup("".join(_doubted(word, plan.text, words) for word in original.scanned[number])),
            label=lambda table: row_label(table, words), rows=[_listed(catalogue, plan, row) for row in rows],
        )
    )  # fmt: skip
    return page


@dataclass(frozen=True)
class _Listed:
    """A row in the list beside the picture: `doubts` of its words were read with doubt."""

    table: str
    place: str
    path: str
    kind: str
    read: str
    doubts: int


def _listed(catalogue: Catalogue, plan: PlanFile, there: RowWords) -> _Listed:
    table, row, inside = there
    doubts = [word for word in inside if why_unsure(word, plan.text)]
    read = shorten(plan.text[row["start"] : row["end"]], 110)
    place = anchor(table, row[NOTED[table]])
    return _Listed(table, place, catalogue.row_page(row), KINDS[table], read, len(doubts))


def _boxes(words: Sequence[Recognised]) -> str:
    return "".join(_rect(box) for box in boxes_of([word.box for word in words]))


def boxes_of(words: Sequence[Box]) -> list[Box]:
    """One box around words that stand beside each other in a line.

    >>> boxes_of([(0, 0, 9, 10), (12, 0, 20, 10), (90, 0, 99, 10), (0, 20, 9, 30)])
    [(0, 0, 20, 10), (90, 0, 99, 10), (0, 20, 9, 30)]
    """
    made: list[Box] = []
    for left, top, right, bottom in words:
        if made and _is_beside(made[-1], (left, top, right, bottom)):
            before = made.pop()
            left, top = min(before[0], left), min(before[1], top)
            right, bottom = max(before[2], right), max(before[3], bottom)
        made.append((left, top, right, bottom))
    return made


def _is_beside(before: Box, word: Box) -> bool:
    height = max(before[3] - before[1], word[3] - word[1])
    in_line = abs(before[1] + before[3] - word[1] - word[3]) / 2 < _SAME_LINE * height
    return in_line and word[0] - before[0] >= 0 and word[0] - before[2] < _NEAR * height


def _rect(box: Box, inside: str = "") -> str:
    left, top, right, bottom = box
    place = f'x="{left - _EDGE:g}" y="{top - _EDGE:g}" width="{right - left + 2 * _EDGE:g}" height="{bottom - top + 2 * _EDGE:g}"'
    return f"<rect {place}>{inside}</rect>" if inside else f"<rect {place}/>"


def _doubted(word: Recognised, text: str, words: Language) -> str:
    """The box of a word in doubt, that says as what it was read; nothing of others."""
    if why_unsure(word, text) is None:
        return ""
    read, sure = word.span.of(text), words.number(round(word.confidence))
    said = words.say("Read as: %(read)s (confidence %(sure)s/100)", read=read, sure=sure)
    return _rect(word.box, f"<title>{esc(said)}</title>")
