"""`review.csv` in a plan's folder: what people say of its rows. `review.schema.json` defines it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from khplans.errors import KhplansError, both
from khplans.intake.by_hand import csv_rows, day_of, wrong_line
from khplans.intake.judged_cells import read_pieces
from khplans.knowledge.schema import Schema, check_rows, parse_schema
from khplans.model import Judgement
from khplans.text.passage import Span

REVIEW = "review.csv"
CELLS = "cells"
"""What is judged of the words of some rows of a table, before anything is found in them: the cells they stand in."""
WARNINGS = "warnings"
"""What is judged of words that are doubted and that no row has: that a person has looked at them."""


@cache
def _schema() -> Schema:
    written = (files("khplans.intake") / "review.schema.json").read_text("utf-8")
    return parse_schema("review", written)


@cache
def judged_columns() -> Mapping[str, tuple[str, ...]]:
    """What can be judged of the rows of the data: the columns of each table, in their order.

    >>> judged_columns()["tasks"]
    ('lead', 'coordinate', 'deadline', 'cadence', 'output')
    """
    (what,) = (field for field in _schema().fields if field.name == "what")
    found: dict[str, tuple[str, ...]] = {}
    for one in what.enum:
        table, _, column = one.partition(".")
        if table not in (CELLS, WARNINGS):
            found[table] = (*found.get(table, ()), *filter(None, [column]))
    return MappingProxyType(found)


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a plan in their order; none where there is no such file.

    Raises `KhplansError` with the line and the cell for a file that its schema does not allow, for two
    judgements of the same thing, for a whole row that is neither confirmed, added nor taken out, and for
    cells that are not those of their words.
    """
    if not path.exists():
        return ()
    schema = _schema()
    found: list[tuple[int, dict[str, str]]] = []
    for number, cells in csv_rows(path):
        if number == 1 and cells != schema.header:
            raise wrong_line(
                path, 1, both(f"cột phải là {','.join(schema.header)}", "wrong columns")
            )
        if number == 1 or not cells:
            continue
        if len(cells) != len(schema.header):
            what = both(f"có {len(cells)} ô, cần {len(schema.header)}", "wrong number of cells")
            raise wrong_line(path, number, what)
        found.append((number, dict(zip(schema.header, cells, strict=True))))
    check_rows(schema, found, str(path), lambda table, column: frozenset())
    return tuple(_judgement(path, number, row) for number, row in found)


def _judgement(path: Path, number: int, row: Mapping[str, str]) -> Judgement:
    table, _, column = row["what"].partition(".")
    span = Span(int(row["start"]), int(row["end"]))
    row = _with_own_line_ends(row, span.end - span.start)
    before, after = row["from"], row["to"]
    if span.end - span.start != len(row["words"]):
        what = both(
            f"start:end là {span.end - span.start} ký tự, words có {len(row['words'])}",
            "start:end and words are not of one length",
        )
        raise wrong_line(path, number, what)
    day = date.fromisoformat(day_of(path, number, row["date"]))
    if table == WARNINGS:
        fault = _fault_of_doubts(before, after)
    else:
        fault = _fault_of_cells(row) if table == CELLS else _fault(bool(column), before, after)
    if fault:
        raise wrong_line(path, number, fault)
    return Judgement(
        table, column, span, row["words"], before, after, row["reason"], row["who"], day, number
    )


def _with_own_line_ends(row: Mapping[str, str], length: int) -> Mapping[str, str]:
    r"""A row, `length` characters of a plan, as it was before an editor saved it with other line ends.

    >>> _with_own_line_ends({"what": "cells", "words": "a b", "from": "1.1: a b", "to": "1.1: a\r\n1.2: b"}, 3)["to"]
    '1.1: a\n1.2: b'
    """
    saved = {name: cell.replace("\r\n", "\n") for name, cell in row.items()}
    if len(row["words"]) != length == len(saved["words"]):
        return saved
    return {**row, "from": saved["from"], "to": saved["to"]}


def _fault(of_value: bool, before: str, after: str) -> str:
    """What is wrong with a judgement of a value or a whole row, or nothing."""
    if of_value:
        same = both("`to` giống `from`", "`to` is the same as `from`")
        return same if before == after else ""
    if before != after and before and after:
        return both(
            "của cả dòng, `to` phải trống hoặc giống `from`; sửa từng giá trị thì mỗi cột một dòng",
            "of a whole row `to` is empty or the same as `from`; a value has a line of its own",
        )
    return "" if before or after else both("`from` và `to` đều trống", "`from` and `to` are empty")


def _fault_of_doubts(before: str, after: str) -> str:
    """What is wrong with a judgement of doubts, or nothing."""
    if before and before == after:
        return ""
    return both(
        "của warnings, `from` và `to` giống nhau: mã của những điều ngờ đã xem",
        "of warnings `from` and `to` are the same: the codes of the doubts that were looked at",
    )


def _fault_of_cells(row: Mapping[str, str]) -> str:
    """What is wrong with a judgement of cells, or nothing."""
    for side in ("from", "to"):
        try:
            read_pieces(row["words"], row[side])
        except KhplansError as error:
            return f"`{side}`: {error.what}"
    return ""


def review_bytes(judgements: Iterable[Judgement]) -> bytes:
    """The file of these judgements, in the order of the text."""
    ordered = sorted(judgements, key=lambda one: (one.span, one.what))
    rows = (
        (
            one.span.start, one.span.end, one.words, one.what, one.before, one.after, one.reason,
            one.who, one.date.isoformat(),
        )
        for one in ordered
    )  # fmt: skip
    return csv_bytes(_schema().header, rows)


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    r"""A table as people's spreadsheets and `git diff` like it: UTF-8, a line feed after each row.

    >>> csv_bytes(("a", "b"), [(1, "x\ry"), (2, "đ,")])
    b'a,b\n1,"x\ry"\n2,"\xc4\x91,"\n'
    """
    return "".join(_csv_line(cells) for cells in (header, *rows)).encode()


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)  # only what its own line end has is in quotes: \r too
    return out.getvalue().removesuffix("\r\n") + "\n"
