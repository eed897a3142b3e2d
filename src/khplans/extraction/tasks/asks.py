"""Which blocks tell someone to do something."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.extraction.tasks.charges import Charge, read_charge
from khplans.extraction.tasks.charging_articles import is_standing_rule
from khplans.extraction.tasks.deadlines import read_due
from khplans.extraction.tasks.task_outline import Introduction, Outline, either
from khplans.extraction.tasks.telling import TELLS, TOPIC, BlockWords
from khplans.knowledge.wording import Wording
from khplans.model import Block
from khplans.text.shadow import shadow

_ABOUT = Wording(
    r"<about what> [^:.]{2,120}: ?(?=\S)", "về công tác tổ chức: ban hành", folded=True
)
_FIGURE = Wording(r"(?:<bound>|khoang|dat)? ?\d[\d.,]* ?%", "trên 95%", folded=True)
_ADVERB = Wording("<how soon> ", "cơ bản hoàn thành", folded=True)
_PROCEDURE = Wording(r"(?:ten )?(?:cac )?<procedure>(?!\w)", "tên thủ tục hành chính", folded=True)
_DONE_TO_A_PROCEDURE = Wording(
    r"(?<!\w)<done to a procedure>(?!\w)", "thời gian rà soát", folded=True
)
_SHORTEST = 12
_BULLETS = "-+•*"
_DUTY = Wording(r"<duty>(?!\w)", "chịu trách nhiệm", folded=True)
_ORDERS = Wording("<heading of tasks>", "nhiệm vụ và giải pháp", folded=True)
# What opens a list of things to do where a review ends: `cần tập trung thực hiện các nhiệm vụ sau đây:`.
_TO_BE_DONE = Wording(
    r"(?<!\w)<to be done>(?!\w)[^.]*<what is done>[^.]*:$",
    "cần tập trung thực hiện các nhiệm vụ sau đây:",
    folded=True,
)
# With what zeal a body is to act: `Sở Y tế khẩn trương rà soát …`.
_ZEAL = Wording(r" ?<zealously>(?!\w)", " khẩn trương", folded=True)
_EXCERPT = 12
"""How many blocks a text may have that is taken for an excerpt of orders."""
_SENTENCE_LENGTH = 40
_NOT_ASSIGNED = ("objective", "situation", "basis")
"""The roles of parts that assign no work."""
_CLOSING = 300
"""Characters at the end of an introduction that tell what it introduces."""


def asks(outline: Outline, i: int) -> bool:
    """Whether block i is a task (`1. Sở Y tế rà soát …`); see tests/gold/README.md for what counts.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. MỤC TIÊU\\n1. Đón 5.000 lượt khách.\\nII. NHIỆM VỤ\\n1. Sở Y tế rà soát các cơ sở.")
    >>> [asks(outline, i) for i in range(4)]
    [False, False, False, True]
    """
    block, shade = outline.document.blocks[i], outline.shades[i]
    if not shade.strip() or is_standing_rule(outline, i):
        return False
    if block.kind == "heading":
        return not outline.is_line(i) and _heading_asks(outline, i)
    if block.kind not in ("paragraph", "item", "row"):
        return False
    role = outline.role(block.section)
    if block.kind == "row":
        return _row_asks(outline, block, role)
    return _words_ask(outline, i, role)


def _words_ask(outline: Outline, i: int, role: str) -> bool:
    """Whether a paragraph or item asks, by its words and where it stands: `- Rà soát …` under `Nhiệm vụ`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n- Rà soát các cơ sở lưu trú.\\n- Tỷ lệ hộ nghèo dưới 5%.")
    >>> [_words_ask(outline, i, "task") for i in (1, 2)]
    [True, False]
    """
    block, shade = outline.document.blocks[i], outline.shades[i]
    if len(shade) < _SHORTEST or outline.is_line(i):
        return False
    if role in ("objective", "basis") or _states(outline, i):
        return False
    if _ground(outline, i) or (block.section is None and _preamble(outline, i)):
        return False
    if shade.rstrip().endswith(":"):
        return block.section is not None and _introduces_and_asks(outline, i)
    if role in ("task", "organisation") and not _about_money(outline, block):
        return _asks_in_assignment(outline, i)
    return _asks_elsewhere(outline, i, role)


def _row_asks(outline: Outline, block: Block, role: str) -> bool:
    """Whether a row is a task: it says what (`Trồng rừng`) and who, or in a part that assigns by when.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. NHIỆM VỤ\\nTT\\tNhiệm vụ\\t{}\\n1\\tTrồng rừng\\tSở Y tế\\n2\\tNuôi tôm\\tSở Nội vụ"
    >>> outlines = [outline_of(text.format(name)) for name in ("Cơ quan chủ trì", "Thời gian")]
    >>> [[_row_asks(one, one.document.blocks[2], role) for role in ("other", "task")] for one in outlines]
    [[True, True], [False, True]]
    """
    roles = {cell.role for cell in block.cells}
    if not any(cell.role == "task" and cell.own for cell in block.cells):
        return False
    if block.reason == "listed" or roles & {"unit", "value"} or _lists_procedures(block):
        return False
    if roles & {"lead", "coordinate"}:
        return True
    return role in ("task", "organisation") and bool({"deadline", "output", "label"} & roles)


def _lists_procedures(block: Block) -> bool:
    """Whether a row is of a list of administrative procedures and of who deals with each, which asks
    nothing; a plan that reviews them says with whom, or by when that is done.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> heads = "Đơn vị giải quyết", "Đơn vị rà soát"
    >>> tables = [f"I. NHIỆM VỤ\\nTT\\tTên thủ tục\\t{head}\\n1\\tCấp phép\\tSở Y tế\\n2\\tGia hạn\\tSở Y tế" for head in heads]
    >>> [_lists_procedures(outline_of(table).document.blocks[-1]) for table in tables]
    [True, False]
    """
    if not any(
        cell.role == "task" and _PROCEDURE.match(shadow(cell.header)) for cell in block.cells
    ):
        return False
    return not any(
        cell.role == "coordinate" or _DONE_TO_A_PROCEDURE.search(shadow(cell.header))
        for cell in block.cells
    )


def _heading_asks(outline: Outline, i: int) -> bool:
    """A heading asks where it is a whole sentence that charges somebody: `2. Sở Y tế chủ trì … theo quy định.`,
    or says what is to be done above lines that say by whom: `a) Nội dung: trồng rừng`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. NHIỆM VỤ\\n1. Trồng cây\\na) Nội dung: trồng cây\\nb) Chủ trì: Sở Y tế\\n2. Nuôi tôm\\nNuôi tôm."
    >>> [_heading_asks(outline_of(text), i) for i in (1, 2)]
    [False, True]
    """
    block, shade = outline.document.blocks[i], outline.shades[i]
    if i in outline.contents:
        return outline.role(block.section) not in _NOT_ASSIGNED
    if block.label and not block.cells and shade.endswith((".", ";")) and len(shade) > 60:
        role = outline.role(block.section)
        asked = role not in ("objective", "basis") and not _states(outline, i)
        if asked and read_charge(block.text.text, shade).names:
            return True
    return _heading_with_lines_only(outline, i)


def _heading_with_lines_only(outline: Outline, i: int) -> bool:
    """A short numbered line followed by nothing but `Cơ quan chủ trì: …` lines is the task.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Trồng rừng\\nĐơn vị chủ trì: Sở Y tế\\n2. Nuôi tôm\\nPhát triển nghề nuôi tôm.")
    >>> [_heading_with_lines_only(outline, i) for i in (1, 3)]
    [True, False]
    """
    section = outline.section_of_heading.get(i)
    if section is None or outline.document.blocks[i].cells:
        return False
    if outline.role(section) in _NOT_ASSIGNED:
        return False
    blocks = outline.document.blocks
    j = i + 1
    while j < len(blocks) and blocks[j].section == section:
        if not outline.is_line(j):
            return False
        j += 1
    return j > i + 1


def _states(outline: Outline, i: int) -> bool:
    """Whether the words tell or decide something instead of asking it.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Kế hoạch này có hiệu lực từ ngày ký.\\n2. Tỉnh đã trồng rừng xong.\\n3. Trồng rừng.")
    >>> [_states(outline, i) for i in (1, 2, 3)]
    [True, False, False]
    """
    block = outline.document.blocks[i]
    above = [outline.headings[level].shade for level in outline.chain(block.section)]
    words = BlockWords(
        block.text.text, outline.shades[i], _under_agency(outline, i), above, block.text.whole
    )
    return TELLS.decide(words)


def _preamble(outline: Outline, i: int) -> bool:
    """Whether a block without a marker stands above the first section.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("Các sở trồng rừng.\\nI. NHIỆM VỤ\\n1. Báo cáo.")
    >>> [_preamble(outline, i) for i in (0, 1, 2)], _preamble(outline_of("Các sở trồng rừng."), 0)
    ([True, False, False], False)
    """
    label = outline.document.blocks[i].label or ""
    return i < outline.first_section_block < len(outline.document.blocks) and not label


def _ground(outline: Outline, i: int) -> bool:
    """Whether a block stands before the words that decide (`QUYẾT ĐỊNH:`): it gives the grounds,
    be it as a bullet.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("QUYẾT ĐỊNH\\n\\nCăn cứ Luật Giá;\\n\\n- Xét đề nghị;\\n\\nQUYẾT ĐỊNH:\\n\\nĐiều 1. Giá nước.")
    >>> [(block.text.text, _ground(outline, i)) for i, block in enumerate(outline.document.blocks) if i]
    [('Căn cứ Luật Giá;', True), ('Xét đề nghị;', True), ('QUYẾT ĐỊNH:', False), ('Giá nước.', False)]
    """
    return i < outline.verdict and (outline.document.blocks[i].label or "-") in _BULLETS


def _introduces_and_asks(outline: Outline, i: int) -> bool:
    """Whether a block charges somebody before it introduces the items below it.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\nSở Y tế rà soát. Các nội dung sau:\\nRừng.\\nII. KHÁC\\nCác nội dung sau:\\nBáo cáo.")
    >>> [_introduces_and_asks(outline, i) for i in range(6)]
    [False, True, False, False, False, False]
    """
    intro = outline.introduction(i + 1, outline.document.blocks[i].section)
    return intro is not None and intro.block == i and bool(intro.earlier.names)


def _about_money(outline: Outline, block: Block) -> bool:
    """Whether a block stands below a heading about money: `Kinh phí thực hiện`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("Mở đầu.\\nI. KINH PHÍ\\n1. Ngân sách tỉnh.\\nII. NHIỆM VỤ\\n1. Trồng rừng.")
    >>> [_about_money(outline, block) for block in outline.document.blocks]
    [False, True, True, False, False]
    """
    return block.section is not None and outline.headings[block.section].money


def _asks_in_assignment(outline: Outline, i: int) -> bool:
    """In a part that assigns all items ask but measures (`Tỷ lệ …`); a paragraph has to say so: `Sở Y tế rà soát …`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Trồng rừng ven biển.\\n2. Tỷ lệ hộ nghèo dưới 5%.")
    >>> [_asks_in_assignment(outline, i) for i in (1, 2)]
    [True, False]
    """
    block, shade = outline.document.blocks[i], outline.shades[i]
    if block.kind == "item" or block.label:
        return not either("measure-opening").match(shade) and not _FIGURE.match(shade)
    if _imperative(shade) or _under_agency(outline, i):
        return True
    return bool(read_charge(block.text.text, shade).names)


def _imperative(shade: str) -> bool:
    """Whether a sentence opens with a verb of asking, after its topic or time too: `Trong năm 2025, triển khai …`.

    >>> from khplans.text.shadow import shadow
    >>> texts = "Rà soát các dự án", "Trong năm 2025, triển khai kế hoạch", "Kết quả đạt khá"
    >>> [_imperative(shadow(text)) for text in texts]
    [True, True, False]
    """
    asking = either("imperative")
    if asking.match(shade):
        return True
    topic = TOPIC.match(shade)
    if topic and asking.match(shade, topic.end()):
        return True
    if not either("opening").match(shade):
        return False
    comma = shade.find(", ", 0, 200)
    if comma <= 0:
        return False
    adverb = _ADVERB.match(shade, comma + 2)
    return bool(asking.match(shade, adverb.end() if adverb else comma + 2))


def _asks_elsewhere(outline: Outline, i: int, role: str) -> bool:
    """Whether a block outside of the parts that assign asks something: `Giao Sở Y tế …`, items below `yêu cầu:`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("1. Giao Sở Y tế rà soát các cơ sở.\\n2. Du lịch đã phát triển khá.")
    >>> [_asks_elsewhere(outline, i, "other") for i in (0, 1)]
    [True, False]
    """
    block = outline.document.blocks[i]
    charge = read_charge(block.text.text, outline.shades[i])
    if charge.charged:
        return True
    if role == "situation" and not _told_to_do(outline, i):
        return False
    intros = _introductions(outline, i)
    introduced = any(intro.assigns for intro in intros)
    if charge.subject and (introduced or _has_to_act(outline, i, charge)):
        return True
    if any(outline.attributes[i]) or _under_agency(outline, i):
        return True
    if _item_of_orders(block, intros) or (introduced and _opens_as_order(outline.shades[i])):
        return True
    return _imperative(outline.shades[i]) and (_ordered(outline, i) or _only_orders(outline))


def _introductions(outline: Outline, i: int) -> list[Introduction]:
    """The last introduction above a block in each section around it, in its part of the document.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\nCác nội dung sau:\\nTrồng rừng.\\nPHỤ LỤC\\nDANH MỤC\\nBáo cáo.")
    >>> [[intro.words for intro in _introductions(outline, i)] for i in range(len(outline.shades))]
    [[], [], ['cac noi dung sau:'], [], [], []]
    """
    levels = [*outline.chain(outline.document.blocks[i].section), None]
    found = (outline.introduction(i, level) for level in levels)
    return [intro for intro in found if intro and _same_part(outline, i, intro.block)]


def _has_to_act(outline: Outline, i: int, charge: Charge) -> bool:
    """Whether who is named as the subject of a sentence has to act: in an item, below an order, by its verb,
    or by a day that the sentence sets.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> texts = "Sở Y tế tổng hợp báo cáo; hoàn thành trước ngày 30/6/2025.", "Sở Y tế tổng hợp báo cáo."
    >>> [_has_to_act(outline_of(text), 0, Charge(end=7)) for text in texts]
    [True, False]
    """
    block, shade = outline.document.blocks[i], outline.shades[i]
    duty = _DUTY.search(shade, charge.end, charge.end + 60)
    if block.label or duty or _ordered(outline, i) or _only_orders(outline):
        return True
    return read_due(block.text.text, None).deadline is not None


def _item_of_orders(block: Block, intros: Sequence[Introduction]) -> bool:
    """Whether a block is an item below words that charge somebody (`Yêu cầu các sở:`), or that orders follow.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> intro = "Để bảo vệ rừng, UBND tỉnh yêu cầu các sở thực hiện các nội dung sau:"
    >>> told, listed = (outline_of(f"I. RỪNG\\n{words}\\n1. Trồng rừng.\\nBáo cáo.") for words in (intro, "Các nội dung sau:"))
    >>> [_item_of_orders(outline.document.blocks[i], _introductions(outline, i)) for outline in (told, listed) for i in (2, 3)]
    [True, False, False, False]
    """
    told = (intro.charge.names or _ORDERS.search(intro.closing) for intro in intros)
    return bool(block.label) and any(told)


def _opens_as_order(shade: str) -> bool:
    """Whether words open with a verb of asking, or with what they are about (`Về nông nghiệp: …`).

    >>> [_opens_as_order(shade) for shade in ("trong rung", "ve nong nghiep: trong rung", "tinh da trong rung")]
    [False, True, False]
    """
    return _imperative(shade) or _ABOUT.match(shade) is not None


def _told_to_do(outline: Outline, i: int) -> bool:
    """Whether a numbered item of a review stands below a sentence that says what is to be done: `cần thực hiện:`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> text = "I. KẾT QUẢ\\nTrong năm tới, các sở cần tập trung thực hiện các nhiệm vụ sau:\\nTrồng rừng.\\nII. KHÁC\\nGồm:\\nRừng."
    >>> [_told_to_do(outline_of(text), i) for i in range(6)]
    [False, False, True, False, False, False]
    """
    block = outline.document.blocks[i]
    levels = outline.chain(block.section)
    intros = (outline.introduction(i, level) for level in levels)
    nearest = next((intro for intro in intros if intro), None)
    return nearest is not None and bool(_TO_BE_DONE.search(nearest.words[-_CLOSING:]))


def _ordered(outline: Outline, i: int) -> bool:
    """Whether a text without sections told others before what to do: `UBND tỉnh yêu cầu …`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("Chủ tịch UBND tỉnh yêu cầu các sở báo cáo.\\nTrồng rừng.\\nI. KHÁC")
    >>> [_ordered(outline, i) for i in (0, 1, 2)], _ordered(outline_of("Các sở.\\nI. RỪNG"), 0)
    ([False, True, False], False)
    """
    block = outline.document.blocks[i]
    return block.section is None and outline.orders is not None and outline.orders < i


def _only_orders(outline: Outline) -> bool:
    """Whether a short text of no known kind, cut out of a longer one, only says what bodies are to do: each
    paragraph opens with who acts or with a verb of asking, and one tells with what zeal.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> texts = "Sở Y tế khẩn trương rà soát các cơ sở điều trị.", "Sở Y tế đã rà soát các cơ sở điều trị của tỉnh."
    >>> [_only_orders(outline_of(text)) for text in texts]
    [True, False]
    """
    document = outline.document
    if document.document_type or document.sections or len(document.blocks) > _EXCERPT:
        return False
    zealous = False
    for block, shade in zip(document.blocks, outline.shades, strict=True):
        if len(shade) < _SENTENCE_LENGTH:
            continue
        begin = read_charge(block.text.text, shade).end
        zeal = _ZEAL.match(shade, begin)
        zealous = zealous or bool(zeal and begin)
        if not (zeal or _imperative(shade[begin:].lstrip())):
            return False
    return zealous


def _under_agency(outline: Outline, i: int) -> bool:
    """Whether the heading above is about agencies: `2. Sở Y tế`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Sở Y tế\\n- Trồng rừng.\\n2. Dự án\\n- Báo cáo.")
    >>> [_under_agency(outline, i) for i in range(5)]
    [False, False, True, False, False]
    """
    sections = outline.document.sections
    return any(
        outline.headings[level].names and sections[level].heading_block != i
        for level in outline.chain(outline.document.blocks[i].section)
    )


def _same_part(outline: Outline, i: int, j: int) -> bool:
    """Whether both stand in the body, or in the same annex.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("Các sở.\\n\\nI. NHIỆM VỤ\\n\\n1. Rừng.\\n\\nPHỤ LỤC\\n\\nDANH MỤC\\n\\n1. Báo cáo.")
    >>> [_same_part(outline, 0, i) for i in range(len(outline.shades))]
    [True, True, True, True, False, False]
    """

    def annex(k: int) -> int:
        section = outline.document.blocks[k].section
        return outline.document.sections[section].annex if section is not None else 0

    return annex(i) == annex(j)
