"""Pictures drawn when the site is built: plain SVG whose colours come from `assets/css/chart.css`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from textwrap import wrap

from khplans.site.languages import Language
from khplans.site.markup import esc

_WIDTH = 760
_NARROW = 480
"""Fits a phone as it is; what is wider scrolls there."""
_LETTER = 7.2
"""Mean width of a letter."""


@dataclass(frozen=True)
class Chart:
    """A drawn picture: `drawn` is SVG below its legend, `head` and `rows` are its data.

    `keys` name its colours: the class of what is drawn in each, and its words.
    """

    title: str
    width: int
    height: int
    drawn: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    keys: Sequence[tuple[str, str]] = ()

    @property
    def narrow(self) -> bool:
        """Whether it fits a phone."""
        return self.width <= _NARROW


@dataclass(frozen=True)
class Point:
    """A value at a moment (or over years `first`–`last`), drawn filled where it is a result.

    Moments are in years: 2024.0 is the middle of 2024. `note` stands behind the value, `row` is its line of the data.
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
    row: Sequence[str] = ()


def ticks(low: float, high: float) -> list[float]:
    """Round numbers that span `low`–`high`, some four of them.

    >>> ticks(6.5, 8.1), ticks(0, 16687)
    ([6.0, 7.0, 8.0, 9.0], [0.0, 10000.0, 20000.0])
    """
    if high <= low:
        low, high = min(low, 0.0), max(high, 1.0, low)
    rough = (high - low) / 3
    magnitude = 10.0 ** floor(log10(rough))
    step = next(s * magnitude for s in (1, 2, 2.5, 5, 10) if s * magnitude >= rough)
    first, last = floor(low / step), ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]


def measure_chart(
    points: Sequence[Point],
    words: Language,
    title: str,
    unit: str,
    *,
    head: Sequence[str],
    series: Sequence[str] = (),
) -> Chart:
    """Values by year: filled for results, hollow for targets, a bracket over a period of years.

    `series` names the colours where there are several.
    """
    years = sorted({floor(y + 0.5) for p in points for y in (p.first, p.last)})
    noted = max(len(p.note) for p in points) > 12
    width = _WIDTH if noted or years[-1] - years[0] > 3 else _NARROW
    values = [v for p in points for v in (p.value, p.high) if v is not None]
    marks = ticks(_foot(values), max(values))
    plane = _Plane(width, (years[0] - 0.5, years[-1] + 0.5), (marks[0], marks[-1]))
    out = [
        f'<text class="u" x="{_LEFT}" y="12">{esc(unit)}</text>',
        *_lines(plane, marks, years, words),
        *(
            f'<path class="gap" d="M{plane.x(a.first):.1f} {plane.y(a.value):.1f}V{plane.y(b.value):.1f}"/>'
            for a, b in _pairs(points)
        ),
    ]
    labels = _Labels(width, [(plane.x(p.first), plane.x(p.last), plane.y(p.value)) for p in points])
    for p in sorted(points, key=lambda p: (p.first, p.last, -p.value)):
        out.append(_point(p, plane.x, plane.y, words, labels, "%" if unit.startswith("%") else ""))
    rows = [p.row for p in points]
    return Chart(title, width, _HEIGHT, "".join(out), head, rows, _keys(points, series, words))


_HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 340, 56, 24, 24, 40
"""The height of a chart by year, and what stands beside, above and below its plane."""


@dataclass(frozen=True)
class _Plane:
    """Where years and values stand in a chart that is `width` wide."""

    width: int
    years: tuple[float, float]
    values: tuple[float, float]

    def x(self, year: float) -> float:
        first, last = self.years
        return _LEFT + (year - first) / (last - first) * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        low, high = self.values
        return _TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)


def _foot(values: Sequence[float]) -> float:
    """Where the scale begins: at zero, but near the values where all lie close together above it.

    >>> _foot([80, 100]), _foot([20, 100]), _foot([-5, 100])
    (80, 0.0, -5)
    """
    low = min(values)
    return low if low > 0 and low > 0.7 * max(values) else min(0.0, low)


def _lines(
    plane: _Plane, marks: Sequence[float], years: Sequence[int], words: Language
) -> Iterator[str]:
    """The lines of the scale with their numbers, and the years below, at most twelve."""
    for mark in marks:
        y, number = plane.y(mark), esc(words.number(mark).replace("-", "−"))
        yield (
            f'<line class="g" x1="{_LEFT}" x2="{plane.width - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="y" x="{_LEFT - 10}" y="{y + 4:.1f}">{number}</text>'
        )
    step = max(1, ceil((years[-1] - years[0] + 1) / 12))
    for year in range(years[0], years[-1] + 1, step):
        yield f'<text class="x" x="{plane.x(year):.1f}" y="{_HEIGHT - 14}">{year}</text>'


def _keys(points: Sequence[Point], series: Sequence[str], words: Language) -> list[tuple[str, str]]:
    """What the signs and colours mean, by the style of each."""
    keys = [("t", words.say("Target")), ("r", words.say("Result"))]
    if any(p.last > p.first for p in points):
        keys.append(("p", words.say("Whole period")))
    return [*keys, *((f"s{i % 5 + 1}", name) for i, name in enumerate(series))]


def _pairs(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Target and result of the same series and moment: what lies between them is the gap."""
    found = []
    for target in points:
        for result in points:
            same = (target.series, target.first, target.last) == (result.series, result.first, result.last)  # fmt: skip
            if target.target and not result.target and same and target.first == target.last:
                found.append((target, result))
    return found


Box = tuple[float, float, float, float]


class _Labels:
    """Where the labels of values may stand: on no point and on no other label."""

    def __init__(self, width: int, points: Sequence[tuple[float, float, float]]) -> None:
        self._width = width
        self._taken = [(a - 8, level - 8, b + 8, level + 8) for a, b, level in points]

    def place(self, centre: float, level: float, width: float) -> tuple[float, float]:
        """Above its point, below, right or left of it, else above or below but moved to the side."""
        half = width / 2
        options = (
            (centre, level - 11), (centre, level + 21), (centre + half + 11, level + 4),
            (centre - half - 11, level + 4), (centre + half - 8, level - 11),
            (centre + half - 8, level + 21), (centre - half + 8, level - 11),
            (centre - half + 8, level + 21),
        )  # fmt: skip
        boxes = [(x, y, (x - half, y - 11, x + half, y + 2)) for x, y in options]
        inside = [one for one in boxes if one[2][0] >= 8 and one[2][2] <= self._width - 4]
        free = [one for one in inside if not any(_overlap(one[2], box) for box in self._taken)]
        x, y, box = (free or inside or boxes)[0]
        self._taken.append(box)
        return x, y


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a place in common.

    >>> _overlap((0, 0, 5, 5), (4, 4, 9, 9)), _overlap((0, 0, 5, 5), (5, 0, 9, 5)), _overlap((0, 0, 5, 5), (0, 6, 5, 9))
    (True, False, False)
    """
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _point(
    p: Point,
    x: Callable[[float], float],
    y: Callable[[float], float],
    words: Language,
    labels: _Labels,
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
    left, base = labels.place(centre, level, _LETTER * len(text))
    shape += f'<text class="v" x="{left:.1f}" y="{base:.1f}">{esc(text)}</text>'
    kind = f"{'t' if p.target else 'r'} s{p.series % 5 + 1}"
    group = f'<g class="{kind}"><title>{esc(p.label)}</title>{shape}</g>'
    return _linked(group, p.href)


def _linked(drawn: str, href: str) -> str:
    """A drawing that leads to a page, if any.

    >>> _linked("<g/>", "a&b"), _linked("<g/>", "")
    ('<a href="a&amp;b"><g/></a>', '<g/>')
    """
    return f'<a href="{esc(href)}">{drawn}</a>' if href else drawn


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: parts lie behind each other in the order of `names`."""

    label: str
    parts: Sequence[int]
    href: str = ""


_SHORT = 14
"""Letters of a label that stands beside its bar; longer ones stand above theirs, whole."""
_LINE = 52


def bar_chart(
    bars: Sequence[Bar], names: Sequence[str], words: Language, title: str, *, head: str
) -> Chart:
    """Counts as horizontal bars, each with its number; `head` is the title of what they count for."""
    above = max((len(bar.label) for bar in bars), default=0) > _SHORT
    left = 0 if above else 108
    most = max((sum(bar.parts) for bar in bars), default=1) or 1
    scale = (_NARROW - left - 46) / most
    out, top = [], 4.0
    for bar in bars:
        lines = wrap(bar.label, _LINE) if above else [bar.label]
        if above:
            spans = "".join(f'<tspan x="0" y="{top + 13 + 18 * i:.0f}">{esc(line)}</tspan>' for i, line in enumerate(lines))  # fmt: skip
            label = f'<text class="l">{spans}</text>'
            top += 18 * len(lines) + 2
        else:
            label = f'<text class="l e" x="{left - 10}" y="{top + 15:.0f}">{esc(bar.label)}</text>'
        out += [_linked(label, bar.href), _parts(bar, names, words, left, top, scale)]
        top += 32 if above else 30
    keys = [(f"b{i + 1}", name) for i, name in enumerate(names)] if len(names) > 1 else []
    rows = [(bar.label, *map(str, bar.parts)) for bar in bars]
    return Chart(title, _NARROW, round(top), "".join(out), (head, *names), rows, keys)


def _parts(
    bar: Bar, names: Sequence[str], words: Language, left: float, top: float, scale: float
) -> str:
    """The parts of a bar beside each other, each with its number where several are, and the sum."""
    out, at = [], left
    several = len([part for part in bar.parts if part]) > 1
    for k, part in enumerate(bar.parts):
        if not part:
            continue
        size, number = part * scale, words.number(part)
        out.append(
            f'<rect class="b{k + 1}" x="{at:.1f}" y="{top:.0f}" width="{size:.1f}" height="20">'
            f"<title>{esc(names[k])}: {number}</title></rect>"
        )
        if several and size > 10 * len(number) + 4:
            out.append(f'<text class="in i{k + 1}" x="{at + size / 2:.1f}" y="{top + 15:.0f}">{number}</text>')  # fmt: skip
        at += size
    total = words.number(sum(bar.parts))
    out.append(f'<text class="n" x="{at + 7:.1f}" y="{top + 15:.0f}">{total}</text>')
    return "".join(out)


@dataclass(frozen=True)
class Node:
    """A node of the citation graph, with where it leads."""

    key: str
    label: str
    href: str


def citation_graph(
    plans: Sequence[Node],
    cited: Sequence[Node],
    edges: Sequence[tuple[str, str, int]],
    title: str,
    *,
    head: Sequence[str],
) -> Chart:
    """Who cites what: plans on the left, the documents they cite on the right.

    Nodes and lines carry the numbers of their ends, by which zoom.js lights them.
    """
    line, width, left, right = 26, 760, 210, 460
    height = max(len(plans) * 70, len(cited) * line) + 20
    gap = height / max(1, len(plans))
    nodes = [*plans, *cited]
    number = {node.key: i for i, node in enumerate(nodes)}
    at = {node.key: gap * (i + 0.5) for i, node in enumerate(plans)}
    start = 16 + (height - 20 - len(cited) * line) / 2
    at |= {node.key: start + i * line for i, node in enumerate(cited)}
    series = {node.key: i % 5 + 1 for i, node in enumerate(plans)}
    middle = (left + right) / 2
    out = [
        f'<path class="s{series[plan]}" data-a="{number[plan]}" data-b="{number[instrument]}" '
        f'stroke-width="{min(6, 1 + count * 0.6):.1f}" '
        f'd="M{left} {at[plan]:.0f}C{middle:.0f} {at[plan]:.0f} {middle:.0f} {at[instrument]:.0f} {right} {at[instrument]:.0f}"/>'
        for plan, instrument, count in edges
    ]
    shared = {key for key in number if len({plan for plan, i, _ in edges if i == key}) > 1}
    for node in plans:
        name, _, about = node.label.partition(" (")
        lines = [("n", one) for one in wrap(name, 24)] + [("u", one) for one in wrap(about.rstrip(")"), 28)]  # fmt: skip
        top = at[node.key] + 4 - 8 * (len(lines) - 1)
        spans = "".join(
            f'<tspan class="{css}" x="{left - 14}" y="{top + 16 * i:.0f}">{esc(one)}</tspan>'
            for i, (css, one) in enumerate(lines)
        )
        shape = f'<circle class="s{series[node.key]}" cx="{left}" cy="{at[node.key]:.0f}" r="7"/>'
        out.append(f'<a href="{esc(node.href)}" data-n="{number[node.key]}">{shape}<text class="l e">{spans}</text></a>')  # fmt: skip
    for node in cited:
        y, weight = at[node.key], ' class="n"' if node.key in shared else ""
        out.append(
            f'<a href="{esc(node.href)}" data-n="{number[node.key]}"><circle cx="{right}" cy="{y:.0f}" r="4"/>'
            f'<text{weight} x="{right + 12}" y="{y + 4:.0f}">{esc(_fit(node.label, 40))}<title>{esc(node.label)}</title></text></a>'
        )
    label = {node.key: node.label for node in nodes}
    rows = [(label[plan], label[instrument], str(count)) for plan, instrument, count in edges]
    return Chart(title, width, round(height), "".join(out), head, rows)


def _fit(text: str, length: int) -> str:
    """A text of so many characters at most.

    >>> _fit("abc", 3), _fit("ab cd", 4)
    ('abc', 'ab…')
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def legend(chart: Chart) -> tuple[str, int]:
    """The keys of a picture, in as many lines as its width asks for, and their height."""
    out, left, top = [], 0.0, 0
    letter = (
        10.7 if chart.narrow else 8.4
    )  # with what phones make of it: see .kh-narrow in pages.css
    for css, name in chart.keys:
        size = 34 + letter * len(name)
        if left and left + size > chart.width:
            left, top = 0.0, top + 24
        out.append(
            f'<g class="k {css}">{_sign(css, left, top)}<text x="{left + 24:.0f}" y="{top + 15}">{esc(name)}</text></g>'
        )
        left += size
    return "".join(out), top + 32 if chart.keys else 0


def _sign(css: str, left: float, top: int) -> str:
    """What stands for a colour or a shape: the very shape that the picture has.

    >>> [_sign(css, 0.0, 0)[:6] for css in ("t", "p", "s1")]
    ['<circl', '<path ', '<rect ']
    """
    if css in ("t", "r"):
        return f'<circle cx="{left + 9:.0f}" cy="{top + 10}" r="6"/>'
    if css == "p":
        return f'<path class="p" d="M{left + 1:.0f} {top + 4}v12m0-6h16m0-6v12"/>'
    return f'<rect class="{css}" x="{left + 1:.0f}" y="{top + 3}" width="15" height="14"/>'


_LINK = re.compile(r"</?a\b[^>]*>")


def without_links(drawn: str) -> str:
    """A picture that stands alone leads nowhere.

    >>> without_links('<a href="x" data-n="1"><circle r="4"/></a><animate/>')
    '<circle r="4"/><animate/>'
    """
    return _LINK.sub("", drawn)
