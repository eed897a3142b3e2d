"""A collection written as a Data Package, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from khplans.errors import refusal
from khplans.optional import needed

if TYPE_CHECKING:
    import pandas as pd

    from khplans.client.collection import Collection


def save(collection: Collection, folder: Path) -> Path:
    """See `Collection.save`."""
    from khplans.atomic import replacing
    from khplans.packages.package import refuse_others

    refuse_others(folder)
    with replacing(folder) as made:
        _write(collection, made)
    return folder


def check(collection: Collection) -> pd.DataFrame:
    """See `Collection.check`."""
    import pandas as pd

    from khplans.atomic import scratch

    needed("great_expectations", "publish")
    from khplans.checks.results import as_data
    from khplans.checks.run import check_package

    with scratch() as folder:
        made = folder / "package"
        made.mkdir()
        _write(collection, made)
        results = as_data(check_package(made, folder / "rules").results)
    found = pd.DataFrame(results)
    return found.sort_values(
        "status", key=lambda s: s == "passed", kind="stable", ignore_index=True
    )


def _write(collection: Collection, folder: Path) -> None:
    from khplans.packages.descriptor import PackagedPlan, PackageWords
    from khplans.packages.package import MADE_BY, write_package

    _refuse_older(collection)
    documents = collection.arrow("documents").to_pylist()
    plans = {
        row["plan_id"]: PackagedPlan(
            row["plan_id"],
            row["plan_title"],
            row["origin"],
            row["received"].isoformat() if row["received"] else None,
        )
        for row in documents
    }
    title = next(iter(plans.values())).title if len(plans) == 1 else collection.where
    about = "Trích bằng khplans. / Extracted by khplans."
    words = PackageWords("khplans-extract", title, title, about, about, made_by=MADE_BY)
    rows = {name: collection.arrow(name).to_pylist() for name in collection.tables}
    sources = {plan_id: collection.source_text(plan_id) for plan_id in plans}
    write_package(folder, words, list(plans.values()), rows, sources)


def _refuse_older(collection: Collection) -> None:
    """Packages are written in today's form, which an older release's tables lack columns of."""
    from khplans.tables.definition import tables

    lacking = [
        definition.name
        for definition in tables()
        if definition.name not in collection
        or list(definition.columns) != collection.arrow(definition.name).schema.names
    ]
    if lacking:
        raise refusal("release-too-old", collection.where, lacking=", ".join(lacking[:4]))
