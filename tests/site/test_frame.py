"""The frame is Material's, the pages are plain Markdown that its successor builds too."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.jslexer import tokenize
from conftest import LONG_NAME, Watched, project
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from playwright.sync_api import expect

from khplans.site import build as building
from khplans.site import material
from khplans.site.build import build_site
from khplans.site.languages import vietnamese_catalogue
from khplans.site.script_words import said_in

Open = Callable[..., Watched]
SOURCES = Path(building.__file__).parent
SCRIPTS = sorted((SOURCES / "assets" / "js").glob("*.js"))
_CALLED = re.compile(r"\b(?:say|count)\((?!english)")
_VIETNAMESE = re.compile("[à-ãè-êìíò-õùúýăđĩũơưạ-ỹ]", re.IGNORECASE)
_NOT_SAID = ("linecomment", "multilinecomment", "regexp")


def _files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_properdocs_makes_the_same_bytes_in_another_place_and_time_zone(
    site: Path, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    used = []
    for name in ("commands.build", "config", "exceptions"):
        module = importlib.import_module(f"properdocs.{name}")
        monkeypatch.setitem(sys.modules, f"mkdocs.{name}", module)
        used.append(module.__name__)
    assert used[0] == "properdocs.commands.build"
    made = _files(build_site(project(tmp_path / "p"), collection=collection))
    shown = _files(site)
    assert sorted(made) == sorted(shown)
    assert [name for name in made if made[name] != shown[name]] == []


@pytest.mark.parametrize("path", ["index.html", "en/measures/grdp-growth.html", "404.html"])
def test_a_page_has_what_material_gives(site: Path, path: str) -> None:
    page = (site / path).read_text("utf-8")
    for part in ("header", "tabs", "top", "palette", "toc", "navigation"):
        there = f'data-md-component="{part}"' in page or f'data-md-type="{part}"' in page
        assert there or (part == "toc" and "measures" not in path), part
    assert page.count("md-tabs__item") >= 8
    assert '<html lang="en"' in page if path.startswith("en/") else '<html lang="vi"' in page


@pytest.mark.parametrize("package", [SOURCES, SOURCES.parent / "review"])
def test_no_rule_is_of_what_no_page_has(package: Path) -> None:
    kinds = (".py", ".js", ".md", ".html")
    sources = [p for p in package.rglob("*") if p.suffix in kinds and p.is_file()]
    words = " ".join(path.read_text("utf-8") for path in sources)
    layouts = {f"kh-{name}" for name in re.findall(r'layout="(\w+)"', words)}
    known = {*re.findall(r"kh-[\w-]+", words), *layouts}
    styles = "".join(path.read_text("utf-8") for path in package.rglob("*.css"))
    ruled = {name for name in re.findall(r"\.(kh-[\w-]+)", styles) if "kh-no-" not in name}
    assert ruled - known == set()
    assert len(ruled) > 4


@pytest.mark.parametrize(("name", "file"), [("base", "before.js"), ("palette", "palette.js")])
def test_scripts_that_material_writes_into_pages_are_files(
    site: Path, name: str, file: str
) -> None:
    text = material.small_script(name)
    assert (site / "static" / "js" / file).read_text("utf-8").startswith(text)
    assert "{{" not in text
    assert len(text) > 50


def _said() -> Iterator[str]:
    """The English words of the code, the templates and the scripts of the site."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                told = node.func.attr == "say" or (
                    node.func.attr == "count" and len(node.args) == 3
                )
                if told and isinstance(first, ast.Constant):
                    yield str(first.value)
    environment = Environment(autoescape=True)
    for path in sorted([*SOURCES.rglob("templates/*"), *SOURCES.rglob("theme/**/*.html")]):
        parsed = environment.parse(path.read_text("utf-8"))
        for _, _, found in extract_from_ast(parsed, ("say", "count")):
            first = found if isinstance(found, str) else found[0]
            assert first, path
            yield first
    for path in SCRIPTS:
        yield from said_in(path.read_text("utf-8"))


def test_the_catalogue_has_every_word_and_no_other() -> None:
    said = set(_said())
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in vietnamese_catalogue() if m.id}
    assert sorted(said - known) == []
    assert sorted(known - said) == []


_PAGES = [*sorted((SOURCES / "pages").glob("*.py")), SOURCES / "languages.py", SOURCES / "chart.py"]


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.name)
def test_a_page_s_code_has_no_vietnamese_words(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    assert [words for words in texts if _VIETNAMESE.search(words)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_words_but_the_catalogue_s(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(list(said_in(text))) == len(_CALLED.findall(text))
    told = [one.value for one in tokenize(text) if one.type not in _NOT_SAID]
    assert [words for words in told if _VIETNAMESE.search(words)] == []


@pytest.mark.parametrize("tree", ["", "en/"])
def test_a_catalogue_s_long_name_is_whole_on_a_phone(
    open_page: Open, serve: Callable[[Path], str], hostile_site: Path, tree: str
) -> None:
    page = open_page(serve(hostile_site) + tree, viewport={"width": 390, "height": 844}).page
    name = page.locator(".md-header__topic .md-ellipsis").first
    expect(name).to_have_text(LONG_NAME)
    size = "e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]"
    assert name.evaluate(size) == [0, 0]
    header = page.locator(".md-header__inner").bounding_box()
    box = name.bounding_box()
    assert header
    assert box
    assert header["y"] <= box["y"]
    assert box["y"] + box["height"] <= header["y"] + header["height"]
