"""Names of bodies that no list has, told by their head: `BQL KKT Vân Phong`, `Hội Làm vườn tỉnh`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from khplans.extraction.agencies.found import FoundAgency
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.places import PLACE, read_level, read_province
from khplans.knowledge.agencies import Body, bodies_by_name, short_words
from khplans.knowledge.wording import CHARGING_VERB, Wording, any_of
from khplans.text.fold import fold
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_LONGEST = 150
_STOP = Wording(
    r"[;:()\"“”]|\.(?= |$)| - (?=\w)|,(?! <field after a comma>(?!\w))",
    "ban chỉ huy phòng, chống thiên tai;",
    folded=True,
)
# A university's school is named with it: `Trường Đại học Nông Lâm - Đại học Huế`.
_UNIVERSITY = Wording(r"dai hoc ", "đại học ", folded=True)
_PLURAL = Wording(r"<plural> ", "tất cả ", folded=True)
_AND = Wording(r" va ", " và ", folded=True)
# `Ban Quản lý Khu kinh tế X và các khu công nghiệp` is one board.
_ZONES = Wording(
    r"(?:cac )?(?:(?:khu|cum) <zone of>|<zone in short>)(?!\w)", "các khu công nghiệp", folded=True
)
_LEVEL_END = Wording(
    " (?:(?!quan )<level>|trung uong)(?= [a-z]|$)(?! hoi)", "hội làm vườn tỉnh", folded=True
)
# What stands before a level that is not a name's own, and what no name has inside.
_APART = Wording(r"[;:()\"“”]|\. | (?:<of>|<to>)$", "ban quản lý dự án thuộc", folded=True)
_WITHIN = re.compile(r" ")
_SOCIETY = Wording(r"xa hoi(?!\w)", "xã hội", folded=True)
_SHORT = 3
# `công trình` is no verb `trình`.
_COMPOUND = Wording(" <makes no verb> trinh$", "ban quản lý công trình", folded=True)
# What somebody does not do; `Hàng không`, `Phòng không` are words of names.
_DENIED = Wording(r"(?<!hàng)(?<!phòng) (?:không <what is denied>|chưa)(?!\w)", "hội không phải")
_WORDS = re.compile(r"\w+")
# `Ủy ban KH,CN&MT`: the comma stands inside a short name.
_IN_ABBREVIATION = re.compile(rf"[{UPPER}],[{UPPER}]{{2,}}&")
# No word of Vietnamese has one of these twice in a row.
_TWICE = re.compile(r"([ăâđêơư])\1", re.IGNORECASE)


@cache
def _shorts() -> tuple[re.Pattern[str], dict[str, str]]:
    full = {short: words for words, shorts in short_words() for short in shorts}
    return re.compile(rf"(?<![\w/&-]){any_of(full)}(?![\w/&-])"), full


def expand(name: str) -> str:
    """The name with its abbreviations written out.

    >>> expand("BQL KKT Vân Phong")
    'Ban Quản lý Khu kinh tế Vân Phong'
    """
    pattern, full = _shorts()
    return pattern.sub(lambda match: full[match[0]], name)


def read_opened(text: str, shade: str, position: int, end: int, whole: bool) -> FoundAgency | None:
    """The body that a known head opens at `position`; its name runs to a comma, verb or level.

    >>> texts = "Các Hội Làm vườn, Sở Y tế", "Hội Làm vườn, Sở Y tế"
    >>> [read_opened(text, shadow(text), 0, len(text), False).name for text in texts]
    ['Các Hội Làm vườn', 'Hội Làm vườn']
    """
    if shade.startswith("cac ", position):
        one = _read_one(text, shade, position + 4, end, False)
        return replace(one, start=position, name=f"Các {one.name}") if one else None
    return _read_one(text, shade, position, end, whole)


def _read_one(text: str, shade: str, position: int, end: int, whole: bool) -> FoundAgency | None:
    """The body whose head stands at `position`, its accents right and its name with a capital:
    `Phòng Tư pháp`, in a sentence `phòng Tư pháp`.

    >>> text = "Hội Làm vườn tỉnh chủ trì"
    >>> _read_one(text, shadow(text), 0, len(text), False).name
    'Hội Làm vườn tỉnh'
    """
    match = lexicon().head.match(shade, position)
    if not match or match.end() >= end:
        return None
    head = lexicon().heads[str(match.lastgroup)]
    begins = text[match.end() + 1 : match.end() + 2]
    proper = text[position].isupper() or whole or (head.sure and begins.isupper())
    if not proper or shade[match.end()] != " ":
        return None
    first = text[position : match.end()].split()[0]
    own = head.words.split()[0]
    short = first.isupper() and shadow(first) != shadow(own)
    if not short and first.casefold().replace("uỷ", "ủy") != own.casefold():
        return None
    if len(head.words.split()) == 1 and not begins.isupper() and not begins.isdigit():
        return None
    limit = min(end, match.end() + _LONGEST)
    stop = None if whole else end_at_level(text, shade, match.end(), limit, head.topic)
    stop = stop or _stop(text, shade, match.end(), limit, whole)
    if stop <= match.end():
        return None
    tail = text[match.end() : stop].rstrip(" -")
    stop = match.end() + len(tail)
    words = expand(f"{head.name}{_usual_case(tail)}")
    if body := _misspelt(words):
        return FoundAgency(position, stop, body.name, body.kind, body.place == "central")
    name, other = _without_province(words)
    central = head.kind == "central"
    return FoundAgency(position, stop, name, head.kind, central, known=head.sure, province=other)


def _misspelt(name: str) -> Body | None:
    """The body of the tables that a name is but for a letter written twice: `Bộ Tưư pháp`.

    >>> _misspelt("Bộ Tưư pháp").name, _misspelt("Bộ Tư pháp")
    ('Bộ Tư pháp', None)
    """
    right = _TWICE.sub(r"\1", name)
    return bodies_by_name().get(fold(right)) if right != name else None


def _usual_case(tail: str) -> str:
    """A name of a heading in capitals as it is written elsewhere: ` KIỂM SOÁT` is ` Kiểm soát`.

    >>> [_usual_case(tail) for tail in (" KIỂM SOÁT", " HTX", " Kiểm soát")]
    [' Kiểm soát', ' HTX', ' Kiểm soát']
    """
    if not tail.isupper() or len(tail.split()) < 2:
        return tail
    return f" {tail.strip().capitalize()}"


def end_at_level(text: str, shade: str, position: int, end: int, topic: bool) -> int | None:
    """Where a name ends with the level of its body, if the verb of the sentence follows it at once.

    Up to there it may have commas and `và`. A name that tells what its body is for (`topic`) may have
    verbs in it as well. None where no such name stands there, or another agency's begins in it.

    >>> text = "Trung tâm Xúc tiến đầu tư, du lịch tỉnh tổ chức hội chợ"
    >>> text[: end_at_level(text, shadow(text), 9, len(text), False)]
    'Trung tâm Xúc tiến đầu tư, du lịch tỉnh'
    >>> text = "Ban Chỉ đạo đôn đốc các địa phương trong tỉnh thực hiện"
    >>> end_at_level(text, shadow(text), 11, len(text), True) is None
    True
    """
    level = _LEVEL_BEFORE_VERB.search(shade, position, end)
    if not level or _APART.search(shade, position, level.start()):
        return None
    if not topic and _before_verb(text, shade, position, level.start()) < level.start():
        return None
    joints = _WITHIN.finditer(shade, position, level.start())
    if any(_another(text, shade, joint.end()) for joint in joints):
        return None
    return level.end()


def _another(text: str, shade: str, begin: int) -> bool:
    """Whether at a word another agency's name begins, or one who holds a post: `các sở`, `Chủ tịch UBND`.

    >>> [_another(text, shadow(text), 0) for text in ("các sở", "Sở Y tế", "đất đai")]
    [True, True, False]
    """
    if _PLURAL.match(shade, begin):
        return True
    return text[begin].isupper() and (
        opens(text, shade, begin) or lexicon().post.match(shade, begin) is not None
    )


_LEVEL_BEFORE_VERB = Wording(
    r" (?:(?!quan )<level>|trung uong)(?= <cue verb>(?!\w)| <cue imperative>(?!\w))",
    "sở y tế tỉnh chủ trì",
    folded=True,
)
"""A level right before a verb, or a word that opens a task."""


def _stop(text: str, shade: str, position: int, end: int, whole: bool) -> int:
    """Where a name that its head opened ends: at a mark, a verb, another body, or its level.

    >>> text = "Hội Làm vườn tỉnh, Sở Y tế"
    >>> _stop(text, shadow(text), 3, len(text), False)
    17
    """
    stop = _before_mark(text, shade, position, end, whole)
    if not whole:
        stop = _before_verb(text, shade, position, stop)
    stop = _before_and(text, shade, position, stop)
    level = _LEVEL_END.search(shade, position, stop)
    if not level:
        return stop
    province = read_province(text, level.end() + 1)
    place = PLACE.match(text, level.end() + 1, end)
    return province[1] if province else place.end() if place else level.end()


def _before_mark(text: str, shade: str, position: int, end: int, whole: bool) -> int:
    """The first mark that ends a name: in a cell no comma before a small letter, no dash within it.

    >>> text = "Trung tâm Tin học - Thư viện; Sở Y tế"
    >>> _before_mark(text, shadow(text), 9, len(text), True)
    28
    >>> text = "Ủy ban KH,CN&MT, Sở Y tế"
    >>> _before_mark(text, shadow(text), 6, len(text), False)
    15
    """
    for match in _STOP.finditer(shade, position, end):
        if match[0] == "," and _IN_ABBREVIATION.match(text, match.start() - 1):
            continue
        following = text[match.end() : match.end() + 2].lstrip()
        in_cell = match[0] == "," and whole and following[:1].islower()
        inside = in_cell or match[0] == " - "
        school = match[0] == " - " and _UNIVERSITY.match(shade, match.end())
        if not inside or (not school and opens(text, shade, match.end())):
            return match.start()
    return end


def _before_and(text: str, shade: str, position: int, stop: int) -> int:
    """The `và` that another body stands after; the zones of one board are no other body.

    >>> text = "Hội Làm vườn và Sở Y tế"
    >>> _before_and(text, shadow(text), 3, len(text))
    12
    """
    for match in _AND.finditer(shade, position, stop):
        if zones := _ZONES.match(shade, match.end()):
            following = text[zones.end() + 1 : zones.end() + 2]
            if following.islower() and not _LEVEL_END.match(shade, zones.end()):
                return min(stop, zones.end())
        elif opens(text, shade, match.end() - 1):
            return match.start()
    return stop


def _before_verb(text: str, shade: str, position: int, stop: int) -> int:
    """Where the verb that follows a name begins; a name's own words have capitals or are compounds.

    >>> text = "Hội Làm vườn không phải góp vốn"
    >>> _before_verb(text, shadow(text), 3, len(text))
    12
    """
    capitals = text[position:stop].isupper()
    denied = _DENIED.search(text, position, stop)
    stop = denied.start() if denied else stop
    for verb in CHARGING_VERB.finditer(shade, position, stop):
        own = not text[verb.start() : verb.end()].islower() and not capitals
        if not own and not _COMPOUND.search(shade, position, verb.start() + 6):
            return verb.start()
    return stop


def opens(text: str, shade: str, position: int) -> bool:
    """Whether another agency opens after a comma or `và`.

    >>> [opens(text, shadow(text), 0) for text in (" Sở Y tế", " các ngành", " đất đai")]
    [True, True, False]
    """
    words = lexicon()
    begin = position + 1 if shade[position : position + 1] == " " else position
    openings = (_PLURAL, words.departments, words.ministries, words.phrase)
    if any(opening.match(shade, begin) for opening in openings):
        return True
    return _named(text, shade, begin) or _noun(text, shade, begin)


def _named(text: str, shade: str, begin: int) -> bool:
    """Whether a name of the tables stands there; a short one is an abbreviation (`TW`, not `tư`), and one
    that is none without its level has that (`Thống kê tỉnh`, not `Thống kê tài chính`).

    >>> [_named(text, shadow(text), 0) for text in ("Thống kê tỉnh", "Thống kê tài chính")]
    [True, False]
    """
    match = lexicon().named.match(shade, begin)
    if not match:
        return False
    body = lexicon().bodies[str(match.lastgroup)]
    if body.place == "level" and not read_level(text, shade, match.end()):
        return False
    words = text[begin : match.end()]
    return len(words) > _SHORT or words.isupper()


def _noun(text: str, shade: str, begin: int) -> bool:
    """Whether a noun of groups stands there, its accents right (`báo`, not `Bảo vệ`; `xã`, not `xã hội`).

    >>> [_noun(text, shadow(text), 0) for text in ("xã", "xã hội", "Bảo vệ")]
    [True, False, False]
    """
    match = None if _SOCIETY.match(shade, begin) else lexicon().nouns_only.match(shade, begin)
    noun = lexicon().nouns.get(re.sub(r"\W+", " ", match[0])) if match else None
    if not match or not noun:
        return False
    return text[begin : match.end()].casefold() == noun.words.casefold()


def _without_province(name: str) -> tuple[str, str | None]:
    """A name without the province it ends in, and that; where it is no part of the name itself.

    >>> _without_province("Bệnh viện Đa khoa tỉnh Khánh Hòa"), _without_province("Đại học Đà Nẵng")
    (('Bệnh viện Đa khoa tỉnh', 'Khánh Hòa'), ('Đại học Đà Nẵng', None))
    """
    for match in _WORDS.finditer(name):
        province = read_province(name, match.start()) if name[match.start()].isupper() else None
        if province and province[1] == len(name):
            before = name[: match.start()].rstrip(" -")
            if before.split()[-1:] and before.split()[-1][0].isupper():
                continue
            if before.endswith("Đại học"):
                continue
            if len(before.split()) > 3 or before.endswith((" tỉnh", " thành phố")):
                return before, province[0]
    return name, None
