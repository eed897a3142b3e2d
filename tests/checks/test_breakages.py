"""Every check there is fails where its data is broken, with the others that `breakages.csv` names and no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from breakages import (
    COLLECTION,
    Breakage,
    every_check,
    fired,
    held_elsewhere,
    make,
    read_breakages,
)
from made_once import made_once
from rounds import rounds

from khplans.tables.definition import tables

ALL = read_breakages()
TRIED = ALL[:: rounds(len(ALL) // 10, 1)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    return made_once(tmp_path_factory, "breakages", make)


def test_no_check_is_without_a_breakage(made: Path) -> None:
    broken = {check for one in ALL for check in one.fires}
    held = held_elsewhere()
    assert every_check(made) - broken == held.keys()
    tried = {replace(one, fires=()): one.fires for one in ALL}
    for breakage in held.values():
        assert f"{breakage.table}:files.types" in tried[breakage]


def test_every_table_is_tried_without_rows() -> None:
    empty = {one.table for one in ALL if one.lie == "none" and one.package == COLLECTION}
    assert empty == {definition.name for definition in tables()}


@pytest.mark.parametrize(
    "breakage", TRIED, ids=lambda one: f"{one.table}-{one.row}-{one.column}-{one.lie}-{one.state}"
)
def test_what_fails_is_what_is_broken(made: Path, breakage: Breakage) -> None:
    assert fired(made, breakage) == set(breakage.fires)
