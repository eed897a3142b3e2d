"""A cited document's title, from the words after its number: `… của Bộ Chính trị về đột phá …`.

A title ends for certain at a quotation mark, where it stands between two; at the bracket that its
mention stands in; and in a legal basis at the mark that ends the item. In running text what follows may
be the sentence's own words, so none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from khplans.extraction.citations.find import Mention
from khplans.knowledge.wording import Wording
from khplans.rules import Placeless, Rule, Rules, always, once
from khplans.text.dates import DAY
from khplans.text.letters import UPPER

_LONGEST: Final = 500
_OPENS = Wording(
    rf"(?:,? ?\(?{DAY}\)?)?,? ?(?:(?:v/v|về(?: việc)?)(?: |(?=[\"“]))|(?=<opens a title> ))",
    " ngày 5/3/2024 về việc ",
)
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{8,500})[\"”]")
_ITEM = Wording(r"(?:^|; ?)[-+*• ]*(?:căn cứ )?$", "- Căn cứ ")
_ITEM_END = Wording(
    r",? \(?(?:đã )?được sửa đổi| \(<called for short>| theo đề nghị(?!\w)|; |\.?/?[;.] ?$"
    rf"|(?-i:(?:(?<=[^\W\d_{UPPER}]{{2}})|(?<=\d))\. (?=[{UPPER}]))",
    " (sau đây gọi tắt là Quyết định số 12);",
)
"""The end of an item: where it is changed, called for short, proposed by somebody, or a sentence ends."""
_BRACKET = Wording(r"\((?:theo |tại )?$", "(theo ")
_NEXT = Wording(r"(?:,| và|;)(?: các)? ?$", " và các ", exact=True)
_UNFINISHED = Wording(r" <leads on in a cited title>$", "về đầu tư cho")


@dataclass(frozen=True)
class TitleWords(Placeless):
    """The words after a mention of a document: are they its title, and to where?

    `basis` says that the mention stands as a legal basis.
    """

    text: str
    mentions: tuple[Mention, ...]
    k: int
    basis: bool

    @once
    def start(self) -> int | None:
        """Where a title would begin, after `về`."""
        opens = _OPENS.match(self.text, self.mentions[self.k].end)
        return opens.end() if opens and opens.end() > self.mentions[self.k].end else None

    @property
    def before(self) -> str:
        return self.text[max(0, self.mentions[self.k].i - 40) : self.mentions[self.k].i]

    @once
    def quoted(self) -> str | None:
        """The words between quotation marks right there."""
        quoted = _QUOTED.match(self.text, self.start or 0)
        return quoted["title"] if quoted else None

    @once
    def bracketed(self) -> str | None:
        """The words up to the end of the bracket that the mention stands in."""
        end = self.text.find(")", self.start or 0)
        words = self.text[self.start : end]
        return words if end > 0 and "(" not in words and _BRACKET.search(self.before) else None

    @once
    def item(self) -> str | None:
        """The words up to the end of the item of a legal basis that the mention opens."""
        if not (self.basis and _ITEM.search(self.before)):
            return None
        end = _ITEM_END.search(self.text, self.start or 0)
        return self.text[self.start : end.start()] if end else None

    @property
    def lists(self) -> bool:
        """Whether the words name the next document of a list: `Nghị quyết số 5, Nghị quyết số 6 về …`."""
        start, reach = self.start or 0, (self.start or 0) + len(self.item or self.bracketed or "")
        following = (one for one in self.mentions[self.k + 1 :] if one.i < reach)
        return any(_NEXT.search(self.text, start, one.i) for one in following)


def _case_of(text: str, basis: bool = True) -> TitleWords:
    """The first document that a text mentions."""
    from khplans.extraction.citations.find import find_mentions

    return TitleWords(text, tuple(find_mentions(text)), 0, basis)


# fmt: off
TITLE: Rules[TitleWords, str] = Rules("title-of-a-cited-document", _case_of, (
    Rule("no-title-opens", ("Quyết định số 12/QĐ-TTg của Thủ tướng Chính phủ;",), lambda case: case.start is None, "none"),
    Rule("quoted", ("Quyết định số 12/QĐ-TTg về “Trồng rừng ven biển”, sau đó", False), lambda case: case.quoted, "quoted"),
    Rule("names-the-next", ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng, Quyết định số 13/QĐ-TTg;",), lambda case: case.lists, "none"),
    Rule("in-brackets", ("rừng (Quyết định số 12/QĐ-TTg về trồng rừng ven biển) và", False), lambda case: case.bracketed, "bracketed"),
    Rule("item-of-a-basis", ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng, giữ rừng;",), lambda case: case.item, "item"),
    Rule("running-text", ("Sở thực hiện Quyết định số 12/QĐ-TTg về trồng rừng trên địa bàn tỉnh.", False), always, "none"),
))
# fmt: on


def title_of(text: str, mentions: Sequence[Mention], k: int, basis: bool) -> str | None:
    """The title of the numbered document that the k-th mention names, where its words end for certain.

    >>> from khplans.extraction.citations.find import find_mentions
    >>> text = "Căn cứ Nghị quyết số 9-NQ/TW của Bộ Chính trị về đột phá khoa học, công nghệ;"
    >>> title_of(text, find_mentions(text), 0, basis=True)
    'Đột phá khoa học, công nghệ'
    """
    if not mentions[k].number or mentions[k].name:
        return None
    case = TitleWords(text, tuple(mentions), k, basis)
    found = {"quoted": case.quoted, "bracketed": case.bracketed, "item": case.item}.get(
        TITLE.decide(case)
    )
    words = (found or "").strip(" ,.;")
    whole = " " in words and len(words) <= _LONGEST and not _UNFINISHED.search(words)
    return words[0].upper() + words[1:] if whole else None
