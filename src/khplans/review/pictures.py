"""The pages of a plan's original as pictures, each drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from khplans.errors import KhplansError
from khplans.intake.files import read_bytes
from khplans.intake.pages.shown import pictures_of_pages
from khplans.intake.plans import original_of
from khplans.review.session import Session

_KEPT = 64


def drawer(session: Session) -> Callable[[int], bytes | None]:
    """Draws a page as WebP, those last asked for at once; None for what is none, or can't be drawn."""
    original = original_of(session.folder)
    layout = session.state.plan.source.layout
    turned = {page.number: page.turned for page in layout.pages} if layout else {}

    @lru_cache(_KEPT)
    def draw(page: int) -> bytes | None:
        if original is None or page not in turned:
            return None
        wanted = {page: turned[page]}
        try:
            return pictures_of_pages(read_bytes(original), str(original), wanted)[page]
        except KhplansError:
            return None

    return draw
