"""Which row a person means: an agency, a measure, an instrument by a name as people type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from khplans.client.given import text_of
from khplans.client.typed_names import ambiguous, match, unknown
from khplans.text.fold import fold

if TYPE_CHECKING:
    from khplans.client.collection import Collection


def agency_ids(collection: Collection, name: str, province: str | None) -> list[str]:
    """The agencies of one name, in one province or all."""
    name = text_of(name)
    agencies = collection.agencies
    names: dict[str, list[str]] = {
        agency_id: [full, *([english] if isinstance(english, str) else [])]
        for agency_id, full, english in zip(
            agencies.agency_id, agencies.name, agencies.name_en, strict=True
        )
    }
    full_names = dict(zip(agencies.agency_id, agencies.name, strict=True))
    for agency_id, form in collection.agency_names[["agency_id", "form"]].itertuples(index=False):
        names[agency_id].append(form)
    provinces = dict(zip(agencies.agency_id, agencies.province, strict=True))
    known = {p for p in provinces.values() if isinstance(p, str)}
    found = _by_names(name, full_names, names)
    if not found and province is None:
        base, province = _split_province(name, known)
        found = _by_names(base, full_names, names)
    if province is not None:
        wanted = fold(text_of(province))
        if wanted not in {fold(p) for p in known}:
            raise unknown("tỉnh", "province", province, known)
        found = [i for i in found if isinstance(provinces[i], str) and fold(provinces[i]) == wanted]
    if not found:
        raise unknown(
            "cơ quan", "agency", name, [form for forms in names.values() for form in forms]
        )
    distinct = sorted({full_names[i] for i in found})
    if len({fold(n) for n in distinct}) > 1:
        raise ambiguous("cơ quan", "agencies", name, distinct)
    return found


def _by_names(name: str, full: dict[str, str], forms: dict[str, list[str]]) -> list[str]:
    """Agencies by their official name, else by any way of writing it.

    >>> full, forms = {"y": "Sở Y tế", "z": "Sở Y tế công"}, {"y": ["SYT"], "z": ["Sở Y tế"]}
    >>> _by_names("sở y tế", full, forms), _by_names("SYT", full, forms)
    (['y'], ['y'])
    """
    key = fold(name)
    return [i for i, official in full.items() if fold(official) == key] or match(name, forms)


def _split_province(name: str, provinces: set[str]) -> tuple[str, str | None]:
    """`Sở Y tế tỉnh Khánh Hòa` as the folded agency and the province at its end.

    >>> names = "Sở Y tế tỉnh Khánh Hòa", "UBND tỉnh Khánh Hòa", "Sở Y tế"
    >>> [_split_province(name, {"Khánh Hòa"}) for name in names]
    [('so y te', 'Khánh Hòa'), ('ubnd tinh', 'Khánh Hòa'), ('Sở Y tế', None)]
    """
    key = fold(name)
    for province in sorted(provinces):
        if key.endswith(" " + fold(province)):
            base = key.removesuffix(fold(province)).strip()
            if not base.startswith(("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd")):
                base = base.removesuffix(" tinh").removesuffix(" thanh pho")
            return base, province
    return name, None


def measure_id(collection: Collection, name: str) -> str:
    """The measure of an id, a name in either language, or a name that a plan gives it.

    Some of a name's words, in any order, are enough. Raises `UnknownNameError` with the nearest
    measures, or where it could be several.
    """
    name = text_of(name)
    official: dict[str, list[str]] = {}
    for row in collection.measures[["measure_id", "name", "name_en"]].itertuples(index=False):
        official[str(row.measure_id)] = [n for n in (row.name, row.name_en) if isinstance(n, str)]
    in_plans: dict[str, list[str]] = {measure: [] for measure in official}
    named = collection.indicators[["measure_id", "name"]].dropna().drop_duplicates()
    for row in named.itertuples(index=False):
        # Of a name with a whole before it (`Thu ngân sách – thu nội địa`) the part is measured.
        in_plans[str(row.measure_id)].append(str(row.name).rpartition(" – ")[2])
    found = general(measures_named(name, official, in_plans), official)
    if len(found) == 1:
        return found[0]
    if found:
        raise ambiguous("thước đo", "measures", name, [f"{official[i][0]} ({i})" for i in found])
    forms = (form for names in (official, in_plans) for some in names.values() for form in some)
    raise unknown("thước đo", "measure", name, [*official, *forms])


def measures_named(name: str, *sorts: Mapping[str, list[str]]) -> list[str]:
    """The measures of that id, else those whose names, of either sort, fit best.

    >>> vietnamese, english = {"poverty": ["Tỷ lệ hộ nghèo"], "forest": ["Độ che phủ rừng"]}, {"poverty": ["Poverty rate"]}
    >>> [measures_named(name, vietnamese, english) for name in ("forest", "hộ nghèo", "rate", "rừng phủ", "đcpr", "hoa", "")]
    [['forest'], ['poverty'], ['poverty'], ['forest'], ['forest'], [], []]
    """
    key = fold(name)
    if name in sorts[0] or not key:
        return [name] if key else []
    for fits in (str.__eq__, _holds, _has_words, _has_initials):
        for names in sorts:
            found = [i for i, forms in names.items() if any(fits(fold(f), key) for f in forms)]
            if found:
                return found
    return []


def _holds(form: str, key: str) -> bool:
    """Whether a folded name has these words in a row.

    >>> _holds("ty le ho ngheo", "ho ngheo"), _holds("ty le ho ngheo", "ty ho")
    (True, False)
    """
    return f" {key} " in f" {form} "


def _has_words(form: str, key: str) -> bool:
    """Whether a folded name has these words in any order.

    >>> _has_words("ty le ho ngheo", "ngheo ho"), _has_words("ty le ho ngheo", "ho moi")
    (True, False)
    """
    return set(key.split()) <= set(form.split())


def _has_initials(form: str, key: str) -> bool:
    """Whether a folded name has words of these initials in a row: `bhyt`, `ntm`.

    >>> _has_initials("bao hiem y te", "bhyt"), _has_initials("bao hiem y te", "bh"), _has_initials("bao hiem y te", "byt")
    (True, False, False)
    """
    return len(key) > 2 and key in "".join(word[0] for word in form.split())


def general(ids: list[str], names: Mapping[str, list[str]]) -> list[str]:
    """The one of several measures that the others narrow down, where there is such a one; else all.

    >>> names = {"doctors": ["Số bác sĩ trên một vạn dân"], "public-doctors": ["Số bác sĩ công lập trên một vạn dân"]}
    >>> general(list(names), names)
    ['doctors']
    >>> general(["revenue-growth", "revenue"], {"revenue": ["Thu ngân sách"], "revenue-growth": ["Tăng thu"]})
    ['revenue']
    """
    words = {i: set(fold(names[i][0]).split()) for i in ids}
    for one in ids:
        if all(i.startswith(f"{one}-") or words[one] <= words[i] for i in ids if i != one):
            return [one]
    return ids


def instrument_ids(collection: Collection, name: str) -> list[str]:
    """The instruments of a number, a title, a law's name or an id, also of one of our documents.

    None for a document of ours that nobody mentions; raises `UnknownNameError` for what isn't known.
    """
    name = text_of(name)
    key = number_key(re.sub(r"^\D+(?=\d)", "", name))  # `Nghị quyết số 09-NQ/TW`
    names = _instrument_names(collection)
    documents = collection.documents[["document_id", "number"]]
    own = {
        str(d): {n} if isinstance(n, str) else set() for d, n in documents.itertuples(index=False)
    }

    def fits(row_id: str, forms: set[str]) -> bool:
        return row_id == name or key in map(number_key, forms) or fold(name) in map(fold, forms)

    ids = [row_id for row_id, forms in names.items() if fits(row_id, forms)]
    ours = {row_id for row_id, forms in own.items() if fits(row_id, forms)}
    if not ids and not ours:
        known = sorted({form for forms in (*names.values(), *own.values()) for form in forms})
        raise unknown("văn bản", "instrument", name, known)
    of_ours = collection.instruments[collection.instruments.document_id.isin(ours)].instrument_id
    return list(dict.fromkeys([*ids, *map(str, of_ours)]))


def _instrument_names(collection: Collection) -> dict[str, set[str]]:
    """The number, title and names of each instrument."""
    names: dict[str, set[str]] = {}
    instruments = collection.instruments[["instrument_id", "number", "title"]]
    for row in instruments.itertuples(index=False):
        names[str(row.instrument_id)] = {n for n in (row.number, row.title) if isinstance(n, str)}
    cited = collection.citations[["instrument_id", "name"]].dropna()
    for instrument_id, form in cited.itertuples(index=False):
        names[instrument_id].add(form)
    return names


def number_key(number: str) -> str:
    """What two ways of writing an official number share.

    >>> number_key("9-nq/tw") == number_key("09 - NQ/TW")
    True
    """
    return re.sub(r"[\s]+", "", number).casefold().lstrip("0")
