"""The capital letters of Vietnamese, for patterns."""

UPPER = "A-Z" + "".join(
    chr(c)
    for c in (*range(0xC0, 0xDF), *range(0x100, 0x1B1), *range(0x1EA0, 0x1EFA))
    if chr(c).isupper()
)
"""For a character class: accented capitals lie among the small letters."""
