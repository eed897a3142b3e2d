"""Pages from Jinja2 templates, in which every value is text unless the site made it HTML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.environment import TemplateModule

    from khplans.site.markup import SitePage


def render(page: SitePage, template: str, **values: object) -> Markup:
    """A template of `templates/` with the page, its language's words and these values.

    Values are escaped, and characters that nobody sees in them are shown, but for `Markup`.
    """
    words = page.words
    made = _environment().get_template(template).render(
        page=page, words=words, say=words.say, count=words.count, **values
    )  # fmt: skip
    return Markup(made)


def cell(name: str, /, **values: object) -> Markup:
    """What a macro of `templates/cells.html` makes of these values.

    >>> cell("amount", value="5 < 7")
    Markup('<b>5 &lt; 7</b>')
    """
    return Markup(getattr(_cells(), name)(**values))


@cache
def _cells() -> TemplateModule:
    return _environment().get_template("cells.html").module


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from khplans.site.markup import fragment, grid, in_markdown

    environment = Environment(
        loader=PackageLoader("khplans.site"), autoescape=True, undefined=StrictUndefined, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True, finalize=_seen,
    )  # fmt: skip
    environment.globals["grid"] = grid
    environment.filters["fragment"] = fragment
    environment.filters["in_markdown"] = lambda text: Markup(in_markdown(text))
    return environment


def _seen(value: Any) -> Any:
    """A value as text in which every character is seen, as pages write it elsewhere: what is no HTML of ours may hold anything."""
    from khplans.site.markup import esc

    return Markup(esc(value)) if isinstance(value, str) and not isinstance(value, Markup) else value
