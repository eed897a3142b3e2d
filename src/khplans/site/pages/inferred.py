"""What was inferred says so where it is shown, in words."""

from __future__ import annotations

from markupsafe import Markup

from khplans.site.data import Row
from khplans.site.languages import Language

_STATED = {
    ("task_agencies", "basis"): ("named-in-text", "cell", "review"),
    ("tasks", "deadline_basis"): ("stated", "review"),
}
"""For each column that says how something is known, what is no inference."""


def inferred_part(part: Row, words: Language) -> Markup:
    """How an agency's part in a task was inferred; empty where the plan states it.

    >>> from khplans.site.languages import en
    >>> inferred_part({"basis": "heading"}, en).striptags()
    'inferred from the heading above'
    >>> inferred_part({"basis": "cell"}, en)
    Markup('')
    """
    return _mark("task_agencies", "basis", part["basis"], words, " ")


def inferred_deadline(task: Row, words: Language) -> Markup:
    """How a task's deadline was inferred; empty where the plan states it, or no day.

    >>> from khplans.site.languages import en
    >>> inferred_deadline({"deadline_basis": "counted"}, en).striptags()
    "inferred: counted from the document's date"
    """
    return _mark("tasks", "deadline_basis", task["deadline_basis"], words, ": ")


def _mark(table: str, column: str, basis: str | None, words: Language, then: str) -> Markup:
    if not basis or basis in _STATED[table, column]:
        return Markup()
    said, how = words.say("inferred"), words.value(table, column, basis)
    how = how[:1].lower() + how[1:]
    shown = how if how.startswith(said) else f"{said}{then}{how}"
    return Markup('<small class="kh-inferred">{}</small>').format(shown)
