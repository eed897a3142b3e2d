"""khplans.read."""

from __future__ import annotations

import os

from khplans.client.collection import Collection


def read(path_or_text: str | os.PathLike[str]) -> Collection:
    """placeholder"""
    raise NotImplementedError
