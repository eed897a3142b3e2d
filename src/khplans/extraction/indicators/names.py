"""Names what a number measures, in the plan's words and complete enough to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.extraction.indicators.periods import Period
from khplans.extraction.indicators.quantities import Quantity

_LONGEST = 220
# What a sentence says before it comes to the quantity.
_PREAMBLE = re.compile(
    r".*\b(?:phấn đấu|mục tiêu|quyết tâm|nhằm|góp phần|duy trì|nâng(?! cao)|đưa|bảo đảm(?! tiêu)|đảm bảo(?! tiêu)|dự báo|"
    r"giữ vững|khống chế|trong đó|cụ thể|như|gồm|chỉ tiêu(?= ))\b[ :]*(?:đến|để|cho|rằng|là)?(?![\w])",
    re.IGNORECASE | re.DOTALL,
)
_LINK_BEFORE = re.compile(
    r"^(?:[\s,;:.\-–+•(“\"”)*…]|(?:trong đó|riêng|và|đồng thời|song|tuy nhiên|trong khi đó|ngoài ra|bên cạnh đó|"
    r"cụ thể|như|với|chỉ(?! số| tiêu)|có|thì|mà|để|nhằm|là|hiện|còn|tương ứng|tương đương|trở lên|nay|thông qua|phê duyệt|dự toán(?= thu| chi))\b)+",
    re.IGNORECASE,
)
_LINK_AFTER = re.compile(
    r"(?:[\s,;:\-–+(“\"”*]|\b(?:đạt|là|ước|ước đạt|còn|chiếm|có|phải|khoảng|được|đạt được|tăng|giảm|bằng|với|ở mức|"
    r"bình quân(?= ?$)|đạt tỷ lệ|chiếm tỷ lệ|chiếm tỷ trọng|tỷ trọng|dự kiến|dự báo|sẽ|đã|cũng|vẫn|tiếp tục|từ|đến|(?<!trở )lên|xuống|vào|trong|thực hiện|"
    r"phấn đấu|ổn định|tối thiểu|và|chỉ(?= có)|so với|do|của|cho|mỗi năm|hằng năm|hàng năm|liên tục))+$",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(
    r"(?:(?:tính|kể|vào|trong|đến|hết|cuối|từ|cả|ngày|của|tuần) )*$", re.IGNORECASE
)
_GENERIC = re.compile(
    r"(?:(?:toàn|cả) (?:tỉnh|thành phố|huyện|ngành|quốc|xã)|tỉnh|thành phố|tỉnh [A-ZĐ]\w+(?: [A-ZĐ]\w+)*|cả nước|tỷ lệ|tỉ lệ|số|mức|hiện nay|đến nay|"
    r"có|mật độ|thu hút|đón|được|đạt|hoàn thành|xây dựng|đầu tư|thành lập|hỗ trợ|chiếm|trong năm|hằng năm|hàng năm|mỗi năm|năm|bình quân|với|tỷ trọng|trong đó)?$",
    re.IGNORECASE,
)
_QUANTITY_HEAD = re.compile(
    r"(?:tỷ|tỉ) (?:lệ|trọng|suất|số)|tốc độ|mức|số|tổng|thu\b|chi\b|kim ngạch|giá trị|sản lượng|năng suất|diện tích|dân số|quy mô|"
    r"doanh thu|thu nhập|vốn|công suất|GRDP|GDP|chỉ số|lượng|độ che phủ|dư nợ|huy động|nguồn|kinh phí|tăng trưởng|tuổi thọ|"
    r"lạm phát|CPI|IIP|chiều cao|chiều dài|bội chi|đóng góp|lãi suất|tổng đàn|xuất khẩu|nhập khẩu|nợ|giải ngân|lượt|khách|năng lực|đàn|mật độ",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"^[\s,)]*so (?:với|sánh|cùng|năm)[^,]*(?:,|$)", re.IGNORECASE)
_HEAD_AFTER_COMMA = re.compile(rf", (?={_QUANTITY_HEAD.pattern})", re.IGNORECASE)
_AGAINST = re.compile(
    r" so (?:với )?(?P<plan>(?:nghị quyết|kế hoạch|dự toán|chỉ tiêu|KH)\b[^,;.()]{0,60}?)(?= và |[,;.()]|$)",
    re.IGNORECASE,
)
_NOT_BASE = re.compile(
    r" (?:so với|so |trở lên|trở xuống|vào|trong năm|năm|và |hoặc|đến|lên|xuống|mỗi|theo|cùng kỳ|của năm|tương|"
    r"trên địa bàn|đối với|ở mức|nhưng|để|do |thì|là |bằng |còn |với )",
    re.IGNORECASE,
)
_BASE = re.compile(r" (?P<base>[^;.()\n:]{3,190})")
_BASE_END = re.compile(
    r"(?:,? (?:vào|trong (?:năm|tháng|quý|giai|đó|thời|\d)|đến|trước|từ (?:năm|ngày|tháng)|theo(?= Nghị| Quyết)|so với|tính đến|giai đoạn|năm|tăng|giảm|góp phần|phấn đấu|lũy kế|luỹ kế|"
    r"đồng thời|nâng(?! cao)|đưa|chiếm|tỷ lệ|và (?=\d)|đạt(?= \d))\b.*|,? và|,)$",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_LEAD = re.compile(r",(?: [^\s,;]+){1,4} $")
_NEXT_HEAD = re.compile(rf", (?:{_QUANTITY_HEAD.pattern})[^,;]*$", re.IGNORECASE)
_PREDICATE = re.compile(
    r" (?:được|có|đạt|tham gia|sử dụng|hoàn thành|thực hiện|áp dụng)\b.*$", re.DOTALL
)
_ELLIPSIS = re.compile(r"\w+(?: [\w,]+){1,2}")
_PLAN = re.compile(
    r"(?:GRDP|GDP|kế hoạch|dự toán|nghị quyết|chỉ tiêu|so với|KH|vốn)\b", re.IGNORECASE
)


def lead_of(text: str, start: int, quantity: Quantity, periods: Sequence[Period], base: str) -> str:
    """The words before the number that may name it, without times and links.

    `start` is the end of the number before, or the start of the sentence. Where nothing but
    `phấn đấu đạt tỷ lệ` stands before it and no `base` behind, the words before that name it.
    """
    asks_back = not base and any(cue.endswith("lệ") for cue in quantity.cues)
    lead = text[start : quantity.lead]
    if lead.count("(") > lead.count(")"):
        lead = lead.rpartition("(")[2]
    for mark in (";", ": ", "), "):
        rest = lead.rpartition(mark)[2]
        lead = rest if mark != ": " or rest.strip() else lead
    lead = _COMPARED.sub("", lead)
    lead = _without_times(lead, quantity.lead - len(lead), periods)
    preamble = _PREAMBLE.match(lead)
    goal = _trim(lead[preamble.end() :]) if preamble else lead
    if preamble and not (is_generic(goal) and (asks_back or _names_before(lead))):
        lead = goal
    lead = _trim(lead)
    if len(lead) > 110 and ", " in lead and not _QUANTITY_HEAD.match(lead):
        heads = [m.end() - 1 for m in _HEAD_AFTER_COMMA.finditer(lead)]
        lead = _trim(lead[heads[0] if heads else lead.rindex(", ") :])
    return _tidy(lead)


def _names_before(lead: str) -> bool:
    """`Thu nhập bình quân đầu người phấn đấu gấp`: the quantity stands before the goal."""
    return bool(_QUANTITY_HEAD.match(_LINK_BEFORE.sub("", lead)))


def _without_times(lead: str, offset: int, periods: Sequence[Period]) -> str:
    for period in reversed(periods):
        i, j = period.start - offset, period.end - offset
        if 0 <= i and j <= len(lead):
            lead = _TIME_WORDS.sub("", lead[:i]) + lead[j:]
    return lead


def _trim(lead: str) -> str:
    return _LINK_AFTER.sub("", _LINK_BEFORE.sub("", lead))


def base_of(text: str, quantity: Quantity, right: int) -> str:
    """The noun behind the unit: what the per cent is of, or what is counted.

    `right` is where the next number with its cues starts, or the sentence's end.
    """
    rest = text[quantity.end : min(right, quantity.end + 260)]
    if right < len(text) and text[right - 1] == " " and "," in rest:
        rest = _NEXT_HEAD.sub("", _NEXT_LEAD.sub("", rest))
    against = _AGAINST.match(rest)
    if against:
        return _plain(against["plan"])
    match = None if _NOT_BASE.match(rest) else _BASE.match(rest)
    return _plain(_BASE_END.sub("", match["base"])) if match else ""


def predicate_of(base: str) -> str:
    """What is said of the noun: ` được sử dụng nước sạch`."""
    match = _PREDICATE.search(base)
    return match[0] if match else ""


def is_generic(lead: str) -> bool:
    """Whether the words before a number name no quantity of their own."""
    return bool(_GENERIC.fullmatch(lead))


def has_quantity_head(lead: str) -> bool:
    """Whether the words begin with a quantity (`Tỷ lệ …`, `Thu …`), not with a thing."""
    return bool(_QUANTITY_HEAD.match(lead))


def name_of(lead: str, base: str, carried: str, quantity: Quantity, counted: str) -> str:
    """The name of what is measured.

    `lead` are the words before, `base` those behind, `carried` the subject of the number before
    (`…, tăng 13%`), `counted` the unit's own words.
    """
    ratio = quantity.unit.dimension == "percent"
    head = _HEADS.get(quantity.unit.dimension)
    if carried and (not counted or not lead) and not base and quantity.settled:
        return carried
    if head and counted and (is_generic(lead) or not _QUANTITY_HEAD.search(lead)):
        return _counted_name(head, lead, base, quantity, counted)
    if carried and lead and not _QUANTITY_HEAD.match(lead):
        whole = _elliptic(lead, carried)
        if whole:
            return whole
    if is_generic(lead):
        name = _from_behind(base, carried, quantity) or f"{lead} {base}".strip()
        return _capital(name or (_CHANGES[quantity.change] if ratio else counted))
    if ratio and base and _PLAN.match(base):
        return f"{lead} so với {base}"
    if ratio and quantity.change != "level" and _QUANTITY_HEAD.match(base):
        if not _QUANTITY_HEAD.match(lead):
            return _from_behind(base, carried, quantity)
    if ratio and not _QUANTITY_HEAD.match(lead):
        if quantity.change != "level" and not lead.isupper():
            return f"{_CHANGES[quantity.change]} {_small(lead)}"
        if any(cue.endswith("lệ") for cue in quantity.cues):
            return f"Tỷ lệ {_small(lead)}"
    return _capital(_VERB.sub("", lead)) if quantity.settled or "từ" in quantity.cues else lead


_HEADS = {
    "count": "Số",
    "rate": "Số",
    "area": "Diện tích",
    "length": "Chiều dài",
    "mass": "Sản lượng",
}
_CHANGES = {"increase": "Tăng trưởng", "decrease": "Mức giảm", "level": "Tỷ lệ"}
_MULTIPLIER = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ) ", re.IGNORECASE)
_VERB = re.compile(r"^(?:Tăng|Giảm|Nâng|Hạ) (?=(?:tỷ|tỉ) (?:lệ|trọng|suất))")


def _counted_name(head: str, lead: str, base: str, quantity: Quantity, counted: str) -> str:
    """`Số xã đạt chuẩn nông thôn mới`, `Diện tích trồng mới rừng`."""
    noun = _small(_MULTIPLIER.sub("", counted)) if head == "Số" else ""
    verb = "" if is_generic(lead) or (base and head == "Số") else _small(lead)
    name = " ".join(word for word in (head, noun, verb, base) if word)
    if quantity.change == "increase" and "tăng thêm" not in name:
        name += " tăng thêm"
    return name


def _from_behind(base: str, carried: str, quantity: Quantity) -> str:
    """The name where no words before the number give it."""
    plan = _PLAN.match(base)
    ratio = quantity.unit.dimension == "percent"
    if base and ratio and quantity.change != "level" and not plan:
        return f"{_CHANGES[quantity.change]} {base}"
    if ratio and quantity.change == "level" and carried.startswith("Số ") and (plan or not base):
        return f"Tỷ lệ {carried[3:]}" + (f" so với {base}" if base else "")
    if base and ratio and not plan:
        return f"Tỷ lệ {base}"
    if carried and base and plan and not carried.endswith(base):
        return f"{carried} so với {base}"
    return carried


def _elliptic(lead: str, carried: str) -> str:
    """`Tỷ trọng công nghiệp 45%, dịch vụ 40%`: the head of the number before goes on."""
    if len(lead.split()) > 7:
        return ""
    first = lead.partition(" ")[0].lower()
    at = carried.lower().rfind(f" {first} ")
    if at > 0 and len(lead.split()) <= 3:
        return carried[: at + 1] + _small(lead)
    share = _SHARED_HEAD.match(carried)
    return f"{share[0]} {_small(lead)}" if share else ""


_SHARED_HEAD = re.compile(
    r"(?:Tỷ|Tỉ) trọng(?: khu vực)?(?=\b)|(?:Tốc độ )?[Tt]ăng trưởng(?: bình quân)?|Tốc độ tăng(?: bình quân)?|Mức giảm"
)


def _tidy(words: str) -> str:
    return _capital(_plain(words))


def _plain(words: str) -> str:
    words = " ".join(words.split()).strip(' ,;:.-–+"“”*')
    if words.count("(") != words.count(")"):
        words = words.partition("(")[0] if "(" in words else words.rpartition(")")[2]
    words = words.strip(' ,;:.-–+"“”*' if words.endswith(")") else ' ,;:.-–+"“”*()')
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]


def _small(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
