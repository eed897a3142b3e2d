"""The two languages of the pages, and numbers and dates as Vietnamese and English readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from khplans.tables.definition import table

Code = Literal["vi", "en"]

UNITS: dict[str, tuple[str, str]] = {
    "percent": ("%", "%"),
    "percent_per_year": ("%/năm", "% a year"),
    "percentage_point": ("điểm %", "percentage points"),
    "percentage_point_per_year": ("điểm %/năm", "percentage points a year"),
    "billion_vnd": ("tỷ đồng", "billion VND"),
    "million_vnd": ("triệu đồng", "million VND"),
    "million_vnd_per_person": ("triệu đồng/người", "million VND per person"),
    "million_vnd_per_person_per_year": ("triệu đồng/người/năm", "million VND per person a year"),
    "million_usd": ("triệu USD", "million USD"),
    "person": ("người", "people"),
    "commune": ("xã", "communes"),
    "district": ("huyện", "districts"),
    "village": ("thôn, bản", "villages"),
    "case": ("ca, vụ", "cases"),
    "times": ("lần", "times"),
    "bed_per_10000": ("giường/vạn dân", "beds per 10,000 people"),
    "doctor_per_10000": ("bác sĩ/vạn dân", "doctors per 10,000 people"),
    "criterion": ("tiêu chí", "criteria"),
    "visitor": ("lượt khách", "visitors"),
    "hectare": ("ha", "hectares"),
    "tonne": ("tấn", "tonnes"),
    "household": ("hộ", "households"),
    "school": ("trường", "schools"),
}
"""How a unit of the data is written behind a number. A unit that is not here is shown by its name."""

THEMES: dict[str, tuple[str, str]] = {
    "economy": ("Kinh tế", "Economy"),
    "budget": ("Ngân sách", "Budget"),
    "society": ("Xã hội", "Society"),
    "health": ("Y tế", "Health"),
    "education": ("Giáo dục", "Education"),
    "environment": ("Môi trường", "Environment"),
    "agriculture": ("Nông nghiệp, nông thôn", "Agriculture and countryside"),
    "tourism": ("Du lịch", "Tourism"),
    "administration": ("Hành chính", "Administration"),
    "infrastructure": ("Hạ tầng", "Infrastructure"),
    "labour": ("Lao động", "Labour"),
    "population": ("Dân số", "Population"),
    "poverty": ("Giảm nghèo", "Poverty"),
    "trade": ("Thương mại", "Trade"),
    "industry": ("Công nghiệp", "Industry"),
    "investment": ("Đầu tư", "Investment"),
    "urban": ("Đô thị", "Urban development"),
    "security": ("An ninh, quốc phòng", "Security and defence"),
    "covid": ("COVID-19", "COVID-19"),
    "digital": ("Chuyển đổi số", "Digital government"),
}
"""Names of themes that are keys rather than words."""

_COMPARATORS = {
    "=": ("", ""),
    ">=": ("từ ", "at least "),
    ">": ("trên ", "over "),
    "<=": ("không quá ", "at most "),
    "<": ("dưới ", "under "),
    "~": ("khoảng ", "about "),
    ">~": ("trên khoảng ", "over about "),
    "<~": ("dưới khoảng ", "under about "),
}


@dataclass(frozen=True)
class Words:
    """One of the two languages: call it with both wordings, it gives its own.

    >>> vi("Nhiệm vụ", "Tasks"), en("Nhiệm vụ", "Tasks")
    ('Nhiệm vụ', 'Tasks')
    """

    code: Code

    def __call__(self, vietnamese: str, english: str) -> str:
        return vietnamese if self.code == "vi" else english

    def number(self, value: float | int | None) -> str:
        """A number as people write it; empty for None.

        >>> vi.number(16687.5), en.number(16687.5), vi.number(2024.0)
        ('16.687,5', '16,687.5', '2.024')
        """
        if value is None:
            return ""
        plain = f"{Decimal(str(value)).normalize():,f}"
        return plain if self.code == "en" else plain.translate({44: ".", 46: ","})

    def date(self, value: date | None) -> str:
        """A date as people write it; empty for None.

        >>> vi.date(date(2024, 5, 3)), en.date(date(2024, 5, 3))
        ('3/5/2024', '3 May 2024')
        """
        if value is None:
            return ""
        if self.code == "vi":
            return f"{value.day}/{value.month}/{value.year}"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def period(self, value: str | None) -> str:
        """A period of the data (`2021/2030`, `2021-10-10`) as people write it.

        >>> vi.period("2021/2030"), vi.period("2021-01-01/2021-09-30"), en.period("2021-10-10")
        ('2021–2030', '1/1/2021–30/9/2021', '10 October 2021')
        """
        return "–".join(self._moment(part) for part in value.split("/")) if value else ""

    def _moment(self, text: str) -> str:
        if len(text) == 10:
            return self.date(date.fromisoformat(text))
        if len(text) == 7:
            return f"{int(text[5:])}/{text[:4]}"
        return text

    def size(self, octets: int) -> str:
        """A file's size.

        >>> vi.size(91_500), en.size(2_340_000)
        ('91,5 kB', '2.3 MB')
        """
        if octets >= 1_000_000:
            return f"{self.number(round(octets / 1e6, 1))} MB"
        return f"{self.number(round(octets / 1e3, 1))} kB"

    def unit(self, name: str | None) -> str:
        """How a unit is written behind its number."""
        if not name:
            return ""
        return self(*UNITS.get(name, (name.replace("_", " "),) * 2))

    def theme(self, name: str | None) -> str:
        """A theme's name."""
        if not name:
            return self("Khác", "Other")
        return self(*THEMES.get(name, (name, name)))

    def amount(self, row: Any) -> str:
        """An indicator's value with comparator, range and unit.

        >>> vi.amount({"value": 4, "value_high": 5, "unit": "percent_per_year",
        ...            "comparator": "~", "denominator": None})
        'khoảng 4–5 %/năm'
        """
        number = self.number(row["value"])
        if row["value_high"] is not None:
            number += f"–{self.number(row['value_high'])}"
        if row["denominator"] is not None:
            number += f"/{self.number(row['denominator'])}"
        before = self(*_COMPARATORS.get(row["comparator"] or "=", ("", "")))
        return f"{before}{number} {self.unit(row['unit'])}".strip()

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
        """A table's title."""
        definition = table(name)
        return self(definition.title, definition.title_en)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@cache
def _labels(table_name: str, column: str) -> dict[str, tuple[str, str]]:
    field = table(table_name).field(column)
    return {known.value: (known.label, known.label_en) for known in field.values}


vi, en = Words("vi"), Words("en")
