"""What the second reading says of a body that takes part in a task, and of the bodies themselves."""

from __future__ import annotations

import pytest
from verdicts import Row, at, verdict

from khplans.checks.words.agencies import names
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict

WRONG = CONTRADICTED


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        ("Sở Y tế", "Sở Y tế", True),
        ("CÀ MAU", "Ủy ban nhân dân tỉnh", True),
        ("Hà Nam", "Ủy ban nhân dân tỉnh", False),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("UBND huyện", "Hội đồng nhân dân huyện", False),
        ("các đồng chí Giám đốc 02 Sở Y tế", "Sở Y tế", True),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("Sở Y tế trên địa bàn Hà Nam", "Sở Y tế", True),
        ("Sở Y tế 2", "Sở Y tế", True),
        ("Sở Y tế rừng", "Sở Y tế", False),
        ("Y tế", "Sở Y tế", True),
        ("Sở", "Sở Y tế", False),
        ("tỉnh", "Sở", False),
        ("Sở X dựng", "Sở Xây dựng", False),
        ("Sở Xâydựng", "Sở Xây dựng", True),
        ("Sở KHCN", "Sở Khoa học Công nghệ", True),
        ("Sở KHCN biển", "Sở Khoa học Công nghệ biển", True),
        ("Sở KHC", "Sở Khoa học Công nghệ", False),
        ("SNVB", "Sở Nội vụ biển", True),
        ("UBNND tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("Ủy ban nhân dân tỉnh", "UBND tỉnh", True),
        ("QS trẻ", "Quỹ sách trẻ", True),
        ("Sở của Y tế tỉnh", "Sở Y tế", True),
        ("HÀ NAM", "Hà Nam", True),
        ("Sở Y&tế", "Sở Y tế", True),
        ("Sở Khoa học, khoa học", "Sở Khoa học", True),
        ("Sở Khoa học", "Sở Khoa học, khoa biển", False),
    ],
)
def test_names(form: str, name: str, expected: bool) -> None:
    assert names(form, name, "Cà Mau") is expected
    assert names(form, name, None) is (expected and form != "CÀ MAU")


@pytest.mark.parametrize(
    ("text", "province", "expected"),
    [
        ("«Sở Y tế» chủ trì.", "Cà Mau", SAID),
        ("«Sở Y tế» chủ trì.", None, SAID),
        ("«Sở Y tế» chủ trì.", "Hà Nam", WRONG),
        ("«Sở Y tế» của Hà Nam chủ trì.", "Hà Nam", DOUBTFUL),
        (f"Hà Nam{' ' * 94}«Sở Y tế» chủ trì.", "Hà Nam", DOUBTFUL),
        (f"Hà Nam{' ' * 95}«Sở Y tế» chủ trì.", "Hà Nam", WRONG),
        (f"«Sở Y tế»{' ' * 94}Hà Nam", "Hà Nam", DOUBTFUL),
        (f"«Sở Y tế»{' ' * 95}Hà Nam", "Hà Nam", WRONG),
        ("«Sở Y tế Hà Nam»", "Hà Nam", SAID),
        ("«Sở Nội vụ»", "Cà Mau", WRONG),
    ],
)
def test_agency(text: str, province: str | None, expected: Verdict) -> None:
    form = text[text.index("«") + 1 : text.index("»")]
    agency = {"agency_id": "a", "name": "Sở Y tế", "province": province}
    forms = [{"agency_id": "a", "form": form}]

    def of(agencies: list[Row], agency_names: list[Row]) -> Verdict:
        some = {"agencies": agencies, "agency_names": agency_names}
        return verdict("task_agencies.agency_id", text, {"form": form}, **some)

    assert of([agency], forms) is expected
    assert of([agency], []) is WRONG
    assert of([], forms) is WRONG


def test_form() -> None:
    assert verdict("task_agencies.form", "**«Sở  Y** tế»", {"form": "Sở Y tế"}) is SAID
    assert verdict("task_agencies.form", "«Sở Y tế» ở", {"form": "Sở Y tế ở"}) is WRONG


# --- the part that it takes

TURNED = {"lead": "coordinate", "coordinate": "lead"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("«Sở Y tế» xây kho", "lead"),
        ("Phối hợp với «Sở Y tế»", "coordinate"),
        ("Chủ trì, phối hợp «Sở Y tế»", "coordinate"),
        ("Phối hợp, do «Sở Y tế» chủ trì", "coordinate"),
        ("Phối hợp, chủ trì là «Sở Y tế»", "lead"),
        ("Phối hợp xây. «Sở Y tế» xây", "lead"),
        ("Phối hợp xây\n\n«Sở Y tế» xây", "lead"),
        ("Phối hợp xây\n- «Sở Y tế» xây", "lead"),
        ("Phối hợp xây\t«Sở Y tế»", "lead"),
        ("Phối hợp với\n«Sở Y tế»", "coordinate"),
        ("Đi. Phối hợp với\n«Sở Y tế»", "coordinate"),
        (f"Phối hợp {'x' * 591}«Sở Y tế»", "coordinate"),
        (f"Phối hợp {'x' * 592}«Sở Y tế»", "lead"),
    ],
)
def test_role_by_the_words_before(text: str, role: str) -> None:
    assert verdict("task_agencies.role", text, {"role": role}) is SAID
    assert verdict("task_agencies.role", text, {"role": TURNED[role]}) is WRONG


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ao\tSở Nội vụ\tPhối hợp: «Sở Y tế»", "coordinate"),
        ("Ao\tPhối hợp: Sở Nội vụ; chủ trì: «Sở Y tế»", "lead"),
        ("Ao\tChủ trì: «Sở Y tế»", "lead"),
        ("Ao\tSở Nội vụ\tChủ trì: «Sở Y tế»", "lead"),
        ("Ao\tSở Nội vụ\t«Sở Y tế»", "coordinate"),
        ("Ao\nSở Nội vụ\n«Sở Y tế»", "coordinate"),
        ("Ao\n\t\nSở Nội vụ | «Sở Y tế»", "coordinate"),
        ("Ao\t«Sở Y tế»", "lead"),
        ("Ao «Sở Y tế»", "lead"),
        ("Ao\tPhối hợp\tSở Nội vụ\t«Sở Y tế»", "lead"),
        ("Tên\nAo\t«Sở Y tế»", "lead"),
        (f"Ao\tSở Nội vụ\tPhối hợp {'x' * 291}«Sở Y tế»", "coordinate"),
        (f"Ao\tPhối hợp {'x' * 291}«Sở Y tế»", "coordinate"),
        (f"Ao\tPhối hợp {'x' * 292}«Sở Y tế»", "lead"),
        (f"Ao\t{'x' * 4998}\t«Sở Y tế»", "coordinate"),
        (f"Ao\t{'x' * 4999}\t«Sở Y tế»", "lead"),
    ],
)
def test_role_by_the_cell(text: str, role: str) -> None:
    tasks = [at(text, "Ao", task_id="t")]
    row = {"basis": "cell"}
    assert verdict("task_agencies.role", text, {**row, "role": role}, tasks=tasks) is SAID
    assert verdict("task_agencies.role", text, {**row, "role": TURNED[role]}, tasks=tasks) is WRONG
    of_no_task = verdict("task_agencies.role", "«Sở Y tế»", {**row, "role": "coordinate"})
    assert of_no_task is SAID


@pytest.mark.parametrize(
    ("basis", "others", "expected"),
    [
        ("cell", [], WRONG),
        ("cell", [{"basis": "cell", "role": "coordinate"}], DOUBTFUL),
        ("cell", [{"basis": "cell", "role": "lead"}], WRONG),
        ("cell", [{"basis": "heading", "role": "coordinate"}], WRONG),
        ("cell", [{"basis": "cell", "role": "coordinate", "document_id": "c"}], WRONG),
        ("merged-cell", [], WRONG),
        ("merged-cell", [{"basis": "cell", "role": "coordinate"}], DOUBTFUL),
    ],
)
def test_cells_may_coordinate_where_a_column_of_the_document_does(
    basis: str, others: list[Row], expected: Verdict
) -> None:
    text = "Ao\t1\t2\t«Sở Y tế»"
    rows = {"tasks": [at(text, "Ao", task_id="t")], "task_agencies": others}
    row = {"basis": basis, "role": "coordinate"}
    assert verdict("task_agencies.role", text, row, **rows) is expected
    assert verdict("task_agencies.role", text, {**row, "role": "lead"}, **rows) is SAID
    for text, of_cell in (
        ("Ao\t1\t«Sở Y tế»", SAID),
        ("Ao\t«Sở Y tế»", WRONG),
        ("Ao «Sở Y tế»", expected),
    ):
        found = verdict("task_agencies.role", text, row, **rows)
        assert found is (of_cell if basis == "cell" else expected)


NAMED = "TT\tNhiệm vụ\tChủ trì\tPhối hợp"
OTHER = "TT\tNhiệm vụ\tPhối hợp\tChủ trì"


@pytest.mark.parametrize(
    ("names", "row", "role"),
    [
        ([NAMED], "1\tAo\t«Sở Y tế»\tSở Nội vụ", "lead"),
        ([NAMED], "1\tAo\tSở Nội vụ\t«Sở Y tế»", "coordinate"),
        (["TT\tNhiệm vụ\tPhối hợp"], "1\tAo\t«Sở Y tế»", "coordinate"),
        ([OTHER], "Ao\t«Sở Y tế»\tKho", "coordinate"),
        ([OTHER], "1\tAo\t«Sở Y tế»\tSở Nội vụ", "coordinate"),
        (["TT|Nhiệm vụ|Phối hợp|Chủ trì"], "1|Ao|Sở Nội vụ|«Sở Y tế»", "lead"),
        (["TT\tNhiệm vụ\tHạn\tPhối hợp"], "1\tAo\t«Sở Y tế»\tKho", "lead"),
        (["TT\tNhiệm vụ\tKho\tPhối hợp"], "1\tAo\t«Sở Y tế»", "coordinate"),
        (["TT\tNhiệm vụ\tKho\tHạn\tPhối hợp"], "1\tAo\tKho\t«Sở Y tế»", "coordinate"),
        (["TT\tViệc\tThực hiện\tHạn", "Phối hợp\tChủ trì"], "1\tAo\t«Sở Y tế»\tSở Nội vụ\tQuý I", "coordinate"),
        (["TT\tViệc\tThực hiện\tHạn", "Phối hợp\tChủ trì"], "1\tAo\tSở Nội vụ\t«Sở Y tế»\tQuý I", "lead"),
        (["TT\tPhối hợp\tThực hiện", "Phối hợp\tChủ trì"], "1\tAo\t«Sở Y tế»", "lead"),
        ([NAMED, "TT\tViệc\tKho\tHạn"], "1\tAo\tSở Nội vụ\t«Sở Y tế»", "coordinate"),
        ([NAMED, "TT\tViệc\tPhối hợp\tHạn"], "1\tAo\t«Sở Y tế»\tSở Nội vụ", "coordinate"),
        ([OTHER, "1\t2", "3\t4"], "1\tAo\tKho\t«Sở Y tế»", "lead"),
        ([OTHER, "1\t2", "3\t4", "5\t6"], "1\tAo\tKho\t«Sở Y tế»", "coordinate"),
    ],
)  # fmt: skip
def test_role_by_the_name_of_the_column(names: list[str], row: str, role: str) -> None:
    lines = [*names, row.replace("«", "").replace("»", "")]
    text = "\n".join(["Bảng", *names, row])
    kinds = [*["columns"] * len(names), "row"]
    blocks = [
        at(text, line, kind=kind, block_id=line) for line, kind in zip(lines, kinds, strict=True)
    ]
    rows = {"tasks": [at(text, "Ao", task_id="t")], "blocks": blocks}
    found = [
        verdict("task_agencies.role", text, {"role": one, "basis": "cell"}, **rows)
        for one in (role, TURNED[role])
    ]
    assert found == [SAID, WRONG]


@pytest.mark.parametrize(
    ("text", "basis", "expected"),
    [
        ("Nhờ [«Sở Y tế» đào ao]. Hết", "named-in-text", SAID),
        ("Nhờ [ao do «Sở Y tế»] đào. Hết", "named-in-text", SAID),
        ("[Đào ao]«Sở Y tế»", "named-in-text", WRONG),
        ("[Đào ao]. «Sở Y tế»", "named-in-text", WRONG),
        ("[Đào ao]. Phối hợp: «Sở Y tế»", "named-in-text", SAID),
        ("[Đào ao]. Chủ trì: «Sở Y tế»", "named-in-text", SAID),
        ("[Đào ao]. Kho: «Sở Y tế»", "named-in-text", WRONG),
        ("Thực hiện: «Sở Y tế» [đào ao].", "named-in-text", SAID),
        ("[Đào ao do «Sở Y tế»]. Hết", "heading", WRONG),
        ("[Đào ao do «Sở Y tế»]. Hết", "cell", WRONG),
        ("[Đào ao]\t«Sở Y tế»", "cell", SAID),
        ("[Đào ao]«Sở Y tế»", "cell", SAID),
        ("«Sở Y tế» [đào ao]", "cell", WRONG),
        ("«Sở Y tế»\t[Đào ao]", "cell", WRONG),
        ("[Đào ao]\tKho\t9\t«Sở Y tế»", "merged-cell", WRONG),
        ("«Sở Y tế»: [đào ao]", "heading", SAID),
        ("«Sở Y tế»: [đào ao]", "introduction", DOUBTFUL),
        ("«Sở Y tế»\n [đào ao]", "heading", SAID),
        ("«Sở Y tế» xây\nkho. [Đào ao]", "heading", DOUBTFUL),
        ("«Sở Y tế» xây\nkho. [Đào ao]", "introduction", SAID),
        ("[Đào ao]. «Sở Y tế»", "heading", WRONG),
        ("Kho\t    «Sở Y tế»: [đào ao]", "heading", WRONG),
        ("Kho|    «Sở Y tế»: [đào ao]", "heading", WRONG),
        ("Kho xây\t     «Sở Y tế»: [đào ao]", "heading", SAID),
    ],
)
def test_basis(text: str, basis: str, expected: Verdict) -> None:
    """The task stands between [ and ]."""
    words = text[text.index("[") + 1 : text.index("]")].replace("«", "").replace("»", "")
    text = text.replace("[", "").replace("]", "")
    tasks = [at(text, words, task_id="t")]
    assert verdict("task_agencies.basis", text, {"basis": basis}, tasks=tasks) is expected
    assert verdict("task_agencies.basis", text, {"basis": basis}) is SAID


def test_basis_of_a_name_between_other_tasks() -> None:
    row = {"basis": "named-in-text"}
    for text, expected in (
        ("Ao 1. Ao 2. Phối hợp: «Sở Y tế». Ao 3.", SAID),
        ("Ao 1. Ao 2. Ao 3. Phối hợp: «Sở Y tế».", WRONG),
        ("Phối hợp: «Sở Y tế». Ao 1. Ao 2. Ao 3.", WRONG),
        ("Ao 1. Phối hợp: «Sở Y tế». Ao 2. Ao 3.", SAID),
        ("Ao 1 phối hợp «Sở Y tế». Ao 2. Ao 3.", SAID),
    ):
        text = f"Ao 8. Ao 9. {text}"
        tasks = [
            at(text, words, task_id=words) for words in ("Ao 2", "Ao 1", "Ao 3", "Ao 8", "Ao 9")
        ]
        task = {**row, "task_id": "Ao 2"}
        assert verdict("task_agencies.basis", text, task, tasks=tasks) is expected
    text = "Phối hợp: «Sở Y tế» đào. Ao 2."
    tasks = [at(text, words, task_id=words) for words in ("Sở Y tế đào", "Ao 2")]
    task = {**row, "task_id": "Ao 2"}
    assert verdict("task_agencies.basis", text, task, tasks=tasks) is SAID
    text = "Phối hợp: «Sở Y tế». Ao 1. Ao 2."
    tasks = [at(text, words, task_id=words) for words in ("Ao 1", "Ao 2")]
    first = [
        verdict("task_agencies.basis", text, {**row, "task_id": t["task_id"]}, tasks=tasks)
        for t in tasks
    ]
    assert first == [SAID, WRONG]


@pytest.mark.parametrize(
    ("basis", "reviewed", "expected"),
    [("cell", "corrected", DOUBTFUL), ("cell", None, WRONG), ("heading", "corrected", WRONG)],
)
def test_basis_of_a_cell_of_a_broken_table_that_a_person_put_right(
    basis: str, reviewed: str | None, expected: Verdict
) -> None:
    tasks = [{"task_id": "t", "reviewed": reviewed}]
    text = "Ao do «Sở Y tế» đào"
    assert verdict("task_agencies.basis", text, {"basis": basis}, tasks=tasks) is expected


@pytest.mark.parametrize(
    ("text", "kind", "basis", "expected"),
    [
        ("Ao\t«Sở Y tế»", "row", "merged-cell", WRONG),
        ("Ao\tKho\t«Sở Y tế»", "row", "merged-cell", WRONG),
        ("Ao\tKho\tHạn\t«Sở Y tế»", "row", "merged-cell", SAID),
        ("Ao «Sở Y tế»", "row", "merged-cell", SAID),
        ("Ao «Sở Y tế»", "paragraph", "merged-cell", WRONG),
        ("«Sở Y tế»\tAo", "row", "cell", SAID),
        ("«Sở Y tế»\tAo", "paragraph", "cell", WRONG),
    ],
)
def test_basis_in_a_row(text: str, kind: str, basis: str, expected: Verdict) -> None:
    rows = {"tasks": [at(text, "Ao", task_id="t")], "blocks": [{"kind": kind}]}
    assert verdict("task_agencies.basis", text, {"basis": basis}, **rows) is expected


@pytest.mark.parametrize(
    ("before", "heading", "basis", "expected"),
    [
        ("1. ", "Của Sở Y tế", "heading", SAID),
        ("1. ", "Của Sở Y tế", "introduction", DOUBTFUL),
        ("", None, "heading", SAID),
        ("x" * 29, None, "heading", SAID),
        ("x" * 30, None, "heading", DOUBTFUL),
        ("x" * 50, None, "heading", DOUBTFUL),
        ("x" * 32, "Ao", "heading", DOUBTFUL),
        ("x" * 31, "Ao", "heading", SAID),
    ],
)
def test_basis_in_a_heading(
    before: str, heading: str | None, basis: str, expected: Verdict
) -> None:
    text = f"Đầu.\n{before}«Sở Y tế» xây\nkho. Đào ao"
    rows = {
        "tasks": [at(text, "Đào ao", task_id="t", section_id="s")],
        "sections": [{"section_id": "s", "heading": heading, "start": 5}],
    }
    assert verdict("task_agencies.basis", text, {"basis": basis}, **rows) is expected


# --- the bodies themselves


@pytest.mark.parametrize(
    ("agency_id", "province", "expected"),
    [
        ("ca-mau-so-y-te", "Cà Mau", SAID),
        ("ca-mau-so-y-te-2", "Cà Mau", SAID),
        ("vn-so-y-te", None, SAID),
        ("vn-so-y-te", "Cà Mau", WRONG),
        ("ca-mau-so-y", "Cà Mau", WRONG),
    ],
)
def test_id(agency_id: str, province: str | None, expected: Verdict) -> None:
    row = {"agency_id": agency_id, "province": province, "name": "Sở Y tế"}
    assert verdict("agencies.agency_id", "", row) is expected


def test_ways_of_writing() -> None:
    agencies = [{"agency_id": "a", "name": "Sở Y tế"}]
    for agency_id, form, expected in (
        ("a", "SYT", SAID),
        ("a", "Sở Nội vụ", WRONG),
        ("b", "Sở Y tế", WRONG),
    ):
        row = {"agency_id": agency_id, "form": form}
        assert verdict("agency_names.form", "", row, agencies=agencies) is expected


@pytest.mark.parametrize(
    ("group", "body", "expected"),
    [
        ({"name": "Các sở, ban, ngành"}, {"name": "Sở Y tế"}, SAID),
        ({"name": "Các sở, ban, ngành"}, {"name": "Chi cục Thuế"}, WRONG),
        ({"name": "Các ban, ngành"}, {"name": "Sở Y tế"}, WRONG),
        ({"name": "Các sở liên quan"}, {"name": "Sở Y tế"}, WRONG),
        ({"name": "Các sở"}, {"name": "Sở Y tế", "province": "Cà Mau"}, WRONG),
        ({"name": "Các huyện"}, {"name": "Ủy ban nhân dân huyện Mè"}, SAID),
        (None, {"name": "Sở Y tế"}, WRONG),
        ({"name": "Các sở"}, None, WRONG),
    ],
)
def test_member(group: Row | None, body: Row | None, expected: Verdict) -> None:
    agencies = [{"agency_id": i, **one} for i, one in (("g", group), ("b", body)) if one]
    row = {"group_id": "g", "agency_id": "b"}
    assert verdict("agency_members.agency_id", "", row, agencies=agencies) is expected
