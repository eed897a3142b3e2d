"""Release notes: what changed since the last version, row by row, in words, in two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from khplans.releases.changes import CellChange, Changes, Kind, RowChange
from khplans.releases.note_words import note_words
from khplans.releases.readable import changed_words, in_context, without_markup
from khplans.releases.row_words import part_words
from khplans.releases.versioning import Step
from khplans.tables.definition import TABLE_NAMES, table

SHOWN = 40
"""Rows of a table that the notes name; changes.csv has all."""
_NAMED = 120
"""Characters of the words that a row is known by."""
_ALIKE = 5
"""Rows that are named of those in which the same words changed."""
_FIRST = ("tasks", "indicators", "citations", "documents")
"""The tables that people ask about first."""
_PARTS = "task_agencies"
"""The table whose rows are told with their task."""
_KINDS: tuple[Kind, ...] = ("added", "removed", "changed")
_COUNTED = frozenset({"blocks", "pages", "agency_members", "agency_names", "warnings"})
"""Tables of which it is enough how many rows changed: others tell the same; doubts are numbered anew."""


@dataclass(frozen=True)
class Facts:
    """What the notes say beside the changes; `step` is None for the first release."""

    version: str
    released: str
    previous: str | None
    step: Step | None
    rows: Mapping[str, int]
    plans: tuple[str, ...]
    old_plans: tuple[str, ...] = ()
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What tables (`tasks`) and columns (`tasks.text`) are called in Vietnamese and in English."""
    moved: Mapping[str, int] = field(default_factory=dict)
    """How many rows of a table have another id alone, since rows before them came or went."""

    def title(self, name: str, language: str) -> str:
        """What a table or column is called, with its name in the data."""
        short = name.rpartition(".")[2]
        if name not in self.titles:
            return short
        return f"{self.titles[name][language != 'vi']} ({short})"


def release_notes(changes: Changes, facts: Facts, language: str) -> str:
    """The notes as Markdown; `language` is `vi` or `en`. The plans' words stay text.

    >>> facts = Facts("1.0.0", "2025-01-02", None, None, {}, ("p",), (), {})
    >>> [release_notes(Changes((), {}, ()), facts, language).splitlines()[0] for language in ("vi", "en")]
    ['# Phiên bản 1.0.0 (2025-01-02)', '# Version 1.0.0 (2025-01-02)']
    """
    return "\n".join(_lines(changes, facts, language)) + "\n"


def _lines(changes: Changes, facts: Facts, language: str) -> Iterator[str]:
    words = note_words(language)
    yield f"# {words['title'].format(version=facts.version)} ({facts.released})"
    yield ""
    if facts.step is None:
        total = f"{sum(facts.rows.values())}"
        yield words["first"].format(rows=total, tables=len(facts.rows), plans=len(facts.plans))
        return
    why = facts.step.why if language == "vi" else facts.step.why_en
    yield words["since"].format(previous=facts.previous, why=without_markup(why))
    new = [p for p in facts.plans if p not in facts.old_plans]
    gone = [p for p in facts.old_plans if p not in facts.plans]
    for title, plans in ((words["plans_added"], new), (words["plans_removed"], gone)):
        if plans:
            yield from ("", f"{title}: {', '.join(map(without_markup, plans))}")
    if changes.schema:
        yield from ("", f"## {words['schema']}", "")
        for change in changes.schema:
            yield f"- {without_markup(change.in_words(language))}"
    if not changes:
        yield from ("", words["texts"])
    notes = _Notes(facts, language)
    for name, rows in _in_order(changes.rows):
        yield from notes.of_table(name, rows)


def _in_order(rows: Sequence[RowChange]) -> Iterator[tuple[str, list[RowChange]]]:
    """The changed rows of each table, those of the parts of tasks with the tasks."""
    order = [*_FIRST, *(name for name in TABLE_NAMES if name not in _FIRST)]

    def place(row: RowChange) -> tuple[int, str]:
        name = "tasks" if row.table == _PARTS else row.table
        return (order.index(name) if name in order else len(order)), name

    for (_, name), found in groupby(sorted(rows, key=place), key=place):
        yield name, list(found)


def is_told(name: str, column: str) -> bool:
    """Whether a column says more than where a row stands, that a person saw it, or how its agency is written.

    >>> [is_told("tasks", one) for one in ("start", "definition_end", "deadline", "reviewed")]
    [False, False, True, False]
    """
    if name == _PARTS and column == "form":
        return False
    return column != "reviewed" and column.rpartition("_")[2] not in ("start", "end")


@dataclass(frozen=True)
class _Notes:
    """Writes the notes of one version in one language."""

    facts: Facts
    language: str

    @property
    def words(self) -> Mapping[str, str]:
        return note_words(self.language)

    def of_table(self, name: str, rows: Sequence[RowChange]) -> Iterator[str]:
        """What changed in one table; the parts of tasks stand with their task."""
        own = [row for row in rows if row.table == name]
        parts = [row for row in rows if row.table == _PARTS]
        yield from ("", f"## {without_markup(self.facts.title(name, self.language))}", "")
        yield self._count(own)
        if name in _COUNTED:
            return
        if parts:
            title = without_markup(self.facts.title(_PARTS, self.language))
            yield from ("", f"{title}: {self._count(parts)}")
        yield ""
        told = [*self._rows(own, parts)]
        for entry in told[:SHOWN]:
            yield from entry
        if len(told) > SHOWN:
            yield from ("", self.words["more"].format(count=len(told) - SHOWN))
        with_parts = {part.key[0] for part in parts if _is_news(part)}
        unseen = sum(1 for row in own if not _is_news(row) and row.key[0] not in with_parts)
        if unseen:
            yield from ("", self.words["places"].format(count=unseen))
        if count := self.facts.moved.get(name, 0):
            yield from ("", self.words["moved"].format(count=count))

    def _count(self, rows: Sequence[RowChange]) -> str:
        count = Counter(row.change for row in rows)
        return self.words["counts"].format(**{kind: count[kind] for kind in _KINDS})

    def _rows(
        self, rows: Sequence[RowChange], parts: Sequence[RowChange]
    ) -> Iterator[Sequence[str]]:
        """The lines of each row, or of all in which the same words changed."""
        of_task: dict[str, list[RowChange]] = {}
        for part in parts:
            if _is_news(part):
                of_task.setdefault(part.key[0], []).append(part)
        groups: dict[object, list[RowChange]] = {}
        for row in rows:
            if row.change != "changed" or row.key[0] in of_task:
                groups[row.key] = [row]
            elif cells := _telling(row):
                same = tuple((c.column, changed_words(c.before, c.after)) for c in cells)
                groups.setdefault((row.reason, same), []).append(row)
        for first, *others in groups.values():
            yield (
                self._alike([first, *others])
                if others
                else self._one(first, of_task.pop(first.key[0], ()))
            )
        for task_id, told in of_task.items():
            yield self._parts_alone(task_id, told)

    def _one(self, row: RowChange, parts: Sequence[RowChange]) -> list[str]:
        return [
            self._head(self.words[row.change], row.words, _address(row), row.reason),
            *(self._cells(row) if row.change == "changed" else ()),
            *self._parts(parts),
        ]

    def _parts_alone(self, task_id: str, parts: Sequence[RowChange]) -> list[str]:
        """The lines of a task whose own row stayed as it was."""
        _, task = part_words(parts[0].words, parts[0].key[-1])
        reasons = "+".join(sorted({one for part in parts for one in part.reason.split("+")}))
        kind = self.words["changed"]
        return [self._head(kind, task, task_id, reasons), *self._parts(parts)]

    def _alike(self, rows: Sequence[RowChange]) -> list[str]:
        """The lines of rows in which the same words changed: those words once, and which rows."""
        first = rows[0]
        told = self.words["alike"].format(count=len(rows))
        lines = [f"- **{self.words['changed']}** {told} ({self._why(first.reason)})"]
        lines += [self._cell(first, *said, cells) for said, cells in _by_words(first).items()]
        named = "; ".join(
            without_markup(_address(row) or row.words, _NAMED) for row in rows[:_ALIKE]
        )
        return [*lines, f"    - {named}{'; …' if len(rows) > _ALIKE else ''}"]

    def _head(self, kind: str, words: str, address: str, reason: str) -> str:
        named = without_markup(words, _NAMED)
        beside = "; ".join(filter(None, (without_markup(address), self._why(reason))))
        return f"- **{kind}** {named} ({beside})"

    def _cells(self, row: RowChange) -> Iterator[str]:
        """A line for each change of words, with the columns that it is in."""
        for cells in _by_words(row).values():
            yield self._cell(row, *in_context(cells[0].before, cells[0].after), cells)

    def _cell(self, row: RowChange, before: str, after: str, cells: Sequence[CellChange]) -> str:
        named = ", ".join(self.facts.title(f"{row.table}.{c.column}", self.language) for c in cells)
        column = cells[0].column
        was, now = (self._value(row.table, column, value) for value in (before, after))
        return f"    - {without_markup(named)}: {was} → {now}"

    def _parts(self, parts: Sequence[RowChange]) -> Iterator[str]:
        """A line for each role: who no longer has it, and who has it now."""
        for role, found in groupby(sorted(parts, key=_role), key=_role):
            told = "; ".join(self._agencies([*found]))
            yield f"    - {self._value(_PARTS, 'role', role)}: {told}"

    def _agencies(self, parts: Sequence[RowChange]) -> Iterator[str]:
        """What became of the agencies of one role; one in another's place as that."""
        names: dict[Kind, list[str]] = {kind: [] for kind in _KINDS}
        for part in parts:
            names[part.change].append(_agency(part))
        if len(names["removed"]) == len(names["added"]) == 1:
            yield f"{names['removed'][0]} → {names['added'][0]}"
        else:
            yield from map(self.words["taken"].format, names["removed"])
            yield from map(self.words["put"].format, names["added"])
        for part in parts:
            for line in self._cells(part) if part.change == "changed" else ():
                yield f"{_agency(part)} – {line.strip().removeprefix('- ')}"

    def _value(self, name: str, column: str, value: str) -> str:
        """A value as people read it: a coded one by its label."""
        known = name in TABLE_NAMES and column in table(name).columns
        for one in table(name).field(column).values if known else ():
            if one.value == value:
                return without_markup(one.label if self.language == "vi" else one.label_en)
        return without_markup(value) or self.words["empty"]

    def _why(self, reasons: str) -> str:
        """Reasons in words; `knowledge:units` names its table."""
        told = []
        for reason in reasons.split("+"):
            kind, _, name = reason.partition(":")
            told.append(self.words.get(f"reason.{kind}", reason).format(name))
        return ", ".join(told)


def _telling(row: RowChange) -> list[CellChange]:
    """The changed values of a row that say something of the plan."""
    return [cell for cell in row.cells if is_told(row.table, cell.column)]


def _is_news(row: RowChange) -> bool:
    """Whether a row came, went, or says something else of the plan than it did.

    >>> from dataclasses import replace
    >>> row = RowChange("tasks", ("t",), "added", ())
    >>> moved = replace(row, change="changed", cells=(CellChange("start", "1", "2"),))
    >>> _is_news(row), _is_news(moved), _is_news(replace(moved, cells=(CellChange("text", "a", "b"),)))
    (True, False, True)
    """
    return row.change != "changed" or bool(_telling(row))


def _by_words(row: RowChange) -> dict[tuple[str, str], list[CellChange]]:
    """The changed values of a row that are told, by the words that changed in them."""
    groups: dict[tuple[str, str], list[CellChange]] = {}
    for cell in _telling(row):
        groups.setdefault(changed_words(cell.before, cell.after), []).append(cell)
    return groups


def _address(row: RowChange) -> str:
    """The id to look a row up by; none where only several columns together tell it, which is for machines.

    >>> _address(RowChange("tasks", ("t",), "added", ())), _address(RowChange("task_agencies", ("t", "a"), "added", ()))
    ('t', '')
    """
    return row.key[0] if len(row.key) == 1 else ""


def _agency(part: RowChange) -> str:
    return without_markup(part_words(part.words, _role(part))[0], _NAMED)


def _role(part: RowChange) -> str:
    return part.key[-1]
