"""Hostile words in every field of a plan, through the whole line: nothing runs, nothing is lost, all reads as written."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest
from click.testing import CliRunner
from conftest import Watched, wait_until_shown
from hostile_plans import (
    ELSEWHERE,
    FILE_NAME,
    MARK,
    PAYLOADS,
    hostile_page,
    one_line,
    write_hostile,
)
from made_once import made_once
from playwright.sync_api import Browser
from rounds import rounds
from small_plans import LAO_CAI, add_plan

import khplans
from khplans.cli import group
from khplans.packages.reader import OwnReader
from khplans.releases.excel_csv import original
from khplans.tables.definition import tables
from khplans.text.visible import visible

Open = Callable[..., Watched]
NAMES = rounds(("script", "markdown", "template", "terminal", "equals"), tuple(PAYLOADS))
ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
RUNS = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
"""What a spreadsheet may take for a formula."""
REACHED = {
    "agencies.name", "agency_names.form", "corrections.after", "corrections.reason", "documents.origin",
    "documents.plan_title", "documents.title", "indicators.name", "instruments.title", "sections.heading",
    "task_agencies.form", "tasks.deadline_text", "tasks.output", "tasks.text", "warnings.message",
    "warnings.message_en",
}  # fmt: skip
"""The columns that words of a plan stand in as they are; the others hold names of this house, numbers, ids."""


def run(*arguments: str) -> str:
    said = CliRunner().invoke(group, arguments, prog_name="khplans")
    assert said.exit_code == 0, said.output
    assert not ACTS.search(said.output), ascii(said.output)
    return said.output


def _make(folder: Path) -> None:
    """A catalogue of such plans, released twice, with its site."""
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHPLANS_CACHE", str(folder / "cache"))
        run("init", "cat", "--title", "x")
        settings = Path("cat/khplans.toml")
        told = one_line(" ".join(PAYLOADS[name] for name in ("image", "attribute", "template")))
        hostile = re.sub(
            r"^(title|title_en|brand|publisher) = .*$",
            lambda line: f"{line[1]} = {told}",
            settings.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        settings.write_text(hostile, "utf-8")
        page = hostile_page(folder)
        with contextlib.chdir("cat"):
            add_plan(Path("plans"), "quiet", LAO_CAI)
            for verb in ("build", "check", "release"):
                run(verb)
            run("add", str(page), "--received", "2025-03-01")
            for name in NAMES:
                write_hostile(Path("plans") / name.replace(" ", "-"), PAYLOADS[name])
            run("publish")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    return made_once(tmp_path_factory, "hostile-words", _make) / "cat"


@pytest.fixture(scope="module")
def address(catalogue: Path, serve: Callable[[Path], str]) -> str:
    return serve(catalogue / "site")


@pytest.fixture(scope="module")
def written(catalogue: Path) -> dict[str, set[str]]:
    """The cells with such words by their columns."""
    probes = [PAYLOADS[name].strip()[:12] for name in NAMES]
    reader = OwnReader(catalogue / "datapackages/khplans")
    found: dict[str, set[str]] = {}
    for definition in tables():
        for row in reader.rows(definition.name):
            for column, value in row.items():
                if isinstance(value, str) and any(probe in value for probe in probes):
                    found.setdefault(f"{definition.name}.{column}", set()).add(value)
    return found


def said(text: str) -> str:
    """As people see it, wherever its lines are broken."""
    return " ".join(visible(text).split())


def test_the_words_stand_in_every_field_that_can_hold_them(written: dict[str, set[str]]) -> None:
    assert written.keys() >= REACHED
    assert not {key for key in written if key.endswith("_id")}


def test_no_byte_of_a_plan_is_lost(catalogue: Path) -> None:
    plans = {path.parent.name: path for path in (catalogue / "plans").glob("*/source.txt")}
    assert len(plans) == len(NAMES) + 2
    for plan_id, path in plans.items():
        for package in ("datapackages/khplans", f"datapackages/{plan_id}", "site/data/latest"):
            kept = catalogue / package / "sources" / f"{plan_id}.txt"
            assert kept.read_bytes() == path.read_bytes()


def test_the_release_of_them_is_made_again(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalogue)
    monkeypatch.setenv("KHPLANS_CACHE", str(catalogue.parent / "cache"))
    assert "every byte right" in run("verify", "releases")


# Pages


ANSWERING = {"index.html", "search.html", "sql.html", "graph.html"}
"""Pages whose scripts show words of plans."""


def _kinds(site: Path) -> Iterator[str]:
    """Every page; in `make test` one of each kind and those that a plan's words are most of."""
    by_folder: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*.html")):
        place = path.relative_to(site).as_posix()
        by_folder.setdefault(place.rpartition("/")[0], []).append(place)
    for folder, places in by_folder.items():
        if folder in rounds(("plans",), tuple(by_folder)):
            yield from places
        else:
            yield from sorted(ANSWERING & {*places}) or places[-1:]


def test_no_page_runs_asks_or_gets_an_element_of_a_plan_s(
    browser: Browser, catalogue: Path, address: str
) -> None:
    """Without the policy of the pages, so that nothing else holds back what would run."""
    context = browser.new_context(bypass_csp=True)
    for place in _kinds(catalogue / "site"):
        watched, asked = Watched(context), []
        watched.page.on("dialog", lambda dialog, asked=asked: (asked.append(dialog.message), dialog.dismiss()))  # type: ignore[misc]  # fmt: skip
        watched.page.goto(address + place, wait_until="load")
        wait_until_shown(watched.page)
        assert (place, asked, watched.complaints) == (place, [], [])
        outside = [url for url in watched.requests if not url.startswith((address, "data:", "blob:"))]  # fmt: skip
        assert (place, outside) == (place, [])
        assert (place, watched.page.evaluate(_MADE)) == (place, [])
        assert (place, ACTS.findall(watched.page.inner_text("body"))) == (place, [])
        watched.page.close()
    context.close()


_MADE = f"""() => [...document.querySelectorAll("*")].filter((one) =>
  one.matches("{MARK}, [{MARK}], script:not([src]):not([type*=json])")
  || [...one.attributes].some(({{ name, value }}) => name.startsWith("on")
    || (["href", "src", "action", "formaction", "xlink:href"].includes(name) && /^\\s*javascript:|{re.escape(ELSEWHERE)}/i.test(value)))
  || (!one.children.length && one.textContent.includes("{7 * 191}"))
).map((one) => one.outerHTML.slice(0, 300))"""
"""Elements that words of a plan made, links that they lead astray, and sums that a template did for them."""


def test_what_that_test_is_for_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    for words in (
        f"<{MARK}>", f"<p {MARK}=1>", "<a href='javascript:1'>", f"<img src=//{ELSEWHERE}/x>", "<p>1337",
        "<p onclick=1>", "<script>1</script>",
    ):  # fmt: skip
        page.set_content(words)
        assert page.evaluate(_MADE), words
    page.close()


def test_every_line_of_a_plan_reads_on_its_pages_as_written(
    open_page: Open, catalogue: Path, address: str
) -> None:
    site = catalogue / "site"
    page = open_page(address).page
    for name in NAMES:
        plan_id = name.replace(" ", "-")
        parts = [site / f"plans/{plan_id}.html", *site.glob(f"plans/{plan_id}/*.html")]
        shown = ""
        for part in parts:
            page.goto(address + part.relative_to(site).as_posix())
            page.evaluate("document.querySelectorAll('main ins').forEach((one) => one.remove())")
            shown += " " + page.evaluate("document.querySelector('main').textContent")
        shown = " ".join(shown.split())
        source = (catalogue / f"plans/{plan_id}/source.txt").read_bytes().decode()
        lines = [said(cell) for line in source.split("\n") for cell in line.split("\t")]
        assert (name, [line for line in lines if line not in shown]) == (name, [])


class _Text(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _text_of(path: Path) -> str:
    return " ".join("".join(_Text(path.read_text("utf-8")).found).split())


def test_names_and_notes_read_as_written(catalogue: Path, written: dict[str, set[str]]) -> None:
    """An agency on its page, a plan in the list of plans and whole on its own, what changed in the release's notes."""
    site = catalogue / "site"
    agencies = {_text_of(path) for path in site.glob("agencies/*.html")}
    for name in written["agencies.name"]:
        assert any(said(name) in text for text in agencies), name
    listed = _text_of(site / "plans/index.html")
    own = {_text_of(path) for path in site.glob("plans/*.html")}
    for title in written["documents.plan_title"]:
        assert said(title)[:80] in listed
        assert any(said(title) in text for text in own), title
    told = [(catalogue / f"releases/1.1.0/notes.{code}.md").read_text("utf-8") for code in ("vi", "en")]  # fmt: skip
    for notes in told:
        assert not ACTS.search(notes)
        assert f"<{MARK}" not in notes
        assert "{{" not in notes


# Downloads


def _download(open_page: Open, url: str, kind: str) -> bytes:
    page = open_page(url).page
    page.wait_for_selector("#explorer[data-ready]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Tải các dòng này ({kind})").click()
    return Path(waiting.value.path()).read_bytes()


EXPLORED = rounds(
    ("tasks",), ("tasks", "documents", "agencies", "corrections", "indicators", "warnings")
)
COLUMNS = {"tasks": ("text", "output", "deadline_text"), "documents": ("title", "plan_title"), "agencies": ("name",),
           "corrections": ("after", "reason"), "indicators": ("name",), "warnings": ("message",)}  # fmt: skip


@pytest.mark.parametrize("table", EXPLORED)
def test_rows_that_a_reader_downloads_are_texts_and_as_written(
    open_page: Open, address: str, written: dict[str, set[str]], table: str
) -> None:
    url = f"{address}tables/{table}.html"
    wanted = {said(cell) for column in COLUMNS[table] for cell in written[f"{table}.{column}"]}
    data = _download(open_page, url, "CSV").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))
    _assert_guarded(rows, table)
    assert wanted <= {said(original(cell)) for row in rows for cell in row}
    book = openpyxl.load_workbook(io.BytesIO(_download(open_page, url, "XLSX")))
    assert wanted <= _cells_of(book)


def _assert_guarded(rows: list[list[str]], name: str) -> None:
    for row in rows:
        for cell in row:
            if not re.fullmatch(r"-?\d+([.,]\d+)?", cell):
                assert not RUNS.match(cell), (name, cell)
            assert not ACTS.search(cell), (name, ascii(cell))


def _cells_of(book: Any) -> set[str]:
    found = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                if cell.value is not None:
                    found.add(" ".join(openpyxl.utils.escape.unescape(str(cell.value)).split()))
    return found


def test_every_csv_that_the_site_and_the_release_make_for_spreadsheets_is_guarded(
    catalogue: Path, written: dict[str, set[str]]
) -> None:
    """The plain CSV of the tables keeps every character; the others are for people."""
    release, site = catalogue / "releases/1.1.0", catalogue / "site"
    own = [path for path in site.rglob("*.csv") if "data" not in path.relative_to(site).parts]
    own = [path for path in own if "static" not in path.relative_to(site).parts]
    assert len(own) >= 8
    excel = sorted((release / "excel").iterdir())
    seen: set[str] = set()
    for path in (*own, *excel):
        separator = ";" if path.stem.endswith("-vi") or (path in own and "en/" not in str(path)) else ","  # fmt: skip
        text = path.read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        _assert_guarded(rows, path.name)
        if path in excel:
            seen |= {said(original(cell)) for row in rows for cell in row}
    plain = {cell for name, cells in written.items() if name in REACHED for cell in cells}
    assert {said(cell) for cell in plain} - seen == set()


def test_the_workbook_has_texts_and_all_of_them(
    catalogue: Path, written: dict[str, set[str]]
) -> None:
    (path,) = (catalogue / "releases/1.1.0").glob("*.xlsx")
    found = _cells_of(openpyxl.load_workbook(path))
    plain = {cell for name, cells in written.items() if name in REACHED for cell in cells}
    assert {said(cell) for cell in plain} - found == set()


@pytest.mark.skipif(not rounds(False, True), reason="make prove")
def test_libreoffice_opens_them_as_texts(
    open_page: Open, catalogue: Path, address: str, tmp_path: Path
) -> None:
    files = [tmp_path / "site.csv", *(catalogue / "releases/1.1.0/excel").glob("*-vi.csv")]
    files[0].write_bytes(_download(open_page, address + "tables/tasks.html", "CSV"))
    office = shutil.which("soffice") or "libreoffice"
    subprocess.run(
        [
            office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "opened",
            "--infilter=CSV:59,34,76,1,,1066,false,true", *files,
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for path in files:
        assert _cells_of(openpyxl.load_workbook(tmp_path / f"opened/{path.stem}.xlsx"))


def test_what_programs_read_is_whole(catalogue: Path) -> None:
    site = catalogue / "site"
    for path in sorted(site.rglob("*")):
        if "static" in path.relative_to(site).parts or not path.is_file():
            continue
        if path.suffix in (".json", ".jsonld"):
            json.loads(path.read_bytes())
        elif path.suffix in (".xml", ".svg"):
            assert MARK not in {one.tag for one in ElementTree.parse(path).iter()}
        elif path.suffix == ".ics":
            for part in icalendar.Calendar.from_ical(path.read_bytes()).walk():
                assert not part.errors
                assert part.name in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")


# Terminal and notebook


def test_nothing_acts_on_a_terminal(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(catalogue)
    monkeypatch.setenv("KHPLANS_CACHE", str(catalogue.parent / "cache"))
    kp = khplans.load(source=catalogue / "datapackages/khplans")
    ids = [*kp.tasks.task_id, *kp.indicators.indicator_id, *kp.warnings.warning_id]
    for row_id in ids[:: len(ids) // rounds(6, 40)]:
        for verb in ("source", "why", "cite"):
            run(verb, row_id, "--source", "datapackages/khplans")
    for verb in ("tasks", "indicators", "citations", "deadlines", "versions", "changes", "cite"):
        run(verb)
    for definition in tables():
        run("sql", f"select * from {definition.name}")
    for name in NAMES:
        run("correct", name.replace(" ", "-"))


def test_a_notebook_shows_and_does_not_obey(catalogue: Path) -> None:
    kp = khplans.load(source=catalogue / "datapackages/khplans")
    hostile = kp.tasks[kp.tasks.text.str.contains(MARK, regex=False)]
    assert len(hostile)
    for task_id in hostile.task_id:
        for one in (kp, kp.row(task_id), kp.source(task_id), kp.cite(task_id), kp.graph()):
            made = one._repr_html_()
            assert f"<{MARK}" not in made
            assert not ACTS.search(made)
        shown = "".join(_Text(kp.row(task_id)._repr_html_()).found)
        assert said(kp.row(task_id)["text"]) in said(shown)
    assert f"<{MARK}" not in hostile._repr_html_()  # type: ignore[operator]


def test_a_file_is_taken_in_whatever_its_name(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a plan, under an id that can name a folder; unregistered under its own, which must be printable."""
    (page,) = (catalogue / "plans").glob("*/original.html")
    assert re.fullmatch(r"[a-z0-9-]+", page.parent.name)
    whole = page.read_bytes()
    assert b"<script>alert(1)" in whole
    published = list((catalogue / "site").rglob("original.html.txt"))
    assert len(published) == 5  # of the release at its four addresses, and beside the plan's pages
    assert {path.read_bytes() for path in published} == {whole}
    printable = "".join(filter(str.isprintable, FILE_NAME))
    for name in (FILE_NAME, printable):
        (tmp_path / f"{name}.txt").write_text(LAO_CAI, "utf-8")
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(group, ["extract", f"{FILE_NAME}.txt", "--to", "package"])
    assert refused.exit_code == 1
    assert not ACTS.search(refused.output)
    run("extract", f"{printable}.txt", "--to", "package")
    kp = khplans.load(source="package")
    assert kp.documents.plan_id.tolist() == [printable]
    words = kp.source(kp.tasks.task_id[0])
    assert words.quote in LAO_CAI
    assert "<img" not in words._repr_html_()
