"""A citation is resolved to the document it means from its words and its plan alone."""

from dataclasses import replace
from datetime import date

import pytest

from khplans.extraction.citations import find_citations, find_short_citations
from khplans.linking.instruments import (
    Instrument,
    instrument_of_document,
    resolve,
    resolve_short,
)
from khplans.model import Block, Document
from khplans.text.passage import Span, read_passage


def _document(
    text: str, *, province: str | None = "Khánh Hòa", number: str | None = None, at: int = 0
) -> Document:
    span = Span(0, len(text))
    block = Block("paragraph", read_passage(text, [span]), span)
    return Document(
        "d", "d", Span(at, at + len(text)), (block,), (), number=number, province=province,
        date=date(2024, 5, 13), document_type="Kế hoạch",
    )  # fmt: skip


def _resolved(text: str, *, province: str | None = "Khánh Hòa") -> list[Instrument | None]:
    document = _document(text, province=province)
    return resolve([(document, find_citations(document))])[0]


def _ids(text: str, *, province: str | None = "Khánh Hòa") -> list[str | None]:
    return [i.instrument_id if i else None for i in _resolved(text, province=province)]


ONE = [
    ("Nghị quyết số 01/NQ-CP ngày 05/01/2024", "vn-chinh-phu-01-nq-cp-2024"),
    ("Nghị quyết số 01/NQ-CP", "vn-chinh-phu-01-nq-cp"),
    ("Quyết định số 1719/QĐ-TTg ngày 14/10/2021", "vn-thu-tuong-chinh-phu-1719-qd-ttg-2021"),
    ("Nghị quyết số 55/2022/QH15 ngày 16/6/2022", "vn-quoc-hoi-55-2022-qh15"),
    ("Nghị quyết số 55/2022/QH15", "vn-quoc-hoi-55-2022-qh15"),
    ("Nghị quyết số 1211/2016/UBTVQH13", "vn-uy-ban-thuong-vu-quoc-hoi-1211-2016-ubtvqh13"),
    (
        "Nghị quyết số 09-NQ/TW ngày 28/01/2022 của Bộ Chính trị",
        "vn-trung-uong-dang-09-nq-tw-2022",
    ),
    ("Thông tư số 135/2008/TT-BTC", "vn-bo-tai-chinh-135-2008-tt-btc"),
    ("Quyết định số 3989/QĐ-BYT, ngày 18/8/2021", "vn-bo-y-te-3989-qd-byt-2021"),
    ("Quyết định số 173/QĐ-UBND ngày 19/01/2024", "khanh-hoa-ubnd-173-qd-ubnd-2024"),
    ("Công văn số 9345/UBND-XDND ngày 23/9/2021", "khanh-hoa-ubnd-9345-ubnd-xdnd-2021"),
    ("Quyết định số 46/QĐ-UBND-HC ngày 14/01/2019", "khanh-hoa-ubnd-46-qd-ubnd-hc-2019"),
    ("Nghị quyết số 72/NQ-HĐND ngày 07/12/2020", "khanh-hoa-hdnd-72-nq-hdnd-2020"),
    ("Nghị quyết số 15-NQ/TU ngày 30/9/2021", "khanh-hoa-tu-15-nq-tu-2021"),
    (
        "Quyết định số 57/QĐ-UBND ngày 15/01/2021 của UBND tỉnh Bình Thuận",
        "binh-thuan-ubnd-57-qd-ubnd-2021",
    ),
    (
        "Quyết định số 57/QĐ-UBND ngày 15/01/2021 của UBND huyện Cam Lâm",
        "khanh-hoa-cam-lam-ubnd-57-qd-ubnd-2021",
    ),
    (
        "Quyết định số 57/QĐ-UBND ngày 15/01/2021 của UBND thành phố Đà Nẵng",
        "da-nang-ubnd-57-qd-ubnd-2021",
    ),
    (
        "Quyết định số 57/QĐ-UBND ngày 15/01/2021 của UBND thành phố Nha Trang",
        "khanh-hoa-nha-trang-ubnd-57-qd-ubnd-2021",
    ),
    (
        "Quyết định số 57/QĐ-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh",
        "khanh-hoa-ubnd-57-qd-ubnd-2021",
    ),
    ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013", "vn-quoc-hoi-hien-phap-2013"),
    (
        "Quyết định số 12/QĐ-XYZ ngày 15/01/2021 của Sở Y tế tỉnh Khánh Hòa",
        "khanh-hoa-syt-12-qd-xyz-2021",
    ),
    ("Công văn số 12/XYZ-ABC ngày 15/01/2021", None),
    ("Luật Đất đai ngày 18/01/2024", "vn-quoc-hoi-31-2024-qh15"),
    ("Luật Đất đai năm 2024", "vn-quoc-hoi-31-2024-qh15"),
    ("Luật Đất đai ngày 19/01/2024", "vn-quoc-hoi-luat-dat-dai-2024"),
    ("Luật Đèn lồng năm 2024", "vn-quoc-hoi-luat-den-long-2024"),
    # two laws of one name and year
    ("Luật Tổ chức chính quyền địa phương ngày 19/02/2025", "vn-quoc-hoi-65-2025-qh15"),
    ("Luật Tổ chức chính quyền địa phương ngày 16/6/2025", "vn-quoc-hoi-72-2025-qh15"),
    ("Luật Đất đai số 31/2024/QH15", "vn-quoc-hoi-31-2024-qh15"),
    ("Bộ luật Lao động năm 2019", "vn-quoc-hoi-45-2019-qh14"),
    ("Luật Bảovệ môi trường năm 2020", "vn-quoc-hoi-72-2020-qh14"),
    (
        "Luật Tổ chức HĐND, UBND năm 2003",
        "vn-quoc-hoi-luat-to-chuc-hoi-dong-nhan-dan-va-uy-ban-nhan-dan-2003",
    ),
    ("Hiến pháp năm 2013", "vn-quoc-hoi-hien-phap-2013"),
    (
        "Luật Tổ chức HĐND và UBND ngày 26/11/2003",
        "vn-quoc-hoi-luat-to-chuc-hoi-dong-nhan-dan-va-uy-ban-nhan-dan-2003",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_id_of_one_mention(text: str, expected: str | None) -> None:
    assert _ids(text) == [expected]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 2, 20), "vn-quoc-hoi-luat-to-chuc-chinh-quyen-dia-phuong-2025"),
        (date(2025, 4, 1), "vn-quoc-hoi-65-2025-qh15"),
        (date(2025, 11, 24), "vn-quoc-hoi-72-2025-qh15"),
        (None, "vn-quoc-hoi-luat-to-chuc-chinh-quyen-dia-phuong-2025"),
    ],
)
def test_of_two_laws_of_a_name_and_year_it_is_the_one_in_force(
    on: date | None, expected: str
) -> None:
    document = replace(_document("Luật Tổ chức chính quyền địa phương năm 2025"), date=on)
    [[found]] = resolve([(document, find_citations(document))])
    assert found is not None
    assert found.instrument_id == expected


@pytest.mark.parametrize(
    ("on", "mention", "number"),
    [
        (date(2025, 11, 24), "ngày 16/6/2025", "72"),
        (date(2025, 11, 24), "ngày 19/02/2025", "65"),
        (date(2025, 11, 24), "năm 2025", "65"),  # the plan names no other
        (date(2025, 11, 24), "số 72/2025/QH15 ngày 16/6/2025; … năm 2025", "72"),
    ],
)
def test_of_two_laws_of_a_name_the_day_tells_more_than_the_plan(
    on: date, mention: str, number: str
) -> None:
    name = "Luật Tổ chức chính quyền địa phương"
    text = f"{name} số 65/2025/QH15 ngày 19/02/2025; {name} {mention}".replace("…", name)
    document = replace(_document(text), date=on)
    [found] = resolve([(document, find_citations(document))])
    last = found[-1]
    assert last is not None
    assert last.instrument_id == f"vn-quoc-hoi-{number}-2025-qh15"


def test_same_number_of_another_year_is_another_instrument() -> None:
    text = "Nghị quyết số 01/NQ-CP ngày 05/01/2023; Nghị quyết số 01/NQ-CP ngày 05/01/2024"
    assert _ids(text) == ["vn-chinh-phu-01-nq-cp-2023", "vn-chinh-phu-01-nq-cp-2024"]


def test_undated_mention_is_the_dated_one_of_the_plan() -> None:
    text = "Nghị quyết số 42/NQ-CP ngày 21/3/2022 của Chính phủ … theo Nghị quyết số 42/NQ-CP"
    assert _ids(text) == ["vn-chinh-phu-42-nq-cp-2022"] * 2


def test_undated_mention_before_the_dated_one() -> None:
    text = "theo Nghị quyết số 42/NQ-CP … Nghị quyết số 42/NQ-CP ngày 21/3/2022 của Chính phủ"
    assert _ids(text) == ["vn-chinh-phu-42-nq-cp-2022"] * 2


def test_of_several_years_the_nearest_before_is_meant() -> None:
    text = (
        "Nghị quyết số 01/NQ-CP ngày 05/01/2023; Nghị quyết số 01/NQ-CP; "
        "Nghị quyết số 01/NQ-CP ngày 05/01/2024; Nghị quyết số 01/NQ-CP"
    )
    years = [i.year if i else None for i in _resolved(text)]
    assert years == [2023, 2023, 2024, 2024]


def test_number_cut_short_is_the_whole_one_of_the_plan() -> None:
    text = "Nghị quyết số 55/2022/QH15 của Quốc hội; Nghị quyết số 55/2022/QH của Quốc hội"
    first, second = _resolved(text)
    assert first == second
    assert first is not None
    assert first.number == "55/2022/QH15"


def test_law_by_name_is_the_numbered_one_of_the_same_year() -> None:
    text = "Luật Đất đai số 31/2024/QH15 ngày 18/01/2024; theo Luật Đất đai năm 2024"
    assert _ids(text) == ["vn-quoc-hoi-31-2024-qh15"] * 2


def test_mentions_tell_each_other_what_they_know() -> None:
    text = (
        "Kế hoạch số 1165/QĐ-UBND; Quyết định số 1165/QĐ-UBND ngày 29/4/2023 của UBND tỉnh; "
        "Nghị quyết số 26-NQ/TW; Nghị quyết số 26-NQ/TW ngày 03/11/2022 của Bộ Chính trị"
    )
    plan, _, undated, _ = _resolved(text)
    assert plan is not None
    assert undated is not None
    assert (plan.document_type, plan.date) == ("Quyết định", date(2023, 4, 29))
    assert plan.issuer == "Ủy ban nhân dân tỉnh Khánh Hòa"
    assert (undated.date, undated.issuer) == (date(2022, 11, 3), "Bộ Chính trị")


def test_local_number_without_any_province_stays_unresolved() -> None:
    assert _ids("Quyết định số 57/QĐ-UBND ngày 15/01/2021", province=None) == [None]


def test_long_titles_of_amending_laws_give_short_ids_that_differ() -> None:
    one = (
        "Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở, Luật Kinh doanh bất động"
        " sản và Luật Các tổ chức tín dụng ngày 29/6/2024; "
    )
    other = one.replace("Các tổ chức tín dụng", "Đấu thầu và Luật Đầu tư công")
    ids = _ids(one + other)
    assert ids[0] != ids[1]
    assert all(i is not None and len(i) < 130 for i in ids)


def test_a_document_of_the_plan_is_the_instrument_others_mention() -> None:
    annex = _document("I. Mục tiêu", number="15-NQ/TU", at=5000)
    plan = _document("Thực hiện Nghị quyết số 15-NQ/TU của Tỉnh ủy")
    found = resolve([(plan, find_citations(plan)), (annex, [])])
    own = instrument_of_document(annex)
    assert own is not None
    assert found[0][0] is not None
    assert found[0][0].instrument_id == own.instrument_id == "khanh-hoa-tu-15-nq-tu-2024"


def test_a_document_without_number_is_no_instrument() -> None:
    assert instrument_of_document(_document("Kế hoạch")) is None


def _meant(
    text: str, on: date | None, *, kind: str = "Kế hoạch", parent: Document | None = None
) -> list[str | None]:
    """The instruments of the mentions by short or bare names in a document of a day."""
    whole = _document(text, number="12/KH-UBND")
    above = parent.document_id if parent else None
    document = replace(whole, date=on, document_type=kind, parent_document_id=above)
    citations = find_citations(document)
    instruments = resolve([(document, citations)])[0]
    short = find_short_citations(document, citations)
    return [
        one.instrument_id if one else None
        for one in resolve_short(short, document, parent, instruments)
    ]


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        # the law in force on the document's day
        ("theo Luật Đất đai", date(2024, 7, 31), "vn-quoc-hoi-45-2013-qh13"),
        ("theo Luật Đất đai", date(2024, 8, 1), "vn-quoc-hoi-31-2024-qh15"),
        ("theo Luật Đất đai", date(2010, 1, 1), "vn-quoc-hoi-13-2003-qh11"),
        ("theo Luật Đất đai", date(2004, 6, 30), None),
        ("theo Luật Đất đai", None, None),
        ("theo Bộ luật Lao động", date(2024, 7, 1), "vn-quoc-hoi-45-2019-qh14"),
        ("theo Luật Lao động", date(2024, 7, 1), None),
        ("theo Hiến pháp", date(2024, 7, 1), "vn-quoc-hoi-hien-phap-2013"),
        ("dự thảo Luật Đất đai", date(2024, 9, 1), None),
        ("Nghị quyết số 01/NQ-CP; dự thảo Luật Đất đai", date(2024, 9, 1), None),
        # the one that the document cites in full, not yet in force
        ("Luật Đất đai ngày 18/01/2024; theo Luật Đất đai", date(2024, 3, 1), "vn-quoc-hoi-31-2024-qh15"),
        ("theo Luật Đất đai; Luật Đất đai năm 2024; Luật Đất đai năm 2013", date(2024, 3, 1), None),
        # in a decree's title, the law passed by its day
        ("Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 quy định chi tiết Luật Đất đai", date(2026, 1, 1), "vn-quoc-hoi-31-2024-qh15"),
        ("Nghị định số 43/2014/NĐ-CP ngày 15/5/2014 quy định chi tiết Luật Đất đai", date(2026, 1, 1), "vn-quoc-hoi-45-2013-qh13"),
        # the document itself
        ("Kế hoạch này", date(2024, 3, 1), "khanh-hoa-ubnd-12-kh-ubnd-2024"),
    ],
)  # fmt: skip
def test_what_a_bare_name_means(text: str, on: date | None, expected: str | None) -> None:
    assert _meant(text, on) == [expected]


def test_this_decision_in_what_is_attached_to_it() -> None:
    decision = replace(
        _document("", number="5/QĐ-UBND"), document_id="e", document_type="Quyết định"
    )
    found = _meant(
        "Quyết định này, Quy chế này, Nghị quyết này", None, kind="Quy chế", parent=decision
    )
    assert found == ["khanh-hoa-ubnd-5-qd-ubnd-2024", "khanh-hoa-ubnd-12-kh-ubnd", None]
