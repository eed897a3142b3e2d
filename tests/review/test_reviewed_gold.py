"""What people confirmed measures the code, on passages that they went through whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from under_review import HOSTILE, session_of

from khplans.cli import group
from khplans.review.gold import score_reviewed
from khplans.review.session import Session, told_of
from khplans.text.passage import Span


def confirm(session: Session, table: str, words: str, **values: str) -> None:
    start = HOSTILE.index(words)
    one = next(i for i in session.state.items if (i.table, i.span.start) == (table, start))
    session.confirm(one.key, told_of(one), values, "xem ảnh", False)


def test_only_passages_gone_through_whole_count(folder: Path) -> None:
    session = session_of(folder)
    confirm(session, "tasks", "Sở Y tế chủ trì")
    confirm(session, "sections", "II. NHIỆM VỤ")
    assert score_reviewed(folder.parent).figures == ()
    confirm(session, "tasks", "Sở Công Thương đẩy", deadline="2025-06-30")
    session.add("tasks", _words("xúc tiến"), {"lead": "Sở Công Thương"}, "bị sót")
    figures = {
        (f.table, f.measure): (f.hits, f.gold)
        for f in score_reviewed(folder.parent).figures
        if f.plan == "all"
    }
    assert figures["tasks", "recall"] == (2, 3)
    assert figures["tasks", "precision"] == (2, 3)
    assert figures["tasks", "deadline"] == (1, 2)
    assert figures["tasks", "lead"] == (2, 2)
    assert ("tasks", "label") not in figures
    assert {table for table, _ in figures} == {"tasks"}


def _words(words: str) -> Span:
    start = HOSTILE.index(words)
    return Span(start, start + len(words))


def test_the_command_scores_what_was_reviewed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(folder)
    monkeypatch.chdir(folder.parent.parent)
    said = CliRunner().invoke(group, ["score", "--gold", "reviewed"])
    assert "nothing to score yet" in said.output
    confirm(session, "tasks", "Các sở, ban, ngành")
    confirm(session, "sections", "III. TỔ CHỨC")
    said = CliRunner().invoke(group, ["score", "--gold", "reviewed"])
    assert said.exit_code == 0
    assert "tasks" in said.output
