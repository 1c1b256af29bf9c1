"""What `hamlet-game train`, `evaluate` and `report` do. Each returns an exit code.

0: done. 2: can't be done, one sentence on standard error says why. 130: stopped by Ctrl-C
with a checkpoint saved (143 by a polite kill). Answers go to standard output, progress to
standard error.
"""

from __future__ import annotations

import os

# Before NumPy and torch: on a busy machine two threads run far slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec

from rich.console import Console
from rich.status import Status

from hamlet_game.brain.files import BrainError
from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.states import StateError
from hamlet_game.town.level_file import LevelError
from hamlet_game.training import edition, wording
from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.evaluation import evaluate as measure
from hamlet_game.training.events import QUANTILES, RunEnded
from hamlet_game.training.examiner import TrainingError
from hamlet_game.training.history import HistoryError
from hamlet_game.training.openings import Opening, open_run
from hamlet_game.training.orders import Orders
from hamlet_game.training.par import ParTable
from hamlet_game.training.players import load_player
from hamlet_game.training.runs import RunError, find
from hamlet_game.training.seeds import held_out_towns
from hamlet_game.training.sinks import MetricsManager, Sink
from hamlet_game.training.sinks.of_run import sinks_of
from hamlet_game.training.sinks.terminal import terminal_view
from hamlet_game.training.stopping import stops_politely

View = Literal["terminal", "none"]

PAR_TOWNS = 8  # of an evaluation that are also planned, a second or two each
FORESEEN = (
    BrainError,
    CheckpointError,
    ConfigError,
    HistoryError,
    LevelError,
    RunError,
    StateError,
    TrainingError,
)

_P = ParamSpec("_P")


def in_sentences(command: Callable[_P, int]) -> Callable[_P, int]:
    """Turn every foreseen trouble into its sentence and exit code 2."""

    @wraps(command)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except FORESEEN as trouble:
            warn(str(trouble))
            return 2

    return told


def warn(sentence: str) -> None:
    """Say one sentence on standard error."""
    sys.stderr.write(" ".join(sentence.split()) + "\n")


@in_sentences
def train(
    *,
    config: str | Path = "default",
    levels: str | None = None,
    seed: int | None = None,
    out: Path | None = None,
    resume: bool = False,
    view: View = "terminal",
    max_steps: int | None = None,
    max_minutes: float | None = None,
    outputs: Sequence[str] = (),
    as_json: bool = False,
    beside: Callable[[Orders], Sink] | None = None,
) -> int:
    """Train a run to its end. Options that are None leave the configuration as it is.

    `max_steps` and `max_minutes` count everything since the run began, also before a resume.
    `outputs` are written besides those of the configuration.
    `beside` makes one more output, which may give the trainer orders.
    """
    if trouble := edition.cannot_train():
        raise TrainingError(trouble)
    given = {
        "levels": levels,
        "seed": seed,
        "limits.max_steps": max_steps,
        "limits.max_minutes": max_minutes,
    }
    overrides = {key: value for key, value in given.items() if value is not None}
    overrides |= {f"outputs.{name}": True for name in outputs}
    run = open_run(config, overrides, out, resume=resume)
    with run.folder.writing():
        summary, code = _trained(run, view, beside)
    if as_json:
        _print_json({**summary, "folder": str(run.folder.path)})
    else:
        sys.stdout.write(wording.training(summary, run.folder.path))
    return code


def _trained(
    run: Opening, view: View, beside: Callable[[Orders], Sink] | None
) -> tuple[dict[str, Any], int]:
    """Run the loop to its end; return the summary and the exit code."""
    import torch  # noqa: PLC0415 -- takes a second, and only training needs it

    from hamlet_game.training.trainer import Trainer  # noqa: PLC0415

    torch.set_num_threads(1)
    trainer = Trainer(run.config, run.folder.path, resume=run.resume)
    summary: dict[str, Any] = {}
    told = False
    shown: list[Sink] = [terminal_view()] if view == "terminal" else []
    if beside is not None:
        shown.append(beside(trainer.orders))
    with stops_politely(trainer.orders.stop) as interrupt, _sinks(run, shown) as metrics:
        for event in trainer.run():
            metrics.write(event)
            if interrupt.signal and not told:
                told = True
                warn("Stopping; a checkpoint is saved first (Ctrl-C again quits at once).")
            if isinstance(event, RunEnded):
                summary = event.summary
    return summary, interrupt.exit_code


def _sinks(run: Opening, shown: list[Sink]) -> MetricsManager:
    return MetricsManager([*shown, *sinks_of(run.folder, run.config, warn)], warn)


@in_sentences
def evaluate(
    word: str,
    *,
    level: str | None = None,
    episodes: int = 1_000,
    town_seed: int = 1,
    par_towns: int = PAR_TOWNS,
    agent: int = 0,
    as_json: bool = False,
) -> int:
    """Let a trained policy play greedily in towns `town_seed`, `town_seed` + 1, … and measure it.

    `word` names a run, its folder, a checkpoint or a brain file. The first `par_towns` of the
    towns are also planned, to say what share of par it scores.
    """
    player = load_player(word, agent, warn=warn)
    chosen = player.level(level)
    try:
        towns = held_out_towns(episodes, town_seed)
    except ValueError as error:
        raise RunError(f"{error}.") from None
    par = ParTable()
    with _busy(f"Playing {chosen.name} in {episodes:,} towns") as busy:
        result = measure(chosen, player.policy, towns)
        for count in range(1, min(par_towns, episodes) + 1):
            busy.update(f"Planning par for town {count} of {min(par_towns, episodes)}")
            par.scores(chosen, towns[count - 1 : count])
        if par_towns:
            result = measure(chosen, player.policy, towns, par=par, par_towns=par_towns)
    m, quantiles = result.measures, result.survival_quantiles
    answer = {
        "file": str(player.file),
        "level": chosen.id,
        "episodes": result.towns,
        "town_seed": town_seed,
        "mean_survival": m["survival"],
        "alive_fraction": m["alive"],
        "mean_return": m["return"],
        "score": m["score"],
        "par_fraction": m.get("par"),
        "par_towns": min(par_towns, episodes),
        "causes": result.causes,
        "stars": result.stars,
        "passed": result.passed,
        "survival_quantiles": dict(zip(map(str, QUANTILES), quantiles, strict=True)),
    }
    if as_json:
        _print_json(answer)
    else:
        sys.stdout.write(wording.evaluation(answer, chosen))
    return 0


@in_sentences
def report(
    word: str, *, out: Path | None = None, episodes: int = 1_000, as_json: bool = False
) -> int:
    """Draw a run's figures and its page, into the run's folder or `out`."""
    if trouble := edition.cannot_draw():
        raise TrainingError(trouble)
    from hamlet_game.training.report import write_report  # noqa: PLC0415 -- brings matplotlib

    run = find(word)
    with _busy(f"Reading run '{run.name}'") as busy:
        written = write_report(run, out or run.path / "report", episodes, busy.update, warn)
    if as_json:
        _print_json({"page": str(written.page), "figures": [str(f) for f in written.figures]})
    else:
        sys.stdout.write(f"{written.page}\n")
    return 0


def _busy(what: str) -> Status:
    """Return a line that moves while something takes its time; silent without a terminal."""
    return Console(stderr=True).status(what)


def _print_json(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
