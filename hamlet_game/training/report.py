"""A run's report: figures as PNG files and one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hamlet_game.files import write_atomic
from hamlet_game.town.level import Level
from hamlet_game.training import figure_style, figures
from hamlet_game.training.curves import learning_curves
from hamlet_game.training.evaluation import summarise
from hamlet_game.training.history import History, HistoryError, read_history
from hamlet_game.training.page import Picture, page
from hamlet_game.training.par import ParTable
from hamlet_game.training.players import Player, run_player
from hamlet_game.training.runs import RunError, RunFolder
from hamlet_game.training.seeds import final_towns
from hamlet_game.training.study import Study, study

PAGE = "report.html"
PAR_TOWNS = 4  # that are planned, a second or two each, for levels whose stars ask for par

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a report consists of."""

    page: Path
    figures: tuple[Path, ...]


def write_report(run: RunFolder, out: Path, towns: int, say: Say, warn: Say) -> Written:
    """Draw a run's figures and page into `out`; its best policy plays `towns` towns a level.

    `say` is told what is being done. Raises RunError, HistoryError and what `run_player` does.
    """
    history = read_history(run.metrics)
    player = run_player(run, warn=warn)
    if not any(level.curves for level in history.levels):
        raise HistoryError(f"{run.metrics}: holds no evaluation yet; train the run longer.")
    try:
        seeds = final_towns(towns)
    except ValueError as error:
        raise RunError(f"{error}.") from None
    studies, results = [], []
    for level in player.levels():
        say(f"Playing {level.name} in {towns:,} towns")
        studies.append(study(level, player.policy, seeds))
        results.append(summarise(level, studies[-1].lives, _par(level, seeds[:PAR_TOWNS], say)))
    say("Drawing")
    pictures = _pictures(history, player, studies)
    try:
        for picture in pictures:
            write_atomic(out / picture.file, picture.png)
        html = page(run.name, history, player, list(zip(studies, results, strict=True)), pictures)
        write_atomic(out / PAGE, html.encode())
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RunError(f"{out}: can't be written ({reason}); choose another folder.") from None
    return Written(out / PAGE, tuple(out / picture.file for picture in pictures))


def _par(level: Level, seeds: NDArray[np.int64], say: Say) -> NDArray[np.float64] | None:
    """Return par in each town, None where no star asks for it."""
    if not any(mark.measure == "par" for star in level.stars for mark in star):
        return None
    table, pars = ParTable(), []
    for number in range(len(seeds)):
        say(f"Planning par of {level.name} for town {number + 1} of {len(seeds)}")
        pars.append(table.scores(level, seeds[number : number + 1]))
    return np.concatenate(pars)


def _pictures(history: History, player: Player, studies: list[Study]) -> list[Picture]:
    by_id = {level.id: level for level in player.levels()}
    learned = [(by_id[h.level], h) for h in history.levels if h.curves and h.level in by_id]
    shown = studies[-1]
    with figure_style.styled():
        return [
            Picture(
                "learning.png",
                "How it learned",
                "Blue: what the agent does when it plays its best, in towns it has never seen, "
                "checked again and again while it trained. Grey: its training lives, which "
                "explore and often begin in distress.",
                _png(learning_curves(learned)),
            ),
            Picture(
                "survival.png",
                "How long its lives last",
                f"The best policy of the run in {len(shown.town_seeds):,} towns for each level, "
                "none of them used to train or to choose it. The curve falls where lives end.",
                _png(figures.survival(studies)),
            ),
            Picture(
                "causes.png",
                "What ends them",
                "The meter that was empty when a life ended.",
                _png(figures.causes(studies)),
            ),
            Picture(
                "actions.png",
                "How it spends its days",
                "Share of all living steps. Wasted: walking into the edge of town, or asking for "
                "what it can't pay for.",
                _png(figures.action_mix(studies)),
            ),
            Picture(
                "life.png",
                "A typical life",
                "The life with the middle score. Below, each visit to a building.",
                _png(figures.typical_life(shown.record(player.policy))),
            ),
        ]


def _png(figure: Figure) -> bytes:
    stream = BytesIO()
    dots = figure_style.DOTS_PER_INCH
    figure.savefig(stream, format="png", dpi=dots, metadata={"Software": None})
    return stream.getvalue()
