"""The pictures of a measure: one for each scale, targets against results by year; a figure that is alone stays a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.chart import Point, measure_chart
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.common import words_link
from khplans.site.pages.figure import figure
from khplans.site.pages.measure_gaps import unit_family
from khplans.text.fold import slug


def measure_charts(
    catalogue: Catalogue, page: SitePage, rows: Sequence[Row], name: str
) -> tuple[list[Markup], list[Row]]:
    """A picture for each scale, so that only like is drawn with like, a fall below zero; and the figures
    that would be alone in theirs."""
    grouped: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        if row["period"]:
            unit = unit_family(row)
            moves = row["change"] != "level" and not unit.startswith("percent")
            grouped[unit, moves].append(row)
    charts, alone = [], []
    scales = _Scales(catalogue, page, rows, name)
    for (unit, moves), found in sorted(grouped.items(), key=lambda i: (-len(i[1]), i[0])):
        if len(found) == 1:
            alone += found
        else:
            charts.append(scales.picture(unit, moves, found))
    return charts, alone


@dataclass(frozen=True)
class _Scales:
    """What the pictures of a measure share: its rows and what it is called."""

    catalogue: Catalogue
    page: SitePage
    rows: Sequence[Row]
    name: str

    def province(self, row: Row) -> str:
        documents = self.catalogue.collection.by_key("documents")
        return documents[row["document_id"]]["province"] or ""

    @property
    def provinces(self) -> list[str]:
        return sorted({self.province(row) for row in self.rows})

    def picture(self, unit: str, moves: bool, found: Sequence[Row]) -> Markup:
        """One scale."""
        words, provinces = self.page.words, self.provinces
        named = self._last_of_each(found) if len(provinces) > 1 else {}
        points = [self._point(row, provinces, named.get(row["indicator_id"], "")) for row in found]
        head = (
            words.say("Province"), words.say("Period"), words.say("Kind"), words.say("Value"), words.say("up to"),
            words.say("Unit"), words.say("Name in the plan"), words.say("The words"), words.say("Row"),
        )  # fmt: skip
        chart = measure_chart(
            points, words, ", ".join(filter(None, (self.name, words.unit(unit)))), words.unit(unit), head=head,
            series=[one or "–" for one in provinces] if len(provinces) > 1 else (),
        )  # fmt: skip
        name = slug(f"{unit} {'change' if moves else ''}")
        return figure(self.catalogue, self.page, chart, name)

    def _last_of_each(self, found: Sequence[Row]) -> Mapping[str, str]:
        """A series is named beside its last value, as a reader looks there first."""
        last = {self.province(row): row["indicator_id"] for row in found}
        return {indicator: province for province, indicator in last.items()}

    def _point(self, row: Row, provinces: Sequence[str], named: str) -> Point:
        words, province = self.page.words, self.province(row)
        value, high = _signed(row, row["value"]), row["value_high"]
        high = None if high is None else _signed(row, high)
        data = (
            province, row["period"], words.value("indicators", "kind", row["kind"]), _plain(value), _plain(high),
            words.unit(row["unit"]), row["name"], row["quote"], row["indicator_id"],
        )  # fmt: skip
        return Point(
            *_moments(row["period"]), value=value, high=high, target=row["kind"] in ("target", "forecast"),
            label=f"{row['name']}: {row['quote']} ({words.period(row['period'])})",
            series=provinces.index(province), href=words_link(self.catalogue, self.page, "indicators", row),
            note=", ".join(filter(None, (_part_of_year(words, row), named))), row=data,
        )  # fmt: skip


def _plain(value: float | None) -> str:
    """
    >>> _plain(-16687.50), _plain(2000.0), _plain(None)
    ('-16687.5', '2000', '')
    """
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


def _moments(period: str) -> tuple[float, float]:
    """A period on a line of years: the years themselves, the middle of a part of a year.

    >>> _moments("2024"), _moments("2021/2030"), _moments("2021-01-01/2021-06-30")
    ((2024.0, 2024.0), (2021.0, 2030.0), (2020.75, 2020.75))
    """
    first, _, last = period.partition("/")
    last = last or first
    if first[:4] == last[:4] and len(first) > 4:
        middle = (_share(first, 0) + _share(last, 1)) / 2
        return (round(middle, 2),) * 2
    return float(first[:4]), float(last[:4])


def _share(moment: str, end: int) -> float:
    """A month or day as years from the middle of its year: its beginning, or (`end` 1) its end."""
    month = int(moment[5:7])
    day = (int(moment[8:10]) - 1 + end) / 31 if len(moment) > 7 else end
    return int(moment[:4]) - 0.5 + (month - 1 + day) / 12


def _part_of_year(words: Language, row: Row) -> str:
    """A period that is no year of its own, for the label of its value."""
    period = row["period"]
    if len(period) == 4:
        return ""
    if len(period) == 9:
        return f"({words.period(period)})"
    return f"({_short(words.period(period), period[:4])})"


def _short(period: str, year: str) -> str:
    """
    >>> _short("9 tháng đầu năm 2021", "2021"), _short("January–June 2021", "2021")
    ('9 tháng đầu năm', 'January–June')
    """
    return period.removesuffix(year).rstrip(" /") or period


def _signed(row: Row, value: float) -> float:
    return -float(value) if row["change"] == "decrease" else float(value)
