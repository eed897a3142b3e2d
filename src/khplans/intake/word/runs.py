"""The runs of a paragraph, whatever wraps them: what stands in it, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from khplans.intake.word.content import Call, NoteKind, Part, TextBox, TextRun
from khplans.intake.word.fields import WordField, shown_without_result, shows_today
from khplans.intake.word.formulas import linear
from khplans.intake.word.styles import Marks, Style, Styles, marks_of
from khplans.intake.word.symbols import symbol, with_symbols
from khplans.intake.word.xml_names import (
    CHART,
    COMPATIBILITY,
    DIAGRAM,
    DRAWING,
    MATH,
    PLACED_DRAWING,
    VML,
    W,
    value,
)
from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACES = str.maketrans("\t\n\r", "   ")
"""White space of the XML; tabs and breaks are elements of their own."""
_HEX = re.compile(r"[0-9a-fA-F]{1,6}")
_NO_WORDS = frozenset(
    W + name
    for name in (
        "bdoPr", "customXmlPr", "dirPr", "ffData", "fldData", "pPr", "rPr", "rt", "rubyPr", "sdtEndPr", "sdtPr",
        "smartTagPr", "softHyphen",
    )
)  # fmt: skip
"""Elements under which nothing is that a reader sees."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the characters that come now are set."""

    style: Style
    marks: Marks
    hidden: bool = False
    struck: bool = False
    deleted: bool = False

    @property
    def left_out(self) -> LeftOutKind | None:
        return "deleted" if self.deleted else "hidden" if self.hidden else "struck" if self.struck else None  # fmt: skip


@dataclass(slots=True)
class RunReader:
    """Reads the paragraphs of a story one after another: a field may go over several.

    `closed` are the marks of its fields (`fields.closed_fields`), `comments` the words of the
    comments that were not met yet by their id. `dated` gets the instructions of fields that show the day of today.
    """

    styles: Styles
    closed: frozenset[Element]
    comments: dict[str, str]
    dated: set[str]
    _fields: list[WordField] = field(default_factory=list)
    _parts: list[Part] = field(default_factory=list)
    _description: str = ""

    def read(self, paragraph: Element, style: Style) -> list[Part]:
        """What stands in a paragraph of this style."""
        self._parts = []
        self._inside(paragraph, _Setting(style, Marks()))
        return self._parts

    def box(self) -> RunReader:
        """A reader for the story in a text box."""
        return replace(self, _fields=[], _parts=[])

    def _inside(self, elements: Iterable[Element], setting: _Setting) -> None:
        for child in elements:
            if child.tag in _READERS:
                _READERS[child.tag](self, child, setting)
            elif child.tag in _FIXED:
                self._add(_FIXED[child.tag], setting)
            elif child.tag not in _NO_WORDS:
                self._inside(child, setting)

    def _add(self, text: str, setting: _Setting, why: LeftOutKind | None = None) -> None:
        left_out = why or setting.left_out or self._left_out_of_field()
        self._parts.append(TextRun(text, left_out, bool(setting.marks.raised)))

    def _left_out_of_field(self) -> LeftOutKind | None:
        return self._fields[-1].left_out if self._fields else None

    def _run(self, run: Element, setting: _Setting) -> None:
        properties = run.find(W + "rPr")
        setting = self._set(setting, properties)
        children = list(run)
        marked = (n for n, x in enumerate(children) if x.tag in _CALLS and x.get(W + "customMarkFollows"))  # fmt: skip
        at = next(marked, len(children))
        self._inside(children[:at], setting)
        if at < len(children):
            call = children[at]
            mark = self._mark(children[at + 1 :], setting)
            self._parts.append(Call(_CALLS[call.tag], call.get(W + "id", ""), mark, setting.left_out))  # fmt: skip

    def _mark(self, elements: Iterable[Element], setting: _Setting) -> str:
        """The words under elements, which are a note's mark and no part of the paragraph; what else is there stays in it."""
        parts, self._parts = self._parts, []
        self._inside(elements, setting)
        shown = (None, setting.left_out, self._left_out_of_field())
        words = [x for x in self._parts if isinstance(x, TextRun) and x.left_out in shown]
        self._parts = parts + [part for part in self._parts if part not in words]
        return "".join(part.text for part in words)

    def _set(self, setting: _Setting, properties: Element | None) -> _Setting:
        """Strike and hidden of a character style undo those of the paragraph's; the run has the last word."""
        own = marks_of(properties)
        named = self.styles.character(value(properties, "rStyle")).marks
        base = setting.style.marks
        marks = own.over(named).over(base)
        struck = own.struck if own.struck is not None else bool(named.struck) != bool(base.struck)
        hidden = own.hidden if own.hidden is not None else bool(named.hidden) != bool(base.hidden)
        return replace(
            setting, marks=marks, struck=struck or bool(marks.struck_twice), hidden=hidden
        )

    def _text(self, element: Element, setting: _Setting) -> None:
        if element.text:
            text = with_symbols(element.text.translate(_SPACES), setting.marks.font or "")
            self._add(text, setting)

    def _deleted(self, element: Element, setting: _Setting) -> None:
        self._inside(element, replace(setting, deleted=True))

    def _deleted_text(self, element: Element, setting: _Setting) -> None:
        self._text(element, replace(setting, deleted=True))

    def _symbol(self, element: Element, setting: _Setting) -> None:
        code = element.get(W + "char", "")
        character = symbol(int(code, 16), element.get(W + "font", "")) if _HEX.fullmatch(code) else None  # fmt: skip
        if character is None:
            self._add(f"[{code[:6]}]", setting, "other")
        else:
            self._add(character, setting)

    def _formula(self, element: Element, setting: _Setting) -> None:
        self._add(linear(element), setting)

    def _drawn_line(self, element: Element, setting: _Setting) -> None:
        self._add("\n", setting)
        self._inside(element, setting)

    def _call(self, element: Element, setting: _Setting) -> None:
        left_out = setting.left_out
        self._parts.append(Call(_CALLS[element.tag], element.get(W + "id", ""), "", left_out))

    def _comment(self, element: Element, setting: _Setting) -> None:
        words = self.comments.pop(element.get(W + "id", ""), "")
        if words:
            self._add(words, setting, "other")

    def _box(self, element: Element, setting: _Setting) -> None:
        if setting.left_out:
            self._add(all_words(element), setting)
        else:
            self._parts.append(TextBox(element))

    def _describe(self, element: Element, setting: _Setting) -> None:
        self._description = element.get("descr", "")

    def _picture(self, element: Element, setting: _Setting) -> None:
        self._add(self._description, setting, "picture")
        self._description = ""

    def _word_art(self, element: Element, setting: _Setting) -> None:
        self._add(element.get("string", ""), setting, "other")

    def _alternate(self, element: Element, setting: _Setting) -> None:
        branch = chosen_branch(element)
        if branch is not None:
            self._inside(branch, setting)

    def _simple_field(self, element: Element, setting: _Setting) -> None:
        self._fields.append(
            WordField(self._left_out_of_field(), None, [element.get(W + "instr", "")])
        )
        self._begin_result()
        self._inside(element, setting)
        self._fields.pop()

    def _begin_result(self) -> None:
        instruction = self._fields[-1].begin_result()
        if shows_today(instruction):
            self.dated.add(instruction)

    def _field_mark(self, element: Element, setting: _Setting) -> None:
        if element not in self.closed:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(WordField(self._left_out_of_field()))
        elif self._fields and kind == "separate":
            self._begin_result()
        elif self._fields and kind == "end":
            self._end_field(setting)

    def _end_field(self, setting: _Setting) -> None:
        ended = self._fields.pop()
        said = "".join(ended.instruction)
        if not ended.in_result and shown_without_result(said):
            self._add(said.strip(), setting, "other")

    def _instruction(self, element: Element, setting: _Setting) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")


_CALLS: Mapping[str, NoteKind] = {
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
}
_FIXED: Mapping[str, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_READERS: Mapping[str, Callable[[RunReader, Element, _Setting], None]] = {
    W + "r": RunReader._run,
    W + "t": RunReader._text,
    W + "delText": RunReader._deleted_text,
    W + "del": RunReader._deleted,
    W + "moveFrom": RunReader._deleted,
    W + "sym": RunReader._symbol,
    W + "fldSimple": RunReader._simple_field,
    W + "fldChar": RunReader._field_mark,
    W + "instrText": RunReader._instruction,
    W + "delInstrText": RunReader._instruction,
    W + "commentReference": RunReader._comment,
    W + "txbxContent": RunReader._box,
    W + "p": RunReader._drawn_line,
    DRAWING + "p": RunReader._drawn_line,
    DRAWING + "t": RunReader._text,
    PLACED_DRAWING + "docPr": RunReader._describe,
    DRAWING + "blip": RunReader._picture,
    VML + "imagedata": RunReader._picture,
    VML + "textpath": RunReader._word_art,
    CHART + "chart": RunReader._picture,
    DIAGRAM + "relIds": RunReader._picture,
    MATH + "oMath": RunReader._formula,
    COMPATIBILITY + "AlternateContent": RunReader._alternate,
    **dict.fromkeys(_CALLS, RunReader._call),
}
_WORDS = (W + "t", W + "delText", DRAWING + "t")


def chosen_branch(alternate: Element) -> Element | None:
    """Of what is there once for newer and once for older programs, the first that has words."""
    branches = list(alternate)
    wordy = (x for x in branches if next(x.iter(W + "txbxContent", *_WORDS), None) is not None)
    return next(wordy, branches[0] if branches else None)


def all_words(element: Element) -> str:
    """All words under an element, deleted ones too, a line a paragraph; a choice's words once."""
    lines: list[str] = []
    _gather(element, lines)
    return "\n".join(line for line in lines if line.strip())


def _gather(element: Element, lines: list[str]) -> None:
    if element.tag in (W + "p", DRAWING + "p"):
        lines.append("")
    if element.tag in _WORDS:
        lines[-1:] = [(lines[-1] if lines else "") + (element.text or "")]
    elif element.tag == COMPATIBILITY + "AlternateContent":
        branch = chosen_branch(element)
        if branch is not None:
            _gather(branch, lines)
    else:
        for child in element:
            _gather(child, lines)
