"""Every parser takes whatever it is given: no exception but the documented one, no wrong span, no hang.

`KHPLANS_PROVE=1` tries some thousands of inputs of each; `KHPLANS_PROVE=500` five hundred times as many, each
batch with a seed of its own. `guided.py` beside this looks for inputs by what they reach in the code.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fuzzing import FINDS, TARGETS, Target, bounded, inputs, read_corpus, try_input
from hypothesis import HealthCheck, Phase, given, seed, settings
from proofs import Ran
from rounds import rounds

BATCH = rounds(100, 4000)
BATCHES = max(1, int(os.environ.get("KHPLANS_PROVE") or 1))
NAMED = {target.name: target for target in TARGETS}


@pytest.mark.parametrize("target", TARGETS, ids=NAMED)
def test_seeds_are_taken(target: Target) -> None:
    for one in target.seeds:
        with bounded():
            target.read(one.encode())


@pytest.mark.parametrize("target", TARGETS, ids=NAMED)
def test_what_reached_something_new_is_taken(target: Target, record_property: Ran) -> None:
    kept = read_corpus(target)
    for data in kept:
        try_input(target, data)
    record_property("runs", len(kept))


@pytest.mark.parametrize("target", TARGETS, ids=NAMED)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_it_is_given(target: Target, batch: int) -> None:
    chosen = settings(
        max_examples=max(5, BATCH // target.costly),
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )

    @seed(batch)
    @chosen
    @given(inputs(target))
    def one(data: bytes) -> None:
        try_input(target, data)

    one()


@pytest.mark.parametrize("path", sorted(FINDS.glob("*.bin")), ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    target = next(one for name, one in NAMED.items() if path.name.startswith(f"{name}-"))
    try_input(target, path.read_bytes())
