"""Measures: one target across plans, years and provinces, as a picture and a table; themes."""

from __future__ import annotations

from collections import defaultdict

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Point, measure_chart
from khplans.site.data import Row
from khplans.site.markup import Page, esc, grid
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import in_plan, words_link
from khplans.site.words import Words


def measures_page(catalogue: Catalogue, words: Words) -> Page:
    """All measures by theme, and the indicators that have none yet."""
    page = Page(words, "measures/index", words("Chỉ tiêu", "Indicators"),
                words("Một chỉ tiêu qua các kế hoạch, các năm, các tỉnh.",
                      "One target across plans, years and provinces."), layout="read", scripts=("filter.js",))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(
        f'<p class="kh-tools"><label>{words("Lọc", "Filter")} <input type="search" class="kh-filter"></label></p>'
    )
    for theme, measures in themes(catalogue).items():
        page.heading(2, words.theme(theme), f"t-{page_name(theme or 'other')}")
        page.add(measure_table(catalogue, page, measures))
    loose = [row for row in catalogue.collection.tables["indicators"] if not row["measure_id"]]
    if loose:
        page.heading(
            2,
            words("Con số chưa gắn với thước đo chung", "Figures without a common measure"),
            "loose",
        )
        page.add(indicator_table(catalogue, page, loose[:200]))
        if len(loose) > 200:
            link = page.a("tables/indicators", words("xem cả bảng", "see the whole table"))
            page.add(f"<p>{words('Còn nữa', 'More')}: {link}.</p>")
    return page


def themes(catalogue: Catalogue) -> dict[str, list[Row]]:
    """Measures that have figures, by theme, themes with most figures first."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for measure in catalogue.collection.tables["measures"]:
        if catalogue.collection.measured.get(measure["measure_id"]):
            grouped[measure["theme"] or ""].append(measure)
    weight = {
        theme: sum(len(catalogue.collection.measured[m["measure_id"]]) for m in measures)
        for theme, measures in grouped.items()
    }
    return {theme: grouped[theme] for theme in sorted(grouped, key=lambda t: (-weight[t], t))}


def measure_name(measure: Row, words: Words) -> str:
    """A measure's name in the page's language."""
    return str(words(measure["name"], measure["name_en"] or measure["name"]))


def measure_table(catalogue: Catalogue, page: Page, measures: list[Row]) -> str:
    """Measures with how many figures they have and the newest one."""
    words = page.words
    head = (
        words("Thước đo", "Measure"),
        words("Con số", "Figures"),
        words("Mới nhất", "Newest"),
        words("Thời kỳ", "Period"),
    )
    rows = []
    for measure in sorted(measures, key=lambda m: measure_name(m, words)):
        found = _by_time(catalogue.collection.measured[measure["measure_id"]])
        newest = found[-1]
        rows.append((
            page.a(f"measures/{page_name(measure['measure_id'])}", measure_name(measure, words)),
            words.number(len(found)),
            f"<b>{esc(words.amount(newest))}</b>",
            esc(f"{words.value('indicators', 'kind', newest['kind']).lower()} {words.period(newest['period'])}"),
        ))  # fmt: skip
    return grid(head, rows, classes={1: "num", 2: "nowrap", 3: "nowrap"})


def indicator_table(catalogue: Catalogue, page: Page, rows: list[Row]) -> str:
    """Figures with period, kind and where they stand."""
    words = page.words
    documents = catalogue.collection.by_key("documents")
    head = (words("Thời kỳ", "Period"), words("Giá trị", "Value"), words("Loại", "Kind"),
            words("Tên trong kế hoạch", "Name in the plan"), words("Tỉnh", "Province"), words("Trong văn bản", "In the plan"))  # fmt: skip
    cells = [
        (
            esc(words.period(row["period"])),
            f"<b>{esc(_change(row, words))}{esc(words.amount(row))}</b>",
            esc(words.value("indicators", "kind", row["kind"])),
            f'<span lang="vi">{esc(row["name"])}</span>',
            esc(documents[row["document_id"]]["province"] or ""),
            in_plan(catalogue, page, "indicators", row),
        )
        for row in rows
    ]
    return grid(
        head, cells, classes={0: "nowrap"}, label=words("Các con số", "Figures"), labelled=True
    )


def _change(row: Row, words: Words) -> str:
    if row["change"] == "level":
        return ""
    return words.value("indicators", "change", row["change"]).lower() + " "


def measure_page(catalogue: Catalogue, measure: Row, words: Words) -> Page:
    """One measure over plans, years and provinces."""
    name = measure_name(measure, words)
    rows = _by_time(catalogue.collection.measured[measure["measure_id"]])
    page = Page(words, f"measures/{page_name(measure['measure_id'])}", name,
                words(f"{name}: mục tiêu và kết quả qua các kế hoạch, kèm câu chữ gốc.",
                      f"{name}: targets and results across the plans, with their words."), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("measures/index", words("Chỉ tiêu", "Indicators"))} · '
             f"{page.a('themes/' + page_name(measure['theme'] or 'other'), words.theme(measure['theme']))}</p>")  # fmt: skip
    page.add(f"<h1>{esc(name)}</h1>")
    if words.code == "en":
        page.add(f'<p class="kh-lead" lang="vi">{esc(measure["name"])}</p>')
    charts = _charts(catalogue, page, rows, name)
    if charts:
        page.heading(2, words("Qua các năm", "Over the years"), "chart")
        page.add(*charts)
    page.heading(2, words("Các con số", "The figures"), "figures")
    page.add(indicator_table(catalogue, page, rows))
    explorer = page.link("tables/indicators") + f"?measure={measure['measure_id']}"
    page.add(
        f'<p><a class="kh-button" href="{esc(explorer)}">{words("Lọc và tải các dòng này", "Filter and download these rows")}</a></p>'
    )
    page.heading(2, words("Trích dẫn", "Cite this"), "cite")
    page.add(citation_block(catalogue, page, page.path, name))
    return page


_FAMILIES = {"percent_per_year": "percent", "percentage_point_per_year": "percentage_point"}
"""Units whose values stand on one scale: a rate of a year and a mean rate over years."""


def _charts(catalogue: Catalogue, page: Page, rows: list[Row], name: str) -> list[str]:
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
    for (unit, _), found in sorted(grouped.items(), key=lambda i: (-len(i[1]), i[0])):
        points = [
            Point(
                first=int(row["period"][:4]),
                last=int(row["period"].split("/")[-1][:4]),
                value=_signed(row, row["value"]),
                high=None if row["value_high"] is None else _signed(row, row["value_high"]),
                target=row["kind"] == "target",
                label=f"{row['name']}: {row['quote']} ({words.period(row['period'])})",
                series=provinces.index(documents[row["document_id"]]["province"] or ""),
                href=words_link(catalogue, page, "indicators", row),
            )
            for row in found
        ]
        charts.append(measure_chart(points, words, f"{name}, {words.unit(unit)}", words.unit(unit)))
    if len(provinces) > 1 and charts:
        keys = " ".join(
            f'<span class="kh-key s{i % 5 + 1}"></span>{esc(p or "–")}'
            for i, p in enumerate(provinces)
        )
        charts.append(f'<p class="kh-small">{words("Tỉnh", "Province")}: {keys}</p>')
    return charts


def _signed(row: Row, value: float) -> float:
    return -float(value) if row["change"] == "decrease" else float(value)


def _by_time(rows: list[Row]) -> list[Row]:
    return sorted(
        rows, key=lambda r: ((r["period"] or "").split("/")[-1], r["document_id"], r["start"])
    )


def themes_page(catalogue: Catalogue, words: Words) -> Page:
    """The themes with their measures."""
    page = Page(words, "themes/index", words("Chủ đề", "Themes"),
                words("Các thước đo theo chủ đề.", "The measures by theme."))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    cards = []
    for theme, measures in themes(catalogue).items():
        names = ", ".join(measure_name(m, words) for m in measures[:6])
        cards.append(
            f'<li class="kh-card">{page.a("themes/" + page_name(theme or "other"), words.theme(theme))}'
            f'<p class="kh-small">{esc(names)}{"…" if len(measures) > 6 else ""}</p></li>'
        )
    page.add(f'<ul class="kh-cards">{"".join(cards)}</ul>')
    return page


def theme_page(catalogue: Catalogue, theme: str, measures: list[Row], words: Words) -> Page:
    """One theme: its measures and the tasks in whose words their figures stand."""
    name = words.theme(theme)
    page = Page(words, f"themes/{page_name(theme or 'other')}", name,
                words(f"Chủ đề {name}: các thước đo và nhiệm vụ có chỉ tiêu.",
                      f"{name}: its measures, and the tasks with a figure."), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("themes/index", words("Chủ đề", "Themes"))}</p>')
    page.add(f"<h1>{esc(name)}</h1>")
    page.heading(2, words("Thước đo", "Measures"), "measures")
    page.add(measure_table(catalogue, page, measures))
    tasks = catalogue.collection.by_key("tasks")
    found = {
        row["task_id"]: tasks[row["task_id"]]
        for measure in measures
        for row in catalogue.collection.measured[measure["measure_id"]]
        if row["task_id"]
    }
    if found:
        from khplans.site.pages.common import by_deadline, task_table

        page.heading(
            2,
            words("Nhiệm vụ có chỉ tiêu thuộc chủ đề", "Tasks with a figure of the theme"),
            "tasks",
        )
        page.add(task_table(catalogue, page, by_deadline(found.values()), label=name))
    return page
