"""A plan read anew: each correction follows its words or is asked about, and nothing in its folder is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_plans import add_plan

from khplans.errors import KhplansError
from khplans.intake import again
from khplans.intake.again import Again, take_again
from khplans.intake.taken import Taken

HEAD = "KẾ HOẠCH\n"
FIRST, SECOND = "1. Sở Y lế đẩy mạnh tiêm chủng.\n", "2. Ngành Y lế đẩy mạnh xúc tiến.\n"
RIGHT = FIRST.replace("lế", "tế")


def read_anew(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> Again:
    """The plan as other tools read it."""
    monkeypatch.setattr(again, "take", lambda *_, **__: Taken(text))
    return take_again(folder)


def rows(text: str, *within: str, days: tuple[str, ...] = ()) -> str:
    """Corrections of `Y lế` where it stands in these words."""
    starts = [text.index(words) + words.index("Y lế") for words in within]
    told = days or ("",) * len(starts)
    made = (f"{n},{n + 4},Y lế,Y tế,sai{day}\n" for n, day in zip(starts, told, strict=True))
    return "".join(made)


@pytest.mark.parametrize(
    ("text", "within", "anew"),
    [
        (FIRST + SECOND, (SECOND,), FIRST + "2. Bộ lo.\n"),
        (RIGHT + FIRST.replace("1", "2"), (FIRST[1:],), RIGHT + "2. Bộ lo.\n"),
        (FIRST + SECOND, (FIRST, SECOND), SECOND + FIRST),
    ],
    ids=["to other words", "to what was right before", "past another"],
)
def test_a_correction_does_not_move_in_silence(
    text: str, within: tuple[str, ...], anew: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = add_plan(tmp_path, "a", HEAD + text, rows(HEAD + text, *within))
    with pytest.raises(KhplansError, match="can't place this correction"):
        read_anew(monkeypatch, folder, HEAD + anew)


def test_each_correction_keeps_its_own_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + FIRST + SECOND
    made = rows(text, FIRST, SECOND, days=(",2026-01-02", ",2026-03-04"))
    folder = add_plan(tmp_path, "a", text)
    (folder / "corrections.csv").write_text("start,end,before,after,reason,date\n" + made, "utf-8")
    moved = read_anew(monkeypatch, folder, "\n" + text).files["corrections.csv"].decode()
    assert [row.rpartition(",")[2] for row in moved.splitlines()] == ["date", "2026-01-02", "2026-03-04"]  # fmt: skip


def test_what_else_lies_in_a_plans_folder_is_asked_about(tmp_path: Path) -> None:
    folder = add_plan(tmp_path, "a", HEAD + FIRST)
    (folder / "notes").mkdir()
    with pytest.raises(KhplansError, match="notes: không phải tệp của kế hoạch"):
        take_again(folder)
