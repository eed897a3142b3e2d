"""Supply chain: each library has a licence that may be used, and a reason where the project asks for it; known
vulnerabilities are asked for, and where nobody answers that is said; a release's bill of materials has it all.
"""

from __future__ import annotations

import json
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_lock import LOCK, PINS
from vulnerabilities import UNANSWERED, audit

from khplans.knowledge.table import read_table
from khplans.releases.sbom import sbom

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LIBRARIES = read_table("libraries")
SPDX = get_spdx_licensing()
PERMISSIVE = {
    "0BSD", "Apache-2.0", "Artistic-1.0-Perl", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "PSF-2.0", "W3C-20150513", "Zlib",
    "MPL-2.0",  # of its own files alone, which are used unchanged
}  # fmt: skip


def may_be_used(licence: str) -> bool:
    """Whether a licence, as SPDX writes it, leaves a choice of nothing but what is permissive.

    >>> may_be_used("MIT AND (GPL-2.0-only OR ISC)"), may_be_used("MIT AND GPL-2.0-only"), may_be_used("mine")
    (True, False, False)
    """
    if SPDX.validate(licence).errors:
        return False
    asked = SPDX.parse(licence, simple=True)
    free = {symbol: SPDX.TRUE for symbol in asked.symbols if symbol.key in PERMISSIVE}
    return bool(asked.subs(free, simplify=True) == SPDX.TRUE)


def test_every_library_of_the_lock_is_listed_and_no_other() -> None:
    assert [row["name"] for row in LIBRARIES] == sorted({name for name, *_ in PINS})


def test_every_licence_may_be_used() -> None:
    assert [row["name"] for row in LIBRARIES if not may_be_used(row["licence"])] == []


def test_licences_are_as_the_packages_declare_them() -> None:
    other = {}
    for row in LIBRARIES:
        try:
            declared = metadata(row["name"]).get("License-Expression")
        except PackageNotFoundError:  # of another platform
            continue
        if declared and declared != row["licence"]:
            other[row["name"]] = declared
    assert other == {}


def test_what_the_project_asks_for_has_its_reason_and_nothing_else_does() -> None:
    asked = [
        *PROJECT["dependencies"],
        *(r for e in PROJECT["optional-dependencies"].values() for r in e),
    ]
    names = {canonicalize_name(Requirement(one).name) for one in asked}
    assert {row["name"] for row in LIBRARIES if row["reason"] and row["reason_en"]} == names
    assert {row["name"] for row in LIBRARIES if row["reason"] or row["reason_en"]} == names


def test_a_bill_of_materials_is_valid_and_has_licences_and_hashes() -> None:
    lock = LOCK.encode()
    bill = sbom(lock, "1.0.0", "0" * 64)
    assert bill == sbom(lock, "1.0.0", "0" * 64)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert "timestamp" not in bill["metadata"]
    assert all(one["licenses"] for one in bill["components"])
    libraries = [one for one in bill["components"] if one["type"] == "library"]
    assert len(libraries) == len(PINS)
    hashes = {
        digest["content"] for one in libraries for digest in one["externalReferences"][0]["hashes"]
    }
    assert hashes == {
        line.split("sha256:")[1][:64] for line in LOCK.splitlines() if "--hash" in line
    }
    files = {one["name"]: one for one in bill["components"] if one["type"] == "file"}
    served = {row["path"]: row for row in read_table("vendored") if row["path"].startswith("src/")}
    assert files.keys() == served.keys()
    assert all(
        files[path]["hashes"] == [{"alg": "SHA-256", "content": row["sha256"]}]
        for path, row in served.items()
    )


@pytest.mark.parametrize(("ended", "status"), [(0, 0), (1, 1), (2, 2), (101, 2)])
def test_nobody_s_answer_is_not_taken_for_a_good_one(
    ended: int, status: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fake = tmp_path / "uv.py"
    fake.write_text(f"print(open(__import__('sys').argv[-1]).read())\nraise SystemExit({ended})\n")
    assert audit(ROOT / "requirements.lock", (sys.executable, str(fake))) == status
    told = capfd.readouterr()
    assert (UNANSWERED in told.err) == (status == 2)
    assert told.out.count('#   "') == len(PINS)
