"""Pages as Markdown with HTML blocks, in which no word of a plan can be anything but text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from khplans.site.catalogue import HERE
from khplans.site.languages import Language
from khplans.text.visible import escape_json, visible

MARK = '<span class="kh-site"></span>'
"""Where the browser puts the site's own address."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def esc(text: object) -> str:
    """Text as HTML text or an attribute's value, in which every character is seen.

    >>> esc('<script>"a" & b</script>')
    '&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;'
    """
    return html.escape(visible(str(text)), quote=True)


def in_markdown(text: object) -> str:
    """Text inside Markdown: every sign that could mean something there is an entity.

    >>> in_markdown("[x](javascript:1) {{ a }}")
    '&#91;x&#93;&#40;javascript&#58;1&#41; &#123;&#123; a &#125;&#125;'
    """
    words = visible(str(text)).replace("\n", " ")
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", words)


def anchor(table: str, row_id: str) -> str:
    """The id, on its plan's page, of the words that a row was taken from.

    >>> anchor("tasks", "ha-nam-12-kh-ubnd-2025:III/4:2")
    'tasks/ha-nam-12-kh-ubnd-2025:III/4:2'
    """
    return f"{table}/{row_id}".replace(" ", "_")


def fragment(identifier: str) -> str:
    """An element's id as the part of an address behind `#`.

    >>> fragment("tasks/a-2024:III/đ:2")
    'tasks/a-2024:III/%C4%91:2'
    """
    return quote(identifier, safe="/:,;@")


def link_to(address: str, text: str, attributes: str = "") -> Markup:
    """A link, as HTML; `attributes` are ready.

    >>> link_to("a.html?b&c", "A < B")
    Markup('<a href="a.html?b&amp;c">A &lt; B</a>')
    """
    return Markup(f'<a href="{esc(address)}"{attributes}>{esc(text)}</a>')


@dataclass(frozen=True)
class ContentsEntry:
    """A place of a page in its outline, with those below it."""

    title: str
    place: str
    children: Sequence[ContentsEntry] = ()
    page: str = ""
    """The address of the page that has it, where it is another."""

    def data(self) -> dict[str, Any]:
        """What the theme's outline takes."""
        children = [child.data() for child in self.children]
        url = f"{self.page}#{fragment(self.place)}"
        return {"title": esc(self.title), "url": url, "children": children}


_FOLDERS = {
    "plans": ("Plans", "plans/index"),
    "agencies": ("Agencies", "agencies/index"),
    "measures": ("Indicators", "measures/index"),
    "themes": ("Themes", "themes/index"),
    "instruments": ("Documents cited", "instruments/index"),
    "tables": ("Data tables", "tables/index"),
    "deadlines": ("Deadlines", "deadlines"),
    "releases": ("Releases", "releases/index"),
    "accuracy": ("Accuracy", "accuracy"),
}
"""The page that lists what is in a folder, with its title."""


@dataclass
class SitePage:
    """A page of the site in one language.

    `path` has no ending and is the same in both languages (`agencies/so-y-te`). `kind` is the
    layout of the theme. `feed` is the path of an Atom feed of what it shows. `outline` stands for the one that the headings would give. `body` collects Markdown blocks; `markdown` gives the whole file.
    `files` are those that go with it, by their place in the site; `picture` is the one that a shared link shows.
    `above` are titles and paths of the pages that it is below; empty for those of its folder.
    """

    words: Language
    path: str
    title: str
    description: str
    layout: str = "wide"
    scripts: tuple[str, ...] = ()
    wasm: bool = False
    outline: Sequence[ContentsEntry] = ()
    feed: str = ""
    body: list[str] = field(default_factory=list)
    files: dict[str, str | bytes] = field(default_factory=dict)
    picture: str = ""
    above: Sequence[tuple[str, str]] = ()

    @property
    def file(self) -> str:
        """Where it stands in the documentation folder."""
        return self.file_of(self.path)

    @property
    def _up(self) -> str:
        return "../" * (self.file.count("/"))

    def file_of(self, path: str) -> str:
        """Where another page of the same language stands in the documentation folder."""
        return f"{self._tree}{path}.md"

    @property
    def _tree(self) -> str:
        return "" if self.words.code == "vi" else "en/"

    def _trail(self) -> Sequence[tuple[str, str]]:
        """The pages above: what `above` says, else the list of its folder."""
        folder, _, name = self.path.partition("/")
        if self.above or name in ("", "index") or folder not in _FOLDERS:
            return self.above
        title, path = _FOLDERS[folder]
        return [(self.words.say(title), path)]

    def _place(self, path: str) -> str:
        return f"{self._tree}{quote(path)}.html"

    def link(self, path: str, place: str = "") -> str:
        """The address of another page of the same language, from here."""
        here, there = self.path.split("/")[:-1], path.split("/")
        while here and len(there) > 1 and here[0] == there[0]:
            here, there = here[1:], there[1:]
        target = "../" * len(here) + quote("/".join(there)) + ".html"
        return f"{target}#{fragment(place)}" if place else target

    def file_link(self, path: str) -> str:
        """The address of a file of the site that has no language, from here."""
        return self._up + quote(path)

    def a(self, path: str, text: str, place: str = "", attributes: str = "") -> Markup:
        """A link to another page, as HTML."""
        return link_to(self.link(path, place), text, attributes)

    def add(self, *blocks: str) -> None:
        """Append HTML blocks (each begins with a block-level tag at the start of a line)."""
        self.body += blocks

    def heading(self, level: int, text: str, identifier: str) -> None:
        """Append a heading that the page's outline shows."""
        self.body.append(f"{'#' * level} {in_markdown(text.strip())} {{ #{identifier} }}")

    def markdown(self) -> str:
        """The file's text: front matter and blocks."""
        meta: dict[str, Any] = {
            "title": esc(self.title),
            "description": esc(shorten(self.description, 300)),
            "layout": self.layout,
        }
        if self.scripts:
            meta["scripts"] = list(self.scripts)
        if self.wasm:
            meta["wasm"] = True
        if self.feed:
            meta["feed"] = self.feed
        if self.picture:
            meta["picture"] = self.picture
        meta["trail"] = [[visible(title), self._place(path)] for title, path in self._trail()]
        if self.outline:
            meta["outline"] = [entry.data() for entry in self.outline]
        head = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in meta.items())
        return f"---\n{head}---\n\n" + "\n\n".join(self.body) + "\n"


def addressed(text: str) -> str:
    """Words with addresses, as HTML: the browser puts the site's own where `HERE` stands.

    >>> addressed("⟦site⟧cite.html & more")
    '<span class="kh-site"></span>cite.html &amp; more'
    """
    return esc(text).replace(HERE, MARK)


def shorten(text: str, limit: int = 160) -> str:
    """The beginning of a text, cut between words.

    >>> shorten("Ban hành kế hoạch phát triển", 12)
    'Ban hành kế…'
    """
    text = " ".join(visible(text).split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def grid(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    classes: Mapping[int, str] | None = None,
    label: str = "",
    labelled: bool = False,
) -> Markup:
    """A table of ready HTML cells that scrolls sideways by itself where it is wide.

    `labelled` cells carry their column's title, for where a phone shows rows as cards.
    """
    classes = classes or {}
    named = f' role="region" aria-label="{esc(label)}"' if label else ""
    # The commonest styles are said once for a column, not in each of its cells.
    columns = [f"{css}{i + 1}" for i, css in sorted(classes.items()) if css in ("num", "nowrap")]
    styled = "".join(f" {column}" for column in columns)

    def cell(tag: str, place: int, content: str) -> str:
        own = classes.get(place, "")
        css = f' class="{own}"' if own and own not in ("num", "nowrap") else ""
        scope = ' scope="col"' if tag == "th" else ""
        title = f' data-label="{head[place]}"' if labelled and tag == "td" and content else ""
        return f"<{tag}{scope}{css}{title}>{content}</{tag}>"

    lines = [f"<tr>{''.join(cell('td', i, c) for i, c in enumerate(row))}</tr>" for row in rows]
    titles = "".join(cell("th", i, c) for i, c in enumerate(head))
    return Markup(
        f'<div class="kh-scroll{" kh-labelled" if labelled else ""}{styled}" tabindex="0"{named}><table>'
        f"<thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def json_script(data: object, kind: str, identifier: str = "") -> str:
    """Data inside a page as a script of a type that browsers don't run.

    >>> str(json_script({"a": "</script>"}, "b", "c")), str(json_script(1, "b"))
    ('<script type="b" id="c">{"a":"\\\\u003c/script\\\\u003e"}</script>', '<script type="b">1</script>')
    """
    text = escape_json(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    name = f' id="{identifier}"' if identifier else ""
    return f'<script type="{kind}"{name}>{text}</script>'
