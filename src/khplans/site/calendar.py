"""Deadlines as iCalendar (RFC 5545): one file for all, one for each agency and each province that has any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import vi
from khplans.site.markup import anchor, fragment, shorten
from khplans.site.pages.naming import document_name
from khplans.text.visible import visible


def calendars(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every calendar file: its name and text."""
    collection = catalogue.collection
    due = [task for task in collection.tables["tasks"] if task["deadline"]]
    yield "khplans.ics", calendar(catalogue, f"{catalogue.settings.heading}: thời hạn", due)
    tasks = collection.by_key("tasks")
    for agency in collection.tables["agencies"]:
        parts = collection.agency_parts.get(agency["agency_id"], [])
        mine = {p["task_id"]: tasks[p["task_id"]] for p in parts if tasks[p["task_id"]]["deadline"]}
        if mine:
            name = (
                f"{agency['name']} ({agency['province']})" if agency["province"] else agency["name"]
            )
            text = calendar(catalogue, f"{name}: thời hạn", mine.values())
            yield f"{page_name(agency['agency_id'])}.ics", text
    for place in collection.places.values():
        if place.dated:
            text = calendar(catalogue, f"{place.name}: thời hạn", place.dated)
            yield f"provinces/{place.key}.ics", text


def calendar(catalogue: Catalogue, title: str, tasks: Iterable[Row]) -> str:
    """Tasks as all-day events on the day they are due; on the last day of all, whose next can't be said, without an end, which means the same."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{catalogue.settings.name}//{catalogue.version}//VI",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title)}",
    ]  # fmt: skip
    stamp = _plain(catalogue.released or date(1970, 1, 1))
    site = catalogue.settings.address
    host = site.split("//")[-1].strip("/") if site else catalogue.settings.name
    for task in sorted(tasks, key=lambda t: (t["deadline"], t["task_id"])):
        place = fragment(anchor("tasks", task["task_id"]))
        address = catalogue.address(f"{catalogue.row_page(task)}.html#{place}")
        day = task["deadline"]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{task['task_id'].replace(' ', '_')}@{host}",
            f"DTSTAMP:{stamp}T000000Z",
            f"DTSTART;VALUE=DATE:{_plain(day)}",
            *([f"DTEND;VALUE=DATE:{_plain(day + timedelta(days=1))}"] if day < date.max else []),
            f"SUMMARY:{_text(_summary(catalogue, task))}",
            f"DESCRIPTION:{_text(_description(catalogue, task))}",
            *([f"URL:{address}"] if site else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _plain(day: date) -> str:
    """A day without hyphens; `strftime` would leave out the zeros of an early year.

    >>> _plain(date(1, 2, 3))
    '00010203'
    """
    return day.isoformat().replace("-", "")


def _summary(catalogue: Catalogue, task: Row) -> str:
    agencies = catalogue.collection.by_key("agencies")
    leads = [
        agencies[p["agency_id"]]["name"]
        for p in catalogue.collection.parts.get(task["task_id"], [])
        if p["role"] == "lead"
    ]
    return (f"{', '.join(leads[:3])}: " if leads else "") + shorten(task["text"], 110)


def _description(catalogue: Catalogue, task: Row) -> str:
    """The task's words, and the document that they stand in by its number and title."""
    document = catalogue.collection.by_key("documents")[task["document_id"]]
    title = document["title"] or document["plan_title"]
    named = document_name(document, vi) + (f": {title}" if title else "")
    return f"{task['text']}\n\n{named}"


def _text(value: str) -> str:
    """A text value: what has a meaning in the format is escaped.

    >>> _text("a; b, c\\nd")
    'a\\\\; b\\\\, c\\\\nd'
    """
    value = visible(value).replace("\r", "")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(sign, written)
    return value


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never cutting a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 73:
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece]) + "\r\n"
