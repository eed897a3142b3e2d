"""What is said of a .docx that can't be read."""

from __future__ import annotations

from khplans.errors import KhplansError, both


def damaged(where: str, why: str) -> KhplansError:
    return KhplansError(
        "file-damaged",
        both(f"tệp Word .docx hỏng ({why})", "a damaged .docx"),
        where=where,
        remedy=both("mở bằng Word và lưu lại", "open it in Word and save it again"),
    )


def too_much(where: str, what: str, what_en: str) -> KhplansError:
    return KhplansError(
        "beyond-bounds",
        both(f"tệp quá lớn: {what}", f"a file beyond bounds: {what_en}"),
        where=where,
        remedy=both(
            "mở bằng Word, chia nhỏ rồi lưu lại", "open it in Word, split it, save it again"
        ),
    )
