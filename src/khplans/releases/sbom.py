"""The bill of materials: CycloneDX 1.6, made from the lock file and the tables of libraries and vendored files."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from khplans.knowledge.table import read_table

if TYPE_CHECKING:
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import LicenseExpression

_PIN = re.compile(
    r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)[ ]*(?:;[ ]*([^\\\n]*))?"
    r"((?:\\?\n[ ]+--hash=sha256:[0-9a-f]{64}[ ]*)*)",
    re.M,
)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")
_OURS = "src/"
"""What is vendored elsewhere is for the tests alone."""


def sbom(lock: bytes, version: str, sha256: str) -> dict[str, Any]:
    """Each pinned library with its version, Package URL, licence, hashes and, where it has one, its platform;
    each vendored file with its origin, licence and hash.

    The serial number follows from the lock file and the version, and there is no time stamp.

    >>> bill = sbom(b"click==8.1.7 \\\\\\n    --hash=sha256:" + b"0" * 64 + b"\\n", "1.0.0", "00")
    >>> one = next(one for one in bill["components"] if one["name"] == "click")
    >>> one["purl"], one["licenses"], one["externalReferences"][0]["hashes"][0]["alg"]
    ('pkg:pypi/click@8.1.7', [{'expression': 'BSD-3-Clause'}], 'SHA-256')
    """  # fmt: skip
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom, BomMetaData
    from cyclonedx.model.component import ComponentType
    from cyclonedx.output.json import JsonV1Dot6

    program = _package("khplans", version, ComponentType.APPLICATION)
    inside = [
        *(_library(*pin) for pin in sorted(_PIN.findall(lock.decode("utf-8")))),
        *(_file(row) for row in read_table("vendored") if row["path"].startswith(_OURS)),
    ]
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"khplans {version} {sha256}"),
        components=inside,
        metadata=BomMetaData(
            component=program, properties=[Property(name="khplans:lock:sha256", value=sha256)]
        ),
    )
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.register_dependency(program, inside)
    told: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    return told


def _library(name: str, version: str, marker: str, hashes: str) -> Component:
    from cyclonedx.model import (
        ExternalReference,
        ExternalReferenceType,
        HashAlgorithm,
        HashType,
        Property,
        XsUri,
    )
    from cyclonedx.model.component import ComponentType

    library = _package(name, version, ComponentType.LIBRARY)
    library.licenses.update(_licence(_licences().get(library.name, "")))
    if found := _HASH.findall(hashes):
        sums = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in found]
        library.external_references.add(
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(str(library.purl)),
                comment="one of these files, by platform",
                hashes=sums,
            )
        )
    if marker := marker.strip():
        library.properties.add(Property(name="khplans:marker", value=marker))
    return library


def _package(name: str, version: str, kind: ComponentType) -> Component:
    from cyclonedx.model.component import Component
    from packageurl import PackageURL

    normal = re.sub(r"[-_.]+", "-", name).lower()
    purl = PackageURL("pypi", None, normal, version)
    return Component(name=normal, version=version, type=kind, purl=purl, bom_ref=str(purl))


def _file(row: Mapping[str, str]) -> Component:
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.component import Component, ComponentType

    return Component(
        name=row["path"],
        version=row["version"],
        type=ComponentType.FILE,
        bom_ref=row["path"],
        description=row["source"],
        licenses=_licence(row["licence"]),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=row["sha256"])],
    )


def _licence(told: str) -> list[LicenseExpression]:
    """A licence as CycloneDX has it; none where nothing tells one.

    >>> [str(one.value) for one in _licence("MIT")], _licence("")
    (['MIT'], [])
    """
    from cyclonedx.model.license import LicenseExpression

    return [LicenseExpression(told)] if told else []


@cache
def _licences() -> Mapping[str, str]:
    """The licence of each library that is known, by its name."""
    return {row["name"]: row["licence"] for row in read_table("libraries")}
