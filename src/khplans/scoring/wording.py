"""What is measured, in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from khplans.tables.definition import TABLE_NAMES, table

Words = tuple[str, str]
"""Vietnamese and English."""

_WHOLE: Mapping[str, Words] = MappingProxyType(
    {
        "f1": ("Tìm đúng và đủ (F1)", "Found, and found rightly (F1)"),
        "precision": ("Tìm đúng", "Precision"),
        "recall": ("Tìm đủ", "Recall"),
    }
)
_COLUMNS = {"type": "document_type"}
"""The columns that figures call otherwise."""
_ISSUER = ("Cơ quan ban hành", "Issuer")
"""Of documents, whose table has its id alone."""
_SCOPES: Mapping[str, Words] = MappingProxyType(
    {
        "all": ("", ""),
        "named": ("khi văn bản nêu", "where the text names one"),
        "none_named": ("khi văn bản không nêu", "where the text names none"),
        "in_title": ("trong tên văn bản khác", "inside the title of another document"),
    }
)
_FORMS: Mapping[str, Words] = MappingProxyType(
    {
        "all": ("mọi dạng", "all forms"),
        "html": ("trang web", "web page"),
        "md": ("Markdown", "Markdown"),
        "pdf": ("PDF có chữ", "PDF with text"),
        "scan": ("bản quét", "scan"),
        "txt": ("tệp chữ", "text file"),
        "typed": ("chữ gõ lại của bản quét", "typed from a scan"),
    }
)


def is_measured(table_name: str, measure: str) -> bool:
    """Whether a table has what a figure says that it measures.

    >>> is_measured("tasks", "lead"), is_measured("tasks", "rows"), is_measured("tasks", "colour")
    (True, True, False)
    """
    if table_name not in TABLE_NAMES:
        return False
    return measure == "rows" or _titles(table_name, measure) is not None


def measure_words(table_name: str, measure: str, scope: str = "all") -> Words:
    """A figure's name; the measure itself where nothing is known of it.

    >>> measure_words("documents", "issuer")[1], measure_words("tasks", "lead", "named")[1]
    ('Issuer', 'Lead agency (where the text names one)')
    """
    vi, en = _WHOLE.get(measure) or _titles(table_name, measure) or (measure, measure)
    within = _SCOPES[scope]
    return (f"{vi} ({within[0]})", f"{en} ({within[1]})") if within[0] else (vi, en)


def form_words(form: str) -> Words:
    """A form of file.

    >>> form_words("docx"), form_words("scan")[1]
    (('.docx', '.docx'), 'scan')
    """
    return _FORMS.get(form, (f".{form}", f".{form}"))


def _titles(table_name: str, measure: str) -> Words | None:
    if table_name == "tasks" and measure in ("lead", "coordinate"):
        label = table("task_agencies").field("role").label(measure)
        return (label.label, label.label_en) if label else None
    if (table_name, measure) == ("documents", "issuer"):
        return _ISSUER
    columns = table(table_name).columns if table_name in TABLE_NAMES else ()
    column = measure if measure in columns else _COLUMNS.get(measure)
    if column not in columns:
        return None
    found = table(table_name).field(column)
    return found.title, found.title_en
