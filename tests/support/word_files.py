"""Word files of a few lines of their own XML, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": OFFICE,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def word_file(body: str, extra: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """A .docx of this body; `parts` are the insides of others by their kind (`styles`, `header1`)."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    types = {"document": "document.main", **kinds}
    files = {
        "[Content_Types].xml": _types(types),
        "_rels/.rels": _relations(f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(relations),
        **{
            f"word/{name}.xml": _part({"header": "hdr", "footer": "ftr"}.get(kind, kind), parts[name])
            for name, kind in kinds.items()
        },
    }  # fmt: skip
    return zipped({name: text.encode() for name, text in files.items()} | dict(extra or {}))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def _part(root: str, inside: str) -> str:
    return f"<w:{root} {NAMESPACES}>{inside}</w:{root}>"


def _types(kinds: Mapping[str, str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(inside: str) -> str:
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{uri}">{inside}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of characters that are set alike."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph; a string that is no XML is a run of these characters."""
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{about}{''.join(x if x.startswith('<') else run(x) for x in inside)}</w:p>"


def cell(*inside: str, properties: str = "") -> str:
    """A cell; a string that is no XML is a paragraph."""
    blocks = "".join(x if x.startswith("<") else paragraph(x) for x in inside or ("<w:p/>",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; a string that is no XML is a cell of one paragraph."""
    inside = "".join(x if x.startswith("<") else cell(x) for x in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """The property of a cell that is merged across."""
    return f'<w:gridSpan w:val="{columns}"/>'


def levels(*shown: tuple[str, str], more: str = "") -> str:
    """The levels of a list, each of a format and a text (`decimal`, `%1.`)."""
    return "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(shown)
    )


def lists(*kinds: str) -> str:
    """The part `numbering`: the list `n` is of the n-th kind, which holds its levels."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{kind}</w:abstractNum>'
        for number, kind in enumerate(kinds, 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, len(kinds) + 1)
    )
    return abstract + numbers


def in_list(number: int, level: int = 0) -> str:
    """The property of a paragraph that stands in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
