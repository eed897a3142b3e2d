"""Characters of symbol fonts, by the code that a file gives."""

from __future__ import annotations

_SYMBOL_FROM = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅",
    0x41: "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}  # fmt: skip
"""Runs of the font Symbol; where it has none, its characters are those of ASCII."""
_SYMBOL = {
    start + place: character
    for start, run in _SYMBOL_FROM.items()
    for place, character in enumerate(run)
}
_DINGBATS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒",
    0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""The usual ones of Wingdings."""
_PRIVATE = range(0xF000, 0xF100)


def symbol(code: int, font: str) -> str | None:
    """The character that a code stands for in a font; None where nobody knows.

    Codes from 0xF000 are those of symbol fonts, whatever font is named.

    >>> symbol(0xF0B3, "Symbol"), symbol(0xB7, "Symbol"), symbol(0xF0FC, "Wingdings"), symbol(0x2264, "Times New Roman")
    ('≥', '•', '✓', '≤')
    """
    is_private = code in _PRIVATE
    low = code - _PRIVATE.start if is_private else code
    if font.startswith(("Wingdings", "Webdings")):
        return _DINGBATS.get(low)
    if font.startswith("Symbol") or is_private:
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x7F else None)
    is_character = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None


def with_symbols(text: str, font: str) -> str:
    """The text with the characters of symbol fonts that stand in it as what they are.

    >>> with_symbols("\\uf0b3 5", "Symbol")
    '≥ 5'
    """
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    return "".join((symbol(ord(x), font) or x) if "\uf000" <= x <= "\uf0ff" else x for x in text)
