"""When a found row is an answer's, and when a field of it is right: the rules of tests/gold/score.py."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from khplans.packages.canonical import PackageTable
from khplans.scoring.matching import Record, Same, overlap


@dataclass(frozen=True)
class FieldRule:
    """A field of the answers: whether a found row has it right, and what the row says."""

    equal: Same
    found: Callable[[Record], Any]


@dataclass(frozen=True)
class TableRule:
    """How a table is scored: which rows pair, and its fields."""

    same: Same
    fields: Mapping[str, FieldRule]


DOCUMENT_COLUMNS = {
    "number": "number", "type": "document_type", "date": "date", "title": "title", "signer": "signer",
}  # fmt: skip


def comparable(text: str | None) -> str:
    """Text as the scorer compares it: NFC, case-insensitive, white space collapsed.

    >>> comparable("SỞ  Y tế") == comparable("sở y tế")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text or "").split()).casefold()


def rules(tables: Mapping[str, PackageTable]) -> dict[str, TableRule]:
    """The rules of each table that has answers of its own, in the order of the report."""
    roles = _agencies_by_role(tables)
    return {
        "citations": TableRule(
            lambda g, f: comparable(g["number"]) == comparable(f.get("number")),
            {"type": _text("type", "document_type"), "date": _text("date"), "issuer": _text("issuer")},
        ),
        "indicators": TableRule(
            lambda g, f: _close(g["value"], _number(f.get("value"))),
            {name: _numeric(name) for name in ("value_high", "denominator")}
            | {name: _text(name) for name in ("unit", "comparator", "change", "kind", "period")},
        ),
        "tasks": TableRule(
            _whole,
            {name: _text(name) for name in ("label", "section", "deadline", "cadence", "output")}
            | {role: _agencies(role, roles) for role in ("lead", "coordinate")},
        ),
    }  # fmt: skip


def _text(field: str, column: str | None = None) -> FieldRule:
    """A field whose words are the same but for case and blanks.

    >>> rule = _text("name")
    >>> rule.equal({"name": "Sở  Y tế"}, {"name": "sở y tế"}), rule.equal({"name": "Sở Y tế"}, {"name": None})
    (True, False)
    """
    name = column or field
    return FieldRule(
        lambda g, f: comparable(g.get(field)) == comparable(f.get(name)), lambda f: f.get(name)
    )


def _numeric(field: str) -> FieldRule:
    def equal(g: Record, f: Record) -> bool:
        a: float | None = g.get(field)
        b = _number(f.get(field))
        return _close(a, b) if a is not None else b is None

    return FieldRule(equal, lambda f: _number(f.get(field)))


def _close(a: float | None, b: float | None) -> bool:
    """Whether two numbers are the same but for how computers hold them.

    >>> _close(0.1 + 0.2, 0.3), _close(0.3, 0.4), _close(None, None)
    (True, False, False)
    """
    return a is not None and b is not None and abs(a - b) < 1e-9


def _number(text: str | None) -> float | None:
    """A number of a cell; None for an empty one.

    >>> _number("5.5"), _number(""), _number("null"), _number(None)
    (5.5, None, None, None)
    """
    return float(text) if text not in (None, "", "null") else None


def _whole(g: Record, f: Record) -> bool:
    """Whether two spans have four fifths of the longer one in common.

    >>> _whole({"span": (0, 10)}, {"span": (0, 8)}), _whole({"span": (0, 10)}, {"span": (0, 7)})
    (True, False)
    """
    longer = max(end - start for start, end in (g["span"], f["span"]))
    return bool(overlap(g["span"], f["span"]) >= 0.8 * longer)


Roles = Mapping[str, Mapping[str, list[str]]]


def _agencies_by_role(tables: Mapping[str, PackageTable]) -> Roles:
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    agencies, links = tables.get("agencies"), tables.get("task_agencies")
    if agencies is None or links is None:
        return roles
    names = {key[0]: agencies.record(key)["name"] for key in agencies.rows}
    for key in links.rows:
        link = links.record(key)
        name = names.get(link["agency_id"], link["agency_id"])
        roles[link["task_id"]][link["role"]].append(name)
    return roles


def _agencies(role: str, roles: Roles) -> FieldRule:
    def found(f: Record) -> list[str]:
        return sorted(roles.get(f["task_id"], {}).get(role, []))

    return FieldRule(
        lambda g, f: {comparable(n) for n in g[role]} == {comparable(n) for n in found(f)}, found
    )
