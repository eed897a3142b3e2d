"""Which numbered or stressed text is a heading, and which has something below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.headings import heading_role
from khplans.knowledge.wording import Wording, opening_words
from khplans.reading.body.ranks import OutlineEntry, entries_of
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.markers import RANK, UNNUMBERED, Marker
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Span

Opening = Literal["heading", "section", "nothing"]
"""What a block opens: a section whose heading it is, one that it has words of its own in, or none."""

_BREAK = re.compile(r"[.!?] +[“\"(]?([^\W\d_])")
# A line below a task that says who, by when or with what result: no heading stands above it.
_ANSWER = Wording(
    r"[-+*• ]*(?:\(?<answers who> [a-z ]{0,30}|<answers by whom>[a-z ,]{0,30}"
    r"|<answers when or what>[a-z ,/]{0,30})\s*:\s*\S",
    "Thời gian hoàn thành: quý",
    folded=True,
)
_SENTENCE = 100  # from so many characters on a line may be a task even without an end mark


@dataclass(frozen=True)
class Opener:
    """A block, and what stands below it.

    `parted` says that anything does, `detailed` that more than answers do (who is charged, by
    when); `share` is the share of the items of its list that are detailed.
    """

    entry: OutlineEntry
    parted: bool
    detailed: bool
    share: float

    @property
    def span(self) -> Span:
        return self.entry.span

    @property
    def marker(self) -> Marker | None:
        return self.entry.marker

    @property
    def text(self) -> str:
        return self.entry.text

    @property
    def whole_heading(self) -> bool:
        """Whether it was a heading from the start: of an annex, of a table's group of rows."""
        return self.entry.block.kind == "heading" or self.entry.block.group

    @property
    def opens_nothing(self) -> bool:
        """Whether it is no paragraph, or has no rank."""
        return self.entry.block.kind != "paragraph" or self.entry.rank is None

    @property
    def stressed(self) -> bool:
        """Whether it is printed as headings are."""
        return self.entry.line.stressed

    @once
    def single(self) -> bool:
        """Whether it is one sentence."""
        return not any(found[1].isupper() for found in _BREAK.finditer(self.text))

    @property
    def introduces(self) -> bool:
        """Whether it is one sentence that ends with a colon."""
        return self.text.endswith(":") and self.single

    @property
    def bullet(self) -> bool:
        """Whether it begins with a dash or another mark that counts nothing."""
        return self.marker is not None and self.marker.bullet

    @property
    def divides(self) -> bool:
        """Whether its number is that of a part, a chapter, a `Mục`, a capital or a Roman number."""
        return self.marker is not None and self.marker.level <= RANK["division"]

    @property
    def names_a_section(self) -> bool:
        """Whether it is as short as a title and its words are known of headings."""
        return len(self.text) < 60 and self.entry.unended and heading_role(self.text) is not None


def _case_of(text: str, at: int = 0) -> Opener:
    """One block of a text, the first unless `at` is given."""
    return _openers(entries_of(text))[at]


_TASKS = "1. Trồng rừng phòng hộ\n- Giao đất.\n2. Nuôi tôm\n- Giao mặt nước.\n"

# fmt: off
OPENS: Rules[Opener, Opening] = Rules("opens-section", _case_of, (
    Rule("heading-of-annex-or-table", ("PHỤ LỤC\nDANH MỤC NHIỆM VỤ", 1),
         lambda opener: opener.whole_heading, "heading"),
    Rule("running-text", ("Sở Y tế báo cáo kết quả.",),
         lambda opener: opener.opens_nothing, "nothing"),
    Rule("stressed-line", ("**Về nông nghiệp**",),
         lambda opener: opener.marker is None and opener.stressed, "heading"),
    Rule("introduction-of-a-list", ("Các sở có trách nhiệm:\n- Báo cáo.",),
         lambda opener: opener.marker is None and opener.detailed, "heading"),
    Rule("introduction-of-nothing", ("Các sở có trách nhiệm:",),
         lambda opener: opener.marker is None, "nothing"),
    Rule("bullet-that-introduces", ("- Các sở có trách nhiệm:\n+ Báo cáo.",),
         lambda opener: opener.bullet and opener.detailed and opener.introduces, "heading"),
    Rule("bullet", ("- Các sở báo cáo.",),
         lambda opener: opener.bullet, "nothing"),
    Rule("number-alone", ("1.\n\nsở Y tế báo cáo",),
         lambda opener: not opener.text, "heading"),
    Rule("title-of-a-part", ("I. Mục tiêu phát triển",),
         lambda opener: opener.divides and opener.single and len(opener.text) < 400, "heading"),
    Rule("part-with-words-of-its-own", ("I. Tăng trưởng khá. Thu ngân sách đạt.\n1. Về thu",),
         lambda opener: opener.divides and (opener.parted or opener.detailed), "section"),
    Rule("part-without-anything-below", ("I. Tăng trưởng khá. Thu ngân sách đạt.",),
         lambda opener: opener.divides, "nothing"),
    Rule("item-that-introduces", ("1. Sở Y tế có trách nhiệm:",),
         lambda opener: opener.introduces and (opener.detailed or len(opener.text) < 200), "heading"),
    Rule("stressed-item", ("**1. Về nông nghiệp**",),
         lambda opener: opener.stressed and opener.single and len(opener.text) < 300, "heading"),
    Rule("known-heading-with-nothing-below", ("1. Mục tiêu chung",),
         lambda opener: not opener.detailed and opener.names_a_section, "heading"),
    Rule("task-with-answers-below", ("1. Trồng rừng phòng hộ\n- Chủ trì: Sở Nông nghiệp.",),
         lambda opener: not opener.detailed and opener.parted, "section"),
    Rule("item", ("1. Sở Y tế báo cáo.",),
         lambda opener: not opener.detailed, "nothing"),
    Rule("sentences-with-more-below", ("1. Trồng rừng. Sở Nông nghiệp chủ trì.\n- Giao đất.",),
         lambda opener: not opener.single or len(opener.text) > 350, "section"),
    Rule("title-with-more-below", (_TASKS,),
         lambda opener: (opener.entry.unended
            and (len(opener.text) < _SENTENCE or opener.share == 0.5)), "heading"),
    Rule("sentence-in-a-list-of-headings", ("1. Trồng rừng.\n- Giao đất.\n2. Nuôi tôm.\n- Giao mặt nước.",),
         lambda opener: opener.share > 0.5, "heading"),
    Rule("task-with-more-below", ("1. Trồng rừng.\n- Giao đất.\n2. Nuôi tôm.\n3. Báo cáo.",),
         always, "section"),
))
# fmt: on


def find_openings(entries: Sequence[OutlineEntry]) -> list[Opening]:
    """What each block opens.

    >>> text = "I. NHIỆM VỤ\\n1. Trồng rừng. Sở Nông nghiệp chủ trì.\\n- Giao đất.\\n2. Nuôi tôm."
    >>> find_openings(entries_of(text))
    ['heading', 'section', 'nothing', 'nothing']
    """
    return [OPENS.decide(opener) for opener in _openers(entries)]


def _openers(entries: Sequence[OutlineEntry]) -> list[Opener]:
    answers = [bool(_ANSWER.match(entry.line.low)) for entry in entries]
    parted = _with_something_below(entries, [False] * len(entries))
    detailed = _with_something_below(entries, answers)
    shares = _shares(entries, detailed)
    return [Opener(*of) for of in zip(entries, parted, detailed, shares, strict=True)]


def _with_something_below(entries: Sequence[OutlineEntry], skipped: Sequence[bool]) -> list[bool]:
    """For each block whether what follows it, but for the skipped, stands below it.

    >>> entries = entries_of("1. Sở Y tế:\\n- 2 -\\na) Báo cáo.\\nb) Kiểm tra.")
    >>> _with_something_below(entries, [False] * 4), _with_something_below(entries, [False, False, True, True])
    ([True, False, False, False], [False, False, False, False])
    """
    found = [False] * len(entries)
    following: OutlineEntry | None = None
    for k in reversed(range(len(entries))):
        entry = entries[k]
        if entry.block.kind in ("furniture", "footnote"):
            following = None if entry.block.closes else following
        elif not skipped[k]:
            found[k] = following is not None and _stands_below(following, entry)
            following = entry
    return found


def _stands_below(entry: OutlineEntry, above: OutlineEntry) -> bool:
    """Whether a block stands below the one above it: `a)` below `1.`, a row below its table's heading.

    >>> from khplans.reading.body.ranks import entries_of
    >>> def below(text):
    ...     above, entry = entries_of(text)
    ...     return _stands_below(entry, above)
    >>> below("I. RỪNG\\n1. Trồng."), below("1. Rừng\\n2. Trồng."), below("1. Rừng\\nTrồng rừng."), below("Rừng.\\n1. Trồng.")
    (True, False, True, False)
    >>> below("1. Rừng.\\nTrên đây là kế hoạch."), below("1. Rừng\\nTrên đây là kế hoạch.")
    (False, False)
    """
    if above.rank is None or entry.block.annex or entry.block.kind in ("recipients", "signature"):
        return False
    if entry.block.kind in ("row", "columns"):
        return True
    if entry.rank is not None:
        return entry.rank > above.rank
    if above.rank >= UNNUMBERED or opening_words("closing").match(entry.line.key):
        return False
    sentence = above.block.lines[-1].text.endswith((".", ";"))
    return not (sentence and closes_document(entry.block))


def closes_document(block: RawBlock) -> bool:
    """Whether a paragraph speaks of the whole document: by its first words, or the mark of its end.

    >>> closing, item = entries_of("Yêu cầu các sở thực hiện./.\\n1. Sở Y tế.")
    >>> closes_document(closing.block), closes_document(item.block)
    (True, False)
    """
    opening = opening_words("closing").match(block.lines[0].key)
    return bool(opening) or block.lines[-1].text.endswith("./.")


def _shares(entries: Sequence[OutlineEntry], detailed: Sequence[bool]) -> list[float]:
    """For each block the share of the items of its list that have something below them.

    >>> entries = entries_of("1. Sở Y tế:\\na) Báo cáo.\\n2. Sở Nội vụ.")
    >>> _shares(entries, [True, False, False])
    [0.5, 0.0, 0.5]
    """
    lists = _lists(entries)
    marked = [k for k, entry in enumerate(entries) if entry.marker]
    items = Counter(lists[k] for k in marked)
    with_more = Counter(lists[k] for k in marked if detailed[k])
    return [with_more[one] / max(items[one], 1) for one in lists]


def _lists(entries: Sequence[OutlineEntry]) -> list[int | None]:
    """For each block which list of its document it belongs to: neighbours of one rank are one list.

    >>> text = "1. Sở Y tế:\\na) Báo cáo.\\nb) Kiểm tra.\\n2. Sở Nội vụ:\\na) Báo cáo."
    >>> _lists(entries_of(text))
    [0, 1, 1, 0, 2]
    """
    found: list[int | None] = []
    begun = 0
    open_lists: list[tuple[int, int]] = []
    for entry in entries:
        if entry.block.closes or entry.block.annex:
            open_lists.clear()
        if entry.rank is None:
            found.append(None)
            continue
        while open_lists and open_lists[-1][0] > entry.rank:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < entry.rank:
            open_lists.append((entry.rank, begun))
            begun += 1
        found.append(open_lists[-1][1])
    return found
