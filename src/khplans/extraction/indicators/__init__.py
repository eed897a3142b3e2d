"""Finds the numbers that measure a province: targets and results (tests/gold/README.md).

The way: `quantities` finds numbers with units, `evidence` keeps those that measure something,
`periods`, `kinds`, `names` and `parents` say of what, when and as a part of which; `tables`
does the same for rows whose columns say it instead of words.
"""

from khplans.extraction.indicators.find import find_indicators

__all__ = ["find_indicators"]
