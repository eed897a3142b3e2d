"""The one definition of the tables: what others rely on is there, in both languages, and holds together."""

from __future__ import annotations

import ast
from pathlib import Path

import pyarrow as pa
import pytest

from khplans.knowledge.table import read_table
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import TABLE_NAMES, Table, table, table_schema, tables

DESIGN = {
    "documents": "document_id plan_id number document_type title issuer_id place province date signer parent_document_id start end",
    "pages": "plan_id page start end",
    "sections": "section_id document_id parent_section_id marker path heading start end",
    "tasks": "task_id document_id section_id section label text deadline deadline_text deadline_basis cadence output reviewed start end",
    "task_agencies": "task_id agency_id role basis start end",
    "indicators": "indicator_id document_id section_id task_id measure_id name quote value value_high unit comparator "
    "change kind period denominator parent_indicator_id start end",
    "measures": "measure_id name name_en theme unit",
    "units": "unit_id name name_en symbol",
    "agency_members": "group_id agency_id basis",
    "agencies": "agency_id name name_en kind province parent_agency_id",
    "agency_names": "agency_id form",
    "citations": "citation_id document_id section_id task_id instrument_id quote number document_type date issuer relation start end",
    "short_citations": "short_citation_id document_id section_id task_id citation_id instrument_id quote definition_start "
    "definition_end start end",
    "instruments": "instrument_id number document_type date issuer title document_id",
    "blocks": "block_id plan_id document_id section_id kind reason continues_block_id start end",
    "corrections": "correction_id document_id start end before after reason",
    "warnings": "warning_id table row_id code severity message message_en document_id start end",
}


@pytest.mark.parametrize("name", DESIGN)
def test_columns_that_others_rely_on(name: str) -> None:
    assert set(DESIGN[name].split()) <= set(table(name).columns)


def test_the_tables_are_those_of_the_design() -> None:
    assert set(TABLE_NAMES) == set(DESIGN)


@pytest.mark.parametrize("definition", tables(), ids=TABLE_NAMES)
def test_everything_is_said_in_two_languages(definition: Table) -> None:
    for told in (definition, *definition.fields):
        assert told.title, told.name
        assert told.title_en, told.name
        assert told.description.endswith((".", ")")), told.name
        assert told.description_en.endswith((".", ")")), told.name
        assert told.description != told.description_en
    for field in definition.fields:
        for value in field.values:
            assert value.label
            assert value.label_en


@pytest.mark.parametrize("definition", tables(), ids=TABLE_NAMES)
def test_keys_are_columns_that_always_have_a_value(definition: Table) -> None:
    for column in definition.primary_key:
        assert definition.field(column).required
    for key in definition.foreign_keys:
        assert set(key.fields) <= set(definition.columns)
        target = table(key.table)
        assert key.references == target.primary_key
        for column, reference in zip(key.fields, key.references, strict=True):
            assert definition.field(column).type == target.field(reference).type


@pytest.mark.parametrize("definition", tables(), ids=TABLE_NAMES)
def test_every_id_of_another_table_is_a_declared_foreign_key(definition: Table) -> None:
    declared = {key.fields[0] for key in definition.foreign_keys}
    owners = {one.primary_key[0]: one.name for one in tables() if len(one.primary_key) == 1}
    for column in definition.columns:
        target = column.removeprefix("parent_")
        if target in owners and owners[target] != definition.name:
            # A document's own instrument is listed only where something cites it.
            assert column in declared or (definition.name, column) == ("documents", "instrument_id")


@pytest.mark.parametrize("definition", tables(), ids=TABLE_NAMES)
def test_arrow_types_follow(definition: Table) -> None:
    schema = arrow_schema(definition.name)
    assert tuple(schema.names) == definition.columns
    wanted = {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    for field in definition.fields:
        assert schema.field(field.name).type == wanted[field.type]
        assert schema.field(field.name).nullable != field.required
    assert schema.metadata is None


def test_frictionless_takes_the_schemas() -> None:
    from frictionless import Schema

    for definition in tables():
        schema = Schema.from_descriptor(table_schema(definition))
        assert schema.field_names == list(definition.columns)
        assert schema.primary_key == list(definition.primary_key)


def test_an_unknown_table_or_column_is_an_error() -> None:
    with pytest.raises(KeyError, match="no table nothing"):
        table("nothing")
    with pytest.raises(KeyError, match="has no column nothing"):
        table("tasks").field("nothing")


def test_relations_are_those_of_the_knowledge_table() -> None:
    allowed = {value.value for value in table("citations").field("relation").values}
    assert {row["relation"] for row in read_table("relations")} <= allowed


def test_kinds_of_agencies_are_those_of_the_knowledge_tables() -> None:
    allowed = {value.value for value in table("agencies").field("kind").values}
    for name in ("agencies", "groups", "group_phrases", "agency_heads"):
        assert {row["kind"] for row in read_table(name)} <= allowed, name


def test_every_doubt_in_the_code_has_its_words() -> None:
    """A code without words would reach readers as a bare code."""
    known = {row["code"] for row in read_table("warnings")}
    used: set[str] = set()
    for path in Path(__file__).parents[2].glob("src/khplans/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "Doubt",
                "row_doubt",
            ):
                code = node.args[node.func.id == "row_doubt"]  # type: ignore[union-attr]
                if isinstance(code, ast.Constant):
                    used.add(code.value)
    assert len(used) > 8
    assert used <= known


def test_warnings_speak_both_languages_about_the_same_facts() -> None:
    import re

    severities = {value.value for value in table("warnings").field("severity").values}
    for row in read_table("warnings"):
        gaps = [set(re.findall(r"\{(\w+)\}", row[column])) for column in ("message", "message_en")]
        assert gaps[0] == gaps[1], row["code"]
        assert row["severity"] in severities
        assert re.fullmatch("[a-z][a-z0-9-]*", row["code"])
