"""A chart on its page, with the same picture and its data as files beside the page."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib.resources import files
from textwrap import wrap

from markupsafe import Markup

from khplans.releases.excel_csv import harmless
from khplans.site.catalogue import Catalogue
from khplans.site.chart import Chart, legend, without_links
from khplans.site.colours import accent_css
from khplans.site.markup import SitePage, esc
from khplans.site.templating import render
from khplans.text.visible import visible

_EDGE = 16
"""Around a picture that stands alone."""


def figure(catalogue: Catalogue, page: SitePage, chart: Chart, name: str, frame: str = "kh-wide") -> Markup:  # fmt: skip
    """The figure; its SVG and CSV go beside the page as `<page>-<name>`, PNG is made by picture.js."""
    stem = f"{page.file.removesuffix('.md')}-{name}"
    keys, above = legend(chart)
    apart, (left, top, width, height) = _apart(catalogue, page, chart, above)
    drawn = f'<g transform="translate(0 {above})">{chart.drawn}</g>'
    page.files[f"{stem}.svg"] = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kh-chart" viewBox="{left} {top} {width} {height}" width="{width}" height="{height}">'
        f"<style>{chart_styles(catalogue.settings.accent)}</style>"
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#fff"/>{apart}{keys}{without_links(drawn)}</svg>\n'
    )
    page.files[f"{stem}.csv"] = _csv(chart)
    if "picture.js" not in page.scripts:
        page.scripts += ("picture.js",)
    return render(
        page, "figure.html", chart=chart, frame=frame, height=chart.height + above, keys=Markup(keys),
        apart=Markup(apart), drawn=Markup(drawn), whole=f"{left} {top} {width} {height}", file=stem.rpartition("/")[2],
        catalogue=catalogue.settings.name,
    )  # fmt: skip


def _apart(
    catalogue: Catalogue, page: SitePage, chart: Chart, above: int
) -> tuple[str, tuple[int, int, int, int]]:
    """The title and the source, which a picture has that stands alone, and its place and size."""
    lines = wrap(chart.title, (chart.width - 20) // 8) or [""]
    head = 24 * len(lines) + 12
    source = f"{catalogue.heading(page.words)} {catalogue.version_in(page.words)}, {catalogue.settings.licensed.short}"
    spans = "".join(f'<tspan x="0" y="{24 * i + 8 - head + 10}">{esc(line)}</tspan>' for i, line in enumerate(lines))  # fmt: skip
    below = chart.height + above
    apart = f'<g class="kh-apart"><text class="ti">{spans}</text><text class="so" x="0" y="{below + 22}">{esc(source)}</text></g>'
    return apart, (-_EDGE, -head - _EDGE, chart.width + 2 * _EDGE, below + head + 34 + _EDGE)


@cache
def chart_styles(accent: str) -> str:
    """The rules of chart.css with the colours of a light page in them, as programs that draw SVG take them.

    >>> "var(" in chart_styles("#0b5563"), "#0b5563" in chart_styles("#0b5563")
    (False, True)
    """
    css = files("khplans.site") / "assets" / "css"
    face = css.joinpath("face.css").read_text("utf-8") + accent_css(accent)
    rules = re.sub(r"/\*.*?\*/", "", css.joinpath("chart.css").read_text("utf-8"), flags=re.DOTALL)
    light = re.findall(r'\[data-md-color-scheme="default"\] ?\{(.*?)\}', face, re.DOTALL)
    values = dict(re.findall(r"--([\w-]+): ?([^;]+)", ";".join(light)))
    return re.sub(r"var\(--([\w-]+)\)", lambda match: values[match[1]].strip(), rules.strip())


def _csv(chart: Chart) -> str:
    """The data of a picture, with a byte-order mark for Excel and nothing in it that a spreadsheet runs."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(chart.head)
    writer.writerows([_cell(cell) for cell in row] for row in chart.rows)
    return "\ufeff" + stream.getvalue()


def _cell(cell: str) -> str:
    """A cell of a CSV file as a spreadsheet may read it: words that begin as a formula are none.

    >>> _cell("-5.5"), _cell("=1+1"), _cell("Sở Y tế")
    ('-5.5', "'=1+1", 'Sở Y tế')
    """
    number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return cell if number else harmless(visible(cell))
