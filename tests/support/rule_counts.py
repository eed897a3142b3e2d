"""How often each rule decided on the plans and on the texts of the tests: `make compare` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rule_tables import TABLES

from khplans.intake import Plan, list_plans, load_file, load_plan
from khplans.knowledge.table import read_table
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


_WHY = {
    "test": "một kiểm thử giữ nó / a test of its feature holds it",
    "real": "gặp ở văn bản thật không có trong kho này / decides on real documents not kept here",
    "rest": "luật cuối bảng / the last of its table",
    "rare": "dạng văn bản có thể có; chỉ ví dụ của nó giữ nó / a form that documents may have",
    None: "chưa nói vì sao giữ / no reason told why it stays: kept_rules.csv",
}


def main() -> None:
    counted = count(texts())
    kept = {(row["table"], row["rule"]): row["why"] for row in read_table("kept_rules")}
    for name, table in TABLES.items():
        print(name)
        for rule in table.rules:
            number = counted[name, rule.name]
            why = "" if number else f": {_WHY[kept.get((name, rule.name))]}"
            print(f"{number or 'không lần nào / never':>24}  {rule.name}{why}")


if __name__ == "__main__":
    main()
