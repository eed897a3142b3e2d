"""What one agency of a list has from the next: its level, or the Party committee it serves."""

from __future__ import annotations

import re
from dataclasses import replace

from khplans.extraction.agencies.found import Found

_PARTY_ORGAN = (
    r"(?:Ban (?:Tổ chức|Tuyên giáo(?: và Dân vận)?|Dân vận|Nội chính|Xây dựng Đảng)"
    r"|Ủy ban Kiểm tra|Văn phòng)"
)
_ORGAN = re.compile(_PARTY_ORGAN)
_COMMITTEE = re.compile(rf"{_PARTY_ORGAN} ((?:Tỉnh|Thành|Huyện|Thị|Đảng) ủy.*)")


def share_levels(found: list[Found]) -> list[Found]:
    """`HĐND, UBND các xã` names two bodies of the communes, `các Ban HĐND và đại biểu HĐND tỉnh` too.

    `Ban Tuyên giáo, Ban Dân vận Huyện ủy` names two organs of one Party committee.
    """
    for i in range(len(found) - 1, 0, -1):
        before, after = found[i - 1], found[i]
        if before.name == "Đảng ủy" or before.name.endswith("Hội đồng nhân dân"):
            level = re.search(r"(?:Ủy ban|Hội đồng) nhân dân( .+)", after.name)
            if level:
                found[i - 1] = replace(before, name=before.name + level[1], province=after.province)
        committee = _COMMITTEE.fullmatch(after.name)
        if committee and _ORGAN.fullmatch(before.name):
            name = f"{before.name} {committee[1]}"
            found[i - 1] = replace(before, name=name, kind="party", known=True)
    return found
