"""Meters and an agent's numbers as text, and all of it for terminals that know only ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from hamlet_game.town.level import Level
from hamlet_game.town.names import FULL, Action, Kind, Meter

COLOURS = {Kind.BED: "#7aa2f7", Kind.SHOWER: "#56c8d8", Kind.FRIDGE: "#f0a35e", Kind.JOB: "#9bd06f"}
_METERS = {Meter.ENERGY: Kind.BED, Meter.HYGIENE: Kind.SHOWER, Meter.SATIATION: Kind.FRIDGE}
_ACTIONS = {
    Action.UP: "↑ up",
    Action.DOWN: "↓ down",
    Action.LEFT: "← left",
    Action.RIGHT: "→ right",
    Action.INTERACT: "• use",
}
_NAME, _NUMBER = 11, 8  # columns of a row before and after its bar
_SHORTEST = 4
_ASCII = str.maketrans(
    "▆▁━╋▄▗▖╭╮╰╯│─•·↑↓←→◂★◉○ε−–…",
    "#_=|_/\\/\\\\/|-o.^v<><*@oe--.",
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a network gives for each action, and what was done."""

    values: Sequence[float]
    measures: str  # 'q' or 'log_probability'
    chosen: Action


def meters_text(level: Level, meters: Sequence[float], columns: int) -> Text:
    """Return a bar for every meter that matters in a level, red where it runs out."""
    lines = []
    for meter in level.shown:
        value, rule = meters[meter], level.meters.of(meter)
        colour = COLOURS[_METERS.get(meter, Kind.JOB)]
        low = rule.deadly and value < rule.critical
        told = f"${value:.0f}" if meter is Meter.MONEY else f"{value:.0f}"
        lines.append(
            Text.assemble(
                (f"{meter.key.capitalize():<{_NAME}}", "bold red" if low else ""),
                _bar(value / FULL, "red" if low else colour, columns),
                (f"{told:>5}{' !' if low else ''}", "bold red" if low else "bold"),
            )
        )
    return Text("\n").join(lines)


def numbers_text(numbers: Numbers, columns: int) -> Text:
    """Return a bar for every action's value, the highest the longest, and what was chosen."""
    values = numbers.values
    if numbers.measures == "log_probability":
        title, shares = "Probabilities", [exp(min(0.0, v)) for v in values]
        told = [f"{100 * share:.0f} %" for share in shares]
    else:
        low, high = min(values), max(values)
        title, told = "Q-values", [f"{value:.3f}" for value in values]
        shares = [0.1 + 0.9 * (v - low) / (high - low) if high > low else 1.0 for v in values]
    lines = [Text(title, style="dim")]
    for action in Action:
        chosen = action is numbers.chosen
        lines.append(
            Text.assemble(
                (f"{_ACTIONS[action]:<{_NAME}}", "bold" if chosen else ""),
                _bar(shares[action], "#f5d76e" if chosen else "grey50", columns),
                (f"{told[action]:>{_NUMBER}}{' ◂' if chosen else ''}", "bold" if chosen else ""),
            )
        )
    return Text("\n").join(lines)


def in_ascii(text: str) -> str:
    """Return a text in ASCII, as long as it was."""
    return text.translate(_ASCII).encode("ascii", "replace").decode("ascii")


class InAscii:
    """A picture for a terminal that knows nothing else."""

    def __init__(self, picture: RenderableType) -> None:
        self._picture = picture

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw what it would be, in ASCII."""
        for segment in console.render(self._picture, options):
            yield Segment(in_ascii(segment.text), segment.style, segment.control)


def _bar(share: float, colour: str, columns: int) -> Text:
    """Return a bar; `columns` are the whole row's."""
    wide = max(_SHORTEST, columns - _NAME - _NUMBER - 2)
    filled = min(wide, max(0, round(wide * share)))
    return Text("▆" * filled, colour).append("▁" * (wide - filled), "grey30")
