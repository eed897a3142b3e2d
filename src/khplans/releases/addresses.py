"""Where a row is shown on the catalogue's site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from khplans.text.fold import slug

_PLACEHOLDER = re.compile(
    r"https?://(?:[^/:]+\.)?(?:example\.(?:org|com|net)|[^/:]+\.(?:example|invalid|test))(?:[/:]|$)"
)


def site_of(homepage: object) -> str | None:
    """A catalogue's address, without a slash at its end; None where it has none, or a made-up one.

    Releases up to 1.2.0 have `khplans.example.org`, which leads nowhere.

    >>> site_of("https://khplans.example.org/"), site_of("https://kehoach.example.gov.vn/")
    (None, 'https://kehoach.example.gov.vn')
    """
    if not isinstance(homepage, str) or not homepage or _PLACEHOLDER.match(homepage):
        return None
    return homepage.rstrip("/")


def row_address(site: str, plan_id: str, table: str, row_id: str) -> str:
    """The address of a row, on the page of its plan.

    >>> row_address("https://a.vn", "khanh-hoa-1", "tasks", "khanh-hoa-1:III/4:2")
    'https://a.vn/plans/khanh-hoa-1.html#tasks/khanh-hoa-1:III/4:2'
    """
    anchor = quote(f"{table}/{row_id}".replace(" ", "_"), safe="/:~")
    place = "" if table == "documents" else f"#{anchor}"
    return f"{site}/plans/{slug(plan_id)}.html{place}"


def shown_row(table: str, record: Mapping[str, str], key: str) -> tuple[str, str]:
    """The table and id of the row that shows a row: a warning is shown beside the row it is about."""
    if table == "warnings":
        return record.get("table", ""), record.get("row_id", "")
    if table == "task_agencies":
        return "tasks", record.get("task_id", "")
    return table, record[key]
