"""The same plan twice is told: as an error, a warning, or a row of warnings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from small_plans import LAO_CAI as SHORT
from small_plans import add_plan
from spoiling import RULES

from khplans.checks.repeats import RepeatCheck
from khplans.checks.results import Result
from khplans.checks.run import check_all, refuse_errors
from khplans.checks.slices import Slices
from khplans.errors import KhplansError
from khplans.packages.reader import OwnReader
from khplans.pipeline import build

MORE = "".join(f"{n}. Sở Tài chính rà soát dự toán của huyện thứ {n * n}.\n" for n in range(3, 20))
LAO_CAI = SHORT.replace("III. TỔ", f"{MORE}\nIII. TỔ")
NEXT_YEAR = LAO_CAI.replace("2025", "2026")
NAMELESS = LAO_CAI[LAO_CAI.index("KẾ HOẠCH\n") :]


def repeats(root: Path, plans: Mapping[str, str]) -> dict[str, Result]:
    for name, text in plans.items():
        add_plan(root / "plans", name, text)
    build(root / "plans", root / "out", workers=1)
    slices, check = Slices(root / "out/khplans"), RepeatCheck(root / "out/khplans")
    for some in slices:
        check.look(some)
    return {result.check.removeprefix("repeats."): result for result in check.results()}


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (LAO_CAI, "texts"),
        (LAO_CAI.replace("\n", "\r\n"), "texts"),
        (LAO_CAI.replace("khám, chữa", "KHÁM,\nchữa"), "texts"),
        (LAO_CAI.replace("30/6/2025", "30/7/2025"), "documents"),
        (LAO_CAI[: len(LAO_CAI) // 2], "documents"),
        (NAMELESS.replace("30/6/2025", "30/7/2025"), "almost"),
        (NEXT_YEAR, None),
        (LAO_CAI.replace("15/KH", "16/KH"), None),
        (LAO_CAI.replace("Lào Cai", "An Giang").replace("LÀO CAI", "AN GIANG"), None),
    ],
    ids=[
        "same", "line ends", "wrapped", "one word", "half", "no letterhead",
        "another year", "another number", "another province",
    ],
)  # fmt: skip
def test_the_same_plan_twice_is_told_once(tmp_path: Path, other: str, told: str | None) -> None:
    found = repeats(tmp_path, {"a-plan": LAO_CAI, "b-plan": other})
    assert [check for check, result in found.items() if result.failed] == ([told] if told else [])
    if told:
        assert found[told].failed == 1
        assert "a-plan" in found[told].examples[0]
        assert "b-plan" in found[told].examples[0]
        assert found[told].severity == ("error" if told == "texts" else "warning")
        assert "plans/" in found[told].title
        assert "plans/" in found[told].title_en


def test_each_further_copy_is_named(tmp_path: Path) -> None:
    found = repeats(tmp_path, dict.fromkeys(("a", "b", "c"), LAO_CAI))
    assert found["texts"].examples == ("a = b", "a = c")
    assert (found["texts"].checked, found["documents"].failed, found["almost"].failed) == (3, 0, 0)


def test_a_text_registered_twice_stops_publishing(tmp_path: Path) -> None:
    for name in ("a-plan", "b-plan"):
        add_plan(tmp_path / "plans", name, LAO_CAI)
    build(tmp_path / "plans", tmp_path / "out", workers=1)
    with pytest.raises(KhplansError) as raised:
        refuse_errors(check_all(tmp_path / "out", RULES))
    for words in ("a-plan = b-plan", "bỏ một trong hai thư mục", "remove one of the two folders"):
        assert words in str(raised.value)
    assert not (tmp_path / "out/khplans/checks.json").exists()


def test_a_number_twice_is_a_notice_that_names_both(tmp_path: Path) -> None:
    add_plan(tmp_path / "plans", "a-plan", LAO_CAI)
    add_plan(tmp_path / "plans", "b-plan", LAO_CAI.replace("10%", "11%"))
    build(tmp_path / "plans", tmp_path / "out", workers=1)
    reports = check_all(tmp_path / "out", RULES)
    refuse_errors(reports)
    told = [r for report in reports for r in report.notices if r.check == "repeats.documents"]
    assert [result.examples for result in told] == [("a-plan = b-plan: 15/KH-UBND",)]


def test_slices_find_what_the_whole_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khplans.checks.slices.TEXT_AT_ONCE", 1)
    changed = NAMELESS.replace("30/6/2025", "30/7/2025")
    plans = {"a": LAO_CAI, "b": NEXT_YEAR, "c": LAO_CAI, "d": NAMELESS, "e": changed}
    found = repeats(tmp_path, plans)
    assert {check: result.examples for check, result in found.items()} == {
        "texts": ("a = c",),
        "documents": (),
        "almost": ("a ~ d", "a ~ e"),
    }


def test_a_file_with_its_text_twice_has_a_warning(tmp_path: Path) -> None:
    add_plan(tmp_path / "plans", "a-plan", f"{LAO_CAI}\n{LAO_CAI}")
    add_plan(tmp_path / "plans", "b-plan", NEXT_YEAR)
    build(tmp_path / "plans", tmp_path / "out", workers=1)
    rows = OwnReader(tmp_path / "out/khplans").rows("warnings")
    (told,) = [row for row in rows if row["code"] == "text-twice"]
    assert told["document_id"] == "a-plan"
    assert len(LAO_CAI) < told["start"] < told["end"] <= 2 * len(LAO_CAI)
    assert "hai lần" in told["message"]
    assert "twice" in told["message_en"]
