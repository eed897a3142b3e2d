"""Who a sentence charges: its subject, or whom somebody is told to give the work to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khplans.extraction.agencies import FoundAgency, read_list
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.places import CAPITALISED, read_province
from khplans.knowledge.wording import Wording
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_SENTENCE = re.compile(r"[.;] (?=\S)")
_ASIDE = re.compile(r" \([^()]*\)")
_COLON = re.compile(r" ?:")
_COMMA = Wording(r", (?:thi )?", ", thì ", folded=True)
_WHICH = Wording(
    r" (?:<which place>|<bordering>|duoc phan cong) [^.:;]{2,60}[.:;]?",
    "UBND các xã có dự án:",
    folded=True,
)
"""Which of a group a heading is about: `UBND các xã có dự án`."""
_LISTED = Wording(
    r",? <listed> <at a place> (?:cac )?<list>"
    r"(?: (?:so )?(?:\d{1,2}|[ivx]{1,4})(?!\w))?(?: <enclosed>)*",
    "các sở có tên tại phụ lục i kèm theo",
    folded=True,
)
"""Where those are listed whom a sentence charges: `các sở có tên tại Phụ lục I`."""
_WHICH_COLON = Wording(
    r" <which place> [^.:;,]{0,60}:| (?:cac )?(?:du an|cong trinh):",
    "các xã có dự án đi qua:",
    folded=True,
)
_WHO_IS = Wording(
    r"(?:,| ?[-–]) ?(?:la )?(?:(?:co quan|don vi) )?(?:thuong truc|dau moi)(?: [^,.;:]{1,100}?)??"
    r"(?=,? (?!chi dao)(?:<cue verb>|<cue imperative>)(?!\w))",
    "sở y tế - cơ quan thường trực ban chỉ đạo tỉnh tham mưu",
    folded=True,
)
"""What a body is beside its own name: `Sở Y tế, cơ quan thường trực của Ban Chỉ đạo, chủ trì …`."""
_ABOVE_ALL = Wording(r",? <above all> ", "các sở, nhất là sở y tế", folded=True)
_PROVINCE_UNIT = Wording(r"(?:<level province>|thu do) ", "thành phố ", folded=True)
_NEXT_WORD = re.compile(r",? ?(?=[a-z])")
_OPENING_LENGTH = 320
_CLOSING_WORDS = "tren day la "
"""How the last paragraph begins: its first sentence only names the document."""
_CARRIED_OUT = "chiu trach nhiem thi hanh"
"""How the last article names those who carry the document out: they lead nothing below it."""
_PLAIN_OPENING = Wording(r"<plain opening>(?!\w)", "trên cơ sở đề nghị", folded=True)
"""Openings after which the main clause begins at once: with its subject, or else its verb."""
_NAME = re.compile(rf"(?: {CAPITALISED}(?: [^\W\d_]+|-)*)?")
"""Of whom the one who charges others is: `Bộ trưởng Bộ Công Thương yêu cầu`, `UBND thành phố Huế giao`."""
_PERSON = re.compile(rf"(?: {CAPITALISED}){{2,5}}(?= |,|:|$)")
"""The name of the one who holds a post: `Phó Chủ tịch UBND tỉnh Nguyễn Văn An`."""
_DECISION = Wording(r"<cue decision-opening>(?!\w)", "thống nhất", folded=True)
"""How a decision opens, after which a sentence may say who does what follows from it."""
_REPORTS_TO = Wording(r"(?<!\w)<reports to>(?: thuong truc)? $", "báo cáo ", folded=True)
"""Words after which one who charges others is only told something: `báo cáo UBND tỉnh giao …`."""
_REPORTS_LENGTH = 30
_TOPIC_LENGTH = 90
_ASKED = Wording(r"ve <asked for>(?!\w)", "về đề nghị", folded=True)
_ASKED_LENGTH = 900
"""How long that may be which was asked for, before what is decided of it: `Về đề nghị …: Bộ Y tế …`."""
_INSPECTION = Wording(
    r"<inspects> (?!<level>|các )[^\W\d_A-ZĐ].*", "Thanh tra khai thác cát", exact=True
)
_PURPOSES = ("Để ", "Nhằm ")
_ADDRESSED = 60
"""How long the words may be by which a letter speaks to those it goes to: `đề nghị quý Cơ quan:`."""


@dataclass(frozen=True, slots=True)
class Charge:
    """`subject` acts by the sentence's own grammar, `charged` are told by someone (`Giao …`)."""

    subject: tuple[FoundAgency, ...] = ()
    charged: tuple[FoundAgency, ...] = ()
    opens: bool = False
    """Whether the text opens with the charge, so that nothing is left to the heading above."""
    end: int = 0
    """Where the names at the text's beginning end."""

    @property
    def names(self) -> tuple[FoundAgency, ...]:
        """Whoever is charged."""
        return self.subject or self.charged

    def moved(self, by: int) -> Charge:
        """The same with its offsets moved."""
        return Charge(
            tuple(replace(one, start=one.start + by, end=one.end + by) for one in self.subject),
            tuple(replace(one, start=one.start + by, end=one.end + by) for one in self.charged),
            self.opens,
            self.end + by,
        )


_CHARGING = Wording(
    r"(?:^(?:\d{1,2} )?|(?<=[.;:,] )|(?<= va )"
    r"|(?:\b<cue charger>(?P<name>(?: [\w\-]+){0,6}?)(?: khoa \w+)? (?:da |tiep tuc )?))"
    r"(?P<verb><cue charge>):? (?=\S)",
    "UBND tỉnh giao Sở Y tế",
    folded=True,
)
"""A charging verb where a clause begins, or after the one who charges."""


ORDER = Wording(
    r"\b<cue charger>(?: [a-z]+)?,? (?:<before a charge> )?<cue charge>(?!\w)",
    "UBND tỉnh yêu cầu",
    folded=True,
)
"""Where a superior charges others."""


_CHARGER = Wording(r"<cue charger>(?!\w)", "Hội đồng nhân dân tỉnh", folded=True)
"""One who charges others."""


_HEADING = Wording(r"<cue heading> (?=\S)", "Trách nhiệm của Sở Y tế", folded=True)


_TELLING = Wording(
    r",? (?:<before a charge> )?<cue charge>(?::? (?=\S)|:?$)", " tiếp tục yêu cầu:", folded=True
)


_VERB = Wording(r"(?:<cue verb>|<cue imperative>)(?!\w)", "chủ trì", folded=True)
"""A verb that says what somebody does."""


_NO_SUBJECT = Wording(r"<cue no-subject>(?!\w)", "được", folded=True)
"""Words after which those before them are no subject."""


_OPENING = Wording(r"<cue opening>(?!\w)", "Căn cứ", folded=True)
"""How a sentence opens before its main clause."""


def read_charge(text: str, shade: str) -> Charge:
    """Whom the text charges; empty where it names nobody.

    >>> from khplans.extraction.agencies import shadow
    >>> words = "Căn cứ Kế hoạch này, Giám đốc Sở Y tế tổ chức thực hiện."
    >>> [one.name for one in read_charge(words, shadow(words)).subject]
    ['Sở Y tế']
    >>> words = "Thống nhất với đề xuất. Sở Y tế hoàn chỉnh, trình UBND tỉnh."
    >>> [one.name for one in read_charge(words, shadow(words)).subject]
    ['Sở Y tế']
    >>> words = "UBND tỉnh giao Sở Y tế chỉ đạo các bệnh viện."
    >>> [one.name for one in read_charge(words, shadow(words)).charged]
    ['Sở Y tế']
    """
    closing = _SENTENCE.search(shade) if shade.startswith(_CLOSING_WORDS) else None
    if closing:
        return _charge(text[closing.end() :], shade[closing.end() :]).moved(closing.end())
    charge = _charge(text, shade)
    if charge.names or not _DECISION.match(shade):
        return charge
    for sentence in _SENTENCE.finditer(shade):
        later = _charge(text[sentence.end() :], shade[sentence.end() :])
        if later.names:
            return later.moved(sentence.end())
    return charge


def _charge(text: str, shade: str) -> Charge:
    """Whom a text charges: its subject (`Sở Y tế rà soát`), else those told to do it (`giao Sở Y tế`) or on duty.

    >>> text = "Giao Sở Y tế chủ trì rà soát."
    >>> [one.name for one in _charge(text, shadow(text)).charged]
    ['Sở Y tế']
    """
    subject, end = _subject(text, shade)
    if subject:
        return Charge(subject=tuple(subject), end=end)
    charged: list[FoundAgency] = []
    opens = False
    first = _SENTENCE.search(shade)
    for match in _CHARGING.finditer(shade):
        if not _clause_begins(shade, match) or not _NAME.fullmatch(text, *match.span("name")):
            continue
        found, stop = read_list(text, shade, match.end(), len(text))
        if found and not _FOR_OTHERS.match(shade, stop):
            charged += found
            opens = opens or not first or match.start("verb") < first.start()
    duties = _duties(text, shade)
    return Charge(charged=(*charged, *duties), opens=opens)


def _duties(text: str, shade: str) -> list[FoundAgency]:
    """Those whom a later clause or a bracket gives the lead: `…; Sở Y tế chủ trì`, `(Sở Y tế chủ trì)`.

    >>> texts = "Rà soát; Sở Y tế chủ trì", "Rà soát (Sở Y tế chủ trì)", "Rà soát; Sở Y tế phối hợp", "Chủ trì; Sở Y tế báo cáo"
    >>> [[one.name for one in _duties(text, shadow(text))] for text in texts]
    [['Sở Y tế'], ['Sở Y tế'], [], []]
    """
    found: list[FoundAgency] = []
    if not _LEADS.search(shade):
        return found
    for match in _CLAUSE.finditer(shade):
        named, end = read_list(text, shade, match.end(), len(text))
        if named and _LEADS.match(shade, end):
            found += named
    return found


_TOGETHER = Wording(
    r"(?<!su )(?<!cong tac )phoi hop(?:(?:,| va)? <how closely>)*"
    r"(?:,? <with>(?: cac co quan:)?:? (?=\S)| (?=[a-z]))",
    "phối hợp chặt chẽ với sở y tế",
    folded=True,
)
_NAMED = Wording(rf"[{UPPER}]|các ", "các ", exact=True)
"""How those are named of whom `phối hợp` speaks without `với`: `phối hợp Công an phường`."""
_CLAUSE = Wording(r"(?:[.;] |\((?:giao |do )?)(?=\w)", "(giao sở y tế", folded=True)
_ALSO = ", dong thoi, "
"""Words that open a new main clause after a comma."""
_LEADS = Wording(
    r",? (?:<duty>|la co quan (?:chu tri|dau moi))(?!\w)", "sở y tế chủ trì", folded=True
)
_FOR_OTHERS = Wording(r" (?:ve viec|ve chu truong)(?!\w)", " về việc", folded=True)


def _clause_begins(shade: str, match: re.Match[str]) -> bool:
    """Whether a verb of charging opens its clause: `; giao Sở Y tế`, not `đã giao Sở Y tế`.

    >>> shades = shadow("Căn cứ kế hoạch, giao Sở Y tế"), shadow("Đã rà soát, giao Sở Y tế")
    >>> [_clause_begins(shade, _CHARGING.search(shade)) for shade in shades]
    [True, False]
    >>> shade = shadow("Lập hồ sơ, báo cáo UBND tỉnh giao Sở Y tế")
    >>> _clause_begins(shade, _CHARGING.search(shade))
    False
    >>> shades = shadow("Đồng ý với đề xuất và giao Sở Y tế"), shadow("Đã rà soát và giao Sở Y tế")
    >>> [_clause_begins(shade, _CHARGING.search(shade)) for shade in shades]
    [True, False]
    """
    if _REPORTS_TO.search(shade, max(0, match.start() - _REPORTS_LENGTH), match.start()):
        return False
    if match.start("verb") != match.start() or match.start() == 0:
        return True
    mark = shade[match.start() - 2]
    if mark in ".;:" or shade.endswith(_ALSO, 0, match.start()):
        return True
    begin = max(shade.rfind(". ", 0, match.start()), shade.rfind("; ", 0, match.start()))
    if shade.endswith(" va ", 0, match.start()):
        return bool(_DECISION.match(shade, begin + 2 if begin >= 0 else 0))
    return mark == "," and bool(_OPENING.match(shade, begin + 2 if begin >= 0 else 0))


def _subject(text: str, shade: str) -> tuple[list[FoundAgency], int]:
    """The agencies that open the main clause, and where they end: `Trong quý I, Sở Y tế rà soát …`.

    >>> text = "Trong quý I, Sở Y tế rà soát các cơ sở."
    >>> [one.name for one in _subject(text, shadow(text))[0]]
    ['Sở Y tế']
    >>> text = "Năm qua, UBND tỉnh đã giao Sở Y tế."
    >>> _subject(text, shadow(text))[0]
    []
    """
    for begin in _main_clauses(text, shade):
        if _CHARGING.match(shade, begin) or _TOGETHER.search(shade, 0, begin):
            break
        if _PLAIN_OPENING.match(shade) and _without_subject(text, shade, begin):
            break
        found, end = read_list(text, shade, begin, len(text))
        if not found and (place := _place_that_must(text, shade, begin)):
            return [place], place.end
        if found and is_work(text, shade, found, end):
            continue
        if found and _tells(text, shade, end):
            break
        if found and _acts(text, shade, end, found):
            return found, end
    return [], 0


_MUST = Wording(r" (?:can|phai) <cue imperative>(?!\w)", " cần tập trung", folded=True)
"""That something is to be done, not had or borne: no `cần 500 tỷ đồng`, no `phải đối mặt`."""


def _place_that_must(text: str, shade: str, begin: int) -> FoundAgency | None:
    """A province or city that is told what it must do: `tỉnh Hà Giang cần …`.

    >>> text = "Để phát triển rừng, tỉnh Hà Giang cần tập trung trồng cây."
    >>> [one.name for one in read_charge(text, shadow(text)).subject]
    ['Tỉnh Hà Giang']
    """
    place = _place(text, shade, begin)
    return place if place and _MUST.match(shade, place.end) else None


def _place(text: str, shade: str, begin: int) -> FoundAgency | None:
    """The province or city that is named at a place with what it is: `thành phố Huế`.

    >>> words = "thành phố Huế", "thành phố đáng sống", "Huế"
    >>> [place and place.name for place in (_place(text, shadow(text), 0) for text in words)]
    ['Thành phố Huế', None, None]
    """
    unit = _PROVINCE_UNIT.match(shade, begin)
    named = read_province(text, unit.end()) if unit else None
    if not unit or not named:
        return None
    written = text[unit.start() : unit.end()].strip()
    return FoundAgency(
        begin, named[1], f"{written[0].upper()}{written[1:]} {named[0]}", "other", province=named[0]
    )


def _main_clauses(text: str, shade: str) -> Iterator[int]:
    """Where the main clause may begin: at once, after a heading, a topic, or a comma of what opens the sentence.

    >>> words = "Trong quý I, Sở Y tế rà soát các trạm y tế xã."
    >>> list(_main_clauses(words, shadow(words)))
    [0, 13]
    """
    yield 0
    heading = _HEADING.match(shade)
    if heading:
        yield heading.end()
    topic = shade.find(": ", 0, _ASKED_LENGTH if _ASKED.match(shade) else _TOPIC_LENGTH)
    if topic > 0:
        yield topic + 2
    if _OPENING.match(shade) or text.startswith(_PURPOSES):
        sentence = _SENTENCE.search(shade)
        limit = min(sentence.start() if sentence else len(shade), _OPENING_LENGTH)
        yield from (match.end() for match in _COMMA.finditer(shade, 0, limit))


def is_work(text: str, shade: str, found: list[FoundAgency], end: int) -> bool:
    """Whether a name before a colon is a piece of work: `Thanh tra chợ, kho bãi: Sở Công Thương …`.

    Its field is in small letters, and after the colon stands who does it.

    >>> def work(text):
    ...     found, end = read_list(text, shadow(text), 0, len(text))
    ...     return is_work(text, shadow(text), found, end)
    >>> work("Thanh tra khai thác cát: Sở Xây dựng kiểm tra các bến bãi."), work("Sở Y tế: Sở Xây dựng kiểm tra.")
    (True, False)
    >>> work("Thanh tra khai thác cát: kiểm tra các bến bãi.")
    False
    """
    colon = _COLON.match(shade, end)
    if not colon or not _INSPECTION.fullmatch(found[-1].name):
        return False
    others, stop = read_list(text, shade, colon.end() + 1, len(text))
    return bool(others) and _acts(text, shade, stop, others)


def _without_subject(text: str, shade: str, begin: int) -> bool:
    """Whether the main clause begins with its verb: `Hằng tháng, báo cáo …`.

    >>> texts = "Hằng tháng, báo cáo rừng", "Hằng tháng, Báo cáo", "Hằng tháng; báo cáo", "Hằng tháng, rừng"
    >>> [_without_subject(text, shadow(text), 12) for text in texts]
    [True, False, False, False]
    """
    return (
        shade[begin - 2 : begin] == ", "
        and text[begin].islower()
        and bool(_VERB.match(shade, begin))
    )


def _tells(text: str, shade: str, end: int) -> bool:
    """Whether those named before `end` charge others: `UBND tỉnh giao Sở Y tế`.

    >>> [_tells(text, shadow(text), 9) for text in ("UBND tỉnh giao Sở Y tế", "UBND tỉnh giao đất")]
    [True, False]
    """
    verb = _TELLING.match(shade, end)
    if not verb:
        return False
    if shade.rstrip().endswith(":") and verb.end() < len(shade) <= verb.end() + _ADDRESSED:
        return True
    return verb.end() == len(shade) or bool(read_list(text, shade, verb.end(), len(text))[0])


def _acts(text: str, shade: str, end: int, found: list[FoundAgency]) -> bool:
    """Whether what follows the agencies says what they do: `Sở Y tế: …`, `Sở Y tế chủ trì`.

    >>> texts = "Sở Y tế chủ trì", "Sở Y tế đã chủ trì", "Sở Y tế: rà soát"
    >>> [_acts(text, shadow(text), 7, read_list(text, shadow(text), 0, 7)[0]) for text in texts]
    [True, False, True]
    """
    end = _after_remarks(text, shade, end)
    if any(what.match(shade, end) for what in (_COLON, _WHICH_COLON, _ABOVE_ALL)):
        return True
    word = _NEXT_WORD.match(shade, end)
    if not word or word.end() == end:
        return False
    verb, other = _VERB.match(shade, word.end()), _NO_SUBJECT.match(shade, word.end())
    if other and (" " in other[0] or not verb):
        return False
    sure = shade[end] != "," and found[-1].known and not _vague(found[0])
    return bool(verb) or (sure and text[word.end()].islower())


def _after_remarks(text: str, shade: str, end: int) -> int:
    """Behind what may stand after names: where they are listed, who holds the post, a bracket.

    >>> text = "Giám đốc Sở Y tế Trần Văn An (Trưởng ban) chủ trì"
    >>> text[_after_remarks(text, shadow(text), 16):]
    ' chủ trì'
    >>> text = "Sở Y tế - cơ quan thường trực Ban Chỉ đạo tham mưu"
    >>> text[_after_remarks(text, shadow(text), 7):]
    ' tham mưu'
    """
    for read, words in ((_LISTED, shade), (_PERSON, text), (_ASIDE, shade), (_WHO_IS, shade)):
        remark = read.match(words, end)
        end = remark.end() if remark else end
    return end


def _vague(one: FoundAgency) -> bool:
    """Whether a name may be other words, or one who charges others: of an odd body without its level.

    >>> _vague(FoundAgency(0, 9, "Trung tâm", "other")), _vague(FoundAgency(0, 9, "Trường Chính trị tỉnh", "other"))
    (True, False)
    """
    if one.several or one.kind not in ("group", "other"):
        return False
    return (
        not one.name.endswith((" tỉnh", " thành phố"))
        or _CHARGER.match(shadow(one.name)) is not None
    )


def coordinates_in(text: str, shade: str) -> list[FoundAgency]:
    """Every `phối hợp với X` of a text.

    >>> text = "Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh thực hiện"
    >>> [one.name for one in coordinates_in(text, shadow(text))]
    ['Sở Nội vụ', 'Công an tỉnh']
    """
    found: list[FoundAgency] = []
    if "phoi hop" not in shade:
        return found
    for match in _TOGETHER.finditer(shade):
        named = match[0].endswith(("voi ", "cung ", ":", ": ")) or _NAMED.match(text, match.end())
        if named:
            found += read_list(text, shade, match.end(), len(text))[0]
    return found


def heading_names(text: str, shade: str) -> tuple[FoundAgency, ...]:
    """The agencies that a heading is about: `Sở Y tế:`, `Trách nhiệm của Sở Y tế`.

    >>> texts = "Trách nhiệm của Sở Y tế", "Nhiệm vụ của Ban Chỉ đạo"
    >>> [[one.name for one in heading_names(text, shadow(text))] for text in texts]
    [['Sở Y tế'], ['Ban Chỉ đạo']]
    """
    if _CARRIED_OUT in shade:
        return ()
    opening = _HEADING.match(shade)
    begin = opening.end() if opening else 0
    # Behind `Trách nhiệm của` a name may begin with a small letter.
    named = f"{text[:begin]}{text[begin : begin + 1].upper()}{text[begin + 1 :]}"
    found, end = read_list(named if opening else text, shade, begin, len(text))
    if opening and not found and lexicon().head.match(shade, begin):
        alone, end = read_list(named, shade, begin, len(shade.rstrip(" .:;")), whole=True)
        found = alone if len(alone) == 1 else []
    if found and (not shade[end:].strip(" .:;") or _WHICH.fullmatch(shade, end)):
        return tuple(found)
    return read_charge(text, shade).names


_PLURAL_NAME = Wording(rf"Các [{UPPER}]", "Các Khu Công nghệ cao", exact=True)


def names_beside_bodies(text: str, shade: str) -> tuple[FoundAgency, ...]:
    """Whom a heading is about that stands beside headings of bodies: a province or city, several of a kind.

    >>> texts = "Đối với Thủ đô Hà Nội", "Các Khu Công nghệ cao và hiệp hội liên quan", "Kinh phí"
    >>> [[one.name for one in names_beside_bodies(text, shadow(text))] for text in texts]
    [['Thủ đô Hà Nội'], ['Các Khu Công nghệ cao', 'Các hiệp hội có liên quan'], []]
    """
    opening = _HEADING.match(shade)
    begin = opening.end() if opening else 0
    place = _place(text, shade, begin)
    if place:
        return () if shade[place.end :].strip(" .:;") else (place,)
    if not _PLURAL_NAME.match(text, begin):
        return ()
    return tuple(read_list(text, shade, begin, len(text), whole=True)[0])
