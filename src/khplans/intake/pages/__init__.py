"""Files made of pages: what stands on each, and the text and layout that it makes up."""

from khplans.intake.pages.read_pages import read_pages, read_pictures

__all__ = ["read_pages", "read_pictures"]
