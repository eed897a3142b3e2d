"""Words that tell, describe or decide something themselves, instead of asking somebody to do it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.extraction.tasks.charges import Charge, read_charge
from khplans.extraction.tasks.deadlines import read_due
from khplans.extraction.tasks.task_outline import either
from khplans.knowledge.wording import Wording
from khplans.reading.lines.phrases import MOTTO
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_CLOSED = re.compile(r"\((?:[^()]|\([^()]*\))*\)\.?/?\.?$")
# What something comes to: `Mức quà tặng: 100.000 đồng/người`.
_AMOUNT = Wording(
    r"<sum> [a-z ]{2,60}: ?\d[\d.,]* ?<money>", "mức quà tặng: 100.000 đồng", folded=True
)
_NAMED = Wording(r"<field of what is approved> ?:", "tên đề án: đề án trồng rừng", folded=True)
_INVESTOR = "chu dau tu"
"""The field that names a body, which may be told to do something there."""
_CLOCK = r"\d{1,2} ?[h:g] ?\d{0,2}"
_HOUR = Wording(
    rf"(?:buoi )?<time of day>(?: ?:| tu|: tu) ?{_CLOCK}(?: ?(?:den|-) ?{_CLOCK})?[.;]?",
    "sáng: từ 7h",
    folded=True,
)
_PLACE_IS = Wording(
    r"(?:[^.;:]{2,120}: ?)?(?:la|(?:duoc )?<laid down as>(?: la| thanh)) <kind of place>(?!\w)",
    "vùng ven biển: là khu vực nuôi tôm",
    folded=True,
)
_PROJECT = Wording(
    r"(?:cac )?<project>(?!\w)(?:[^.;]|\.(?=\d)){0,300}[,:(] ?(?:(?:<size of a project>|<about>) ?)*"
    r"\d[\d.,]* ?<unit of size>(?:/(?:nam|ngay))?\)?[.;]?$",
    "dự án chợ xã an bình, diện tích 2 ha;",
    folded=True,
)
_CITED = Wording(
    r"<document type> (?:lien tich )?so:? ?\d{1,5}[^:]*",
    "quyết định số 12/2019/qđ-ubnd về giá đất;",
    folded=True,
)
# What becomes of the texts that a document names: `Trường hợp các văn bản viện dẫn … được sửa đổi thì …`.
_CHANGED = Wording(
    r"(?:trong qua trinh thuc hien,? ?)?(?:trong )?<in case> [^.;]{0,160}(?<!\w)<referred to>(?!\w)"
    r"[^.;,]{0,160}<changed>(?!\w)",
    "khi các văn bản dẫn chiếu tại quyết định này được sửa đổi",
    folded=True,
)
_MEASURES = Wording(
    r"(?:nhom )?giai phap <measures for> [^.:;,]{2,50}\.?", "giải pháp về đất đai", folded=True
)
_CONTENTS = Wording(
    r"(?<!\w)noi dung(?:,? [a-z]+){0,4} <review>(?!\w)", "phạm vi, nội dung sơ kết", folded=True
)
# What something rests on or has to fulfil: `được xem xét trên cơ sở:`, `Điều kiện tham gia:`.
_GROUNDS = Wording(
    r"(?:.*(?<!\w)(?:tren co so|(?:<ground or condition>|truong hop) sau(?: day)?)|<ground or condition> [^:]{2,60}) ?:",
    "được xem xét trên cơ sở:",
    folded=True,
)
_COVERED = Wording(r"<covered by a review>(?!\w)", "kiến nghị, đề xuất", folded=True)
# What the points below are about: `Đối với bò thịt`, a heading that has no mark of one.
_TOPIC_ALONE = Wording(
    r"(?:doi voi|ve phia) (?!.*(?<!\w)<says of it>(?!\w))[^.:;,]{2,80}[.:;]?",
    "đối với các loại gia súc",
    folded=True,
)
_NOT_RESPONSIBLE = Wording(
    r"[^.;:,]{0,160}(?<!\w)khong (?:phai )?<duty>(?!\w)", "sở không chịu trách nhiệm", folded=True
)
# `Kế hoạch năm 2013 đưa ra giải pháp: …`: what a plan says is told of it.
_PLAN_SPEAKS = Wording(
    r"<kind of plan> (?!nay)[^.:;,]{0,60}(?<!\w)<plan says>(?!\w)[^.:]*:",
    "kế hoạch năm 2013 đưa ra giải pháp:",
    folded=True,
)
_MOVED = Wording(
    r"[^.;:,]{2,90} <moved> tu \d[^.;]*(?<!\w)<moved to>(?!\w)",
    "chi cho y tế tăng từ 5% năm 2010 lên",
    folded=True,
)
_HOW_MANY_REACH = Wording(
    r"\d[\d.,/]* [a-z ]{1,30}?<reaches a standard> [^.;]{2,80}[.;]?",
    "12 xã đạt chuẩn nông thôn mới;",
    folded=True,
)
_CLAUSE = re.compile(r"^|[:;,(] ?")
_LONGEST = 900
"""How long words may be that a single expression in them tells the sense of."""


_MOTTOS = re.compile(rf"(?:(?:{MOTTO.written})\W*)+")
_BLANK = re.compile(r"(?:\.{6,}|…{2,}|_{6,})(?P<ends>\W*$)?")
# `Căn cứ Kế hoạch này, …` is no basis of the document, and a basis has its number or its day.
_BASIS = Wording(
    r"(?:can cu <document type>(?! nay(?!\w))|xet de nghi)(?!\w)[^:]*\d[^:]*[;,]",
    "căn cứ quyết định số 12/qđ-ubnd;",
    folded=True,
)
_WORKING_RULES = Wording(
    r"can cu quy che lam viec(?!\w)[^:]*;", "căn cứ quy chế làm việc của tỉnh ủy;", folded=True
)
_COMMA = re.compile(r", ")
TOPIC = re.compile(r"[^.;:]{2,120}: ?(?=\S)")
"""What a sentence is about, before its colon: `Về y tế: …`."""


@dataclass(frozen=True)
class BlockWords:
    """A block's words, whether the heading above is about agencies, and all those above it.

    `shade` and `headings` are shadows.
    """

    text: str
    shade: str
    under_agency: bool
    headings: Sequence[str] = ()
    span: Span | None = None

    @once
    def charge(self) -> Charge:
        """Whom they charge."""
        return read_charge(self.text, self.shade)

    @property
    def below(self) -> str:
        """The heading right above, which the words are not themselves."""
        return next((heading for heading in self.headings if heading != self.shade), "")

    @once
    def orders(self) -> bool:
        """Whether a verb of asking opens them or a clause of theirs, or they say by when."""
        clauses = (begin.end() for begin in _CLAUSE.finditer(self.shade))
        asked = any(either("imperative").match(self.shade, begin) for begin in clauses)
        return asked or read_due(self.text, None).deadline is not None


def _case_of(text: str, under_agency: bool = False, *headings: str) -> BlockWords:
    return BlockWords(text, shadow(text), under_agency, [shadow(heading) for heading in headings])


# fmt: off
TELLS: Rules[BlockWords, bool] = Rules("tells-and-asks-nothing", _case_of, (
    Rule("usual-opening", ("Kinh phí thực hiện lấy từ ngân sách tỉnh.",),
         lambda words: either("statement-opening").match(words.shade), True),
    Rule("in-brackets", ("(Có danh sách kèm theo).",),
         lambda words: _CLOSED.match(words.shade), True),
    Rule("blank-to-fill-in", ("Chức vụ, chức danh: ..............",),
         lambda words: _is_to_fill_in(words), True),
    Rule("motto", ("Độc lập - Tự do - Hạnh phúc",),
         lambda words: _MOTTOS.fullmatch(words.shade), True),
    Rule("legal-basis", ("Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2019 của UBND tỉnh;",),
         lambda words: (_BASIS.fullmatch(words.shade)
                        and not (words.charge.names or _acts_after_comma(words.shade))), True),
    Rule("rules-of-working", ("Căn cứ Quy chế làm việc của Ban Thường vụ và Thường trực Tỉnh ủy;",),
         lambda words: _WORKING_RULES.fullmatch(words.shade) and not _acts_after_comma(words.shade), True),
    Rule("sum", ("Mức hỗ trợ mỗi hộ: 500.000 đồng",),
         lambda words: _AMOUNT.match(words.shade) and not words.charge.names, True),
    Rule("field-of-what-is-approved", ("Tên đề án: Đề án trồng rừng ven sông",),
         lambda words: _is_field(words), True),
    Rule("hour-of-an-event", ("Chiều: từ 13h30",),
         lambda words: _HOUR.fullmatch(words.shade), True),
    Rule("field-of-measures", ("Giải pháp về thị trường.",),
         lambda words: _MEASURES.fullmatch(words.shade) and not words.orders, True),
    Rule("topic-alone", ("Đối với bò thịt",),
         lambda words: _TOPIC_ALONE.fullmatch(words.shade) and not (words.orders or words.charge.names), True),
    Rule("what-a-place-is", ("Vùng ven biển: Là khu vực nuôi tôm quy mô lớn.",),
         lambda words: _PLACE_IS.match(words.shade) and not words.orders, True),
    Rule("project-with-its-size", ("Dự án chợ trung tâm xã An Bình: khoảng 12 tỷ đồng, diện tích 2 ha;",),
         lambda words: _PROJECT.fullmatch(words.shade) and not (words.orders or words.charge.names), True),
    Rule("figure-to-reach", ("Diện tích cây xanh bình quân là 8 m2/người.",),
         lambda words: _gives_a_figure(words), True),
    Rule("plan-that-is-told-of", ("Kế hoạch năm 2013 đưa ra giải pháp: Thu hút vốn.",),
         lambda words: _PLAN_SPEAKS.match(words.shade) and not words.charge.names, True),
    Rule("figure-that-moved", ("Đầu tư cho y tế tăng từ 5% năm 2010 lên 7% năm 2012.",),
         lambda words: _MOVED.match(words.shade) and not words.charge.names, True),
    Rule("how-many-reach", ("12 xã đạt chuẩn nông thôn mới;",),
         lambda words: _HOW_MANY_REACH.fullmatch(words.shade), True),
    Rule("document-alone", ("Quyết định số 12/2019/QĐ-UBND ngày 05/3/2019 về giá đất;",),
         lambda words: _CITED.fullmatch(words.shade) and not (words.orders or words.charge.names), True),
    Rule("cited-document-changes", ("Trường hợp các văn bản dẫn chiếu được sửa đổi thì áp dụng văn bản mới.",),
         lambda words: _CHANGED.match(words.shade) and not words.charge.names, True),
    Rule("covered-by-a-review", ("Kiến nghị, đề xuất giải pháp tháo gỡ.", False, "Nội dung báo cáo sơ kết"),
         lambda words: (_COVERED.match(words.shade) and not words.charge.names
                        and any(map(_CONTENTS.search, words.headings))), True),
    Rule("responsibility-denied", ("Sở Y tế không chịu trách nhiệm về số liệu mà các huyện gửi chậm.",),
         lambda words: _NOT_RESPONSIBLE.match(words.shade), True),
    Rule("ground-or-condition", ("Quy hoạch tỉnh, quy hoạch đô thị;", False, "Việc lắp đặt được xem xét trên cơ sở:"),
         lambda words: words.below and _GROUNDS.fullmatch(words.below) and not words.charge.names, True),
    Rule("decision", ("Thống nhất chủ trương lập quy hoạch.",),
         lambda words: either("decision-opening").match(words.shade) and not words.charge.names, True),
    Rule("decision-that-charges", ("Đồng ý giao Sở Y tế chủ trì.",),
         lambda words: either("decision-opening").match(words.shade), False),
    Rule("deed", ("Thành lập Ban Chỉ đạo phòng, chống thiên tai.",),
         lambda words: (either("deed-opening").match(words.shade)
                        and not words.charge.charged and not words.under_agency), True),
    Rule("deed-that-charges", ("Thành lập Ban Chỉ đạo cấp xã.", True),
         lambda words: either("deed-opening").match(words.shade), False),
    Rule("usual-words", ("Các sở, ban, ngành chịu trách nhiệm thi hành Quyết định này.",),
         lambda words: either("statement").search(words.shade) and len(words.shade) < _LONGEST, True),
    Rule("asks-perhaps", ("Rà soát các quy hoạch.",), always, False),
))
# fmt: on


def _acts_after_comma(shade: str) -> bool:
    """Whether a main clause follows what opens the sentence: `Căn cứ Kế hoạch này, xây dựng kế hoạch năm;`.

    >>> [_acts_after_comma(shadow(text)) for text in ("Căn cứ Kế hoạch này, xây dựng kế hoạch năm;", "Căn cứ Luật Giá;")]
    [True, False]
    """
    asking = either("imperative")
    return any(asking.match(shade, comma.end()) for comma in _COMMA.finditer(shade))


def _is_to_fill_in(words: BlockWords) -> bool:
    """Whether there is a blank; in the middle of what somebody is charged with (`Sở Y tế lập …… đề án`) it is to be told yet."""
    blanks = list(_BLANK.finditer(words.shade))
    return bool(blanks) and (blanks[-1]["ends"] is not None or not words.charge.names)


def _is_field(words: BlockWords) -> bool:
    """Whether they fill a field of what is approved: its name may open with a verb, an investor is told to do something."""
    told = words.shade.startswith(_INVESTOR) and words.orders
    return bool(_NAMED.match(words.shade)) and not told


def _gives_a_figure(words: BlockWords) -> bool:
    """Whether they open with a measure, be it after what it is of, and give its figure: a target, nothing to do.

    >>> texts = "Vịt đẻ: năng suất đạt 220 quả mỗi mái.", "Vịt đẻ: năng suất khá.", "Nuôi 220 vịt đẻ."
    >>> [_gives_a_figure(_case_of(text)) for text in texts]
    [True, False, False]
    """
    topic = TOPIC.match(words.shade)
    begins = [0, *([topic.end()] if topic and not words.orders else [])]
    opening = any(either("measure-opening").match(words.shade, begin) for begin in begins)
    return bool(opening and re.search(r"\d", words.shade) and not words.charge.names)
