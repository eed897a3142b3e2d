"""Every rule decides on its own example, and no rule before it does."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from rule_tables import TABLES

from khplans.knowledge.rules import rule_words
from khplans.knowledge.table import read_table
from khplans.rules import Rule, Rules, listening

RULES = [(table, rule) for table in TABLES.values() for rule in table.rules]


def test_there_are_tables() -> None:
    assert TABLES


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_names_are_told_apart(table: Rules[Any, Any]) -> None:
    assert all(count == 1 for count in Counter(rule.name for rule in table.rules).values())


@pytest.mark.parametrize(("table", "rule"), RULES, ids=[f"{t.name}:{r.name}" for t, r in RULES])
def test_a_rule_decides_on_its_example(table: Rules[Any, Any], rule: Rule[Any, Any]) -> None:
    assert table.first(table.case(*rule.example)).name == rule.name


def test_every_rule_is_told_in_words() -> None:
    named = {(table.name, "") for table in TABLES.values()}
    named |= {(table.name, rule.name) for table, rule in RULES}
    assert named == rule_words().keys()
    assert all(words.vi and words.en for words in rule_words().values())


def test_rules_that_stay_are_rules() -> None:
    named = {(table.name, rule.name) for table, rule in RULES}
    assert {(row["table"], row["rule"]) for row in read_table("kept_rules")} <= named


def test_decisions_are_heard_inside_the_block_alone() -> None:
    table, rule = RULES[0]
    case = table.case(*rule.example)
    taken: list[str] = []
    with listening(lambda decision: taken.append(decision.rule.name)):
        table.decide(case)
    table.decide(case)
    assert taken == [rule.name]
