"""The built pages as files: whole, linked, safe, the same every time."""

from __future__ import annotations

import errno
import gzip
import html
import re
import shutil
import sqlite3
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ELSEWHERE, REPOSITORY, SITE, project
from killing import watching

from khplans.checks.results import as_data, judge
from khplans.errors import KhplansError
from khplans.scoring.report import accuracy_json
from khplans.scoring.score import Figure, Score
from khplans.scoring.unseen import read_unseen
from khplans.site import build as building
from khplans.site.build import build_site
from khplans.site.catalogue import Catalogue
from khplans.site.data import SiteData
from khplans.site.database import write_database
from khplans.site.languages import en, vi
from khplans.site.markup import MARK, anchor
from khplans.site.pages.accuracy import accuracy_page
from khplans.site.pages.quality import quality_page
from khplans.site.templating import cell


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.add(str(given["id"]))
        for name in ("href", "src", "action"):
            if given.get(name):
                self.links.append(str(given[name]))


def _read(path: Path) -> _Read:
    reader = _Read()
    reader.feed(path.read_text("utf-8"))
    return reader


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, _Read]:
    return {p.relative_to(site).as_posix(): _read(p) for p in sorted(site.rglob("*.html"))}


def test_both_languages_have_the_same_paths(pages: dict[str, _Read]) -> None:
    english = {path.removeprefix("en/") for path in pages if path.startswith("en/")}
    vietnamese = {path for path in pages if not path.startswith("en/")} - {"404.html"}
    assert english == vietnamese
    assert len(vietnamese) > 100


def _broken(site: Path, pages: dict[str, _Read]) -> tuple[list[str], int]:
    """Links of the site that lead nowhere, and how many were followed."""

    @cache
    def leads_to(folder: Path, path: str) -> str | None:
        """The name of the file in the site, if it is there."""
        target = (folder / unquote(path).lstrip("/")).resolve()
        return target.relative_to(site.resolve()).as_posix() if target.is_file() else None

    broken, followed = [], 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            followed += 1
            # The page for what isn't found is shown anywhere: it links from the root.
            here = site if parts.path.startswith("/") else (site / path).parent
            name = leads_to(here, parts.path) if parts.path else path
            fragment = unquote(parts.fragment)
            ids = pages[name].ids if name in pages else {fragment}
            if name is None or (fragment and fragment not in ids):
                broken.append(f"{path} → {link}")
    return broken, followed


def test_no_link_is_broken(site: Path, pages: dict[str, _Read]) -> None:
    broken, followed = _broken(site, pages)
    assert broken == []
    assert followed > 50 * len(pages)


def test_a_broken_link_would_be_seen(site: Path, pages: dict[str, _Read]) -> None:
    planted = _Read()
    planted.feed('<a href="about.html">a</a><a href="no.html">b</a><a href="about.html#no">c</a>')
    broken, followed = _broken(site, {"planted.html": planted, "about.html": pages["about.html"]})
    assert [link for link in broken if link.startswith("planted")] == [
        "planted.html → no.html", "planted.html → about.html#no",
    ]  # fmt: skip
    assert followed > 3


def test_pages_ask_nothing_of_others(pages: dict[str, _Read]) -> None:
    loading = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
    for path, page in pages.items():
        for tag, given in page.tags:
            address = given.get(loading.get(tag, ""), "") or ""
            if tag == "link" and (given.get("rel") or "").split()[:1] in (
                ["canonical"],
                ["alternate"],
            ):
                continue
            assert not urlsplit(address).netloc, (path, tag, address)


def test_pages_obey_their_content_security_policy(pages: dict[str, _Read]) -> None:
    for path, page in pages.items():
        policy = [
            g
            for t, g in page.tags
            if t == "meta" and g.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy, path
        assert "default-src 'none'" in str(policy[0]["content"])
        assert "unsafe-inline" not in str(policy[0]["content"])
        for tag, given in page.tags:
            assert "style" not in given, (path, tag)
            assert not [name for name in given if name.startswith("on")], (path, tag, given)
            if tag == "script" and not given.get("src"):
                assert given.get("type") in ("application/json", "application/ld+json"), path


def test_pages_are_under_25_kilobytes_as_they_are_sent(site: Path) -> None:
    sent = {
        path.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes(), 9, mtime=0))
        for path in site.rglob("*.html")
    }
    assert {path: size for path, size in sent.items() if size > 25_000} == {}


def test_what_pages_share_is_under_150_kilobytes_as_it_is_sent(site: Path) -> None:
    page = (site / "plans" / "khanh-hoa-4969-kh-ubnd-2024.html").read_text("utf-8")
    shared = re.findall(r'(?:src|href)="\.\./((?:assets|static)/[^"]+\.(?:js|css))"', page)
    assert any("bundle" in path for path in shared)
    assert any("site.css" in path for path in shared)
    assert sum(len(gzip.compress((site / p).read_bytes(), 9, mtime=0)) for p in shared) < 150_000


def _plan_pages(site: Path, plan: str) -> list[Path]:
    """A plan's pages in the order of its text."""
    following = sorted((site / "plans" / plan).glob("*.html"), key=lambda path: int(path.stem))
    return [site / "plans" / f"{plan}.html", *following]


@pytest.mark.parametrize(
    "plan", sorted(p.parent.name for p in REPOSITORY.glob("plans/*/source.txt"))
)
def test_a_plan_page_shows_every_character_of_its_source(site: Path, plan: str) -> None:
    source = (REPOSITORY / "plans" / plan / "source.txt").read_bytes().decode()
    body = ""
    for path in _plan_pages(site, plan):
        page = path.read_text("utf-8")
        text = page.split('<div class="kh-doc"', 1)[1].split(">", 1)[1]
        body += re.split('<nav class="kh-turn"|<h2 id="cite"', text, maxsplit=1)[0]
    for gone in (
        r"<ins class=\"kh-ins\">.*?</ins>",
        r"<ul>.*?</ul>",
        r"<p class=\"kh-docmark\">.*?</p>",
        r"<th class=\"kh-beside\".*?</th>",
    ):
        body = re.sub(gone, "", body, flags=re.S)
    shown = html.unescape(re.sub(r"<[^>]+>", "", body))
    control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    assert "".join(shown.split()) == "".join(control.sub("", source).split())


@pytest.fixture
def with_the_last_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site of before, in which a new one is made of a single page."""
    root = project(tmp_path / "p")
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("the last one")

    def make(config: Path, pages: Path, made: Path, catalogue: object) -> None:
        (made / "index.html").write_text("the new one")

    monkeypatch.setattr(building, "write_pages", lambda catalogue, pages: 0)
    monkeypatch.setattr(building, "_mkdocs", make)
    monkeypatch.setattr(building, "_put_marks", lambda page: None)
    monkeypatch.setattr(building, "write_files", lambda catalogue, made: None)
    return root


def test_a_build_that_fails_leaves_the_last_site(
    with_the_last_site: Path, collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_the_last_site / "site"

    def fail(*args: object) -> None:
        raise KhplansError("fault", "no")

    monkeypatch.setattr(building, "write_files", fail)
    with pytest.raises(KhplansError):
        build_site(with_the_last_site, collection=collection)
    assert (site / "index.html").read_text() == "the last one"
    assert [p.name for p in site.iterdir()] == ["index.html"]


def test_the_last_site_stands_until_the_new_one_has_its_place(
    with_the_last_site: Path, collection: Path
) -> None:
    root = with_the_last_site
    with watching((root / "site" / "index.html").is_file) as missing:
        build_site(root, collection=collection)
    assert missing == []
    assert (root / "site" / "index.html").read_text() == "the new one"
    assert sorted(p.name for p in root.iterdir()) == [
        "checks", "docs", "khplans.toml", "plans", "site",
    ]  # fmt: skip


class _FullDatabase:
    """What SQLite says when the disk is full."""

    def execute(self, statement: str) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    def close(self) -> None:
        """Closing works."""


def test_a_database_for_which_the_disk_is_full_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", lambda path: _FullDatabase())
    with pytest.raises(OSError, match="is full") as raised:
        write_database(cast("Catalogue", None), tmp_path / "khplans.sqlite")
    assert raised.value.errno == errno.ENOSPC
    assert raised.value.filename == str(tmp_path / "khplans.sqlite")


def test_a_link_among_the_pages_by_hand_publishes_nothing(collection: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "p" / "docs").mkdir(parents=True)
    (tmp_path / "p" / "docs" / "a.webp").symlink_to(tmp_path / "secret")
    with pytest.raises(KhplansError, match=r"a link, not a file: a\.webp"):
        build_site(project(tmp_path / "p"), collection=collection)
    assert not (tmp_path / "p" / "site").exists()


def test_no_package_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(KhplansError, match="khplans build"):
        build_site(project(tmp_path / "p"))


def test_words_of_a_plan_stay_words(hostile_site: Path) -> None:
    site = hostile_site
    seen = ""
    for path in site.rglob("*.html"):
        page = _read(path)
        for tag, given in page.tags:
            assert not [name for name in given if name.startswith("on")], (path.name, given)
            assert tag != "script" or given.get("src") or "json" in str(given.get("type")), (
                path.name
            )
        assert not [link for link in page.links if link.lower().startswith("javascript:")], (
            path.name
        )
        assert "evil.example" not in "".join(page.links)
        seen += path.read_text("utf-8")
    assert "&lt;script&gt;alert(&quot;task&quot;)" in seen
    assert "{{ config.site_name }}" in html.unescape(seen)
    for name in ("static/search", "calendar", "feeds"):
        assert (site / name).is_dir()


def test_words_of_a_plan_don_t_become_the_site_s_address(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p title="⟦site⟧">⟦site⟧</p><pre><code>"⟦site⟧a"</code></pre>', "utf-8")
    building._put_marks(page)
    assert page.read_text("utf-8") == (
        f'<p title="⟦site⟧">⟦site⟧</p><pre><code>"{MARK}a"</code></pre>'
    )


WANTED = (
    "SHA256SUMS", "notes.vi.md", "changes.csv", "accuracy.json", "provenance.json", "sbom.cdx.json",
    "excel/tasks-excel.csv", "khplans-1.0.1.xlsx", "khplans-1.0.1.zip",
)  # fmt: skip


@pytest.fixture(scope="module")
def of_releases(made_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site of releases, of which the newest has every kind of file; and those releases."""
    folder = tmp_path_factory.mktemp("of-releases")
    releases = folder / "releases"
    shutil.copytree(made_releases, releases)
    release = releases / "1.0.1"
    (release / "excel").mkdir(exist_ok=True)
    for name in WANTED:
        if not (release / name).exists():
            (release / name).write_text("{}", encoding="utf-8")
    return build_site(project(folder / "p"), releases=releases), releases


def test_releases_have_pages_and_stable_addresses(of_releases: tuple[Path, Path]) -> None:
    site, releases = of_releases
    for version in ("1.0.0", "1.0.1"):
        assert (site / "releases" / f"{version}.html").is_file()
        released = releases / version / "tasks.parquet"
        assert (site / "data" / version / "tasks.parquet").read_bytes() == released.read_bytes()
    newest = releases / "1.0.1" / "indicators.csv"
    assert (site / "data" / "latest" / "indicators.csv").read_bytes() == newest.read_bytes()
    assert "1.0.1" in (site / "index.html").read_text("utf-8")
    feed = (site / "feeds" / "releases.xml").read_text("utf-8")
    assert feed.count("<entry>") == 2
    shown = (site / "tables" / "indicators.html").read_text("utf-8")
    assert f"{SITE}data/1.0.1/indicators.parquet" in shown


def test_the_site_s_copy_of_a_release_is_the_release(of_releases: tuple[Path, Path]) -> None:
    site, releases = of_releases

    def contents(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()
        }  # fmt: skip

    assert contents(site / "data" / "1.0.1") == contents(releases / "1.0.1")
    listing = (site / "data" / "versions.json").read_bytes()
    assert listing == (releases / "versions.json").read_bytes()
    links = set(_read(site / "releases" / "1.0.1.html").links)
    assert {f"../data/1.0.1/{name}" for name in WANTED if "/" not in name} <= links
    assert "../data/1.0.1/excel/tasks-excel.csv" in _read(site / "tables" / "tasks.html").links


def test_the_site_s_address_is_set_in_one_place(published: Path) -> None:
    bases = set()
    for path in published.rglob("*"):
        inside = path.relative_to(published)
        text = path.is_file() and path.suffix in (
            ".html",
            ".xml",
            ".txt",
            ".json",
            ".jsonld",
            ".ttl",
            ".ics",
            ".js",
        )
        if not text or inside.parts[0] == "data":
            continue
        words = path.read_text("utf-8")
        assert SITE not in words, inside
        bases |= set(re.findall(re.escape(ELSEWHERE) + r"(?=[\w#])", words))
        if path.suffix in (".xml", ".ttl", ".jsonld", ".ics") or path.name == "robots.txt":
            assert ELSEWHERE in words, inside
    assert bases == {ELSEWHERE}
    assert "/ke-hoach/static/site.css" in _read(published / "404.html").links
    home = (published / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{ELSEWHERE}">' in home


def test_the_outlines_of_a_plan_are_its_sections(site: Path, collection: Path) -> None:
    plan = "khanh-hoa-173-qd-ubnd-2024"
    linked: set[str] = set()
    first = {f"sections/{plan}:III"}
    for path in _plan_pages(site, plan):
        outline = path.read_text("utf-8").split("</aside>", 1)[0]
        found = {unquote(link) for link in re.findall(r'href="[^"#]*#(sections/[^"]+)"', outline)}
        assert first <= found, path.name
        linked |= found
    sections = SiteData(collection).of_plan("sections", plan)
    assert linked == {anchor("sections", row["section_id"]) for row in sections}
    assert {f"sections/{plan}:III/{number}" for number in range(1, 13)} <= linked


def test_words_that_look_misread_are_marked_with_their_suggestion(
    site: Path, collection: Path
) -> None:
    read = SiteData(collection)
    rows = [row for row in read.tables["warnings"] if row["code"] == "word-looks-misread"]
    assert rows
    for row in rows:
        plan = read.plan_of(row)
        page = "".join(path.read_text("utf-8") for path in _plan_pages(site, plan.plan_id))
        assert f'id="{anchor("warnings", row["warning_id"])}"' in page
        assert html.escape(row["message"]) in page


def test_a_document_s_page_names_everyone_who_cites_its_number(site: Path) -> None:
    dated, undated = "vn-trung-uong-dang-09-nq-tw-2022.html", "vn-trung-uong-dang-09-nq-tw.html"
    plans = {
        "khanh-hoa-173-qd-ubnd-2024", "khanh-hoa-6047-kh-ubnd-2023", "khanh-hoa-4969-kh-ubnd-2024",
    }  # fmt: skip
    for here, other in ((dated, undated), (undated, dated)):
        page = _read(site / "instruments" / here)
        assert other in page.links
        cited = {re.match(r"\.\./plans/([^./]+)[^#]*#citations/", link) for link in page.links}
        assert {found[1] for found in cited if found} == plans
        assert "3 kế hoạch viện dẫn" in (site / "instruments" / here).read_text("utf-8")


def test_a_body_leads_to_the_groups_that_it_is_in_and_back(site: Path) -> None:
    group = "khanh-hoa-uy-ban-nhan-dan-cac-huyen-thi-xa-thanh-pho"
    body = "khanh-hoa-uy-ban-nhan-dan-thanh-pho-nha-trang"
    for page, other in ((body, group), (group, body)):
        text = (site / "agencies" / f"{page}.html").read_text("utf-8")
        facts = text[text.index('<dl class="kh-facts">') : text.index("</dl>")]
        assert f'href="{other}.html"' in facts


def test_accuracy_is_told_of_unseen_texts_beside_the_plans(collection: Path) -> None:
    plans = Score((Figure("tasks", "all", "recall", 1.0, 20, 20, 20),), ())
    known = Catalogue(
        SiteData(collection), "1.0.0", None, {},
        accuracy=accuracy_json(plans, {}, ()), unseen=read_unseen(REPOSITORY / "checks"),
    )  # fmt: skip
    for words, bound, lead in (
        (vi, "mức cao nhất", "Chủ trì (khi văn bản nêu)"),
        (en, "upper bound", "Lead agency (where the text names one)"),
    ):
        body = "\n".join(accuracy_page(known, words).body)
        assert bound in body
        assert "7fc9a92" in body
        assert f"Nhiệm vụ: {lead}" in body or f"Tasks: {lead}" in body
        assert words("67,2% [58,5–74,9]", "67.2% [58.5–74.9]") in body
        assert words("88,6% [79,7–93,9], n = 79", "88.6% [79.7–93.9], n = 79") in "\n".join(
            quality_page(known, words).body
        )
    nothing = "\n".join(accuracy_page(replace(known, unseen=()), en).body)
    assert "This catalogue has measured no texts but the plans here" in nothing


def test_a_check_that_stops_nothing_is_doubtful_not_failed(collection: Path) -> None:
    results = [
        judge(name, "tasks", 9, ["x"] * wrong, severity=severity, title=(name, name))
        for name, wrong, severity in (("a", 0, "error"), ("b", 2, "warning"), ("c", 3, "warning"))
    ]
    known = Catalogue(SiteData(collection), "1.0.0", None, {}, checks={"results": as_data(results)})
    for words, doubtful, failed in ((vi, "2 còn ngờ", "không đạt"), (en, "2 doubtful", "failed")):
        body = "\n".join(quality_page(known, words).body)
        assert f">{doubtful}<" in body
        assert f"{failed}<" not in body


def test_a_table_s_name_cannot_give_its_heading_attributes(collection: Path) -> None:
    figure = Figure("a onclick=alert(1)", "all", "recall", 1.0, 20, 20, 20)
    accuracy = accuracy_json(Score((figure,), ()), {}, ())
    known = Catalogue(SiteData(collection), "1.0.0", None, {}, accuracy=accuracy)
    body = "\n".join(accuracy_page(known, en).body)
    assert re.search(r"^### a onclick&#61;.* \{ #a%20onclick%3Dalert%281%29 \}$", body, re.M)


def test_the_pages_by_hand_tell_the_same_figures(site: Path) -> None:
    for page, share in (
        ("about.html", "67,2% [58,5–74,9]"),
        ("en/about.html", "67.2% [58.5–74.9]"),
    ):
        assert share in (site / page).read_text("utf-8")
        assert "@UNSEEN@" not in (site / page).read_text("utf-8")


def test_cells_of_tables_are_made_by_templates_and_hold_texts_alone() -> None:
    pages = REPOSITORY / "src" / "khplans" / "site" / "pages"
    for name in ("common", "measure_tables", "accuracy", "quality"):
        assert not re.search(r"</?[a-z]+[ >]", (pages / f"{name}.py").read_text("utf-8")), name
    assert cell("in_vietnamese", text="\"<b>' &\u202e") == (
        '<span lang="vi">&quot;&lt;b&gt;&#x27; &amp;⟪U+202E⟫</span>'
    )
    assert cell("in_vietnamese", text="") == ""  # a phone shows no title above nothing
    wrong = cell("difference", kind="sai", field="Thời hạn", found="<i>", answer="2025")
    assert wrong == "sai: Thời hạn <del>&lt;i&gt;</del> → <ins>2025</ins>"
    assert cell("difference", kind="sót", field="", found="x", answer="y") == "sót"
