"""How accurate the data measured: figures by table, field and plan, and every difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid, shorten
from khplans.site.pages.naming import document_name
from khplans.site.row_places import NOTED
from khplans.tables.definition import TABLE_NAMES, table

_ALL = "all"
_MEASURES = {
    "f1": ("Tìm đúng và đủ (F1)", "Found, and found rightly (F1)"),
    "precision": ("Tìm đúng", "Precision"),
    "recall": ("Tìm đủ", "Recall"),
}
_COLUMNS = {"type": "document_type"}
"""The columns that accuracy.json calls otherwise."""
_KINDS = {"missed": ("sót", "missed"), "extra": ("thừa", "extra"), "wrong": ("sai", "wrong")}


def accuracy_blocks(catalogue: Catalogue, page: SitePage) -> list[str]:
    """The figures with what they are worth, then where the data differs from the answers."""
    words = page.words
    figures: Sequence[Mapping[str, Any]] = catalogue.accuracy.get("figures", ())
    if not figures:
        return [f"<p>{words('Chưa đo cho phiên bản này.', 'Not measured for this version.')}</p>"]
    grouped: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = defaultdict(dict)
    for figure in figures:
        of_table = grouped[str(figure["table"])]
        of_table.setdefault(str(figure["measure"]), {})[str(figure["plan"])] = figure
    plans = sorted({str(figure["plan"]) for figure in figures} - {_ALL})
    blocks = [_worth(catalogue, page, plans)]
    for name, measures in grouped.items():
        blocks.append(f'<h3 id="accuracy-{esc(name)}">{esc(_table(name, words))}</h3>')
        blocks.append(_figures(catalogue, page, name, measures, plans))
    return [*blocks, *_differences(catalogue, page)]


def _worth(catalogue: Catalogue, page: SitePage, plans: Sequence[str]) -> str:
    words = page.words
    without = ", ".join(
        page.a(f"plans/{page_name(plan_id)}", document_name(plan.main, words))
        for plan_id, plan in catalogue.collection.plans.items()
        if plan_id not in plans
    )
    text = words(
        "So với những câu trả lời do người đọc hai lần; 100% là không sót và không sai. Quy tắc đọc đã được viết và sửa "
        "trên chính các kế hoạch này, nên hãy coi đây là mức cao nhất: kế hoạch chưa ai xem sẽ được đọc kém hơn.",
        "Against answers that people read twice; 100% means nothing missed and nothing wrong. The reading rules were "
        "developed on these very plans, so take the figures as an upper bound: plans nobody has seen will be read less well.",
    )
    unseen = words("Đo trên văn bản chưa thấy", "Measured on texts not seen before")
    text += f" {page.a('about', unseen, 'unseen')}."
    if without:
        text += f" {words('Không có câu trả lời ở đây cho', 'No answers here for')}: {without}."
    return f'<p class="kh-note">{text}</p>'


def _figures(
    catalogue: Catalogue,
    page: SitePage,
    name: str,
    measures: Mapping[str, Mapping[str, Mapping[str, Any]]],
    plans: Sequence[str],
) -> str:
    """A line for each measure: over all plans, then each plan."""
    words = page.words
    numbers = [esc(catalogue.collection.plans[p].main["number"] or p) if p in catalogue.collection.plans else esc(p)
               for p in plans]  # fmt: skip
    head = (words("Thước đo", "Figure"), words("Đúng", "Right"), words("Tất cả", "All"), *numbers)
    order = [*(m for m in _MEASURES if m in measures), *(m for m in measures if m not in _MEASURES)]
    rows = []
    for measure in order:
        found = measures[measure]
        whole = found.get(_ALL)
        right, meter = "", ""
        if whole:
            of = whole["found"] if measure == "precision" else whole["gold"]
            right = f"{words.number(whole['hits'])}/{words.number(of)}"
            share = float(whole["value"])
            meter = f'<meter min="0" max="1" value="{share:.4f}">{share:.4f}</meter> {_share(whole, words)}'
        label = esc(_measure(name, measure, words))
        rows.append((label, right, meter, *(_share(found.get(plan), words) for plan in plans)))
    places = range(3, 3 + len(plans))
    classes = {1: "num", 2: "nowrap", **dict.fromkeys(places, "num")}
    return grid(head, rows, classes=classes, label=_table(name, words))


def _share(figure: Mapping[str, Any] | None, words: Language) -> str:
    return f"{words.number(round(float(figure['value']) * 100, 1))}%" if figure else "–"


def _table(name: str, words: Language) -> str:
    return words.table(name) if name in TABLE_NAMES else name


def _measure(table_name: str, measure: str, words: Language) -> str:
    if measure in _MEASURES:
        return words(*_MEASURES[measure])
    if measure in ("lead", "coordinate"):
        return words.value("task_agencies", "role", measure)
    column = _COLUMNS.get(measure, measure)
    if table_name in TABLE_NAMES and column in table(table_name).columns:
        found = table(table_name).field(column)
        return words(found.title, found.title_en)
    return measure


def _differences(catalogue: Catalogue, page: SitePage) -> list[str]:
    """Every answer that was missed and every row that is extra or wrong, with the plan's words."""
    words = page.words
    differences: Sequence[Mapping[str, Any]] = catalogue.accuracy.get("differences", ())
    title = words("Chỗ sót, thừa và sai", "Missed, extra and wrong")
    heading = f'<h3 id="differences">{title} ({words.number(len(differences))})</h3>'
    files = words("Tải", "Download") + ": " + ", ".join(
        f'<a href="{esc(page.file_link(f"data/{catalogue.version}/{name}"))}" download>{name}</a>'
        for name in ("accuracy.json", "accuracy.csv") if name in catalogue.files
    )  # fmt: skip
    if not differences:
        none = words("Không còn chỗ nào khác với câu trả lời.", "Nothing differs from the answers.")
        return [heading, f"<p>{none} {files}.</p>"]
    head = (words("Bảng", "Table"), words("Kế hoạch", "Plan"), words("Chỗ khác", "Difference"),
            words("Chữ trong kế hoạch", "The plan's words"))  # fmt: skip
    rows = [
        (
            esc(_table(str(d["table"]), words)),
            _plan(catalogue, page, d),
            _difference(d, words),
            f'<span lang="vi">{esc(shorten(str(d["words"]), 200))}</span>',
        )
        for d in differences
    ]
    return [heading, f"<p>{files}.</p>", grid(head, rows, label=title)]


def _difference(d: Mapping[str, Any], words: Language) -> str:
    kind = esc(words(*_KINDS.get(str(d["kind"]), (str(d["kind"]), str(d["kind"])))))
    if not d["field"]:
        return kind
    field = esc(_measure(str(d["table"]), str(d["field"]), words))
    answer, found = esc(shorten(str(d["answer"]), 90)), esc(shorten(str(d["found"]), 90))
    return f"{kind}: {field} <del>{found}</del> → <ins>{answer}</ins>"


def _plan(catalogue: Catalogue, page: SitePage, d: Mapping[str, Any]) -> str:
    """The plan, at the row where there is one."""
    collection, name = catalogue.collection, str(d["table"])
    plan = collection.plans.get(str(d["plan"]))
    if plan is None:
        return esc(d["plan"])
    label = str(plan.main["number"] or plan.plan_id)
    row = collection.by_key(name).get(str(d["row_id"])) if name in NOTED else None
    if row is None:
        return page.a(catalogue.plan_page(plan.plan_id), label)
    return page.a(catalogue.row_page(row), label, anchor(name, str(d["row_id"])))
