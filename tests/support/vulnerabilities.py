"""Asks OSV whether a vulnerability is known of any library of the lock file: `make audit`.

It exits with 0 where none is known, with 1 where one is, and with 2, saying so, where no answer could be had.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PIN = re.compile(r"^[a-z0-9][a-z0-9-]*==[^\\\n]+", re.M)
UNANSWERED = (
    "CHƯA ĐỐI CHIẾU với lỗ hổng đã biết: không hỏi được nguồn nào (xem trên) / NOT audited for known "
    "vulnerabilities: no advisory data could be reached (see above)"
)


def as_script(lock: str) -> str:
    """A script (PEP 723) that needs what the lock file pins: the form in which uv audits it.

    >>> print(as_script("click==8.1.7 \\\\\\n    --hash=sha256:00\\n"))
    # /// script
    # requires-python = ">=3.11"
    # dependencies = [
    #   "click==8.1.7",
    # ]
    # ///
    """
    pins = (f'#   "{pin.strip()}",\n' for pin in _PIN.findall(lock))
    return (
        f'# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n{"".join(pins)}# ]\n# ///'
    )


def audit(lock: Path, uv: Sequence[str]) -> int:
    """Run uv's audit of a lock file, which prints what it finds; 0, 1 or 2 as told above."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "locked.py"
        script.write_text(as_script(lock.read_text("utf-8")), "utf-8")
        given = ("audit", "--preview-features", "audit-command", "--script", str(script))
        status = subprocess.run([*uv, *given], check=False).returncode
    if status in (0, 1):
        return status
    print(UNANSWERED, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(audit(ROOT / "requirements.lock", (str(Path(sys.executable).with_name("uv")),)))
