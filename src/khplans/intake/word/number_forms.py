"""How a number of a list is written: Word's number formats."""

from __future__ import annotations

from collections.abc import Callable

from khplans.text.numerals import roman

_MOST_LETTERS = 30
"""Word writes aa after z, aaa after zz."""
_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def number_in_form(number: int, form: str) -> str:
    """A number in one of Word's formats, in plain digits where the format is another.

    >>> [number_in_form(28, form) for form in ("decimal", "decimalZero", "lowerLetter", "upperRoman", "none")]
    ['28', '28', 'bb', 'XXVIII', '']
    >>> number_in_form(3, "decimalZero"), number_in_form(21, "vietnameseCounting"), number_in_form(2, "decimalEnclosedParen")
    ('03', 'hai mươi mốt', '(2)')
    """
    return _FORMS.get(form, str)(number)


def _letters(number: int) -> str:
    times, place = divmod(number - 1, 26)
    if number < 1 or times >= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + place) * (times + 1)


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _counting(number: int) -> str:
    if not 0 <= number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    if not tens:
        return _WORDS[units]
    head = "mười" if tens == 1 else f"{_WORDS[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, _WORDS[units])
    return f"{head} {tail}".strip()


_FORMS: dict[str, Callable[[int], str]] = {
    "bullet": lambda _: "",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "lowerRoman": roman,
    "none": lambda _: "",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperLetter": lambda number: _letters(number).upper(),
    "upperRoman": lambda number: roman(number).upper(),
    "vietnameseCounting": _counting,
}
