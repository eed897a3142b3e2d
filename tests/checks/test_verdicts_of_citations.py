"""What the second reading says of a mention of another document, in full or by a short name, and of what it means."""

from __future__ import annotations

from datetime import date

import pytest
from verdicts import Row, at, reading_of, verdict

from khplans.checks.words.titles import TitleCheck
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict

WRONG = CONTRADICTED
FAR = "x" * 1000
"""So that bounds are not only counted from the beginning of a text."""


@pytest.mark.parametrize(
    ("text", "number", "name", "expected"),
    [
        ("«Nghị quyết số 12/NQ-HĐND»", "12/NQ-HĐND", None, SAID),
        ("«Nghị quyết số 12/NQ-HĐND»", "13/NQ-HĐND", None, WRONG),
        ("«Nghị quyết số 12/NQ-HĐND»", None, None, WRONG),
        ("«Luật Đất đai»", None, None, SAID),
        ("«Đề án 12/ĐA-UBND»", None, "Đề án 12/ĐA-UBND", SAID),
        ("«Công văn số 411», 412/UBND-KT", "411/UBND-KT", None, SAID),
        ("«Công văn số 411», 412/UBND-KT", "412/UBND-KT", None, WRONG),
        ("«Công văn số 411», 412/SYT", "411/UBND-KT", None, WRONG),
        (f"{FAR}«Công văn số 411»{'x' * 593}UBND-KT", "411/UBND-KT", None, SAID),
        (f"{FAR}«Công văn số 411»{'x' * 594}UBND-KT", "411/UBND-KT", None, WRONG),
    ],
)
def test_number(text: str, number: str | None, name: str | None, expected: Verdict) -> None:
    assert verdict("citations.number", text, {"number": number, "name": name}) is expected


@pytest.mark.parametrize(
    ("text", "kind", "number", "expected"),
    [
        ("«Nghị quyết 12»", "Nghị quyết", None, SAID),
        ("«Nghị quyết 12»", "Quyết định", None, WRONG),
        ("«Nghị quyết 12»", None, None, SAID),
        ("Các Quyết định 1 và «số 2»", "Quyết định", None, SAID),
        ("Các Quyết định 1 và «số 2»", "Nghị quyết", None, WRONG),
        ("«số 2/QĐ-UBND»", "Quyết định", "2/QĐ-UBND", DOUBTFUL),
        ("«số 2/QĐ-UBND»", "Nghị quyết", "2/QĐ-UBND", WRONG),
        ("«số 2» Quyết định", "Quyết định", None, WRONG),
        (f"Luật{'x' * 596}«số 2»", "Luật", None, SAID),
        (f"Luật{'x' * 597}«số 2»", "Luật", None, WRONG),
    ],
)
def test_kind(text: str, kind: str | None, number: str | None, expected: Verdict) -> None:
    row = {"document_type": kind, "number": number}
    assert verdict("citations.document_type", text, row) is expected


DAY = date(2021, 3, 5)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("«Luật 1 ngày 05/3/2021»", DAY, SAID),
        ("«Luật 1 ngày 05/4/2021»", DAY, WRONG),
        ("«Luật 1 ngày 05/3/2021»", None, WRONG),
        ("«Luật 1»", None, SAID),
        ("«Luật 1»", DAY, WRONG),
        ("«Luật 1», Luật 2 ngày 05/3/2021", DAY, SAID),
        ("Ngày 05/3/2021, «Luật 1» cùng ngày", DAY, DOUBTFUL),
        ("Ngày 05/4/2021, «Luật 1» cùng ngày", DAY, WRONG),
        ("«Nghị quyết 05/3/2021/NQ ngày 6/4/2022»", DAY, WRONG),
        (f"{FAR}«Luật 1»{'x' * 591}05/3/2021", DAY, SAID),
        (f"{FAR}«Luật 1»{'x' * 592}05/3/2021", DAY, WRONG),
        (f"15/3/2021{'x' * 591}«Luật 1»", date(2021, 3, 15), DOUBTFUL),
        (f"15/3/2021{'x' * 592}«Luật 1»", date(2021, 3, 15), WRONG),
    ],
)
def test_date(text: str, day: date | None, expected: Verdict) -> None:
    assert verdict("citations.date", text, {"date": day}) is expected


@pytest.mark.parametrize(
    ("text", "issuer", "expected"),
    [
        ("«Luật 1» của Quốc hội", "Quốc hội", SAID),
        ("«Luật 1» do Quốc hội ban hành", "Quốc hội", SAID),
        ("«Luật 1» Quốc hội", "Quốc hội", SAID),
        ("«Luật 1 của Quốc hội»", "Quốc hội", SAID),
        ("«Luật 1» của Chính phủ", "Quốc hội", WRONG),
        ("«Luật 1» của Chính phủ", None, SAID),
        ("Quốc hội, «Luật 1»", "Quốc hội", DOUBTFUL),
        ("«Luật 1» về Quốc hội", "Quốc hội", WRONG),
        ("«Luật 1» của Hội nghị bàn về việc rừng Trung ương", "Trung ương", DOUBTFUL),
        ("Trung ương «Luật 1» của Hội nghị bàn về việc rừng", "Trung ương", WRONG),
        (f"Quốc hội{'x' * 112}«Luật 1»", "Quốc hội", DOUBTFUL),
        (f"Quốc hội{'x' * 113}«Luật 1»", "Quốc hội", WRONG),
        (f"{FAR}«Luật 1» hội nghị {'x' * 50}Quốc hội", "Quốc hội", DOUBTFUL),
        (f"{FAR}«Luật 1» hội nghị {'x' * 51}Quốc hội", "Quốc hội", WRONG),
    ],
)
def test_issuer(text: str, issuer: str | None, expected: Verdict) -> None:
    assert verdict("citations.issuer", text, {"issuer": issuer}) is expected


@pytest.mark.parametrize(
    ("quote", "name", "kind", "expected"),
    [
        ("Luật Đất đai", None, "Luật", SAID),
        ("Luật Đất đai", "Đất đai", "Luật", SAID),
        ("Luật Đất đai", "Luật Đất đai", "Luật", SAID),
        ("Luật Đất đai", "Rừng", "Luật", WRONG),
        ("Luật Đất đai", "Đất đai", None, WRONG),
    ],
)
def test_name(quote: str, name: str | None, kind: str | None, expected: Verdict) -> None:
    row = {"name": name, "document_type": kind}
    assert verdict("citations.name", f"«{quote}»", row) is expected


ALL = {"legal_basis", "implements", "amends", "replaces", "according_to", "attached", "mentions"}


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("Căn cứ «Luật 1»", [], {"legal_basis"}),
        ("«Luật 1»", [], {"mentions"}),
        ("Theo và thực hiện «Luật 1»", [], {"implements"}),
        ("Thực hiện rừng. «Luật 1»", [], {"mentions"}),
        ("Ban hành kèm theo «Luật 1»", [], {"attached"}),
        ("Thực hiện Luật 2 và «Luật 1»", ["Luật 2"], {"implements"}),
        ("Thực hiện Luật 2, «Luật 1»", ["Luật 2"], {"implements"}),
        ("Thực hiện Luật 2 hay «Luật 1»", ["Luật 2"], {"mentions"}),
        ("Thực hiện Luật 2«Luật 1»", ["Luật 2"], {"implements"}),
        ("Thực hiện Luật 2 và theo «Luật 1»", ["Luật 2"], {"according_to"}),
        ("Thực hiện Luật 2, theo rừng và «Luật 1»", ["Luật 2"], {"implements", "according_to"}),
        ("Rừng Luật 2 và «Luật 1»", ["Luật 2"], {"mentions"}),
        ("Thực hiện Luật 2, theo Luật 3, «Luật 1»", ["Luật 2", "Luật 3"], {"implements", "according_to"}),
        ("Thực hiện Luật 2 hay Luật 3, «Luật 1»", ["Luật 2", "Luật 3"], {"implements", "mentions"}),
        (f"Theo {'x' * 155}«Luật 1»", [], {"according_to"}),
        (f"Theo {'x' * 156}«Luật 1»", [], {"mentions"}),
        (f"Theo Luật 2{'x' * 1493}, «Luật 1»", ["Luật 2"], {"mentions"}),
        (f"Theo Luật 2{'x' * 1492}, «Luật 1»", ["Luật 2"], {"according_to"}),
    ],
)  # fmt: skip
def test_relation(text: str, others: list[str], expected: set[str]) -> None:
    mentions = [at(text, words, citation_id=words) for words in others]
    found = {
        one
        for one in ALL
        if verdict("citations.relation", text, {"relation": one}, citations=mentions) is SAID
    }
    assert found == expected


def test_relation_where_no_word_tells_it() -> None:
    row = {"relation": "legal_basis", "section_id": "s"}
    for role, expected in (("basis", SAID), ("task", WRONG)):
        sections = [{"section_id": "s", "role": role}]
        assert verdict("citations.relation", "«Luật 1»", row, sections=sections) is expected
    text = "Căn cứ\n«Luật 1»"
    blocks = [at(text, one, block_id=one) for one in ("Căn cứ", "Luật 1")]
    assert verdict("citations.relation", text, row, blocks=blocks) is WRONG
    assert verdict("citations.relation", text, row) is SAID


@pytest.mark.parametrize(
    ("row", "instrument", "expected"),
    [
        ({"instrument_id": None}, {}, SAID),
        ({"instrument_id": "j"}, {}, WRONG),
        ({"number": "1/NQ"}, {"number": "1/NQ-HĐND"}, SAID),
        ({"number": "2/NQ"}, {"number": "1/NQ-HĐND"}, WRONG),
        ({"number": "1/NQ", "date": DAY}, {"number": "1/NQ-HĐND", "date": DAY}, SAID),
        ({"number": "1/NQ", "date": DAY}, {"number": "1/NQ-HĐND"}, SAID),
        ({"number": "1/NQ"}, {"number": "1/NQ-HĐND", "date": DAY}, SAID),
        ({"number": "1/NQ", "date": DAY}, {"number": "1/NQ", "date": date(2021, 3, 6)}, DOUBTFUL),
        ({"name": "Đất đai"}, {"title": "Luật Đất đai"}, SAID),
        ({"name": "Đất và rừng"}, {"title": "Luật đất rừng"}, SAID),
        ({"name": "HĐND và UBND"}, {"title": "Hội đồng nhân dân, Ủy ban nhân dân"}, SAID),
        ({"name": "Rừng"}, {"title": "Luật Đất đai"}, DOUBTFUL),
        ({"name": "Rừng", "date": DAY}, {"title": "Luật Đất đai"}, WRONG),
        ({"name": "Rừng", "date": DAY}, {"title": "Luật Đất đai", "date": DAY}, DOUBTFUL),
        ({"name": "Đất đai", "date": DAY}, {"title": "Luật Đất đai", "date": date(2021, 3, 6)}, WRONG),
        ({"name": "Rừng", "number": "1/NQ"}, {"title": "Rừng"}, SAID),
        ({"name": None}, {"title": "Rừng"}, SAID),
        ({"name": "Rừng"}, {"title": None, "date": DAY}, WRONG),
    ],
)  # fmt: skip
def test_instrument(row: Row, instrument: Row, expected: Verdict) -> None:
    some = [{"instrument_id": "i", **instrument}]
    mention = {"instrument_id": "i", **row}
    assert verdict("citations.instrument_id", "«Luật 1»", mention, instruments=some) is expected


# --- by short names


@pytest.mark.parametrize(
    ("text", "defined", "expected"),
    [
        ("«Quyết định này»", None, SAID),
        ("«Luật Đất đai»", None, SAID),
        ("«Rừng»", None, WRONG),
        ("Gọi là Nghị quyết 5 nhé; «Nghị quyết 5»", "Nghị quyết 5", SAID),
        ("Gọi là Nghị quyết 5 nhé; «Nghị quyết 5 ấy»", "Nghị quyết 5", SAID),
        ("Gọi là Nghị quyết 5 nhé; «quyết 5»", "Nghị quyết 5", SAID),
        ("Gọi là Nghị quyết 5 nhé; «Quyết định này»", "Nghị quyết 5", WRONG),
    ],
)
def test_short_name(text: str, defined: str | None, expected: Verdict) -> None:
    span = at(text, defined) if defined else {"start": None, "end": None}
    row = {"definition_start": span["start"], "definition_end": span["end"]}
    assert verdict("short_citations.quote", text, row) is expected
    for half in row:
        undefined = SAID if expected is SAID and "N" not in text else WRONG
        if defined and "Quyết định này" not in text:
            assert verdict("short_citations.quote", text, {**row, half: None}) is undefined


LAND = {"number": "31/2024/QH15", "date": date(2024, 1, 18), "title": "Luật Đất đai"}


@pytest.mark.parametrize(
    ("quote", "row", "instrument", "expected"),
    [
        ("Luật Rừng", {"instrument_id": None}, {}, SAID),
        ("Luật Rừng", {"instrument_id": "j"}, {}, WRONG),
        ("Luật Rừng", {"citation_id": "c"}, {}, SAID),
        ("Luật Rừng", {"citation_id": "e"}, {}, WRONG),
        ("Quyết định này", {}, {"document_id": "doc"}, SAID),
        ("Quyết định này", {}, {"document_id": "above"}, SAID),
        ("Quyết định này", {}, {"document_id": "e"}, WRONG),
        ("Quyết định này", {}, {"document_id": None}, WRONG),
        ("Luật Rừng", {}, {"title": "Luật Rừng"}, SAID),
        ("Luật Rừng", {}, {"title": "Luật Đất đai"}, WRONG),
        ("Luật Rừng", {}, {"title": None}, WRONG),
        ("Luật Rừng", {"document_id": "e"}, {"title": "Luật Rừng"}, DOUBTFUL),
        ("Luật ATTP", {}, {"title": "Luật An toàn thực phẩm"}, SAID),
        ("Bộ luật Rừng", {}, {"title": "Bộ luật Rừng"}, SAID),
        ("Hiến pháp 2013", {}, {"title": "Hiến pháp"}, SAID),
    ],
)
def test_what_a_short_name_means(quote: str, row: Row, instrument: Row, expected: Verdict) -> None:
    some = {
        "instruments": [{"instrument_id": "i", **instrument}],
        "citations": [{"citation_id": "c", "instrument_id": "i"}],
        "documents": [{"document_id": "e", "date": None}],
    }
    mention = {"instrument_id": "i", **row}
    document = {"parent_document_id": "above"}
    found = verdict("short_citations.instrument_id", f"«{quote}»", mention, document, **some)
    assert found is expected


@pytest.mark.parametrize(
    ("day", "change", "expected"),
    [
        (date(2025, 3, 3), {}, SAID),
        (date(2025, 3, 3), {"title": None}, SAID),
        (date(2024, 2, 3), {}, DOUBTFUL),
        (date(2025, 3, 3), {"date": date(2024, 1, 19)}, DOUBTFUL),
        (date(2025, 3, 3), {"date": date(2024, 1, 17)}, DOUBTFUL),
        (date(2025, 3, 3), {"number": "99/2024/QH15"}, DOUBTFUL),
        (date(2025, 3, 3), {"number": None}, DOUBTFUL),
        (None, {}, DOUBTFUL),
    ],
)
def test_a_law_is_meant_that_is_in_force(day: date | None, change: Row, expected: Verdict) -> None:
    instruments = [{"instrument_id": "i", **LAND, **change}]
    found = verdict(
        "short_citations.instrument_id", "«Luật Đất đai»", {"instrument_id": "i"}, {"date": day},
        instruments=instruments,
    )  # fmt: skip
    assert found is expected


# --- provisions


@pytest.mark.parametrize(
    ("text", "provision", "expected"),
    [
        ("Điểm a khoản 2 Điều 5 «Luật Rừng»", "điểm a khoản 2 Điều 5", SAID),
        ("Điểm a khoản 2 Điều 5 «Luật Rừng»", "khoản 2; Điều 5; điểm a", SAID),
        ("Điểm a khoản 2 Điều 5 «Luật Rừng»", "khoản 2 Điều 5", DOUBTFUL),
        ("Điểm a khoản 2 Điều 5 «Luật Rừng»", "khoản 2 Điều 6", WRONG),
        ("Điểm a khoản 2 Điều 5 «Luật Rừng»", None, DOUBTFUL),
        ("Điều 5 của rừng, «Luật Rừng»", "Điều 5", WRONG),
        ("Điều 5 của rừng, «Luật Rừng»", None, SAID),
        ("Điều 5 và các «Luật Rừng»", None, SAID),
        ("«Luật Rừng» (khoản 3 Điều 21)", "khoản 3 Điều 21", SAID),
        ("«Luật Rừng» (khoản 3 Điều 21)", "khoản 3 Điều 22", WRONG),
        ("«Luật Rừng»", None, SAID),
        ("«Luật Rừng»", "Điều 1", WRONG),
        (f"Điều 1{' ' * 254}«Luật Rừng»", "Điều 1", SAID),
        (f"Điều 1{' ' * 255}«Luật Rừng»", "Điều 1", WRONG),
        (f"{FAR}«Luật Rừng»{' ' * 132}(Điều 1)", "Điều 1", SAID),
        (f"{FAR}«Luật Rừng»{' ' * 133}(Điều 1)", "Điều 1", WRONG),
    ],
)
def test_provision(text: str, provision: str | None, expected: Verdict) -> None:
    for table in ("citations", "short_citations"):
        assert verdict(f"{table}.provision", text, {"provision": provision}) is expected


# --- titles, told by some mention


@pytest.mark.parametrize(
    ("text", "instrument", "checked", "untold"),
    [
        ("Nghị quyết 1 về giữ rừng", {}, 1, 0),
        ("Nghị quyết 1 về giữ biển", {}, 1, 1),
        ("Nghị quyết 1 về rừng; Nghị quyết 2 về giữ rừng", {}, 1, 1),
        ("Nghị quyết 2 về rừng; Nghị quyết 1 về giữ rừng", {}, 1, 0),
        ("Giữ rừng theo Nghị quyết 1 và Nghị quyết 2", {}, 1, 1),
        (f"{FAR}Nghị quyết 1{'x' * 792}Giữ rừng", {}, 1, 0),
        (f"{FAR}Nghị quyết 1{'x' * 793}Giữ rừng", {}, 1, 1),
        ("Nghị quyết 1", {"title": None}, 0, 0),
        ("Nghị quyết 1", {"document_id": "doc"}, 0, 0),
        ("Nghị quyết 1", {"document_type": "Luật"}, 0, 0),
    ],
)
def test_title(text: str, instrument: Row, checked: int, untold: int) -> None:
    of = {"instrument_id": "i", "title": "Giữ rừng", "document_type": "Nghị quyết"}
    instruments = [{**of, "document_id": None, **instrument}]
    mentions = [
        at(text, words, citation_id=words, instrument_id=instrument_id)
        for words, instrument_id in (("Nghị quyết 2", None), ("Nghị quyết 1", "i"))
        if words in text
    ]
    beyond = {"instrument_id": "i", "start": 0, "end": 9999, "citation_id": "beyond"}
    titles = TitleCheck(instruments)
    titles.look(reading_of(text, citations=[*mentions, beyond]))
    (result,) = titles.results()
    assert (result.checked, result.failed) == (checked, untold)
    assert result.examples == ("i",) * untold
