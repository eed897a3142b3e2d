"""Figures that fell since the last release: what stops publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khplans.errors import KhplansError
from khplans.scoring.score import ALL, Figure, Mistake, Score

_NAMED = 5
"""How many rows an error names."""


@dataclass(frozen=True)
class Fall:
    """A figure that is lower than it was, and the differences that are new."""

    before: Figure
    after: Figure
    rows: tuple[Mistake, ...]


def find_falls(before: Score, after: Score) -> list[Fall]:
    """Figures of `after` below those of `before`; both must be scored against the same answers."""
    known = {(f.table, f.plan, f.measure): f for f in before.figures}
    found = []
    for figure in after.figures:
        was = known.get((figure.table, figure.plan, figure.measure))
        if was is not None and figure.value < was.value - 1e-9:
            found.append(Fall(was, figure, _new_differences(before, after, figure)))
    return found


def refuse_falls(falls: Sequence[Fall]) -> None:
    """Raise `KhplansError` that names the figures and rows, where there are any."""
    if not falls:
        return
    figures = "; ".join(
        f"{f.after.table} {f.after.plan} {f.after.measure} {f.before.value:.4f} → {f.after.value:.4f}"
        for f in falls
    )
    rows = list(dict.fromkeys(row for fall in falls for row in fall.rows))
    named = "; ".join(
        f"{row.kind} {row.field} {row.plan} {row.start}-{row.end} “{row.words[:60]}”"
        for row in rows[:_NAMED]
    )
    more = f" (+{len(rows) - _NAMED})" if len(rows) > _NAMED else ""
    raise KhplansError(
        "accuracy-fell",
        f"độ chính xác giảm so với bản phát hành trước / accuracy fell below the last release: "
        f"{figures}. Dòng / rows: {named}{more}",
        remedy="chạy khplans score để xem hết; sửa mã, hoặc sửa đáp án nếu đáp án sai / "
        "run khplans score for all of them; fix the code, or the gold where the gold is wrong",
    )


def _new_differences(before: Score, after: Score, figure: Figure) -> tuple[Mistake, ...]:
    known = {_identity(d) for d in before.differences}
    of_figure = (d for d in after.differences if _lowers(d, figure))
    return tuple(d for d in of_figure if _identity(d) not in known)


def _lowers(d: Mistake, figure: Figure) -> bool:
    """Whether a difference is one of those that a figure counts."""
    counted = d.field == figure.measure or (not d.field and figure.measure in _WHOLE)
    return d.table == figure.table and figure.plan in (ALL, d.plan) and counted


_WHOLE = ("precision", "recall", "f1")


def _identity(d: Mistake) -> tuple[str, str, str, str, int, int]:
    return d.table, d.plan, d.kind, d.field, d.start, d.end
