"""The command `khplans`: its verbs stand in modules by theme, as click commands.

    starting    init: a new catalogue      releasing    release, verify, compare, score
    adding      plans are taken in         reviewing   correct, review: what was misread
    building    build, check, extract      publishing   publish, preview, site
    asking      tasks, series, source, why and the other questions to a release

The modules are imported with the first verb that is asked for, so they import what is heavy inside
their functions.
"""

from __future__ import annotations

import difflib
import errno
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from khplans import __version__
from khplans.cli._printing import say_error
from khplans.errors import KhplansError, both, refusal

_CAUSES = {
    errno.ENOENT: ("không có tệp hay thư mục này / no such file or folder", "xem lại đường dẫn / check the path"),
    errno.EACCES: ("không có quyền / permission denied", "đổi quyền hoặc chọn nơi khác / change its permissions or choose another place"),
    errno.EPERM: ("không có quyền / permission denied", "đổi quyền hoặc chọn nơi khác / change its permissions or choose another place"),
    errno.EROFS: ("ổ đĩa chỉ đọc / read-only disk", "chọn nơi ghi được / choose a place that can be written"),
    errno.ENOSPC: ("hết chỗ trên ổ đĩa / no space left on the disk", "giải phóng chỗ rồi chạy lại / free some space and run again"),
    errno.EDQUOT: ("hết hạn mức đĩa / disk quota exceeded", "giải phóng chỗ rồi chạy lại / free some space and run again"),
    errno.EFBIG: ("tệp quá lớn cho ổ đĩa này / file too large for this disk", "chọn ổ đĩa khác / choose another disk"),
    errno.EBUSY: ("đang được dùng, hoặc là một ổ đĩa riêng / in use, or a disk of its own", "gắn thư mục cha thay cho nó / mount the folder above instead"),
    errno.EXDEV: ("nằm trên ổ đĩa khác / on another disk", "gắn thư mục cha thay cho nó / mount the folder above instead"),
    errno.EISDIR: ("đây là thư mục, không phải tệp / this is a folder, not a file", "chỉ ra một tệp / name a file"),
    errno.ENOTDIR: ("đây không phải thư mục / this is not a folder", "chỉ ra một thư mục / name a folder"),
}  # fmt: skip

_ASKING = (
    "agency", "citations", "cite", "cites", "deadlines", "graph", "indicators", "lock", "series",
    "source", "sql", "tasks", "why",
)  # fmt: skip


def explain_os_error(error: OSError) -> KhplansError:
    """What a failed system call means to a person: what, where, what to do.

    >>> print(explain_os_error(FileNotFoundError(2, "No such file or directory", "a.txt")))
    a.txt: không có tệp hay thư mục này / no such file or folder. xem lại đường dẫn / check the path
    """
    what, remedy = _CAUSES.get(error.errno or 0, (error.strerror or str(error), ""))
    return KhplansError("system", what, where=os.fsdecode(error.filename or ""), remedy=remedy)


def explain_misuse(error: click.UsageError) -> KhplansError:
    """A command that was typed wrongly: click's words, which are English, or ours, and where the help is."""
    said = error.format_message().rstrip(".")
    at = error.ctx.command_path if error.ctx else "khplans"
    return KhplansError(
        "usage",
        said if both("", "") in said else both("lệnh gõ sai", said),
        remedy=both("xem", f"see: {at} --help"),
    )


@cache
def _verbs() -> Mapping[str, click.Command]:
    from khplans.cli import adding, asking, building, publishing, releasing, reviewing, starting

    modules = (adding, asking, building, publishing, releasing, reviewing, starting)
    found = (vars(module).values() for module in modules)
    commands = (one for values in found for one in values if isinstance(one, click.Command))
    return {str(command.name): command for command in commands}


def _read_own_knowledge() -> None:
    """In a catalogue's folder, its own tables come on top of the library's."""
    from khplans.knowledge.own import use_own

    if Path("khplans.toml").is_file():
        use_own(Path("knowledge"))


class Verbs(click.Group):
    """A group that finds its verbs in the modules of this package and turns failures into one line."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*given, **more)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:  # of the options before the verb
            say_error(explain_misuse(error))
            sys.exit(error.exit_code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _verbs().get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        verbs = self.list_commands(ctx)
        if args[0] not in verbs and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], verbs, n=1)
            hint = "; " + both("có phải", f"did you mean: {near[0]}?") if near else ""
            raise click.UsageError(both("không có lệnh", f"no such command: {args[0]}{hint}"), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            _read_own_knowledge()
            return super().invoke(ctx)
        except KhplansError as error:
            failure = error
        except click.UsageError as error:
            say_error(explain_misuse(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            raise  # click leaves quietly when the reader of a pipe has gone
        except OSError as error:
            failure = explain_os_error(error)
        except ModuleNotFoundError as error:
            if (error.name or "khplans").partition(".")[0] == "khplans":
                raise
            failure = refusal("library-not-installed", library=error.name or "", extra="publish")
        say_error(failure)
        ctx.exit(1)


@click.group(
    "khplans",
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="",
    subcommand_metavar="LỆNH / VERB …",
    help="""Kế hoạch của chính quyền cấp tỉnh thành dữ liệu mở, truy được đến từng ký tự.

    Plans of Vietnam's provincial governments as open data, traceable to the character.

    \b
    khplans publish                   làm tất cả / the whole line: build, check, release, site
    khplans tasks --agency "so y te"  việc của một cơ quan / what an agency must do
    """,
)
@click.version_option(
    __version__, message="khplans %(version)s", help="In phiên bản / print the version."
)
@click.help_option("-h", "--help", help="In trợ giúp / print this help.")
def group() -> None:
    """Holds the verbs."""


def main() -> None:
    """Run the command line; words are UTF-8 whatever the terminal's locale says.

    A fault of the program itself is told in one line too; `python -X dev -m khplans` shows where.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        group(prog_name="khplans")
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        fault = refusal("program-fault", kind=type(error).__name__, error=error)
        say_error(fault)
        sys.exit(70)  # EX_SOFTWARE
