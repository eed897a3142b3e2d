"""Pages as a scanner would give them: drawn, turned, with noise; of no file but the fonts that Matplotlib brings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

DPI = 300
_FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
_SIZE, _LINE, _MARGIN = 48, 66, 150

Cell = tuple[str, int, int]
"""Words with `\\n` between their lines, and the columns and rows that the cell takes."""


def page(size: tuple[int, int] = (2480, 3508)) -> Image.Image:
    """A white page."""
    return Image.new("L", size, 255)


def write(on: Image.Image, text: str, top: int, left: int = _MARGIN) -> int:
    """Lines of words from a height down; gives the height below them."""
    draw = ImageDraw.Draw(on)
    font = ImageFont.truetype(str(_FONT), _SIZE)
    for line in text.split("\n"):
        draw.text((left, top), line, fill=0, font=font)
        top += _LINE
    return top


def table(
    on: Image.Image, rows: Sequence[Sequence[Cell | None]], widths: Sequence[int], top: int
) -> int:
    """A ruled table; None stands where a cell from above or from the left goes on."""
    heights = [
        _LINE * max(cell[0].count("\n") + 1 for cell in row if cell and cell[2] == 1) + 30
        for row in rows
    ]
    lefts = [_MARGIN + sum(widths[:n]) for n in range(len(widths) + 1)]
    tops = [top + sum(heights[:n]) for n in range(len(rows) + 1)]
    draw = ImageDraw.Draw(on)
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            if cell:
                text, columns, down = cell
                box = (lefts[k], tops[n], lefts[k + columns], tops[n + down])
                draw.rectangle(box, outline=0, width=3)
                write(on, text, tops[n] + 12, lefts[k] + 14)
    return tops[-1]


def scanned(drawn: Image.Image, degrees: float = 0.5, seed: int = 1) -> Image.Image:
    """The page a little turned, with grain, specks, and the marks that JPEG leaves."""
    turned = drawn.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    chance = np.random.default_rng(seed)
    shades = np.asarray(turned, float) + chance.normal(0, 12, turned.size[::-1])
    specks = chance.random(shades.shape)
    shades[specks < 0.0005] = 0
    made = io.BytesIO()
    Image.fromarray(shades.clip(0, 255).astype(np.uint8)).save(made, "JPEG", quality=75)
    return Image.open(made).convert("L")


def saved(pages: Sequence[Image.Image], form: str) -> bytes:
    """The pages as a file of a form that Pillow writes."""
    made = io.BytesIO()
    rest = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    resolution = {"resolution": DPI} if form == "PDF" else {"dpi": (DPI, DPI)}
    pages[0].save(made, form, **rest, **resolution)
    return made.getvalue()
