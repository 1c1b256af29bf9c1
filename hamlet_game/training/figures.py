"""The figures of a report about the final policy. Each returns a figure and saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from hamlet_game.town.level import Level
from hamlet_game.town.names import FULL, Kind, Meter
from hamlet_game.town.record import Record
from hamlet_game.training import figure_style as style
from hamlet_game.training.study import Doing, Study

LABEL_GAP = 5.5  # points of a meter between two labels


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
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
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
    worst = max(max(study.lives.causes().values(), default=0) for study in studies)
    rows = max(len(study.level.deadly) for study in studies) + 1  # the last for words
    for axes, study in zip(panels, studies, strict=True):
        ended = study.lives.causes()
        counts = {meter: ended.get(meter.key, 0) for meter in study.level.deadly}
        bars = [_Bar(m.key, n, style.METERS[m], f"{n:,}") for m, n in counts.items()]
        _draw_bars(axes, study.level.name, bars, max(worst, 1), rows)
        alive, all_lives = int(study.lives.alive.sum()), len(study.lives.alive)
        words = f"{alive:,} of {all_lives:,} lives reached the end"
        axes.text(0, len(bars), words, color=style.QUIET, va="center")
    return figure


def action_mix(studies: Sequence[Study]) -> Figure:
    """Return what living steps were spent on, one panel a level, on one scale."""
    figure, panels = style.panels(len(studies), 2.5)
    most = max(max(study.shares.values()) for study in studies)
    rows = max(sum(_possible(doing, study.level) for doing in Doing) for study in studies)
    for axes, study in zip(panels, studies, strict=True):
        shares = {d: s for d, s in study.shares.items() if _possible(d, study.level)}
        bars = [_Bar(d.value, s, style.DOINGS[d], f"{100 * s:.1f} %") for d, s in shares.items()]
        _draw_bars(axes, study.level.name, bars, most, rows)
    return figure


def _possible(doing: Doing, level: Level) -> bool:
    return doing.name not in Kind.__members__ or Kind[doing.name] in level.kinds


class _Bar(NamedTuple):
    name: str
    value: float
    color: str
    label: str


def _draw_bars(axes: Axes, title: str, bars: Sequence[_Bar], most: float, rows: int) -> None:
    """Draw horizontal bars, each with its name before it and its number behind it.

    `most` and `rows` are the same in all panels, so that bars compare.
    """
    style.title(axes, title)
    places = range(len(bars))
    axes.barh(places, [b.value for b in bars], color=[b.color for b in bars], height=0.68)
    axes.set_yticks(places, [b.name for b in bars], color=style.INK)
    axes.set(ylim=(rows - 0.4, -0.6), xlim=(0, most * 1.18))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    for row, bar in enumerate(bars):
        place, offset = (bar.value, row), (5, 0)
        axes.annotate(bar.label, place, offset, textcoords="offset points", va="center", fontsize=9)


def typical_life(record: Record) -> Figure:
    """Return all meters of one life, with what it did at the buildings below."""
    level, frames = record.level, record.frames
    figure = Figure(figsize=(style.WIDTH, 4.6), layout="constrained")
    meters, uses = figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
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
