"""One site for all tests, built from the real plans and served as a real server would."""

from __future__ import annotations

import functools
import hashlib
import http.server
import io
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from chromium import PATIENCE
from made_once import made_once
from playwright.sync_api import Browser, BrowserContext, Page

from khplans.pipeline import build
from khplans.site.build import build_site

REPOSITORY = Path(__file__).parents[2]
SITE = "https://khplans.example.vn/"
"""The site's own address: the repository has none."""
CONTACT = "hoi.dap@khplans.example.vn"
"""Who is to be told of errors in the site of the hostile plan; the other names nobody."""
LONG_NAME = "Kế hoạch của Ủy ban nhân dân tỉnh và các sở, ban, ngành"
"""What heads the pages of that site."""
ELSEWHERE = "https://dulieu.example.vn/ke-hoach/"
"""Another address, below a folder."""
KINDS = (
    "index.html", "plans/index.html", "plans/khanh-hoa-4969-kh-ubnd-2024.html", "tables/index.html",
    "tables/tasks.html", "tables/indicators.html", "agencies/index.html", "agencies/khanh-hoa-so-y-te.html",
    "provinces/index.html", "provinces/khanh-hoa.html",
    "measures/index.html", "measures/grdp-growth.html", "instruments/index.html", "deadlines.html", "deadlines/2024.html", "graph.html",
    "plans/khanh-hoa-6047-kh-ubnd-2023/2.html",
    "themes/index.html", "themes/economy.html", "instruments/vn-trung-uong-dang-09-nq-tw.html", "releases/index.html", "quality.html", "accuracy.html", "accuracy/real-documents-2.html", "cite.html", "dictionary.html", "errors.html", "promises.html", "search.html?q=dau+tu",
    "sql.html", "pictures.html", "about.html", "guide/journalist.html",
)  # fmt: skip
"""A page of every kind."""


def project(folder: Path, address: str = SITE, contact: str = "") -> Path:
    """A folder with what `khplans site` needs of the repository, at an address, with whom to ask."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = (REPOSITORY / "khplans.toml").read_text("utf-8")
    for key, value in (("address", address), ("contact", contact)):
        assert f'{key} = ""' in settings
        settings = settings.replace(f'{key} = ""', f'{key} = "{value}"')
    (folder / "khplans.toml").write_text(settings, "utf-8")
    for name in ("docs", "checks", "plans"):
        if not (folder / name).exists():
            (folder / name).symlink_to(REPOSITORY / name)
    return folder


@pytest.fixture(scope="session")
def collection(real_packages: Path) -> Path:
    """The collection's package, built from the plans."""
    return real_packages / "khplans"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, collection: Path) -> Path:
    """The built site."""
    made = made_once(
        tmp_path_factory, "shown", lambda folder: build_site(project(folder), collection=collection)
    )
    return made / "site"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, collection: Path) -> Path:
    """The site of the package as it is built now, with the releases in git, at another address."""

    def make(folder: Path) -> None:
        root = project(folder, ELSEWHERE)
        build_site(root, collection=collection, releases=REPOSITORY / "releases")

    return made_once(tmp_path_factory, "published", make) / "site"


_HOSTILE = """ỦY BAN NHÂN DÂN
TỈNH KHÁNH HÒA

Số: 77/KH-UBND

Khánh Hòa, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Triển khai <script>alert("title")</script> {{ config.site_name }} nhiệm vụ năm 2024

I. NHIỆM VỤ [bấm](javascript:alert(1)) `x` | *y* {: onclick=alert(1) }

1. Sở Y tế <script>alert("task")</script> chủ trì, phối hợp với Sở Tài chính hoàn thành {% raw %} [x](javascript:alert(2)) trước ngày 30/6/2024.

2. Sở Xây dựng rà soát <img src=x onerror=alert(3)> theo Nghị quyết số 09-NQ/TW ngày 28/01/2022; </div></main> ![i](http://evil.example/x.png) <!-- c -->.

3. Sở Tài chính \u202egpj.exe\u202c trình \x1b]0;chiếm\x07\x1b[31mđề án\u200b \x9b2J và @SUM(1) trước ngày 30/9/2024.

Tốc độ tăng trưởng kinh tế (GRDP) tăng 8,1% "onmouseover="alert(4) `--> ]]>.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a plan whose words try to be more than words."""
    return made_once(tmp_path_factory, "hostile", _make_hostile) / "p" / "site"


def _make_hostile(folder: Path) -> None:
    plan = folder / "plans" / "thu-nghiem-77"
    plan.mkdir(parents=True)
    plan.joinpath("source.txt").write_text(_HOSTILE, encoding="utf-8")
    digest = hashlib.sha256(_HOSTILE.encode()).hexdigest()
    plan.joinpath("plan.toml").write_text(
        'title = "<script>alert(5)</script> [a](javascript:1) {{ x }}"\nissuer = "Ủy ban nhân dân tỉnh Khánh Hòa"\n'
        f'origin = "javascript:alert(6)"\nreceived = 2024-03-06\nsha256 = "{digest}"\n',
        encoding="utf-8",
    )
    plan.joinpath("corrections.csv").write_text("start,end,before,after,reason\n", encoding="utf-8")
    build(folder / "plans", folder / "datapackages", workers=1)
    asked = project(folder / "p", contact=CONTACT)
    with (asked / "khplans.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'brand = "{LONG_NAME}"\n')
    build_site(asked, collection=folder / "datapackages" / "khplans")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A static server with Range requests, as web servers have and Python's has not."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self):  # type: ignore[no-untyped-def]
        asked = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            return super().send_head()
        data = path.read_bytes()
        start = int(asked[1])
        end = min(int(asked[2] or len(data) - 1), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.end_headers()
        return io.BytesIO(data[start : end + 1])


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder; gives its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(serve: Callable[[Path], str], site: Path) -> str:
    """The served site."""
    return serve(site)


_SHOWN = """() => document.fonts.status === "loaded"
  && (!document.querySelector("#explorer") || document.querySelector("#explorer[data-ready]"))
  && (!document.querySelector("#kh-search-q")?.value || document.querySelector("#kh-search-results li"))"""


def wait_until_shown(page: Page) -> None:
    """Until the typeface, the rows of an explorer and what was searched for are there."""
    page.wait_for_function(_SHOWN)


class Watched:
    """A page whose console, errors and requests are kept."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self._keep(m.type, m.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda request: self._failed(request.url, request.failure))

    def _failed(self, url: str, why: str | None) -> None:
        # What a reader's leaving the page cuts short has not failed.
        if why != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {url}")

    def _keep(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open an address; options are those of a browser context."""
    contexts = []

    def start(url: str, **options: object) -> Watched:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        watched = Watched(context)
        watched.page.goto(url)
        return watched

    yield start
    for context in contexts:
        context.close()
