"""Laws by their bare names: `theo quy định của Luật Đầu tư công`, without a number, date or year.

A name ends where the table of laws says that it does, the longest counting (`Luật Đầu tư công`, not
`Luật Đầu tư`); one that the table hasn't, at the next mark or at a word that ends names. Each law
of a list has its own `Luật`. A draft, a law that is to be amended (`Luật Đất đai (sửa đổi)`) and one
that amends others are mentions too, but no law in force: nothing tells which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from khplans.extraction.citations.find import Mention
from khplans.extraction.citations.laws import LAW_HEAD, is_law_head, law_kind
from khplans.knowledge.citations import law_named, laws_by_name
from khplans.knowledge.wording import Wording
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_LONGEST: Final = 130
_STATE = Wording(
    r" nước (?:Cộng h[òo][àa]|CHXHCN)(?: xã hội chủ nghĩa)? Việt Nam",
    " nước Cộng hòa xã hội chủ nghĩa Việt Nam",
)
_AMENDING = Wording(
    r" ?s[ửứ]a đổi,?(?: và)? bổ sung (?:một số|các) điều(?: của)?(?: các)? (?=(?:bộ )?luật |pháp lệnh )",
    " sửa đổi, bổ sung một số điều của Luật Giá",
)
_IN_TITLE = Wording(
    r"sửa đổi,?(?: và)? bổ sung một số điều(?: của)?(?: các)? (?:[^;.:]{2,140}(?:,| và) )?$",
    "sửa đổi, bổ sung một số điều của ",
)
_DRAFT = Wording(r"<being drafted>(?: các)? $", "dự thảo ")
_TO_BE_AMENDED = Wording(r" ?\(<amended as>[^)]{0,30}\)", " (sửa đổi)")
_AND_LAW = Wording(r"(?:,| và|, và) (?=(?:[Bb]ộ )?[Ll]uật )", " và Luật Giá", exact=True)
_GOES_ON = re.compile(rf" (?=[{UPPER}][^\W\d_{UPPER}])")
_UNLISTED = re.compile(rf" (?P<name>[{UPPER}][^\W\d_]*(?: (?!\d)[^\s,;:.()\[\]\"“”/]+){{1,11}}?)")
_CUT = Wording(r"(?=[,;:.()\[\]\"“”/]|$| và (?:[Bb]ộ )?[Ll]uật )", " và Luật Giá", exact=True)
# A word that ends a name which the table hasn't, or what parts it from the rest.
_ENDING = Wording(
    rf" (?:<ends an issuer>|<other document>|<in the title of a law>)(?!\w)|{_CUT.written}", " theo"
)
# Between a document and the law whose carrying out its title speaks of.
_TITLE_OF = Wording(
    r"[^;.:()]{0,160}<carries out a law>[^;.:()]{0,60}",
    " quy định chi tiết một số điều của ",
    exact=True,
)


@dataclass(frozen=True, slots=True)
class BareLaw:
    """A law named at `text[i:j]`: its full name (`Luật Đầu tư công`), None where it is no law in force.

    `as_of` is the day of the document in whose title it stands (`Nghị định … ngày … hướng dẫn Luật
    Giá`): that which was in force then is meant.
    """

    i: int
    j: int
    law: str | None
    as_of: date | None = None


def may_name_laws(text: str) -> bool:
    """Whether `Luật`, `Bộ luật`, `Pháp lệnh` or `Hiến pháp` stands in a text at all.

    >>> may_name_laws("theo Luật Giá"), may_name_laws("theo kế hoạch")
    (True, False)
    """
    return LAW_HEAD.search(text) is not None


def find_bare_laws(text: str, mentions: Sequence[Mention]) -> Iterator[BareLaw]:
    """The laws named in a passage outside its `mentions`, which have a number, date or year.

    >>> [(law.law, text[law.i : law.j]) for text in ["theo Luật Đầu tư công và Luật Nhà ở."]
    ...  for law in find_bare_laws(text, [])]
    [('Luật Đầu tư công', 'Luật Đầu tư công'), ('Luật Nhà ở', 'Luật Nhà ở')]
    """
    done = 0
    for head in LAW_HEAD.finditer(text):
        i = head.start()
        if i < done or not is_law_head(text, i) or _within(i, mentions):
            continue
        case = BareName(text, head)
        how = BARE_LAW.decide(case)
        if how == "none":
            continue
        end = case.ends[how]
        law = f"{law_kind(head[0])} {case.name}".strip() if how in ("law", "constitution") else None
        yield BareLaw(i, end, law, _as_of(text, i, mentions) if law else None)
        done = end


def _within(i: int, mentions: Sequence[Mention]) -> bool:
    """Whether a mention, or the title of the law that it is, takes in what stands at `i`.

    >>> from khplans.extraction.citations.find import find_mentions
    >>> mentions = find_mentions("Nghị quyết số 22-NQ/TU về giá")
    >>> [_within(i, mentions) for i in (0, 28)]
    [True, False]
    """
    return any(mention.i <= i < max(mention.j, mention.end) for mention in mentions)


def _as_of(text: str, i: int, mentions: Sequence[Mention]) -> date | None:
    """The day of the document in whose title the law stands: `Nghị định số … ngày … quy định chi tiết Luật Giá`.

    >>> from khplans.extraction.citations.find import find_mentions
    >>> texts = "Nghị định số 12/2024/NĐ-CP ngày 1/2/2024 của Chính phủ quy định chi tiết Luật Giá", "Nghị định số 12/2024/NĐ-CP ngày 1/2/2024; Luật Giá"
    >>> [_as_of(text, text.index("Luật"), find_mentions(text)) for text in texts]
    [datetime.date(2024, 2, 1), None]
    """
    before = [mention for mention in mentions if mention.end <= i]
    if before and before[-1].date and _TITLE_OF.fullmatch(text, before[-1].end, i):
        return before[-1].date
    return None


@cache
def _listed() -> re.Pattern[str]:
    """In a shadow: a name or alias of the table of laws, the longest first."""
    keys = sorted(laws_by_name(), key=lambda key: (-len(key), key))
    names = "|".join(re.escape(key).replace(r"\ ", "[ ,_-]{0,3}") for key in keys)
    return re.compile(rf" ?(?P<name>{names})(?!\w)")


@dataclass(frozen=True)
class BareName(Placeless):
    """The words `Luật`, `Bộ luật`, `Pháp lệnh` or `Hiến pháp` with what follows: is a law named?"""

    text: str
    head: re.Match[str]

    @property
    def constitution(self) -> bool:
        """Whether the Constitution is meant, which has no name of its own."""
        return self.head[0].lower().startswith("hiến")

    @once
    def listed(self) -> int | None:
        """Where the name ends that the table has; one of a single word with its accents."""
        start = self.head.end()
        found = _listed().match(shadow(self.text[start : start + _LONGEST]))
        if found is None:
            return None
        written = self.text[start + found.start("name") : start + found.end("name")]
        alike = " " in written or written.casefold() == (law_named(written) or "").casefold()
        return start + found.end() if alike else None

    @once
    def name(self) -> str:
        """The name as the table has it, empty for the Constitution."""
        written = self.text[self.head.end() : self.listed] if self.listed else ""
        return law_named(written.strip()) or ""

    @property
    def capital(self) -> bool:
        """Whether the word or the name opens with a capital; of long names neither need do so."""
        written = self.text[self.head.end() : self.listed].strip()
        opens = self.head[0][0].isupper() or written[:1].isupper()
        return opens or len(written.split()) > 2

    @property
    def before(self) -> str:
        """The words before."""
        return self.text[max(0, self.head.start() - 200) : self.head.start()]

    @once
    def amending(self) -> int | None:
        """Where the title of a law that amends others ends."""
        title = _AMENDING.match(self.text, self.head.end())
        end = None
        place = title.end() if title else None
        while place is not None and (head := LAW_HEAD.match(self.text, place)):
            end = BareName(self.text, head).listed
            go_on = _AND_LAW.match(self.text, end) if end else None
            place = go_on.end() if go_on else None
        return end

    @once
    def to_be_amended(self) -> int | None:
        """Where `(sửa đổi)` after the name ends."""
        after = _TO_BE_AMENDED.match(self.text, self.listed) if self.listed else None
        return after.end() if after else None

    @property
    def goes_on(self) -> bool:
        """Whether a word with a capital follows the name: it is the beginning of a longer one."""
        return _GOES_ON.match(self.text, self.listed or 0) is not None

    @once
    def unlisted(self) -> int | None:
        """Where a name ends that the table hasn't: it has a capital and more words than one."""
        name = _UNLISTED.match(self.text, self.head.end())
        if name is None or self.head[0].isupper():
            return None
        end = _ENDING.search(self.text, name.end(), self.head.end() + _LONGEST)
        return len(self.text[: end.start()].rstrip()) if end else None

    @property
    def ends(self) -> dict[str, int]:
        """Where the mention ends, by what it was decided to be."""
        state = _STATE.match(self.text, self.head.end())
        return {
            "law": self.listed or 0,
            "constitution": state.end() if state else self.head.end(),
            "amending": self.amending or 0,
            "draft": self.to_be_amended or self.listed or 0,
            "unlisted": self.unlisted or 0,
        }


def _case_of(text: str) -> BareName:
    """The first law-like word of a text."""
    head = LAW_HEAD.search(text)
    assert head is not None
    return BareName(text, head)


# fmt: off
BARE_LAW: Rules[BareName, str] = Rules("bare-law", _case_of, (
    Rule("constitution", ("theo Hiến pháp và pháp luật",),
         lambda case: case.constitution and case.head[0][0].isupper(), "constitution"),
    Rule("constitution-in-small-letters", ("tòa án hiến pháp",), lambda case: case.constitution, "none"),
    Rule("in-the-title-of-an-amending-law", ("số 12/2020/QH14 sửa đổi, bổ sung một số điều của Luật Giá",),
         lambda case: _IN_TITLE.search(case.before), "none"),
    Rule("amending-law", ("Luật sửa đổi, bổ sung một số điều của Luật Giá và Luật Đấu thầu",),
         lambda case: case.amending, "amending"),
    Rule("draft", ("dự thảo Luật Giá",), lambda case: case.listed and _DRAFT.search(case.before), "draft"),
    Rule("to-be-amended", ("Luật Giá (sửa đổi)",), lambda case: case.to_be_amended, "draft"),
    Rule("beginning-of-a-longer-name", ("Luật Đầu tư Mặt Trăng",), lambda case: case.listed and case.goes_on, "none"),
    Rule("listed", ("theo Luật Đầu tư công",), lambda case: case.listed and case.capital, "law"),
    Rule("small-letters", ("vi phạm luật giao thông đường",), lambda case: case.listed or case.unlisted is None, "none"),
    Rule("unlisted", ("theo Luật Đèn lồng giấy, Luật Giá",), always, "unlisted"),
))
# fmt: on
