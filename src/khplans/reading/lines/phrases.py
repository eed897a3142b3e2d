"""Patterns for the standing phrases of a letterhead, in plain letters (see `shadow`)."""

from __future__ import annotations

from datetime import date

from khplans.knowledge.wording import Wording

MOTTO = Wording(
    r"co[nm][gq]\s*h[o0]a?\s*x[a\W]?\s*h[o0]i\s*chu\s*n[gq]hia(?:\s*viet\s*nam)?"
    r"|doc\s+lap\s*\W?\s*tu\s*do\s*\W?\s*hanh\s*phuc"
    r"|dan[gq]\s+con[gq]\s+san\s+viet\s+nam|viet\s+nam\s+dan\s+chu\s+con[gq]\s+hoa",
    "Độc lập - Tự do - Hạnh phúc",
    folded=True,
)
# Figures as machines read them, or set apart: `l0`, `0 5`, `2 0 0 4`.
_DIGITS = r"[0-9ilo](?: ?[0-9ilo])?"
YEAR = r"(?:(?:19|20)[0-9lo]{2}|(?:1 9|2 0) \d \d)"
DATED = Wording(
    rf"n[gq]ay\s*(?P<day>{_DIGITS})\s*than[gq]\s*(?P<month>{_DIGITS})\s*,?\s*nam\s*(?P<year>{YEAR})(?!\d)"
    r"|n[gq]ay\s*(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<=,)\s*(?P<d2>\d{1,2})\s*[/.-]\s*(?P<m2>\d{1,2})\s*[/.-]\s*(?P<y2>(?:19|20)\d\d)(?!\d)",
    "ngày 5 tháng 3 năm 2024",
    folded=True,
)
_FIGURES = str.maketrans("ilo", "110", " ")


def find_date(text: str, start: int = 0) -> tuple[date, int, int] | None:
    """The first date that exists, in plain letters, and where it stands.

    >>> find_date("khanh hoa, ngay 05 thang l0 nam 2021")
    (datetime.date(2021, 10, 5), 11, 36)
    >>> find_date("ngay 0 5 thang 1 0 nam 2 0 2 1")[0]
    datetime.date(2021, 10, 5)
    >>> find_date("ngay 31 thang 2 nam 2021")
    """
    for match in DATED.finditer(text, start):
        day, month, year = (
            next(int(match[name].translate(_FIGURES)) for name in names if match[name])
            for names in (("day", "d", "d2"), ("month", "m", "m2"), ("year", "y", "y2"))
        )
        try:
            return date(year, month, day), match.start(), match.end()
        except ValueError:
            continue
    return None


def without_mottos(text: str, low: str) -> str:
    """The text with its mottos blanked out by line breaks, length kept.

    >>> without_mottos("UBND CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ubnd cong hoa xa hoi chu nghia viet nam").strip()
    'UBND'
    """
    for match in MOTTO.finditer(low):
        text = (
            f"{text[: match.start()]}{chr(10) * (match.end() - match.start())}{text[match.end() :]}"
        )
    return text
