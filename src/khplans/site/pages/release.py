"""Releases: each version, what changed row by row and why."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping

from khplans.site.catalogue import Catalogue, PublishedRelease
from khplans.site.languages import Language
from khplans.site.markup import SitePage, addressed, esc, grid, shorten
from khplans.tables.definition import TABLE_NAMES

_SHOWN = 200
_LEVELS = {
    "major": ("không tương thích", "breaking"),
    "minor": ("thêm dữ liệu", "more data"),
    "patch": ("sửa giá trị", "values mended"),
    "first": ("bản đầu tiên", "first release"),
}
_FORMS = (
    ("{}.csv", ("CSV", "CSV")),
    ("excel/{}-excel-vi.csv", ("CSV cho Excel tiếng Việt", "CSV for Vietnamese Excel")),
    ("excel/{}-excel.csv", ("CSV cho Excel", "CSV for Excel")),
    ("{}.parquet", ("Parquet", "Parquet")),
)
_FILES = (
    ("{name}-{version}.xlsx", "mọi bảng trong một sổ tính", "every table in one workbook"),
    ("{name}-{version}.sqlite", "mọi bảng trong một tệp SQLite", "every table in one SQLite file"),
    ("{name}-{version}.zip", "cả bản phát hành", "the whole release"),
    ("datapackage.json", "mô tả Data Package", "the Data Package's description"),
    ("notes.{language}.md", "thay đổi bằng lời", "the changes in words"),
    ("changes.csv", "thay đổi, từng ô", "the changes, cell by cell"),
    ("changes.json", "thay đổi, từng dòng", "the changes, row by row"),
    ("accuracy.json", "độ chính xác và từng chỗ khác", "accuracy, with every difference"),
    ("accuracy.csv", "độ chính xác", "accuracy"),
    ("checks.json", "kết quả kiểm tra", "the results of the checks"),
    ("SHA256SUMS", "mã kiểm của mọi tệp", "the hashes of all files"),
    ("provenance.json", "làm từ gì, bằng gì", "what it was made from, and with what"),
    ("sbom.cdx.json", "phần mềm đã dùng (CycloneDX)", "the software used (CycloneDX)"),
    ("release.json", "bản phát hành, cho máy", "the release, for machines"),
)
_CHANGES = {"added": ("thêm", "added"), "removed": ("bỏ", "removed"), "changed": ("sửa", "changed")}
_REASONS = {
    "plan": ("kế hoạch mới", "a new plan"),
    "review": ("người đọc xem lại", "review"),
    "knowledge": ("bảng tri thức", "knowledge"),
    "source": ("văn bản nguồn", "source"),
    "correction": ("sửa lỗi đọc", "correction"),
    "code": ("cách đọc", "reading rules"),
    "parser": ("cách đọc", "reading rules"),
}


def releases_page(catalogue: Catalogue, words: Language) -> SitePage:
    """All versions, newest first."""
    page = SitePage(words, "releases/index", words.say("Releases"),
                words.say("A version never changes once released; nor does its address."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    head = (
        words.say("Version"),
        words.say("Date"),
        words.say("Kind of change"),
        words.say("Rows"),
    )
    rows = [
        (
            page.a(f"releases/{release.version}", release.version),
            words.date(release.released),
            esc(words(*_LEVELS.get(str(release.facts.get("level") or "first"), ("", "")))),
            words.number(_rows(release)),
        )
        for release in catalogue.releases
    ]
    if rows:
        page.add(grid(head, rows, classes={1: "date", 3: "num"}, label=page.title))
    else:
        page.add(f"<p>{words.say('Nothing released yet.')}</p>")
    feed = page.file_link("feeds/releases.xml")
    page.add(
        f'<p><a href="{feed}">{words.say("Follow by Atom")}</a>. '
        f"{words.say('Addresses of the data')}: <code>{addressed(catalogue.address('data/'))}{words.say('version')}/tasks.parquet</code>, "
        f"<code>{addressed(catalogue.address('data/latest/tasks.parquet'))}</code>.</p>"
    )
    return page


def _rows(release: PublishedRelease) -> int:
    tables: Mapping[str, Mapping[str, int]] = release.facts.get("tables", {})
    return sum(int(table.get("rows", 0)) for table in tables.values())


def release_page(catalogue: Catalogue, release: PublishedRelease, words: Language) -> SitePage:
    """One version."""
    heading = catalogue.settings.heading
    title = words.say("Version %(version)s", version=release.version)
    page = SitePage(words, f"releases/{release.version}", title,
                words.say("%(heading)s %(version)s: what it holds, what changed and why.", heading=heading, version=release.version), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("releases/index", words.say("Releases"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    previous = release.facts.get("previous")
    about = [words.date(release.released)]
    if previous:
        about.append(f"{words.say('after')} {page.a(f'releases/{previous}', previous)}")
    page.add(f'<p class="kh-lead">{" · ".join(filter(None, about))}</p>')
    why = release.facts.get(words("why", "why_en")) or release.facts.get("why")
    if why:
        page.add(f"<p>{esc(why)}</p>")
    tables: Mapping[str, Mapping[str, object]] = release.facts.get("tables", {})
    if tables:
        page.heading(2, words.say("The tables"), "tables")
        head = (words.say("Table"), words.say("Rows"), words.say("Download"))
        rows = [
            (
                page.a(f"tables/{name}", words.table(name)) if name in TABLE_NAMES else esc(name),
                words.number(int(str(table.get("rows", 0)))),
                " · ".join(
                    _download(page, release, path.format(name), words(*label))
                    for path, label in _FORMS
                    if (release.folder / path.format(name)).is_file()
                ),
            )
            for name, table in tables.items()
        ]
        page.add(grid(head, rows, classes={1: "num"}, label=title))
    _files(release, page)
    _changes(release, page)
    return page


def _download(page: SitePage, release: PublishedRelease, path: str, label: str) -> str:
    """A link to a file of a release, with its size."""
    size = page.words.size((release.folder / path).stat().st_size)
    link = page.file_link(f"data/{release.version}/{path}")
    return f'<span class="nowrap"><a href="{esc(link)}" download>{esc(label)}</a> <small>{size}</small></span>'


def _files(release: PublishedRelease, page: SitePage) -> None:
    """What stands beside the tables, each with what it is for."""
    words = page.words
    rows = []
    for pattern, vietnamese, english in _FILES:
        path = pattern.format(
            name=release.facts.get("name", "khplans"), version=release.version, language=words.code
        )
        if (release.folder / path).is_file():
            rows.append((_download(page, release, path, path), words(vietnamese, english)))
    if not rows:
        return
    title = words.say("The other files")
    head = (words.say("File"), words.say("What it is"))
    page.heading(2, title, "files")
    page.add(grid(head, rows, label=title))


def _changes(release: PublishedRelease, page: SitePage) -> None:
    words = page.words
    path = release.folder / "changes.csv"
    if not path.is_file():
        return
    found: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["table"], row["change"], row["row_id"]].append(row)
    if not found:
        return
    counts = Counter((table, change) for table, change, _ in found)
    page.heading(2, words.say("Changes"), "changes")
    head = (
        words.say("Table"),
        words.say("Added"),
        words.say("Removed"),
        words.say("Changed"),
    )
    names = list(dict.fromkeys(table for table, _, _ in found))
    page.add(grid(head, [
        (esc(name), *(words.number(counts[name, change]) for change in ("added", "removed", "changed")))
        for name in names
    ], classes={1: "num", 2: "num", 3: "num"}))  # fmt: skip
    head = (
        words.say("Table"),
        words.say("Row"),
        words.say("Change"),
        words.say("Why"),
    )
    listed = []
    for (table, change, row_id), cells in list(found.items())[:_SHOWN]:
        detail = esc(words(*_CHANGES.get(change, (change, change))))
        if change == "changed":
            detail += "".join(
                f"<br><code>{esc(c['column'])}</code> <del>{esc(shorten(c['before'], 120))}</del> → <ins>{esc(shorten(c['after'], 120))}</ins>"
                for c in cells
            )
        why = ", ".join(_reason(r, words) for r in cells[0]["reason"].split("+") if r)
        listed.append(
            (
                esc(table),
                f"{esc(shorten(cells[0].get('words') or '', 140))}<br><small>{esc(row_id)}</small>",
                detail,
                esc(why),
            )
        )
    page.add(grid(head, listed, label=words.say("Rows that changed")))
    if len(found) > _SHOWN:
        link = page.file_link(f"data/{release.version}/changes.csv")
        page.add(
            f'<p><a href="{esc(link)}" download>changes.csv</a>: {words.say("all %(count)s rows", count=words.number(len(found)))}.</p>'
        )


def _reason(reason: str, words: Language) -> str:
    kind, _, table = reason.partition(":")
    return f"{words(*_REASONS.get(kind, (kind, kind)))} {table}".strip()
