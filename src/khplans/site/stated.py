"""What a plan states and what is inferred from it, told apart wherever an agency's part or a deadline is shown."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.templating import cell

INFERRED: Mapping[tuple[str, str], frozenset[str]] = {
    ("task_agencies", "basis"): frozenset({"heading", "introduction", "merged-cell"}),
    ("tasks", "deadline_basis"): frozenset({"counted", "inherited"}),
}
"""Table and column of a basis → the values that say that words elsewhere gave it, not the row's own."""


_BETWEEN = {"task_agencies": " ", "tasks": ": "}
"""What stands between `inferred` and how: a basis of an agency's part goes on with it."""


def inferred_part(part: Row, words: Language) -> Markup:
    """How an agency's part in a task was inferred; empty where the plan states it.

    >>> from khplans.site.languages import en, vi
    >>> inferred_part({"basis": "introduction"}, vi)
    Markup('<small class="kh-inferred">suy ra theo câu dẫn</small>')
    >>> inferred_part({"basis": "cell"}, en)
    Markup('')
    """
    return _mark(words, "task_agencies", "basis", part["basis"])


def inferred_deadline(task: Row, words: Language) -> Markup:
    """How a task's deadline was inferred; empty where the plan states it, or no day.

    >>> from khplans.site.languages import en
    >>> inferred_deadline({"deadline_basis": "counted"}, en).striptags()
    "inferred: counted from the document's date"
    """
    return _mark(words, "tasks", "deadline_basis", task["deadline_basis"])


def _mark(words: Language, table: str, column: str, value: str | None) -> Markup:
    """The words beside what was inferred, which say from what; none beside what is stated."""
    said = inferred_words(words, table, column).get(value or "")
    return cell("inferred", said=said) if said else Markup()


def inferred_words(words: Language, table: str, column: str) -> dict[str, str]:
    """What is said beside a value that is inferred, by its basis."""
    found = {}
    for value in sorted(INFERRED[table, column]):
        begin, label = words.say("inferred"), words.value(table, column, value)
        label = label[:1].lower() + label[1:]
        found[value] = label if label.startswith(begin) else begin + _BETWEEN[table] + label
    return found
