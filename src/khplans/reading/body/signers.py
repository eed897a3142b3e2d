"""Who signed: the name under the last title of a signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.model import Source
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.flattened import pieces
from khplans.reading.lines.line import Line
from khplans.reading.lines.persons import person_name
from khplans.text.letters import UPPER
from khplans.text.passage import read_passage

_BEHALF = re.compile(r"\b(?:tm|t/m|kt|tl|t/l|tuq|chu tich|bo truong|giam doc|bi thu|thu tuong)\b")
_AFTER_OFFICE = re.compile(
    rf"[{UPPER}]{{2,}}[.\s*]+((?:[{UPPER}][^\W\d_{UPPER}][^\W\d_]*[ ]?){{2,5}})[*\s|]*$"
)


def read_signer(source: Source, units: Sequence[RawBlock]) -> tuple[str | None, str | None]:
    """The signer's name, corrected and as printed; None where no signature names a person."""
    seen_office = False
    for unit in units:
        if unit.kind not in ("signature", "recipients"):
            continue
        for line in unit.lines:
            seen_office = seen_office or unit.kind == "signature" or bool(_BEHALF.search(line.low))
            if seen_office and (found := _name(source, line)):
                return found
    return None, None


def _name(source: Source, line: Line) -> tuple[str, str] | None:
    whole = person_name(line.text)
    if whole:
        printed = read_passage(source.text, [line.words]).text
        return whole, person_name(printed) or printed
    for piece in pieces(source.text, line):
        if name := person_name(piece):
            return name, name
    last = _AFTER_OFFICE.search(line.text)
    if last and (name := person_name(last[1])):
        return name, name
    tail = re.search(r"\(?(?:[Đđ]ã ký|ĐÃ KÝ)\)?[\s:]*(.+?)\s*\|?$", line.text)
    name = person_name(tail[1]) if tail else None
    return (name, name) if name else None
