"""Who signed: the name under the last title of a signature block."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khplans.knowledge.wording import Wording
from khplans.model import Source
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.flattened import pieces
from khplans.reading.lines.line import Line, lines_of
from khplans.reading.lines.persons import person_name
from khplans.rules import Rule, Rules, always, once
from khplans.text.letters import UPPER
from khplans.text.passage import Span, read_passage

_BEHALF = Wording(r"\b<signs>\b", "TM. ủy ban nhân dân", folded=True)
_AFTER_OFFICE = re.compile(
    rf"[{UPPER}]{{2,}}[.\s*]+((?:[{UPPER}][^\W\d_{UPPER}][^\W\d_]*[ ]?){{2,5}})[*\s|]*$"
)
_AFTER_MARK = Wording(
    r"\(?(?:[Đđ]ã ký|ĐÃ KÝ)\)?[\s:]*(.+?)\s*\|?$", "(Đã ký) Trần Văn Bình", exact=True
)


@dataclass(frozen=True)
class SignatureLine:
    """A line of a signature block, and the names of persons that may be read from it."""

    source: Source
    line: Line

    @property
    def span(self) -> Span:
        return self.line.span

    @once
    def whole(self) -> str | None:
        return person_name(self.line.text)

    @once
    def in_a_piece(self) -> str | None:
        """The first name in a column or a cell of its own."""
        return next(filter(None, map(person_name, pieces(self.source.text, self.line))), None)

    @once
    def after_office(self) -> str | None:
        """The name at the end of a line, after an office in capitals."""
        found = _AFTER_OFFICE.search(self.line.text)
        return person_name(found[1]) if found else None

    @once
    def after_mark(self) -> str | None:
        """The name at the end of a line, after `(Đã ký)`."""
        found = _AFTER_MARK.search(self.line.text)
        return person_name(found[1]) if found else None

    @property
    def printed(self) -> str:
        """The name that the whole line is, as printed: without corrections."""
        printed = read_passage(self.source.text, [self.line.words]).text
        return person_name(printed) or printed


def _case_of(text: str) -> SignatureLine:
    """The one line of a text."""
    return SignatureLine(Source("example", text), lines_of(text)[0])


# fmt: off
SIGNER: Rules[SignatureLine, Callable[[SignatureLine], str | None]] = Rules("signer", _case_of, (
    Rule("name-alone", ("Nguyễn Văn Hải",),
         lambda line: line.whole, lambda line: line.whole),
    Rule("name-in-its-column", ("|- Như trên;|Nguyễn Văn Hải|",),
         lambda line: line.in_a_piece, lambda line: line.in_a_piece),
    Rule("name-after-the-office", ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Hải",),
         lambda line: line.after_office, lambda line: line.after_office),
    Rule("name-after-the-signed-mark", ("Chủ tịch Hội đồng (Đã ký) Nguyễn Văn Hải",),
         lambda line: line.after_mark, lambda line: line.after_mark),
    Rule("no-name", ("KT. CHỦ TỊCH",),
         always, lambda line: None),
))
# fmt: on


def read_signer(source: Source, blocks: Sequence[RawBlock]) -> tuple[str | None, str | None]:
    """The signer's name, corrected and as printed; None where no signature names a person.

    >>> source = Source("p", "TM. ỦY BAN NHÂN DÂN\\nCHỦ TỊCH\\nNguyễn Văn An")
    >>> blocks = ("signature", source.text), ("paragraph", source.text), ("recipients", "Nguyễn Văn An")
    >>> [read_signer(source, [RawBlock(kind, list(lines_of(text)))])[0] for kind, text in blocks]
    ['Nguyễn Văn An', None, None]
    """
    seen_office = False
    for block in blocks:
        if block.kind not in ("signature", "recipients"):
            continue
        for line in block.lines:
            seen_office = seen_office or block.kind == "signature" or bool(_BEHALF.search(line.low))
            found = SignatureLine(source, line)
            if seen_office and (name := SIGNER.decide(found)(found)):
                return name, found.printed if found.whole else name
    return None, None
