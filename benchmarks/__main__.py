"""All figures in one table: khplans, what stands beside it, how many times, what is to be reached.

    python -m benchmarks [PLANS]

Medians of runs that take turns; nothing is asserted. The cost of a corpus is that of as many plans, by default 1,000.
"""

from __future__ import annotations

import sys
from itertools import chain

from benchmarks import citations, client, expectations, first_view, line, review, site
from benchmarks.table import show


def main(plans: int = line.PLANS) -> None:
    """Print the table once all is measured."""
    sites = chain.from_iterable(site.lines(copies) for copies in (2, 30))
    show(
        chain(
            citations.lines(), line.lines(plans), expectations.lines(), client.lines(), sites,
            first_view.lines(), review.lines(),
        )
    )  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
