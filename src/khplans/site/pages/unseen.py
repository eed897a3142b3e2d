"""How right khplans is on texts that it had not seen, set by set: shares, intervals, forms of file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from khplans.scoring.unseen import ALL_FORMS, UnseenFigure, UnseenSet, development_words
from khplans.scoring.wording import form_words, measure_words
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid
from khplans.site.templating import cell, render

_Table = Callable[[UnseenSet, Sequence[UnseenFigure], Language], str]


def unseen_figures(sets: Sequence[UnseenSet], words: Language) -> Markup:
    """For a page at the top: what each set is and a table of its figures; a sentence where there is none."""
    return _rendered(SitePage(words, "accuracy", "", ""), sets, _grid, by_form=False)


def unseen_page(one: UnseenSet, words: Language) -> SitePage:
    """A set's figures for each form of file."""
    title = words.say("Accuracy by form of file")
    page = SitePage(words, f"accuracy/{one.name}", f"{title}: {one.name}", words(one.description, one.description_en),
                layout="read")  # fmt: skip
    page.add(_rendered(page, [one], _forms_grid, by_form=True))
    return page


def _rendered(page: SitePage, sets: Sequence[UnseenSet], table: _Table, *, by_form: bool) -> Markup:
    words = page.words
    measured = [
        (one, [((words.date(date.fromisoformat(day)), code), table(one, figures, words))
               for (day, code), figures in _runs(one).items()])
        for one in sets
    ]  # fmt: skip
    since = {one.name: words(*development_words(one)) for one in sets}
    return render(page, "unseen.md", sets=measured, since=since, by_form=by_form)


def share_and_interval(figure: UnseenFigure, words: Language) -> str:
    """A share and its interval, in per cent."""
    low, high = (words.number(round(end * 100, 1)) for end in figure.interval)
    return f"{words.number(round(figure.value * 100, 1))}% [{low}–{high}]"


Run = tuple[str, str]
"""Day and commit."""


def _runs(one: UnseenSet) -> dict[Run, list[UnseenFigure]]:
    runs: dict[Run, list[UnseenFigure]] = defaultdict(list)
    for figure in one.figures:
        runs[figure.measured, figure.code].append(figure)
    return runs


Measured = tuple[str, str, str]
"""Table, measure and which rows count."""


def _by_measure(figures: Sequence[UnseenFigure]) -> dict[Measured, dict[str, UnseenFigure]]:
    """The figures of each form of file, by what they measure."""
    alike: dict[Measured, dict[str, UnseenFigure]] = defaultdict(dict)
    for figure in figures:
        alike[figure.table, figure.measure, figure.scope][figure.form] = figure
    return alike


def _grid(one: UnseenSet, figures: Sequence[UnseenFigure], words: Language) -> str:
    head = (words.say("Figure"), words.say("Right"), "n")
    rows = [
        (
            _name(what, words),
            share_and_interval(found[ALL_FORMS], words),
            words.number(found[ALL_FORMS].n),
        )
        for what, found in _by_measure(figures).items()
    ]
    return grid(head, rows, classes={1: "nowrap", 2: "num"}, label=one.name)


def _forms_grid(one: UnseenSet, figures: Sequence[UnseenFigure], words: Language) -> str:
    """A line for each table and field, a column for each form: how many are right, of how many, between which shares."""
    forms = sorted({figure.form for figure in figures} - {ALL_FORMS})
    head = (words.say("Figure"), *(esc(words(*form_words(form))) for form in forms))
    rows = []
    for what, found in _by_measure(figures).items():
        parts = (found.get(form) for form in forms)
        cells = (
            cell(
                "two_lines",
                first=f"{words.number(p.right)}/{words.number(p.n)}",
                second=share_and_interval(p, words),
            )
            if p
            else "–"
            for p in parts
        )
        rows.append((_name(what, words), *cells))
    classes = dict.fromkeys(range(1, len(head)), "num")
    return grid(head, rows, classes=classes, label=one.name)


def _name(what: Measured, words: Language) -> str:
    return esc(f"{words.table(what[0])}: {words(*measure_words(*what))}")
