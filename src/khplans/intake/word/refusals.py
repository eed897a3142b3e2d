"""What is said of a .docx that can't be read."""

from __future__ import annotations

from khplans.errors import KhplansError, refusal


def damaged(where: str, why: str) -> KhplansError:
    return refusal("docx-damaged", where, why=why)


def too_much(where: str, what: str, what_en: str) -> KhplansError:
    return refusal("docx-too-large", where, what=what, what_en=what_en)
