"""Where a document that a page or an export ran together on one line has its parts.

Sharing sites print whole documents without a line break: `UBND TỈNH … CỘNG HÒA … Số: … Kính gửi: …`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from khplans.knowledge.document_types import document_types
from khplans.knowledge.wording import Wording
from khplans.reading.lines.document_numbers import NUMBER
from khplans.reading.lines.phrases import MOTTO
from khplans.text.letters import UPPER
from khplans.text.passage import MOST_MARKS
from khplans.text.shadow import shadow

# What a browser prints over a page: the hour and the page's title.
PRINTED_HOUR = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d [AP]M\b[^\n\t|]{0,100}")

_LONG = 150  # characters: a line of a letterhead is seldom longer
_HEAD = 600  # of a line, where a letterhead would stand
_NUMBER = re.compile(rf"\bS[ốôoỐÔO0]\s*:?\s*{NUMBER}")
_DATE = Wording(
    r"(?:[\w.'-]+ ){0,4}[\w.'-]+, ?ngay ?\d{0,2} ?thang ?\d{0,2} ?nam ?\d{4}|ngay \d{1,2} thang \d{1,2} nam \d{4}",
    "Hà Giang, ngày 5 tháng 3 năm 2024",
    folded=True,
)
_PLACE = Wording(
    rf"(?:(?:TP\.?|[{UPPER}][^\W\d_]*+(?:-[{UPPER}][^\W\d_]*+)*) ?){{1,5}}, ?ngày",
    "Hà Giang, ngày",
    exact=True,
)
_BODY = Wording(
    r"(?<=[\s.;:])(?:V/v|Kính gửi|Nơi nhận|QUYẾT (?:ĐỊNH|NGHỊ) ?:|Điều \d{1,3}[.:]"
    rf"|[IVX]{{1,4}}\. ?(?=[{UPPER}])|(?:- ?)?Căn cứ (?=<opens a basis>))",
    "số 12. Căn cứ Luật",
    exact=True,
)


def cuts(line: str) -> list[int]:
    """Where a line holding a whole document should be cut; none where it holds no letterhead.

    >>> text = "UBND TỈNH HÀ NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số: 5/KH-UBND Hà Nam, ngày 2 tháng 3 năm 2020"
    >>> text += " KẾ HOẠCH Trồng rừng Căn cứ Luật Lâm nghiệp;" + " Ủy ban nhân dân tỉnh ban hành kế hoạch." * 6
    >>> [text[a:b].strip()[:16] for a, b in zip([0, *cuts(text)], [*cuts(text), None])]
    ['UBND TỈNH HÀ NAM', 'CỘNG HÒA XÃ HỘI ', 'Số: 5/KH-UBND', 'Hà Nam, ngày 2 t', 'KẾ HOẠCH', 'Trồng rừng', 'Căn cứ Luật Lâm ']
    """
    if not unicodedata.is_normalized("NFC", line):
        composed, starts = _composed(line)
        return [starts[cut] for cut in _cuts(composed)]
    return _cuts(line)


def _cuts(line: str) -> list[int]:
    """The same of a line whose letters are composed.

    >>> from itertools import pairwise
    >>> head = "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG Số: 12/KH-UBND CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    >>> text = f"{head} Hà Giang, ngày 5 tháng 1 năm 2023 KẾ HOẠCH Trồng rừng năm 2023 Căn cứ Luật Lâm nghiệp;" + " Trồng rừng." * 30
    >>> cuts = _cuts(text)
    >>> [text[i:j].strip() for i, j in pairwise([0, *cuts])][:3], _cuts("Rừng."), _cuts("Rừng. " * 90)
    (['ỦY BAN NHÂN DÂN TỈNH HÀ GIANG', 'Số: 12/KH-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'], [], [])
    """
    if len(line) < _LONG:
        return []
    low = shadow(line[:_HEAD])
    mottos = _mottos(line, low)
    if not mottos:
        return []
    spans = [*mottos, *_number_and_date(line, low, mottos)]
    end = max(stop for _, stop in spans)
    spans += _kind_of_document(line, end)
    offsets = {offset for span in spans for offset in span}
    offsets |= {match.start() for match in _BODY.finditer(line, end)}
    return _between_words(line, offsets)


def _between_words(line: str, offsets: Iterable[int]) -> list[int]:
    """Those offsets, in order, that have words on both sides, up to the one before.

    >>> _between_words(" UBND TỈNH  Số: 5", [0, 11, 12, 17])
    [11]
    """
    kept: list[int] = []
    for offset in sorted(offsets):
        if line[kept[-1] if kept else 0 : offset].strip() and line[offset:].strip():
            kept.append(offset)
    return kept


def _mottos(line: str, low: str) -> list[tuple[int, int]]:
    """Where mottos stand; none where they are words of a sentence, in small letters.

    >>> _mottos("UBND TỈNH Độc lập - Tự do - Hạnh phúc", "ubnd tinh doc lap - tu do - hanh phuc")
    [(10, 37)]
    >>> _mottos("nước Cộng hòa xã hội chủ nghĩa Việt Nam", "nuoc cong hoa xa hoi chu nghia viet nam")
    []
    """
    found = MOTTO.finditer(low)
    spans = [match.span() for match in found if not low[: match.start()].endswith("nuoc ")]
    printed = any(line[a:b].isupper() or low[a:b].startswith("doc") for a, b in spans)
    return spans if printed else []


def _number_and_date(
    line: str, low: str, mottos: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where the number stands, and the date with its place.

    >>> text = "CỘNG HÒA Số: 5/KH-UBND Hà Nam, ngày 2 tháng 3 năm 2020 KẾ HOẠCH"
    >>> [text[a:b] for a, b in _number_and_date(text, shadow(text), [(0, 8)])]
    ['Số: 5/KH-UBND', 'Hà Nam, ngày 2 tháng 3 năm 2020']
    """
    number = _NUMBER.search(line, 0, _HEAD)
    if number:
        yield number.span()
    if date := _DATE.search(low, mottos[0][0]):
        place = _PLACE.search(line[: date.end()], number.end() if number else mottos[0][1])
        yield (place or date).start(), date.end()


def _kind_of_document(line: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the kind of document is announced, near the end of the letterhead.

    >>> list(_kind_of_document("Hà Nam, ngày 2 tháng 3 năm 2020 KẾ HOẠCH Trồng rừng", 31))
    [(32, 40)]
    """
    kind = _kind().search(line, end)
    if kind and kind.start() < end + 200:
        yield kind.span()


# Composing takes the square of how many marks stand together; more on one letter are no writing.
_LETTER = re.compile(rf"[^\u0300-\u036f]?[\u0300-\u036f]{{0,{MOST_MARKS}}}", re.DOTALL)


def _composed(line: str) -> tuple[str, list[int]]:
    """A line with its decomposed accents composed, and where in the line each character begins.

    >>> _composed("Ho\u0300a")
    ('Hòa', [0, 1, 3])
    """
    composed: list[str] = []
    starts: list[int] = []
    for letter in _LETTER.finditer(line):
        written = unicodedata.normalize("NFC", letter[0])
        composed.append(written)
        starts += [letter.start()] * len(written)
    return "".join(composed), starts


@cache
def _kind() -> re.Pattern[str]:
    """A kind of document in capitals: the longest name first."""
    names = sorted((kind.name.upper() for kind in document_types()), key=lambda n: (-len(n), n))
    glued = rf"(?=[{UPPER}][^\W\d_{UPPER}])"
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?:(?!\w| ?:)|{glued})")
