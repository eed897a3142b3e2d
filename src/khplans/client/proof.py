"""Proves the release that came with the package, as far as its files are there."""

from __future__ import annotations

from khplans.client.finding import installed
from khplans.errors import KhplansError, both
from khplans.releases.downloaded import Verification
from khplans.releases.explain import Difference


def verify_installed(version: str | None) -> Verification:
    """Compare each file of the installed release with its hash, and these with release.json and versions.json.

    Raises `KhplansError` where there is no such release, or its list of hashes is wrong.
    """
    files = installed(version)
    there = [name for name in files.names() if name in files]
    wrong = []
    for name in there:
        try:
            files.read(name)
        except KhplansError as error:
            wrong.append(Difference(name, error.what))
    left = len(files.names()) - len(there)
    note = both(
        f"{left} tệp khác của bản này không nằm trong gói cài đặt",
        f"{left} other files of the release don't come with the package",
    )
    what = f"khplans {files.version} ({files.where})"
    return Verification(what, len(there), tuple(wrong), (note,) if left else ())
