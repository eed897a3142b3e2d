"""The colour of a catalogue in place of the library's own."""

from __future__ import annotations

from khplans.settings import Settings, contrast

_DARK_GROUND = "#12191b"
_READABLE = 4.5


def accent_css(accent: str) -> str:
    """Styles that give a colour to what the library's own colour marks, in light and dark.

    >>> accent_css(Settings().accent), accent_css("#7a1f3d")[:45]
    ('', ':root,[data-md-color-scheme="default"]{--acce')
    """
    if accent == Settings().accent:
        return ""
    dark = f"--accent:{accent};--accent-ink:{_lightened(accent)}"
    return (
        f':root,[data-md-color-scheme="default"]{{--accent:{accent};--accent-ink:{accent}}}'
        f'[data-md-color-scheme="slate"]{{{dark}}}'
    )


def _lightened(colour: str) -> str:
    """The colour mixed with white until it can be read on the dark ground.

    >>> _lightened("#000000"), contrast(_lightened("#000000"), "#12191b") >= 4.5
    ('#808080', True)
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, _DARK_GROUND) >= _READABLE:
            return mixed
    return "#ffffff"
