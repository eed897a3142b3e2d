"""Releases: each version, what changed row by row and why."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping

from khplans.site.catalogue import Catalogue, Release
from khplans.site.markup import Page, esc, grid, shorten
from khplans.site.words import Words
from khplans.tables.definition import TABLE_NAMES

_SHOWN = 200
_LEVELS = {
    "major": ("không tương thích", "breaking"),
    "minor": ("thêm dữ liệu", "more data"),
    "patch": ("sửa giá trị", "values mended"),
    "first": ("bản đầu tiên", "first release"),
}
_CHANGES = {"added": ("thêm", "added"), "removed": ("bỏ", "removed"), "changed": ("sửa", "changed")}
_REASONS = {
    "source": ("văn bản nguồn", "source"),
    "correction": ("sửa lỗi đọc", "correction"),
    "code": ("cách đọc", "reading rules"),
    "parser": ("cách đọc", "reading rules"),
}


def releases_page(catalogue: Catalogue, words: Words) -> Page:
    """All versions, newest first."""
    page = Page(words, "releases/index", words("Phát hành", "Releases"),
                words("Mỗi phiên bản không bao giờ thay đổi sau khi phát hành; địa chỉ của nó cũng vậy.",
                      "A version never changes once released; nor does its address."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    head = (
        words("Phiên bản", "Version"),
        words("Ngày", "Date"),
        words("Loại thay đổi", "Kind of change"),
        words("Dòng", "Rows"),
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
        page.add(f"<p>{words('Chưa có bản phát hành nào.', 'Nothing released yet.')}</p>")
    feed = page.file_link("feeds/releases.xml")
    page.add(
        f'<p><a href="{feed}">{words("Theo dõi qua Atom", "Follow by Atom")}</a>. '
        f"{words('Địa chỉ dữ liệu', 'Addresses of the data')}: <code>{esc(catalogue.address('data/'))}{words('phiên-bản', 'version')}/tasks.parquet</code>, "
        f"<code>{esc(catalogue.address('data/latest/tasks.parquet'))}</code>.</p>"
    )
    return page


def _rows(release: Release) -> int:
    tables: Mapping[str, Mapping[str, int]] = release.facts.get("tables", {})
    return sum(int(table.get("rows", 0)) for table in tables.values())


def release_page(catalogue: Catalogue, release: Release, words: Words) -> Page:
    """One version."""
    title = words(f"Phiên bản {release.version}", f"Version {release.version}")
    page = Page(words, f"releases/{release.version}", title,
                words(f"khplans {release.version}: có gì, thay đổi gì, vì sao.",
                      f"khplans {release.version}: what it holds, what changed and why."), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("releases/index", words("Phát hành", "Releases"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    previous = release.facts.get("previous")
    about = [words.date(release.released)]
    if previous:
        about.append(f"{words('sau', 'after')} {page.a(f'releases/{previous}', previous)}")
    page.add(f'<p class="kh-lead">{" · ".join(filter(None, about))}</p>')
    why = release.facts.get(words("why", "why_en")) or release.facts.get("why")
    if why:
        page.add(f"<p>{esc(why)}</p>")
    tables: Mapping[str, Mapping[str, object]] = release.facts.get("tables", {})
    if tables:
        page.heading(2, words("Các bảng", "The tables"), "tables")
        head = (words("Bảng", "Table"), words("Dòng", "Rows"), words("Tải", "Download"))
        rows = [
            (
                page.a(f"tables/{name}", words.table(name)) if name in TABLE_NAMES else esc(name),
                words.number(int(str(table.get("rows", 0)))),
                " ".join(
                    f'<a href="{esc(page.file_link(f"data/{release.version}/{name}.{form}"))}" download>{form.upper()}</a>'
                    for form in ("csv", "parquet")
                ),
            )
            for name, table in tables.items()
        ]
        page.add(grid(head, rows, classes={1: "num"}, label=title))
    page.add(*_changes(release, page))
    return page


def _changes(release: Release, page: Page) -> list[str]:
    words = page.words
    path = release.folder / "changes.csv"
    if not path.is_file():
        return []
    found: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["table"], row["change"], row["row_id"]].append(row)
    if not found:
        return []
    counts = Counter((table, change) for table, change, _ in found)
    blocks = [f'<h2 id="changes">{words("Thay đổi", "Changes")}</h2>']
    head = (
        words("Bảng", "Table"),
        words("Thêm", "Added"),
        words("Bỏ", "Removed"),
        words("Sửa", "Changed"),
    )
    names = list(dict.fromkeys(table for table, _, _ in found))
    blocks.append(grid(head, [
        (esc(name), *(words.number(counts[name, change]) for change in ("added", "removed", "changed")))
        for name in names
    ], classes={1: "num", 2: "num", 3: "num"}))  # fmt: skip
    head = (
        words("Bảng", "Table"),
        words("Dòng", "Row"),
        words("Thay đổi", "Change"),
        words("Vì", "Why"),
    )
    listed = []
    for (table, change, row_id), cells in list(found.items())[:_SHOWN]:
        detail = esc(words(*_CHANGES.get(change, (change, change))))
        if change == "changed":
            detail += "".join(
                f"<br><code>{esc(c['column'])}</code> <del>{esc(shorten(c['before'], 120))}</del> → <ins>{esc(shorten(c['after'], 120))}</ins>"
                for c in cells
            )
        why = ", ".join(words(*_REASONS.get(r, (r, r))) for r in cells[0]["reason"].split("+") if r)
        listed.append(
            (
                esc(table),
                f"{esc(shorten(cells[0].get('words') or '', 140))}<br><small>{esc(row_id)}</small>",
                detail,
                esc(why),
            )
        )
    blocks.append(grid(head, listed, label=words("Các dòng thay đổi", "Rows that changed")))
    link = page.file_link(f"data/{release.version}/changes.csv")
    blocks.append(
        f'<p><a href="{esc(link)}" download>changes.csv</a>: {words.number(len(found))} {words("dòng", "rows")}.</p>'
    )
    return blocks
