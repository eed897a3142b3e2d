"""Themes: their measures, and the tasks in whose words figures of theirs stand."""

from __future__ import annotations

from collections import defaultdict

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.common import by_deadline, task_table
from khplans.site.pages.measure_tables import measure_name, measure_table

_TASKS = 16
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


def themes_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The themes with their measures."""
    page = SitePage(words, "themes/index", words.say("Themes"),
                words.say("The measures by theme."))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    cards = []
    for theme, measures in measures_by_theme(catalogue).items():
        names = ", ".join(measure_name(m, words) for m in measures[:6])
        cards.append(
            f'<li class="kh-card">{page.a("themes/" + page_name(theme or "other"), words.theme(theme))}'
            f'<p class="kh-small">{esc(names)}{"…" if len(measures) > 6 else ""}</p></li>'
        )
    page.add(f'<ul class="kh-cards">{"".join(cards)}</ul>')
    return page


def theme_page(catalogue: Catalogue, theme: str, measures: list[Row], words: Language) -> SitePage:
    """One theme: its measures and the tasks in whose words their figures stand."""
    name = words.theme(theme)
    page = SitePage(words, f"themes/{page_name(theme or 'other')}", name,
                words.say("%(name)s: its measures, and the tasks with a figure.", name=name), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("themes/index", words.say("Themes"))}</p>')
    page.add(f"<h1>{esc(name)}</h1>")
    page.heading(2, words.say("Measures"), "measures")
    page.add(measure_table(catalogue, page, measures))
    tasks = catalogue.collection.by_key("tasks")
    found = {
        row["task_id"]: tasks[row["task_id"]]
        for measure in measures
        for row in catalogue.collection.measured[measure["measure_id"]]
        if row["task_id"]
    }
    if found:
        page.heading(
            2,
            words.say("Tasks with a figure of the theme"),
            "tasks",
        )
        page.add(task_table(catalogue, page, by_deadline(found.values())[:_TASKS], label=name))
    return page
