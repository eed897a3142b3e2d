"""Long texts that a reader could stumble over: runs of every word and mark, and of whole structures.

`python tests/support/long_texts.py CHARACTERS [SEED]` reads each of them at that length and at four
times it, and lists those that take more than 100 µs a character and half a second, or grow faster.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from time import process_time

from khplans.knowledge.table import read_table
from khplans.pipeline import rows_of

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN HÒA\nSố: 12/KH-UBND\nAn Hòa, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\n"
    "Phát triển kinh tế - xã hội năm 2024\n"
)
TABLES = (
    "agency_heads", "agency_names", "agency_words", "clause_words", "comparators", "common_phrases",
    "document_types", "group_phrases", "headings", "letterhead", "measures", "task_cues",
    "unit_denominators", "unit_forms",
)  # fmt: skip
MARKS = (
    *"-,+\"“”()[]«».:;…*_|/\\%§–—•\t \n\f#>`~=<&",
    "\u00a0", "\u2028", "\r\n", "\u0300", "\u200b", "a", "Đ", "1", "²", "Ⅲ", "１", "x\n", "X\n", "5%\n",
    "và ", "của ", "đạt ", "từ ", "đến ", "so với ", "2024-", "2024 - ", "giai đoạn 2021-2025, ", "quý I ",
    "năm 2024 ", "1/2024 ", "01/", "ngày 01/01/2024, ", "16h30, ngày ", "trước ngày 15/12 ", "hằng tháng ",
    "định kỳ 6 tháng, trước ngày 15/12, ", "trong vòng 30 ngày ", "20 500 ", "1.000 ", "1,234.5 ", "1 tỷ 5 triệu đồng ",
    "US$ ", "$", "10 ", "10^", "từ 5% ", "68/92 xã, ", "\na) ", "\n- ", "\n+ ", "\n1.1.1. ", "\nI. ", "\nĐiều 1. ",
    "\nPHỤ LỤC\n", "\nQUYẾT ĐỊNH\n", "\nNơi nhận:\n", "\nSố: 1/KH-UBND\n", "a) ", "1.1.1.", "(5%), ", "“a", "(a ",
    "Sở Y tế, ", "các xã, ", "trong đó ", "cơ cấu ", "nhiệm vụ ", "Trên đây là a. ", "01/QĐ-UBND ", "Luật A, ",
    "(sau đây gọi tắt là Luật A) ",
)  # fmt: skip


def _names(count: int) -> str:
    return ", ".join(f"Sở Số {i}" for i in range(count))


_ORDER = "- Báo cáo kết quả ngay.\n"
SHAPES: dict[str, Callable[[int], str]] = {
    "heading of many bodies over many tasks": lambda n: (
        f"{HEAD}II. NHIỆM VỤ\n1. {_names(n // 60)}:\n" + _ORDER * (n // 60)
    ),
    "letter to nobody that speaks to those it goes to": lambda n: (
        f"{HEAD}A\nUBND tỉnh đề nghị các đơn vị nêu trên:\n" + _ORDER * (n // 24)
    ),
    "lead-ins of changing shape": lambda n: (
        f"{HEAD}I. MỤC TIÊU\n" + "1. Một:\na) Hai 5%:\n- ba:\n" * (n // 26)
    ),
    "title without end": lambda n: HEAD + "ab\n" * (n // 3),
    "times, then days": lambda n: (
        f"{HEAD}II. NHIỆM VỤ\n- Báo cáo {'định kỳ 6 tháng, ' * (n // 40)}{'trước ngày 15/12, ' * (n // 40)}"
    ),
    "fields of a task of many bodies": lambda n: (
        f"{HEAD}II. NHIỆM VỤ\n- Xây dựng đề án. Chủ trì: {_names(n // 30)}; {'Phối hợp: Sở Y tế; ' * (n // 40)}"
    ),
    "headings": lambda n: HEAD + "I. MỤC LỚN\n1. Mục\na) Mục con\n1.1.1.1. Mục cháu\n" * (n // 46),
    "all on one line": lambda n: f"{HEAD}I. MỤC TIÊU Thu đạt 5 tỷ đồng. ".replace("\n", " ") * (n // 160),
    "short names": lambda n: HEAD + "".join(
        f"Nghị quyết số {i}/NQ-CP (sau đây gọi là Nghị quyết {i}), " for i in range(n // 55)
    ),
    "documents": lambda n: f"{HEAD}- Đạt 5%.\nNơi nhận:\n- Như trên.\nCHỦ TỊCH\nNguyễn Văn A\n" * (n // 190),
    "brackets left open": lambda n: f"{HEAD}I. MỤC TIÊU\n- Đạt " + "(năm 2024 đạt 5% " * (n // 17),
    "part of a whole": lambda n: f"{HEAD}I. MỤC TIÊU\n- Thu 5 tỷ đồng, trong đó " + "thu A 5 tỷ đồng, " * (n // 17),
}  # fmt: skip


def words() -> list[str]:
    """Every word of the knowledge tables that texts are searched for."""
    found = {
        value
        for table in TABLES
        for row in read_table(table)
        for value in row.values()
        if 0 < len(value) < 60
    }
    return sorted(f"{word} " for word in found)


def runs(seed: int, count: int) -> Iterator[str]:
    """The marks, then so many pieces of one to four words and marks."""
    chosen = random.Random(seed)
    yield from MARKS
    pieces = [*words(), *MARKS]
    for _ in range(count):
        yield "".join(chosen.choices(pieces, k=chosen.randint(1, 4)))


def run_of(piece: str, length: int) -> str:
    """An objective and a task, each with a run of the piece before its number and day."""
    run = piece * (length // 2 // len(piece) + 1)
    return (
        f"{HEAD}I. MỤC TIÊU\n- Tỷ lệ {run} đạt 5%, tổng thu 1.870 tỷ đồng.\n"
        f"II. NHIỆM VỤ\n1. Sở Y tế chủ trì {run} xây dựng 5% xong trước ngày 15/12/2024.\n"
    )


def seconds(text: str) -> float:
    """Processor time of reading a text and making its rows."""
    began = process_time()
    rows_of(text)
    return process_time() - began


def main(length: int, seed: int) -> None:
    made = [(piece, lambda n, piece=piece: run_of(piece, n)) for piece in runs(seed, 300)]
    for name, make in [*SHAPES.items(), *made]:
        short, long = make(length), make(4 * length)
        first, second = seconds(short), seconds(long)
        slow = second > 0.5 + 1e-4 * len(long) or second > 6 * first + 0.3
        if slow:
            print(f"{name!r}: {len(short)} {first:.2f} s, {len(long)} {second:.2f} s", flush=True)


if __name__ == "__main__":
    seconds(HEAD)
    main(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0)
