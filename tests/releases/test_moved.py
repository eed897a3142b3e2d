"""The notes tell what became of what rows say: a row put in before others makes none of those a change."""

from __future__ import annotations

from dataclasses import replace

from khplans.packages.canonical import PackageTable
from khplans.releases.changes import find_changes
from khplans.releases.moved import Tables, without_moves
from khplans.releases.row_words import give_words

TASK = ("task_id", "text", "deadline", "start", "plan_id")
PART = ("task_id", "agency_id", "role", "plan_id")
CITED = ("citation_id", "task_id", "quote", "plan_id")


def tables(*tasks: tuple[str, str, str]) -> Tables:
    """Tasks numbered from 1 with their text, deadline and lead; each cites a resolution."""
    numbered = [(f"p:{n}", *task) for n, task in enumerate(tasks, 1)]
    rows = {
        "tasks": [(key, text, day, f"{n}", "p") for n, (key, text, day, _) in enumerate(numbered)],
        "task_agencies": [(key, lead, "lead", "p") for key, _, _, lead in numbered],
        "citations": [
            (f"p:c-{text}", key, f"Nghị quyết về {text}", "p") for key, text, _, _ in numbered
        ],
    }
    keys = {"tasks": TASK[:1], "task_agencies": PART[:3], "citations": CITED[:1]}
    columns = {"tasks": TASK, "task_agencies": PART, "citations": CITED}
    return {
        name: PackageTable(
            name, columns[name], keys[name], {row[: len(keys[name])]: row for row in rows[name]}
        )
        for name in keys
    }


FOREST, SHRIMP, MARKET = (
    ("trồng rừng", "2025-06-30", "so-a"),
    ("nuôi tôm", "2025-09-30", "so-b"),
    ("mở chợ", "", "so-c"),
)


def told(old: Tables, new: Tables) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    changes, moved = without_moves(give_words(find_changes(old, new), old, new), old, new)
    return [(row.table, row.change, row.words) for row in changes.rows], moved


def test_a_row_put_in_is_told_alone() -> None:
    rows, moved = told(tables(FOREST, SHRIMP), tables(FOREST, MARKET, SHRIMP))
    assert rows == [
        ("tasks", "added", "mở chợ"),
        ("task_agencies", "added", "so-c (lead): mở chợ"),
        ("citations", "added", "Nghị quyết về mở chợ"),
    ]
    assert moved == {"tasks": 1, "task_agencies": 1, "citations": 1}


def test_a_row_taken_out_is_told_by_its_own_words() -> None:
    rows, _ = told(tables(FOREST, MARKET, SHRIMP), tables(FOREST, SHRIMP))
    assert {(name, change) for name, change, _ in rows} == {
        ("tasks", "removed"), ("task_agencies", "removed"), ("citations", "removed"),
    }  # fmt: skip
    assert rows[0][2] == "mở chợ"


def test_what_else_changed_of_a_row_that_moved_is_told() -> None:
    later = (SHRIMP[0], "2025-12-31", "so-d")
    old, new = tables(SHRIMP), tables(MARKET, later)
    changes, _ = without_moves(give_words(find_changes(old, new), old, new), old, new)
    (change,) = (row for row in changes.rows if row.change == "changed")
    assert (change.table, change.words) == ("tasks", "nuôi tôm")
    assert [(cell.column, cell.before, cell.after) for cell in change.cells] == [
        ("deadline", "2025-09-30", "2025-12-31")
    ]
    leads = {(row.change, row.key[1]) for row in changes.rows if row.table == "task_agencies"}
    assert leads == {("removed", "so-b"), ("added", "so-c"), ("added", "so-d")}


def test_without_moves_all_stays_as_it_was() -> None:
    old, new = tables(FOREST, SHRIMP), tables(FOREST, (SHRIMP[0], "2025-12-31", "so-b"))
    rows, moved = told(old, new)
    assert (rows, moved) == ([("tasks", "changed", "nuôi tôm")], {})


def test_where_the_key_is_another_nothing_is_paired() -> None:
    old, new = tables(FOREST), tables(MARKET, FOREST)
    renamed = {"tasks": replace(old["tasks"], columns=("id", *TASK[1:]), key=("id",))}
    changes = find_changes(renamed, {"tasks": new["tasks"]})
    assert without_moves(changes, renamed, new) == (changes, {})
