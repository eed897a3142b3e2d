"""Which articles of a text of rules charge somebody; the others set what holds for all."""

from __future__ import annotations

from khplans.extraction.tasks.charges import read_charge
from khplans.extraction.tasks.task_outline import Outline
from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording, words_for

_GIVES = Wording(
    r"(?:^|[.;:,] |nhan dan(?: [\w-]+){0,4} |chinh phu )giao (?=\w)", "; giao sở y tế", folded=True
)
_NO_POWERS = r"(?!.*(?<!tham )quyen(?: han| va|,)).*(?<!\w)"
_RESPONSIBLE = Wording(
    rf"{_NO_POWERS}(?:trach nhiem|giai phap)(?!\w)",
    "thẩm quyền, trách nhiệm của các cơ quan",
    folded=True,
)
"""The heading of an article on who has to do what, or on measures; not one on functions and powers."""
_TASKS = Wording(rf"{_NO_POWERS}(?:nhiem vu|giai phap)(?!\w)", "nhiệm vụ và giải pháp", folded=True)
"""The heading outside of all articles below which tasks stand: `II. NHIỆM VỤ VÀ GIẢI PHÁP`."""


_POWER = Wording(r"(?:ve )?tham quyen [^:;.]{2,80}:", "thẩm quyền phê duyệt:", folded=True)
_RIGHT = Wording(r"[^.;:,]{0,90}(?<!\w)<has the right>(?!\w)", "sở y tế có quyền", folded=True)
_OF_A_THING = Wording(
    r"<piece of work> [^.;:]{2,220}(?<!\w)(?:phai|duoc thuc hien)(?!\w)",
    "việc lập kế hoạch phải đúng hạn",
    folded=True,
)
_PUNISHED = Wording(
    r"[^.;:]{0,200}(?<!\w)<meets its punishment>(?!\w)", "người vi phạm bị xử lý", folded=True
)


def is_standing_rule(outline: Outline, i: int) -> bool:
    """Whether a block is a rule that holds for all: a price, a procedure, a power, a principle.

    In a document that sets rules the articles on responsibility and carrying out charge somebody
    (`Trách nhiệm của …`, `Tổ chức thực hiện`), those about one body by its name (`Điều 7. Sở Y tế`),
    and what a sentence gives to somebody (`Giao Sở Tài chính …`).
    """
    if not outline.sets_rules or not _in_article(outline, i):
        return False
    if _charges(outline, i):
        return _binds_anybody(outline, i) or _says_how_it_is_to_be(outline, i)
    if any(cell.role in ("lead", "coordinate") for cell in outline.document.blocks[i].cells):
        return False
    shade = outline.shades[i]
    given = (
        _GIVES.search(shade) and read_charge(outline.document.blocks[i].text.text, shade).charged
    )
    return not given


def _says_how_it_is_to_be(outline: Outline, i: int) -> bool:
    """Whether it says how something has to be done or may be, and who has the power, and asks it of nobody.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> texts = "Việc lập kế hoạch phải phù hợp với quy hoạch.", "Sở Y tế có quyền yêu cầu báo cáo.", "Lập kế hoạch năm."
    >>> [_says_how_it_is_to_be(outline_of(f"I. NHIỆM VỤ\\n1. {text}"), 1) for text in texts]
    [True, True, False]
    """
    shade = outline.shades[i]
    if _POWER.match(shade) or _RIGHT.match(shade):
        return True
    names = read_charge(outline.document.blocks[i].text.text, shade).names
    return not names and any(how.match(shade) for how in (_OF_A_THING, _PUNISHED))


def _binds_anybody(outline: Outline, i: int) -> bool:
    """Whether it is a law's duty of whoever does something (`Nhà cung cấp bảo đảm …`): no body is named for it.

    Articles on one body (`Trách nhiệm của Bộ Y tế`) and on who carries the law out name theirs in the heading.
    """
    if outline.document.document_type not in types_with("law"):
        return False
    headings = [outline.headings[k] for k in outline.chain(outline.document.blocks[i].section)]
    if any(heading.names and not heading.names[0].name.startswith("Quỹ ") for heading in headings):
        return False
    return not read_charge(outline.document.blocks[i].text.text, outline.shades[i]).names


def _in_article(outline: Outline, i: int) -> bool:
    """Whether a block stands in an article (`Điều 5`) or in what is annexed, and is no article of its own."""
    document = outline.document
    if (document.blocks[i].label or "").startswith("Điều"):
        return False
    sections = [document.sections[k] for k in outline.chain(document.blocks[i].section)]
    return any(one.annex or one.marker.startswith("Điều") for one in sections)


def _charges(outline: Outline, i: int) -> bool:
    """Whether one of the headings above says who has to carry the document out, or what is to be done."""
    chain = list(outline.chain(outline.document.blocks[i].section))
    if any(outline.role(k) == "organisation" or _names_charged(outline, k) for k in chain):
        return True
    in_article = any(outline.document.sections[k].marker.startswith("Điều") for k in chain)
    return not in_article and any(_TASKS.match(outline.headings[k].shade) for k in chain)


def _names_charged(outline: Outline, section: int) -> bool:
    """Whether an article's heading is about a body, or about responsibility: `Điều 7. Sở Y tế`."""
    if not outline.document.sections[section].marker.startswith(words_for("division of a law")):
        return False
    heading = outline.headings[section]
    return bool(heading.names or _RESPONSIBLE.match(heading.shade))
