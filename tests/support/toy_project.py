"""A toy project that can be released again and again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sample_packages import toy_build, write_checks, write_plan

from khplans.releases.contents import Inputs
from khplans.releases.reasons import Build
from khplans.releases.release import Made, make_release

LOCK = "click==8.1.7 \\\n    --hash=sha256:00\npyarrow==26.0.1 ; python_version >= '3.11' \\\n    --hash=sha256:11\n"


@dataclass
class Project:
    """A toy project: plans, packages, releases, answers; `read` stands for its code, `tree` for its id."""

    root: Path
    read: Callable[[str], str] = str.strip
    tree: str = "1" * 40
    releases_name: str = "releases"

    @property
    def plans(self) -> Path:
        return self.root / "plans"

    @property
    def packages(self) -> Path:
        return self.root / "datapackages"

    @property
    def releases(self) -> Path:
        return self.root / self.releases_name

    @property
    def lock(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def inputs(self) -> Inputs:
        return Inputs(self.packages / "khplans", self.plans, self.root / "gold", self.root)

    def build(self, plans: Path, packages: Path) -> None:
        toy_build(self.read)(plans, packages)
        descriptor = packages / "khplans/datapackage.json"
        described = json.loads(descriptor.read_text("utf-8")) | {"created": "2026-11-02T00:00:00Z"}
        descriptor.write_text(json.dumps(described, ensure_ascii=False), "utf-8")

    def check(self, packages: Path) -> None:
        write_checks(packages / "khplans")

    def release(self) -> Made:
        self.build(self.plans, self.packages)
        self.check(self.packages)
        return self.make_release(self.build)

    def make_release(self, build: Build) -> Made:
        """Release what was built, by the code that `tree` stands for."""
        with self.as_code():
            return make_release(
                self.inputs,
                self.releases,
                self.lock,
                build,
                self.check,
                "https://du-lieu.example.vn/",
            )

    def as_code(self) -> AbstractContextManager[object]:
        return patch("khplans.releases.provenance.code_tree", lambda: self.tree)


def make_project(root: Path) -> Project:
    project = Project(root)
    write_plan(
        project.plans, "tinh-a-1-kh-ubnd-2024",
        "1 Sở Y tế: Rà soát  mạng lưới trạm y tế xã", "2 Sở Công Thương: =HYPERLINK chợ đầu mối", "3 Báo cáo kết qua",
    )  # fmt: skip
    write_plan(project.plans, "tinh-b-2-kh-ubnd-2024", "1 Sở Y tế: Tiêm chủng mở rộng")
    project.lock.write_text(LOCK, "utf-8")
    (root / "gold").mkdir()
    source = (project.plans / "tinh-a-1-kh-ubnd-2024/source.txt").read_bytes().decode()
    start = source.index("1 Sở Y tế")
    quote = "1 Sở Y tế: Rà soát  mạng lưới trạm y tế xã"
    answer = {
        "plan": "tinh-a-1-kh-ubnd-2024", "document": "tinh-a-1-kh-ubnd-2024", "start": start,
        "end": start + len(quote), "quote": quote, "lead": ["Sở Y tế"], "coordinate": [],
        "section": "", "label": None, "deadline": "2024-06-30", "cadence": None, "output": None,
    }  # fmt: skip
    (root / "gold/tasks.jsonl").write_text(json.dumps(answer, ensure_ascii=False) + "\n", "utf-8")
    return project
