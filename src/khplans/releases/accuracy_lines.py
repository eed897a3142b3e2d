"""How right the data is, on the workbook's first sheet: on the plans themselves and on unseen texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from khplans.errors import both
from khplans.scoring.score import ALL, Score
from khplans.scoring.unseen import ALL_FORMS, UnseenFigure, UnseenSet, development_words
from khplans.scoring.wording import form_words, measure_words
from khplans.tables.definition import table

Line = str | tuple[str, int | None, str]
"""A heading, or a name (`#` in front makes it a link to a sheet), a number and words."""

_UPPER_BOUND = both(
    "Luật đọc đã được sửa trên chính các kế hoạch này, nên đây là mức cao nhất: văn bản chưa ai xem sẽ được đọc kém hơn.",
    "The rules were developed on these very plans, so this is an upper bound: plans nobody has seen are read less well.",
)
_NOT_MEASURED = both(
    "Danh mục này chưa đo trên văn bản chưa thấy.", "This catalogue has measured none."
)


def accuracy_lines(
    score: Score, forms: Mapping[str, str], unseen: Sequence[UnseenSet]
) -> Iterator[Line]:
    """The lines from top to bottom; none where nothing was measured. `forms` are those of the plans' files."""
    if not score.figures and not unseen:
        return
    yield both("Độ chính xác trên văn bản chưa thấy", "Accuracy on unseen texts")
    if not unseen:
        yield ("", None, _NOT_MEASURED)
    for one in unseen:
        yield from _set_lines(one)
    yield ("", None, "")
    if score.figures:
        yield both("Độ chính xác trên các kế hoạch ở đây", "Accuracy on the plans here")
        yield ("", None, _UPPER_BOUND)
        came = {forms[f.plan] for f in score.figures if f.plan in forms}
        shown = ", ".join(_form(form) for form in sorted(came))
        yield (both("Dạng tệp", "Form of file"), None, shown)
        for figure in score.figures:
            if figure.plan == ALL:
                n = figure.found if figure.measure == "precision" else figure.gold
                name = _name(figure.table, figure.measure)
                yield (name, None, f"{_per_cent(figure.value)}; n = {n}")
        yield ("", None, "")


def _set_lines(one: UnseenSet) -> Iterator[Line]:
    yield (one.name, None, f"{one.description} / {one.description_en}")
    if one.development_since:
        yield ("", None, both(*development_words(one)))
    alike: dict[tuple[str, ...], list[UnseenFigure]] = defaultdict(list)
    for f in one.figures:
        alike[f.measured, f.code, f.table, f.measure, f.scope].append(f)
    for (measured, code, *what), figures in alike.items():
        parts = {f.form: f for f in figures}
        whole = parts.pop(ALL_FORMS)
        low, high = (_per_cent(end) for end in whole.interval)
        by_form = ", ".join(f"{_form(x)} {f.right}/{f.n}" for x, f in parts.items())
        told = (
            f"{_per_cent(whole.value)} [{low}–{high}]; n = {whole.n}: {by_form}; {measured}, {code}"
        )
        yield (_name(*what), None, told)


def _name(table_name: str, measure: str, scope: str = "all") -> str:
    vi, en = measure_words(table_name, measure, scope)
    of = table(table_name)
    return both(f"{of.title}: {vi}", f"{of.title_en}: {en}")


def _form(form: str) -> str:
    vi, en = form_words(form)
    return vi if vi == en else both(vi, en)


def _per_cent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
