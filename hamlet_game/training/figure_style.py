"""How the saved figures look: paper, ink, one colour for each thing, the game's own fonts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from hamlet_game import paths
from hamlet_game.town.names import Meter
from hamlet_game.training.study import Doing

PAPER, INK, QUIET, RULE = "#fbf8f1", "#2b2f42", "#7a8093", "#dedacd"
ACCENT = "#3f6fd8"  # what a figure is about
SHADE = "#b9bdc9"  # what it is compared with
GOOD = "#3d8f5f"

METERS = {
    Meter.ENERGY: "#4a7be0",
    Meter.HYGIENE: "#1f9fb5",
    Meter.SATIATION: "#dc5a2c",
    Meter.MONEY: "#c08a12",
}
DOINGS = {
    Doing.WALK: "#8d93a8",
    Doing.BED: "#5c6ee2",
    Doing.SHOWER: "#2aa092",
    Doing.FRIDGE: "#e08a2c",
    Doing.JOB: "#9260ac",
    Doing.WAIT: "#c3c7d2",
    Doing.WASTE: "#d9534a",
}

SANS, DISPLAY = "Hamlet Sans", "Hamlet Display"
DOTS_PER_INCH = 160
WIDTH = 9.0  # inches

_STYLE: dict[Any, Any] = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": [SANS, "DejaVu Sans"],
    "font.size": 10,
    "font.weight": 600,  # the lightest there is
    "axes.titleweight": 600,
    "axes.labelweight": 600,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titlepad": 12,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "ytick.alignment": "center",
    "lines.linewidth": 2.0,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style, and leave Matplotlib as it was."""
    for file in sorted((paths.assets() / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(file)
    chatter = logging.getLogger("matplotlib.font_manager")  # on weights that fonts don't have
    before = chatter.level
    chatter.setLevel(logging.ERROR)
    try:
        with mpl.rc_context(_STYLE):
            yield
    finally:
        chatter.setLevel(before)


def panels(count: int, height: float, *, columns: int = 2) -> tuple[Figure, list[Axes]]:
    """Return a figure with `count` panels, `height` inches a row."""
    columns = min(columns, count)
    rows = -(-count // columns)
    spaced = ConstrainedLayoutEngine(w_pad=0.18, h_pad=0.14)  # inches
    figure = Figure(figsize=(WIDTH, rows * height), layout=spaced)
    grid = figure.subplots(rows, columns, squeeze=False)
    axes: list[Axes] = list(grid.flat)
    for spare in axes[count:]:
        spare.set_visible(False)
    return figure, axes[:count]


def title(axes: Axes, text: str) -> None:
    """Name a panel."""
    axes.set_title(text, fontfamily=[DISPLAY, "DejaVu Sans"], color=INK)
