"""Takes the pictures of the guide on adding a plan anew: python tests/support/guide_pictures.py

Each shows what khplans makes of a made-up plan, as text and as a scan; needs Chromium and Tesseract.
"""

from __future__ import annotations

import html
import io
import os
import tempfile
from pathlib import Path

from chromium import chromium
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser
from scans import page, saved, scanned, write
from small_plans import TUYEN_QUANG

from khplans.cli import group
from khplans.site.build import build_site

GUIDE = Path(__file__).parents[2] / "src/khplans/site/docs/guide"
_WIDTH = 1_160
_TERMINAL = "<body style='margin:0;background:#12191b;color:#e8ecea;font:14px/1.55 monospace'><pre style='padding:18px;margin:0;white-space:pre-wrap'>{}</pre>"
_QUALITY = 60


def main() -> None:
    """Walk from an empty folder to a site and take each picture."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        os.chdir(folder)
        Path("ke-hoach-45.txt").write_text(TUYEN_QUANG, "utf-8")
        _khplans("init", "ke-hoach-tinh-toi")
        os.chdir("ke-hoach-tinh-toi")
        _take_terminal(browser, "khplans add ../ke-hoach-45.txt", _khplans("add", "../ke-hoach-45.txt"))  # fmt: skip
        text = TUYEN_QUANG.replace("45/KH", "46/KH").replace("du lịch cộng đồng", "chợ phiên")
        drawn = page()
        write(drawn, text.replace("phối hợp với", "phối hợp\nvới").replace("tại các", "tại\ncác"), 150)  # fmt: skip
        Path("../quet.pdf").write_bytes(saved([scanned(drawn)], "PDF"))
        _khplans("add", "../quet.pdf")
        site = build_site(Path.cwd(), unreleased=True)
        for end, tree in (("", ""), ("-en", "en/")):
            (plan,) = (site / tree / "plans").glob("*45*.html")
            _take(browser, plan, ".kh-doc mark.i", f"plan{end}", 760)
            (scan,) = (site / tree / "originals").glob("*/1.html")
            _take(browser, scan, ".kh-scan g.t", f"scan{end}", 860)


def _khplans(*arguments: str) -> str:
    result = CliRunner().invoke(group, arguments)
    if result.exit_code:
        raise SystemExit(result.output)
    return result.stdout


def _take_terminal(browser: Browser, command: str, printed: str) -> None:
    shown = browser.new_page(viewport={"width": _WIDTH, "height": 100})
    shown.set_content(_TERMINAL.format(html.escape(f"$ {command}\n{printed}")))
    _keep(shown.screenshot(full_page=True), "add")


def _take(browser: Browser, page: Path, place: str, name: str, height: int) -> None:
    """A page with the first element of a kind in its middle."""
    shown = browser.new_page(viewport={"width": _WIDTH, "height": height})
    shown.goto(page.as_uri())
    shown.wait_for_function("document.fonts.status === 'loaded'")
    shown.locator(place).first.evaluate(
        "e => e.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    shown.evaluate("Promise.all([...document.images].map((one) => one.decode()))")
    _keep(shown.screenshot(), name)


def _keep(picture: bytes, name: str) -> None:
    Image.open(io.BytesIO(picture)).convert("RGB").save(GUIDE / f"{name}.webp", quality=_QUALITY)


if __name__ == "__main__":
    main()
