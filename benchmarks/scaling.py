"""What a million plans take: time, memory, room, money and the next bottleneck, each from measurements that are fitted.

    python -m benchmarks.scaling [PLANS ...]

Catalogues of so many drawn plans (`benchmarks.corpus`) go through the verbs of the command, with one worker, each in a
process of its own. A verb's cost is what it takes for one plan and a power of their number beyond it, fitted by least
squares of the logarithms; the error is the 95 % interval of that prediction. Writes `benchmarks/SCALE.md`.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from scipy.stats import t as student

from benchmarks.corpus import write_corpus
from benchmarks.table import Cost, cost, machine, short

SIZES = (50, 100, 200, 400)
SEEDS = (1, 2)
VERBS = {
    "build": ("build", "--workers", "1"),
    "check": ("check",),
    "release": ("release",),
    "site": ("site",),
}
FOLDERS = {"build": "datapackages", "check": "checks", "release": "releases", "site": "site"}
MILLION = 1_000_000
PRICE = 0.05
"""US dollars of a processor's hour, with 4 GB; supposed, to be replaced by one's own."""
RUN = (
    "import os, sys; from khplans.cli import group; os.chdir(sys.argv[1]); group.main(sys.argv[2:])"
)
PAGE = Path(__file__).with_name("SCALE.md")


@dataclass(frozen=True)
class Fit:
    """seconds = `alone` + e^`a` · plans^`power`, from so many measurements."""

    alone: float
    power: float
    power_error: float
    a: float
    spread: float
    logs: tuple[float, ...]

    def at(self, plans: int) -> tuple[float, float, float]:
        """Seconds for so many plans, and the ends of the 95 % interval.

        >>> fit([(10, 10.0), (20, 20.0), (40, 40.0)], 0.0).at(1_000)
        (1000.0, 1000.0, 1000.0)
        """
        n, middle = len(self.logs), fmean(self.logs)
        squares = sum((one - middle) ** 2 for one in self.logs)
        x = math.log(plans)
        error = self.spread * math.sqrt(1 + 1 / n + (x - middle) ** 2 / squares)
        error *= _quantile(n)
        ends = (math.exp(self.a + self.power * x + off) for off in (0.0, -error, error))
        middle_, low, high = (round(self.alone + one, 6) for one in ends)
        return middle_, low, high


def fit(measured: Sequence[tuple[int, float]], alone: float) -> Fit:
    """The fit of (plans, seconds), of which `alone` are the seconds that one plan takes.

    >>> made = fit([(10, 101.0), (20, 401.0), (40, 1601.0)], 1.0)
    >>> round(made.power, 6), round(made.power_error, 6)
    (2.0, 0.0)
    """
    xs = [math.log(plans) for plans, _ in measured]
    ys = [math.log(max(seconds - alone, 1e-9)) for _, seconds in measured]
    middle, height = fmean(xs), fmean(ys)
    squares = sum((x - middle) ** 2 for x in xs)
    power = sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / squares
    a = height - power * middle
    left = sum((y - a - power * x) ** 2 for x, y in zip(xs, ys, strict=True))
    spread = math.sqrt(left / (len(xs) - 2))
    error = _quantile(len(xs)) * spread / math.sqrt(squares)
    return Fit(alone, power, error, a, spread, tuple(xs))


def _quantile(measurements: int) -> float:
    return float(student.ppf(0.975, measurements - 2))


def run_line(root: Path) -> dict[str, Cost]:
    """What each verb takes in a catalogue."""
    return {verb: cost(RUN, str(root), *words) for verb, words in VERBS.items()}


def room(folder: Path) -> int:
    """Bytes of a folder's files, one with several names once."""
    files = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    return sum(files.values())


def measure(plans: int, seed: int) -> tuple[dict[str, Cost], dict[str, int]]:
    """The cost of each verb with so many plans, and the bytes that it leaves."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_corpus(root, plans, seed)
        taken = run_line(root)
        return taken, {verb: room(root / FOLDERS[verb]) for verb in VERBS}


def main(*sizes: int) -> None:
    """Measure, fit, and write the page."""
    alone, _ = measure(1, SEEDS[0])
    found = [
        (plans, *measure(plans, seed)) for plans in sorted(sizes or SIZES) for seed in SEEDS
    ]  # fmt: skip
    rows = []
    totals = [0.0, 0.0, 0.0]
    for verb in VERBS:
        line = fit([(plans, taken[verb].seconds) for plans, taken, _ in found], alone[verb].seconds)
        hours = [one / 3600 for one in line.at(MILLION)]
        totals = [total + one for total, one in zip(totals, hours, strict=True)]
        most, taken, left = found[-1]
        first = found[0]
        growth = (taken[verb].megabytes - first[1][verb].megabytes) / (most - first[0])
        rows.append(
            f"| {verb} | {line.power:.3f} ± {line.power_error:.3f} | {short(hours[0])} ({short(hours[1])} – {short(hours[2])}) "
            f"| {taken[verb].megabytes:,.0f} MB | {growth * MILLION / 1000:+,.0f} GB | {left[verb] / most * MILLION / 1e9:,.0f} GB |"
        )
    PAGE.write_text(_page(rows, totals, [plans for plans, *_ in found]), "utf-8")
    print(PAGE.read_text("utf-8"))


def _page(rows: Sequence[str], hours: Sequence[float], sizes: Sequence[int]) -> str:
    table = "\n".join(rows)
    said = ", ".join(f"{size:,}" for size in sorted(set(sizes)))
    dollars = [short(one * PRICE) for one in hours]
    return f"""# Một triệu văn bản / A million documents

Ngoại suy từ {len(sizes)} lần đo danh mục {said} kế hoạch tự sinh (`python -m benchmarks.scaling`), mỗi lệnh một tiến trình, một
nhân: thời gian = của một kế hoạch + c · n^p; khoảng là 95 % của phép dự đoán, chỉ tính sai số đo, không tính những gì
chưa gặp ở cỡ ấy. / *Extrapolated from {len(sizes)} measurements of catalogues of {said} drawn plans, a process and a processor
each: time = that of one plan + c · n^p; the interval is the prediction's 95 %, of the measurements alone, not of what
nobody has met at that size.*

| lệnh / verb | p | giờ một nhân, triệu kế hoạch / processor hours for a million | bộ nhớ lúc đo / memory measured | thêm ở triệu kế hoạch / more at a million | đĩa / disk |
|---|---|---|---|---|---|
{table}

Cộng / in all: {short(hours[0])} ({short(hours[1])} – {short(hours[2])}) giờ một nhân / processor hours; với giá giả định {PRICE} USD một giờ / at a
supposed {PRICE} USD an hour: {dollars[0]} ({dollars[1]} – {dollars[2]}) USD.

{machine()}
"""


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
