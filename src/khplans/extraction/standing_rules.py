"""Whether a document sets standing rules: prices, procedures, powers, that bind until they are changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording, any_of
from khplans.model import Document
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Span

_YEAR_IN_NUMBER = re.compile(r"\d[\d.]*[a-z]?/(?:19|20)\d\d/", re.IGNORECASE)
_REGULATION = Wording(
    r"(?:về ?)?(?:việc )?(?:(?:<decides>|<changed>),? )*(?:<part of a regulation> )*[“\"]?<set by a regulation>(?!\w)",
    "về việc ban hành quy chế phối hợp",
)
"""How a title opens that issues, changes or publishes a regulation."""
_LAW = Wording(
    r"(?<!\w)(?<!đánh )(?:<set by a regulation>|<set by law>)(?!\w)", "quy định mức thu phí"
)
_PLAN = Wording(r"(?<!\w)<planned>(?!\w)", "phê duyệt kế hoạch")
_PERIOD = Wording(r"(?<!\w)(?:<span>|đến năm) (?:19|20)\d\d", "giai đoạn 2021")
_YEAR = Wording(r"(?<!\w)năm (?:19|20)\d\d", "năm 2024")


@dataclass(frozen=True, slots=True)
class Issued:
    """What a document's letterhead and title tell: its kind, its number, its title;
    and the kinds of what is annexed to it."""

    kind: str | None
    number: str | None
    title: str
    annexed: frozenset[str] = frozenset()
    span: Span | None = None

    @property
    def plan_first(self) -> bool:
        """Whether the title is about a plan, not about rules for one: `Kế hoạch thực hiện Quy chế …`."""
        plan, law = _PLAN.search(self.title), _LAW.search(self.title)
        return plan is not None and (law is None or plan.start() < law.start())

    @property
    def for_a_period(self) -> bool:
        """Whether the title names a period, or a year for which no price or benefit is set."""
        year = _YEAR.search(self.title) and not _LAW.search(self.title)
        return bool(year or _PERIOD.search(self.title))

    @property
    def plan_annexed(self) -> bool:
        """Whether plans are annexed, and no regulation, to what sets no price or benefit."""
        regulations = self.annexed & types_with("regulation")
        return bool(self.annexed) and not (regulations or _LAW.search(self.title))


def _case_of(kind: str, number: str, title: str, *annexed: str) -> Issued:
    return Issued(kind, number, title, frozenset(annexed))


# fmt: off
SETS_RULES: Rules[Issued, bool] = Rules("sets-standing-rules", _case_of, (
    Rule("kind-of-norms", ("Thông tư", "12/2021/TT-BYT", "Quy định về kê đơn thuốc"),
         lambda case: case.kind in types_with("norms") | types_with("regulation"), True),
    Rule("no-decision", ("Kế hoạch", "35/KH-UBND", "Rà soát thủ tục hành chính năm 2024"),
         lambda case: case.kind not in types_with("decision"), False),
    Rule("about-a-plan", ("Nghị quyết", "21/2011/NQ-HĐND", "Về nhiệm vụ phát triển kinh tế - xã hội năm 2012"),
         lambda case: case.plan_first, False),
    Rule("about-a-regulation", ("Quyết định", "315/QĐ-UBND", "Ban hành Quy chế làm việc của Hội đồng thi đua"),
         lambda case: _REGULATION.match(case.title), True),
    Rule("untitled", ("Quyết định", "7/2020/QĐ-UBND", ""),
         lambda case: not case.title, False),
    Rule("plan-annexed", ("Quyết định", "14/2023/QĐ-UBND", "Về phòng, chống hạn hán", "Kế hoạch"),
         lambda case: case.plan_annexed, False),
    Rule("for-a-period", ("Quyết định", "9/2021/QĐ-UBND", "Ban hành Bộ tiêu chí xã nông thôn mới giai đoạn 2021 - 2025"),
         lambda case: case.for_a_period, False),
    Rule("year-in-number", ("Quyết định", "18/2022/QĐ-UBND", "Về giá dịch vụ trông giữ xe"),
         lambda case: _YEAR_IN_NUMBER.match(case.number or ""), True),
    Rule("none", ("Quyết định", "402/QĐ-UBND", "Thành lập Hội đồng thi đua"), always, False),
))
# fmt: on


def sets_rules(document: Document) -> bool:
    """Whether a document sets standing rules: its articles ask only where they charge a body with the rest.

    The number of a legal document has its year (Luật Ban hành văn bản quy phạm pháp luật); a
    regulation is issued with a decision that says so in its title.

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("Điều 1. Giá nước")
    >>> kinds = ("Luật", None), ("Quyết định", "5/2024/QĐ-UBND"), ("Quyết định", "5/QĐ-UBND")
    >>> [sets_rules(replace(document, document_type=kind, number=number)) for kind, number in kinds]
    [True, False, False]
    """
    issued = Issued(
        document.document_type,
        document.number,
        document.title or "",
        _annexed(document),
    )
    return SETS_RULES.decide(issued)


def _annexed(document: Document) -> frozenset[str]:
    """The kinds that the titles of what is annexed open with: `KẾ HOẠCH`, `QUY CHẾ PHỐI HỢP`.

    >>> from khplans.reading.documents import document_of
    >>> texts = "I. MỤC TIÊU\\nPHỤ LỤC\\nKẾ HOẠCH TRỒNG RỪNG\\n1. Trồng rừng.", "KẾ HOẠCH\\nI. MỤC TIÊU", "I. KẾ HOẠCH TRỒNG RỪNG"
    >>> [sorted(_annexed(document_of(text))) for text in texts]
    [['Kế hoạch'], ['Kế hoạch'], []]
    """
    titles = [block.text.text for block in document.blocks if block.kind == "title"]
    titles += [
        section.heading.text
        for section in document.sections
        if section.annex and section.parent is None
    ]
    found = filter(None, map(_annexed_kinds().match, titles))
    return frozenset(match[0].capitalize() for match in found)


@cache
def _annexed_kinds() -> re.Pattern[str]:
    kinds = types_with("issued") | types_with("regulation")
    return re.compile(rf"{any_of(kind.upper() for kind in kinds)}(?!\w)")
