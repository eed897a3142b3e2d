"""What a plan states and what is inferred from it, told apart wherever an agency's part or a deadline is shown."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from khplans.site.languages import Language
from khplans.site.markup import esc

INFERRED: Mapping[tuple[str, str], frozenset[str]] = {
    ("task_agencies", "basis"): frozenset({"heading", "introduction", "merged-cell"}),
    ("tasks", "deadline_basis"): frozenset({"counted", "inherited"}),
}
"""Table and column of a basis → the values that say that words elsewhere gave it, not the row's own."""


def inferred_mark(words: Language, table: str, column: str, value: str | None) -> Markup:
    """The words beside what was inferred, which say from what; none beside what is stated.

    >>> from khplans.site.languages import vi
    >>> inferred_mark(vi, "task_agencies", "basis", "introduction")
    Markup('<small class="kh-inferred">suy ra: theo câu dẫn</small>')
    >>> inferred_mark(vi, "task_agencies", "basis", "cell")
    Markup('')
    """
    said = inferred_words(words, table, column).get(value or "")
    return Markup(f'<small class="kh-inferred">{esc(said)}</small>') if said else Markup()


def inferred_words(words: Language, table: str, column: str) -> dict[str, str]:
    """What is said beside a value that is inferred, by its basis."""
    found = {}
    for value in sorted(INFERRED[table, column]):
        begin, label = words.say("inferred"), words.value(table, column, value)
        label = label[:1].lower() + label[1:]
        found[value] = label if label.startswith(begin) else f"{begin}: {label}"
    return found
