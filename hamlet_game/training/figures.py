"""The figures of a report. Each takes numbers and returns a figure; nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from hamlet_game.town.conditions import Condition
from hamlet_game.town.level import Level
from hamlet_game.town.names import FULL, Kind, Meter
from hamlet_game.town.record import Record
from hamlet_game.training import figure_style as style
from hamlet_game.training.history import LevelHistory
from hamlet_game.training.sinks.status import clock
from hamlet_game.training.study import Doing, Study

_AXES = {
    "survival": "steps lived",
    "return": "return",
    "alive": "alive at the end",
    "score": "score",
    "par": "score against par",
}
_SHARES = ("alive", "par")  # measures that are shown in per cent
LABEL_GAP = 5.5  # points of a meter between two labels


def learning_curves(levels: Sequence[tuple[Level, LevelHistory]]) -> Figure:
    """Return greedy play in held-out towns over training time, one panel a level."""
    figure, panels = style.panels(len(levels), 3.1)
    for axes, (level, history) in zip(panels, levels, strict=True):
        style.title(axes, level.name)
        mark = main_mark(level, history)
        curve = history.curves.get(mark.measure)
        if curve is None:
            _say(axes, "not evaluated")
            continue
        if mark.measure == "survival":
            _faint_training(axes, history)
        axes.fill_between(
            curve.seconds, curve.low, curve.high, color=style.ACCENT, alpha=0.18, lw=0
        )
        axes.plot(curve.seconds, curve.mean, color=style.ACCENT)
        axes.plot(curve.seconds[-1:], curve.mean[-1:], "o", color=style.ACCENT, ms=5)
        _scale(axes, level, mark, float(curve.high.max()))
        _pass_mark(axes, mark)
        if history.graduated is not None:
            _graduation(axes, history.graduated)
        axes.set_xlabel("training time")
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock(seconds)))
    return figure


def main_mark(level: Level, history: LevelHistory) -> Condition:
    """Return the part of a level's pass mark that its panel is about: survival if it asks."""
    marks = [c for c in level.stars[0] if c.measure in history.curves] or list(level.stars[0])
    order = ["survival", "par", "score", "alive", "return"]
    return min(marks, key=lambda condition: order.index(condition.measure))


def _faint_training(axes: Axes, history: LevelHistory) -> None:
    seconds, survival = history.training_seconds, history.training_survival
    if not len(seconds):
        return
    axes.plot(seconds, survival, color=style.SHADE, lw=1.2)
    middle = len(seconds) // 2
    axes.annotate(
        "lives in training",
        (seconds[middle], survival[middle]),
        xytext=(0, -12),
        textcoords="offset points",
        color=style.QUIET,
        fontsize=8.5,
        ha="center",
        va="top",
    )


def _scale(axes: Axes, level: Level, mark: Condition, highest: float) -> None:
    axes.set_ylabel(_AXES[mark.measure])
    if mark.measure == "survival":
        axes.set_ylim(0, level.steps * 1.04)
    elif mark.measure in _SHARES:
        axes.set_ylim(0, max(1.0, highest, mark.value) * 1.04)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.margins(x=0.06)


def _pass_mark(axes: Axes, mark: Condition) -> None:
    value = f"{100 * mark.value:g} %" if mark.measure in _SHARES else f"{mark.value:g}"
    axes.axhline(mark.value, color=style.INK, lw=1, ls=(0, (4, 3)))
    axes.annotate(
        f"pass mark {value}",
        (0, mark.value),
        xycoords=axes.get_yaxis_transform(),
        xytext=(4, 4),
        textcoords="offset points",
        fontsize=8.5,
    )


def _graduation(axes: Axes, seconds: float) -> None:
    axes.axvline(seconds, color=style.GOOD, lw=1.2)
    axes.annotate(
        f"graduated {clock(seconds)}",
        (seconds, 0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(-5, 6),
        textcoords="offset points",
        color=style.GOOD,
        fontsize=8.5,
        ha="right",
    )


def survival(studies: Sequence[Study]) -> Figure:
    """Return the share of lives not dead after each step, one panel a level."""
    figure, panels = style.panels(len(studies), 2.7)
    for axes, study in zip(panels, studies, strict=True):
        style.title(axes, study.level.name)
        share = study.still_alive()
        steps = np.arange(len(share))
        axes.fill_between(steps, share, step="post", color=style.ACCENT, alpha=0.14, lw=0)
        axes.step(steps, share, where="post", color=style.ACCENT)
        axes.set(xlim=(0, study.level.steps), ylim=(0, 1.06), xlabel="step", ylabel="still alive")
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        end = float(study.lives.alive.mean())
        axes.annotate(
            f"{100 * end:.1f} % reach step {study.level.steps}",
            (1, share[-1]),
            xycoords=axes.get_yaxis_transform(),
            xytext=(-4, -7 if end > 0.2 else 7),
            textcoords="offset points",
            ha="right",
            va="top" if end > 0.2 else "bottom",
        )
    return figure


def causes(studies: Sequence[Study]) -> Figure:
    """Return how many lives each meter ended, one panel a level, on one scale."""
    figure, panels = style.panels(len(studies), 1.9)
    worst = max((max(study.lives.causes().values(), default=0) for study in studies), default=0)
    for axes, study in zip(panels, studies, strict=True):
        ended = study.lives.causes()
        meters = study.level.deadly
        style.title(axes, study.level.name)
        _bars(
            axes,
            [meter.key for meter in meters],
            [ended.get(meter.key, 0) for meter in meters],
            [style.METERS[meter] for meter in meters],
            [f"{ended.get(meter.key, 0):,}" for meter in meters],
            max(worst, 1),
        )
        alive = int(study.lives.alive.sum())
        axes.set_xlabel(
            f"{alive:,} of {len(study.lives.alive):,} lives reached the end", loc="left"
        )
    return figure


def action_mix(studies: Sequence[Study]) -> Figure:
    """Return what living steps were spent on, one panel a level, on one scale."""
    figure, panels = style.panels(len(studies), 2.5)
    most = max(max(study.shares.values()) for study in studies)
    for axes, study in zip(panels, studies, strict=True):
        doings = [doing for doing in Doing if _possible(doing, study.level)]
        style.title(axes, study.level.name)
        _bars(
            axes,
            [doing.value for doing in doings],
            [study.shares[doing] for doing in doings],
            [style.DOINGS[doing] for doing in doings],
            [f"{100 * study.shares[doing]:.1f} %" for doing in doings],
            most,
        )
    return figure


def _possible(doing: Doing, level: Level) -> bool:
    return doing.name not in Kind.__members__ or Kind[doing.name] in level.kinds


def _bars(
    axes: Axes,
    names: Sequence[str],
    values: Sequence[float],
    colors: Sequence[str],
    labels: Sequence[str],
    most: float,
) -> None:
    """Draw horizontal bars, each with its name before and its number behind it."""
    rows = np.arange(len(names))
    axes.barh(rows, values, color=colors, height=0.68)
    axes.set_yticks(rows, names, color=style.INK)
    axes.set(ylim=(len(names) - 0.4, -0.6), xlim=(0, most * 1.18))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    for row, (value, label) in enumerate(zip(values, labels, strict=True)):
        axes.annotate(
            label, (value, row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9
        )


def typical_life(record: Record) -> Figure:
    """Return all meters of one life, with what it did at the buildings below."""
    level, frames = record.level, record.frames
    figure = Figure(figsize=(style.WIDTH, 4.4), layout="constrained")
    meters, uses = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    values = np.array([frame.meters for frame in frames])
    critical = max(level.meters.of(meter).critical for meter in level.deadly)
    meters.axhspan(0, critical, color=style.DOINGS[Doing.WASTE], alpha=0.08, lw=0)
    meters.annotate("critical", (2, critical / 2), color=style.QUIET, fontsize=8.5, va="center")
    for meter in level.shown:
        meters.plot(values[:, meter], color=style.METERS[meter], lw=1.7)
    ends = {meter: float(values[-1, meter]) for meter in level.shown}
    for meter, place in _apart(ends).items():
        meters.annotate(
            f"{meter.key} {ends[meter]:.0f}",
            (len(frames) - 1, place),
            xytext=(6, 0),
            textcoords="offset points",
            color=style.METERS[meter],
            va="center",
            annotation_clip=False,
        )
    meters.set(ylim=(0, FULL * 1.02), xlim=(0, max(len(frames) - 1, 1)))
    meters.spines["bottom"].set_visible(False)
    style.title(meters, f"{level.name}, town {record.town_seed:,}: {_fate(record)}")
    kinds = level.kinds
    for row, kind in enumerate(kinds):
        steps = [step for step, frame in enumerate(frames) if frame.used is kind]
        color = style.DOINGS[Doing[kind.name]]
        uses.plot(steps, [row] * len(steps), "|", color=color, ms=9, mew=1.8)
    uses.set_yticks(range(len(kinds)), [kind.key for kind in kinds], color=style.INK)
    uses.set(ylim=(len(kinds) - 0.4, -0.6), xlabel="step")
    uses.grid(visible=False)
    return figure


def _fate(record: Record) -> str:
    if record.last.cause is None:
        return f"alive after all {record.survival} steps, score {record.last.points:.0f}"
    return f"{record.last.cause.key} ran out at step {record.survival}"


def _apart(ends: dict[Meter, float]) -> dict[Meter, float]:
    """Return places for labels near the meters' last values, far enough from one another."""
    order = sorted(ends, key=lambda meter: ends[meter])
    places: dict[Meter, float] = {}
    lowest = LABEL_GAP / 2
    for meter in order:
        places[meter] = max(ends[meter], lowest)
        lowest = places[meter] + LABEL_GAP
    highest = FULL
    for meter in reversed(order):
        places[meter] = min(places[meter], highest)
        highest = places[meter] - LABEL_GAP
    return places


def _say(axes: Axes, text: str) -> None:
    axes.set_axis_off()
    axes.text(0.0, 0.5, text, transform=axes.transAxes, color=style.QUIET)
