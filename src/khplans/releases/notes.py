"""Release notes: what changed since the last version, row by row, in words, in two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from khplans.releases.changes import Changes, RowChange
from khplans.releases.readable import differing, without_markup
from khplans.releases.versioning import Step

SHOWN = 40
"""Rows of a table that the notes name; changes.csv has all."""


@dataclass(frozen=True)
class _Language:
    title: str
    first: str
    since: str
    schema: str
    counts: str
    more: str
    kinds: Mapping[str, str]
    reasons: Mapping[str, str]
    plans_added: str
    plans_removed: str
    texts: str
    empty: str


_VI = _Language(
    title="Phiên bản {version}",
    first="Bản phát hành đầu tiên: {rows} dòng trong {tables} bảng, từ {plans} kế hoạch.",
    since="So với phiên bản {previous}: {why}.",
    schema="Lược đồ",
    counts="{added} dòng thêm, {removed} dòng bỏ, {changed} dòng sửa",
    more="… và {count} dòng nữa, xem changes.csv.",
    kinds={"added": "thêm", "removed": "bỏ", "changed": "sửa"},
    reasons={
        "plan": "kế hoạch mới hoặc được rút", "source": "văn bản nguồn thay đổi", "correction": "sửa lỗi nhận dạng",
        "review": "người đọc đã xem lại", "code": "cách đọc thay đổi", "knowledge": "bảng tri thức {} thay đổi",
    },
    plans_added="Kế hoạch mới",
    plans_removed="Kế hoạch bị bỏ",
    texts="Văn bản nguồn hoặc phần mô tả thay đổi; không dòng nào thay đổi.",
    empty="(trống)",
)  # fmt: skip
_EN = _Language(
    title="Version {version}",
    first="First release: {rows} rows in {tables} tables, from {plans} plans.",
    since="Since version {previous}: {why}.",
    schema="Schema",
    counts="{added} rows added, {removed} removed, {changed} changed",
    more="… and {count} more, see changes.csv.",
    kinds={"added": "added", "removed": "removed", "changed": "changed"},
    reasons={
        "plan": "a plan was added or withdrawn", "source": "the source changed", "correction": "a reading error was corrected",
        "review": "a person reviewed it", "code": "the reading rules changed", "knowledge": "the knowledge table {} changed",
    },
    plans_added="New plans",
    plans_removed="Plans removed",
    texts="A source text or a description changed; no row did.",
    empty="(empty)",
)  # fmt: skip


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

    def title(self, name: str, language: str) -> str:
        """What a table or column is called, with its name in the data."""
        short = name.rpartition(".")[2]
        if name not in self.titles:
            return short
        return f"{self.titles[name][language != 'vi']} ({short})"


def release_notes(changes: Changes, facts: Facts, language: str) -> str:
    """The notes as Markdown; `language` is `vi` or `en`. The plans' words stay text."""
    words = _VI if language == "vi" else _EN
    return "\n".join(_lines(changes, facts, words, language)) + "\n"


def _lines(changes: Changes, facts: Facts, words: _Language, language: str) -> Iterator[str]:
    yield f"# {words.title.format(version=facts.version)} ({facts.released})"
    yield ""
    if facts.step is None:
        total = f"{sum(facts.rows.values())}"
        yield words.first.format(rows=total, tables=len(facts.rows), plans=len(facts.plans))
        return
    why = facts.step.why if language == "vi" else facts.step.why_en
    yield words.since.format(previous=facts.previous, why=without_markup(why))
    new = [p for p in facts.plans if p not in facts.old_plans]
    gone = [p for p in facts.old_plans if p not in facts.plans]
    for title, plans in ((words.plans_added, new), (words.plans_removed, gone)):
        if plans:
            yield from ("", f"{title}: {', '.join(map(without_markup, plans))}")
    if changes.schema:
        yield from ("", f"## {words.schema}", "")
        for change in changes.schema:
            yield f"- {without_markup(change.in_words(language))}"
    if not changes:
        yield from ("", words.texts)
    for table in dict.fromkeys(row.table for row in changes.rows):
        rows = [row for row in changes.rows if row.table == table]
        count = Counter(row.change for row in rows)
        yield from ("", f"## {without_markup(facts.title(table, language))}", "")
        yield words.counts.format(**{kind: count[kind] for kind in ("added", "removed", "changed")})
        yield ""
        for row in rows[:SHOWN]:
            yield from _row(row, facts, words, language)
        if len(rows) > SHOWN:
            yield from ("", words.more.format(count=len(rows) - SHOWN))


def _row(row: RowChange, facts: Facts, words: _Language, language: str) -> Iterator[str]:
    reasons = ", ".join(_why(reason, words) for reason in row.reason.split("+"))
    yield f"- **{words.kinds[row.change]}** {without_markup(row.words)} ({without_markup(row.row_id)}; {reasons})"
    if row.change == "changed":
        for cell in row.cells:
            values = differing(cell.before, cell.after)
            before, after = (without_markup(value) or words.empty for value in values)
            column = facts.title(f"{row.table}.{cell.column}", language)
            yield f"    - {without_markup(column)}: {before} → {after}"


def _why(reason: str, words: _Language) -> str:
    """A reason in words; `knowledge:units` names its table."""
    kind, _, table = reason.partition(":")
    return words.reasons.get(kind, reason).format(table)
