"""axe-core finds nothing serious on any kind of page, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import KINDS, Watched, wait_until_shown


def _opened(open_page: Callable[..., Watched], url: str, **options: object) -> Watched:
    """The page without its policy, which rightly keeps axe out."""
    watched = open_page(url, bypass_csp=True, **options)
    wait_until_shown(watched.page)
    return watched


def _serious(watched: Watched, **options: object) -> list[str]:
    options = {"resultTypes": ["violations"], **options}
    found: dict[str, Any] = Axe().run(watched.page, options=options).response
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in ("moderate", "serious", "critical")
        for node in violation["nodes"][:3]
    ]


def _darken(watched: Watched) -> None:
    watched.page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    watched.page.wait_for_function("!document.getAnimations().length")


@pytest.mark.parametrize("path", [*KINDS, "en/index.html", "en/tables/tasks.html"])
def test_axe_finds_nothing_serious(
    open_page: Callable[..., Watched], address: str, path: str
) -> None:
    watched = _opened(open_page, address + path, color_scheme="light")
    assert _serious(watched) == []
    _darken(watched)
    assert _serious(watched, runOnly=["color-contrast"]) == []


def test_axe_is_listened_to(open_page: Callable[..., Watched], address: str) -> None:
    watched = _opened(open_page, address + "about.html")
    watched.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any("button-name" in found for found in _serious(watched))
    _darken(watched)
    watched.page.evaluate("document.querySelector('main p').style.color = 'black'")
    assert any("contrast" in found for found in _serious(watched, runOnly=["color-contrast"]))


@pytest.mark.parametrize("width", [320, 640])
def test_axe_finds_nothing_serious_on_a_phone_and_zoomed(
    open_page: Callable[..., Watched], address: str, width: int
) -> None:
    for path in ("tables/tasks.html", "agencies/khanh-hoa-so-y-te.html"):
        size = {"width": width, "height": 640}
        watched = _opened(open_page, address + path, viewport=size)
        assert _serious(watched) == []


def test_who_goes_by_keyboard_sees_where_they_are(
    open_page: Callable[..., Watched], address: str
) -> None:
    page = open_page(address + "about.html").page
    fields = {
        "index.html": ".kh-bigsearch input",
        "plans/khanh-hoa-4969-kh-ubnd-2024.html": ".kh-kinds input",
        "tables/tasks.html": "#kh-controls [name=q]",
        "agencies/index.html": ".kh-filter",
    }
    for path, field in fields.items():
        page.goto(address + path)
        page.keyboard.press("Tab")
        page.locator(field).first.focus()
        outline = "e => { const { outlineStyle, outlineWidth } = getComputedStyle(e); return [outlineStyle, outlineWidth]; }"
        assert page.locator(field).first.evaluate(outline) == ["solid", "2px"], path
