"""Wide frames, what columns are, and the tasks that an agency has as one of a group."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import khplans
from khplans.releases.addresses import site_of

KH = "khanh-hoa-1-kh-ubnd-2024"
PLAN = """ỦY BAN NHÂN DÂN
TỈNH KHÁNH HÒA
Số: 12/KH-UBND            Khánh Hòa, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Phát triển kinh tế năm 2024

II. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với các sở, ban, ngành và UBND các huyện, thị xã, thành phố báo cáo trước ngày 30/6/2024.
2. UBND thành phố Nha Trang chủ trì, phối hợp với các sở, ban, ngành rà soát mạng lưới trường học.
3. Sở Y tế chủ trì, phối hợp với các đơn vị có liên quan kiểm tra các bệnh viện.
"""


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


@pytest.fixture(scope="module")
def plan() -> khplans.Collection:
    return khplans.read(PLAN)


@pytest.mark.parametrize("table", ["tasks", "indicators", "citations"])
def test_a_view_has_every_row_and_column_and_more(kp: khplans.Collection, table: str) -> None:
    wide, rows = kp.view(table), kp[table]
    pd.testing.assert_frame_equal(wide[rows.columns], rows)
    assert (
        wide.province.tolist()
        == rows.document_id.map(kp.documents.set_index("document_id").province).tolist()
    )
    assert set(wide.plan_number) <= {"1/KH-UBND", "2/KH-UBND"}
    assert set(wide.attrs["titles"]) == set(wide.attrs["titles_en"]) == set(wide.columns)


def test_a_view_names_what_ids_point_to(kp: khplans.Collection) -> None:
    task = kp.view("tasks").set_index("task_id").loc[f"{KH}::1"]
    assert (task["lead"], task.coordinate, task.basis) == (
        "Sở Y tế",
        "Sở Tài chính",
        "named-in-text",
    )
    assert kp.view("indicators").signed_value.tolist() == [-10.5, 8.2]
    assert kp.view("indicators").year.tolist() == [2030, 2024]
    assert set(kp.view("indicators").theme) == {"economy"}
    assert set(kp.view("indicators").measure) == {"Tốc độ tăng trưởng GRDP"}
    assert kp.view("citations").instrument.tolist() == ["1/KH-UBND", "09-NQ/TW"]
    assert khplans.read("Tỷ lệ che phủ rừng đạt 45%.").view("indicators").unit_name.tolist() == [
        "%"
    ]


def test_a_row_has_an_address_where_its_catalogue_has_one(releases: Path) -> None:
    folder = releases / "1.0.1"
    for proof in (folder / "SHA256SUMS", releases / "versions.json"):
        proof.unlink()
    path = folder / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    assert khplans.load(source=folder).view("tasks").address.isna().all()
    path.write_text(json.dumps({**described, "homepage": "https://kehoach.gov.vn/mo/"}), "utf-8")
    address = khplans.load(source=folder).view("tasks").set_index("task_id").address
    assert address[f"{KH}::1"] == f"https://kehoach.gov.vn/mo/plans/{KH}.html#tasks/{KH}::1"


@pytest.mark.parametrize("made_up", ["https://khplans.example.org/", "http://a.test", "", None])
def test_a_made_up_address_is_none(made_up: str | None) -> None:
    assert site_of(made_up) is None


def test_there_is_no_other_view(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.UnknownNameError, match="tasks, indicators, citations"):
        kp.view("blocks")


def test_what_columns_are(kp: khplans.Collection) -> None:
    for table in kp:
        told = kp.describe(table)
        assert told.column.tolist() == kp[table].columns.tolist()
        assert (told.title != "").all()
        assert kp[table].attrs["titles"] == dict(zip(told.column, told.title, strict=True))
    told = kp.describe("tasks").set_index("column")
    assert told["values"]["cadence"] == "ongoing, monthly, quarterly, yearly"
    assert (told.filled["task_id"], told.filled["deadline"]) == (3, 1)
    json.dumps(kp.tasks.attrs)  # as pandas writes them into Parquet


def test_tasks_of_a_group_are_its_members_too(plan: khplans.Collection) -> None:
    found = plan.tasks_by_agency("UBND thành phố Nha Trang")
    assert found.task_id.str[-1].tolist() == ["1", "2"]
    assert found.role.tolist() == ["coordinate", "lead"]
    assert found.group.isna().tolist() == [False, True]
    assert found.group[0] == "Ủy ban nhân dân các huyện, thị xã, thành phố"
    own = plan.tasks_by_agency("UBND thành phố Nha Trang", groups=False)
    assert own.task_id.str[-1].tolist() == ["2"]
    assert len(plan.deadlines(agency="UBND thành phố Nha Trang")) == 1
    assert plan.deadlines(agency="UBND thành phố Nha Trang", groups=False).empty


def test_a_body_that_is_named_itself_is_not_counted_by_its_group_again(
    plan: khplans.Collection,
) -> None:
    found = plan.tasks_by_agency("Sở Y tế")
    marked = {(row.task_id[-1], row.role, isinstance(row.group, str)) for row in found.itertuples()}
    assert marked == {("1", "lead", False), ("2", "coordinate", True), ("3", "lead", False)}
    assert set(plan.tasks_by_agency("Sở Y tế", role="lead").task_id.str[-1]) == {"1", "3"}


def test_an_open_group_has_no_members(plan: khplans.Collection) -> None:
    assert not plan.agency_members.group_id.str.contains("lien-quan").any()
    assert set(plan.agency_members.basis) == {"department", "district"}


def test_a_release_without_the_table_of_members_answers(releases: Path) -> None:
    kp = khplans.load(version="1.1.0", source=Path(__file__).parents[2] / "releases")
    assert "agency_members" not in kp
    assert kp.tasks_by_agency("UBND thành phố Nha Trang").group.isna().all()
