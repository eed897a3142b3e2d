"""Quality: how accurate the data is against the gold, what was checked, what is doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid, shorten
from khplans.site.pages.accuracy import accuracy_summary
from khplans.site.pages.naming import document_name
from khplans.site.pages.reviewed import reviewed_share
from khplans.site.row_places import warning_place
from khplans.tables.definition import TABLE_NAMES


def quality_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Accuracy, checks and warnings."""
    page = SitePage(words, "quality", words.say("Quality"),
                words.say("The data was read from the plans by rules. This is how accurate it measured, what was checked and what is doubtful."),
                layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.heading(2, words.say("Accuracy"), "accuracy")
    page.add(*accuracy_summary(catalogue, page))
    page.heading(2, words.say("Reviewed by people"), "reviewed")
    page.add(_reviewed(catalogue, page))
    page.heading(2, words.say("Checks"), "checks")
    page.add(*_checks(catalogue, page))
    page.heading(2, words.say("Warnings"), "warnings")
    page.add(*_warnings(catalogue, page))
    return page


def _reviewed(catalogue: Catalogue, page: SitePage) -> str:
    """The share of each plan's rows that a person has held against the words."""
    words = page.words
    head = (words.say("Plan"), words.say("Rows reviewed"))
    rows = [
        (
            page.a(f"plans/{page_name(plan_id)}", document_name(plan.main, words)),
            reviewed_share(catalogue, plan_id, words),
        )
        for plan_id, plan in catalogue.collection.plans.items()
    ]
    return grid(head, rows, classes={1: "num"}, label=words.say("Reviewed by people"))


_STATUS = {
    "passed": ("đạt", "passed", "good"),
    "warned": ("đạt, có cảnh báo", "passed, with warnings", "good"),
    "failed": ("không đạt", "failed", "warn"),
}


def _checks(catalogue: Catalogue, page: SitePage) -> list[str]:
    words = page.words
    results: Sequence[Mapping[str, Any]] = catalogue.checks.get("results", ())
    if not results:
        return [f"<p>{words.say('No results of checks.')}</p>"]
    counts = Counter(str(result["status"]) for result in results)
    tags = " ".join(
        f'<span class="kh-tag {css}">{words.number(counts[status])} {words(label, english)}</span>'
        for status, (label, english, css) in _STATUS.items()
        if counts[status]
    )
    of_table = Counter(str(result["table"]) for result in results)
    doubtful = [result for result in results if result["status"] != "passed"]
    head = (words.say("Table"), words.say("Checks"))
    rows = [(_table(name, page), words.number(count)) for name, count in sorted(of_table.items())]
    blocks = [f"<p>{tags}</p>"]
    if doubtful:
        blocks.append(_doubtful(doubtful, page))
    link = page.file_link(f"data/{catalogue.version}/checks.json")
    table = grid(head, rows, classes={1: "num"}, label=words.say("Checks"))
    return [
        *blocks,
        f"<details><summary>{words.say('By table')}</summary>{table}</details>",
        f'<p>{words.say("Each check")}: <a href="{esc(link)}" download>checks.json</a>.</p>',
    ]


def _doubtful(results: Sequence[Mapping[str, Any]], page: SitePage) -> str:
    """The checks that some row did not pass."""
    words = page.words
    head = (
        words.say("Table"),
        words.say("Check"),
        words.say("Rows"),
        words.say("Result"),
    )
    order = list(_STATUS)[::-1]
    rows = [
        (
            _table(r["table"], page),
            esc(r[words("title", "title_en")]),
            words.number(r["checked"]),
            _status(r, page),
        )
        for r in sorted(results, key=lambda r: (order.index(r["status"]), r["table"], r["check"]))
    ]
    return grid(head, rows, classes={2: "num"}, label=words.say("Failed or doubtful"))


def _table(name: str, page: SitePage) -> str:
    return page.a(f"tables/{name}", page.words.table(name)) if name in TABLE_NAMES else esc(name)


def _status(result: Mapping[str, Any], page: SitePage) -> str:
    label, english, css = _STATUS[result["status"]]
    shown = f'<span class="kh-tag {css}">{page.words(label, english)}</span>'
    count = result["failed"] or result["warned"]
    return f"{shown} {page.words.number(count)}" if count else shown


def _warnings(catalogue: Catalogue, page: SitePage) -> list[str]:
    words, collection = page.words, catalogue.collection
    rows = collection.tables["warnings"]
    if not rows:
        return [f"<p>{words.say('No warnings.')}</p>"]
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    documents = collection.by_key("documents")
    blocks = []
    explorer = page.link("tables/warnings")
    feed = page.file_link("feeds/warnings.xml")
    intro = words.say("Whatever was inferred or is doubtful is a row of data.")
    blocks.append(
        f'<p>{intro} <a href="{esc(explorer)}">{words.say("See the whole table")}</a> · <a href="{feed}">Atom</a></p>'
    )
    plans = Counter(documents[r["document_id"]]["plan_id"] for r in rows if r["document_id"])
    head = (words.say("Plan"), words.say("Warnings"))
    blocks.append(grid(head, [
        (page.a(f"plans/{page_name(p)}", document_name(collection.plans[p].main, words)), words.number(n))
        for p, n in plans.most_common()
    ], classes={1: "num"}))  # fmt: skip
    for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        items = "".join(_warning(catalogue, page, row) for row in found[:8])
        more = f'<p><a href="{esc(explorer)}?code={esc(code)}">{words.say("All")} {words.number(len(found))}</a></p>'
        shown = shorten(words(found[0]["message"] or code, found[0]["message_en"] or code), 120)
        severity = words.value("warnings", "severity", found[0]["severity"])
        blocks.append(
            f'<details class="kh-note"><summary><b>{words.number(len(found))}</b> × {esc(severity.lower())} '
            f"<code>{esc(code)}</code><br><small>{words.say('such as')}: {esc(shown)}</small></summary>"
            f"<ul>{items}</ul>{more}</details>"
        )
    return blocks


def _warning(catalogue: Catalogue, page: SitePage, row: Row) -> str:
    words = page.words
    message = esc(words(row["message"] or "", row["message_en"] or row["message"] or ""))
    document = catalogue.collection.by_key("documents").get(row["document_id"])
    if document is None:
        return f"<li>{message}</li>"
    path, place = warning_place(catalogue, row)
    return (
        f"<li>{message} {page.a(path, document['number'] or document['document_id'], place)}</li>"
    )
