"""Builds documents around a body and tells their tasks a line each, for the tests of tasks."""

from __future__ import annotations

from khplans.extraction.tasks import find_tasks
from khplans.model import Document, Source, Task
from khplans.reading import read_documents

HEAD = """ỦY BAN NHÂN DÂN
TỈNH {province}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {number}
{place}, ngày {day} tháng {month} năm {year}

{title}

"""
END = """

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn An
"""


def document(title: str, body: str, annex: str = "", date: str = "2024-03-05") -> str:
    year, month, day = date.split("-")
    kind = {"K": "KH", "C": "CT", "T": "TB", "Q": "QĐ"}[title[0]]
    head = HEAD.format(
        province="QUẢNG BÌNH", place="Quảng Bình", number=f"12/{kind}-UBND", title=title,
        year=year, month=month, day=day,
    )  # fmt: skip
    return head + body.strip() + END + (f"\n\n{annex.strip()}\n" if annex else "")


def read(text: str) -> list[Document]:
    return list(read_documents(Source("plan", text)).documents)


def tasks_of(text: str) -> list[tuple[Document, Task]]:
    return [(found, task) for found in read(text) for task in find_tasks(found)]


def told(found: Document, task: Task) -> str:
    """A task in one line: path, label, first words => leads / coordinators / deadline / cadence / output."""
    path = found.sections[task.section].path if task.section is not None else ""
    names = {
        role: ", ".join(f"[{p.mention.agency.name}]" for p in task.parts if p.role == role)
        for role in ("lead", "coordinate")
    }
    facts = [
        names["lead"], names["coordinate"], task.deadline.isoformat() if task.deadline else "",
        task.cadence or "", task.output or "",
    ]  # fmt: skip
    words = " ".join(task.text.split()[:4])
    return f"{path}|{task.label or ''}|{words} => {' / '.join(facts)}"
