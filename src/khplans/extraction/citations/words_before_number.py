"""The words before a number: the kind of document (`Nghị quyết`), `số`, what stands between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.extraction.citations.number_parts import Number, find_numbers
from khplans.knowledge.document_types import (
    DocumentType,
    document_types,
    types_by_name,
    types_by_symbol,
    types_with,
)
from khplans.knowledge.wording import Wording, words_for
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.dates import DAY
from khplans.text.fold import fold

WINDOW = 140
"""How many characters before a number may belong to it."""
# `số` and what reading machines make of it, with what may stand around it before a number.
_SO = r"s(?: ?[ốọóổôỏỡỗếồ06oòõ])?(?: (?:hiệu|ký hiệu))?"
_BEFORE = Wording(
    rf"(?P<gap>(?s:.*?))(?P<so>(?:(?<!\w)(?:{_SO})|số)(?: ?[:.])? ?|[:(] ?| |^)\(?$",
    "Quyết định số: ",
)
# Before these, what looks like a number is a form's, an annex's, a gazette's or a standard's.
_FORM = Wording(r"(?<!\w)<form>(?: [\dIVX]{1,4})?(?: số)?:? ?$", "Phụ lục số ")
# What may stand between the kind and `số`: the issuer, the date, or words of the kind's own name
# (`Luật bảo hiểm y tế (BHYT) số …`).
_BETWEEN = Wording(
    rf" ?(?:(?:của|do) (?P<issuer>[^,;:.()\d]{{2,70}})|,? ?(?P<day>{DAY})"
    r"|(?P<words>[^,;:.()\d]{2,90}(?:(?-i:\([A-ZĐ]{2,10}\)) ?)?)"
    r"|\(<urgency>\))?(?: ?\()?:? ?",
    " (hỏa tốc)",
)
_FEW_WORDS = 8
"""How many words a number without a symbol may stand after its kind."""


@dataclass(frozen=True, slots=True)
class NumberHead:
    """What stands before a number: where the mention begins and the kind as the text names it.

    `kind` is None where the text names none there; `so` says whether `số` stands before the number.
    """

    i: int
    kind: str | None
    so: bool
    issuer: str | None = None
    day: str | None = None


@cache
def _kinds() -> re.Pattern[str]:
    """A pattern of the kinds' names and symbols, spaces lost or not: `Quyết định`, `Nghịđịnh`, `QĐ`."""
    names = {name for kind in document_types() for name in (kind.name, *kind.aliases)}
    names = {name for name in names if " của " not in name}
    written = "|".join(re.escape(name).replace(r"\ ", " ?") for name in sorted(names, key=_longest))
    for one, other in (("òa", "oà"), ("ỏa", "oả"), ("ủy", "uỷ")):
        written = written.replace(one, f"(?:{one}|{other})")
    symbols = {s for kind in document_types() for s in kind.symbols if len(s) > 1}
    short = "|".join(sorted(symbols - {*words_for("symbol of something else")}, key=_longest))
    # Spaces may be lost on either side and inside (`theoQuyết định`, `Nghịđịnh`, `Quyết địnhsố`).
    return re.compile(
        rf"(?:(?<!\w)|(?-i:(?<=[a-zà-ỹ])(?=[A-ZĐ])))(?P<name>{written})(?:(?!\w)|(?=số))"
        rf"|(?<!\w)(?-i:(?P<symbol>{short}))(?!\w)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class KindName:
    """The name of a kind of document that ends at `j`."""

    j: int
    kind: str


def kind_at(text: str, i: int) -> KindName | None:
    """The name or symbol of a kind of document right at `text[i:]`.

    >>> kind_at("gọi tắt là Đề án 06", 11)
    KindName(j=16, kind='Đề án')
    """
    match = _kinds().match(text, i)
    return KindName(match.end(), _name(match)) if match else None


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def kind_of_symbol(symbol: str) -> DocumentType | None:
    """The kind that a symbol stands for, `QD` read as `QĐ`.

    >>> [kind.name if (kind := kind_of_symbol(symbol)) else None for symbol in ("KH", "QD", "UBND")]
    ['Kế hoạch', 'Quyết định', None]
    """
    symbol = symbol.upper()
    return types_by_symbol().get(symbol) or types_by_symbol().get(symbol.replace("QD", "QĐ", 1))


def fits(kind: str, symbol: str) -> bool:
    """Whether a number with this symbol can be a document of this kind: `Quyết định` and `QĐ`, not `KH`.

    >>> fits("Quyết định", "QĐ"), fits("Quyết định", "QD"), fits("Quyết định", "KH"), fits("Thư", "KH")
    (True, True, False, False)
    """
    known = types_by_name().get(fold(kind))
    symbols = {s.upper() for s in known.symbols} if known else set()
    return symbol.upper() in symbols or symbol.upper().replace("QD", "QĐ", 1) in symbols


@dataclass(frozen=True)
class KindBefore(Placeless):
    """The name of a kind of document some way before a number: is it the number's kind?

    `gap` is the text before the number and its `số`, `so` whether that is written, `kinds` all
    kinds that `gap` names, `k` the one asked about.
    """

    number: Number
    gap: str
    so: bool
    kinds: tuple[re.Match[str], ...]
    k: int

    @once
    def between(self) -> re.Match[str] | None:
        """What stands between the kind and the number, if anything of the kind may."""
        return _BETWEEN.fullmatch(self.gap, self.kinds[self.k].end())

    @property
    def words(self) -> str:
        """The issuer or other words between them."""
        between = self.between
        return (between["issuer"] or between["words"] or "") if between else ""

    @property
    def adjacent(self) -> bool:
        """Whether the kind stands right before the number."""
        return self.between is not None and not (self.words or self.between["day"])

    @property
    def disagrees(self) -> bool:
        """Whether the number's symbol is of another kind."""
        symbol = self.number.kind_symbol
        return bool(symbol) and not fits(_name(self.kinds[self.k]), symbol)

    @once
    def compound(self) -> re.Match[str] | None:
        """The kind right before this one, where the symbol is that one's (`Thông báo kết luận`)."""
        begin = self.kinds[self.k].start()
        for other in self.kinds:
            if other.end() + 1 == begin and fits(_name(other), self.number.kind_symbol):
                return other
        return None

    @property
    def far(self) -> bool:
        """Whether a number without a symbol stands too many words after."""
        return not self.number.kind_symbol and len(self.words.split()) > _FEW_WORDS

    @property
    def programme(self) -> bool:
        """Whether a number without `số` and symbol may be a programme's name (`Đề án 06`)."""
        named = _name(self.kinds[self.k]) in types_with("numbered")
        return named and not self.so and not self.number.kind_symbol


def _case_of(text: str) -> KindBefore:
    """The last kind that a text names before its number."""
    number = find_numbers(text)[-1]
    gap, so = _gap(text[: number.i])
    kinds = tuple(_kinds().finditer(gap))
    return KindBefore(number, gap, so, kinds, len(kinds) - 1)


# fmt: off
KIND: Rules[KindBefore, str] = Rules("kind-of-number", _case_of, (
    Rule("other-words-between", ("Quyết định này; kèm số 12/QĐ-UBND",),
         lambda case: case.between is None, "none"),
    Rule("programme-of-that-name", ("Đề án 06/CP",),
         lambda case: case.adjacent and case.programme, "no-number"),
    Rule("two-kinds-in-one", ("Thông báo kết luận số 12/TB-VP",),
         lambda case: case.adjacent and case.disagrees and case.compound, "compound"),
    Rule("right-before", ("Quyết định số 12/QĐ-UBND",), lambda case: case.adjacent, "this"),
    Rule("no-so-before", ("Quyết định của Bộ 12/QĐ-BYT",), lambda case: not case.so, "none"),
    Rule("symbol-of-another", ("Kế hoạch của tỉnh số 12/QĐ-UBND",),
         lambda case: case.words and case.disagrees, "earlier"),
    Rule("too-far", ("Quyết định của Ban Chỉ đạo phòng chống dịch bệnh nguy hiểm tỉnh số 12/BCĐ",),
         lambda case: case.words and case.far, "earlier"),
    Rule("some-words-before", ("Quyết định của Bộ Y tế số 12/QĐ-BYT",), always, "this"),
))
# fmt: on


def find_head(text: str, number: Number, floor: int) -> NumberHead | None:
    """Read what stands before a number, no further back than `floor`.

    None where it shows that this is no document's number (`mẫu số 01/BC-UBND`).

    >>> text = "theo Quyết định số 12/QĐ-UBND"
    >>> find_head(text, find_numbers(text)[0], 0)
    NumberHead(i=5, kind='Quyết định', so=True, issuer=None, day=None)
    """
    start = max(floor, number.i - WINDOW)
    gap, so = _gap(text[start : number.i])
    if _FORM.search(gap):
        return None
    kinds = tuple(_kinds().finditer(gap, max(gap.rfind(";"), gap.rfind(". ")) + 1))
    for k in range(len(kinds) - 1, -1, -1):
        case = KindBefore(number, gap, so, kinds, k)
        decision = KIND.decide(case)
        if decision == "no-number":
            return None
        if decision == "none":
            break
        if decision != "earlier" and case.between:
            match = case.compound if decision == "compound" and case.compound else kinds[k]
            named = case.words.rpartition("của ")[2] or None
            return NumberHead(start + match.start(), _name(match), so, named, case.between["day"])
    return _misspelt(gap, start, so) or NumberHead(start + len(gap) if so else number.i, None, so)


def _gap(window: str) -> tuple[str, bool]:
    """What stands before a number without its `số`, and whether that stands there.

    >>> _gap("Quyết định số ")
    ('Quyết định ', True)
    """
    before = _BEFORE.match(window)
    if not before:
        return window, False
    return before["gap"], re.match(_SO, before["so"], re.IGNORECASE) is not None


def _misspelt(gap: str, start: int, so: bool) -> NumberHead | None:
    """A kind whose accents were lost or misread (`Nghi quyêt`), right before the number.

    >>> heads = [_misspelt(gap, 0, True) for gap in ("theo Nghi quyêt ", "theo nghi quyêt ", "theo Sở ")]
    >>> [head.kind if head else None for head in heads]
    ['Nghị quyết', None, None]
    """
    words = [m.start() for m in re.finditer(r"(?<!\w)\w+(?= ?\w* ?\w* ?\w*$)", gap)][-4:]
    for k in words:
        kind = types_by_name().get(fold(gap[k:]))
        if kind is not None and gap[k].isupper():
            return NumberHead(start + k, kind.name, so)
    return None


def _name(match: re.Match[str]) -> str:
    """The kind that a match names: by a symbol, or by words, whose spaces may be lost.

    >>> import re
    >>> def name(symbol, words):
    ...     return _name(re.fullmatch(r"(?P<symbol>QĐ)?(?P<name>.*)", f"{symbol}{words}"))
    >>> name("QĐ", ""), name("", "Nghị quyết"), name("", "Nghịquyết")
    ('Quyết định', 'Nghị quyết', 'Nghị quyết')
    """
    if match["symbol"]:
        return types_by_symbol()[match["symbol"].upper()].name
    name = fold(match["name"])
    known = types_by_name().get(name)
    return known.name if known else _types_by_letters()[name.replace(" ", "")].name


@cache
def _types_by_letters() -> dict[str, DocumentType]:
    return {name.replace(" ", ""): kind for name, kind in types_by_name().items()}
