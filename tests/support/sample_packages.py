"""Packages for tests: one made from the gold answers, and small ones from toy plans."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from khplans.packages.canonical import Key, PackageTable
from khplans.packages.descriptor import COLLECTION, PackagedPlan, write_descriptor
from khplans.packages.fingerprint import file_hashes
from khplans.packages.package import write_table
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import table as definition
from khplans.tables.definition import tables as definitions
from khplans.text.fold import slug

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold"
PLANS = ROOT / "plans"


def gold(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def write_sample(folder: Path) -> None:
    """The collection that a reader without fault would make of the plans that have answers."""
    rows: dict[str, list[dict[str, Any]]] = {t.name: [] for t in definitions()}
    agencies: dict[str, str] = {}

    def agency(name: str) -> str:
        return agencies.setdefault(name, f"vn-{slug(name)}")

    for d in gold("documents"):
        source = (PLANS / d["plan"] / "source.txt").read_bytes()
        rows["documents"].append(
            {k: d[k] for k in ("number", "number_raw", "title", "place", "signer", "signer_raw")}
            | {"document_id": d["document"], "plan_id": d["plan"], "document_type": d["type"]}
            | {
                "date": day(d["date"]),
                "province": "Khánh Hòa",
                "start": d["start"],
                "end": d["end"],
            }
            | {
                "issuer_id": agency(d["issuer"]),
                "plan_title": d["title"],
                "origin": "https://vbpl.vn",
            }
            | {"received": day("2026-11-02"), "sha256": hashlib.sha256(source).hexdigest()}
        )
    count: Counter[str] = Counter()
    for t in gold("tasks"):
        count[t["document"]] += 1
        task_id = f"{t['document']}:{t['section']}:{count[t['document']]}"
        kept = ("section", "label", "deadline_text", "cadence", "output", "start", "end")
        rows["tasks"].append(
            {k: t[k] or None if k not in ("start",) else t[k] for k in kept}
            | {"task_id": task_id, "document_id": t["document"], "text": t["quote"]}
            | {
                "deadline": day(t["deadline"]),
                "deadline_basis": "stated" if t["deadline"] else None,
            }
        )
        for role in ("lead", "coordinate"):
            rows["task_agencies"] += [
                {"task_id": task_id, "agency_id": agency(name), "role": role, "form": name}
                | {"basis": "named-in-text", "document_id": t["document"]}
                | {"start": t["start"], "end": t["end"]}
                for name in dict.fromkeys(t[role])
            ]
    for i, x in enumerate(gold("indicators"), 1):
        kept = ("name", "quote", "value", "value_high", "unit", "comparator", "change", "kind")
        kept += ("period", "denominator", "start", "end")
        rows["indicators"].append(
            {k: float(x[k]) if isinstance(x[k], int) and "v" in k else x[k] for k in kept}
            | {"indicator_id": f"{x['document']}:i{i}", "document_id": x["document"]}
        )
    for i, c in enumerate(gold("citations"), 1):
        number = c["number"] or c["quote"]
        rows["citations"].append(
            {k: c[k] for k in ("quote", "number", "issuer", "start", "end")}
            | {"citation_id": f"{c['document']}:c{i}", "document_id": c["document"]}
            | {"instrument_id": slug(number), "document_type": c["type"], "date": day(c["date"])}
            | {"relation": "mentions"}
        )
        if slug(number) not in {r["instrument_id"] for r in rows["instruments"]}:
            rows["instruments"].append(
                {"instrument_id": slug(number), "number": c["number"], "issuer": c["issuer"]}
                | {"document_type": c["type"], "date": day(c["date"])}
            )
    rows["agencies"] = [
        {"agency_id": i, "name": name, "kind": "other"} for name, i in agencies.items()
    ]
    (folder / "sources").mkdir(parents=True)
    for t in definitions():
        part = pa.Table.from_pylist(
            [{c: r.get(c) for c in t.columns} for r in rows[t.name]], schema=arrow_schema(t.name)
        )
        write_table(folder, definition(t.name), [part])
    plans = []
    for plan_id in sorted({d["plan"] for d in gold("documents")}):
        source = (PLANS / plan_id / "source.txt").read_bytes()
        (folder / "sources" / f"{plan_id}.txt").write_bytes(source)
        plans.append(PackagedPlan(plan_id, plan_id, "https://vbpl.vn", "2026-11-02"))
    write_descriptor(folder, COLLECTION, plans)


def change_cells(table: PackageTable, key: Key, **cells: str) -> PackageTable:
    record = table.record(key) | cells
    rows = dict(table.rows)
    rows[key] = tuple(record[c] for c in table.columns)
    return PackageTable(table.name, table.columns, table.key, rows)


def write_package(
    folder: Path, descriptor: Mapping[str, Any], tables: Mapping[str, PackageTable]
) -> None:
    """Write tables as CSV and Parquet where the descriptor's resources say."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        name = path.stem
        if name in tables and path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(tables[name].columns)
                writer.writerows(tables[name].rows.values())
        elif name in tables:
            options = pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(tables[name].columns, pa.string())
            )
            read = pyarrow.csv.read_csv(path.with_suffix(".csv"), convert_options=options)
            pq.write_table(read, path, store_schema=False)
        if path.is_file():
            data = path.read_bytes()
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            resources.append({**resource, "hash": digest, "bytes": len(data)})
    text = json.dumps({**descriptor, "resources": resources}, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", "utf-8")


def write_checks(collection: Path) -> None:
    """What `khplans check` writes into a collection that has passed, of which nothing is told."""
    record = {"package": "khplans", "files": file_hashes(collection), "parts": {}, "results": []}
    (collection / "checks.json").write_text(json.dumps(record) + "\n", "utf-8")


# Toy plans: a line that starts with "- " is a task; "- Sở X: …" is led by Sở X.

TOY_FIELDS = {
    "documents": [("document_id", "string"), ("plan_id", "string"), ("number", "string"), ("title", "string"), ("start", "integer"), ("end", "integer")],
    "tasks": [("task_id", "string"), ("document_id", "string"), ("text", "string"), ("deadline", "date"), ("start", "integer"), ("end", "integer")],
    "agencies": [("agency_id", "string"), ("name", "string")],
    "task_agencies": [("task_id", "string"), ("agency_id", "string"), ("role", "string")],
}  # fmt: skip
TOY_KEYS = {
    "documents": ["document_id"], "tasks": ["task_id"], "agencies": ["agency_id"],
    "task_agencies": ["task_id", "agency_id", "role"],
}  # fmt: skip


def toy_descriptor(fields: Mapping[str, list[tuple[str, str]]] = TOY_FIELDS) -> dict[str, Any]:
    resources = []
    for form in ("csv", "parquet"):
        for name, columns in fields.items():
            resources.append(
                {
                    "name": name if form == "csv" else f"{name}-parquet",
                    "type": "table",
                    "path": f"{name}.{form}",
                    "title": name.capitalize(),
                    "schema": {
                        "fields": [{"name": c, "type": t, "title": c} for c, t in columns],
                        "primaryKey": TOY_KEYS[name],
                    },
                }
            )
    return {"name": "khplans", "title": "Kế hoạch", "resources": resources}


def toy_tables(plans: Path, read: Callable[[str], str] = str.strip) -> dict[str, PackageTable]:
    """`read` stands for the code: how it makes a line readable."""
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in TOY_FIELDS}
    agencies: dict[str, str] = {}
    for plan in sorted(p for p in plans.iterdir() if p.is_dir()):
        text = (plan / "source.txt").read_bytes().decode("utf-8")
        fixes = []
        if (plan / "corrections.csv").is_file():
            with (plan / "corrections.csv").open(encoding="utf-8", newline="") as stream:
                fixes = list(csv.DictReader(stream))
        lines = text.splitlines(keepends=True)
        rows["documents"].append(
            (plan.name, plan.name, lines[0].strip(), lines[1].strip(), "0", str(len(text)))
        )
        at = 0
        for line in lines:
            if line.startswith("- "):
                words = read(line[2:-1])
                for fix in fixes:
                    if at <= int(fix["start"]) < at + len(line):
                        words = words.replace(fix["before"], fix["after"])
                task_id = f"{plan.name}:{line[2:].split()[0]}"
                rows["tasks"].append(
                    (task_id, plan.name, words, "2024-06-30", str(at + 2), str(at + len(line) - 1))
                )
                if ":" in words:
                    name = words.split(":")[0].split(" ", 1)[1]
                    agencies[slug(name)] = name
                    rows["task_agencies"].append((task_id, slug(name), "lead"))
            at += len(line)
    rows["agencies"] = sorted(agencies.items())
    tables = {}
    for name, values in rows.items():
        columns = tuple(c for c, _ in TOY_FIELDS[name])
        places = [columns.index(part) for part in TOY_KEYS[name]]
        by_key = {tuple(v[p] for p in places): v for v in values}
        tables[name] = PackageTable(name, columns, tuple(TOY_KEYS[name]), by_key)
    return tables


def toy_build(read: Callable[[str], str] = str.strip) -> Callable[[Path, Path], None]:
    """A build of toy plans by code that reads lines with `read`."""

    def build(plans: Path, packages: Path) -> None:
        write_package(packages / "khplans", toy_descriptor(), toy_tables(plans, read))

    return build


def write_plan(plans: Path, plan_id: str, *tasks: str, corrections: str = "") -> str:
    """A toy plan; returns its text."""
    text = f"{plan_id}/KH-UBND\nKế hoạch thử\n" + "".join(f"- {task}\n" for task in tasks)
    (plans / plan_id).mkdir(parents=True, exist_ok=True)
    (plans / plan_id / "source.txt").write_bytes(text.encode())
    toml = f'title = "Kế hoạch {plan_id}"\nreceived = 2026-11-02\n'
    (plans / plan_id / "plan.toml").write_text(toml, "utf-8")
    header = "start,end,before,after,reason\n"
    (plans / plan_id / "corrections.csv").write_text(header + corrections, "utf-8")
    return text
