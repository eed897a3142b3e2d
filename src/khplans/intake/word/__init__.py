"""Word files (.docx): their text as a reader sees it, and what stood where in it."""

from khplans.intake.word.read_docx import read_word

__all__ = ["read_word"]
