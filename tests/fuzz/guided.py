"""Looks for inputs of a parser by what they reach in its code, with Atheris: `python tests/fuzz/guided.py dates 100000`.

`all` goes through every parser, with so many fewer runs as one takes longer.

Needs `pip install --require-hashes -r tests/fuzz/requirements.lock`. What is kept of the corpus is in `.khplans/fuzz`;
an input that breaks something is written there too, and belongs, cut short, in `tests/fuzz/finds`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))


def main(name: str, runs: int, seed: int = 18) -> None:
    """Try so many inputs of a target, beginning with its seeds."""
    import atheris

    with atheris.instrument_imports(include=["khplans"]):
        from fuzzing import TARGETS, try_input
    (target,) = (one for one in TARGETS if one.name == name)
    corpus = ROOT / ".khplans" / "fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(text.encode())
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
        "-max_len=4000",
        "-len_control=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: try_input(target, data))
    atheris.Fuzz()


def every(runs: int) -> int:
    """Each target in a process of its own; how many of them broke."""
    from fuzzing import TARGETS

    broke = 0
    for target in TARGETS:
        command = [
            sys.executable,
            "-W",
            "ignore",
            __file__,
            target.name,
            str(max(100, runs // target.costly)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = [
            line
            for line in done.stderr.splitlines()
            if line.startswith(("Done", "Test unit written"))
        ]
        print(target.name, *(said or done.stderr.splitlines()[-5:]), flush=True)
        broke += done.returncode != 0
    return broke


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(every(int(sys.argv[2])))
    main(sys.argv[1], *map(int, sys.argv[2:]))
