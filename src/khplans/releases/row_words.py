"""What a person knows a row by: the words of the plan where it has some, names instead of ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from khplans.packages.canonical import PackageTable
from khplans.releases.changes import Changes

_KEPT = 32
"""Rows that are kept for the next that points to them."""

_WORDY = ("text", "quote", "message", "heading", "title", "name", "form", "number")
_BY_ID = {"document_id": "documents", "task_id": "tasks", "section_id": "sections"}


def part_words(words: str, role: str) -> tuple[str, str]:
    """The agency and the task of a row of task_agencies, from its words as `WordLookup.of` gives them.

    >>> part_words("Sở Y tế (lead): rà soát (lead): a", "lead")
    ('Sở Y tế', 'rà soát (lead): a')
    """
    agency, _, task = words.partition(f" ({role}): ")
    return agency, task


class WordLookup:
    """Looks up the words and the plan of the rows of one version.

    Tables and columns that a version lacks are passed over: an older release is read as well.
    """

    def __init__(self, tables: Mapping[str, PackageTable]) -> None:
        self._tables = tables
        self.record = lru_cache(_KEPT)(self._record)
        """A row by its id, as column to text; empty where it isn't there. Not to be changed."""

    def of(self, table: str, record: Mapping[str, str]) -> str:
        """The row in words; its values in a row where it has none of the usual.

        >>> WordLookup({}).of("indicators", {"name": "GRDP", "quote": "tăng 8,1%"})
        'GRDP: tăng 8,1%'
        """
        if table == "indicators" and record.get("name") and record.get("quote"):
            return f"{record['name']}: {record['quote']}"
        if table == "task_agencies":
            task = self.record("tasks", record.get("task_id", ""))
            agency = self.name("agencies", record.get("agency_id", ""))
            return f"{agency} ({record.get('role', '')}): {task.get('text', '')}"
        if table == "agency_names":
            return f"{self.name('agencies', record.get('agency_id', ''))}: {record.get('form', '')}"
        if table == "corrections":
            return f"{record.get('before', '')} → {record.get('after', '')}"
        if table == "instruments":
            parts = (record.get(c, "") for c in ("document_type", "number", "title", "date"))
            return " ".join(part for part in parts if part)
        if table == "documents":
            return " ".join(filter(None, (record.get("number"), record.get("title"))))
        for column in _WORDY:
            if record.get(column):
                return record[column]
        return ", ".join(value for value in record.values() if value)

    def plan(self, table: str, record: Mapping[str, str]) -> str:
        """The plan a row belongs to, or the empty text where it belongs to none or several."""
        if record.get("plan_id"):
            return record["plan_id"]
        if table == "instruments":
            return ""
        for column, target in _BY_ID.items():
            if record.get(column):
                if column == "document_id":
                    return self.record(target, record[column]).get("plan_id", "")
                return self.plan(target, self.record(target, record[column]))
        return ""

    def name(self, table: str, row_id: str) -> str:
        """A row's name by its id, or the id where it isn't there."""
        found = self.record(table, row_id)
        return found.get("name") or found.get("number") or found.get("title") or row_id

    def _record(self, table: str, row_id: str) -> Mapping[str, str]:
        try:
            return self._tables[table].record((row_id,))
        except KeyError:
            return {}


def give_words(
    changes: Changes, old: Mapping[str, PackageTable], new: Mapping[str, PackageTable]
) -> Changes:
    """The changes with the words and the plan of each row: a removed row's are the old ones."""
    before, after = WordLookup(old), WordLookup(new)
    rows = []
    for row in changes.rows:
        removed = row.change == "removed"
        lookup, tables = (before, old) if removed else (after, new)
        record = tables[row.table].record(row.key)
        plan_id, words = lookup.plan(row.table, record), lookup.of(row.table, record)
        rows.append(replace(row, plan_id=plan_id, words=words))
    return replace(changes, rows=tuple(rows))
