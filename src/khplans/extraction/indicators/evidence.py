"""Tells a number that measures the province from one that only looks like it.

A number with `%`, `tỷ đồng` or `tấn` measures something unless it is a norm (a fine, a fee, a
rate of tax, a share in a company); one of `xã`, `hộ` or `km` only where the clause counts it.
"""

from __future__ import annotations

import re

from khplans.extraction.indicators.quantities import Quantity

_NORM_BEFORE = re.compile(
    r"(?:phạt tiền|mức phạt|bị phạt|lệ phí|học phí|mức phí|mức thu phí|mức hỗ trợ|mức chi|mức hưởng|mức đóng|"
    r"mức thưởng|mức vay|mức giảm trừ|hỗ trợ|được hưởng|được giảm|miễn|giảm trừ|chiết khấu|thuế suất|giá trị gói thầu|"
    r"vốn điều lệ|nắm giữ|sở hữu|góp vốn|kỷ niệm|tỷ lệ bản đồ|tỷ lệ vẽ|phụ cấp|tiền công|(?<!trừ )trợ cấp|định mức|bồi dưỡng|"
    r"thuê đất|đặt cọc|đơn giá|hệ số)"
    r"(?: [^\W\d_]+){0,6}(?: ?[,:(])? ?(?:từ |là |bằng |tối đa |không quá |thêm |ở mức |đến |cho |đối với )*$",
    re.IGNORECASE,
)
_NORM_BEHIND = re.compile(
    r"\s?(?:vốn (?:đầu tư )?nước ngoài|vốn điều lệ|vốn nhà nước|cổ phần|phần vốn|cổ phiếu|"
    r"(?:mức )?thuế|tiền thuê|lệ phí|phí |mức lương|mức lệ|lương|tiền lương|mức phụ cấp|kinh phí|chi phí|"
    r"mức (?:thu|đóng|chi|hỗ trợ|học phí)|học phí|số phiếu|phiếu|tổng số phiếu|số đại biểu|tổng số đại biểu|thành viên|"
    r"ý kiến|giá trị hợp đồng|giá trị gói thầu|lãi suất|tiền|giá (?:đất|bán))",
    re.IGNORECASE,
)
_MEASURED_NORM = re.compile(
    r"tỷ lệ|tỉ lệ|phấn đấu|mục tiêu|ước|giải ngân|dự toán|tổng|thu ngân sách|giảm nghèo|số người",
    re.IGNORECASE,
)
_SMALL_MONEY = frozenset({"vnd", "thousand_vnd", "million_vnd"})
_NORM_TEXT = re.compile(
    r"phạt tiền|mức phạt|lệ phí|học phí|mức phí|mức hỗ trợ|mức chi|mức thưởng|mức vay|phụ cấp|đơn giá|mức giảm trừ|tiền thưởng",
    re.IGNORECASE,
)
# Words right before a number that make it part of a name or a description, not a count.
_NAMING = re.compile(
    r"(?:của|các|giữa|tại|ở|theo|trong số|từng|mỗi|những|về|qua|thuộc|từ|bởi|khoản|điều|điểm|đối với|"
    r"lớp|loại|hạng|cấp|thứ|nhóm|đợt|kỳ|bước|giai đoạn|trên địa bàn|bền vững|chương trình|dự án|đường|quốc lộ|tuyến) $",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:cho|với|gồm|và|cùng|số) $", re.IGNORECASE)
_WEAK_CUES = frozenset(
    {"với", "từ", "đến", "tới", "được", "bằng", "trung bình", "bình quân", "ước"}
)
_COUNTING = re.compile(
    r"(?:^|[\s(,;:])(?:đạt|có|có thêm|thêm|là|còn|lên|xuống|được|thu hút|đón|đón được|giải quyết|tạo|trồng|trồng mới|sản lượng|"
    r"diện tích|thành lập|thành lập mới|cấp mới|phát triển|xây dựng|hoàn thành|đưa|hỗ trợ|đào tạo|công nhận|tổng số|"
    r"ghi nhận|phát hiện|phát sinh|xảy ra|làm chết|bị thương|khoảng|gần|tiêm|kết nạp|xuất khẩu|khai thác|nuôi trồng|chiếm|"
    r"phấn đấu|tối thiểu|ít nhất|đóng mới|sản xuất|cung cấp|tiêu thụ|giảm|tăng|nâng cấp|kiên cố hóa|cứng hóa|xóa|xoá|"
    r"mới|quy mô|dân số|công suất|số|lượng|đàn|bình quân|đầu tư|chuyển đổi|giao|cho|với|vượt|gieo trồng|gieo cấy|bao phủ|"
    r"cấp|nâng|tuyển sinh|tuyển mới|sắp xếp|bố trí|đăng ký|thành lập được|làm mới|lũy kế|hiện có|gồm) ?$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\s[^.;]{0,90}?\b(?:đạt|hoàn thành|thoát|trở thành|được|chuẩn|việc làm|thành lập|mới|sạch|hoạt động|áp dụng|tham gia)\b",
    re.IGNORECASE,
)
# `các xã có tỷ lệ hộ nghèo cao trên 25%`: which communes, not how much.
_QUALIFIES = re.compile(
    r"\b(?:tại|ở|của|cho|thuộc)? ?(?:các|những) (?:[^\W\d_]+ ){1,4}có (?:(?:[^\W\d_]+ ){0,6}(?:cao|thấp|chiếm|đạt) )?"
    r"(?:trên|dưới|từ|hơn|không quá|ít nhất|quy mô) $",
    re.IGNORECASE,
)
_INCOME = re.compile(
    r"thu nhập|GRDP|GDP|bình quân|năng suất|giá trị|doanh thu|tổng sản phẩm|lương|chi tiêu|đạt|suất đầu tư",
    re.IGNORECASE,
)
_ACHIEVING = re.compile(
    r"\b(?:hoàn thành|xóa|xoá|trồng mới|trồng|tạo việc làm(?: mới)? cho|giải quyết việc làm(?: mới)? cho|thu hút|"
    r"đón|phát triển mới|thành lập mới|kết nạp|đào tạo(?: nghề)? cho|kiên cố hóa|cứng hóa|nâng cấp) $",
    re.IGNORECASE,
)
_AIMING = re.compile(r"\b(?:phấn đấu|quyết tâm|mục tiêu|đưa|nâng|đạt)\b[^.;]{0,60}$", re.IGNORECASE)
_GOES_TO = re.compile(r"[^.;]{0,90}\b(?:lên|xuống|còn)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?! và )[^.;,\d]){0,60}(?:[,;]| và )[^.;,\d]{0,60}$", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:mỗi|từng) (?:[^\W\d_]+ ){1,4}(?:có |phải |đạt |ít nhất |tối thiểu )*$", re.IGNORECASE
)
_TO_ORGANISE = re.compile(
    r"\b(?:tổ chức|ban hành|tham mưu|xây dựng kế hoạch|mở|biên soạn|in|phát hành|cử|thành lập (?:tổ|đoàn|ban)|phân công|thực hiện (?:đề án|dự án|kế hoạch))"
    r"\b[^,.;:]{0,40}$",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?:dưới|trên|từ|đủ|đến|khoảng) $", re.IGNORECASE)


def measures_something(
    text: str, quantity: Quantity, start: int, role: str, before: Quantity | None
) -> bool:
    """Whether the number at hand is a target or a result.

    `start` is where its sentence starts, `role` that of its section (`objective`, `task`, …),
    `before` the number before it that measures something.
    """
    unit = quantity.unit
    beside = (
        before is not None
        and before.number >= start
        and before.unit.dimension == "count"
        and bool(_LISTED.match(text[before.end : quantity.number]))
    )
    lead = text[max(start, quantity.lead - 160) : quantity.lead]
    near = text[max(start, quantity.number - 160) : quantity.number]
    behind = text[quantity.end : quantity.end + 120]
    if unit.evidence == "rate" or _QUALIFIES.search(near):
        return False
    if unit.evidence == "plain":
        return not _is_norm(quantity, near, behind)
    if unit.evidence == "subject":
        return _has_subject(quantity, text[max(start, quantity.number - 200) : quantity.number])
    if quantity.denominator is not None:
        return True
    if unit.dimension == "money":
        return quantity.value >= 1_000_000 and not _is_norm(quantity, near, behind)
    return _is_counted(quantity, lead, near, behind, role, beside)


def _is_norm(quantity: Quantity, near: str, behind: str) -> bool:
    """Whether it is a rate of tax, a fine, a fee, a share in a company and the like."""
    unit = quantity.unit
    if unit.unit_id in _SMALL_MONEY and _NORM_TEXT.search(near):
        return True
    if unit.dimension == "money" and "_per_" in unit.unit_id and not _INCOME.search(near):
        return True
    if unit.dimension not in ("percent", "money") or unit.unit_id.startswith("billion"):
        return False
    if unit.dimension == "percent" and _NORM_BEHIND.match(behind):
        return not _MEASURED_NORM.search(near[-90:])
    return bool(_NORM_BEFORE.search(near)) and not _MEASURED_NORM.search(near[-90:])


def _has_subject(quantity: Quantity, near: str) -> bool:
    folded = near.lower()
    if quantity.unit.unit_id.startswith(("times", "rank_step")):
        return any(word in folded[-30:] for word in quantity.unit.subject)
    if quantity.unit.unit_id == "year_of_life" and _AGE.search(near) and "tuổi thọ" not in folded:
        return False
    return any(word.lower() in folded for word in quantity.unit.subject)


def _is_counted(
    quantity: Quantity, before: str, near: str, behind: str, role: str, beside: bool
) -> bool:
    """Whether a clause counts the number of things, and not only mentions that many."""
    if _EACH.search(before) or _EACH.search(near) or _one_of(quantity):
        return False
    organises = bool(_TO_ORGANISE.search(before))
    cues = [cue for cue in quantity.cues if cue not in _WEAK_CUES]
    starts = "từ" in quantity.cues and _GOES_TO.match(behind)
    if quantity.change != "level" or quantity.settled or starts:
        return not organises
    outcome = bool(_OUTCOME.match(behind))
    if role in ("task", "organisation"):
        if quantity.value >= 10 and _ACHIEVING.search(near):
            return True
        aims = bool(_AIMING.search(near)) or "đạt" in cues or beside
        return (
            not organises
            and (outcome or quantity.value >= 50)
            and ((bool(cues) and cues != ["có"]) or (aims and not _NAMING.search(near)))
        )
    if organises and role != "objective":
        return False
    if cues:
        return True
    if _NAMING.search(near):
        return False
    if quantity.value >= 1000 or beside:
        return True
    if _JOINING.search(near):
        return False
    return bool(_COUNTING.search(near)) and (role == "objective" or outcome or quantity.value >= 20)


def _one_of(quantity: Quantity) -> bool:
    """`trên 01 ha đất`: what something else is measured by."""
    return quantity.value == 1 and quantity.cues[:1] == ("trên",)
