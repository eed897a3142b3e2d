"""Names what a number measures, in the plan's words and complete enough to stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khplans.extraction.indicators.numbers import find_quantities
from khplans.extraction.indicators.quantity import Change, NumberCase, Quantity, cues_say
from khplans.extraction.indicators.sentences import Sentence, sentence_at
from khplans.extraction.indicators.times import Period
from khplans.extraction.indicators.words_around import (
    base_of,
    capital,
    has_quantity,
    has_quantity_head,
    is_generic,
    lead_of,
    opens_bracket,
    predicate_of,
    size_first,
    small,
    tidy,
    without_opener,
)
from khplans.knowledge.wording import Wording, clause_words
from khplans.rules import Rule, Rules, always, once
from khplans.text.numerals import MULTIPLIER
from khplans.text.passage import Passage, passage_of

_PLAN = r"(?:WORDS)(?!\w)"
_HEADS = {
    "count": "Số",
    "rate": "Số",
    "area": "Diện tích",
    "length": "Chiều dài",
    "mass": "Sản lượng",
}
_CHANGES = {"increase": "Tăng trưởng", "decrease": "Mức giảm", "level": "Tỷ lệ"}
# `trên địa bàn tỉnh đã xảy ra`, `làm chết 5 người`: where, and what did it.
_PLACE = Wording(
    r"^(?:trên )?(?:toàn (?:quốc|ngành|<level>)|cả (?:nước|tỉnh)|địa bàn(?: \w+){0,2}?)"
    r"(?: đã| có|,)*(?= |$) ?",
    "trên địa bàn tỉnh đã xảy ra",
)
_CAUSES = Wording(
    r"^làm(?: |$)|(?<=tạo việc làm mới) cho$|(?<=tạo việc làm) cho$", "tạo việc làm cho", exact=True
)
# What is done with a sum or a share is a part of its name: `tiết kiệm 10% chi thường xuyên`.
_DONE = Wording(r"<done with a sum>$", "tiết kiệm")
_MULTIPLIER = re.compile(rf"^(?:{MULTIPLIER}) ", re.IGNORECASE)
_VERB = Wording(r"^<moves a share> (?=<share>|<ratio>)", "Tăng tỷ lệ", exact=True)
# The size of a thing, which says nothing without it.
_SIZE = Wording(r"(?:(?:với|mỗi [^,;]{1,30}?) )?(?P<size><size of a thing>)", "Với công suất")
_WHERE = Wording(r"(?:ở|tại|trên) ", "ở ", exact=True)
_PRONOUN = Wording(r"<quantity named again> này", "số lượng này")
# How words open that say what is done, and name no quantity: `Tập huấn kỹ năng số`.
_WORK = Wording(r"(?:<still> )*<work done>(?!\w)", "Tập huấn kỹ năng")
_PROJECT = Wording(
    r"(?:<before a project> )*(?:<project>|<built>)(?!\w)",
    "Đầu tư xây dựng cầu",
)
_SHARED_HEAD = Wording(r"<shared head>(?!\w)", "Tỷ trọng khu vực")
_NUMBER = Wording(r"^(?:[\d.,/\s÷–—-]|(?:đến|tới) )+", "25 đến 30 ", exact=True)
_ASPECT = r"(?:WORDS)(?!\w)"
_DIGIT = re.compile(r"\d")
_TIME = Wording(r",? (?:<until> )*<period> \d[\d\s/–-]*", " đến hết năm 2025")
_SHARE = Wording(r"(?:Tỷ|Tỉ) (?:lệ|trọng) (?:số )?", "Tỷ lệ số ", exact=True)
_MOVES = Wording(r"^(?:Mức giảm|Tăng trưởng) ", "Mức giảm ", exact=True)
_LONGEST_TOPIC = 120


@dataclass(frozen=True)
class Naming(NumberCase):
    """A number to be named.

    `lead` are the words before it, `base` those after, `carried` the subject of the number before
    (`…, tăng 13%`), `counted` the unit's own words; `alike` says that the number before has its unit.
    """

    lead: str
    base: str
    carried: str
    counted: str
    alike: bool = False

    @property
    def changes(self) -> bool:
        """Whether it is a rise or fall."""
        return self.quantity.change != "level"

    @once
    def generic(self) -> bool:
        """Whether the words before it name nothing."""
        return is_generic(self.lead)

    @property
    def head(self) -> str:
        """What a number of its unit is called: `Số`, `Diện tích`; empty for a share or a sum."""
        unit = self.quantity.unit
        yields = "_per_hectare" in unit.unit_id and unit.dimension == "mass"
        return "Năng suất" if yields else _HEADS.get(unit.dimension, "")

    @property
    def counts_others(self) -> bool:
        """Whether it counts other things than the number before."""
        others = self.counted.lower() not in self.carried.lower()
        return self.quantity.unit.dimension == "count" and others

    @property
    def done_for(self) -> bool:
        """Whether something is done for those whose share it is: `tập huấn cho 20% cán bộ`."""
        done = _WORK.match(self.lead)
        return bool(done) and self.passage.text.endswith("cho ", 0, self.quantity.lead)

    @property
    def bare(self) -> bool:
        """Whether neither words before nor after it name it."""
        return not self.lead and not self.base

    @once
    def whole(self) -> str:
        """The name that goes on from the number before (`Tỷ trọng công nghiệp 45%, dịch vụ 40%`)."""
        alone = self.carried and self.lead and not has_quantity_head(self.lead)
        return _elliptic(self.lead, self.carried) if alone else ""

    @property
    def unnamed_share(self) -> bool:
        """Whether it is a share whose words name a thing, not a quantity."""
        return self.is_percent and not has_quantity_head(self.lead)

    @property
    def starts(self) -> bool:
        """Whether a movement starts at it (`từ 5% lên 8%`)."""
        quantity = self.quantity
        return (
            cues_say(quantity.cues, "starts")
            and quantity.high is None
            and quantity.comparator == "="
        )


def _case_of(
    text: str,
    lead: str = "",
    base: str = "",
    carried: str = "",
    counted: str = "",
    alike: bool = False,
) -> Naming:
    passage = passage_of(text)
    return Naming(passage, find_quantities(passage.text)[0], lead, base, carried, counted, alike)


def _goes_on(case: Naming) -> bool:
    """A bare number that goes on a change: `đạt 5 tỷ đồng, tăng 8%`."""
    moves = case.quantity.settled or case.changes
    return bool(case.carried and case.bare and moves and not case.counts_others)


def _is_the_same_again(case: Naming) -> bool:
    """`Sản lượng đạt 5 tấn năm 2020, 8 tấn năm 2025`: the same quantity at another time."""
    quantity = case.head not in ("", "Số")
    return bool(case.carried and case.bare and case.alike and quantity)


def _is_the_same_share(case: Naming) -> bool:
    """`Tỷ trọng nghề cá chiếm 5% năm 2020, năm 2025 chiếm 8% trong cơ cấu ngành`: of the same thing."""
    within = not case.lead and case.base.startswith("trong ")
    return within and case.is_percent and case.alike and has_quantity_head(case.carried)


def _size_of_a_thing(case: Naming) -> str:
    """`Dự án khu dân cư: 195 tỷ đồng, diện tích 19 ha`: a size alone is that of the thing before."""
    size = _SIZE.fullmatch(case.lead)
    thing = case.carried.removeprefix("Số ")
    elsewhere = case.base and not _WHERE.match(case.base)
    if not size or not thing or elsewhere or has_quantity(thing):
        return ""
    return f"{capital(size['size'])} {small(thing)}"


def _counts(case: Naming) -> bool:
    """A thing that is counted under a head that names no quantity: `Phát triển 5 hợp tác xã`."""
    named = case.generic or not has_quantity(case.lead)
    return bool(case.head and case.counted and named)


def _is_done(case: Naming) -> bool:
    """`tiết kiệm 10% chi thường xuyên`: what is done with a sum or a share is a part of its name."""
    shared = case.quantity.unit.dimension in ("percent", "money")
    return bool(case.base and _DONE.match(case.lead) and shared)


def _after(case: Naming) -> str:
    return _from_after(case.base, case.carried, case.quantity)


def _of_generic(case: Naming) -> str:
    """What stands after a number whose lead says nothing (`đạt 5% dân số`), else its change or its thing."""
    name = _after(case) or f"{case.lead} {case.base}".strip()
    last = _CHANGES[case.quantity.change] if case.is_percent else case.counted
    # A sum in brackets after a project has that project's name.
    return "" if not name and case.quantity.unit.dimension == "money" else capital(name or last)


def _done_for(case: Naming) -> str:
    return f"Tỷ lệ {case.base} được {small(case.lead)}"


def _against_a_plan(case: Naming) -> str:
    return f"{case.lead} so với {case.base}"


# fmt: off
NAMES: Rules[Naming, Callable[[Naming], str]] = Rules("name-of-a-number", _case_of, (
    Rule("goes-on", ("tăng 13%", "", "", "Thu nội địa"), _goes_on, lambda case: case.carried),
    Rule("the-same-again", ("15 tấn", "", "", "Sản lượng cá", "tấn", True),
         _is_the_same_again, lambda case: case.carried),
    Rule("the-same-by-a-pronoun", ("là 1.000 người", "Số lượng này", "", "Số luật sư", "người", True),
         lambda case: case.carried and _PRONOUN.fullmatch(case.lead), lambda case: case.carried),
    Rule("share-of-those-it-is-done-for", ("Tập huấn cho 20% cán bộ xã", "Tập huấn", "cán bộ xã"),
         lambda case: case.is_percent and case.base and case.done_for, _done_for),
    Rule("the-same-share-again", ("chiếm 8%", "", "trong cơ cấu ngành", "Tỷ trọng nghề cá", "%", True),
         _is_the_same_share, lambda case: case.carried),
    Rule("what-it-contributes",
         ("0,5 điểm phần trăm", "Đóng góp", "", "Tăng trưởng khu vực dịch vụ"),
         lambda case: case.carried and case.lead.lower() == "đóng góp",
         lambda case: f"Đóng góp của {small(_MOVES.sub('', case.carried))}"),
    Rule("size-of-the-thing-before", ("19 ha", "Với diện tích", "", "Dự án khu dân cư", "ha"),
         _size_of_a_thing, _size_of_a_thing),
    Rule("what-is-counted", ("đạt 12 xã", "", "đạt chuẩn", "", "xã"), _counts,
         lambda case: _counted_name(case.head, case.lead, case.base, case.quantity, case.counted)),
    Rule("head-of-the-number-before", ("chiếm 40%", "Dịch vụ", "", "Tỷ trọng công nghiệp"),
         lambda case: case.whole, lambda case: case.whole),
    Rule("what-is-done", ("10%", "Tiết kiệm", "chi thường xuyên"), _is_done,
         lambda case: capital(f"{case.lead} {case.base}")),
    Rule("words-after", ("đạt 45%", "", "dân số tham gia bảo hiểm"),
         lambda case: case.generic, _of_generic),
    Rule("against-a-plan", ("đạt 95%", "Thu nội địa", "dự toán"),
         lambda case: case.is_percent and case.base and _is_plan(case.base), _against_a_plan),
    Rule("change-of-what-is-after", ("giảm 3%", "Nông thôn", "tỷ lệ hộ nghèo"),
         lambda case: case.unnamed_share and case.changes and has_quantity_head(case.base), _after),
    Rule("change-of-a-thing", ("tăng 5%", "Công nghiệp"),
         lambda case: case.unnamed_share and case.changes and not case.lead.isupper(),
         lambda case: f"{_CHANGES[case.quantity.change]} {small(case.lead)}"),
    Rule("rate-of-a-thing", ("đạt tỷ lệ 45%", "Xã đạt chuẩn"),
         lambda case: case.unnamed_share and cues_say(case.quantity.cues, "rate"),
         lambda case: f"Tỷ lệ {small(case.lead)}"),
    Rule("thing-against-its-base", ("đạt 45%", "Học sinh", "số học sinh toàn tỉnh"),
         lambda case: (case.unnamed_share and case.base and not has_quantity(case.lead)
                       and case.quantity.cues), _against_a_plan),
    Rule("thing-and-its-base", ("45%", "Học sinh", "số học sinh toàn tỉnh"),
         lambda case: case.unnamed_share and case.base and not has_quantity(case.lead), lambda case: f"{case.lead} {case.base}"),
    Rule("where-a-movement-leads", ("lên 15%", "Tăng tỷ lệ che phủ rừng"),
         lambda case: case.quantity.settled or case.starts, lambda case: capital(_VERB.sub("", case.lead))),
    Rule("words-before", ("đạt 45%", "Tỷ lệ che phủ rừng"), always, lambda case: case.lead),
))
# fmt: on


def name_of(case: Naming) -> str:
    """The name of what is measured.

    >>> name_of(_case_of("tăng 5%", "Công nghiệp"))
    'Tăng trưởng công nghiệp'
    """
    return NAMES.decide(case)(case)


def as_change(name: str, change: Change) -> str:
    """The name of a rise or fall, where it was that of a share (`Giảm 10% … và 10% biên chế`).

    >>> as_change("Tỷ lệ biên chế", "decrease"), as_change("Biên chế", "decrease")
    ('Mức giảm biên chế', 'Biên chế')
    """
    rest = name.removeprefix("Tỷ lệ ")
    return f"{_CHANGES[change]} {rest}" if rest != name else name


def _counted_name(head: str, lead: str, base: str, quantity: Quantity, counted: str) -> str:
    """`Số xã đạt chuẩn nông thôn mới`, `Diện tích trồng mới rừng`.

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Đến năm 2025 có 45 xã đạt chuẩn nông thôn mới.")
    >>> [one.name for one in find_indicators(document)]
    ['Số xã đạt chuẩn nông thôn mới']
    >>> document = document_of("I. MỤC TIÊU\\n1. Đến năm 2025 kết nạp đảng viên đạt 45 đảng viên.")
    >>> [one.name for one in find_indicators(document)]
    ['Số đảng viên kết nạp']
    """
    noun = small(_MULTIPLIER.sub("", counted)) if head == "Số" else ""
    drops = is_generic(lead) or len(lead.split()) > 8 or (base and head == "Số")
    verb = "" if drops else small(_PLACE.sub("", lead))
    verb = _CAUSES.sub("", verb)
    if noun and verb.endswith(f" {noun}"):  # who is counted stands before and after the number
        verb = verb.removesuffix(f" {noun}")
    name = " ".join(word for word in (head, noun, verb, base) if word)
    if quantity.change == "increase" and "tăng thêm" not in name:
        name += " tăng thêm"
    return name


def _from_after(base: str, carried: str, quantity: Quantity) -> str:
    """The name where no words before the number give it.

    >>> _from_after("tỷ lệ hộ nghèo", "", find_quantities("giảm 3%")[0])
    'Mức giảm tỷ lệ hộ nghèo'
    """
    plan = _is_plan(base)
    ratio = quantity.unit.dimension == "percent"
    of_count = carried.startswith("Số ") and quantity.change == "level"
    if ratio and base and not plan:
        return f"{_CHANGES[quantity.change]} {base}"
    if ratio and of_count:
        return f"Tỷ lệ {carried[3:]}" + (f" so với {base}" if base else "")
    if carried and base and plan and not carried.endswith(base):
        return f"{carried} so với {base}"
    return carried


def _elliptic(lead: str, carried: str) -> str:
    """`Tỷ trọng công nghiệp 45%, dịch vụ 40%`: the head of the number before goes on.

    >>> _elliptic("dịch vụ", "Tỷ trọng công nghiệp"), _elliptic("dịch vụ", "Số xã")
    ('Tỷ trọng dịch vụ', '')
    """
    if len(lead.split()) > 7:
        return ""
    first = lead.partition(" ")[0].lower()
    at = carried.lower().rfind(f" {first} ")
    if at > 0 and len(lead.split()) <= 3:
        return carried[: at + 1] + small(lead)
    share = _SHARED_HEAD.match(carried)
    return f"{share[0]} {small(lead)}" if share else ""


def _is_plan(base: str) -> bool:
    """Whether a percentage is measured against a plan or the economy (`48,26% dự toán`).

    >>> _is_plan("dự toán"), _is_plan("số hộ")
    (True, False)
    """
    return bool(clause_words("plan", _PLAN).match(base))


@dataclass(frozen=True, slots=True)
class Around:
    """Where a number's sentence starts, where the number before it ends, and the next begins."""

    start: int
    left: int
    right: int
    end: int
    last: bool


def around_of(parts: Sequence[Sentence], quantities: Sequence[Quantity], i: int) -> Around:
    """What stands around a number: up to the number before it, and to the next or its sentence's end.

    >>> from khplans.extraction.indicators.sentences import sentences
    >>> text = "Thu 5 tỷ đồng, chi 4 tỷ đồng. Trồng 3 ha rừng mới."
    >>> parts, found = sentences(text), find_quantities(text)
    >>> [text[around.left : around.right] for around in (around_of(parts, found, i) for i in range(3))]
    ['Thu 5 tỷ đồng, chi ', ', chi 4 tỷ đồng. ', 'Trồng 3 ha rừng mới.']
    """
    part = parts[sentence_at(parts, quantities[i].number)]
    left = max(part.start, quantities[i - 1].end if i else 0)
    last = i + 1 == len(quantities) or quantities[i + 1].start >= part.end
    return Around(part.start, left, part.end if last else quantities[i + 1].lead, part.end, last)


@dataclass(frozen=True, slots=True)
class NameOfNumber:
    """A name, the words before the number that gave it, and whether a number stands before it
    in the same sentence."""

    name: str
    lead: str
    follows: bool


def same_subject(names: Sequence[NameOfNumber], i: int) -> bool:
    """Whether a number only adds to the one before it (`đạt 95% dự toán, tăng 13%`).

    >>> names = [NameOfNumber(name, "", False) for name in ("Thu so với dự toán", "Thu ngân sách", "Chi ngân sách")]
    >>> same_subject(names, 1), same_subject(names, 2)
    (True, False)
    """
    return names[i].name.startswith(names[i - 1].name.partition(" so với ")[0])


class _Naming:
    """Names the numbers of a passage in turn, and what goes on from one to the next."""

    def __init__(
        self,
        passage: Passage,
        parts: Sequence[Sentence],
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
        above: str,
    ) -> None:
        self._passage, self._text = passage, passage.text
        self._parts, self._quantities, self._periods = parts, quantities, periods
        self._above = self._topic = topic_of(above)
        self._carried, self._base_before, self._root = "", "", ""
        self._sentence = -1

    def name(self, i: int) -> NameOfNumber:
        """Name the number `i`; those before it have their names."""
        quantity = self._quantities[i]
        around = around_of(self._parts, self._quantities, i)
        before, follows = self._carried, bool(self._carried) and around.start == self._sentence
        if around.start != self._sentence:
            self._open_sentence(around.start, quantity)
        lead, base = self._words_around(i, around)
        lead = lead if self._carried else size_first(lead)
        same_unit = i > 0 and quantity.unit == self._quantities[i - 1].unit
        if not (self._carried or lead or base) and same_unit:
            self._carried = before
        name = self._named(quantity, lead, base, same_unit) or self._clause(quantity, around)
        named = not is_generic(lead) or not self._carried or (base and name.endswith(base))
        if named and not _share_of_what_goes_on(name, self._carried):
            self._carried = name.partition(" so với ")[0]
        return NameOfNumber(_of_project(quantity, name), lead, follows)

    def _open_sentence(self, start: int, quantity: Quantity) -> None:
        self._carried, self._sentence, self._root = "", start, ""
        led = self._text[start : quantity.lead].rpartition(": ")[0]
        self._topic = topic_of(led) or self._above

    def _words_around(self, i: int, around: Around) -> tuple[str, str]:
        """The words before a number and those after it, what the number before has taken left out."""
        quantity = self._quantities[i]
        base = base_of(self._text, quantity, around.right)
        lead = lead_of(self._text, around.left, quantity, self._periods, base)
        if base and not around.last and self._text.endswith("và ", 0, around.right):
            base = base.removesuffix(" và") + self._shared_predicate(i + 1)
        taken = self._base_before.lower()
        if lead and lead.lower() in taken:
            lead = ""
        elif taken and lead.lower().startswith(taken):
            lead = tidy(lead[len(taken) :])
        kept = self._base_before if opens_bracket(self._text, quantity) else ""
        self._base_before = base or kept
        return lead, base

    def _clause(self, quantity: Quantity, around: Around) -> str:
        """All words of the clause before a number that nothing else names; its own where there are none."""
        clause = tidy(self._text[around.left : quantity.lead].rpartition(", ")[2])
        return capital(clause or self._text[quantity.start : quantity.end])

    def _shared_predicate(self, i: int) -> str:
        """What the words after the next number say of both (`90% … và 80% … được dùng nước sạch`)."""
        nearest = around_of(self._parts, self._quantities, i)
        return predicate_of(base_of(self._text, self._quantities[i], nearest.right))

    def _named(self, quantity: Quantity, lead: str, base: str, alike: bool) -> str:
        """The name of a number, below what it is a part of: `Tỷ lệ hộ nghèo – vùng dân tộc thiểu số`."""
        text = self._text
        counted = _NUMBER.sub("", text[quantity.number : quantity.end])
        name = name_of(Naming(self._passage, quantity, lead, base, self._carried, counted, alike))
        if _counts_in_brackets(text, quantity):
            name = _count_of_share(self._carried, counted) or name
        whole = _whole_of(text, quantity, name, self._topic, self._root)
        if whole:
            return f"{whole} – {small(_MOVES.sub('', name))}"
        if has_quantity_head(name):
            self._root = name.partition(" so với ")[0]
        return name


def names_of(
    passage: Passage,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    above: str = "",
) -> list[NameOfNumber]:
    """Name each number; within a sentence a name goes on until another begins.

    `above` are the words that lead in the list that the passage is an item of.
    """
    names = _Naming(passage, parts, quantities, periods, above)
    return [names.name(i) for i in range(len(quantities))]


def _share_of_what_goes_on(name: str, carried: str) -> bool:
    """`Số lao động có việc làm 500 người, đạt 50% kế hoạch, tăng 1%`: what was counted goes on.

    >>> _share_of_what_goes_on("Tỷ lệ lao động so với kế hoạch", "Số lao động"), _share_of_what_goes_on("Tỷ lệ hộ", "Số hộ")
    (True, False)
    """
    counted = carried.removeprefix("Số ")
    return counted != carried and name.startswith(f"Tỷ lệ {counted} so với ")


def _of_project(quantity: Quantity, name: str) -> str:
    """A sum that a project alone names is its cost.

    >>> _of_project(find_quantities("350 tỷ đồng")[0], "Dự án cầu Phú An")
    'Kinh phí dự án cầu Phú An'
    """
    sum_of_it = quantity.unit.dimension == "money" and quantity.change == "level"
    if sum_of_it and _PROJECT.match(name) and not has_quantity(name):
        return f"Kinh phí {small(name)}"
    return name


def _counts_in_brackets(text: str, quantity: Quantity) -> bool:
    """Whether a count stands first in brackets, alone or before more: `50% (66/112 thôn, tăng thêm 20 thôn)`.

    >>> text = "50% (66/112 thôn, tăng thêm 20 thôn)"
    >>> [_counts_in_brackets(text, one) for one in find_quantities(text)]
    [False, True, False]
    """
    first = text.endswith("(", 0, quantity.lead) and text[quantity.end : quantity.end + 1] in (
        "),;"
    )
    return first and quantity.unit.dimension == "count"


def _count_of_share(carried: str, counted: str) -> str:
    """`Tỷ lệ xã đạt chuẩn 50% (8 xã)`: the number of what the share is of.

    >>> _count_of_share("Tỷ lệ xã đạt chuẩn", "xã"), _count_of_share("Tỷ lệ xã đạt chuẩn", "hộ"), _count_of_share("Thu", "xã")
    ('Số xã đạt chuẩn', '', '')
    """
    share = _SHARE.match(carried)
    rest = carried[share.end() :] if share else ""
    return f"Số {rest}" if rest.lower().startswith(counted.lower()) else ""


def topic_of(words: str) -> str:
    """The quantity that a lead-in names for what stands after it (`Tỷ lệ hộ nghèo năm 2024: …`).

    >>> [topic_of(words) for words in ("Tỷ lệ hộ nghèo năm 2024:", "Các xã sau:", "Tỷ lệ hộ nghèo của 5 xã:")]
    ['Tỷ lệ hộ nghèo', '', '']
    """
    head = tidy(_TIME.sub("", without_opener(words.removesuffix(":"))))
    fits = has_quantity_head(head) and not _DIGIT.search(head) and len(head) <= _LONGEST_TOPIC
    return head if fits else ""


def _whole_of(text: str, quantity: Quantity, name: str, topic: str, root: str) -> str:
    """What a number is a share or sum of, where its own words say only of whom (`khu vực miền núi`,
    `trẻ 5-18 tuổi`).

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Tỷ lệ hộ nghèo năm 2025 dưới 5%, khu vực miền núi 9%.")
    >>> [one.name for one in find_indicators(document)]
    ['Tỷ lệ hộ nghèo', 'Tỷ lệ hộ nghèo – khu vực miền núi']
    """
    if quantity.unit.dimension not in ("percent", "money"):
        return ""
    moves = _MOVES.match(name)
    if moves:
        inside = text.rfind("(", 0, quantity.lead) > text.rfind(")", 0, quantity.lead)
        rate = root.lower().find("tỷ lệ") >= 0 and name != root
        return root if inside and rate and not root.startswith(name) else ""
    if has_quantity_head(name):
        return ""
    if topic:
        return topic
    return root if clause_words("aspect", _ASPECT).match(name) else ""
