"""Whether a line goes on with the sentence before it: page breaks and hard-wrapped text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from khplans.knowledge.agencies import bodies
from khplans.knowledge.wording import CHARGING_VERB, Wording, any_of
from khplans.reading.layout.items import numbered_lines
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import Marker
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*$|\./\.?$")
_OPEN_END = Wording(r"(?:[,(\-–“\"]|(?<!\w)(?:<leads on>|TP\.?))$", "Căn cứ Luật", exact=True)

# What no sentence and no name ends with, however short the line is.
_WANTS_MORE = Wording(r"(?<!\w)<wants more>$|(?<=\w),$", "phối hợp với", exact=True)
# A whole list of places, after which no name is due: `UBND các huyện, thị xã, thành phố`.
_PLACES_LISTED = Wording(
    r"<level>(?:(?:,| và) <level>)+$", "UBND các huyện, thị xã, thành phố", exact=True
)
_PLACE_WORD = Wording(r"(?<!\w)<level>$", "UBND huyện", exact=True)
# May be whole: the ministry or department whose plan it is.
_OWN_BODY = Wording(r"thuộc (?:Bộ|Sở)$", "thuộc Bộ", exact=True)
_SECOND_WORD = re.compile(r"[^\W\d_]+ [^\W\d_]*[a-zà-ỹ]+")
# A citation cut in two: before its number (`Pháp lệnh` | `38/2001/PL-…`), inside it (`199/2013/NĐ`
# | `- CP`), inside a law's name in the legal basis (`Căn cứ Luật Tổ chức` | `Chính phủ ngày …`).
_NUMBER_DUE = Wording(r"(?<!\w)<document type>(?: số:?)?$", "Căn cứ Nghị định số", exact=True)
_NUMBER = re.compile(r"\d{1,5}[a-z]?(?:/\d{4})?[-/][A-ZĐ]")
_SYMBOL_DUE = re.compile(r"\d[a-z]?(?:/\d{4})?[/-][A-ZĐ]{1,6}$")
_SYMBOL = re.compile(r"[-–] ?[A-ZĐ]{2,}")
_SLASH_DUE = re.compile(r"(?<![\w/])\d{1,5}[a-zđ]?(?:/\d{1,4})? ?/$")
_BEFORE_SLASH = Wording(r"(?:(?<!\w)số:? \d{1,5}[a-zđ]?|\d/\d{4})$", "số 12")
_SLASH = re.compile(r"/ ?[A-ZĐ]{2}")
_AFTER_SLASH = re.compile(r"[A-ZĐ]{2}|\d{4}\b|\d{1,2}/\d{4}\b")
_BASIS = Wording(r"(?:[-–] ?)?[Cc]ăn cứ ", "Căn cứ ", exact=True)
_HYPHENED_REST = re.compile(r"[-–] ?(?=[^\W\d_])")
# What a provision follows, however its line begins: `theo quy định tại` | `Mục 2 Phần I của Phụ lục`.
_PROVISION_DUE = Wording(r"(?<!\w)<leads to a provision>$", "theo quy định tại", exact=True)
_PROVISIONS = frozenset({"part", "chapter", "division", "article"})
_FIGURE_DUE = Wording(r"(?<!\w)<figure due>:?$", "giai đoạn")


@dataclass(frozen=True, slots=True)
class HardWrap:
    """How a text was hard-wrapped: at which column, and how its paragraphs are told apart.

    `apart` says that a blank line stands between any two, `indented` that each begins with blanks.
    """

    width: int
    apart: bool = False
    indented: bool = False


_MOST = 0.8
"""The share of lines that must keep to a way of telling paragraphs apart."""
_INDENT = 2
_A_PAGE = 2
"""More lines than this between two of a paragraph: a page ended there."""
_FEW = 3


def read_hard_wrap(lines: Sequence[Line]) -> HardWrap | None:
    """How a text was hard-wrapped, or None where lines are whole paragraphs.

    >>> from khplans.reading.lines.line import lines_of
    >>> words = "trồng rừng phòng hộ và rừng đặc dụng trên địa bàn các huyện miền núi"
    >>> wrapped = "\\n".join(f"Tỉnh {words}\\n{words}\\n{words} của tỉnh." for _ in range(6))
    >>> read_hard_wrap(lines_of(wrapped)), read_hard_wrap(lines_of(f"Tỉnh {words}."))
    (HardWrap(width=78, apart=False, indented=False), None)
    """
    width = wrap_width(lines)
    if width is None:
        return None
    written = [line for line in lines if line.text]
    ends = [
        below.row - line.row > 1
        for line, below in pairwise(written)
        if _short_sentence(line, width) and _worded(below)
    ]
    begun = [line.indent >= _INDENT for line in written if line.marker]
    going = [
        below.indent < _INDENT
        for line, below in pairwise(written)
        if _cut_in_two(line, below) and not below.marker
    ]
    return HardWrap(width, _mostly(ends), _mostly(begun) and _mostly(going))


def _short_sentence(line: Line, width: int) -> bool:
    """Whether a sentence ends far from the column at which lines are wrapped.

    >>> [_short_sentence(line, 60) for line in numbered_lines("Sở Y tế rà soát.\\nSở Y tế rà soát")]
    [True, False]
    """
    return len(line.text) < 0.7 * width and line.text.endswith((".", ";"))


def _cut_in_two(line: Line, below: Line) -> bool:
    """Whether a sentence goes on, with a small letter, on the line right below.

    >>> a, b, c = numbered_lines("Sở Y tế chủ trì,\\nphối hợp với\\nCông an tỉnh.")
    >>> _cut_in_two(a, b), _cut_in_two(b, c)
    (True, False)
    """
    return below.row - line.row == 1 and below.text[0].islower() and not ended(line.text)


def _worded(line: Line) -> bool:
    """Whether it has words, and no bullet before them.

    >>> [_worded(line) for line in numbered_lines("Sở Y tế\\n- Sở Y tế\\n1")]
    [True, False, False]
    """
    marker = line.marker
    return len(line.text) > 1 and not (marker is not None and marker.bullet)


def _mostly(answers: Sequence[bool]) -> bool:
    """Whether nearly all of enough answers are yes.

    >>> _mostly([True] * 4), _mostly([True] * 2), _mostly([True, True, False])
    (True, False, False)
    """
    return len(answers) >= _FEW and sum(answers) >= _MOST * len(answers)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which a text was hard-wrapped, or None where lines are whole paragraphs.

    Told by how many lines go on below: of all, or where paragraphs are short, of the full ones.

    >>> from khplans.reading.lines.line import lines_of
    >>> wrap_width(lines_of("phối hợp với các cơ quan, đơn vị có liên\\n" * 9)), wrap_width(lines_of("Sở Y tế."))
    (40, None)
    """
    written = [line for line in lines if line.text]
    if len(written) < 8:
        return None
    broken = sum(_cut_in_two(line, below) for line, below in pairwise(written))
    lengths = sorted(len(line.text) for line in written)
    width = lengths[int(len(lengths) * 0.95)]
    if width <= 200 and broken * 4 >= len(written):
        return width
    full = [
        _cut_in_two(line, below)
        for line, below in pairwise(written)
        if below.row - line.row == 1 and len(line.text) >= 0.85 * width
    ]
    return width if width <= 120 and len(full) >= 4 and sum(full) * 3 >= len(full) else None


def ended(text: str) -> bool:
    """Whether a sentence or a clause of a list ends here.

    >>> ended("Sở Y tế báo cáo;"), ended("thực hiện./."), ended("phối hợp với")
    (True, True, False)
    """
    return bool(_ENDED.search(text[-12:]))


_OPENS_SENTENCE = Wording(r"<opens a sentence>,? (?=\w)", "Theo đó, giao", exact=True)


@dataclass(frozen=True)
class Join:
    """A paragraph so far and the line below it, a blank line or a page perhaps between.

    `before` is the paragraph's text (its last some hundred characters), `opened` the marker it began
    with, `last` its last line; `marker` is the line's own.
    """

    before: str
    opened: Marker | None
    last: Line
    line: Line
    marker: Marker | None
    wrapping: HardWrap | None

    @property
    def span(self) -> Span:
        return Span(self.last.start, self.line.end)

    @once
    def adjacent(self) -> bool:
        """Whether nothing lies between."""
        return self.line.row - self.last.row == 1

    @once
    def finished(self) -> bool:
        """Whether the paragraph's sentence has ended."""
        return ended(self.before)

    @once
    def end(self) -> str:
        """The paragraph's last words."""
        return self.before[-12:]

    @property
    def first(self) -> str:
        """The line's first character."""
        return self.line.text[0]

    @property
    def wrapped(self) -> bool:
        """Whether the lines follow each other in a hard-wrapped text."""
        return self.wrapping is not None and self.adjacent

    @property
    def indented(self) -> bool:
        """Whether the line begins as paragraphs do in a text that indents them."""
        return bool(self.wrapping and self.wrapping.indented and self.line.indent >= _INDENT)

    @property
    def apart(self) -> bool:
        """Whether the text has a blank line between any two paragraphs."""
        return bool(self.wrapping and self.wrapping.apart)

    @property
    def tells_paragraphs(self) -> bool:
        """Whether the text tells its paragraphs apart, by blank lines or indents."""
        return bool(self.wrapping and (self.wrapping.apart or self.wrapping.indented))

    @property
    def ends_full(self) -> bool:
        """Whether a sentence of wrapped text ends where its line is full."""
        return self.wrapped and self.finished and self.full

    @property
    def full(self) -> bool:
        """Whether the line's first word had no room in the last one."""
        assert self.wrapping is not None
        word = self.line.text.split(" ", 1)[0]
        return len(self.last.text) + 1 + len(word) > 0.9 * self.wrapping.width

    @property
    def open_end(self) -> bool:
        """Whether the paragraph ends with a word that wants another (`của`, `tỉnh`, a comma)."""
        return bool(_OPEN_END.search(self.end))


def _bullet_in_mid_sentence(join: Join) -> bool:
    """A dash before a small letter, right below an unfinished line: `… kinh tế`, `- xã hội`."""
    marker = join.marker
    if not (marker and marker.bullet and join.adjacent) or join.finished:
        return False
    small = join.line.text[marker.end : marker.end + 1].islower()
    return small and not join.last.capitals and len(join.last.text) > 30


def _cites_a_provision(join: Join) -> bool:
    """A provision right below words that lead to one is cited, it opens no part of this document."""
    assert join.marker is not None
    cited = join.marker.kind in _PROVISIONS and join.adjacent and not join.last.capitals
    return cited and bool(_PROVISION_DUE.search(join.end))


def _cut_at_slash(before: str, below: str) -> bool:
    """Whether a number or a date is cut after its slash, or before it.

    >>> cuts = ("ngày 05/", "01/2024 của"), ("số 12", "/QĐ-UBND"), ("ngày 05", "01/2024"), ("các huyện/", "thành phố")
    >>> [_cut_at_slash(*cut) for cut in cuts]
    [True, True, False, False]
    """
    if below.startswith("/"):
        return bool(_BEFORE_SLASH.search(before) and _SLASH.match(below))
    return bool(_SLASH_DUE.search(before) and _AFTER_SLASH.match(below))


def _lone_marker(join: Join) -> bool:
    opened = join.opened
    return bool(opened and not opened.bullet and len(join.before) <= opened.end)


def _opens_article(join: Join) -> bool:
    return join.opened is not None and join.opened.kind == "article"


def _case_of(
    text: str, width: int | None = None, apart: bool = False, indented: bool = False
) -> Join:
    """The last line of a text and what stands above it; `width` is given for a hard-wrapped text."""
    lines = numbered_lines(text)
    wrapping = HardWrap(width, apart, indented) if width else None
    above, line = lines[:-1], lines[-1]
    before = " ".join(one.text for one in above)
    return Join(before, above[0].marker, above[-1], line, line.marker, wrapping)


# fmt: off
CONTINUES: Rules[Join, bool] = Rules("continues", _case_of, (
    Rule("heading-mark", ("Thực hiện Kế hoạch của\n## Mục tiêu",),
         lambda join: join.line.hashes or not join.line.text, False),
    Rule("number-of-citation-below", ("theo quy định của Pháp lệnh\n38/2001/PL-UBTVQH10 về phí",),
         lambda join: (join.adjacent and _NUMBER_DUE.search(join.before[-40:])
            and _NUMBER.match(join.line.text)), True),
    Rule("symbol-of-citation-below", ("theo Nghị định số 199/2013/NĐ\n- CP ngày 26/11/2013",),
         lambda join: (join.adjacent and _SYMBOL_DUE.search(join.before[-40:])
            and _SYMBOL.match(join.line.text)), True),
    Rule("number-cut-at-its-slash", ("thực hiện Quyết định số 12/\nQĐ-UBND ngày 05/01/2024",),
         lambda join: _cut_at_slash(join.end, join.line.text), True),
    Rule("legal-basis-goes-on", ("Căn cứ Luật Tổ chức\nChính phủ ngày 19 tháng 6 năm 2015;",),
         lambda join: join.adjacent and _basis_goes_on(join), True),
    Rule("name-cut-at-its-hyphen", ("Giao Sở Lao động\n- Thương binh và Xã hội chủ trì",),
         lambda join: join.adjacent and _names_on(join.before, join.line), True),
    Rule("bullet-in-mid-sentence", ("Phát triển kinh tế biển của các địa phương ven biển\n- hải đảo",),
         _bullet_in_mid_sentence, True),
    Rule("provision-cited-below", ("trách nhiệm theo quy định tại\nĐiều 5 Nghị định số 12/2020/NĐ-CP",),
         lambda join: join.marker and _cites_a_provision(join), True),
    Rule("marker-begins", ("Thực hiện Kế hoạch của\n2. Sở Y tế",),
         lambda join: join.marker, False),
    Rule("text-below-its-marker", ("1.\nSở Y tế chủ trì",),
         lambda join: _lone_marker(join) and join.adjacent, True),
    Rule("title-below-its-marker", ("II.\n\nNHIỆM VỤ TRỌNG TÂM",),
         lambda join: _lone_marker(join) and (join.line.capitals or _opens_article(join)), True),
    Rule("marker-left-alone", ("12.\n\nsố liệu đến hết tháng",),
         _lone_marker, False),
    Rule("bold-line-ends", ("**Về công tác chỉ đạo của**\nủy ban nhân dân",),
         lambda join: (join.last.bold or join.last.hashes) and not _unclosed(join.before), False),
    Rule("indent-begins", ("phát triển kinh tế của tỉnh\n   trong năm", 60, False, True),
         lambda join: join.indented, False),
    Rule("wrapped-capitals-end", ("NHIỆM VỤ CHUNG CỦA NĂM\nTăng cường chỉ đạo", 60),
         lambda join: (join.wrapped and join.last.capitals != join.line.capitals
            and len(join.before) < 150 and not join.first.islower()), False),
    Rule("wrapped-list-goes-on", ("đẩy mạnh sản xuất nông nghiệp;\nphát triển du lịch", 60),
         lambda join: join.wrapped and join.before.endswith(";") and join.first.islower(), True),
    Rule("wrapped-colon-ends", ("Giao các đơn vị sau đây:\nSở Y tế báo cáo", 60),
         lambda join: join.wrapped and join.before.endswith((":", ";")), False),
    Rule("wrapped-no-blank-line", ("Các cơ quan phối hợp\nCông an tỉnh", 60, True),
         lambda join: join.wrapped and join.apart and not join.finished, True),
    Rule("wrapped-full-line-goes-on", ("báo cáo kết quả với Ủy ban.\nĐồng thời gửi về Sở", 28, True),
         lambda join: (join.ends_full
            and (join.first.islower() or join.tells_paragraphs)), True),
    Rule("wrapped-sentence-ends", ("báo cáo kết quả.\nĐồng thời gửi về Sở", 60),
         lambda join: join.wrapped and join.finished, False),
    Rule("wrapped-words-go-on", ("phát triển kinh tế của\nKhánh Hòa trong năm", 60),
         lambda join: (join.wrapped
            and (join.first.islower() or join.last.capitals or join.open_end)), True),
    Rule("wrapped-long-line-goes-on", ("chủ động phối hợp với các cơ quan liên quan\nBáo Khánh Hòa", 60),
         lambda join: join.wrapped and _reaches_far(join), True),
    Rule("wrapped-short-line-ends", ("Các cơ quan phối hợp\nCông an tỉnh", 60),
         lambda join: join.wrapped, False),
    Rule("sentence-ended", ("Sở Y tế báo cáo.\ntrong tháng",),
         lambda join: join.finished, False),
    Rule("full-line-before-a-page", ("chủ trì phối hợp với Sở\n\n\n\nVăn hóa và Thể thao", 24),
         lambda join: (join.wrapping and join.line.row - join.last.row > _A_PAGE and join.full), True),
    Rule("figure-below", ("Kết quả thực hiện trong năm\n2024 của tỉnh",),
         lambda join: join.first.isdigit() and _FIGURE_DUE.search(join.end), True),
    Rule("capitals-end", ("NHIỆM VỤ CHUNG CỦA\ncác sở",),
         lambda join: (join.last.capitals and not join.line.capitals
            and len(join.last.text) < 150), False),
    Rule("small-letter-goes-on", ("Sở Y tế chủ trì\nbáo cáo Ủy ban",),
         lambda join: join.first.islower() or join.first in ",;.)%", True),
    Rule("item-wants-more", ("1. Sở Y tế phối hợp với\nTrung tâm Y tế các huyện",),
         lambda join: join.opened and join.adjacent and _WANTS_MORE.search(join.end), True),
    Rule("short-line-ends", ("Các cơ quan của\nKhánh Hòa",),
         lambda join: len(join.last.text) < 40, False),
    Rule("sentence-opens-below", ("Công tác quy hoạch, kế hoạch sử dụng đất trên địa bàn tỉnh\nTheo đó, giao Sở Y tế",),
         lambda join: _OPENS_SENTENCE.match(join.line.text), False),
    Rule("bracket-closes-below", ("Sở Nông nghiệp và Phát triển nông thôn (nay là Sở\nNông nghiệp) báo cáo",),
         lambda join: (_unclosed(join.before)
            and (")" in join.line.text or "”" in join.line.text)), True),
    Rule("places-all-listed", ("1. Ủy ban nhân dân các huyện, thị xã, thành phố\nTổ chức thực hiện",),
         lambda join: _PLACES_LISTED.search(join.before[-80:]), False),
    Rule("sentence-begins-below-offices",
         ("1. Ủy ban Mặt trận Tổ quốc Việt Nam và các đoàn thể tỉnh\nTuyên truyền vận động",),
         lambda join: join.opened and _begins(join.before, join.opened, join.line.text), False),
    Rule("open-end", ("Phối hợp chặt chẽ với Ủy ban nhân dân tỉnh\nKhánh Hòa triển khai",),
         lambda join: join.open_end and (join.first.isalnum() or join.first in '"“('), True),
    Rule("nothing-goes-on", ("Phối hợp chặt chẽ giữa các cơ quan nhà nước\nCông an tỉnh báo cáo",),
         always, False),
))
# fmt: on


def _basis_goes_on(join: Join) -> bool:
    """Words below an unfinished legal basis: `Căn cứ Luật Tổ chức`, `chính quyền địa phương;`."""
    begun = not join.finished and _BASIS.match(join.before) is not None
    words = join.first.isalpha() and not join.line.capitals
    return begun and words and not _BASIS.match(join.line.text)


def _reaches_far(join: Join) -> bool:
    """The line above is full, or this one begins no sentence: `rừng phòng hộ`."""
    assert join.wrapping is not None
    long = len(join.last.text) > 0.6 * join.wrapping.width
    return long or not (join.first.isupper() and len(join.before) < 60)


@cache
def _hyphened() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A text that ends before the hyphen of a body's name, and the halves that may follow each.

    >>> ends, halves = _hyphened()
    >>> name = next(body.name for body in bodies() if " - " in body.name)
    >>> bool(ends.search(shadow(name.partition(" - ")[0]))), bool(ends.search("so y te")), "so y te" in halves
    (True, False, False)
    """
    found: dict[str, list[str]] = {}
    for body in bodies():
        first, hyphen, second = shadow(body.name).partition(" - ")
        if hyphen:
            found.setdefault(first, []).append(second)
    return re.compile(rf"(?<!\w){any_of(found)}$"), {k: tuple(v) for k, v in found.items()}


def _names_on(before: str, line: Line) -> bool:
    """Whether a body's name is cut in two at its hyphen: `Sở Lao động` | `- Thương binh …`.

    >>> [_names_on("giao Sở Lao động", line) for line in numbered_lines("- Thương binh và Xã hội\\n- Báo cáo")]
    [True, False]
    """
    rest = _HYPHENED_REST.match(line.text)
    if not rest:
        return False
    pattern, seconds = _hyphened()
    first = pattern.search(shadow(before[-60:]))
    return first is not None and shadow(line.text[rest.end() :]).startswith(seconds[first[0]])


def _begins(before: str, opened: Marker, text: str) -> bool:
    """Whether a sentence begins below a numbered line that only names offices: `1. UBND tỉnh`, `Chỉ đạo …`.

    Its first word alone has a capital; of a place's name the second has one, too.
    """
    second = _SECOND_WORD.match(text)
    named = _PLACE_WORD.search(before[-12:])
    if _OWN_BODY.search(before[-12:]):
        named = CHARGING_VERB.match(" " + shadow(text[:40]))
    return bool(second and named) and not CHARGING_VERB.search(shadow(before[opened.end :]))


def _unclosed(text: str) -> bool:
    """Whether a bracket or a quotation stands open at the end.

    >>> _unclosed("Sở Y tế (sau đây"), _unclosed("Sở Y tế (SYT)")
    (True, False)
    """
    return text.rfind("(") > text.rfind(")") or text.rfind("“") > text.rfind("”")
