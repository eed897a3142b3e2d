"""A plan while it is looked over: what is on the disk, what was understood of it, what a person says of it.

An answer waits for the file to be written, never for the plan to be read again: that is done behind
it, and whoever waits for news is told.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.errors import AnotherRun, KhplansError, both, refusal
from khplans.intake import Plan, load_plan
from khplans.intake.judged_cells import read_pieces
from khplans.intake.plans import ABOUT, CORRECTIONS
from khplans.intake.review_file import CELLS, REVIEW, WARNINGS, judged_columns
from khplans.linking.agencies import issuing_agency
from khplans.model import Judgement
from khplans.reading.layout.grid import without_blanks
from khplans.review.files import Word, corrected, judged, uncorrected
from khplans.review.items import JUDGEMENTS, Item, alike, in_turn, is_of, items_of, key_of
from khplans.review.names import learn, unit_told, unknown_names
from khplans.review.places import places_of
from khplans.review.printed import printed_words
from khplans.tables.doubts import NOT_APPLIED
from khplans.tables.judged import (
    ROLES,
    SEPARATOR,
    agency_told,
    as_text,
    in_order,
    is_issuer,
    joined,
    read_value,
    reading_of,
)
from khplans.tables.rows import Rows, sorted_rows
from khplans.text.passage import Span
from khplans.text.visible import visible

if TYPE_CHECKING:
    from khplans.intake.judged_cells import Piece
    from khplans.layout import Layout, Recognised
    from khplans.model import Findings
    from khplans.reading import Reading
    from khplans.reading.proposals import ProposedCorrection

_LOOK_S = 0.5
"""How often the files on the disk are looked at."""


@dataclass(frozen=True, slots=True)
class State:
    """What was understood of the files of one moment; `error` where they can't be read.

    `serial` counts the states; `assumed` says that the plan was not read again since the last answer;
    `printed` are the words of a printed PDF with their places, once they are known.
    """

    serial: int
    version: str
    plan: Plan
    rows: Rows
    items: Sequence[Item]
    proposed: Sequence[ProposedCorrection] = ()
    error: str = ""
    assumed: bool = False
    printed: tuple[Recognised, ...] = ()

    @property
    def words(self) -> Sequence[Recognised]:
        """The words of the original's pages that have a place there, in the order of the text."""
        layout = self.plan.source.layout
        return layout.words if layout and layout.words else self.printed

    def item(self, key: str) -> Item:
        """The item of a key; raises `KhplansError` where it is gone."""
        for one in self.items:
            if one.key == key:
                return one
        raise refusal("row-gone")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, to be undone: judgements put in and taken out, words corrected.

    `was` are the rows as they were before; `page` is where it was done.
    """

    put: tuple[Judgement, ...] = ()
    taken: tuple[Judgement, ...] = ()
    words: tuple[Word, ...] = ()
    was: tuple[Item, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in the words of a plan: it stays while those do, whatever is judged of the rows.

    `cells` are the judgements of cells by the lines of review.csv that they stood on then.
    """

    words: str
    cells: tuple[Judgement, ...]
    reading: Reading
    findings: list[Findings]
    proposed: Sequence[ProposedCorrection]


@dataclass(frozen=True, slots=True)
class Cells:
    """Whole rows of tables, or lines that are in none, and the cells that their words stand in.

    `read` is how the code reads them by itself, as review.csv has it; `now` and `pieces` how they are read
    with what was judged of them so far; `names` are those of the first table's columns, which as many as
    `heads` of the rows say; `whole` is all of the tables.
    """

    span: Span
    read: str
    now: str
    pieces: tuple[Piece, ...]
    names: tuple[str, ...]
    heads: int
    whole: Span


class Session:
    """Keeps the state of one plan and what was done to it here."""

    def __init__(self, folder: Path, who: str, today: Callable[[], datetime.date]) -> None:
        self.folder, self.who, self._today = folder, who, today
        self._found: _Found | None = None
        self._shown: tuple[str, Layout] | None = None
        self._done: list[Done] = []
        self._printed: tuple[Recognised, ...] = ()
        self._news = threading.Condition()
        self.ended = False
        self._began = time.monotonic()
        self.state = self._read(1)

    # --- what is there

    def _version(self) -> str:
        """Tells the files of one moment from those of another."""
        digest = hashlib.sha256()
        for name in (ABOUT, CORRECTIONS, REVIEW):
            path = self.folder / name
            digest.update(path.read_bytes() if path.is_file() else b"-")
        return digest.hexdigest()

    def _read(self, serial: int) -> State:
        from khplans.reading.proposals import suggested_corrections
        from khplans.tables.tabulate import tabulation_of

        version = self._version()
        plan = load_plan(self.folder)
        words = repr((plan.source.corrections, _of_cells(plan.judgements)))
        if self._found is None or self._found.words != words:
            from khplans.pipeline import findings_of

            reading, findings = findings_of(plan)
            proposed = suggested_corrections(plan.source, reading)
            cells = tuple(one for one in plan.judgements if one.table == CELLS)
            self._found = _Found(words, cells, reading, findings, proposed)
        found = self._found
        into = tabulation_of(plan, found.reading, found.findings)
        rows = sorted_rows(into.rows)
        items = items_of(
            plan.source, rows, _lapsed(into.doubts.lines, plan.judgements, found.cells)
        )
        return State(serial, version, plan, rows, items, found.proposed, printed=self._printed)

    def follow(self) -> None:
        """Read the plan again whenever its files change, until the session ends."""
        while not self.ended:
            with self._news:
                self._news.wait_for(lambda: self.ended or self.state.assumed, _LOOK_S)
            if self.state.assumed or self._version() != self.state.version:
                self.refresh()

    def find_printed(self) -> None:
        """Find where the words of a printed PDF stand, which takes longer than reading the plan."""
        self._printed = printed_words(self.folder, self.state.plan.source)
        if self._printed:
            with self._news:
                now = self.state
                self._become(replace(now, serial=now.serial + 1, printed=self._printed))

    def refresh(self) -> None:
        """Read what is on the disk and tell those who wait; what can't be read is told instead.

        What was done while it was read is not in it: then it is read once more.
        """
        before = self.state
        try:
            state = self._read(before.serial + 1)
        except (KhplansError, OSError) as error:
            told = both(*_in_both(error))
            state = replace(
                before, serial=before.serial + 1, version=self._version(), error=told, assumed=False
            )  # fmt: skip
        self._become(state, only_after=before)

    def _become(self, state: State, only_after: State | None = None) -> None:
        """Tell those who wait of another state, unless there is one since the one that it is to follow."""
        with self._news:
            if only_after is None or self.state is only_after:
                self.state = state
                self._news.notify_all()

    def end(self) -> None:
        """Let those who follow stop."""
        with self._news:
            self.ended = True
            self._news.notify_all()

    def wait_for_news(self, serial: int, seconds: float) -> bool:
        """Whether there is another state than one, once there is or the time is over."""
        with self._news:
            self._news.wait_for(lambda: self.ended or self.state.serial != serial, seconds)
            return self.state.serial != serial

    # --- what a person says

    def confirm(
        self, key: str, seen: str, values: Mapping[str, str], reason: str, same: bool
    ) -> int:
        """Take a row for right, with these values; with `same` put those alike right too. Gives how many."""
        item = self._as_seen(key, seen)
        if item.table == JUDGEMENTS:
            raise refusal("judgement-void")
        written = {c: v for c, v in values.items() if v != visible(item.values.get(c, ""))}
        told = self._canonical(item.table, written, item.values)
        if "unit" in written and told["unit"] == item.values["unit"]:
            raise refusal("unit-as-read", unit=written["unit"])
        changed = {column: value for column, value in told.items() if value != item.values[column]}
        these = [item, *(alike(self.state.items, item, changed) if same else ())]
        put = tuple(j for one in these for j in self._right(one, changed, reason))
        self._judge(these, put, {one.key: _as_judged(one, changed) for one in these})
        return len(these)

    def reject(self, key: str, seen: str, reason: str) -> None:
        """Say that a row is none; of what was judged and holds no longer: drop it."""
        item = self._as_seen(key, seen)
        if item.table == JUDGEMENTS:
            self._put((), tuple(item.lapsed), {item.key: None})
            return
        if item.table == WARNINGS:
            raise refusal("words-of-no-row")
        if item.table == "documents":
            raise refusal("document-kept")
        added = any(j.adds for j in self._holding(item))
        none = () if added else (self._judgement(item, "", item.reading, "", reason),)
        self._judge([item], none, {item.key: None})

    def words_at(self, start: int, end: int) -> Span:
        """The words between two offsets; raises `KhplansError` where the plan has none there."""
        span, text = Span(start, end), self.state.plan.source.text
        if not start < end <= len(text) or not span.of(text).strip():
            raise refusal("words-not-chosen")
        return span

    def add(self, name: str, span: Span, values: Mapping[str, str], reason: str) -> None:
        """Say that words are a row that was missed."""
        text = self.state.plan.source.text
        span = without_blanks(text, span.start, span.end)
        if any(i.table == name and i.span.start == span.start for i in self.state.items):
            raise refusal("row-begins-here")
        told = self._canonical(name, {c: v for c, v in values.items() if v.strip()}, {})
        reading = reading_of(name, told)
        new = Judgement(
            name, "", span, span.of(text), "", reading, reason, self.who, self._today(), 0
        )  # fmt: skip
        self._put((new,), (), {})

    def correct(self, span: Span, after: str, reason: str, chosen: Span | None = None) -> int:
        """Put misread words right, or take out what are none. Gives in how many places.

        With `chosen` words around them: wherever all of those stand.
        """
        source = self.state.plan.source
        if chosen or not after:  # the blanks around stay: they part the words beside
            span = without_blanks(source.text, span.start, span.end)
        spans = _as_in(source.text, chosen, span) if chosen else [span]
        taken = [one.span for one in source.corrections]
        free = [s for s in {span, *spans} if not any(s.overlaps(other) for other in taken)]
        words = tuple(
            Word(s, s.of(source.text), after, reason, self._today()) for s in sorted(free or [span])
        )
        corrected(self.folder, words)
        mended = tuple(  # what was doubted of the words alone is over
            item
            for item in self.state.items
            if item.table == WARNINGS and any(item.span in one.span for one in words)
        )
        self._done.append(Done(words=words, was=mended))
        self._assume(self.state.plan.judgements, {item.key: None for item in mended})
        return len(words)

    def cells(self, span: Span) -> Cells:
        """The rows at some words, to be put right; raises `KhplansError` where they are too many."""
        from khplans.reading.layout.rearranged import (
            cells_of,
            names_of_columns,
            pieces_of,
            rearranged,
            rows_around,
            whole_tables,
        )

        plan, layout = self.state.plan, self._tables()
        text, judgements = plan.source.text, _of_cells(plan.judgements)
        now, _ = rearranged(text, layout, judgements)
        while True:
            wider = rows_around(text, now, rows_around(text, layout, span))
            here = [wider, *(j.span for j in judgements if j.span.overlaps(wider))]
            wider = Span(min(s.start for s in here), max(s.end for s in here))
            if wider == span:
                break
            span = wider
        read, shown = cells_of(text, layout, span), cells_of(text, now, span)
        names, heads = names_of_columns(text, now, span)
        whole = whole_tables(text, now, span)
        return Cells(span, read, shown, pieces_of(text, now, span), tuple(names), heads, whole)

    def arrange(self, span: Span, seen: str, after: str, reason: str) -> None:
        """Say in which cells the words of some rows stand; `seen` is how the person saw that they are read."""
        if self._version() != self.state.version:
            self.refresh()
        found = self.cells(span)
        if self.state.error or (found.span, found.now) != (span, seen):
            raise self._changed_meanwhile(self.state.error)
        read, words = found.read, span.of(self.state.plan.source.text)
        read_pieces(words, after)
        taken = tuple(
            one for one in _of_cells(self.state.plan.judgements) if one.span.overlaps(span)
        )
        new = Judgement(CELLS, "", span, words, read, after, reason, self.who, self._today(), 0)
        gone = {  # what is found in the rows is known once they are read again
            one.key: None
            for one in self.state.items
            if one.table != "documents" and one.words.overlaps(span)
        }
        self._put(() if taken and read == after else (new,), taken, gone)

    def _tables(self) -> Layout:
        """The tables as the code reads them, read once for the same words."""
        from khplans.reading.layout.laid_out import tables_shown

        source = self.state.plan.source
        words = repr(source.corrections)
        if self._shown is None or self._shown[0] != words:
            self._shown = (words, tables_shown(source))
        return self._shown[1]

    def learn(self, key: str, name: str, told: Mapping[str, str]) -> None:
        """Write a name that stands in a row into the catalogue's own knowledge; the next build knows it."""
        item = self.state.item(key)
        names = {visible(one.name): one for one in unknown_names(item)}
        if name not in names:
            raise refusal("name-gone")
        seen = f"{self.folder.name}:{item.span.start}"
        learn(self.folder.parent.parent, names[name], told, seen)

    def sign(self, page: str) -> None:
        """Say on which page the last thing was done: each takes back its own."""
        if self._done and not self._done[-1].page:
            self._done[-1] = replace(self._done[-1], page=page)

    def undo(self, page: str) -> Done | None:
        """Take back what was done last on a page, and give it; None where there is nothing.

        Raises `KhplansError` where it was changed since; then what was done before it is next.
        """
        last = next((one for one in reversed(self._done) if one.page == page), None)
        if last is None:
            return None
        try:
            if last.words:
                uncorrected(self.folder, last.words)
            else:
                judged(self.folder, lambda there: _taken_back(there, last))
        except AnotherRun:
            raise
        except KhplansError:
            self._done.remove(last)
            raise
        self._done.remove(last)
        kept = _without(self.state.plan.judgements, last.put)
        added = (key_of(one.table, one.span) for one in last.put if one.adds)
        self._assume((*kept, *last.taken), dict.fromkeys(added), last.was)
        return last

    @property
    def elapsed(self) -> float:
        """Seconds since the session began."""
        return time.monotonic() - self._began

    @property
    def pages_to_undo(self) -> list[str]:
        """The pages on which something was done that can be taken back."""
        return sorted({one.page for one in self._done})

    # --- how it is kept

    def _as_seen(self, key: str, seen: str) -> Item:
        """The item, if it still reads as the person saw it; else the file on the disk wins."""
        if self._version() != self.state.version:
            self.refresh()
        item = self.state.item(key)
        if self.state.error or seen != told_of(item):
            raise self._changed_meanwhile(self.state.error)
        return item

    def _changed_meanwhile(self, error: str = "") -> KhplansError:
        if error:
            return KhplansError("changed-meanwhile", error)
        return refusal("row-changed", self.folder / REVIEW)

    def _of(self, item: Item) -> list[Judgement]:
        """The judgements there are of a row."""
        return [one for one in self.state.plan.judgements if is_of(one, item)]

    def _holding(self, item: Item) -> list[Judgement]:
        """Those of them that still hold."""
        return _without(self._of(item), item.lapsed)

    def _judgement(
        self, item: Item, column: str, before: str, after: str, reason: str
    ) -> Judgement:
        text = self.state.plan.source.text
        return Judgement(
            item.table, column, item.words, item.words.of(text), before, after, reason, self.who,
            self._today(), 0,
        )  # fmt: skip

    def _right(self, item: Item, changed: Mapping[str, str], reason: str) -> tuple[Judgement, ...]:
        """The judgements that make a row read as a person says, and confirm it so."""
        reading = item.read_with(changed)
        there = self._holding(item)
        if any(j.adds for j in there):
            return (self._judgement(item, "", "", reading, reason),)
        kept = {j.column: j for j in there if j.column and _holds(j, item)}
        for column, value in changed.items():
            old = kept.pop(column, None)
            before = old.before if old else item.values[column]
            if value != before:
                kept[column] = self._judgement(item, column, before, value, reason)
        return (*kept.values(), self._judgement(item, "", reading, reading, reason))

    def _canonical(
        self, name: str, values: Mapping[str, str], known: Mapping[str, str]
    ) -> dict[str, str]:
        """Values as the tables have them; raises `KhplansError` for one that its column can't hold.

        Agencies that stand among the `known` values stay as they are.
        """
        documents = self.state.rows["documents"]
        province = documents[0]["province"] if documents else None

        def full(agency: str, there: str) -> str:
            if agency in there.split(SEPARATOR):
                return agency
            known = issuing_agency(agency, province)
            return agency_told(known.name, known.province, province)

        told: dict[str, str] = {}
        for column, written in values.items():
            if column not in judged_columns()[name]:
                allowed = ", ".join(judged_columns()[name])
                raise refusal("column-unknown", ascii(column), name=name, allowed=allowed)
            if column == "unit":
                written = unit_told(written)
            value, there = read_value(name, column, written), known.get(column, "")
            if column in ROLES:
                told[column] = joined({full(one, there) for one in value})
            elif is_issuer(name, column) and value:
                told[column] = full(value, there)
            else:
                told[column] = as_text(value)
        return told

    def _judge(
        self, items: Iterable[Item], put: tuple[Judgement, ...], become: Mapping[str, Item | None]
    ) -> None:
        self._put(put, tuple(j for item in items for j in self._of(item)), become)

    def _put(
        self,
        put: tuple[Judgement, ...],
        taken: tuple[Judgement, ...],
        become: Mapping[str, Item | None],
    ) -> None:
        self._try(put)
        self._change(put, taken)
        was = tuple(item for item in self.state.items if item.key in become)
        self._done.append(Done(put, taken, was=was))
        kept = _without(self.state.plan.judgements, taken)
        self._assume((*kept, *put), become)

    def _change(self, put: Sequence[Judgement], taken: Sequence[Judgement]) -> None:
        known = _unnumbered(self.state.plan.judgements)

        def change(there: Sequence[Judgement]) -> list[Judgement]:
            kept = _without(there, (*taken, *put))
            if not _unnumbered(there) <= known | _unnumbered(kept):
                raise self._changed_meanwhile()
            return [*kept, *put]

        judged(self.folder, change)

    def _assume(
        self,
        judgements: tuple[Judgement, ...],
        become: Mapping[str, Item | None],
        again: Sequence[Item] = (),
    ) -> None:
        """Go on from what was just said, until the plan is read again behind it.

        Rows `become` others or go; those that are there `again` are back in their turn.
        """
        state = self.state
        back = {item.key for item in again}
        left = [become.get(item.key, item) for item in state.items if item.key not in back]
        items = [item for item in left if item]
        self._become(
            replace(
                state,
                serial=state.serial + 1,
                version=self._version(),
                plan=replace(state.plan, judgements=judgements),
                items=in_turn([*items, *again]) if again else items,
                assumed=True,
            )
        )

    def _try(self, put: Sequence[Judgement]) -> None:
        """Raise `KhplansError` where the tables would refuse a row that is added."""
        from khplans.tables.tabulate import tabulate

        if self._found and any(one.adds for one in put):
            kept = _without(self.state.plan.judgements, put)
            try:
                plan = replace(self.state.plan, judgements=(*kept, *put))
                tabulate(plan, self._found.reading, self._found.findings)
            except KhplansError as error:  # its line is none of the file's
                raise KhplansError(error.code, error.what, remedy=error.remedy) from None


def _in_both(error: KhplansError | OSError) -> tuple[str, str]:
    """What is wrong in Vietnamese and in English.

    >>> _in_both(OSError("full")), _in_both(KhplansError("system", both("hỏng", "broken")))
    (('full', 'full'), ('hỏng', 'broken'))
    """
    if isinstance(error, OSError):
        return str(error), str(error)
    return error.in_language("vi"), error.in_language("en")


def _as_in(text: str, chosen: Span, span: Span) -> list[Span]:
    """Some of the words chosen, wherever all of those stand.

    >>> _as_in("ven bien; bien doi; ven bien", Span(0, 8), Span(4, 8))
    [Span(start=4, end=8), Span(start=24, end=28)]
    """
    words = span.of(text)
    within = [one.start for one in places_of(text, chosen, words)]
    if span.start not in within:
        return [span]
    around = places_of(text, Span(0, len(text)), chosen.of(text))
    return [places_of(text, one, words)[within.index(span.start)] for one in around]


def _lapsed(
    lines: Mapping[str, tuple[str, int]], now: Iterable[Judgement], cells: Iterable[Judgement]
) -> dict[str, Judgement]:
    """The judgements that hold no longer, by the id of the warning that tells of it by what and line.

    Lines are those of today's file; of `cells` those of the file that the plan was last read with.
    """
    now = list(now)
    by_name = {_name(one): one for one in now}
    told = (*cells, *(one for one in now if one.table != CELLS))
    by_line = {(one.what, one.line): by_name.get(_name(one)) for one in told}
    found = ((warning_id, by_line.get(line)) for warning_id, line in lines.items())
    return {warning_id: one for warning_id, one in found if one}


def _of_cells(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those of the cells of tables, whatever line they stand on."""
    return tuple(replace(one, line=0) for one in judgements if one.table == CELLS)


def _as_judged(item: Item, changed: Mapping[str, str]) -> Item:
    """A row as it reads once it was taken for right with these values."""
    old = item.row.get("reviewed")
    reviewed = old if old in ("added", "corrected") else "corrected" if changed else "confirmed"
    row = {**item.row, "reviewed": reviewed}
    values, reading = {**item.values, **changed}, item.read_with(changed)
    doubts = [one for one in item.doubts if one["code"] not in NOT_APPLIED]
    return replace(item, values=values, reading=reading, row=row, doubts=doubts, lapsed=[])


def _holds(judgement: Judgement, item: Item) -> bool:
    """Whether a row has the value that was judged: one that is not applied is no longer kept."""
    name, column = judgement.table, judgement.column
    return in_order(name, column, judgement.after) == item.values[column]


def told_of(item: Item) -> str:
    """What a person sees of a row, to be compared with what it is when they answer."""
    seen = f"{item.reading}\n{item.row.get('reviewed') or ''}"
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _taken_back(there: Sequence[Judgement], last: Done) -> list[Judgement]:
    """The judgements without what was done last; raises `KhplansError` where others changed it since."""
    if not _unnumbered(last.put) <= _unnumbered(there):
        raise refusal("changed-since", REVIEW)
    return [*_without(there, last.put), *last.taken]


def _unnumbered(judgements: Iterable[Judgement]) -> set[Judgement]:
    """Judgements whatever line they stand on."""
    return {replace(one, line=0) for one in judgements}


def _without(there: Iterable[Judgement], gone: Iterable[Judgement]) -> list[Judgement]:
    """Judgements but for those of the same things."""
    names = {_name(one) for one in gone}
    return [one for one in there if _name(one) not in names]


def _name(judgement: Judgement) -> tuple[Span, str]:
    return judgement.span, judgement.what
