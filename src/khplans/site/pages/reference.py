"""The dictionary of all tables, and SQL in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language, roman
from khplans.site.markup import SitePage
from khplans.site.pages.examples import Examples, examples_of
from khplans.site.templating import render
from khplans.tables.definition import tables


def dictionary_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every column of every table by name; what each means stands with its table."""
    page = SitePage(words, "dictionary", words.say("Data dictionary"),
                words.say("Every column of every table; choose a column for its meaning."),
                layout="read", scripts=("filter.js",))  # fmt: skip
    page.add(render(page, "dictionary.md", tables=tables()))
    return page


def _questions(examples: Examples, words: Language) -> Iterator[tuple[str, str]]:
    """Questions to begin with, each in SQL; ids among the columns lead to the words in the plan."""
    if examples.agency and examples.year:
        asked = words.say("What must %(agency)s finish in %(year)s?", agency=examples.agency, year=examples.year)  # fmt: skip
        yield (
            asked,
            (
                "SELECT t.deadline, t.text, t.task_id\nFROM tasks t\nJOIN task_agencies ta USING (task_id)\nJOIN agencies a USING (agency_id)\n"
                f"WHERE a.name = {_quoted(examples.agency)} AND t.deadline LIKE '{examples.year}%'\nORDER BY t.deadline;"
            ),
        )
    yield (
        words.say("Which agencies lead most tasks?"),
        (
            "SELECT a.name, a.province, COUNT(*) AS tasks, a.agency_id\nFROM task_agencies ta\nJOIN agencies a USING (agency_id)\n"
            "WHERE ta.role = 'lead'\nGROUP BY a.agency_id\nORDER BY tasks DESC\nLIMIT 15;"
        ),
    )
    if examples.number:
        yield (
            words.say("Which plans rest on %(number)s?", number=examples.number),
            (
                "SELECT d.number, d.date, c.quote, c.citation_id, d.plan_id\nFROM citations c\nJOIN documents d USING (document_id)\n"
                f"WHERE c.number = {_quoted(examples.number)};"
            ),
        )
    yield (
        words.say("GRDP targets and results over the years"),
        (
            "SELECT period, name, quote, value, unit, kind, indicator_id\nFROM indicators\nWHERE name LIKE '%GRDP%'\nORDER BY period;"
        ),
    )
    if examples.quarter:
        year, quarter = examples.quarter
        begin, end = (
            date(year, 3 * quarter - 2, 1),
            date(year, 3 * quarter, 31 if quarter in (1, 4) else 30),
        )
        asked = words.say(
            "Everything due in Q%(number)s of %(year)s",
            number=quarter,
            roman=roman(quarter),
            year=year,
        )
        yield (
            asked,
            (
                "SELECT t.deadline, t.text,\n       (SELECT group_concat(a.name, '; ') FROM task_agencies ta JOIN agencies a USING (agency_id)\n"
                "        WHERE ta.task_id = t.task_id AND ta.role = 'lead') AS lead,\n       t.task_id\nFROM tasks t\n"
                f"WHERE t.deadline BETWEEN '{begin}' AND '{end}'\nORDER BY t.deadline;"
            ),
        )


def _quoted(words: str) -> str:
    """Words as a text of SQL."""
    return "'" + words.replace("'", "''") + "'"


def sql_page(catalogue: Catalogue, words: Language) -> SitePage:
    """SQL over all tables, in the browser."""
    page = SitePage(words, "sql", "SQL", words.say("Ask the whole collection in SQL, in the browser; nothing is sent anywhere."), scripts=("sql.js",), wasm=True)  # fmt: skip
    names = [definition.name for definition in tables()]
    page.add(
        render(
            page, "sql.md", questions=list(_questions(examples_of(catalogue), words)), tables=names
        )
    )
    return page
