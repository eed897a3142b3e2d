"""What is measured of scans beside their typed twins, on a folder given to the program."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from pdf_files import pdf, shown

from benchmarks.scans import Token, main, measured, tokens_of_scan
from khplans.intake.taken import Taken
from khplans.layout import Layout, Recognised
from khplans.text.passage import Span


def test_each_scan_with_a_twin_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(shown((72, 700, "Ke hoach so 12/KH nam 2024"))))
    (tmp_path / "a.txt").write_text("Kế hoạch số 12/KH, năm 2025.", "utf-8")
    (tmp_path / "alone.txt").write_text("no scan", "utf-8")
    monkeypatch.setattr(sys, "argv", ["scans", str(tmp_path), "--json"])
    main()
    made = json.loads(capsys.readouterr().out)
    assert set(made["scans"]) == {"a.pdf"}
    counts = made["all"]
    assert (counts["pages"], counts["words"]) == (1, 6)
    assert (counts["in_order"], counts["in_order_without_accents"]) == (1, 5)
    digits = [counts[f"digits{name}"] for name in ("", "_right", "_doubted", "_missing", "_wrong")]
    assert digits == [2, 1, 0, 0, 1]


def test_a_wrong_number_that_a_warning_names_is_doubted_and_a_lost_one_missing() -> None:
    text = "trước 30/9/2025, quý"
    doubted = Recognised(Span(6, 16), 1, (0, 0, 1, 1), 60.0)
    read = tokens_of_scan(Taken(text, Layout(words=(doubted,))))
    assert [token.doubted for token in read] == [False, True, False]
    twin = [Token(word) for word in (read[0].text, "30/6/2025", read[2].text)]
    made = measured(twin, read)
    assert (made.digits, made.digits_doubted, made.digits_wrong) == (1, 1, 0)
    assert measured([*twin, Token("2025")], read).digits_missing == 1
