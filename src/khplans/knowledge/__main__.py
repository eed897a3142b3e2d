"""`python -m khplans.knowledge`: hold every table of knowledge to its schema (`make lint` runs it)."""

from __future__ import annotations

import sys

from khplans.errors import KhplansError
from khplans.knowledge.table import read_table, table_names


def main() -> int:
    """Read every table; print each fault; 1 where there is one."""
    faults = 0
    for name in table_names():
        try:
            read_table(name)
        except KhplansError as error:
            print(error, file=sys.stderr)
            faults += 1
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
