"""Finds the numbers that measure a province: targets and results (tests/gold/README.md).

The way: `quantities` finds numbers with units, `evidence` keeps those that measure something;
`periods` and `timing` say when, `kinds` whether it is a target, `names` (of the words in `leads`)
what, `clauses` as a part of which, `context` what holds from headings and headlines; `result` puts
it together. `tables` does the same for rows whose columns say it instead of words.
"""

from khplans.extraction.indicators.find import find_indicators

__all__ = ["find_indicators"]
