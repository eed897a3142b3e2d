"""Tells a number that measures the province from one that only looks like it.

A number with `%`, `tỷ đồng` or `tấn` measures something unless it is a norm (a fine, a fee, a
rate of tax, a share in a company); one of `xã`, `hộ` or `km` only where the clause counts it.
The words are in knowledge/data/clause_words.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.indicators.numbers import find_quantities
from khplans.extraction.indicators.quantity import NumberCase, Quantity, cues_say
from khplans.extraction.indicators.target_or_result import BlockSetting
from khplans.knowledge.comparators import cues_that_say
from khplans.knowledge.wording import Wording, clause_words
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import passage_of

_WINDOW = 160
_SMALL_MONEY = frozenset({"vnd", "thousand_vnd", "million_vnd"})
_PER_HEAD = re.compile(r"_per_(?!year$|month$|day$)")
_RIGHT_BEFORE = r"(?<!\w)(?:WORDS) $"
_COUNTED = r"(?<!\w)(?:WORDS)[,:]? $"
_STRIVES = Wording(r"\bphấn đấu\b[^.;]*$", "phấn đấu đạt ")
_EXTENTS = frozenset({"area", "length", "mass", "volume"})
_OPENS_CLAUSE = Wording(r"(?:[;,(] ?|\bvà |\b(?:bao )?gồm:? )$", "bao gồm: ")
# `có 2 cách`, `với 3 nội dung`: small numbers after these say little.
_OF_ALL = Wording(r"\btrong (?:tổng )?số $", "trong tổng số ")
_VAGUE_HAVING = Wording(r"\b<vague having>[,:]? $", "có ")
_MANY = 5
_RIGHT_AFTER = r" ?(?:WORDS)(?!\w)"
_SOON_BEFORE = r"(?<!\w)(?:WORDS)(?!\w)[^.;]{0,60}$"
_SOON_AFTER = r" [^.;]{0,90}?(?<!\w)(?:WORDS)(?!\w)"
_IN_CLAUSE_BEFORE = r"(?<!\w)(?:WORDS)(?!\w)[^,.;:]{0,40}$"
_NORM_BEFORE = (
    r"(?<!\w)(?:WORDS)(?: [^\W\d_]+){0,6}(?: ?[,:(])? ?"
    r"(?:<to a norm> )*$"
)
# `các xã có tỷ lệ hộ nghèo cao trên 25%`: which communes, not how much.
_QUALIFIES = Wording(
    r"\b(?:(?:các|những) (?:[^\W\d_]+ ){1,4}có (?:(?:[^\W\d_]+ ){0,6}<described> |<has size> )?"
    r"|không <is or leaves> (?:[^\W\d_]+ ){1,3}"
    r"|\d+ (?:[^\W\d_]+ ){1,4}có <rate> (?:[^\W\d_]+ ){1,6})<from> $"
    r"|\d+ (?:[^\W\d_]+ ){1,6}có <what is earned> (?:[^\W\d_]+ ){0,8}(?:<must have>|<from>) (?:<must have> )*$",
    "các xã có tỷ lệ hộ nghèo cao trên ",
)
# `phê duyệt các dự án dưới 7 tỷ đồng`: which of them somebody may decide on, not how much.
_POWER = Wording(
    r"\b<decides on> (?:[^\W\d_]+ )?<decided on>(?!\w)[^,;.\d]{0,90}<from> $",
    "phê duyệt các dự án dùng ngân sách tỉnh dưới ",
)
_EACH = Wording(
    r"(?<!bình quân )\b(?:mỗi|từng) (?!<calendar>\b)(?:[^\W\d_]+ ){1,4}(?:<must have> )*$",
    "mỗi xã phải có ít nhất ",
)
# An address may be torn: `…?so= S%E1%BB%91%20113`.
_IN_ADDRESS = re.compile(r"(?:\bhttps?://\S*|%)$", re.IGNORECASE)
_IN_CASE = Wording(r"(?:^|[.;:] )(?:các )?trường hợp [^.;:]*$", "Trường hợp hộ có ")
_RULES = Wording(
    r"(?: [^\W\d_]+){0,4},? (?:<rules>|được <granted>)(?!\w)", " triệu đồng được vay", exact=True
)
# `Hộ nghèo là hộ có thu nhập từ 1.500.000 đồng/tháng trở xuống`.
_DEFINES = Wording(
    r"\blà (?:các |những )?<defined>\b[^.;,]* có [^.;]*$", "Hộ nghèo là hộ có thu nhập từ "
)
_BUILT = frozenset({"m2", "metre", "centimetre"})
_AT_EACH = Wording(r"(?: [^\W\d_]+){0,8} <for each> (?:mỗi|từng)\b", " bác sĩ tại mỗi")
# `Số xã đạt chuẩn nông thôn mới đến năm 2030: 60 xã`.
_NUMBER_OF = Wording(r"(?:^|[.;] )(?:tổng )?số [^.;:]*: $", "Tổng số hộ: ")
_SUBJECT_OF = Wording(r"\b(?:<rate>|số) [^,.;:\d]*\b<bound> $", "tỷ lệ trẻ em dưới ")
_HAS_ANOTHER = Wording(
    r"(?: (?!và |hoặc )[^\W\d_]+){0,8}? <comes to>\b[^,.;:\d]{0,25}\d", " tuổi suy dinh dưỡng còn 9"
)
# `Diện tích lúa hữu cơ 420 ha`, `trong đó cây dược liệu 100 ha`: an extent right after its name.
_EXTENT_OF = r"(?:(?:^|[.;:,(] ?|\bvà )(?:WORDS)(?!\w)|\btrong (?:số )?đó\b)[^.;:,\d]{0,70}$"
_EXAMPLE = Wording(r"(?<!\w)(?:ví|thí) dụ(?!\w)[^)]*$", "ví dụ: xã a giải quyết ")
# `Chi phí tiết kiệm: 3.200.000 đồng/năm`: the reckoning of what a procedure costs.
_COSTS = Wording(r"<cost of a procedure>\b[^.;:]*: ?", "chi phí tuân thủ sau khi cắt giảm: 5 giờ")
_CONTENT = Wording(r" (?:hàm lượng )?<content of a product>\b", " Zn", exact=True)
_LEAST_SIZE = Wording(
    r"\b(?:có )?công suất (?:thiết kế )?(?:tối thiểu|ít nhất)(?: là)? $",
    "có công suất tối thiểu là ",
)
_SET_UP_BY = Wording(
    r"(?:^|[.;:] )(?:phấn đấu )?đến (?:hết |cuối )?năm \d{4},? (?:sẽ )?<set up> $",
    "Phấn đấu đến năm 2030 hình thành ",
)
_NEXT_OF_ITS_KIND = Wording(
    r"(?: (?:<before a year that follows> )?(?:cuối |hết )?năm \d{4})?(?:[,;]| và)? ?$",
    " vào cuối năm 2025 và ",
)
_GOES_TO = Wording(r"[^.;]{0,90}\b<settles>\b", " hộ nghèo xuống")
_LISTED = Wording(r"(?:(?! và )[^.;,\d]){0,60}(?:[,;]| và )[^.;,\d]{0,60}$", " hồ và ")


_WEIGHT = Wording(r"(?<!\w)trọng số(?!\w)[^.;]*$", "tổng trọng số các tiêu chí bằng ")
# When somebody is rated how, or not at all: `Điều kiện xếp loại xuất sắc: …`, `không xếp loại đối với người …`.
_TO_BE_RATED = Wording(
    r"(?<!\w)(?:<ground of a rating> (?:để )?(?:đánh giá, )?<rates>[^.;:]*:|không (?:đánh giá, )?xếp loại(?!\w))[^.;]*$",
    "điều kiện xếp loại hoàn thành xuất sắc: hoàn thành ",
)
# `tinh thần nỗ lực gấp đôi`: how hard, not how much.
_EFFORT = Wording(r"\b<effort>\b[^.;,\d]*$", "nỗ lực gấp ")
_KEPT = Wording(r"[^.;]*\b<keeps>\b", " kinh tế đạt kế hoạch")
_RATED = Wording(r"(?<!\w)xếp loại (?:hoàn thành )?xuất sắc(?!\w)", "tỷ lệ xếp loại xuất sắc")


@dataclass(frozen=True)
class Counting(NumberCase):
    """A number in its sentence, which starts at `start`: is it counted, or only mentioned?

    `setting` is what is known from outside the sentence, `previous` the number before it that
    measures something.
    """

    start: int
    setting: BlockSetting
    previous: Quantity | None

    @once
    def before(self) -> str:
        """What stands before the words that bound the number."""
        at = self.quantity.lead
        return self.passage.text[max(self.start, at - _WINDOW) : at]

    @once
    def near(self) -> str:
        """What stands right before its digits."""
        at = self.quantity.number
        return self.passage.text[max(self.start, at - _WINDOW) : at]

    @once
    def after(self) -> str:
        """What follows it."""
        at = self.quantity.end
        return self.passage.text[at : at + _WINDOW]

    @property
    def clause(self) -> str:
        """Its sentence up to the number, as far as it is looked at."""
        return self.passage.text[self.start : self.quantity.lead]

    @property
    def dimension(self) -> str:
        """What its unit counts: `count`, `money`, `percent`, `area` …"""
        return self.quantity.unit.dimension

    @property
    def bounded(self) -> bool:
        """Whether words bound it (`trên`, `tối thiểu`)."""
        return self.quantity.comparator != "="

    @once
    def listed(self) -> bool:
        """Whether it goes on a list of counts that began in its sentence: `12 trường, 5 trạm y tế`."""
        before = self.previous
        if before is None or before.number < self.start:
            return False
        alike = before.unit.dimension == "count" or before.unit == self.quantity.unit
        gap = self.passage.text[before.end : self.quantity.number]
        return alike and _LISTED.match(gap) is not None

    @property
    def after_a_count(self) -> bool:
        """Whether a count stands before it in its sentence: `12 xã, trong đó 5 xã`."""
        before = self.previous
        counts = before is not None and before.unit.dimension == "count"
        return self.listed or (counts and before is not None and before.number >= self.start)

    @once
    def organises(self) -> bool:
        """Whether the clause holds, opens or issues so many (`tổ chức 02 lớp`)."""
        return bool(clause_words("organising", _IN_CLAUSE_BEFORE).search(self.before))

    @once
    def moves(self) -> bool:
        """Whether it is a rise or fall, or where one begins or ends: `từ 5% lên 8%`."""
        starts = cues_say(self.quantity.cues, "starts") and _GOES_TO.match(self.after)
        return self.quantity.change != "level" or self.quantity.settled or bool(starts)

    @once
    def telling_cues(self) -> list[str]:
        """The words before the number that say something by themselves."""
        return [cue for cue in self.quantity.cues if cue not in cues_that_say("weak")]

    @once
    def names(self) -> bool:
        """Whether the number is a part of a name (`Nghị quyết 5 điểm`)."""
        pattern = clause_words("naming", _RIGHT_BEFORE)
        return self.quantity.high is None and bool(pattern.search(self.near))

    @once
    def outcome(self) -> bool:
        """Whether what follows is an outcome (`đạt chuẩn nông thôn mới`)."""
        return bool(clause_words("outcome", _SOON_AFTER).match(self.after))

    @once
    def achieved(self) -> bool:
        """Whether the number is what was reached (`hoàn thành 12`)."""
        return bool(clause_words("achieving", _RIGHT_BEFORE).search(self.near))

    @property
    def strives(self) -> bool:
        """Whether the clause strives for it (`phấn đấu`)."""
        return bool(_STRIVES.search(self.before))

    @property
    def ordered(self) -> bool:
        """Whether its section gives orders."""
        return self.setting.role in ("task", "organisation")

    @property
    def aimed_at(self) -> bool:
        """Whether its section sets objectives."""
        return self.setting.role == "objective"

    @property
    def reported(self) -> bool:
        """Whether its section, or the whole document, tells how things stand."""
        return self.setting.role == "situation" or (self.setting.reports and not self.aimed_at)

    @property
    def says_much(self) -> bool:
        """Whether something besides the number speaks for a target: an outcome, a bound (`phấn đấu trên`), its size."""
        return self.outcome or (self.bounded and self.strives) or self.quantity.value >= 50

    @property
    def aims(self) -> bool:
        """Whether it goes on a list, is reached, or stands soon after a word of aiming."""
        aiming = clause_words("aiming", _SOON_BEFORE)
        return (
            self.listed or cues_say(self.telling_cues, "reaches") or bool(aiming.search(self.near))
        )


def _case_of(text: str, role: str = "", reports: bool = False, number: int = -1) -> Counting:
    """A number of a text (its last) in a section of a role, all before it taken to measure something."""
    passage = passage_of(text)
    quantities = find_quantities(passage.text)
    at = range(len(quantities))[number]
    setting = BlockSetting(role, 2024, "2024-01-19", reports)
    return Counting(passage, quantities[at], 0, setting, quantities[at - 1] if at else None)


def _is_beside_a_like_one(case: Counting) -> bool:
    """`40-50 kg vào năm 2010 và 180-200 kg`: the next after a number of its unit that counts."""
    before = case.previous
    if before is None or _counted(before) != _counted(case.quantity):
        return False
    gap = case.passage.text[before.end : case.quantity.lead]
    return before.end > case.start and bool(gap.strip() and _NEXT_OF_ITS_KIND.fullmatch(gap))


def _counted(quantity: Quantity) -> str:
    """What a number counts, by whatever it is divided: `m2` of `m2/hộ`.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> [_counted(one) for one in find_quantities("20 m2/người, 90 m2/hộ")]
    ['m2', 'm2']
    """
    return quantity.unit.unit_id.split("_per_")[0]


def _says_more_than_having(case: Counting) -> bool:
    """Whether words before the number tell more than that there are so many (`có`)."""
    told = case.telling_cues
    return bool(told) and not (len(told) == 1 and cues_say(told, "has"))


def _is_average(case: Counting) -> bool:
    unit = case.quantity.unit
    return (
        "_per_" in unit.unit_id
        and unit.dimension == "rate"
        and cues_say(case.quantity.cues, "average")
    )


def _is_built(case: Counting) -> bool:
    """`đường rộng tối thiểu 5 m`: how a thing is to be built."""
    return case.quantity.unit.unit_id in _BUILT and case.quantity.comparator in (">=", "<=")


def _organises_in_passing(case: Counting) -> bool:
    """Whether a count of meetings and the like sets no aim and tells no result: `tổ chức 2 hội nghị`."""
    return case.organises and not case.aimed_at and not (case.reported and case.achieved)


def _extends(case: Counting) -> bool:
    pattern = clause_words("quantity", _EXTENT_OF)
    return case.dimension in _EXTENTS and pattern.search(case.near) is not None


def _is_counted_here(case: Counting) -> bool:
    """Whether a word of counting stands before it, and something says that it matters: `xây mới 25 phòng học`.

    >>> [_is_counted_here(_case_of(text)) for text in ("xây mới 25 phòng học", "họp 25 xã")]
    [True, False]
    """
    counting = clause_words("counting", _COUNTED)
    counts = counting.search(case.near) or (case.quantity.cues and counting.search(case.before))
    if not counts or clause_words("joining", _RIGHT_BEFORE).search(case.near):
        return False
    aims = clause_words("aiming", _SOON_BEFORE).search(case.before)
    return case.aimed_at or case.outcome or bool(aims) or case.quantity.value >= 20


def _is_quota_of_ratings(case: Counting) -> bool:
    """`xếp loại xuất sắc không quá 20%`: how many may have the best mark; a share that is to be reached is a target.

    >>> texts = "xếp loại xuất sắc không quá 20%", "xếp loại xuất sắc đạt 20%", "nợ xấu không quá 20%"
    >>> [_is_quota_of_ratings(_case_of(text)) for text in texts]
    [True, False, False]
    """
    return case.quantity.comparator in ("<", "<=") and _RATED.search(case.clause) is not None


def _is_kept(case: Counting) -> bool:
    """`15/17 chỉ tiêu đạt kế hoạch`: how many targets were reached, not how many there are.

    >>> texts = "15/17 chỉ tiêu đạt kế hoạch", "hoàn thành 12 chỉ tiêu", "gồm 12 chỉ tiêu xã hội"
    >>> [_is_kept(_case_of(text)) for text in texts]
    [True, True, False]
    """
    kept = case.achieved or case.quantity.denominator or cues_say(case.quantity.cues, "reaches")
    return bool(kept or _KEPT.match(case.after))


# fmt: off
MEASURES: Rules[Counting, bool | None] = Rules("measures-something", _case_of, (
    Rule("rate-without-its-whole", ("có 107 bé trai",),
         lambda case: case.quantity.unit.evidence == "rate" and case.dimension == "count", False),
    Rule("in-a-web-address", ("Xem tại https://vanban.example/?so=S%E1%BB%91%20113",),
         lambda case: _IN_ADDRESS.search(case.near), False),
    Rule("tells-which", ("các xã có tỷ lệ hộ nghèo cao trên 25%",),
         lambda case: _QUALIFIES.search(case.near), False),
    Rule("part-of-a-subject", ("Tỷ lệ số xã đạt dưới 10 tiêu chí còn 25%", "", False, 0),
         lambda case: case.bounded and _is_in_subject(case), False),
    Rule("condition-of-a-rule", ("Trường hợp vắng mặt trên 20% số buổi thì không được thi",),
         lambda case: case.bounded and _is_condition(case), False),
    Rule("limit-of-a-power", ("Phê duyệt các dự án dùng ngân sách tỉnh dưới 7 tỷ đồng",),
         lambda case: case.dimension == "money" and case.bounded and _POWER.search(case.near), False),
    Rule("rating-of-officials", ("Tỷ lệ xếp loại xuất sắc không vượt quá 20%",),
         _is_quota_of_ratings, False),
    Rule("weight-of-a-criterion", ("Tổng trọng số các tiêu chí bằng 100%",),
         lambda case: case.dimension == "percent" and _WEIGHT.search(case.near), False),
    Rule("ground-of-a-rating", ("Điều kiện xếp loại xuất sắc: hoàn thành 100% nhiệm vụ",),
         lambda case: _TO_BE_RATED.search(case.clause), False),
    Rule("example", ("Số hồ sơ đã giải quyết (ví dụ: xã A giải quyết 02 hồ sơ)",),
         lambda case: _EXAMPLE.search(case.clause), False),
    Rule("cost-of-a-procedure", ("Chi phí tuân thủ sau khi cắt giảm: 40 giờ x 5 hồ sơ = 8.000.000 đồng/năm",),
         lambda case: _COSTS.match(case.clause), False),
    Rule("content-of-a-product", ("Tinh quặng kẽm 50% Zn",),
         lambda case: case.dimension == "percent" and _CONTENT.match(case.after), False),
    Rule("least-size-of-a-plant", ("Đối với các nhà máy có công suất tối thiểu là 20 tấn/năm",),
         lambda case: _LEAST_SIZE.search(case.near), False),
    Rule("effort", ("Với tinh thần nỗ lực gấp đôi",),
         lambda case: case.dimension == "times" and _EFFORT.search(case.near), False),
    Rule("targets-that-are-listed", ("Đề ra 12 chỉ tiêu kinh tế",),
         lambda case: case.quantity.unit.unit_id == "target" and not _is_kept(case), False),
    Rule("norm", ("Thuế suất thuế giá trị gia tăng là 10%",),
         lambda case: case.quantity.unit.evidence in ("plain", "rate") and _is_norm(case), False),
    Rule("unit-that-measures", ("Tỷ lệ che phủ rừng đạt 45%",),
         lambda case: case.quantity.unit.evidence in ("plain", "rate"), True),
    Rule("average", ("Bình quân 2 cán bộ/xã",), _is_average, True),
    Rule("part-of-a-whole", ("45/60 xã đạt chuẩn",),
         lambda case: case.quantity.denominator is not None and case.dimension == "count", True),
    Rule("count-of-a-share", ("Tỷ lệ xã đạt chuẩn đạt 50% (8 xã)",),
         lambda case: case.dimension == "count" and _is_of_share(case), True),
    Rule("unit-with-its-subject", ("Thu nhập gấp 1,5 lần năm 2020",),
         lambda case: case.quantity.unit.evidence == "subject" and _has_subject(case), True),
    Rule("unit-without-its-subject", ("đi 2 lần",),
         lambda case: case.quantity.unit.evidence == "subject", False),
    Rule("sum-of-money", ("Tổng kinh phí 25.000.000 đồng",),
         lambda case: (case.dimension == "money" and case.quantity.value >= 1_000_000
                       and not _is_norm(case)), True),
    Rule("small-money", ("Lệ phí 5.000 đồng",), lambda case: case.dimension == "money", False),
    Rule("a-count", ("có 5 xã",), always, None),
))

COUNTS: Rules[Counting, bool] = Rules("counts-things", _case_of, (
    Rule("so-many-at-each", ("bố trí 02 cán bộ tại mỗi xã",),
         lambda case: _AT_EACH.match(case.after), False),
    Rule("divisor", ("năng suất trên 1 ha đất",), lambda case: _is_divisor(case.quantity), False),
    Rule("so-many-each", ("mỗi huyện có ít nhất 2 xã",),
         lambda case: _EACH.search(case.before) or _EACH.search(case.near), False),
    Rule("beside-one-that-counts", ("có 42 xã vào năm 2025 và 9 xã vào năm 2030",),
         _is_beside_a_like_one, True),
    Rule("rise-or-fall", ("giảm 12 hộ nghèo",), lambda case: case.moves, True),
    Rule("ordered-and-reached", ("hoàn thành 12 xã", "task"),
         lambda case: case.ordered and case.quantity.value >= 10 and case.achieved, True),
    Rule("ordered-to-organise", ("tổ chức 60 hợp tác xã", "task"),
         lambda case: case.ordered and case.organises, False),
    Rule("ordered-in-passing", ("xây dựng 2 xã", "task"),
         lambda case: case.ordered and not case.says_much, False),
    Rule("ordered-and-bounded", ("có trên 60 xã", "task"),
         lambda case: case.ordered and _says_more_than_having(case), True),
    Rule("ordered-and-aimed-at", ("phấn đấu có 60 xã", "task"),
         lambda case: case.ordered and case.aims and not case.names, True),
    Rule("ordered-otherwise", ("rà soát 60 xã", "task"), lambda case: case.ordered, False),
    Rule("built-so-and-aimed-at", ("đường rộng tối thiểu 5 m", "objective"),
         lambda case: _is_built(case) and (case.aimed_at or case.strives), True),
    Rule("built-so", ("đường rộng tối thiểu 5 m",), _is_built, False),
    Rule("organised-in-passing", ("tổ chức cho 5 hộ",), _organises_in_passing, False),
    Rule("bounded", ("toàn tỉnh có trên 5 xã",), lambda case: case.telling_cues, True),
    Rule("part-of-a-name", ("đô thị loại 5 xã",), lambda case: case.names, False),
    Rule("told-of-how-things-stand", ("Hiện nay diện tích rừng 12 ha", "situation"),
         lambda case: case.reported and _is_reported(case), True),
    Rule("number-of", ("Số xã đạt chuẩn nông thôn mới: 6 xã",),
         lambda case: _NUMBER_OF.search(case.near), True),
    Rule("reach-an-objective", ("12 xã đạt 19 tiêu chí", "objective", False, 0),
         lambda case: case.aimed_at and not case.clause.strip(" -+") and case.outcome, True),
    Rule("large", ("toàn tỉnh 1.200 hộ",), lambda case: case.quantity.value >= 1000, True),
    Rule("goes-on-a-list", ("có trên 5 xã, 6 phường",), lambda case: case.listed, True),
    Rule("extent-after-its-name", ("Diện tích lúa hữu cơ 420 ha",), _extends, True),
    Rule("counted", ("thành lập 25 hợp tác xã",), _is_counted_here, True),
    Rule("to-be-set-up-by-a-year", ("Đến năm 2030, hình thành 2 hợp tác xã trồng sen", "objective"),
         lambda case: case.setting.role == "objective" and _SET_UP_BY.search(case.before), True),
    Rule("mentioned", ("do 5 xã",), always, False),
))
# fmt: on


def measures_something(case: Counting) -> bool:
    """Whether the number at hand is a target or a result.

    >>> measures_something(_case_of("Toàn tỉnh có 25 xã đạt chuẩn", "objective"))
    True
    >>> measures_something(_case_of("tổ chức 02 lớp tập huấn cho 2 xã", "task"))
    False
    """
    decided = MEASURES.decide(case)
    return COUNTS.decide(case) if decided is None else decided


def _is_of_share(case: Counting) -> bool:
    """`đạt 50% (8 xã)`: how many the share comes to."""
    before = case.previous
    if before is None or before.unit.dimension != "percent":
        return False
    gap = case.passage.text[before.end : case.quantity.lead]
    return gap == " (" and case.after.startswith((")", ",", ";"))


def _is_norm(case: Counting) -> bool:
    """Whether it is a rate of tax, a fine, a fee, a share in a company and the like: `thuế suất 10%`.

    >>> [_is_norm(_case_of(text)) for text in ("thuế suất 10%", "tỷ lệ hộ nghèo 10%", "phạt tiền 5 triệu đồng")]
    [True, False, True]
    """
    unit, near = case.quantity.unit, case.near
    if unit.unit_id in _SMALL_MONEY and clause_words("norm-of-money").search(near):
        return True
    if unit.dimension == "money" and _PER_HEAD.search(unit.unit_id):
        return not clause_words("yields").search(near)
    if unit.dimension not in ("percent", "money") or unit.unit_id.startswith("billion"):
        return False
    told = unit.dimension == "percent" and clause_words("norm-after", _RIGHT_AFTER).match(
        case.after
    )
    if not told and not clause_words("norm", _NORM_BEFORE).search(near):
        return False
    return not clause_words("no-norm").search(near[-90:])


def _is_in_subject(case: Counting) -> bool:
    """`Tỷ lệ số xã đạt dưới 10 tiêu chí còn 25%`: the number says of what the next one is."""
    if case.dimension != "count" and len(case.quantity.cues) > 1:
        return False
    return bool(_SUBJECT_OF.search(case.near) and _HAS_ANOTHER.match(case.after))


def _is_condition(case: Counting) -> bool:
    """`Trường hợp vắng mặt trên 20% số buổi thì …`, `xe trên 3,5 tấn không được …`: when a rule
    holds, not how much there is."""
    quantity = case.quantity
    if quantity.change != "level" or quantity.settled or cues_say(quantity.cues, "reaches"):
        return False
    return bool(
        _IN_CASE.search(case.near) or _DEFINES.search(case.near) or _RULES.match(case.after)
    )


def _has_subject(case: Counting) -> bool:
    """Whether a word that the unit needs stands before the number (`gấp`, `tuổi thọ`) or in the
    unit itself (`390.000 buồng lưu trú`)."""
    quantity, near = case.quantity, case.near
    words = f"{near} {case.passage.text[quantity.number : quantity.end]}".lower()
    if quantity.unit.unit_id.startswith(("times", "rank_step")):
        words = near.lower()[-30:]
    elif quantity.comparator != "=" and quantity.unit.unit_id == "year":
        words = near.lower()[-60:]
    return any(word.lower() in words for word in quantity.unit.subject)


def _is_reported(case: Counting) -> bool:
    """Whether a text that tells how things stand says that there are so many: `toàn tỉnh có 35 chợ`.

    >>> [_is_reported(_case_of(text)) for text in ("xây mới 35 chợ", "trong tổng số 35 chợ")]
    [True, False]
    """
    if _OF_ALL.search(case.before):
        return False
    if case.dimension in _EXTENTS or (case.after_a_count and _OPENS_CLAUSE.search(case.before)):
        return True
    if _VAGUE_HAVING.search(case.before):
        return case.quantity.value >= _MANY
    return clause_words("counting", _COUNTED).search(case.before) is not None


def _is_divisor(quantity: Quantity) -> bool:
    """`trên 01 ha đất`: what something else is measured by."""
    return quantity.value == 1 and cues_say(quantity.cues[:1], "divides")
