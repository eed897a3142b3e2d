"""How often each rule decided on the plans and on the texts of the tests: `make compare` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rule_tables import TABLES

from khplans.intake import Plan, list_plans, load_file, load_plan
from khplans.pipeline import tables_of
from khplans.rules import Decision, listening

ROOT = Path(__file__).parents[2]


def texts() -> Iterator[Plan]:
    """The plans, then every text that a test reads."""
    yield from (load_plan(ROOT / "plans" / name) for name in list_plans(ROOT / "plans"))
    yield from (load_file(path) for path in sorted((ROOT / "tests").rglob("*.txt")))


def count(plans: Iterator[Plan]) -> Counter[tuple[str, str]]:
    """The decisions of each rule, by table and rule."""
    counted: Counter[tuple[str, str]] = Counter()

    def hear(decision: Decision) -> None:
        counted[decision.rules.name, decision.rule.name] += 1

    with listening(hear):
        for plan in plans:
            tables_of(plan)
    return counted


def main() -> None:
    counted = count(texts())
    for name, table in TABLES.items():
        print(name)
        for rule in table.rules:
            number = counted[name, rule.name]
            print(f"{number or 'không lần nào / never':>24}  {rule.name}")


if __name__ == "__main__":
    main()
