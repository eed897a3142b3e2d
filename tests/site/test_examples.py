"""What pages propose to ask for and what they show as due next are of the catalogue at hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from khplans.site.catalogue import Catalogue
from khplans.site.languages import vi
from khplans.site.pages.common import ahead_and_behind
from khplans.site.pages.reference import sql_questions


def test_what_is_due_next_comes_first_and_what_was_due_last_first() -> None:
    days = (date(2025, 5, 1), date(2030, 1, 1), date(2025, 7, 1), date(2025, 6, 1), None)
    tasks = [{"deadline": day, "document_id": "a", "start": n} for n, day in enumerate(days)]
    catalogue = cast(Catalogue, SimpleNamespace(released=date(2025, 6, 1)))
    ahead, behind = ahead_and_behind(catalogue, tasks)
    assert [task["deadline"] for task in ahead] == [date(2025, 7, 1), date(2030, 1, 1)]
    assert [task["deadline"] for task in behind] == [date(2025, 6, 1), date(2025, 5, 1)]


def test_questions_in_sql_are_of_the_catalogue_and_quote_its_words() -> None:
    task = {"task_id": "t", "deadline": date(2031, 5, 1)}
    part = {"task_id": "t", "agency_id": "a", "role": "lead"}
    keyed = {
        "agencies": {"a": {"agency_id": "a", "name": "Bộ 'A'", "kind": "central"}},
        "tasks": {"t": task}, "documents": {},
    }  # fmt: skip
    collection = SimpleNamespace(
        tables={"task_agencies": [part], "tasks": [task], "instruments": []},
        by_key=keyed.__getitem__,
        newest_year=None,
    )
    asked = dict(sql_questions(cast(Catalogue, SimpleNamespace(collection=collection)), vi))
    first, *_, last = asked.values()
    assert "WHERE a.name = 'Bộ ''A''' AND t.deadline LIKE '2031%'" in first
    assert "BETWEEN '2031-04-01' AND '2031-06-30'" in last
    assert len(asked) == 4
