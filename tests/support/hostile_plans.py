"""Plans whose every field holds words that try to be more than words."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
from pathlib import Path

from small_plans import LAO_CAI

MARK = "kh-hit"
"""An element or attribute of this name on a page is one that a plan's words made."""
ELSEWHERE = "evil.example"
"""Where words of a plan would have a page ask."""

PAYLOADS = {
    "script": f"<script>alert(1)</script><{MARK}>",
    "svg": f"<svg onload=alert(1) {MARK}><a href='javascript:alert(1)'>x</a></svg>",
    "image": f"<img src=http://{ELSEWHERE}/a.png onerror=alert(1) {MARK}>",
    "attribute": f"\" onmouseover=alert(1) {MARK}=\" ' autofocus onfocus=alert(1) {MARK}='",
    "closing": f"</script></style></textarea></title></table></main><{MARK}>",
    "comment": f"--> <{MARK}> <!-- ]]> <![CDATA[ <!-- &lt;{MARK}&gt; &#60;b",
    "markdown": f"[x](javascript:alert(1)) ![y](http://{ELSEWHERE}/m.png) **b** `c` {{: onclick=alert(1) {MARK}=1 }} ~~s~~ | [^1] # h",
    "template": "{{ 7 * 191 }} {% raw %} {% if x %} {# c #} ${7*191} #{7*191} <%= 7*191 %> ⟦site⟧ %(n)s {0}",
    "terminal": "\x1b]0;x\x07\x1b[31m\x1b[2J\x9b2J\x08\x08\x7f\x01",
    "bidi": "\u202egpj.exe\u202c \u2066x\u2069 \u200fa\u200b\u200d\u2060\ufeff\u00ad\u2028b",
    "equals": "=cmd|'/C calc'!A0",
    "plus": "+SUM(1+1)*cmd|'/C calc'!A0",
    "minus": "-2+3+cmd|'/C calc'!A0",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1\t\v\f",
    "return": "\r=1+1 \x85=2",
    "quotes": '"=1+1",\'=2;""; =3,\\",\\n',
    "long": "ưởđ" * 3000,
    "marks": "\u0301\u0323\u0489 a" + "\u0301\u0323\u0300" * 40 + " \u20dd",
    "right to left": "עברית العربية 12 (א) ١٢",
}
"""Words by what they would be where they were more than words."""

FILE_NAME = f"=cmd {{{{7*191}}}} <img src=x onerror=alert(1) {MARK}>'\"\x1b[31m\u202egpj"
"""What a file may be called on most systems."""

_TEXT = (
    LAO_CAI.partition("KẾ HOẠCH\n")[0]
    + """KẾ HOẠCH
{x} phát triển du lịch {x} năm 2025

Căn cứ Nghị quyết số 08-NQ/TW ngày 16/01/2017 của Bộ Chính trị về {x} phát triển du lịch (sau đây gọi là Nghị quyết {x} 08);
Căn cứ Quyết định số 12/QĐ-TTg ngày 16/01/2017 của Viện {x} Nhân văn;

I. {x} MỤC TIÊU {x}
Tỷ lệ {x} hộ nghèo đạt 8,1% {x}. Đón trên 2,8 triệu lượt khách {x} du lịch.
Diện tích {x} trồng rừng đạt 120 {x} ha. {x} phấn đấu tăng 9%/năm.

II. NHIỆM VỤ {x}
1. {x} Sở Y tế chủ trì, phối hợp với Sở Tài chính {x} nâng cao chất lượng khám bệnh, hoàn thành trước ngày 30/6/2025.
2. Đội Thuyền {x} nan chủ trì, phối hợp với Sở {x} Khác hoàn thành đường thủy theo Nghị quyết {x} 08 {x}, báo cáo hằng quý {x}.
3. {x}
4. Sở Công Thương {x} xúc tiến thương mại sai lôi {x}, hoàn thành trước ngày 30/6/2024.
5. Sở Nội vụ rà soát tổ chức bộ máy.

PHỤ LỤC
DANH MỤC {x} NHIỆM VỤ
STT\tNhiệm vụ\tCơ quan chủ trì\tSản phẩm {x}\tThời hạn
1\t{x} Xây dựng đề án {x} du lịch\tSở {x} Du lịch\t{x} Báo cáo {x}\tQuý II/2025 {x}
2\t{x}\t{x}\t{x}\t{x}

Nơi nhận:
- Như trên {x};

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trịnh Xuân {x} Trường
"""
)


def hostile_text(payload: str) -> str:
    """A plan that has those words wherever it says anything."""
    return _TEXT.replace("{x}", payload)


def _table(header: str, *rows: tuple[object, ...]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [header.split(","), *rows]
    )
    return stream.getvalue()


def write_hostile(folder: Path, payload: str) -> Path:
    """A registered plan that has those words in each field that a person or a file can fill."""
    folder.mkdir(parents=True)
    text = hostile_text(payload)
    data = text.encode()
    (folder / "source.txt").write_bytes(data)
    told = one_line(payload)
    (folder / "plan.toml").write_text(
        f'title = {told}\nissuer = {told}\nprovince = "Lào Cai"\norigin = {told}\n'
        f'received = 2025-03-01\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n',
        encoding="utf-8",
    )
    at = text.index("sai lôi")
    (folder / "corrections.csv").write_text(
        _table(
            "start,end,before,after,reason,date",
            (at, at + 7, "sai lôi", f"sai {payload} lỗi", payload, "2025-03-02"),
        ),
        encoding="utf-8",
    )
    judged = [
        (
            "ỦY BAN NHÂN DÂN",
            "documents.title",
            "đọc lúc trước",
            f"{payload} x",
        ),  # read otherwise now
        ("Sở Nội vụ rà soát tổ chức bộ máy.", "tasks.output", "", f"{payload} x"),
    ]
    (folder / "review.csv").write_text(
        _table(
            "start,end,words,what,from,to,reason,who,date",
            *((at := text.index(words), at + len(words), words, *said, payload, payload, "2025-03-03")
              for words, *said in judged),
        ),
        encoding="utf-8",
    )  # fmt: skip
    return folder


def one_line(payload: str) -> str:
    """The words as a value of TOML, without the characters that plan.toml and khplans.toml refuse."""
    told = "".join(c for c in payload if c.isprintable() or c == " ")[:900]
    return json.dumps(f"{told} x", ensure_ascii=False)


def hostile_page(folder: Path) -> Path:
    """A web page with all of those words that such a page can have, in a file that is named as they are."""
    kept = (payload for payload in PAYLOADS.values() if payload.isprintable())
    lines = "\n".join(hostile_text(payload) for payload in kept).split("\n")
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines).replace("15/KH", "16/KH")
    path = folder / f"{FILE_NAME}.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title><script>alert(1)</script>{body}",
        "utf-8",
    )
    return path
