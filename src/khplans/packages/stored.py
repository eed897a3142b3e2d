"""A table's rows on disk: looked up by key, gone through in the file's order or the keys', never all held."""

from __future__ import annotations

import sqlite3
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from itertools import count

Key = tuple[str, ...]
Row = tuple[str, ...]

_CACHE = -8000  # KiB of a temporary database's pages that may be in memory


def scratch_database() -> sqlite3.Connection:
    """A temporary database, which goes with its connection."""
    connection = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_CACHE}"):
        connection.execute(f"PRAGMA {setting}")
    return connection


class StoredRows(Mapping[Key, Row]):
    """Rows by key, in the order in which they were given.

    `places` are those of the key's parts in a row. Keys in order are as Python sorts them: SQLite
    compares UTF-8, whose order is that of the characters. Raises `ValueError` with the key where two
    rows have the same.

    >>> rows = StoredRows(scratch_database(), 2, (0,), [("b", "1"), ("a", "2")])
    >>> list(rows), [key for key, _ in rows.in_order()], rows["a",]
    ([('b',), ('a',)], [('a',), ('b',)], ('a', '2'))
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        width: int,
        places: tuple[int, ...],
        rows: Iterable[Row],
    ) -> None:
        self._connection = connection
        (made,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._name = f"t{made}"
        self._columns = ", ".join(f"c{i}" for i in range(width))
        self._key = ", ".join(f"c{i}" for i in places)
        self._is_key = " AND ".join(f"c{i} = ?" for i in places)
        self._first = f"c{places[0]}"
        self._places = places
        unique = f"UNIQUE ({self._key})"
        connection.execute(
            f"CREATE TABLE {self._name} (n INTEGER PRIMARY KEY, {self._columns}, {unique})"
        )
        self._length = self._fill(width, rows)

    def _fill(self, width: int, rows: Iterable[Row]) -> int:
        numbers = count(1)
        last: list[Row] = []

        def numbered() -> Iterator[tuple[object, ...]]:
            for row in rows:
                last[:] = [row]
                yield (next(numbers), *row)

        marks = ", ".join("?" * (width + 1))
        self._connection.execute("BEGIN")
        try:
            self._connection.executemany(f"INSERT INTO {self._name} VALUES ({marks})", numbered())
        except sqlite3.IntegrityError:
            raise ValueError(", ".join(last[0][place] for place in self._places)) from None
        finally:
            self._connection.execute("COMMIT")
        return next(numbers) - 1

    def __getitem__(self, key: Key) -> Row:
        if len(key) == len(self._places):
            found = self._select(f"WHERE {self._is_key}", key).fetchone()
            if found is not None:
                row: Row = found
                return row
        raise KeyError(key)

    def __iter__(self) -> Iterator[Key]:
        yield from self._gone_through(f"SELECT {self._key} FROM {self._name} ORDER BY n")

    def __len__(self) -> int:
        return self._length

    def values(self) -> ValuesView[Row]:
        """The rows, in the order in which they were given."""
        return _Values(self)

    def items(self) -> ItemsView[Key, Row]:
        """The rows with their keys, in the same order."""
        return _Items(self)

    def rows(self) -> Iterator[Row]:
        """The rows, in the order in which they were given."""
        return self._gone_through(f"SELECT {self._columns} FROM {self._name} ORDER BY n")

    def in_order(self) -> Iterator[tuple[Key, Row]]:
        """The rows with their keys, in the order of the keys."""
        found = f"SELECT {self._columns} FROM {self._name} ORDER BY {self._key}"
        return ((self.key(row), row) for row in self._gone_through(found))

    def starting(self, part: str) -> list[Row]:
        """The rows whose key starts with a part, in the order in which they were given."""
        return self._select(f"WHERE {self._first} = ? ORDER BY n", (part,)).fetchall()

    def key(self, row: Row) -> Key:
        """The key of a row."""
        return tuple(row[place] for place in self._places)

    def _select(self, what: str, values: Key) -> sqlite3.Cursor:
        return self._connection.execute(f"SELECT {self._columns} FROM {self._name} {what}", values)

    def _gone_through(self, query: str) -> Iterator[Row]:
        yield from self._connection.execute(query)


class _Values(ValuesView[Row]):
    _mapping: StoredRows

    def __iter__(self) -> Iterator[Row]:
        return self._mapping.rows()


class _Items(ItemsView[Key, Row]):
    _mapping: StoredRows

    def __iter__(self) -> Iterator[tuple[Key, Row]]:
        return ((self._mapping.key(row), row) for row in self._mapping.rows())
