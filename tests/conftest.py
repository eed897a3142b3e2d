"""For tests of what reads a release: two small ones, made with the writers that the real ones are made with."""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium
from envelopes import write_sums, zip_bytes
from hypothesis import settings
from made_once import made_once
from playwright.sync_api import Browser
from proofs import keep_proofs
from rounds import SEED, rounds
from small_plans import LAO_CAI, add_plan
from spoiling import PLAN, RULES

from khplans.packages.descriptor import COLLECTION, PackagedPlan
from khplans.packages.package import write_package
from khplans.pipeline import build
from khplans.releases.index import versions_json
from khplans.releases.sums import sha256
from khplans.tables.rows import Rows, empty_rows, sorted_rows

# The same examples on every run, however busy the machine.
settings.register_profile(
    "khplans", deadline=None, derandomize=not SEED, max_examples=rounds(100, 1000)
)
settings.load_profile("khplans")


HERE = Path(__file__).parent
LONGEST = (
    "releases/test_commands.py", "site/test_hostile_words.py", "packaging/test_contributors_day.py", "cli/test_publish.py",
    "site/test_official_validators.py", "site/test_accessibility.py", "site/test_in_the_browser.py",
    "site/test_on_paper.py", "site/test_readers.py", "site/test_pages.py", "checks/test_checks.py",
    "checks/test_second_reading.py", "pipeline/test_broken_off_verbs.py", "pipeline/test_killed_runs.py", "pipeline/test_scheduler.py", "pipeline/test_whole_or_nothing.py",
    "intake/test_costly_files.py", "intake/test_scans.py", "releases/test_checked.py", "review/test_page.py", "review/test_kills.py", "checks/test_slices.py", "pipeline/test_linear_time.py", "pipeline/test_any_text.py",
)  # fmt: skip
"""The files that take longest: begun last, one would keep a worker busy while the other has no work."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the results of `make prove`."""
    keep_proofs(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    turns = {HERE / name: turn for turn, name in enumerate(LONGEST)}
    assert all(path.is_file() for path in turns), "LONGEST names a file that isn't there"
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with chromium() as opened:
        yield opened


KHANH_HOA = """ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA
KẾ HOẠCH
Thực hiện Nghị quyết số 09-NQ/TW ngày 28/01/2022 của Bộ Chính trị
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính hoàn thành trước ngày 30/6/2024.
2. <script>alert("x")</script> & Sở Nông nghiệp và Phát triển nông thôn báo cáo hằng quý.
Tốc độ tăng trưởng GRDP tăng 8,1%.
"""
DIEN_BIEN = "KẾ HOẠCH\n1. Sở Y tế khám bệnh.\nTăng trưởng kinh tế (GRDP) đạt 10,5%/năm.\n"


def _found(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def _rows(second: bool) -> Rows:
    rows = empty_rows()
    kh, db = "khanh-hoa-1-kh-ubnd-2024", "dien-bien-2-kh-ubnd-2026"

    def document(name: str, text: str, number: str, day: datetime.date, province: str) -> None:
        rows["documents"].append(
            {
                "document_id": name, "plan_id": name, "number": number, "document_type": "Kế hoạch",
                "title": "Kế hoạch", "province": province, "date": day, "plan_title": "Kế hoạch",
                "origin": "https://example.gov.vn/?a=1&b=2", "received": datetime.date(2026, 11, 2),
                "sha256": hashlib.sha256(text.encode()).hexdigest(), "start": 0, "end": len(text),
            }
        )  # fmt: skip

    document(kh, KHANH_HOA, "1/KH-UBND", datetime.date(2024, 1, 19), "Khánh Hòa")
    document(db, DIEN_BIEN, "2/KH-UBND", datetime.date(2026, 2, 3), "Điện Biên")

    def agency(agency_id: str, name: str, province: str | None, *forms: str) -> None:
        kind = "department" if province else "party"
        rows["agencies"].append(
            {"agency_id": agency_id, "name": name, "kind": kind, "province": province}
        )
        rows["agency_names"] += [{"agency_id": agency_id, "form": form} for form in forms]

    agency("khanh-hoa-so-y-te", "Sở Y tế", "Khánh Hòa", "Sở Y tế")
    agency("dien-bien-so-y-te", "Sở Y tế", "Điện Biên", "Sở Y tế")
    agency("khanh-hoa-so-tai-chinh", "Sở Tài chính", "Khánh Hòa", "Sở TC")
    agency("khanh-hoa-so-xay-dung", "Sở Xây dựng", "Khánh Hòa")
    agency("khanh-hoa-snnptnt", "Sở Nông nghiệp và Phát triển nông thôn", "Khánh Hòa", "Sở NN&PTNT")
    agency("vn-ban-tuyen-giao", "Ban Tuyên giáo", None)
    agency("vn-ban-to-chuc", "Ban Tổ chức", None)
    agency("vn-ban-tong-cuc", "Ban Tổng cục", None)

    def task(name: str, document_id: str, text: str, words: str, **cells: Any) -> None:
        rows["tasks"].append(
            {
                "task_id": name, "document_id": document_id, "label": name[-1], "text": words,
                **_found(text, words), **cells,
            }
        )  # fmt: skip

    due = datetime.date(2024, 6, 30)
    first = KHANH_HOA.splitlines()[3][3:]
    task(
        f"{kh}::1",
        kh,
        KHANH_HOA,
        first,
        deadline=due,
        deadline_text="trước ngày 30/6/2024",
        deadline_basis="stated",
    )
    task(f"{kh}::2", kh, KHANH_HOA, KHANH_HOA.splitlines()[4][3:], cadence="quarterly")
    task(f"{db}::1", db, DIEN_BIEN, "Sở Y tế khám bệnh.")

    def part(task_id: str, agency_id: str, role: str) -> None:
        rows["task_agencies"].append(
            {
                "task_id": task_id, "agency_id": agency_id, "role": role, "basis": "named-in-text",
                "form": "Sở", "document_id": task_id.partition(":")[0], "start": 0, "end": 2,
            }
        )  # fmt: skip

    part(f"{kh}::1", "khanh-hoa-so-y-te", "lead")
    part(f"{kh}::1", "khanh-hoa-so-tai-chinh", "coordinate")
    part(f"{kh}::2", "khanh-hoa-snnptnt", "lead")
    part(f"{db}::1", "dien-bien-so-y-te", "lead")

    grdp = {
        "measure_id": "grdp-growth", "name": "Tốc độ tăng trưởng GRDP", "name_en": "GRDP growth",
        "theme": "economy", "unit": "percent",
    }  # fmt: skip
    rows["measures"].append(grdp)

    def indicator(
        document_id: str, text: str, quote: str, value: float, period: str, change: str
    ) -> None:
        rows["indicators"].append(
            {
                "indicator_id": f"{document_id}::i1", "document_id": document_id,
                "measure_id": "grdp-growth", "name": "Tăng trưởng GRDP", "quote": quote,
                "value": value, "unit": "percent", "comparator": "=", "change": change,
                "kind": "target", "period": period, **_found(text, quote),
            }
        )  # fmt: skip

    indicator(kh, KHANH_HOA, "tăng 8,1%", 8.2 if second else 8.1, "2024", "increase")
    indicator(db, DIEN_BIEN, "10,5%/năm", 10.5, "2026/2030", "decrease")

    rows["instruments"] += [
        {"instrument_id": "09-nq-tw-2022", "number": "09-NQ/TW", "document_type": "Nghị quyết", "year": 2022},
        {"instrument_id": "1-kh-ubnd-2024", "number": "1/KH-UBND", "document_id": kh, "year": 2024},
        {"instrument_id": "luat-dat-dai", "title": "Luật Đất đai"},
    ]  # fmt: skip
    quote = "Nghị quyết số 09-NQ/TW ngày 28/01/2022"
    rows["citations"].append(
        {
            "citation_id": f"{kh}::c-09-nq-tw", "document_id": kh, "instrument_id": "09-nq-tw-2022",
            "quote": quote, "number": "09-NQ/TW", "document_type": "Nghị quyết",
            "date": datetime.date(2022, 1, 28), "issuer": "Bộ Chính trị", "relation": "implements",
            **_found(KHANH_HOA, quote),
        }
    )  # fmt: skip
    rows["citations"].append(
        {
            "citation_id": f"{db}::c-1-kh-ubnd", "document_id": db, "instrument_id": "1-kh-ubnd-2024",
            "quote": "KẾ HOẠCH", "number": "1/KH-UBND", "relation": "mentions",
            **_found(DIEN_BIEN, "KẾ HOẠCH"),
        }
    )  # fmt: skip
    return sorted_rows(rows)


def _write_release(releases: Path, version: str, second: bool) -> None:
    folder = releases / version
    folder.mkdir(parents=True)
    texts = {"khanh-hoa-1-kh-ubnd-2024": KHANH_HOA, "dien-bien-2-kh-ubnd-2026": DIEN_BIEN}
    plans = [PackagedPlan(plan_id, "Kế hoạch", None, "2026-11-02") for plan_id in sorted(texts)]
    write_package(folder, COLLECTION, plans, _rows(second), texts)
    path = folder / "datapackage.json"
    path.write_text(
        json.dumps({**json.loads(path.read_text("utf-8")), "version": version}), "utf-8"
    )
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in _files(folder)}
    facts = {
        "version": version,
        "released": "2026-11-02",
        "tables": {},
        "files": [{"path": n, "sha256": sha256(data)} for n, data in files.items()],
    }
    files["release.json"] = json.dumps(facts).encode()
    (folder / "release.json").write_bytes(files["release.json"])
    archive = f"khplans-{version}.zip"
    files[archive] = zip_bytes({**files, "SHA256SUMS": write_sums(files)})
    (folder / archive).write_bytes(files[archive])
    (folder / "SHA256SUMS").write_bytes(write_sums(files))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def real_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the project's own plans; not to be changed."""
    plans = HERE.parent / "plans"
    made = made_once(
        tmp_path_factory, "real", lambda folder: build(plans, folder / "datapackages", workers=1)
    )
    return made / "datapackages"


def _make_checked(root: Path) -> None:
    from khplans.checks.run import check_all

    shutil.copytree(RULES, root / "checks")
    add_plan(root / "plans", PLAN, LAO_CAI)
    build(root / "plans", root / "datapackages")
    check_all(root / "datapackages", root / "checks")


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of one small plan, built and checked; not to be changed."""
    return made_once(tmp_path_factory, "checked", _make_checked)


@pytest.fixture(scope="session")
def made_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    releases = tmp_path_factory.mktemp("site") / "releases"
    _write_release(releases, "1.0.0", False)
    _write_release(releases, "1.0.1", True)
    (releases / "versions.json").write_bytes(versions_json(releases))
    return releases


@pytest.fixture
def releases(made_releases: Path, tmp_path: Path) -> Path:
    """A copy of the releases that a test may spoil: 1.0.0 and 1.0.1, which differs in a value."""
    shutil.copytree(made_releases, tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a cache of the test's own."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KHPLANS_CACHE", str(tmp_path / "cache"))
    return folder
