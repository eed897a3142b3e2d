"""A release in the hand: its tables, the words they come from, and the questions people ask."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from khplans.client import history, queries, saving, views
from khplans.client.backing import Backing
from khplans.client.frames import table_frame
from khplans.client.given import count_of, path_of, text_of
from khplans.client.graph import Graph, citation_graph
from khplans.client.held import of_plan
from khplans.client.html import package_html
from khplans.client.lockfile import LOCK, Pin, write_lock
from khplans.client.quoting import Citing, cite
from khplans.client.rows import Row, find_row
from khplans.client.rules import why_of
from khplans.client.words import Words, words_of
from khplans.errors import both, refusal
from khplans.releases.addresses import site_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from khplans.why import Why


class Collection(Mapping[str, "pd.DataFrame"]):
    """The tables of a release (or of a plan just read), and the plans' words behind every row.

    Each table is an attribute and an item: `kp.tasks`, `kp["tasks"]`; a collection is a mapping of their
    names to them. What comes back is a fresh pandas frame; changing it changes nothing here. It can be
    pickled, with all of its tables and texts.

    >>> import khplans
    >>> kp = khplans.load()
    >>> kp.tasks.columns[0], list(kp)[0], "tasks" in kp
    ('task_id', 'documents', True)
    """

    __slots__ = ("_backing", "_pin")

    documents: pd.DataFrame
    pages: pd.DataFrame
    sections: pd.DataFrame
    tasks: pd.DataFrame
    task_agencies: pd.DataFrame
    indicators: pd.DataFrame
    measures: pd.DataFrame
    units: pd.DataFrame
    agencies: pd.DataFrame
    agency_names: pd.DataFrame
    agency_members: pd.DataFrame
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
        """The release's version (`1.0.0`); None for what is no release.

        >>> import khplans
        >>> khplans.read("Sở Y tế báo cáo hằng quý.").version is None
        True
        """
        return self._backing.version

    @property
    def where(self) -> str:
        """Where it was loaded from: a folder, a zip, an address; of a text read, its plan's id.

        >>> import khplans
        >>> khplans.read("Sở Y tế báo cáo hằng quý.").where
        'text'
        """
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

        `task_agencies` comes without `document_id`, which its task has, so that the two merge well.
        Raises `UnknownNameError`, with the nearest names, where there is no such table.
        """
        return table_frame(table, self.arrow(table), self.schema(table))

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __contains__(self, table: object) -> bool:
        return isinstance(table, str) and table in self.tables

    __eq__ = object.__eq__  # a mapping's would compare frames, which have no truth
    __hash__ = object.__hash__

    def __deepcopy__(self, memo: dict[int, Any]) -> Collection:
        return self  # nothing in it changes

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
        name = self._backing.descriptor.get("name", "khplans")
        return f"<{name} {self.version or both('chưa phát hành', 'unreleased')}: {counts}>"

    def _repr_html_(self) -> str:
        return package_html(self._backing)

    @property
    def homepage(self) -> str | None:
        """The address of the catalogue's site, where it has one.

        >>> import khplans
        >>> khplans.read("Sở Y tế báo cáo hằng quý.").homepage is None
        True
        """
        return site_of(self._backing.descriptor.get("homepage"))

    def view(self, table: str) -> pd.DataFrame:
        """One wide frame of `tasks`, `indicators` or `citations`: names beside the ids.

        Each row has its province, its document's number and date, its plan's title and id, and its `address`
        on the catalogue's site (None where that has none). Tasks have the names of who leads and who
        coordinates and the `basis` of these; indicators the measure's and the unit's name, the
        measure's `theme`, the last `year` of the period and `signed_value`, below zero for a fall; citations the `instrument` that is cited. Raises
        `UnknownNameError` for another table.

        >>> import khplans
        >>> khplans.load().view("tasks")[["lead", "province", "plan_number"]].columns.tolist()
        ['lead', 'province', 'plan_number']
        """
        return views.view(self, table)

    def describe(self, table: str) -> pd.DataFrame:
        """What each column of a table is: type, titles, descriptions, values; `filled` counts its rows.

        Frames have the titles too: `kp.tasks.attrs["titles_en"]`, with units in `attrs["units"]`.

        >>> import khplans
        >>> kp = khplans.load()
        >>> kp.describe("tasks").set_index("column").title_en["deadline"]
        'Deadline'
        >>> kp.tasks.attrs["titles"]["deadline"], kp.tasks.attrs["units"]["start"]
        ('Thời hạn', 'characters')
        """
        return views.describe(self, table)

    def schema(self, table: str) -> Mapping[str, Any]:
        """The Table Schema of a table: titles, descriptions, types and keys of its columns.

        >>> import khplans
        >>> khplans.load().schema("tasks")["primaryKey"]
        ['task_id']
        """
        return self._backing.schema(text_of(table))

    def arrow(self, table: str) -> pa.Table:
        """A table in Arrow, without a copy: dates are `date32`, few values dictionaries.

        >>> import khplans
        >>> khplans.load().arrow("tasks").schema.field("deadline").type
        DataType(date32[day])
        """
        return self._backing.table(text_of(table))

    def sql(self, query: str) -> pd.DataFrame:
        """What a `select` over the tables gives; needs DuckDB (`pip install "khplans[sql]"`).

        >>> import khplans
        >>> int(khplans.load().sql("select count(*) as n from tasks where deadline is null").n[0]) > 0
        True

        Raises `KhplansError` with the words of DuckDB where the query is wrong or would read or write anything
        else: a file, an address, an extension.
        """
        return queries.sql(self._backing, text_of(query))

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
        year: int | str | None = None,
        province: str | None = None,
        groups: bool = True,
    ) -> pd.DataFrame:
        """The tasks in which an agency takes part, with its role and the plan's number and date.

        Those of the groups that it is in (`agency_members`: Ủy ban nhân dân các huyện, thị xã, thành phố) are
        among them, with the group in `group` and `group_id`; `groups=False` leaves them out.
        `year` is the year in which a task is due or, where it names no deadline, that of its
        document. Names as in `agency`; a bad `role` raises `KhplansError`.

        >>> import khplans
        >>> led = khplans.load().tasks_by_agency("so y te", role="lead")
        >>> set(led.agency), set(led.role)
        ({'Sở Y tế'}, {'lead'})
        """
        return queries.tasks_by_agency(self, name, role, year, province, groups)

    def deadlines(
        self,
        *,
        before: str | None = None,
        after: str | None = None,
        agency: str | None = None,
        groups: bool = True,
    ) -> pd.DataFrame:
        """The tasks that are due, soonest first, with who leads and who coordinates.

        With an `agency`, those in which it takes part, itself or (unless `groups=False`) in a group.

        `before` and `after` are ISO dates and both belong to what is asked:
        `deadlines(after="2024-04-01", before="2024-06-30")` is the second quarter.

        >>> import khplans
        >>> due = khplans.load().deadlines(before="2024-12-31").deadline
        >>> bool(due.is_monotonic_increasing), bool(due.max().year <= 2024)
        (True, True)
        """
        return queries.deadlines(self, before, after, agency, groups)

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
        return words_of(self, self.row(row_id), count_of(context))

    def why(self, row_id: str) -> Why:
        """The named rules behind a row: why these lines are one paragraph, why this agency leads.

        Today's rules are run on the row's source; `verdict` says whether they still give the row.
        Raises `UnknownNameError` with the nearest ids, `KhplansError` for a row without offsets.

        >>> import khplans
        >>> plan = khplans.read("KẾ HOẠCH\\n1. Sở Y tế báo cáo Ủy ban nhân dân\\ntỉnh.")
        >>> plan.why(plan.tasks.task_id[0]).changed
        ()
        """
        return why_of(self, self.row(row_id), self._backing.beside)

    def source_text(self, plan_id: str) -> str:
        """A plan's whole source text, into which `start` and `end` of every table point.

        Raises `UnknownNameError` with the nearest plans.

        >>> import khplans
        >>> khplans.read("Sở Y tế báo cáo hằng quý.").source_text("text")
        'Sở Y tế báo cáo hằng quý.'
        """
        return self._backing.text(text_of(plan_id))

    def plan(self, plan_id: str) -> Collection:
        """One plan alone: its rows, and those of the agencies, measures and instruments that it names.

        Raises `UnknownNameError` with the nearest plans.

        >>> import khplans
        >>> kp = khplans.load()
        >>> plan = kp.plan(kp.documents.plan_id[0])
        >>> set(plan.documents.plan_id) == {kp.documents.plan_id[0]}
        True
        """
        return Collection(of_plan(self._backing, text_of(plan_id)))

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write the tables and texts as a Data Package (CSV, Parquet, datapackage.json); gives the folder.

        An earlier one that was saved or extracted there is replaced; anything else is refused, with
        `KhplansError`.

        >>> import tempfile, khplans
        >>> plan = khplans.read("KẾ HOẠCH\\n1. Sở Y tế báo cáo.")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     again = khplans.load(source=plan.save(folder + "/package"))
        ...     again.tasks.equals(plan.tasks)
        True
        """
        return saving.save(self, path_of(folder))

    def check(self) -> pd.DataFrame:
        """What `khplans check` finds in these tables, failures first; needs `pip install "khplans[publish]"`.

        >>> import khplans
        >>> results = khplans.read("KẾ HOẠCH\\n1. Sở Y tế báo cáo.").check()
        >>> bool(((results.status == "failed") & (results.severity == "error")).any())
        False
        """
        return saving.check(self)

    def changes(self) -> pd.DataFrame:
        """What changed in this release since the one before it: a row a changed cell, added or removed row.

        `reason` says why: a new plan, source, code, knowledge, correction or review. Raises `KhplansError` for
        what is no release.

        >>> import khplans
        >>> khplans.load().changes().columns[:4].tolist()
        ['table', 'row_id', 'change', 'column']
        """
        return history.changes(self._backing)

    def compare(self, other: Collection | str | os.PathLike[str]) -> pd.DataFrame:
        """What is otherwise here than in another collection, version, folder, zip or address.

        As `changes`, without reasons; `before` is the other's.

        >>> import khplans
        >>> kp = khplans.load()
        >>> kp.compare(kp).empty
        True
        """
        source = self._pin.source if self._pin else None
        return history.compare(self, history.other_of(other, source))

    def cite(self, row_id: str | None = None) -> Citing:
        """How to cite this version, or the plan that a row comes from: in Vietnamese, APA, BibTeX.

        >>> import khplans
        >>> kp = khplans.load()
        >>> kp.version in kp.cite().bibtex
        True
        """
        words = None if row_id is None else self.source(row_id)
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
            raise refusal("pin-of-no-release", self._backing.where)
        return write_lock(path_of(path), self._pin)
