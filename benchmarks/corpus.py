"""Corpora of any size to measure on: plans of other provinces, bodies, numbers, days and forms, with their answers.

    python -m benchmarks.corpus FOLDER PLANS [SEED]

FOLDER becomes a catalogue with that many plans, and `gold/` beside them in the form of `tests/gold`: what is written
was drawn, so it is known. How many tasks, targets and citations a plan has is that of one of the project's documents,
drawn each time. There `khplans build` and `khplans score --gold gold` measure speed and accuracy at any size.
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
import json
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from khplans.knowledge.provinces import Province, provinces
from khplans.text.fold import slug

COLLECTION = Path(__file__).parents[1] / "datapackages" / "khplans"
TABLES = ("documents", "tasks", "indicators", "citations", "agencies")
DEPARTMENTS = (
    "Sở Y tế", "Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Công Thương", "Sở Xây dựng", "Sở Ngoại vụ",
    "Sở Khoa học và Công nghệ", "Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch",
    "Thanh tra tỉnh", "Công an tỉnh", "Ban Dân tộc", "Văn phòng Ủy ban nhân dân tỉnh",
)  # fmt: skip
VERBS = (
    "Rà soát, hoàn thiện", "Xây dựng và trình phê duyệt", "Tổ chức triển khai", "Đẩy nhanh tiến độ thực hiện",
    "Kiểm tra, đôn đốc việc thực hiện", "Nâng cao chất lượng", "Tham mưu ban hành", "Tập trung tháo gỡ vướng mắc của",
)  # fmt: skip
OBJECTS = (
    "quy hoạch sử dụng đất", "đề án chuyển đổi số", "chương trình khuyến công", "các dự án giao thông trọng điểm",
    "chính sách hỗ trợ hộ nghèo", "mạng lưới cơ sở khám, chữa bệnh", "kế hoạch đào tạo nghề cho lao động nông thôn",
    "quy chế quản lý di tích", "phương án phòng, chống thiên tai", "cơ sở dữ liệu về đất đai",
)  # fmt: skip
AIMS = (
    "", " trên địa bàn tỉnh", " gắn với cải cách hành chính", " bảo đảm công khai, minh bạch",
    " theo hướng bền vững", " phù hợp với điều kiện của địa phương",
)  # fmt: skip
SIGNERS = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Quang Hải", "Phạm Minh Đức", "Hoàng Thị Mai")
TARGETS = (
    ("Tốc độ tăng trưởng kinh tế (GRDP)", "đạt ", "{}%", "percent", "increase"),
    ("Tỷ lệ hộ nghèo", "còn ", "{}%", "percent", "level"),
    ("Tỷ lệ che phủ rừng", "đạt ", "{}%", "percent", "level"),
    ("Tỷ lệ dân số tham gia bảo hiểm y tế", "đạt ", "{}%", "percent", "level"),
    ("Thu ngân sách nhà nước trên địa bàn", "đạt ", "{} tỷ đồng", "billion_vnd", "level"),
    ("Tổng vốn đầu tư toàn xã hội", "đạt ", "{} tỷ đồng", "billion_vnd", "level"),
    ("GRDP bình quân đầu người", "đạt ", "{} triệu đồng/người", "million_vnd_per_person", "level"),
)  # fmt: skip
CITED = (
    ("Nghị quyết", "{}/NQ-CP", "Chính phủ"),
    ("Quyết định", "{}/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Nghị quyết", "{}-NQ/TW", "Bộ Chính trị"),
    ("Nghị định", "{}/{year}/NĐ-CP", "Chính phủ"),
)
COLUMNS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
CLOSING = (
    "hoàn thành trước ngày {0.day:02}/{0.month}/{0.year}",
    "xong trong tháng {0.month}/{0.year}",
)
NOISE = 0.03
"""How many of the words are written otherwise: in decomposed letters, after a hard blank, on the next line."""


@dataclass
class Writing:
    """A text as it is written, with what is known of it; `chance` draws what each word looks like."""

    chance: random.Random
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, *, plain: bool = False) -> tuple[int, int]:
        """Write words, with noise unless `plain`; where they stand."""
        start = self.length
        written = words if plain else _noisy(words, self.chance)
        self.parts.append(written)
        self.length += len(written)
        return start, self.length

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Shape:
    """How many of each a plan has."""

    tasks: int
    indicators: int
    citations: int


def shapes() -> list[Shape]:
    """Those of the project's documents that have tasks."""
    counts = {
        name: Counter(pq.read_table(COLLECTION / f"{name}.parquet")["document_id"].to_pylist())
        for name in ("tasks", "indicators", "citations")
    }
    return [
        Shape(count, counts["indicators"][document], counts["citations"][document])
        for document, count in sorted(counts["tasks"].items())
    ]


def _noisy(words: str, chance: random.Random) -> str:
    made = []
    for word in words.split(" "):
        roll = chance.random()
        made.append(unicodedata.normalize("NFD", word) if roll < NOISE / 3 else word)
        made.append("\u00a0" if roll > 1 - NOISE / 3 else "  " if roll > 1 - NOISE / 2 else " ")
    return "".join(made[:-1])


def _number(chance: random.Random, unit: str) -> tuple[str, float]:
    """A number as it is written, and its value."""
    if unit == "billion_vnd":
        value = chance.randint(1_200, 98_000)
        return f"{value:,}".replace(",", "."), float(value)
    value = round(chance.uniform(1, 99), chance.choice((0, 1, 2)))
    return f"{value:g}".replace(".", ","), float(f"{value:g}")


def _day(chance: random.Random, first: int, last: int) -> datetime.date:
    start = datetime.date(first, 1, 5).toordinal()
    return datetime.date.fromordinal(chance.randint(start, datetime.date(last, 12, 20).toordinal()))


@dataclass
class PlanWriter:
    """Writes one plan and its answers."""

    plan: str
    province: Province
    chance: random.Random
    out: Writing = field(init=False)
    answers: dict[str, list[dict[str, Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.out = Writing(self.chance)
        self.answers = {name: [] for name in TABLES}
        self.day = _day(self.chance, 2020, 2024)
        self.number = f"{self.chance.randint(10, 9999)}/KH-UBND"
        self.issuer = f"Ủy ban nhân dân {self.province.kind} {self.province.name}"

    def write(self, shape: Shape) -> str:
        """The plan's text."""
        title = f"Phát triển kinh tế - xã hội năm {self.day.year}"
        self._head(title)
        for _ in range(shape.citations):
            self._citation()
        self.out.add(f"\nI. MỤC TIÊU NĂM {self.day.year}\n", plain=True)
        for _ in range(shape.indicators):
            self._indicator()
        self.out.add("\nII. NHIỆM VỤ, GIẢI PHÁP\n", plain=True)
        self._tasks(shape.tasks)
        signer = self.chance.choice(SIGNERS)
        self.out.add(
            "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n", plain=True
        )
        _, end = self.out.add(signer, plain=True)
        self.out.add("\n", plain=True)
        self._answer(
            "documents", 0, end, number=self.number, number_raw=self.number, type="Kế hoạch", issuer=self.issuer,
            place=self.province.name, date=self.day.isoformat(), title=title, signer=signer, signer_raw=signer,
        )  # fmt: skip
        return self.out.text

    def _head(self, title: str) -> None:
        place, day = self.province.name, self.day
        self.out.add(
            f"ỦY BAN NHÂN DÂN\n{self.province.kind.upper()} {place.upper()}\n-------\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
            f"Số: {self.number}\n{place}, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n"
            f"KẾ HOẠCH\n{title}\n\n",
            plain=True,
        )

    def _citation(self) -> None:
        kind, form, issuer = self.chance.choice(CITED)
        day = _day(self.chance, 2015, self.day.year - 1)
        number = form.format(self.chance.randint(1, 180), year=day.year)
        self.out.add("Căn cứ ")
        words = f"{kind} số {number} ngày {day.day:02}/{day.month:02}/{day.year}"
        start, end = self.out.add(words, plain=True)
        self.out.add(f" của {issuer};\n", plain=True)
        self._answer(
            "citations", start, end, number=number, type=kind, date=day.isoformat(), issuer=issuer
        )

    def _indicator(self) -> None:
        name, verb, form, unit, change = self.chance.choice(TARGETS)
        number, value = _number(self.chance, unit)
        self.out.add(f"- {name} {verb}")
        over = self.chance.random() < 0.3
        start, end = self.out.add(f"{'trên ' if over else ''}{form.format(number)}", plain=True)
        self.out.add(".\n", plain=True)
        self._answer(
            "indicators", start, end, name=name, value=value, value_high=None, unit=unit, comparator=">" if over else "=",
            change=change, kind="target", period=str(self.day.year), denominator=None, parent=None,
        )  # fmt: skip

    def _tasks(self, count: int) -> None:
        """By fours: items below a department, items that name theirs, rows of a table."""
        for number, first in enumerate(range(0, count, 4), 1):
            some = min(4, count - first)
            lead, *others = self.chance.sample(DEPARTMENTS, 3)
            form = self.chance.choice((self._below_one, self._each_with_its_own, self._in_rows))
            form(number, some, lead, others)

    def _below_one(self, number: int, count: int, lead: str, others: Sequence[str]) -> None:
        self.out.add(f"{number}. {lead}\n", plain=True)
        for _ in range(count):
            self.out.add("- ", plain=True)
            what, closing, due = self._order()
            said = f", {closing}" if closing else ""
            span = self.out.add(f"{what}{said}.")
            self._task(span, f"II/{number}", "-", [lead], [], due, closing)
            self.out.add("\n", plain=True)

    def _each_with_its_own(self, number: int, count: int, lead: str, others: Sequence[str]) -> None:
        self.out.add(f"{number}. Lĩnh vực {self.chance.choice(OBJECTS)}\n", plain=True)
        for letter in "abcd"[:count]:
            self.out.add(f"{letter}) ", plain=True)
            what, closing, due = self._order()
            said = f", {closing}" if closing else ""
            span = self.out.add(
                f"{lead} chủ trì, phối hợp với {', '.join(others)} {what[0].lower()}{what[1:]}{said}."
            )
            self._task(span, f"II/{number}", f"{letter})", [lead], others, due, closing)
            self.out.add("\n", plain=True)

    def _in_rows(self, number: int, count: int, lead: str, others: Sequence[str]) -> None:
        between = self.chance.choice((" | ", "\t"))
        self.out.add(f"{number}. Danh mục nhiệm vụ\n{between.join(COLUMNS)}\n", plain=True)
        for row in range(1, count + 1):
            self.out.add(f"{row}{between}", plain=True)
            what, closing, due = self._order()
            span = self.out.add(what, plain=True)
            cells = ("", lead, ", ".join(others), closing)
            self.out.add(f"{between.join(cells)}\n", plain=True)
            self._task(span, f"II/{number}", str(row), [lead], others, due, closing)

    def _order(self) -> tuple[str, str, str | None]:
        """What is to be done, until when in words (or empty), and the day that they mean."""
        what = (
            f"{self.chance.choice(VERBS)} {self.chance.choice(OBJECTS)}{self.chance.choice(AIMS)}"
        )
        day = _day(self.chance, self.day.year + 1, self.day.year + 1)
        closing = self.chance.choice(("", *CLOSING))
        if closing and "ngày" not in closing:
            day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return what, closing.format(day), day.isoformat() if closing else None

    def _task(
        self, span: tuple[int, int], section: str, label: str, lead: Sequence[str], others: Sequence[str],
        due: str | None, closing: str,
    ) -> None:  # fmt: skip
        self._answer(
            "tasks", *span, section=section, label=label, lead=[*lead], coordinate=[*others], deadline=due,
            deadline_text=closing or None, cadence=None, output=None,
        )  # fmt: skip

    def _answer(self, table: str, start: int, end: int, **cells: Any) -> None:
        quote = self.out.text[start:end]
        ids = {"plan": self.plan, "document": self.plan, "start": start, "end": end}
        self.answers[table].append(
            {**ids, **({} if table == "documents" else {"quote": quote}), **cells}
        )


def corpus(count: int, seed: int) -> Iterator[tuple[str, Province, PlanWriter, str]]:
    """Id, province, answers and text of each plan."""
    known, there = shapes(), provinces()
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        province = chance.choice(there)
        plan = f"{slug(province.name)}-{number:06}"
        writer = PlanWriter(plan, province, chance)
        yield plan, province, writer, writer.write(chance.choice(known))


def write_corpus(folder: Path, count: int, seed: int) -> None:
    """Write the catalogue and its answers."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    (folder / "khplans.toml").write_text("", "utf-8")
    files = {
        name: (folder / "gold" / f"{name}.jsonl").open("w", encoding="utf-8") for name in TABLES
    }
    for plan, province, writer, text in corpus(count, seed):
        _write_plan(folder / "plans" / plan, province, writer, text)
        for name, answers in writer.answers.items():
            files[name].writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in answers)
    for name in DEPARTMENTS:
        files["agencies"].write(json.dumps(_agency(name), ensure_ascii=False) + "\n")
    for file in files.values():
        file.close()


def _agency(name: str) -> Mapping[str, Any]:
    return {"form": name, "canonical": name, "province": None, "kind": "department", "members": []}


def _write_plan(folder: Path, province: Province, writer: PlanWriter, text: str) -> None:
    folder.mkdir(parents=True)
    data = text.encode()
    (folder / "source.txt").write_bytes(data)
    (folder / "plan.toml").write_text(
        f'title = "Kế hoạch {writer.number}"\nissuer = "{writer.issuer}"\nprovince = "{province.name}"\n'
        f'origin = "unknown"\nreceived = 2026-01-01\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n',
        "utf-8",
    )


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
