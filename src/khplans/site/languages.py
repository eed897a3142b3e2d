"""The two languages of the pages: their words from the catalogues, numbers and dates as readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from khplans.knowledge.measures import themes
from khplans.knowledge.units import NAMELESS, unit_of
from khplans.tables.definition import TABLE_NAMES, table
from khplans.text.in_words import Code, day_in_words, period_in_words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


@dataclass(frozen=True)
class Language:
    """One of the two languages: `say` and `count` give its words for the site's English ones.

    Called with both wordings, as data has them in two columns, it gives its own.

    >>> vi.say("Due in %(year)s", year=2024), en.say("Due in %(year)s", year=2024)
    ('Hạn trong năm 2024', 'Due in 2024')
    >>> vi("Nhiệm vụ", "Tasks"), en("Nhiệm vụ", "Tasks")
    ('Nhiệm vụ', 'Tasks')
    """

    code: Code

    def __call__(self, vietnamese: str, english: str) -> str:
        return vietnamese if self.code == "vi" else english

    def say(self, english: str, **values: object) -> str:
        """The words of the catalogue for these, with the values put in.

        Raises `KeyError` where the Vietnamese catalogue has no such words.
        """
        said = english if self.code == "en" else _translated(english)[0]
        return said % values if values else said

    def count(self, one: str, many: str, number: float, /, **values: object) -> str:
        """A number of things: `%(n)s` is the number as the language writes it.

        >>> en.count("%(n)s task", "%(n)s tasks", 1), vi.count("%(n)s task", "%(n)s tasks", 2500)
        ('1 task', '2.500 nhiệm vụ')
        >>> en.count("page %(number)s: %(n)s row", "page %(number)s: %(n)s rows", 2, number=7)
        'page 7: 2 rows'
        """
        said = (one if number == 1 else many) if self.code == "en" else _translated(one)[0]
        return said % {"n": self.number(number), **values}

    def quarter(self, number: int) -> str:
        """A quarter of a year.

        >>> vi.quarter(2), en.quarter(2)
        ('Quý II', 'Q2')
        """
        return self.say("Q%(number)s", number=number, roman=roman(number))

    @property
    def other(self) -> Language:
        """The other language.

        >>> vi.other("Nhiệm vụ", "Tasks")
        'Tasks'
        """
        return en if self.code == "vi" else vi

    def number(self, value: float | int | None) -> str:
        """A number as people write it; empty for None.

        >>> vi.number(16687.5), en.number(16687.5), vi.number(2024.0)
        ('16.687,5', '16,687.5', '2.024')
        """
        return "" if value is None else _number(value, self.code)

    def month(self, day: date, pattern: str = "") -> str:
        """A day's month with its year, or as a pattern of Unicode's locale data (CLDR) has it.

        >>> vi.month(date(2024, 5, 3)), en.month(date(2024, 5, 3)), en.month(date(2024, 5, 3), "LLL")
        ('Tháng 5/2024', 'May 2024', 'May')
        """
        from babel.dates import format_date

        return format_date(day, pattern or self("LLLL/y", "LLLL y"), self.code)

    def date(self, value: date | None) -> str:
        """A date as people write it; empty for None.

        >>> vi.date(date(2024, 5, 3)), en.date(date(2024, 5, 3))
        ('3/5/2024', '3 May 2024')
        """
        return "" if value is None else day_in_words(value, self.code)

    def period(self, value: str | None) -> str:
        """A period of the data (`2021/2030`, `2021-10-10`) as people write it; empty for None."""
        return period_in_words(value, self.code) if value else ""

    def size(self, octets: int) -> str:
        """A file's size.

        >>> vi.size(91_500), en.size(2_340_000)
        ('91,5 kB', '2.3 MB')
        """
        if octets >= 1_000_000:
            return f"{self.number(round(octets / 1e6, 1))} MB"
        return f"{self.number(round(octets / 1e3, 1))} kB"

    def unit(self, name: str | None, *, one: bool = False) -> str:
        """How a unit is written behind its number, or behind 1; empty for a bare number.

        >>> vi.unit("gram_per_day"), en.unit("gram_per_day"), en.unit("gram_per_day", one=True)
        ('gam/ngày', 'grams per day', 'gram per day')
        """
        if not name or name == NAMELESS:
            return ""
        unit = unit_of(name)
        english = unit.one_en if one else unit.name_en
        said = self(unit.name, english.replace("per cent", "%", unit.name.startswith("%")))
        return said.replace("_", " ")

    def theme(self, name: str | None) -> str:
        """A theme's name."""
        if not name:
            return self.say("Other")
        return self(*themes().get(name, (name, name)))

    def span(self, value: float, high: float | None) -> str:
        """A figure, or both ends of a range.

        >>> vi.span(6.5, 8), en.span(6.5, None)
        ('6,5–8', '6.5')
        """
        return self.number(value) + ("" if high is None else f"–{self.number(high)}")

    def amount(self, row: Any) -> str:
        """An indicator's value with comparator, range and unit.

        >>> vi.amount({"value": 4, "value_high": 5, "unit": "percent_per_year",
        ...            "comparator": "~", "denominator": None})
        'khoảng 4–5%/năm'
        >>> vi.amount({"value": 7, "value_high": None, "unit": "percent", "comparator": ">=",
        ...            "denominator": None})
        'từ 7% trở lên'
        >>> en.amount({"value": 1, "value_high": None, "unit": "record_file", "comparator": "=",
        ...            "denominator": None})
        '1 file handled'
        """
        number = self.span(row["value"], row["value_high"])
        if row["denominator"] is not None:
            number += f"/{self.number(row['denominator'])}"
        unit = self.unit(row["unit"], one=number == "1")
        space = "" if unit.startswith("%") else " "
        return self._compared(row["comparator"], f"{number}{space}{unit}".strip())

    def _compared(self, comparator: str | None, amount: str) -> str:
        """An amount with what it is said to be: at least that, about that."""
        told = {
            ">=": self.say("at least %(amount)s", amount=amount),
            ">": self.say("over %(amount)s", amount=amount),
            "<=": self.say("at most %(amount)s", amount=amount),
            "<": self.say("under %(amount)s", amount=amount),
            "~": self.say("about %(amount)s", amount=amount),
            ">~": self.say("over about %(amount)s", amount=amount),
            "<~": self.say("under about %(amount)s", amount=amount),
        }
        return told.get(comparator or "", amount)

    def value(self, table_name: str, column: str, value: str | None) -> str:
        """The label of a coded value, from the Table Schema; the value itself where it has none.

        >>> vi.value("task_agencies", "role", "lead")
        'Chủ trì'
        """
        if value is None:
            return ""
        labels = _labels(table_name, column).get(value)
        return self(*labels) if labels else value

    def table(self, name: str) -> str:
        """A table's title; the name of one that this version of khplans doesn't know.

        >>> vi.table("tasks"), vi.table("task_costs")
        ('Nhiệm vụ', 'task_costs')
        """
        if name not in TABLE_NAMES:
            return name
        definition = table(name)
        return self(definition.title, definition.title_en)


def roman(quarter: int) -> str:
    """The number of a quarter as Vietnamese documents write it.

    >>> roman(4)
    'IV'
    """
    return ("I", "II", "III", "IV")[quarter - 1]


@cache
def vietnamese_catalogue() -> Catalog:
    """`locale/vi.po`, the words of the pages: English ones with the Vietnamese for them."""
    from babel.messages.pofile import read_po

    with (files("khplans.site") / "locale" / "vi.po").open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def vietnamese_words() -> dict[str, str]:
    """The Vietnamese for each of the site's English words, for templates; plurals left out.

    >>> vietnamese_words()["Releases"]
    'Phát hành'
    """
    return {m.id: str(m.string) for m in vietnamese_catalogue() if isinstance(m.id, str) and m.id}


@lru_cache(maxsize=16_384)
def _number(value: float, code: Code) -> str:
    """With every digit that it has."""
    from babel.numbers import format_decimal

    return str(
        format_decimal(Decimal(str(value)).normalize(), locale=code, decimal_quantization=False)
    )


@cache
def _translated(english: str) -> tuple[str, ...]:
    """The Vietnamese for English words, in as many forms as the catalogue has of them."""
    message = vietnamese_catalogue().get(english)
    if message is None or not message.string:
        raise KeyError(english)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@cache
def _labels(table_name: str, column: str) -> dict[str, tuple[str, str]]:
    field = table(table_name).field(column)
    return {known.value: (known.label, known.label_en) for known in field.values}


vi, en = Language("vi"), Language("en")
