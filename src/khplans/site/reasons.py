"""Why rows are what they are: the named rules behind each, in a script for each page of a plan that has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import PlanFile, Row
from khplans.site.markup import anchor, shorten
from khplans.site.row_places import NOTED
from khplans.text.visible import escape_json
from khplans.why import Reason, Why, asking

_MOST = 40
"""Rules that are told of a row; of more, those about the shortest words, which are the nearest to it."""
_QUOTED = 80
"""Letters of the words that a rule was about."""


def reasons_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The scripts by their names, as `<plan>/<page>.js`, of the plans whose folder is at hand."""
    for plan_id, source in catalogue.sources.items():
        plan, ask = catalogue.collection.plans[plan_id], asking(source)
        pages: dict[str, list[tuple[str, Why]]] = {}
        for table, row in _rows(catalogue, plan):
            key = row[NOTED[table]]
            page = catalogue.plan_page(plan.plan_id, row["start"])
            pages.setdefault(page, []).append((anchor(table, key), ask(table, key, row)))
        for page, found in pages.items():
            number = page.rpartition("/")[2] if page.count("/") > 1 else "1"
            yield f"{page_name(plan.plan_id)}/{number}.js", _script(found)


def _rows(catalogue: Catalogue, plan: PlanFile) -> Iterator[tuple[str, Row]]:
    for table in NOTED:
        for row in catalogue.collection.of_plan(table, plan.plan_id):
            yield table, row


def _script(found: Sequence[tuple[str, Why]]) -> str:
    """Each rule's words and each decision once: rows name decisions, decisions their rule, by number."""
    rules: dict[tuple[str, str], int] = {}
    told: dict[tuple[int, str], int] = {}
    words: list[Sequence[str]] = []
    rows: dict[str, Any] = {}
    for place, why in found:
        decisions = []
        for reason in _nearest(why.reasons):
            name = (reason.table, reason.rule)
            if name not in rules:
                rules[name] = len(rules)
                words.append((reason.table, reason.rule, reason.question, reason.question_en, reason.answer, reason.answer_en))  # fmt: skip
            decisions.append(told.setdefault((rules[name], shorten(reason.quote, _QUOTED)), len(told)))  # fmt: skip
        rows[place] = [int(why.found), list(why.changed), decisions]
    data = {"rules": words, "told": list(told), "rows": rows}
    return f"khWhy({escape_json(json.dumps(data, ensure_ascii=False, separators=(',', ':')))});\n"


def _nearest(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """As many as there is room for, in the order in which they decided."""
    by_length = sorted(range(len(reasons)), key=lambda i: reasons[i].end - reasons[i].start)
    return [reasons[i] for i in sorted(by_length[:_MOST])]
