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
    """Save the figure."""
    with style.styled():
        figure, panels = style.panels(4, 3.1)
        for panel, (measure, axis) in zip(
            panels, [(m, a) for m in MEASURES for a in AXES], strict=True
        ):
            _panel(panel, found, measure, axis)
        _graduations(panels[0], found)
        figure.legend(
            *panels[0].get_legend_handles_labels(),
            loc="outside upper left",
            ncols=len(found["arms"]),
            handlelength=1.2,
            columnspacing=1.8,
            borderaxespad=0.6,
        )
        figure.savefig(file, dpi=style.DOTS_PER_INCH)


def _panel(axes: Axes, found: Mapping[str, Any], measure: str, axis: str) -> None:
    style.title(axes, MEASURES[measure] if axis == "step" else "")
    for name, arm in found["arms"].items():
        _curves(axes, name, arm, measure, axis)
    axes.set_xlabel(AXES[axis][0])
    axes.set_xlim(left=0)
    axes.margins(x=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    top = found["steps_of_a_life"] if measure == "survival" else 1.0
    axes.set_ylim(0, top * 1.04)
    if measure == "alive":
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))


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
    """Mark where the median seed of the curriculum left each level before the last."""
    arm = found["arms"].get("curriculum")
    if arm is None:
        return
    runs = list(arm["runs"].values())
    levels = [load_catalog().find(word) for word in ("1", "2", "3")]
    for number, level in enumerate(levels, 1):
        steps = [run["graduated"][level.id]["step"] for run in runs if level.id in run["graduated"]]
        if len(steps) * 2 <= len(runs):
            continue
        step = float(np.median(steps)) * AXES["step"][1]
        axes.axvline(step, color=COLOURS["curriculum"], lw=0.8, ls=(0, (2, 2)), zorder=1)
        axes.annotate(
            str(number),
            (step, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 2),
            textcoords="offset points",
            color=COLOURS["curriculum"],
            ha="center",
            fontsize=8,
        )
