"""The dictionary of all tables, and SQL in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.templating import render
from khplans.tables.definition import tables


def dictionary_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every column of every table by name; what each means stands with its table."""
    page = SitePage(words, "dictionary", words.say("Data dictionary"),
                words.say("Every column of every table; choose a column for its meaning."),
                layout="read", scripts=("filter.js",))  # fmt: skip
    page.add(render(page, "dictionary.md", tables=tables()))
    return page


def _questions(words: Language) -> Sequence[tuple[str, str]]:
    """Questions to begin with, each in SQL; ids among the columns lead to the words in the plan."""
    return (
        (words.say("What must Sở Y tế finish in 2024?"),
         "SELECT t.deadline, t.text, t.task_id\nFROM tasks t\nJOIN task_agencies ta USING (task_id)\nJOIN agencies a USING (agency_id)\n"
         "WHERE a.name = 'Sở Y tế' AND t.deadline LIKE '2024%'\nORDER BY t.deadline;"),
        (words.say("Which agencies lead most tasks?"),
         "SELECT a.name, a.province, COUNT(*) AS tasks, a.agency_id\nFROM task_agencies ta\nJOIN agencies a USING (agency_id)\n"
         "WHERE ta.role = 'lead'\nGROUP BY a.agency_id\nORDER BY tasks DESC\nLIMIT 15;"),
        (words.say("Which plans rest on Nghị quyết 09-NQ/TW?"),
         "SELECT d.number, d.date, c.quote, c.citation_id, d.plan_id\nFROM citations c\nJOIN documents d USING (document_id)\n"
         "WHERE c.number = '09-NQ/TW';"),
        (words.say("GRDP targets and results over the years"),
         "SELECT period, name, quote, value, unit, kind, indicator_id\nFROM indicators\nWHERE name LIKE '%GRDP%'\nORDER BY period;"),
        (words.say("Everything due in the second quarter of 2024"),
         "SELECT t.deadline, t.text,\n       (SELECT group_concat(a.name, '; ') FROM task_agencies ta JOIN agencies a USING (agency_id)\n"
         "        WHERE ta.task_id = t.task_id AND ta.role = 'lead') AS lead,\n       t.task_id\nFROM tasks t\n"
         "WHERE t.deadline BETWEEN '2024-04-01' AND '2024-06-30'\nORDER BY t.deadline;"),
    )  # fmt: skip


def sql_page(catalogue: Catalogue, words: Language) -> SitePage:
    """SQL over all tables, in the browser."""
    page = SitePage(words, "sql", "SQL", words.say("Ask the whole collection in SQL, in the browser; nothing is sent anywhere."), scripts=("sql.js",), wasm=True)  # fmt: skip
    names = [definition.name for definition in tables()]
    page.add(render(page, "sql.md", questions=_questions(words), tables=names))
    return page
