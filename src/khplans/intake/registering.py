"""Makes a new plan's folder from a file, its contents unchanged."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from khplans.atomic import replacing
from khplans.errors import KhplansError, both
from khplans.intake.files import read_bytes
from khplans.intake.plans import COLUMNS, list_plans
from khplans.text.fold import slug


@dataclass(frozen=True, slots=True)
class About:
    """What plan.toml says about a plan."""

    title: str
    issuer: str
    province: str
    origin: str
    received: date


def register(file: Path, plans: Path, plan_id: str, about: About) -> Path:
    """Make `plans/<plan_id>/` with the file as received, plan.toml and an empty corrections.csv.

    Raises `KhplansError` where the id is not one, is taken, or the same file is there already.
    """
    if not plan_id or slug(plan_id) != plan_id:
        raise KhplansError(
            both(f"mã kế hoạch không hợp lệ: {plan_id!r}", "not a plan's id"),
            where=str(file),
            remedy=both(
                "chỉ --id, ví dụ",
                f"give one, such as: --id {slug(plan_id) or 'tinh-1-kh-ubnd-2024'}",
            ),
        )
    folder = plans / plan_id
    data = read_bytes(file)
    digest = hashlib.sha256(data).hexdigest()
    if folder.exists():
        raise KhplansError(
            both("mã này đã có", "this id is taken"),
            where=str(folder),
            remedy=both("chỉ --id khác hoặc bỏ tệp này", "give another --id"),
        )
    for other in list_plans(plans):
        for source in sorted((plans / other).glob("source.*")):
            if hashlib.sha256(read_bytes(source)).hexdigest() == digest:
                raise KhplansError(
                    both(
                        f"tệp này đã được nhận: kế hoạch {other}",
                        f"this file is there already: the plan {other}",
                    ),
                    where=str(file),
                    remedy=both("bỏ tệp này", "leave this file"),
                )
    with replacing(folder) as made:
        (made / f"source{file.suffix.lower()}").write_bytes(data)
        (made / "plan.toml").write_text(_toml(about, digest), encoding="utf-8", newline="")
        header = ",".join(COLUMNS) + "\n"
        (made / "corrections.csv").write_text(header, encoding="utf-8", newline="")
    return folder


def unregister(folder: Path) -> None:
    """Take away a folder that `register` made and that could not be built."""
    shutil.rmtree(folder, ignore_errors=True)


def _toml(about: About, digest: str) -> str:
    lines = []
    for key, value in {**asdict(about), "sha256": digest}.items():
        said = (
            value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
        )
        lines.append(f"{key} = {said}\n")
    return "".join(lines)
