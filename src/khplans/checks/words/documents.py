"""What a document's own words say of its number, kind, title, date, place, signer and headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from khplans.checks.words.citations import days_in, kinds_of
from khplans.checks.words.places import has, tight
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, ColumnCheck, Verdict, said_if
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.fold import fold

HEAD = 1500
"""Characters of a letterhead and title; what a web page says above a document is within `ABOVE`."""
ABOVE = 600
_TAGS = re.compile(r"<[^<>]{0,200}>")


_ALIKE = 0.8
"""How like its printed form a number is whose misread letters were put right."""


def read_number(reading: SecondReading, row: Row) -> Verdict:
    """The number stands in the letterhead or above it, and is like the one that is printed."""
    from difflib import SequenceMatcher

    number, printed = tight(row["number"] or ""), tight(row["number_raw"] or "")
    if number and printed and SequenceMatcher(None, number, printed).ratio() < _ALIKE:
        return CONTRADICTED
    return _read_number(reading, row, row["number"])


def read_number_raw(reading: SecondReading, row: Row) -> Verdict:
    """The number as printed stands in the letterhead."""
    return _read_number(reading, row, row["number_raw"])


def _read_number(reading: SecondReading, row: Row, number: str | None) -> Verdict:
    if number is None:
        return SAID
    head, wanted = tight(_head(reading, row)), tight(number)
    before = row["number_raw"] is None and wanted in reading.text(row).tight
    if wanted in head or before or wanted in tight(row["plan_title"]):
        return SAID
    return _unless_torn(head, number)


def _unless_torn(head: str, number: str) -> Verdict:
    """Doubtful where all parts of a number are there.

    >>> _unless_torn("so5kh-ubndngay", "5/KH-UBND"), _unless_torn("so6kh-ubnd", "5/KH-UBND")
    (<Verdict.DOUBTFUL: 'doubtful'>, <Verdict.CONTRADICTED: 'contradicted'>)
    """
    parts = [tight(part) for part in re.split(r"[/-]", number)]
    return DOUBTFUL if all(part in head for part in parts) else CONTRADICTED


def _head(reading: SecondReading, row: Row) -> str:
    text = reading.text(row)
    return _TAGS.sub(" ", text.said(row["start"] - ABOVE, row["start"] + HEAD))


def read_type(reading: SecondReading, row: Row) -> Verdict:
    """The kind is that of the number's symbol, and of the first line that a kind stands at the head of."""
    kind = row["document_type"]
    if kind is None:
        return SAID
    by_symbol, headed = kinds_of(row["number"] or ""), _kinds_headed(reading, row)
    if by_symbol:
        return _by_symbol(kind, by_symbol, headed)
    if headed:
        return said_if(kind == headed[0], DOUBTFUL if kind in headed else CONTRADICTED)
    is_letter = "kinhgui" in tight(reading.text(row).said(row["start"], row["end"]))
    if kind == "Công văn" or is_letter:
        return said_if(is_letter and kind == "Công văn", CONTRADICTED if is_letter else DOUBTFUL)
    return DOUBTFUL if tight(kind) in tight(_head(reading, row)) else CONTRADICTED


def _by_symbol(kind: str, by_symbol: frozenset[str], headed: list[str]) -> Verdict:
    """The verdict on a kind where the number's symbol stands for some.

    >>> _by_symbol("Quyết định", kinds_of("1/QĐ-UBND"), ["Quyết định", "Kế hoạch"]).value
    'said'
    >>> [_by_symbol(kind, kinds_of("1/QĐ-UBND"), ["Quyết định", "Kế hoạch"]).value for kind in ("Kế hoạch", "Quy định")]
    ['contradicted', 'contradicted']
    >>> _by_symbol("Quy chế", kinds_of("1/QCPH/UBND-UBMTTQ"), ["Quy chế"]).value
    'doubtful'
    """
    agreed = [one for one in headed if one in by_symbol]
    if kind in by_symbol:
        return said_if(not agreed or kind in agreed)
    return DOUBTFUL if kind in headed and not agreed else CONTRADICTED


def _kinds_headed(reading: SecondReading, row: Row) -> list[str]:
    """The kinds of document that stand at the head of a line or cell, in capitals or alone."""
    text = reading.text(row).text[max(0, row["start"] - ABOVE) : row["start"] + HEAD]
    lines = map(_kind_headed, re.split(r"[\n\t|]", _TAGS.sub("\n", text)))
    return [kind for kind in lines if kind]


def _kind_headed(line: str) -> str | None:
    """The kind of document that opens a line in capitals, or is all of it.

    >>> _kind_headed("**KẾ HOẠCH** phát triển"), _kind_headed("Quyết định"), _kind_headed("Kế hoạch này")
    ('Kế hoạch', 'Quyết định', None)
    """
    bare = tight(line)
    kind = next((name for key, name in _headings() if bare.startswith(key)), None)
    if kind is None:
        return None
    letters = "".join(filter(str.isalpha, line))[: len(tight(kind))]
    return kind if letters.isupper() or bare == tight(kind) else None


@cache
def _headings() -> tuple[tuple[str, str], ...]:
    """The kinds by what they look like, the longest first; a stamp says `Công văn đến`."""
    names = (row["name"] for row in read_table("document_types"))
    kinds = [(tight(name), name) for name in names if name not in ("Văn bản", "Công văn")]
    return tuple(sorted(kinds, key=lambda kind: -len(kind[0])))


def read_title(reading: SecondReading, row: Row) -> Verdict:
    """The title stands in the document's opening."""
    title = row["title"] or ""
    opening = reading.text(row).said(row["start"] - ABOVE, row["start"] + len(title) + 2 * HEAD)
    return said_if(tight(title) in tight(opening))


def read_place(reading: SecondReading, row: Row) -> Verdict:
    """The place stands before the date."""
    return said_if(tight(row["place"] or "") in tight(_head(reading, row)) + _tail(reading, row))


def _tail(reading: SecondReading, row: Row) -> str:
    return tight(reading.text(row).said(row["end"] - HEAD, row["end"] + ABOVE))


def read_date(reading: SecondReading, row: Row) -> Verdict:
    """The day stands in the letterhead, above it, or at the end."""
    if row["date"] is None:
        return SAID
    text = reading.text(row)
    places = (_head(reading, row), text.said(row["end"] - HEAD, row["end"] + ABOVE))
    days = {day for place in places for day in days_in(_fixed(re.sub(r"[*_]", "", place)))}
    if row["date"] in days:
        return SAID
    numbers = {int(n) for n in re.findall(r"\d{1,4}", text.said(row["start"], row["start"] + 700))}
    day = row["date"]
    return DOUBTFUL if numbers >= {day.day, day.month, day.year} else CONTRADICTED


def _fixed(words: str) -> str:
    """The digits of a day that a scan took for letters.

    >>> _fixed("Sơn La, ngày II tháng 09 năm 2025, ngày 03 tháng l0")
    'Sơn La, ngày 11 tháng 09 năm 2025, ngày 03 tháng 10'
    """
    return re.sub(
        r"(?<=ngày |háng )[lIO\d]{1,2}(?!\w)", lambda match: match[0].translate(_LETTERS), words
    )


_LETTERS = str.maketrans("lIO", "110")


def read_signer(reading: SecondReading, row: Row) -> Verdict:
    """The signer's name stands in the document."""
    said = reading.text(row).said(row["start"], row["end"] + ABOVE)
    return said_if(tight(row["signer"] or "") in tight(said))


def read_signer_raw(reading: SecondReading, row: Row) -> Verdict:
    """The name as printed stands in the source."""
    text = reading.text(row)
    return said_if(
        tight(row["signer_raw"] or "") in tight(text.text[row["start"] : row["end"] + ABOVE])
    )


def read_province(reading: SecondReading, row: Row) -> Verdict:
    """The province or one of its districts is named in the head, or is that of the place."""
    if row["province"] is None:
        return SAID
    head = tight(_head(reading, row)) + _tail(reading, row)
    if any(name in head for name in _places_of().get(row["province"], ())):
        return SAID
    return DOUBTFUL if tight(row["province"]) in reading.text(row).tight else CONTRADICTED


@cache
def _places_of() -> Mapping[str, frozenset[str]]:
    """The names by which each province is told: its own, its towns', its districts'."""
    found: dict[str, set[str]] = {}
    for row in read_table("provinces"):
        others = (*row["aliases"].split(";"), *row["seats"].split(";"))
        found.setdefault(row["name"], set()).update(
            tight(one) for one in (row["name"], *others) if one
        )
    for row in read_table("districts"):
        found.setdefault(row["province"], set()).update(
            tight(one) for one in row["names"].split(";")
        )
    return {province: frozenset(some) for province, some in found.items()}


def read_issuer(reading: SecondReading, row: Row) -> Verdict:
    """The issuing body's name, or the symbol for it in the number, stands in the head."""
    if row["issuer_id"] is None:
        return SAID
    agency = reading.agencies.get(row["issuer_id"])
    if agency is None or agency["province"] not in (None, row["province"]):
        return CONTRADICTED
    head = f" {fold(_head(reading, row))} {fold(reading.text(row).said(row['end'] - HEAD, row['end'] + ABOVE))} "
    for short, full in _SHORT_BODIES:
        head = head.replace(short, full)
    forms = [agency["name"], *reading.forms_of.get(row["issuer_id"], ())]
    if any(tight(form) in head.replace(" ", "") for form in forms):
        return SAID
    words = [word for word in fold(agency["name"]).split() if word not in ("tinh", "thanh", "pho")]
    symbols = {"".join(word[0] for word in words), *_issuer_symbols().get(agency["name"], ())}
    if any(len(one) > 1 and tight(row["number"] or "").endswith(one) for one in symbols):
        return SAID
    stand = sum(f" {word} " in head for word in words)
    headless = not has(head, "cong hoa xa hoi chu nghia", "dang cong san viet nam")
    return DOUBTFUL if headless or stand >= 0.7 * len(words) else CONTRADICTED


@cache
def _issuer_symbols() -> Mapping[str, tuple[str, ...]]:
    """The symbols in numbers by which the reviewed table tells each issuing body."""
    return {
        name: tuple(tight(one.strip("#")) for one in row["symbols"].split(";") if one)
        for row in read_table("issuers")
        for name in (row["name"], row["letterhead"])
    }


_SHORT_BODIES = (
    (" ubnd ", " uy ban nhan dan "),
    (" hdnd ", " hoi dong nhan dan "),
    (" y ban ", " uy ban "),
)


# --- sections


def read_heading(reading: SecondReading, row: Row) -> Verdict:
    """The heading's words stand where the section begins."""
    said = reading.text(row).said(row["start"], row["start"] + 3 * len(row["heading"] or "") + 200)
    return said_if(tight(_TAGS.sub("", row["heading"] or "")) in tight(_TAGS.sub("", said)))


_BEFORE_MARKER = "#*|_\\>-+•( "
_BEYOND_MARKER = r"(?![^\W_]|\.\d{1,2}[. ])"
"""What makes another marker of it: `II` begins with `I`, `1.1.` with `1`."""


def read_marker(reading: SecondReading, row: Row) -> Verdict:
    """The marker opens the section, and is all that does."""
    if row["marker"] is None:
        return SAID
    said = _TAGS.sub("", reading.text(row).said(row["start"], row["start"] + 60))
    letters = map(re.escape, row["marker"].lower().replace(" ", ""))
    marker = re.compile("[ _*]*".join(letters) + _BEYOND_MARKER)
    return said_if(bool(marker.match(said.lstrip(_BEFORE_MARKER).lower())))


def read_path(reading: SecondReading, row: Row) -> Verdict:
    """The path is the markers of the sections above and its own."""
    markers = [
        one["marker"]
        for one in reading.headings({**row, "section_id": row["section_id"]})
        if one["marker"]
    ]
    return said_if((row["path"] or "") == "/".join(reversed(markers)))


# --- corrections and warnings


_COMPARED = 200


def read_after(_: SecondReading, row: Row) -> Verdict:
    """What is put right is most of it as it was.

    >>> def read(before, after): return read_after(None, {"before": before, "after": after})
    >>> read("Tuấn", "Tuân"), read("Tuấn", "Tuấn"), read("Tuấn", ""), read("Tuấn", "Rừng phòng hộ")
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.SAID: 'said'>, <Verdict.DOUBTFUL: 'doubtful'>)
    """
    from difflib import SequenceMatcher

    before, after = fold(row["before"][:_COMPARED]), fold((row["after"] or "")[:_COMPARED])
    if row["before"] == row["after"]:
        return CONTRADICTED
    alike = SequenceMatcher(None, before, after).ratio() >= 0.5
    return said_if(alike or not after or not before, DOUBTFUL)


def read_message(reading: SecondReading, row: Row) -> Verdict:
    """The severity and the sentence are those of the kind of warning."""
    kind = _warning_kinds().get(row["code"])
    if kind is None:
        return CONTRADICTED
    patterns = ((row["message"], kind["message"]), (row["message_en"], kind["message_en"]))
    alike = all(_says(said, pattern) for said, pattern in patterns)
    return said_if(row["severity"] == kind["severity"] and alike)


def _says(said: str, pattern: str) -> bool:
    """Whether words are those of a pattern, with anything in its places, one after the other.

    >>> [_says(said, "{a} khác {b} khác") for said in ("1 khác 2 khác", "1 khác 2")], _says("xb", "{a}b{c}b")
    ([True, False], False)
    """
    fixed = [part for part in re.split(r"\{\w+\}", pattern) if part]
    place = 0
    for part in fixed:
        found = said.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


@cache
def _warning_kinds() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in read_table("warnings")}


# --- what plans share


def read_instrument(_: SecondReading, row: Row) -> Verdict:
    """The year is that of the date, or of the number; the kind is one of the number's symbol.

    >>> def read(year, day=None, number="5/2020/QĐ-UBND", kind="Quyết định"):
    ...     return read_instrument(None, {"year": year, "date": day, "number": number, "document_type": kind}).value
    >>> read(2020), read(2021), read(None), read(2020, kind="Kế hoạch"), read(2021, number=None)
    ('said', 'contradicted', 'said', 'doubtful', 'said')
    """
    years = {row["date"].year} if row["date"] else set()
    years |= {int(year) for year in re.findall(r"/((?:19|20)\d\d)(?:/|$)", row["number"] or "")}
    if row["year"] is not None and years and row["year"] not in years:
        return CONTRADICTED
    kinds = kinds_of(row["number"] or "")
    return said_if(not kinds or row["document_type"] in kinds, DOUBTFUL)


def read_measure(_: SecondReading, row: Row) -> Verdict:
    """Name, theme and unit are those of the reviewed table of measures.

    >>> row = {"measure_id": "forest-cover", **_measures()["forest-cover"]}
    >>> read_measure(None, row), read_measure(None, {**row, "unit": "hectare"}), read_measure(None, {**row, "measure_id": "hoa"})
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.CONTRADICTED: 'contradicted'>)
    """
    known = _measures().get(row["measure_id"])
    columns = ("name", "name_en", "theme", "unit")
    return said_if(known is not None and all((row[c] or "") == known[c] for c in columns))


@cache
def _measures() -> Mapping[str, Mapping[str, str]]:
    return {row["measure_id"]: row for row in read_table("measures")}


def read_unit(_: SecondReading, row: Row) -> Verdict:
    """The names of a unit are those of the reviewed table, where it has the unit.

    >>> row = {"unit_id": "hectare", **_units()["hectare"]}
    >>> read_unit(None, row), read_unit(None, {**row, "name": "hoa"}), read_unit(None, {**row, "unit_id": "hoa", "name": "hoa"})
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.SAID: 'said'>)
    """
    known = _units().get(row["unit_id"])
    columns = ("name", "name_en", "symbol")
    return said_if(known is None or all((row[c] or "") == known[c] for c in columns))


@cache
def _units() -> Mapping[str, Mapping[str, str]]:
    return {row["unit_id"]: row for row in read_table("units")}


RULES = (
    ColumnCheck("documents", "number", ("Số, ký hiệu có trong văn bản", "The document says its number"), read_number),
    ColumnCheck("documents", "number_raw", ("Số như trong tệp có ở đầu văn bản", "The head has the number as printed"), read_number_raw),
    ColumnCheck("documents", "document_type", ("Loại văn bản ghi ở đầu", "The head says the kind"), read_type),
    ColumnCheck("documents", "title", ("Trích yếu có trong văn bản", "The title stands in the document"), read_title),
    ColumnCheck("documents", "place", ("Địa danh có ở đầu văn bản", "The head names the place"), read_place),
    ColumnCheck("documents", "date", ("Ngày có ở đầu văn bản", "The head says the date"), read_date),
    ColumnCheck("documents", "signer", ("Tên người ký có trong văn bản", "The signer's name stands there"), read_signer),
    ColumnCheck("documents", "signer_raw", ("Tên người ký như trong tệp", "The signer's name as printed"), read_signer_raw),
    ColumnCheck("documents", "province", ("Tỉnh được nêu ở đầu văn bản", "The head tells the province"), read_province),
    ColumnCheck("documents", "issuer_id", ("Cơ quan ban hành ghi ở đầu văn bản", "The head names the issuer"), read_issuer),
    ColumnCheck("sections", "heading", ("Lời đề mục đúng như nguồn", "The heading is the source's words"), read_heading),
    ColumnCheck("sections", "marker", ("Ký hiệu mở đầu đề mục", "The marker opens the section"), read_marker),
    ColumnCheck("sections", "path", ("Đường dẫn gồm các ký hiệu từ trên xuống", "The path is the markers above"), read_path),
    ColumnCheck("corrections", "after", ("Chữ sửa gần với chữ trong tệp", "What was put right is like what stood"), read_after),
    ColumnCheck("warnings", "message", ("Lời cảnh báo đúng loại", "The message is of its kind"), read_message),
)  # fmt: skip
SHARED_RULES = (
    ColumnCheck("instruments", "year", ("Năm và loại khớp với số và ngày", "Year and kind fit number and date"), read_instrument),
    ColumnCheck("units", "name", ("Đơn vị đúng như bảng tri thức", "The unit is as reviewed"), read_unit, sure=True),
    ColumnCheck("measures", "name", ("Đại lượng đúng như bảng tri thức", "The measure is as reviewed"), read_measure, sure=True),
)  # fmt: skip
