"""Tables with a column for when the work begins and one for when it ends: the end is the deadline."""

from __future__ import annotations

import pytest
from word_files import cell, paragraph, row, span, table, word_file

from khplans.extraction.tasks import find_tasks
from khplans.intake.word import read_word
from khplans.model import Source
from khplans.reading import read_documents

from .task_help import document, tasks_of

WORK = (
    ("1", "Khảo sát hiện trạng các bến xe", "Sở Xây dựng", "01/2024", "03/2024"),
    ("2", "Lập quy hoạch bến xe khách của tỉnh", "Sở Tài chính", "", "6/2024"),
    ("3", "Lấy ý kiến người dân về vị trí", "Sở Xây dựng", "7/2024", ""),
)
DEADLINES = ["2024-03-31", "2024-06-30", ""]
HEAD = ("STT", "Nội dung công việc", "Đơn vị chủ trì")


def _markdown(*heads: tuple[str, ...]) -> str:
    rows = ["| " + " | ".join(cells) + " |" for cells in (*heads, *WORK)]
    return "\n".join([rows[0], "|---" * 5 + "|", *rows[1:]])


def _tabs(*heads: tuple[str, ...]) -> str:
    return "\n".join("\t".join(cells) for cells in (*heads, *WORK))


@pytest.mark.parametrize(
    "rows",
    [
        _markdown((*HEAD, "Thời gian", ""), ("", "", "", "Bắt đầu", "Kết thúc")),
        _markdown((*HEAD, "Thời gian thực hiện", ""), ("", "", "", "Từ tháng", "Đến tháng")),
        _markdown((*HEAD, "Thời gian từ", "Thời gian đến")),
        _tabs((*HEAD, "Thời gian bắt đầu", "Thời gian hoàn thành")),
        _tabs((*HEAD, "Thời gian", ""), ("", "", "", "Khởi công", "Hoàn thành")),
        _tabs((*HEAD, "Từ tháng", "Đến tháng")),
    ],
)
def test_a_row_is_due_at_its_end(rows: str) -> None:
    found = tasks_of(document("KẾ HOẠCH\nPhát triển bến xe", f"I. NHIỆM VỤ\n\n{rows}"))
    assert [str(task.deadline or "") for _, task in found] == DEADLINES


def test_a_row_of_a_word_table_is_due_at_its_end() -> None:
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    grid = table(
        row(
            *(cell(words, properties=down) for words in HEAD),
            cell("Thời gian", properties=span(2)),
        ),
        row(*(cell(properties=more) for _ in HEAD), "Bắt đầu", "Hoàn thành"),
        *(row(*cells) for cells in WORK),
    )
    head, _, end = document("KẾ HOẠCH\nPhát triển bến xe", "I. NHIỆM VỤ").partition("I. NHIỆM VỤ")
    above, below = ("".join(map(paragraph, text.splitlines())) for text in (head, end))
    made = read_word(word_file(above + paragraph("I. NHIỆM VỤ") + grid + below), "a.docx")
    documents = read_documents(Source("plan", made.text, layout=made.layout)).documents
    found = [task for one in documents for task in find_tasks(one)]
    assert [str(task.deadline or "") for task in found] == DEADLINES


def test_one_column_for_both_ends_is_the_deadlines() -> None:
    words = _tabs((*HEAD, "Bắt đầu - kết thúc", "Ghi chú")).replace(
        "01/2024\t03/2024", "01/2024 - 03/2024\t"
    )
    found = tasks_of(document("KẾ HOẠCH\nPhát triển bến xe", f"I. NHIỆM VỤ\n\n{words}"))
    assert str(found[0][1].deadline) == "2024-03-31"
