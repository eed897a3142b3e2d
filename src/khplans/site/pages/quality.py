"""Quality: how accurate the data is against the gold, what was checked, what is doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import Page, anchor, esc, grid
from khplans.site.pages.common import KEYS
from khplans.site.pages.plan import document_name
from khplans.site.words import Words
from khplans.tables.definition import TABLE_NAMES

_MEASURES = {
    "f1": ("Tìm đúng và đủ (F1)", "Found, and found rightly (F1)"),
    "precision": ("Đúng", "Precision"),
    "recall": ("Đủ", "Recall"),
}


def quality_page(catalogue: Catalogue, words: Words) -> Page:
    """Accuracy, checks and warnings."""
    page = Page(words, "quality", words("Chất lượng", "Quality"),
                words("Dữ liệu được máy đọc từ văn bản. Đây là mức chính xác đo được, những gì đã kiểm tra và những chỗ còn ngờ.",
                      "The data was read from the plans by rules. This is how accurate it measured, what was checked and what is doubtful."),
                layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.heading(2, words("Độ chính xác", "Accuracy"), "accuracy")
    page.add(*_accuracy(catalogue.accuracy, page))
    page.heading(2, words("Kiểm tra", "Checks"), "checks")
    page.add(*_checks(catalogue.checks, page))
    page.heading(2, words("Cảnh báo", "Warnings"), "warnings")
    page.add(*_warnings(catalogue, page))
    return page


def _accuracy(figures: Sequence[Mapping[str, Any]], page: Page) -> list[str]:
    words = page.words
    if not figures:
        return [f"<p>{words('Chưa đo cho phiên bản này.', 'Not measured for this version.')}</p>"]
    intro = words(
        "So với những câu trả lời do người đọc hai lần trên các văn bản mẫu; 100 % là không sót và không sai.",
        "Against answers that people read twice on sample plans; 100 % means nothing missed and nothing wrong.",
    )
    head = (words("Bảng", "Table"), words("Thước đo", "Figure"), words("Giá trị", "Value"))
    rows = []
    for figure in figures:
        measure = str(figure["measure"])
        name = words(*_MEASURES[measure]) if measure in _MEASURES else measure
        share = float(figure["value"])
        bar = f'<meter min="0" max="1" value="{share:.4f}">{share:.4f}</meter> '
        label = words.table(str(figure["table"])) if figure["table"] in TABLE_NAMES else str(figure["table"])
        rows.append((esc(label), esc(name), f"{bar}{words.number(round(share * 100, 1))} %"))
    return [f"<p>{intro}</p>", grid(head, rows, classes={2: "nowrap"}, label=words("Độ chính xác", "Accuracy"))]


def _checks(checks: Mapping[str, Any], page: Page) -> list[str]:
    words = page.words
    results: Sequence[Mapping[str, Any]] = checks.get("results", ())
    if not results:
        return [f"<p>{words('Chưa có kết quả kiểm tra.', 'No results of checks.')}</p>"]
    passed = sum(bool(r["success"]) for r in results)
    tag = "good" if passed == len(results) else "warn"
    intro = words(
        f"{words.number(passed)}/{words.number(len(results))} kiểm tra đạt.",
        f"{words.number(passed)} of {words.number(len(results))} checks passed.",
    )
    head = (words("Bảng", "Table"), words("Kiểm tra", "Check"), words("Kết quả", "Result"))
    rows = [
        (
            esc(r.get("table", "")),
            esc(r.get(words("title", "title_en")) or r.get("title") or r.get("check", "")),
            f'<span class="kh-tag good">{words("đạt", "passed")}</span>'
            if r["success"]
            else f'<span class="kh-tag warn">{words("không đạt", "failed")}</span> {esc(r.get("detail", ""))}',
        )
        for r in sorted(results, key=lambda r: bool(r["success"]))
    ]
    table = grid(head, rows, label=words("Kiểm tra", "Checks"))
    return [
        f'<p><span class="kh-tag {tag}">{intro}</span></p>',
        f"<details><summary>{words('Từng kiểm tra', 'Each check')}</summary>{table}</details>",
    ]


def _warnings(catalogue: Catalogue, page: Page) -> list[str]:
    words, collection = page.words, catalogue.collection
    rows = collection.tables["warnings"]
    if not rows:
        return [f"<p>{words('Không có cảnh báo nào.', 'No warnings.')}</p>"]
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    documents = collection.by_key("documents")
    blocks = []
    explorer = page.link("tables/warnings")
    feed = page.file_link("feeds/warnings.xml")
    intro = words(
        "Chỗ nào được suy ra hay còn ngờ đều là một dòng dữ liệu.",
        "Whatever was inferred or is doubtful is a row of data.",
    )
    blocks.append(
        f'<p>{intro} <a href="{esc(explorer)}">{words("Xem cả bảng", "See the whole table")}</a> · <a href="{feed}">Atom</a></p>'
    )
    plans = Counter(documents[r["document_id"]]["plan_id"] for r in rows if r["document_id"])
    head = (words("Kế hoạch", "Plan"), words("Cảnh báo", "Warnings"))
    blocks.append(grid(head, [
        (page.a(f"plans/{page_name(p)}", document_name(collection.plans[p].main, words)), words.number(n))
        for p, n in plans.most_common()
    ], classes={1: "num"}))  # fmt: skip
    for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        items = "".join(_warning(catalogue, page, row) for row in found[:8])
        more = f'<p><a href="{esc(explorer)}?code={esc(code)}">{words("Tất cả", "All")} {words.number(len(found))}</a></p>'
        blocks.append(
            f'<details class="kh-note"><summary><code>{esc(code)}</code> – {words.number(len(found))} '
            f"({esc(words.value('warnings', 'severity', found[0]['severity']))})</summary><ul>{items}</ul>{more}</details>"
        )
    return blocks


def _warning(catalogue: Catalogue, page: Page, row: Row) -> str:
    words = page.words
    message = esc(words(row["message"] or "", row["message_en"] or row["message"] or ""))
    document = catalogue.collection.by_key("documents").get(row["document_id"])
    if document is None:
        return f"<li>{message}</li>"
    plan = f"plans/{page_name(document['plan_id'])}"
    fragment = ""
    if row["table"] in KEYS and row["row_id"] in catalogue.collection.by_key(row["table"]):
        fragment = anchor(row["table"], row["row_id"])
    return f"<li>{message} {page.a(plan, document['number'] or document['document_id'], fragment)}</li>"
