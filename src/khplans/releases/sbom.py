"""The bill of materials: CycloneDX 1.6, made from the lock file."""

from __future__ import annotations

import re
import uuid
from typing import Any

_PIN = re.compile(
    r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*))?", re.M
)


def sbom(lock: bytes, version: str, sha256: str) -> dict[str, Any]:
    """Each pinned library with its version, Package URL and, where it has one, its platform.

    The serial number follows from the lock file and the version, and there is no time stamp.

    >>> sbom(b"click==8.1.7 \\\\\\n    --hash=sha256:00\\n", "1.0.0", "00")["components"][0]["purl"]
    'pkg:pypi/click@8.1.7'
    """
    component = {
        "type": "application",
        "bom-ref": f"pkg:pypi/khplans@{version}",
        "name": "khplans",
        "version": version,
        "purl": f"pkg:pypi/khplans@{version}",
    }
    libraries = [
        _library(name, pinned, marker.strip())
        for name, pinned, marker in sorted(_PIN.findall(lock.decode("utf-8")))
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'khplans {version} {sha256}')}",
        "version": 1,
        "metadata": {
            "component": component,
            "properties": [{"name": "khplans:lock:sha256", "value": sha256}],
        },
        "components": libraries,
        "dependencies": [
            {
                "ref": component["bom-ref"],
                "dependsOn": [library["bom-ref"] for library in libraries],
            },
        ],
    }


def _library(name: str, version: str, marker: str) -> dict[str, Any]:
    normal = re.sub(r"[-_.]+", "-", name).lower()
    purl = f"pkg:pypi/{normal}@{version}"
    library: dict[str, Any] = {
        "type": "library", "bom-ref": purl, "name": normal, "version": version, "purl": purl,
    }  # fmt: skip
    if marker:
        library["properties"] = [{"name": "khplans:marker", "value": marker}]
    return library
