"""What stands in each cell of the workbook: names for ids, labels for codes, links to the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from khplans.knowledge.measures import themes
from khplans.knowledge.table import read_table
from khplans.packages.canonical import Package, PackageTable
from khplans.releases.addresses import row_address, shown_row
from khplans.releases.row_words import WordLookup
from khplans.text.in_words import period_in_words
from khplans.text.visible import visible

_NAME_LENGTH = 160
LINK = "link"


_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    "theme": lambda value: themes().get(value, (value, value))[0],
    "period": lambda value: period_in_words(value, "vi"),
}
"""Columns whose values are told in words."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet; `kind` is `string`, `number`, `date` or `link`."""

    header: str
    description: str
    width: float
    kind: str
    value: Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class Sheet:
    """A table as readers see it."""

    title: str
    description: str
    columns: tuple[Column, ...]
    table: PackageTable

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The texts of each row's cells, in which every character is seen."""
        for row in self.table.rows.values():
            record = dict(zip(self.table.columns, row, strict=True))
            yield tuple([visible(column.value(record)) for column in self.columns])


class Sheets:
    """Makes the sheets of a package; `homepage` is the site's address, where it has one."""

    def __init__(self, package: Package, homepage: str | None) -> None:
        self._package = package
        self._homepage = homepage
        self._words = WordLookup(package.tables)
        agencies = package.tables.get("agencies")
        keys = agencies.rows if agencies else ()
        self._names = Counter(
            self._words.record("agencies", key[0]).get("name", "") for key in keys
        )

    def sheets(self) -> list[Sheet]:
        """One a table, in the order of knowledge/data/workbook.csv, tables it lacks last.

        A table or column that it does not know is shown whole.
        """
        plan: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for row in read_table("workbook"):
            if row["table"] in self._package.tables:
                plan[row["table"]].append(row)
        names = [*plan, *(name for name in self._package.tables if name not in plan)]
        return [self._sheet(name, plan[name]) for name in names]

    def _sheet(self, name: str, plan: list[Mapping[str, str]]) -> Sheet:
        resource = next(r for r in self._package.descriptor["resources"] if r["name"] == name)
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        planned = {row["column"] for row in plan}
        wanted = [(row["column"], row["header"], float(row["width"])) for row in plan]
        wanted += [(column, "", 24.0) for column in fields if column not in planned]
        columns = [
            self._made(name, column, header, width)
            if column.startswith("@")
            else self._plain(name, resource["schema"], fields[column], header, width)
            for column, header, width in wanted
            if width and (column in fields or (column.startswith("@") and self._can(column)))
        ]
        title = resource.get("title", name)
        table = self._package.tables[name]
        return Sheet(title, resource.get("description", ""), tuple(columns), table)

    def _can(self, column: str) -> bool:
        return column != "@page" or self._homepage is not None

    def _plain(
        self,
        table: str,
        schema: Mapping[str, Any],
        field: Mapping[str, Any],
        header: str,
        width: float,
    ) -> Column:
        name, kind = field["name"], field.get("type", "string")
        header = header or field.get("title", name)
        about = field.get("description", "")
        if target := _target(table, schema, name):
            label = self.label
            return Column(header, about, width, "string", lambda r: label(target, r[name]))
        if in_words := _IN_WORDS.get(name):
            return Column(header, about, width, "string", lambda r: in_words(r[name]))
        if labels := _labels(field):
            return Column(header, about, width, "string", lambda r: labels.get(r[name], r[name]))
        kind = {"integer": "number", "year": "number"}.get(kind, kind)
        kind = kind if kind in ("number", "date") else "string"
        return Column(header, about, width, kind, lambda r: r[name])

    def _made(self, table: str, column: str, header: str, width: float) -> Column:
        about, kind, value = self._makings(table, header)[column]
        return Column(header, about, width, kind, value)

    def _makings(
        self, table: str, header: str
    ) -> Mapping[str, tuple[str, str, Callable[[Mapping[str, str]], str]]]:
        """What each column that is made from other tables is about, its kind and its values."""
        bodies = f"Các cơ quan {header.lower()}, cách nhau bằng dấu chấm phẩy."
        known = (
            "Vì sao biết cơ quan nào: văn bản nêu ở nhiệm vụ, hay suy ra từ đề mục, câu dẫn, ô gộp."
        )
        return {
            "@page": ("Địa chỉ của dòng này trên trang kế hoạch, nơi câu chữ gốc được tô sáng.", LINK, lambda r: self._address(table, r)),
            "@plan": ("Tên kế hoạch mà dòng này lấy ra.", "string", lambda r: self._of_document(r, "plan_title")),
            "@province": ("Tỉnh, thành phố của văn bản.", "string", lambda r: self._of_document(r, "province")),
            "@date": ("Ngày ban hành văn bản.", "date", lambda r: self._of_document(r, "date")),
            "@issuer": ("Cơ quan ban hành văn bản mà dòng này lấy ra.", "string", lambda r: self.label("agencies", self._of_document(r, "issuer_id"))),
            "@signed": ("Giá trị, âm nếu là giảm.", "number", lambda r: _signed(r, "value")),
            "@signed_high": ("Đầu trên của khoảng, âm nếu là giảm.", "number", lambda r: _signed(r, "value_high")),
            "@lead": (bodies, "string", lambda r: self._taking_part("lead", r["task_id"])),
            "@coordinate": (bodies, "string", lambda r: self._taking_part("coordinate", r["task_id"])),
            "@lead_basis": (known, "string", lambda r: self._bases("lead", r["task_id"])),
            "@coordinate_basis": (known, "string", lambda r: self._bases("coordinate", r["task_id"])),
        }  # fmt: skip

    def _parts(self, role: str, task_id: str) -> list[Mapping[str, str]]:
        links = self._package.tables.get("task_agencies")
        return [own for own in links.starting(task_id) if own["role"] == role] if links else []

    def _taking_part(self, role: str, task_id: str) -> str:
        return "; ".join(
            self.label("agencies", own["agency_id"]) for own in self._parts(role, task_id)
        )

    def _bases(self, role: str, task_id: str) -> str:
        """Why each agency is known to have the role, in the order of the names; once where it is the same for all."""
        said = [self._basis_words.get(b := own.get("basis", ""), b) for own in self._parts(role, task_id)]  # fmt: skip
        return "; ".join(said[:1] if len(set(said)) == 1 else said)

    @cached_property
    def _basis_words(self) -> Mapping[str, str]:
        resources = self._package.descriptor["resources"]
        schemas = [r["schema"] for r in resources if r["name"] == "task_agencies"]
        fields = [field for schema in schemas for field in schema["fields"]]
        return {v: words for f in fields if f["name"] == "basis" for v, words in _labels(f).items()}

    def _of_document(self, record: Mapping[str, str], column: str) -> str:
        return self._words.record("documents", record["document_id"]).get(column, "")

    def _address(self, table: str, record: Mapping[str, str]) -> str:
        plan = self._words.plan(table, record)
        if not plan:
            return ""
        shown = shown_row(table, record, self._package.tables[table].key[0])
        return row_address(str(self._homepage).rstrip("/"), plan, *shown)

    def label(self, table: str, row_id: str) -> str:
        """What a reader calls the row that an id points to; empty for no id."""
        if not row_id:
            return ""
        record = self._words.record(table, row_id)
        if table == "sections":
            parts = (record.get("path", ""), record.get("heading", ""))
            name = " ".join(part for part in parts if part)
        elif table == "agencies":
            name = record.get("name", "")
            if self._names[name] > 1 and record.get("province"):
                name = f"{name} ({record['province']})"
        elif table == "documents":
            name = record.get("number") or record.get("title", "")
        else:
            name = self._words.of(table, record) if record else ""
        name = name or row_id
        return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1].rstrip() + "…"


def _labels(field: Mapping[str, Any]) -> dict[str, str]:
    """What the values of a column are called, where the schema says so."""
    found = [c for c in field.get("categories", ()) if isinstance(c, Mapping)]
    return {c["value"]: c.get("label", c["value"]) for c in found}


def _signed(record: Mapping[str, str], column: str) -> str:
    """An indicator's value, or the upper end of its range, below zero where it falls.

    >>> fall = {"value": "6.5", "value_high": "8", "change": "decrease"}
    >>> _signed(fall, "value"), _signed(fall, "value_high"), _signed(fall | {"change": "level"}, "value")
    ('-6.5', '-8', '6.5')
    """
    value = record[column]
    falls = record.get("change") == "decrease" and float(value or 0) > 0
    return f"-{value}" if falls else value


def _target(table: str, schema: Mapping[str, Any], column: str) -> str | None:
    """The table whose key a column holds, or None.

    >>> schema = {"foreignKeys": [{"fields": "a", "reference": {"resource": "b"}}, {"fields": ["c"], "reference": {"resource": ""}}]}
    >>> _target("t", schema, "a"), _target("t", schema, "c"), _target("t", schema, "d")
    ('b', 't', None)
    """
    for key in schema.get("foreignKeys", ()):
        fields = [key["fields"]] if isinstance(key["fields"], str) else list(key["fields"])
        if fields == [column]:
            return str(key["reference"].get("resource") or table)
    return None
