"""What every machine-readable description says, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.settings import Settings
from khplans.site.catalogue import Catalogue
from khplans.tables.definition import Table, tables
from khplans.text.visible import visible

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

    settings: Settings
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


def description_of(catalogue: Catalogue, base: str) -> Description:
    """The description of a catalogue; `base` is what the addresses in it begin with."""
    documents = catalogue.collection.tables["documents"]
    days = sorted(d["date"] for d in documents if d["date"])
    descriptor = catalogue.collection.descriptor
    whole = Dataset(
        name=catalogue.settings.name,
        identifier=base,
        title=visible(descriptor["title"]),
        title_en=visible(descriptor.get("title_en", descriptor["title"])),
        description=visible(descriptor["description"]),
        description_en=visible(descriptor.get("description_en", descriptor["description"])),
        rows=None,
        table=None,
        distributions=_files(catalogue, None, base),
    )
    parts = tuple(dataset_of(catalogue, definition, base) for definition in tables())
    return Description(
        settings=catalogue.settings,
        version=catalogue.version,
        released=catalogue.released,
        site=base,
        whole=whole,
        parts=parts,
        provinces=tuple(sorted({visible(d["province"]) for d in documents if d["province"]})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def dataset_of(catalogue: Catalogue, definition: Table, base: str) -> Dataset:
    """One table as a dataset."""
    return Dataset(
        name=definition.name,
        identifier=f"{base}tables/{definition.name}.html",
        title=definition.title,
        title_en=definition.title_en,
        description=definition.description,
        description_en=definition.description_en,
        rows=len(catalogue.collection.tables[definition.name]),
        table=definition,
        distributions=_files(catalogue, definition.name, base),
    )


def _files(catalogue: Catalogue, table: str | None, base: str) -> tuple[Distribution, ...]:
    found = []
    for path, file in catalogue.files.items():
        stem, _, ending = path.rpartition(".")
        mine = stem == table if table else path == "datapackage.json" or ending in ("zip", "xlsx")
        if mine and ending in MEDIA_TYPES:
            address = f"{base}data/{catalogue.version}/{path}"
            found.append(Distribution(path, address, MEDIA_TYPES[ending], file.size, file.sha256))
    return tuple(found)
