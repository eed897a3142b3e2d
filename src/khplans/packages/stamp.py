"""What the last build was made from and gave, so that unchanged plans need not be built again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from khplans.atomic import write_file
from khplans.packages.fingerprint import code_fingerprint, folder_fingerprint
from khplans.settings import Settings

COLLECTION = "khplans"
"""The folder of the collection; no plan may have this name."""


@dataclass(frozen=True)
class Stamp:
    """Fingerprints of inputs and outputs by package, kept in `.khplans/` beside the packages."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]

    @classmethod
    def read(cls, packages: Path) -> Stamp:
        try:
            raw = json.loads(stamp_path(packages).read_text("utf-8"))
            return cls(dict(raw["inputs"]), dict(raw["outputs"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return cls({}, {})

    def holds(self, packages: Path, name: str, inputs: Mapping[str, str]) -> bool:
        """Whether a package is there, unaltered, made from these inputs."""
        if name not in self.outputs or self.inputs.get(name) != inputs[name]:
            return False
        folder = packages / name
        return folder.is_dir() and folder_fingerprint(folder) == self.outputs[name]

    def write(self, packages: Path) -> None:
        content = {"inputs": self.inputs, "outputs": self.outputs}
        write_file(
            stamp_path(packages), f"{json.dumps(content, indent=1, sort_keys=True)}\n".encode()
        )


def fingerprint_inputs(folders: Mapping[str, Path], catalogue: Settings) -> dict[str, str]:
    """What each package is made from, hashed: a plan's files, all plans for the collection."""
    said = hashlib.sha256(repr(catalogue.told_in_packages).encode()).hexdigest()
    code = f"{code_fingerprint()}-{said[:16]}"
    inputs = {name: f"{code}-{folder_fingerprint(path)}" for name, path in folders.items()}
    return combined_inputs(inputs, inputs)


def combined_inputs(inputs: Mapping[str, str], plans: Iterable[str]) -> dict[str, str]:
    """The inputs of some plans and of their collection."""
    chosen = {name: inputs[name] for name in sorted(plans)}
    joined = "\n".join(f"{name} {digest}" for name, digest in chosen.items())
    return {**chosen, COLLECTION: hashlib.sha256(joined.encode()).hexdigest()}


def stamp_path(packages: Path) -> Path:
    """The file that is a stamp, beside the packages."""
    packages = packages.resolve()
    return packages.parent / ".khplans" / f"build-{packages.name}.json"
