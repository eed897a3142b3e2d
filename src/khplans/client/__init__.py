"""What an analyst imports: `load` a release, `read` any plan, ask for tables, words and citations."""

from khplans.client.collection import Collection
from khplans.client.finding import load, versions
from khplans.client.read_plan import read
from khplans.client.typed_names import UnknownNameError

__all__ = ["Collection", "UnknownNameError", "load", "read", "versions"]
