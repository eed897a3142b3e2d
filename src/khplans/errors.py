"""Errors that tell a person what went wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Self

from khplans.text.visible import visible


class Both(str):
    """A message in both languages, which is read as the two joined; `in_language` gives one."""

    vi: str
    en: str

    def __new__(cls, vi: str, en: str, joined: str = "") -> Both:
        """Join them, Vietnamese first, or as told."""
        made = super().__new__(cls, joined or f"{vi} / {en}")
        made.vi, made.en = vi, en
        return made

    def __reduce__(self) -> tuple[type[Both], tuple[str, str, str]]:
        """So that it comes back whole from another process."""
        return Both, (self.vi, self.en, str(self))


def both(vietnamese: str, english: str) -> str:
    """A message in both languages, Vietnamese first: the one way in which messages join them.

    >>> both("không có tệp này", "no such file")
    'không có tệp này / no such file'
    """
    return Both(vietnamese, english)


def about(name: str, message: str) -> str:
    """A message about something, which has one name in both languages or one in each.

    >>> about("date", both("trống", "empty")), in_language(about("date", both("trống", "empty")), "en")
    ('date: trống / empty', 'date: empty')
    >>> about(both("Ngày", "Date"), both("trống", "empty"))
    'Ngày: trống / Date: empty'
    """
    vi, en = (f"{in_language(name, code)}: {in_language(message, code)}" for code in ("vi", "en"))
    return Both(vi, en, "" if isinstance(name, Both) else f"{name}: {message}")


def in_language(message: str, code: str) -> str:
    """A message in one language, `vi` or `en`; as it is where it is not known to be in both.

    >>> in_language(both("không có tệp này", "no such file"), "en"), in_language("source.txt", "en")
    ('no such file', 'source.txt')
    """
    if not isinstance(message, Both):
        return message
    return message.en if code == "en" else message.vi


class KhplansError(Exception):
    """Something a person can put right.

    `code` names its kind, the same in every version (`knowledge/data/errors.csv` lists them);
    `what` says what is wrong, `where` names the file (with line and words, where known)
    and `remedy` says what to do. The command prints the four in one line and exits with 1.
    Its text shows what would act on a terminal (`visible`): the words of files stand in it.

    >>> error = KhplansError("encoding-unknown", "not UTF-8", where="a.txt:3", remedy="save it anew")
    >>> print(error.code, "|", error)
    encoding-unknown | a.txt:3: not UTF-8. save it anew
    """

    def __init__(self, code: str, what: str, *, where: str = "", remedy: str = "") -> None:
        self.code, self.what, self.where, self.remedy = code, what, where, remedy
        super().__init__(code, what, where, remedy)

    @classmethod
    def called(cls, name: str, where: object = "", /, **values: object) -> Self:
        """The error of a name in `refusals.csv`: what is wrong and what to do, with the values put in.

        >>> error = KhplansError.called("year-unusable", year="hai nghìn")
        >>> print(error.code, "|", error)
        value-wrong | không phải năm / not a year: 'hai nghìn'. ví dụ / such as 2024
        """
        row = _refusals()[name]
        said = {column: row[column].format(**values) for column in row if column != "name"}
        remedy = both(said["remedy"], said["remedy_en"]) if said["remedy_en"] else said["remedy"]
        what = both(said["what"], said["what_en"])
        return cls(said["code"], what, where=str(where), remedy=remedy)

    def __reduce__(
        self,
    ) -> tuple[Callable[..., KhplansError], tuple[type[KhplansError], str, str, str, str]]:
        """So that it comes back whole from another process."""
        return _remade, (type(self), self.code, self.what, self.where, self.remedy)

    def __str__(self) -> str:
        return self._told(self.what, self.remedy)

    def in_language(self, code: str) -> str:
        """Its text in one language, `vi` or `en`, for a page that has one.

        >>> KhplansError("no-text", both("trống", "empty"), where="a.csv:2").in_language("vi")
        'a.csv:2: trống'
        """
        return self._told(in_language(self.what, code), in_language(self.remedy, code))

    def _told(self, what: str, remedy: str) -> str:
        head = f"{self.where}: {what}" if self.where else what
        return visible(f"{head}. {remedy}" if remedy else head)


@cache
def _refusals() -> dict[str, dict[str, str]]:
    from csv import DictReader  # what few runs need is not for every start
    from importlib.resources import files

    lines = (files("khplans") / "refusals.csv").read_text("utf-8").splitlines()
    return {row["name"]: row for row in DictReader(lines)}


refusal = KhplansError.called
"""The error of a name in `refusals.csv`."""


def wrong_entry(where: str, what: str) -> KhplansError:
    """The error of a line that people wrote, with what is wrong with it.

    >>> print(wrong_entry("a.csv:2", both("trống", "empty")))
    a.csv:2: trống / empty. sửa dòng đó / fix that line
    """
    remedy = both("sửa dòng đó", "fix that line")
    return KhplansError("entry-wrong", what, where=where, remedy=remedy)


class AnotherRun(KhplansError):
    """Another run writes in the same place: later the same command would do."""


def _remade(
    kind: type[KhplansError], code: str, what: str, where: str, remedy: str
) -> KhplansError:
    return kind(code, what, where=where, remedy=remedy)


@contextmanager
def blaming_khplans(where: str) -> Iterator[None]:
    """Make what goes wrong inside, and is nobody's to put right, a `KhplansError` that says so.

    `where` names the file whose reading shows the fault. What the system or a missing library
    refuses passes through.

    >>> with blaming_khplans("plans/a"):
    ...     [][0]
    Traceback (most recent call last):
    khplans.errors.KhplansError: plans/a: lỗi của khplans (IndexError: list index out of range) / a fault of khplans. báo cho người phát triển kèm tệp này / report it together with this file
    """
    try:
        yield
    except (KhplansError, OSError, ImportError, MemoryError):
        raise
    except Exception as error:
        raise refusal("fault-at-file", where, kind=type(error).__name__, error=error) from error
