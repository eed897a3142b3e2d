"""Names as people type them: accents, case and tone placement aside, abbreviations understood."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from khplans.errors import KhplansError, both
from khplans.text.fold import fold

SHOWN = 8
"""Choices that an error names."""

_FEW = 20
"""So few names are all told where none is near."""
_NEAR = 0.7
"""The share of letters in common, by difflib, from which on a name is near another."""

_JOINING = frozenset({"va", "cua", "&"})


class UnknownNameError(KhplansError, KeyError):
    """A name that the data doesn't have; the message has the nearest ones that it has, if any is near.

    >>> import khplans
    >>> try:
    ...     khplans.load().agency("so y tee")
    ... except khplans.UnknownNameError as error:
    ...     print(error.remedy)
    gần nhất / nearest: Sở Y tế
    """


def unknown(kind: str, kind_en: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that isn't known: with the nearest, else with all where they are few.

    >>> print(unknown("bảng", "table", "task", ["tasks", "measures"]))
    không có bảng / no table: 'task'. gần nhất / nearest: tasks
    >>> print(unknown("bảng", "table", "xyz", ["tasks", "measures"]))
    không có bảng / no table: 'xyz'. có / there are: tasks, measures
    """
    by_key: dict[str, str] = {}
    for candidate in known:
        by_key.setdefault(fold(candidate), candidate)
    wanted = fold(name)
    holding = sorted((k for k in by_key if wanted and f" {wanted} " in f" {k} "), key=len)
    near = [*holding[:3], *difflib.get_close_matches(wanted, by_key, n=3, cutoff=_NEAR)]
    remedy = ""
    if near:
        listed = ", ".join(by_key[key] for key in dict.fromkeys(near))
        remedy = both("gần nhất", f"nearest: {listed}")
    elif 0 < len(by_key) <= _FEW:
        remedy = both("có", f"there are: {', '.join(by_key.values())}")
    return UnknownNameError(
        "name-unknown", both(f"không có {kind}", f"no {kind_en}: {name!r}"), remedy=remedy
    )


def ambiguous(kind: str, kinds_en: str, name: str, choices: list[str]) -> UnknownNameError:
    """The error for a name that several go by.

    >>> print(ambiguous("thước đo", "measures", "tăng", ["GRDP", "Xuất khẩu"]))
    'tăng' có thể là nhiều thước đo / could be several measures. chọn một / choose one: GRDP, Xuất khẩu
    """
    more = f", … (+{len(choices) - SHOWN})" if len(choices) > SHOWN else ""
    shown = ", ".join(choices[:SHOWN]) + more
    return UnknownNameError.called(
        "name-of-several", name=name, kind=kind, kinds_en=kinds_en, choices=shown
    )


def abbreviates(short: str, name: str) -> bool:
    """Whether `short` is `name` with some of its words written by their first letter.

    Joining words (`và`, `của`) may be left out or be `&`.

    >>> abbreviates("SNN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn")
    True
    >>> abbreviates("so lđtbxh", "Sở Lao động - Thương binh và Xã hội")
    True
    >>> abbreviates("SYT", "Sở Tài chính")
    False
    """
    letters = fold(short).replace(" ", "").replace("&", "")
    ends = {0}
    for word in fold(name).split():
        shapes = (word, word[0]) if word not in _JOINING else (word, "")
        ends = {at + len(shape) for at in ends for shape in shapes if letters.startswith(shape, at)}
    return len(letters) in ends


def match(name: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of `names` (id to every way of writing it) that go by `name`, best way first.

    An id or a full way of writing counts before an abbreviation.

    >>> match("so y te", {"khanh-hoa-so-y-te": ["Sở Y tế"], "vn-bo-y-te": ["Bộ Y tế"]})
    ['khanh-hoa-so-y-te']
    >>> match("ban dan toc", {"a": ["Ban Dân tộc"], "b": ["Ban Dân tộc"], "c": ["Ban Dân tộc Tôn giáo"]})
    ['a', 'b']
    """
    if name in names:
        return [name]
    key = fold(name)
    if not key:
        return []
    exact = [key_id for key_id, forms in names.items() if any(fold(f) == key for f in forms)]
    return exact or [
        key_id for key_id, forms in names.items() if any(abbreviates(name, form) for form in forms)
    ]
