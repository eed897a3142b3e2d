"""The dictionary of all tables, the kinds of error, and SQL in the browser."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.knowledge.table import read_table
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.examples import busiest_agency, busiest_quarter, most_cited
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.questions import due_in_quarter, quarter_span
from khplans.site.templating import render
from khplans.tables.definition import tables


def dictionary_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every column of every table by name; what each means stands with its table."""
    page = SitePage(words, "dictionary", words.say("Data dictionary"),
                words.say("Every column of every table; choose a column for its meaning."),
                layout="read", scripts=("filter.js",))  # fmt: skip
    page.add(render(page, "dictionary.md", tables=tables()))
    return page


def errors_page(words: Language) -> SitePage:
    """Every kind of error that the command and the library tell of, by its code."""
    page = SitePage(words, "errors", words.say("Errors"),
                words.say("Each kind of error has a code that stays the same in every version."),
                layout="read")  # fmt: skip
    page.add(render(page, "errors.md", kinds=read_table("errors")))
    return page


def sql_questions(catalogue: Catalogue, words: Language) -> Iterator[tuple[str, str]]:
    """Questions to begin with, each in SQL; ids among the columns lead to the words in the plan."""
    if busy := busiest_agency(catalogue):
        name = busy.agency["name"]
        asked = words.say("What must %(name)s finish in %(year)s?", name=name, year=busy.year)
        yield asked, _FINISH.format(agency=_quoted(name), year=busy.year)
    yield words.say("Which agencies lead most tasks?"), _LEADERS
    if (cited := most_cited(catalogue)) and cited.instrument["number"]:
        number = cited.instrument["number"]
        asked = words.say("Which plans rest on %(name)s?", name=instrument_name(cited.instrument))
        yield asked, _CITING.format(number=_quoted(number))
    yield words.say("GRDP targets and results over the years"), _FIGURES
    if quarter := busiest_quarter(catalogue):
        begin, end = quarter_span(quarter.year, quarter.quarter).split("..")
        yield due_in_quarter(quarter, words), _DUE.format(begin=begin, end=end)


_FINISH = """SELECT t.deadline, t.text, t.task_id
FROM tasks t
JOIN task_agencies ta USING (task_id)
JOIN agencies a USING (agency_id)
WHERE a.name = {agency} AND t.deadline LIKE '{year}%'
ORDER BY t.deadline;"""
_LEADERS = """SELECT a.name, a.province, COUNT(*) AS tasks, a.agency_id
FROM task_agencies ta
JOIN agencies a USING (agency_id)
WHERE ta.role = 'lead'
GROUP BY a.agency_id
ORDER BY tasks DESC
LIMIT 15;"""
_CITING = """SELECT d.number, d.date, c.quote, c.citation_id, d.plan_id
FROM citations c
JOIN documents d USING (document_id)
WHERE c.number = {number};"""
_FIGURES = """SELECT period, name, quote, value, unit, kind, indicator_id
FROM indicators
WHERE name LIKE '%GRDP%'
ORDER BY period;"""
_DUE = """SELECT t.deadline, t.text,
       (SELECT group_concat(a.name, '; ') FROM task_agencies ta JOIN agencies a USING (agency_id)
        WHERE ta.task_id = t.task_id AND ta.role = 'lead') AS lead,
       t.task_id
FROM tasks t
WHERE t.deadline BETWEEN '{begin}' AND '{end}'
ORDER BY t.deadline;"""


def _quoted(words: str) -> str:
    """Words as a text of SQL."""
    return "'" + words.replace("'", "''") + "'"


def sql_page(catalogue: Catalogue, words: Language) -> SitePage:
    """SQL over all tables, in the browser."""
    page = SitePage(words, "sql", "SQL", words.say("Ask the whole collection in SQL, in the browser; nothing is sent anywhere."), scripts=("sql.js",), wasm=True)  # fmt: skip
    names = [definition.name for definition in tables()]
    page.add(render(page, "sql.md", questions=list(sql_questions(catalogue, words)), tables=names))
    return page
