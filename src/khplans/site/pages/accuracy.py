"""How accurate the data measured: figures by table, field and plan, and every difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from khplans.scoring.unseen import ALL_FORMS, UnseenFigure
from khplans.scoring.wording import form_words, measure_words
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid, shorten
from khplans.site.pages.naming import document_name
from khplans.site.pages.unseen import share_and_interval, unseen_figures
from khplans.site.row_places import NOTED
from khplans.site.templating import cell, render

_ALL = "all"
_WHOLE = ("f1", "precision", "recall")
_SUMMARY = (
    ("documents", "number"),
    *((name, m) for name in ("citations", "indicators", "tasks") for m in ("recall", "precision")),
)


def accuracy_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The figures on unseen texts, those on the plans here, then where the data differs from the answers."""
    page = SitePage(words, "accuracy", words.say("Accuracy"),
                words.say("Measured on texts not seen before, and on the plans here themselves: an upper bound."),
                layout="read")  # fmt: skip
    unseen = unseen_figures(catalogue.unseen, words)
    figures: Sequence[Mapping[str, Any]] = catalogue.accuracy.get("figures", ())
    plans = sorted({str(figure["plan"]) for figure in figures} - {_ALL})
    differences: Sequence[Mapping[str, Any]] = catalogue.accuracy.get("differences", ())
    files = [name for name in ("accuracy.json", "accuracy.csv") if name in catalogue.files]
    page.add(
        render(
            page, "accuracy.md", unseen=unseen, tables=list(_tables(catalogue, page, figures, plans)),
            without=list(_without(catalogue, page, plans)), count_of_differences=len(differences),
            differences=_differences(catalogue, page, differences),
            files=[(name, page.file_link(f"data/{catalogue.version}/{name}")) for name in files],
        )
    )  # fmt: skip
    return page


def accuracy_summary(catalogue: Catalogue, page: SitePage) -> Markup | None:
    """Both kinds side by side: what was found, and what of the found is right; None where nothing was measured."""
    words = page.words
    whole = {
        (str(f["table"]), str(f["measure"])): f
        for f in catalogue.accuracy.get("figures", ())
        if f["plan"] == _ALL
    }
    latest = catalogue.unseen[0].figures if catalogue.unseen else ()
    unseen = {(f.table, f.measure): f for f in latest if (f.form, f.scope) == (ALL_FORMS, "all")}
    head = (
        words.say("Table"),
        words.say("Figure"),
        words.say("Unseen texts"),
        words.say("The plans here, an upper bound"),
    )
    rows = [
        (
            esc(words.table(name)),
            esc(words(*measure_words(name, measure))),
            _unseen_share(unseen.get((name, measure)), words),
            _share(whole.get((name, measure)), words),
        )
        for name, measure in _SUMMARY
        if (name, measure) in unseen or (name, measure) in whole
    ]
    return grid(head, rows, classes={3: "num"}, label=words.say("Accuracy")) if rows else None


def _unseen_share(figure: UnseenFigure | None, words: Language) -> str:
    return f"{share_and_interval(figure, words)}, n = {words.number(figure.n)}" if figure else "–"


def _tables(
    catalogue: Catalogue, page: SitePage, figures: Sequence[Mapping[str, Any]], plans: Sequence[str]
) -> Iterator[tuple[str, str, Markup]]:
    """Each table's name, title and figures, over all plans and of each."""
    grouped: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = defaultdict(dict)
    for figure in figures:
        of_table = grouped[str(figure["table"])]
        of_table.setdefault(str(figure["measure"]), {})[str(figure["plan"])] = figure
    for name, measures in grouped.items():
        yield name, page.words.table(name), _figures(catalogue, page, name, measures, plans)


def _without(catalogue: Catalogue, page: SitePage, plans: Sequence[str]) -> Iterator[Markup]:
    """Links to the plans that no answers are for."""
    for plan_id, plan in catalogue.collection.plans.items():
        if plan_id not in plans:
            yield page.a(f"plans/{page_name(plan_id)}", document_name(plan.main, page.words))


def _figures(
    catalogue: Catalogue,
    page: SitePage,
    name: str,
    measures: Mapping[str, Mapping[str, Mapping[str, Any]]],
    plans: Sequence[str],
) -> Markup:
    """A line for each measure: over all plans, then each plan."""
    words = page.words
    numbers = [_plan_and_form(catalogue, plan, words) for plan in plans]
    head = (words.say("Figure"), words.say("Right"), words.say("All"), *numbers)
    order = [*(m for m in _WHOLE if m in measures), *(m for m in measures if m not in _WHOLE)]
    rows = []
    for measure in order:
        found = measures[measure]
        whole = found.get(_ALL)
        right, meter = "", ""
        if whole:
            of = whole["found"] if measure == "precision" else whole["gold"]
            right = f"{words.number(whole['hits'])}/{words.number(of)}"
            meter = cell(
                "meter", share=f"{float(whole['value']):.4f}", percent=_share(whole, words)
            )
        label = esc(words(*measure_words(name, measure)))
        rows.append((label, right, meter, *(_share(found.get(plan), words) for plan in plans)))
    places = range(3, 3 + len(plans))
    classes = {1: "num", 2: "nowrap", **dict.fromkeys(places, "num")}
    return grid(head, rows, classes=classes, label=words.table(name))


def _share(figure: Mapping[str, Any] | None, words: Language) -> str:
    return f"{words.number(round(float(figure['value']) * 100, 1))}%" if figure else "–"


def _plan_and_form(catalogue: Catalogue, plan_id: str, words: Language) -> Markup:
    """A plan's number and, where it is known, the form of its file."""
    plan = catalogue.collection.plans.get(plan_id)
    number = plan.main["number"] or plan_id if plan else plan_id
    form = catalogue.accuracy.get("forms", {}).get(plan_id)
    return cell("two_lines", first=number, second=words(*form_words(str(form))) if form else "")


def _differences(
    catalogue: Catalogue, page: SitePage, differences: Sequence[Mapping[str, Any]]
) -> Markup:
    """Every answer that was missed and every row that is extra or wrong, with the plan's words."""
    words = page.words
    head = (words.say("Table"), words.say("Plan"), words.say("Difference"),
            words.say("The plan's words"))  # fmt: skip
    rows = [
        (
            esc(words.table(str(d["table"]))),
            _plan(catalogue, page, d),
            _difference(d, words),
            cell("in_vietnamese", text=shorten(str(d["words"]), 200)),
        )
        for d in differences
    ]
    return grid(head, rows, label=words.say("Missed, extra and wrong"))


def _difference(d: Mapping[str, Any], words: Language) -> Markup:
    kinds = {
        "missed": words.say("missed"),
        "extra": words.say("extra"),
        "wrong": words.say("wrong"),
    }
    return cell(
        "difference", kind=kinds.get(str(d["kind"]), str(d["kind"])),
        field=words(*measure_words(str(d["table"]), str(d["field"]))) if d["field"] else "",
        found=shorten(str(d["found"]), 90), answer=shorten(str(d["answer"]), 90),
    )  # fmt: skip


def _plan(catalogue: Catalogue, page: SitePage, d: Mapping[str, Any]) -> str:
    """The plan, at the row where there is one."""
    collection, name = catalogue.collection, str(d["table"])
    plan = collection.plans.get(str(d["plan"]))
    if plan is None:
        return esc(d["plan"])
    label = str(plan.main["number"] or plan.plan_id)
    row = collection.by_key(name).get(str(d["row_id"])) if name in NOTED else None
    if row is None:
        return page.a(catalogue.plan_page(plan.plan_id), label)
    return page.a(catalogue.row_page(row), label, anchor(name, str(d["row_id"])))
