"""The learning curves of a report: how well it played, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from hamlet_game.town.conditions import Condition
from hamlet_game.town.level import Level
from hamlet_game.training import figure_style as style
from hamlet_game.training.history import LevelHistory
from hamlet_game.training.sinks.status import clock

_AXES = {
    "survival": "steps lived",
    "return": "return",
    "alive": "alive at the end",
    "score": "score",
    "par": "score against par",
}
_SHARES = ("alive", "par")  # measures that are shown in per cent
_SMALL: dict[str, Any] = {  # labels that stay readable where a line runs behind them
    "fontsize": 8.5,
    "path_effects": [withStroke(linewidth=3, foreground=style.PAPER)],
}


def learning_curves(levels: Sequence[tuple[Level, LevelHistory]]) -> Figure:
    """Return greedy play in held-out towns over training time, one panel a level."""
    figure, panels = style.panels(len(levels), 3.1)
    _key(panels[0])
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
        _time_axis(axes)
    return figure


def _time_axis(axes: Axes) -> None:
    first, last = axes.get_xlim()
    is_short = last - first < 10
    axes.set_xlabel("seconds of training" if is_short else "training time")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=not is_short))
    if not is_short:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock(seconds)))


def main_mark(level: Level, history: LevelHistory) -> Condition:
    """Return the part of a level's pass mark that its panel is about: survival if it asks."""
    marks = [c for c in level.stars[0] if c.measure in history.curves] or list(level.stars[0])
    order = ["survival", "par", "score", "alive", "return"]
    return min(marks, key=lambda condition: order.index(condition.measure))


def _faint_training(axes: Axes, history: LevelHistory) -> None:
    axes.plot(history.training_seconds, history.training_survival, color=style.SHADE, lw=1.2)


def _key(axes: Axes) -> None:
    """Say once which line is which, where curves that end well leave room."""
    for height, text, color in (
        (0.30, "at its best, in unseen towns", style.ACCENT),
        (0.20, "lives in training", style.QUIET),
    ):
        axes.text(0.92, height, text, transform=axes.transAxes, color=color, ha="right", **_SMALL)


def _scale(axes: Axes, level: Level, mark: Condition, highest: float) -> None:
    axes.set_ylabel(_AXES[mark.measure])
    if mark.measure == "survival":
        axes.set_ylim(0, level.steps * 1.04)
    elif mark.measure in _SHARES:
        axes.set_ylim(0, max(1.0, highest, mark.value) * 1.04)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
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
        **_SMALL,
    )


def _graduation(axes: Axes, seconds: float) -> None:
    axes.axvline(seconds, color=style.GOOD, lw=1.2)
    first, last = axes.get_xlim()
    is_left = seconds < (first + last) / 2
    axes.annotate(
        f"graduated {clock(seconds)}",
        (seconds, 0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(5 if is_left else -5, 6),
        textcoords="offset points",
        color=style.GOOD,
        ha="left" if is_left else "right",
        **_SMALL,
    )


def _say(axes: Axes, text: str) -> None:
    axes.set_axis_off()
    axes.text(0.0, 0.5, text, transform=axes.transAxes, color=style.QUIET)
