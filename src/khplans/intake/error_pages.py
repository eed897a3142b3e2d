"""Pages that a server sent instead of a document: errors, maintenance, doors that ask for a person."""

from __future__ import annotations

import re
from functools import cache

from khplans.errors import KhplansError, both
from khplans.knowledge.document_types import document_types

_LONGEST = 2_000
"""Characters from which on a text is more than such a page."""
_FEWEST_WORDS = 20
"""Words below which a web page without a document holds nothing to read."""
_NUMBER = re.compile(r"\d[\d/]*[/-][A-ZĐ]{2,}")
_STATUS_TITLE = re.compile(r"\W*(?:error |lỗi )?[45]\d\d\b", re.IGNORECASE)
_FAILED = re.compile(
    r"\b(?:(?:error|lỗi|http)[ :]+[45]\d\d|not found|forbidden|bad gateway|access denied|unauthorized"
    r"|service (?:temporarily )?unavailable|internal server error|gateway time-?out"
    r"|under maintenance|just a moment|captcha|enable javascript|không tìm thấy trang"
    r"|(?:trang|văn bản|tài liệu)(?: này)? không tồn tại|không tìm thấy (?:văn bản|tài liệu)|truy cập bị từ chối"
    r"|(?:website|trang web|trang thông tin điện tử|trang|cổng(?: thông tin| dịch vụ công)?|hệ thống|máy chủ)"
    r" (?:hiện )?(?:đang|tạm) (?:được |thời )?(?:bảo trì|nâng cấp|ngừng|dừng|quá tải|gián đoạn))\b",
    re.IGNORECASE,
)


def refuse_error_page(text: str, where: str, *, title: str | None = None) -> None:
    """Raise `KhplansError` for a short text that holds no document but the words of such a page.

    With a `title` it is a web page, and one of hardly a word is refused too.

    >>> refuse_error_page("KẾ HOẠCH Số: 404/KH-UBND", "a.html", title="404")
    >>> refuse_error_page("QUYẾT ĐỊNH Về giá đất. Văn bản này không tồn tại", "a.html", title="")
    >>> refuse_error_page("Văn bản không tồn tại. CỔNG PHÁP LUẬT", "a.html", title="")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: a.html: là trang báo lỗi ...
    >>> refuse_error_page("Website đang bảo trì", "a.txt")
    Traceback (most recent call last):
    khplans.errors.KhplansError: a.txt: là trang báo lỗi “Website đang bảo trì” / an error page. tải lại văn bản từ nguồn / fetch the document again
    """
    if len(text) >= _LONGEST or _holds_document(text):
        return
    said = f"{title or ''} {text}"
    failed = _FAILED.search(said) or (title and _STATUS_TITLE.match(title))
    if failed or (title is not None and len(text.split()) < _FEWEST_WORDS):
        shown = " ".join((title or text).split())[:60]
        raise KhplansError(
            "no-text",
            both(f"là trang báo lỗi “{shown}”", "an error page")
            if failed
            else both(f"trang “{shown}” không có văn bản nào", "a page without a document"),
            where=where,
            remedy=both("tải lại văn bản từ nguồn", "fetch the document again"),
        )


def _holds_document(text: str) -> bool:
    """Whether a document's number or, in capitals, its kind stands there.

    >>> _holds_document("Số: 5/KH-UBND"), _holds_document("KẾ HOẠCH"), _holds_document("404 Not Found")
    (True, True, False)
    """
    return bool(_NUMBER.search(text) or _kinds().search(text))


@cache
def _kinds() -> re.Pattern[str]:
    names = "|".join(
        re.escape(kind.name.upper()).replace(r"\ ", r"\s+") for kind in document_types()
    )
    return re.compile(rf"(?<!\w)(?<!PHÁP )(?:{names})(?!\w)")
