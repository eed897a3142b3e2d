"""What khplans measured on texts that it had not seen: counts that people wrote down, with intervals.

A catalogue keeps them in `checks/unseen_sets.csv` and `checks/unseen_figures.csv`; the Table Schemas
of both stand beside this file. A set is labelled before the program is run on it. Once code was mended
by the errors that it showed, it is a development set, and no figure of it is taken any more.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from khplans.errors import both, wrong_entry
from khplans.intake.plans import ABOUT, original_of
from khplans.knowledge.own import read_written
from khplans.knowledge.schema import Row, parse_schema
from khplans.knowledge.table import parse_rows
from khplans.scoring.score import ALL, Score
from khplans.scoring.wording import is_measured
from khplans.text.in_words import day_in_words

SETS, FIGURES = "unseen_sets", "unseen_figures"
ALL_FORMS = "all"
_RECOGNISED = '"tesseract'
"""Among the tools that plan.toml names where a text was recognised."""
_Z = 1.959963984540054
"""The standard normal deviate of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class UnseenFigure:
    """`right` of `n`: as `precision` or `recall` of a table's rows, or as a field that is right.

    `form` is a form of file or `all`, `scope` which rows count, `measured` an ISO date, `code` a commit.
    """

    measured: str
    code: str
    form: str
    table: str
    measure: str
    scope: str
    right: int
    n: int

    @property
    def value(self) -> float:
        """The share that is right."""
        return self.right / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        return wilson(self.right, self.n)

    def as_dict(self) -> dict[str, Any]:
        """As accuracy.json has it: shares to six places."""
        low, high = (round(end, 6) for end in self.interval)
        return asdict(self) | {"value": round(self.value, 6), "low": low, "high": high}


@dataclass(frozen=True, slots=True)
class UnseenSet:
    """A set of texts and its figures; `development_since` is an ISO date, or empty while it is blind."""

    name: str
    documents: int
    description: str
    description_en: str
    development_since: str
    figures: tuple[UnseenFigure, ...]

    def as_dict(self) -> dict[str, Any]:
        """As accuracy.json has it."""
        return asdict(self) | {"figures": [figure.as_dict() for figure in self.figures]}


def plan_forms(plans: Path) -> dict[str, str]:
    """The form of file in which each plan of a folder came, by plan: `docx`, `scan`, …

    >>> plan_forms(Path("no such folder"))
    {}
    """
    return {path.parent.name: _form(path.parent) for path in sorted(plans.glob("*/source.txt"))}


def _form(plan: Path) -> str:
    if _RECOGNISED in read_written(plan / ABOUT):
        return "scan"
    original = original_of(plan)
    form = original.suffix[1:].lower() if original else "txt"
    return "html" if form == "htm" else form


def figure_rows(score: Score, forms: Mapping[str, str], name: str, measured: str, code: str) -> str:
    """The lines of unseen_figures.csv, without its header, that a score of a set's texts gives.

    `forms` are those of the texts' files, `measured` is an ISO date, `code` a commit or tree of git.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for f in score.figures:
        if f.plan != ALL and f.measure not in ("precision", "f1"):
            field = "rows" if f.measure == "recall" else f.measure
            found = {"given": f.found} if field == "rows" else {}
            count = counts[forms[f.plan], f.table, field]
            count.update({"right": f.hits, "expected": f.gold, **found})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for (form, table, field), n in sorted(counts.items()):
        given = n["given"] if field == "rows" else ""
        writer.writerow((name, measured, code, form, table, field, "all", n["right"], n["expected"], given))  # fmt: skip
    return out.getvalue()


def development_words(one: UnseenSet) -> tuple[str, str]:
    """That a set is for developing now, in both languages; empty texts where it is still blind."""
    if not one.development_since:
        return "", ""
    day = date.fromisoformat(one.development_since)
    return (
        f"Sau khi đo, mã đã được sửa theo lỗi của bộ này; từ {day_in_words(day, 'vi')} nó là bộ để phát triển.",
        "After the measurement code was mended by the errors of this set; "
        f"since {day_in_words(day, 'en')} it is a development set.",
    )


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score; `n` must be above 0.

    >>> [round(end, 3) for end in wilson(18, 21)], wilson(3, 3)[1]
    ([0.654, 0.95], 1.0)
    """
    share, square = right / n, _Z * _Z / n
    middle = share + square / 2
    half = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def read_unseen(checks: Path) -> tuple[UnseenSet, ...]:
    """The sets of a catalogue's `checks/`, the latest measured first; none where it has no such files.

    Raises `KhplansError` with the line that is wrong.

    >>> read_unseen(Path("no such folder"))
    ()
    """
    if not (checks / f"{SETS}.csv").is_file():
        return ()
    sets = _read(checks, SETS, ())
    rows = _read(checks, FIGURES, [row for _, row in sets])
    since = {row["set"]: row["development_since"] for _, row in sets}
    of_set: dict[str, list[Row]] = defaultdict(list)
    given: dict[tuple[str, ...], bool] = {}
    for number, row in rows:
        counted = given.setdefault((row["set"], *_but_form(row)), bool(row["given"]))
        if fault := _fault(row, since[row["set"]], counted):
            raise wrong_entry(f"{checks.name}/{FIGURES}.csv:{number}", fault)
        of_set[row["set"]].append(row)
    found = [_set(row, of_set[row["set"]]) for _, row in sets]
    for (number, _), one in zip(sets, found, strict=True):
        if not one.figures:
            none = both(f"bộ {one.name} chưa có kết quả", "a set without figures")
            raise wrong_entry(f"{checks.name}/{SETS}.csv:{number}", none)
    return tuple(sorted(found, key=lambda one: max(f.measured for f in one.figures), reverse=True))


def _read(checks: Path, name: str, sets: Sequence[Row]) -> list[tuple[int, Row]]:
    schema = parse_schema(
        name, (files("khplans.scoring") / f"{name}.schema.json").read_text("utf-8")
    )
    lines = read_written(checks / f"{name}.csv").splitlines()

    def column(_table: str, column: str) -> frozenset[str]:
        return frozenset(row[column] for row in sets)

    return parse_rows(schema, lines, f"{checks.name}/{name}.csv", column)


def _but_form(row: Row) -> tuple[str, ...]:
    """What a row of figures shares with those of other forms of file, over which it is summed."""
    return tuple(row[name] for name in ("measured", "code", "table", "field", "scope"))


def _fault(row: Row, since: str, given: bool) -> str:
    """What is wrong with a row of figures beside what its schema says, or nothing.

    `given` says whether the rows that were given are counted for the forms of file above it.
    """
    if bool(row["given"]) != given:
        return both("given phải có ở mọi dạng tệp hoặc không dạng nào", "given is counted for all forms or for none")  # fmt: skip
    if not is_measured(row["table"], row["field"]):
        return both("không có bảng hay trường này", "no such table or field")
    if row["given"] and row["field"] != "rows":
        return both("given chỉ dùng với rows", "given goes with rows alone")
    counted = [int(row[name]) for name in ("right", "expected", "given") if row[name]]
    if min(counted) < counted[0]:
        return both("right lớn hơn expected hoặc given", "right is above expected or given")
    if since and row["measured"] > since:
        return both("đo sau khi bộ đã thành bộ để phát triển", "measured on a development set")
    return ""


def _set(row: Row, rows: Sequence[Row]) -> UnseenSet:
    figures = tuple(figure for one in (*rows, *_over_all_forms(rows)) for figure in _figures(one))
    return UnseenSet(
        row["set"],
        int(row["documents"]),
        row["description"],
        row["description_en"],
        row["development_since"],
        figures,
    )


def _over_all_forms(rows: Sequence[Row]) -> Iterator[Row]:
    """The counts of rows that differ in their form alone, summed."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        alike[_but_form(row)].append(row)
    for same in alike.values():
        counts = {
            name: str(sum(int(row[name]) for row in same)) if all(row[name] for row in same) else ""
            for name in ("right", "expected", "given")
        }
        yield {**same[0], "form": ALL_FORMS, **counts}


def _figures(row: Row) -> Iterator[UnseenFigure]:
    """The shares that a row's counts give: of rows, how many were found and how many of those given are right."""
    whole = row["field"] == "rows"
    counted = [("recall" if whole else row["field"], row["expected"]), ("precision", row["given"])]
    for measure, n in counted:
        if n and int(n):
            yield UnseenFigure(
                row["measured"], row["code"], row["form"], row["table"], measure, row["scope"],
                int(row["right"]), int(n),
            )  # fmt: skip
