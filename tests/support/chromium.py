"""Debian's chromium without its window, started once for all tests of a worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

_PROGRAM = "chromium-headless-shell"
"""Half the work of `chromium --headless`, which draws a browser around each page."""
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # The network is cut: no name but this machine's own is known.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip

PATIENCE = 120_000
"""Milliseconds to wait for what never comes on a machine that is busy with other work."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed at the end; a failure that says what to install where it is missing."""
    found = shutil.which(_PROGRAM)
    if found is None:
        pytest.fail(f"run: sudo apt-get install {_PROGRAM} (make test does it)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield opened
        opened.close()
