"""Rules with names: a decision is an ordered table of rules, and the first that matches decides.

A rule says when it matches, what it decides, and shows both on an example, which is its
documentation and its test: on its example this rule decides, and none before it. Which rule decided
can be listened to (`listening`): so `khplans why` tells of it, and so rules that never match are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from khplans.text.passage import Span


class Case(Protocol):
    """What a table of rules decides on; it knows which words of the source it is about."""

    @property
    def span(self) -> Span | None: ...


class Placeless:
    """A case that doesn't know where in the source it stands: words of a passage, a period."""

    span: None = None


C = TypeVar("C", bound=Case)
D = TypeVar("D")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[C, D]):
    """One rule: `when` looks at a case, `then` is the decision.

    `name` is in the field's words; what it goes by is told in knowledge/data/rules.csv, in
    sentences for the readers of the data. `example` is what its table makes a case from.
    """

    name: str
    example: tuple[Any, ...]
    when: Callable[[C], object]
    then: D


@dataclass(frozen=True, slots=True)
class Rules(Generic[C, D]):
    """The rules of one decision, in order; the last matches always.

    `case` makes a case of a rule's example.
    """

    name: str
    case: Callable[..., C]
    rules: tuple[Rule[C, D], ...]

    def first(self, case: C) -> Rule[C, D]:
        """The first rule that matches; raises `LookupError` where none does."""
        for rule in self.rules:
            if rule.when(case):
                listener = _LISTENER.get()
                if listener is not None:
                    listener(Decision(self, rule, case.span))
                return rule
        raise LookupError(f"no rule of {self.name} matches {case!r}")

    def decide(self, case: C) -> D:
        """What the first rule that matches decides."""
        return self.first(case).then


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was taken, and the words it was about."""

    rules: Rules[Any, Any]
    rule: Rule[Any, Any]
    span: Span | None


class once(Generic[T]):
    """A property of a case that is worked out when a rule first asks for it, and kept.

    As `functools.cached_property`, but without its lock, which costs as much as many a rule.

    >>> class Word:
    ...     @once
    ...     def letters(self):
    ...         return print("counted") or 5
    >>> word = Word()
    >>> word.letters, word.letters
    counted
    (5, 5)
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, case: Any, owner: type | None = None) -> T:
        if case is None:
            return self  # type: ignore[return-value]
        value = case.__dict__[self._name] = self._work(case)
        return value


_LISTENER: ContextVar[Callable[[Decision], object] | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Callable[[Decision], object]) -> Iterator[None]:
    """Tell `listener` of every decision that is taken inside the block, in its thread.

    >>> taken: list[Decision] = []
    >>> with listening(taken.append):
    ...     pass
    >>> taken
    []
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def always(case: object) -> bool:
    """The condition of a table's last rule.

    >>> always("anything")
    True
    """
    return True
