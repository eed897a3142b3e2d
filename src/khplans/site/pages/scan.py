"""A scanned page of an original: its picture, the words of each row marked in it, those in doubt marked otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khplans.layout import PageSpan, Recognised
from khplans.reading.recognition import why_unsure
from khplans.site.catalogue import Catalogue
from khplans.site.data import PlanFile
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, fragment, shorten
from khplans.site.originals import Original, RowWords, rows_by_page
from khplans.site.pages.naming import document_name, plan_title
from khplans.site.pages.original_links import original_link, scan_path
from khplans.site.pages.plan_notes import KINDS, LABELS
from khplans.site.row_places import NOTED

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
    own = page.a(catalogue.plan_page(plan.plan_id), name)
    page.add(
        f'<p class="kh-crumbs">{page.a("plans/index", words.say("Plans"))} › {own}</p>',
        f'<h1 class="kh-part">{esc(title)}</h1>',
        _turn(page, original, number, numbers),
    )
    explain = words.say(
        "The page as received. Coloured boxes are the words of the rows of data; dashed red ones, words that were read with doubt."
    )
    page.add(f'<p class="kh-small">{esc(explain)}</p>')
    page.add(f'<div class="kh-scan">{_picture(page, plan, original, span, rows)}{_list(catalogue, page, plan, original, number, rows)}</div>')  # fmt: skip
    return page


def _turn(page: SitePage, original: Original, number: int, numbers: Sequence[int]) -> str:
    """To the scanned pages before and behind, and to the page in the file as received."""
    words, place = page.words, numbers.index(number)
    links = [original_link(page, original, number, words.say("Open the original at this page"))]  # fmt: skip
    if place:
        before = numbers[place - 1]
        links.append(page.a(scan_path(original, before), words.say("← Page %(before)s", before=before), attributes=' rel="prev"'))  # fmt: skip
    if place + 1 < len(numbers):
        after = numbers[place + 1]
        links.append(page.a(scan_path(original, after), words.say("Page %(after)s →", after=after), attributes=' rel="next"'))  # fmt: skip
    label = words.say("Scanned pages")
    return f'<nav class="kh-turn" aria-label="{label}">{"".join(links)}</nav>'


def _picture(
    page: SitePage, plan: PlanFile, original: Original, span: PageSpan, rows: Sequence[RowWords]
) -> str:
    """The picture with boxes over it: the browser lights those of the row that the address names."""
    words, number = page.words, span.number
    shown = words.say("Scan of page %(number)s; %(count)s rows of data, which are listed beside it.", number=number, count=len(rows))  # fmt: skip
    groups = (
        f'<g id="{esc(anchor(table, row[NOTED[table]]))}" class="{KINDS[table]}">{_boxes(inside)}</g>'
        for table, row, inside in rows
    )
    doubted = (_doubted(word, plan.text, words) for word in original.scanned[number])
    size = f"{span.width:g} {span.height:g}"
    return (
        f'<figure><img src="{esc(page.file_link(original.picture(number)))}" alt="{esc(shown)}" '
        f'width="{round(span.width)}" height="{round(span.height)}" loading="lazy" decoding="async">'
        f'<svg viewBox="0 0 {size}" preserveAspectRatio="none" aria-hidden="true">{"".join(groups)}'
        f'<g class="u">{"".join(doubted)}</g></svg></figure>'
    )


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


def _list(catalogue: Catalogue, page: SitePage, plan: PlanFile, original: Original, number: int, rows: Sequence[RowWords]) -> str:  # fmt: skip
    """The rows of the page by table, each with a link that lights it in the picture and one to its words."""
    words = page.words
    if not rows:
        none = words.say("No row of data stands on this page.")
        return f"<p>{none}</p>"
    items = []
    for table, row, inside in rows:
        place = anchor(table, row[NOTED[table]])
        light = f'<a href="#{esc(fragment(place))}">{words(*LABELS[table])}</a>'
        read = esc(shorten(plan.text[row["start"] : row["end"]], 110))
        doubts = [w for w in inside if why_unsure(w, plan.text)]
        tag = f' <span class="kh-tag warn">{words.say("in doubt")}: {len(doubts)}</span>' if doubts else ""  # fmt: skip
        there = page.a(catalogue.row_page(row), words.say("the data"), place)
        items.append(f'<li class="{KINDS[table]}"><b>{light}</b>{tag} <span lang="vi">{read}</span> {there}</li>')  # fmt: skip
    return f"<ul>{''.join(items)}</ul>"
