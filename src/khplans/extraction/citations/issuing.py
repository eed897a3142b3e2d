"""The name of an issuing body as written after a document's number: `của Ban Chấp hành …`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.issuers import issuers
from khplans.knowledge.provinces import provinces
from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording, with_lists
from khplans.text.fold import fold
from khplans.text.letters import UPPER
from khplans.text.syllables import is_syllable

_LEVEL = r"(?:<level>|thành ph|TP\.?)"
_SKIP = (
    r"(?:<meeting>(?: (?:lần )?thứ [\w\d]+(?: \([\w ]{1,20}\))?)"
    r"(?:,? (?:khóa|khoá) [IVXL\d]+)?,?(?: của)? )?"
)
_TERM = (
    r"(?:,? ?\(?(?:<term of office>|kỳ họp(?: thứ)?) ?[\w\d/–-]{1,9}"
    r"(?: ?[-–] ?\d{4})?\)?){0,3}"
)
_SMALL = Wording(r"(?<= )<small in a name>(?!\w)", "Nông nghiệp và")


def _loose(name: str) -> str:
    """A pattern for the name with either tone placement and hyphen, and with spaces lost.

    >>> bool(re.fullmatch(_loose("Tòa án - Ủy ban"), "Toà án–Uỷban")), _loose("Bộ Y tế")
    (True, 'Bộ ?Y ?tế')
    """
    pattern = re.escape(name).replace(r"\ \-\ ", r" ?[-–] ?").replace(r"\ &\ ", r" ?& ?")
    for old, new in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("úy", "uý"), ("ý", "í")):
        if old in pattern:
            pattern = pattern.replace(old, f"(?:{old}|{new})")
    return pattern.replace("ỦY", "(?:ỦY|UỶ)").replace("Ủy", "(?:Ủy|Uỷ)").replace(r"\ ", " ?")


def _any_of(names: set[str]) -> str:
    return "|".join(_loose(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def _pattern() -> re.Pattern[str]:
    """A pattern of bodies as they stand after a number: known ones with a place, posts, `liên bộ`, `khóa XIII`.

    >>> texts = " của Bộ Y tế;", " của UBND tỉnh Khánh Hòa về", " của đơn vị;", " của Bộ Y tế Khánh Hòa;"
    >>> [match["name"] if (match := _pattern().match(text)) else None for text in texts]
    ['Bộ Y tế', 'UBND tỉnh Khánh Hòa', None, 'Bộ Y tế']
    """
    central, local = set[str](), set[str]()
    for issuer in issuers():
        (local if issuer.local else central).update((issuer.name, *issuer.aliases))
    for row in read_table("agencies"):
        if row["place"] == "central":
            central.add(row["name"])
        else:
            local.add(row["name"])
    known = _any_of({p.name for p in provinces()})
    word = rf"(?!<no place>\b)(?-i:[{UPPER}])\w*"
    named = rf"{word}(?:[ -]{word}){{0,4}}"
    place = (
        rf"(?: {_LEVEL})?(?: (?:(?:{known})(?!\w)|{named}))?(?:,? {_LEVEL} (?:{known}|{named}))?"
    )
    one, many = _any_of(central), _any_of(local - central)
    posts = r"(?:(?:(?:đồng chí|đ/c) )?<post of an issuer> ){0,2}"
    stop_word = r" <ends an issuer>(?!\w)"
    stop = rf"(?= ?(?:[,;:.()/\"“”\[\]*+]|$)| [-–] (?!(?-i:[{UPPER}]))|{stop_word})"
    name = (
        rf"(?:{posts}(?:(?:{one})(?![\w&])|(?:{many})(?![\w&]){place})"
        rf"|{posts}<opens an issuer>(?: phòng, chống| [-–] (?-i:[{UPPER}])\w+| [^\s,;:.()/\"“”\[\]*+]+){{0,12}}?{stop}(?: của (?:Thủ tướng )?Chính phủ)?"
        rf"|liên <joint>:?(?:,? [^\s,;:.()]+){{1,20}}?(?= ?[;:.()]|$|{stop_word}))"
    )
    written = (
        rf"(?: ?\[\d{{1,2}}\])? ?(?P<of>,? ?(?:\()?<issued by> |của)?{_SKIP}(?P<name>{name})"
        rf"(?P<joint>(?:,| và| ?[-–]) (?:liên )?{name}){{0,3}}(?P<term>{_TERM})"
    )
    return re.compile(with_lists(written), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenIssuer:
    """A body as written; `until` is where its words and its term of office (`khóa XIII`) end."""

    name: str
    until: int


def find_issuer(text: str, start: int, *, joint: bool = False) -> WrittenIssuer | None:
    """The body named right at `text[start:]`.

    Without `của`, `do` or `ban hành bởi` it must follow without a comma and with a capital. `joint` allows several, as
    joint circulars have. A term of office (`khóa XIII`, `kỳ họp thứ 12`) and `Hội nghị lần thứ …`
    are left out of the name; a name in capitals gets its usual case.

    >>> find_issuer("Nghị quyết số 09-NQ/TW của Bộ Chính trị khóa XIII về Khánh Hòa", 23)
    WrittenIssuer(name='Bộ Chính trị', until=49)
    """
    match = _pattern().match(text, start)
    if match is None or (
        not match["of"] and text[match.start("name") - 1 : match.start("name")] != " "
    ):
        return None
    if not match["of"] and match["name"][0].islower():
        return None
    end, until = match.end("name"), match.end()
    if match["joint"] and joint:
        end = match.start("term")
    elif match["joint"]:
        until = end
    written = _spaced(text[match.start("name") : end])
    if written.isupper() and len(written) > 4 and " " in written:
        written = _usual_case(written)
    return WrittenIssuer(written, until)


# A vowel after a consonant after a vowel: two syllables in one word.
_GLUED = re.compile(r"[aeiouy][^aeiouy\W]+[aeiouy]")


@cache
def _names_by_letters() -> dict[str, str]:
    """Full names by their letters alone, so that lost spaces don't matter: `uybannhandan`."""
    names = [n for issuer in issuers() for n in (issuer.name, *issuer.aliases)]
    names += [row["name"] for row in read_table("agencies")]
    return {fold(name).replace(" ", ""): name for name in reversed(names) if " " in name}


def _spaced(written: str) -> str:
    """The name with the spaces and dashes that a known one at its beginning lost.

    >>> _spaced("Ủy bannhân dân tỉnh"), _spaced("Bộ Lao độngThương binh và Xã hội")
    ('Ủy ban nhân dân tỉnh', 'Bộ Lao động - Thương binh và Xã hội')
    """
    if not _GLUED.search(fold(written)):
        return written
    letters = fold(written).replace(" ", "")
    for size in range(len(letters), 4, -1):
        known = _names_by_letters().get(letters[:size])
        if known:
            return _between_letters(written, known)
    return written


_LETTER = re.compile(r"[^\W_][\u0300-\u036f]*")


def _between_letters(written: str, known: str) -> str:
    """Words with what stands between the letters of a name that has the same ones at its beginning.

    >>> _between_letters("Bộ Laođộng-Thương binh", "Bộ Lao động")
    'Bộ Lao động-Thương binh'
    """
    letters = list(_LETTER.finditer(written))
    count = sum(map(str.isalnum, known))
    own = iter(letter[0] for letter in letters[:count])
    head = "".join(next(own, "") if sign.isalnum() else sign for sign in known)
    return head + written[letters[:count][-1].end() :]


@cache
def _names_by_fold() -> dict[str, str]:
    """Full names by their folded words: `bo y te`.

    >>> _names_by_fold()["bo y te"], "ubnd" in _names_by_fold()
    ('Bộ Y tế', False)
    """
    found: dict[str, str] = {}
    for issuer in issuers():
        for name in (issuer.name, *issuer.aliases):
            if " " in name:
                found.setdefault(fold(name), name)
    return found


def _usual_case(written: str) -> str:
    """A name in capitals as it is usually written: a known name's case, capitals for the place.

    >>> _usual_case("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA"), _usual_case("HĐND TỈNH HÒA BÌNH")
    ('Ủy ban nhân dân tỉnh Khánh Hòa', 'HĐND tỉnh Hòa Bình')
    """
    words = written.split(" ")
    for size in range(len(words), 0, -1):
        head = " ".join(words[:size])
        known = _names_by_fold().get(fold(head))
        if known and len(known) == len(head):
            cased = "".join(
                a.lower() if b.islower() else a for a, b in zip(head, known, strict=True)
            )
            rest = " ".join(words[size:])
            return f"{cased} {_SMALL.sub(_lower, ' ' + _title(rest))[1:]}" if rest else cased
    return _SMALL.sub(_lower, _title(written))


def _title(written: str) -> str:
    """Each word with one capital, abbreviations left as they are.

    >>> _title("BỘ Y TẾ"), _title("UBND TỈNH")
    ('Bộ Y Tế', 'UBND Tỉnh')
    """
    return " ".join(w.title() if is_syllable(w.strip(",")) else w for w in written.split(" "))


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()
