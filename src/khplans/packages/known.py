"""What a collection has already: nothing is taken in twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from khplans.errors import KhplansError, both
from khplans.linking.agencies import issuing_agency
from khplans.linking.ids import agency_id
from khplans.model import Document
from khplans.packages.reader import OwnReader
from khplans.tables.identity import Identity, identity_of
from khplans.text.likeness import likeness, sketch

_NEARLY = 0.9
"""Texts that share this much of their words are one, where no number tells them apart."""


class Known:
    """The plans of a collection, and those that were taken in since."""

    def __init__(self, collection: Path) -> None:
        self._reader = OwnReader(collection)
        self._identities: dict[str, Identity | None] = {}
        self._texts: dict[str, str] = {}
        self._sketched: defaultdict[bytes, set[str]] = defaultdict(set)
        self._unsketched = set(self._reader.plans)
        columns = ("document_id", "plan_id", "number", "issuer_id", "date")
        for row in self._reader.rows("documents", columns):
            if row["document_id"] == row["plan_id"]:
                self._identities[row["plan_id"]] = identity_of(row)

    def refuse(self, file: Path, text: str, document: Document | None) -> None:
        """Raise `KhplansError` where a plan has the document's number, issuer and date, or nearly its text.

        Two that have other numbers, issuers or dates are two, however much alike they are.
        """
        wanted = _identity(document)
        for plan_id, known in self._identities.items():
            if wanted and known and not known.differs(wanted):
                raise _there(
                    file,
                    both(
                        f"{wanted.number} của cùng cơ quan đã có: kế hoạch {plan_id}",
                        f"is there already: the plan {plan_id}",
                    ),
                )
        for plan_id in self._alike(text, numbered=wanted is not None):
            raise _there(
                file,
                both(
                    f"gần như cùng lời văn đã có: kế hoạch {plan_id}",
                    f"nearly the same text is there already: the plan {plan_id}",
                ),
            )

    def note(self, plan_id: str, text: str, document: Document | None) -> None:
        """Remember a plan that was taken in."""
        self._identities[plan_id] = _identity(document)
        self._sketch(plan_id, text)

    def _alike(self, text: str, *, numbered: bool) -> Iterator[str]:
        """The plans with nearly that text; of a numbered document, those without a number alone."""
        for plan_id in sorted(self._unsketched):
            if not (numbered and self._identities.get(plan_id)):
                self._unsketched.discard(plan_id)
                self._sketch(plan_id, self._reader.text(plan_id))
        near = {plan for piece in sketch(text) for plan in self._sketched.get(piece, ())}
        for plan_id in sorted(near):
            told_apart = numbered and self._identities.get(plan_id)
            if not told_apart and likeness(text, self._texts_of(plan_id)) >= _NEARLY:
                yield plan_id

    def _sketch(self, plan_id: str, text: str) -> None:
        if plan_id not in self._reader.plans:
            self._texts[plan_id] = text
        for piece in sketch(text):
            self._sketched[piece].add(plan_id)

    def _texts_of(self, plan_id: str) -> str:
        return self._texts.get(plan_id) or self._reader.text(plan_id)


def _identity(document: Document | None) -> Identity | None:
    """What tells a document apart from others; None where its letterhead lacks number or issuer.

    >>> from dataclasses import replace
    >>> from khplans.text.passage import Span
    >>> document = Document("d", "p", Span(0, 9), (), (), "5/KH-UBND", issuer="UBND tỉnh Phú Yên", province="Phú Yên")
    >>> _identity(document).issuer_id, _identity(None)
    ('phu-yen-uy-ban-nhan-dan-tinh', None)
    >>> _identity(replace(document, number=None)), _identity(replace(document, issuer=None))
    (None, None)
    """
    if document is None or not document.number or not document.issuer:
        return None
    issuer_id = agency_id(issuing_agency(document.issuer, document.province))
    return Identity(document.number, issuer_id, document.date)


def _there(file: Path, what: str) -> KhplansError:
    return KhplansError(
        "plan-there",
        what,
        where=str(file),
        remedy=both(
            "bỏ tệp này, hoặc thay source của kế hoạch ấy",
            "leave this file, or put it in place of that plan's source",
        ),
    )
