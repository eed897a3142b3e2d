"""A release in the hand: its tables, the words they come from, and the questions people ask."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from khplans.client import queries
from khplans.client.backing import Backing
from khplans.client.frames import frame
from khplans.client.graph import Graph, citation_graph
from khplans.client.html import package_html
from khplans.client.lockfile import LOCK, Pin, write_lock
from khplans.client.quoting import Citing, cite
from khplans.client.rows import Row, find_row
from khplans.client.rules import why_of
from khplans.client.words import Words, words_of
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from khplans.why import Why


class Collection:
    """The tables of a release (or of a plan just read), and the plans' words behind every row.

    Each table is an attribute and an item: `kp.tasks`, `kp["tasks"]`. What comes back is a fresh
    pandas frame; changing it changes nothing here.

    >>> import khplans
    >>> kp = khplans.load()
    >>> kp.tasks.columns[0]
    'task_id'
    """

    documents: pd.DataFrame
    pages: pd.DataFrame
    sections: pd.DataFrame
    tasks: pd.DataFrame
    task_agencies: pd.DataFrame
    indicators: pd.DataFrame
    measures: pd.DataFrame
    agencies: pd.DataFrame
    agency_names: pd.DataFrame
    citations: pd.DataFrame
    short_citations: pd.DataFrame
    instruments: pd.DataFrame
    blocks: pd.DataFrame
    corrections: pd.DataFrame
    warnings: pd.DataFrame

    def __init__(self, backing: Backing, pin: Pin | None = None) -> None:
        self._backing = backing
        self._pin = pin

    @property
    def version(self) -> str | None:
        """The release's version (`1.0.0`); None for what is no release."""
        return self._backing.version

    @property
    def where(self) -> str:
        """Where it was loaded from: a folder, a zip, an address."""
        return self._backing.where

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables.

        >>> import khplans
        >>> "task_agencies" in khplans.load().tables
        True
        """
        return self._backing.names

    def __getitem__(self, table: str) -> pd.DataFrame:
        """A table as pandas: dates are dates, few values categories.

        Raises `UnknownNameError`, with the nearest names, where there is no such table.
        """
        return frame(self._backing.table(table))

    if not TYPE_CHECKING:  # to a type checker the tables above are all there are

        def __getattr__(self, name: str) -> pd.DataFrame:
            if name.startswith("_"):
                raise AttributeError(name)
            if name not in self.tables:
                raise AttributeError(
                    both(f"không có {name!r}; các bảng là", f"no {name!r}; the tables are: ")
                    + ", ".join(self.tables)
                )
            return self[name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {self.arrow(name).num_rows}" for name in self.tables)
        return f"<khplans {self.version or both('chưa phát hành', 'unreleased')}: {counts}>"

    def _repr_html_(self) -> str:
        return package_html(self._backing)

    def schema(self, table: str) -> Mapping[str, Any]:
        """The Table Schema of a table: titles, descriptions, types and keys of its columns.

        >>> import khplans
        >>> khplans.load().schema("tasks")["primaryKey"]
        ['task_id']
        """
        return self._backing.schema(table)

    def arrow(self, table: str) -> pa.Table:
        """A table in Arrow, without a copy: dates are `date32`, few values dictionaries.

        >>> import khplans
        >>> khplans.load().arrow("tasks").schema.field("deadline").type
        DataType(date32[day])
        """
        return self._backing.table(table)

    def sql(self, query: str) -> pd.DataFrame:
        """What a `select` over the tables gives; needs DuckDB (`pip install "khplans[sql]"`).

        >>> import khplans
        >>> int(khplans.load().sql("select count(*) as n from tasks where deadline is null").n[0]) > 0
        True

        Raises `KhplansError` with the words of DuckDB where the query is wrong.
        """
        return queries.sql(self._backing, query)

    def agency(self, name: str, *, province: str | None = None) -> pd.DataFrame:
        """The agencies that go by a name, a row for each province, with how many tasks they have.

        Accents, case, tone placement and abbreviations as people type them: `so y te`, `SNN&PTNT`,
        `Sở Y tế Khánh Hoà`, an id. Raises `UnknownNameError` with the nearest names, or where an
        abbreviation could be several agencies.

        >>> import khplans
        >>> sorted(set(khplans.load().agency("so y te").name))
        ['Sở Y tế']
        """
        return queries.agency(self, name, province)

    def tasks_by_agency(
        self,
        name: str,
        *,
        role: Literal["lead", "coordinate"] | None = None,
        year: int | None = None,
        province: str | None = None,
    ) -> pd.DataFrame:
        """The tasks in which an agency takes part, with its role and the plan's number and date.

        `year` is the year in which a task is due or, where it names no deadline, that of its
        document. Names as in `agency`; a bad `role` raises `KhplansError`.

        >>> import khplans
        >>> led = khplans.load().tasks_by_agency("so y te", role="lead")
        >>> set(led.agency), set(led.role)
        ({'Sở Y tế'}, {'lead'})
        """
        return queries.tasks_by_agency(self, name, role, year, province)

    def deadlines(
        self, *, before: str | None = None, after: str | None = None, agency: str | None = None
    ) -> pd.DataFrame:
        """The tasks that are due, soonest first, with who leads and who coordinates.

        `before` and `after` are ISO dates and both belong to what is asked:
        `deadlines(after="2024-04-01", before="2024-06-30")` is the second quarter.

        >>> import khplans
        >>> due = khplans.load().deadlines(before="2024-12-31").deadline
        >>> bool(due.is_monotonic_increasing), bool(due.max().year <= 2024)
        (True, True)
        """
        return queries.deadlines(self, before, after, agency)

    def indicator_series(self, measure: str) -> pd.DataFrame:
        """One measure over the years, plans and provinces, by year; `plot` works on it.

        `measure` is an id (`grdp-growth`) or a name in either language; `year` is the last year
        of the period and `signed_value` is below zero for a fall. Raises `UnknownNameError` with the nearest measures.

        >>> import khplans
        >>> series = khplans.load().indicator_series("tang truong GRDP")
        >>> set(series.measure_id), bool(series.year.is_monotonic_increasing)
        ({'grdp-growth'}, True)
        """
        return queries.indicator_series(self, measure)

    def cites(self, instrument: str) -> pd.DataFrame:
        """The mentions of an official document, with who mentions it: `cites("09-NQ/TW")`.

        `instrument` is its number, with or without its type, its id, or a law's name. Where a number was given in several
        years, `instrument_id` tells them apart. Raises `UnknownNameError` with the nearest ones.

        >>> import khplans
        >>> plan = khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;")
        >>> plan.cites("nghị quyết 1/nq-cp").quote.tolist()
        ['Nghị quyết số 01/NQ-CP ngày 05/01/2024']
        """
        return queries.cites(self, instrument)

    def graph(self) -> Graph:
        """Who cites what: the documents and instruments, and the mentions between them.

        >>> import khplans
        >>> graph = khplans.load().graph()
        >>> graph.edges.columns.tolist()
        ['source', 'target', 'relation', 'count']
        """
        return citation_graph(self)

    def row(self, row_id: str) -> Row:
        """A row of any table by its id, as a mapping that shows itself in a notebook.

        >>> import khplans
        >>> kp = khplans.load()
        >>> kp.row(kp.measures.measure_id[0]).table
        'measures'
        """
        return find_row(self, row_id)

    def source(self, row_id: str, *, context: int = 300) -> Words:
        """The words that a row was taken from, with `context` characters on either side.

        Raises `UnknownNameError` with the nearest ids.

        >>> import khplans
        >>> plan = khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;")
        >>> words = plan.source(plan.citations.citation_id[0], context=8)
        >>> words.before, words.quote, words.after
        ('Căn cứ ', 'Nghị quyết số 01/NQ-CP ngày 05/01/2024', ' của')
        """
        return words_of(self, self.row(row_id), context)

    def why(self, row_id: str) -> Why:
        """The named rules behind a row: why these lines are one paragraph, why this agency leads.

        Today's rules are run on the row's source; `verdict` says whether they still give the row.
        Raises `UnknownNameError` with the nearest ids, `KhplansError` for a row without offsets.

        >>> import khplans
        >>> plan = khplans.read("KẾ HOẠCH\\n1. Sở Y tế báo cáo Ủy ban nhân dân\\ntỉnh.")
        >>> plan.why(plan.tasks.task_id[0]).changed
        ()
        """
        return why_of(self, self.row(row_id))

    def source_text(self, plan_id: str) -> str:
        """A plan's whole source text, into which `start` and `end` of every table point.

        Raises `UnknownNameError` with the nearest plans.

        >>> import khplans
        >>> khplans.read("Sở Y tế báo cáo hằng quý.").source_text("text")
        'Sở Y tế báo cáo hằng quý.'
        """
        return self._backing.text(unicodedata.normalize("NFC", plan_id))

    def cite(self, row_id: str | None = None) -> Citing:
        """How to cite this version, or the plan that a row comes from: in Vietnamese, APA, BibTeX.

        >>> import khplans
        >>> kp = khplans.load()
        >>> kp.version in kp.cite().bibtex
        True
        """
        words = self.source(row_id) if row_id else None
        return cite(self._backing.descriptor, self._backing.released, words)

    def lock(self, path: str | os.PathLike[str] = LOCK) -> Path:
        """Pin this version in a file that `khplans.load()` follows; returns where it was written.

        >>> import tempfile, khplans
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(khplans.load().lock(Path(folder) / "khplans.lock").name)
        khplans.lock
        """
        if self._pin is None:
            raise KhplansError(
                both("chỉ ghim được một bản phát hành", "only a release can be pinned"),
                where=self._backing.where,
            )
        return write_lock(Path(path), self._pin)
