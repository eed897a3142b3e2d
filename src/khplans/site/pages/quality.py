"""Quality: how accurate the data is against the gold, what was checked, what is doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid, shorten
from khplans.site.pages.accuracy import accuracy_summary
from khplans.site.pages.naming import document_name
from khplans.site.pages.reviewed import reviewed_share
from khplans.site.row_places import warning_place
from khplans.site.templating import cell, render
from khplans.tables.definition import TABLE_NAMES


def quality_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Accuracy, checks and warnings."""
    page = SitePage(words, "quality", words.say("Quality"),
                words.say("The data was read from the plans by rules. This is how accurate it measured, what was checked and what is doubtful."),
                layout="read")  # fmt: skip
    page.add(
        render(
            page, "quality.md", accuracy=accuracy_summary(catalogue, page), reviewed=_reviewed(catalogue, page),
            checks=_checks(catalogue, page), warned=_warned(catalogue, page), kinds=_kinds(catalogue, page),
            checks_file=page.file_link(f"data/{catalogue.version}/checks.json"),
        )
    )  # fmt: skip
    return page


def _reviewed(catalogue: Catalogue, page: SitePage) -> Markup:
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


@dataclass(frozen=True)
class _Checks:
    """The results of the checks: how many of each outcome, with its look; by table; and what is not passed."""

    counts: Sequence[tuple[str, str, int]]
    by_table: Markup
    doubtful: Markup | None


_LOOKS = {"failed": "warn", "doubtful": "warn", "warned": "good", "passed": "good"}
"""What checks come to, the worst first, and how each looks."""


def _outcome(result: Mapping[str, Any]) -> str:
    """The status, but `doubtful` for one that failed and stops nothing, as `khplans check` says it.

    >>> _outcome({"status": "failed", "severity": "warning"})
    'doubtful'
    """
    stops = result["status"] != "failed" or result["severity"] == "error"
    return str(result["status"]) if stops else "doubtful"


def _outcome_words(words: Language, outcome: str) -> str:
    named = {
        "passed": words.say("passed"),
        "warned": words.say("passed, with warnings"),
        "doubtful": words.say("doubtful"),
        "failed": words.say("failed"),
    }
    return named[outcome]


def _checks(catalogue: Catalogue, page: SitePage) -> _Checks | None:
    words = page.words
    results: Sequence[Mapping[str, Any]] = catalogue.checks.get("results", ())
    if not results:
        return None
    counts = Counter(map(_outcome, results))
    of_table = Counter(str(result["table"]) for result in results)
    head = (words.say("Table"), words.say("Checks"))
    rows = [(_table(name, page), words.number(count)) for name, count in sorted(of_table.items())]
    doubtful = [result for result in results if result["status"] != "passed"]
    return _Checks(
        [(look, _outcome_words(words, o), counts[o]) for o, look in list(_LOOKS.items())[::-1] if counts[o]],
        grid(head, rows, classes={1: "num"}, label=words.say("Checks")),
        _doubtful(doubtful, page) if doubtful else None,
    )  # fmt: skip


def _doubtful(results: Sequence[Mapping[str, Any]], page: SitePage) -> Markup:
    """The checks that some row did not pass."""
    words = page.words
    head = (words.say("Table"), words.say("Check"), words.say("Rows"), words.say("Result"))
    order = list(_LOOKS)
    rows = [
        (
            _table(r["table"], page),
            esc(r[words("title", "title_en")]),
            words.number(r["checked"]),
            _status(r, words),
        )
        for r in sorted(results, key=lambda r: (order.index(_outcome(r)), r["table"], r["check"]))
    ]
    return grid(head, rows, classes={2: "num"}, label=words.say("Failed or doubtful"))


def _table(name: str, page: SitePage) -> str:
    return page.a(f"tables/{name}", page.words.table(name)) if name in TABLE_NAMES else esc(name)


def _status(result: Mapping[str, Any], words: Language) -> Markup:
    outcome, count = _outcome(result), result["failed"] or result["warned"]
    return cell(
        "status", look=_LOOKS[outcome], outcome=_outcome_words(words, outcome),
        count=words.number(count) if count else "",
    )  # fmt: skip


def _warned(catalogue: Catalogue, page: SitePage) -> Markup | None:
    """How many warnings each plan has; None where there are none."""
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    rows = collection.tables["warnings"]
    plans = Counter(documents[r["document_id"]]["plan_id"] for r in rows if r["document_id"])
    head = (words.say("Plan"), words.say("Warnings"))
    cells = [
        (
            page.a(f"plans/{page_name(p)}", document_name(collection.plans[p].main, words)),
            words.number(n),
        )
        for p, n in plans.most_common()
    ]
    return grid(head, cells, classes={1: "num"}, label=words.say("Warnings")) if rows else None


@dataclass(frozen=True)
class _Kind:
    """The warnings of a code: how many and how grave, such as what, and the first with links to their words."""

    code: str
    count: int
    severity: str
    such_as: str
    first: Sequence[tuple[str, Markup]]


_SHOWN = 8
"""Warnings of a code that are shown; the explorer has the others."""


def _kinds(catalogue: Catalogue, page: SitePage) -> Iterator[_Kind]:
    """The codes of warnings, the commonest first."""
    words = page.words
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in catalogue.collection.tables["warnings"]:
        by_code[row["code"]].append(row)
    for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        severity = words.value("warnings", "severity", found[0]["severity"])
        first = [(_message(row, words), _place(catalogue, page, row)) for row in found[:_SHOWN]]
        such_as = shorten(_message(found[0], words) or code, 120)
        yield _Kind(code, len(found), severity.lower(), such_as, first)


def _message(row: Row, words: Language) -> str:
    return words(row["message"] or "", row["message_en"] or row["message"] or "")


def _place(catalogue: Catalogue, page: SitePage, row: Row) -> Markup:
    """A link to the words that a warning is about."""
    document = catalogue.collection.by_key("documents").get(row["document_id"])
    if document is None:
        return Markup()
    path, place = warning_place(catalogue, row)
    return page.a(path, document["number"] or document["document_id"], place)
