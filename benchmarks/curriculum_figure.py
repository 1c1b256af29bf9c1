"""The figure of `curriculum.py`: every seed thin, the median strong, the range shaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from hamlet_game.town.catalog import load_catalog
from hamlet_game.training import figure_style as style

COLOURS = {
    "sparse": "#c4572f",
    "shaped": "#8a6fb0",
    "curriculum": style.ACCENT,
    "sparse-curriculum": "#3d8f5f",
}
AXES = {
    "step": ("million steps of training", 1e-6),
    "seconds": ("seconds of training", 1.0),
}
MEASURES = {"survival": "Steps lived, of 500", "alive": "Alive at the end of the day"}
_HALO = [withStroke(linewidth=3, foreground=style.PAPER)]
_POINTS = 400  # of a curve


def draw(found: Mapping[str, Any], file: Path) -> None:
    """Save the figure: a row for each measure, over steps and over seconds."""
    with style.styled():
        figure, panels = style.panels(4, 2.9)
        grid = [(measure, axis) for measure in MEASURES for axis in AXES]
        for axes, (measure, axis) in zip(panels, grid, strict=True):
            for name, arm in found["arms"].items():
                _curves(axes, name, arm, measure, axis)
            _scale(axes, measure, axis, found["steps_of_a_life"])
        _graduations(panels[0], found)
        lines = 2 if len(found["arms"]) > 3 else 1
        figure.get_layout_engine().set(rect=(0, 0, 1, 1 - 0.045 * lines))
        figure.legend(
            *panels[0].get_legend_handles_labels(),
            loc="upper left",
            bbox_to_anchor=(0.055, 0.995),
            ncols=2 if len(found["arms"]) > 3 else 3,
            handlelength=1.2,
            columnspacing=1.8,
            borderaxespad=0.2,
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, dpi=style.DOTS_PER_INCH)


def _scale(axes: Axes, measure: str, axis: str, steps_of_a_life: int) -> None:
    is_first = axis == next(iter(AXES))
    style.title(axes, MEASURES[measure] if is_first else "")
    if measure != next(iter(MEASURES)):
        axes.set_xlabel(AXES[axis][0])
    axes.margins(x=0.02)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    top = steps_of_a_life if measure == "survival" else 1.0
    axes.set_ylim(0, 1.04 * top)
    axes.set_yticks(np.linspace(0, top, 6))
    if measure == "alive":
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    if not is_first:
        axes.tick_params(labelleft=False)


def _curves(axes: Axes, name: str, arm: Mapping[str, Any], measure: str, axis: str) -> None:
    """Draw one arm: its range, its seeds, and its median."""
    unit, colour = AXES[axis][1], COLOURS[name]
    runs = [_curve(run["points"], measure, axis) for run in arm["runs"].values()]
    last = min(x[-1] for x, _ in runs)
    common = np.linspace(0, last, _POINTS)
    values = np.array([np.interp(common, x, y) for x, y in runs])
    axes.fill_between(common * unit, values.min(0), values.max(0), color=colour, alpha=0.13, lw=0)
    for x, y in runs:
        axes.plot(x * unit, y, color=colour, lw=0.6, alpha=0.45)
    middle = np.median(values, axis=0)
    axes.plot(common * unit, middle, color=colour, lw=2.2, label=arm["name"], path_effects=_HALO)


def _curve(points: Any, measure: str, axis: str) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([point[axis] for point in points], dtype=np.float64),
        np.array([point[measure] for point in points], dtype=np.float64),
    )


def _graduations(axes: Axes, found: Mapping[str, Any]) -> None:
    """Mark where the median seed of the curriculum graduated, where most seeds did."""
    arm = found["arms"].get("curriculum")
    if arm is None:
        return
    colour, runs = COLOURS["curriculum"], list(arm["runs"].values())
    for row, level in enumerate(load_catalog().find(word) for word in ("1", "2", "3")):
        steps = [run["graduated"][level.id]["step"] for run in runs if level.id in run["graduated"]]
        if len(steps) * 2 <= len(runs):
            continue
        step, top = float(np.median(steps)) * AXES["step"][1], 0.205 - 0.062 * row
        axes.plot([step, step], [0, top], transform=axes.get_xaxis_transform(), color=colour, lw=1)
        axes.annotate(
            f"level {row + 1} graduated",
            (step, top),
            xycoords=axes.get_xaxis_transform(),
            xytext=(3, -1),
            textcoords="offset points",
            color=colour,
            va="top",
            fontsize=7.5,
            path_effects=_HALO,
        )
