"""A catalogue of one's own: from an empty folder to a site, by what the guide says and nothing else."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_plans import TUYEN_QUANG as TEXT

import khplans
from khplans.cli import group
from khplans.errors import KhplansError
from khplans.intake.gathering import gather
from khplans.settings import parse_settings, read_settings

PLAN = "tuyen-quang-45-kh-ubnd-2025"
GUIDES = files("khplans.site") / "docs"


def run(*arguments: str, good: bool = True) -> Result:
    result = CliRunner().invoke(group, arguments)
    assert (result.exit_code == 0) == good, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def said(result: Result) -> str:
    (line,) = [one for one in result.stderr.splitlines() if one.startswith("khplans: ")]
    return line


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def catalogue(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new catalogue, in which the test then is."""
    run("init", "cua-toi", "--title", "Kế hoạch tỉnh Tuyên Quang")
    monkeypatch.chdir(here / "cua-toi")
    return here / "cua-toi"


def _commands(guide: str) -> list[str]:
    """The lines of the shell in a guide."""
    blocks = re.findall(r"^```sh\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_guide_is_walked_from_an_empty_folder_to_a_site(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "ke-hoach-45.txt").write_text(TEXT, "utf-8")
    commands = _commands((GUIDES / "guide/add.md").read_text("utf-8"))
    assert commands == _commands((GUIDES / "en/guide/add.md").read_text("utf-8"))
    told = []
    for command in commands:
        program, *arguments = command.split()
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            toml = Path("khplans.toml").read_text("utf-8")
            brand = re.sub(r"^brand = .*$", 'brand = "A & <b>B</b>"', toml, flags=re.MULTILINE)
            both = re.sub(
                r"^title_en = .*$", 'title_en = "C & <i>D</i>"', brand, flags=re.MULTILINE
            )
            Path("khplans.toml").write_text(both, "utf-8")
            continue
        assert program == "khplans"
        if arguments != ["preview"]:
            told.append(run(*arguments).output)
        else:
            shutil.rmtree("datapackages")
            shown = run("preview", "--json")
            told.append(shown.stderr)
            _assert_unreleased(json.loads(shown.stdout))
            assert f"khplans check --accept {PLAN}" in told[-1]
            start = TEXT.index("Sở Ytế")
            with Path(f"plans/{PLAN}/corrections.csv").open("a", encoding="utf-8") as stream:
                csv.writer(stream, lineterminator="\n").writerow(
                    (start, start + 6, "Sở Ytế", "Sở Y tế", "thiếu dấu cách", "2099-12-30")
                )
    assert "Đội Thuyền nan" in told[1]
    assert "nothing differs" in told[-1]
    assert told[-2].count("the site has no address yet") == 1
    assert "--accept" not in told[-2]
    folder = here / "ke-hoach-tinh-toi"
    facts = json.loads((folder / "releases/1.0.0/release.json").read_bytes())
    assert (facts["name"], facts["released"]) == ("ke-hoach-tinh-toi", "2099-12-30")
    assert (folder / "releases/1.0.0/ke-hoach-tinh-toi-1.0.0.xlsx").is_file()
    made_by = json.loads((folder / "releases/1.0.0/provenance.json").read_bytes())
    assert made_by["lock"]["file"] is None
    sbom = json.loads((folder / "releases/1.0.0/sbom.cdx.json").read_bytes())
    assert {"pandas", "pyarrow", "click"} <= {one["name"] for one in sbom["components"]}
    kp = khplans.load(source=folder)
    assert set(kp.documents.plan_id) == {PLAN}
    assert kp.tasks_by_agency("so y te").document_id.tolist() == [PLAN]
    assert PLAN in run("tasks", "--format", "csv").stdout
    khplans.load().lock("khplans.lock")
    assert PLAN not in run("tasks", "--format", "csv").stdout
    assert "@ke-hoach-tinh-toi\r\n" in (folder / "site/calendar/khplans.ics").read_bytes().decode()
    assert not set(kp.documents.document_id) & set(khplans.load().documents.document_id)
    line = said(run("check", "--accept", PLAN.replace("45", "54"), good=False))
    assert f"the nearest: {PLAN}" in line
    for guide in ("guide/add.html", "en/guide/add.html"):
        text = (folder / "site" / guide).read_text("utf-8")
        pictures = re.findall(r'<img alt="([^"]+)"[^>]* src="([^"]+webp)"', text)
        assert len(pictures) == 3
        for _, address in pictures:
            assert (folder / "site" / guide).parent.joinpath(address).read_bytes()[8:12] == b"WEBP"
    for page in ("index.html", "about.html", "cite.html"):
        text = (folder / "site" / page).read_text("utf-8")
        assert "A &amp; &lt;b&gt;B&lt;/b&gt;" in text
        assert "<b>B" not in text
        assert "&amp;lt;b" not in text
        assert 'data-catalogue="ke-hoach-tinh-toi"' in text
        text = (folder / "site" / "en" / page).read_text("utf-8")
        assert '<meta property="og:site_name" content="C &amp; &lt;i&gt;D&lt;/i&gt;">' in text
        assert re.search(r"<title>.*C &amp; &lt;i&gt;D&lt;/i&gt;.*</title>", text)
        assert "A &amp; " not in text
        assert "<i>D" not in text
    lost = (folder / "site/404.html").read_text("utf-8")
    tags = [f'<script src="{"../" * up}static/js/lost.js" defer></script>' for up in range(4)]
    assert "".join(tags) in lost
    named = '"A & <b>B</b>"@vi, "C & <i>D</i>"@en'
    assert named in (folder / "site/catalog/dcat.ttl").read_text("utf-8")
    _assert_no_address(folder / "site")


def _assert_unreleased(report: dict[str, Any]) -> None:
    """A preview builds, checks and shows the present state and says that it is none to cite; nothing is released."""
    assert report["changed"] is True
    assert Path("datapackages/khplans/checks.json").is_file()
    assert not Path("releases").exists()
    assert not Path("site").exists()
    site = Path(report["site"])
    pages = sorted(site.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert "not released" in text or "chưa phát hành" in text, page
    home = (site / "index.html").read_text("utf-8")
    assert re.search(r"Phiên bản <a[^>]*>chưa phát hành</a> ·", home)
    assert "phiên bản chưa phát hành" in (site / "cite.html").read_text("utf-8")


def _assert_no_address(site: Path) -> None:
    """No page or file of a site without an address has a made-up one, and what needs one isn't there."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".xml", ".txt", ".json", ".jsonld", ".ttl", ".ics"):
            text = path.read_text("utf-8")
            assert "example.org" not in text, path
            assert "⟦site⟧" not in text, path
            assert 'rel="canonical"' not in text, path
            assert "\nURL:" not in text, path
    assert not (site / "sitemap.xml").exists()
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")
    cite = (site / "cite.html").read_text("utf-8")
    assert '<span class="kh-site"></span>' in cite
    feed = (site / "feeds/releases.xml").read_text("utf-8")
    assert '<link href="../releases/1.0.0.html"/>' in feed
    assert feed.count("<id>urn:uuid:") == 2


def test_init_writes_a_folder_that_explains_itself_or_nothing(here: Path) -> None:
    run("init", "cua-toi", "--publisher", 'Báo "Tỉnh"', "--licence", "CC0-1.0")
    folder = here / "cua-toi"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {
        "README.md", "khplans.toml", ".gitignore", ".github/workflows/publish.yml",
        "plans/README.md", "checks/README.md", "docs/README.md", "knowledge/agencies.csv",
        "knowledge/units.csv", "knowledge/measures.csv",
    } <= names  # fmt: skip
    settings = parse_settings((folder / "khplans.toml").read_bytes(), "khplans.toml")
    assert (settings.name, settings.publisher) == ("cua-toi", 'Báo "Tỉnh"')
    assert (settings.licence, settings.address) == ("CC0-1.0", None)
    assert "not empty" in said(run("init", "cua-toi", good=False))
    assert "--licence" in said(run("init", "khac", "--licence", "MIT", good=False))
    assert "placeholder" in said(
        run("init", "khac", "--address", "https://a.example.org", good=False)
    )
    assert sorted(path.name for path in here.iterdir()) == ["cua-toi"]


def test_init_fills_the_empty_folder_that_one_stands_in(here: Path) -> None:
    inode = here.stat().st_ino
    run("init", ".", "--title", "Kế hoạch")
    assert here.stat().st_ino == inode
    assert (here / "khplans.toml").is_file()
    assert not list(here.glob(".khplans*"))
    assert "not empty" in said(run("init", ".", good=False))


def test_an_empty_folder_is_filled_whole_or_stays_empty(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if target.name == "khplans.toml":
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    assert "no space left" in said(run("init", ".", good=False))
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ('name = "a"\ntitle = 3', 2, "`title`"),
        ('name = "a"\n\nlicense = "x"', 3, "an unknown key"),
        ('name = "Tỉnh tôi"', 1, "small ASCII letters"),
        ('address = "dulieu.gov.vn"', 1, "must be an address"),
        ('address = "https://khplans.example.org/"', 1, "placeholder"),
        ('name = "a"\n[colours]\naccent = "#ffee00"', 3, "too pale"),
        ('contact = "hỏi ai đó"', 1, "e-mail"),
        ('name = "a', 1, "not TOML"),
        ('title = "a\\u001b[31m"', 1, "control character"),
    ],
)
def test_a_broken_khplans_toml_is_told_with_its_line(written: str, line: int, words: str) -> None:
    with pytest.raises(KhplansError, match=re.escape(words)) as told:
        parse_settings(written.encode(), "khplans.toml")
    assert told.value.where == f"khplans.toml:{line}"


def test_several_forms_a_folder_and_a_zip_are_taken_in_at_once(catalogue: Path) -> None:
    sent = catalogue.parent / "gui"
    sent.mkdir()
    (sent / "a.txt").write_text(TEXT, "utf-8")
    page = "".join(f"<p>{line}</p>" for line in TEXT.replace("45/KH", "46/KH").splitlines())
    (sent / "b.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    (sent / ".DS_Store").write_bytes(b"\0")
    with zipfile.ZipFile(catalogue.parent / "c.zip", "w") as archive:
        archive.writestr("../../ngoai/c.txt", TEXT.replace("45/KH", "47/KH"))
        archive.writestr("__MACOSX/._c.txt", b"\0")
    report = json.loads(run("add", "../gui", "../c.zip", "--json").stdout)
    assert [plan["plan"] for plan in report["plans"]] == [
        PLAN, PLAN.replace("45", "46"), PLAN.replace("45", "47"),
    ]  # fmt: skip
    assert all("Đội Thuyền nan" in plan["new_names"] for plan in report["plans"])
    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["c.zip", "cua-toi", "gui"]


def test_a_folder_with_other_files_is_never_replaced_by_the_site(catalogue: Path) -> None:
    www = catalogue.parent / "www"
    www.mkdir()
    (www / "index.html").write_text("của người khác", "utf-8")
    for verb in ("publish", "site"):
        assert "holds other files than a site" in said(run(verb, "--to", "../www", good=False))
    assert [path.name for path in www.iterdir()] == ["index.html"]
    assert not (catalogue / "releases").exists()


def test_one_bad_file_stops_all_or_is_left_out(catalogue: Path) -> None:
    (catalogue.parent / "a.txt").write_text(TEXT, "utf-8")
    (catalogue.parent / "b.txt").write_bytes(b"\xff\xfe\0\xd8")
    line = said(run("add", "../a.txt", "../b.txt", good=False))
    assert line.startswith("khplans: ../b.txt")
    assert [path.name for path in (catalogue / "plans").iterdir()] == ["README.md"]
    told = run("add", "../a.txt", "../b.txt", "--keep-going", good=False)
    assert "b.txt" in said(told)
    assert (catalogue / "plans" / PLAN).is_dir()


def test_nearly_the_same_text_without_a_number_is_there_already(catalogue: Path) -> None:
    bare = TEXT.partition("KẾ HOẠCH\n")[2]
    (catalogue.parent / "a.txt").write_text(bare, "utf-8")
    (catalogue.parent / "b.txt").write_text(bare.replace("9%", "9,5%"), "utf-8")
    line = said(run("add", "../a.txt", "../b.txt", good=False))
    assert line.startswith("khplans: ../b.txt: ")
    assert "nearly the same text is there already: the plan a" in line


@pytest.mark.parametrize(
    ("names", "words"),
    [([], "holds no files"), (["a.txt"] * 3, "too many")],
)
def test_a_zip_is_held_to_bounds(
    here: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], words: str
) -> None:
    monkeypatch.setattr("khplans.intake.gathering._MOST_UNPACKED", 5)
    with zipfile.ZipFile(here / "a.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(f"{number}{name}", "chữ")
    with pytest.raises(KhplansError, match=words):
        gather([here / "a.zip"])


def test_a_plan_read_anew_keeps_its_corrections_by_their_words(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    (catalogue.parent / "a.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    run("add", "../a.html")
    folder = catalogue / "plans" / PLAN
    text = (folder / "source.txt").read_bytes().decode()
    rows = [(text.index(w), text.index(w) + len(w), w, r, "sai") for w, r in (
        ("Sở Ytế", "Sở Y tế"), ("đường thủy", "đường thuỷ"),
    )]  # fmt: skip
    with (folder / "corrections.csv").open("a", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    _read_as(monkeypatch, lambda words: "MỞ ĐẦU\n" + words.replace("Ytế", "Y tế"))
    told = json.loads(run("add", "--again", PLAN, "--json").stdout)
    assert told["corrections_not_needed"] == ["Sở Ytế → Sở Y tế"]
    assert "+MỞ ĐẦU" in told["lines"]
    kept = (folder / "corrections.csv").read_text("utf-8").splitlines()[1:]
    start = rows[1][0] + len("MỞ ĐẦU\n") + 1
    assert kept == [f"{start},{start + 10},đường thủy,đường thuỷ,sai,"]
    before = {path: path.read_bytes() for path in folder.iterdir()}
    _read_as(monkeypatch, lambda words: words.replace("đường thủy", "lối"))
    line = said(run("add", "--again", PLAN, good=False))
    assert "corrections.csv:2" in line
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def _read_as(monkeypatch: pytest.MonkeyPatch, change: object) -> None:
    """Stand for other tools: what they read of a file is changed."""
    from dataclasses import replace

    from khplans.intake.files import take

    def taken(data: bytes, path: Path, *, strict: bool) -> object:
        found = take(data, path, strict=strict)
        return replace(found, text=change(found.text), layout=None)  # type: ignore[operator]

    monkeypatch.setattr("khplans.intake.again.take", taken)


def test_own_knowledge_comes_on_top_and_a_wrong_row_is_told(catalogue: Path) -> None:
    def khplans_there(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "KHPLANS_KNOWLEDGE"}
        return subprocess.run(
            [sys.executable, "-m", "khplans", *arguments],
            cwd=catalogue, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    (catalogue.parent / "a.txt").write_text(TEXT, "utf-8")
    table = catalogue / "knowledge" / "agencies.csv"
    with table.open("a", encoding="utf-8") as stream:
        stream.write("Đội Thuyền nan,Reed Boat Team,other,drop,,unreviewed\n")
    done = khplans_there("add", "../a.txt", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plans"][0]["new_names"] == {}
    number = len(table.read_text("utf-8").splitlines()) + 1
    with table.open("a", encoding="utf-8") as stream:
        stream.write("Sở Y tế,Health,department,drop,Sở,unreviewed\n")
    done = khplans_there("build")
    assert done.returncode == 1
    assert f"knowledge/agencies.csv:{number}: name: " in done.stderr
    assert "khplans has it already" in done.stderr


def test_settings_that_are_no_file_are_not_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "khplans.toml"
    place.mkdir()
    with pytest.raises(KhplansError, match="not a file"):
        read_settings(tmp_path)
    place.rmdir()
    os.mkfifo(place)
    with pytest.raises(KhplansError, match="not a file"):
        read_settings(tmp_path)
