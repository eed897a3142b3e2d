"""khplans init: a catalogue of one's own, in a folder that explains itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import click

from khplans import __version__
from khplans.atomic import in_scratch, replacing, scratch
from khplans.cli._options import as_json
from khplans.cli._printing import say, say_json
from khplans.errors import KhplansError, both, refusal

if TYPE_CHECKING:
    from khplans.settings import Settings

_PLACES = {"gitignore": ".gitignore", "publish.yml": ".github/workflows/publish.yml"}
"""Where templates go that don't stand at their own place, which tools would act upon here."""


@click.command(
    "init",
    short_help="Tạo danh mục của riêng mình / make a catalogue of your own.",
    help="""Tạo danh mục của riêng mình trong THƯ MỤC / make a catalogue of your own in FOLDER.

    Hỏi những gì chưa được chỉ ra; không hỏi được thì dùng giá trị mặc định. Thư mục phải mới hoặc
    trống. Mọi điều sửa được sau trong khplans.toml. / Asks for what isn't given; where it can't, takes
    a default. The folder must be new or empty. All can be changed later in khplans.toml.
    """,
)
@click.argument("folder", metavar="THƯ MỤC/FOLDER", type=click.Path(path_type=Path))
@click.option("--title", help="Tên danh mục / the catalogue's title.")
@click.option("--title-en", help="Tên tiếng Anh / its English title.")
@click.option("--publisher", help="Nơi phát hành / who publishes it.")
@click.option("--contact", help="Thư điện tử hay địa chỉ web / an e-mail or a web address.")
@click.option(
    "--address", help="Địa chỉ của trang, nếu đã có / the site's address, if there is one."
)
@click.option("--licence", help="Giấy phép dữ liệu / the licence of the data. [CC-BY-4.0]")
@as_json
def init(
    folder: Path,
    title: str | None,
    title_en: str | None,
    publisher: str | None,
    contact: str | None,
    address: str | None,
    licence: str | None,
    as_json: bool,
) -> None:
    """Write the folder and say what to do next."""
    _refuse_used(folder)
    asks = sys.stdin.isatty() and not as_json
    answers = _answers(
        {
            "title": title,
            "title_en": title_en,
            "publisher": publisher,
            "contact": contact,
            "address": address,
            "licence": licence,
        },
        _ask if asks else _take_default,
    )
    settings = write_catalogue(folder, answers)
    if as_json:
        say_json({"folder": folder.as_posix(), "name": settings.name, "address": settings.address})
        return
    say(both("Đã tạo", f"made: {folder}"))
    say(
        "Tiếp theo / next:\n"
        f"  cd {folder}\n"
        "  khplans add ../*.docx     nhận kế hoạch / take plans in\n"
        "  khplans publish           phát hành và làm trang / release and make the site\n"
        "Xem / see: README.md, khplans.toml"
    )


def _refuse_used(folder: Path) -> None:
    if not folder.exists():
        return
    if folder.is_dir() and all(in_scratch(path) for path in folder.iterdir()):
        return
    raise refusal("folder-not-empty", folder)


_QUESTIONS = {
    "title": both("Tên danh mục", "title of the catalogue"),
    "title_en": both("Tên tiếng Anh", "title in English"),
    "publisher": both("Nơi phát hành", "publisher"),
    "contact": both("Thư điện tử hay địa chỉ web để hỏi (có thể trống)", "contact (may be empty)"),
    "address": both(
        "Địa chỉ của trang (chưa có thì để trống)", "address of the site (may be empty)"
    ),
    "licence": both("Giấy phép dữ liệu", "licence of the data"),
}


def _answers(given: Mapping[str, str | None], answer: Callable[[str, str], str]) -> dict[str, str]:
    """What is given, else answered; each question has its default from what came before."""
    from khplans.settings import Settings

    own = Settings()
    answers: dict[str, str] = {}
    for key, question in _QUESTIONS.items():
        default = {
            "title": own.title,
            "title_en": own.title_en,
            "publisher": answers.get("title", ""),
            "licence": own.licence,
        }.get(key, "")
        value = given[key]
        answers[key] = answer(question, default) if value is None else value
    return answers


def _ask(question: str, default: str) -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True))


def _take_default(question: str, default: str) -> str:
    return default


def write_catalogue(folder: Path, answers: Mapping[str, str]) -> Settings:
    """Write a catalogue's folder, whole or not at all; raises `KhplansError` for an answer that can't be."""
    from khplans.settings import Settings, fault_of, licences, parse_settings
    from khplans.text.fold import slug

    for key, value in answers.items():
        if what := fault_of(key, value):
            option = f"--{key.replace('_', '-')}"
            raise KhplansError(
                "value-wrong", what, where=option, remedy=both("chỉ lại", "give another")
            )
    name = slug(folder.resolve().name)[:60].strip("-") or "ke-hoach"
    told = {**answers, "name": name, "brand": answers["title"], "accent": Settings().accent}
    words = {key: _quoted(value) for key, value in told.items()}
    words["licences"] = ", ".join(licences())
    with as_file(files("khplans.cli") / "starter") as starter:
        toml = Template((starter / "khplans.toml").read_text("utf-8")).substitute(words)
        settings = parse_settings(toml.encode(), "khplans.toml")
        words |= {
            "heading": settings.heading,
            "publisher_name": settings.publisher,
            "licence_name": settings.licensed.short,
            "version": __version__,
        }
        with _made_whole(folder) as made:
            for path in sorted(p for p in starter.rglob("*") if p.is_file()):
                place = path.relative_to(starter).as_posix()
                target = made / _PLACES.get(place, place)
                target.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text("utf-8")
                if "/" not in place:
                    text = Template(text).substitute(words)
                target.write_text(text, encoding="utf-8", newline="")
    return settings


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """An empty folder whose files come to stand in `folder` when the block ends without an error.

    One that is there is filled, the settings last: who stands in it would be left in the one replaced.
    """
    from khplans.settings import SETTINGS

    if not folder.exists():
        with replacing(folder) as made:
            yield made
        return
    with scratch(folder) as made:
        yield made
        names = sorted((path.name for path in made.iterdir()), key=lambda name: name == SETTINGS)
        try:
            for name in names:
                (made / name).rename(folder / name)
        except OSError:
            for name in names:
                if not (made / name).exists():
                    (folder / name).rename(made / name)
            raise


def _quoted(value: str) -> str:
    """A text as TOML has it; a JSON string is one."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
