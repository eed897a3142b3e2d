"""Whether a document sets standing rules: prices, procedures, powers, that bind until they are changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording
from khplans.model import Document
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_YEAR_IN_NUMBER = re.compile(r"\d[\d.]*[a-z]?/(?:19|20)\d\d/", re.IGNORECASE)
_REGULATION = Wording(
    r"(?<!\w)(?<!theo )<set by a regulation>(?!\w)(?! (?:tai|cua|chi tiet)(?!\w))",
    "ban hành quy chế phối hợp",
    folded=True,
)
_LAW = Wording(
    r"(?<!\w)(?:<set by a regulation>|<set by law>)(?!\w)", "quy định mức thu phí", folded=True
)
_PLAN = Wording(r"(?<!\w)<planned>(?!\w)", "phê duyệt kế hoạch", folded=True)
_PERIOD = re.compile(r"(?<!\w)(?:giai doan|den nam|thoi ky) (?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Issued:
    """What a document's letterhead and title tell: its kind, its number, its title as a shadow."""

    kind: str | None
    number: str | None
    title: str
    span: Span | None = None

    @property
    def plan_first(self) -> bool:
        """Whether the title is about a plan, not about rules for one: `Kế hoạch thực hiện Quy chế …`."""
        plan, law = _PLAN.search(self.title), _LAW.search(self.title)
        return plan is not None and (law is None or plan.start() < law.start())


def _case_of(kind: str, number: str, title: str) -> Issued:
    return Issued(kind, number, shadow(title))


# fmt: off
SETS_RULES: Rules[Issued, bool] = Rules("sets-standing-rules", _case_of, (
    Rule("kind-of-norms", ("Thông tư", "12/2021/TT-BYT", "Quy định về kê đơn thuốc"),
         lambda case: case.kind in types_with("norms") | types_with("regulation"), True),
    Rule("no-decision", ("Kế hoạch", "35/KH-UBND", "Rà soát thủ tục hành chính năm 2024"),
         lambda case: case.kind not in types_with("decision"), False),
    Rule("about-a-plan", ("Nghị quyết", "21/2011/NQ-HĐND", "Về nhiệm vụ phát triển kinh tế - xã hội năm 2012"),
         lambda case: case.plan_first, False),
    Rule("about-a-regulation", ("Quyết định", "315/QĐ-UBND", "Ban hành Quy chế làm việc của Hội đồng thi đua"),
         lambda case: _REGULATION.search(case.title), True),
    Rule("for-a-period", ("Quyết định", "9/2021/QĐ-UBND", "Ban hành Bộ tiêu chí xã nông thôn mới giai đoạn 2021 - 2025"),
         lambda case: _PERIOD.search(case.title), False),
    Rule("year-in-number", ("Quyết định", "18/2022/QĐ-UBND", "Về giá dịch vụ trông giữ xe"),
         lambda case: _YEAR_IN_NUMBER.match(case.number or ""), True),
    Rule("none", ("Quyết định", "402/QĐ-UBND", "Giao biên chế năm 2024"), always, False),
))
# fmt: on


def sets_rules(document: Document) -> bool:
    """Whether a document sets standing rules: its articles ask only where they charge a body with the rest.

    The number of a legal document has its year (Luật Ban hành văn bản quy phạm pháp luật); a
    regulation is issued with a decision that says so in its title.
    """
    title = shadow(document.title or "")
    return SETS_RULES.decide(Issued(document.document_type, document.number, title))
