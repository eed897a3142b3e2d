"""Who signed: the name under the last title of a signature block."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.reading.head import fragments
from khplans.reading.names import person_name
from khplans.reading.units import Unit
from khplans.text.passage import Correction, Span, read_passage


def read_signer(
    source: str, units: Sequence[Unit], corrections: Sequence[Correction]
) -> tuple[str | None, str | None]:
    """The signer's name, corrected and as printed; None where no signature names a person."""
    for unit in units:
        if unit.kind not in ("signature", "recipients"):
            continue
        if unit.kind == "recipients" and not any("TM" in line.text for line in unit.lines):
            continue
        for line in unit.lines:
            for piece in fragments(source, line):
                name = person_name(piece)
                if not name:
                    continue
                raw = read_passage(source, [Span(line.start, line.end)]).text
                raw_name = person_name(raw)
                return name if len(fragments(source, line)) > 1 else person_name(line.text), raw_name or name
    return None, None
