"""An unknown name is offered with the nearest known, and accepted into the catalogue's own knowledge."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan
from under_review import session_of

from khplans.checks.words import measures as second_reading
from khplans.checks.words.measures import fitting_measure
from khplans.errors import KhplansError
from khplans.knowledge.measures import measures, measures_by_name
from khplans.knowledge.own import VARIABLE
from khplans.knowledge.table import parse_table, read_table
from khplans.knowledge.units import units
from khplans.linking import measures as linking
from khplans.linking.measures import find_measure
from khplans.review import names
from khplans.review.files import alone
from khplans.review.names import unknown_names
from khplans.review.session import Session

STRANGE = LAO_CAI.replace("1. Sở Y tế chủ trì", "1. Ban Y tế Công thương chủ trì").replace(
    "\n\nII.",
    "\nTỷ lệ đường thắp đèn lồng đạt 40%.\n\nTT\tChỉ tiêu\tĐVT\tNăm 2025\n1\tSản lượng gạch\ttriệu viên\t120\n\nII.",
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "khplans.toml").touch()
    return session_of(add_plan(tmp_path / "plans", "a", STRANGE))


def unknown(session: Session, table: str = "agencies") -> tuple[str, str]:
    found_in = {one.table: (i, one) for i in session.state.items for one in unknown_names(i)}
    item, found = found_in[table]
    assert found.near
    return item.key, found.name


def kept(tmp_path: Path, table: str) -> list[dict[str, str]]:
    text = (tmp_path / "knowledge" / f"{table}.csv").read_text("utf-8")
    parse_table(table, text.splitlines(), table)
    return list(csv.DictReader(text.splitlines()))


def test_a_name_is_another_writing_of_a_known_one(session: Session, tmp_path: Path) -> None:
    key, name = unknown(session)
    session.learn(key, name, {"known": "Sở Y tế"})
    (row,) = kept(tmp_path, "agency_names")
    assert (row["name"], row["form"]) == ("Sở Y tế", name)
    assert row["source"] == f"a:{STRANGE.index('Ban Y tế Công')}"


def test_a_name_is_a_body_of_its_own(session: Session, tmp_path: Path) -> None:
    key, name = unknown(session)
    session.learn(key, name, {"known": "", "name_en": "Board", "kind": "committee"})
    (row,) = kept(tmp_path, "agencies")
    assert (row["name"], row["name_en"], row["kind"]) == (name, "Board", "committee")


def test_what_is_measured_is_another_name_of_a_known_measure(
    session: Session, tmp_path: Path
) -> None:
    key, name = unknown(session, "measures")
    near = unknown_names(session.state.item(key))[0].near[0]
    with pytest.raises(KhplansError, match="no such measure in this unit"):
        session.learn(key, name, {"known": "GRDP bình quân đầu người"})
    session.learn(key, name, {"known": near})
    (row,) = kept(tmp_path, "measure_names")
    assert (row["form"], row["source"]) == (name, f"a:{STRANGE.index('40%')}")
    with known_by(tmp_path):
        assert find_measure(name, units()["percent"], "level") == row["measure_id"]
        assert find_measure(name, units()["commune"], "level") is None
        assert fitting_measure(name, "percent", False) == row["measure_id"]


def test_what_is_measured_is_a_measure_of_its_own(session: Session, tmp_path: Path) -> None:
    key, name = unknown(session, "measures")
    session.learn(key, name, {"known": "", "name_en": "Lit roads", "theme": "urban"})
    (row,) = kept(tmp_path, "measures")
    assert (row["name"], row["unit"], row["theme"]) == (name, "percent", "urban")
    with known_by(tmp_path):
        assert find_measure(name, units()["percent"], "level") == row["measure_id"]


def test_a_unit_is_another_writing_of_a_known_one(session: Session, tmp_path: Path) -> None:
    key, name = unknown(session, "units")
    session.learn(key, name, {"known": "tỷ đồng"})
    (row,) = kept(tmp_path, "unit_forms")
    assert (row["form"], row["unit_id"]) == (name, "billion_vnd")
    assert row["source"] == f"a:{STRANGE.index('120')}"


@contextmanager
def known_by(catalogue: Path) -> Iterator[None]:
    """As a run in the catalogue that has these rows."""
    caches = (
        read_table,
        measures,
        measures_by_name,
        linking._by_sort,
        linking._find,
        second_reading._names,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(catalogue / "knowledge"))
        for kept_once in caches:
            kept_once.cache_clear()
        yield
    for kept_once in caches:
        kept_once.cache_clear()


@pytest.mark.parametrize(
    "told",
    [
        {"known": "Sở Y tê"},
        {"known": "", "name_en": "", "kind": "committee"},
        {"known": "", "name_en": "x", "kind": "x"},
    ],
)
def test_a_row_that_its_table_does_not_allow_is_not_written(
    session: Session, tmp_path: Path, told: dict[str, str]
) -> None:
    key, name = unknown(session)
    with pytest.raises(KhplansError):
        session.learn(key, name, told)
    assert not (tmp_path / "knowledge").exists()


def test_a_name_that_no_text_has_is_not_learnt(session: Session, tmp_path: Path) -> None:
    key, name = unknown(session)
    with pytest.raises(KhplansError, match="no such name"):
        session.learn(key, f"{name} X", {"known": "Sở Y tế"})
    assert not (tmp_path / "knowledge").exists()


def test_a_name_is_added_to_those_that_are_there_and_that_another_adds_meanwhile(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "knowledge" / "agency_names.csv"
    path.parent.mkdir()
    path.write_text("name,form,source\nSở Y tế,Sở Ytế Một,b:1\n", "utf-8")
    monkeypatch.setenv(VARIABLE, str(path.parent))
    read_table.cache_clear()
    key, name = unknown(session)

    @contextmanager
    def meanwhile(plans: Path) -> Iterator[None]:
        with alone(plans):
            path.write_text(f"{path.read_text('utf-8')}Sở Y tế,Sở Ytế Hai,b:2\n", "utf-8")
            yield

    monkeypatch.setattr(names, "alone", meanwhile)
    session.learn(key, name, {"known": "Sở Y tế"})
    read_table.cache_clear()
    forms = [row["form"] for row in kept(tmp_path, "agency_names")]
    assert forms == ["Sở Ytế Một", "Sở Ytế Hai", name]
