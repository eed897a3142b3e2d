"""The document as the task extractor walks it: shadows, effective roles, introductions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from khplans.extraction.agencies import FoundAgency, find_agencies, read_list, shadow
from khplans.extraction.standing_rules import sets_rules
from khplans.extraction.tasks.charges import (
    ORDER,
    Charge,
    coordinates_in,
    heading_names,
    names_beside_bodies,
    read_charge,
)
from khplans.extraction.tasks.responsibility_lines import Attribute, read_attributes, read_heading
from khplans.knowledge.wording import Wording, any_of, cues
from khplans.model import AgencyMention, Block, Document
from khplans.reading.documents import document_of

_ASSIGNS = Wording(
    "<heading of tasks>|<heading of what is asked>", "nhiệm vụ trọng tâm", folded=True
)
_ISSUES = Wording("(?:ban hanh|xay dung) <issued text>", "ban hành kế hoạch", folded=True)
_SENTENCE = re.compile(r"[.;] (?=\S)")
_BETWEEN_NAMES = re.compile(r"[ .;,]*(?:[-+•*] ?)?")
_SHORT_TITLE = 40
_BODIES_BESIDE = 2
"""How many headings that name bodies make it likely that one beside them does, too."""
_LEADING = ("chu tri", "phoi hop")
"""How words begin that tell the one named above with whom to work."""
_DEAR = Wording(r"Kính gửi ?:? ?", "Kính gửi: ")
_VERDICT = Wording(r"<verdict>\W*", "quyết nghị:", folded=True)
_GROUNDS = Wording(
    r"<opens the grounds> .*\W<verdict> ?:$", "theo đề nghị của sở y tế, quyết định:", folded=True
)
# What a body does itself where its name opens an introduction: `Ủy ban nhân dân tỉnh quyết định thành lập … như sau:`.
_DECIDES = Wording(r" (?:da )?<decides>(?!\w)", " quyết định sắp xếp", folded=True)
# What it says itself, and asks of nobody: `Bộ Tài chính hướng dẫn thực hiện Nghị định số 12/2020/NĐ-CP như sau:`.
_SAYS = Wording(
    r" (?:xin )?<says itself>(?!\w)[^;]* nhu sau ?:$", " hướng dẫn như sau:", folded=True
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A block that ends with a colon: `last` is where its last sentence begins in the text."""

    block: int
    last: int
    charge: Charge
    earlier: Charge
    assigns: bool
    words: str
    """Its last sentence, as a shadow."""
    coordinates: tuple[FoundAgency, ...] = ()
    """With whom its last sentence tells them to work."""

    @property
    def closing(self) -> str:
        """Its words after the last point."""
        return self.words.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """What a section's heading says of agencies, its role in effect, and whether it is about money;
    `shade` is its shadow."""

    shade: str
    names: tuple[FoundAgency, ...]
    coordinates: tuple[FoundAgency, ...]
    role: str
    money: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a document's blocks before tasks are found in them."""

    document: Document
    shades: tuple[str, ...]
    headings: tuple[SectionHeading, ...]
    """By section."""
    section_of_heading: dict[int, int]
    attributes: tuple[tuple[Attribute, ...], ...]
    introductions: dict[int, tuple[Introduction, ...]]
    """By section (-1 for none), in order."""
    first_section_block: int
    contents: frozenset[int]
    """The blocks `Nội dung: …` that are tasks, for lines below them say by whom."""
    verdict: int
    """The block that says `QUYẾT ĐỊNH:`; 0 where there is none."""
    addressees: tuple[AgencyMention, ...]
    """Those to whom a letter goes."""
    orders: int | None
    """The first paragraph outside of all sections in which a superior charges somebody."""
    sets_rules: bool
    """Whether it is a legal text or a regulation; see `tasks/charging_articles.py`."""

    def chain(self, section: int | None) -> Iterator[int]:
        """The section and those it stands in, outwards."""
        while section is not None:
            yield section
            section = self.document.sections[section].parent

    def role(self, section: int | None) -> str:
        """The role of a section; `other` outside of all."""
        return self.headings[section].role if section is not None else "other"

    def is_line(self, block: int) -> bool:
        """Whether a block is a line about the items above it: `Cơ quan chủ trì: …`."""
        return _told(self.attributes[block]) and block not in self.contents

    def introduction(self, block: int, section: int | None) -> Introduction | None:
        """The last introduction directly in a section (None: in none) before a block."""
        found = self.introductions.get(-1 if section is None else section, ())
        before = bisect_left(found, block, key=lambda one: one.block)
        return found[before - 1] if before else None


def read_task_outline(document: Document) -> Outline:
    """Walk the blocks once.

    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Sở Y tế:\\na) Rừng.\\n| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| Thuế | Sở |")
    >>> outline.shades, sorted(outline.introductions), outline.first_section_block
    (('nhiem vu', 'so y te:', 'rung.', '', '', 'thue'), [], 0)
    """
    shades = tuple(
        shadow(block.text.text) if block.kind in ("paragraph", "item", "row", "heading") else ""
        for block in document.blocks
    )
    told = [
        tuple(read_attributes(shade) or (read_heading(shade) if block.kind == "heading" else ()))
        for block, shade in zip(document.blocks, shades, strict=True)
    ]
    attributes = _with_lists(document, shades, told)
    introductions: dict[int, list[Introduction]] = {}
    for i, block in enumerate(document.blocks):
        if block.kind in ("paragraph", "item") and _introduces(shades[i]):
            section = -1 if block.section is None else block.section
            introductions.setdefault(section, []).append(_introduction(document, i, shades[i]))
    return Outline(
        document,
        shades,
        _headings(document),
        {section.heading_block: i for i, section in enumerate(document.sections)},
        attributes,
        {section: tuple(found) for section, found in introductions.items()},
        min((s.heading_block for s in document.sections), default=len(document.blocks)),
        _contents(attributes),
        _verdict(document),
        _addressees(document),
        _orders(document, shades),
        sets_rules(document),
    )


def outline_of(text: str) -> Outline:
    """What is known of the one document of a text: for examples."""
    return read_task_outline(document_of(text))


def _introduces(shade: str) -> bool:
    """Whether words introduce what stands below; the grounds that end `QUYẾT ĐỊNH:` do not.

    >>> _introduces("so y te co trach nhiem:"), _introduces("theo de nghi cua so y te, quyet dinh:")
    (True, False)
    """
    return shade.rstrip().endswith(":") and not _GROUNDS.match(shade)


def _with_lists(
    document: Document, shades: tuple[str, ...], attributes: list[tuple[Attribute, ...]]
) -> tuple[tuple[Attribute, ...], ...]:
    """The attributes with those of the bullets below a line that names nobody itself.

    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Rà soát\\nCơ quan phối hợp:\\n+ Sở Y tế\\n+ Sở Nội vụ\\n+ Trồng rừng.\\n+ Sở Xây dựng")
    >>> [[(one.use, one.adds) for one in attributes] for attributes in outline.attributes]
    [[], [], [('coordinate', False)], [('coordinate', True)], [('coordinate', True)], [], []]
    """
    opened: Attribute | None = None
    for i, block in enumerate(document.blocks):
        if block.kind in ("furniture", "footnote"):
            continue
        if attributes[i]:
            last = attributes[i][-1]
            opened = None if last.value or not _told(attributes[i]) else last
        elif opened and _names_only(opened, block, shades[i]):
            attributes[i] = (Attribute(opened.use, 0, 0, len(shades[i]), adds=True),)
        else:
            opened = None
    return tuple(attributes)


def _names_only(opened: Attribute, block: Block, shade: str) -> bool:
    """Whether a bullet, or a line without a mark, names agencies and nothing else, below a line that
    asks for them: `+ Sở Y tế`, `Sở Y tế; - Sở Nội vụ`.

    >>> from khplans.reading.documents import document_of
    >>> texts = "Sở Y tế; - Sở Nội vụ.", "- Sở Y tế rà soát các cơ sở."
    >>> opened = Attribute("coordinate", 0, 0, 0)
    >>> [_names_only(opened, document_of(text).blocks[0], shadow(text.strip("- "))) for text in texts]
    [True, False]
    """
    if opened.use not in ("lead", "coordinate") or (block.label or "-") not in "-+•*":
        return False
    end, more = 0, True
    while more:
        named, stop = read_list(block.text.text, shade, end, len(shade))
        between = _BETWEEN_NAMES.match(shade, stop)
        more = bool(named and between and between.end() > end)
        end = between.end() if more and between else end
    return end > 0 and not shade[end:].strip(" .;,")


def _told(attributes: tuple[Attribute, ...]) -> bool:
    """Whether a line opens with what it is about: `Cơ quan chủ trì: …`.

    >>> _told(tuple(read_attributes("co quan chu tri: so y te"))), _told(tuple(read_attributes("ra soat rung; co quan chu tri: so y te"))), _told(())
    (True, False, False)
    """
    return bool(attributes) and attributes[0].begin <= 2


def _contents(attributes: tuple[tuple[Attribute, ...], ...]) -> frozenset[int]:
    """The lines `Nội dung: …` below which `Chủ trì: …` stands: they are tasks.

    >>> lines = "noi dung: trong rung", "chu tri: so y te", "noi dung: rung", "thoi gian: quy i", "noi dung:", "chu tri: so y te"
    >>> sorted(_contents(tuple(tuple(read_attributes(line)) for line in lines)))
    [0]
    """
    found: set[int] = set()
    below: set[str] = set()
    for i in range(len(attributes) - 1, -1, -1):
        if not _told(attributes[i]):
            below = set()
        elif attributes[i][0].use == "content":
            if "lead" in below and "event" not in below and attributes[i][0].value:
                found.add(i)
            below = set()
        else:
            below |= {one.use for one in attributes[i]}
    return frozenset(found)


def _verdict(document: Document) -> int:
    """The last title such as `QUYẾT ĐỊNH:` above the signature; 0 where there is none.

    >>> texts = "QUYẾT ĐỊNH\\nVề giá\\nCăn cứ Luật Giá;\\nQUYẾT ĐỊNH:\\nĐiều 1. Giá nước.", "I. NHIỆM VỤ\\n1. Rừng."
    >>> [_verdict(document_of(text)) for text in texts]
    [2, 0]
    """
    found = 0
    for i, block in enumerate(document.blocks):
        if block.kind == "signature":
            break
        if block.kind == "title" and len(block.text) < _SHORT_TITLE:
            found = i if _VERDICT.fullmatch(shadow(block.text.text)) else found
    return found


def _addressees(document: Document) -> tuple[AgencyMention, ...]:
    """Those whom a letter is addressed to: `Kính gửi: Sở Y tế`.

    >>> texts = "Kính gửi: Sở Y tế\\nĐề nghị báo cáo.\\nI. RỪNG", "I. NHIỆM VỤ\\n1. Rừng."
    >>> [[one.form for one in _addressees(document_of(text))] for text in texts]
    [['Sở Y tế'], []]
    """
    for block in document.blocks:
        found = _DEAR.match(block.text.text) if block.kind == "recipients" else None
        if found:
            return tuple(find_agencies(block.text.slice(found.end()), document.province))
    return ()


def _orders(document: Document, shades: tuple[str, ...]) -> int | None:
    """The paragraph above all sections that gives an order: `Chủ tịch UBND tỉnh yêu cầu:`.

    >>> texts = "Chủ tịch UBND tỉnh yêu cầu các sở báo cáo.\\nTrồng rừng.", "Rừng.\\nI. NHIỆM VỤ\\nUBND tỉnh yêu cầu."
    >>> [outline_of(text).orders for text in texts]
    [0, None]
    """
    for i, block in enumerate(document.blocks):
        if block.section is not None:
            return None
        if block.kind == "paragraph" and ORDER.search(shades[i]):
            return i
    return None


def _introduction(document: Document, i: int, shade: str) -> Introduction:
    """What a block introduces, by its last sentence: `Để thực hiện, UBND tỉnh yêu cầu các sở:`.

    >>> from khplans.reading.documents import document_of
    >>> text = "Để thực hiện kế hoạch, UBND tỉnh yêu cầu Sở Y tế:"
    >>> found = _introduction(document_of(text), 0, shadow(text))
    >>> [one.name for one in found.charge.charged], found.assigns
    (['Sở Y tế'], True)
    """
    text = document.blocks[i].text.text
    begins = [match.end() for match in _SENTENCE.finditer(shade)]
    last = begins[-1] if begins else 0
    charge = read_charge(text[last:], shade[last:]) if last else read_charge(text, shade)
    if charge.subject and _does_itself(shade, last + charge.end):
        charge = Charge()
    charge = charge.moved(last)
    earlier = read_charge(text[: last - 2], shade[: last - 2]) if last else Charge()
    words = shade[last:].rstrip()
    assigns = bool(charge.names) or bool(
        _ASSIGNS.search(words.rpartition(".")[2]) and not _ISSUES.search(words)
    )
    together = _coordinators(text[last:], shade[last:], bool(charge.names))
    coordinates = tuple(
        replace(one, start=one.start + last, end=one.end + last) for one in together
    )
    return Introduction(i, last, charge, earlier, assigns, words, coordinates)


def _coordinators(text: str, shade: str, charges: bool) -> list[FoundAgency]:
    """With whom those are to work whom a heading or an introduction charges, or the one above it:
    `Chủ trì, phối hợp với Sở Y tế thực hiện:`.

    >>> texts = "Chủ trì, phối hợp với Sở Y tế thực hiện:", "Rà soát, phối hợp với Sở Y tế:"
    >>> [[one.name for one in _coordinators(text, shadow(text), charges)] for text in texts for charges in (True, False)]
    [['Sở Y tế'], ['Sở Y tế'], ['Sở Y tế'], []]
    """
    return coordinates_in(text, shade) if charges or shade.startswith(_LEADING) else []


def _does_itself(shade: str, end: int) -> bool:
    """Whether who is named before `end` charges nobody: he issues a plan, decides or says something.

    >>> _does_itself(shadow("Bộ Y tế hướng dẫn tiêm chủng như sau:"), 7), _does_itself(shadow("Sở Y tế thực hiện:"), 7)
    (True, False)
    """
    shade = shade.rstrip()
    return any((_ISSUES.search(shade, end), _DECIDES.match(shade, end), _SAYS.match(shade, end)))


def _headings(document: Document) -> tuple[SectionHeading, ...]:
    """A numbered item that became a section has the role of what it stands in.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Rừng\\n- Trồng.\\nII. KINH PHÍ\\n1. Ngân sách\\n- Thuế.")
    >>> [(heading.shade, heading.role, heading.money) for heading in _headings(document)]
    [('muc tieu', 'objective', False), ('rung', 'objective', False), ('kinh phi', 'organisation', True), ('ngan sach', 'organisation', True)]
    """
    found: list[SectionHeading] = []
    for section in document.sections:
        text, shade = section.heading.text, shadow(section.heading.text)
        names = heading_names(text, shade)
        above = found[section.parent] if section.parent is not None else None
        role: str = section.role
        if document.blocks[section.heading_block].kind == "item":
            role = above.role if above else "other"
        money = bool(above and above.money) or bool(either("money-heading").match(shade))
        together = tuple(_coordinators(text, shade, bool(names)))
        found.append(SectionHeading(shade, names, together, role, money))
    return tuple(_beside_bodies(document, found))


def _beside_bodies(
    document: Document, headings: Sequence[SectionHeading]
) -> Iterator[SectionHeading]:
    """The headings, with whom those name that stand beside two that name bodies: `Đối với Thủ đô Hà Nội`.

    >>> found = outline_of("1. Sở Y tế\\na) Rà soát.\\n2. Sở Nội vụ\\na) Rà soát.\\n3. Thành phố Huế\\na) Rà soát.")
    >>> [[one.name for one in heading.names] for heading in found.headings]
    [['Sở Y tế'], ['Sở Nội vụ'], ['Thành phố Huế']]
    """
    bodies = Counter(
        section.parent
        for section, heading in zip(document.sections, headings, strict=True)
        if heading.names
    )
    for section, heading in zip(document.sections, headings, strict=True):
        if heading.names or bodies[section.parent] < _BODIES_BESIDE:
            yield heading
        else:
            names = names_beside_bodies(section.heading.text, heading.shade)
            yield replace(heading, names=names)


@cache
def either(use: str) -> re.Pattern[str]:
    """One of the words of a use, as whole words."""
    return re.compile(rf"{any_of(cues(use))}(?!\w)")
