"""One folding function for names: what a person would call the same name folds to the same key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w&]+")
_DROPPED = dict.fromkeys(range(0x0300, 0x0370))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The key two ways of writing a name share.

    Accents, `đ`, tone placement (`Hòa`, `Hoà`), NFC or NFD, case, hyphens, punctuation and
    spaces do not count. Compare, look up and sort by it; never show it.

    >>> fold("Khánh Hoà") == fold("KHÁNH  HÒA") == fold("khanh hoa")
    True
    >>> fold("Sở Lao động - Thương binh và Xã hội")
    'so lao dong thuong binh va xa hoi'
    """
    text = unicodedata.normalize("NFD", name.casefold().translate(_DROPPED)).translate(_DROPPED)
    return _NOT_WORD.sub(" ", text.replace("đ", "d")).strip()


def slug(name: str) -> str:
    """The name as a part of an address: folded, words joined by hyphens, ASCII only.

    >>> slug("Sở Y tế"), slug("22-NQ/TU")
    ('so-y-te', '22-nq-tu')
    """
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))
