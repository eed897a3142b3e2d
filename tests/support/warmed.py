"""Imported once, before runs are forked off: what they would each import and read again.

No table is written here: Arrow's threads would not survive the fork.
"""

import tempfile
from pathlib import Path

import mkdocs.commands.build
import mkdocs.config
import pandas
import pyarrow.csv
import pyarrow.parquet
import toy_project
from small_plans import LAO_CAI, add_plan

import khplans.releases.workbook
import khplans.site.build
from khplans.intake import load_plan
from khplans.packages.fingerprint import code_fingerprint
from khplans.pipeline import tables_of

with tempfile.TemporaryDirectory() as folder:
    tables_of(load_plan(add_plan(Path(folder), "mot-ke-hoach", LAO_CAI)))
code_fingerprint()

__all__ = ["khplans", "mkdocs", "pandas", "pyarrow", "toy_project"]
