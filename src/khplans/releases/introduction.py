"""The workbook's first sheet: what this is, how to use it, how right it is, how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khplans.packages.canonical import Package
from khplans.releases.accuracy_lines import Line
from khplans.releases.sheets import Sheet


@dataclass(frozen=True)
class Preface:
    """What the first sheet says beside the tables. `released` is an ISO date."""

    version: str
    released: str
    homepage: str | None
    accuracy: Sequence[Line] = ()
    """How right the data is, as `accuracy_lines` says it."""


_USE = (
    ("Lọc", "Bấm mũi tên ở dòng đầu để lọc, ví dụ theo cơ quan chủ trì hoặc theo hạn."),
    ("Dẫn về văn bản", "Mỗi dòng lấy từ một chỗ trong văn bản; cột “Xem trong kế hoạch” mở đúng chỗ ấy trên trang dữ liệu. Hãy đối chiếu trước khi trích dẫn."),
    ("Ô trống", "Văn bản không nêu; không có nghĩa là bằng không hay không có."),
    ("Cảnh báo", "Chỗ còn ngờ, chỗ suy ra từ ô gộp và chỗ văn bản có thể in sai được liệt kê riêng ở trang Cảnh báo."),
    ("Dùng với máy", "Tệp CSV và Parquet cùng phiên bản giữ nguyên mã của từng dòng và mọi ký tự gốc."),
)  # fmt: skip
"""How the workbook is used: titles and sentences."""


def first_lines(
    package: Package, about: Preface, sheets: Sequence[tuple[str, Sheet]]
) -> Iterator[Line]:
    """The lines from top to bottom, the first the title; `sheets` go with their names."""
    described = package.descriptor
    day = ".".join(reversed(about.released.split("-"))).replace(".", "/")
    title = str(described.get("title", "khplans"))
    yield title
    yield ("Phiên bản", None, f"{about.version} · {day}")
    yield ("Đây là gì", None, str(described.get("description", "")))
    if about.homepage:
        yield ("Trang dữ liệu", None, about.homepage)
    yield ("", None, "")
    yield "Các trang tính"
    for name, sheet in sheets:
        yield (f"#{name}", len(sheet.table.rows), sheet.description)
    yield ("", None, "")
    yield "Cách dùng"
    yield from ((title, None, text) for title, text in _USE)
    yield ("", None, "")
    yield from about.accuracy
    yield "Trích dẫn"
    address = f" {about.homepage}" if about.homepage else ""
    cited = f"khplans. {title} [bộ dữ liệu], phiên bản {about.version}, {day}.{address}"
    yield ("Tiếng Việt", None, cited)
    english = str(described.get("title_en", title))
    cited = f"khplans. {english} [data set], version {about.version}, {about.released}.{address}"
    yield ("English", None, cited)
    for licence in described.get("licenses", ()):
        name = f"{licence.get('title', '')} ({licence.get('name', '')})"
        yield ("Giấy phép", None, f"{name} {licence.get('path', '')}".strip())
    yield ("", None, "")
    yield "Các kế hoạch trong bộ dữ liệu"
    for source in described.get("sources", ()):
        yield ("", None, f"{source.get('title', '')} — {source.get('path', '')}".strip(" —"))
