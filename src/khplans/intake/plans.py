"""A plan's folder: `source.txt`, the text that all offsets count, `plan.toml` about it, `corrections.csv` and `review.csv` for it.

What came as something else lies beside it as `original.*`, byte for byte, with its `layout.json`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from khplans.errors import KhplansError, both, refusal
from khplans.intake.by_hand import csv_rows, day_of, wrong_day, wrong_line
from khplans.intake.decoding import characters_of, decode
from khplans.intake.files import read_bytes, receive, take
from khplans.intake.layout_file import layout_bytes, read_layout
from khplans.intake.review_file import REVIEW, read_judgements, review_bytes
from khplans.intake.taken import Received, Taken
from khplans.knowledge.provinces import provinces
from khplans.layout import Layout
from khplans.model import Judgement, Source
from khplans.outside import is_below, is_sha256, line_of_key
from khplans.text.fold import slug
from khplans.text.passage import Correction, Span
from khplans.text.visible import hidden

TEXT, LAYOUT, ORIGINAL, CORRECTIONS = "source.txt", "layout.json", "original", "corrections.csv"
ABOUT = "plan.toml"
COLUMNS = ("start", "end", "before", "after", "reason", "date")
"""Of corrections.csv; who has no `date` leaves that column, or its cell, out."""

_MOST_ABOUT = 65_536
_LISTS = ("read_by", "encodings")
_OF_A_FILE = ("text_sha256", "layout_sha256", *_LISTS)
"""What plan.toml says besides of a plan that came as something else than its text."""
_OFFSET = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it lies in its folder.

    `source` has its text, layout and corrections; `sha256` is that of the file as received; `origin`
    says where the file came from (`unknown` where nobody knows) and `received` when (None
    where it was not taken in as a plan); `encodings` names those, other than UTF-8, that its words were in.
    """

    source: Source
    title: str
    issuer: str
    province: str | None
    origin: str
    received: date | None
    sha256: str
    encodings: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    """What people said of its rows: review.csv."""

    @property
    def plan_id(self) -> str:
        return self.source.plan_id


def list_plans(plans_dir: Path) -> tuple[str, ...]:
    """The ids of the plans in a folder, sorted: the names of the folders in it.

    Raises `KhplansError` where there is no such folder.
    """
    if not plans_dir.is_dir():
        raise refusal("no-plans-folder", plans_dir)
    return tuple(
        sorted(p.name for p in plans_dir.iterdir() if p.is_dir() and not p.name.startswith("."))
    )


def load_plan(folder: Path) -> Plan:
    """Read a plan's folder.

    Raises `KhplansError` for an unknown plan, a missing or wrong plan.toml, a source that isn't
    readable text or isn't the one that was received, corrections that don't fit it, and a review.csv
    that is none.
    """
    if not folder.is_dir():
        raise _unknown(folder)
    if slug(folder.name) != folder.name:
        raise refusal("folder-name-unusable", folder, name=slug(folder.name))
    about = _about(folder / ABOUT)
    text, layout = _text_and_layout(folder, about)
    corrections = read_corrections(folder / CORRECTIONS, text)
    issuer = about["issuer"]
    return Plan(
        Source(folder.name, text, corrections, issuer, layout),
        about["title"],
        issuer,
        about["province"] or None,
        about["origin"],
        date.fromisoformat(about["received"]),
        about["sha256"],
        tuple(filter(None, about.get("encodings", "").split(", "))),
        read_judgements(folder / REVIEW),
    )


def beside_text(plan: Plan) -> dict[str, bytes]:
    """What a plan's rows are read by besides its text and corrections, as files by their names.

    >>> bare = unregistered("p", Taken("Trồng rừng."), b"")
    >>> shown = unregistered("p", Taken("Trồng rừng.", Layout()), b"")
    >>> list(beside_text(bare)), list(beside_text(shown))
    ([], ['layout.json'])
    """
    files = {}
    if plan.source.layout:
        files[LAYOUT] = layout_bytes(plan.source.layout)
    if plan.judgements:
        files[REVIEW] = review_bytes(plan.judgements)
    return files


def _text_and_layout(folder: Path, about: Mapping[str, str]) -> tuple[str, Layout | None]:
    """The text of a plan and what stood where in it, each the very bytes that plan.toml has the sum of."""
    original = original_of(folder)
    path = folder / TEXT
    if original:
        text = characters_of(_refuse_changed(path, "text_sha256", about), str(path))
    else:
        text = take(read_bytes(path), path, strict=True).text
    _refuse_changed(original or path, "sha256", about)
    layout = folder / LAYOUT
    if not layout.exists() and "layout_sha256" not in about:
        return text, None
    return text, read_layout(_refuse_changed(layout, "layout_sha256", about), text, str(layout))


def original_of(folder: Path) -> Path | None:
    """The file as received, where that isn't the text itself; raises `KhplansError` for more than one."""
    strange = sorted(p.name for p in folder.glob("source.*") if p.name != TEXT)
    if strange:
        raise refusal("text-elsewhere", folder, strange=", ".join(strange), text=TEXT)
    found = sorted(folder.glob(f"{ORIGINAL}.*"))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise refusal("several-originals", folder, count=len(found), names=names)
    return found[0] if found else None


def _refuse_changed(path: Path, key: str, about: Mapping[str, str]) -> bytes:
    """A file's bytes; raises `KhplansError` where plan.toml has another sum of them, or none."""
    data = read_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if digest != about.get(key):
        raise refusal("source-altered", path, key=key, digest=digest)
    return data


def load_file(path: Path) -> Plan:
    """Read any document that is not registered as a plan; its id and title are the file's stem.

    Raises `KhplansError` for what isn't readable text, and for a stem that can name no file.
    """
    return plan_of(receive(path))


def plan_of(received: Received) -> Plan:
    """A file received that is not registered as a plan; raises `KhplansError` as `load_file`."""
    path = received.path
    if not is_below(path.stem):
        raise refusal("stem-unusable", path, path=path)
    plan_id = unicodedata.normalize("NFC", path.stem)
    return unregistered(plan_id, received.taken, received.data)


def unregistered(plan_id: str, taken: Taken, data: bytes) -> Plan:
    """A file of which nothing else is known, as a plan; `data` are the bytes that it came as."""
    digest = hashlib.sha256(data).hexdigest()
    source = Source(plan_id, taken.text, layout=taken.layout)
    return Plan(source, plan_id, "", None, "", None, digest, taken.encodings)


def _unknown(folder: Path) -> KhplansError:
    known = list_plans(folder.parent) if folder.parent.is_dir() else ()
    near = get_close_matches(folder.name, known, 3, 0.5)
    if near:
        return refusal("plan-like-others", folder, name=folder.name, near=", ".join(near))
    return refusal("plan-like-none", folder, name=folder.name)


def _about(path: Path) -> Mapping[str, str]:
    import tomllib

    if not path.is_file():
        raise refusal("plan-toml-missing", path)
    data = read_bytes(path)
    if len(data) > _MOST_ABOUT:
        raise _bad(path, both(f"dài hơn {_MOST_ABOUT} byte", f"longer than {_MOST_ABOUT} bytes"))
    written = decode(data, str(path))
    try:
        table = tomllib.loads(written)
    except (ValueError, RecursionError) as error:  # no TOML, an endless number, nested too deep
        raise refusal("not-toml", path, error=_first_line(error)) from None
    about: dict[str, str] = {}
    for key in ("title", "issuer", "province", "origin", "received", "sha256", *_OF_A_FILE):
        if key in _OF_A_FILE and key not in table:
            continue
        value = table.pop(key, "" if key == "province" else None)
        if key in _LISTS:
            value = ", ".join(value) if _are_texts(value) else None
        if isinstance(value, date):
            value = value.isoformat()
        wrong = _wrong_value(key, value)
        if wrong:
            raise _bad(path, wrong, line_of_key(key, written))
        about[key] = value
    if table:
        raise _bad(path, both(f"khóa lạ: {', '.join(map(ascii, sorted(table)))}", "unknown keys"))
    return about


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _wrong_value(key: str, value: object) -> str:
    """What is wrong with a value of plan.toml, or nothing."""
    if not isinstance(value, str) or not (value.strip() or key == "province"):
        return both(f"thiếu hoặc sai `{key}`", f"`{key}` is missing or not a text")
    if hidden(value) or set(value) & set("\t\r\n"):
        return both(f"`{key}` có ký tự điều khiển", f"`{key}` holds a control character")
    return _WRONG[key](value) if key in _WRONG else ""


def _wrong_province(value: str) -> str:
    if not value or any(value == province.name for province in provinces()):
        return ""
    near = get_close_matches(value, [province.name for province in provinces()], 1, 0)
    return both(f"không có tỉnh {value!r}; gần nhất: {near[0]}", "no such province; the nearest")


def _wrong_sum(value: str) -> str:
    wrong = both("mã băm sha256 phải là 64 chữ số hex", "a sum has 64 hex digits")
    return "" if is_sha256(value) else wrong


_WRONG = {
    "province": _wrong_province,
    "received": wrong_day,
    "sha256": _wrong_sum,
    "text_sha256": _wrong_sum,
    "layout_sha256": _wrong_sum,
}


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _bad(path: Path, what: str, line: int | None = None) -> KhplansError:
    return KhplansError(
        "entry-wrong",
        what,
        where=f"{path}:{line}" if line else str(path),
        remedy=both("xem CONTRIBUTING.md", "see CONTRIBUTING.md"),
    )


def read_corrections(path: Path, text: str) -> tuple[Correction, ...]:
    """The corrections of a source, in its order. A cell keeps every character, its line ends too.

    Where `after` is empty, the words are none of the document's.

    Raises `KhplansError` with the line of one that doesn't fit the text.
    """
    if not path.exists():
        return ()
    found: list[tuple[int, Correction]] = []
    width = 0
    for number, row in csv_rows(path):
        if number == 1 and tuple(row) not in (COLUMNS, COLUMNS[:-1]):
            raise wrong_line(path, 1, both(f"cột phải là {','.join(COLUMNS)}", "wrong columns"))
        width = width or len(row)
        if number == 1 or not row:
            continue
        if len(row) not in (width, len(COLUMNS) - 1):
            raise wrong_line(
                path, number, both(f"có {len(row)} ô, cần {width}", "wrong number of cells")
            )
        found.append((number, _correction(path, number, row, text)))
    found.sort(key=lambda pair: pair[1].span)
    for (_, one), (number, other) in pairwise(found):
        if one.span.overlaps(other.span):
            raise wrong_line(
                path, number, both(f"chồng lên đính chính ở {one.span.start}", "overlaps another")
            )
    return tuple(correction for _, correction in found)


def people_days(plans: Path) -> Iterator[str]:
    """The days, as ISO text, on which people corrected or reviewed plans, where their tables tell.

    >>> list(people_days(Path("no such folder")))
    []
    """
    for name in (CORRECTIONS, REVIEW):
        for path in sorted(plans.glob(f"*/{name}")):
            header: list[str] = []
            for number, row in csv_rows(path):
                header = header or row
                told = dict(zip(header, row, strict=False)).get("date", "")
                if number > 1 and told:
                    yield day_of(path, number, told)


def _correction(path: Path, number: int, row: list[str], text: str) -> Correction:
    begin, stop, before, after, reason = row[:5]
    if row[5:] and row[5]:
        day_of(path, number, row[5])
    if not (_OFFSET.fullmatch(begin) and _OFFSET.fullmatch(stop)):
        raise wrong_line(path, number, both("start, end phải là số", "must be numbers"))
    span = Span(int(begin), int(stop))
    if not 0 <= span.start < span.end <= len(text):
        raise wrong_line(
            path, number, both(f"{begin}:{stop} nằm ngoài văn bản", "outside the text")
        )
    there = span.of(text)
    if there != before:
        raise wrong_line(path, number, both(f"tại {begin}:{stop} là {_shown(there)}, không phải {_shown(before)}", "the text there is another"))  # fmt: skip
    if after == before or after.isspace():
        raise wrong_line(
            path, number, both("`after` giống `before`, hay chỉ có dấu cách", "the same, or blanks")
        )
    if not reason.strip():
        raise wrong_line(path, number, both("thiếu `reason`", "no reason given"))
    return Correction(span, before, after, reason, number)


def _shown(words: str) -> str:
    """The words in quotes, their line ends and the like spelled out."""
    return "“" + "".join(x if x.isprintable() else ascii(x)[1:-1] for x in words[:60]) + "”"
