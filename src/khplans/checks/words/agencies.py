"""Whether the words name the agency, as what it takes part, and where they do."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from khplans.checks.words.places import has
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import (
    CONTRADICTED,
    DOUBTFUL,
    SAID,
    ColumnCheck,
    Verdict,
    is_judged,
    said_if,
)
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.fold import fold, slug

_SORT_OF_BODY = re.compile(r"(?:uy ban nhan dan )?(?P<sort>so|huyen|quan|thi xa|thanh pho) ")
_NARROWED = re.compile(r" (?:lien quan|khac|theo|truc thuoc|duoc giao|thuoc|cua) ?")

# --- names

_LEVELS = frozenset(["tinh", "thanh", "pho", "huyen", "xa", "phuong", "thi"])
_NOISE = frozenset(
    {
        "cac", "tat", "ca", "tung", "cua", "thuoc", "tp", "co", "viet", "nam", "trung", "uong", "cong",
        "lap", "dong", "chi", "nguoi", "dung", "dau", "lanh", "dao", "toan", "moi", "va", "nhu", "tai",
        "o", "cap", "hai", "ba", "bon", "nhung", "mot", "truong",
    }
)  # fmt: skip
_HEADS = frozenset(
    {
        "so", "bo", "ban", "nganh", "cong", "chi", "cuc", "vien", "hoi", "uy", "nhan", "dan", "van",
        "phong", "truong", "trung", "tam",
    }
)  # fmt: skip


def names(form: str, name: str, province: str | None) -> bool:
    """Whether a way of writing is one of an agency's name: the same words, or their abbreviations.

    Posts, words that make a group, levels and the province don't count; of a list (`các Sở: Xây
    dựng, Tài chính`) a member may lack the head of its name.

    >>> names("UBND các huyện, thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố", "Khánh Hòa")
    True
    >>> names("Sở Nông nghiệp và PTNT", "Sở Nông nghiệp và Phát triển nông thôn", "Khánh Hòa")
    True
    >>> names("Sở Y tế", "Sở Xây dựng", "Khánh Hòa"), names("SXD", "Sở Xây dựng", "Tiền Giang")
    (False, True)
    """
    if fold(form) == fold(name):
        return True
    if fold(form) == fold(province or ""):
        return True
    full = _words(name, written_out=True)
    return any(_same_body(_words(form, written_out=out), full) for out in (True, False))


def _same_body(said: list[str], full: list[str]) -> bool:
    """Whether the words of two names cover each other, but for those that don't count.

    >>> def same(said, full): return _same_body(said.split(), full.split())
    >>> same("so y te", "so y te"), same("so y te tinh", "so y te"), same("so y te", "so noi vu"), same("y te", "so y te")
    (True, True, False, True)
    >>> same("y te", "so y te va hoa"), same("", "")
    (False, False)
    """
    covered = [False] * len(full)
    if not all(_cover(word, full, covered) or _is_slight(word) for word in said):
        return False
    left = {word for word, done in zip(full, covered, strict=True) if not done}
    return any(covered) and all(word in _HEADS or _is_slight(word) for word in left)


def _is_slight(word: str) -> bool:
    """Whether a word tells no body from another: a level, a number, a link.

    >>> [_is_slight(word) for word in ("tinh", "5", "y")]
    [True, True, False]
    """
    return word in _NOISE or word in _LEVELS or word.isdigit()


def _words(name: str, *, written_out: bool) -> list[str]:
    """The words of a name, its abbreviations written out, without posts and names of provinces.

    >>> _words("Giám đốc Sở Y tế", written_out=False), _words("UBND tỉnh Khánh Hòa", written_out=True)
    (['so', 'y', 'te'], ['uy', 'ban', 'nhan', 'dan', 'tinh'])
    """
    for short, full in _short_words() if written_out else ():
        if short in name:
            name = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, name)
    key = f" {_without_post(fold(name.replace('&', ' ')))} "
    for place in ("tren dia ban", *_provinces()):
        key = key.replace(f" {place} ", " ")
    return key.split()


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(fold(row["name"]) for row in read_table("provinces"))


def _cover(word: str, full: list[str], covered: list[bool]) -> bool:
    """Mark the words of a name that a word is, or that it abbreviates by the first letters of two or more.

    >>> def covers(word):
    ...     covered = [False] * 4
    ...     return _cover(word, ["so", "y", "te", "tinh"], covered), [int(one) for one in covered]
    >>> covers("yt"), covers("tetinh"), covers("te"), covers("s"), covers("ys")
    ((True, [0, 1, 1, 0]), (True, [0, 0, 1, 1]), (True, [0, 0, 1, 0]), (False, [0, 0, 0, 0]), (False, [0, 0, 0, 0]))
    """
    if word in full:
        for i, one in enumerate(full):
            covered[i] = covered[i] or one == word
        return True
    for i in range(len(full)):
        initials, joined = "", ""
        for j in range(i, len(full)):
            initials, joined = initials + full[j][0], joined + full[j]
            if word in (initials, joined) and j > i:
                covered[i : j + 1] = [True] * (j + 1 - i)
                return True
    return False


def _without_post(key: str) -> str:
    """A folded name without the posts that it opens with (`Giám đốc Sở Y tế` is `Sở Y tế`).

    >>> _without_post("giam doc so y te"), _without_post("so y te"), _without_post("cac dong chi giam doc so y te")
    ('so y te', 'so y te', 'so y te')
    """
    words = key.split()
    while words and (words[0] in _NOISE or words[0].isdigit()):
        words = words[1:]
    rest = " ".join(words)
    post = next((post for post in _posts() if rest.startswith(f"{post} ")), None)
    return _without_post(rest[len(post) + 1 :]) if post else rest


@cache
def _posts() -> tuple[str, ...]:
    posts = {fold(row["post"]) for row in read_table("agency_posts")} | {"chu nhiem", "bo truong"}
    return tuple(sorted(posts, key=lambda post: (-len(post), post)))


@cache
def _short_words() -> tuple[tuple[str, str], ...]:
    """The reviewed abbreviations with what they stand for, the longest first."""
    found = {row["form"]: row["name"] for row in read_table("agency_names")}
    found |= {row["head"]: row["name"] for row in read_table("agency_heads")}
    found |= {
        one: row["words"] for row in read_table("agency_words") for one in row["short"].split(";")
    }
    pairs = ((short, full) for short, full in found.items() if fold(short) != fold(full))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


# --- known bodies


def is_known_name(name: str) -> bool:
    """Whether a name is in a reviewed table, with a place or a level after it, opens with the head
    of one, or is a group of what is (`các …`).

    >>> is_known_name("Sở Y tế"), is_known_name("Ủy ban nhân dân các huyện, thị xã, thành phố")
    (True, True)
    >>> all(map(is_known_name, ("Hải quan", "VPTU", "Bảo tàng Cà Mau", "Nhà đầu tư", "Trường học", "Chủ tịch nước", "UBTVQH")))
    True
    >>> is_known_name("Phó Thủ tướng Chính phủ"), is_known_name("UBTVQH khóa XV")
    (True, True)
    >>> is_known_name("Tổ Trăng rằm"), is_known_name("Rừng")
    (False, False)
    """
    key = f"{fold(name)} "
    return key.startswith("cac ") or any(key.startswith(f"{known} ") for known in _openings())


@cache
def _openings() -> tuple[str, ...]:
    found = {fold(row["name"]) for row in read_table("agencies")}
    found |= {fold(row["form"]) for row in read_table("agency_names")}
    found |= {fold(row["name"]) for row in read_table("group_phrases")}
    found |= {fold(row["head"]) for row in read_table("agency_heads")}
    found |= {fold(row["noun"]) for row in read_table("groups")}
    for row in read_table("issuers"):
        found |= {fold(one) for one in (row["name"], *row["aliases"].split(";")) if one}
    return tuple(sorted(found))


# --- an agency of a task


def read_agency(reading: SecondReading, row: Row) -> Verdict:
    """The name at the span is one of the agency's, of the document's province or the one it names."""
    agency = reading.agencies.get(row["agency_id"])
    if agency is None or (row["agency_id"], row["form"]) not in reading.forms:
        return CONTRADICTED
    province = reading.documents[row["document_id"]]["province"]
    if agency["province"] not in (None, province) and fold(agency["province"]) not in fold(
        row["form"]
    ):
        named = fold(agency["province"]) in reading.text(row).key(
            row["start"] - 100, row["end"] + 100
        )
        return DOUBTFUL if named else CONTRADICTED
    return said_if(names(row["form"], agency["name"], agency["province"]))


def read_form(reading: SecondReading, row: Row) -> Verdict:
    """The source between start and end, emphasis left out."""
    said = reading.text(row).said(row["start"], row["end"])
    return said_if(_letters(said) == _letters(row["form"]))


def _letters(words: str) -> str:
    return re.sub(r"[*\\\s]+", "", unicodedata.normalize("NFC", words))


# --- role and basis

ROW = 5000
"""Characters that a table's row can have between its task and one of its cells."""
_FEWEST_COLUMNS = 3
"""Cells that a row of names has, unless it is the second row of a header."""
_CELLS_PART = re.compile(r"[\t|]")
_CELL_END = re.compile(r"(?:\s*(?:\t|\n\s*\n|\|))+")


def read_role(reading: SecondReading, row: Row) -> Verdict:
    """`phối hợp` before the name, or the place of its cell, makes it one that coordinates."""
    if row["basis"] in ("cell", "merged-cell"):
        return _read_role_of_cell(reading, row)
    before = _sentence_before(reading, row)
    coordinates = before.rfind(" phoi hop ") > before.rfind(" chu tri ")
    return said_if(coordinates == (row["role"] == "coordinate"))


def _sentence_before(reading: SecondReading, row: Row) -> str:
    text = reading.text(row)
    before = text.text[max(0, row["start"] - 600) : row["start"]]
    end = max(
        (
            m.end()
            for m in re.finditer(r"[.!?]\s|\n\s*\n|\n(?=\s*(?:[-+*•]|\w{1,3}[.)])\s)|\t|\|", before)
        ),
        default=0,
    )
    return f" {fold(before[end:])} "


def _read_role_of_cell(reading: SecondReading, row: Row) -> Verdict:
    before = reading.text(row).text[max(0, row["start"] - 300) : row["start"]]
    own_cell = re.split(r"[\n\t|]", before)[-1]
    own = f" {fold(own_cell)} "
    if has(own, "phoi hop", "chu tri"):
        coordinates = own.rfind(" phoi hop ") > own.rfind(" chu tri ")
        return said_if(coordinates == (row["role"] == "coordinate"))
    task = reading.tasks.get(row["task_id"])
    if task is None:  # of which the checks of keys and schemas tell
        return SAID
    named = _roles_of_columns(reading, row)
    if named:
        return said_if(row["role"] in named)
    cells = _cells_after(reading, row, task)
    if row["basis"] == "merged-cell" or not 1 <= cells <= 2:
        return said_if(
            row["role"] == "lead", DOUBTFUL if _has_second_column(reading, row) else CONTRADICTED
        )
    return said_if((cells == 2) == (row["role"] == "coordinate"))


def _roles_of_columns(reading: SecondReading, row: Row) -> set[str]:
    """The roles that the names of the columns tell in which a cell may stand.

    That is one column, unless merged cells leave the row with fewer cells than there are names.
    """
    own = reading.row_of_table(row)
    if own is None:
        return set()
    text = reading.text(row).text
    line = _line_start(text, own["start"])
    place = len(_CELLS_PART.findall(text[line : row["start"]]))
    count = len(_CELLS_PART.split(text[line : own["end"]]))
    below: list[str] = []
    for names in reading.names_above(own):
        cells = _CELLS_PART.split(text[_line_start(text, names["start"]) : names["end"]])
        if len(cells) < _FEWEST_COLUMNS:
            below = cells
            continue
        cells = _with_names_below(cells, below)
        covered = max(0, len(cells) - count)
        roles = {_role_of(cell) for cell in cells[place : place + covered + 1]}
        if told := roles - {""}:
            return told
    return set()


def _with_names_below(cells: list[str], below: list[str]) -> list[str]:
    """The names of columns, the one that says who does it parted as the second row of names parts it.

    >>> _with_names_below(["TT", "Nhiệm vụ", "Cơ quan thực hiện"], ["Chủ trì", "Phối hợp"])
    ['TT', 'Nhiệm vụ', 'Chủ trì', 'Phối hợp']
    >>> _with_names_below(["Chủ trì", "Hạn"], ["Sở", "Phối hợp"]), _with_names_below(["Chủ trì", "Hạn"], ["Sở", "Kho"])
    (['Sở', 'Phối hợp', 'Hạn'], ['Chủ trì', 'Hạn'])
    >>> _with_names_below(["Chủ trì", "Phối hợp"], ["Phối hợp", "Hạn"])
    ['Chủ trì', 'Phối hợp']
    """
    parted = [i for i, cell in enumerate(cells) if _role_of(cell)]
    if not any(map(_role_of, below)) or len(parted) != 1:
        return cells
    return [*cells[: parted[0]], *below, *cells[parted[0] + 1 :]]


@lru_cache(maxsize=1024)
def _role_of(name: str) -> str:
    """The role that a column's name tells, empty for none.

    >>> _role_of("Cơ quan phối hợp"), _role_of("Đơn vị chủ trì"), _role_of("Thời gian thực hiện"), _role_of("Hạn")
    ('coordinate', 'lead', '', '')
    >>> _role_of("Chủ trì, phối hợp"), _role_of("Phụ trách"), _role_of("Thực hiện")
    ('lead', 'lead', 'lead')
    """
    words = f" {fold(name)} "
    if has(words, "thoi gian", "thoi han"):
        return ""
    if has(words, "phoi hop") and not has(words, "chu tri"):
        return "coordinate"
    return "lead" if has(words, "chu tri", "thuc hien", "phu trach") else ""


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _has_second_column(reading: SecondReading, row: Row) -> bool:
    own = row["basis"] == "cell" and row["role"] == "coordinate"
    return reading.coordinate_cells[row["document_id"]] > int(own)


def read_basis(reading: SecondReading, row: Row) -> Verdict:
    """In the task's own words, in a heading above it, in a sentence before it, or in another cell."""
    task = reading.tasks.get(row["task_id"])
    if task is None:  # of which the checks of keys and schemas tell
        return SAID
    inside = task["start"] <= row["start"] < task["end"]
    if row["basis"] == "named-in-text":
        return said_if(inside or _is_beside(reading, row, task))
    if inside:  # cells of a broken table, where a person put them right
        return DOUBTFUL if is_judged(task) and row["basis"] == "cell" else CONTRADICTED
    if row["basis"] == "merged-cell":
        in_row = reading.row_of_table(row) is not None
        return said_if(_cells_after(reading, row, task) not in (1, 2) and in_row)
    if row["basis"] == "cell":
        return said_if(row["start"] >= task["end"] or reading.row_of_table(row) is not None)
    if row["start"] > task["start"] or _is_cell(reading, row):
        return CONTRADICTED
    in_heading = any(
        one["start"] <= row["start"] < one["start"] + len(one["heading"] or "") + 30
        for one in reading.headings(task)
    )
    own_line = "\n" not in reading.text(row).text[row["end"] : task["start"]].strip()
    return said_if((in_heading or own_line) == (row["basis"] == "heading"), DOUBTFUL)


def _is_cell(reading: SecondReading, row: Row) -> bool:
    """Whether a tab or a bar stands before the name."""
    return reading.text(row).text[max(0, row["start"] - 5) : row["start"]].rstrip(" ")[-1:] in (
        "\t",
        "|",
    )


def _is_beside(reading: SecondReading, row: Row, task: Row) -> bool:
    """In a line of the task's own (`Đơn vị phối hợp: …`), or before the colon that its text follows."""
    first, last = reading.task_around(task)
    return first <= row["start"] < last and has(
        _sentence_before(reading, row), "phoi hop", "chu tri", "thuc hien"
    )


def _cells_after(reading: SecondReading, row: Row, task: Row) -> int:
    between = reading.text(row).text[max(task["end"], row["start"] - ROW) : row["start"]]
    return len(_CELL_END.findall(between)) or between.count("\n")


# --- the agencies themselves


def read_agency_id(_: SecondReading, row: Row) -> Verdict:
    """The id is made of the province and the name.

    >>> row = {"province": "Khánh Hòa", "name": "Sở Y tế"}
    >>> [read_agency_id(None, {**row, "agency_id": one}).value for one in ("khanh-hoa-so-y-te", "vn-so-y-te")]
    ['said', 'contradicted']
    """
    wanted = f"{slug(row['province'] or 'vn')}-{slug(row['name'])}"
    return said_if(row["agency_id"].startswith(wanted))


def read_name_form(reading: SecondReading, row: Row) -> Verdict:
    """Each way of writing is one of the agency's name."""
    agency = reading.agencies.get(row["agency_id"])
    return said_if(agency is not None and names(row["form"], agency["name"], agency["province"]))


def read_member(reading: SecondReading, row: Row) -> Verdict:
    """A group is of the sort of its members, of the same province, and says nothing that narrows it."""
    group, body = (reading.agencies.get(row[key]) for key in ("group_id", "agency_id"))
    if group is None or body is None or group["province"] != body["province"]:
        return CONTRADICTED
    sort = _SORT_OF_BODY.match(fold(body["name"]))
    words = fold(group["name"])
    narrowed = _NARROWED.search(words) is not None
    return said_if(sort is not None and not narrowed and f" {sort['sort']} " in f" {words} ")


RULES = (
    ColumnCheck("task_agencies", "agency_id", ("Chữ ở đó là tên của cơ quan", "The words there name the agency"), read_agency),
    ColumnCheck("task_agencies", "form", ("Cách viết đúng như nguồn", "The form is the source's words"), read_form),
    ColumnCheck("task_agencies", "role", ("Chủ trì hay phối hợp đúng như lời văn", "The words say the role"), read_role),
    ColumnCheck("task_agencies", "basis", ("Căn cứ đúng với chỗ nêu tên", "The basis is where the name stands"), read_basis),
)  # fmt: skip
SHARED_RULES = (
    ColumnCheck("agencies", "agency_id", ("Mã gồm tỉnh và tên", "The id is made of province and name"), read_agency_id, sure=True),
    ColumnCheck("agency_members", "agency_id", ("Nhóm gồm những cơ quan ấy", "The group is of such bodies"), read_member, sure=True),
    ColumnCheck("agency_names", "form", ("Cách viết là tên của cơ quan", "The form is one of the agency's name"), read_name_form, sure=True),
)  # fmt: skip
