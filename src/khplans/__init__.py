"""khplans: plans of Vietnam's provincial governments as open data, traceable to the character."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's, whose import alone would take longer than all of this module

if TYPE_CHECKING:
    from khplans.client import Collection, UnknownNameError, load, read, versions
    from khplans.errors import KhplansError

__version__ = "1.1.0"

__all__ = [
    "Collection",
    "KhplansError",
    "UnknownNameError",
    "__version__",
    "load",
    "read",
    "versions",
]


if not TYPE_CHECKING:  # to a type checker the names above are all there are

    def __getattr__(name: str) -> object:
        # Importing khplans stays light: what it offers is imported when first asked for.
        if name == "KhplansError":
            from khplans.errors import KhplansError

            return KhplansError
        if name in __all__:
            from khplans import client

            return getattr(client, name)
        raise AttributeError(f"module 'khplans' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
