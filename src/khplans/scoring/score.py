"""Scores a package's tables against the answers: figures, and each difference with its words."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from khplans.packages.canonical import PackageTable
from khplans.scoring.fields import DOCUMENT_COLUMNS, TableRule, comparable, rules
from khplans.scoring.gold import Gold
from khplans.scoring.matching import Record, pair_up

ALL = "all"


@dataclass(frozen=True)
class Figure:
    """One figure: of a table, for a plan or `all`; `measure` is `precision`, `recall`, `f1` or a field.

    For a field `value` is the share of matched rows that have it right: `hits` of `gold`.
    """

    table: str
    plan: str
    measure: str
    value: float
    hits: int
    gold: int
    found: int


@dataclass(frozen=True)
class Mistake:
    """An answer that was `missed`, a row that is `extra`, or a matched row whose `field` is `wrong`.

    `answer` and `found` are the two values of the field; `words` are the plan's.
    """

    table: str
    plan: str
    kind: str
    field: str
    answer: str
    found: str
    start: int
    end: int
    row_id: str
    words: str


@dataclass(frozen=True)
class Score:
    """Figures and differences; `stale` are plans left out because their source has changed."""

    figures: tuple[Figure, ...]
    differences: tuple[Mistake, ...]
    stale: tuple[str, ...] = ()


def score(tables: Mapping[str, PackageTable], gold: Gold) -> Score:
    """Compare the tables with the answers, as tests/gold/score.py does.

    Plans without answers are not counted.
    """
    figures: list[Figure] = []
    differences: list[Mistake] = []
    if gold.records.get("documents"):
        _score_documents(tables, gold.records["documents"], figures, differences)
    for name, rule in rules(tables).items():
        if gold.records.get(name):
            _score_table(name, rule, tables, gold.records[name], figures, differences)
    return Score(tuple(figures), tuple(differences), gold.stale)


def _score_documents(
    tables: Mapping[str, PackageTable],
    gold: Iterable[Record],
    figures: list[Figure],
    differences: list[Mistake],
) -> None:
    table = tables["documents"]
    answers = list(gold)
    for plan in [*sorted({g["plan"] for g in answers}), ALL]:
        here = [g for g in answers if plan in (g["plan"], ALL)]
        known = [g for g in here if (g["document"],) in table.rows]
        for field, column in DOCUMENT_COLUMNS.items():
            right = 0
            for answer in here:
                key = (answer["document"],)
                found = table.record(key).get(column, "") if key in table.rows else None
                if found is not None and comparable(answer[field]) == comparable(found):
                    right += 1
                elif plan == ALL:
                    differences.append(_document_difference(answer, field, found))
            value = right / len(here)
            figures.append(Figure("documents", plan, field, value, right, len(here), len(known)))


def _document_difference(answer: Record, field: str, found: str | None) -> Mistake:
    return Mistake(
        "documents", answer["plan"], "missed" if found is None else "wrong", field,
        _said(answer[field]), _said(found), answer["start"], answer["end"],
        answer["document"], _said(answer["title"]),
    )  # fmt: skip


def _score_table(
    name: str,
    rule: TableRule,
    tables: Mapping[str, PackageTable],
    answers: Iterable[Record],
    figures: list[Figure],
    differences: list[Mistake],
) -> None:
    gold = _by_plan(answers)
    found = _found(name, tables, gold.keys())
    total: Counter[str] = Counter()
    for plan in sorted(gold):
        pairs, missed, extra = pair_up(gold[plan], found.get(plan, []), rule.same)
        count = Counter(hits=len(pairs), gold=len(gold[plan]), found=len(found.get(plan, [])))
        for field, check in rule.fields.items():
            wrong = [(g, f) for g, f in pairs if not check.equal(g, f)]
            count[field] = len(pairs) - len(wrong)
            for g, f in wrong:
                values = _said(g.get(field)), _said(check.found(f))
                differences.append(_difference(name, plan, "wrong", g, f, field, values))
        differences += (_difference(name, plan, "missed", g, {}) for g in missed)
        differences += (_difference(name, plan, "extra", f, f) for f in extra)
        figures += _figures(name, plan, count, rule)
        total.update(count)
    figures += _figures(name, ALL, total, rule)


def _figures(table: str, plan: str, count: Mapping[str, int], rule: TableRule) -> list[Figure]:
    hits, gold, found = count["hits"], count["gold"], count["found"]
    precision = hits / found if found else float(not gold)
    recall = hits / gold if gold else 1.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    measures = {"precision": precision, "recall": recall, "f1": f1}
    whole = [Figure(table, plan, m, value, hits, gold, found) for m, value in measures.items()]
    fields = [
        Figure(table, plan, f, count.get(f, 0) / max(1, hits), count.get(f, 0), hits, hits)
        for f in rule.fields
    ]
    return whole + fields


def _found(
    name: str, tables: Mapping[str, PackageTable], plans: Set[str]
) -> dict[str, list[Record]]:
    """The rows of the plans that have answers, by plan."""
    if name not in tables:
        return {}
    table, documents = tables[name], tables["documents"]
    place = documents.columns.index("plan_id")
    plan_of = {key[0]: row[place] for key, row in documents.rows.items() if row[place] in plans}
    document = table.columns.index("document_id")
    rows = []
    for key, values in table.rows.items():
        if values[document] in plan_of:
            row: Record = dict(zip(table.columns, values, strict=True))
            row["span"] = (int(row["start"]), int(row["end"]))
            row["plan"] = plan_of[row["document_id"]]
            row["row_id"] = key[0]
            rows.append(row)
    return _by_plan(rows)


def _by_plan(rows: Iterable[Record]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row["plan"]].append(row)
    return groups


def _difference(
    table: str,
    plan: str,
    kind: str,
    where: Record,
    row: Record,
    field: str = "",
    values: tuple[str, str] = ("", ""),
) -> Mistake:
    start, end = where["span"]
    words = where.get("quote") or where.get("text") or ""
    row_id = row.get("row_id", "")
    return Mistake(table, plan, kind, field, values[0], values[1], start, end, row_id, words)


def _said(value: Any) -> str:
    """A value as reports show it.

    >>> _said(["a"]), _said(None), _said(5)
    ('["a"]', '', '5')
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
