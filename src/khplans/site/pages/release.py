"""Releases: each version, what changed row by row and why."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.knowledge.table import read_table
from khplans.site.catalogue import Catalogue, PublishedRelease
from khplans.site.languages import Language
from khplans.site.markup import SitePage, addressed, esc, grid, shorten
from khplans.site.pages.naming import file_forms
from khplans.site.templating import cell, render
from khplans.tables.definition import TABLE_NAMES

_SHOWN = 200
"""Rows that changed which a release's page lists; its changes.csv has all."""


def releases_page(catalogue: Catalogue, words: Language) -> SitePage:
    """All versions, newest first."""
    page = SitePage(words, "releases/index", words.say("Releases"),
                words.say("A version never changes once released; nor does its address."), layout="read")  # fmt: skip
    head = (words.say("Version"), words.say("Date"), words.say("Kind of change"), words.say("Rows"))
    rows = [
        (
            page.a(f"releases/{release.version}", release.version),
            words.date(release.released),
            esc(_level(words, str(release.facts.get("level") or "first"))),
            words.number(_rows(release)),
        )
        for release in catalogue.releases
    ]
    addresses = [
        Markup(addressed(catalogue.address(f"data/{version}/tasks.parquet")))
        for version in (words.say("‹version›"), "latest")
    ]
    classes = {1: "date", 3: "num"}
    listed = grid(head, rows, classes=classes, label=page.title, labelled=True) if rows else None
    failed = list(_failed(catalogue, page))
    page.add(render(page, "releases.md", listed=listed, addresses=addresses, failed=failed))
    return page


@dataclass(frozen=True)
class _Failed:
    """A run that failed, in words: when, at which stage, why; and where the kind of error is explained."""

    when: str
    stage: str
    code: str
    meaning: str


def _failed(catalogue: Catalogue, page: SitePage) -> Iterator[_Failed]:
    words = page.words
    stages = {
        "build": words.say("building the data"),
        "check": words.say("checking"),
        "release": words.say("releasing"),
        "site": words.say("making the site"),
    }
    kinds = {row["code"]: words(row["meaning"], row["meaning_en"]) for row in read_table("errors")}
    for run in catalogue.failed:
        when = f"{words.date(run.moment.date())}, {run.moment:%H:%M} UTC"
        yield _Failed(when, stages[run.stage], run.code, kinds.get(run.code, ""))


def _level(words: Language, level: str) -> str:
    """What a step from one version to the next is called."""
    known = {
        "major": words.say("breaking"),
        "minor": words.say("more data"),
        "patch": words.say("values mended"),
        "first": words.say("first release"),
    }
    return known.get(level, "")


def _rows(release: PublishedRelease) -> int:
    tables: Mapping[str, Mapping[str, int]] = release.facts.get("tables", {})
    return sum(int(table.get("rows", 0)) for table in tables.values())


def release_page(catalogue: Catalogue, release: PublishedRelease, words: Language) -> SitePage:
    """One version."""
    heading = catalogue.heading(words)
    title = words.say("Version %(version)s", version=release.version)
    page = SitePage(words, f"releases/{release.version}", title,
                words.say("%(heading)s %(version)s: what it holds, what changed and why.", heading=heading, version=release.version), layout="read")  # fmt: skip
    why = release.facts.get(words("why", "why_en")) or release.facts.get("why") or ""
    page.add(
        render(
            page, "release.md", released=words.date(release.released), previous=release.facts.get("previous"),
            why=str(why), tables=_tables(release, page), files=_files(release, page),
            changes=_changes(release, page),
        )
    )  # fmt: skip
    return page


def _tables(release: PublishedRelease, page: SitePage) -> Markup | None:
    words = page.words
    tables: Mapping[str, Mapping[str, object]] = release.facts.get("tables", {})
    head = (words.say("Table"), words.say("Rows"), words.say("Download"))
    rows = [
        (
            page.a(f"tables/{name}", words.table(name)) if name in TABLE_NAMES else esc(name),
            words.number(int(str(table.get("rows", 0)))),
            " · ".join(
                _download(page, release, path.format(name), label)
                for path, label in file_forms(words)
                if (release.folder / path.format(name)).is_file()
            ),
        )
        for name, table in tables.items()
    ]
    return grid(head, rows, classes={1: "num"}, label=page.title) if rows else None


def _download(page: SitePage, release: PublishedRelease, path: str, label: str) -> str:
    """A link to a file of a release, with its size."""
    size = page.words.size((release.folder / path).stat().st_size)
    link = page.file_link(f"data/{release.version}/{path}")
    return cell("download_with_size", address=link, name=label, size=size)


def _files(release: PublishedRelease, page: SitePage) -> Markup | None:
    """What stands beside the tables, each with what it is for."""
    words = page.words
    name = f"{release.facts.get('name', 'khplans')}-{release.version}"
    known = (
        (f"{name}.xlsx", words.say("every table in one workbook")),
        (f"{name}.sqlite", words.say("every table in one SQLite file")),
        (f"{name}.zip", words.say("the whole release")),
        ("datapackage.json", words.say("the Data Package's description")),
        (f"notes.{words.code}.md", words.say("the changes in words")),
        ("changes.csv", words.say("the changes, cell by cell")),
        ("changes.json", words.say("the changes, row by row")),
        ("accuracy.json", words.say("accuracy, with every difference")),
        ("accuracy.csv", words.say("accuracy")),
        ("checks.json", words.say("the results of the checks")),
        ("SHA256SUMS", words.say("the hashes of all files")),
        ("provenance.json", words.say("what it was made from, and with what")),
        ("sbom.cdx.json", words.say("the software used (CycloneDX)")),
        ("release.json", words.say("the release, for machines")),
    )
    rows = [
        (_download(page, release, path, path), about)
        for path, about in known
        if (release.folder / path).is_file()
    ]
    head = (words.say("File"), words.say("What it is"))
    return grid(head, rows, label=words.say("The other files")) if rows else None


@dataclass(frozen=True)
class _Changes:
    """What changed: rows counted by table, the first of them, and the file of all where some are left out."""

    counted: Markup
    listed: Markup
    total: int
    file: str

    @property
    def cut(self) -> bool:
        return self.total > _SHOWN


def _changes(release: PublishedRelease, page: SitePage) -> _Changes | None:
    path = release.folder / "changes.csv"
    if not path.is_file():
        return None
    found: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["table"], row["change"], row["row_id"]].append(row)
    if not found:
        return None
    words = page.words
    head = (words.say("Table"), words.say("Row"), words.say("Change"), words.say("Why"))
    listed = grid(head, list(_listed(found, words))[:_SHOWN], label=words.say("Rows that changed"))
    link = page.file_link(f"data/{release.version}/changes.csv")
    return _Changes(_counted(found, words), listed, len(found), link)


def _counted(found: Mapping[tuple[str, str, str], object], words: Language) -> Markup:
    counts = Counter((table, change) for table, change, _ in found)
    head = (words.say("Table"), words.say("Added"), words.say("Removed"), words.say("Changed"))
    rows = [
        (
            esc(words.table(name)),
            *(words.number(counts[name, change]) for change in ("added", "removed", "changed")),
        )
        for name in dict.fromkeys(table for table, _, _ in found)
    ]
    return grid(head, rows, classes={1: "num", 2: "num", 3: "num"}, label=words.say("Changes"))


def _listed(
    found: Mapping[tuple[str, str, str], Sequence[Mapping[str, str]]], words: Language
) -> Iterator[Sequence[str]]:
    for (table, change, row_id), cells in found.items():
        why = ", ".join(
            _reason(reason, words) for reason in cells[0]["reason"].split("+") if reason
        )
        row = cell("with_small", words=shorten(cells[0].get("words") or "", 140), small=row_id)
        yield esc(words.table(table)), row, _change(change, cells, words), esc(why)


def _change(change: str, cells: Sequence[Mapping[str, str]], words: Language) -> str:
    """What became of a row; of one that changed, each cell before and after."""
    known = {
        "added": words.say("added"),
        "removed": words.say("removed"),
        "changed": words.say("changed"),
    }
    shown = [
        {
            "column": c["column"],
            "before": shorten(c["before"], 120),
            "after": shorten(c["after"], 120),
        }
        for c in cells
        if change == "changed"
    ]
    return cell("change", what=known.get(change, change), cells=shown)


def _reason(reason: str, words: Language) -> str:
    kind, _, table = reason.partition(":")
    known = {
        "plan": words.say("a new plan"),
        "review": words.say("review"),
        "knowledge": words.say("knowledge"),
        "source": words.say("source text"),
        "correction": words.say("correction"),
        "code": words.say("reading rules"),
        "parser": words.say("reading rules"),
    }
    return f"{known.get(kind, kind)} {table}".strip()
