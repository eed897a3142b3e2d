"""Pictures drawn when the site is built: plain SVG whose colours come from the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from khplans.site.languages import Language
from khplans.site.markup import esc

_WIDTH = 760


@dataclass(frozen=True)
class Point:
    """A value at a moment (or over years `first`–`last`), drawn filled where it is a result.

    Moments are in years: 2024.0 is the middle of 2024. `note` stands behind the value.
    """

    first: float
    last: float
    value: float
    high: float | None
    target: bool
    label: str
    series: int = 0
    href: str = ""
    note: str = ""


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers that span `low`–`high`.

    >>> ticks(6.5, 8.1), ticks(0, 16687)
    ([6.0, 7.0, 8.0, 9.0], [0.0, 10000.0, 20000.0])
    """
    if high <= low:
        low, high = min(low, 0.0), max(high, 1.0, low)
    rough = (high - low) / max(1, count - 1)
    magnitude = 10.0 ** floor(log10(rough))
    step = next(s * magnitude for s in (1, 2, 2.5, 5, 10) if s * magnitude >= rough)
    first, last = floor(low / step), ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]


def measure_chart(points: Sequence[Point], words: Language, title: str, unit: str) -> str:
    """Values by year: filled for results, hollow for targets, a bracket over a period of years."""
    width, height, left, right, top, bottom = _WIDTH, 340, 56, 24, 24, 40
    years = sorted({floor(y + 0.5) for p in points for y in (p.first, p.last)})
    values = [v for p in points for v in (p.value, p.high) if v is not None]
    low = min(values) if min(values) > 0.7 * max(values) and min(values) > 0 else min(0.0, *values)
    marks = ticks(low, max(values))
    first, last = years[0] - 0.5, years[-1] + 0.5

    def x(year: float) -> float:
        return left + (year - first) / (last - first) * (width - left - right)

    def y(value: float) -> float:
        return top + (marks[-1] - value) / (marks[-1] - marks[0]) * (height - top - bottom)

    out = [
        f'<line class="g" x1="{left}" x2="{width - right}" y1="{y(m):.1f}" y2="{y(m):.1f}"/>'
        f'<text class="y" x="{left - 10}" y="{y(m) + 4:.1f}">{esc(words.number(m).replace("-", "−"))}</text>'
        for m in marks
    ]
    step = max(1, ceil((years[-1] - years[0] + 1) / 12))
    out += [
        f'<text class="x" x="{x(year):.1f}" y="{height - 14}">{year}</text>'
        for year in range(years[0], years[-1] + 1, step)
    ]
    taken = [(x(p.first) - 8, y(p.value) - 8, x(p.last) + 8, y(p.value) + 8) for p in points]
    for p in sorted(points, key=lambda p: (p.first, p.last, -p.value)):
        out.append(_point(p, x, y, words, taken, "%" if unit.startswith("%") else ""))
    period = ""
    if any(p.last > p.first for p in points):
        period = f' <span class="kh-key p"></span>{words.say("Whole period")}'
    return (
        f'<figure class="kh-figure"><div class="kh-wide" tabindex="0"><svg class="kh-chart" viewBox="0 0 {width} {height}" '
        f'role="group" aria-label="{esc(title)}"><text class="u" x="{left}" y="12">{esc(unit)}</text>{"".join(out)}</svg></div>'
        f'<figcaption><span class="kh-key t"></span>{words.say("Target")} '
        f'<span class="kh-key r"></span>{words.say("Result")}{period}</figcaption></figure>'
    )


Box = tuple[float, float, float, float]


def _point(
    p: Point,
    x: Callable[[float], float],
    y: Callable[[float], float],
    words: Language,
    taken: list[Box],
    unit: str,
) -> str:
    level, centre = y(p.value), x((p.first + p.last) / 2)
    text = words.number(p.value) + (f"–{words.number(p.high)}" if p.high is not None else "") + unit
    shape = ""
    if p.high is not None:
        shape += f'<path class="p" d="M{centre:.1f} {level:.1f}V{y(p.high):.1f}"/>'
    if p.last > p.first:
        ends = f"M{x(p.first):.1f} {level - 6:.1f}v12m0-6H{x(p.last):.1f}m0-6v12"
        shape += f'<path class="p" d="{ends}"/>'
    else:
        shape += f'<circle cx="{centre:.1f}" cy="{level:.1f}" r="6"/>'
    text = " ".join(filter(None, (text.replace("-", "−"), p.note)))
    left, base = _place(centre, level, 7.2 * len(text), taken)
    shape += f'<text class="v" x="{left:.1f}" y="{base:.1f}">{esc(text)}</text>'
    kind = f"{'t' if p.target else 'r'} s{p.series % 5 + 1}"
    group = f'<g class="{kind}"><title>{esc(p.label)}</title>{shape}</g>'
    return f'<a href="{esc(p.href)}">{group}</a>' if p.href else group


def _place(centre: float, level: float, width: float, taken: list[Box]) -> tuple[float, float]:
    """Where a value's label is on nothing else and inside the picture: above its point, below, right
    or left of it, else above or below but moved to the side."""
    half = width / 2
    options = (
        (centre, level - 11), (centre, level + 21), (centre + half + 11, level + 4),
        (centre - half - 11, level + 4), (centre + half - 8, level - 11),
        (centre + half - 8, level + 21), (centre - half + 8, level - 11),
        (centre - half + 8, level + 21),
    )  # fmt: skip
    boxes = [(x, y, (x - half, y - 11, x + half, y + 2)) for x, y in options]
    inside = [found for found in boxes if found[2][0] >= 8 and found[2][2] <= _WIDTH - 4]
    free = [
        found
        for found in inside
        if not any(
            found[2][0] < b[2] and b[0] < found[2][2] and found[2][1] < b[3] and b[1] < found[2][3]
            for b in taken
        )
    ]
    x, y, box = (free or inside or boxes)[0]
    taken.append(box)
    return x, y


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: parts lie behind each other in the order of `names`."""

    label: str
    parts: Sequence[int]
    href: str = ""


def bar_chart(bars: Sequence[Bar], names: Sequence[str], words: Language, title: str) -> str:
    """Counts as horizontal bars, each with its number."""
    line = 30
    left = min(330, 24 + max((7.1 * len(bar.label) for bar in bars), default=0))
    narrow = " kh-narrow" if left < 140 else ""
    width = 460 if narrow else _WIDTH
    most = max((sum(bar.parts) for bar in bars), default=1) or 1
    scale = (width - left - 60) / most
    out = []
    for i, bar in enumerate(bars):
        top, at = i * line + 4, left
        label = f'<text class="l" x="{left - 10:.0f}" y="{top + 15}">{esc(_fit(bar.label, 46))}<title>{esc(bar.label)}</title></text>'
        out.append(f'<a href="{esc(bar.href)}">{label}</a>' if bar.href else label)
        for k, part in enumerate(bar.parts):
            if part:
                size = part * scale
                out.append(
                    f'<rect class="b{k + 1}" x="{at:.1f}" y="{top}" width="{size:.1f}" height="20">'
                    f"<title>{esc(names[k])}: {words.number(part)}</title></rect>"
                )
                if len([p for p in bar.parts if p]) > 1 and size > 14:
                    out.append(
                        f'<text class="in b{k + 1}" x="{at + size / 2:.1f}" y="{top + 15}">{words.number(part)}</text>'
                    )
                at += size
        total = words.number(sum(bar.parts))
        out.append(f'<text class="n" x="{at + 7:.1f}" y="{top + 15}">{total}</text>')
    keys = "".join(
        f'<span class="kh-key b{k + 1}"></span>{esc(name)} ' for k, name in enumerate(names)
    )
    return (
        f'<figure class="kh-figure"><div class="kh-wide" tabindex="0"><svg class="kh-chart{narrow}" viewBox="0 0 {width} {len(bars) * line + 6}" '
        f'role="group" aria-label="{esc(title)}">{"".join(out)}</svg></div><figcaption>{keys if len(names) > 1 else ""}</figcaption></figure>'
    )


def _fit(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@dataclass(frozen=True)
class Node:
    """A node of the citation graph, with where it leads."""

    key: str
    label: str
    href: str


def citation_graph(
    plans: Sequence[Node], cited: Sequence[Node], edges: Sequence[tuple[str, str, int]], title: str
) -> str:
    """Who cites what: plans on the left, the documents they cite on the right."""
    line, width, left, right = 26, 900, 230, 590
    height = max(len(plans) * 60, len(cited) * line) + 20
    gap = height / max(1, len(plans))
    y_plan = {node.key: gap * (i + 0.5) for i, node in enumerate(plans)}
    y_cited = {
        node.key: 16 + i * line + (height - 20 - len(cited) * line) / 2
        for i, node in enumerate(cited)
    }
    series = {node.key: i % 5 + 1 for i, node in enumerate(plans)}
    out = []
    for plan, instrument, count in edges:
        a, b = y_plan[plan], y_cited[instrument]
        middle = (left + right) / 2
        out.append(
            f'<path class="s{series[plan]}" stroke-width="{min(6, 1 + count * 0.6):.1f}" '
            f'd="M{left} {a:.0f}C{middle:.0f} {a:.0f} {middle:.0f} {b:.0f} {right} {b:.0f}"/>'
        )
    for node in plans:
        y = y_plan[node.key]
        name, _, about = node.label.partition(" (")
        under = (
            f'<text class="l u" x="{left - 14}" y="{y + 15:.0f}">{esc(about.rstrip(")"))}</text>'
        )
        out.append(
            f'<a href="{esc(node.href)}"><circle class="s{series[node.key]}" cx="{left}" cy="{y:.0f}" r="7"/>'
            f'<text class="l n" x="{left - 14}" y="{y - (2 if about else -4):.0f}">{esc(_fit(name, 30))}</text>{under if about else ""}</a>'
        )
    degree = {node.key: len({plan for plan, i, _ in edges if i == node.key}) for node in cited}
    for node in cited:
        shared = ' class="n"' if degree[node.key] > 1 else ""
        out.append(
            f'<a href="{esc(node.href)}"><circle cx="{right}" cy="{y_cited[node.key]:.0f}" r="4"/>'
            f'<text{shared} x="{right + 12}" y="{y_cited[node.key] + 4:.0f}">{esc(_fit(node.label, 42))}</text></a>'
        )
    return (
        f'<figure class="kh-figure"><div class="kh-zoom" tabindex="0"><svg class="kh-chart kh-graph" '
        f'viewBox="0 0 {width} {height}" role="group" aria-label="{esc(title)}">{"".join(out)}</svg></div></figure>'
    )
