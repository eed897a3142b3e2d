"""Word 97-2003, OpenDocument and RTF files, by way of LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from khplans.errors import KhplansError, both, refusal
from khplans.intake.kinds import Kind
from khplans.intake.taken import Taken
from khplans.intake.word import read_word
from khplans.intake.word.package import open_package

_SUFFIXES = {"doc": ".doc", "odt": ".odt", "rtf": ".rtf", "word-xml": ".xml"}
READABLE = frozenset(_SUFFIXES)
"""Kinds that LibreOffice is asked to read."""
_TIMEOUT_S = 180
_MOST_MADE = 200_000_000
"""Bytes of what LibreOffice makes of a file."""
_PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
</oor:items>
"""
"""No macro runs, nothing is fetched that a file points to."""


def read_by_office(data: bytes, kind: Kind, where: str) -> Taken:
    """The text and layout of a file that LibreOffice makes a .docx of, in a folder of its own.

    Raises `KhplansError` where LibreOffice isn't installed, can't read the file or takes too long.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise refusal("office-missing", where, kind=kind)
    if kind.name == "odt":
        open_package(data, where)  # within its bounds
    with tempfile.TemporaryDirectory(prefix="khplans-") as scratch:
        made = _converted(Path(scratch), office, data, _SUFFIXES[kind.name])
        version = "" if made is None else _version(office, Path(scratch))
    if made is None:
        raise KhplansError(
            "file-damaged",
            both(f"là tệp {kind.called} mà LibreOffice không đọc được", f"a {kind.english} file that LibreOffice can't read"),
            where=where,
            remedy=kind.remedy,
        )  # fmt: skip
    taken = read_word(made, where)
    return replace(taken, tools=(*taken.tools, version))


def _converted(scratch: Path, office: str, data: bytes, suffix: str) -> bytes | None:
    (scratch / "profile" / "user").mkdir(parents=True)
    (scratch / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    received = scratch / f"received{suffix}"
    received.write_bytes(data)
    out = scratch / "made"
    _run(
        scratch, office, "--norestore", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(out), str(received),
    )  # fmt: skip
    made = out / "received.docx"
    readable = made.is_file() and made.stat().st_size <= _MOST_MADE
    return made.read_bytes() if readable else None


def _version(office: str, scratch: Path) -> str:
    """`LibreOffice 7.4.7.2`."""
    return " ".join(_run(scratch, office, "--version").split()[:2]) or "LibreOffice"


def _run(scratch: Path, office: str, *arguments: str) -> str:
    """What LibreOffice prints; it and all that it started is ended when time is up."""
    profile = (scratch / "profile").as_uri()
    process = subprocess.Popen(
        [office, f"-env:UserInstallation={profile}", "--headless", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(scratch)}, cwd=scratch, start_new_session=True,
    )  # fmt: skip
    try:
        printed, _ = process.communicate(timeout=_TIMEOUT_S)
        return printed.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return ""
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
