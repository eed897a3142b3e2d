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

    >>> from dataclasses import replace
    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> articles = "Điều 1. Giá nước\\n1. Giá 5.000 đồng.\\n2. Giao Sở Y tế báo cáo.\\nĐiều 2. Sở Y tế\\n1. Rà soát.\\n2. Có quyền hỏi."
    >>> outline = replace(outline_of(f"Chương I\\nQUY ĐỊNH\\n{articles}"), sets_rules=True)
    >>> [(outline.document.blocks[i].text.text, is_standing_rule(outline, i)) for i in (2, 3, 5, 6)]
    [('Giá 5.000 đồng.', True), ('Giao Sở Y tế báo cáo.', False), ('Rà soát.', False), ('Có quyền hỏi.', True)]
    >>> is_standing_rule(outline, 0), is_standing_rule(replace(outline, sets_rules=False), 2)
    (False, False)
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

    >>> from dataclasses import replace
    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "Chương I\\nQUY ĐỊNH\\nĐiều 1. Quỹ Giá\\n1. Bảo đảm giá.\\n2. Sở Y tế bảo đảm giá.\\nĐiều 2. Sở Y tế\\n1. Bảo đảm giá."
    >>> outline = outline_of(text)
    >>> law, plan = (replace(outline, document=replace(outline.document, document_type=kind)) for kind in ("Luật", "Kế hoạch"))
    >>> [_binds_anybody(law, i) for i in (2, 3, 5)], _binds_anybody(plan, 2)
    ([True, False, False], False)
    """
    if outline.document.document_type not in types_with("law"):
        return False
    headings = [outline.headings[k] for k in outline.chain(outline.document.blocks[i].section)]
    if any(heading.names and not heading.names[0].name.startswith("Quỹ ") for heading in headings):
        return False
    return not read_charge(outline.document.blocks[i].text.text, outline.shades[i]).names


def _in_article(outline: Outline, i: int) -> bool:
    """Whether a block stands in an article (`Điều 5`) or in what is annexed, and is no article of its own.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. QUY ĐỊNH\\n1. Giá.\\nĐiều 1. Giá nước\\n1. Giá 5.000 đồng.\\nĐiều 2. Giá điện.\\nPHỤ LỤC\\nDANH MỤC\\n1. Rừng."
    >>> outline = outline_of(text)
    >>> [(block.text.text, _in_article(outline, i)) for i, block in enumerate(outline.document.blocks) if block.label]
    [('QUY ĐỊNH', False), ('Giá.', False), ('Giá nước', False), ('Giá 5.000 đồng.', True), ('Giá điện.', False), ('Rừng.', True)]
    """
    document = outline.document
    if (document.blocks[i].label or "").startswith("Điều"):
        return False
    sections = [document.sections[k] for k in outline.chain(document.blocks[i].section)]
    return any(one.annex or one.marker.startswith("Điều") for one in sections)


def _charges(outline: Outline, i: int) -> bool:
    """Whether one of the headings above says who has to carry the document out, or what is to be done.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> def charges(above): return _charges(outline_of(f"I. QUY ĐỊNH\\n{above}\\n1. Rà soát giá."), 2)
    >>> charges("Điều 1. Giá nước"), charges("Điều 2. Sở Y tế"), charges("Điều 3. Tổ chức thực hiện"), charges("Điều 4. Nhiệm vụ")
    (False, True, True, False)
    >>> _charges(outline_of("I. NHIỆM VỤ\\n1. Rà soát giá."), 1)
    True
    """
    chain = list(outline.chain(outline.document.blocks[i].section))
    if any(outline.role(k) == "organisation" or _names_charged(outline, k) for k in chain):
        return True
    in_article = any(outline.document.sections[k].marker.startswith("Điều") for k in chain)
    return not in_article and any(_TASKS.match(outline.headings[k].shade) for k in chain)


def _names_charged(outline: Outline, section: int) -> bool:
    """Whether an article's heading is about a body, or about responsibility: `Điều 7. Sở Y tế`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> headings = "Điều 7. Sở Y tế", "Điều 8. Trách nhiệm chung", "Điều 9. Giá nước", "1. Sở Y tế"
    >>> [_names_charged(outline_of(f"I. QUY ĐỊNH\\n{heading}\\na) Rà soát."), 1) for heading in headings]
    [True, True, False, False]
    """
    if not outline.document.sections[section].marker.startswith(words_for("division of a law")):
        return False
    heading = outline.headings[section]
    return bool(heading.names or _RESPONSIBLE.match(heading.shade))
