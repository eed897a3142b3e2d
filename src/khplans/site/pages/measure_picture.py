"""The pictures of a measure: one for each scale, targets against results by year."""

from __future__ import annotations

from collections import defaultdict

from khplans.site.catalogue import Catalogue
from khplans.site.chart import Point, measure_chart
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.common import words_link

_FAMILIES = {"percent_per_year": "percent", "percentage_point_per_year": "percentage_point"}
"""Units whose values stand on one scale: a rate of a year and a mean rate over years."""


def measure_charts(catalogue: Catalogue, page: SitePage, rows: list[Row], name: str) -> list[str]:
    """A picture for each scale, so that only like is drawn with like; a fall is below zero."""
    words = page.words
    documents = catalogue.collection.by_key("documents")
    provinces = sorted({documents[r["document_id"]]["province"] or "" for r in rows})
    grouped: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        if row["period"]:
            unit = str(_FAMILIES.get(row["unit"], row["unit"]))
            moves = row["change"] != "level" and not unit.startswith("percent")
            grouped[unit, moves].append(row)
    charts = []
    # A series is named beside its last value, as a reader looks there and not at a key.
    named = {}
    if len(provinces) > 1:
        for row in rows:
            named[documents[row["document_id"]]["province"] or ""] = row["indicator_id"]
        named = {indicator: province for province, indicator in named.items()}
    for (unit, _), found in sorted(grouped.items(), key=lambda i: (-len(i[1]), i[0])):
        points = [
            Point(
                *_moments(row["period"]),
                value=_signed(row, row["value"]),
                high=None if row["value_high"] is None else _signed(row, row["value_high"]),
                target=row["kind"] in ("target", "forecast"),
                label=f"{row['name']}: {row['quote']} ({words.period(row['period'])})",
                series=provinces.index(documents[row["document_id"]]["province"] or ""),
                href=words_link(catalogue, page, "indicators", row),
                note=", ".join(
                    filter(None, (_part_of_year(words, row), named.get(row["indicator_id"], "")))
                ),
            )
            for row in found
        ]
        charts.append(measure_chart(points, words, f"{name}, {words.unit(unit)}", words.unit(unit)))
    if len(provinces) > 1 and charts:
        keys = " ".join(
            f'<span class="kh-key s{i % 5 + 1}"></span>{esc(p or "–")}'
            for i, p in enumerate(provinces)
        )
        charts.append(f'<p class="kh-small">{words.say("Province")}: {keys}</p>')
    return charts


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
