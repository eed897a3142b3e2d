"""Tables of measures and of figures, for the pages that list them."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid
from khplans.site.pages.common import in_plan
from khplans.site.pages.long_lists import Group
from khplans.site.templating import cell


def measure_name(measure: Row, words: Language) -> str:
    """A measure's name in the page's language."""
    return str(words(measure["name"], measure["name_en"] or measure["name"]))


def measure_group(
    catalogue: Catalogue, page: SitePage, measures: list[Row], title: str = "", identifier: str = ""
) -> Group:
    """Measures with how many figures they have and the newest one."""
    words = page.words
    head = (words.say("Measure"), words.say("Figures"), words.say("Newest"), words.say("Period"))
    rows = []
    for measure in sorted(measures, key=lambda m: measure_name(m, words)):
        found = by_time(catalogue.collection.measured[measure["measure_id"]])
        newest = found[-1]
        rows.append((
            page.a(f"measures/{page_name(measure['measure_id'])}", measure_name(measure, words)),
            words.number(len(found)),
            cell("amount", value=words.amount(newest)),
            esc(f"{words.value('indicators', 'kind', newest['kind']).lower()} {words.period(newest['period'])}"),
        ))  # fmt: skip
    return Group(title, identifier, head, rows, {1: "num", 2: "nowrap", 3: "nowrap"})


def measure_table(catalogue: Catalogue, page: SitePage, measures: list[Row]) -> str:
    """A group of measures as a table."""
    group = measure_group(catalogue, page, measures)
    label = page.words.say("Measures")
    return grid(group.head, group.rows, classes=group.classes, label=label)


def indicator_group(catalogue: Catalogue, page: SitePage, rows: list[Row]) -> Group:
    """Figures with period, kind and where they stand."""
    words = page.words
    documents = catalogue.collection.by_key("documents")
    head = (words.say("Period"), words.say("Value"), words.say("Kind"),
            words.say("Name in the plan"), words.say("Province"), words.say("In the plan"))  # fmt: skip
    cells = [
        (
            esc(words.period(row["period"])),
            cell("amount", value=words.amount(row), change=change_words(row, words)),
            esc(words.value("indicators", "kind", row["kind"])),
            cell("in_vietnamese", text=row["name"]),
            esc(documents[row["document_id"]]["province"] or ""),
            in_plan(catalogue, page, "indicators", row),
        )
        for row in rows
    ]
    classes = {0: "nowrap", 1: "value", 2: "nowrap", 4: "nowrap", 5: "where"}
    label = words.say("Figures")
    return Group("", "", head, cells, classes, label=label, labelled=True)


def indicator_table(catalogue: Catalogue, page: SitePage, rows: list[Row]) -> str:
    """A group of figures as a table."""
    group = indicator_group(catalogue, page, rows)
    return grid(
        group.head, group.rows, classes=group.classes, label=group.label, labelled=group.labelled
    )


def change_words(row: Row, words: Language) -> str:
    """What becomes of the value (`tăng `, `up `), empty for a level."""
    known = {"increase": words.say("up "), "decrease": words.say("down ")}
    return known.get(row["change"], "")


def by_time(rows: list[Row]) -> list[Row]:
    """Figures by the end of their period."""
    return sorted(
        rows, key=lambda r: ((r["period"] or "").split("/")[-1], r["document_id"], r["start"])
    )
