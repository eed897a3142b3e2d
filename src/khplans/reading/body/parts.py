"""Which part of a document a line below the letterhead is of: body, recipients, signature, annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.wording import Wording, opening_words
from khplans.model import BlockKind
from khplans.reading.layout.items import numbered_lines
from khplans.reading.lines.line import AtLine, Line
from khplans.reading.lines.line_kinds import (
    is_annex_label,
    is_caption,
    is_signing_office,
    kind_line,
    signs_in_small_letters,
)  # fmt: skip
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.phrases import MOTTO
from khplans.rules import Rule, Rules, always, once
from khplans.text.letters import UPPER

Part = Literal["body", "recipients", "signature", "signed", "annex-title"]
"""A part of a document; `signed` is a signature block whose name has been printed."""

CLOSING: frozenset[Part] = frozenset({"recipients", "signature", "signed"})
_BARE_LABEL = Wording(r"<annex label>(?: so)?(?: [\w]{1,5})?", "phụ lục số 1", folded=True)
_BEHALF = Wording(rf"<on behalf>[.\s]*[{UPPER}]", "TM. ỦY BAN NHÂN DÂN", exact=True)


@dataclass(frozen=True)
class Position(AtLine):
    """A line among those of its document, and the part that the line before it was of."""

    part: Part

    def following(self, count: int) -> Sequence[Line]:
        """So many of the lines after it."""
        return self.lines[self.i + 1 : self.i + 1 + count]

    @property
    def closing(self) -> bool:
        """Whether the recipients or the signature stand above."""
        return self.part in CLOSING

    @once
    def may_sign(self) -> bool:
        """Whether a signature may begin here: not in an annex's title, and not with a long line."""
        return self.part != "annex-title" and len(self.line.text) <= 160

    @once
    def office(self) -> bool:
        """Whether it names an office that signs, and introduces nothing."""
        return self.may_sign and is_signing_office(self.line) and not self.line.text.endswith(":")

    @property
    def named_or_listed(self) -> bool:
        """Whether it is a person's name, or begins with a dash as recipients do."""
        return self.line.raw.startswith(("-", "+")) or person_name(self.line.text) is not None

    @property
    def opens_annex(self) -> bool:
        """Whether it is an annex's name, its caption or the kind of what is annexed."""
        return bool(self.label or self.caption or self.document_kind)

    @once
    def label(self) -> bool:
        """Whether it opens an annex by name."""
        return is_annex_label(self.line)

    @once
    def caption(self) -> bool:
        """Whether it says what an annex came with."""
        return is_caption(self.line)

    @once
    def document_kind(self) -> bool:
        """Whether it announces a kind of document: what is attached has one of its own."""
        return kind_line(self.line) is not None

    def captioned_within(self, count: int) -> bool:
        """Whether one of so many lines after it says what an annex came with."""
        return any(map(is_caption, self.following(count)))


def _case_of(text: str, part: Part = "body", at: int = 0) -> Position:
    """One line of a text, the first unless `at` is given."""
    return Position(numbered_lines(text), at, part)


_ANNEX = "QUY CHẾ PHỐI HỢP\n(Kèm theo Quyết định số 5/QĐ-UBND)"

# fmt: off
PARTS: Rules[Position, Part] = Rules("part-of-document", _case_of, (
    Rule("recipients", ("Nơi nhận:",),
         lambda here: begins_recipients(here.line), "recipients"),
    Rule("signs-on-behalf", ("TM. ỦY BAN NHÂN DÂN",),
         lambda here: (here.may_sign and _BEHALF.match(here.line.text)
            and opening_words("on_behalf").match(here.line.key)), "signature"),
    Rule("signed-in-small-letters", ("Chủ tịch\n(Đã ký)",),
         lambda here: here.may_sign and signs_in_small_letters(here.lines, here.i), "signature"),
    Rule("office-in-the-closing", ("CHỦ TỊCH", "recipients"),
         lambda here: here.office and here.closing, "signature"),
    Rule("office-above-a-name", ("CHỦ TỊCH\nNguyễn Văn Hải",),
         lambda here: (here.office
            and any(person_name(after.text) for after in here.following(3))), "signature"),
    Rule("more-who-signed", ("Trần Thị Lan", "signed"),
         lambda here: here.part == "signed" and here.named_or_listed, "signed"),
    Rule("below-the-signature", ("DANH MỤC NHIỆM VỤ", "signed"),
         lambda here: here.part == "signed", "annex-title"),
    Rule("annex-after-the-closing", ("PHỤ LỤC I", "recipients"),
         lambda here: here.closing and not here.named_or_listed and here.opens_annex, "annex-title"),
    Rule("recipients-go-on", ("- Các sở, ban, ngành;", "recipients"),
         lambda here: here.part == "recipients", "recipients"),
    Rule("signature-goes-on", ("Nguyễn Văn Hải", "signature"),
         lambda here: here.part == "signature", "signature"),
    Rule("annex-title-goes-on", ("NHIỆM VỤ TRỌNG TÂM", "annex-title"),
         lambda here: here.part == "annex-title", "annex-title"),
    Rule("short-annex-label", ("PHỤ LỤC I",),
         lambda here: here.label and here.line.capitals and len(here.line.text) < 40, "annex-title"),
    Rule("annex-with-its-caption", (_ANNEX,),
         lambda here: ((here.label or here.document_kind)
            and (here.caption or here.captioned_within(5))), "annex-title"),
    Rule("body", ("Sở Y tế báo cáo kết quả.",),
         always, "body"),
))

ANNEX_TITLE: Rules[Position, BlockKind | None] = Rules("annex-title", _case_of, (
    Rule("motto", ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
         lambda here: len(here.line.text) < 120 and MOTTO.search(here.line.low), "letterhead"),
    Rule("issuer-above-a-motto", ("ỦY BAN NHÂN DÂN TỈNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
         lambda here: here.line.capitals and any(map(_motto_in_capitals, here.following(4))), "letterhead"),
    Rule("numbered-text", ("I. NHIỆM VỤ",),
         lambda here: here.line.marker and not here.caption, None),
    Rule("caption", ("(Kèm theo Quyết định số 5/QĐ-UBND)",),
         lambda here: here.caption, "title"),
    Rule("label-and-number", ("PHỤ LỤC I",),
         lambda here: _BARE_LABEL.fullmatch(here.line.key), "title"),
    Rule("kind-of-document", ("KẾ HOẠCH",),
         lambda here: here.document_kind, "title"),
    Rule("label-and-words", ("DANH MỤC NHIỆM VỤ",),
         lambda here: here.label, "heading"),
    Rule("stressed-line", ("NHIỆM VỤ TRỌNG TÂM",),
         lambda here: here.line.stressed, "heading"),
    Rule("words-above-the-caption", ("Nhiệm vụ trọng tâm\n(Kèm theo Quyết định số 5/QĐ-UBND)",),
         lambda here: len(here.line.text) < 300 and here.captioned_within(2), "heading"),
    Rule("text-begins", ("Sở Y tế báo cáo kết quả.",),
         always, None),
))
# fmt: on


def begins_recipients(line: Line) -> bool:
    """Whether the list of those who receive the document begins with a line.

    >>> [begins_recipients(line) for line in numbered_lines("Nơi nhận:\\n- Như trên;")]
    [True, False]
    """
    return bool(opening_words("recipients").match(line.key)) and len(line.text) < 500


def _motto_in_capitals(line: Line) -> bool:
    """Whether it is the country's name and motto."""
    return line.capitals and MOTTO.search(line.low) is not None
