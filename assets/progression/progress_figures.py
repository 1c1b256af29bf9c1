"""The figures of a recorded training: its learning curve, and a town before and after."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import FULL, Meter
from hamlet_game.town.record import Record
from hamlet_game.town.replay import level_for, load_replay
from hamlet_game.training import figure_style as style

_HALO = [withStroke(linewidth=3, foreground=style.PAPER)]


def learning_curve(found: Mapping[str, Any], file: Path) -> None:
    """Save steps lived over steps of training: training lives, and greedy play."""
    level = load_catalog().find(found["level"])
    steps = np.array([exam["step"] for exam in found["exams"]]) / 1e6
    survival = np.array([exam["survival"] for exam in found["exams"]])
    numbers = np.array([exam["life"] for exam in found["exams"]])
    with style.styled():
        figure, (axes,) = style.panels(1, 4.0, columns=1)
        lives = np.array(found["training"], dtype=np.float64)
        when = np.interp(np.arange(1, len(lives) + 1), numbers, steps)  # between two exams
        axes.plot(
            when, lives, ".", color=style.SHADE, ms=4, mew=0, alpha=0.8,
            label="training lives in the complete town, which explore",
        )  # fmt: skip
        axes.plot(
            steps, survival, color=style.ACCENT, lw=2.6, path_effects=_HALO,
            label="the network at its best: mean of 200 towns it has never seen",
        )  # fmt: skip
        _mark(axes, found)
        style.title(axes, f"Steps lived in the complete town, of {level.steps}")
        axes.set_xlabel("million steps of training")
        axes.set_ylim(0, level.steps * 1.04)
        axes.set_xlim(-0.03 * steps[-1], steps[-1] * 1.02)
        axes.legend(loc="center right", bbox_to_anchor=(1.0, 0.5), markerscale=2.5)
        _save(figure, file)


def _mark(axes: Axes, found: Mapping[str, Any]) -> None:
    """Mark the lives that films show, and the moments of graduation."""
    for shown in found["lives"]:
        if shown["step"] is not None:
            at = shown["step"] / 1e6, shown["survival"]
            axes.plot(*at, "o", color=MARK, ms=8, mec=style.PAPER, mew=1.5, zorder=5)
            axes.annotate(
                shown["name"].replace("_", " "), at, xytext=(8, 0), textcoords="offset points",
                va="center", color=MARK, path_effects=_HALO, zorder=6,
            )  # fmt: skip
    for number, event in enumerate(found["graduated"], start=1):
        at = event["step"] / 1e6
        label = "level graduated" if number == 1 else None
        axes.axvline(at, 0, 0.045, color=style.GOOD, lw=2, label=label)
        axes.annotate(
            f"{number}", (at, 0.055), xycoords=axes.get_xaxis_transform(), ha="center",
            color=style.GOOD, path_effects=_HALO, zorder=6,
        )  # fmt: skip


MARK = style.METERS[Meter.SATIATION]


def before_after(replays: Mapping[str, Path], file: Path) -> None:
    """Save the meters of two lives in one town, side by side."""
    with style.styled():
        figure, panels = style.panels(2, 3.0)
        for axes, (name, replay) in zip(panels, replays.items(), strict=True):
            source = load_replay(replay)
            record = source.record(level_for(source, load_catalog(), replay))
            _meters(axes, record, name.capitalize())
        panels[0].set_ylabel("meter, 0 to 100")
        handles, labels = panels[0].get_legend_handles_labels()
        figure.get_layout_engine().set(rect=(0, 0, 1, 0.93))
        figure.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.055, 0.995), ncols=4)
        _save(figure, file)


def _meters(axes: Axes, record: Record, name: str) -> None:
    """Draw every meter of a life over its steps."""
    values = np.array([frame.meters for frame in record.frames])  # (steps + 1, 4)
    for meter in Meter:
        colour = style.METERS[meter]
        axes.plot(np.clip(values[:, meter], 0, FULL), color=colour, lw=1.2, label=meter.key)
    steps, level = record.survival, record.level
    end = f"no {record.last.cause.key} left" if record.last.cause is not None else "alive"
    style.title(axes, f"{name}: {steps} of {level.steps} steps, {end}")
    if record.last.died:
        axes.axvline(steps, color=style.INK, lw=1.2, ls=":")
    axes.set_xlim(0, level.steps)
    axes.set_ylim(0, FULL * 1.03)
    axes.set_xlabel("step")


def _save(figure: Figure, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=120)
