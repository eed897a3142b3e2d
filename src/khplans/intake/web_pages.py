"""Text out of web pages, whatever their markup: time and memory grow with the page's length alone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCKS = frozenset((
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article",
    "header", "footer", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption", "thead",
    "tbody", "form", "title",
))  # fmt: skip
_HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "nav", "svg", "iframe"))
_TEXT_ONLY = re.compile(r"script|style")
"""Elements in which no markup counts but their own end."""
_OPENS = re.compile(r"<(?:(?P<comment>!--)|(?P<declaration>[!?])|/?(?P<name>[a-zA-Z][^\s/<>]*))")
_ATTRIBUTES = re.compile(r"""(?:[^<>"']|"[^"]*"|'[^']*')*+""")
_PLAIN_ATTRIBUTES = re.compile(r"[^<>]*+")
# Numbers that name no character, of more digits than are worth reading.
_NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")


@dataclass(frozen=True, slots=True)
class WebPage:
    """The words of a page and its title."""

    title: str
    text: str


def read_web_page(page: str) -> WebPage:
    r"""What a reader of the page sees: a line for each block, a tab between the cells of a row.

    Markup that is never closed is text.

    >>> read_web_page("<title>A</title><p>x<br>y<table><tr><td>1<td>2</table>").text
    'x\ny\n\n1\t2'
    """
    words = _Words()
    markup = _Markup(page)
    position = 0
    while opens := _OPENS.search(page, position):
        words.add(page[position : opens.start()])
        end = markup.end_of(opens)
        if end is None:
            words.add(page[opens.start() : opens.end()])
            position = opens.end()
            continue
        position = end
        if opens["name"]:
            name = opens["name"].lower()
            words.tag(name, opens[0][1] == "/", page[end - 2] == "/")
            if _TEXT_ONLY.fullmatch(name) and opens[0][1] != "/":
                position = markup.end_of_element(name, end)
    words.add(page[position:])
    return WebPage("".join(words.title).strip(), words.text())


class _Markup:
    """Where tags, comments and declarations end. No part is gone through more than a few times."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._last_comment = page.rfind("-->")
        self._last_tag = page.rfind(">")
        self._patience = 2 * len(page)

    def end_of(self, opens: re.Match[str]) -> int | None:
        """Where what begins there ends; None where it never does."""
        begin = opens.end()
        if opens["comment"]:
            return self._page.index("-->", begin) + 3 if begin <= self._last_comment else None
        if begin > self._last_tag:
            return None
        if opens["declaration"]:
            return self._page.index(">", begin) + 1
        end = self._end_of_attributes(begin)
        return end + 1 if self._page.startswith(">", end) else None

    def _end_of_attributes(self, begin: int) -> int:
        """Where a tag's attributes end; once too much was gone through in vain, quotes don't count."""
        if self._patience <= 0:
            return self._plain_end(begin)
        found = _ATTRIBUTES.match(self._page, begin)
        end = found.end() if found else begin
        if self._page.startswith(">", end):
            return end
        unclosed_quote = self._page.startswith(('"', "'"), end)
        self._patience -= (len(self._page) if unclosed_quote else end) - begin
        return self._plain_end(begin)

    def _plain_end(self, begin: int) -> int:
        found = _PLAIN_ATTRIBUTES.match(self._page, begin)
        return found.end() if found else begin

    def end_of_element(self, name: str, begin: int) -> int:
        """Where the end tag of an element stands, or the page ends."""
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._page, begin)
        return found.start() if found else len(self._page)


@dataclass(slots=True)
class _Words:
    title: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _hidden: int = 0
    _cells: int = 0
    _in_title: bool = False

    def add(self, raw: str) -> None:
        if not raw:
            return
        words = html.unescape(_NO_CHARACTER.sub("\ufffd", raw))
        if self._in_title:
            self.title.append(words)
        elif not self._hidden:
            self._parts.append(re.sub(r"[ \r\n\f]+", " ", words))

    def tag(self, name: str, closes: bool, is_empty: bool) -> None:
        if not closes:
            self._start(name)
        if closes or is_empty:
            self._end(name)

    def _start(self, name: str) -> None:
        self._in_title = name == "title"
        if name in _HIDDEN:
            self._hidden += 1
        elif name in ("td", "th"):
            if self._cells:
                self._parts.append("\t")
            self._cells += 1
        elif name == "tr":
            self._parts.append("\n")
            self._cells = 0
        elif name in _BLOCKS:
            self._break()

    def _end(self, name: str) -> None:
        if name == "title":
            self._in_title = False
        if name in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif name in ("tr", "table"):
            self._cells = 0
            self._parts.append("\n")
        elif name in _BLOCKS:
            self._break()

    def _break(self) -> None:
        self._parts.append(" " if self._cells else "\n")

    def text(self) -> str:
        lines = "".join(self._parts).split("\n")
        spaced = [re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", x).strip(" ")) for x in lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(spaced)).strip("\n")
