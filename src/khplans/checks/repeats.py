"""The same plan registered twice: all its rows would count double in the collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.packages.reader import OwnReader
from khplans.tables.identity import Identity, identity_of
from khplans.text.likeness import likeness, sketch, words_digest

_ALIKE = 0.8
"""Two texts that share this much of their words are told."""


class RepeatCheck:
    """Goes over plans, some at a time; keeps hashes and names of each, and no text."""

    def __init__(self, folder: Path) -> None:
        self._reader = OwnReader(folder)
        self._digests: dict[bytes, str] = {}
        self._sketches: dict[bytes, str] = {}
        self._identities: dict[Identity, str] = {}
        self._own: dict[str, Identity] = {}
        self._documents = 0
        self._plans = 0
        self._told: set[tuple[str, str]] = set()
        self._texts: list[str] = []
        self._same: list[str] = []
        self._almost: list[str] = []

    def look(self, some: CheckedPackage) -> None:
        """Compare some plans with each other and with those before."""
        for plan, text in some.sources.items():
            self._plans += 1
            first = self._digests.setdefault(words_digest(text), plan)
            if first != plan:
                self._tell(self._texts, first, plan, f"{first} = {plan}")
        for row in some.rows["documents"]:
            self._documents += 1
            if identity := identity_of(row):
                plan = row["plan_id"]
                if row["document_id"] == plan:
                    self._own[plan] = identity
                first = self._identities.setdefault(identity, plan)
                self._tell(self._same, first, plan, f"{first} = {plan}: {identity.number}")
        for plan, text in some.sources.items():
            for first in self._alike(plan, text):
                self._tell(self._almost, first, plan, f"{first} ~ {plan}")

    def results(self) -> Iterator[Result]:
        """What was found, once every plan was looked at."""
        yield judge("repeats.texts", "documents", self._plans, self._texts)
        for check, count, wrong in (
            ("repeats.documents", self._documents, self._same),
            ("repeats.almost", self._plans, self._almost),
        ):
            yield judge(check, "documents", count, wrong, severity="warning")

    def _tell(self, into: list[str], first: str, plan: str, words: str) -> None:
        if first != plan and (first, plan) not in self._told:
            self._told.add((first, plan))
            into.append(words)

    def _alike(self, plan: str, text: str) -> Iterator[str]:
        """Plans before that share a piece of the sketch and most words, and aren't known as others."""
        shared = {self._sketches.setdefault(part, plan) for part in sketch(text)}
        for first in sorted(shared - {plan}):
            one, other = self._own.get(first), self._own.get(plan)
            differ = one is not None and other is not None and one.differs(other)
            if not differ and likeness(self._reader.text(first), text) >= _ALIKE:
                yield first
