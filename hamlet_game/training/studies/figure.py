"""A study's figure: every seed as a dot, medians with intervals, and how they got there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import EngFormatter, MaxNLocator, PercentFormatter
from numpy.typing import NDArray

from hamlet_game.training import figure_style as style
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.studies.outcome import MEASURES, ArmOutcome, Outcome, level_name, shown
from hamlet_game.training.studies.plan import Job

COLORS = ("#3f6fd8", "#dc5a2c", "#3d8f5f", "#9260ac", "#c08a12", "#1f9fb5", "#b0446a", "#5b6472")
POINTS = 80  # of a curve
_SHOWN = ("score", "survival", "steps")

Floats = NDArray[np.float64]


def figure_of(result: Outcome, runs: Path) -> bytes:
    """Return the figure as a PNG file's content; `runs`: the folder of the study's runs."""
    with style.styled():
        figure = _drawn(result, runs)
        stream = BytesIO()
        dots = style.DOTS_PER_INCH
        figure.savefig(stream, format="png", dpi=dots, metadata={"Software": None})
    return stream.getvalue()


def _drawn(result: Outcome, runs: Path) -> Figure:
    arms = result.arms
    measures = [m for m in _SHOWN if all(m in arm.medians for arm in arms)]
    height = 0.9 + 0.42 * len(arms)
    spaced = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.14)  # inches
    figure = Figure(figsize=(style.WIDTH, height + 3.2), layout=spaced)
    grid = figure.add_gridspec(2, len(measures), height_ratios=(height, 3.2))
    for column, measure in enumerate(measures):
        axes = figure.add_subplot(grid[0, column])
        _dots(axes, arms, measure, named=column == 0)
    _curves(figure.add_subplot(grid[1, :]), arms, result.level, runs)
    return figure


def _dots(axes: Axes, arms: Sequence[ArmOutcome], measure: str, *, named: bool) -> None:
    style.title(axes, MEASURES[measure])
    for row, arm in enumerate(arms):
        color, its = COLORS[row % len(COLORS)], arm.medians[measure]
        axes.plot([its.low, its.high], [row, row], color=color, lw=5, alpha=0.25)
        axes.plot(arm.values[measure], [row] * len(arm.seeds), "o", color=color, ms=4, alpha=0.6)
        axes.plot([its.value], [row], "|", color=color, ms=17, mew=2.6)
        axes.annotate(
            shown(measure, its.value),
            (its.value, row),
            xytext=(0, 10),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=color,
        )
    axes.set(ylim=(len(arms) - 0.5, -0.7))
    axes.margins(x=0.12)
    axes.set_yticks(range(len(arms)), [arm.arm for arm in arms] if named else [], color=style.INK)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    if measure == "steps":
        axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.grid(visible=False)


def _curves(axes: Axes, arms: Sequence[ArmOutcome], level: str, runs: Path) -> None:
    """Draw the median over seeds of greedy play while it trained, and the middle half of them."""
    style.title(axes, f"Alive at the end of {level_name(level)}, while it trained")
    for row, arm in enumerate(arms):
        color = COLORS[row % len(COLORS)]
        curves = [_evaluations(_run_of(runs, arm, seed), level) for seed in arm.seeds]
        steps, (low, middle, high) = _over_seeds([c for c in curves if len(c[0])])
        axes.fill_between(steps, low, high, color=color, alpha=0.14, lw=0)
        axes.plot(steps, middle, color=color, label=arm.arm)
    axes.set(xlabel="steps of training", ylim=(0, 1.04))
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.legend(loc="upper left", fontsize=9)


def _run_of(runs: Path, arm: ArmOutcome, seed: int) -> RunFolder:
    return RunFolder(runs / Job.folder_of(arm.arm, seed))


def _evaluations(run: RunFolder, level: str) -> tuple[Floats, Floats]:
    """Return steps and the share alive, mean over agents; empty if nothing can be read."""
    sql = "SELECT step, measures FROM evaluations WHERE level = ? ORDER BY step"
    by_step: dict[int, list[float]] = {}
    try:
        with closing(sqlite3.connect(f"{run.metrics.as_uri()}?mode=ro", uri=True)) as db:
            rows: list[Any] = db.execute(sql, (level,)).fetchall()
    except sqlite3.Error:
        rows = []
    for step, measures in rows:
        by_step.setdefault(int(step), []).append(float(json.loads(measures)["alive"]))
    steps = np.array(list(by_step), dtype=np.float64)
    return steps, np.array([np.mean(values) for values in by_step.values()], dtype=np.float64)


def _over_seeds(curves: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Return common steps, and quartiles (3, points) of curves; one that ended keeps its last."""
    if not curves:
        return np.empty(0), np.empty((3, 0))
    first = max(float(steps[0]) for steps, _ in curves)
    last = max(float(steps[-1]) for steps, _ in curves)
    common = np.linspace(first, last, POINTS)
    values = np.array([np.interp(common, steps, alive) for steps, alive in curves])
    return common, np.quantile(values, (0.25, 0.5, 0.75), axis=0)
