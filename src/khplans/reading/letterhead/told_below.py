"""What the text of a document tells of its letterhead: the number, the issuer's capitals, the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.provinces import Province
from khplans.knowledge.wording import Wording
from khplans.model import Doubt
from khplans.reading.letterhead.issuers import complete_issuer, read_issuer
from khplans.reading.letterhead.read import Letterhead
from khplans.reading.lines.document_numbers import (
    NUMBER,
    looks_misread,
    normal_number,
    symbol_parts,
)
from khplans.reading.lines.line import Line
from khplans.reading.lines.phrases import find_date
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import fold
from khplans.text.passage import Span

_LAST_LINES = 400
"""How many lines from the end are searched for the sentence that tells when it was passed."""
_FIRST_LINES = 60
"""How many lines of the text are searched for the issuer's name."""
_ADOPTED = Wording(
    r"(?:nay|luat) (?:da )?duoc <adopts>\b", "nghị quyết này đã được hội đồng nhân dân", folded=True
)
_CAPTION = Wording(
    rf"kem\s+(?:theo\s+)?[^.;]{{0,60}}?\bso\s*:?\s*(?P<number>{NUMBER})",
    "kem theo quyet dinh so 12/qd-ubnd",
)
_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_IN_WHOSE_NAME = Wording(r"\W*T/?M\.? ?(?P<body>.+?)\W*", "TM. ỦY BAN NHÂN DÂN TỈNH", exact=True)
_SIGNATURE = 12
"""How many lines from the end are searched for whose name a letter is signed in."""
_IN_NO_TABLE = Wording("<body in no table> ", "Ban Chỉ đạo Phổ cập giáo dục", exact=True)


def issuer_as_written(issuer: str | None, body: Sequence[Line]) -> str | None:
    """An issuer's name with the capitals that the text gives it, for names that are in no table.

    >>> from khplans.model import Source
    >>> from khplans.reading.lines.line import read_lines
    >>> body = read_lines(Source("p", "Căn cứ quy chế của Ban Chỉ đạo Phổ cập giáo dục;"))
    >>> issuer_as_written("Ban Chỉ đạo phổ cập giáo dục", body)
    'Ban Chỉ đạo Phổ cập giáo dục'
    """
    if issuer is None or not _IN_NO_TABLE.match(issuer):
        return issuer
    for line in body[:_FIRST_LINES]:
        at = line.text.lower().find(issuer.lower())
        if at >= 0 and not line.capitals:
            return line.text[at : at + len(issuer)]
    return issuer


def issuer_of_signature(
    body: Sequence[Line], place: str | None, province: Province | None
) -> str | None:
    """The body in whose name a letter is signed that has no letterhead but the place and the day.

    >>> from khplans.knowledge.provinces import find_province
    >>> from khplans.model import Source
    >>> from khplans.reading.lines.line import read_lines
    >>> lines = read_lines(Source("p", "Các huyện trồng rừng.\\nTM. ỦY BAN NHÂN DÂN TỈNH\\nCHỦ TỊCH"))
    >>> issuer_of_signature(lines, "Hà Giang", find_province("Hà Giang")), issuer_of_signature(lines, None, None)
    ('Ủy ban nhân dân tỉnh Hà Giang', None)
    """
    if province is None:
        return None
    signed = (_IN_WHOSE_NAME.fullmatch(line.text) for line in body[-_SIGNATURE:])
    name = next((line["body"] for line in signed if line), None)
    issuer = read_issuer([name]) if name else None
    return complete_issuer(issuer, None, None, place, province) if issuer else None


def day_of_adoption(body: Sequence[Line]) -> date | None:
    """The day on which an assembly passed its resolution or law, which such letterheads leave out.

    >>> from khplans.model import Source
    >>> from khplans.reading.lines.line import read_lines
    >>> text = "Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 9 tháng 12 năm 2022."
    >>> str(day_of_adoption(read_lines(Source("p", text))))
    '2022-12-09'
    """
    for i in range(len(body) - 1, max(-1, len(body) - _LAST_LINES), -1):
        if found := _ADOPTED.search(body[i].low):
            words = " ".join(line.low for line in body[i : i + 3])
            dated = find_date(words, found.end())
            return dated[0] if dated else None
    return None


@dataclass(frozen=True)
class NumberAndCaptions:
    """The number in a letterhead, and those that the captions of annexes name of its symbol and year."""

    printed: str | None
    kind: str | None
    captions: tuple[str, ...]
    span: Span | None = None

    @once
    def others(self) -> tuple[str, ...]:
        """What the captions name that is not the letterhead's number."""
        return tuple(sorted(set(self.captions) - {self.printed}))

    @property
    def unnamed(self) -> bool:
        """Whether the captions name others, and never the letterhead's."""
        return bool(self.others) and self.printed not in self.captions

    @property
    def misread(self) -> bool:
        """Whether the letterhead's figures are no figures."""
        return self.printed is not None and looks_misread(self.printed)

    @property
    def of_kind(self) -> bool:
        """Whether the captions agree on one number (`12/QĐ-UBND`), and its symbol stands for the document's kind."""
        if len(self.others) != 1:
            return False
        parts = symbol_parts(self.others[0])
        kind = types_by_symbol().get(parts[0].upper()) if parts else None
        return kind is not None and kind.name == self.kind


@dataclass(frozen=True, slots=True)
class RightNumber:
    """Whose number it is, the captions' or the letterhead's, and whether that is doubtful."""

    of_captions: bool
    doubtful: bool


# fmt: off
RIGHT_NUMBER: Rules[NumberAndCaptions, RightNumber] = Rules("right-number", NumberAndCaptions, (
    Rule("lost-but-in-captions", (None, "Kế hoạch", ("12/KH-UBND",)),
         lambda case: case.printed is None and case.of_kind, RightNumber(True, False)),
    Rule("no-number", (None, "Kế hoạch", ()),
         lambda case: case.printed is None, RightNumber(False, False)),
    Rule("misread-and-captions-tell", ("I2/KH-UBND", "Kế hoạch", ("12/KH-UBND",)),
         lambda case: case.misread and case.unnamed and len(case.others) == 1, RightNumber(True, True)),
    Rule("captions-agree-on-another", ("13/KH-UBND", "Kế hoạch", ("12/KH-UBND", "12/KH-UBND")),
         lambda case: case.unnamed and len(case.others) == 1 and len(case.captions) > 1,
         RightNumber(True, True)),
    Rule("misread", ("I2/KH-UBND", "Kế hoạch", ()),
         lambda case: case.misread, RightNumber(False, True)),
    Rule("captions-name-another", ("13/KH-UBND", "Kế hoạch", ("12/KH-UBND",)),
         lambda case: case.unnamed, RightNumber(False, True)),
    Rule("letterhead", ("12/KH-UBND", "Kế hoạch", ("12/KH-UBND",)),
         always, RightNumber(False, False)),
))
# fmt: on


def right_number(
    letterhead: Letterhead, lines: Sequence[Line], stop: int
) -> tuple[str | None, Doubt | None]:
    """The document's number, put right by the captions of its own annexes where they differ.

    A caption speaks of this document when its symbol and year are the same and the title doesn't cite that
    number. It wins over a header whose figures are no figures; over others only where captions agree and there
    are two or more.

    >>> from khplans.reading.letterhead.read import read_letterhead
    >>> from khplans.reading.lines.line import lines_of
    >>> def number(printed, *captions):
    ...     text = "\\n".join((f"Số: {printed}", "KẾ HOẠCH", "Trồng rừng", *(f"(Kèm theo Kế hoạch số {one})" for one in captions)))
    ...     lines = lines_of(text)
    ...     right, doubt = right_number(read_letterhead(text, lines, 0, len(lines)), lines, len(lines))
    ...     return right, doubt and doubt.facts["read"]
    >>> number("12/KH-UBND", "12/KH-UBND"), number("I2/KH-UBND", "12/KH-UBND")
    (('12/KH-UBND', None), ('12/KH-UBND', '12/KH-UBND'))
    """
    printed = letterhead.number
    cited = fold(letterhead.title or "")
    in_captions = _in_captions(lines[letterhead.end : stop], printed)
    named = tuple(number for number in in_captions if fold(number) not in cited)
    number_line = letterhead.number_line
    at = lines[number_line if number_line is not None else letterhead.first].span
    case = NumberAndCaptions(printed, letterhead.document_type, named, at)
    decided = RIGHT_NUMBER.decide(case)
    right = case.others[0] if decided.of_captions else printed
    if not decided.doubtful or right is None:
        return right, None
    shown = letterhead.number_raw or printed or ""
    facts = {"printed": shown, "read": right, "named": ", ".join(case.others)}
    return right, Doubt("number-looks-misread", at, facts)


def _may_be_the_same(printed: str, number: str) -> bool:
    """Whether two numbers have one symbol, and no year speaks against it.

    >>> _may_be_the_same("I2/2025/NQ-HĐND", "12/2025/NQ-HĐND"), _may_be_the_same("35/2025/NQ-HĐND", "11/2022/NQ-HĐND")
    (True, False)
    """
    years = {found[1] for found in map(_YEAR.search, (printed, number)) if found}
    return symbol_parts(printed) == symbol_parts(number) and len(years) < 2


def _in_captions(body: Sequence[Line], printed: str | None) -> list[str]:
    """The numbers that the captions of annexes name, of the printed one's symbol where there is one.

    >>> from khplans.model import Source
    >>> from khplans.reading.lines.line import read_lines
    >>> text = "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2023)\\n(Kèm theo Quyết định số 7/QĐ-UBND)"
    >>> _in_captions(read_lines(Source("p", text)), "I2/KH-UBND")
    ['12/KH-UBND']
    """
    found = []
    for line in body:
        if len(line.text) > 420 or "kèm" not in line.text.lower():
            continue
        if match := _CAPTION.search(line.low):
            number = normal_number(line.text[match.start("number") : match.end("number")])
            if printed is None or _may_be_the_same(printed, number):
                found.append(number)
    return found
