"""Which rows of a table only head those below them."""

from __future__ import annotations

from dataclasses import dataclass

from khplans.model import Cell, ColumnRole
from khplans.reading.layout.labels import label_marker
from khplans.reading.lines.markers import RANK
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Passage, Span

_DIVISION = RANK["roman"]


@dataclass(frozen=True, slots=True)
class RowAmong:
    """A row's cells, if its words stand across columns, the rank of its number and of the next row's, if
    it is the last, and the lowest rank."""

    cells: tuple[Cell, ...]
    across: bool
    level: int | None
    below: int | None
    last: bool
    deepest: int

    @property
    def span(self) -> Span | None:
        return next((cell.text.whole for cell in self.cells if cell.own), None)

    @property
    def words(self) -> list[Cell]:
        """Its cells with words, its number left out."""
        return [cell for cell in self.cells if cell.own and cell.role != "label"]

    @property
    def more_than_a_name(self) -> bool:
        """Whether it says more than one thing, or what it says (`Sở Y tế`) is no name of a group."""
        if len(self.words) != 1 or len(self.cells) < 3:
            return True
        (only,) = self.words
        after_number = self.level is not None and only is self.cells[1]
        return only.role not in ("task", "name", "other") and not after_number

    @property
    def division(self) -> bool:
        """Whether its number is a capital or a Roman one."""
        return self.level is not None and self.level <= _DIVISION


def _case_of(
    label: str, words: str, lead: str, below: str, deepest: str = "1", across: bool = False
) -> RowAmong:
    """A row of a number, words and an agency, the number of the next row and the lowest one."""
    roles: tuple[ColumnRole, ...] = ("label", "task", "lead")
    cells = tuple(
        Cell(role, "", Passage(text, (0,), (0,), (len(text),)) if text else Passage(""))
        for role, text in zip(roles, (label, words, lead), strict=True)
    )
    ranks = [marker.level if (marker := label_marker(x)) else None for x in (label, below, deepest)]
    return RowAmong(cells, across, ranks[0], ranks[1], below == "end", ranks[2] or 0)


# fmt: off
GROUPS: Rules[RowAmong, bool] = Rules("heads-rows", _case_of, (
    Rule("across-the-columns", ("", "II. Nông nghiệp", "", "1", "1", True),
         lambda row: row.across, True),
    Rule("says-more", ("1", "Trồng rừng", "Sở Y tế", "2"),
         lambda row: row.more_than_a_name, False),
    Rule("number-above-the-next", ("1", "Nông nghiệp", "", "1.1"),
         lambda row: row.level is not None and row.below is not None and row.below > row.level, True),
    Rule("division-among-lower-numbers", ("II", "Nông nghiệp", "", "end"),
         lambda row: row.division and row.deepest > _DIVISION, True),
    Rule("division-over-rows-without-number", ("I", "Nông nghiệp", "", "", "I"),
         lambda row: row.division and not row.last and not row.below, True),
    Rule("capitals-without-number", ("", "NÔNG NGHIỆP", "", "1"),
         lambda row: row.level is None and row.below is not None and row.words[0].text.text.isupper(), True),
    Rule("row", ("2", "Trồng rừng", "", "3"), always, False),
))
# fmt: on
