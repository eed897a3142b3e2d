"""How right khplans is on texts that it had not seen, set by set: shares, intervals, forms of file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from khplans.scoring.unseen import ALL_FORMS, UnseenFigure, UnseenSet, development_words
from khplans.scoring.wording import form_words, measure_words
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid


def unseen_blocks(sets: Sequence[UnseenSet], words: Language) -> list[str]:
    """What each set is and a table of its figures; a sentence where there is none."""
    if not sets:
        none = words.say("This catalogue has measured no texts but the plans here.")
        return [f"<p>{none}</p>"]
    intro = words.say(
        "In square brackets the 95% interval (Wilson); n counts the labels or rows that were judged. Scored once, before "
        "code was mended by the errors that showed."
    )
    return [f"<p>{intro}</p>", *(block for one in sets for block in _set_blocks(one, words))]


def unseen_page(one: UnseenSet, words: Language) -> SitePage:
    """A set's figures for each form of file."""
    title = words.say("Accuracy by form of file")
    page = SitePage(words, f"accuracy/{one.name}", f"{title}: {one.name}", words(one.description, one.description_en),
                layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", *_about(one, words))
    for when, figures in _runs(one).items():
        page.add(_run(when, words), _forms_grid(one, figures, words))
    back = page.a("accuracy", words.say("Accuracy"))
    page.add(f"<p>{back}</p>")
    return page


def share_and_interval(figure: UnseenFigure, words: Language) -> str:
    """A share and its interval, in per cent."""
    low, high = (words.number(round(end * 100, 1)) for end in figure.interval)
    return f"{words.number(round(figure.value * 100, 1))}% [{low}–{high}]"


def _set_blocks(one: UnseenSet, words: Language) -> Iterator[str]:
    """What the set is and its figures over all forms; they stand on top-level pages, below which its own is."""
    yield from _about(one, words)
    for when, figures in _runs(one).items():
        yield _run(when, words)
        yield _grid(one, figures, words)
    by_form = words.say("By form of file")
    yield f'<p><a href="accuracy/{esc(one.name)}.html">{by_form}</a>: {esc(one.name)}.</p>'


Run = tuple[str, str]
"""Day and commit."""


def _runs(one: UnseenSet) -> dict[Run, list[UnseenFigure]]:
    runs: dict[Run, list[UnseenFigure]] = defaultdict(list)
    for figure in one.figures:
        runs[figure.measured, figure.code].append(figure)
    return runs


def _about(one: UnseenSet, words: Language) -> list[str]:
    since = words(*development_words(one))
    return [f"<p>{esc(words(one.description, one.description_en))} {esc(since)}</p>"]


def _run(when: Run, words: Language) -> str:
    day = words.date(date.fromisoformat(when[0]))
    return (
        f"<p>{words.say('Measured on')} {day}, {words.say('code')} <code>{esc(when[1])}</code>.</p>"
    )


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
            f"{words.number(p.right)}/{words.number(p.n)}<br>{share_and_interval(p, words)}"
            if p
            else "–"
            for p in parts
        )
        rows.append((_name(what, words), *cells))
    classes = dict.fromkeys(range(1, len(head)), "num")
    return grid(head, rows, classes=classes, label=one.name)


def _name(what: Measured, words: Language) -> str:
    return esc(f"{words.table(what[0])}: {words(*measure_words(*what))}")
