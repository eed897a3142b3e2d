"""Times named in Vietnamese documents are found where they stand and read to the day."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.text.dates import find_dates, parse_date, parse_day

FORMS = [
    ("ngày 05/01/2024", "2024-01-05", "2024-01-05", "day"),
    ("ngày 5/8/ 2021", "2021-08-05", "2021-08-05", "day"),
    ("ngày 05 / 8 / 2021", "2021-08-05", "2021-08-05", "day"),
    ("ngày05/01/2024", "2024-01-05", "2024-01-05", "day"),
    ("NGÀY 05/01/2024", "2024-01-05", "2024-01-05", "day"),
    ("30-11-1994", "1994-11-30", "1994-11-30", "day"),
    ("26.11.2003", "2003-11-26", "2003-11-26", "day"),
    ("ngày 02 tháng 10 năm 2023", "2023-10-02", "2023-10-02", "day"),
    ("ngày 02 tháng 10 nãm 2023", "2023-10-02", "2023-10-02", "day"),
    ("ngày 02 tháng 10, 2023", "2023-10-02", "2023-10-02", "day"),
    ("ngày 02 tháng 10/2023", "2023-10-02", "2023-10-02", "day"),
    ("ngày 15 tháng giêng năm 2010", "2010-01-15", "2010-01-15", "day"),
    ("ngày 20/12", "2024-12-20", "2024-12-20", "day"),
    ("ngày 01/6", "2024-06-01", "2024-06-01", "day"),
    ("ngày 25 tháng 6", "2024-06-25", "2024-06-25", "day"),
    ("từ ngày 01/6 đến ngày 30/6/2024", "2024-06-01", "2024-06-30", "days"),
    ("từ 01 - 15/6/2024", "2024-06-01", "2024-06-15", "days"),
    ("từ ngày 15/12/2023 đến hết ngày 10/01/2024", "2023-12-15", "2024-01-10", "days"),
    ("Tháng 12/2025", "2025-12-01", "2025-12-31", "month"),
    ("tháng 02 năm 2024", "2024-02-01", "2024-02-29", "month"),
    ("tháng 12-2025", "2025-12-01", "2025-12-31", "month"),
    ("12/2025", "2025-12-01", "2025-12-31", "month"),
    ("tháng 5", "2024-05-01", "2024-05-31", "month"),
    ("Tháng 11, 12/2025", "2025-11-01", "2025-12-31", "months"),
    ("tháng 5-6/2024", "2024-05-01", "2024-06-30", "months"),
    ("tháng 5 đến tháng 7/2024", "2024-05-01", "2024-07-31", "months"),
    ("Quý IV/2023", "2023-10-01", "2023-12-31", "quarter"),
    ("Quí IV-2025", "2025-10-01", "2025-12-31", "quarter"),
    ("quý 4 năm 2025", "2025-10-01", "2025-12-31", "quarter"),
    ("QUÝ III/2024", "2024-07-01", "2024-09-30", "quarter"),
    ("Quý I, II/2024", "2024-01-01", "2024-06-30", "quarter"),
    ("quý III và quý IV năm 2024", "2024-07-01", "2024-12-31", "quarter"),
    ("Quý III + IV năm 2024", "2024-07-01", "2024-12-31", "quarter"),
    ("Quý II - IV/2024", "2024-04-01", "2024-12-31", "quarter"),
    ("Quý I", "2024-01-01", "2024-03-31", "quarter"),
    ("6 tháng đầu năm 2024", "2024-01-01", "2024-06-30", "part"),
    ("6 tháng cuối năm", "2024-07-01", "2024-12-31", "part"),
    ("9 tháng đầu năm 2021", "2021-01-01", "2021-09-30", "part"),
    ("7 tháng năm 2021", "2021-01-01", "2021-07-31", "part"),
    ("3 tháng cuối năm 2021", "2021-10-01", "2021-12-31", "part"),
    ("nửa đầu năm 2024", "2024-01-01", "2024-06-30", "part"),
    ("năm 2025", "2025-01-01", "2025-12-31", "year"),
    ("năm 2023, 2024", "2023-01-01", "2024-12-31", "years"),
    ("Giai đoạn 2026-2030", "2026-01-01", "2030-12-31", "years"),
    ("giai đoạn 2021 – 2025", "2021-01-01", "2025-12-31", "years"),
    ("thời kỳ 2021 - 2030", "2021-01-01", "2030-12-31", "years"),
    ("từ năm 2021 đến năm 2025", "2021-01-01", "2025-12-31", "years"),
    ("2023-2025", "2023-01-01", "2025-12-31", "years"),
]


@pytest.mark.parametrize(("written", "start", "end", "precision"), FORMS)
@pytest.mark.parametrize("frame", ["{}", "Hoàn thành {}.", "trước {}, báo cáo"])
def test_a_time_is_found_in_its_sentence(
    frame: str, written: str, start: str, end: str, precision: str
) -> None:
    text = frame.format(written)
    (found,) = find_dates(text, year=2024)
    assert text[found.i : found.j] == written
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (
        start,
        end,
        precision,
    )
    assert found.has_year == any(y in written for y in ("19", "20") if f"{y}" in written[-4:])


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "ngày 30 tháng 02 năm 2023",
        "ngày 12/13/2024",
        "Nghị quyết số 01/2024/NQ-CP",
        "đạt 68/92 xã",
        "tử vong 4/100.000 trẻ",
        "thực hiện 5.000/10.000 hộ",
        "ngày 25 hằng tháng",
        "tăng 2.024 người",
        "có 10/12% số hộ",
        "Quý khách",
        "Điện thoại: 0258.3822.229",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_dates(text, year=2024) == []


def test_without_a_year_to_take_incomplete_times_are_left_out() -> None:
    assert find_dates("trước ngày 20/12, trong Quý IV và tháng 5") == []


def test_two_days_of_every_year() -> None:
    text = "trước ngày 01/6 và 15/11 hằng năm, 30/6 hằng năm"
    found = find_dates(text, year=2025)
    assert [(text[m.i : m.j], m.start, m.has_year) for m in found] == [
        ("ngày 01/6", date(2025, 6, 1), False),
        ("15/11", date(2025, 11, 15), False),
        ("30/6", date(2025, 6, 30), False),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/8/2021", date(2021, 8, 12)),
        ("31/02/2024", None),
        ("01/13/2024", None),
        ("", None),
        ("ngày", None),
    ],
)
def test_parse_day(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def test_a_year_alone_is_read_but_not_found_in_running_text() -> None:
    mention = parse_date("2025")
    assert mention is not None
    assert mention.end == date(2025, 12, 31)
    assert find_dates("có 2025 hộ") == []


@given(st.text(alphabet="ngàythángquýăm 0123456789/-.–IVX,", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    last = 0
    for mention in find_dates(text, year=2024):
        assert last <= mention.i < mention.j <= len(text)
        assert mention.start <= mention.end
        last = mention.j
