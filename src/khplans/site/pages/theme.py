"""Themes: their measures, and the tasks in whose words figures of theirs stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.common import by_deadline, task_table
from khplans.site.pages.measure_tables import measure_name, measure_table
from khplans.site.templating import render

_NAMED = 6
"""Measures that a theme's card names."""
_TASKS = 60
"""Tasks that a theme's page lists, the nearest in time; the explorer has all."""


def measures_by_theme(catalogue: Catalogue) -> dict[str, list[Row]]:
    """Measures that have figures, by theme, themes with most figures first."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for measure in catalogue.collection.tables["measures"]:
        if catalogue.collection.measured.get(measure["measure_id"]):
            grouped[measure["theme"] or ""].append(measure)
    weight = {
        theme: sum(len(catalogue.collection.measured[m["measure_id"]]) for m in measures)
        for theme, measures in grouped.items()
    }
    return {theme: grouped[theme] for theme in sorted(grouped, key=lambda t: (-weight[t], t))}


@dataclass(frozen=True)
class _ThemeCard:
    """A theme as a card: its name, its page, the first of its measures."""

    name: str
    path: str
    measures: str


def themes_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The themes with their measures."""
    page = SitePage(words, "themes/index", words.say("Themes"),
                words.say("The measures by theme."))  # fmt: skip
    cards = []
    for theme, measures in measures_by_theme(catalogue).items():
        names = ", ".join(measure_name(m, words) for m in measures[:_NAMED])
        more = "…" if len(measures) > _NAMED else ""
        cards.append(_ThemeCard(words.theme(theme), _path(theme), names + more))
    page.add(render(page, "themes.md", cards=cards))
    return page


def theme_page(catalogue: Catalogue, theme: str, measures: list[Row], words: Language) -> SitePage:
    """One theme: its measures and the tasks in whose words their figures stand."""
    name = words.theme(theme)
    page = SitePage(words, _path(theme), name,
                words.say("%(name)s: its measures, and the tasks with a figure.", name=name), layout="read")  # fmt: skip
    tasks = catalogue.collection.by_key("tasks")
    found = {
        row["task_id"]: tasks[row["task_id"]]
        for measure in measures
        for row in catalogue.collection.measured[measure["measure_id"]]
        if row["task_id"]
    }
    shown = by_deadline(found.values())[:_TASKS]
    page.add(
        render(
            page, "theme.md", measures=measure_table(catalogue, page, measures),
            tasks=task_table(catalogue, page, shown, label=name) if shown else "",
            total=len(found), cut=len(shown) < len(found), theme=theme,
        )
    )  # fmt: skip
    return page


def _path(theme: str) -> str:
    return f"themes/{page_name(theme or 'other')}"
