"""What the whole site is made from: a collection, its release and the site's own address."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from khplans.intake import Plan
from khplans.packages.store import file_sha256
from khplans.releases.failed import FailedRun
from khplans.scoring.unseen import UnseenSet
from khplans.settings import Settings
from khplans.site.data import Row, SiteData
from khplans.site.languages import Language
from khplans.site.originals import Original, ReceivedFile
from khplans.text.fold import slug


@dataclass(frozen=True)
class File:
    """A file that is offered for download: its path under `data/<version>/`, size and hash."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PublishedRelease:
    """A version and what its folder says about it, as the release wrote it."""

    version: str
    released: date | None
    folder: Path
    facts: Mapping[str, Any] = field(default_factory=dict)


HERE = "⟦site⟧"
"""Stands for the site's own address in words of its pages, where nobody knows it before they are opened."""
UNRELEASED = "unreleased"
"""The version of data that is shown before it is released."""


@dataclass(frozen=True)
class Catalogue:
    """A collection under one version, with the releases so far (newest first)."""

    collection: SiteData
    version: str
    released: date | None
    files: Mapping[str, File]
    settings: Settings = field(default_factory=Settings)
    releases: Sequence[PublishedRelease] = ()
    failed: Sequence[FailedRun] = ()
    """Runs of publishing that failed, newest first."""
    accuracy: Mapping[str, Any] = field(default_factory=dict)
    unseen: Sequence[UnseenSet] = ()
    checks: Mapping[str, Any] = field(default_factory=dict)
    proofs: Mapping[str, Any] = field(default_factory=dict)
    """What the library's tests gave when they last ran in full, by their file."""
    parts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Plan → where in its text each page of it begins; a plan that isn't here has one page."""
    sources: Mapping[str, Plan] = field(default_factory=dict)
    """The plans as their folders have them, where these are at hand."""
    received: Mapping[str, ReceivedFile] = field(default_factory=dict)
    """The files as received, by plan."""

    @cached_property
    def originals(self) -> Mapping[str, Original]:
        """Those of the files as received that have pages."""
        return {plan: one for plan, one in self.received.items() if isinstance(one, Original)}

    def version_in(self, words: Language) -> str:
        """The version in words: its number, or that it is none yet."""
        none_yet = words.say("unreleased")
        return none_yet if self.version == UNRELEASED else self.version

    def heading(self, words: Language) -> str:
        """What stands at the head of each page in a language."""
        return words(self.settings.heading, english_heading(self.settings))

    def plan_page(self, plan_id: str, start: int | None = None) -> str:
        """The path of the page of a plan that has the character `start` of its text, else of its first.

        The first is `plans/<plan>`, which is also the address that rows are known by; the pages that
        follow are `plans/<plan>/2` and so on.
        """
        number = bisect_right(self.parts.get(plan_id, ()), start) if start else 1
        path = f"plans/{page_name(plan_id)}"
        return path if number < 2 else f"{path}/{number}"

    def row_page(self, row: Row) -> str:
        """The path of the page that has a row's words."""
        return self.plan_page(self.collection.plan_of(row).plan_id, row["start"])

    def original_of(self, row: Row) -> Original | None:
        """The file as received of the plan that has a row's words, where it is published."""
        if not self.originals or row["start"] is None:
            return None
        return self.originals.get(self.collection.plan_of(row).plan_id)

    def address(self, path: str) -> str:
        """The absolute address of a path of the site; where it has none yet, `HERE` and the path."""
        return (self.settings.address or HERE) + path.lstrip("/")

    @property
    def load(self) -> str:
        """The Python that loads this data: that of the library's own catalogue comes with it."""
        if self.settings.name == Settings().name:
            return "khplans.load()"
        return f'khplans.load(source="{self.address("")}")'

    def base(self, up: str) -> str:
        """What the addresses in a file begin with: the site's own or, without one, the way `up` to it."""
        return self.settings.address or up

    def data_address(self, path: str) -> str:
        """The stable address of a data file of this version."""
        return self.address(f"data/{self.version}/{path}")


def english_heading(settings: Settings) -> str:
    """What heads English pages: a catalogue's `brand` is in its own language, its `title_en` in English.

    A `title_en` that is still the usual one speaks for the usual title alone.

    >>> english_heading(Settings(brand="Kho", title_en="Archive")), english_heading(Settings(brand="Kho"))
    ('Archive', 'Kho')
    >>> english_heading(Settings(brand=Settings().title)), english_heading(Settings())
    ("Plans of Vietnam's provincial governments", 'khplans')
    """
    usual = Settings()
    english = settings.title_en != usual.title_en or settings.brand == usual.title
    return settings.title_en if settings.brand and english else settings.heading


def list_files(folder: Path) -> dict[str, File]:
    """Every file of a package folder with its size and SHA-256, by path, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {n: File(n, path.stat().st_size, file_sha256(path)) for n, path in names.items()}


def page_name(row_id: str) -> str:
    """The last part of a row's page address: its id made safe for paths and addresses.

    >>> page_name("09-nq-tw"), page_name("luat:Đất đai/2024")
    ('09-nq-tw', 'luat-dat-dai-2024')
    """
    return slug(row_id) or "x"
