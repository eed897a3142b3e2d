"""No verb lets words of a plan, a file's name or an error act on the terminal."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_plans import LAO_CAI

import khplans
from khplans.cli import _printing, group

ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = LAO_CAI.replace(
    "nâng cao chất lượng", "nâng \x1b]0;chiếm\x07 \x1b[31mcao\u202e chất\u200b \x9b2Jlượng"
).replace("Phát triển kinh tế", "Phát \u202etriển\u202c kinh tế")

Ask = Callable[..., Result]


@pytest.fixture
def ask() -> Ask:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(group, arguments, prog_name="khplans")

    return run


@pytest.fixture
def package(apart: Path, ask: Ask) -> str:
    (apart / "thu.txt").write_bytes(HOSTILE.encode())
    assert ask("extract", "thu.txt", "--to", "goi").exit_code == 0
    return "goi"


def test_the_plans_words_are_shown_and_not_obeyed(ask: Ask, package: str) -> None:
    task = khplans.load(source=package).tasks.task_id[0]
    shown = ask("source", task, "--source", package)
    assert not ACTS.search(shown.output)
    assert "nâng ␛]0;chiếm␇ ␛[31mcao⟪U+202E⟫ chất⟪U+200B⟫ ⟪U+009B⟫2Jlượng" in shown.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["tasks"], ["why", "\x1b[2J"], ["tasks", "--format", "json"], ["indicators"], ["cite"],
        ["sql", "select * from documents"], ["sql", "select 1 as 'a\x1b[31m'"],
        ["tasks", "--agency", "\x1b[2J\u202e"], ["source", "\x1b]0;x\x07"], ["\x1b[2J"],
        ["sql", "select '\u202e' from \x1b[2J"], ["tasks", "--\x1b[2J"],
    ],
)  # fmt: skip
def test_nothing_acts_in_what_a_verb_prints(ask: Ask, package: str, arguments: list[str]) -> None:
    known = arguments[0] in ("tasks", "indicators", "sql", "source", "cite", "why")
    said = ask(*arguments, *(("--source", package) if known else ()))
    assert said.output
    assert not ACTS.search(said.output)


@pytest.mark.parametrize("verb", ["check", "score", "verify"])
def test_nothing_acts_in_a_failure(ask: Ask, apart: Path, verb: str) -> None:
    folder = apart / "a\x1b[2J\u202eb"
    folder.mkdir()
    said = ask(verb, str(folder))
    assert said.exit_code == 1
    assert "a␛[2J⟪U+202E⟫b" in said.output
    assert not ACTS.search(said.output)


def test_json_is_exact(ask: Ask, package: str) -> None:
    said = ask("tasks", "--format", "json", "--source", package).output
    texts = [row["text"] for row in json.loads(said)]
    assert texts == list(khplans.load(source=package).tasks.text)
    assert any("cao\u202e" in text for text in texts)


def test_csv_is_exact_in_a_file_and_shown_on_a_terminal(
    ask: Ask, package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "select chr(27) || '[31mđỏ\u202e' as x"
    said = ask("sql", sql, "--format", "csv", "--source", package)
    assert list(csv.reader(io.StringIO(said.stdout)))[1] == ["\x1b[31mđỏ\u202e"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _printing.give("\x1b[31mđỏ\u202e\n")
    assert capsys.readouterr().out == "␛[31mđỏ⟪U+202E⟫\n"


def test_lines_for_people_and_json_do_not_act(capsys: pytest.CaptureFixture[str]) -> None:
    _printing.say("\x1b[31mđỏ\u202e")
    _printing.say("\x07", err=True)
    out, err = capsys.readouterr()
    assert (out, err) == ("␛[31mđỏ⟪U+202E⟫\n", "␇\n")
    value = {"đ\x1b": ["\u202e\x9b\U000e0041", "\u2028"]}
    _printing.say_json(value, indent=1)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert "đ" in out
    assert not ACTS.search(out.replace("\n", ""))


def test_words_in_python_and_in_a_notebook_are_shown(package: str, apart: Path) -> None:
    collection = khplans.load(source=package)
    task = collection.tasks.task_id[0]
    words = collection.source(task)
    for shown in (
        str(words),
        repr(words),
        words._repr_html_(),
        str(collection.cite(task)),
        repr(collection.row(task)),
        str(collection.why(task)),
    ):
        assert not ACTS.search(shown)
        assert "⟪U+202E⟫" in shown
    assert "\u202e" in words.quote
    assert not ACTS.search(collection.row(task)._repr_html_())


def test_all_printing_goes_one_way() -> None:
    """No other module prints; `python -m khplans.knowledge` prints errors, which show themselves."""
    root = Path(khplans.__file__).parent
    printing = {
        (path.relative_to(root).as_posix(), ast.unparse(node.func))
        for path in root.rglob("*.py")
        if path.name not in ("_printing.py", "__main__.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and re.fullmatch(
            r"click\.s?echo|print|sys\.std(out|err)\.write|click\.secho", ast.unparse(node.func)
        )
    }
    assert printing == set()


@pytest.mark.parametrize(("terminal", "quiet"), [(True, False), (True, True), (False, False)])
def test_pages_are_told_of_on_a_terminal_alone(
    terminal: bool, quiet: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    with _printing.telling_pages(quiet=quiet) as tell:
        for done in (1, 2) if tell else ():
            tell(done, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.strip() for line in err.split("\r")] == (
        ["", "trang 1/2 / page 1 of 2", "trang 2/2 / page 2 of 2"]
        if terminal and not quiet
        else [""]
    )
