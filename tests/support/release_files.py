"""Archives and lists of sums as releases have them, of files held in memory."""

from __future__ import annotations

import io
from collections.abc import Mapping

from khplans.releases.sums import sha256, sums_text
from khplans.releases.zipped import write_zip


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files, by path."""
    out = io.BytesIO()
    write_zip(out, files, lambda name: io.BytesIO(files[name]))
    return out.getvalue()


def write_sums(files: Mapping[str, bytes]) -> bytes:
    """The lines of SHA256SUMS for these files."""
    return sums_text({name: sha256(data) for name, data in files.items()})
