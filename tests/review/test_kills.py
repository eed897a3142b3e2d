"""A server that is killed loses at most the row in hand: each file is that before the answer or that after it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from killing import run_apart, steps_of
from rounds import rounds
from small_plans import add_plan, files_of
from under_review import HOSTILE, session_of

from khplans.intake import load_plan
from khplans.review.session import told_of
from khplans.text.passage import Span

_WORD = HOSTILE.index("thưong")


def _answers(root: Path) -> None:
    """Three answers of a person: a row, all like another, a word."""
    session = session_of(root / "plans" / "a")
    for start, same in ((HOSTILE.index("Sở Công Thương đẩy"), False), (HOSTILE.index("10%"), True)):
        one = next(i for i in session.state.items if i.span.start == start)
        values = {"output": "Báo cáo"} if one.table == "tasks" else {"period": "2026"}
        session.confirm(one.key, told_of(one), values, "xem ảnh", same)
    session.correct(Span(_WORD, _WORD + 6), "thương", "xem ảnh", False)


def test_a_kill_at_any_step_loses_at_most_the_row_in_hand(tmp_path: Path) -> None:
    start = tmp_path / "start"
    add_plan(start / "plans", "a", HOSTILE)
    (start / "tmp").mkdir()
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    assert run_apart(_answers, whole) == 0
    steps = steps_of(whole)
    right = [0, 2, 8]
    chance = random.Random(16)
    into_place = [n for n, step in enumerate(steps, 1) if step == "os.rename"]
    others = chance.choices(range(1, len(steps) + 1), k=rounds(3, 100 - len(into_place)))
    kills = sorted([*into_place, *others])
    reached = set()
    for number, step in enumerate(kills):
        root = tmp_path / str(number)
        shutil.copytree(start, root)
        assert run_apart(_answers, root, step) == -9
        plan = load_plan(root / "plans" / "a")
        reached.add((len(plan.judgements), len(plan.source.corrections)))
        assert set(files_of(root / "plans" / "a")) <= {
            "source.txt", "plan.toml", "corrections.csv", "review.csv",
        }  # fmt: skip
        session_of(root / "plans" / "a").correct(Span(0, 2), "Ủy", "xem ảnh", False)
        shutil.rmtree(root)
    assert reached <= {(count, 0) for count in right} | {(8, 1)}
    assert len(reached) > 1
