"""Looks for inputs of a parser by what they reach in its code, with Atheris: `python tests/fuzz/guided.py dates 100000`.

`all` goes through every parser, with so many fewer runs as one takes longer, in batches with a seed each; it goes on
where it was stopped, and keeps how many runs each parser had in docs/proofs.json.

Needs `pip install --require-hashes -r tests/fuzz/requirements.lock`. All that reached something new is in `.khplans/fuzz`,
the shortest of it in `tests/fuzz/corpus`, which `make test` goes through; an input that breaks something is written
beside it and belongs, cut short, in `tests/fuzz/finds`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from proofs import keep_result, runs_of  # noqa: E402
from rounds import SEED  # noqa: E402

BATCH = 500_000


def main(name: str, runs: int, seed: int = 1) -> None:
    """Try so many inputs of a target, beginning with its seeds."""
    import atheris

    with atheris.instrument_imports(include=["khplans"]):
        from fuzzing import TARGETS, read_corpus, reshaped, try_input
    (target,) = (one for one in TARGETS if one.name == name)
    corpus = _found(name)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate([*(text.encode() for text in target.seeds), *read_corpus(target)]):
        (corpus / f"seed-{number}").write_bytes(one)
    words = corpus.parent / f"{name}.dict"
    told = (
        "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", "surrogatepass"))
        for piece in target.pieces
    )
    words.write_text("".join(f'"{piece}"\n' for piece in told if piece), "ascii")
    options = [
        f"-runs={runs}",
        f"-seed={seed}",
        f"-dict={words}",
        f"-artifact_prefix={corpus.parent}/broke-{name}-",
        "-timeout=120",
        f"-max_len={max(500, *(2 * len(seed.encode()) for seed in target.seeds))}",
        "-len_control=0",
    ]

    def changed(data: bytes, most: int, seed: int) -> bytes:
        """By libFuzzer's own ways; every other time a value of JSON, of which those leave little."""
        if target.is_json and seed % 2:
            return reshaped(data.decode("utf-8", "replace"), seed).encode()[:most]
        return bytes(atheris.Mutate(data, most))

    atheris.Setup(
        [sys.argv[0], *options, str(corpus)],
        lambda data: try_input(target, data),
        custom_mutator=changed,
    )
    atheris.Fuzz()


def every(runs: int) -> int:
    """Each target in processes of their own; how many of them broke."""
    from fuzzing import TARGETS, keep_corpus

    broke = 0
    for target in TARGETS:
        broke += _broke(target.name, max(100, runs // target.costly))
        keep_corpus(target, [path.read_bytes() for path in _found(target.name).iterdir()])
    return broke


def _found(name: str) -> Path:
    """Where libFuzzer keeps what reached something new."""
    return ROOT / ".khplans" / "fuzz" / name


def _broke(name: str, runs: int) -> bool:
    """Whether one of so many runs of a target, less those it had, broke something."""
    kept = f"tests/fuzz/guided.py::{name}"
    while (had := runs_of(kept)) < runs:
        batch = min(BATCH, runs - had)
        command = [sys.executable, "-W", "ignore", __file__, name, str(batch), str(1 + SEED + had)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        broke = done.returncode != 0
        keep_result(kept, passed=int(not broke), failed=int(broke), runs=batch)
        if broke:
            print(name, *done.stderr.splitlines()[-5:], sep="\n", flush=True)
            return True
    print(name, runs_of(kept), flush=True)
    return False


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(every(int(sys.argv[2])))
    main(sys.argv[1], *map(int, sys.argv[2:]))
