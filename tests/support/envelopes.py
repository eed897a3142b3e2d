"""What stands around a release's files, made of bytes in memory."""

from __future__ import annotations

import io
from collections.abc import Mapping

from khplans.releases.sums import sha256, sums_text
from khplans.releases.zipped import write_zip


def write_sums(files: Mapping[str, bytes]) -> bytes:
    return sums_text({name: sha256(data) for name, data in files.items()})


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_zip(out, files, lambda name: io.BytesIO(files[name]))
    return out.getvalue()
