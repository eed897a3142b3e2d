"""What every machine-readable description says, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.site.catalogue import Catalogue
from khplans.tables.definition import Table, tables
from khplans.text.visible import visible

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PUBLISHER = "khplans maintainers"
KEYWORDS = {
    "open data": "en",
    "Vietnam": "en",
    "provincial plans": "en",
    "kế hoạch": "vi",
    "dữ liệu mở": "vi",
}
"""Words to be found by, each with its language."""
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class Distribution:
    """A file of a dataset."""

    name: str
    address: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """The collection, or one table of it. `identifier` is its page's address."""

    name: str
    identifier: str
    title: str
    title_en: str
    description: str
    description_en: str
    rows: int | None
    table: Table | None
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True)
class Description:
    """The catalogue as machines are told of it."""

    version: str
    released: date | None
    site: str
    whole: Dataset
    parts: tuple[Dataset, ...]
    provinces: tuple[str, ...]
    first: date | None
    last: date | None

    @property
    def datasets(self) -> Sequence[Dataset]:
        """The collection and then its tables."""
        return (self.whole, *self.parts)


def describe(catalogue: Catalogue) -> Description:
    """The description of a catalogue."""
    documents = catalogue.collection.tables["documents"]
    days = sorted(d["date"] for d in documents if d["date"])
    descriptor = catalogue.collection.descriptor
    whole = Dataset(
        name="khplans",
        identifier=catalogue.address(""),
        title=visible(descriptor["title"]),
        title_en=visible(descriptor.get("title_en", descriptor["title"])),
        description=visible(descriptor["description"]),
        description_en=visible(descriptor.get("description_en", descriptor["description"])),
        rows=None,
        table=None,
        distributions=_files(catalogue, None),
    )
    parts = tuple(dataset_of(catalogue, definition) for definition in tables())
    return Description(
        version=catalogue.version,
        released=catalogue.released,
        site=catalogue.site_url,
        whole=whole,
        parts=parts,
        provinces=tuple(sorted({visible(d["province"]) for d in documents if d["province"]})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def dataset_of(catalogue: Catalogue, definition: Table) -> Dataset:
    """One table as a dataset."""
    return Dataset(
        name=definition.name,
        identifier=catalogue.address(f"tables/{definition.name}.html"),
        title=definition.title,
        title_en=definition.title_en,
        description=definition.description,
        description_en=definition.description_en,
        rows=len(catalogue.collection.tables[definition.name]),
        table=definition,
        distributions=_files(catalogue, definition.name),
    )


def _files(catalogue: Catalogue, table: str | None) -> tuple[Distribution, ...]:
    found = []
    for path, file in catalogue.files.items():
        stem, _, ending = path.rpartition(".")
        mine = stem == table if table else path == "datapackage.json" or ending in ("zip", "xlsx")
        if mine and ending in MEDIA_TYPES:
            found.append(
                Distribution(
                    path, catalogue.data_address(path), MEDIA_TYPES[ending], file.size, file.sha256
                )
            )
    return tuple(found)
