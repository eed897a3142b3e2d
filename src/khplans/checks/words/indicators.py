"""What the words around a number say of its value, unit, comparison, change, kind, time and name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from khplans.checks.words.measures import fitting_measure
from khplans.checks.words.numbers import Written, numbers_in, said_in_words, same
from khplans.checks.words.places import has
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.units import is_written, lowered, says_unit, scale_of
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, ColumnCheck, Verdict, said_if
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.fold import fold

# --- values


def read_value(reading: SecondReading, row: Row) -> Verdict:
    """The first number of the quote, in the unit; of a bare number, in that of its line (`triệu m3`).

    Of words that were put right: as they now read.
    """
    quotes = {row["quote"], reading.text(row).said(row["start"], row["end"])}
    return said_if(any(_says_value(reading, row, quote) for quote in quotes))


def _says_value(reading: SecondReading, row: Row, quote: str) -> bool:
    numbers = numbers_in(quote)
    if not numbers:
        return bool(said_in_words(quote) == row["value"])
    if _says(numbers[0], row["value"], row["unit"]):
        return True
    if _is_bare(quote) and _says_in_its_line(numbers[0], row, _line(reading, row)):
        return True
    return _says_sum(numbers, row["value"], row["unit"])


def read_value_high(_: SecondReading, row: Row) -> Verdict:
    """The second number of a range (`4 - 5%/năm`).

    >>> def read(quote, high): return read_value_high(None, {"quote": quote, "value_high": high, "unit": "percent"})
    >>> read("4 - 5%", 5.0), read("4 - 5%", 6.0), read("4 - 5%", None), read("4%", None)
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.SAID: 'said'>)
    """
    numbers = numbers_in(row["quote"])
    if row["value_high"] is None:
        return said_if(not _is_range(row["quote"]))
    return said_if(len(numbers) > 1 and _says(numbers[1], row["value_high"], row["unit"]))


def read_denominator(_: SecondReading, row: Row) -> Verdict:
    """The number after the slash of a count (`45/60 xã`).

    >>> def read(quote, whole): return read_denominator(None, {"quote": quote, "denominator": whole, "unit": "commune"})
    >>> read("45/60 xã", 60.0), read("45/60 xã", 50.0), read("45/60 xã", None), read("45 xã", None)
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.SAID: 'said'>)
    """
    numbers = numbers_in(row["quote"])
    whole = re.search(r"\d ?/ ?(?=\d)", row["quote"])
    if row["denominator"] is None:
        return said_if(not whole or "_per_" in row["unit"] or row["unit"][:4] in ("per_", "part"))
    return said_if(
        bool(whole) and len(numbers) > 1 and _says(numbers[1], row["denominator"], row["unit"])
    )


def _says(number: Written, value: float, unit: str) -> bool:
    """Whether a written number is a value in its unit, its scale said or left out.

    >>> (number,) = numbers_in("5")
    >>> _says(number, 5.0, "percent"), _says(number, 6.0, "percent")
    (True, False)
    """
    return number.says(value * scale_of(unit)) or (number.scale == 1.0 and number.says(value))


_UNIT_WIDTH = 12
"""Characters in which a unit stands behind its `triệu`."""
_SCALED = re.compile(r"(?<!\w)(?:nghìn|ngàn|triệu|tỷ|tỉ)(?= [^\W\d_])", re.IGNORECASE)


def _says_in_its_line(number: Written, row: Row, line: str) -> bool:
    """The number of a cell, where a cell beside it gives what it is counted in.

    >>> [number] = numbers_in("1,8")
    >>> row = {"value": 1_800_000.0, "unit": "m3"}
    >>> _says_in_its_line(number, row, "5 Trữ nước ngọt triệu m3 1,8 2,5")
    True
    >>> _says_in_its_line(number, row, "5 Trữ nước ngọt nghìn m3 1,8 2,5")
    False
    """
    scales = [
        numbers_in(f"1 {found[0]}")[0].scale
        for found in _SCALED.finditer(line)
        if says_unit(row["unit"], line[found.end() : found.end() + _UNIT_WIDTH])
    ]
    return any(number.says(row["value"] / scale) for scale in scales)


def _says_sum(numbers: list[Written], value: float, unit: str) -> bool:
    """Whether numbers are one amount in up to three parts.

    >>> def says(words, value, unit="vnd"):
    ...     return _says_sum(numbers_in(words), value, unit)
    >>> [says("612 tỷ 350 triệu đồng", *of) for of in ((612.35e9,), (612.35, "billion_vnd"), (612.35,))]
    [True, True, False]
    >>> says("1 nghìn 200 tỷ đồng", 1.2e12), says("2 nghìn 3 trăm đồng", 2300.0), says("5 tỷ", 5e9)
    (True, True, False)
    >>> [says("1 triệu 2 nghìn 3 trăm 4 đồng", value) for value in (1_002_300.0, 1_002_304.0)]
    [True, False]
    """
    if len(numbers) < 2:
        return False
    thousands = 1e3 == numbers[0].scale < numbers[1].scale
    scales = [one.scale for one in numbers]
    scales[0] *= scales[1] if thousands else 1.0
    sums = {0.0}
    for one, scale in zip(numbers[:3], scales, strict=False):
        sums = {total + reading * scale for total in sums for reading in one.readings}
    return any(same(total, value * scale_of(unit)) for total in sums)


def _is_range(quote: str) -> bool:
    """Whether a quote is two numbers from one to the other.

    >>> _is_range("4 - 5%"), _is_range("4% và 5%"), _is_range("từ 4 đến 5%")
    (True, False, True)
    """
    return bool(re.search(r"\d ?%? ?(?:[-–]|đến|tới) ?\d", quote)) and len(numbers_in(quote)) == 2


# --- unit

_EACH_YEAR = ("binh quan", "moi nam", "hang nam", "trung binh", "nam")
_RATES = re.compile(r"\b(?:ty|ti) (?:le|trong|suat)|\bngheo\b")


def read_unit(reading: SecondReading, row: Row) -> Verdict:
    """A form of the unit after the number; for a bare number, in its line, header or name."""
    unit, numbers = row["unit"], numbers_in(row["quote"])
    tail = row["quote"][numbers[0].end :] if numbers else row["quote"]
    if unit == "part" or not numbers:
        return said_if("/" in row["quote"] or unit == "times")
    if not is_written(unit):
        return _unit_of_a_name(reading, row, tail)
    if "%" in tail:
        return _read_percent(reading, row, tail)
    if says_unit(unit, tail) or says_unit(unit, _rearranged(row["quote"], tail)):
        return SAID
    around = _around(reading, row)
    if _is_bare(tail):
        return said_if(says_unit(unit, around) or says_unit(unit, _above(reading, row)))
    head, _, per = unit.partition("_per_")
    return said_if(bool(per) and says_unit(head, tail) and says_unit(unit, f"{tail} {around}"))


_CURRENCY = re.compile(r"(?:US ?\$|USD|\$|EUR|€|VNĐ|VND)(?= ?\d)", re.IGNORECASE)
_SMALLER = re.compile(r" \d{1,3} (?:triệu|nghìn|ngàn)(?!\w)", re.IGNORECASE)


def _rearranged(quote: str, tail: str) -> str:
    """The unit's words in one: `US$ 1.850 triệu`, `2 tỷ 350 triệu USD`.

    >>> _rearranged("US$ 1.850 triệu", " triệu"), _rearranged("2 tỷ 350 triệu USD", " tỷ 350 triệu USD")
    (' triệu US$', ' tỷ USD')
    """
    front = _CURRENCY.search(quote)
    return _SMALLER.sub("", tail) + (f" {front[0]}" if front else "")


def _unit_of_a_name(reading: SecondReading, row: Row, tail: str) -> Verdict:
    """Units that the tables of forms lack: of an index, a rank, a number alone, a form's own name."""
    if _is_bare(tail) or row["denominator"] is not None:
        return SAID
    said = fold(tail).replace(" ", "_")
    return said_if(row["unit"] in said or row["unit"].startswith("per_"))


def _read_percent(reading: SecondReading, row: Row, tail: str) -> Verdict:
    """`%` is a per cent, or a point where a rate rises or falls; by the year where that is said."""
    head, _, per = row["unit"].partition("_per_")
    if head not in ("percent", "percentage_point"):
        return CONTRADICTED
    clause = _clause_key(reading, row)
    if per:
        yearly = says_unit(row["unit"], tail) or has(clause, *_EACH_YEAR)
        if per != "year" or not yearly:
            return CONTRADICTED
    elif re.search(r"/\s*năm", lowered(tail)):
        return CONTRADICTED
    point = "điểm" in lowered(tail)
    of_rate = row["change"] != "level" and bool(_RATES.search(fold(row["name"] or "")))
    if head == "percentage_point":
        return said_if(point or of_rate)
    return said_if(not point and not (of_rate and _is_of_rate_alone(row)))


def _is_of_rate_alone(row: Row) -> bool:
    """`Tỷ lệ hộ nghèo giảm 2%`: nothing but points can be meant.

    >>> [_is_of_rate_alone({"name": name}) for name in ("Giảm tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo", "Tỷ lệ che phủ rừng", None)]
    [True, True, False, False]
    """
    return bool(
        re.match(r"(?:(?:muc )?(?:giam|tang) )?(?:ty|ti) le (?:ho )?ngheo", fold(row["name"] or ""))
    )


def _is_bare(tail: str) -> bool:
    """Whether nothing but a number and its bounds stands there.

    >>> _is_bare("5 trở lên"), _is_bare("5%"), _is_bare("5 xã")
    (True, False, False)
    """
    return not re.search(r"[^\W\d_]|[%‰]", re.sub(r"trở (?:lên|xuống|đi)|đến|tới", "", tail))


# --- comparator and change


def read_comparator(reading: SecondReading, row: Row) -> Verdict:
    """The words of comparison in the quote, else those of its clause before it."""
    quote = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", lowered(row["quote"]))
    before = re.match(r".*\d", quote)
    found = _bounds(before[0] if before else "") if "trở" not in quote else _bounds(quote)
    if found == row["comparator"]:
        return SAID
    if found != "=":
        change = any(f" {word} " in f" {quote} " for word in ("thấp hơn", "cao hơn"))
        return said_if(change and row["comparator"] == "=")
    lead = lowered(_lead(reading, row))
    after = lowered(reading.text(row).said(row["end"], row["end"] + 30))
    return said_if(row["comparator"] in (_bounds(lead[-60:]), _bounds(after)))


def _bounds(words: str) -> str:
    """The comparator that some words say; `=` where they say none.

    >>> _bounds("trên khoảng 189 triệu đồng"), _bounds("tăng 5%"), _bounds("28% trở lên")
    ('>~', '=', '>=')
    >>> _bounds("trên dưới 5 xã"), _bounds("5 xã trở xuống"), _bounds("từ năm 2025 trở đi")
    ('~', '<=', '>=')
    """
    text, found = f" {words} ", []
    for after, comparator in ((" trở lên", ">="), (" trở xuống", "<="), (" trở đi", ">=")):
        if after in text:
            return comparator
    for form, comparator in _bound_forms():
        wanted = f" {form} " if form[-1].isalpha() else form
        while wanted in text:
            found.append((text.index(wanted), comparator))
            text = text.replace(wanted, " " * len(wanted), 1)
    return "".join(dict.fromkeys(c for _, c in sorted(found))) or "="


@cache
def _bound_forms() -> tuple[tuple[str, str], ...]:
    """Words of comparison with what they say, the longest first."""
    forms = [
        (row["form"], row["value"]) for row in read_table("comparators") if row["kind"] == "bound"
    ]
    return tuple(sorted(forms, key=lambda form: -len(form[0])))


_SETTLED = re.compile(r"\b(?:gap|tu|duoi|xuong|con|len)\b")
_GROWTH = ("tang", "tang truong", "tang them", "them", "vuot", "toc do", "dong gop", "cao hon")
_FALL = ("giam", "cat giam", "keo giam", "tinh gian", "thap hon", "am", "muc giam")
_GROWTH_RATE = re.compile(r"^ (?:toc do tang|tang truong)")


def read_change(reading: SecondReading, row: Row) -> Verdict:
    """The words of rise and fall in the quote, else those between it and the number before."""
    quote, change = f" {fold(row['quote'])} ", row["change"]
    rises, falls = _says_change(quote, "increase"), _says_change(quote, "decrease")
    if rises or falls:
        if change == "level":
            return said_if(bool(_SETTLED.search(quote)))
        return said_if(rises if change == "increase" else falls)
    around = f" {fold(_lead(reading, row))} {fold(row['name'] or '')} "
    if change == "level":
        return said_if(
            not _GROWTH_RATE.match(f" {fold(row['name'] or '')}") or "%" not in row["quote"]
        )
    if change == "decrease":
        negative = re.search(r"[-−] ?\d", row["quote"])
        return said_if(has(around, *_FALL) or bool(negative))
    if has(around, *_GROWTH):
        return SAID
    unclear = (
        row["unit"] == "percent_per_year"
        or ("%" in row["quote"] and has(_sentence_key(reading, row), *_GROWTH))
        or has(around, "tuong duong")
    )
    return DOUBTFUL if unclear else CONTRADICTED


def _says_change(quote: str, change: str) -> bool:
    return has(quote, *_change_forms()[change])


@cache
def _change_forms() -> Mapping[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {"increase": [], "decrease": []}
    for row in read_table("comparators"):
        if row["kind"] == "change":
            forms[row["value"]].append(fold(row["form"]))
    return {change: tuple(some) for change, some in forms.items()}


# --- kind

_AIM = ("phan dau", "muc tieu", "nghi quyet la", "ke hoach la", "chi tieu la")
_RESULT = (
    "uoc", "uoc dat", "uoc tinh", "cung ky", "ket qua thuc hien", "thuc hien duoc", "thang dau nam",
    "xay ra", "ghi nhan", "hien nay", "den nay", "da dat", "da co",
)  # fmt: skip
_NOT_SURE = {
    "estimate": ("uoc", "uoc tinh", "uoc dat", "du uoc", "uth"),
    "forecast": ("du bao", "du kien", "du tinh"),
}
_RESULT_COLUMN = (*_RESULT, "thuc hien", "hien trang", "ket qua")


def read_kind(reading: SecondReading, row: Row) -> Verdict:
    """The period against the document's date; where it holds that date, the words and the heading."""
    document = reading.documents[row["document_id"]]
    if not row["period"] or not document["date"]:
        return SAID
    first, last = _days(row["period"])
    written = document["date"].isoformat()
    if row["kind"] in _NOT_SURE and not _says_so(reading, row):
        return CONTRADICTED
    if last <= written:
        return SAID if row["kind"] != "target" else _unless(_clause_key(reading, row), *_AIM)
    if first > written:
        return SAID if row["kind"] == "target" else _read_early_result(reading, row)
    if row["kind"] == "target":
        situation = _role(reading, row) == "situation"
        return said_if(not situation or has(_sentence_key(reading, row), *_AIM))
    return said_if(
        _role(reading, row) not in ("objective", "task", "organisation") or _is_result(reading, row)
    )


def _says_so(reading: SecondReading, row: Row) -> bool:
    """Whether words before an estimate or forecast, in its sentence or above it, call it that."""
    cues = _NOT_SURE[row["kind"]]
    if has(_sentence_key(reading, row), *cues):
        return True
    above = _above(reading, row)
    leads_in = _is_bare(row["quote"]) or above.endswith(":")
    return leads_in and has(f" {fold(above)} ", *cues)


def _read_early_result(reading: SecondReading, row: Row) -> Verdict:
    """A result of a time that the document does not reach: only an estimate is one."""
    if _role(reading, row) == "situation":
        return DOUBTFUL
    return _unless(_sentence_key(reading, row), "uoc", *_NOT_SURE["forecast"])


def _is_result(reading: SecondReading, row: Row) -> bool:
    if _is_bare(row["quote"]):
        return has(f" {fold(_above(reading, row))} ", *_RESULT_COLUMN)
    lead = f" {fold(_lead(reading, row))} {fold(row['quote'])} "
    after = reading.text(row).key(row["end"], row["end"] + 60)
    is_left = has(lead, "tu") and has(after, "xuong", "len", "con")
    return is_left or has(lead, *_RESULT)


def _unless(clause: str, *cues: str) -> Verdict:
    return DOUBTFUL if has(clause, *cues) else CONTRADICTED


def _role(reading: SecondReading, row: Row) -> str:
    headings = reading.headings(row)
    roles = [heading["role"] for heading in headings if heading["role"] != "other"]
    return roles[0] if roles else "other"


def _days(period: str) -> tuple[str, str]:
    """The first and last day of a period.

    >>> _days("2021/2030"), _days("2021-09")
    (('2021-01-01', '2030-12-31'), ('2021-09-01', '2021-09-31'))
    """
    first, _, last = period.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]


# --- period

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_period(reading: SecondReading, row: Row) -> Verdict:
    """Its years, and its months and days, in a place that can lend a number its time."""
    if row["period"] is None:
        return SAID
    years, others = _times(row["period"])
    near = [_ASIDE.sub(" ", place) for place in _lenders(reading, row)]
    if not any(years <= set(_YEAR.findall(place)) for place in near):
        dated = reading.documents[row["document_id"]]["date"] is not None
        named = dated and any(_TOLD_YEAR.search(place) for place in near)
        far = set(_YEAR.findall(_far(reading, row)))
        return DOUBTFUL if years <= far and (not named or _is_bare(row["quote"])) else CONTRADICTED
    numbers = {int(n) for place in near for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", place)}
    quarters = {
        3 * len(q) - back
        for back in (0, 2)
        for place in near
        for q in re.findall(r"(?i)quý (i{1,3})\b", place)
    }
    return said_if(others <= numbers | quarters | {12})


_TOLD_YEAR = re.compile(r"(?i)(?:năm|đoạn|kỳ|tháng \d+/)\s*(?:19|20)\d\d")
_ASIDE = re.compile(
    r"\([^()]*\d{4} ?[-–] ?\d{4}[^()]*\)|(?i:so với (?:cùng kỳ |cuối |thực hiện )?(?:năm )?\d{4})"
)
"""What is said beside a number tells of no time of it: a name's bracket, a base of comparison."""


def _times(period: str) -> tuple[set[str], set[int]]:
    """The years of a period, and the months and days that must be named for it.

    >>> _times("2021-01-01/2021-09-30"), _times("2021-10-10")
    (({'2021'}, {9}), ({'2021'}, {10}))
    """
    years, others = set(), set()
    for i, end in enumerate(period.split("/")):
        year, *rest = end.split("-")
        years.add(year)
        month, day = ([int(one) for one in rest] + [1, 1])[:2]
        if rest and not (i == 0 and "/" in period and (month, day) == (1, 1)):
            others |= {month} if day == 1 or day >= 28 else {month, day}
    return years, others


def _lenders(reading: SecondReading, row: Row) -> Iterator[str]:
    """The places that can lend a number its time, the nearest first, the document's date last."""
    text, document = reading.text(row), reading.documents[row["document_id"]]
    first, last = text.clause(row["start"], row["end"])
    yield text.said(first, last)
    before = max(document["start"], row["start"] - 600)
    yield text.said(max(document["start"], text.clause(before, before)[0]), row["end"])
    for heading in reading.headings(row):
        yield heading["heading"] or ""
    yield document["title"] or ""
    yield document["number"] or ""
    yield document["date"].isoformat() if document["date"] else ""


def _name_lenders(reading: SecondReading, row: Row) -> Iterator[str]:
    """The places that can lend a number a part of its name: also the words after it."""
    yield reading.text(row).said(row["end"], row["end"] + 120)
    yield from _lenders(reading, row)
    yield _far(reading, row)


def _far(reading: SecondReading, row: Row) -> str:
    """A table's header, and the beginning of the document."""
    document = reading.documents[row["document_id"]]
    beginning = reading.text(row).said(document["start"], document["start"] + 2000)
    return f"{_above(reading, row)} {beginning}"


# --- name and measure


def read_name(reading: SecondReading, row: Row) -> Verdict:
    """Its words stand by the number: most of its last part's in the clause, the others above."""
    name = row["name"] or ""
    last = [word for word in fold(name.rpartition(" – ")[2]).split() if word not in _ADDED]
    near = set(_sentence_key(reading, row).split())
    missing = set(fold(name).split()) - near - _ADDED
    for place in _name_lenders(reading, row):
        if not missing:
            break
        missing -= set(fold(place).split())
    if missing:
        return CONTRADICTED
    if sum(word in near for word in last) * 2 >= len(last):
        return SAID
    before = reading.number_before(row)
    return DOUBTFUL if before and before["name"] == name else CONTRADICTED


_ADDED = frozenset((
    "ty", "ti", "le", "trong", "so", "muc", "giam", "tang", "truong", "them", "voi", "suat",
    "luong", "san", "toc", "do", "chieu", "dai", "dien", "tich", "cua", "va",
))  # fmt: skip
"""Words that turn the plan's words into the name of a quantity."""


def read_measure(_: SecondReading, row: Row) -> Verdict:
    """The first measure of the reviewed table whose words stand in the name."""
    found = fitting_measure(row["name"] or "", row["unit"], row["change"] != "level")
    return said_if(found == row["measure_id"])


# --- places


def _lead(reading: SecondReading, row: Row) -> str:
    """The words of the clause before the quote, from the number before on."""
    text = reading.text(row)
    first, _ = text.clause(row["start"], row["end"])
    before = reading.number_before(row)
    return text.said(max(first, before["end"] if before else 0), row["start"])


def _around(reading: SecondReading, row: Row) -> str:
    text = reading.text(row)
    return text.said(*text.clause(row["start"], row["end"]))


def _line(reading: SecondReading, row: Row) -> str:
    text = reading.text(row)
    last = text.text.find("\n", row["end"])
    first = text.text.rfind("\n", 0, row["start"])
    return text.said(first, len(text.text) if last < 0 else last)


def _clause_key(reading: SecondReading, row: Row) -> str:
    text = reading.text(row)
    return text.key(*text.clause(row["start"], row["end"]))


def _sentence_key(reading: SecondReading, row: Row) -> str:
    """The line, and what stands before it as far as a sentence can reach."""
    text = reading.text(row)
    first, last = text.clause(row["start"], row["end"])
    return text.key(min(first, max(0, row["start"] - 160)), last)


def _above(reading: SecondReading, row: Row) -> str:
    """The header of a table stands some way above its cells."""
    document = reading.documents[row["document_id"]]
    return reading.text(row).said(max(document["start"], row["start"] - 3000), row["start"])


RULES = (
    ColumnCheck("indicators", "value", ("Giá trị đúng là số trong nguyên văn", "The quote says the value"), read_value),
    ColumnCheck("indicators", "value_high", ("Giá trị trên đúng là số trong nguyên văn", "The quote says the upper value"), read_value_high),
    ColumnCheck("indicators", "denominator", ("Mẫu số đúng là số sau gạch chéo", "The quote says the denominator"), read_denominator),
    ColumnCheck("indicators", "unit", ("Đơn vị được viết cạnh con số", "The unit is written by the number"), read_unit),
    ColumnCheck("indicators", "comparator", ("Từ so sánh đúng như nguyên văn", "The words say the comparator"), read_comparator),
    ColumnCheck("indicators", "change", ("Tăng, giảm đúng như lời văn", "The words say the change"), read_change),
    ColumnCheck("indicators", "kind", ("Mục tiêu hay kết quả đúng như thời gian và lời văn", "Time and words allow the kind"), read_kind),
    ColumnCheck("indicators", "period", ("Năm của số liệu được nêu ở chỗ cho nó", "The period's years are named"), read_period),
    ColumnCheck("indicators", "name", ("Tên gồm các từ đứng cạnh con số", "The name's words stand by the number"), read_name),
    ColumnCheck("indicators", "measure_id", ("Đại lượng có các từ của nó trong tên", "The measure's words stand in the name"), read_measure),
)  # fmt: skip
