"""What a section is about, told by its heading: knowledge/data/headings.csv."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast, get_args

from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording, any_of, words_for
from khplans.text.fold import fold
from khplans.text.shadow import shadow

SectionRole = Literal["objective", "task", "organisation", "situation", "basis", "other"]


@cache
def _opening() -> tuple[re.Pattern[str], dict[str, SectionRole]]:
    rows = read_table("headings")
    assert all(row["role"] in get_args(SectionRole) for row in rows), "headings.csv: unknown role"
    roles = {row["words"]: cast(SectionRole, row["role"]) for row in rows}
    before = any_of(map(shadow, words_for("before a heading")))
    return re.compile(rf"(?:{before} )*?({any_of(roles)})\b"), roles


_LOOKS_AHEAD = Wording(r"(?<!\w)<looks ahead>(?!\w)", "nhiệm vụ", folded=True)


def role_within(heading: str, around: SectionRole) -> SectionRole:
    """The role of a section inside one with the role `around`: its heading's, else that one.

    In a review, what was worked on is no work to do, unless the heading says that it looks ahead.

    >>> role_within("Một số công tác trọng tâm", "situation"), role_within("Nhiệm vụ trọng tâm", "situation")
    ('situation', 'task')
    """
    role = heading_role(heading) or around
    if (role, around) == ("task", "situation") and not _LOOKS_AHEAD.search(fold(heading)):
        return around
    return role


def heading_role(heading: str) -> SectionRole | None:
    """The role a heading gives to its section, or None where its words say nothing.

    >>> heading_role("CÁC NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM"), heading_role("Mục tiêu tổng quát:")
    ('task', 'objective')
    >>> heading_role("Tổ chức thực hiện"), heading_role("Sở Y tế")
    ('organisation', None)
    """
    pattern, roles = _opening()
    match = pattern.match(fold(heading[:120]))
    return roles[match[1]] if match else None
