"""The words around a number that name it: those before it and those after its unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from khplans.extraction.indicators.quantity import Quantity
from khplans.extraction.indicators.times import Period
from khplans.knowledge.wording import Wording, clause_words

_LONGEST = 220
_LONG = 110
_START = attrgetter("start")
_GOAL = r"(?s:.*)(?<!\w)(?:WORDS)(?!\w)[ :]*<goal of>?(?!\w)"
_OPENERS = r"^(?:[\s,;:.\-–+•(“\"”)*…]|(?<!\w)(?:WORDS)(?!\w))+"
_CLOSERS = r"(?:[\s,;:\-–+(“\"”*]|(?<!\w)(?:WORDS)(?!\w))+"
_SO_FAR = r"(?:<so far> )?\d{1,2} tháng(?: đầu năm)?"
_GENERIC = rf"(?:WORDS)?|tỉnh \w+(?: \w+)*|{_SO_FAR}"
_HEAD = r"(?:WORDS)(?!\w)"
_HEAD_AFTER_COMMA = r", (?=(?:WORDS)(?!\w))"
_NEXT_HEAD = r"(?:,(?: mỗi [^,;]{1,30}?)?| với) (?:WORDS)(?!\w)[^,;]*$"
# `Việt Nam có quy mô kinh tế số`: the quantity after whose it is.
_HAS_QUANTITY = r"(?P<thing>[^,;:]{3,60}?) có (?P<what>(?:WORDS)(?!\w).*)"
_SIZED = Wording(
    r"(?!.*\bmỗi )(?P<thing>[^;]{8,}?)(?:,|,? với) (?P<size><size of a thing>)",
    "Xây dựng nhà máy, công suất",
)
# `Quán triệt nguyên tắc tập trung, giảm số lượng dự án`: what is changed, after what is said besides.
_CHANGED = r".*, (?P<told>(?:<still> )*<changed how> (?:dần )?(?:WORDS)(?!\w).*)"
_NOT_BASE = r" (?:WORDS)(?!\w)"
_BASE_END = r"(?:(?: và)?,? (?:(?:WORDS)(?!\w)|và (?=\d)|đạt (?=\d)|theo (?=Nghị|Quyết)|trong (?=\d)).*|,? và|,)$"
_SAID = r" (?:WORDS)(?!\w).*$"
_TIME_WORDS = Wording(r"(?:<before a time> )+", "tính đến hết ")
_STRUCTURE = Wording(r"\bcơ cấu\b", "cơ cấu")
# `QCVN 02: 2009/BYT` is one name.
_STANDARD = re.compile(r"\d{4}/")
_LASTING = Wording(r"^[\s,]*<lasting> \d+ (?!ngày)<calendar>\b", " trong 5 năm")
# `Nếu dịch được khống chế kịp thời, tăng trưởng ngành dịch vụ …`
_CONDITION = Wording(r"[\s,]*<condition>\b", "Nếu dịch được khống chế kịp thời")
COMPARES = Wording(r"so (?:với|sánh)\b", "so với")
"""Of a column: that it compares, and with what."""
# Where those come who were counted before: `62 lượt người đến trụ sở, giảm 40%`.
_WHERE_TO = Wording(r"(?:đến|tới) (?=[^\W\d_])", "đến trụ sở")
_MOVED_ALREADY = Wording(
    r"(?<=\w) (?:<by now> )+(?:tăng|giảm) so <compared to>[^,;]*,\s*$",
    "sản lượng đã tăng so với năm trước, ",
)
_COMPARED = Wording(r"^[\s,)]*so <compared to>[^,]*(?:,|$)", "so với năm trước,")
_AGAINST = Wording(
    r" so (?:với )?(?P<plan>(?:<plan>|KH)\b[^,;.()]{0,60}?)(?= và |[,;.()]|$)",
    " so với dự toán giao",
)
_WITHIN = Wording(r" <lasting> \d", " trong 5", exact=True)
_BASE = re.compile(r" (?P<base>[^;.()\n:]{3,190})")
# `2.045 xã (23%) được công nhận đạt chuẩn`: what is counted stands after its share.
_SHARE_ASIDE = Wording(
    r" \((?:(?:<rate>|<makes up>) )*\d[\d.,]* ?%\)", " (chiếm 23%) được công nhận", exact=True
)
_FURTHERED = Wording(
    r"\b<furthers> (?P<what>[^,;]+?),? với (?:mục|chỉ) tiêu\b", "Thúc đẩy tăng trưởng với mục tiêu"
)
_NEXT_NUMBER = re.compile(r"(?:[,;] [^,;\d]*)?\d.*$")
_NEXT_LEAD = re.compile(r",(?: [^\s,;]+){1,4} $")


def lead_of(text: str, start: int, quantity: Quantity, periods: Sequence[Period], base: str) -> str:
    """The words before the number that may name it, without times and links.

    `start` is the end of the number before, or the start of the sentence. Where nothing but
    `phấn đấu đạt tỷ lệ` stands before it and no `base` after, the words before that name it.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> texts = "phấn đấu tỷ lệ hộ nghèo đạt 5%", "giảm từ 7% xuống 5%", "rừng phấn đấu đạt tỷ lệ 5%"
    >>> found = [find_quantities(text)[0] for text in texts]
    >>> [lead_of(text, 0, one, [], "") for text, one in zip(texts, found)], lead_of(texts[2], 0, found[2], [], "số xã")
    (['Tỷ lệ hộ nghèo', '', 'Rừng'], '')
    """
    asks_back = not base and any(cue.endswith("lệ") for cue in quantity.cues)
    lead = _last_statement(_out_of_bracket(text[start : quantity.lead]))
    lead = _MOVED_ALREADY.sub("", _COMPARED.sub("", lead))
    lead = _without_times(lead, quantity.lead - len(lead), periods)
    lead = _without_condition(_LASTING.sub("", lead))
    lead = tidy(_quantity_first(_shortened(_trim(_without_goal(_after_a_time(lead), asks_back)))))
    return "" if _WHERE_TO.match(lead) else lead


def _after_a_time(lead: str) -> str:
    """The words after a heading whose time stood in brackets, on the line of its first item.

    >>> _after_a_time("Các chỉ tiêu () Tốc độ tăng trưởng"), _after_a_time("Các chỉ tiêu ()")
    ('Tốc độ tăng trưởng', 'Các chỉ tiêu ()')
    """
    named = lead.rpartition("() ")[2]
    return named if has_quantity_head(named) else lead


def _quantity_first(lead: str) -> str:
    """The words with the quantity before whose it is, and without what is said before a change.

    >>> texts = "Việt Nam có tỷ lệ che phủ rừng", "Toàn tỉnh có tỷ lệ hộ nghèo", "Vịt đẻ có năng suất"
    >>> [_quantity_first(text) for text in texts]
    ['tỷ lệ che phủ rừng của Việt Nam', 'tỷ lệ hộ nghèo', 'năng suất của vịt đẻ']
    >>> _quantity_first("Giữ kỷ cương, giảm tỷ lệ nợ")
    'giảm tỷ lệ nợ'
    """
    if has_quantity_head(lead):
        return lead
    if told := clause_words("quantity", _CHANGED).fullmatch(lead):
        return told["told"]
    owns = clause_words("quantity", _HAS_QUANTITY).fullmatch(lead)
    if owns and not has_quantity(owns["thing"]):
        thing = _within(owns["thing"].strip())
        return owns["what"] if is_generic(thing) else f"{owns['what']} của {thing}"
    return lead


def size_first(lead: str) -> str:
    """The words with a size at their end before the thing that has it.

    >>> size_first("Xây dựng nhà máy bia, công suất"), size_first("Tỷ lệ hộ nghèo")
    ('Công suất xây dựng nhà máy bia', 'Tỷ lệ hộ nghèo')
    """
    sized = _SIZED.fullmatch(lead)
    if sized and not has_quantity(sized["thing"]):
        return f"{capital(sized['size'])} {_within(sized['thing'])}"
    return lead


def _within(thing: str) -> str:
    """A thing inside a name: without its capital, unless it has a proper name.

    >>> _within("Rừng trồng"), _within("Rừng Vạn Ninh")
    ('rừng trồng', 'Rừng Vạn Ninh')
    """
    return thing if thing.partition(" ")[2][:1].isupper() else small(thing)


def _out_of_bracket(lead: str) -> str:
    """The words inside a bracket that stands open, or those before it where a quantity is named there.

    >>> _out_of_bracket("Tỷ lệ hộ nghèo ("), _out_of_bracket("huyện miền núi (Khánh Vĩnh ")
    ('Tỷ lệ hộ nghèo ', 'Khánh Vĩnh ')
    """
    if lead.count("(") <= lead.count(")"):
        return lead
    outside, _, inside = lead.rpartition("(")
    return inside if inside.strip() or not has_quantity(outside) else outside


def _last_statement(lead: str) -> str:
    """The words after the last mark that parts statements; a list of shares keeps its head.

    >>> _last_statement("Dân số 1,2 triệu; tỷ lệ đô thị hóa")
    ' tỷ lệ đô thị hóa'
    >>> _last_statement("Cơ cấu kinh tế: công nghiệp")
    'Tỷ trọng công nghiệp'
    """
    for mark in (";", ": ", "), "):
        head, _, rest = lead.rpartition(mark)
        if mark == ": " and _STANDARD.match(rest):
            continue
        if mark == ": " and _STRUCTURE.search(_last_clause(head)) and not has_quantity_head(rest):
            rest = f"Tỷ trọng {small(rest.strip())}" if rest.strip() else rest
        lead = rest if mark != ": " or rest.strip() else lead
    return lead


def _last_clause(words: str) -> str:
    return words[max(map(words.rfind, ".;:")) + 1 :]


def _without_condition(lead: str) -> str:
    """The words from the quantity on, where a condition stands before it (`Nếu …, tăng trưởng …`).

    >>> _without_condition("Nếu dịch được khống chế, tăng trưởng ngành dịch vụ ")
    'tăng trưởng ngành dịch vụ '
    """
    told = clause_words("quantity", _HEAD_AFTER_COMMA).search(lead)
    return lead[told.end() :] if told and _CONDITION.match(lead) else lead


def _without_goal(lead: str, asks_back: bool) -> str:
    """The words after `phấn đấu đến …`, where they name anything.

    >>> _without_goal("Phấn đấu đến cuối năm tỷ lệ hộ nghèo ", False), _without_goal("Tỷ lệ hộ nghèo ", False)
    ('cuối năm tỷ lệ hộ nghèo', 'Tỷ lệ hộ nghèo ')
    >>> _without_goal("Tập trung thúc đẩy giải ngân vốn với mục tiêu đạt ", False)
    'giải ngân vốn'
    """
    preamble = clause_words("goal", _GOAL).match(lead)
    if preamble is None:
        return lead
    goal = _trim(lead[preamble.end() :])
    furthered = _FURTHERED.search(lead)
    if furthered and is_generic(goal):
        return furthered["what"]
    return lead if is_generic(goal) and (asks_back or _names_before(lead)) else goal


def _shortened(lead: str) -> str:
    """Long words from the first quantity on, else from the last comma.

    >>> long = "các sở phối hợp tổ chức thực hiện tốt " + "các chương trình, " * 5
    >>> [_shortened(words)[-30:] for words in (f"{long}tỷ lệ hộ nghèo, giảm", f"{long}hộ, xã")]
    ['tỷ lệ hộ nghèo', 'xã']
    >>> _shortened("các sở, tỷ lệ hộ nghèo")
    'các sở, tỷ lệ hộ nghèo'
    """
    if len(lead) <= _LONG or ", " not in lead or has_quantity_head(lead):
        return lead
    head = clause_words("quantity", _HEAD_AFTER_COMMA).search(lead)
    return _trim(lead[head.end() - 1 if head else lead.rindex(", ") :])


def _names_before(lead: str) -> bool:
    """`Thu nhập bình quân đầu người phấn đấu gấp`: the quantity stands before the goal.

    >>> _names_before("Thu nhập bình quân đầu người phấn đấu"), _names_before("Các xã phấn đấu")
    (True, False)
    """
    return has_quantity_head(without_opener(lead))


def without_opener(words: str) -> str:
    """The words without what a sentence says before it comes to its subject (`Theo báo cáo, `).

    >>> without_opener("Theo báo cáo, tỷ lệ hộ nghèo")
    'tỷ lệ hộ nghèo'
    """
    return clause_words("opener", _OPENERS).sub("", words)


def opens_bracket(text: str, quantity: Quantity) -> bool:
    """`2.045 xã (23%) đạt chuẩn`: the number stands alone in brackets after another.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> text = "2.045 xã (23%) đạt chuẩn"
    >>> [opens_bracket(text, one) for one in find_quantities(text)]
    [False, True]
    """
    return text.endswith("(", 0, quantity.lead) and text.startswith(")", quantity.end)


def _without_times(lead: str, offset: int, periods: Sequence[Period]) -> str:
    """The words without the times in them: of `đến năm 2025 tỷ lệ hộ nghèo` the last four.

    >>> lead = "đến năm 2025 tỷ lệ hộ nghèo "
    >>> spans = (4, 12), (40, 48), (4, 40)
    >>> [_without_times(lead, 0, [Period(i, j, "2025", True)]) for i, j in spans]
    [' tỷ lệ hộ nghèo ', 'đến năm 2025 tỷ lệ hộ nghèo ', 'đến năm 2025 tỷ lệ hộ nghèo ']
    """
    first = bisect_left(periods, offset, key=_START)
    last = bisect_left(periods, offset + len(lead), first, key=_START)
    kept, at = [], 0
    for period in periods[first:last]:
        i, j = period.start - offset, period.end - offset
        if at <= i and j <= len(lead):
            kept.append(_without_last(_TIME_WORDS.pattern, lead[at:i]))
            at = j
    return "".join([*kept, lead[at:]])


def _trim(lead: str) -> str:
    return _without_last(clause_words("closer", _CLOSERS), without_opener(lead))


def base_of(text: str, quantity: Quantity, right: int) -> str:
    """The noun after the unit: what the per cent is of, or what is counted.

    `right` is where the next number with its cues starts, or the sentence's end.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> texts = "Đạt 95% số hộ dùng nước sạch.", "Đạt 95% so với dự toán giao.", "Đạt 95% vào cuối năm."
    >>> [base_of(text, find_quantities(text)[0], len(text)) for text in texts]
    ['số hộ dùng nước sạch', 'dự toán giao', '']
    """
    aside = _SHARE_ASIDE.match(text, quantity.end)
    if aside and right < aside.end():
        end = text.find(".", aside.end())
        right = min(end if end >= 0 else len(text), aside.end() + 200)
        rest = _NEXT_NUMBER.sub("", text[aside.end() : right])
    else:
        rest = text[quantity.end : min(right, quantity.end + 260)]
    if right < len(text) and text[right - 1] == " " and ("," in rest or " với " in rest):
        rest = clause_words("quantity", _NEXT_HEAD).sub("", _NEXT_LEAD.sub("", rest))
    against = _AGAINST.match(rest)
    if against:
        return tidied(against["plan"])
    if clause_words("no-base", _NOT_BASE).match(rest) or _WITHIN.match(rest):
        return ""
    match = _BASE.match(rest)
    return tidied(clause_words("base-end", _BASE_END).sub("", match["base"])) if match else ""


def predicate_of(base: str) -> str:
    """What is said of the noun: ` được sử dụng nước sạch`.

    >>> predicate_of("số hộ được dùng nước sạch"), predicate_of("số hộ nghèo")
    (' được dùng nước sạch', '')
    """
    match = clause_words("predicate", _SAID).search(base)
    return match[0] if match else ""


def is_generic(lead: str) -> bool:
    """Whether the words before a number name no quantity of their own.

    >>> is_generic("toàn tỉnh"), is_generic("Lũy kế 2 tháng"), is_generic("tỷ lệ hộ nghèo")
    (True, True, False)
    """
    return bool(clause_words("generic", _GENERIC).fullmatch(lead))


def has_quantity_head(lead: str) -> bool:
    """Whether the words begin with a quantity (`Tỷ lệ …`, `Thu …`), not with a thing.

    >>> has_quantity_head("tỷ lệ hộ nghèo"), has_quantity_head("toàn tỉnh")
    (True, False)
    """
    return bool(clause_words("quantity", _HEAD).match(lead))


def has_quantity(lead: str) -> bool:
    """Whether a quantity is named anywhere in the words.

    >>> has_quantity("tăng tỷ lệ hộ nghèo"), has_quantity("các xã")
    (True, False)
    """
    return bool(clause_words("quantity").search(lead))


def tidy(words: str) -> str:
    """The words as a name: plain, with a capital."""
    return capital(tidied(words))


def tidied(words: str) -> str:
    """The words without punctuation at their ends or half a pair of brackets, not too long.

    >>> tidied(" tỷ lệ hộ nghèo (theo chuẩn mới, "), tidied("Sản lượng (cả tôm),")
    ('tỷ lệ hộ nghèo', 'Sản lượng (cả tôm)')
    """
    words = " ".join(words.split()).replace(" ,", ",").strip(' ,;:.-–+"“”*')
    if words.count("(") != words.count(")"):
        words = words.partition("(")[0] if "(" in words else words.rpartition(")")[2]
    words = words.strip(' ,;:.-–+"“”*' if words.endswith(")") else ' ,;:.-–+"“”*()')
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]


def small(words: str) -> str:
    """The words without a capital, but for abbreviations.

    >>> small("Rừng trồng"), small("GRDP")
    ('rừng trồng', 'GRDP')
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]


def _without_last(run: re.Pattern[str], text: str) -> str:
    """The text without the run that it ends with.

    A pattern that ends in `$` instead would begin anew at each place of every run before.

    >>> _without_last(re.compile("[ ,-]+"), "Thu nội địa, trong đó - ")
    'Thu nội địa, trong đó'
    """
    last = None
    for match in run.finditer(text):
        last = match
    return text[: last.start()] if last and last.end() == len(text) else text
