"""What the tables name: agencies, plans, measures, cited documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from khplans.knowledge.provinces import find_province
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language, en, vi
from khplans.site.markup import anchor
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.naming import document_name, plan_title
from khplans.site.places import Place
from khplans.site.search.entry import SearchEntry
from khplans.text.fold import fold


def abbreviations(name: str) -> set[str]:
    """The short forms that people type for a name: initials, with and without what opens it.

    >>> sorted(abbreviations("Sở Nông nghiệp và Phát triển nông thôn"))
    ['nn&ptnt', 'nnptnt', 'snn&ptnt', 'snnptnt']
    """
    syllables = fold(name).split()
    found = set()
    for begin in (0, 1):
        part = syllables[begin:]
        if len(part) >= 2:
            found.add("".join("&" if s == "va" else s[0] for s in part))
            found.add("".join(s[0] for s in part if s != "va"))
    return found


def province(place: Place) -> SearchEntry:
    """A province, found also by its towns and by the provinces that became a part of it."""
    known = [*filter(None, (place.known,)), *place.takes_in]
    towns = [town for one in known for town in one.seats]
    return SearchEntry(
        "province",
        f"provinces/{place.key}",
        place.name,
        _merged(place, vi),
        also=(*place.names, *towns),
        province=place.name,
        text_en=_merged(place, en),
    )


def _merged(place: Place, words: Language) -> str:
    if place.known and place.known.into:
        return f"{words.say('Now part of:')} {place.known.into}"
    names = ", ".join(other.name for other in place.takes_in)
    return words.say("with %(names)s", names=names) if names else ""


def plans(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """The documents of every plan's file, the newest plans first."""
    for plan in catalogue.collection.plans.values():
        for document in plan.documents:
            main = document is plan.main
            place = "" if main else anchor("documents", document["document_id"])
            province = find_province(document["province"] or "")
            yield SearchEntry(
                "plan",
                catalogue.plan_page(plan.plan_id) if main else catalogue.row_page(document),
                document_name(document, vi),
                _signed(document, main, vi),
                also=(f"{province.kind} {province.name}",) if province and main else (),
                place=place,
                province=document["province"] or "",
                title_en=document_name(document, en),
                text_en=_signed(document, main, en),
            )


def _signed(document: Row, main: bool, words: Language) -> str:
    title = plan_title(document) if main else document["title"]
    signer = document["signer"]
    signed = words.say("signed by %(name)s", name=signer) if signer else ""
    return " · ".join(filter(None, (title, signed)))


def agencies(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Those with most tasks first: among equals the order here decides."""
    collection = catalogue.collection
    parts_of = collection.agency_parts
    for row in sorted(
        collection.tables["agencies"],
        key=lambda r: (-len(parts_of.get(r["agency_id"], [])), r["agency_id"]),
    ):
        forms = sorted({*collection.names.get(row["agency_id"], []), *abbreviations(row["name"])})
        parts = Counter(p["role"] for p in parts_of.get(row["agency_id"], []))
        yield SearchEntry(
            "agency",
            f"agencies/{page_name(row['agency_id'])}",
            row["name"],
            _parts(parts, vi),
            about=row["province"] or "",
            also=tuple(forms),
            province=row["province"] or "",
            title_en=row["name_en"] or "",
            text_en=_parts(parts, en),
            about_en=" · ".join(filter(None, (row["name_en"] and row["name"], row["province"]))),
        )


def _parts(roles: Counter[str], words: Language) -> str:
    return words.say(
        "Leads %(lead)s, supports %(support)s", lead=roles["lead"], support=roles["coordinate"]
    )


def measures(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Measures that have figures, with what the plans call them."""
    for row in catalogue.collection.tables["measures"]:
        figures = catalogue.collection.measured.get(row["measure_id"], [])
        if figures:
            names = {fold(figure["name"]): figure["name"] for figure in figures}
            yield SearchEntry(
                "measure",
                f"measures/{page_name(row['measure_id'])}",
                row["name"],
                _unit(row, vi),
                also=tuple(names[key] for key in sorted(names) if key != fold(row["name"])),
                title_en=row["name_en"] or "",
                text_en=_unit(row, en),
            )


def _unit(measure: Row, words: Language) -> str:
    return " · ".join(filter(None, (words.theme(measure["theme"]), words.unit(measure["unit"]))))


def instruments(catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Cited documents, those cited most first."""
    cited = catalogue.collection.cited
    for row in sorted(
        catalogue.collection.tables["instruments"],
        key=lambda r: (-len(cited.get(r["instrument_id"], [])), r["instrument_id"]),
    ):
        yield SearchEntry(
            "instrument",
            f"instruments/{page_name(row['instrument_id'])}",
            instrument_name(row),
            _about(row, vi),
            text_en=_about(row, en),
        )


def _about(instrument: Row, words: Language) -> str:
    date = words.date(instrument["date"])
    return " · ".join(filter(None, (instrument["title"], instrument["issuer"], date)))
