"""One agency's name in a text: which of the forms of names stands at a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from khplans.extraction.agencies.found import Context, FoundAgency
from khplans.extraction.agencies.groups import read_group
from khplans.extraction.agencies.patterns import lexicon
from khplans.extraction.agencies.places import NamedLevel, read_level, read_place, read_province
from khplans.extraction.agencies.unlisted import end_at_level, read_opened
from khplans.knowledge.agencies import Body
from khplans.knowledge.levels import level_names
from khplans.knowledge.provinces import find_province
from khplans.knowledge.wording import Wording, words_for
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.shadow import shadow

_SECTOR = Wording(r"nganh (?=\w)", "ngành y tế", folded=True)
_PLURAL = Wording(r"(?:tat ca |toan bo )?<every> ", "tất cả các sở", folded=True)
_ENDED = Wording(r" ?(?:[,;.]|$| va )", " và ", folded=True)
_MEMBERS = Wording(
    r"(?P<cac>cac )?thanh vien (?!(?:cac )?thanh vien )", "các thành viên ban chỉ đạo", folded=True
)
_OFFICES = Wording(r"<office within> (?=cac <office noun>(?!\w))", "thanh tra các sở", folded=True)
_STAFF = Wording(r" co quan(?= )", "đảng ủy cơ quan bộ y tế", folded=True)
_LONGEST = 60
"""Characters that a name may go on for after one of the tables: `Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh`."""
_ALWAYS_A_BODY = Wording(r"(?:ủy|uỷ) ban nhân dân|hội đồng nhân dân", "ủy ban nhân dân", exact=True)
"""Names that are nothing else, be they in small letters."""
_WORD = 4
"""Shorter names are abbreviations, and no other words without their accents: `CA`, not `cả`."""


@dataclass(frozen=True)
class NameAt(Placeless):
    """A place in a list of agencies (`text[position:end]`) where a name may stand.

    `whole` says that all of the text is such a list (a cell), `in_list` that a name stood before
    this one; `context` and `unit` are what that one lets follow (`FoundAgency`). Each form of name that
    can be read there is a property, None where it can't.
    """

    text: str
    shade: str
    position: int
    end: int
    whole: bool = False
    context: Context = ""
    unit: str = ""
    in_list: bool = False

    def further(self, position: int) -> NameAt:
        """The place further on, after words that belong to the name."""
        return NameAt(self.text, self.shade, position, self.end, self.whole, in_list=True)

    @property
    def in_capitals(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[self.position].isupper()

    def _spelt(self, match: re.Match[str] | None) -> re.Match[str] | None:
        """A match, unless it is other words: an abbreviation without its capitals, or in a
        sentence a name without any."""
        if not match:
            return None
        words = self.text[match.start() : match.end()]
        if len(words) < _WORD:
            return match if words.isupper() else None
        named = self.whole or self.in_list or any(letter.isupper() for letter in words)
        named = named or bool(_ALWAYS_A_BODY.match(words))
        return match if named else None

    @once
    def sector(self) -> FoundAgency | None:
        """A sector (`ngành Giáo dục và Đào tạo`), or by a short name (`ngành giáo dục`)."""
        opening = _SECTOR.match(self.shade, self.position, self.end)
        if not opening:
            return None
        words = lexicon()
        if field := words.bare_departments.match(self.shade, opening.end(), self.end):
            name = words.bodies[str(field.lastgroup)].name.removeprefix("Sở ")
            return FoundAgency(self.position, field.end(), f"Ngành {name}", "group")
        if short := words.sectors.match(self.shade, opening.end(), self.end):
            name = words.sector_names[short[0]]
            return FoundAgency(self.position, short.end(), f"Ngành {name}", "group")
        return None

    @once
    def group(self) -> FoundAgency | None:
        """A group (`các sở, ban, ngành`)."""
        return read_group(self.text, self.shade, self.position, self.in_list)

    @once
    def phrase(self) -> FoundAgency | None:
        """A group's usual phrase of its own, unless its nouns go further."""
        match = lexicon().phrase.match(self.shade, self.position, self.end)
        if not match or (self.group and self.group.end > match.end()):
            return None
        phrase = lexicon().phrases[str(match.lastgroup)]
        central = phrase.kind == "central"
        return FoundAgency(self.position, match.end(), phrase.name, phrase.kind, central=central)

    @once
    def members(self) -> FoundAgency | None:
        """The members of a body (`các thành viên Ban Chỉ đạo`)."""
        match = _MEMBERS.match(self.shade, self.position, self.end)
        whose = read_body(self.further(match.end())) if match else None
        if not match or not whose or whose.several:
            return None
        words = "Các thành viên" if match["cac"] else "Thành viên"
        return replace(
            whose, start=self.position, name=f"{words} {whose.name}", context="", unit=""
        )

    @once
    def offices(self) -> FoundAgency | None:
        """The offices of a group's bodies (`Thanh tra các sở`)."""
        match = _OFFICES.match(self.shade, self.position, self.end)
        whose = read_group(self.text, self.shade, match.end(), True) if match else None
        if not match or not whose:
            return None
        words = self.text[self.position : match.end()].capitalize()
        return replace(whose, start=self.position, name=f"{words}các{whose.name[3:]}")

    @once
    def department(self) -> FoundAgency | None:
        """A department (`Sở Y tế`)."""
        match = lexicon().departments.match(self.shade, self.position, self.end)
        return self._departmental(self._spelt(match), "departments")

    @once
    def ministry(self) -> FoundAgency | None:
        """A ministry (`Bộ Y tế`)."""
        match = lexicon().ministries.match(self.shade, self.position, self.end)
        return self._departmental(self._spelt(match), "ministries")

    @once
    def _named(self) -> re.Match[str] | None:
        return lexicon().named.match(self.shade, self.position, self.end)

    @once
    def bare_name(self) -> FoundAgency | None:
        """One more department or ministry without `Sở`, `Bộ` (`Sở Công Thương, Du lịch`)."""
        words = lexicon()
        bare = {"departments": words.bare_departments, "ministries": words.bare_ministries}
        names = bare.get(self.context)
        match = names.match(self.shade, self.position, self.end) if names else None
        if not match or not self.in_capitals or (self._named and self._named.end() > match.end()):
            return None
        return self._departmental(match, self.context)

    @once
    def under_the_same_head(self) -> FoundAgency | None:
        """One more body whose head stands before another (`Tổng cục Thuế, Hải quan`)."""
        if self.context != "headed" or self.position >= self.end or not self.in_capitals:
            return None
        head = f"{shadow(self.unit)} "
        shade = head + self.shade[self.position : min(self.end, self.position + _LONGEST)]
        match = lexicon().named.match(shade, 0)
        body = lexicon().bodies[str(match.lastgroup)] if match else None
        if match is None or body is None or not body.name.startswith(f"{self.unit} "):
            return None
        return _central(self.position, self.position + match.end() - len(head), body)

    @once
    def named(self) -> FoundAgency | None:
        """A body of the tables with its level and place (`Công an tỉnh`, `UBND các huyện`)."""
        match = self._spelt(self._named)
        if not match:
            return None
        body = lexicon().bodies[str(match.lastgroup)]
        if body.place == "central":
            return _central(self.position, match.end(), body)
        level = read_level(self.text, self.shade, match.end())
        if level is None and (self.whole or not end_at_level(*self.after(match.end()))):
            return self._named_alone(match.end(), body)
        if level is None:
            return None
        return _leveled(self.position, body, level)

    @once
    def party_organ(self) -> FoundAgency | None:
        """The Party's organ in a body (`Đảng đoàn Quốc hội`, `Đảng ủy cơ quan Bộ Y tế`)."""
        match = self._spelt(self._named)
        body = lexicon().bodies[str(match.lastgroup)] if match else None
        if (
            not match
            or body is None
            or not body.name.endswith(words_for("party committee of a body"))
        ):
            return None
        staff = _STAFF.match(self.shade, match.end())
        stop = staff.end() if staff else match.end()
        whose = read_body(self.further(stop + 1)) if self._goes_on(stop) else None
        if not whose or whose.start != stop + 1 or whose.several:
            return None
        name = f"{body.name}{self.text[match.end() : stop]} {whose.name}"
        return replace(whose, start=self.position, name=name, kind=body.kind, context="", unit="")

    def _goes_on(self, stop: int) -> bool:
        """Whether a word with a capital follows on the place where a name ends."""
        return self.shade[stop : stop + 1] == " " and self.text[stop + 1 : stop + 2].isupper()

    def after(self, stop: int) -> tuple[str, str, int, int, bool]:
        """What stands after a name that ends there, as `end_at_level` asks."""
        return self.text, self.shade, stop, min(self.end, stop + _LONGEST), False

    def _named_alone(self, stop: int, body: Body) -> FoundAgency | None:
        """A body without a level, that may name its province (`Công an Khánh Hòa`)."""
        province = _bare_province(self.text, self.shade, stop)
        if not province:
            if body.place == "level":
                return None
            return FoundAgency(self.position, stop, body.name, body.kind)
        known = find_province(province[0])
        kind = f" {known.kind}" if known and body.place != "drop" else ""
        return FoundAgency(
            self.position, province[1], body.name + kind, body.kind, province=province[0]
        )

    @once
    def place(self) -> FoundAgency | None:
        """One more place whose committee is meant (`UBND huyện Vạn Ninh, Diên Khánh`), unless
        another body's name opens there (`Tập đoàn …`, no `xã Tập`)."""
        if self.context != "places" or self.position >= self.end:
            return None
        place = read_place(self.text, self.shade, self.position, self.unit)
        if not place or not place.unit:
            return None
        opened = read_opened(self.text, self.shade, self.position, len(self.text), False)
        if opened is not None and opened.end > place.end:
            return None
        return FoundAgency(self.position, place.end, f"Ủy ban nhân dân {place.words}",
                     "people_committee", province=place.province, context="places",
                     unit=place.unit)  # fmt: skip

    @once
    def opened(self) -> FoundAgency | None:
        """A body that no table has, told by its head (`Ban Quản lý Khu kinh tế`); what looks like
        a group may open such a name."""
        opened = read_opened(self.text, self.shade, self.position, self.end, self.whole)
        group = self.group
        if not opened or not group:
            return opened
        if _PLURAL.match(self.shade, self.position):
            further = self.text[group.end + 1 : group.end + 2].isupper()
            return opened if opened.end > group.end and further else None
        return opened if opened.end >= group.end and self.in_capitals else None

    @once
    def alone(self) -> FoundAgency | None:
        """A department's field alone in its cell (`Tài chính`)."""
        if not self.whole or self.in_list:
            return None
        match = lexicon().bare_departments.match(self.shade, self.position, self.end)
        if not match or not self.in_capitals or not _ENDED.match(self.shade, match.end()):
            return None
        return self._departmental(match, "departments")

    def _departmental(self, match: re.Match[str] | None, context: Context) -> FoundAgency | None:
        """A department or ministry with its level or province, if it names one."""
        if not match:
            return None
        body = lexicon().bodies[str(match.lastgroup)]
        if body.place == "central":
            return FoundAgency(
                self.position, match.end(), body.name, body.kind, True, context=context
            )
        level = read_level(self.text, self.shade, match.end())
        if level and level.words.startswith("các tỉnh"):
            name = f"{body.name} {level.words}"
            return FoundAgency(self.position, level.end, name, "group", central=True)
        stop, other = match.end(), None
        if level and level.words in level_names("province"):
            stop, other = level.end, level.province
        elif province := _bare_province(self.text, self.shade, match.end()):
            other, stop = province
        return FoundAgency(
            self.position, stop, body.name, body.kind, province=other, context=context
        )


def _bare_province(text: str, shade: str, position: int) -> tuple[str, int] | None:
    """The province that follows right after a space.

    >>> text = "Sở Y tế Khánh Hòa"
    >>> _bare_province(text, shadow(text), 7), _bare_province(text, shadow(text), 8)
    (('Khánh Hòa', 17), None)
    """
    return read_province(text, position + 1) if shade[position : position + 1] == " " else None


def _central(start: int, end: int, body: Body) -> FoundAgency:
    """A central body of the tables; others may follow under its head (`Tổng cục Thuế, Hải quan`).

    >>> from khplans.knowledge.agencies import bodies_by_name
    >>> [_central(0, 9, bodies_by_name()[name]).unit for name in ("tong cuc thue", "bo y te")]
    ['Tổng cục', '']
    >>> [_central(0, 9, bodies_by_name()[name]).context for name in ("tong cuc thue", "bo y te")]
    ['headed', '']
    """
    head = next(
        (one for one in words_for("head that a list shares") if body.name.startswith(f"{one} ")), ""
    )
    context: Context = "headed" if head else ""
    return FoundAgency(start, end, body.name, body.kind, central=True, context=context, unit=head)


def _leveled(start: int, body: Body, level: NamedLevel) -> FoundAgency:
    """A body of the tables with its level, which is a part of its name or not (`Body.place`).

    >>> from khplans.knowledge.agencies import bodies_by_name
    >>> level = NamedLevel(20, "huyện", "huyện")
    >>> found = [_leveled(0, bodies_by_name()[name], level) for name in ("so y te", "cong an", "uy ban nhan dan")]
    >>> [(one.name, one.context) for one in found]
    [('Sở Y tế', ''), ('Công an huyện', ''), ('Ủy ban nhân dân huyện', '')]
    """
    if body.place == "drop":
        return FoundAgency(start, level.end, body.name, body.kind, province=level.province)
    name = f"{body.name} {level.words}"
    people = body.kind == "people_committee" and level.unit
    return FoundAgency(start, level.end, name, body.kind, level.central, province=level.province,
                 context="places" if people else "", unit=level.unit)  # fmt: skip


def _case_of(text: str, whole: bool = False, context: Context = "", unit: str = "") -> NameAt:
    """The beginning of a text; with a context, after another name of its list."""
    return NameAt(text, shadow(text), 0, len(text), whole, context, unit, bool(context))


def _form(
    name: str, example: tuple[object, ...], read: Callable[[NameAt], FoundAgency | None]
) -> Rule[NameAt, Callable[[NameAt], FoundAgency | None]]:
    """A rule that a form of name decides wherever it can be read."""
    return Rule(name, example, read, read)


# fmt: off
FORMS: Rules[NameAt, Callable[[NameAt], FoundAgency | None]] = Rules("agency-name", _case_of, (
    _form("sector", ("ngành giáo dục",), lambda at: at.sector),
    _form("usual-phrase", ("chính quyền địa phương",), lambda at: at.phrase),
    _form("members-of-a-body", ("các thành viên UBND tỉnh",), lambda at: at.members),
    _form("offices-of-a-group", ("Thanh tra các sở, ngành",), lambda at: at.offices),
    _form("department", ("Sở Y tế",), lambda at: at.department),
    _form("ministry", ("Bộ Công an",), lambda at: at.ministry),
    _form("one-more-without-its-head", ("Du lịch", False, "departments"), lambda at: at.bare_name),
    _form("one-more-under-the-same-head", ("Hải quan", False, "headed", "Tổng cục"),
          lambda at: at.under_the_same_head),
    _form("party-organ-of-a-body", ("Đảng đoàn Quốc hội",), lambda at: at.party_organ),
    _form("body-of-the-tables", ("UBND các huyện, thị xã",), lambda at: at.named),
    _form("one-more-place", ("Diên Khánh", False, "places", "huyện"), lambda at: at.place),
    _form("told-by-its-head", ("Ban Quản lý Khu kinh tế Vân Phong",), lambda at: at.opened),
    _form("group", ("các sở, ban, ngành",), lambda at: at.group),
    _form("field-alone-in-a-cell", ("Tài chính", True), lambda at: at.alone),
    Rule("no-name", ("rà soát",), always, lambda at: None),
))
# fmt: on


def read_body(at: NameAt) -> FoundAgency | None:
    """The agency whose name stands at a place of a list; None where no form of names is there.

    >>> read_body(_case_of("Sở Y tế tỉnh Khánh Hòa chủ trì")).name
    'Sở Y tế'
    """
    return FORMS.decide(at)(at)
