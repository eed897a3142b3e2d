"""`why` tells the rules behind a row, and says where today's rules no longer give it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import khplans
from khplans.cli import group
from khplans.client.rows import Row
from khplans.client.rules import why_of
from khplans.errors import KhplansError

TEXT = """ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA
KẾ HOẠCH
Thực hiện Nghị quyết số 09-NQ/TW
I. NHIỆM VỤ
1. Sở Y tế chủ trì, báo cáo kết quả thực hiện với Ủy ban nhân dân
tỉnh trước ngày 30/6/2024.
2. Sở Tài chính tăng thu ngân sách 8,1%.
"""


def test_every_row_of_a_plan_just_read_has_its_rules() -> None:
    plan = khplans.read(TEXT)
    ids = [*plan.tasks.task_id, *plan.sections.section_id]
    for row_id in ids:
        answer = plan.why(row_id)
        assert answer.found
        assert answer.changed == ()
        assert answer.reasons
    joined = plan.why(plan.tasks.task_id[0])
    assert "small-letter-goes-on" in [reason.rule for reason in joined.reasons]
    assert all(reason.quote == TEXT[reason.start : reason.end] for reason in joined.reasons)


def test_a_row_that_the_rules_no_longer_give() -> None:
    plan = khplans.read(TEXT)
    values = dict(plan.row(plan.tasks.task_id[0]))
    other = why_of(plan, Row("tasks", values["task_id"], {**values, "text": "bịa"}))
    gone = why_of(plan, Row("tasks", "text:IX:9", values))
    assert other.changed == ("text",)
    assert "text" in other.verdict
    assert not gone.found
    assert "no longer" in gone.verdict


def test_a_row_without_words_says_so() -> None:
    plan = khplans.read(TEXT)
    with pytest.raises(KhplansError, match="points at no words"):
        plan.why(plan.agencies.agency_id[0])


def test_the_command_tells_the_same() -> None:
    kp = khplans.load()
    row_id = kp.tasks.task_id[0]
    said = CliRunner().invoke(group, ["why", row_id])
    data = json.loads(CliRunner().invoke(group, ["why", row_id, "--json"]).output)
    answer = kp.why(row_id)
    assert said.output == f"{answer}\n"
    assert [one["rule"] for one in data["reasons"]] == [one.rule for one in answer.reasons]
