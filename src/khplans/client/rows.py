"""Any row by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from khplans.client.given import text_of
from khplans.client.html import row_html
from khplans.client.typed_names import unknown
from khplans.errors import refusal
from khplans.text.visible import visible

if TYPE_CHECKING:
    from khplans.client.collection import Collection


class Row(Mapping[str, Any]):
    """A row of a table: a mapping of its columns, None where a cell is empty."""

    def __init__(self, table: str, row_id: str, values: Mapping[str, Any]) -> None:
        self.table, self.row_id, self._values = table, row_id, values

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def place(self) -> tuple[int, int]:
        """`start` and `end` in the plan's text; raises `KhplansError` for a row that points at no words."""
        start, end = self.get("start"), self.get("end")
        if start is None or end is None:
            raise refusal("row-without-words", self.row_id, table=self.table)
        return start, end

    def __repr__(self) -> str:
        lines = (f"  {column}: {value}" for column, value in self.items() if value is not None)
        return visible("\n".join([f"{self.table} {self.row_id}", *lines]))

    def _repr_html_(self) -> str:
        return row_html(self.table, self._values)


def find_row(collection: Collection, row_id: str) -> Row:
    """The row whose key is `row_id`, in whichever table it stands; ids are NFC, however typed."""
    import pyarrow.compute as pc

    row_id = text_of(row_id)
    keys = {
        name: key[0]
        for name in collection.tables
        if len(key := collection.schema(name).get("primaryKey", [])) == 1
    }
    for name, key in keys.items():
        table = collection.arrow(name)
        at = pc.index(table[key], row_id).as_py()
        if at >= 0:
            return Row(name, row_id, table.slice(at, 1).to_pylist()[0])
    known = (k for name, key in keys.items() for k in collection.arrow(name)[key].to_pylist())
    document = row_id.partition(":")[0]
    near = [k for k in known if ":" not in k or k.partition(":")[0] == document]
    raise unknown("dòng", "row", row_id, near)
