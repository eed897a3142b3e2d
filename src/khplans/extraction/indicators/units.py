"""Reads the unit that stands after a number: `%/năm`, `nghìn tỷ đồng`, `giường bệnh/vạn dân`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from khplans.knowledge.units import FIRST_WORD, Unit, UnitForm, denominators, unit_forms, unit_per
from khplans.knowledge.wording import Wording, clause_words
from khplans.text.fold import slug
from khplans.text.numerals import MULTIPLIER, MULTIPLIERS

_LONGEST = 64
_SUBJECT_NEAR = 100
# What counts the number though no table has its unit: `Sản lượng gạch đạt 120 triệu viên`.
_AMOUNT = Wording(
    r"\b<amount>\b[^.;]{0,80}\b<amounts to>[^.;,]{0,14}$", "sản lượng gạch đạt ", exact=True
)
# `đã có 21,8 triệu chứng thư số`: so many, and no money.
_HAVING = Wording(r"\b<having>(?: được| <about>)* [\d.,]+$", "đã phát hành được 21,8", exact=True)
_PLAIN_NOUN = re.compile(rf"(?:(?P<factor>{MULTIPLIER}) )?(?P<noun>[^\W\d_]{{2,}})(?![^\W_])")
# A currency in front of an amount, and how it is written after one.
_CURRENCIES = {
    "us$": "usd",
    "usd": "usd",
    "$": "usd",
    "eur": "eur",
    "€": "eur",
    "vnd": "đồng",
    "vnđ": "đồng",
}
_CURRENCY = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, _CURRENCIES))}) ?$".replace("us\\$", "us ?\\$"),
    re.IGNORECASE,
)
_MAGNITUDE = Wording(
    r" ?(?P<word>(?:<thousand> )?<billion>|triệu|<thousand>)(?![^\W_])", " nghìn tỷ"
)
_NEXT_MAGNITUDE = Wording(
    rf" (?P<big>{MULTIPLIER})(?: đồng)? (?P<count>\d{{1,3}}) (?=(?P<small>{MULTIPLIER})(?![^\W_]))",
    " tỷ 300 triệu",
)
_AROUND = 120
_WORD_END = re.compile(r"(?![^\W_])")


@dataclass(frozen=True, slots=True)
class UnitRead:
    """The unit, the factor for the number before it, and where its words end."""

    unit: Unit
    factor: Decimal
    end: int


def read_unit(text: str, start: int) -> UnitRead | None:
    """The unit whose words begin at `text[start:]` (a space before it allowed), or None.

    >>> from decimal import Decimal
    >>> read = read_unit("47,5 nghìn tỷ đồng", 4)
    >>> read.unit.unit_id, read.factor, read.end
    ('billion_vnd', Decimal('1000'), 18)
    >>> read_unit("40 giường bệnh công lập/vạn dân", 2).unit.unit_id
    'bed_per_10000'
    """
    begin = start + 1 if text.startswith(" ", start) else start
    window = text[begin : begin + _LONGEST].lower()
    before = text[max(0, start - _SUBJECT_NEAR) : start].lower()
    form = _unit_form(window, before)
    read: UnitRead | None = None
    if form is None or form.form in MULTIPLIERS:
        read = _multiplied(window, begin, before)
    if read is None and (form is None or _is_cut_short(window, form)):
        read = _unknown(window, begin, before)
    if read is None and form:
        read = UnitRead(form.unit, form.factor, begin + len(form.form))
    return _divided(text, read) if read else None


def currency_before(text: str, start: int, end: int) -> tuple[int, UnitRead] | None:
    """The currency in front of the number at `text[start:end]`: where it begins, and the unit.

    >>> begin, read = currency_before("đạt US$ 1.850 triệu", 8, 13)
    >>> begin, read.unit.unit_id, read.end
    (4, 'million_usd', 19)
    """
    sign = _CURRENCY.search(text, max(0, start - 5), start)
    if sign is None:
        return None
    magnitude = _MAGNITUDE.match(text, end)
    word = f"{magnitude['word'].lower()} " if magnitude else ""
    form = f" {word}{_CURRENCIES[sign[0].lower().replace(' ', '')]}"
    after = magnitude.end() if magnitude else end
    read = read_unit(f"{form}{text[after : after + _LONGEST]}", 0)
    if read is None or read.end < len(form):
        return None
    return sign.start(), UnitRead(read.unit, read.factor, after + read.end - len(form))


def read_compound(text: str, start: int) -> tuple[Decimal, UnitRead] | None:
    """What smaller magnitudes add to the number before `text[start:]`, and the unit of the sum.

    >>> from decimal import Decimal
    >>> more, read = read_compound("1.234 tỷ 500 triệu đồng", 5)
    >>> more, read.unit.unit_id, read.end
    (Decimal('0.5'), 'billion_vnd', 23)
    >>> read_compound("1 nghìn 200 tỷ đồng", 1)[0]
    Decimal('0.2')
    >>> read_compound("1 tỷ 500 hộ", 1)
    """
    first = _NEXT_MAGNITUDE.match(text, start)
    if first is None:
        return None
    word = first["big"]
    if MULTIPLIERS[word.lower()] == 1_000 < MULTIPLIERS[first["small"].lower()]:
        word = f"{word} {first['small']}"
        more, end = Decimal(first["count"]) / 1_000, first.end("small")
    else:
        more, end = _smaller(text, first, start)
    if end == start:
        return None
    before = text[max(0, start - _AROUND) : start]
    read = read_unit(f"{before} {word}{text[end : end + _AROUND]}", len(before))
    shift = end - len(before) - 1 - len(word)
    return (more, UnitRead(read.unit, read.factor, read.end + shift)) if read else None


def _smaller(text: str, step: re.Match[str] | None, end: int) -> tuple[Decimal, int]:
    """What ever smaller magnitudes add to the first, in its own, and where they end.

    >>> texts = " tỷ 300 triệu đồng", " triệu 300 tỷ đồng"
    >>> [_smaller(text, _NEXT_MAGNITUDE.match(text), 0) for text in texts], _smaller("", None, 7)
    ([(Decimal('0.3'), 13), (Decimal('0'), 0)], (Decimal('0'), 7))
    """
    more, whole = Decimal(0), MULTIPLIERS[step["big"].lower()] if step else Decimal(1)
    while step:
        big, small = (MULTIPLIERS[step[word].lower()] for word in ("big", "small"))
        if int(step["count"]) * small >= big:
            break
        more += int(step["count"]) * small / whole
        end = step.end("small")
        step = _NEXT_MAGNITUDE.match(text, step.end() - 1)
    return more, end


def read_denominator(text: str, start: int) -> tuple[str, int] | None:
    """The suffix and the end of a denominator that begins at `text[start:]`, or None.

    >>> read_denominator("4/100.000 trẻ đẻ sống", 2)
    ('100000_live_births', 21)
    """
    begin = start + 1 if text.startswith(" ", start) else start
    window = text[begin : begin + _LONGEST].lower()
    first = FIRST_WORD.match(window)
    for denominator in denominators().get(first[0], ()) if first else ():
        if _begins(window, denominator.form):
            return denominator.suffix, begin + len(denominator.form)
    return None


def _unit_form(window: str, before: str) -> UnitForm | None:
    """The longest form that fits; of units written alike the one whose subject stands before.

    >>> forms = [_unit_form(window, before) for window, before in (("tỷ đồng", ""), ("tỷ lệ", ""), ("xyz", ""), ("", ""))]
    >>> [form.form if form else None for form in forms]
    ['tỷ đồng', None, None, None]
    """
    first = FIRST_WORD.match(window)
    for form in unit_forms().get(first[0], ()) if first else ():
        if (
            _begins(window, form.form)
            and not window.startswith(form.unless, len(form.form) + 1)
            and (not form.where or any(word in before for word in form.where))
        ):
            return form
    return None


def _is_cut_short(window: str, form: UnitForm) -> bool:
    """Whether `triệu` may be no money, as a noun follows it (`triệu viên gạch`).

    >>> windows = "triệu viên gạch", "triệu và", "triệu", "tấn viên"
    >>> [_is_cut_short(window, _unit_form(window, "")) for window in windows]
    [True, False, False, False]
    """
    if not MULTIPLIERS.keys() >= set(form.form.split()):
        return False
    following = _PLAIN_NOUN.match(window, len(form.form) + 1)
    return following is not None and not _is_function_word(following["noun"])


def _is_function_word(word: str) -> bool:
    """Whether a word is no noun, so that it names no unit (`5 của`, `7 triệu tăng`).

    >>> _is_function_word("của"), _is_function_word("xã")
    (True, False)
    """
    return clause_words("no-unit", "(?:WORDS)").fullmatch(word) is not None


def _unknown(window: str, begin: int, before: str) -> UnitRead | None:
    """A unit that no table has, by its own word, where the clause plainly gives an amount.

    >>> _unknown("viên", 10, "sản lượng gạch đạt 120 ").unit.name, _unknown("của", 10, "sản lượng đạt 120 ")
    ('viên', None)
    """
    match = _PLAIN_NOUN.match(window)
    counts = _AMOUNT.search(before) or (match and match["factor"] and _HAVING.search(before))
    if match is None or _is_function_word(match["noun"]) or not counts:
        return None
    factor = MULTIPLIERS[match["factor"]] if match["factor"] else Decimal(1)
    noun = match["noun"]
    unit = Unit(slug(noun).replace("-", "_"), noun, noun, "count", "plain")
    return UnitRead(unit, factor, begin + match.end())


def _begins(window: str, form: str) -> bool:
    """Whether words begin with a unit's form, as a word of its own.

    >>> _begins("tấn/ha", "tấn"), _begins("tấnx", "tấn"), _begins("%x", "%")
    (True, False, True)
    """
    return window.startswith(form) and (
        form in "%‰" or _WORD_END.match(window, len(form)) is not None
    )


def _multiplied(window: str, begin: int, before: str) -> UnitRead | None:
    """`2,3 triệu lượt khách`: a word for a large number before a counted noun.

    >>> found = _multiplied("triệu lượt khách", 0, "")
    >>> found.factor, found.unit.unit_id
    (Decimal('1000000'), 'visitor')
    """
    word, _, rest = window.partition(" ")
    factor = MULTIPLIERS.get(word)
    form = _unit_form(rest, before) if factor else None
    if factor is None or form is None or form.unit.dimension in ("money", "age"):
        return None
    return UnitRead(form.unit, form.factor * factor, begin + len(word) + 1 + len(form.form))


_SLASH = re.compile(r"(?: [^\W\d_]+){0,3}? ?/ ?")
_PER = Wording(r" <per> (?=\d|<per whom>)", " trên mỗi người", exact=True)


def _divided(text: str, read: UnitRead) -> UnitRead:
    """A unit with all that it is divided by: `%/năm`, `triệu đồng/người/năm`, `2 lần mỗi năm`.

    >>> read_unit("12 triệu đồng/người/năm", 2).unit.unit_id
    'million_vnd_per_person_per_year'
    """
    unit, end = read.unit, read.end
    while True:
        mark = _SLASH.match(text, end) or _PER.match(text, end)
        divisor = read_denominator(text, mark.end()) if mark else None
        if divisor is None and text.startswith(" mỗi năm", end):
            divisor = ("year", end + len(" mỗi năm"))
        if divisor is None:
            return UnitRead(unit, read.factor, end)
        suffix, end = divisor
        unit = unit_per(unit, suffix)
