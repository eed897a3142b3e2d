"""Whether the time of a reading grows with the length of what it reads alone."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from time import process_time

from khplans.errors import KhplansError


def seconds(read: Callable[[str], object], text: str) -> float:
    """Of the processor, without collections of garbage: they take what all tests hold together."""
    gc.disable()
    try:
        began = process_time()
        with suppress(KhplansError):
            read(text)
        return process_time() - began
    finally:
        gc.enable()


def linear(read: Callable[[str], object], few: str, many: str) -> bool:
    """Whether `many` takes no more than two and a half times what it takes by its length beside `few`.

    Make it four times as long or longer: what is quadratic then takes four times as much as by its length.
    A busy machine, whose seconds are worth less at one moment than at another, has three tries.
    """
    bound = 2.5 * len(many) / len(few)
    return any(seconds(read, many) < bound * seconds(read, few) + 0.2 for _ in range(3))
