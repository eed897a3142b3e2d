"""Provinces: the list, and of each its plans, agencies, targets beside results, deadlines and documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from khplans.knowledge.provinces import Province, provinces
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import (
    agency_label,
    ahead_and_behind,
    plan_cards,
    province_link,
    task_table,
    words_link,
)
from khplans.site.pages.follow import follow_block
from khplans.site.pages.measure_tables import by_time, change_words, measure_name
from khplans.site.pages.naming import document_name
from khplans.site.places import Place, place_key
from khplans.site.templating import cell, render

_PLANS, _DEADLINES, _AGENCIES, _DOCUMENTS = 12, 12, 24, 16
"""What a province's page lists of each; the explorer has the others."""
_ROOM, _FIGURES = 160, 3
"""Figures that a province's page lists, and of a measure's targets or results, the newest."""


def province_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """The list of provinces, and a page for each."""
    yield _list_page(catalogue, words)
    for place in catalogue.collection.places.values():
        yield _place_page(catalogue, place, words)


def _list_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The provinces with plans, and all of today's with those that became a part of them."""
    page = SitePage(
        words, "provinces/index", words.say("Provinces"),
        words.say("What the plans of each province promise, who must act, and by when."),
        layout="read", scripts=("filter.js",),
    )  # fmt: skip
    head = (words.say("Province"), words.say("Plans"), words.say("Tasks"),
            words.say("With a deadline"), words.say("Figures"), words.say("Agencies"))  # fmt: skip
    places = [p for p in catalogue.collection.places.values() if p.documents or p.agencies]
    places.sort(key=lambda place: (-len(place.documents), -len(place.tasks), place.key))
    rows = [
        (page.a(f"provinces/{place.key}", place.name), *map(words.number, _amounts(place)))
        for place in places
    ]
    classes = dict.fromkeys(range(1, len(head)), "num")
    page.add(
        render(
            page, "provinces.md", page_title=page.title, about=page.description,
            hint=words.say("name of a province, accents or not"),
            table=grid(head, rows, classes=classes, label=page.title, labelled=True),
            today=_today(catalogue, page),
        )
    )  # fmt: skip
    return page


def _amounts(place: Place) -> tuple[int, ...]:
    return (
        len(place.plans), len(place.tasks), len(place.dated),
        len(place.indicators), len(place.agencies),
    )  # fmt: skip


def _today(catalogue: Catalogue, page: SitePage) -> Markup:
    """All provinces of today with those of before, each a link where it has a page."""
    words = page.words
    taken: dict[str, list[Province]] = defaultdict(list)
    for province in provinces():
        taken[province.into].append(province)
    rows = [
        (
            _named(catalogue, page, province),
            Markup("; ").join(_named(catalogue, page, other) for other in taken[province.name]),
            _plans(catalogue, words, province, taken[province.name]) or "–",
        )
        for province in taken[""]
    ]
    head = (words.say("Province today"), words.say("Has taken in"), words.say("Plans"))
    return grid(head, rows, classes={2: "num"}, label=words.say("Provinces of today and of before"))


def _named(catalogue: Catalogue, page: SitePage, province: Province) -> Markup:
    if place_key(province.name) in catalogue.collection.places:
        return province_link(catalogue, page, province.name)
    return Markup(esc(province.name))


def _plans(
    catalogue: Catalogue, words: Language, today: Province, before: Sequence[Province]
) -> str:
    """How many plans a province has, then each of those that it took in: `2 + 1 (of Bình Dương)`."""
    own = words.number(_count(catalogue, today) or None)
    taken = (
        words.say("%(count)s (of %(name)s)", count=words.number(count), name=esc(other.name))
        for other in before
        if (count := _count(catalogue, other))
    )
    return " + ".join(filter(None, (own, *taken)))


def _count(catalogue: Catalogue, province: Province) -> int:
    place = catalogue.collection.places.get(place_key(province.name))
    return len(place.plans) if place else 0


def _place_page(catalogue: Catalogue, place: Place, words: Language) -> SitePage:
    """One province."""
    page = SitePage(
        words, f"provinces/{place.key}", place.name,
        words.say("%(name)s: its plans, targets and results, deadlines, agencies and documents.", name=place.name),
        layout="read",
    )  # fmt: skip
    ahead, latest = ahead_and_behind(catalogue, place.dated)
    follow = follow_block(
        catalogue, page, feed=f"feeds/provinces/{place.key}.xml" if place.documents else "",
        calendar=f"calendar/provinces/{place.key}.ics" if place.dated else "",
    )  # fmt: skip
    page.add(
        render(
            page, "province.md", name=place.name, lead=_lead(page, place),
            ties=list(_ties(catalogue, page, place)),
            cards=plan_cards(catalogue, words, _newest(catalogue, place)[:_PLANS]),
            plans=len(place.plans),
            measures=_measures(catalogue, page, place), figures=len(place.indicators),
            today=words.date(catalogue.released), tasks=len(place.tasks),
            ahead=ahead[:_DEADLINES], latest=latest[:_DEADLINES],
            table=lambda tasks, label: task_table(catalogue, page, tasks, label=label),
            agencies=_agencies(catalogue, page, place), agencies_total=len(place.agencies),
            agencies_cut=len(place.agencies) > _AGENCIES,
            documents=_documents(catalogue, page, place), follow=follow,
            citation=citation_block(catalogue, page, page.path, place.name),
        )
    )  # fmt: skip
    return page


def _newest(catalogue: Catalogue, place: Place) -> list[str]:
    """Its plans, the newest first."""
    own = set(place.plans)
    return [plan for plan in catalogue.collection.plans if plan in own]


def _lead(page: SitePage, place: Place) -> str:
    """How much stands of the province, in a sentence."""
    words = page.words
    if not place.documents and not place.agencies:
        return words.say("No plan of this province is here yet.")
    plans, tasks, dated, figures, agencies = _amounts(place)
    said = (
        words.count("%(n)s plan", "%(n)s plans", plans),
        words.count("%(n)s task", "%(n)s tasks", tasks),
        words.count("%(n)s with a deadline", "%(n)s with a deadline", dated),
        words.count("%(n)s figure", "%(n)s figures", figures),
        words.count("%(n)s agency", "%(n)s agencies", agencies),
    )
    return ", ".join(said) + "."


def _ties(catalogue: Catalogue, page: SitePage, place: Place) -> Iterator[Markup]:
    """What the mergers made of the province, with the document that says so."""
    words, own = page.words, place.known
    if own and own.into and own.until:
        yield Markup(esc(words.say("Now part of:"))) + _tie(
            catalogue, page, own.into, own.until, own.into_by
        )
    for other in place.takes_in:
        if other.until:
            yield Markup(esc(words.say("Has taken in:"))) + _tie(
                catalogue, page, other.name, other.until, other.into_by
            )
    if place.takes_in and place.documents:
        yield Markup(
            esc(words.say("Plans of before that day speak of the province as it was then."))
        )


def _tie(catalogue: Catalogue, page: SitePage, name: str, until: date, by: str) -> Markup:
    """A province that another became, or that became a part of it, since when and by which document."""
    words = page.words
    other = catalogue.collection.places[place_key(name)]
    link = page.a(f"provinces/{other.key}", name)
    since = words.say("since %(day)s, by", day=words.date(until + timedelta(days=1)))
    count = len(other.plans)
    plans = (
        words.count("%(n)s plan", "%(n)s plans", count) if count else words.say("no plan here yet")
    )
    return Markup(' <b>{}</b> ({} <span lang="vi">{}</span>); {}.').format(link, since, by, plans)


def _measures(catalogue: Catalogue, page: SitePage, place: Place) -> Markup:
    """Measures with their targets beside their results, those that have both first."""
    words = page.words
    found: dict[str, dict[bool, list[Row]]] = defaultdict(lambda: {True: [], False: []})
    for row in by_time(list(place.indicators)):
        if row["measure_id"]:
            found[row["measure_id"]][row["kind"] == "target"].append(row)
    if not found:
        return Markup()
    order = sorted(
        found, key=lambda key: (-sum(map(bool, found[key].values())), -sum(map(len, found[key].values())), key)
    )  # fmt: skip
    known = catalogue.collection.by_key("measures")
    rows, room = [], _ROOM
    for key in order:
        targets, results = found[key][True][-_FIGURES:], found[key][False][-_FIGURES:]
        room -= len(targets) + len(results)
        if room < 0:
            break
        name = page.a(f"measures/{page_name(key)}", measure_name(known[key], words))
        rows.append((name, _figures(catalogue, page, targets), _figures(catalogue, page, results)))
    head = (words.say("Measure"), words.say("Targets"), words.say("Results"))
    return grid(head, rows, label=words.say("Targets beside results"), labelled=True)


def _figures(catalogue: Catalogue, page: SitePage, rows: Sequence[Row]) -> Markup:
    """Figures in the order of time, each a link to its words; what is no measured result says what it is."""
    words, shown = page.words, []
    for row in rows:
        amount = f"{change_words(row, words)}{words.amount(row)}"
        kind = row["kind"]
        kinds = [] if kind in ("target", "actual") else [words.value("indicators", "kind", kind)]
        about = ", ".join(filter(None, [*(k.lower() for k in kinds), words.period(row["period"])]))
        link = words_link(catalogue, page, "indicators", row)
        shown.append(cell("figure", address=link, amount=amount, about=about))
    return Markup("<br>").join(shown)


def _agencies(catalogue: Catalogue, page: SitePage, place: Place) -> Markup:
    """Its agencies with how many tasks each leads and supports, those with most first."""
    if not place.agencies:
        return Markup()
    words, parts = page.words, catalogue.collection.agency_parts
    counted = [
        (agency, Counter(part["role"] for part in parts.get(agency["agency_id"], ())))
        for agency in place.agencies
    ]
    counted.sort(key=lambda i: (-i[1]["lead"], -i[1]["coordinate"], i[0]["agency_id"]))
    rows = [
        (
            page.a(f"agencies/{page_name(agency['agency_id'])}", agency_label(page, agency)),
            words.number(roles["lead"]), words.number(roles["coordinate"]),
        )
        for agency, roles in counted[:_AGENCIES]
    ]  # fmt: skip
    head = (words.say("Agency"), words.say("Leads"), words.say("Supports"))
    return grid(head, rows, classes={1: "num", 2: "num"}, label=words.say("Agencies"))


def _documents(catalogue: Catalogue, page: SitePage, place: Place) -> Markup:
    """The official documents of its plans, the newest first."""
    if not place.documents:
        return Markup()
    words, agencies = page.words, catalogue.collection.by_key("agencies")
    newest = sorted(place.documents, key=lambda d: d["document_id"])
    newest.sort(key=lambda d: str(d["date"] or ""), reverse=True)
    rows = [
        (
            page.a(catalogue.row_page(row), document_name({**row, "province": None}, words),
                   anchor("documents", row["document_id"])),
            page.a(f"agencies/{page_name(row['issuer_id'])}", agencies[row["issuer_id"]]["name"])
            if row["issuer_id"] in agencies else "",
            esc(row["signer"] or ""),
        )
        for row in newest[:_DOCUMENTS]
    ]  # fmt: skip
    head = (words.say("Document"), words.say("Issuer"), words.say("Signer"))
    return grid(head, rows, label=words.say("Documents"), labelled=True)
