"""Which bodies the reviewed tables know, read more simply than the maker of the rows reads them."""

from __future__ import annotations

from functools import cache

from khplans.knowledge.table import read_table
from khplans.text.fold import fold

_LEVELS = ("tinh", "thanh pho", "huyen", "quan", "thi xa", "xa", "phuong", "thi tran", "dac khu")


def is_known(name: str) -> bool:
    """Whether a name is in a reviewed table, with a place or a level behind it, opens with the head
    of one, or is a group of what is (`các …`).

    >>> is_known("Sở Y tế"), is_known("Ủy ban nhân dân các huyện, thị xã, thành phố")
    (True, True)
    >>> is_known("Tổ Trăng rằm")
    False
    """
    key = f"{fold(name)} "
    return key.startswith("cac ") or any(key.startswith(f"{known} ") for known in _openings())


@cache
def _openings() -> tuple[str, ...]:
    found = {fold(row["name"]) for row in read_table("agencies")}
    found |= {fold(row["form"]) for row in read_table("agency_names")}
    found |= {fold(row["name"]) for row in read_table("group_phrases")}
    found |= {fold(row["head"]) for row in read_table("agency_heads")}
    found |= {fold(row["noun"]) for row in read_table("groups")}
    for row in read_table("issuers"):
        found |= {fold(one) for one in (row["name"], *row["aliases"].split(";")) if one}
    return tuple(sorted(found))
