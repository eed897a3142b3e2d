"""Laws cited by name: `Luật Đất đai năm 2024`, `Bộ luật Lao động số 45/2019/QH14`, `Hiến pháp 2013`.

A law that amends others names them in its title; the whole is one mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from khplans.knowledge.citations import laws_by_name
from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording
from khplans.rules import Placeless, Rule, Rules, always
from khplans.text.dates import DAY
from khplans.text.fold import fold

_KIND: Final = (
    r"[Bb][ộỘ] ?[lL][uU][ậẬ][tT]|[Ll]uật|LUẬT|[Pp]háp ?lệnh|PHÁP ?LỆNH|[Hh]iến ?pháp|HIẾN ?PHÁP"
)
# Spaces may be lost on either side (`cứLuật`, `LuậtĐất đai`).
LAW_HEAD: Final = re.compile(
    rf"(?:(?<!\w)|(?<=[a-zà-ỹ])(?=[LPBH]))(?:{_KIND})(?:(?!\w)|(?<=[tnh])(?=[A-ZĐ][a-zà-ỹ]))"
)
_NOT_LAW = Wording(r"<makes law another word>\s$", "pháp ")
_OF_A_TREATY = Wording(r"(?<!\w)<treaty>[^.;:,]{0,60} về\s$", "Công ước Liên hợp quốc về ")
_TREATY_LENGTH = 90
_NUMBER = (
    r"(?<![\w/])(?:\d{1,3}[a-z]?/(?:19|20)\d\d[/ ]?(?:(?:PL-)?UBTVQH|QH) ?\d{0,2}(?!\w)"
    r"|\d{1,3}-L/CTN|\d{1,3}[-/]LCT/HĐNN\d)"
)
_WORD = r"[^\s;:.\"“”]{1,30}"
# The name, then its number (and date), its date, or its year alone.
_CITED = Wording(
    rf"(?P<name>(?:(?: |(?<=uật)|(?<=lệnh)){_WORD}(?: {_WORD}){{0,44}}?)??)"
    rf"(?:(?:,? \(?(?:luật )?s[ốọóổôo6]:?)? ?\(?(?P<number>{_NUMBER})"
    rf"(?:\)?,? \(?(?:(?:đã )?được Quốc hội[^;.]{{0,60}}? thông qua )?(?P<after>{DAY}))?"
    rf"|,? \(?(?P<day>{DAY})"
    r"|,? (?:năm )?(?P<year>(?:19|20)\d\d)(?!\w|[/.-]\d))",
    " Đất đai số 31/2024/QH15",
)
_NUMBER_AT_THE_END = re.compile(rf",? s[ốọóổôo6]:? ?(?P<number>{_NUMBER}),?$", re.IGNORECASE)
_BARE_DAY = re.compile(r"\w \d")
_AMENDING = Wording(r" ?s[ửứ]a đổi(?!\s*(?:năm|\)))", " sửa đổi một số điều")
_AMENDED = Wording(
    rf"(?P<title>[^;:“”\"]{{10,600}}?)(?: (?P<day>{DAY})|,? (?:năm )?(?P<year>(?:19|20)\d\d)(?!\w|[/.-]\d))",
    "một số điều của Luật Giá năm 2024",
)
_PASSED = Wording(
    r",? (?:đã )?<made by> (?:Quốc hội|[ỦU][yỷ] ban Thường vụ Quốc hội|Hội đồng Nhà nước)"
    r"(?: nước Cộng h[òo][àa] xã hội chủ nghĩa Việt Nam)?(?:,? \(?kh[óo][aá] \w+\)?)?"
    r"(?:,? kỳ họp thứ \w+)?,?(?: (?:đã )?<passed>)?$"
    r"|,?(?: đã)?(?: được)? (?:ký lệnh )?<passed>$"
    r"|,?(?: đã)? được sửa đổi(?:,? bổ sung)?(?: một số điều)?$",
    " đã được Quốc hội khóa XV, kỳ họp thứ 6 thông qua",
)
_QUALIFIER = Wording(
    r" ?(?:\(<amended as>[^)]{0,30}\)?| ?(?:sửa đổi|bổ sung)[\w, ]{0,20})$", " (sửa đổi)"
)
_BASIS = Wording(
    r"(?<!\w)căn cứ (?:<unit of an article> [\w, ]{1,40} )?(?:của )?$", "Căn cứ khoản 2 Điều 7 của "
)
# Words of another document or sentence; some a title may hold.
_OTHER = Wording(r"(?<!\w)(?:<other document>|<in the title of a law>)(?!\w)", "theo Kế hoạch")
_AMENDS = Wording("<amends>", "sửa đổi")
_IN_A_TITLE = Wording(r"(?<!\w)<in the title of a law>(?!\w)", "theo")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class LawMention:
    """A law cited at `text[i:j]`; `until` is where its title with all it names ends.

    `day` is its date as written, `year` that of the date, the number or alone; `broken` says that
    its number had no slash after its year.
    """

    i: int
    j: int
    until: int
    kind: str
    name: str
    number: str | None
    day: str | None
    year: int | None
    broken: bool = False


def find_laws(text: str) -> list[LawMention]:
    """Laws, codes, ordinances and the Constitution cited by name with a number, date or year.

    >>> [(m.kind, m.name, m.day) for m in find_laws("Căn cứ Luật Đất đai ngày 18/01/2024;")]
    [('Luật', 'Đất đai', 'ngày 18/01/2024')]
    """
    found: list[LawMention] = []
    position = 0
    for head in LAW_HEAD.finditer(text):
        if head.start() < position or not is_law_head(text, head.start()):
            continue
        mention = _amending(text, head) or _named(text, head)
        if mention is not None:
            found.append(mention)
            position = mention.until
    return found


def is_law_head(text: str, start: int) -> bool:
    """Whether `Luật` at `text[start:]` is no part of another word (`pháp luật`, `Đại học Luật`) or of a treaty's name.

    >>> words = "Công ước quốc tế về Luật Đường sắt 1999, Luật Đường sắt 2017"
    >>> [is_law_head(words, head.start()) for head in LAW_HEAD.finditer(words)]
    [False, True]
    """
    if _NOT_LAW.search(text, max(0, start - 9), start):
        return False
    return _OF_A_TREATY.search(text, max(0, start - _TREATY_LENGTH), start) is None


def law_kind(head: str) -> str:
    """The kind that a law's first words name; their first letters tell them apart.

    >>> law_kind("bộluật")
    'Bộ luật'
    """
    return next(kind for kind in types_with("law") if kind[0] == head[0].upper())


def _amending(text: str, head: re.Match[str]) -> LawMention | None:
    """A law that amends others, by its own number or by the date or year after its title.

    >>> text = "Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2018"
    >>> law = _amending(text, LAW_HEAD.match(text))
    >>> law.name, law.year
    ('sửa đổi, bổ sung một số điều của Luật Đất đai', 2018)
    """
    own = _own_number(text, head.end())
    start = own.end() if own else head.end()
    if not _AMENDING.match(text, start):
        return None
    title = _AMENDED.match(text, start)
    if title and (_takes_effect(title) or not _one_title(title["title"])):
        title = None
    until, name = (title.end(), title["title"].strip()) if title else (start, "")
    number: str | None
    if own:
        day = own["after"] or (title["day"] if title else None)
        number, written = _tidy(own["number"]), day or own["number"]
    elif title:
        day, written = title["day"], title["day"] or title["year"]
        name, number = _number_at_the_end(name, _year(day))
    else:
        return None
    end = start if own else until
    broken = own is not None and _slash_lost(own["number"])
    return LawMention(
        head.start(), end, until, law_kind(head[0]), name, number, day, _year(written), broken
    )


def _own_number(text: str, start: int) -> re.Match[str] | None:
    """The number right after `Luật`, before any name.

    >>> _own_number("Luật số 25/2018/QH14 sửa đổi, bổ sung", 4)["number"]
    '25/2018/QH14'
    """
    cited = _CITED.match(text, start)
    return cited if cited and cited["number"] and not cited["name"] else None


def _number_at_the_end(title: str, year: int | None) -> tuple[str, str | None]:
    """An amending law's title without the number that ends it, and that number: the only one there, and
    of the year of the day after it; else it is the amended law's.

    >>> _number_at_the_end("sửa đổi Luật Đèn lồng số 62/2020/QH14", 2020)
    ('sửa đổi Luật Đèn lồng', '62/2020/QH14')
    >>> _number_at_the_end("sửa đổi Luật Đèn lồng số 50/2014/QH13", 2020)[1]
    """
    ends = _NUMBER_AT_THE_END.search(title)
    numbers = re.findall(_NUMBER, title, re.IGNORECASE)
    if ends is None or len(numbers) > 1 or _year(ends["number"]) != year:
        return title, None
    return title[: ends.start()], _tidy(ends["number"])


def _one_title(title: str) -> bool:
    """Whether it is one law's title, not the words of another sentence or another document's.

    >>> [_one_title(title) for title in ("Giá", "sửa đổi, bổ sung một số điều của Luật Giá", "Giá và Nghị định về giá", "Giá. Các sở")]
    [True, True, False, False]
    """
    rest = _AMENDS.sub("", title)
    other = _OTHER.search(rest)
    held = other is None or _IN_A_TITLE.fullmatch(other[0]) is not None
    return held and ". " not in title


def _named(text: str, head: re.Match[str]) -> LawMention | None:
    """A law by its name with its number, day or year.

    >>> text = "Luật Đất đai năm 2024"
    >>> _named(text, LAW_HEAD.match(text)).name
    'Đất đai'
    """
    cited = _CITED.match(text, head.end())
    if cited is None:
        return None
    basis = (
        bool(cited["day"])
        and _BASIS.search(text, max(0, head.start() - 70), head.start()) is not None
    )
    if _takes_effect(cited) and not basis:
        return None
    if not LAW_NAME.decide(
        LawName(head[0], _name_alone(cited["name"]), bool(cited["number"]), basis)
    ):
        return None
    day = cited["after"] or cited["day"]
    return LawMention(
        head.start(),
        cited.end(),
        cited.end(),
        law_kind(head[0]),
        _name_alone(cited["name"]),
        _tidy(cited["number"]) if cited["number"] else None,
        day,
        _year(day or cited["number"] or cited["year"]),
        _slash_lost(cited["number"] or ""),
    )


def _takes_effect(cited: re.Match[str]) -> bool:
    """Whether a day right after a law's name, without a word between, is that of a column beside it: since when it is in force.

    >>> words = (" Đấu thầu 01/7/2014", " Đấu thầu ngày 26/11/2013", " Đấu thầu (26/11/2013)")
    >>> [_takes_effect(_CITED.match(text)) for text in words]
    [True, False, False]
    """
    at = cited.start("day")
    return at > 1 and _BARE_DAY.match(cited.string, at - 2) is not None


@dataclass(frozen=True)
class LawName(Placeless):
    """The words between `Luật` (`head`) and its number or date: can they be a law's name?

    `numbered` says that a number follows. After `Căn cứ` and with a day (`basis`) a name needs no
    capital, and a reading machine may have put in a digit.
    """

    head: str
    name: str
    numbered: bool = False
    basis: bool = False

    @property
    def constitution(self) -> bool:
        """Whether the Constitution is meant, which has no name of its own."""
        return self.head.lower() == "hiến pháp"

    @property
    def known(self) -> bool:
        """Whether the tables have the name; of one word with its capitals (`Luật Giá`, not `luật giá`)."""
        known = laws_by_name().get(fold(self.name))
        alike = known is not None and self.name.casefold() == known.casefold()
        return alike or (known is not None and " " in self.name)

    @property
    def goes_on(self) -> bool:
        """Whether words of another document or sentence stand in it after its first."""
        rest = self.name.partition(" ")[2]
        return _OTHER.search(rest) is not None

    @property
    def opens_as_name(self) -> bool:
        """Whether it begins as a name does; ordinances of before 2000 are named by what they are
        about (`Pháp lệnh về nghĩa vụ lao động`)."""
        about = self.head.lower() == "pháp lệnh" and self.name.startswith("về ")
        return self.name[0].isupper() or about or self.basis

    @property
    def has_law(self) -> bool:
        """Whether another law is named in it."""
        laws = LAW_HEAD.finditer(self.name)
        return any(is_law_head(self.name, law.start()) for law in laws)

    @property
    def has_figures(self) -> bool:
        """Whether figures stand in it, more than one misread letter in a legal basis."""
        return re.search(r"\d\d|\w\d|\d\w" if self.basis else r"\d", self.name) is not None


# fmt: off
LAW_NAME: Rules[LawName, bool] = Rules("law-name", LawName, (
    Rule("constitution", ("Hiến pháp", "nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
         lambda case: case.constitution and (not case.name or fold(case.name).startswith("nuoc")), True),
    Rule("constitution-and-other-words", ("Hiến pháp", "quy định"),
         lambda case: case.constitution, False),
    Rule("known-law", ("Luật", "Đất đai"), lambda case: case.known, True),
    Rule("number-alone", ("Luật", "", True), lambda case: not case.name and case.numbered, True),
    Rule("nothing-before-a-year", ("Luật", ""), lambda case: not case.name, False),
    Rule("words-of-another-sentence", ("Luật", "An ninh biển theo Kế hoạch"),
         lambda case: case.goes_on, False),
    Rule("small-letter", ("luật", "của đời sống"), lambda case: not case.opens_as_name, False),
    Rule("another-law", ("Luật", "Đèn Lồng và Luật Thủ công"), lambda case: case.has_law, False),
    Rule("list", ("Luật", "Đèn, Lồng, Giấy, Tre"), lambda case: case.name.count(",") > 2, False),
    Rule("figures", ("Luật", "Đèn Lồng 12"), lambda case: case.has_figures, False),
    Rule("name", ("Luật", "Đèn Lồng"), always, True),
))
# fmt: on


def _name_alone(written: str) -> str:
    """The name without `(sửa đổi)` and without who passed it."""
    return _QUALIFIER.sub("", _PASSED.sub("", written)).strip(" ,(")


_SLASH_LOST = re.compile(r"(?<=/\d{4})(?=[A-Z])")


def _slash_lost(number: str) -> bool:
    """Whether the slash after the year is not there: `59/2020QH14`.

    >>> _slash_lost("59/2020QH14"), _slash_lost("59/2020/QH14")
    (True, False)
    """
    return _SLASH_LOST.search(_closed(number)) is not None


def _tidy(number: str) -> str:
    """A number as it is written: `59/2020/QH14`.

    >>> _tidy("59/2020Qh 14")
    '59/2020/QH14'
    """
    return _SLASH_LOST.sub("/", _closed(number))


def _closed(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


def _year(written: str | None) -> int | None:
    """The year in words that tell one.

    >>> _year("năm 2023"), _year(None), _year("năm nay")
    (2023, None, None)
    """
    found = _YEAR.search(written or "")
    return int(found[0]) if found else None
