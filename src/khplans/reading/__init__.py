"""Reads a plan's text: its official documents, their letterheads, sections, items and tables."""

from khplans.reading.documents import Reading, read_documents

__all__ = ["Reading", "read_documents"]
