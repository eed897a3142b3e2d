"""What changes, as Atom feeds, and the site in short for language models (llms.txt)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from khplans.site.catalog.description import Description
from khplans.site.catalogue import Catalogue, english_heading, page_name
from khplans.site.data import Row
from khplans.site.languages import vi
from khplans.site.markup import anchor, fragment, shorten
from khplans.site.pages.measure_tables import change_words
from khplans.site.pages.naming import document_name
from khplans.site.row_places import warning_place
from khplans.text.visible import visible

_ENTRIES = 60
"""Documents that a feed of a province, agency or measure tells, the newest."""
_SAID = 5
"""Tasks or figures that an entry tells."""


def releases_feed(catalogue: Catalogue) -> str:
    """An entry for every release, newest first."""
    heading = catalogue.settings.heading
    entries = [
        _entry(
            catalogue,
            f"releases/{release.version}.html",
            f"{heading} {release.version}",
            release.released or catalogue.released,
            str(release.facts.get("why") or "Bản phát hành mới / A new release"),
        )
        for release in catalogue.releases
    ]
    return _feed(catalogue, "feeds/releases.xml", f"{heading}: phát hành / releases", entries)


def warnings_feed(catalogue: Catalogue) -> str:
    """An entry for every kind of warning in every document: how many there are, and where the first is."""
    collection = catalogue.collection
    documents = collection.by_key("documents")
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in collection.tables["warnings"]:
        if row["document_id"] in documents:
            grouped.setdefault((row["document_id"], row["code"]), []).append(row)
    entries = []
    for (document_id, code), rows in sorted(grouped.items()):
        document = documents[document_id]
        page = f"plans/{page_name(document['plan_id'])}.html"
        path, place = warning_place(catalogue, rows[0])
        title = f"{document['number'] or document_id}: {code} ({len(rows)})"
        entries.append(
            _entry(
                catalogue,
                f"{path}.html#{fragment(place)}",
                title,
                document["received"] or catalogue.released,
                rows[0]["message"] or code,
                identifier=f"{page}?document={fragment(document_id)}&warning={code}",
            )
        )
    title = f"{catalogue.settings.heading}: cảnh báo / warnings"
    return _feed(catalogue, "feeds/warnings.xml", title, entries)


def subject_feeds(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A feed for each province, agency and measure that documents say something of: its path and text."""
    collection = catalogue.collection
    for place in collection.places.values():
        if place.documents:
            found = {row["document_id"]: _plan_said(row) for row in place.documents}
            yield _subject_feed(catalogue, f"provinces/{place.key}", place.name, found)
    for agency in collection.tables["agencies"]:
        parts = _by_document(collection.agency_parts.get(agency["agency_id"], ()))
        if parts:
            name = ", ".join(filter(None, (agency["name"], agency["province"])))
            said = {document: _tasks_said(catalogue, rows) for document, rows in parts.items()}
            yield _subject_feed(catalogue, f"agencies/{page_name(agency['agency_id'])}", name, said)
    for measure in collection.tables["measures"]:
        figures = _by_document(collection.measured.get(measure["measure_id"], ()))
        if figures:
            said = {document: _figures_said(rows) for document, rows in figures.items()}
            yield _subject_feed(
                catalogue, f"measures/{page_name(measure['measure_id'])}", measure["name"], said
            )


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["document_id"], []).append(row)
    return found


def _plan_said(document: Row) -> str:
    """What a plan's document is called.

    >>> titles = ("Trồng rừng", "a"), (None, "a"), (None, None)
    >>> [_plan_said({"title": own, "plan_title": plan}) for own, plan in titles]
    ['Trồng rừng', 'a', '']
    """
    return str(document["title"] or document["plan_title"] or "")


def _tasks_said(catalogue: Catalogue, parts: Sequence[Row]) -> str:
    """The tasks of an agency in a document: how many it leads and supports, and the first of them."""
    tasks = catalogue.collection.by_key("tasks")
    counts = Counter(part["role"] for part in parts)
    first = [shorten(tasks[part["task_id"]]["text"]) for part in parts[:_SAID]]
    return f"Chủ trì {counts['lead']}, phối hợp {counts['coordinate']}. " + " · ".join(first)


def _figures_said(rows: Sequence[Row]) -> str:
    figures = (
        f"{vi.value('indicators', 'kind', row['kind']).lower()} {change_words(row, vi)}{vi.amount(row)} ({vi.period(row['period'])})"
        for row in rows[:_SAID]
    )
    return "; ".join(figures)


def _subject_feed(
    catalogue: Catalogue, path: str, title: str, said: Mapping[str, str]
) -> tuple[str, str]:
    """A feed with an entry for each document that says something of its subject, the newest first."""
    documents = catalogue.collection.by_key("documents")
    newest = sorted(
        (documents[document_id] for document_id in said),
        key=lambda row: (str(row["received"]), str(row["date"]), row["document_id"]), reverse=True,
    )  # fmt: skip
    path = f"feeds/{path}.xml"
    entries = [
        _entry(
            catalogue,
            f"{catalogue.row_page(row)}.html#{fragment(anchor('documents', row['document_id']))}",
            document_name(row, vi),
            row["received"] or catalogue.released,
            said[row["document_id"]],
            identifier=f"{path}?document={fragment(row['document_id'])}",
            up="../../",
        )
        for row in newest[:_ENTRIES]
    ]
    heading = f"{title} – {catalogue.settings.heading}"
    return path, _feed(catalogue, path, heading, entries)


def _feed(catalogue: Catalogue, path: str, title: str, entries: list[str]) -> str:
    site = catalogue.base("../" * path.count("/"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">\n'
        f"<id>{escape(_identifier(catalogue, path))}</id>\n<title>{_shown(title)}</title>\n"
        f"<updated>{_time(catalogue.released)}</updated>\n<author><name>{escape(catalogue.settings.publisher)}</name></author>\n"
        f'<link rel="self" href={quoteattr(site + path)}/>\n'
        f"<link href={quoteattr(site)}/>\n{''.join(entries)}</feed>\n"
    )


def _identifier(catalogue: Catalogue, path: str) -> str:
    """What a feed or an entry is known by for good: its address or, without one, a name made from it."""
    if catalogue.settings.address:
        return catalogue.settings.address + path
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{catalogue.settings.name}/{path}')}"


def _entry(
    catalogue: Catalogue,
    path: str,
    title: str,
    day: date | None,
    summary: str,
    *,
    identifier: str = "",
    up: str = "../",
) -> str:
    """An entry of a feed from which the way to the site's root is `up`."""
    address = catalogue.base(up) + path
    return (
        f"<entry><id>{escape(_identifier(catalogue, identifier or path))}</id><title>{_shown(title)}</title><updated>{_time(day)}</updated>"
        f"<link href={quoteattr(address)}/><summary>{_shown(summary)}</summary></entry>\n"
    )


def _shown(text: str) -> str:
    return escape(visible(text))


def _time(day: date | None) -> str:
    """The beginning of a day; of 1970 where there is none.

    >>> _time(date(2025, 1, 2)), _time(None)
    ('2025-01-02T00:00:00Z', '1970-01-01T00:00:00Z')
    """
    return f"{(day or date(1970, 1, 1)).isoformat()}T00:00:00Z"


def llms_txt(description: Description) -> str:
    """The site for language models: what it is and where its data stands."""
    whole = description.whole
    lines = [
        f"# {english_heading(description.settings)}",
        "",
        f"> {whole.title_en}: who must do what by when, which targets, on which legal basis. "
        f"Version {description.version}. Every row has `start` and `end`, character offsets into the plan's source text.",
        "",
        f"Licence of the data: {description.whole.identifier}about.html ({description.settings.licensed.short}). Text is Vietnamese; "
        "columns and coded values are English.",
        "",
        "## Tables (Parquet; the same path with .csv for CSV)",
        "",
    ]
    for dataset in description.parts:
        parquet = next(f for f in dataset.distributions if f.name.endswith(".parquet"))
        lines.append(
            f"- [{dataset.name}]({parquet.address}): {dataset.description_en} {dataset.rows} rows."
        )
    site = description.site.rstrip("/")
    lines += [
        "",
        "## Documentation",
        "",
        f"- [Data dictionary]({site}/en/dictionary.html): every column of every table",
        f"- [For developers]({site}/en/guide/developer.html): stable addresses, types, examples",
        f"- [Quality]({site}/en/quality.html): accuracy, checks, warnings",
        f"- [How to cite]({site}/en/cite.html)",
        f"- [datapackage.json]({site}/data/latest/datapackage.json): Frictionless Data Package v2",
        f"- [Croissant]({site}/catalog/croissant.json): the Parquet files for machine-learning tools",
        f"- [DCAT]({site}/catalog/dcat.ttl): the catalogue as DCAT-AP 3 (Turtle)",
        "",
    ]
    return visible("\n".join(lines))
