"""The questions that people ask of the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

import khplans
from khplans.client.lookup import general, measures_named

KH = "khanh-hoa-1-kh-ubnd-2024"
DB = "dien-bien-2-kh-ubnd-2026"


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(version="1.0.0", source=releases)


def test_tasks_of_an_agency(kp: khplans.Collection) -> None:
    found = kp.tasks_by_agency("so y te")
    assert found.task_id.tolist() == [f"{DB}::1", f"{KH}::1"]
    assert found.province.tolist() == ["Điện Biên", "Khánh Hòa"]
    assert found.number.tolist() == ["2/KH-UBND", "1/KH-UBND"]


@pytest.mark.parametrize(
    ("name", "role", "year", "ids"),
    [
        ("SNN&PTNT", "lead", 2024, [f"{KH}::2"]),  # names no deadline: its document's year
        ("SNN&PTNT", "coordinate", None, []),
        ("Sở TC", "coordinate", 2024, [f"{KH}::1"]),
        ("so y te", None, 2026, [f"{DB}::1"]),
        ("so y te", "lead", 2023, []),
    ],
)
def test_tasks_by_role_and_year(
    kp: khplans.Collection, name: str, role: str | None, year: int | None, ids: list[str]
) -> None:
    found = kp.tasks_by_agency(name, role=role, year=year)  # type: ignore[arg-type]
    assert found.task_id.tolist() == ids


def test_a_year_may_be_text(kp: khplans.Collection) -> None:
    as_number = kp.tasks_by_agency("so y te", year=2026)
    assert kp.tasks_by_agency("so y te", year="2026").equals(as_number)
    assert len(as_number) == 1
    for wrong in ("năm nay", 2026.5, float("nan"), [2026]):
        with pytest.raises(khplans.KhplansError, match="not a year"):
            kp.tasks_by_agency("so y te", year=wrong)  # type: ignore[arg-type]


def test_a_wrong_role_names_the_right_ones(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.KhplansError, match="lead"):
        kp.tasks_by_agency("so y te", role="leads")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "agency", "count"),
    [
        (None, None, None, 1),
        ("2024-06-30", None, None, 1),
        ("2024-06-29", None, None, 0),
        (None, "2024-06-30", None, 1),
        ("2024-06-30", "2024-04-01", "so y te", 1),
        (None, None, "SNN&PTNT", 0),
    ],
)
def test_deadlines(
    kp: khplans.Collection, before: str | None, after: str | None, agency: str | None, count: int
) -> None:
    found = kp.deadlines(before=before, after=after, agency=agency)
    assert len(found) == count
    if count:
        assert found["lead"].tolist() == ["Sở Y tế"]
        assert found["coordinate"].tolist() == ["Sở Tài chính"]


@pytest.mark.parametrize("wrong", ["30/6/2024", "2024-13-01", "soon", "2024-06-30 or so"])
def test_a_wrong_date_says_how_to_write_it(kp: khplans.Collection, wrong: str) -> None:
    with pytest.raises(khplans.KhplansError, match="2024-06-30"):
        kp.deadlines(before=wrong)


@pytest.mark.parametrize(
    "name",
    ["grdp-growth", "toc do tang truong grdp", "GRDP Growth", "tang truong GRDP", "GRDP", "tđtt"],
)
def test_a_measure_over_the_years(kp: khplans.Collection, name: str) -> None:
    found = kp.indicator_series(name)
    assert found.year.tolist() == [2024, 2030]
    assert found.value.tolist() == [8.1, 10.5]
    assert found.signed_value.tolist() == [8.1, -10.5]
    assert found.province.tolist() == ["Khánh Hòa", "Điện Biên"]
    assert (found.columns[0], found.index.tolist()) == ("year", [0, 1])


def test_a_measure_by_the_words_that_the_plans_use() -> None:
    official = {
        "revenue": ["Thu ngân sách nhà nước trên địa bàn", "State budget revenue"],
        "revenue-growth": ["Tăng thu ngân sách nhà nước", "Growth of state budget revenue"],
        "poverty-fall": ["Mức giảm tỷ lệ hộ nghèo", "Fall of the poverty rate"],
        "ethnic-poverty": ["Tỷ lệ hộ nghèo trong đồng bào dân tộc thiểu số", "Ethnic poverty rate"],
        "insured": ["Tỷ lệ dân số tham gia bảo hiểm y tế", "Health insurance coverage"],
        "growth": ["Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)", "GRDP growth"],
        "exports": ["Kim ngạch xuất khẩu", "Export turnover"],
        "customs": ["Thu từ hoạt động xuất nhập khẩu", "Revenue from foreign trade"],
    }
    in_plans = {
        "growth": ["Tăng trưởng kinh tế (GRDP)"],
        "revenue": ["Thu ngân sách nhà nước"],
        "revenue-growth": ["Thu ngân sách nhà nước"],
    }

    def meant(name: str) -> list[str]:
        return sorted(general(measures_named(name, official, in_plans), official))

    assert meant("tang truong GRDP") == ["growth"]
    assert meant("tăng trưởng kinh tế") == ["growth"]
    assert meant("thu ngân sách") == ["revenue"]
    assert meant("Thu ngân sách nhà nước") == ["revenue"]
    assert meant("xuat khau") == ["exports"]
    assert meant("BHYT") == ["insured"]
    assert meant("ty le ho ngheo") == ["ethnic-poverty", "poverty-fall"]
    assert meant("ho dan giau") == meant("") == meant(" ") == []


def test_a_measure_that_could_be_several_names_them(releases: Path) -> None:
    plan = khplans.read(
        "KẾ HOẠCH\nPhát triển kinh tế - xã hội năm 2025\nI. MỤC TIÊU\n"
        "Tỷ lệ che phủ rừng đạt 45%. Tỷ lệ đô thị hóa đạt 60%.\n"
    )
    with pytest.raises(khplans.UnknownNameError, match=r"several measures.*forest-cover.*urban"):
        plan.indicator_series("ty le")


def test_an_unknown_measure_gives_the_nearest(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.UnknownNameError, match="grdp-growth"):
        kp.indicator_series("grdp-grow")


@pytest.mark.parametrize(
    "number", ["09-NQ/TW", "9-nq/tw", "09 - NQ/TW", "09-nq-tw-2022", "Nghị quyết số 09-NQ/TW"]
)
def test_who_cites_a_document(kp: khplans.Collection, number: str) -> None:
    found = kp.cites(number)
    assert found.cited_by.tolist() == ["1/KH-UBND"]
    assert found.quote.tolist() == ["Nghị quyết số 09-NQ/TW ngày 28/01/2022"]


def test_a_document_that_nobody_cites_or_knows(kp: khplans.Collection) -> None:
    assert kp.cites("luat dat dai").empty
    with pytest.raises(khplans.UnknownNameError, match="09-NQ/TW"):
        kp.cites("09-NQ/TU")


def test_the_graph_joins_a_cited_document_with_its_own_node(kp: khplans.Collection) -> None:
    graph = kp.graph()
    assert set(graph.nodes.id) == {KH, DB, "09-nq-tw-2022", "luat-dat-dai"}
    edges = set(graph.edges[["source", "target", "relation"]].itertuples(index=False, name=None))
    assert edges == {(KH, "09-nq-tw-2022", "implements"), (DB, KH, "mentions")}
    assert set(graph.to_networkx().nodes) == set(graph.nodes.id)
    assert "09-NQ/TW" in graph._repr_html_()


def test_the_graph_and_cites_agree(kp: khplans.Collection) -> None:
    graph = kp.graph()
    mentions = graph.edges.groupby("target")["count"].sum()
    for node in graph.nodes.id:
        assert len(kp.cites(node)) == mentions.get(node, 0)
    assert len(kp.cites("1/KH-UBND")) == mentions[KH]


def test_networkx_writes_the_graph_as_graphml(kp: khplans.Collection, tmp_path: Path) -> None:
    import networkx as nx

    network = kp.graph().to_networkx()
    nx.write_graphml(network, tmp_path / "graph.graphml")
    again = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert set(again.nodes) == set(network.nodes)
    assert sum(count for *_, count in again.edges(data="count")) == len(kp.citations)
    assert again.nodes[KH]["date"] == "2024-01-19"
    assert again.nodes[KH]["ours"] is True
