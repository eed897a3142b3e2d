"""Lines that announce themselves: the kind of document, rules, stamps, captions of annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.wording import Wording, opening_words
from khplans.reading.lines.line import Line
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.phrases import MOTTO

_RULE = re.compile(r"[-–—_=*.~•☆★|\\\s+]+")
_ARRIVED = Wording(r"\W*(?:cong\s+van\s+)?den(?:\W+so\b.*|\W*)$", "CÔNG VĂN ĐẾN", folded=True)
_STAMP_PART = Wording(
    r"\W*(?:gio\b|ngay\s*\W{0,3}\d{1,2}[/.-]\d|ngay\W*$|chuyen\b|so\W{0,3}[\w. ()]{0,14}$|luu ho so|ubnd\W|so\s*:)",
    "Lưu hồ sơ",
    folded=True,
)
_SIGNED = Wording(r"\W*<signed by machine>\s*:", "Người ký: Ủy ban nhân dân", folded=True)
_SIGNED_VALUE = re.compile(r"[\d:.+ /-]+$|[\w.-]+@|\S*-$")
_CAPTION = Wording(
    r"\W*(?:duoc\s+)?(?:<enclosed by>\b.{0,30}?\s)?kem\b(?:\s+theo)?.{0,40}?\b(?:so|<enclosing>)\b"
    r"|\W*\(\W*<by which>\b.{0,30}?\b<cited document> so\b",
    "(Ban hành kèm theo Quyết định số 12)",
    folded=True,
)
_ANNEX = Wording(r"\W*(?:<annex>|(?:bieu|mau) \d)\b", "Phụ lục I", folded=True)


def is_drawn_rule(line: Line) -> bool:
    """Whether a line is drawn, not written: `-------`, `* * *`, `_____`, a lone `|`.

    >>> from khplans.reading.lines.line import lines_of
    >>> [is_drawn_rule(line) for line in lines_of("* * *\\n- Như trên")]
    [True, False]
    """
    return bool(_RULE.fullmatch(line.raw)) if line.raw else True


@cache
def _squeezed() -> dict[str, str]:
    """Kinds by their folded name without spaces, so that spaced and torn words are read too."""
    return {key.replace(" ", ""): kind.name for key, kind in types_by_name().items()}


_KIND = Wording(r"(<document type>)\b", "kế hoạch", folded=True)


def kind_line(line: Line) -> tuple[str, str] | None:
    """The kind of document that a line announces and the words of the title after it, or None.

    The line stands out: in capitals, or as a Markdown heading, or bold.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("KẾ HOẠCH\\nQUYẾT ĐỊNH BAN HÀNH QUY CHẾ\\nKế hoạch này\\nQUYẾT ĐỊNH:")
    >>> [kind_line(line) for line in lines]
    [('Kế hoạch', ''), ('Quyết định', 'BAN HÀNH QUY CHẾ'), None, None]
    """
    if not _may_announce(line):
        return None
    whole = _squeezed().get(line.key.replace(" ", ""))
    if whole:
        return whole, ""
    match = _KIND.match(line.key)
    if match and line.capitals and not MOTTO.search(line.low):
        name = types_by_name()[match[1]].name
        return name, " ".join(line.text.split()[len(name.split()) :]).lstrip(" -–:")
    return None


def _may_announce(line: Line) -> bool:
    """Whether a line stands out, is no longer than titles are and introduces nothing.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> [_may_announce(line) for line in numbered_lines("KẾ HOẠCH\\nKẾ HOẠCH:\\nKế hoạch")]
    [True, False, False]
    """
    text = line.text
    return 0 < len(text) <= 500 and not text.endswith((",", ";", ":")) and line.stressed


def is_caption(line: Line) -> bool:
    """Whether a line says what an annex came with.

    >>> from khplans.reading.lines.line import lines_of
    >>> [is_caption(line) for line in lines_of("(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\\nKế hoạch")]
    [True, False]
    """
    return len(line.text) < 420 and bool(_CAPTION.match(line.low))


def is_annex_label(line: Line) -> bool:
    """Whether a line opens an annex by name; one in small letters is short.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "PHỤ LỤC I\\nBiểu số 02\\nDanh mục nhiệm vụ của các sở, ngành"
    >>> [is_annex_label(line) for line in lines_of(text)]
    [True, True, False]
    """
    if not _ANNEX.match(line.key) or len(line.text) > 250:
        return False
    return line.capitals or bool(line.hashes) or line.bold or len(line.text) < 25


def stamps(lines: Sequence[Line], first: int, stop: int) -> set[int]:
    """The lines, by index, of stamps of arrival and electronic signatures between two lines.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "VĂN PHÒNG UBND TỈNH\\nĐẾN Số: 145\\nNgày: 12/3/2024\\nKẾ HOẠCH\\nNgười ký: Văn phòng\\n12.03.2024"
    >>> lines = lines_of(text)
    >>> sorted(stamps(lines, 0, len(lines)))
    [0, 1, 2, 4, 5]
    """
    found: set[int] = set()
    for i in range(first, stop):
        low = lines[i].low
        if len(low) < 60 and _ARRIVED.match(low):
            above = range(i - 1, max(first, i - 3) - 1, -1)
            below = range(i + 1, min(stop, i + 6))
            found.add(i)
            found.update(takewhile(lambda j: _heads_stamp(lines[j], lines[j + 1]), above))
            found.update(takewhile(lambda j: _of_stamp(lines[j]), below))
        elif len(low) < 90 and _SIGNED.match(low):
            below = range(i + 1, min(stop, i + 8))
            found.add(i)
            found.update(takewhile(lambda j: _of_signature(lines[j], lines[j - 1]), below))
    return found


def _heads_stamp(line: Line, below: Line) -> bool:
    """Whether a line over a stamp's says whose stamp it is: `CÔNG BÁO`.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> above, stamp = numbered_lines("CÔNG BÁO\\nGiờ: 9")
    >>> _heads_stamp(above, stamp), _heads_stamp(numbered_lines("KẾ HOẠCH\\nSố: 9")[0], stamp)
    (True, False)
    """
    if below.row - line.row != 1 or len(line.text) >= 50 or line.hashes:
        return False
    return line.capitals and not kind_line(line)


def _of_stamp(line: Line) -> bool:
    """Whether a line is a stamp's number, date or place in the files.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> [_of_stamp(line) for line in numbered_lines("Giờ: 9\\nKẾ HOẠCH")]
    [True, False]
    """
    return len(line.text) < 50 and _STAMP_PART.match(line.low) is not None


def _of_signature(line: Line, above: Line) -> bool:
    """Whether a line goes on with an electronic signature: `Cơ quan: …`, or a field's value.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> above, field, words = numbered_lines("Người ký: A\\nCơ quan: B\\nSở Y tế rà soát")
    >>> _of_signature(field, above), _of_signature(words, field)
    (True, False)
    """
    if line.row - above.row > 1 or len(line.text) > 60:
        return False
    return bool(_SIGNED.match(line.low) or _SIGNED_VALUE.match(line.low))


def opens_body(line: Line) -> bool:
    """Whether a line is running text by its first words or its length.

    >>> from khplans.reading.lines.line import lines_of
    >>> [opens_body(line) for line in lines_of("Căn cứ Luật Lâm nghiệp;\\nVề việc trồng rừng")]
    [True, False]
    """
    if len(line.text) > 260 or (len(line.text) > 70 and _PROSE.match(line.key)):
        return True
    return line.key.startswith(("can cu ", "xet ", "theo de nghi", "thuc hien ", "kinh gui"))


# How running text begins, above all news of a document, which no title or letterhead does.
_PROSE = Wording(
    r"(?:ngay \d+|(?:sang|chieu) (?:nay|ngay)? ?\d+|nham |<opens news>)(?!\w)",
    "Trên cơ sở kết quả",
    folded=True,
)
_SIGNED_MARK = Wording(r"\W*da ky\b\W*", "(Đã ký)", folded=True)


def signs_in_small_letters(lines: Sequence[Line], i: int) -> bool:
    """Whether an office in small letters stands over `(Đã ký)`, or that alone over a name.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("Chủ tịch\\n(Đã ký)\\nNguyễn Văn Hải")
    >>> [signs_in_small_letters(lines, i) for i in range(3)]
    [True, True, False]
    """
    line = lines[i]
    if len(line.text) > 40:
        return False
    below = next((after for after in lines[i + 1 : i + 4] if after.text), None)
    if below is None:
        return False
    if _SIGNED_MARK.fullmatch(line.low):
        return person_name(below.text) is not None
    office = opening_words("signer").fullmatch(line.key)
    return bool(office) and bool(_SIGNED_MARK.match(below.low))


def is_signing_office(line: Line) -> bool:
    """Whether a line in capitals names an office that signs.

    >>> from khplans.reading.lines.line import lines_of
    >>> [is_signing_office(line) for line in lines_of("CHỦ TỊCH\\nKT. BỘ TRƯỞNG\\nChủ tịch")]
    [True, True, False]
    """
    return line.capitals and bool(
        opening_words("signer").match(line.key) or opening_words("on_behalf").match(line.key)
    )
