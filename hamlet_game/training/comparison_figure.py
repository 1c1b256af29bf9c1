"""The figure of a comparison: how both learned, and how far apart they are, town by town."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import LevelError
from hamlet_game.training import figure_style as style
from hamlet_game.training.comparison import Comparison
from hamlet_game.training.history import History, LevelHistory
from hamlet_game.training.sinks.status import clock

COLORS = (style.ACCENT, "#dc5a2c")  # of A and B
KINDS = {  # of file, each with what it would tell of when and by what it was made
    "png": ("Software",),
    "svg": ("Creator", "Date"),
    "pdf": ("Creator", "Producer", "CreationDate"),
}
_BINS = 41


def figure_of(result: Comparison, histories: Mapping[str, History], kind: str = "png") -> bytes:
    """Return the figure as a file's content; `histories` of those that are runs, by name.

    `kind`: one of `KINDS`.
    """
    levels = _levels(histories)
    with style.styled():
        figure, panels = style.panels(len(levels) + 1, 3.0)
        for axes, level in zip(panels, levels, strict=False):
            _curves(axes, level, result.names, histories)
        _differences(panels[-1], result)
        lines = [
            axes.plot([], [], color=color, label=name)[0]
            for axes, name, color in zip(panels[-1:] * 2, result.names, COLORS, strict=True)
        ]
        figure.legend(handles=lines, loc="outside upper left", ncols=2)
        stream = BytesIO()
        dots = style.DOTS_PER_INCH
        figure.savefig(stream, format=kind, dpi=dots, metadata=dict.fromkeys(KINDS[kind]))
    return stream.getvalue()


def _levels(histories: Mapping[str, History]) -> list[str]:
    """Return the levels that any of them was evaluated on, in order."""
    found: dict[str, None] = {}
    for history in histories.values():
        found |= dict.fromkeys(level.level for level in history.levels if level.curves)
    return sorted(found)


def _curves(
    axes: Axes, level: str, names: tuple[str, str], histories: Mapping[str, History]
) -> None:
    style.title(axes, _name(level))
    for name, color in zip(names, COLORS, strict=True):
        if name in histories and (curve := _survival(histories[name], level)) is not None:
            seconds = curve.curves["survival"].seconds
            mean = curve.curves["survival"].mean
            axes.plot(seconds, mean, color=color)
            axes.plot(seconds[-1:], mean[-1:], "o", color=color, ms=5)
            if curve.graduated is not None:
                axes.axvline(curve.graduated, color=color, lw=1, ls=(0, (4, 3)))
    axes.margins(y=0.1)
    axes.set_ylim(bottom=0)
    axes.set(xlabel="training time (dashed: graduated)", ylabel="steps lived")
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock(seconds)))


def _survival(history: History, level: str) -> LevelHistory | None:
    return next((one for one in history.levels if one.level == level and one.curves), None)


def _differences(axes: Axes, result: Comparison) -> None:
    """Show A's score minus B's in every town, with the mean and its interval."""
    a, b = result.scores
    gap, its = a - b, result.measures["score"].difference
    style.title(axes, f"{result.level.name}: score of A minus B, town by town")
    reach = max(float(np.abs(gap).max()), 1.0)
    edges = np.linspace(-reach, reach, _BINS + 1)
    counts, _ = np.histogram(gap, edges)
    middles = (edges[:-1] + edges[1:]) / 2
    colors = [COLORS[0] if middle > 0 else COLORS[1] for middle in middles]
    colors[_BINS // 2] = style.SHADE  # neither
    axes.bar(middles, counts, width=edges[1] - edges[0], color=colors, alpha=0.55)
    axes.axvspan(its.low, its.high, color=style.INK, alpha=0.25, lw=0)
    axes.axvline(its.value, color=style.INK, lw=1.6)
    axes.annotate(
        f"mean {its.value:+.1f}\n({its.low:+.1f} to {its.high:+.1f})",
        (its.value, 1),
        xycoords=axes.get_xaxis_transform(),
        xytext=(6 if its.value < reach / 3 else -6, -4),
        textcoords="offset points",
        ha="left" if its.value < reach / 3 else "right",
        va="top",
        fontsize=8.5,
    )
    axes.set(xlabel="points", ylabel="towns")


def _name(level: str) -> str:
    try:
        return load_catalog().find(level).name
    except LevelError:  # one that is gone
        return level
