"""The command's frame: verbs, help, and failures told in one line."""

from __future__ import annotations

import errno
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner, Result

from khplans import __version__
from khplans.cli import group
from khplans.errors import KhplansError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, arguments)


def _one_line(result: Result) -> str:
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("khplans: ")
    assert result.exit_code != 0
    return line


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """The verb `cite` raises what is put in the list."""
    from khplans.cli import asking

    raised: list[BaseException] = []

    def failing(**options: object) -> None:
        raise raised[0]

    monkeypatch.setattr(asking.cite, "callback", failing)
    return raised


def test_every_verb_has_help_in_vietnamese_and_english() -> None:
    listed = run("--help")
    assert listed.exit_code == 0
    context = click.Context(group)
    verbs = group.list_commands(context)
    assert {"build", "publish", "tasks", "source", "cite", "verify"} <= set(verbs)
    for name in verbs:
        command = group.get_command(context, name)
        assert command is not None
        assert not name.startswith("_")
        short = command.get_short_help_str(1000)
        assert " / " in short, f"{name}: {short}"
        assert any(ord(letter) > 0xBF for letter in short), f"{name}: {short}"
        assert any("--json" in option.opts for option in command.params)
        assert run(name, "--help").exit_code == 0


def test_the_version() -> None:
    assert run("--version").stdout == f"khplans {__version__}\n"


def test_a_mistyped_verb_gives_the_nearest() -> None:
    assert "did you mean: publish" in _one_line(run("pubish"))


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        (["tasks", "--nope"], "khplans tasks"),
        (["source"], "khplans source"),
        (["tasks", "--year", "x"], "khplans tasks"),
        (["tasks", "more"], "khplans tasks"),
        (["tasks", "--year", "1"], "khplans tasks"),
        (["--nope"], "khplans"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: list[str], verb: str) -> None:
    result = run(*arguments)
    line = _one_line(result)
    assert result.exit_code == 2
    assert line.count(" / ") == 2
    assert line.endswith(f". xem / see: {verb} --help [usage]")
    assert ".." not in line


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            KhplansError("file-damaged", "hỏng\nnát", where="a.txt:3", remedy="sửa"),
            "a.txt:3: hỏng nát. sửa",
        ),
        (FileNotFoundError(2, "No such file", "plans/x"), "plans/x: không có tệp"),
        (PermissionError(13, "Permission denied", "site"), "site: không có quyền"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "a"), "a: hết hạn mức đĩa"),
        (OSError(errno.EBUSY, "Device or resource busy", "site"), "mount the folder above instead"),
        (
            OSError(errno.EXDEV, "Invalid cross-device link", "site"),
            "mount the folder above instead",
        ),
        (OSError(28, "No space left on device", "a"), "free some space and run again"),
        (OSError(30, "Read-only file system", "a"), "a: ổ đĩa chỉ đọc"),
        (OSError(40, "Too many levels", "a"), "a: Too many levels"),
        (OSError("plain"), "plain"),
        (
            ModuleNotFoundError("No module", name="frictionless"),
            "the library frictionless is not installed",
        ),
    ],
)
def test_a_failure_is_told_in_one_line(
    verb: list[BaseException], error: BaseException, words: str
) -> None:
    verb.append(error)
    result = run("cite")
    assert words in _one_line(result)
    assert result.exit_code == 1


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def test_a_fault_of_the_program_is_told_in_one_line() -> None:
    code = (
        "import khplans.cli, khplans.cli.asking\n"
        "khplans.cli.asking.cite.callback = lambda **options: 1 / 0\n"
        "import sys; sys.argv = ['khplans', 'cite']; khplans.cli.main()"
    )
    done = _python("-c", code)
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_words_are_utf8_in_any_locale(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = subprocess.run(
        [sys.executable, "-m", "khplans", "--help"], capture_output=True, check=True
    )
    assert "Kế hoạch của chính quyền" in done.stdout.decode("utf-8")


def test_help_is_quick() -> None:
    """150 ms are promised; counted in the processor's time, which others on the machine don't change."""
    import os

    times = []
    for _ in range(5):
        before = os.times()
        _python("-m", "khplans", "--help")
        after = os.times()
        spent = after.children_user + after.children_system
        times.append(spent - before.children_user - before.children_system)
    assert min(times) < 0.25


@pytest.mark.parametrize("verb", ["build", "publish", "release"])
def test_outside_a_project_a_verb_says_what_is_missing(verb: str) -> None:
    result = run(verb)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("khplans: ")
    assert result.stdout == ""
