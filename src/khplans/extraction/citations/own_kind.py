"""A document's mentions of itself: `Kế hoạch này`, `Nghị quyết này`, and of the one it is attached to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from khplans.knowledge.document_types import document_types
from khplans.knowledge.wording import Wording
from khplans.model import Document
from khplans.text.fold import fold

_THIS = Wording(r"(?<!\w)(?P<kind><document type>) này(?!\w)", "Quyết định này")


@cache
def _kinds() -> dict[str, str]:
    return {fold(kind.name): kind.name for kind in document_types()}


def find_own_kinds(document: Document, text: str) -> Iterator[tuple[int, int, str]]:
    """Where the document speaks of itself, or of the one that it is attached to, with the kind named.

    The kind of its own name means itself; of an attached document's, another kind may mean the one
    that issues it. `Nghị quyết này` in a plan of its own means what the words before tell.

    >>> from khplans.text.passage import Span
    >>> plan = Document("d", "d", Span(0, 1), (), (), document_type="Kế hoạch")
    >>> list(find_own_kinds(plan, "theo Kế hoạch này và Nghị quyết này"))
    [(5, 17, 'Kế hoạch')]
    """
    if " này" not in text:
        return
    for this in _THIS.finditer(text):
        kind = _kinds()[fold(this["kind"])]
        if kind == document.document_type or document.parent_document_id is not None:
            yield this.start(), this.end(), kind
