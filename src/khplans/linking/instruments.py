"""Which document a citation means: the same number of another year or issuer is another one.

The issuer is told by the number's symbol (`NQ-CP` is the Government's), for a local body together
with the place that the text names or the document's own province. A mention without a date means
the dated one of the same number and issuer that the plan names nearest before it, else the first
after it. Everything follows from the mention and its plan, so no id depends on other plans.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from khplans.extraction.citations.words_before_number import fits
from khplans.knowledge.citations import EnactedLaw, enacted_laws, law_named
from khplans.linking.issuing_bodies import body_id, body_name, symbols_of
from khplans.model import Citation, DefinedName, Document, NamedLaw, ShortCitation
from khplans.rules import Rule, Rules, always, once
from khplans.text.fold import slug
from khplans.text.passage import Span

_LONGEST_NAME = 104
_YEAR_IN_NUMBER = re.compile(r"(?<=[/-])(?:19|20)\d\d(?=[/-])")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document that is mentioned; `year` is known where a mention gives it, `title` for a law."""

    instrument_id: str
    number: str | None
    document_type: str | None
    date: date | None
    year: int | None
    issuer: str | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Key:
    """Who issued it (as ids begin), its number or a law's name: all but the year."""

    body: str
    number: str


def resolve(cited: Sequence[tuple[Document, Sequence[Citation]]]) -> list[list[Instrument | None]]:
    """The instrument of each citation of a plan's documents, in their order.

    `cited` has each document of the plan with its citations. None stands where nothing tells whose
    document it is. Documents of the plan themselves count as dated mentions.

    >>> from khplans.model import Document
    >>> from khplans.text.passage import Span
    >>> document = Document("d", "d", Span(0, 9), (), (), province="Khánh Hòa")
    >>> dated = Citation(Span(0, 1), "01/NQ-CP", "Nghị quyết", date(2024, 1, 5), None)
    >>> undated = Citation(Span(2, 3), "01/NQ-CP", "Nghị quyết", None, "Chính phủ")
    >>> [i.instrument_id for i in resolve([(document, [dated, undated])])[0]]
    ['vn-chinh-phu-01-nq-cp-2024', 'vn-chinh-phu-01-nq-cp-2024']
    """
    numbers = _Numbers(cited)
    known: dict[_Key, list[tuple[int, int]]] = defaultdict(list)
    keyed: list[list[tuple[_Key, int | None] | None]] = []
    for document, citations in cited:
        own = _document_key(document)
        if own is not None and document.date is not None:
            known[own].append((document.span.start, document.date.year))
        keyed.append([])
        for citation in citations:
            key = _citation_key(citation, document, numbers)
            year = _year(citation)
            keyed[-1].append(None if key is None else (key, year))
            if key is not None and year is not None:
                known[key].append((citation.span.start, year))
    found: list[list[Instrument | None]] = []
    for (document, citations), keys in zip(cited, keyed, strict=True):
        found.append(
            [
                None
                if pair is None
                else _instrument(
                    citation, numbers.whole(citation, document), document, *pair, known
                )
                for citation, pair in zip(citations, keys, strict=True)
            ]
        )
    return _agreeing(found)


def resolve_short(
    found: Sequence[ShortCitation],
    document: Document,
    parent: Document | None,
    instruments: Sequence[Instrument | None],
) -> list[Instrument | None]:
    """The instrument of each mention by a short or bare name; None where nothing tells which.

    `instruments` are those of the document's citations, `parent` the document it is attached to.

    >>> from khplans.model import ThisDocument
    >>> issuer, province = "UBND tỉnh Khánh Hòa", "Khánh Hòa"
    >>> plan = Document("d", "d", Span(0, 9), (), (), "5/KH-UBND", document_type="Kế hoạch", issuer=issuer, province=province)
    >>> decision = replace(plan, document_type="Quyết định", number="6/QĐ-UBND")
    >>> def meant(means, parent=None):
    ...     (one,) = resolve_short([ShortCitation(Span(0, 1), means)], plan, parent, [instrument_of_document(plan)])
    ...     return one.number if one else None
    >>> meant(DefinedName(0, Span(0, 1))), meant(NamedLaw("Luật Giá", date(2025, 1, 2)))
    ('5/KH-UBND', '16/2023/QH15')
    >>> meant(ThisDocument("Kế hoạch")), meant(ThisDocument("Quyết định")), meant(ThisDocument("Quyết định"), decision)
    ('5/KH-UBND', None, '6/QĐ-UBND')
    """
    cited = tuple(one for one in dict.fromkeys(instruments) if one is not None)
    meant: list[Instrument | None] = []
    for short in found:
        means = short.means
        if isinstance(means, DefinedName):
            meant.append(instruments[means.citation])
        elif isinstance(means, NamedLaw):
            case = LawMeant(means, document, cited, short.span)
            meant.append(WHICH_LAW.decide(case)(case))
        else:
            own = next((d for d in (document, parent) if d and d.document_type == means.kind), None)
            meant.append(instrument_of_document(own) if own else None)
    return meant


@dataclass(frozen=True)
class LawMeant:
    """A law named without number and date in a document that cites some instruments: which one?"""

    named: NamedLaw
    document: Document
    cited: tuple[Instrument, ...]
    span: Span

    @once
    def cited_here(self) -> list[Instrument]:
        """The laws of that name that the document cites by number, date or year."""
        return [one for one in self.cited if one.title and one.title == self.named.law]

    @once
    def held(self) -> Instrument | None:
        """The law in force on the document's day; in the title of a dated document, which carries it
        out and may come before its day of force, the last one passed by then."""
        laws = enacted_laws().get(self.named.law or "", ())
        passed, today = self.named.as_of, self.document.date
        if passed:
            held = [law for law in laws if law.passed <= passed and not law.ended(passed)][-1:]
        else:
            held = [law for law in laws if today and law.in_force(today)]
        return _enacted(held[0], self.document) if len(held) == 1 else None


def _law_case(law: str, day: str = "2024-12-01", cited: str = "") -> LawMeant:
    """A law named in a document of a day that cites another by number or date."""
    whole = Span(0, 1)
    document = Document("d", "d", whole, (), (), date=date.fromisoformat(day))
    instruments = (Instrument("i", cited, "Luật", None, None, None, law),) if cited else ()
    return LawMeant(NamedLaw(law), document, instruments, whole)


# fmt: off
WHICH_LAW: Rules[LawMeant, Callable[[LawMeant], Instrument | None]] = Rules("law-meant-by-its-name", _law_case, (
    Rule("cited-in-the-document", ("Luật Đất đai", "2024-02-01", "31/2024/QH15"),
         lambda case: len(case.cited_here) == 1, lambda case: case.cited_here[0]),
    Rule("in-force-on-its-day", ("Luật Đất đai", "2024-12-01"),
         lambda case: not case.cited_here and case.held, lambda case: case.held),
    Rule("unknown", ("Luật Đèn lồng",), always, lambda case: None),
))
# fmt: on


def _enacted(law: EnactedLaw, document: Document) -> Instrument:
    """The instrument that a law of the table is.

    >>> document = Document("d", "d", Span(0, 9), (), (), province="Khánh Hòa")
    >>> laws = [_enacted(enacted_laws()[name][-1], document) for name in ("Luật Giá", "Bộ luật Lao động", "Hiến pháp")]
    >>> [(law.document_type, law.instrument_id) for law in laws]
    [('Luật', 'vn-quoc-hoi-16-2023-qh15'), ('Bộ luật', 'vn-quoc-hoi-45-2019-qh14'), ('Hiến pháp', 'vn-quoc-hoi-hien-phap-2013')]
    """
    kind, _, name = law.law.partition(" ")
    if kind != "Luật":  # `Bộ luật`, `Pháp lệnh`, `Hiến pháp` are two words
        kind, name = " ".join(law.law.split(" ")[:2]), " ".join(law.law.split(" ")[2:])
    citation = Citation(document.span, law.number, kind, law.passed, None, name or None)
    key = _citation_key(citation, document, _Numbers(()))
    assert key is not None, law
    instrument = _instrument(citation, law.number, document, key, law.passed.year, {})
    return replace(instrument, title=law.law)


def instrument_of_document(document: Document) -> Instrument | None:
    """The instrument that a document itself is; None where it has no number or no known issuer.

    >>> plan = Document("d", "d", Span(0, 9), (), (), "5/KH-UBND", issuer="UBND tỉnh Khánh Hòa", province="Khánh Hòa")
    >>> documents = plan, replace(plan, date=date(2025, 1, 2)), replace(plan, number="5/2024/QĐ-UBND"), replace(plan, number=None)
    >>> [one.instrument_id if one else None for one in map(instrument_of_document, documents)]
    ['khanh-hoa-ubnd-5-kh-ubnd', 'khanh-hoa-ubnd-5-kh-ubnd-2025', 'khanh-hoa-ubnd-5-2024-qd-ubnd', None]
    """
    key = _document_key(document)
    if key is None:
        return None
    year = document.date.year if document.date else _number_year(document.number)
    return Instrument(
        _id(key, year),
        document.number,
        document.document_type,
        document.date,
        year,
        document.issuer,
        document.title,
    )


def _document_key(document: Document) -> _Key | None:
    """Who issued a document and its number; None where it has none, or nothing tells whose it is.

    >>> plan = Document("d", "d", Span(0, 9), (), (), "5/KH-UBND", issuer="UBND tỉnh Khánh Hòa", province="Khánh Hòa")
    >>> _document_key(plan), _document_key(replace(plan, number=None)), _document_key(replace(plan, issuer=None, province=None))
    (_Key(body='khanh-hoa-ubnd', number='5-kh-ubnd'), None, None)
    """
    if not document.number:
        return None
    body = body_id(document.number, document.issuer, document)
    return None if body is None else _Key(body, slug(document.number))


def _citation_key(citation: Citation, document: Document, numbers: _Numbers) -> _Key | None:
    """Who issued what is cited and its number, or the name of a law, which the National Assembly passed.

    >>> document = Document("d", "d", Span(0, 9), (), (), province="Khánh Hòa")
    >>> def key(number, kind, name=None):
    ...     return _citation_key(Citation(Span(0, 1), number, kind, None, None, name), document, _Numbers(()))
    >>> key("5/QĐ-TTg", "Quyết định"), key(None, "Luật", "Giá"), key("5/QĐ-XYZ", "Quyết định")
    (_Key(body='vn-thu-tuong-chinh-phu', number='5-qd-ttg'), _Key(body='vn-quoc-hoi', number='luat-gia'), None)
    """
    number = numbers.whole(citation, document)
    if number:
        body = body_id(number, citation.issuer, document)
        return None if body is None else _Key(body, slug(number))
    return _Key("vn-quoc-hoi", _shortened(slug(_law_name(citation))))


def _law_name(citation: Citation) -> str:
    """The name of a law that is cited, as the table has it: `Luật Đất đai`, `Hiến pháp`.

    >>> def name(kind, words): return _law_name(Citation(Span(0, 1), None, kind, None, None, words))
    >>> name("Hiến pháp", "nước"), name("Luật", "giá"), name("Luật", "Cây xanh"), name("Luật", None)
    ('Hiến pháp', 'Luật Giá', 'Luật Cây xanh', 'Luật')
    """
    name = citation.name or ""
    if citation.document_type == "Hiến pháp":
        return "Hiến pháp"
    name = law_named(name) or name
    return f"{citation.document_type} {name}".strip()


def _shortened(name: str) -> str:
    """A long name cut at a word, with a mark of the rest: the titles of amending laws are long.

    >>> _shortened("luat-gia"), len(_shortened("luat-" * 60)), _shortened("luat-" * 60) == _shortened("luat-" * 61)
    ('luat-gia', 106, False)
    """
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME].rpartition('-')[0]}-{sha256(name.encode()).hexdigest()[:6]}"


class _Numbers:
    """Numbers that a plan gives in one place and leaves out or cuts short in another."""

    def __init__(self, cited: Sequence[tuple[Document, Sequence[Citation]]]) -> None:
        self._of_law: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
        self._longer: dict[str, str] = {}
        for citation in (c for _, citations in cited for c in citations):
            if citation.number and citation.name and citation.year:
                self._of_law[_law_name(citation), citation.year][citation.number] = None
            if citation.number and citation.number[-1].isdigit():
                self._longer.setdefault(citation.number.rstrip("0123456789"), citation.number)

    def whole(self, citation: Citation, document: Document) -> str | None:
        """The citation's number: that of a law cited by name, `55/2022/QH` for `55/2022/QH15`.

        Where the plan gives one number for a law of that name and year it is meant, unless the table
        of laws has another one of the day that is cited.
        """
        if citation.number:
            return self._longer.get(citation.number, citation.number)
        if not citation.year:
            return None
        enacted = _enacted_number(citation, document)
        given = list(self._of_law.get((_law_name(citation), citation.year), ()))
        if enacted and (citation.date or len(given) > 1):
            return enacted
        return next(iter(given), enacted)


def _enacted_number(citation: Citation, document: Document) -> str | None:
    """The number of the one law of that name and day; of that year, where only the year is given.

    Of two laws of one name and year it is the one in force on the document's day.

    >>> document = Document("d", "d", Span(0, 9), (), (), date=date(2025, 1, 2))
    >>> def number(day, year):
    ...     return _enacted_number(Citation(Span(0, 1), None, "Luật", day, None, "Giá", year=year), document)
    >>> number(date(2023, 6, 19), 2023), number(date(2023, 6, 20), 2023), number(None, 2023), number(None, 2020)
    ('16/2023/QH15', None, '16/2023/QH15', None)
    """
    laws = enacted_laws().get(_law_name(citation), ())
    alike = [law for law in laws if law.passed.year == citation.year]
    if citation.date:
        alike = [law for law in alike if law.passed == citation.date]
    elif len(alike) > 1:
        alike = [law for law in alike if document.date and law.in_force(document.date)]
    return alike[0].number if len(alike) == 1 else None


def _year(citation: Citation) -> int | None:
    """The year of a document that is cited: by its day, by words, or by its number.

    >>> def cited(number, day=None, year=None): return _year(Citation(Span(0, 1), number, None, day, None, year=year))
    >>> cited("5/2020/QĐ-UBND", date(2021, 1, 2), 2022), cited("5/2020/QĐ-UBND", None, 2022)
    (2021, 2022)
    >>> cited("5/2020/QĐ-UBND"), cited("5/QĐ-UBND")
    (2020, None)
    """
    return citation.date.year if citation.date else citation.year or _number_year(citation.number)


def _number_year(number: str | None) -> int | None:
    """The year in a number, if it has one.

    >>> _number_year("5/2020/QĐ-UBND"), _number_year("5/QĐ-UBND"), _number_year(None)
    (2020, None, None)
    """
    written = _YEAR_IN_NUMBER.search(number or "")
    return int(written[0]) if written else None


def _instrument(
    citation: Citation,
    number: str | None,
    document: Document,
    key: _Key,
    year: int | None,
    known: dict[_Key, list[tuple[int, int]]],
) -> Instrument:
    """The document that is mentioned; without a year it is the one of that number that was mentioned last: `Kế hoạch số 35`.

    >>> document, key = Document("d", "d", Span(0, 9), (), ()), _Key("vn-ttg", "5-qd-ttg")
    >>> citation = Citation(Span(50, 60), "5/QĐ-TTg", "Quyết định", None, None)
    >>> known = {key: [(10, 2019), (40, 2021), (90, 2024)]}, {key: [(90, 2024), (95, 2020)]}, {}
    >>> [_instrument(citation, "5/QĐ-TTg", document, key, None, those).year for those in known]
    [2021, 2024, None]
    >>> _instrument(citation, "5/QĐ-TTg", document, key, 2018, known[0]).year
    2018
    """
    if year is None and known.get(key):
        before = [when for when in known[key] if when[0] < citation.span.start]
        year = max(before)[1] if before else min(known[key])[1]
    return Instrument(
        _id(key, year),
        number,
        citation.document_type,
        citation.date,
        year,
        body_name(citation, document),
        _law_name(citation) if citation.name else citation.title,
    )


def _id(key: _Key, year: int | None) -> str:
    """An instrument's id: its year at the end, unless it is in the number.

    >>> _id(_Key("vn-ttg", "5-qd-ttg"), 2020), _id(_Key("vn-ttg", "5-2020-qd-ttg"), 2020), _id(_Key("vn-ttg", "5-qd-ttg"), None)
    ('vn-ttg-5-qd-ttg-2020', 'vn-ttg-5-2020-qd-ttg', 'vn-ttg-5-qd-ttg')
    """
    ending = "" if year is None or f"-{year}-" in f"-{key.number}-" else f"-{year}"
    return f"{key.body}-{key.number}{ending}"


def _agreeing(found: list[list[Instrument | None]]) -> list[list[Instrument | None]]:
    """Give all mentions of an instrument what any of them tells: date, number, issuer, title.

    >>> bare = Instrument("vn-ttg-5", "5/QĐ-TTg", None, None, 2020, None)
    >>> full = replace(bare, document_type="Quyết định", date=date(2020, 1, 2), issuer="Thủ tướng", title="Về giá")
    >>> _agreeing([[bare, None], [full]]) == [[full, None], [full]], _agreeing([[full], [bare]]) == [[full], [full]]
    (True, True)
    """
    first: dict[str, Instrument] = {}
    for one in (i for row in found for i in row if i is not None):
        kept = first.setdefault(one.instrument_id, one)
        first[one.instrument_id] = replace(
            kept,
            document_type=_likelier(kept, one),
            date=kept.date or one.date,
            issuer=kept.issuer or one.issuer,
            title=kept.title or one.title,
        )
    return [[None if i is None else first[i.instrument_id] for i in row] for row in found]


def _likelier(one: Instrument, other: Instrument) -> str | None:
    """The kind that agrees with the number's symbol, where two mentions name different ones.

    >>> decision = Instrument("i", "5/QĐ-TTg", "Quyết định", None, None, None)
    >>> kinds = ("Kế hoạch", "Quyết định"), ("Quyết định", "Kế hoạch"), ("Kế hoạch", "Chỉ thị"), (None, "Chỉ thị")
    >>> [_likelier(*(replace(decision, document_type=kind) for kind in pair)) for pair in kinds]
    ['Quyết định', 'Quyết định', 'Kế hoạch', 'Chỉ thị']
    """
    for kind in (one.document_type, other.document_type):
        if kind and any(fits(kind, part) for part in symbols_of(one.number or "")):
            return kind
    return one.document_type or other.document_type
