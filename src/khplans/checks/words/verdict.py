"""What a second reading says of a value: the words say it, they leave it open, or they say another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from khplans.checks.results import Result, judge
from khplans.tables.definition import table
from khplans.tables.rows import Row, row_id

if TYPE_CHECKING:
    from khplans.checks.words.row_reading import SecondReading


class Verdict(Enum):
    """The answer for one value of one row."""

    SAID = "said"
    DOUBTFUL = "doubtful"
    CONTRADICTED = "contradicted"


SAID, DOUBTFUL, CONTRADICTED = Verdict.SAID, Verdict.DOUBTFUL, Verdict.CONTRADICTED


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """How a column of a table is held against the words; `sure` where they never leave it open and no person judges it."""

    table: str
    column: str
    title: tuple[str, str]
    read: Callable[[SecondReading, Row], Verdict]
    sure: bool = False

    def results(self, reading: SecondReading, rows: Sequence[Row]) -> Iterator[Result]:
        """What is found of rows that are in their texts.

        Contradictions are an error, in plans that nobody has accepted as a warning, as honest doubts are.
        """
        definition = table(self.table)
        new = sum(map(reading.is_unaccepted, rows))
        found: dict[Verdict, list[str]] = {CONTRADICTED: [], DOUBTFUL: []}
        told: list[str] = []
        for row in rows:
            verdict = self.read(reading, row)
            if verdict is SAID:
                continue
            if verdict is CONTRADICTED and is_judged(reading.judged(row)):
                verdict = DOUBTFUL
            is_told = verdict is CONTRADICTED and reading.is_unaccepted(row)
            (told if is_told else found[verdict]).append(row_id(definition, row))
        name, (vi, en) = f"words.{self.column}", self.title
        if new:
            title = (f"Ở kế hoạch chưa nhận: {vi}", f"In plans not yet accepted: {en}")
            yield judge(
                f"{name}.unaccepted", self.table, new, told, severity="warning", title=title
            )
        yield judge(name, self.table, len(rows), found[CONTRADICTED], title=self.title)
        if not self.sure or found[DOUBTFUL]:
            title = (f"Không còn ngờ: {vi}", f"No doubt left: {en}")
            doubtful = found[DOUBTFUL]
            yield judge(
                f"{name}.doubt", self.table, len(rows), doubtful, severity="warning", title=title
            )


def is_judged(row: Row) -> bool:
    """Whether a person judged a row, who may know what its words alone don't say.

    >>> is_judged({"reviewed": "confirmed"}), is_judged({"basis": "review"}), is_judged({"basis": "cell"})
    (True, True, False)
    """
    return row.get("reviewed") is not None or row.get("basis") == "review"


def said_if(true: bool, otherwise: Verdict = CONTRADICTED) -> Verdict:
    """`SAID` where something is true.

    >>> said_if(1 < 2), said_if(2 < 1).value
    (<Verdict.SAID: 'said'>, 'contradicted')
    """
    return SAID if true else otherwise
