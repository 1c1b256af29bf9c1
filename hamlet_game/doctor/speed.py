"""How fast this machine is: the town on its own, and what training multiplies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import perf_counter
from typing import Final

from hamlet_game.doctor.finding import Finding, ok, trouble, warning
from hamlet_game.doctor.libraries import LIBRARIES
from hamlet_game.doctor.probe import Answers, ProbeError, ask

LIVES: Final = 64  # at once, as in training
TRIAL_S: Final = 0.4
SLOW_STEPS: Final = 60_000  # a second; training takes several times its minutes below
SLOW_GFLOPS: Final = 5.0
_SIDE: Final = 512  # of the matrices
_THREADS: Final = "OMP_NUM_THREADS"


def town() -> Iterator[Finding]:
    """Yield how many steps a second the town makes without anybody who learns."""
    steps = steps_a_second(TRIAL_S)
    said = f"{steps:,.0f} steps a second, {LIVES} lives at once"
    if steps < SLOW_STEPS:
        remedy = "Training takes longer here. Close other programs; plug in a laptop."
        yield warning("town's speed", f"{said}: slow", remedy)
    else:
        yield ok("town's speed", said)


def steps_a_second(seconds: float) -> float:
    """Return the town's steps a second, all lives together, tried for so long."""
    import numpy as np  # noqa: PLC0415 - a broken one is a finding, not the doctor's end

    from hamlet_game.town.catalog import load_catalog  # noqa: PLC0415 - likewise
    from hamlet_game.town.town import Town  # noqa: PLC0415

    level = load_catalog().levels[-1]
    lives = Town(level, list(range(1, LIVES + 1)))
    draw = np.random.default_rng(1)
    began, rounds = perf_counter(), 0
    while (taken := perf_counter() - began) < seconds or not rounds:
        step = lives.step(draw.integers(0, 5, LIVES).astype(np.int8))
        over = np.flatnonzero(step.died | step.timed_out)
        if over.size:
            lives.restart(over)
        rounds += 1
    return rounds * LIVES / max(taken, 1e-9)


def torch() -> Iterator[Finding]:
    """Yield whether torch loads, with how many threads, and how fast it multiplies."""
    if not next(library for library in LIBRARIES if library.name == "torch").there:
        return  # the versions have told that
    try:
        found = ask(_multiply)
    except ProbeError as error:
        remedy = "pip install --force-reinstall 'torch>=2.13,<2.14'"
        yield trouble("torch's speed", f"torch can't be used: {error}", remedy)
        return
    count, threads = found["threads"], os.environ.get(_THREADS, "")
    said = f"{found['gflops']:.0f} Gflop/s with {count} thread{'s' if count != 1 else ''}"
    said += f" of {os.cpu_count()}, loaded in {found['loaded']:.1f} s"
    if count > 1:
        remedy = f"{_THREADS}={threads} is set: unset it. On a busy machine one is far faster."
        yield warning("torch's speed", said, remedy)
    elif found["gflops"] < SLOW_GFLOPS:
        remedy = "Training takes longer here. Close other programs; plug in a laptop."
        yield warning("torch's speed", f"{said}: slow", remedy)
    else:
        yield ok("torch's speed", said)


def _multiply() -> Answers:
    """Load torch and multiply. Runs in the other process."""
    began = perf_counter()
    import torch  # noqa: PLC0415 - here and nowhere else

    loaded = perf_counter() - began
    left, right = torch.rand(_SIDE, _SIDE), torch.rand(_SIDE, _SIDE)
    left @ right  # the first product also sets things up
    began, rounds = perf_counter(), 0
    while perf_counter() - began < TRIAL_S:
        left @ right
        rounds += 1
    flops = 2 * _SIDE**3 * rounds / (perf_counter() - began)
    return {"threads": torch.get_num_threads(), "gflops": flops / 1e9, "loaded": loaded}
