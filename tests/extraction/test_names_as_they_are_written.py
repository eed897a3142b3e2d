"""Bodies named by initials, in small letters, in the plural, and what is only a piece of work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khplans.extraction.tasks.names_in_full import with_names_in_full

from .task_help import document, tasks_of, told

BODY = """I. TỔ CHỨC THỰC HIỆN
{lines}
"""


def leads(lines: str) -> list[str]:
    text = document("KẾ HOẠCH\nTrồng cây xanh năm 2024", BODY.format(lines=lines))
    return [told(plan, task).split(" => ")[1].rsplit(" / ", 3)[0] for plan, task in tasks_of(text)]


def test_initials_stand_for_the_full_name_that_the_document_has() -> None:
    lines = """1. Vụ Đường sắt rà soát hồ sơ.
2. Vụ Tổ chức phối hợp với Vụ ĐS, Vụ QLXD rà soát hồ sơ."""
    assert leads(lines) == [
        "[Vụ Đường sắt] / ",
        "[Vụ Tổ chức] / [Vụ Đường sắt], [Vụ QLXD]",
    ]


def test_initials_are_no_better_known_than_what_they_stand_for() -> None:
    lines = "1. Vụ Đường sắt rà soát hồ sơ.\n2. Vụ ĐS tổng hợp hồ sơ."
    found = tasks_of(document("KẾ HOẠCH\nTrồng cây", BODY.format(lines=lines)))
    assert [part.mention.known for _, task in found for part in task.parts] == [False, False]


@pytest.mark.parametrize(
    ("province", "known", "name"),
    [(None, False, "Vụ Đường sắt"), (None, True, "Vụ ĐS"), ("Hà Nam", False, "Vụ ĐS")],
    ids=["theirs", "in the tables", "of another province"],
)
def test_initials_stand_for_an_unknown_body_of_the_same_province(
    province: str | None, known: bool, name: str
) -> None:
    lines = "1. Vụ Đường sắt rà soát hồ sơ."
    [(plan, task)] = tasks_of(document("KẾ HOẠCH\nTrồng cây", BODY.format(lines=lines)))
    [part] = task.parts
    agency = replace(part.mention.agency, name="Vụ ĐS", province=province)
    short = replace(part, mention=replace(part.mention, agency=agency, known=known))
    told = with_names_in_full([task, replace(task, parts=(short,))], plan)
    assert told[1].parts[0].mention.agency.name == name


def test_an_introduction_names_the_coordinators_of_its_items() -> None:
    lines = """1. Sở Xây dựng
Chủ trì, phối hợp với Sở Tài chính triển khai các việc sau:
- Rà soát quỹ đất trồng cây.
- Phối hợp với Sở Y tế trồng cây tại bệnh viện.
2. Giao Sở Công Thương chủ trì, phối hợp với Công an tỉnh thực hiện:
- Kiểm tra các chợ."""
    assert leads(lines) == [
        "[Sở Xây dựng] / [Sở Tài chính]",
        "[Sở Xây dựng] / [Sở Y tế]",
        "[Sở Công Thương] / [Công an tỉnh]",
    ]


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("Giao cho uỷ ban nhân dân tỉnh trồng cây.", "[Ủy ban nhân dân tỉnh] / "),
        ("Giám đốc các sở y tế rà soát quỹ đất.", "[Các sở Y tế] / "),
        ("Giám đốc các Sở: Y tế, Nội vụ rà soát quỹ đất.", "[Sở Y tế], [Sở Nội vụ] / "),
        ("Thanh tra khai thác cát: Sở Xây dựng kiểm tra các bến bãi.", "[Sở Xây dựng] / "),
        ("Trung tâm CNTT tỉnh phối hợp với phòng CNTT lập bản đồ cây xanh.",
         "[Trung tâm Công nghệ thông tin tỉnh] / [Phòng Công nghệ thông tin]"),
        ("Các cấp ủy, tổ chức đảng, cán bộ, đảng viên nêu gương trồng cây.",
         "[Các cấp ủy, tổ chức Đảng, cán bộ, đảng viên] / "),
    ],
)  # fmt: skip
def test_who_is_charged(line: str, lead: str) -> None:
    assert leads(f"1. {line}") == [lead]
