"""PDFs for tests, written object by object, and pages as they are read."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from khplans.intake.pages.page import DrawnRule, Page, Word

A4 = (595.0, 842.0)


def pdf(
    *contents: bytes,
    box: str = "0 0 595 842",
    page: str = "",
    trailer: str = "",
    more: Sequence[bytes] = (),
    kids: int = 1,
) -> bytes:
    """A PDF of pages with these content streams in Helvetica; each stands `kids` times in the page tree.

    `page` goes into each page's dictionary, `trailer` into the trailer; `more` are objects from number
    4 + 2 × pages on.
    """
    pages = [4 + 2 * n for n in range(len(contents))]
    tree = " ".join(f"{n} 0 R" for n in pages for _ in range(kids))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {kids * len(pages)} /Kids [{tree}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in zip(pages, contents, strict=True):
        packed = zlib.compress(content, 9)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F 3 0 R >> /XObject << /X {5 + 2 * len(pages) - 1} 0 R >> >> {page} >>".encode(),
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
            + packed
            + b"\nendstream",
        ]
    return _file([*objects, *more], trailer)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        made
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF\n"
        ).encode()
    )


def shown(*lines: tuple[float, float, str], size: float = 12, before: str = "") -> bytes:
    """A content stream that shows ASCII texts at places from the bottom left corner."""
    said = (f"BT {before} /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
    return "".join(f"{line}\n" for line in said).encode()


def words(
    x: float, y: float, text: str, size: float = 12, step: float = 6.0, raised: bool = False
) -> list[Word]:
    """The words of a line whose letters stand on `y` from `x` on, each letter `step` wide."""
    made = []
    for part in text.split(" "):
        right = x + step * len(part)
        if part:
            made.append(Word(part, x, y - size, right, y + 0.2 * size, y, raised=raised))
        x = right + step
    return made


def page_of(
    *lines: tuple[float, float, str],
    number: int = 1,
    rules: Sequence[DrawnRule] = (),
    size: float = 12,
) -> Page:
    """A page of A4 with these lines."""
    found = [word for x, y, text in lines for word in words(x, y, text, size)]
    return Page(number, *A4, tuple(found), tuple(rules))


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[DrawnRule]:
    """The lines of a full grid."""
    across = [DrawnRule(xs[0], y, xs[-1], y) for y in ys]
    return across + [DrawnRule(x, ys[0], x, ys[-1]) for x in xs]


def in_font(font: str, lines: Sequence[bytes], encoding: str = "/WinAnsiEncoding") -> bytes:
    """A PDF whose one page shows these lines of bytes in a TrueType font that isn't embedded."""
    said = (b"BT /F 10 Tf 1 0 0 1 40 %d Tm <%s> Tj ET" % (780 - 18 * n, line.hex().encode()) for n, line in enumerate(lines))  # fmt: skip
    content = b"\n".join(said)
    widths = " ".join(["400"] * 256)
    font_object = f"<< /Type /Font /Subtype /TrueType /BaseFont /{font} /Encoding {encoding} /FontDescriptor 6 0 R /FirstChar 0 /LastChar 255 /Widths [{widths}] >>"
    about = f"<< /Type /FontDescriptor /FontName /{font} /Flags 32 /FontBBox [0 -200 900 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            font_object.encode(),
            page.encode(),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
            about.encode(),
        ],
        "",
    )
